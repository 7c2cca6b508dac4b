"""The tour: the real window, driven through its own widgets, with a picture of every step."""
