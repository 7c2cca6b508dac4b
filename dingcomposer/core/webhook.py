"""What is in whatever a person pasted for a robot.

People paste the webhook, an URL that still carries an old timestamp and signature, a bare token,
the secret, several of these with labels in front, lines of a settings file, another program's
profile, or a command out of a chat or a script.
"""

import html
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final

from dingcomposer.core.pasting.address import mend_breaks
from dingcomposer.core.pasting.curl_reader import CurlCommand, CurlError, read_commands
from dingcomposer.core.pasting.findings import (
    Finds,
    PastedError,
    PastedFault,
    PastedNote,
    PastedWebhook,
    read_body,
)
from dingcomposer.core.pasting.lenient_json import JsonError, JsonPlace
from dingcomposer.core.pasting.text_reader import (
    is_message,
    is_message_list,
    robot_addresses_in,
    take_profile,
    take_text,
)

__all__ = [
    "PASTE_BYTES",
    "JsonPlace",
    "PastedError",
    "PastedFault",
    "PastedNote",
    "PastedWebhook",
    "parse_messages",
    "parse_pasted",
    "parse_robots",
]

PASTE_BYTES = 200 * 1024


def parse_pasted(text: str) -> PastedWebhook:
    """Takes a paste apart. Raises PastedError."""
    finds = Finds()
    _take_pasted(finds, text)
    return finds.result()


def parse_messages(text: str) -> tuple[object, ...]:
    """The bodies alone, whatever robots they are for. Raises PastedError."""
    finds = Finds(is_for_messages=True)
    _take_pasted(finds, text)
    first = () if finds.message_json is None else (finds.message_json,)
    return (*first, *finds.more_messages)


def parse_robots(text: str) -> tuple[PastedWebhook, ...]:
    """Every robot in a text that names several, in their order, each with its line. Never raises.

    A secret belongs to one where that is plain: on its line, or where each robot has one in turn.
    """
    text = _tidied(text, []).replace("\\/", "/")
    addresses = robot_addresses_in(text)
    with suppress(CurlError):  # a command's address may come out of a variable
        addresses += [url for one in read_commands(text).commands for url in one.urls]
    found: dict[tuple[str | None, str], tuple[int, PastedWebhook]] = {}
    for address in addresses:
        finds = Finds()
        with suppress(PastedError):
            finds.take_url(address)
            robot = finds.result()
            if robot.access_token is not None:
                at = max(text.find(robot.access_token), 0)
                found.setdefault((robot.endpoint, robot.access_token), (at, robot))
    return _with_secrets(sorted(found.values(), key=lambda one: one[0]), text)


def _with_secrets(
    robots: Sequence[tuple[int, PastedWebhook]], text: str
) -> tuple[PastedWebhook, ...]:
    """The robots, each at its place in a text, with its line and the secret that is plainly its."""
    secrets = {found[0]: found.start() for found in _SECRET.finditer(text)}
    marks = [(at, "R") for at, _ in robots] + [(at, "S") for at in secrets.values()]
    in_turn = list(secrets) if _IN_TURN.fullmatch("".join(m for _, m in sorted(marks))) else []
    lines = [text.count("\n", 0, at) for at, _ in robots]
    made = []
    for number, (_, robot) in enumerate(robots):
        here = [one for one, at in secrets.items() if text.count("\n", 0, at) == lines[number]]
        is_alone = len(here) == 1 and lines.count(lines[number]) == 1
        secret = in_turn[number] if in_turn else here[0] if is_alone else None
        made.append(replace(robot, secret=secret, line=lines[number] + 1))
    if made and set(secrets) - {one.secret for one in made}:
        made[0] = replace(made[0], notes=(*made[0].notes, PastedNote.SECRET_UNCLEAR))
    return tuple(made)


