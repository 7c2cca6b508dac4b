"""What DingTalk would refuse, and what readers would miss: told before sending. Never raises.

Runs at each pause of typing: every part goes over the text once.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from dingcomposer.core import limits
from dingcomposer.core.addresses import link_findings, picture_findings, scheme_of
from dingcomposer.core.browser_links import from_browser_link
from dingcomposer.core.checks.keywords import check_keywords
from dingcomposer.core.checks.leftovers import check_addresses, check_html, check_leftovers
from dingcomposer.core.checks.mentions import check_mentions
from dingcomposer.core.checks.problems import (
    CAN_BE_SWITCHED_OFF,
    LineFindings,
    Problem,
    ProblemCode,
    Severity,
    problem,
    worst_first,
)
from dingcomposer.core.contacts import Contact
from dingcomposer.core.dialect import lint_report
from dingcomposer.core.messages import (
    ActionCard,
    Button,
    FeedCard,
    Link,
    Markdown,
    Message,
    Orientation,
    Text,
)
from dingcomposer.core.payload import size_bytes
from dingcomposer.core.plain_text import lines_of
from dingcomposer.core.records import lazy_pattern
from dingcomposer.core.redaction import first_secret
from dingcomposer.core.robot import Robot

__all__ = [
    "Problem",
    "ProblemCode",
    "Severity",
    "check",
    "check_members",
    "checked_once",
]

_LONE_SURROGATE = lazy_pattern("[\ud800-\udfff]")
# All but tab, newline and carriage return.
_CONTROL = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MARKS = lazy_pattern(r"^#{1,6}\s|\*\*[^\s*]|\]\(")
_MARKS_IN_TEXT = lazy_pattern(r"^#{1,6}\s|\*\*[^\s*][^*]*+\*\*|\]\((?:https?|dingtalk)://")
_CREDENTIALS = lazy_pattern(r"https?://[^\s/@:<>()]{1,80}:[^\s/@<>()]{1,80}@([^\s/@:<>()]{1,40})")
VAGUE_TITLES = frozenset(
    (
        *("通知", "公告", "提醒", "消息", "重要通知", "紧急通知", "温馨提示", "提示", "无标题"),
        *(
            "请看",
            "请查收",
            "大家好",
            "通告",
            "重要",
            "新消息",
            "notice",
            "notification",
            "message",
        ),
        *("reminder", "untitled", "hello", "hi", "info", "announcement", "important"),
    )
)
"""Titles that are only the word for what they are."""

TRIAL_TITLES = frozenset(
    ("test", "testing", "测试", "测试消息", "测试标题", "test message", "demo", "123")
)
"""Titles of what is only tried."""

_OPTIONAL = ("mentions.", "picture_url")  # a feed item's picture is not


def check(
    message: Message,
    robot: Robot | None,
    contacts: Sequence[Contact] = (),
    *,
    now: datetime | None = None,
    switched_off: Collection[ProblemCode] = (),
) -> tuple[Problem, ...]:
    """Everything that can be known before sending, worst first; what is alike in form order.

    Without a robot, what depends on one is not looked at; without `now`, what the readers' clock
    says, neither is what is past. `contacts` are those whose names a person may write behind an
    "@". What is `switched_off` is not told, where it is one of `CAN_BE_SWITCHED_OFF`.
    """
    return _told(_check_message(message, contacts, now), message, robot, switched_off)


def checked_once(
    message: Message, switched_off: Collection[ProblemCode] = ()
) -> Callable[[Robot], tuple[Problem, ...]]:
    """`check` of one message for many robots: what depends on none of them is looked at once."""
    found = _check_message(message, (), None)
    return lambda robot: _told(found, message, robot, switched_off)


def check_members(
    message: Message,
    robots: Sequence[Robot],
    contacts: Sequence[Contact] = (),
    *,
    now: datetime | None = None,
    switched_off: Collection[ProblemCode] = (),
) -> tuple[Problem, ...]:
    """`check` for several robots that get the same message, each thing told once.

    What does not hold for all of them names those for which it does: its `params` have "groups",
    a name in each line. A robot without a webhook is passed over when it is sent: that is told,
    and blocks nobody else.
    """
    found = _check_message(message, contacts, now)
    worst: dict[tuple[object, ...], Problem] = {}
    names: dict[tuple[object, ...], list[str]] = {}
    for robot in robots:
        if not robot.has_token:
            missing = replace(problem(ProblemCode.NO_TOKEN, "robot.token"), severity=Severity.WARNS)
            told: Sequence[Problem] = (missing,)
        else:
            told = _told(found, message, robot, switched_off)
        for one in told:
            key = one.code, one.field, one.params
            known = worst.setdefault(key, one)
            worst[key] = worst_first([known, one])[0]
            names.setdefault(key, []).append(robot.name)
    return worst_first(
        [
            one
            if len(names[key]) == len(robots)
            else replace(one, params=(*one.params, ("groups", "\n".join(names[key]))))
            for key, one in worst.items()
        ]
    )


def _told(
    found: Sequence[Problem],
    message: Message,
    robot: Robot | None,
    switched_off: Collection[ProblemCode],
) -> tuple[Problem, ...]:
    """What was found in a message, with what its robot adds, and without what is not wanted."""
    whole = [*found, *_check_robot(message, robot)]
    if robot is not None and robot.is_production:
        whole = [_blocked(one) if one.code is ProblemCode.FIELD_UNFILLED else one for one in whole]
    hidden = CAN_BE_SWITCHED_OFF.intersection(switched_off)
    return worst_first([one for one in whole if one.code not in hidden])


def _blocked(one: Problem) -> Problem:
    """What no group of people shall ever read: it cannot be insisted on."""
    return replace(one, severity=Severity.BLOCKS, can_insist=False)


def _check_message(
    message: Message, contacts: Sequence[Contact], now: datetime | None
) -> list[Problem]:
    """What depends on no robot."""
    found = [*_check_whole(message), *_check_required(message), *_check_kind(message, contacts)]
    fields = list(_plain_lines(message))
    for field, lines in fields:
        found += check_leftovers(field, lines)
    for field, text in _fields(message):
        if field == "text" or field.endswith("url"):
            found += check_addresses(field, text, found)
    for field, title in _titles(message):
        if _title_words(title) in VAGUE_TITLES:
            found.append(problem(ProblemCode.TITLE_VAGUE, field, word=_title_words(title)))
    if now is not None and any(
        letter.isdecimal() for _, lines in fields for letter in "".join(lines)
    ):
        from dingcomposer.core.checks.dates import check_dates  # with the first figure

        found += check_dates(fields, now)
    return found


def _plain_lines(message: Message) -> Iterator[tuple[str, Sequence[str]]]:
    """The texts and titles that readers see, in lines; code and addresses of markdown left out."""
    for field, text in _fields(message):
        if field == "text" and isinstance(message, Markdown | ActionCard):
            yield field, lint_report(text).words
        elif field == "text" or field.endswith("title"):
            yield field, lines_of(text)


def _titles(message: Message) -> Iterator[tuple[str, str]]:
    for field, text in _fields(message):
        if field.endswith("title") and not field.startswith(("buttons", "jump")):
            yield field, text


def _title_words(title: str) -> str:
    return title.strip().strip("!！。.…:：【】[]()（）#*").strip().lower()


def _fields(message: Message) -> Iterator[tuple[str, str]]:
    """Every text of the message with the path of its field in the forms."""
    match message:
        case Text(content):
            yield "text", content
        case Link(title, text, message_url, picture_url):
            yield from (("title", title), ("text", text), ("message_url", message_url))
            yield "picture_url", picture_url or ""
        case Markdown(title, text):
            yield from (("title", title), ("text", text))
        case ActionCard(title, text, action):
            yield from (("title", title), ("text", text))
            for path, button in _buttons(action):
                yield from ((f"{path}.title", button.title), (f"{path}.url", button.url))
        case FeedCard(links):
            for index, item in enumerate(links):
                yield f"feed.{index}.title", item.title
                yield f"feed.{index}.message_url", item.message_url
                yield f"feed.{index}.picture_url", item.picture_url
        case _:
            assert_never(message)
    if isinstance(message, Text | Markdown | ActionCard) and message.at is not None:
        for index, mobile in enumerate(message.at.mobiles):
            yield f"mentions.mobiles.{index}", mobile
        for index, user_id in enumerate(message.at.user_ids):
            yield f"mentions.user_ids.{index}", user_id


def _buttons(action: Button | tuple[Button, ...]) -> list[tuple[str, Button]]:
    if isinstance(action, Button):
        return [("jump", action)]
    return [(f"buttons.{index}", button) for index, button in enumerate(action)]


def _check_whole(message: Message) -> Iterator[Problem]:
    size = size_bytes(message)
    if size > limits.BODY_BYTES:
        yield problem(ProblemCode.TOO_LONG, "message", bytes=size, limit=limits.BODY_BYTES)
    for field, text in _fields(message):
        if not text:
            continue  # at a start there is nothing else, and each pattern takes time to compile
        lone = _LONE_SURROGATE.search(text)
        if lone:
            line = text.count("\n", 0, lone.start()) + 1
            position = lone.start() + 1
            yield problem(ProblemCode.LONE_SURROGATE, field, position=position, line=line)
        secret = first_secret(text)
        if secret is not None:
            line = text.count("\n", 0, secret) + 1
            yield problem(ProblemCode.SECRET_IN_TEXT, field, line=line)
        controls = _CONTROL.findall(text)
        if controls:
            name = f"U+{ord(controls[0]):04X}"
            line = text.count("\n", 0, text.index(controls[0])) + 1
            params: dict[str, str | int] = {"character": name, "line": line}
            yield problem(ProblemCode.CONTROL_CHARACTER, field, **params, count=len(controls))


def _check_required(message: Message) -> Iterator[Problem]:
    for field, text in _fields(message):
        if text.strip() or field.startswith(_OPTIONAL):
            continue
        if text:
            yield problem(ProblemCode.BLANK_FIELD, field)
        elif _is_refusal_known(message, field):
            yield problem(ProblemCode.EMPTY_FIELD, field)
        else:
            yield problem(ProblemCode.EMPTY_FIELD_UNPROVEN, field)


def _is_refusal_known(message: Message, field: str) -> bool:
    """Whether an answer was quoted that refuses this kind of message without this field.

    Of a card that is its text alone, and of a feed card its list (core.answers).
    """
    match message:
        case ActionCard():
            return field == "text"
        case FeedCard():
            return False
    return True


def _check_kind(message: Message, contacts: Sequence[Contact]) -> Iterator[Problem]:
    match message:
        case Text(content, at):
            yield from _check_plain_text(content)
            yield from check_html("text", content)
            yield from check_mentions(at, content, contacts)
        case Link(title, text, message_url, picture_url):
            yield from _check_title("title", title)
            yield from _check_length("text", text, limits.LINK_TEXT_CHARACTERS)
            yield from check_html("text", text)
            yield from _check_url("message_url", message_url)
            if scheme_of(message_url.strip()) == "dtmd":
                yield problem(ProblemCode.URL_POSTS_NOT_HERE, "message_url", word="dtmd")
            yield from _check_picture("picture_url", picture_url or "")
        case Markdown(title, text, at):
            yield from _check_title("title", title)
            yield from _check_markdown(text)
            yield from check_mentions(at, text, contacts, is_markdown=True)
        case ActionCard():
            yield from _check_action_card(message, contacts)
        case FeedCard():
            yield from _check_feed_card(message)
        case _:
            assert_never(message)


def _check_plain_text(text: str) -> list[Problem]:
    """Markdown's signs stand in a message of plain text as they were written."""
    if not text:
        return []
    found = LineFindings()
    for number, line in enumerate(lines_of(text), 1):
        if _MARKS_IN_TEXT.search(line):
            found.add(ProblemCode.MARKDOWN_IN_TEXT, number)
        for match in _CREDENTIALS.finditer(line):
            found.add(ProblemCode.URL_CREDENTIALS, number, match[1])
    return found.problems("text")


