"""Keeping the history in order: backups, what may go, and whether it is sound."""
