"""One message to several groups: which ones."""
