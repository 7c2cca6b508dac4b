"""`robots`: listed, carried out into a file, and read back."""
