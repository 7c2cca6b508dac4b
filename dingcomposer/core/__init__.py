"""What a message is. Pure: no Qt, no I/O, no clock, no threads."""