def _take_pasted(finds: Finds, text: str) -> None:
    if len(text) > PASTE_BYTES or len(text.encode("utf-8", "replace")) > PASTE_BYTES:
        raise PastedError(PastedFault.TOO_LONG)
    if _CONTROL.search(_INVISIBLE.sub("", text)):
        raise PastedError(PastedFault.CONTROL_CHARACTERS)
    mended = _tidied(text, finds.notes)
    if not mended.strip("\u200c\u200d\u200e\u200f \n"):
        raise PastedError(PastedFault.EMPTY)
    if mended[0] in "{[" and _take_json(finds, mended):
        return
    if _JSON_SLASHES in mended:  # as JSON writes an address
        mended = mended.replace("\\/", "/")
    try:
        pasted = read_commands(mended)
    except CurlError:
        raise PastedError(PastedFault.OPEN_QUOTES) from None
    for command in pasted.commands:
        _take_command(finds, command)
    is_missing = finds.message_json is None
    take_text(finds, pasted.around, is_around_command=bool(pasted.commands))
    if is_missing and finds.message_json is not None:  # it was written to the file here
        finds.notes = [note for note in finds.notes if note is not PastedNote.BODY_ELSEWHERE]
    if any(not (one.urls or one.body) for one in pasted.commands) and finds.is_empty:
        raise PastedError(PastedFault.NOT_AN_URL)
    if mended[0] == "{" and finds.is_empty and finds.json_place is not None:
        raise PastedError(PastedFault.BROKEN_JSON, finds.json_place)


def _tidied(text: str, notes: list[PastedNote]) -> str:
    """The text without what word processors and pages put in, its addresses in one piece."""
    text = _without_fence(_INVISIBLE.sub("", text).replace("\r\n", "\n")).strip()
    if _ESCAPED_HTML.search(text):
        text = html.unescape(text)
        notes.append(PastedNote.HTML_SIGNS)
    mended = mend_breaks(text)
    if mended != text:
        notes.append(PastedNote.ADDRESS_MENDED)
    return mended


def _take_json(finds: Finds, text: str) -> bool:
    """JSON by itself: a message, or a profile. False where it is no JSON."""
    try:
        reading = read_body(text)
    except JsonError:
        return False
    value = reading.value
    if is_message_list(value):
        for one in value:
            finds.take_message(one, notes=reading.notes)
        return True
    if isinstance(value, dict) and "errcode" in value and not is_message(value):
        raise PastedError(PastedFault.ANSWER)
    if is_message(value) or not take_profile(finds, value):
        if not isinstance(value, dict):
            return False
        finds.take_message(value, notes=reading.notes)
    return True


def _take_command(finds: Finds, command: CurlCommand) -> None:
    if command.is_body_elsewhere:
        finds.notes.append(PastedNote.BODY_ELSEWHERE)
    if command.is_form:
        finds.notes.append(PastedNote.BODY_IS_FORM)
    if command.is_encoded:
        finds.notes.append(PastedNote.BODY_ENCODED)
    if command.is_unescaped:
        finds.notes.append(PastedNote.BODY_UNESCAPED)
    if command.has_variables:
        finds.notes.append(PastedNote.BODY_VARIABLES)
    if command.body is not None:
        finds.take_message(command.body)
    for piece in command.left:
        if not finds.take_secrets_in(piece):
            finds.leave(piece)
    for url in command.urls:
        finds.take_url(url)


# What word processors and chats put in: zero width space, byte order mark, soft hyphen. Joiners
# and direction marks stay, they belong to the messages of some languages and to emoji.
_INVISIBLE: Final = re.compile("[\u200b\u2060\ufeff\u00ad]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
# A web page's own spelling of quotes, where JSON is meant.
_ESCAPED_HTML: Final = re.compile(
    r"[{\[,]\s{0,9}&(?:quot|#0*34|#x0*22);|&(?:quot|#0*34|#x0*22);\s{0,9}:"
)
_JSON_SLASHES: Final = ":\\/\\/"
_SECRET: Final = re.compile(r"(?<![0-9A-Za-z])SEC[0-9a-f]{64}(?![0-9A-Za-z])")
# Robots and secrets by turns, whichever comes first.
_IN_TURN: Final = re.compile("(?:RS)+|(?:SR)+")
_FENCE: Final = re.compile(r"^[ \t]*(?:```|~~~)[ \t]*[\w+-]*[ \t]*\n?", re.MULTILINE)


def _without_fence(text: str) -> str:
    """The text without the lines of a code fence around it, or around what it is about."""
    first = _FENCE.search(text)
    if first is None or "{" in text[: first.start()]:
        return text
    return _FENCE.sub("", text)
