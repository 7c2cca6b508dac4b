"""The sandbox by itself: try any script against a group robot that is not there.

    python -m dingcomposer.sandbox --port 8080 --keyword 通知 --secret-env MY_SECRET

It listens on 127.0.0.1 and prints what it receives and what it answers; tokens and signatures are
masked. Ctrl+C ends it.
"""

import argparse
import io
import os
import signal
import sys
import time
from collections.abc import Sequence

from dingcomposer.core.limits import PACE_PER_MINUTE
from dingcomposer.core.robot import Credentials
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.sandbox.server import Exchange, PortTaken, SandboxServer, make_credentials

_SHOWN_CHARACTERS = 2_000


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until Ctrl+C (or SIGTERM). 0: ended by hand; 1: the port could not be had."""
    # Also where a shell started it in the background, which makes Ctrl+C unheard otherwise.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    parser = _make_parser()
    options = parser.parse_args(argv)
    credentials = _read_credentials(parser, options)
    server = SandboxServer(
        keywords=tuple(options.keyword),
        secret_required=options.secret_env is not None,
        addresses=tuple(options.address),
        pace_per_minute=options.pace,
        credentials=credentials,
        port=options.port,
        on_exchange=lambda exchange: _say(_describe(exchange, credentials)),
    )
    server.robot.faults = tuple(options.fault)
    try:
        server.start()
    except PortTaken:
        _say(f"Port {options.port} is taken by another program. Choose another, or leave it out.")
        return 1
    except OSError as error:
        _say(f"Port {options.port} cannot be opened: {error.strerror}.")
        return 1
    try:
        _say(_greeting(server, options))
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        _say("Stopped.")
    finally:
        server.stop()
    return 0


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dingcomposer.sandbox",
        description="A DingTalk group robot on 127.0.0.1, to try scripts against.",
        epilog="Faults: " + ", ".join(kind for kind in FaultKind if kind is not FaultKind.CUSTOM),
    )
    add = parser.add_argument
    add("--port", type=_to_port, default=0, help="where to listen (default: a free port)")
    add("--keyword", action="append", default=[], help="a message must hold one; may be repeated")
    add("--secret-env", metavar="NAME", help="require a signature, by the secret in this variable")
    add("--token-env", metavar="NAME", help="take the access token from this variable")
    add("--address", action="append", default=[], help="only these may call, e.g. 127.0.0.0/8")
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
    return parser


def _to_port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= 65_535:
        return int(text)
    raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")


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


def _read_credentials(parser: argparse.ArgumentParser, options: argparse.Namespace) -> Credentials:
    """Those from the environment, and throwaway ones where none is named."""
    made = make_credentials()
    values = {}
    for name in (options.token_env, options.secret_env):
        if name is not None and not os.environ.get(name):
            parser.error(f"the environment variable {name} is empty or not set")
        values[name] = os.environ.get(name or "", "")
    return Credentials(
        values[options.token_env] or made.access_token, values[options.secret_env] or made.secret
    )


def _greeting(server: SandboxServer, options: argparse.Namespace) -> str:
    if options.token_env is None:
        webhook = f"{server.url}?access_token={server.access_token}"
        origin = "The token was made for this run only; it opens nothing else."
    else:
        webhook = f"{server.url}?access_token=${options.token_env}"
        origin = f"The token is what {options.token_env} holds."
    signed = "Requests must be signed." if options.secret_env else "No signature is asked for."
    return f"Webhook: {webhook}\n{origin} {signed} Ctrl+C stops."


def _describe(exchange: Exchange, credentials: Credentials) -> str:
    body = exchange.body.decode("utf-8", "replace")
    for value in (credentials.access_token, credentials.secret or ""):
        body = body.replace(value, "…") if value else body
    if len(body) > _SHOWN_CHARACTERS:
        body = f"{body[:_SHOWN_CHARACTERS]}… ({exchange.body_bytes} bytes)"
    query = f"?{exchange.query}" if exchange.query else ""
    lines = [
        f"#{exchange.number} {exchange.at.astimezone():%H:%M:%S}"
        f" {exchange.method} {exchange.path}{query}",
        *body.splitlines(),
        f"-> {_verdict(exchange)}",
    ]
    return "\n   ".join(_printable(line) for line in lines)


def _verdict(exchange: Exchange) -> str:
    words = f"{exchange.errcode} {exchange.errmsg}" if exchange.errcode is not None else ""
    if exchange.fault is not None:
        words = f"{words} (fault: {exchange.fault})".strip()
    if exchange.is_taken:
        words += ", the message is in the group"
    elif exchange.is_repeat:
        words += ", this msgUuid is in the group already"
    return words


def _printable(line: str) -> str:
    """Without what a terminal might obey."""
    return "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in line)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
