"""A DingTalk of our own, on loopback."""
