"""Lists of people as they are pasted: read, judged, and put beside the contacts there are."""
