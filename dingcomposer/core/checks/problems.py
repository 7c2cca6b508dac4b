"""What can be wrong with a message or a robot, and how bad each thing is.

A `Problem` holds no sentence; `ui.texts` speaks.
"""

from enum import StrEnum

from dingcomposer.core.records import dataclass


class Severity(StrEnum):
    """How bad it is. Only what is official or a quoted answer blocks."""

    BLOCKS = "blocks"  # DingTalk refuses it [O][M], or it cannot be said at all
    WARNS = "warns"  # claimed or inferred [C][?]
    HINTS = "hints"  # it goes through, and readers miss something


class ProblemCode(StrEnum):
    """Each thing that is shown before sending, in groups by what it is about.

    Sources: development/robot-message-type [O] for fields, mentions and pictures;
    dingstart/customize-robot-security-settings [O] for keywords, signature and addresses;
    answers of the server that people quoted [M]; people's reports [C]; inferred [?].
    Where params stand behind a code, a sentence can use them; `line` counts from 1, is the first
    of `count` lines, and `lines` lists the first of them, e.g. "3, 7, 9".
    """

    # The whole message: what UTF-8 cannot say; 20 000 bytes [M]; control characters [?].
    LONE_SURROGATE = "lone_surrogate"  # position, line
    TOO_LONG = "too_long"  # bytes, limit
    CONTROL_CHARACTER = "control_character"  # character ("U+0000"), line, count

    # Fields: required [O], "miss param" [M]; in cards and feed items documented as required, but no
    # refusal was quoted, and public programs leave them out [C]; so with buttons [C]; blanks [?].
    EMPTY_FIELD = "empty_field"
    EMPTY_FIELD_UNPROVEN = "empty_field_unproven"
    BLANK_FIELD = "blank_field"
    NO_FEED_ITEMS = "no_feed_items"
    NO_BUTTONS = "no_buttons"
    TITLE_MEANINGLESS = "title_meaningless"
    TITLE_MARKDOWN = "title_markdown"
    LONG_FOR_READERS = "long_for_readers"  # length, limit
    ESCAPE_TYPED = "escape_typed"  # word, line, count, lines: a script's \n that nobody read
    FIELD_UNFILLED = "field_unfilled"  # word, line, count, lines: {{name}}, ${name}, %s
    GROUP_NAME_ASKED = "group_name_asked"  # word, line, count, lines: {{group_name}}
    MARKDOWN_IN_TEXT = "markdown_in_text"  # line, count, lines
    HTML_IN_TEXT = "html_in_text"  # word (the tag), line, count, lines
    TITLE_VAGUE = "title_vague"  # word; "通知", "test": nobody sees what it is about

    # Days and times, by the clock of whoever writes; `today` and `day` are ISO dates.
    WEEKDAY_WRONG = "weekday_wrong"  # word, right (the weekday), today, line, count, lines
    DATE_PAST = "date_past"  # word, day, today, line; the latest of all
    DAYS_PAST = "days_past"  # word, day, today, line, days (by which they are to be moved)
    TIME_PAST = "time_past"  # word, line, count, lines

    # Whoever reads a robot's webhook or secret can post to its group; nor is it ever stored.
    SECRET_IN_TEXT = "secret_in_text"  # noqa: S105 - a name; line

    # Cards: horizontal and feed items [C]; buttons [O of another API, so ?]; side panel [O].
    HORIZONTAL_INEFFECTIVE = "horizontal_ineffective"  # count
    MANY_BUTTONS = "many_buttons"  # count, limit
    MANY_FEED_ITEMS = "many_feed_items"  # count, limit
    OPENS_SIDE_PANEL = "opens_side_panel"  # count

    # The robot: all refused by the server [M]. Which fields are searched for keywords [?].
    NO_TOKEN = "no_token"  # noqa: S105 - a name, not a token
    NO_SECRET = "no_secret"  # noqa: S105
    NO_KEYWORD = "no_keyword"  # keyword (the first), count
    KEYWORD_CASE = "keyword_case"  # keyword
    KEYWORD_IN_TITLE = "keyword_in_title"  # keyword; no text holds it
    KEYWORD_IN_BUTTON = "keyword_in_button"  # keyword
    KEYWORD_IN_URL = "keyword_in_url"  # keyword

    # Mentions: 50 people [O]; @ in the text [O][M]; @all may be reserved [M]; numbers [C][?].
    TOO_MANY_PEOPLE = "too_many_people"  # count, limit
    MENTION_NOT_IN_TEXT = "mention_not_in_text"  # name (with its @)
    MENTION_NOT_IN_LIST = "mention_not_in_list"  # name, line, count, lines
    MENTION_BY_NAME = "mention_by_name"  # name, person (number or id), is_id, is_listed, line …
    MENTION_NAME_SHARED = "mention_name_shared"  # name, bearers, is_listed, line, count, lines
    MENTION_NAME_UNKNOWN = "mention_name_unknown"  # name, is_listed, line, count, lines
    MENTION_NUMBER_LOOSE = "mention_number_loose"  # name (as written), line, count, lines
    MENTION_TWICE = "mention_twice"  # name
    MOBILE_ABROAD = "mobile_abroad"  # name; no dash behind the country's number
    MOBILE_ODD = "mobile_odd"  # name
    USER_ID_ODD = "user_id_odd"  # name
    ALL_RESERVED = "all_reserved"
    ALL_NOT_IN_LIST = "all_not_in_list"  # line, count, lines
    ALL_TWICE = "all_twice"  # count

    # Links, and addresses of pictures [M]. In a text also line, count, lines.
    URL_NO_SCHEME = "url_no_scheme"  # word (host or beginning, never a secret)
    URL_SPACES = "url_spaces"  # word
    URL_BROKEN = "url_broken"  # word
    URL_UNNAMED = "url_unnamed"  # word; its words are still those that the program put there
    URL_CREDENTIALS = "url_credentials"  # word; user:password@ is shown to the whole group
    URL_UNSAFE = "url_unsafe"  # word (the scheme)
    URL_UNKNOWN_SCHEME = "url_unknown_scheme"  # word (the scheme)
    URL_HTTP = "url_http"  # word
    URL_LOOPBACK = "url_loopback"  # word
    URL_FILE = "url_file"  # word; a file of the writer's own computer
    URL_LAN = "url_lan"  # word; an address of a company's or a home's network
    URL_POSTS_NOT_HERE = "url_posts_not_here"  # word; dtmd: in a link [C]
    PICTURE_UNREACHABLE = "picture_unreachable"  # word; shown to nobody [M]
    PICTURE_SPACE = "picture_space"  # word
    PICTURE_NOT_ENCODED = "picture_not_encoded"  # word; phones may not load it [C]
    PICTURE_EXPIRES = "picture_expires"  # word; signed for a time [C]
    MANY_PICTURES = "many_pictures"  # count, limit; recommended [O]

    # Markdown that looks different from what was meant; each with line, count, lines. These and
    # those of addresses are also in `dialect.LintCode`, which is what reads a text.
    # [M] hints:
    LINE_NOT_BROKEN = "line_not_broken"
    TABLE = "table"
    HTML_IN_CODE = "html_in_code"
    HTML_TAG = "html_tag"  # word (the tag's name)
    CODE_FENCE = "code_fence"
    INDENTED_CODE = "indented_code"
    HEADING_NO_SPACE = "heading_no_space"
    STARS_SHOWN = "stars_shown"
    STARS_SWALLOWED = "stars_swallowed"
    UNDERSCORES_SWALLOWED = "underscores_swallowed"  # word
    ANGLE_SWALLOWED = "angle_swallowed"  # word
    # [C] and [?] warn:
    BR_TAG = "br_tag"
    FONT_QUOTED = "font_quoted"
    UNKNOWN_COLOUR = "unknown_colour"
    COLOUR_NAMED = "colour_named"
    UNCLOSED_FONT = "unclosed_font"
    STRIKETHROUGH = "strikethrough"
    TASK_LIST = "task_list"
    FOOTNOTE = "footnote"
    EMOJI_CODE = "emoji_code"  # word
    DEEP_LIST = "deep_list"
    RULE_UNDER_TEXT = "rule_under_text"
    REFERENCE = "reference"

    # A robot as it is entered: keywords, addresses [O]; the rest are our own rules, or [?].
    ROBOT_NAME_EMPTY = "robot_name_empty"
    ROBOT_NAME_TAKEN = "robot_name_taken"
    TOO_MANY_KEYWORDS = "too_many_keywords"  # count, limit
    KEYWORD_BLANK = "keyword_blank"
    KEYWORD_TWICE = "keyword_twice"  # keyword
    ADDRESS_BROKEN = "address_broken"  # address
    ADDRESS_IPV6 = "address_ipv6"  # address
    ADDRESS_NOT_PUBLIC = "address_not_public"  # address
    ENDPOINT_EMPTY = "endpoint_empty"
    ENDPOINT_NO_SCHEME = "endpoint_no_scheme"
    ENDPOINT_SPACES = "endpoint_spaces"
    ENDPOINT_BROKEN = "endpoint_broken"
    ENDPOINT_BACKSLASH = "endpoint_backslash"
    ENDPOINT_HOST = "endpoint_host"
    ENDPOINT_LETTERS = "endpoint_letters"
    ENDPOINT_PORT = "endpoint_port"
    ENDPOINT_SCHEME = "endpoint_scheme"  # word (the scheme)
    ENDPOINT_HTTP = "endpoint_http"
    ENDPOINT_CREDENTIALS = "endpoint_credentials"
    ENDPOINT_QUERY = "endpoint_query"
    PROXY_EMPTY = "proxy_empty"
    PROXY_BROKEN = "proxy_broken"
    PROXY_CREDENTIALS = "proxy_credentials"
    CA_FILE_EMPTY = "ca_file_empty"
    TIMEOUT_OUT_OF_RANGE = "timeout_out_of_range"  # minimum, maximum (seconds)
    TOKEN_IS_URL = "token_is_url"  # noqa: S105 - a name, not a token
    TOKEN_SPACES = "token_spaces"  # noqa: S105
    TOKEN_DAMAGED = "token_damaged"  # noqa: S105
    TOKEN_ODD = "token_odd"  # noqa: S105
    SECRET_SPACES = "secret_spaces"  # noqa: S105
    SECRET_ODD = "secret_odd"  # noqa: S105


