"""What was understood of a paste or a file, and what was left out, in words."""

from collections.abc import Iterable
from typing import assert_never

from dingcomposer.core.addresses import host_of
from dingcomposer.core.contacts_reading.rows import PastedRow
from dingcomposer.core.messages import (
    ActionCard,
    FeedCard,
    Link,
    Markdown,
    Message,
    Text,
)
from dingcomposer.core.pasting.content import ContentKind, PastedContent
from dingcomposer.core.payload import NoteCode
from dingcomposer.core.webhook import PastedFault, PastedNote, PastedWebhook
from dingcomposer.ui.texts.pasting.pasted import (
    json_set_right,
    json_trouble,
    pasted_fault,
    pasted_left,
    pasted_note,
    payload_error,
    payload_note,
    printable,
)
from dingcomposer.ui.texts.translate import (
    QT_TRANSLATE_NOOP,
    Phrase,
    join_names,
    translate,
    translated,
)

_ORIGINS: dict[ContentKind, Phrase] = {
    ContentKind.PAYLOAD: QT_TRANSLATE_NOOP("Content", "DingTalk's JSON"),
    ContentKind.OTHER_COMPANY: QT_TRANSLATE_NOOP(
        "Content", "Another company's message, as DingTalk's: look at the preview afterwards"
    ),
    ContentKind.PROGRAM: QT_TRANSLATE_NOOP("Content", "Read out of a program"),
    ContentKind.TEMPLATE: QT_TRANSLATE_NOOP(
        "Content",
        "A template of Alertmanager's or Grafana's: values became fields, conditions and loops are gone",
    ),
    ContentKind.MARKDOWN: QT_TRANSLATE_NOOP("Content", "Words in markdown"),
    ContentKind.TEXT: QT_TRANSLATE_NOOP("Content", "Plain words"),
    ContentKind.ROWS: QT_TRANSLATE_NOOP("Content", "Rows of a sheet"),
}
_FILE_FAULTS: dict[str, Phrase] = {
    "unreadable": QT_TRANSLATE_NOOP("Content", "This file cannot be read."),
    "too_large": QT_TRANSLATE_NOOP("Content", "This file is far larger than any message."),
    "locked": QT_TRANSLATE_NOOP(
        "Content", "This sheet opens with a password only. Save it without one."
    ),
    "picture": QT_TRANSLATE_NOOP(
        "Content",
        "A group robot cannot send a picture itself, only show one that has a public address: put it where everyone can reach it, and insert its address.",
    ),
    "other": QT_TRANSLATE_NOOP(
        "Content",
        "This file holds neither words nor a sheet. Open it in its own program and copy what is to be sent.",
    ),
    "empty": QT_TRANSLATE_NOOP("Content", "This file is empty."),
}
# What the parts say by themselves, or what is no loss.
_UNSAID_NOTES = (
    PastedNote.WECOM_MESSAGE,
    PastedNote.FEISHU_MESSAGE,
    PastedNote.MORE_MESSAGES,
    PastedNote.BODY_MENDED,
)
_OTHER_COMPANIES = (PastedNote.WECOM_MESSAGE, PastedNote.FEISHU_MESSAGE)
_UNSAID_FAULTS = (PastedFault.NOT_RECOGNISED, PastedFault.NOT_AN_URL)
_NAMES_SHOWN = 8
_NOTES_SHOWN = 4
_LINES_SHOWN = 5
_LETTERS_SHOWN = 240


def content_origin(content: PastedContent) -> str:
    """As what the message in it was understood."""
    return translated(_ORIGINS[content.kind]) if content.kind else ""


def content_faults(content: PastedContent) -> list[str]:
    """Why there is no message, or why a part of it cannot be read; sentences."""
    found = []
    company = next((one for one in content.notes if one in _OTHER_COMPANIES), None)
    if content.payload_error is not None and company is not None:
        found.append(pasted_note(company))
        found.append(
            translate("Content", "A message of this kind cannot be turned into DingTalk's.")
        )
    elif content.payload_error is not None:
        found.append(payload_error(content.payload_error))
    is_nothing = content.message is None and not content.robots and not content.people
    if content.fault is not None and content.fault not in _UNSAID_FAULTS:
        found.append(pasted_fault(content.fault))
    elif is_nothing and not found:
        found.append(translate("Content", "Nothing was understood of this."))
    if content.json_place is not None:
        found.append(json_trouble(content.json_place))
    for one in content.further:
        if one.payload_error is not None:
            words = translate("Content", "One of the messages cannot be used: {reason}")
            found.append(words.format(reason=payload_error(one.payload_error)))
    return list(dict.fromkeys(found))


