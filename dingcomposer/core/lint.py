"""What can be the matter with a line of a message, how surely that is known, and where it stands.

The facts are screenshots of real clients and reports of their users, gathered in 2026. The list of
problems, the marks beside lines and the fixes all speak of these; what each means in words is said
elsewhere, once.
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


class LintCode(StrEnum):
    """What is the matter with a line; each is a `ProblemCode` of the same value, too."""

    # Blocks: a lint stands for all lines of one.
    TABLE = "table"  # PC draws it, phones show the signs
    CODE_FENCE = "code_fence"  # PC loses the indentation, older phones show the source
    INDENTED_CODE = "indented_code"
    HTML_IN_CODE = "html_in_code"  # PC is said to draw it, phones show the code
    DEEP_LIST = "deep_list"
    TASK_LIST = "task_list"
    RULE_UNDER_TEXT = "rule_under_text"  # --- or === right under text: a heading, or a line
    REFERENCE = "reference"  # [name]: address, which strict markdown swallows
    LINE_NOT_BROKEN = "line_not_broken"  # the newline is drawn as a space
    HEADING_NO_SPACE = "heading_no_space"

    # Tags.
    HTML_TAG = "html_tag"  # PC draws it, phones may show an empty message
    ANGLE_SWALLOWED = "angle_swallowed"  # <name>, which may be taken for a tag
    BR_TAG = "br_tag"  # reports contradict each other
    FONT_QUOTED = "font_quoted"  # phones show no colour where it stands in quotes
    UNKNOWN_COLOUR = "unknown_colour"
    COLOUR_NAMED = "colour_named"  # green, where #008000 is known to be drawn
    UNCLOSED_FONT = "unclosed_font"  # a <font> without its end, or the end alone

    # Signs.
    STARS_SHOWN = "stars_shown"  # bold that punctuation keeps from being bold
    STARS_SWALLOWED = "stars_swallowed"  # 3*4*5
    UNDERSCORES_SWALLOWED = "underscores_swallowed"  # __init__.py
    STRIKETHROUGH = "strikethrough"
    FOOTNOTE = "footnote"
    EMOJI_CODE = "emoji_code"

    # Where links and pictures lead.
    URL_NO_SCHEME = "url_no_scheme"
    URL_SPACES = "url_spaces"
    URL_BROKEN = "url_broken"
    URL_UNNAMED = "url_unnamed"  # a link whose words are those of a template
    URL_CREDENTIALS = "url_credentials"
    URL_UNSAFE = "url_unsafe"
    URL_UNKNOWN_SCHEME = "url_unknown_scheme"
    URL_HTTP = "url_http"
    URL_LOOPBACK = "url_loopback"
    URL_FILE = "url_file"  # a file of whoever writes
    URL_LAN = "url_lan"  # nobody outside of that network can open it
    PICTURE_UNREACHABLE = "picture_unreachable"  # the group cannot load it
    PICTURE_SPACE = "picture_space"
    PICTURE_NOT_ENCODED = "picture_not_encoded"  # phones may not load it
    PICTURE_EXPIRES = "picture_expires"  # signed for a time

    @property
    def sureness(self) -> Sureness:
        """How it is known that this is the matter."""
        return _SURENESS.get(self, Sureness.UNKNOWN)

    @property
    def is_marked(self) -> bool:
        """True where a mark beside the line helps. Lines that run on look so in the preview."""
        return self is not LintCode.LINE_NOT_BROKEN


_SURENESS: Final = {
    LintCode.LINE_NOT_BROKEN: Sureness.SEEN,
    LintCode.TABLE: Sureness.REPORTED,
    LintCode.HTML_TAG: Sureness.REPORTED,
    LintCode.CODE_FENCE: Sureness.REPORTED,
    LintCode.HEADING_NO_SPACE: Sureness.REPORTED,
    LintCode.STARS_SWALLOWED: Sureness.REPORTED,
    LintCode.UNDERSCORES_SWALLOWED: Sureness.REPORTED,
    LintCode.ANGLE_SWALLOWED: Sureness.REPORTED,
    LintCode.URL_UNSAFE: Sureness.REPORTED,
    LintCode.PICTURE_UNREACHABLE: Sureness.REPORTED,
    LintCode.PICTURE_SPACE: Sureness.REPORTED,
    LintCode.BR_TAG: Sureness.CLAIMED,
    LintCode.FONT_QUOTED: Sureness.CLAIMED,
    LintCode.COLOUR_NAMED: Sureness.CLAIMED,
    LintCode.HTML_IN_CODE: Sureness.CLAIMED,
    LintCode.PICTURE_NOT_ENCODED: Sureness.CLAIMED,
    LintCode.PICTURE_EXPIRES: Sureness.REPORTED,
    LintCode.STRIKETHROUGH: Sureness.CLAIMED,
    LintCode.TASK_LIST: Sureness.CLAIMED,
    LintCode.FOOTNOTE: Sureness.CLAIMED,
    LintCode.EMOJI_CODE: Sureness.CLAIMED,
    LintCode.DEEP_LIST: Sureness.CLAIMED,
}


@dataclass(frozen=True, slots=True)
class Lint:
    """One thing that is the matter; lines and characters count from 0.

    It reaches from character `start` of `line` to before character `end` of `last_line`, as the
    lines were written. What lacks something is found where that would stand, with nothing between.
    `word` may be shown: it never holds a secret.
    """

    line: int
    code: LintCode
    start: int
    last_line: int
    end: int
    word: str = ""

    def moved(self, lines: int, start: int = 0, end: int = 0) -> "Lint":
        """The same so many lines further down, its ends so many characters further on."""
        line, last_line = self.line + lines, self.last_line + lines
        return Lint(line, self.code, self.start + start, last_line, self.end + end, self.word)


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands on a line: from character `start` to before character `end`."""

    line: int
    start: int
    end: int

    def moved(self, lines: int, characters: int = 0) -> "Span":
        """The same so many lines further down, and so many characters further on."""
        return Span(self.line + lines, self.start + characters, self.end + characters)


@dataclass(frozen=True, slots=True)
class LintReport:
    """What a text was found to hold: its lints from the top, its pictures, its links to the web."""

    lints: tuple[Lint, ...] = ()
    web_links: tuple[Span, ...] = ()  # the addresses of links to http and https, from the top
    pictures: int = 0
    words: tuple[str, ...] = ()  # the lines, with spaces in the place of all but plain words
