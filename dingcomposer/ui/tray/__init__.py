"""The program without its window: a sign in the tray, and what keeps it running."""
