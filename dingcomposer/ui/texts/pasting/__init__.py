"""What was found in something pasted, in words: for robots, messages, files, looks."""