_C = ProblemCode

_BLOCKING = frozenset(
    (
        *(_C.LONE_SURROGATE, _C.SECRET_IN_TEXT),
        *(_C.TOO_LONG, _C.EMPTY_FIELD, _C.NO_FEED_ITEMS, _C.PICTURE_UNREACHABLE),
        *(_C.NO_TOKEN, _C.NO_SECRET, _C.NO_KEYWORD, _C.TOO_MANY_PEOPLE),
        *(_C.ROBOT_NAME_EMPTY, _C.ROBOT_NAME_TAKEN, _C.TOO_MANY_KEYWORDS, _C.KEYWORD_BLANK),
        *(_C.KEYWORD_TWICE, _C.ADDRESS_BROKEN, _C.ADDRESS_IPV6),
        *(_C.ENDPOINT_EMPTY, _C.ENDPOINT_NO_SCHEME, _C.ENDPOINT_SPACES, _C.ENDPOINT_BROKEN),
        *(_C.ENDPOINT_BACKSLASH, _C.ENDPOINT_HOST, _C.ENDPOINT_LETTERS, _C.ENDPOINT_PORT),
        *(_C.PROXY_EMPTY, _C.PROXY_BROKEN, _C.PROXY_CREDENTIALS, _C.CA_FILE_EMPTY),
        *(_C.ENDPOINT_SCHEME, _C.ENDPOINT_HTTP, _C.ENDPOINT_CREDENTIALS, _C.ENDPOINT_QUERY),
        *(
            _C.TIMEOUT_OUT_OF_RANGE,
            _C.TOKEN_IS_URL,
            _C.TOKEN_SPACES,
            _C.TOKEN_DAMAGED,
            _C.SECRET_SPACES,
        ),
    )
)

