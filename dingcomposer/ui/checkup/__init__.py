"""The check-up (体检) of a robot."""
