"""Lists of people as they are pasted: read, checked, and put beside the contacts there are."""