_WARNING = frozenset(
    (
        *(_C.CONTROL_CHARACTER, _C.BLANK_FIELD, _C.NO_BUTTONS, _C.EMPTY_FIELD_UNPROVEN),
        *(_C.HORIZONTAL_INEFFECTIVE, _C.MANY_BUTTONS, _C.MANY_FEED_ITEMS),
        *(_C.KEYWORD_CASE, _C.KEYWORD_IN_TITLE, _C.KEYWORD_IN_BUTTON, _C.KEYWORD_IN_URL),
        *(_C.MOBILE_ABROAD, _C.MOBILE_ODD, _C.USER_ID_ODD, _C.ALL_RESERVED),
        *(_C.URL_NO_SCHEME, _C.URL_SPACES, _C.URL_BROKEN, _C.URL_CREDENTIALS, _C.URL_UNSAFE),
        *(_C.URL_UNKNOWN_SCHEME, _C.URL_POSTS_NOT_HERE, _C.URL_UNNAMED),
        *(_C.BR_TAG, _C.FONT_QUOTED, _C.STRIKETHROUGH, _C.TASK_LIST, _C.FOOTNOTE, _C.EMOJI_CODE),
        *(
            _C.DEEP_LIST,
            _C.RULE_UNDER_TEXT,
            _C.UNKNOWN_COLOUR,
            _C.COLOUR_NAMED,
            _C.UNCLOSED_FONT,
            _C.REFERENCE,
        ),
        *(_C.PICTURE_NOT_ENCODED, _C.PICTURE_EXPIRES, _C.HTML_IN_CODE),
        *(_C.ESCAPE_TYPED, _C.FIELD_UNFILLED, _C.WEEKDAY_WRONG, _C.URL_FILE),
        *(_C.ADDRESS_NOT_PUBLIC, _C.TOKEN_ODD, _C.SECRET_ODD),
    )
)

