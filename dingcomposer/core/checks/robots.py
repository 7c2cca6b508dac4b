"""What is wrong with a robot as it is entered: profile, token and secret. Never raises.

Whatever blocks here keeps a robot from being saved. No problem ever holds a token or a secret.
Sources: dingstart/customize-robot-security-settings [O], read 2026-08-22: at most ten keywords;
addresses like 1.1.1.1 or 1.1.1.0/24, public, no IPv6; the secret begins with SEC.
"""

import ipaddress
import math
import re
from collections.abc import Iterable

from dingcomposer.core import limits
from dingcomposer.core.addresses import is_loopback, scheme_of
from dingcomposer.core.authority import AuthorityError, AuthorityFault, read_authority
from dingcomposer.core.checks.mentions import check_people
from dingcomposer.core.checks.problems import Problem, ProblemCode, problem, worst_first
from dingcomposer.core.pasting.address import is_damaged_token
from dingcomposer.core.robot import ProxyMode, Robot, TrustSource

_SPACE = re.compile(r"\s")
_TOKEN = re.compile(r"[0-9a-f]+")
_SECRET = re.compile(rf"{limits.SECRET_PREFIX}[0-9a-f]{{{limits.SECRET_HEX_DIGITS}}}")
_AFTER_AUTHORITY = re.compile(r"://[^/?#]*(?:/.|[?#])")
_OF_AUTHORITY = {
    AuthorityFault.NO_SCHEME: ProblemCode.ENDPOINT_BROKEN,
    AuthorityFault.SPACE: ProblemCode.ENDPOINT_SPACES,
    AuthorityFault.BACKSLASH: ProblemCode.ENDPOINT_BACKSLASH,
    AuthorityFault.EMPTY: ProblemCode.ENDPOINT_BROKEN,
    AuthorityFault.USER: ProblemCode.ENDPOINT_CREDENTIALS,
    AuthorityFault.BRACKETS: ProblemCode.ENDPOINT_HOST,
    AuthorityFault.NUMBER: ProblemCode.ENDPOINT_HOST,
    AuthorityFault.LETTERS: ProblemCode.ENDPOINT_LETTERS,
    AuthorityFault.NAME: ProblemCode.ENDPOINT_HOST,
    AuthorityFault.PORT: ProblemCode.ENDPOINT_PORT,
}


def check_robot(robot: Robot, taken_names: Iterable[str]) -> tuple[Problem, ...]:
    """What is wrong with the profile, worst first. `taken_names` are those of the other robots."""
    return worst_first(
        [
            *_check_name(robot.name, taken_names),
            *_check_endpoint(robot.endpoint),
            *_check_keywords(robot.keywords),
            *_check_addresses(robot.addresses),
            *_check_network(robot),
            *_check_timeout(robot.connect_timeout_s, "robot.connect_timeout_s"),
            *_check_timeout(robot.read_timeout_s, "robot.read_timeout_s"),
            *check_people(robot.default_mentions, "robot.default_mentions"),
        ]
    )


def check_token(text: str) -> tuple[Problem, ...]:
    """What is wrong with an access token as it was entered."""
    if not text.strip():
        code = ProblemCode.NO_TOKEN
    elif "://" in text or "access_token=" in text:
        code = ProblemCode.TOKEN_IS_URL
    elif _SPACE.search(text):
        code = ProblemCode.TOKEN_SPACES
    elif is_damaged_token(text):
        code = ProblemCode.TOKEN_DAMAGED
    elif len(text) != limits.TOKEN_HEX_DIGITS or not _TOKEN.fullmatch(text):
        code = ProblemCode.TOKEN_ODD
    else:
        return ()
    return (problem(code, "robot.token"),)


def check_secret(text: str) -> tuple[Problem, ...]:
    """What is wrong with a signing secret as it was entered; an empty one is none, and fine."""
    if not text:
        return ()
    found = []
    if _SPACE.search(text):
        found.append(problem(ProblemCode.SECRET_SPACES, "robot.secret"))
    if not _SECRET.fullmatch(text.strip()):
        found.append(problem(ProblemCode.SECRET_ODD, "robot.secret"))
    return worst_first(found)


def _check_name(name: str, taken_names: Iterable[str]) -> list[Problem]:
    own = name.strip().casefold()
    if not own:
        return [problem(ProblemCode.ROBOT_NAME_EMPTY, "robot.name")]
    if any(own == other.strip().casefold() for other in taken_names):
        return [problem(ProblemCode.ROBOT_NAME_TAKEN, "robot.name")]
    return []


