"""A message's body on the screen: paragraphs, their formats and their document."""