# Insisting would not help: these bytes cannot be made, and a secret belongs into no history.
_CANNOT_INSIST = frozenset((_C.LONE_SURROGATE, _C.SECRET_IN_TEXT))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with `field`; `params` holds what a sentence about it needs.

    `field` is a path that the forms know: "title", "buttons.0.url", "mentions.mobiles.2",
    "robot.keywords.1", "message" for the whole.
    """

    code: ProblemCode
    field: str
    severity: Severity
    params: tuple[tuple[str, str | int], ...] = ()
    can_insist: bool = True


def severity_of(code: ProblemCode) -> Severity:
    """How bad a thing is; the same wherever it is found."""
    if code in _BLOCKING:
        return Severity.BLOCKS
    return Severity.WARNS if code in _WARNING else Severity.HINTS


_CODES = tuple(ProblemCode)
OF_MESSAGES = frozenset(_CODES[: _CODES.index(_C.ROBOT_NAME_EMPTY)])
"""What can be said of a message; the rest is about a robot as it is entered."""

CAN_BE_SWITCHED_OFF = OF_MESSAGES - _BLOCKING
"""What a person may choose not to be told of: none of it is known to be refused by DingTalk."""


def problem(code: ProblemCode, field: str, **params: str | int) -> Problem:
    """The problem `code` at `field`, with its severity."""
    can_insist = code not in _CANNOT_INSIST
    return Problem(code, field, severity_of(code), tuple(params.items()), can_insist)


def worst_first(problems: list[Problem]) -> tuple[Problem, ...]:
    """The problems by severity; what is alike keeps its order."""
    order = list(Severity)
    return tuple(sorted(problems, key=lambda each: order.index(each.severity)))


class LineFindings:
    """Gathers what was found line by line in one text: one problem for each code, not a flood."""

    _SHOWN = 10

    def __init__(self) -> None:
        self._lines: dict[ProblemCode, list[int]] = {}
        self._words: dict[ProblemCode, str] = {}

    def add(self, code: ProblemCode, line: int, word: str = "") -> None:
        """Remember `code` at `line` (from 1); `word` is kept for the first of them only."""
        lines = self._lines.setdefault(code, [])
        if not lines and word:
            self._words[code] = word
        if not lines or lines[-1] != line:
            lines.append(line)

    def problems(self, field: str, word_name: str = "word") -> list[Problem]:
        """One problem for each code, with line, count, lines, and the word where there is one."""
        found = []
        for code, lines in self._lines.items():
            params: dict[str, str | int] = {
                "line": lines[0],
                "count": len(lines),
                "lines": ", ".join(map(str, lines[: self._SHOWN])),
            }
            if code in self._words:
                params[word_name] = self._words[code]
            found.append(problem(code, field, **params))
        return found
