"""What is wrong or odd in a message: its type, its keys, its texts, and who is mentioned."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from dingcomposer.core.limits import PEOPLE
from dingcomposer.core.records import lazy_pattern
from dingcomposer.sandbox.diagnosis.codes import Diagnosis, DiagnosisCode, diagnosis
from dingcomposer.sandbox.diagnosis.json_text import name_of_type
from dingcomposer.sandbox.validation import (
    BUTTON,
    FEED_ITEM,
    REQUIRED,
    find_unproven,
    is_given,
    is_inferred,
    searched_for_keywords,
)

_C = DiagnosisCode
_TOP = ("msgtype", "at", "msgUuid", *REQUIRED)
_OWN = {
    "text": ("content",),
    "link": ("title", "text", "messageUrl", "picUrl"),
    "markdown": ("title", "text"),
    "actionCard": (
        *("title", "text", "singleTitle", "singleURL", "btns", "btnOrientation", "hideAvatar"),
    ),
    "feedCard": ("links",),
}
_AT = ("atMobiles", "atUserIds", "isAtAll", "atDingtalkIds")
# Names that people take from other programs' messages, without letter case and underscores.
_OTHER_NAMES = {
    "content": ("text", "content"),
    "body": ("text", "content"),
    "message": ("text", "content"),
    "description": ("text",),
    "desc": ("text",),
    "text": ("content",),
    "url": ("messageUrl", "messageURL", "actionURL", "singleURL"),
    "href": ("messageUrl", "messageURL", "actionURL"),
    "link": ("messageUrl", "messageURL", "actionURL"),
    "jumpurl": ("messageUrl", "messageURL", "actionURL"),
    "messageurl": ("actionURL",),
    "actionurl": ("messageUrl", "messageURL"),
    "image": ("picUrl", "picURL"),
    "imageurl": ("picUrl", "picURL"),
    "pictureurl": ("picUrl", "picURL"),
    "pic": ("picUrl", "picURL"),
    "buttons": ("btns",),
    "btn": ("btns",),
    "name": ("title",),
    "articles": ("links",),
    "items": ("links",),
    "mobiles": ("atMobiles",),
    "phones": ("atMobiles",),
    "userids": ("atUserIds",),
    "atuserid": ("atUserIds",),
    "atall": ("isAtAll",),
    "isall": ("isAtAll",),
}
_TYPES_OF_OTHERS = frozenset(
    ("image", "file", "voice", "video", "news", "interactive", "post", "share_chat", "oa", "empty")
)
_MENTION = lazy_pattern(r"@(?:all|所有人)(?![\w])")
_ESCAPED = lazy_pattern(r"\\(?:r\\)?n|\\u[0-9A-Fa-f]{4}")


def diagnose_message(payload: Mapping[str, object]) -> Iterator[Diagnosis]:
    """Everything about the fields of a message, whatever is answered."""
    if foreign := _foreign(payload):
        yield foreign
        return
    yield from _keys(payload, _TOP, "")
    msgtype = payload.get("msgtype")
    if not isinstance(msgtype, str) or msgtype not in REQUIRED:
        yield from _msgtype(payload, msgtype)
        return
    content = payload.get(msgtype)
    if not isinstance(content, dict):
        yield from _no_object(payload, msgtype, content)
        return
    yield from _keys(content, _OWN[msgtype], msgtype)
    yield from _required(content, msgtype)
    for path in find_unproven(payload):
        code = _C.CARD_WITHOUT_BUTTON if path == "actionCard->btns" else _C.FIELD_UNPROVEN
        yield diagnosis(code, path=path)
    yield from _card(content) if msgtype == "actionCard" else ()
    yield from _items(content)
    yield from _texts(content, msgtype)
    yield from _mentions(payload, content, msgtype)


def diagnose_keywords(
    payload: Mapping[str, object], keywords: tuple[str, ...]
) -> Iterator[Diagnosis]:
    """Why none of the keywords counts; nothing where one does."""
    words = searched_for_keywords(payload)
    if not keywords or any(keyword in words for keyword in keywords):
        return
    everything = "\n".join(_strings(payload))
    for code, text, fold in (
        (_C.KEYWORD_CASE, words, str.casefold),
        (_C.KEYWORD_WIDTH, words, _folded),
        (_C.KEYWORD_ELSEWHERE, everything, str),
        (_C.KEYWORD_ESCAPED, _unescaped(words), str),
    ):
        for keyword in keywords:
            if fold(keyword) in fold(text):
                yield diagnosis(code, wanted=keyword)
                return
    yield diagnosis(_C.KEYWORD_NONE, wanted=", ".join(keywords))


def _folded(text: str) -> str:
    """Without letter case, width and white space: as a person reads it."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9A-Fa-f]{4})", lambda found: chr(int(found[1], 16)), text)


