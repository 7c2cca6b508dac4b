"""The history as a whole: carried out, read back, kept in order. QtCore only."""
