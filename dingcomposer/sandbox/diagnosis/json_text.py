"""Why a body is no JSON object, with line and column; and what is odd about one that is."""

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator

from dingcomposer.core.limits import BODY_BYTES
from dingcomposer.core.records import dataclass, lazy_pattern
from dingcomposer.sandbox.diagnosis.codes import Diagnosis, DiagnosisCode, diagnosis

_C = DiagnosisCode
_TYPOGRAPHIC = "“”‘’„‟«»＂＇「」"
_WORDS = {"True": "true", "False": "false", "None": "null", "undefined": "null", "nil": "null"}
_FORM = lazy_pattern(r"\s*([A-Za-z_][\w.\[\]-]{0,40})=")
_VARIABLE = lazy_pattern(r"\$[A-Za-z_{(]|\{\{|%[A-Za-z_]+%")
_BARE = lazy_pattern(r"-?\w+")
_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32


@dataclass(frozen=True, slots=True)
class _Pairs:
    """An object with every key that stands in it, also those that stand twice."""

    pairs: list[tuple[str, object]]


def diagnose_json(body: bytes, body_bytes: int) -> Iterator[Diagnosis]:
    """What a body is instead of JSON, or where its JSON breaks off; the first fault that is met.

    `body` may be cut, `body_bytes` is how long it was.
    """
    if body_bytes > BODY_BYTES:
        yield diagnosis(_C.BODY_TOO_LONG, bytes=body_bytes, limit=BODY_BYTES)
        yield from _escapes(body, body_bytes)
        return
    if not body.strip():
        yield diagnosis(_C.BODY_EMPTY)
        return
    text = _decode(body)
    if isinstance(text, Diagnosis):
        yield text
        return
    foreign = _foreign(text)
    try:
        value: object = json.loads(text, strict=False, object_pairs_hook=_Pairs)
        yield from _value(value, text)
    except json.JSONDecodeError as error:
        yield foreign or _syntax(text, error)
    except RecursionError:
        yield diagnosis(_C.BODY_TOO_DEEP)
    except ValueError:
        yield diagnosis(_C.JSON_NUMBER_LONG)


def _escapes(body: bytes, body_bytes: int) -> Iterator[Diagnosis]:
    """Whether the same JSON would fit with its letters as they are."""
    if b"\\u" not in body or len(body) != body_bytes:
        return
    try:
        raw = json.dumps(json.loads(body, strict=False), ensure_ascii=False, separators=(",", ":"))
        size = len(raw.encode("utf-8"))
    except (ValueError, RecursionError):
        return
    if size <= BODY_BYTES:
        yield diagnosis(_C.BODY_ESCAPES, bytes=size)


