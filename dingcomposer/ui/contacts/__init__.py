"""The people that can be mentioned by name: a table to edit them in."""
