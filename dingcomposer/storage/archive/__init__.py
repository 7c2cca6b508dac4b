"""The history as a whole: read off the main thread, read back from a file, counted."""
