"""Whatever a person has, understood: a message, a robot, people, rows, or several of these.

Commands, JSON, programs, templates, markdown and sheets' rows all come in by this door. Nothing is
taken over here: it is only said what is there. A token or a secret stays in `robots`, apart from
the message, which never holds one.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from dingcomposer.core.checks.robots import check_token
from dingcomposer.core.contacts_reading.pasted import read_contacts
from dingcomposer.core.contacts_reading.rows import Certainty, PastedRow
from dingcomposer.core.dialect.escapes import escape, escape_start
from dingcomposer.core.dialect.tables import CellTable, to_lines, to_pipes, to_table
from dingcomposer.core.draft import from_message
from dingcomposer.core.limits import SECRET_PREFIX
from dingcomposer.core.messages import Extra, Markdown, Message, Text
from dingcomposer.core.pasting.lenient_json import JsonNote, JsonPlace
from dingcomposer.core.pasting.other_programs import other_message
from dingcomposer.core.pasting.source_reader import read_source
from dingcomposer.core.pasting.template_reader import is_template, read_template
from dingcomposer.core.pasting.text_reader import is_message
from dingcomposer.core.payload import Note, PayloadError, from_payload, to_payload
from dingcomposer.core.redaction import mask_dingtalk
from dingcomposer.core.templates.template import names_in
from dingcomposer.core.webhook import (
    PASTE_BYTES,
    PastedError,
    PastedFault,
    PastedNote,
    PastedWebhook,
    parse_messages,
    parse_pasted,
    parse_robots,
)


class ContentKind(StrEnum):
    """As what the message in it was understood."""

    PAYLOAD = "payload"  # DingTalk's JSON, by itself or in a command
    OTHER_COMPANY = "other_company"  # WeCom's or Feishu's JSON, translated
    PROGRAM = "program"
    TEMPLATE = "template"
    MARKDOWN = "markdown"
    TEXT = "text"
    ROWS = "rows"


@dataclass(frozen=True, slots=True, repr=False)
class PastedContent:
    """What was understood; repr hides it. What is not there is None, or empty.

    `extras` are keys that are none of DingTalk's, `payload_notes` what was set right in reading.
    `fields` are names without values, `left` short pieces that were not understood. `fault` says
    why there is no message where one was meant, `payload_error` why JSON is none. `further` are the
    messages behind the first one, each with what concerns it alone.
    """

    kind: ContentKind | None = None
    message: Message | None = None
    extras: tuple[Extra, ...] = ()
    robots: tuple[PastedWebhook, ...] = ()
    people: tuple[PastedRow, ...] = ()
    table: CellTable | None = None
    notes: tuple[PastedNote, ...] = ()
    payload_notes: tuple[Note, ...] = ()
    json_notes: tuple[JsonNote, ...] = ()
    json_place: JsonPlace | None = None
    fields: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    fault: PastedFault | None = None
    payload_error: PayloadError | None = None
    further: tuple["PastedContent", ...] = ()

    def __repr__(self) -> str:
        return f"PastedContent({self.kind})"

    @property
    def is_more_than_words(self) -> bool:
        """True for what a person may rather open than have in a text as it stands."""
        return bool(self.robots) or self.kind in _MORE_THAN_WORDS


def read_content(text: str) -> PastedContent:
    """What is in a text. Never fails: what it cannot be is said by `fault`."""
    if len(text.encode("utf-8", "replace")) > PASTE_BYTES:
        return PastedContent(fault=PastedFault.TOO_LONG)
    if not text.strip():
        return PastedContent(fault=PastedFault.EMPTY)
    template = _of_template(text) if is_template(text) else None
    if template is not None:
        return template
    found = _of_pasted(text)
    is_json = found.fault is PastedFault.BROKEN_JSON and not _JOINED.search(text)
    is_half_read = found.message is None or PastedNote.BODY_NOT_JSON in found.notes
    if (is_half_read or _is_program(text)) and "msgtype" in text.lower() and not is_json:
        found = _with_source(found, text)
    if found.message is None and not found.robots and found.payload_error is None:
        found = _of_words(found, text)
    return found


def of_rows(rows: Sequence[Sequence[str]], *, as_lines: bool = True) -> PastedContent:
    """A sheet's rows: as a message, and the people in them."""
    table = to_table([[escape_start(escape(cell)) for cell in row] for row in rows])
    written = to_lines(table) if as_lines else to_pipes(table)
    masked = mask_dingtalk(written)
    people = _people("\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows))
    return PastedContent(
        ContentKind.ROWS,
        Markdown("", masked) if masked else None,
        people=people,
        table=table if masked == written else None,
        notes=(PastedNote.OTHERS_DROPPED,) if masked != written else (),
    )


def message_of_table(table: CellTable, *, as_lines: bool) -> Message:
    """The rows as a message, as lines or between pipes."""
    return Markdown("", to_lines(table) if as_lines else to_pipes(table))


_MORE_THAN_WORDS: Final = (
    ContentKind.PAYLOAD,
    ContentKind.OTHER_COMPANY,
    ContentKind.PROGRAM,
    ContentKind.TEMPLATE,
)
_HEADING: Final = re.compile(r"^ {0,3}#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_MARKDOWN: Final = re.compile(
    r"^ {0,3}#{1,6}\s|^ {0,3}>\s|^ {0,3}[-*+]\s+\S|^\s{0,3}\d+\.\s+\S|\*\*\S.*?\*\*|\]\(\w+://"
    r"|^```|<font color|^\|.*\|\s*$",
    re.MULTILINE,
)
_FRONT_MATTER: Final = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_FEW_ROWS: Final = 2
_FEW_ROBOTS: Final = 2
# Not where it stands in a message's own text, as a sample does.
_MEANT: Final = re.compile(r"(?<!\\[\"'])msg_?type", re.IGNORECASE)
_SEVERAL_ROBOTS: Final = (
    PastedFault.TWO_TOKENS,
    PastedFault.TWO_SECRETS,
    PastedFault.TWO_ADDRESSES,
)
_OF_ROBOTS: Final = (PastedNote.ODD_TOKEN, PastedNote.ODD_SECRET, PastedNote.ODD_PATH)
# "a" + "b": what begins like JSON is a piece of a program.
_JOINED: Final = re.compile(r"[\"']\s*\+\s*[\w\"']")
_TOLD_FAULTS: Final = (PastedFault.OPEN_QUOTES, *_SEVERAL_ROBOTS)
_TITLE_CHARACTERS: Final = 64


def _of_template(text: str) -> PastedContent | None:
    """None for what only calls a template, as settings do that name robots."""
    read = read_template(mask_dingtalk(text))
    if not read.fields and "define" not in text:
        return None
    return PastedContent(
        ContentKind.TEMPLATE,
        Markdown(read.title, read.text),
        robots=_robots_in(text),
        fields=read.fields,
        left=read.left,
    )


def _of_pasted(text: str) -> PastedContent:
    try:
        pasted = parse_pasted(text)
    except PastedError as error:
        if error.fault not in _SEVERAL_ROBOTS:
            return PastedContent(fault=error.fault, json_place=error.json_place)
        found = _of_several_robots(text, error)
        with suppress(PastedError):
            found = _with_bodies(found, parse_messages(text))
        return found
    is_robot = _is_robot(pasted)
    found = PastedContent(
        robots=(pasted,) if is_robot else (),
        notes=tuple(one for one in pasted.notes if is_robot or one not in _OF_ROBOTS),
        json_notes=pasted.json_notes,
        json_place=pasted.json_place,
        left=pasted.left if is_robot or is_message(pasted.message_json) else (),
    )
    return _with_bodies(found, (pasted.message_json, *pasted.more_messages))


def _of_several_robots(text: str, error: PastedError) -> PastedContent:
    """Each of them; where they cannot be told apart, why there is none."""
    robots = parse_robots(text)
    if len(robots) < _FEW_ROBOTS:
        return PastedContent(fault=error.fault, json_place=error.json_place)
    notes = dict.fromkeys(note for one in robots for note in one.notes)
    return PastedContent(robots=robots, notes=tuple(notes))


def _with_bodies(found: PastedContent, bodies: Iterable[object]) -> PastedContent:
    """With the messages of these bodies: the first that can be read, and the others behind it."""
    read = [_of_body(body) for body in bodies if is_message(body)]
    read.sort(key=lambda one: one.message is None)  # stable: the order is kept
    if not read:
        return found
    return replace(
        found,
        kind=read[0].kind,
        message=read[0].message,
        extras=read[0].extras,
        payload_notes=read[0].payload_notes,
        payload_error=read[0].payload_error,
        further=tuple(read[1:]),
    )


def _of_body(body: object, kind: ContentKind = ContentKind.PAYLOAD) -> PastedContent:
    other = other_message(body)
    if other is not None and kind is ContentKind.PAYLOAD:
        body, kind = other.payload, ContentKind.OTHER_COMPANY
    try:
        reading = from_payload(body)
    except PayloadError as error:
        return PastedContent(payload_error=error)
    return PastedContent(
        kind,
        _without_secrets(reading.message),
        _harmless(reading.extras),
        payload_notes=reading.notes,
    )


def _is_program(text: str) -> bool:
    """True for what is not JSON alone, and means more than one message."""
    return text.lstrip()[:1] not in ("{", "[") and len(_MEANT.findall(text)) > 1


def _with_source(found: PastedContent, text: str) -> PastedContent:
    """The messages that a program in the text would send."""
    read = read_source(text)
    made = [_of_body(one, ContentKind.PROGRAM) for one in read.messages]
    made = [
        replace(one, fields=names_in(from_message(one.message)))
        for one in made
        if one.message is not None
    ]
    known = [one for one in (found, *found.further) if one.message is not None]
    is_whole = found.message is not None and PastedNote.BODY_NOT_JSON not in found.notes
    if is_whole and len(made) <= len(known):
        return found
    made += [
        PastedContent(one.kind, one.message, one.extras, payload_notes=one.payload_notes)
        for one in known
        if all(one.message != other.message for other in made)
    ]
    if not made:
        return found
    first = made[0]
    return replace(
        found,
        kind=first.kind,
        message=first.message,
        extras=first.extras,
        payload_notes=first.payload_notes,
        fields=first.fields,
        further=tuple(made[1:]),
        robots=found.robots or _robots_in(text),
        fault=None,
        json_place=None,
        payload_error=None,
        notes=tuple(one for one in found.notes if one is not PastedNote.BODY_NOT_JSON),
    )


def _of_words(found: PastedContent, text: str) -> PastedContent:
    """Words, people, or rows with tabs between the cells; what was meant as JSON is none."""
    if found.fault is PastedFault.BROKEN_JSON:
        return found
    masked = mask_dingtalk(text.replace("\r\n", "\n").strip("\n"))
    people = _people(text)
    rows = [line.split("\t") for line in masked.split("\n") if line.strip()]
    if len(rows) >= _FEW_ROWS and all(len(row) > 1 for row in rows):
        return replace(of_rows(rows), people=people)
    masked = _FRONT_MATTER.sub("", masked, count=1)
    message: Message
    if _MARKDOWN.search(masked):
        kind, message = ContentKind.MARKDOWN, Markdown(title_of(masked), masked.strip("\n"))
    else:
        kind, message = ContentKind.TEXT, Text(masked)
    is_cut = masked != text and "***" in masked and "***" not in text
    return PastedContent(
        kind,
        message,
        people=people,
        notes=(PastedNote.OTHERS_DROPPED,) if is_cut else (),
        fault=found.fault if found.fault in _TOLD_FAULTS else None,
        json_place=found.json_place,
    )


def _people(text: str) -> tuple[PastedRow, ...]:
    """Those of whom it is certain that a line means them."""
    rows = read_contacts(text).rows
    certain = [row for row in rows if row.certainty is Certainty.CERTAIN and row.mobile]
    return rows if len(certain) * 2 >= len(rows) and certain else ()


def _robots_in(text: str) -> tuple[PastedWebhook, ...]:
    """The robots beside a message that was read otherwise."""
    telling = "\n".join(
        line
        for line in text.splitlines()
        if "robot/send" in line or "access_token" in line or SECRET_PREFIX in line
    )
    try:
        pasted = parse_pasted(telling)
    except PastedError as error:
        robots = parse_robots(text) if error.fault in _SEVERAL_ROBOTS else ()
        return robots if len(robots) >= _FEW_ROBOTS else ()
    return (pasted,) if _is_robot(pasted) else ()


def _is_robot(pasted: PastedWebhook) -> bool:
    """True for what only a robot has: a bare word could be anything."""
    token, secret = pasted.access_token, pasted.secret
    is_usual = token is not None and len(token) >= 32 and not check_token(token)
    has_secret = secret is not None and secret.startswith(SECRET_PREFIX)
    return (pasted.endpoint is not None and token is not None) or is_usual or has_secret


def _without_secrets(message: Message) -> Message:
    """The message with what looks like a token or a secret masked, wherever it stands."""
    payload = to_payload(message)
    masked = _masked(payload)
    return message if masked == payload else from_payload(masked).message


def _masked(value: object) -> object:
    if isinstance(value, dict):
        return {name: _masked(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_masked(one) for one in value]
    return mask_dingtalk(value) if isinstance(value, str) else value


def _harmless(extras: tuple[Extra, ...]) -> tuple[Extra, ...]:
    return tuple(
        one for one in extras if mask_dingtalk(f'"{one.path[-1]}": {one.value}').count("***") == 0
    )


def title_of(text: str) -> str:
    """A title out of a text in markdown: its first heading, else its first line."""
    heading = _HEADING.search(text)
    first = heading[1] if heading else next(line for line in text.splitlines() if line.strip())
    return re.sub(r"[*`_]|^[>#\s-]+|</?font[^>]*>", "", first).strip()[:_TITLE_CHARACTERS]
