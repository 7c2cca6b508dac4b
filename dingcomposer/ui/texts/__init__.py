"""Every sentence about a problem, a status, a cause, a time or a robot, in one place."""
