"""The source of a message: how it is highlighted, and how words in it are found and replaced."""
