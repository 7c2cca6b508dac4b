"""Export: what is chosen or found is carried out of the history, in one of four forms."""
