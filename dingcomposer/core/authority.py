"""Which host an address leads to: read as the library reads it that will connect there.

Two readers of one odd address can name two hosts, and a token then leaves for the other one: of
`http://evil.example\\[::1]/`, `urlsplit` says "::1" and urllib3 connects to "evil.example". So only
what every reader reads alike is taken here, `host[:port]` and nothing else, and all the rest is
refused. `dingtalk.transport` compares once more with urllib3's own reading before it connects.
"""

import re
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address
from typing import Final

from dingcomposer.core.records import dataclass, lazy_pattern

DEFAULT_PORTS: Final = {"http": 80, "https": 443}


class AuthorityFault(StrEnum):
    """Why an address names no host that all readers agree about."""

    NO_SCHEME = "no_scheme"  # it does not begin with http:// or https://
    SPACE = "space"  # white space or a control character, anywhere
    BACKSLASH = "backslash"  # anywhere: browsers and libraries disagree where it leads
    EMPTY = "empty"  # https:///path
    USER = "user"  # user:password@host
    BRACKETS = "brackets"  # not exactly [an IPv6 address]
    NUMBER = "number"  # 127.1, 0x7f.1, 2130706433: taken for an IPv4 address by some
    LETTERS = "letters"  # of another alphabet, or percent-encoded
    NAME = "name"  # a name that no host can have
    PORT = "port"


class AuthorityError(ValueError):
    """The address names no host, for this reason. It never holds the address."""

    def __init__(self, fault: AuthorityFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Authority:
    """Scheme and host in small letters; an IPv6 host without its brackets; None: no port given."""

    scheme: str
    host: str
    port: int | None = None

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"

    @property
    def port_or_default(self) -> int:
        """The port that will be connected to."""
        return self.port if self.port is not None else DEFAULT_PORTS[self.scheme]


def read_authority(address: str, *, allows_other_alphabets: bool = False) -> Authority:
    """The host of an http or https address. Raises AuthorityError.

    `allows_other_alphabets` is for what a reader's browser opens, never for what a token is sent
    to: there `https://钉钉.example/` may stand.
    """
    if _SPACE_OR_CONTROL.search(address):
        raise AuthorityError(AuthorityFault.SPACE)
    scheme = _SCHEME.match(address)
    if scheme is None:
        raise AuthorityError(AuthorityFault.NO_SCHEME)
    text = _END.split(address[scheme.end() :], maxsplit=1)[0]
    if "\\" in address:
        raise AuthorityError(AuthorityFault.BACKSLASH)
    if not text:
        raise AuthorityError(AuthorityFault.EMPTY)
    if "@" in text:
        raise AuthorityError(AuthorityFault.USER)
    host, port = _host_and_port(text)
    host = _read_host(host, allows_other_alphabets=allows_other_alphabets)
    return Authority(scheme[1].lower(), host, port)


_LONGEST_NAME: Final = 253
# `\s` is white space of every alphabet; the rest are the control characters that it leaves out.
_SPACE_OR_CONTROL: Final = lazy_pattern(
    r"[\s\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]"
)
_SCHEME: Final = lazy_pattern(r"(https?)://", re.IGNORECASE)
_END: Final = lazy_pattern(r"[/?#]")
_BRACKETED: Final = lazy_pattern(r"\[([0-9A-Fa-f:.]+)\]")
_BARE_IPV6: Final = lazy_pattern(r"[0-9A-Fa-f.]*(?::[0-9A-Fa-f.]*){2,}")
_PORT: Final = lazy_pattern(r"[1-9][0-9]{0,4}")
_HIGHEST_PORT: Final = 65535
_NAME: Final = lazy_pattern(
    r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*"
    r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
)
# The signs that a name of another alphabet has as little as one of ours.
_NO_LETTER: Final = lazy_pattern(r"[\x00-\x2c/:-@\[-^`{-\x7f]|^[.-]|\.\.")
_NUMBER: Final = lazy_pattern(r"[0-9]+|0[xX][0-9A-Fa-f]*")


def _host_and_port(text: str) -> tuple[str, int | None]:
    if text.startswith("["):
        host, bracket, rest = text.partition("]")
        host += bracket
        colon, port = rest[:1], rest[1:]
        if not bracket or colon not in ("", ":"):
            raise AuthorityError(AuthorityFault.BRACKETS)
    else:
        host, colon, port = text.partition(":")
    if not colon:
        return host, None
    if not _PORT.fullmatch(port) or int(port) > _HIGHEST_PORT:
        is_bracket = "[" in port or "]" in port or _BARE_IPV6.fullmatch(text)
        raise AuthorityError(AuthorityFault.BRACKETS if is_bracket else AuthorityFault.PORT)
    return host, int(port)


def _read_host(host: str, *, allows_other_alphabets: bool) -> str:
    if not host:
        raise AuthorityError(AuthorityFault.EMPTY)
    if "[" in host or "]" in host:
        return _read_ipv6(host)
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        try:
            return str(IPv4Address(host))
        except ValueError:
            raise AuthorityError(AuthorityFault.NUMBER) from None
    if not host.isascii() or "%" in host:
        if allows_other_alphabets and not _NO_LETTER.search(host):
            return host.lower()
        raise AuthorityError(AuthorityFault.LETTERS)
    if len(host) > _LONGEST_NAME or not _NAME.fullmatch(host):
        raise AuthorityError(AuthorityFault.NAME)
    return host.lower()


def _read_ipv6(host: str) -> str:
    inside = _BRACKETED.fullmatch(host)
    if inside is not None:
        try:
            IPv6Address(inside[1])
        except ValueError:
            pass
        else:
            return inside[1].lower()
    raise AuthorityError(AuthorityFault.BRACKETS)
