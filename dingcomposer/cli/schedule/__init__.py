"""The command `schedule`: what is sent at a set time, and the system's scheduler."""
