"""Robots and all that belongs to them, carried out and in: bundles, and tables of webhooks."""
