"""What a check-up says: its report, and the part that needs no network."""
