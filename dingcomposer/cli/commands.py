"""The commands' names and their common options; each command is imported when it is called."""

import importlib
from pathlib import Path

import click

import dingcomposer

_HOMES = {
    "send": "dingcomposer.cli.send",
    "check": "dingcomposer.cli.check",
    "history": "dingcomposer.cli.records",
    "robots": "dingcomposer.cli.records",
    "sandbox": "dingcomposer.cli.shell",
    "completion": "dingcomposer.cli.shell",
}


class _LazyGroup(click.Group):
    """Knows its commands by name, so that the help of one does not wait for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        home = _HOMES.get(cmd_name)
        if home is None:
            return None
        command = getattr(importlib.import_module(home), cmd_name)
        assert isinstance(command, click.Command)
        return command


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
@click.option("-v", "--verbose", is_flag=True, help="Log each step, without secrets.")
@click.pass_context
def commands(context: click.Context, data_dir: Path | None, quiet: bool, verbose: bool) -> None:
    """Send DingTalk robot messages signed, paced and remembered, as the window does."""
    context.obj = Surroundings(data_dir, is_quiet=quiet, is_verbose=verbose)


class Surroundings:
    """What all commands share: where they work, and how much they say."""

    def __init__(self, data_dir: Path | None, *, is_quiet: bool, is_verbose: bool) -> None:
        self.data_dir = data_dir
        self.is_quiet = is_quiet
        self.is_verbose = is_verbose

    def say(self, words: str) -> None:
        """A line for the person, on standard error: standard output is for what was asked for."""
        if not self.is_quiet:
            click.echo(words, err=True)


def main(arguments: list[str]) -> None:
    """Run a command; ends the process with its exit code."""
    commands(arguments, prog_name="dingcomposer")
