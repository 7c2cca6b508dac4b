"""The sandbox group as its readers would see it."""
