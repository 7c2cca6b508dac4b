"""The lines of a text as the dialect reads them: one kind of line end, no broken characters."""

import re
from typing import Final

_BROKEN: Final = re.compile("[\x00\ud800-\udfff]")


def tidied(text: str) -> list[str]:
    """The lines of `text`, without their ends. Windows' and old Macs' line ends count as one.

    A NUL or half of a surrogate pair, which cannot be sent, is shown as �.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = _BROKEN.sub("\ufffd", text).split("\n")
    # A line end ends a line; it does not begin another one.
    return lines if lines[-1] else lines[:-1]
