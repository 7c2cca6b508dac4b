"""What keeps schedules and sends what they hold, in a window or a command."""
