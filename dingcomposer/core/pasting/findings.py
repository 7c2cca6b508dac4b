"""What was found in a paste, piece by piece: one robot, one message, and what is not understood."""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from dingcomposer.core.addresses import host_of, is_loopback
from dingcomposer.core.authority import AuthorityError, AuthorityFault, read_authority
from dingcomposer.core.checks.robots import check_secret, check_token
from dingcomposer.core.limits import SECRET_PREFIX
from dingcomposer.core.pasting.address import (
    ROBOT_PATH,
    commands_out,
    is_dressed_token,
    is_placeholder,
    is_token_name,
    mend_token,
    take_apart,
)
from dingcomposer.core.pasting.lenient_json import (
    JsonError,
    JsonNote,
    JsonPlace,
    JsonReading,
    read_json,
)
from dingcomposer.core.pasting.other_programs import OtherCompany, other_message, read_apprise
from dingcomposer.core.redaction import LOOKS_SECRET, MASK


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
    BACKSLASH = "backslash"
    ODD_HOST = "odd_host"
    ODD_LETTERS = "odd_letters"
    BROKEN_TOKEN = "broken_token"  # noqa: S105
    TWO_TOKENS = "two_tokens"
    TWO_SECRETS = "two_secrets"
    TWO_ADDRESSES = "two_addresses"
    ANSWER = "answer"
    OTHER_ROBOT = "other_robot"
    OPEN_QUOTES = "open_quotes"
    BROKEN_JSON = "broken_json"  # where: the error's json_place


class PastedNote(StrEnum):
    """What was set right, or looks odd, in a paste that can be used."""

    OLD_SIGNATURE_DROPPED = "old_signature_dropped"
    PARAMETERS_DROPPED = "parameters_dropped"
    ODD_PATH = "odd_path"
    ODD_TOKEN = "odd_token"  # noqa: S105 - a name, not a token
    ODD_SECRET = "odd_secret"  # noqa: S105
    SECRET_TRIMMED = "secret_trimmed"  # noqa: S105
    SECRET_MENDED = "secret_mended"  # noqa: S105
    NO_TOKEN = "no_token"  # noqa: S105
    ADDRESS_MENDED = "address_mended"
    TOKEN_MENDED = "token_mended"  # noqa: S105
    HTML_SIGNS = "html_signs"
    BODY_NOT_JSON = "body_not_json"  # where: `PastedWebhook.json_place`
    BODY_ELSEWHERE = "body_elsewhere"
    BODY_IS_FORM = "body_is_form"
    BODY_ENCODED = "body_encoded"
    BODY_UNESCAPED = "body_unescaped"
    BODY_MENDED = "body_mended"  # what: `PastedWebhook.json_notes`
    BODY_VARIABLES = "body_variables"
    PLACEHOLDER = "placeholder"
    OTHERS_DROPPED = "others_dropped"
    SECRET_UNCLEAR = "secret_unclear"  # noqa: S105
    MORE_MESSAGES = "more_messages"
    TOO_MANY_MESSAGES = "too_many_messages"
    ANSWER_DROPPED = "answer_dropped"
    PEOPLE_DROPPED = "people_dropped"
    WECOM_MESSAGE = "wecom_message"
    FEISHU_MESSAGE = "feishu_message"


