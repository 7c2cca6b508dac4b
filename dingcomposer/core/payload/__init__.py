"""A message as DingTalk's JSON: the only module that writes it (`core.payload.decode` reads it).

`from_payload` and its results are offered here too, so that both ways have one address.
Source: open.dingtalk.com/document/development/robot-message-type, read 2026-08-22.
"""

import json
from typing import Any, assert_never

from dingcomposer.core.messages import (
    ActionCard,
    Button,
    Extra,
    FeedCard,
    Link,
    Markdown,
    Mentions,
    Message,
    Text,
)
from dingcomposer.core.payload.decode import Reading, from_payload
from dingcomposer.core.payload.wire_object import (
    MSGTYPES,
    Note,
    NoteCode,
    PayloadError,
    PayloadFault,
)

__all__ = [
    "HEADERS",
    "MSG_UUID_LENGTH",
    "EncodeError",
    "Note",
    "NoteCode",
    "PayloadError",
    "PayloadFault",
    "Reading",
    "body_sha256",
    "encode",
    "from_payload",
    "size_bytes",
    "to_payload",
]

HEADERS = {
    "Content-Type": "application/json; charset=utf-8",
    "Accept": "application/json",
    "Accept-Encoding": "gzip, deflate",
}
"""What stands above the JSON when it is posted, besides who posts it."""

MSG_UUID_LENGTH = 36  # as str(uuid.uuid4()) writes it


class EncodeError(Exception):
    """A text holds half a character (a lone surrogate), which no UTF-8 can say.

    `path` names the field as on the wire, e.g. "actionCard.btns.0.title".
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def to_payload(message: Message) -> dict[str, Any]:
    """The message as it is documented, e.g. `{"msgtype": "text", "text": {…}, "at": {…}}`.

    What is None in the message is absent; lists of people are absent where they are empty. Keys
    beside those of DingTalk's stand behind them, where there is a place for them.
    """
    payload = _documented(message)
    for extra in message.extras:
        _put(payload, extra)
    return payload


def _documented(message: Message) -> dict[str, Any]:
    match message:
        case Text(content, at):
            return _payload("text", {"content": content}, at)
        case Link(title, text, message_url, picture_url):
            link = {"title": title, "text": text, "messageUrl": message_url}
            if picture_url is not None:
                link["picUrl"] = picture_url
            return _payload("link", link, None)
        case Markdown(title, text, at):
            return _payload("markdown", {"title": title, "text": text}, at)
        case ActionCard(at=at):
            return _payload("actionCard", _action_card(message), at)
        case FeedCard(links):
            items = [
                {"title": i.title, "messageURL": i.message_url, "picURL": i.picture_url}
                for i in links
            ]
            return _payload("feedCard", {"links": items}, None)
        case _:
            assert_never(message)


def encode(message: Message, msg_uuid: str) -> bytes:
    """The body exactly as it is posted: raw UTF-8, no spaces, `msgUuid` at the top level.

    Raises EncodeError for what UTF-8 cannot say.
    """
    payload = to_payload(message) | {"msgUuid": msg_uuid}
    try:
        return _dumps(payload).encode("utf-8")
    except UnicodeEncodeError:
        # from None: the foreign error holds the whole text.
        raise EncodeError(_path_of_surrogate(payload, "")) from None


def body_sha256(message: Message) -> str:
    """The hash of the body, `msgUuid` aside: equal messages have the same. Never raises."""
    import hashlib  # 4 ms, with all of OpenSSL: not on the way to the first window

    return hashlib.sha256(_dumps(to_payload(message)).encode("utf-8", "surrogatepass")).hexdigest()


def size_bytes(message: Message) -> int:
    """How long the body is as sent, `msgUuid` included. Never raises; half a character counts 3."""
    payload = to_payload(message) | {"msgUuid": "0" * MSG_UUID_LENGTH}
    return len(_dumps(payload).encode("utf-8", "surrogatepass"))


def _put(payload: dict[str, Any], extra: Extra) -> None:
    """Put a key where it belongs; what stands there already stays."""
    if extra.path[0] in MSGTYPES and extra.path[0] != payload["msgtype"] and len(extra.path) > 1:
        return
    holder: Any = payload
    for key in extra.path[:-1]:
        if isinstance(holder, list):
            holder = holder[int(key)] if key.isdecimal() and int(key) < len(holder) else None
        elif isinstance(holder, dict):
            holder = holder.setdefault(key, {})
    if isinstance(holder, dict):
        holder.setdefault(extra.path[-1], json.loads(extra.value))


def _payload(msgtype: str, body: dict[str, Any], at: Mentions | None) -> dict[str, Any]:
    payload: dict[str, Any] = {"msgtype": msgtype, msgtype: body}
    if at is not None:
        people: dict[str, Any] = {}
        if at.mobiles:
            people["atMobiles"] = list(at.mobiles)
        if at.user_ids:
            people["atUserIds"] = list(at.user_ids)
        payload["at"] = people | {"isAtAll": at.is_all}
    return payload


def _action_card(card: ActionCard) -> dict[str, Any]:
    body: dict[str, Any] = {"title": card.title, "text": card.text}
    if isinstance(card.action, Button):
        body |= {"singleTitle": card.action.title, "singleURL": card.action.url}
    else:
        body["btns"] = [{"title": b.title, "actionURL": b.url} for b in card.action]
    if card.orientation is not None:
        body["btnOrientation"] = card.orientation.value
    if card.hide_avatar is not None:
        body["hideAvatar"] = "1" if card.hide_avatar else "0"
    return body


def _dumps(payload: dict[str, Any]) -> str:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def _path_of_surrogate(value: object, path: str) -> str:
    match value:
        case str():
            return path if any("\ud800" <= character <= "\udfff" for character in value) else ""
        case dict():
            parts = value.items()
        case list():
            parts = dict(enumerate(value)).items()
        case _:
            return ""
    found = (_path_of_surrogate(part, f"{path}.{key}" if path else str(key)) for key, part in parts)
    return next((place for place in found if place), "")
