"""The database's files on the disk: whether they are still ours, and whether they are synced."""
