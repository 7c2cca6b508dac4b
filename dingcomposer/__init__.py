"""DingComposer: write, see, send and prove messages to DingTalk group robots."""

__version__ = "0.1.0"
