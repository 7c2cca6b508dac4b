"""The drafts: those that are open, those that were closed, and what each of them said earlier."""
