"""What a command ends with: its exit code, a sentence where it fails, one JSON object if asked.

As in all modules with options nothing is imported before it is needed.
"""

from enum import IntEnum

import click

from dingcomposer.cli.options import dumped, tell

JSON = "--json"


class ExitCode(IntEnum):
    """What a script can decide by: whether the same command may be run again, and helps."""

    DELIVERED = 0
    STOPPED = 1  # a person said no, or pressed Ctrl+C
    USAGE = 2  # wrong options, or input that cannot be read
    REFUSED = 3  # DingTalk said no, or would: the same message again is no better
    NOT_SENT = 4  # nothing left: it can be tried again
    UNKNOWN = 5  # it left, and nothing usable came back, or "busy" alone: it may have arrived
    CONFIGURATION = 6  # nothing left, and nothing will before a person sets something right


class ConfigurationError(click.ClickException):
    """Something must be set right first; ends the command with `ExitCode.CONFIGURATION`."""

    exit_code = ExitCode.CONFIGURATION


class RefusalError(click.ClickException):
    """DingTalk would refuse it; ends the command with `ExitCode.REFUSED`."""

    exit_code = ExitCode.REFUSED


def answer(code: ExitCode, **told: object) -> None:
    """Print the one JSON object of a command that came to its end: `exit_code`, and what it has."""
    tell(dumped({"exit_code": int(code), **told}))


def end_early(error: click.ClickException | click.Abort, *, is_json: bool) -> ExitCode:
    """Say why a command ends before it did anything; the exit code. No secret is repeated.

    As JSON: `exit_code`, and `error` with its `kind` (stopped, usage, refused, configuration) and
    its `message`, the sentence that stands on standard error.
    """
    if isinstance(error, click.Abort):
        code, words = ExitCode.STOPPED, "Stopped: nothing was sent or written."
        tell(words, is_error=True)
    else:
        from dingcomposer.core.plain_text import printable
        from dingcomposer.core.redaction import mask_by_looks

        code = ExitCode.USAGE if error.exit_code == 1 else ExitCode(error.exit_code)
        words = mask_by_looks(error.format_message())
        if "\n".join(map(printable, words.split("\n"))) == error.format_message():
            error.show()  # with how the command is called, where that was wrong
        else:
            tell(f"Error: {words}", is_error=True)
    if is_json:
        answer(code, error={"kind": code.name.lower(), "message": words})
    return code


def wants_json(arguments: list[str]) -> bool:
    """Whether one JSON object was asked for, of whichever command."""
    return JSON in arguments[: arguments.index("--") if "--" in arguments else None]
