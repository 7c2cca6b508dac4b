"""JSON as people paste it: read with notes of what was set right, or refused with the place.

Strict JSON is read by the standard library. What it refuses is read once more, leniently: raw line
ends, single and typographic quotes, comments, a comma at the end, Python's words. Only what can be
meant in one way is set right. It takes time in proportion to the text.
"""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class JsonNote(StrEnum):
    """What was set right."""

    RAW_LINE_ENDS = "raw_line_ends"  # a line end or a tab inside a string, where \\n belongs
    SINGLE_QUOTES = "single_quotes"
    TYPOGRAPHIC_QUOTES = "typographic_quotes"
    FULL_WIDTH_SIGNS = "full_width_signs"  # ，and ： for , and :
    COMMENTS = "comments"  # left out
    TRAILING_COMMA = "trailing_comma"
    BARE_KEYS = "bare_keys"
    OTHER_WORDS = "other_words"  # True, False, None
    BACKSLASHES = "backslashes"  # before a letter that it says nothing about: kept as text
    VARIABLES = "variables"  # $NAME where a value belongs: kept as text
    KEY_TWICE = "key_twice"  # the last one is kept, as every reader does


class JsonFault(StrEnum):
    """Why it cannot be read."""

    NOTHING = "nothing"
    ENDS_EARLY = "ends_early"
    OPEN_STRING = "open_string"
    NO_VALUE = "no_value"  # something else stands where a value belongs
    NO_KEY = "no_key"
    NO_COLON = "no_colon"
    NO_COMMA = "no_comma"
    TOO_DEEP = "too_deep"
    TEXT_BEHIND = "text_behind"
    # Only where it is read strictly; leniently they are set right.
    TRAILING_COMMA = "trailing_comma"
    LINE_END = "line_end"  # within a string
    CONTROL = "control"
    BACKSLASH = "backslash"
    ODD_QUOTES = "odd_quotes"
    FULL_WIDTH = "full_width"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class JsonPlace:
    """Why a text cannot be read, and where, both counted from 1."""

    fault: JsonFault
    line: int
    column: int


class JsonError(ValueError):
    """It cannot be read, and the place; `at` is its index. It never holds the text."""

    def __init__(self, fault: JsonFault, text: str, at: int) -> None:
        super().__init__(fault.value)
        self.at = at = min(at, len(text))
        line = text.count("\n", 0, at) + 1
        self.place = JsonPlace(fault, line, at - text.rfind("\n", 0, at))


@dataclass(frozen=True, slots=True, repr=False)
class JsonReading:
    """The value, where the text goes on behind it, and what was set right."""

    value: object
    end: int
    notes: tuple[JsonNote, ...] = ()


def read_json(text: str) -> JsonReading:
    """The one value that a text holds. Raises JsonError, and nothing else."""
    reading = read_json_at(text, 0)
    reader = _JsonReader(text, reading.end)
    reader.skip_space()
    if reader.at < len(text):
        raise JsonError(JsonFault.TEXT_BEHIND, text, reader.at)
    return JsonReading(reading.value, len(text), _unique((*reading.notes, *reader.notes)))


def read_json_at(text: str, start: int) -> JsonReading:
    """The value that begins at `start`, whatever stands behind it. Raises JsonError."""
    strict = _strictly(text, start)
    if strict is not None:
        return strict
    reader = _JsonReader(text, start)
    value = reader.value(0)
    return JsonReading(value, reader.at, _unique(reader.notes))