def _strings(value: object) -> Iterator[str]:
    """Every string in a value, on any level."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str() as text:
                yield text
            case dict() as mapping:
                waiting += mapping.values()
            case list() as items:
                waiting += items


# --- the whole ------------------------------------------------------------------------------------


def _foreign(payload: Mapping[str, object]) -> Diagnosis | None:
    """A body that was made for another company's robot, or wrapped into another object."""
    if "msgtype" in payload:
        named = _mapping(payload.get(str(payload["msgtype"])))
        is_theirs = payload["msgtype"] == "markdown" and set(named) == {"content"}
        if is_theirs or any(key.startswith("mentioned_") for key in named):
            return diagnosis(_C.BODY_OF_WECOM)
        return None
    if "msg_type" in payload and ("content" in payload or "card" in payload):
        return diagnosis(_C.BODY_OF_FEISHU)
    if isinstance(payload.get("text"), str) or "attachments" in payload or "blocks" in payload:
        return diagnosis(_C.BODY_OF_SLACK)
    for key, value in payload.items():
        if isinstance(value, dict) and "msgtype" in value and key not in REQUIRED:
            return diagnosis(_C.BODY_WRAPPED, found=key)
    return None


def _msgtype(payload: Mapping[str, object], msgtype: object) -> Iterator[Diagnosis]:
    inside = next(
        (name for name in REQUIRED if "msgtype" in _mapping(payload.get(name))),
        None,
    )
    if "msgtype" not in payload:
        if inside is not None:
            yield diagnosis(_C.MSGTYPE_INSIDE, where=inside)
        elif not any(_plain(key) == "msgtype" for key in payload):
            yield diagnosis(_C.MSGTYPE_MISSING)
        return
    if msgtype is None:
        yield diagnosis(_C.MSGTYPE_IS_NULL)
        return
    found = msgtype if isinstance(msgtype, str) else name_of_type(msgtype)
    wanted = next((one for one in REQUIRED if _plain(one) == _plain(found)), None)
    if wanted is not None:
        yield diagnosis(_C.MSGTYPE_CASE, found=found, wanted=wanted)
    elif found in _TYPES_OF_OTHERS:
        yield diagnosis(_C.MSGTYPE_OF_OTHERS, found=found)
    else:
        yield diagnosis(_C.MSGTYPE_UNKNOWN, found=found)


def _no_object(payload: Mapping[str, object], msgtype: str, content: object) -> Iterator[Diagnosis]:
    if isinstance(content, str):
        if content.lstrip().startswith("{"):
            yield diagnosis(_C.OBJECT_IS_JSON_TEXT, msgtype=msgtype)
        else:
            yield diagnosis(_C.OBJECT_IS_TEXT, msgtype=msgtype, wanted=_OWN[msgtype][0])
    elif other := next((one for one in REQUIRED if _mapping(payload.get(one))), None):
        yield diagnosis(_C.OTHER_TYPE_FILLED, msgtype=msgtype, found=other)
    elif loose := next((key for key in _OWN[msgtype] if key in payload), None):
        yield diagnosis(_C.KEY_AT_TOP, found=loose, where=msgtype)
    elif not any(_plain(key) == _plain(msgtype) for key in payload):
        yield diagnosis(_C.OBJECT_MISSING, msgtype=msgtype)
    if is_inferred(msgtype):
        yield diagnosis(_C.REFUSAL_INFERRED, path=msgtype)


def _required(content: dict[str, object], msgtype: str) -> Iterator[Diagnosis]:
    """Required fields whose absence is known to be refused."""
    for key in REQUIRED[msgtype]:
        path = f"{msgtype}->{key}"
        if is_given(content, key) or any(
            key != other and _plain(other) == _plain(key) for other in content
        ):
            continue  # or told as a key in another spelling
        if key not in content:
            yield diagnosis(_C.FIELD_MISSING, path=path)
        elif content[key] in ("", [], None):
            yield diagnosis(_C.FIELD_EMPTY, path=path)
        else:
            yield diagnosis(_C.FIELD_TYPE, path=path, found=name_of_type(content[key]))


# --- keys -----------------------------------------------------------------------------------------


def _keys(
    mapping: Mapping[str, object], wanted: tuple[str, ...], where: str
) -> Iterator[Diagnosis]:
    """Keys in another spelling, and keys of other programs in the place of ours."""
    for key in mapping:
        if key in wanted or key == "at":
            continue
        spelt = next((one for one in wanted if _plain(one) == _plain(key)), None)
        if spelt is not None:
            yield diagnosis(_C.KEY_CASE, found=key, wanted=spelt, where=where)
            continue
        named = _OTHER_NAMES.get(_plain(key), ()) if where else ()
        meant = next((one for one in named if one in wanted and one not in mapping), None)
        if meant is not None:
            yield diagnosis(_C.KEY_NAME, found=key, wanted=meant, where=where)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def _mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _items(content: Mapping[str, object]) -> Iterator[Diagnosis]:
    """The buttons of a card, the items of a feed card: what is alike is told once."""
    told: dict[Diagnosis, None] = {}
    for name, wanted in (("btns", BUTTON), ("links", FEED_ITEM)):
        items = content.get(name)
        for item in items if isinstance(items, list) else ():
            told |= dict.fromkeys(_keys(_mapping(item), wanted, name))
    yield from told


