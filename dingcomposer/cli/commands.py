"""The commands' names and their common options; each command is imported when it is called.

The two that are a few lines stand here: `completion` and `sandbox`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

import dingcomposer
from dingcomposer.cli.answers import end_early, wants_json
from dingcomposer.cli.options import CommonOptions, ProblemWords, Renderer

PROGRAM = "dingcomposer"
COMPLETION_VARIABLE = "_DINGCOMPOSER_COMPLETE"
"""Where a shell asks for what it may complete."""


class _LazyGroup(click.Group):
    """Knows its commands by name, so that the help of one does not wait for the others.

    Whatever ends a command early is a sentence, and one JSON object where that was asked for.
    """

    def main(self, args: Sequence[str] | None = None, *rest: Any, **more: Any) -> NoReturn:
        given = list(sys.argv[1:] if args is None else args)
        more["standalone_mode"] = False
        try:
            code = super().main(given, *rest, **more)
        except (click.ClickException, click.Abort) as error:
            sys.exit(end_early(error, is_json=wants_json(given)))
        sys.exit(code if isinstance(code, int) else 0)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [
            *("send", "check", "preview", "history", "robots", "templates", "schedule"),
            *("verify", "sandbox", "completion"),
        ]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        match cmd_name:
            case "send":
                from dingcomposer.cli.send import send

                return send
            case "check":
                from dingcomposer.cli.check import check

                return check
            case "preview":
                from dingcomposer.cli.preview import preview

                return preview
            case "schedule":
                from dingcomposer.cli.schedule.commands import schedule

                return schedule
            case "robots":
                from dingcomposer.cli.robots.commands import robots

                return robots
            case "history" | "templates" | "verify":
                from dingcomposer.cli import records

                known = {"history": records.history, "templates": records.templates}
                return known.get(cmd_name, records.verify)
            case "sandbox" | "completion":
                return sandbox if cmd_name == "sandbox" else completion
            case _:
                return None


@click.group(
    cls=_LazyGroup,
    name=PROGRAM,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Without a command the window opens. Exit codes: 0 delivered, 1 stopped by a person,"
    " 2 usage, 3 refused by DingTalk, or it would be, 4 not sent (nothing left: try again), 5"
    " unknown (it may have arrived: look before you try again), 6 configuration.",
)
@click.version_option(dingcomposer.__version__, message="DingComposer %(version)s")
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="The data folder to work on; the window's own by default.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors and what was asked for.")
@click.option(
    "-v", "--verbose", is_flag=True, help="Say each step on standard error, without secrets."
)
@click.pass_context
def commands(context: click.Context, data_dir: Path | None, quiet: bool, verbose: bool) -> None:
    """Send DingTalk robot messages signed, paced and remembered, as the window does."""
    if quiet and verbose:
        raise click.UsageError("--quiet and --verbose contradict each other.")
    renderer, sentence = context.obj or (None, None)
    context.obj = CommonOptions(
        data_dir, is_quiet=quiet, is_verbose=verbose, renderer=renderer, sentence=sentence
    )


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish", "powershell"]))
def completion(shell: str) -> None:
    """Print what makes SHELL complete this program's commands.

    For bash, for example: dingcomposer completion bash > ~/.dingcomposer.bash, and source that.
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(commands, {}, PROGRAM, COMPLETION_VARIABLE).source())


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def sandbox(context: click.Context, arguments: tuple[str, ...]) -> None:
    """Run a DingTalk of our own on this computer, for tests; --help tells its options."""
    from dingcomposer.sandbox.__main__ import main

    context.exit(main(list(arguments)))


def main(arguments: list[str], renderer: Renderer, sentence: ProblemWords) -> None:
    """Run a command; ends the process with its exit code.

    `renderer` draws for `preview`; `sentence` says what checks find.
    """
    commands(arguments, prog_name=PROGRAM, obj=(renderer, sentence))
