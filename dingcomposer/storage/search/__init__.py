"""Finding sends in the history: by their place, their time and their words."""
