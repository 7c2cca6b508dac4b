"""Texts without the secrets in them, in whatever spelling a secret stands there.

A server may echo a secret as it came: percent-encoded, once or twice, escaped for JSON or HTML, in
base64 alone or within a longer text. None of that is told from harmless text by its looks, so each
secret is looked for in every spelling. What nobody registered is told by its name or its form.
"""

import base64
import html
import json
import re
from collections.abc import Callable
from functools import cached_property
from string import ascii_letters, digits
from urllib.parse import quote, urlsplit

from dingcomposer.core.records import lazy_pattern

MASK = "***"
# A shorter value would hide ordinary letters and figures, and is no secret.
SHORTEST = 4
_SHORTEST_BASE64 = 8
_PLAIN = lazy_pattern(r"[0-9A-Za-z]+")
_BASE64 = frozenset(f"{ascii_letters}{digits}+/_=-%\\")  # as it is, escaped or percent-encoded

# How a secret looks that nobody registered: in an address, and in a log line.
LOOKS_SECRET = lazy_pattern(
    r"SEC[0-9a-zA-Z]{8,}|[0-9A-Za-z+/=_\-]{20,}|%[0-9A-Fa-f]{2}.*%", re.DOTALL
)
# What stands behind the last mark that no secret holds, in whatever way its letters are written.
_LAST_WORD = lazy_pattern(r"[^\s<>{}\[\],:\"']{4,}\Z")
_SECRET_NAME = lazy_pattern(r"token|sign|secret|key|pass|auth|sig|code|session", re.IGNORECASE)
_EQUALS = r"(?:=|%3D|%253D)"
# "sign" as a word of its own ("design=" is none), also right behind a percent-encoded mark
_SIGN = r"(?:(?<![a-z])|(?<=%[0-9a-f]{2})|(?<=%25[0-9a-f]{2}))sign"
_NAMED = (
    # access_token=…, sign=… in a URL, also one that is itself a parameter
    lazy_pattern(
        rf"((?:access_?token|secret|password|{_SIGN}){_EQUALS})(?:(?!%26|%2526)[^&\s\"'<>#])+",
        re.IGNORECASE,
    ),
    # "access_token": "…" in JSON, a repr or a list of headers
    lazy_pattern(
        r"((?<![a-z])(?:access_?token|secret|password|authorization)[\"']?\s*:\s*[\"']?)"
        r"(?:(?:basic|bearer)\s+)?[^\s\"',;}\])]+",
        re.IGNORECASE,
    ),
    # user:password@ in a proxy's address
    lazy_pattern(r"(://)[^/\s@\"']+(?=@)"),
    # a signing secret by its looks
    lazy_pattern(r"(?<![0-9A-Za-z])()SEC[0-9a-f]{16,}", re.IGNORECASE),
)

# Each of these patterns needs one of them.
_SIGNS_OF_ONE = ("token", "sec", "password", "sign", "authorization", "://")

_DINGTALK = lazy_pattern(
    r"(access_token(?:=|%3D|\"\s*:\s*\"))[0-9a-f]{32,}|(?<![0-9A-Za-z])SEC[0-9a-f]{32,}",
    re.IGNORECASE,
)


