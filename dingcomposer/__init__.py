"""DingComposer: write, see, send and prove messages to DingTalk group robots."""

__version__ = "0.1.0"

USER_AGENT = f"DingComposer/{__version__}"
"""What every request of ours calls itself."""
