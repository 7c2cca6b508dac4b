"""What can be looked for in the history, and where a text holds it."""
