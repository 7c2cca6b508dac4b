"""What is in whatever a person pasted for a robot; and an URL as it may be shown.

People paste the webhook, an URL that still carries an old timestamp and signature, a bare token,
the secret, several of these with labels in front, or a curl command out of a chat or a script.
"""

import json
import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit

from dingcomposer.core.addresses import is_loopback
from dingcomposer.core.checks.robots import check_secret, check_token
from dingcomposer.core.limits import SECRET_PREFIX
from dingcomposer.core.pasting.curl_reader import CurlError, is_curl, read_curl
from dingcomposer.core.redaction import MASK

PASTE_BYTES = 200 * 1024
# No robot is described at such length: what is longer, and no command and no JSON, is prose.
_PROSE_CHARACTERS = 20_000
ROBOT_PATH = "/robot/send"


class PastedFault(StrEnum):
    """Why a paste cannot be used at all."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    CONTROL_CHARACTERS = "control_characters"
    NOT_RECOGNISED = "not_recognised"
    NOT_AN_URL = "not_an_url"
    URL_WITH_SPACES = "url_with_spaces"
    NO_SCHEME = "no_scheme"
    PLAIN_HTTP = "plain_http"
    USER_AND_PASSWORD = "user_and_password"  # noqa: S105 - a name, not a password
    NO_TOKEN = "no_token"  # noqa: S105
    BROKEN_TOKEN = "broken_token"  # noqa: S105
    TWO_TOKENS = "two_tokens"
    TWO_SECRETS = "two_secrets"
    TWO_ADDRESSES = "two_addresses"
    OPEN_QUOTES = "open_quotes"


class PastedNote(StrEnum):
    """What was set right, or looks odd, in a paste that can be used."""

    OLD_SIGNATURE_DROPPED = "old_signature_dropped"
    PARAMETERS_DROPPED = "parameters_dropped"
    ODD_PATH = "odd_path"
    ODD_TOKEN = "odd_token"  # noqa: S105 - a name, not a token
    ODD_SECRET = "odd_secret"  # noqa: S105
    SECRET_TRIMMED = "secret_trimmed"  # noqa: S105
    NO_TOKEN = "no_token"  # noqa: S105
    BODY_NOT_JSON = "body_not_json"
    BODY_ELSEWHERE = "body_elsewhere"


class PastedError(Exception):
    """A paste that cannot be used, and why. It never holds the text."""

    def __init__(self, fault: PastedFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True, repr=False)
class PastedWebhook:
    """What was found; None where there was nothing of the kind. repr hides the secrets.

    `endpoint` is the webhook without its query. `message_json` is the body of a curl command, or
    the JSON that was pasted, read but not judged (`core.payload.from_payload` does that).
    """

    endpoint: str | None = None
    access_token: str | None = None
    secret: str | None = None
    message_json: object | None = None
    notes: tuple[PastedNote, ...] = ()

    def __repr__(self) -> str:
        found = [name for name in self.__slots__ if name != "notes" and getattr(self, name)]
        return f"Pasted({', '.join(found)})"


def parse_pasted(text: str) -> PastedWebhook:
    """Takes a paste apart. Raises PastedError."""
    if len(text) > PASTE_BYTES or len(text.encode("utf-8", "replace")) > PASTE_BYTES:
        raise PastedError(PastedFault.TOO_LONG)
    text = _INVISIBLE.sub("", text)
    if _CONTROL.search(text):
        raise PastedError(PastedFault.CONTROL_CHARACTERS)
    text = text.strip()
    if not text:
        raise PastedError(PastedFault.EMPTY)
    finds = _Finds()
    if is_curl(text):
        _take_curl(finds, text)
    elif text.startswith("{"):
        _take_body(finds, text)
        if finds.message_json is None:
            raise PastedError(PastedFault.NOT_RECOGNISED)
    elif len(text) <= _PROSE_CHARACTERS:
        _take_lines(finds, text)
    return finds.result()


def shown(url: str) -> str:
    """The URL as it may be shown, logged and stored: whatever in it may be a secret is masked."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return MASK
    if not parts.scheme or not parts.netloc:
        return MASK
    user, at, host = parts.netloc.rpartition("@")
    host = _LOOKS_SECRET.sub(MASK, host)
    path = "/".join(MASK if _LOOKS_SECRET.search(part) else part for part in parts.path.split("/"))
    query = "&".join(map(_shown_parameter, parts.query.split("&"))) if parts.query else ""
    return f"{parts.scheme}://{MASK if user else ''}{at}{host}{path}{'?' if query else ''}{query}"