def _check_markdown(text: str) -> list[Problem]:
    """What looks different in a markdown text, one problem for each code, with its lines."""
    report = lint_report(text)
    found = LineFindings()
    for lint in report.lints:
        found.add(ProblemCode(lint.code), lint.line + 1, lint.word)
    problems = found.problems("text")
    if report.pictures > limits.PICTURES:
        params = {"count": report.pictures, "limit": limits.PICTURES}
        problems.append(problem(ProblemCode.MANY_PICTURES, "text", **params))
    return problems


def _check_action_card(card: ActionCard, contacts: Sequence[Contact]) -> Iterator[Problem]:
    yield from _check_title("title", card.title)
    yield from _check_markdown(card.text)
    buttons = _buttons(card.action)
    for path, button in buttons:
        yield from _check_length(f"{path}.title", button.title, limits.BUTTON_CHARACTERS)
        yield from _check_url(f"{path}.url", button.url)
    if isinstance(card.action, tuple):
        yield from _check_button_count(len(buttons), card.orientation)
    yield from _check_side_panel(
        [(f"{path}.url", button.url) for path, button in buttons],
        len(lint_report(card.text).web_links),
    )
    yield from check_mentions(card.at, card.text, contacts, is_markdown=True)


def _check_button_count(count: int, orientation: Orientation | None) -> Iterator[Problem]:
    if count == 0:
        yield problem(ProblemCode.NO_BUTTONS, "buttons")
    elif orientation is Orientation.HORIZONTAL and count != limits.BUTTONS_HORIZONTAL:
        yield problem(ProblemCode.HORIZONTAL_INEFFECTIVE, "orientation", count=count)
    if count > limits.BUTTONS_VERTICAL:
        limit = limits.BUTTONS_VERTICAL
        yield problem(ProblemCode.MANY_BUTTONS, "buttons", count=count, limit=limit)


