"""Every send, newest first, with its attempts."""
