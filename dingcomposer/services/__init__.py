"""What outlives a window: QtCore only, no widget."""