def _check_feed_card(card: FeedCard) -> Iterator[Problem]:
    count = len(card.links)
    if count == 0:
        yield problem(ProblemCode.NO_FEED_ITEMS, "feed")
    if count > limits.FEED_ITEMS:
        limit = limits.FEED_ITEMS
        yield problem(ProblemCode.MANY_FEED_ITEMS, "feed", count=count, limit=limit)
    for index, item in enumerate(card.links):
        yield from _check_title(f"feed.{index}.title", item.title)
        yield from _check_url(f"feed.{index}.message_url", item.message_url)
        yield from _check_picture(f"feed.{index}.picture_url", item.picture_url)
    urls = [
        (f"feed.{index}.message_url", item.message_url) for index, item in enumerate(card.links)
    ]
    yield from _check_side_panel(urls, 0)


def _check_side_panel(urls: list[tuple[str, str]], links_in_text: int) -> Iterator[Problem]:
    """A plain link in a card opens DingTalk's side panel on PC [O]: one hint for all of them."""
    plain = [path for path, url in urls if scheme_of(url.strip()) in ("http", "https")]
    count = len(plain) + links_in_text
    if count:
        field = plain[0] if plain else "text"
        yield problem(ProblemCode.OPENS_SIDE_PANEL, field, count=count)


def _check_title(field: str, title: str) -> Iterator[Problem]:
    words = title.strip()
    if words and not any(unicodedata.category(letter)[0] in "LNS" for letter in words):
        yield problem(ProblemCode.TITLE_MEANINGLESS, field)
    elif _MARKS.search(words + " "):
        yield problem(ProblemCode.TITLE_MARKDOWN, field)
    yield from _check_length(field, words, limits.TITLE_CHARACTERS)


def _check_length(field: str, text: str, limit: int) -> Iterator[Problem]:
    if len(text) > limit:
        yield problem(ProblemCode.LONG_FOR_READERS, field, length=len(text), limit=limit)


def _check_url(field: str, url: str) -> Iterator[Problem]:
    if url.strip():
        for code, word in link_findings(from_browser_link(url) or url):
            yield problem(ProblemCode(code), field, word=word)


def _check_picture(field: str, url: str) -> Iterator[Problem]:
    if url.strip():
        for code, word in picture_findings(url):
            yield problem(ProblemCode(code), field, word=word)


def _check_robot(message: Message, robot: Robot | None) -> Iterator[Problem]:
    if robot is None:
        return
    if not robot.has_token:
        yield problem(ProblemCode.NO_TOKEN, "robot.token")
    if robot.expects_signature and not robot.has_secret:
        yield problem(ProblemCode.NO_SECRET, "robot.secret")
    yield from check_keywords(message, robot.keywords)
    if robot.is_production:
        for field, title in _titles(message):
            if _title_words(title) in TRIAL_TITLES:
                yield problem(ProblemCode.TITLE_VAGUE, field, word=_title_words(title))
