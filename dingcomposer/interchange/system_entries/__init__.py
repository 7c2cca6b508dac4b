"""What the system's own tools read to start this program: schedulers, and the person's login."""
