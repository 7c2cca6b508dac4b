"""What every copied program is made of: the message, where it goes, what it asks for, which id."""

import json
import re
import unicodedata
from typing import Any

from dingcomposer.core.addresses import is_loopback
from dingcomposer.core.authority import AuthorityError, read_authority
from dingcomposer.core.messages import Message
from dingcomposer.core.payload import encode, to_payload
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot

FRESH_ID = (
    'A new id at each run: DingTalk says "ok" to an id that it knows, and posts nothing.',
    "Keep the id only to try again what may have arrived.",
)
SAME_ID = (
    "The id of the send that may have arrived, for a safe retry: if it did, DingTalk says",
    '"ok" and posts nothing. For a message that shall be posted again, copy it from a send that',
    "was delivered.",
)
HEAD = (
    "Sends one message to {robot}.",
    "Set the variables that are named below first; they are secrets, and stand nowhere in here.",
    "It ends with 0: delivered. 1: refused. 2: not known, check the group. 3: nothing was sent.",
)

_NAME_LENGTH = 60
# Signs that would end a comment, or be taken for an expression, in one of the languages.
_MEANS_MORE = re.compile(r"\?>|\*/|\$\{\{|\$\[\[|\{\{|\}\}|%>")
# JSON may hold them as they are; YAML, Go and editors may not, or show them as another order.
_HIDDEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]")


class UnsafeAddress(ValueError):
    """The robot's address is one that the program itself would send no token to."""


@dataclass(frozen=True, slots=True)
class CopiedRequest:
    """One message for one robot, without token and secret.

    `is_signed` None: it is not known whether the robot signs, and whoever runs it must say. With
    `msg_uuid` it repeats that send; without, each run is a send of its own.
    """

    payload: dict[str, Any]
    name: str
    endpoint: str
    scheme: str
    connect_s: int
    total_s: int
    is_signed: bool | None
    msg_uuid: str | None

    def json(self, also: str = "") -> str:
        """The message as JSON in one line, without an id. What hides is written as an escape.

        `also`: more characters to be written so, for they mean something where the JSON will stand.
        """
        text = json.dumps(self.payload, ensure_ascii=False, separators=(",", ":"))
        text = reveal(text)
        return re.sub(f"[{re.escape(also)}]", _escape, text) if also else text

    def comments(self, lines: tuple[str, ...], mark: str) -> str:
        """The lines as comments, each behind the mark."""
        robot = f"the DingTalk robot {self.name}" if self.name else "a DingTalk robot"
        return "\n".join(f"{mark} {line}" for line in lines).replace("{robot}", robot)

    @property
    def id_words(self) -> tuple[str, ...]:
        """What has to be known of the id before it is used."""
        return FRESH_ID if self.msg_uuid is None else SAME_ID


def request_of(
    message: Message, robot: Robot, *, is_signed: bool | None, msg_uuid: str | None
) -> CopiedRequest:
    """Raises `EncodeError` as `encode` does, and `UnsafeAddress`."""
    encode(message, "")
    payload = to_payload(message)
    payload.pop("msgUuid", None)
    return CopiedRequest(
        payload=payload,
        name=_name(robot.name),
        endpoint=robot.endpoint,
        scheme=_scheme(robot.endpoint),
        connect_s=round(robot.connect_timeout_s) or 1,
        total_s=round(robot.connect_timeout_s + robot.read_timeout_s) or 1,
        is_signed=is_signed,
        msg_uuid=msg_uuid,
    )


def reveal(text: str) -> str:
    """The JSON with escapes for what hides in it."""
    return _HIDDEN.sub(_escape, text)


def fill(template: str, **parts: str) -> str:
    """The template with each `@@part@@` replaced; what comes in is not read again."""
    return re.sub(r"@@(\w+)@@", lambda found: parts[found[1]], template)


def _scheme(endpoint: str) -> str:
    """Its scheme: plain http to this machine alone, and nothing for a host in doubt."""
    try:
        authority = read_authority(endpoint)
    except AuthorityError:
        raise UnsafeAddress from None
    if authority.scheme == "http" and not is_loopback(authority.host):
        raise UnsafeAddress
    # Everything behind the host: printable ASCII, and nothing that could end a string.
    if not re.fullmatch(r"[!#-&(-;=?-\[\]-_a-z~]+", endpoint):
        raise UnsafeAddress
    return authority.scheme


def _name(name: str) -> str:
    """The name in one line of a comment, in any of the languages."""
    shown = "".join(
        one for one in " ".join(name.split()) if one.isprintable() and not _is_format(one)
    )
    # Java reads an escape in a comment, too.
    shown = shown.replace("\\", "/")
    return _MEANS_MORE.sub(lambda found: " ".join(found[0]), shown)[:_NAME_LENGTH]


def _is_format(character: str) -> bool:
    return unicodedata.category(character) == "Cf"


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
