"""Runs over a table: made ready, tried in a sandbox, carried out."""
