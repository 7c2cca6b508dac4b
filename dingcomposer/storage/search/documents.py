"""What of a send can be found, read from its row; and how the index spells that.

The index is a full-text table over one column of tokens, which SQLite cuts at spaces alone: the
facets first (status, kind and so on, each one character of Unicode's private planes), then the
texts, apart. The index and `core.search` agree on what a token is, so that a phrase found by it is
a phrase in the text.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Status
from dingcomposer.core.search.matching import SendDocument
from dingcomposer.core.search.query import EVERYONE, SearchField
from dingcomposer.core.search.tokens import fold, tokens
from dingcomposer.storage.database import from_micros

COLUMNS = (
    "key, msg_uuid, robot_name, stage, is_sandbox, kind, status, cause, fault, errcode, errmsg,"
    " created_at, payload, (SELECT answer FROM attempts WHERE send_key = sends.key"
    " ORDER BY number DESC LIMIT 1) AS answer"
)
"""What `document_of` reads of the table of sends."""

CHANGING = "status, cause, fault, errcode, errmsg"
"""Those of them that change; while they stay, so does the answer."""

FACETS = (
    SearchField.STATUS,
    SearchField.KIND,
    SearchField.STAGE,
    SearchField.CAUSE,
    SearchField.ROBOT,
)
"""The fields of which the index knows each value by a number."""

_BETWEEN = "\ue100"
_PERSON = "\ue101"
_FIRST_FACET = 0xF0000
_LAST_FACET = 0x10FFFD
_ANSWER_CHARACTERS = 4_096
_NO_WORDS = ("msgtype", "btnOrientation", "hideAvatar")


def document_of(row: Mapping[str, Any]) -> SendDocument:
    """A send as the search sees it."""
    strings, people, is_everyone = _read_payload(row["payload"])
    cause, fault = row["cause"], row["fault"]
    stage = "sandbox" if row["is_sandbox"] else row["stage"]
    return SendDocument(
        texts=tuple(filter(None, (*strings, *people, row["robot_name"], *_said(row)))),
        people=(*people, *([EVERYONE] if is_everyone else [])),
        values={
            SearchField.STATUS: (row["status"],),
            SearchField.KIND: (row["kind"],),
            SearchField.STAGE: (stage,),
            SearchField.CAUSE: tuple(filter(None, (cause, fault))),
            SearchField.ROBOT: (row["robot_name"],),
        },
        at=from_micros(row["created_at"]),
    )


@lru_cache(maxsize=8)
def _read_payload(text: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Its texts, whom it mentions, and whether everyone; of many groups the same is asked."""
    try:
        payload = json.loads(text)
    except (ValueError, RecursionError):
        payload = {}
    if not isinstance(payload, dict):
        payload = {}
    people, is_everyone = _people(payload.pop("at", None))
    return tuple(_strings(payload)), people, is_everyone


def is_over(document: SendDocument) -> bool:
    """Whether nothing of a send changes by itself any more."""
    return Status(document.values[SearchField.STATUS][0]).is_final


def facets_of(document: SendDocument) -> Iterator[tuple[SearchField, str]]:
    """What of a send the index knows by numbers.

    Not how a send stands that is still under way, as far as an earlier version put such ones in.
    """
    is_final = is_over(document)
    for field in FACETS:
        if is_final or field not in (SearchField.STATUS, SearchField.CAUSE):
            for value in document.values[field]:
                yield field, value


def indexed_words(document: SendDocument, facets: Iterable[int]) -> str:
    """What stands in the index for a send whose facets have these numbers."""
    words = [*map(facet_word, facets), *map(person_word, document.people)]
    for text in document.texts:
        words += (_BETWEEN, _spelled_text(text))
    return " ".join(filter(None, words))


@lru_cache(maxsize=32)
def _spelled_text(text: str) -> str:
    return " ".join(map(spelled, tokens(text)))


def facet_word(number: int) -> str:
    """The token of a facet; the numbers begin at 0."""
    return chr(min(_FIRST_FACET + number, _LAST_FACET))


def person_word(person: str) -> str:
    """The token by which a mentioned person is found, or the beginning of it."""
    return _PERSON + "".join(spelled(mark) for mark in fold(person) if not mark.isspace())


def spelled(token: str) -> str:
    """A token as the index holds it: SQLite takes ASCII's signs for spaces."""
    return token if token.isalnum() or not token.isascii() else chr(0xE000 + ord(token))


def _people(at: object) -> tuple[tuple[str, ...], bool]:
    if not isinstance(at, dict):
        return (), False
    lists = [at.get("atMobiles"), at.get("atUserIds")]
    people = [one for some in lists if isinstance(some, list) for one in some if one]
    return tuple(dict.fromkeys(map(str, people))), at.get("isAtAll") is True


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in _NO_WORDS:
                yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, str):
        yield value


def _said(row: Mapping[str, Any]) -> Iterator[str]:
    """What came back, where it was more than "ok"."""
    if row["cause"] == Cause.DELIVERED:
        return
    yield f"{row['errcode']} {row['errmsg']}".strip()
    answer = row["answer"] or ""
    if row["errmsg"] not in answer or not row["errmsg"]:
        yield answer[:_ANSWER_CHARACTERS]