# What word processors and chats put in: zero width, byte order mark, soft hyphen.
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_USUAL_TOKEN = re.compile(r"[0-9a-f]{64}")
_BARE = re.compile(r"[!-~]+")
_HEX_PART = re.compile(r"[0-9a-fA-F]{8,}")
_URL = re.compile(r"(?<![A-Za-z0-9+.\-])[A-Za-z][A-Za-z0-9+.\-]*://[^\s<>\"'`，。；、）】」]*")
_SPACE_IN_URL = re.compile(r"://\s+\S")
_URL_PART = re.compile(r"[\w=&%?./\-~+]+")
_NO_SCHEME = re.compile(r"(?:[\w\-]+\.)+[a-z]{2,}(?::\d+)?/\S*", re.IGNORECASE)
_VARIABLE = re.compile(r"\$\w+|\$\{\w+\}|%\w+%|<[^>]*>|\{\{?\w+\}?\}")
_LABEL = re.compile(
    r"(?<![\w?&/.\-])(?:"
    r"(?P<address>webhook(?:\s*(?:地址|url|address))?|(?:机器人|钩子|回调)?地址|链接|钩子|url)"
    r"|(?P<token>access[_ -]?token|token|令牌)"
    r"|(?P<secret>加签(?:密钥)?|签名密钥|密钥|签名|secret|sign(?:ing)?[_ -]?secret)"
    r")\s*[:：=]\s*(?!//)",
    re.IGNORECASE,
)
_QUOTES = "\"'`“”‘’「」《》<>()（）【】"
_ENDS = ",，;；。、"
_LOOKS_SECRET = re.compile(r"SEC[0-9a-zA-Z]{8,}|[0-9A-Za-z+/=_\-]{20,}|%[0-9A-Fa-f]{2}.*%")
_SECRET_NAME = re.compile(r"token|sign|secret|key|pass|auth|sig|code|session", re.IGNORECASE)


@dataclass(slots=True, repr=False)
class _Finds:
    """What has been found so far; it refuses a second, different one of each."""

    endpoint: str | None = None
    secret: str | None = None
    message_json: object | None = None
    tokens: list[tuple[str, bool]] = field(default_factory=list)  # the token, was it a bare word
    notes: list[PastedNote] = field(default_factory=list)

    def take_token(self, token: str, *, is_bare: bool = False) -> None:
        if token not in (known for known, _ in self.tokens):
            self.tokens.append((token, is_bare))

    def take_secret(self, secret: str) -> None:
        if self.secret not in (None, secret):
            raise PastedError(PastedFault.TWO_SECRETS)
        self.secret = secret

    def take_endpoint(self, endpoint: str) -> None:
        if self.endpoint not in (None, endpoint):
            raise PastedError(PastedFault.TWO_ADDRESSES)
        self.endpoint = endpoint

    def _token(self) -> str | None:
        """The one token. Of several, a bare word that cannot be a piece of one is prose."""
        tokens = self.tokens
        if len(tokens) > 1:
            tokens = [
                (token, is_bare)
                for token, is_bare in tokens
                if not is_bare or _HEX_PART.fullmatch(token)
            ] or tokens
        if len(tokens) > 1:
            is_broken = any(is_bare and bool(check_token(token)) for token, is_bare in tokens)
            raise PastedError(PastedFault.BROKEN_TOKEN if is_broken else PastedFault.TWO_TOKENS)
        return tokens[0][0] if tokens else None

    def result(self) -> PastedWebhook:
        token = self._token()
        if token is None and self.endpoint is not None:
            if self.message_json is None:
                raise PastedError(PastedFault.NO_TOKEN)
            self.notes.append(PastedNote.NO_TOKEN)
        if (token, self.secret, self.endpoint, self.message_json) == (None,) * 4:
            raise PastedError(PastedFault.NOT_RECOGNISED)
        if token is not None and check_token(token):
            self.notes.append(PastedNote.ODD_TOKEN)
        if self.secret is not None and check_secret(self.secret):
            self.notes.append(PastedNote.ODD_SECRET)
        notes = tuple(dict.fromkeys(self.notes))
        return PastedWebhook(self.endpoint, token, self.secret, self.message_json, notes)


def _take_curl(finds: _Finds, text: str) -> None:
    try:
        command = read_curl(text)
    except CurlError:
        raise PastedError(PastedFault.OPEN_QUOTES) from None
    if not command.urls and command.body is None:
        raise PastedError(PastedFault.NOT_AN_URL)
    if command.is_body_elsewhere:
        finds.notes.append(PastedNote.BODY_ELSEWHERE)
    if command.body is not None:
        _take_body(finds, command.body)
    for url in command.urls:
        _take_url(finds, url.strip())


def _take_body(finds: _Finds, body: str) -> None:
    try:
        finds.message_json = json.loads(body)
    except (ValueError, RecursionError):
        finds.notes.append(PastedNote.BODY_NOT_JSON)


