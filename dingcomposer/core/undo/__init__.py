"""Undo: what changed between two drafts, and the steps that lead through all of them."""
