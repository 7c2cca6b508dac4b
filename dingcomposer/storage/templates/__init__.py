"""Templates on the disk: their files, and what was filled in."""