class SecretPattern:
    """One secret, to be found in texts in every spelling. `repr` hides it. Any thread."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        # No spelling is shorter, and none has white space of its own but what the secret has.
        self._shortest = len(max(secret.split(), key=len, default=""))
        self._made: tuple[_Part, ...] = ()

    def __repr__(self) -> str:
        return "SecretPattern(…)"

    def __len__(self) -> int:
        return len(self._secret)

    def mask(self, text: str, mask: str = MASK) -> str:
        """The text with each spelling replaced, whatever its letter case."""
        if all(len(word) < self._shortest for word in text.split()):
            return text
        if self.may_be_in(text.lower()):
            for part in self._parts:
                text = part.mask(text, mask)
        return text

    def may_be_in(self, lowered: str) -> bool:
        """Whether to look closer at a text, given in small letters: False is certain."""
        return any(part.needle in lowered for part in self._parts)

    @property
    def _parts(self) -> "tuple[_Part, ...]":
        # Not cached by the library: up to Python 3.11 all threads wait there for each other.
        if not self._made:
            self._made = self._make_parts()
        return self._made

    def _make_parts(self) -> "tuple[_Part, ...]":
        inside = {self._secret, quote(self._secret, safe=""), quote(self._secret)}
        cores = {core for text in inside for core in _base64_cores(text)}
        return (_Part(self._secret), *(_Part(core, is_core=True) for core in sorted(cores)))


class _Part:
    """A row of letters in every way in which each of them may be written.

    With a core goes all that stands around it in base64: its first and last letters are in there.
    """

    def __init__(self, letters: str, *, is_core: bool = False) -> None:
        self._letters = letters
        self._is_core = is_core
        # Letters and figures are never written in another way: without these there is nothing.
        self.needle = max(_PLAIN.findall(letters), key=len, default="").lower()

    def mask(self, text: str, mask: str) -> str:
        pieces, done = [], 0
        for found in self._pattern.finditer(text):
            start, end = found.span()
            if self._is_core:
                # By hand: a pattern with this around it takes quadratic time.
                while start > done and text[start - 1] in _BASE64:
                    start -= 1
                while end < len(text) and text[end] in _BASE64:
                    end += 1
            if start >= done:
                pieces += [text[done:start], mask]
            done = max(done, end)
        return "".join((*pieces, text[done:]))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("".join(map(_spelt, self._letters)), re.IGNORECASE)


def masker(
    *secrets: str | None, pattern_of: Callable[[str], SecretPattern] = SecretPattern
) -> Callable[[str], str]:
    """What replaces each spelling of each secret in a text by `MASK`, whatever its letter case.

    `pattern_of` is for whoever keeps the patterns of secrets that come again.
    """
    longest_first = sorted(filter(None, secrets), key=len, reverse=True)
    patterns = [pattern_of(secret) for secret in longest_first if len(secret) >= SHORTEST]

    def mask(text: str) -> str:
        for pattern in patterns:
            text = pattern.mask(text)
        return text

    return mask


def mask_cut_end(text: str, mask_: str = MASK) -> str:
    """A text that was cut anywhere, without the word that it ends in: it may be half a secret.

    `masker` cannot know half of one. Whole secrets are masked before.
    """
    return _LAST_WORD.sub(mask_, text)


def mask_by_looks(text: str, mask: str = MASK) -> str:
    """The text without what its name or its form gives away as a secret."""

    folded = text.casefold()  # as the patterns take letters: a long s is an s
    if not any(sign in folded for sign in _SIGNS_OF_ONE):
        return text

    def hide(found: re.Match[str]) -> str:
        return f"{found[1]}{mask}"

    for pattern in _NAMED:
        text = pattern.sub(hide, text)
    return text


def mask_dingtalk(text: str, mask: str = MASK) -> str:
    """The text without access tokens and signing secrets in the form that DingTalk gives them."""
    lowered = text.lower()
    if "access_token" not in lowered and "sec" not in lowered:
        return text
    return _DINGTALK.sub(lambda found: f"{found[1] or ''}{mask}", text)


def first_secret(text: str) -> int | None:
    """Where a text holds the first of what `mask_dingtalk` masks; None without any."""
    lowered = text.lower()
    if "access_token" not in lowered and "sec" not in lowered:
        return None
    found = _DINGTALK.search(text)
    return None if found is None else found.start()


def shown(url: str) -> str:
    """The URL as it may be shown, logged and stored: whatever in it may be a secret is masked."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return MASK
    if not parts.scheme or not parts.netloc:
        return MASK
    user, at, host = parts.netloc.rpartition("@")
    host = LOOKS_SECRET.sub(MASK, host)
    path = "/".join(MASK if LOOKS_SECRET.search(part) else part for part in parts.path.split("/"))
    query = "&".join(map(_shown_parameter, parts.query.split("&"))) if parts.query else ""
    return f"{parts.scheme}://{MASK if user else ''}{at}{host}{path}{'?' if query else ''}{query}"


def _shown_parameter(parameter: str) -> str:
    name, equals, value = parameter.partition("=")
    is_secret = bool(_SECRET_NAME.search(name) or LOOKS_SECRET.search(value))
    if not equals:
        return MASK if LOOKS_SECRET.search(name) else name
    return f"{name}={MASK}" if is_secret and value else parameter


def _spelt(letter: str) -> str:
    """A pattern of all that one letter may have become."""
    if _PLAIN.fullmatch(letter):
        return letter
    raw = letter.encode("utf-8", "surrogatepass")
    units = letter.encode("utf-16-be", "surrogatepass").hex()
    escaped = {json.dumps(letter)[1:-1], repr(letter)[1:-1], html.escape(letter)} - {letter}
    ways = [
        *map(re.escape, escaped),  # first: &amp; is longer than &
        rf"\\{{0,4}}{re.escape(letter)}",
        "".join(f"%(?:25){{0,2}}{byte:02X}" for byte in raw),
        "".join(rf"\\{{1,4}}u{units[at : at + 4]}" for at in range(0, len(units), 4)),
        f"&(?:amp;)?#(?:0*{ord(letter)}|x0*{ord(letter):x});",
    ]
    if letter == " ":
        ways.append(r"\+")
    return f"(?:{'|'.join(ways)})"


def _base64_cores(text: str) -> set[str]:
    """Its own letters in base64, at each of the three places where it may begin."""
    raw = text.encode("utf-8", "surrogatepass")
    cores = set()
    for before in range(3):
        # The first and last letters also depend on the neighbours: leave them out.
        first = (before * 8 + 5) // 6
        last = (before + len(raw)) * 8 // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            core = encode(b"\0" * before + raw).decode()[first:last]
            if len(core) >= _SHORTEST_BASE64:
                cores.add(core)
    return cores
