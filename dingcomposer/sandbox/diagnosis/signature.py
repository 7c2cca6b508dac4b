"""What is wrong with a signature, proven by making it anew in every way in which people go wrong.

With lines of its own: nothing here comes from the program that the sandbox tests.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from dingcomposer.core.limits import CLOCK_MS
from dingcomposer.core.records import dataclass
from dingcomposer.sandbox.diagnosis.codes import Diagnosis, DiagnosisCode, diagnosis
from dingcomposer.sandbox.rules import Received

_C = DiagnosisCode
_DIGEST_BYTES = {32: "sha256", 20: "sha1", 16: "md5", 64: "sha512"}
# How far from the query's timestamp another one is looked for, to either side.
_SEARCHED_MS = 500
_OTHER_NAMES = {"signature": "sign", "sig": "sign", "ts": "timestamp", "time": "timestamp"}


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """What a signature may have been made with. Holds secrets: repr shows none.

    `others` are the secrets of the server's other robots, with the robots' names.
    """

    secret: str
    access_token: str
    others: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return "Keys(…)"


@dataclass(frozen=True, slots=True, repr=False)
class _Made:
    """One way in which a signature may have been made, and what is wrong with it."""

    key: bytes
    text: bytes
    codes: tuple[Diagnosis, ...]


def diagnose_signature(
    received: Received, payload: Mapping[str, object] | None, keys: Keys, *, now_ms: int
) -> Iterator[Diagnosis]:
    """Everything that is wrong with the signature and the timestamp of a request."""
    yield from _misplaced(received, payload)
    timestamp, sign = received.parameter("timestamp"), received.parameter("sign")
    if timestamp:
        yield from _check_time(timestamp, now_ms)
    if sign:
        yield from _check_sign(received, sign, timestamp, keys)


def diagnose_unasked_signature(received: Received) -> Iterator[Diagnosis]:
    """What shows without the secret, where no signature is asked for."""
    sign, timestamp = received.parameter("sign"), received.parameter("timestamp")
    steps, _ = _unwrapped(sign)
    yield from (one for one in steps if one.code in (_C.SIGN_ENCODED_TWICE, _C.SIGN_PLUS))
    if re.fullmatch(r"[0-9]{10}", timestamp):
        yield diagnosis(_C.TIMESTAMP_SECONDS)


def _misplaced(received: Received, payload: Mapping[str, object] | None) -> Iterator[Diagnosis]:
    """Signature and timestamp that stand somewhere else than in the query, or under other names."""
    names = [key for key, _ in received.query]
    for wanted, code in (("sign", _C.SIGN_MISSING), ("timestamp", _C.TIMESTAMP_MISSING)):
        if received.parameter(wanted):
            continue
        named = next((name for name in names if _plain_name(name) == wanted != name), None)
        if named is not None:
            yield diagnosis(_C.SIGN_NAME, found=named, wanted=wanted)
        elif _has(payload, wanted):
            yield diagnosis(_C.SIGN_IN_BODY, found=wanted)
        elif any(_plain_name(name) == wanted for name, _ in received.headers):
            yield diagnosis(_C.SIGN_IN_HEADER, found=wanted)
        else:
            yield diagnosis(code)
    if names.count("sign") > 1 or names.count("timestamp") > 1:
        yield diagnosis(_C.SIGN_TWICE)


def _has(payload: Mapping[str, object] | None, wanted: str) -> bool:
    return any(_plain_name(key) == wanted for key in payload or ())


def _plain_name(name: str) -> str:
    """A parameter's name without letter case, `&amp;` and the like; other names as ours."""
    plain = re.sub(r"^(?:amp;|x-|[^a-z])+", "", name.lower()).replace("-", "").replace("_", "")
    return _OTHER_NAMES.get(plain, plain)


