"""Lists of robots as they are now."""
