"""DingTalk's JSON as a message: everything that real senders put on the wire is read.

Each thing is taken as it is, taken with a `Note` of what was set right, or refused with the path
of the fault; nothing is dropped in silence. Two rules decide between the last two: what the message
*is* (its text, its list of items) must be there and readable; around it, what is missing or odd is
filled in or left out with a note, and `core.checks` says later what DingTalk thinks of that.

`msgUuid` at the top level belongs to the send and not to the message: it is known, gives no note
and is not carried. Keys that nobody knows are kept beside the message, as `Reading.extras`.
"""

from dataclasses import replace

from dingcomposer.core.messages import (
    ActionCard,
    Button,
    Extra,
    FeedCard,
    FeedLink,
    Link,
    Markdown,
    Mentions,
    Message,
    Orientation,
    Text,
)
from dingcomposer.core.payload.wire_object import (
    ABSENT,
    MSGTYPES,
    Note,
    NoteCode,
    PayloadError,
    PayloadFault,
    WireObject,
    to_string,
)
from dingcomposer.core.records import dataclass

_SEPARATORS = str.maketrans(dict.fromkeys("，、;；\n\t", ","))


@dataclass(frozen=True, slots=True)
class Reading:
    """A message, what had to be set right to read it, and the keys that are none of DingTalk's."""

    message: Message
    notes: tuple[Note, ...] = ()
    extras: tuple[Extra, ...] = ()

    @property
    def whole(self) -> Message:
        """The message with all of its keys, as it was sent."""
        return replace(self.message, extras=self.extras) if self.extras else self.message


def from_payload(mapping: object) -> Reading:
    """The message that a parsed JSON value holds. Raises PayloadError, and nothing else."""
    if not isinstance(mapping, dict):
        raise PayloadError("", PayloadFault.NOT_AN_OBJECT)
    notes: list[Note] = []
    extras: list[Extra] = []
    top = WireObject(mapping, "", notes, extras)
    msgtype = _read_msgtype(top)
    body = _read_body(top, msgtype)
    at = _read_at(top, body, can_mention=msgtype not in ("link", "feedCard"))
    message = _read_message(msgtype, body, at)
    body.leave()
    top.leave_msg_uuid()
    top.leave()
    return Reading(message, tuple(notes), tuple(extras))


def _read_msgtype(top: WireObject) -> str:
    value = top.take("msgtype")
    if value is ABSENT or value is None:
        raise PayloadError("msgtype", PayloadFault.MISSING)
    if not isinstance(value, str):
        raise PayloadError("msgtype", PayloadFault.WRONG_TYPE)
    folded = value.strip().casefold()
    for msgtype in MSGTYPES:
        if msgtype.casefold() == folded:
            if msgtype != value:
                top.note(NoteCode.TYPE_CASE, "msgtype")
            return msgtype
    raise PayloadError("msgtype", PayloadFault.UNSUPPORTED)


def _read_body(top: WireObject, msgtype: str) -> WireObject:
    value = top.take(msgtype)
    if isinstance(value, dict):
        return top.inside(msgtype, value)
    if value is not ABSENT and value is not None:
        raise PayloadError(msgtype, PayloadFault.WRONG_TYPE)
    if top.is_other_type_filled():
        raise PayloadError(msgtype, PayloadFault.OTHER_TYPE_FILLED)
    raise PayloadError(msgtype, PayloadFault.MISSING)


def _read_message(msgtype: str, body: WireObject, at: Mentions | None) -> Message:
    match msgtype:
        case "text":
            return Text(body.essential("content"), at)
        case "link":
            text = body.essential("text")
            title, message_url = body.required("title"), body.required("messageUrl")
            return Link(title, text, message_url, body.text("picUrl"))
        case "markdown":
            if not body.has("text") and body.has("content"):
                body.note(NoteCode.OTHER_FIELD, "content")
                text = body.essential("content")
            else:
                text = body.essential("text")
            return Markdown(body.required("title"), text, at)
        case "actionCard":
            return _read_action_card(body, at)
        case _:
            return _read_feed_card(body)


def _read_action_card(body: WireObject, at: Mentions | None) -> ActionCard:
    text = body.essential("text")
    title = body.required("title")
    is_horizontal = body.flag("btnOrientation")
    hide_avatar = body.flag("hideAvatar")
    orientation = None
    if is_horizontal is not None:
        orientation = Orientation.HORIZONTAL if is_horizontal else Orientation.VERTICAL
    return ActionCard(title, text, _read_action(body), orientation, hide_avatar, at)


