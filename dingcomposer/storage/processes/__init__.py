"""Several programs on one data folder: who sends what, and what a token was used for."""
