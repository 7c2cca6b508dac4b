"""What the history can prove: the chain of finished sends, and how it is checked."""
