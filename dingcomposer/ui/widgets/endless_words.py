"""Whether a text has a word so long that its lines are better broken anywhere.

For each line, Qt goes over the rest of a word that it might break at its end: 20 000 letters
without a space take 12 ms to lay out, at every key, and 2 ms where lines may end anywhere.
"""

import re
from typing import Final

ENDLESS: Final = 4_000
"""How many characters without a place to break a line are too many."""

# Chinese, Japanese and Korean, and what is beyond them, is broken between any two characters.
_WORD: Final = "[^\\s\u2e80-\U0010ffff]++"  # compiled, in 2 ms, when a line is that long


def has_endless_word(text: str) -> bool:
    """True where a text holds such a word, as a key held down makes one, or pasted base64."""
    long_lines = [line for line in text.split("\n") if len(line) > ENDLESS]
    return any(len(match[0]) > ENDLESS for line in long_lines for match in re.finditer(_WORD, line))