_DEEPEST: Final = 60
_SPACE: Final = re.compile(r"[\s\u200b\ufeff\u2060]*")
_COMMENT: Final = re.compile(r"(?://|#)[^\n]*|/\*.*?\*/", re.DOTALL)
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,300})(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?(?![\w.])")
_WORD: Final = re.compile(r"[A-Za-z]+(?!\w)")
_WORDS: Final = {"true": True, "false": False, "null": None, "none": None}
_STRICT_WORDS: Final = ("true", "false", "null")
_VARIABLE: Final = re.compile(r"\$\{\w{1,80}\}|\$\w{1,80}|\{\{[^{}\n]{1,80}\}\}")
_BARE_KEY: Final = re.compile(r"[A-Za-z_$][\w$-]*(?=\s*[:：])")
_QUOTES: Final = {
    '"': '"',
    "'": "'",
    "“": '“”"＂',
    "”": '“”"＂',
    "＂": '“”"＂',
    "‘": "‘’'",
    "’": "‘’'",
}
_PLAIN: Final = {
    closing: re.compile(rf"[^\\\x00-\x1f{closing}]+") for closing in set(_QUOTES.values())
}
# A quote of an odd kind ends its string only where the string can end: it's, “他说“好””.
_CAN_END: Final = re.compile(r"\s*(?:[,:}\]，：]|$|(?://|#|/\*))")
# Strings that a program joins, or fills in: 'a' + 'b', 'a' 'b', '''a''', '%s' % a, '{}'.format(a).
_GOES_ON: Final = re.compile(r"\s*(?:['\"`]|\+\s*[\w'\"`(\[]|%\s*[\w(]|\.\w+\()")
_ESCAPES: Final = {
    **{sign: sign for sign in "\"\\/'"},
    **{"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"},
}
_UNICODE: Final = re.compile(r"u([0-9A-Fa-f]{4})")
_PAIR: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def _unique(notes: "tuple[JsonNote, ...] | list[JsonNote]") -> tuple[JsonNote, ...]:
    return tuple(dict.fromkeys(notes))


def _strictly(text: str, start: int) -> JsonReading | None:
    notes: list[JsonNote] = []

    def to_dict(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            notes.append(JsonNote.KEY_TWICE)
        return found

    decoder = json.JSONDecoder(object_pairs_hook=to_dict)
    begin = _SPACE.match(text, start)
    try:
        value, end = decoder.raw_decode(text, begin.end() if begin else start)
    except (ValueError, RecursionError):
        return None
    return JsonReading(value, end, _unique(notes))


class _JsonReader:
    """Reads leniently, from `at` on."""

    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.at = at
        self.notes: list[JsonNote] = []

    def skip_space(self) -> None:
        while True:
            space = _SPACE.match(self.text, self.at)
            self.at = space.end() if space else self.at
            comment = _COMMENT.match(self.text, self.at)
            if comment is None:
                return
            self.at = comment.end()
            self.notes.append(JsonNote.COMMENTS)

    def value(self, depth: int) -> object:
        if depth > _DEEPEST:
            raise self._error(JsonFault.TOO_DEEP)
        self.skip_space()
        sign = self.text[self.at : self.at + 1]
        if not sign:
            raise self._error(JsonFault.ENDS_EARLY if self.at else JsonFault.NOTHING)
        if variable := _VARIABLE.match(self.text, self.at):
            self.at = variable.end()
            self.notes.append(JsonNote.VARIABLES)
            return variable[0]
        if sign == "{":
            return self._object(depth)
        if sign == "[":
            return self._list(depth)
        return self._string(sign) if sign in _QUOTES else self._plain_value()

    def _object(self, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        self.at += 1
        while not self._closes("}"):
            key = self._key()
            if not self._takes(":", "："):
                raise self._error(JsonFault.NO_COLON)
            if key in found:
                self.notes.append(JsonNote.KEY_TWICE)
            found[key] = self.value(depth + 1)
            self._separate("}")
        return found

    def _list(self, depth: int) -> list[object]:
        found: list[object] = []
        self.at += 1
        while not self._closes("]"):
            found.append(self.value(depth + 1))
            self._separate("]")
        return found

    def _key(self) -> str:
        sign = self.text[self.at]
        if sign in _QUOTES:
            return self._string(sign)
        if bare := _BARE_KEY.match(self.text, self.at):
            self.at = bare.end()
            self.notes.append(JsonNote.BARE_KEYS)
            return bare[0]
        raise self._error(JsonFault.NO_KEY)

    def _closes(self, closing: str) -> bool:
        self.skip_space()
        if self.at >= len(self.text):
            raise self._error(JsonFault.ENDS_EARLY)
        if self.text[self.at] != closing:
            return False
        self.at += 1
        return True

    def _separate(self, closing: str) -> None:
        """Pass the comma, or stand before what closes."""
        if self._takes(",", "，"):
            self.skip_space()
            if self.text.startswith(closing, self.at):
                self.notes.append(JsonNote.TRAILING_COMMA)
        elif not self.text.startswith(closing, self.at):
            is_end = self.at >= len(self.text)
            raise self._error(JsonFault.ENDS_EARLY if is_end else JsonFault.NO_COMMA)

    def _takes(self, sign: str, full_width: str) -> bool:
        self.skip_space()
        found = self.text[self.at : self.at + 1]
        if not found or found not in (sign, full_width):
            return False
        if found == full_width:
            self.notes.append(JsonNote.FULL_WIDTH_SIGNS)
        self.at += 1
        return True

    def _plain_value(self) -> object:
        if number := _NUMBER.match(self.text, self.at):
            self.at = number.end()
            is_whole = not (number[1] or number[2])
            return int(number[0]) if is_whole else float(number[0])
        word = _WORD.match(self.text, self.at)
        if word is None or word[0].lower() not in _WORDS:
            raise self._error(JsonFault.NO_VALUE)
        if word[0] not in _STRICT_WORDS:
            self.notes.append(JsonNote.OTHER_WORDS)
        self.at = word.end()
        return _WORDS[word[0].lower()]

    def _string(self, opening: str) -> str:
        text, start, closing = self.text, self.at, _QUOTES[opening]
        if opening == "'":
            self.notes.append(JsonNote.SINGLE_QUOTES)
        elif opening != '"':
            self.notes.append(JsonNote.TYPOGRAPHIC_QUOTES)
        parts: list[str] = []
        self.at += 1
        while self.at < len(text):
            sign = text[self.at]
            if plain := _PLAIN[closing].match(text, self.at):
                parts.append(plain[0])
                self.at = plain.end()
            elif sign == "\\":
                parts.append(self._escaped())
            elif sign in closing:
                self.at += 1
                if opening == '"' or _CAN_END.match(text, self.at):
                    return _PAIR.sub(_joined, "".join(parts))
                if opening == "'" and _GOES_ON.match(text, self.at):
                    raise self._error(JsonFault.NO_COMMA)
                parts.append(sign)
            else:
                parts.append(self._control(sign))
        raise JsonError(JsonFault.OPEN_STRING, text, start)

    def _control(self, sign: str) -> str:
        self.notes.append(JsonNote.RAW_LINE_ENDS)
        self.at += 2 if self.text.startswith("\r\n", self.at) else 1
        return "\n" if sign == "\r" else sign

    def _escaped(self) -> str:
        self.at += 1
        if unicode := _UNICODE.match(self.text, self.at):
            self.at = unicode.end()
            return chr(int(unicode[1], 16))
        sign = self.text[self.at : self.at + 1]
        if sign in _ESCAPES:
            self.at += 1
            return _ESCAPES[sign]
        self.notes.append(JsonNote.BACKSLASHES)
        return "\\"

    def _error(self, fault: JsonFault) -> JsonError:
        return JsonError(fault, self.text, self.at)


def _joined(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16")