def _take_lines(finds: _Finds, text: str) -> None:
    kind: str | None = None  # of a label whose value stands on the next line
    for line in text.splitlines():
        urls = list(_URL.finditer(line))
        if _SPACE_IN_URL.search(line) or any(_goes_on(url) for url in urls):
            raise PastedError(PastedFault.URL_WITH_SPACES)
        labels = _labels(line, urls)
        starts = [label.start() for label in labels] + [len(line)]
        if line[: starts[0]].strip():
            _take_value(finds, line[: starts[0]], kind)
            kind = None
        for label, end in zip(labels, starts[1:], strict=True):
            kind = label.lastgroup
            value = line[label.end() : end]
            if value.strip():
                _take_value(finds, value, kind)
                kind = None


def _goes_on(url: re.Match[str]) -> bool:
    """True for an URL that ends in the middle, with more after a space."""
    return url[0][-1] in "?&=" and bool(url.string[url.end() :].strip())


def _labels(line: str, urls: list[re.Match[str]]) -> list[re.Match[str]]:
    """The labels in a line; `access_token=` inside of an URL is none."""
    inside = {at for url in urls for at in range(*url.span())}
    return [label for label in _LABEL.finditer(line) if label.start() not in inside]


def _take_value(finds: _Finds, raw: str, kind: str | None) -> None:
    value = raw.strip().strip(_QUOTES).rstrip(_ENDS).strip(_QUOTES + " \t\u3000\u00a0")
    if "://" in value:
        _take_sentence_with_url(finds, value)
    elif value.startswith(SECRET_PREFIX) or kind == "secret":
        _take_secret(finds, raw, value)
    elif _NO_SCHEME.match(value):
        raise PastedError(PastedFault.NO_SCHEME)
    elif _BARE.fullmatch(value):
        finds.take_token(value, is_bare=kind is None)
    elif all(map(_HEX_PART.fullmatch, value.split())) and value:
        raise PastedError(PastedFault.BROKEN_TOKEN)
    elif kind == "address":
        raise PastedError(PastedFault.NOT_AN_URL)
    # Anything else is prose around the values, such as the robot's name.


def _take_secret(finds: _Finds, raw: str, value: str) -> None:
    words = value.split()
    if len(words) != 1:
        raise PastedError(PastedFault.NOT_RECOGNISED)
    if raw.rstrip("\r\n") != raw.rstrip():
        finds.notes.append(PastedNote.SECRET_TRIMMED)
    finds.take_secret(words[0])


def _take_sentence_with_url(finds: _Finds, value: str) -> None:
    """An URL with words around it; a piece of URL after a space means that the URL is broken."""
    urls = list(_URL.finditer(value))
    if not urls:
        raise PastedError(PastedFault.NOT_AN_URL)
    for url, after in zip(urls, [*urls[1:], None], strict=True):
        _take_url(finds, url[0])
        rest = value[url.end() : after.start() if after else None]
        for word in (part.strip(_QUOTES + _ENDS) for part in rest.split()):
            if word.startswith(SECRET_PREFIX):
                finds.take_secret(word)
            elif _URL_PART.fullmatch(word) and word.isascii():
                raise PastedError(PastedFault.URL_WITH_SPACES)


def _take_url(finds: _Finds, url: str) -> None:
    if any(char.isspace() for char in url):
        raise PastedError(PastedFault.URL_WITH_SPACES)
    parts = _split(url.replace("&amp;", "&"))
    if parts.path.rstrip("/") != ROBOT_PATH:
        finds.notes.append(PastedNote.ODD_PATH)
    finds.take_endpoint(f"{parts.scheme}://{parts.netloc.lower()}{parts.path}")
    for parameter in filter(None, parts.query.split("&")):
        name, _, value = parameter.partition("=")
        value = unquote(value).strip()
        if name == "access_token":
            if value and not _VARIABLE.fullmatch(value):
                finds.take_token(value)
        elif name in ("timestamp", "sign"):
            finds.notes.append(PastedNote.OLD_SIGNATURE_DROPPED)
        else:
            finds.notes.append(PastedNote.PARAMETERS_DROPPED)
    if parts.fragment:
        finds.notes.append(PastedNote.PARAMETERS_DROPPED)


def _split(url: str) -> SplitResult:
    """The URL's parts, where a token may be sent there. Raises PastedError."""
    if "://" not in url:
        fault = PastedFault.NO_SCHEME if _NO_SCHEME.match(url) else PastedFault.NOT_AN_URL
        raise PastedError(fault)
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise PastedError(PastedFault.NOT_AN_URL) from None
    if not host or parts.scheme not in ("https", "http"):
        raise PastedError(PastedFault.NOT_AN_URL)
    if "@" in parts.netloc:
        raise PastedError(PastedFault.USER_AND_PASSWORD)
    if parts.scheme == "http" and not is_loopback(host):
        raise PastedError(PastedFault.PLAIN_HTTP)
    return parts


def _shown_parameter(parameter: str) -> str:
    name, equals, value = parameter.partition("=")
    is_secret = bool(_SECRET_NAME.search(name) or _LOOKS_SECRET.search(value))
    if not equals:
        return MASK if _LOOKS_SECRET.search(name) else name
    return f"{name}={MASK}" if is_secret and value else parameter
