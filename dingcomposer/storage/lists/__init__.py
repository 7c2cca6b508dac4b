"""Lists of robots on the disk, and how one message went to several groups."""