def _check_time(timestamp: str, now_ms: int) -> Iterator[Diagnosis]:
    if not re.fullmatch(r"[0-9]{1,30}", timestamp):
        yield diagnosis(_C.TIMESTAMP_NO_NUMBER)
        return
    value = int(timestamp)
    if abs(now_ms - value) <= CLOCK_MS:
        return
    day_ms = 86_400_000
    if abs(now_ms - value * 1000) <= 366 * day_ms:
        yield diagnosis(_C.TIMESTAMP_SECONDS)
    elif any(abs(now_ms - value // finer) <= 366 * day_ms for finer in (1_000, 1_000_000)):
        yield diagnosis(_C.TIMESTAMP_TOO_FINE)
    else:
        off_s = abs(now_ms - value) // 1000
        code = _C.TIMESTAMP_OLD if value < now_ms else _C.TIMESTAMP_AHEAD
        yield diagnosis(code, off_s=off_s, limit_s=CLOCK_MS // 1000)


def _check_sign(received: Received, sign: str, timestamp: str, keys: Keys) -> Iterator[Diagnosis]:
    if sign.strip() == keys.secret:
        yield diagnosis(_C.SIGN_IS_SECRET)
        return
    if re.match(r"\$[A-Za-z_{(]|\{\{|%[A-Za-z_]+%$", sign):
        yield diagnosis(_C.SIGN_IS_VARIABLE, word=sign)
        return
    steps, plain = _unwrapped(sign)
    digest, form = _digest_in(plain)
    steps += form
    if digest is None:
        yield from steps
        yield diagnosis(_C.SIGN_MALFORMED, length=len(sign))
        return
    name = _DIGEST_BYTES[len(digest)]
    for made in _ways(received, timestamp, keys):
        if hmac.compare_digest(hmac.digest(made.key, made.text, name), digest):
            yield from steps
            if name != "sha256":
                yield diagnosis(_C.SIGN_HASH, found=name)
            yield from made.codes
            return
    yield from steps
    yield _unproven(timestamp, keys.secret, digest, name)


def _unwrapped(sign: str) -> tuple[list[Diagnosis], str]:
    """The signature as base64 or hex, and what had to be taken off."""
    steps: list[Diagnosis] = []
    while re.search(r"%[0-9A-Fa-f]{2}", sign) and len(steps) < 3:
        sign = unquote(sign)
        if not steps:
            steps.append(diagnosis(_C.SIGN_ENCODED_TWICE))
    if len(sign) > 1 and sign[0] == sign[-1] and sign[0] in "'\"":
        steps.append(diagnosis(_C.SIGN_QUOTES))
        sign = sign[1:-1]
    bare = "".join(sign.strip().splitlines())
    pluses = len(sign) - len(sign.lstrip(" "))
    if pluses and not _is_digest(bare) and _is_digest("+" * pluses + bare):
        bare = " " * pluses + bare
    if bare != sign:
        steps.append(diagnosis(_C.SIGN_SPACES))
        sign = bare
    if " " in sign:
        steps.append(diagnosis(_C.SIGN_PLUS))
        sign = sign.replace(" ", "+")
    return steps, sign


def _is_digest(sign: str) -> bool:
    """Whether it stands for a digest once its blanks are the `+` that they were."""
    return _digest_in(sign.replace(" ", "+"))[0] is not None


def _digest_in(sign: str) -> tuple[bytes | None, list[Diagnosis]]:
    """The bytes that a signature stands for, and how else than in base64 it was written."""
    steps: list[Diagnosis] = []
    if re.fullmatch(r"[0-9A-Fa-f]+", sign) and len(sign) // 2 in _DIGEST_BYTES:
        return bytes.fromhex(sign), [diagnosis(_C.SIGN_HEX)]
    if re.search("[-_]", sign):
        steps.append(diagnosis(_C.SIGN_URL_SAFE))
        sign = sign.replace("-", "+").replace("_", "/")
    if len(sign) % 4 and not sign.endswith("="):
        steps.append(diagnosis(_C.SIGN_NO_PADDING))
        sign += "=" * (-len(sign) % 4)
    try:
        digest = base64.b64decode(sign, validate=True)
    except (binascii.Error, ValueError):
        return None, []
    if re.fullmatch(rb"[0-9A-Fa-f]+\n?", digest) and len(digest) // 2 in _DIGEST_BYTES:
        return bytes.fromhex(digest.decode().strip()), [diagnosis(_C.SIGN_BASE64_OF_HEX)]
    return (digest, steps) if len(digest) in _DIGEST_BYTES else (None, [])


def _ways(received: Received, timestamp: str, keys: Keys) -> Iterator[_Made]:
    """Every way that is tried; those with fewer faults first."""
    candidates = []
    secret = keys.secret
    for time_codes, at in _times(timestamp):
        for key_codes, key in _keys(secret, keys.access_token):
            for text_codes, text in _texts(at, key or secret, received.body):
                codes = (*time_codes, *key_codes, *text_codes)
                candidates.append(_Made(key.encode(), text, codes))
        right = f"{at}\n{secret}".encode()
        candidates.append(_Made(right, secret.encode(), (*time_codes, diagnosis(_C.SIGN_SWAPPED))))
        candidates.append(_Made(right, b"", (*time_codes, diagnosis(_C.SIGN_FEISHU))))
        for robot, other in keys.others:
            codes = (*time_codes, diagnosis(_C.SIGN_OTHER_ROBOT, robot=robot))
            candidates.append(_Made(other.encode(), f"{at}\n{other}".encode(), codes))
    yield from sorted(candidates, key=lambda made: len(made.codes))


def _times(timestamp: str) -> list[tuple[tuple[Diagnosis, ...], str]]:
    """The timestamp as it stands, and in the other unit."""
    times: list[tuple[tuple[Diagnosis, ...], str]] = [((), timestamp)]
    if re.fullmatch(r"[0-9]{4,20}", timestamp):
        other_unit = (diagnosis(_C.SIGN_OTHER_UNIT),)
        times += [(other_unit, timestamp[:-3]), (other_unit, f"{timestamp}000")]
    return times


def _keys(secret: str, access_token: str) -> list[tuple[tuple[Diagnosis, ...], str]]:
    spaces = (diagnosis(_C.SIGN_KEY_SPACES),)
    keys: list[tuple[tuple[Diagnosis, ...], str]] = [
        ((), secret),
        *((spaces, f"{secret}{space}") for space in ("\n", " ", "\r\n", "\r", "\t")),
        (spaces, f" {secret}"),
        ((diagnosis(_C.SIGN_KEY_NO_PREFIX),), secret.removeprefix("SEC")),
        ((diagnosis(_C.SIGN_KEY_CASE),), secret.lower()),
        ((diagnosis(_C.SIGN_KEY_CASE),), secret.upper()),
        ((diagnosis(_C.SIGN_KEY_IS_TOKEN),), access_token),
        ((diagnosis(_C.SIGN_KEY_EMPTY),), ""),
    ]
    return [(codes, key) for at, (codes, key) in enumerate(keys) if at == 0 or key != secret]


def _texts(
    timestamp: str, secret: str, body: bytes
) -> Iterator[tuple[tuple[Diagnosis, ...], bytes]]:
    """What may have been signed in the place of timestamp, line end, secret."""
    yield (), f"{timestamp}\n{secret}".encode()
    for code, text in (
        (_C.SIGN_TEXT_LINE_END, f"{timestamp}\n{secret}\n"),
        (_C.SIGN_TEXT_BACKSLASH_N, f"{timestamp}\\n{secret}"),
        (_C.SIGN_TEXT_NO_LINE_END, f"{timestamp}{secret}"),
        (_C.SIGN_TEXT_NO_LINE_END, f"{timestamp} {secret}"),
        (_C.SIGN_TEXT_CRLF, f"{timestamp}\r\n{secret}"),
        (_C.SIGN_TEXT_TIMESTAMP_ONLY, timestamp),
        (_C.SIGN_TEXT_TIMESTAMP_ONLY, f"{timestamp}\n"),
        (_C.SIGN_TEXT_SECRET_ONLY, secret),
        (_C.SIGN_TEXT_REVERSED, f"{secret}\n{timestamp}"),
    ):
        yield (diagnosis(code),), text.encode()
    if body:
        yield (diagnosis(_C.SIGN_TEXT_BODY),), body
        yield (diagnosis(_C.SIGN_TEXT_BODY),), f"{timestamp}\n".encode() + body


def _unproven(timestamp: str, secret: str, digest: bytes, name: str) -> Diagnosis:
    """A plain hash, a time close by, or else another secret."""
    text = f"{timestamp}\n{secret}".encode()
    if hashlib.new(name, text, usedforsecurity=False).digest() == digest:
        return diagnosis(_C.SIGN_NOT_HMAC)
    if re.fullmatch(r"[0-9]{1,18}", timestamp):
        at = int(timestamp)
        for off_ms in sorted(range(-_SEARCHED_MS, _SEARCHED_MS + 1), key=abs):
            signed = f"{at + off_ms}\n{secret}".encode()
            if hmac.digest(secret.encode(), signed, "sha256") == digest:
                return diagnosis(_C.SIGN_OTHER_TIMESTAMP, off_ms=abs(off_ms))
    return diagnosis(_C.SIGN_OTHER_SECRET)
