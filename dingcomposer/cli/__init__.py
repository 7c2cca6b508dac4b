"""The commands: the same engine as the window's, for a terminal, a script and a CI job."""
