"""The options of the sandbox by itself, each checked in words."""

import argparse
import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass

from dingcomposer.core.limits import KEYWORDS, PACE_PER_MINUTE
from dingcomposer.core.robot import Credentials
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.sandbox.server import make_credentials
from dingcomposer.sandbox.sockets import HOST


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """What was asked for. `token_env` is the variable that the token came from, "" for a new one.

    `is_listing`: all that arrived is listed at the end.
    """

    credentials: Credentials
    token_env: str
    secret_env: str
    keywords: tuple[str, ...]
    addresses: tuple[str, ...]
    pace_per_minute: int | None
    faults: tuple[FaultPlan, ...]
    host: str
    port: int
    is_json: bool
    is_listing: bool

    @property
    def is_signed(self) -> bool:
        """Whether requests must be signed."""
        return bool(self.secret_env)

    @property
    def is_open(self) -> bool:
        """Whether other computers may call."""
        return not ipaddress.ip_address(self.host).is_loopback


def parse_options(argv: Sequence[str] | None) -> SandboxOptions:
    """The options, from the command line where `argv` is None. Ends the program with a sentence."""
    program = "python -m dingcomposer.sandbox" if argv is None else "dingcomposer sandbox"
    parser = _make_parser(program)
    given = parser.parse_args(argv)
    if len(given.keyword) > KEYWORDS:
        parser.error(f"a robot has at most {KEYWORDS} keywords, not {len(given.keyword)}")
    return SandboxOptions(
        credentials=_read_credentials(parser, given),
        token_env=given.token_env or "",
        secret_env=given.secret_env or "",
        keywords=tuple(given.keyword),
        addresses=tuple(given.address),
        pace_per_minute=given.pace,
        faults=tuple(given.fault),
        host=given.bind,
        port=given.port,
        is_json=given.json,
        is_listing=given.list,
    )


def _make_parser(program: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=program,
        description="A DingTalk group robot on 127.0.0.1, to try scripts against. It prints each"
        " request with its answer and, beside DingTalk's words, what was wrong and where.",
        epilog="Faults: " + ", ".join(kind for kind in FaultKind if kind is not FaultKind.CUSTOM),
    )
    add = parser.add_argument
    add("--port", type=_to_port, default=0, help="where to listen (default: a free port)")
    add(
        "--bind",
        type=_to_host,
        default=HOST,
        metavar="ADDRESS",
        help=f"the address to listen on (default: {HOST}); 0.0.0.0 lets every computer in that"
        " reaches this one, such as a container's host",
    )
    add(
        "--keyword",
        action="append",
        default=[],
        type=_to_keyword,
        help="a message must hold one; may be repeated",
    )
    add("--secret-env", metavar="NAME", help="require a signature, by the secret in this variable")
    add(
        "--token-env",
        metavar="NAME",
        help="take the access token from this variable; with --port the webhook stays the same",
    )
    add(
        "--address",
        action="append",
        default=[],
        type=_to_address,
        help="only these may call, e.g. 127.0.0.0/8; may be repeated",
    )
    add(
        "--pace",
        type=_to_pace,
        default=PACE_PER_MINUTE,
        help=f"messages a minute (default: {PACE_PER_MINUTE})",
    )
    add("--no-pace", dest="pace", action="store_const", const=None, help="any number of messages")
    add(
        "--fault",
        action="append",
        default=[],
        type=_to_plan,
        metavar="NAME[:COUNT|:PERCENT%]",
        help="misbehave always, COUNT times, or now and then; may be repeated",
    )
    add("--json", action="store_true", help="print one line of JSON for each request")
    add(
        "--list",
        action="store_true",
        help="at the end list all that arrived: what stands in the group, and what was refused",
    )
    return parser


def _to_port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= 65_535:
        return int(text)
    raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")


def _to_host(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no address; try 127.0.0.1, 0.0.0.0 or ::1"
        ) from None


def _to_keyword(text: str) -> str:
    if text.strip():
        return text
    raise argparse.ArgumentTypeError("a keyword must not be empty: every message would hold it")


def _to_address(text: str) -> str:
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no address; try 203.0.113.7 or 127.0.0.0/8"
        ) from None
    if network.version == 6:
        raise argparse.ArgumentTypeError(f"{text!r} is IPv6, which DingTalk's list does not take")
    return text


def _to_pace(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) >= 1:
        return int(text)
    raise argparse.ArgumentTypeError("a pace is a number from 1 on; --no-pace lifts it")


def _to_plan(text: str) -> FaultPlan:
    name, _, mode = text.partition(":")
    try:
        kind = FaultKind(name)
        if mode.endswith("%"):
            return FaultPlan(kind, times=None, probability=float(mode[:-1]) / 100)
        return FaultPlan(kind, times=int(mode) if mode else None)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no fault; try reset, busy:3 or slow:10%, and see --help for the names"
        ) from None


def _read_credentials(parser: argparse.ArgumentParser, given: argparse.Namespace) -> Credentials:
    """Those from the environment, and throwaway ones where none is named."""
    made = make_credentials()
    values = {}
    for name in (given.token_env, given.secret_env):
        value = os.environ.get(name or "", "")
        if name is not None and not value:
            parser.error(f"the environment variable {name} is empty or not set")
        if value != value.strip():
            parser.error(f"the environment variable {name} begins or ends with white space")
        values[name] = value
    return Credentials(
        values[given.token_env] or made.access_token, values[given.secret_env] or made.secret
    )
