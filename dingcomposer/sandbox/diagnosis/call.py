"""What is wrong with how the robot was called: path, method, token, content type, address, pace."""

import codecs
import re
from collections.abc import Collection, Iterator, Mapping

from dingcomposer.core.limits import PACE_PER_MINUTE, SECRET_PREFIX
from dingcomposer.core.records import lazy_pattern
from dingcomposer.sandbox.diagnosis.codes import Diagnosis, DiagnosisCode, diagnosis
from dingcomposer.sandbox.rules import PATH, TLS, Received, Rules, is_listed

_C = DiagnosisCode
_TOKEN_NAMES = frozenset({"accesstoken", "token", "webhooktoken", "robottoken"})
_VARIABLE = lazy_pattern(r"\$[A-Za-z_{(].*|\{\{?.*\}\}?|%[A-Za-z_]+%|<[\w -]+>|[A-Z]+_TOKEN")
_SHORTEST_CUT = 8


def diagnose_call(received: Received) -> Iterator[Diagnosis]:
    """Path, method and content type."""
    if received.method == TLS:
        yield diagnosis(_C.METHOD_TLS)
        return
    if _is_look(received):
        yield diagnosis(_C.ONLY_LOOKED)
        return
    yield from _path(received)
    yield from _method(received)
    if received.method == "POST":
        yield from _content_type(received)


def diagnose_token(
    received: Received, payload: Mapping[str, object] | None, tokens: Collection[str]
) -> Iterator[Diagnosis]:
    """Why the token names no robot; nothing where it names one. `tokens` are those that do."""
    token = received.parameter("access_token")
    if token in tokens:
        if sum(key == "access_token" for key, _ in received.query) > 1:
            yield diagnosis(_C.TOKEN_TWICE)
        return
    yield _missing_token(received, payload) if not token else _wrong_token(token, tokens)


def diagnose_address(received: Received, rules: Rules) -> Iterator[Diagnosis]:
    """Whether the caller is on the robot's list of addresses."""
    caller = rules.caller or received.address
    if not is_listed(caller, rules.addresses):
        listed = ", ".join(rules.addresses)
        yield diagnosis(_C.ADDRESS_NOT_LISTED, address=caller, listed=listed)


def diagnose_pace(rules: Rules, rests_until_s: float | None, now_s: float) -> Diagnosis:
    """One message too many within a minute, and how long the rest still lasts."""
    limit = rules.pace_per_minute or PACE_PER_MINUTE
    rest_s = max(1, round((rests_until_s or now_s) - now_s))
    return diagnosis(_C.TOO_FAST, limit=limit, rest_s=rest_s)


def _is_look(received: Received) -> bool:
    """A GET of the root or of a browser's sign, without a token: whoever posts asks otherwise."""
    is_root = received.path in ("/", "/favicon.ico")
    return received.method in ("GET", "HEAD") and is_root and not received.query


def _path(received: Received) -> Iterator[Diagnosis]:
    path = received.path
    if path == PATH:
        return
    if path.startswith(f"{PATH}&"):
        yield diagnosis(_C.PATH_NO_QUESTION_MARK)
    elif path.count(PATH.lstrip("/")) > 1:
        yield diagnosis(_C.PATH_DOUBLED)
    elif re.sub("/+", "/", path).rstrip("/") == PATH:
        yield diagnosis(_C.PATH_SLASH)
    else:
        yield diagnosis(_C.PATH_WRONG, wanted=PATH)


def _method(received: Received) -> Iterator[Diagnosis]:
    match received.method:
        case "POST":
            return
        case "OPTIONS":
            yield diagnosis(_C.METHOD_PREFLIGHT)
        case "GET" if received.body_bytes:
            yield diagnosis(_C.METHOD_GET_WITH_BODY)
        case method:
            yield diagnosis(_C.METHOD_NOT_POST, method=method)


def _content_type(received: Received) -> Iterator[Diagnosis]:
    announced = received.header("Content-Type")
    media_type, _, parameters = announced.partition(";")
    match media_type.strip().lower():
        case "application/json":
            yield from _charset(parameters)
        case "":
            yield diagnosis(_C.CONTENT_TYPE_MISSING)
        case "application/x-www-form-urlencoded" | "multipart/form-data":
            yield diagnosis(_C.CONTENT_TYPE_FORM)
        case other:
            yield diagnosis(_C.CONTENT_TYPE_OTHER, word=other)


def _charset(parameters: str) -> Iterator[Diagnosis]:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", parameters, re.IGNORECASE)
    if found is None:
        return
    try:
        name = codecs.lookup(found[1]).name
    except LookupError:
        name = found[1]
    if name not in ("utf-8", "ascii"):
        yield diagnosis(_C.CHARSET_OTHER, charset=found[1])


def _missing_token(received: Received, payload: Mapping[str, object] | None) -> Diagnosis:
    for key, _ in received.query:
        if key != "access_token" and _plain(key) in _TOKEN_NAMES:
            return diagnosis(_C.TOKEN_NAME, found=key)
    if any(_plain(key) in _TOKEN_NAMES for key in payload or ()):
        return diagnosis(_C.TOKEN_IN_BODY)
    if any(
        _plain(key) in _TOKEN_NAMES or key.lower() == "authorization" for key, _ in received.headers
    ):
        return diagnosis(_C.TOKEN_IN_HEADER)
    return diagnosis(_C.TOKEN_MISSING)


def _plain(name: str) -> str:
    return re.sub("[^a-z]", "", name.lower().removeprefix("amp;").removeprefix("x-"))


def _wrong_token(token: str, tokens: Collection[str]) -> Diagnosis:
    """The likeliest reason; what can be proven by a token that is known comes first."""
    stripped = token.strip()
    if stripped != token and (stripped in tokens or not stripped):
        return diagnosis(_C.TOKEN_SPACES)
    if "".join(token.split()) in tokens:
        return diagnosis(_C.TOKEN_SPACES)
    if stripped.strip("'\"“”‘’<>") in tokens:
        return diagnosis(_C.TOKEN_QUOTES)
    if "access_token" in token or "://" in token or "/robot/send" in token:
        return diagnosis(_C.TOKEN_IS_URL)
    if any(token.startswith(known) and token[len(known)] in "?&;×" for known in tokens):
        return diagnosis(_C.TOKEN_RUNS_ON)
    if any(token in (f"{known},{known}", known * 2) for known in tokens):
        return diagnosis(_C.TOKEN_TWICE)
    if token.startswith(SECRET_PREFIX) and len(token) > len(SECRET_PREFIX):
        return diagnosis(_C.TOKEN_IS_SECRET)
    if _VARIABLE.fullmatch(stripped):
        return diagnosis(_C.TOKEN_IS_VARIABLE, word=stripped)
    if any(token.lower() == known.lower() for known in tokens):
        return diagnosis(_C.TOKEN_CASE)
    for known in tokens:
        if len(token) >= _SHORTEST_CUT and (known.startswith(token) or known.endswith(token)):
            return diagnosis(_C.TOKEN_CUT, length=len(token), wanted=len(known))
        if known and known in token:
            return diagnosis(_C.TOKEN_LONG, length=len(token), wanted=len(known))
    return diagnosis(_C.TOKEN_UNKNOWN)
