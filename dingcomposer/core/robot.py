"""A robot's profile, which may be shown, and its credentials, which may not."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from dingcomposer.core.messages import Mentions

DEFAULT_ENDPOINT = "https://oapi.dingtalk.com/robot/send"
KNOWN_HOSTS = ("oapi.dingtalk.com", "oapi.dingtalk.io")


class Stage(StrEnum):
    """What a robot's group is for. Sending to production always asks."""

    TEST = "test"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class Robot:
    """All of a robot that may be shown, stored and logged.

    `endpoint` is the webhook without its query. `expects_signature` is what the person said of the
    robot's security settings (加签); `has_token` and `has_secret` say whether the secret store is
    known to hold them, so that `core.checks` can tell a forgotten secret before sending.
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

    @property
    def host(self) -> str:
        """Host, and port where one is given, as in the endpoint."""
        return urlsplit(self.endpoint).netloc

    @property
    def is_production(self) -> bool:
        """True where a send must be confirmed."""
        return self.stage is Stage.PRODUCTION


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """The access token and the signing secret. Both are secrets: repr and str hide them."""

    access_token: str
    secret: str | None = None

    def __repr__(self) -> str:
        return "Credentials(…)"