def content_left_out(content: PastedContent) -> list[str]:
    """What was set right and what was left out, in sentences."""
    found = [pasted_note(one) for one in content.notes if one not in _UNSAID_NOTES]
    if content.json_notes:
        found.append(json_set_right(content.json_notes))
    kept = (NoteCode.UNKNOWN_KEY, NoteCode.OTHER_TYPE)
    every = (content, *content.further)
    notes = [
        payload_note(note) for one in every for note in one.payload_notes if note.code not in kept
    ]
    found += list(dict.fromkeys(notes))[:_NOTES_SHOWN]
    extras = dict.fromkeys(extra.name for one in every for extra in one.extras)
    if extras:
        names = join_names(map(printable, extras))
        words = translate("Content", "Keys that DingTalk does not know are kept aside: {names}.")
        found.append(words.format(names=names))
    fields = list(dict.fromkeys(name for one in every for name in one.fields))
    if fields:
        names = join_names(printable(name) for name in fields[:_NAMES_SHOWN])
        words = translate("Content", "Still to fill in: {names}.")
        found.append(words.format(names=names))
    if content.left:
        found.append(pasted_left(content.left))
    return list(dict.fromkeys(found))


def message_words(message: Message, lines_shown: int = _LINES_SHOWN) -> str:
    """The first words of a message, a few lines of them."""
    match message:
        case Text(content):
            words = content
        case Link(title, text) | Markdown(title, text) | ActionCard(title, text):
            words = "\n".join(filter(None, (title, text)))
        case FeedCard(links):
            words = "\n".join(one.title for one in links)
        case _:
            assert_never(message)
    lines = [line for line in words.splitlines() if line.strip()]
    shown = "\n".join(lines[:lines_shown])
    is_cut = len(lines) > lines_shown or len(shown) > _LETTERS_SHOWN
    return f"{shown[:_LETTERS_SHOWN].rstrip()}…" if is_cut else shown


def robot_words_of(robot: PastedWebhook) -> str:
    """What of a robot is there, without any of its secrets; of several, where it stands."""
    things = []
    if robot.endpoint:
        things.append(host_of(robot.endpoint) or robot.endpoint)
    if robot.access_token:
        things.append(translate("Content", "access token"))
    if robot.secret:
        things.append(translate("Content", "signing secret"))
    if robot.line:
        words = translate("Content", "Robot in line {line}: {things}")
        return words.format(line=robot.line, things=join_names(things))
    return translate("Content", "Robot: {things}").format(things=join_names(things))


def people_words(people: Iterable[PastedRow]) -> str:
    """The names of the first few."""
    names = [printable(row.name) for row in people]
    shown = join_names(names[:_NAMES_SHOWN])
    return (
        f"{shown}…"
        if len(names) > _NAMES_SHOWN
        else translate("Content", "{names}.").format(names=shown)
    )


def file_fault(name: str) -> str:
    """Why a file gives nothing; `name` is that of `interchange.files.FileFault`."""
    return translated(_FILE_FAULTS[name])


_MESSAGE_FILE_FAULTS = {
    "gone": QT_TRANSLATE_NOOP("Content", "{name} cannot be read."),
    "not_one": QT_TRANSLATE_NOOP("Content", "{name} is no message that was saved as a file."),
    "newer": QT_TRANSLATE_NOOP(
        "Content",
        "{name} was saved by a newer version of DingComposer. Update it to open the file.",
    ),
}


def message_file_fault(name: str) -> str:
    """Why a file is not opened as a message; `name` is that of `message_files.MessageFileFault`."""
    return translated(_MESSAGE_FILE_FAULTS[name])
