"""The sandbox by itself: try any script against a group robot that is not there.

    python -m dingcomposer.sandbox --port 8080 --keyword 通知 --secret-env MY_SECRET

It listens on 127.0.0.1, prints what it enforces, what it receives, what it answers, and what was
wrong with it; tokens and signatures are masked. Ctrl+C ends it.
"""

import io
import logging
import signal
import sys
import time
from collections.abc import Sequence

from dingcomposer.process import forbid_core_files, forbid_dumps
from dingcomposer.sandbox.command_line import SandboxOptions, parse_options
from dingcomposer.sandbox.output import JsonOutput, Output, TextOutput
from dingcomposer.sandbox.server import PortTaken, SandboxServer


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until Ctrl+C (or SIGTERM). 0: ended by hand; 1: the port could not be had."""
    # Also where a shell started it in the background, which makes Ctrl+C unheard otherwise.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    options = parse_options(argv)
    logging.basicConfig(level=logging.ERROR)  # all else is told by the output itself
    output: Output = JsonOutput(options) if options.is_json else TextOutput(options)
    server = SandboxServer(
        keywords=options.keywords,
        secret_required=options.is_signed,
        addresses=options.addresses,
        pace_per_minute=options.pace_per_minute,
        credentials=options.credentials,
        host=options.host,
        port=options.port,
        on_exchange=output.show_exchange,
        on_exhausted=output.show_exhausted,
    )
    server.robot.faults = options.faults
    try:
        server.start()
    except PortTaken:
        output.show_failure(
            f"Port {options.port} is taken by another program. Choose another, or leave it out."
        )
        return 1
    except OSError as error:
        output.show_failure(_cannot_listen(options, error))
        return 1
    try:
        output.show_start(server)
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        pass
    finally:
        server.stop()
    output.show_end(server)
    return 0


def _cannot_listen(options: SandboxOptions, error: OSError) -> str:
    reason = error.strerror or type(error).__name__
    if options.is_open:
        return f"{options.host}, port {options.port}, cannot be listened on: {reason}."
    return f"Port {options.port} cannot be opened: {reason}."


if __name__ == "__main__":
    forbid_core_files()
    forbid_dumps()
    sys.exit(main())
