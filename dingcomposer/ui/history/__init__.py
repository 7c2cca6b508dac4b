"""Every attempt that was made, newest first."""
