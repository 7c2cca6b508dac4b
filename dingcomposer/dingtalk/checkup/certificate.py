"""Who issued a certificate, to whom, and for how long, whether it is trusted or not.

Python decodes a certificate only where it was verified; whoever wants to say why one was not has to
read it. X.509 in DER (RFC 5280, section 4.1), no more of it than is shown.
"""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

_SEQUENCE, _OCTETS, _UTC_TIME, _GENERALIZED_TIME, _BMP_STRING = 0x30, 0x04, 0x17, 0x18, 0x1E
_VERSION, _EXTENSIONS, _DNS_NAME, _IP_ADDRESS = 0xA0, 0xA3, 0x82, 0x87
_COMMON_NAME, _ORGANIZATION, _UNIT = b"\x55\x04\x03", b"\x55\x04\x0a", b"\x55\x04\x0b"
_ALT_NAMES = b"\x55\x1d\x11"
_SHOWN_CHARACTERS = 80
_SHOWN_NAMES = 4


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is shown of a certificate. `names` are the hosts that it holds for, the first four."""

    issuer: str
    subject: str
    is_self_signed: bool
    begins_at: datetime
    ends_at: datetime
    names: tuple[str, ...]


def read_certificate(der: bytes) -> Certificate | None:
    """The certificate in `der`; None where it cannot be read."""
    try:
        return _read(der)
    except (ValueError, IndexError, OverflowError):
        return None


def _read(der: bytes) -> Certificate:
    [(_, outer)] = _parts(der)
    parts = list(_parts(next(_parts(outer))[1]))
    if parts[0][0] == _VERSION:
        del parts[0]
    _, _, (_, issuer), (_, validity), (_, subject), *rest = parts
    begins, ends = _parts(validity)
    names = [name for tag, content in rest if tag == _EXTENSIONS for name in _alt_names(content)]
    return Certificate(
        issuer=_name(issuer),
        subject=_name(subject),
        is_self_signed=issuer == subject,
        begins_at=_time(*begins),
        ends_at=_time(*ends),
        names=tuple(names[:_SHOWN_NAMES]),
    )


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The values that stand one behind the other: tag and content of each."""
    at = 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length >= 0x80:
            size = length & 0x7F
            length, at = int.from_bytes(data[at : at + size], "big"), at + size
        if at + length > len(data):
            raise ValueError
        yield tag, data[at : at + length]
        at += length


def _name(data: bytes) -> str:
    """A distinguished name as people know it: common name and organization."""
    found: dict[bytes, str] = {}
    for _, group in _parts(data):
        for _, pair in _parts(group):
            (_, kind), (tag, value) = _parts(pair)
            found.setdefault(kind, _text(tag, value))
    main = found.get(_COMMON_NAME) or found.get(_UNIT) or ""
    organization = found.get(_ORGANIZATION, "")
    return f"{main} ({organization})" if main and organization else main or organization


def _text(tag: int, value: bytes) -> str:
    encoding = "utf-16-be" if tag == _BMP_STRING else "utf-8"
    text = value.decode(encoding, "replace")
    return "".join(one for one in text if one.isprintable())[:_SHOWN_CHARACTERS]


def _time(tag: int, value: bytes) -> datetime:
    digits = value.decode("ascii").removesuffix("Z")
    if tag == _UTC_TIME:
        digits = ("19" if digits >= "50" else "20") + digits
    elif tag != _GENERALIZED_TIME:
        raise ValueError
    return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _alt_names(extensions: bytes) -> Iterator[str]:
    [(_, listed)] = _parts(extensions)
    for _, extension in _parts(listed):
        (_, kind), *_, (tag, value) = _parts(extension)
        if kind != _ALT_NAMES or tag != _OCTETS:
            continue
        [(_, names)] = _parts(value)
        for name_tag, name in _parts(names):
            if name_tag == _DNS_NAME:
                yield _text(name_tag, name)
            elif name_tag == _IP_ADDRESS:
                yield str(ipaddress.ip_address(name))
