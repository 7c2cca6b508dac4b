"""What a check-up looks at on the way to a robot's host."""
