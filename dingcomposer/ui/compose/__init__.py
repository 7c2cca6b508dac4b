"""Writing a message: a form for each of the six kinds."""
