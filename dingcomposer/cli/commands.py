"""The commands' names and their common options; each command is imported when it is called."""

from pathlib import Path

import click

import dingcomposer
from dingcomposer.cli.options import CommonOptions, ProblemWords, Renderer


class _LazyGroup(click.Group):
    """Knows its commands by name, so that the help of one does not wait for the others."""

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
                from dingcomposer.cli.shell import completion, sandbox

                return sandbox if cmd_name == "sandbox" else completion
            case _:
                return None


@click.group(
    cls=_LazyGroup,
    name="dingcomposer",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Without a command the window opens. Exit codes: 0 delivered, 2 usage, 3 refused by"
    " DingTalk, 4 not sent (nothing left: try again), 5 unknown (it may have arrived: look before"
    " you try again), 6 configuration.",
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


def main(arguments: list[str], renderer: Renderer, sentence: ProblemWords) -> None:
    """Run a command; ends the process with its exit code.

    `renderer` draws for `preview`; `sentence` says what checks find.
    """
    commands(arguments, prog_name="dingcomposer", obj=(renderer, sentence))
