"""JSON with the place of each value, or with the place and the reason of its first fault.

Strict, as DingTalk's server reads it: what people paste is read leniently by `core.pasting`.
"""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from dingcomposer.core.pasting.lenient_json import JsonError, JsonFault, read_json

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JsonText:
    """The value of a text, and the names that stand twice in one object."""

    value: object
    doubled: tuple[str, ...] = ()


def read_strict(text: str) -> JsonText:
    """What a text says. Raises JsonError with the place of the first fault."""
    doubled: list[str] = []

    def to_dict(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for name, value in pairs:
            if name in found:
                doubled.append(name)
            found[name] = value
        return found

    try:
        value = json.loads(text, object_pairs_hook=to_dict, parse_constant=_refuse)
    except (ValueError, RecursionError):
        _Scanner(text).scan()
        raise JsonError(JsonFault.TOO_DEEP, text, 0) from None  # what the scanner lets pass
    return JsonText(value, tuple(dict.fromkeys(doubled)))


def places_of(text: str) -> Mapping[Path, int]:
    """Where each value of a text begins, by its path; as far as the text can be read."""
    scanner = _Scanner(text)
    with suppress(JsonError):
        scanner.scan()
    return scanner.places


def place_of(text: str, dotted: str) -> tuple[int, int]:
    """Line and column, from 1, of a path such as "at.atMobiles.0"; of what holds it, else."""
    places = places_of(text)
    path = tuple(filter(None, dotted.split(".")))
    while path and path not in places:
        path = path[:-1]
    at = places.get(path, 0)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def mend(text: str) -> object | None:
    """The value that was meant by a text with faults; None where nobody knows."""
    try:
        return read_json(text).value
    except JsonError:
        return None


def write(value: Mapping[str, Any]) -> str:
    """JSON as people read it."""
    return json.dumps(value, ensure_ascii=False, indent=2)


_DEEPEST: Final = 60
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_STRING: Final = re.compile(r'[^"\\\x00-\x1f]*')
_ESCAPE: Final = re.compile(r'\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})')
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_WORD: Final = re.compile(r"true|false|null")
_ENDS_WORD: Final = re.compile(r"(?![\w.])")
_ODD_QUOTES: Final = "'“”‘’＂「」`"
_FULL_WIDTH: Final = "：，｛｝［］"


def _refuse(word: str) -> object:
    raise ValueError(word)  # NaN and Infinity are Python's


class _Scanner:
    """Goes through a text once and stops at the first fault."""

    def __init__(self, text: str) -> None:
        self.places: dict[Path, int] = {}
        self._text = text
        self._at = 0

    def scan(self) -> None:
        """Raises JsonError."""
        self._value((), 0)
        self._skip()
        if self._at < len(self._text):
            raise self._fault(JsonFault.TEXT_BEHIND)

    def _value(self, path: Path, depth: int) -> None:
        if depth > _DEEPEST:
            raise self._fault(JsonFault.TOO_DEEP)
        self._skip()
        self.places[path] = self._at
        match self._sign():
            case "{":
                self._object(path, depth)
            case "[":
                self._list(path, depth)
            case '"':
                self._string()
            case "":
                raise self._fault(JsonFault.ENDS_EARLY if self._at else JsonFault.NOTHING)
            case _:
                self._plain()

    def _object(self, path: Path, depth: int) -> None:
        self._at += 1
        is_first = True
        while not self._closes("}", is_first=is_first):
            if self._sign() != '"':
                raise self._fault(self._odd(JsonFault.NO_KEY))
            start = self._at
            name = self._string()
            self._skip()
            if self._sign() != ":":
                raise self._fault(self._odd(JsonFault.NO_COLON))
            self._at += 1
            self._value((*path, name), depth + 1)
            self.places[(*path, name)] = start  # the line of its name
            is_first = False

    def _list(self, path: Path, depth: int) -> None:
        self._at += 1
        number = 0
        while not self._closes("]", is_first=not number):
            self._value((*path, str(number)), depth + 1)
            number += 1

    def _closes(self, closing: str, *, is_first: bool) -> bool:
        """Pass what closes, or the comma before what follows."""
        self._skip()
        sign = self._sign()
        if not sign:
            raise self._fault(JsonFault.ENDS_EARLY)
        if sign == closing:
            self._at += 1
            return True
        if is_first:
            return False
        if sign != ",":
            raise self._fault(self._odd(JsonFault.NO_COMMA))
        comma = self._at
        self._at += 1
        self._skip()
        if self._sign() == closing:
            self._at = comma
            raise self._fault(JsonFault.TRAILING_COMMA)
        if not self._sign():
            raise self._fault(JsonFault.ENDS_EARLY)
        return False

    def _string(self) -> str:
        start = self._at
        self._at += 1
        while True:
            plain = _STRING.match(self._text, self._at)
            self._at = plain.end() if plain else self._at
            sign = self._sign()
            if sign == '"':
                self._at += 1
                return str(json.loads(self._text[start : self._at]))
            if not sign:
                raise JsonError(JsonFault.OPEN_STRING, self._text, start)
            if sign != "\\":
                is_line_end = sign in "\r\n"
                raise self._fault(JsonFault.LINE_END if is_line_end else JsonFault.CONTROL)
            escape = _ESCAPE.match(self._text, self._at)
            if escape is None:
                raise self._fault(JsonFault.BACKSLASH)
            self._at = escape.end()

    def _plain(self) -> None:
        for pattern in (_NUMBER, _WORD):
            found = pattern.match(self._text, self._at)
            if found and _ENDS_WORD.match(self._text, found.end()):
                self._at = found.end()
                return
        raise self._fault(self._odd(JsonFault.NO_VALUE))

    def _odd(self, fault: JsonFault) -> JsonFault:
        """A better word for a fault: the sign that an input method or another language wrote."""
        sign = self._sign()
        if sign and sign in _ODD_QUOTES:
            return JsonFault.ODD_QUOTES
        if sign and sign in _FULL_WIDTH:
            return JsonFault.FULL_WIDTH
        if sign == "#" or self._text[self._at : self._at + 2] in ("//", "/*"):
            return JsonFault.COMMENT
        return JsonFault.ENDS_EARLY if not sign else fault

    def _sign(self) -> str:
        return self._text[self._at : self._at + 1]

    def _skip(self) -> None:
        space = _SPACE.match(self._text, self._at)
        self._at = space.end() if space else self._at

    def _fault(self, fault: JsonFault) -> JsonError:
        return JsonError(fault, self._text, self._at)
