"""What the menu Help shows: the guide, what is new, and what the program is."""
