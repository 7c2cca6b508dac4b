"""How to talk to DingTalk."""
