"""What can be the matter with a line of a message, and how surely that is known.

The facts are screenshots of real clients and reports of their users, gathered in 2026. What a mark
means in words is said elsewhere.
"""

from enum import StrEnum
from typing import Final

from dingcomposer.core.records import dataclass


class Sureness(StrEnum):
    """How a fact is known."""

    OFFICIAL = "O"
    SEEN = "S"
    REPORTED = "M"
    CLAIMED = "C"
    UNKNOWN = "?"


class MarkCode(StrEnum):
    """What is the matter with a line."""

    TABLE = "table"  # PC draws it, phones show the signs
    RAW_HTML = "raw_html"  # PC draws it, phones may show an empty message
    LINE_BREAK_TAG = "line_break_tag"  # <br>: reports contradict each other
    FENCED_CODE = "fenced_code"  # PC loses the indentation, older phones show the source
    INDENTED_CODE = "indented_code"
    QUOTED_COLOUR = "quoted_colour"  # phones show no colour where it stands in quotes
    UNKNOWN_COLOUR = "unknown_colour"
    UNCLOSED_FONT = "unclosed_font"  # a <font> without its end, or the end alone
    STRIKETHROUGH = "strikethrough"
    TASK_LIST = "task_list"
    FOOTNOTE = "footnote"
    EMOJI_CODE = "emoji_code"
    DEEP_LIST = "deep_list"
    UNREACHABLE_PICTURE = "unreachable_picture"  # the group cannot load it
    PICTURE_WITH_SPACE = "picture_with_space"
    LOST_LINK = "lost_link"  # its scheme leads nowhere: shown as text
    UNDERLINE = "underline"  # --- or === right under text: a heading, or a line
    VISIBLE_STARS = "visible_stars"  # bold that punctuation keeps from being bold
    REFERENCE = "reference"  # [name]: address, which strict markdown swallows

    @property
    def sureness(self) -> Sureness:
        """How it is known that this is the matter."""
        return _SURENESS.get(self, Sureness.UNKNOWN)


_SURENESS: Final = {
    MarkCode.TABLE: Sureness.REPORTED,
    MarkCode.RAW_HTML: Sureness.REPORTED,
    MarkCode.LINE_BREAK_TAG: Sureness.CLAIMED,
    MarkCode.FENCED_CODE: Sureness.REPORTED,
    MarkCode.QUOTED_COLOUR: Sureness.CLAIMED,
    MarkCode.STRIKETHROUGH: Sureness.CLAIMED,
    MarkCode.TASK_LIST: Sureness.CLAIMED,
    MarkCode.FOOTNOTE: Sureness.CLAIMED,
    MarkCode.EMOJI_CODE: Sureness.CLAIMED,
    MarkCode.DEEP_LIST: Sureness.CLAIMED,
    MarkCode.UNREACHABLE_PICTURE: Sureness.REPORTED,
    MarkCode.PICTURE_WITH_SPACE: Sureness.REPORTED,
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that is the matter with one line; the first line is 0."""

    line: int
    code: MarkCode

    @property
    def sureness(self) -> Sureness:
        """How this is known."""
        return self.code.sureness
