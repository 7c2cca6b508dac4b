"""Getting it out: whose turn it is, and the thread that sends."""
