"""How DingTalk draws a message."""
