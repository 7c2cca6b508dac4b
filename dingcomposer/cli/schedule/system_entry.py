"""The entry of the system's scheduler: shown, written, taken away."""

import click

from dingcomposer import paths
from dingcomposer.cli.options import CommonOptions, dumped, tell
from dingcomposer.cli.outcomes import ConfigurationError, ExitCode
from dingcomposer.interchange.system_entries.entry import SystemEntry
from dingcomposer.services.scheduling.system_entries import (
    EntryError,
    Scheduler,
    install,
    is_installed,
    program_command,
    schedule_entry,
    this_scheduler,
    uninstall,
)

_NEVER_RUN = "Written by the tool's own rules, and never run where DingComposer was made."


def run(common: CommonOptions, action: str, kind: str | None, *, is_json: bool) -> ExitCode:
    """Show the entry, write it, or take it away. Raises ConfigurationError."""
    entry = _entry(common, Scheduler(kind) if kind else this_scheduler())
    _carry_out(common, action, entry, is_json=is_json)
    if is_json:
        files = [{"path": str(one.path), "content": one.text} for one in entry.files]
        told = {
            "scheduler": entry.name,
            "files": files,
            "crontab_lines": list(entry.crontab_lines),
            "install": [list(one) for one in entry.install],
            "remove": [list(one) for one in entry.remove],
            "is_installed": _is_there(entry),
            "was_tried": entry.was_run,
        }
        tell(dumped(told))
    return ExitCode.DELIVERED


def _carry_out(common: CommonOptions, action: str, entry: SystemEntry, *, is_json: bool) -> None:
    if not entry.was_run:
        common.say(_NEVER_RUN)
    try:
        match action:
            case "show":
                if not is_json:
                    click.echo(entry.shown, nl=False)
                common.say("It is there." if _is_there(entry) else "It is not there.")
            case "install":
                common.say(entry.shown)
                install(entry)
                common.say("Written. What is due is looked for once a minute from now on.")
            case _:
                uninstall(entry)
                common.say("Taken away.")
    except EntryError as error:
        raise ConfigurationError(f"{error.tool} says no: {error.words}") from None
    except OSError as error:
        told = error.strerror or type(error).__name__
        raise ConfigurationError(f"It cannot be written: {told}.") from None


def _entry(common: CommonOptions, kind: Scheduler) -> SystemEntry:
    chosen = None if common.data_dir is None else common.data_dir.resolve()
    folder = paths.places(chosen).data
    return schedule_entry(kind, program_command(), chosen, folder)


def _is_there(entry: SystemEntry) -> bool:
    try:
        return is_installed(entry)
    except EntryError:
        return False