def _read_action(body: WireObject) -> Button | tuple[Button, ...]:
    """One button where singleTitle and singleURL are there: they make btns ineffective [O]."""
    has_single = body.has("singleTitle") or body.has("singleURL")
    if not has_single:
        if not body.has("btns"):
            body.note(NoteCode.NO_BUTTONS, "btns")
        return _read_buttons(body)
    has_title, has_url = body.has("singleTitle"), body.has("singleURL")
    title, url = body.text("singleTitle"), body.text("singleURL")
    if not (title and url):
        buttons = _read_buttons(body) if body.has("btns") else ()
        if buttons:
            for key, was_there in (("singleTitle", has_title), ("singleURL", has_url)):
                if was_there:
                    body.note(NoteCode.SINGLE_INEFFECTIVE, key)
            return buttons
        for key, was_there in (("singleTitle", has_title), ("singleURL", has_url)):
            if not was_there:
                body.note(NoteCode.MISSING, key)
    elif body.take("btns") is not ABSENT:
        body.note(NoteCode.BUTTONS_INEFFECTIVE, "btns")
    return Button(title or "", url or "")


def _read_buttons(body: WireObject) -> tuple[Button, ...]:
    buttons = []
    for item in body.items("btns") or ():
        buttons.append(Button(item.required("title"), item.required("actionURL")))
        item.leave()
    return tuple(buttons)


def _read_feed_card(body: WireObject) -> FeedCard:
    if not body.has("links"):
        raise PayloadError(body.at("links"), PayloadFault.MISSING)
    links = []
    for item in body.items("links") or ():
        fields = (item.required("title"), item.required("messageURL"), item.required("picURL"))
        links.append(FeedLink(*fields))
        item.leave()
    return FeedCard(tuple(links))


def _read_at(top: WireObject, body: WireObject, *, can_mention: bool) -> Mentions | None:
    """Who is mentioned, beside the type's object, inside it, or both; None where nobody says."""
    mentions: Mentions | None = None
    for holder in (top, body):
        if not holder.has("at"):
            continue
        value = holder.take("at")
        if not can_mention:
            holder.note(NoteCode.AT_IMPOSSIBLE, "at")
            continue
        if holder is body:
            holder.note(NoteCode.AT_INSIDE, "at")
        more = _read_mentions(value, holder)
        mentions = _joined(mentions, more)
    return mentions


def _read_mentions(value: object, holder: WireObject) -> Mentions | None:
    if value is None or value in ("", [], {}):
        holder.note(NoteCode.AT_EMPTY, "at")
        return None
    if not isinstance(value, dict):
        raise PayloadError(holder.at("at"), PayloadFault.WRONG_TYPE)
    at = holder.inside("at", value)
    mobiles = _read_people(at, "atMobiles")
    user_ids = _read_people(at, "atUserIds")
    if at.has("atDingtalkIds"):
        # One report says that this key notified people where atUserIds did not [C].
        at.note(NoteCode.AT_DINGTALK_IDS, "atDingtalkIds")
        more = _read_people(at, "atDingtalkIds")
        user_ids = tuple(dict.fromkeys((*user_ids, *more)))
    is_all = _read_boolean(at, "isAtAll")
    at.leave()
    return Mentions(mobiles, user_ids, is_all)


def _joined(first: Mentions | None, second: Mentions | None) -> Mentions | None:
    if first is None or second is None:
        return second if first is None else first
    return Mentions(
        tuple(dict.fromkeys(first.mobiles + second.mobiles)),
        tuple(dict.fromkeys(first.user_ids + second.user_ids)),
        first.is_all or second.is_all,
    )


def _read_people(at: WireObject, key: str) -> tuple[str, ...]:
    value = at.take(key)
    if value is ABSENT:
        return ()
    if value is None:
        at.note(NoteCode.NULL, key)
        return ()
    if not isinstance(value, list):
        at.note(NoteCode.NOT_A_LIST, key)
        value = [value]
    people: list[str] = []
    for index, entry in enumerate(value):
        people += _read_entry(entry, f"{at.at(key)}.{index}", at.notes)
    return tuple(people)


def _read_entry(entry: object, path: str, notes: list[Note]) -> list[str]:
    """The people that one entry of a list names: usually one."""
    if entry is None:
        notes.append(Note(NoteCode.EMPTY_ENTRY, path))
        return []
    if isinstance(entry, float) and entry.is_integer():
        entry = int(entry)
    written = to_string(entry, path, notes)
    names = [name.strip() for name in written.translate(_SEPARATORS).split(",")]
    people = [name for name in (name.removeprefix("@").strip() for name in names) if name]
    if not people:
        notes.append(Note(NoteCode.EMPTY_ENTRY, path))
    elif len(names) > 1:
        notes.append(Note(NoteCode.SEVERAL_IN_ONE, path))
    elif written != written.strip():
        notes.append(Note(NoteCode.SPACES, path))
    if any(name.startswith("@") for name in names):
        notes.append(Note(NoteCode.AT_SIGN, path))
    return people


def _read_boolean(at: WireObject, key: str) -> bool:
    value = at.take(key)
    if value is ABSENT:
        return False
    if isinstance(value, bool):
        return value
    at.note(NoteCode.NULL if value is None else NoteCode.BOOLEAN, key)
    if value is None:
        return False
    spelling = value.strip().casefold() if isinstance(value, str) else value
    if isinstance(spelling, str | int | float):
        if spelling in ("true", "1", 1):
            return True
        if spelling in ("false", "0", "", 0):
            return False
    raise PayloadError(at.at(key), PayloadFault.WRONG_TYPE)