class PastedError(Exception):
    """A paste that cannot be used, and why. It never holds the text."""

    def __init__(self, fault: PastedFault, json_place: JsonPlace | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.json_place = json_place


@dataclass(frozen=True, slots=True, repr=False)
class PastedWebhook:
    """What was found; None where there was nothing of the kind. repr hides the secrets.

    `endpoint` is the webhook without its query. `message_json` is the body of a command, or the
    JSON that was pasted, read but not checked (`core.payload.from_payload` does that);
    `more_messages` are the bodies behind the first, each once. `translation` is the same as
    DingTalk's where it is another company's. `json_notes` tell what was set right, `json_place` why
    something could not be read. `left` are the pieces that were not understood, short and without
    secrets. `line` is where its token stands, from 1 on, in a text that names several robots.
    """

    endpoint: str | None = None
    access_token: str | None = None
    secret: str | None = None
    message_json: object | None = None
    notes: tuple[PastedNote, ...] = ()
    translation: object | None = None
    json_notes: tuple[JsonNote, ...] = ()
    json_place: JsonPlace | None = None
    left: tuple[str, ...] = ()
    more_messages: tuple[object, ...] = ()
    line: int = 0

    def __repr__(self) -> str:
        names = ("endpoint", "access_token", "secret", "message_json")
        found = [name for name in names if getattr(self, name)]
        return f"PastedWebhook({', '.join(found)})"


OF_AUTHORITY: Final = {
    AuthorityFault.NO_SCHEME: PastedFault.NOT_AN_URL,
    AuthorityFault.SPACE: PastedFault.URL_WITH_SPACES,
    AuthorityFault.BACKSLASH: PastedFault.BACKSLASH,
    AuthorityFault.EMPTY: PastedFault.NOT_AN_URL,
    AuthorityFault.USER: PastedFault.USER_AND_PASSWORD,
    AuthorityFault.BRACKETS: PastedFault.ODD_HOST,
    AuthorityFault.NUMBER: PastedFault.ODD_HOST,
    AuthorityFault.LETTERS: PastedFault.ODD_LETTERS,
    AuthorityFault.NAME: PastedFault.ODD_HOST,
    AuthorityFault.PORT: PastedFault.NOT_AN_URL,
}
NO_SCHEME: Final = re.compile(r"(?:[\w\-]+\.)+[a-z]{2,}(?::\d+)?/\S*", re.IGNORECASE)
# What hides in values that were copied out of chats and documents: joiners and direction marks.
HIDDEN: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u00ad]")
_EMBEDDED: Final = re.compile(r"^[\w.-]+\+(?=https?://)", re.IGNORECASE)
_HEX_PART: Final = re.compile(r"[0-9a-fA-F]{8,}")
_ELLIPSIS: Final = re.compile(r"\.{2,}\W*$")  # as somebody writes who shows a part of it
_SECRET: Final = re.compile(r"(?<![0-9A-Za-z])SEC[0-9a-f]{64}(?![0-9A-Za-z])")
# A signature as it is sent: 32 bytes in base64, as they are or in the letters of an address.
_SIGNATURE: Final = re.compile(r"(?:[0-9A-Za-z+/]|%2[BbFf]){43}(?:=|%3[Dd])|.*%(?:2[BbFf]|3[Dd]).*")
_USUAL_TOKEN: Final = re.compile(r"[0-9a-f]{64}")
_DOCUMENTATION: Final = re.compile(
    r"(?:open|ding-doc|developers?|page|alidocs)\.dingtalk\.com", re.IGNORECASE
)
_OTHER_ROBOTS: Final = frozenset(
    (
        *("qyapi.weixin.qq.com", "open.feishu.cn", "open.larksuite.com", "hooks.slack.com"),
        *("discord.com", "api.telegram.org"),
    )
)
_NAMED_SECRET: Final = re.compile(
    r"((?:pass\w{0,20}|pwd|\w{0,20}key|auth\w{0,20}|\w{0,20}token|\w{0,20}secret|sign\w{0,20}|密码|口令|密钥)"
    r"[\"']?\s?(?:[:：=]|是|is)\s?)[^\s*,;]+",
    re.IGNORECASE,
)
_ESCAPED_QUOTES: Final = re.compile(r"\s*\{\s*\\\"")
# Letters and figures mixed: it may be a password, and is nothing that a person has to read.
_MIXED: Final = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{6,}")
_NOTHING: Final = re.compile(r"\W*|null|none|nil|true|false|yes|no|undefined", re.IGNORECASE)
_MOST_LEFT: Final = 20
_LEFT_CHARACTERS: Final = 40
_OF_COMPANY: Final = {
    OtherCompany.WECOM: PastedNote.WECOM_MESSAGE,
    OtherCompany.FEISHU: PastedNote.FEISHU_MESSAGE,
}