def _card(card: Mapping[str, object]) -> Iterator[Diagnosis]:
    if card.get("singleTitle") and card.get("singleURL") and card.get("btns"):
        yield diagnosis(_C.BUTTONS_INEFFECTIVE)
    for key in ("btnOrientation", "hideAvatar"):
        if key in card and card[key] not in ("0", "1"):
            yield diagnosis(_C.FLAG_NOT_TEXT, path=f"actionCard->{key}")


# --- texts ----------------------------------------------------------------------------------------


def _texts(content: Mapping[str, object], msgtype: str) -> Iterator[Diagnosis]:
    for key in ("title", "text", "content"):
        text = content.get(key)
        if not isinstance(text, str):
            continue
        path = f"{msgtype}->{key}"
        if _ESCAPED.search(text) and "\n" not in text:
            yield diagnosis(_C.TEXT_LINE_ENDS, path=path)
        if _is_mojibake(text):
            yield diagnosis(_C.TEXT_MOJIBAKE, path=path)
        if "\ufffd" in text:
            yield diagnosis(_C.TEXT_LOST, path=path)
        if _is_lost(text):
            yield diagnosis(_C.TEXT_QUESTION_MARKS, path=path)


def _is_lost(text: str) -> bool:
    """Question marks where a small encoding had no room for letters: many of them, or in a row."""
    letters = "".join(text.split())
    return (
        text.isascii() and "??" in text and ("????" in text or text.count("?") * 3 > len(letters))
    )


def _is_mojibake(text: str) -> bool:
    """UTF-8 that was read as Latin-1 or GBK, and sent as what that gave."""
    if text.isascii():
        return False
    for codec in ("latin-1", "cp1252", "gbk"):
        try:
            meant = text.encode(codec).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if any("\u3000" <= sign <= "\u9fff" for sign in meant):
            return True
    return False


# --- mentions -------------------------------------------------------------------------------------


def _mentions(
    payload: Mapping[str, object], content: Mapping[str, object], msgtype: str
) -> Iterator[Diagnosis]:
    for key in _AT:
        if key in payload:
            yield diagnosis(_C.AT_AT_TOP, found=key)
    text = content.get("content" if msgtype == "text" else "text")
    words = text if isinstance(text, str) else ""
    at = payload.get("at")
    if "at" in content or any(key in content for key in _AT):
        yield diagnosis(_C.AT_INSIDE, where=msgtype)
    if msgtype in ("link", "feedCard"):
        if _mapping(at):
            yield diagnosis(_C.AT_IMPOSSIBLE, msgtype=msgtype)
        return
    if at is not None and not isinstance(at, dict):
        yield diagnosis(_C.AT_NO_OBJECT, found=name_of_type(at))
    mapping = _mapping(at)
    yield from _keys(mapping, _AT, "at")
    yield from _people(mapping, words)
    is_all = mapping.get("isAtAll")
    if is_all is not None and not isinstance(is_all, bool):
        yield diagnosis(_C.AT_ALL_TEXT)
    if _MENTION.search(words) and is_all is not True and str(is_all).lower() != "true":
        yield diagnosis(_C.AT_ALL_NOT_SET)


def _people(at: Mapping[str, object], words: str) -> Iterator[Diagnosis]:
    if "atDingtalkIds" in at:
        yield diagnosis(_C.AT_DINGTALK_IDS)
    people: list[object] = []
    for key in ("atMobiles", "atUserIds", "atDingtalkIds"):
        value = at.get(key)
        if isinstance(value, list):
            people += value
        elif value is not None:
            yield diagnosis(_C.AT_LIST, found=key)
            people.append(value)
    names = [str(person) for person in people if isinstance(person, str | int)]
    if any(not isinstance(person, str) for person in people):
        yield diagnosis(_C.AT_NUMBERS)
    if any(name.startswith("@") for name in names):
        yield diagnosis(_C.AT_SIGN)
    if any(re.search("[,，;；、]", name) for name in names):
        yield diagnosis(_C.AT_SEVERAL_IN_ONE)
    if len(names) > PEOPLE:
        yield diagnosis(_C.AT_MANY, count=len(names), limit=PEOPLE)
    absent = [
        name for name in (name.strip().lstrip("@") for name in names) if f"@{name}" not in words
    ]
    if absent:
        yield diagnosis(_C.AT_NOT_IN_TEXT, found=", ".join(absent[:3]), count=len(absent))
