"""Overview: how much was sent, what came of it, and to whom, above the table of sends."""