def _decode(body: bytes) -> str | Diagnosis:
    """The body as UTF-8, or what it is instead."""
    if body.startswith((b"\x1f\x8b", b"\x78\x9c")) and _is_compressed(body):
        return diagnosis(_C.BODY_COMPRESSED)
    if body.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in body[:4]:
        return diagnosis(_C.BODY_UTF16)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        before = body[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        try:
            body.decode("gbk")
        except UnicodeDecodeError:
            word = f"0x{body[error.start]:02X}"
            return diagnosis(_C.BODY_NOT_UTF8, word=word, line=line, column=column)
        return diagnosis(_C.BODY_GBK, line=line, column=column)
    return diagnosis(_C.BODY_BOM) if text.startswith("\ufeff") else text


def _is_compressed(body: bytes) -> bool:
    try:
        zlib.decompressobj(wbits=_GZIP_OR_ZLIB).decompress(body, 1)
    except zlib.error:
        return False
    return True


def _foreign(text: str) -> Diagnosis | None:
    """What a body is that nobody meant as JSON."""
    stripped = text.strip()
    if form := _FORM.match(text):
        return diagnosis(_C.BODY_FORM, word=form[1])
    if stripped.startswith("%7B") or stripped.startswith("%7b"):
        return diagnosis(_C.BODY_PERCENT)
    if re.fullmatch(r"@[\w./\\-]+", stripped):
        return diagnosis(_C.BODY_FILE_NAME)
    if stripped.startswith("<") or re.match(r"--[\w'()+,./:=?-]+\r?\n", stripped):
        return diagnosis(_C.BODY_MARKUP)
    if stripped[:1] == stripped[-1:] == "'" and len(stripped) > 1:
        return diagnosis(_C.BODY_IN_QUOTES)
    return None


def _syntax(text: str, error: json.JSONDecodeError) -> Diagnosis:
    """The fault at which Python's reader gave up, in words for people."""
    at = error.pos
    if error.msg.startswith("Expecting"):
        at = len(text) - len(text[at:].lstrip())
    rest = text[at : at + 40]
    place = _place(text, at)
    sign = rest[:1]
    match error.msg.split()[:2]:
        case ["Unterminated", _]:
            return diagnosis(_C.JSON_UNTERMINATED, **place)
        case ["Invalid", "\\escape" | "\\uXXXX" | "\\escape:"]:
            return diagnosis(_C.JSON_ESCAPE, word=_escape_at(text, at), **place)
        case ["Extra", _]:
            return diagnosis(_C.JSON_EXTRA, **place)
        case ["Illegal", _]:  # from Python 3.13 on
            return diagnosis(_C.JSON_TRAILING_COMMA, **place)
        case ["Expecting", "':'"]:
            return _quotes(sign, place) or diagnosis(_C.JSON_MISSING_COLON, **place)
        case ["Expecting", "','"]:
            return _delimiter(text, at, place)
        case ["Expecting", "property"]:
            return _name(text, at, place)
        case ["Expecting", "value"]:
            return _bad_value(text, at, place)
    return diagnosis(_C.JSON_OTHER, **place)


def _escape_at(text: str, at: int) -> str:
    """The backslash at or before `at`, with the letter behind it."""
    start = text.rfind("\\", 0, at + 1)
    return text[start : start + 2].rstrip()


def _name(text: str, at: int, place: dict[str, int]) -> Diagnosis:
    rest = text[at : at + 40]
    if rest.startswith("}"):
        return diagnosis(_C.JSON_TRAILING_COMMA, **place)
    if text[at - 1 : at + 1] == "{{":
        return diagnosis(_C.JSON_VARIABLE, **_place(text, at - 1))
    return _anywhere(rest, place) or diagnosis(_C.JSON_NAME_QUOTES, **place)


def _bad_value(text: str, at: int, place: dict[str, int]) -> Diagnosis:
    rest = text[at : at + 40]
    sign = rest[:1]
    if sign in ("]", "}") and text[:at].rstrip().endswith(","):
        return diagnosis(_C.JSON_TRAILING_COMMA, **place)
    if sign in (",", "]", "}", ":"):
        return diagnosis(_C.JSON_MISSING_VALUE, **place)
    if found := _anywhere(rest, place):
        return found
    word = _BARE.match(rest)
    if word and word[0] in _WORDS:
        return diagnosis(_C.JSON_WORD, word=word[0], wanted=_WORDS[word[0]], **place)
    return diagnosis(_C.JSON_VALUE_QUOTES, **place)


def _delimiter(text: str, at: int, place: dict[str, int]) -> Diagnosis:
    rest = text[at : at + 40]
    sign = rest[:1]
    if sign == "":
        return diagnosis(_C.JSON_CUT, **place)
    if rest.startswith(("//", "/*", "#")):
        return diagnosis(_C.JSON_COMMENT, **place)
    if text[at - 1 : at] == '"' and sign not in '"{[':
        return diagnosis(_C.JSON_QUOTE_INSIDE, **place)
    return diagnosis(_C.JSON_MISSING_COMMA, **place)


def _anywhere(rest: str, place: dict[str, int]) -> Diagnosis | None:
    """What may stand wrongly before a name and before a value alike."""
    if not rest:
        return diagnosis(_C.JSON_CUT, **place)
    if rest.startswith(("//", "/*", "#")):
        return diagnosis(_C.JSON_COMMENT, **place)
    if rest.startswith('\\"'):
        return diagnosis(_C.JSON_ESCAPED_QUOTES, **place)
    if _VARIABLE.match(rest):
        return diagnosis(_C.JSON_VARIABLE, **place)
    return _quotes(rest[0], place)


def _quotes(sign: str, place: dict[str, int]) -> Diagnosis | None:
    if sign and sign == "'":
        return diagnosis(_C.JSON_SINGLE_QUOTES, **place)
    if sign and sign in _TYPOGRAPHIC:
        return diagnosis(_C.JSON_TYPOGRAPHIC_QUOTES, **place)
    return None


def _value(value: object, text: str) -> Iterator[Diagnosis]:
    if number_word := _constant(text):
        yield diagnosis(_C.JSON_NUMBER_WORD, word=number_word)
    if not isinstance(value, _Pairs):
        if isinstance(value, str) and value.lstrip().startswith("{"):
            yield diagnosis(_C.BODY_ENCODED_TWICE)
        else:
            yield diagnosis(_C.BODY_NOT_AN_OBJECT, found=name_of_type(value))
        return
    yield from _raw_controls(text)
    for key in sorted(_twice(value)):
        yield diagnosis(_C.JSON_KEY_TWICE, found=key)


def _constant(text: str) -> str:
    """NaN or Infinity where one stands as a value; "" otherwise."""
    found: list[str] = []
    json.loads(text, strict=False, parse_constant=found.append)
    return found[0] if found else ""


def _raw_controls(text: str) -> Iterator[Diagnosis]:
    """The first raw control character inside a string, which strict JSON does not allow."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        sign = text[error.pos : error.pos + 1]
        place = _place(text, error.pos)
        if sign in "\r\n":
            yield diagnosis(_C.JSON_RAW_LINE_END, **place)
        else:
            yield diagnosis(_C.JSON_RAW_CONTROL, word=f"U+{ord(sign):04X}", **place)


def _twice(value: object) -> set[str]:
    """The keys that stand twice in one object, on any level."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        match waiting.pop():
            case _Pairs(pairs):
                found.update(
                    key for key, times in Counter(key for key, _ in pairs).items() if times > 1
                )
                waiting += [inner for _, inner in pairs]
            case list() as items:
                waiting += items
    return found


def _place(text: str, at: int) -> dict[str, int]:
    return {"line": text.count("\n", 0, at) + 1, "column": at - text.rfind("\n", 0, at)}


def name_of_type(value: object) -> str:
    """What JSON calls the type of a value."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
    return "object"
