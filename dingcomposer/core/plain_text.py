"""Text from outside, as a widget or a page can hold it."""

import re


def clean(text: str) -> str:
    """The text with U+FFFD for what cannot be shown, or means a frame to Qt."""
    return _UNSHOWABLE.sub("\ufffd", text)


_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffc\ud800-\udfff]")
