"""What a pasted HTTPie command would send: its address and the message that its items make.

`http POST URL msgtype=text text:='{"content": "…"}'` makes JSON out of `name=text`, `name:=json`
and nested `text[content]=…`; `name==value` belongs to the address, `Name:value` is a header. `xh`
reads the same. Nothing is run.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from dingcomposer.core.pasting.lenient_json import JsonError, read_json


@dataclass(frozen=True, slots=True, repr=False)
class HttpieRequest:
    """The address, "" for none, and the body: text as it is, or the table that becomes JSON.

    `is_body_elsewhere`: it, or a part of it, is read from a file. `is_form`: it is a form's.
    """

    address: str
    body: object | None
    is_body_elsewhere: bool
    is_form: bool


PROGRAMS: Final = ("http", "https", "xh", "xhs")


def read_httpie(program: str, words: Sequence[str], stdin: str | None) -> HttpieRequest:
    """The request of `program` with these words behind its name; `stdin` is piped into it."""
    reader = _ItemReader(program)
    reader.read(words)
    body: object | None = reader.raw if reader.raw is not None else reader.made
    if body is None:
        body = stdin
    if reader.broken is not None:
        body = reader.broken  # where its fault is will be told
    if reader.is_elsewhere or reader.is_form:
        body = None  # a part of a message is none
    return HttpieRequest(reader.address, body, reader.is_elsewhere, reader.is_form)


_METHOD: Final = re.compile(r"[A-Za-z]+")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_SEPARATOR: Final = re.compile(r":=@|=@|:=|==|[=:@;]")
_KEY: Final = re.compile(r"\[((?:[^\\\[\]]|\\.)*)\]")
_ESCAPE: Final = re.compile(r"\\([\\:=@;\[\]])")
_DEEPEST: Final = 20
_NUMBER: Final = re.compile(r"[0-9]{1,4}")
_WITH_VALUE: Final = frozenset(
    (
        *("-a", "--auth", "-A", "--auth-type", "-p", "--print", "-o", "--output", "-s", "--style"),
        *("--session", "--session-read-only", "--timeout", "--verify", "--cert", "--cert-key"),
        *("--proxy", "--pretty", "--max-redirects", "--boundary", "--format-options", "--ssl"),
        *("--default-scheme", "--response-charset", "--response-mime", "--ciphers", "--bearer"),
    )
)


class _ItemReader:
    """Sorts the words and puts the message together."""

    def __init__(self, program: str) -> None:
        self.address = ""
        self.raw: str | None = None
        self.made: object | None = None
        self.broken: str | None = None  # what should be JSON, and is not
        self.is_elsewhere = False
        self.is_form = False
        self._is_secure = program in ("https", "xhs")
        self._query: list[str] = []

    def read(self, words: Sequence[str]) -> None:
        plain: list[str] = []
        rest = iter(words)
        for word in rest:
            name, equals, value = word.partition("=")
            if name == "--raw":
                self.raw = value if equals else next(rest, "")
            elif word in ("-f", "--form", "--multipart"):
                self.is_form = True
            elif word in _WITH_VALUE:
                next(rest, None)
            elif not word.startswith("-") or word == "-":
                plain.append(word)
        if len(plain) > 1 and _METHOD.fullmatch(plain[0]):
            plain = plain[1:]
        if not plain:
            return
        for item in plain[1:]:
            self._take_item(item)
        address = self._whole(plain[0])
        if self._query:
            address += f"{'&' if '?' in address else '?'}{'&'.join(self._query)}"
        self.address = address

    def _whole(self, address: str) -> str:
        """HTTPie's short forms: `:8080/path` is this computer, `https host/path` has its scheme."""
        if address.startswith(":"):
            port, slash, path = address[1:].partition("/")
            return f"http://localhost{':' if port else ''}{port}{slash}{path}"
        if self._is_secure and not _SCHEME.match(address):
            return f"https://{address}"
        return address

    def _take_item(self, item: str) -> None:
        found = _first_separator(item)
        if found is None:
            return
        key, value = item[: found.start()], item[found.end() :]
        match found[0]:
            case "==":
                self._query.append(f"{quote(_plain(key), safe='')}={quote(value, safe='')}")
            case "=":
                self._put(key, value)
            case ":=":
                self._put_json(key, value)
            case "=@" | ":=@" | "@":
                self.is_elsewhere = True
            case _:
                return  # a header

    def _put_json(self, key: str, value: str) -> None:
        for written in (value, value.replace('\\"', '"')):  # as cmd.exe and PowerShell want it
            try:
                reading = read_json(written)
            except JsonError:
                continue
            self._put(key, reading.value)
            return
        self.broken = self.broken or value

    def _put(self, key: str, value: object) -> None:
        """Put a value where `a[b][0][]` says."""
        start = re.match(r"(?:[^\\\[]|\\.)*", key)
        first = start[0] if start else ""
        inner = [_plain(one) for one in _KEY.findall(key[len(first) :])]
        path: list[str] = [_plain(first), *inner] if first else inner
        if path and len(path) <= _DEEPEST:
            self.made = _placed(self.made, path, value)


def _first_separator(item: str) -> re.Match[str] | None:
    """What divides an item; a backslash before it takes its meaning."""
    for found in _SEPARATOR.finditer(item):
        before = item[: found.start()]
        if (len(before) - len(before.rstrip("\\"))) % 2 == 0:
            return found
    return None


def _plain(key: str) -> str:
    return _ESCAPE.sub(r"\1", key)


def _placed(whole: object, path: Sequence[str], value: object) -> object:
    """`whole`, which may be changed, with the value at its place; what is in the way goes."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    is_number = _NUMBER.fullmatch(step) is not None
    if step == "" or (is_number and (whole is None or isinstance(whole, list))):
        entries = whole if isinstance(whole, list) else []
        at = len(entries) if step == "" else int(step)
        entries += [None] * (at + 1 - len(entries))
        entries[at] = _placed(entries[at], rest, value)
        return entries
    table = whole if isinstance(whole, dict) else {}
    table[step] = _placed(table.get(step), rest, value)
    return table
