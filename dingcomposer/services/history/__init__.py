"""The history while the program runs: its search, its index, its upkeep."""