@dataclass(slots=True, repr=False)
class Finds:
    """What has been found so far; it refuses a second, different one of each."""

    endpoint: str | None = None
    secret: str | None = None
    message_json: object | None = None
    more_messages: list[object] = field(default_factory=list)
    tokens: list[tuple[str, bool]] = field(default_factory=list)  # the token, was it a bare word
    is_token_broken: bool = False
    notes: list[PastedNote] = field(default_factory=list)
    json_notes: tuple[JsonNote, ...] = ()
    json_place: JsonPlace | None = None
    translation: object | None = None
    left: list[str] = field(default_factory=list)
    others: list[tuple[str, bool]] = field(default_factory=list)  # an URL, was it called a webhook
    is_for_messages: bool = False  # then nothing of a robot is taken, nor refused

    def take_token(self, text: str, *, is_bare: bool = False) -> None:
        """A token as it was written. Raises PastedError for one that is damaged beyond repair."""
        text = HIDDEN.sub("", text)
        if self.is_for_messages or (is_placeholder(text) and not is_dressed_token(text)):
            return
        if "://" in text and not is_bare:
            self.take_url(text[max(text.find("http"), 0) :])
            return
        token = mend_token(text)
        if token is None:
            self.is_token_broken = True
            return
        if token != text:
            self.notes.append(PastedNote.TOKEN_MENDED)
        if token not in (known for known, _ in self.tokens):
            self.tokens.append((token, is_bare))

    def take_secret(self, secret: str) -> None:
        """A secret; variables and words that stand in for one are passed over."""
        secret = HIDDEN.sub("", secret)
        if self.is_for_messages:
            return
        if is_placeholder(secret):
            if not _NOTHING.fullmatch(secret):
                self.notes.append(PastedNote.PLACEHOLDER)
            return
        if not secret.startswith(SECRET_PREFIX) and _SIGNATURE.fullmatch(secret):
            self.notes.append(PastedNote.OLD_SIGNATURE_DROPPED)
            return
        half = len(secret) // 2
        if secret.startswith(SECRET_PREFIX) and secret[:half] == secret[half:]:
            secret = secret[:half]
        if self.secret not in (None, secret):
            known = self.secret
            ours = [one for one in (known, secret) if one and one.startswith(SECRET_PREFIX)]
            if len(ours) != 1:
                raise PastedError(PastedFault.TWO_SECRETS)
            self.notes.append(PastedNote.OTHERS_DROPPED)
            secret = ours[0]
        self.secret = secret

    def take_secrets_in(self, words: str) -> bool:
        """Take each secret that stands among other words; False where there is none."""
        secrets = _SECRET.findall(words)
        for secret in secrets:
            self.take_secret(secret)
        return bool(secrets)

    def take_signed(self, value: str) -> None:
        """What a name such as `sign` has: the secret in its form, else an old signature."""
        if value.startswith(SECRET_PREFIX):
            self.take_secret(value)
        else:
            self.notes.append(PastedNote.OLD_SIGNATURE_DROPPED)

    def take_url(self, url: str, *, is_labelled: bool = True) -> None:
        """An address: a robot's at once, another only where there is no robot's.

        `is_labelled`: the text calls it a webhook, or a command posts to it.
        """
        if self.is_for_messages:
            return
        url = _EMBEDDED.sub("", HIDDEN.sub("", url).strip())
        apprise = read_apprise(url)
        if apprise is not None:
            self.take_token(apprise.token)
            if apprise.secret:
                self.take_secret(apprise.secret)
            if apprise.targets:
                self.notes.append(PastedNote.PEOPLE_DROPPED)
                self.leave(", ".join(apprise.targets))
            return
        url, commands = commands_out(url)
        for command in commands:
            self.take_secrets_in(command)
        if is_placeholder(url):
            self.notes.append(PastedNote.NO_TOKEN)
            return
        if any(sign.isspace() for sign in url):
            raise PastedError(PastedFault.URL_WITH_SPACES)
        if take_apart(url).is_robots:
            self._take_webhook(url)
        elif (url, is_labelled) not in self.others:
            self.others.append((url, is_labelled))

    @property
    def is_empty(self) -> bool:
        """True where nothing was found."""
        found = (self.endpoint, self.secret, self.message_json)
        has_token = bool(self.tokens) or self.is_token_broken
        return found == (None,) * 3 and not has_token and not self.others

    def take_message(self, body: object, notes: tuple[JsonNote, ...] = ()) -> None:
        """A message: JSON as text, or read already, with `notes`."""
        if isinstance(body, str):
            try:
                reading = read_body(body)
            except JsonError as error:
                self.notes.append(PastedNote.BODY_NOT_JSON)
                self.json_place = error.place
                return
            body, notes = reading.value, reading.notes
        if isinstance(body, dict):
            body = self._without_secret(body)
        if self.message_json is not None:
            if body != self.message_json and body not in self.more_messages:
                self.notes.append(PastedNote.MORE_MESSAGES)
                self.more_messages.append(body)
                self._note_mended(notes)
            return
        self.message_json = body
        self._note_mended(notes)
        other = other_message(body)
        if other is not None:
            self.notes.append(_OF_COMPANY[other.company])
            self.translation = other.payload

    def _note_mended(self, notes: tuple[JsonNote, ...]) -> None:
        if notes:
            self.notes.append(PastedNote.BODY_MENDED)
        self.json_notes = tuple(dict.fromkeys((*self.json_notes, *notes)))

    def _without_secret(self, body: dict[object, object]) -> dict[object, object]:
        """The message without a secret that stands beside its own keys, which is taken."""
        kept: dict[object, object] = {}
        for name, value in body.items():
            if isinstance(value, str) and _SECRET.fullmatch(value.strip()):
                self.take_secret(value.strip())
            else:
                kept[name] = value
        return kept

    def leave(self, text: str) -> None:
        """Remember a piece that was not understood, short and with what may be secret masked."""
        words = _NAMED_SECRET.sub(rf"\1{MASK}", " ".join(text.split()))
        words = LOOKS_SECRET.sub(MASK, _MIXED.sub(MASK, words))
        shown = words if len(words) <= _LEFT_CHARACTERS else f"{words[:_LEFT_CHARACTERS]}…"
        if shown and shown not in self.left and len(self.left) < _MOST_LEFT:
            self.left.append(shown)

    def result(self) -> PastedWebhook:
        """All that was found. Raises PastedError where it is nothing, or not one robot."""
        self._choose_other_address()
        token = self._token()
        if token is None and self.endpoint is not None:
            if self.message_json is None and self.json_place is None:
                raise PastedError(PastedFault.NO_TOKEN)
            self.notes.append(PastedNote.NO_TOKEN)
        if (token, self.secret, self.endpoint, self.message_json) == (None,) * 4:
            raise PastedError(PastedFault.NOT_RECOGNISED)
        elif token is not None:
            self.notes = [note for note in self.notes if note is not PastedNote.NO_TOKEN]
        if self.secret is not None and self._is_without_prefix(self.secret):
            self.secret = f"{SECRET_PREFIX}{self.secret}"
            self.notes.append(PastedNote.SECRET_MENDED)
        if token is not None and check_token(token):
            self.notes.append(PastedNote.ODD_TOKEN)
        if self.secret is not None and check_secret(self.secret):
            self.notes.append(PastedNote.ODD_SECRET)
        return PastedWebhook(
            self.endpoint,
            token,
            self.secret,
            self.message_json,
            tuple(dict.fromkeys(self.notes)),
            self.translation,
            self.json_notes,
            self.json_place,
            tuple(self.left),
            tuple(self.more_messages),
        )

    def _is_without_prefix(self, secret: str) -> bool:
        """True where a secret of DingTalk's lost its SEC; another server's may have none."""
        is_dingtalks = self.endpoint is None or host_of(self.endpoint).endswith("dingtalk.com")
        is_token = secret in (token for token, _ in self.tokens)
        return is_dingtalks and not is_token and bool(_USUAL_TOKEN.fullmatch(secret))

    def _choose_other_address(self) -> None:
        """An address that is no robot's by its looks is one where nothing else is there."""
        labelled = [url for url, is_labelled in self.others if is_labelled]
        is_alone = len(self.others) == 1 and not (self.tokens or self.message_json)
        if is_alone and not _DOCUMENTATION.search(self.others[0][0]):
            labelled = [self.others[0][0]]
        if self.endpoint is None:
            for url in labelled:
                self._take_webhook(url)
        for url, _ in self.others:
            if self.endpoint is None or not url.lower().startswith(self.endpoint):
                self.leave(host_of(url) or url.partition("?")[0])

    def _take_webhook(self, url: str) -> None:
        parts = take_apart(url)
        if "://" not in parts.endpoint:
            is_host = NO_SCHEME.match(parts.endpoint)
            raise PastedError(PastedFault.NO_SCHEME if is_host else PastedFault.NOT_AN_URL)
        try:
            authority = read_authority(parts.endpoint)
        except AuthorityError as error:
            raise PastedError(OF_AUTHORITY[error.fault]) from None
        if authority.host in _OTHER_ROBOTS:
            raise PastedError(PastedFault.OTHER_ROBOT)
        if authority.scheme == "http" and not is_loopback(authority.host):
            raise PastedError(PastedFault.PLAIN_HTTP)
        path = parts.endpoint.partition("://")[2].partition("/")[2]
        if f"/{path}".rstrip("/") != ROBOT_PATH:
            self.notes.append(PastedNote.ODD_PATH)
        if parts.is_mended:
            self.notes.append(PastedNote.ADDRESS_MENDED)
        endpoint = f"{authority.scheme}://{authority}{'/' if path else ''}{path}"
        if self.endpoint not in (None, endpoint):
            raise PastedError(PastedFault.TWO_ADDRESSES)
        self.endpoint = endpoint
        is_cut = _ELLIPSIS.search(url) is not None
        for name, value in parts.parameters:
            if is_cut and is_token_name(name) and not _USUAL_TOKEN.fullmatch(value):
                self.is_token_broken = True
            else:
                self._take_parameter(name, value)
        if parts.has_fragment:
            self.notes.append(PastedNote.PARAMETERS_DROPPED)

    def _take_parameter(self, name: str, value: str) -> None:
        if is_token_name(name):
            self.take_token(value)
        elif value.startswith(SECRET_PREFIX) or name == "secret":
            self.take_secret(value)
        elif name in ("timestamp", "sign"):
            self.notes.append(PastedNote.OLD_SIGNATURE_DROPPED)
        else:
            self.notes.append(PastedNote.PARAMETERS_DROPPED)
            self.leave(f"{name}={value}" if value else name)

    def _token(self) -> str | None:
        """The one token. Of several, a bare word that cannot be a piece of one is prose."""
        tokens = self.tokens
        if len(tokens) > 1:
            pieces = [one for one in tokens if not one[1] or _HEX_PART.fullmatch(one[0])]
            tokens = pieces or tokens
        usual = [one for one in tokens if _USUAL_TOKEN.fullmatch(one[0])]
        if len(usual) == 1 and all(one in usual or not one[1] for one in tokens):
            tokens = usual
        if self.is_token_broken and len(usual) != 1:
            raise PastedError(PastedFault.BROKEN_TOKEN)
        for token, is_bare in self.tokens:
            if token in (kept for kept, _ in tokens):
                continue
            if is_bare:
                self.leave(token)
            else:
                self.notes.append(PastedNote.OTHERS_DROPPED)
        if len(tokens) > 1:
            joined = "".join(token for token, _ in tokens)
            if _USUAL_TOKEN.fullmatch(joined):
                self.notes.append(PastedNote.TOKEN_MENDED)
                return joined
            is_broken = any(is_bare and bool(check_token(token)) for token, is_bare in tokens)
            raise PastedError(PastedFault.BROKEN_TOKEN if is_broken else PastedFault.TWO_TOKENS)
        return tokens[0][0] if tokens else None


def read_body(body: str) -> JsonReading:
    """The value of a body; of one whose quotes were escaped for a shell that was not there, too."""
    if not _ESCAPED_QUOTES.match(body):
        return read_json(body)
    reading = read_json(body.replace('\\"', '"'))
    return replace(reading, notes=(*reading.notes, JsonNote.BACKSLASHES))
