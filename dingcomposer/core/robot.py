"""A robot's profile, which may be shown; its credentials, which may not; and its colour."""

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from dingcomposer.core.addresses import is_loopback
from dingcomposer.core.authority import AuthorityError, read_authority
from dingcomposer.core.limits import PACE_PER_MINUTE
from dingcomposer.core.messages import Mentions
from dingcomposer.core.records import dataclass

DEFAULT_ENDPOINT = "https://oapi.dingtalk.com/robot/send"
KNOWN_HOSTS = ("oapi.dingtalk.com", "oapi.dingtalk.io")


class Stage(StrEnum):
    """What a robot's group is for. Sending to production always asks."""

    TEST = "test"
    PRODUCTION = "production"


class ProxyMode(StrEnum):
    """Which proxy a request goes through. This machine itself is always reached directly."""

    SYSTEM = "system"  # the environment's *_PROXY; on Windows and macOS the system's own settings
    DIRECT = "direct"
    PROXY = "proxy"  # the one that the robot names


class TrustSource(StrEnum):
    """Whose certificates are trusted."""

    SYSTEM = "system"  # the system's store: a company's own issuer is known there
    BUNDLED = "bundled"  # Mozilla's list, which comes along (certifi)
    FILE = "file"  # the issuers in the robot's file, and no others
    ENVIRONMENT = "environment"  # the file that REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE name


def leads_here(endpoint: str) -> bool:
    """True where a webhook leads to this very machine: to a sandbox, or a program of one's own."""
    try:
        return is_loopback(read_authority(endpoint).host)
    except AuthorityError:
        return False


@dataclass(frozen=True, slots=True)
class Robot:
    """All of a robot that may be shown, stored and logged.

    `endpoint` is the webhook without its query. `expects_signature` is what the person said of the
    robot's security settings (加签); `has_token` and `has_secret` say whether the secret store is
    known to hold them, so that `core.checks` can tell a forgotten secret before sending.

    `proxy`, for `ProxyMode.PROXY`, is like "http://10.0.0.1:8080", without a user; its password is
    in the secret store. Of a sandbox robot, keywords, addresses and `expects_signature` are what
    the sandbox enforces, and `sandbox_pace` is how many messages a minute (None: any number).
    `sandbox_caller` is the address from which calls seem to come there, "" for the true one.
    `token_fingerprint` tells its token from others without holding it.
    It outlasts a token that was in memory only, and is "" where none was ever seen.
    `tags` are a person's own words, by which lists gather robots (`core.robot_lists`).
    `is_twin` marks a sandbox robot that a person added beside the built-in one.
    """

    robot_id: str
    name: str
    colour: str = "#3370FF"
    stage: Stage = Stage.TEST
    endpoint: str = DEFAULT_ENDPOINT
    keywords: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    default_mentions: Mentions = Mentions()
    expects_signature: bool = False
    has_token: bool = False
    has_secret: bool = False
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 30.0
    is_host_confirmed: bool = False
    is_sandbox: bool = False
    is_archived: bool = False
    way: ProxyMode = ProxyMode.SYSTEM
    proxy: str = ""
    proxy_user: str = ""
    has_proxy_password: bool = False
    trust: TrustSource = TrustSource.SYSTEM
    ca_file: str = ""
    is_twin: bool = False
    sandbox_pace: int | None = PACE_PER_MINUTE
    sandbox_caller: str = ""
    token_fingerprint: str = ""
    tags: tuple[str, ...] = ()

    @property
    def is_built_in(self) -> bool:
        """True for the sandbox robot that comes with the program: it can be archived only."""
        return self.is_sandbox and not self.is_twin

    @property
    def pace_key(self) -> str:
        """Whose minute, rest and turns it shares: its token's; its own where that is not known."""
        return self.token_fingerprint or self.robot_id

    @property
    def host(self) -> str:
        """Host, and port where one is given, as in the endpoint; "" where it names no host."""
        try:
            return str(read_authority(self.endpoint))
        except AuthorityError:
            return ""

    @property
    def is_local(self) -> bool:
        """True where the endpoint leads to this very machine, where DingTalk is not."""
        return leads_here(self.endpoint)

    @property
    def has_known_host(self) -> bool:
        """True for DingTalk's own hosts and for this very computer."""
        try:
            host = read_authority(self.endpoint).host
        except AuthorityError:
            return False
        return host in KNOWN_HOSTS or self.is_local

    @property
    def is_production(self) -> bool:
        """True where a send must be confirmed."""
        return self.stage is Stage.PRODUCTION


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """Access token, signing secret, the proxy's password. All are secrets: repr hides them."""

    access_token: str
    secret: str | None = None
    proxy_password: str | None = None

    def __repr__(self) -> str:
        return "Credentials(…)"


# Colours, which tell robots apart

COLOURS: Final = (
    "#3370FF",
    "#0E8F9C",
    "#2B8A57",
    "#A87B0C",
    "#D9662B",
    "#CC4440",
    "#B04A96",
    "#7657D0",
)

CLEARLY_APART: Final = 0.1
"""From this `distance` on two small spots of colour are told apart at a glance."""


def unlike(taken: Sequence[str]) -> str:
    """The colour that is farthest from all that other robots have; the same for the same ones.

    One of `COLOURS` while one of them is clearly apart from all, then any other calm one.
    """
    if not taken:
        return COLOURS[0]

    def nearest(colour: str) -> float:
        return min(distance(colour, other) for other in taken)

    best = max(COLOURS, key=nearest)
    return best if nearest(best) >= CLEARLY_APART else max((*COLOURS, *_calm()), key=nearest)


def distance(one: str, other: str) -> float:
    """How different two colours look, from 0 to about 1 (black and white): as OKLab measures it."""
    return math.dist(_oklab(one), _oklab(other))


def _calm() -> tuple[str, ...]:
    import colorsys  # not before a ninth robot

    hues = ((hue / 360, lightness) for lightness in (0.45, 0.3, 0.63) for hue in range(0, 360, 15))
    parts = (colorsys.hls_to_rgb(hue, lightness, 0.51) for hue, lightness in hues)
    return tuple("#" + "".join(f"{round(part * 255):02X}" for part in rgb) for rgb in parts)


def _oklab(colour: str) -> tuple[float, float, float]:
    """A colour where equal distances look equal: https://bottosson.github.io/posts/oklab/."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )
