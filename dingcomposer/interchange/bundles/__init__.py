"""Robots, lists, templates and contacts as a file, and robots out of other programs' tables."""