def _check_endpoint(endpoint: str) -> list[Problem]:
    field = "robot.endpoint"
    if not endpoint.strip():
        return [problem(ProblemCode.ENDPOINT_EMPTY, field)]
    if _SPACE.search(endpoint):
        return [problem(ProblemCode.ENDPOINT_SPACES, field)]
    scheme = scheme_of(endpoint)
    if not scheme:
        return [problem(ProblemCode.ENDPOINT_NO_SCHEME, field)]
    if scheme not in ("http", "https"):
        return [problem(ProblemCode.ENDPOINT_SCHEME, field, word=scheme[:40])]
    found = []
    try:
        authority = read_authority(endpoint)
    except AuthorityError as error:
        found.append(problem(_OF_AUTHORITY[error.fault], field))
    else:
        if authority.scheme == "http" and not is_loopback(authority.host):
            found.append(problem(ProblemCode.ENDPOINT_HTTP, field))
    if "?" in endpoint or "#" in endpoint:
        found.append(problem(ProblemCode.ENDPOINT_QUERY, field))
    return found


def _check_keywords(keywords: tuple[str, ...]) -> list[Problem]:
    found = []
    if len(keywords) > limits.KEYWORDS:
        count, limit = len(keywords), limits.KEYWORDS
        code = ProblemCode.TOO_MANY_KEYWORDS
        found.append(problem(code, "robot.keywords", count=count, limit=limit))
    seen: set[str] = set()
    for index, keyword in enumerate(keywords):
        field, word = f"robot.keywords.{index}", keyword.strip()
        if not word:
            found.append(problem(ProblemCode.KEYWORD_BLANK, field))
        elif word in seen:
            found.append(problem(ProblemCode.KEYWORD_TWICE, field, keyword=word))
        seen.add(word)
    return found


def _check_addresses(addresses: tuple[str, ...]) -> list[Problem]:
    found = []
    for index, address in enumerate(addresses):
        code = _address_code(address)
        if code is not None:
            found.append(problem(code, f"robot.addresses.{index}", address=address[:60]))
    return found


def _address_code(address: str) -> ProblemCode | None:
    address = address.strip()
    if "/" in address and not address.partition("/")[2].isdecimal():
        return ProblemCode.ADDRESS_BROKEN  # 1.1.1.0/255.255.255.0 is not what DingTalk takes
    try:
        network = ipaddress.ip_network(address, strict=False)
    except ValueError:
        return ProblemCode.ADDRESS_BROKEN
    if network.version == 6:
        return ProblemCode.ADDRESS_IPV6
    return None if network.is_global else ProblemCode.ADDRESS_NOT_PUBLIC


def _check_network(robot: Robot) -> list[Problem]:
    found = []
    if robot.way is ProxyMode.PROXY and (code := _proxy_code(robot.proxy)) is not None:
        found.append(problem(code, "robot.proxy"))
    elif "@" in robot.proxy:  # not used now, but stored
        found.append(problem(ProblemCode.PROXY_CREDENTIALS, "robot.proxy"))
    if robot.trust is TrustSource.FILE and not robot.ca_file.strip():
        found.append(problem(ProblemCode.CA_FILE_EMPTY, "robot.ca_file"))
    return found


def _proxy_code(proxy: str) -> ProblemCode | None:
    if not proxy.strip():
        return ProblemCode.PROXY_EMPTY
    if "@" in proxy:
        return ProblemCode.PROXY_CREDENTIALS
    address = proxy if "://" in proxy else f"http://{proxy}"
    try:
        read_authority(address)
    except AuthorityError:
        return ProblemCode.PROXY_BROKEN
    is_bare = _AFTER_AUTHORITY.search(address) is None
    return None if is_bare else ProblemCode.PROXY_BROKEN


def _check_timeout(seconds: float, field: str) -> list[Problem]:
    low, high = limits.TIMEOUT_MIN_S, limits.TIMEOUT_MAX_S
    if math.isfinite(seconds) and low <= seconds <= high:
        return []
    bounds = {"minimum": int(low), "maximum": int(high)}
    return [problem(ProblemCode.TIMEOUT_OUT_OF_RANGE, field, **bounds)]
