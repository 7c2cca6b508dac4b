"""Text from outside, as a widget or a page can hold it."""

from dingcomposer.core.records import lazy_pattern

# What turns the letters round it: the marks of Unicode's bidirectional algorithm (UAX 9).
DIRECTION_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def clean(text: str) -> str:
    """The text with U+FFFD for what cannot be shown, means a frame to Qt, or turns letters round.

    For words from outside beside words of ours: names, answers, headlines, file names. None can
    pass for another, nor turn round what stands behind it.
    """
    return _TURNING.sub("\ufffd", drawable(text))


def drawable(text: str) -> str:
    """The text with U+FFFD for what cannot be shown, or means a frame to Qt.

    Only for the picture of a message, whose letters must run as they will in the group.
    """
    return _UNSHOWABLE.sub("\ufffd", text)


def without_marks(text: str) -> str:
    """The text without what turns letters round: programs put it round copied numbers and names."""
    return _TURNING.sub("", text)


def common_start(one: str, other: str) -> int:
    """How many letters two texts begin with in common; halving, as slices compare quickly."""
    if one == other:
        return len(one)
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def clean_json(text: str) -> str:
    """JSON in which what turns letters round stands as its escape: it means the same, and shows."""
    return clean(_TURNING.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def printable(line: str) -> str:
    """A line for a terminal: U+FFFD for what it might obey, and for what turns letters round."""
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in line)


def printable_json(text: str) -> str:
    """JSON for a terminal: it means the same, with escapes for what cannot be seen in it."""
    if all(line.isprintable() for line in text.split("\n")):
        return text
    return "".join(c if c.isprintable() or c == "\n" else _escaped(c) for c in text)


def lines_of(text: str) -> list[str]:
    """The lines of a text as editors and markdown count them: Windows' and old Macs' ends, too."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def _escaped(letter: str) -> str:
    import json  # for whoever prints

    return json.dumps(letter)[1:-1]


_UNSHOWABLE = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffc\ud800-\udfff]")
_TURNING = lazy_pattern(f"[{DIRECTION_MARKS}]")
