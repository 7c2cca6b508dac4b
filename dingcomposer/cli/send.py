"""`send`: a message to one robot or several, through the engine that the window uses too."""

import re
import sys
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from dingcomposer.cli.options import (
    MessageInput,
    OptionsOnce,
    SendOptions,
    TableOptions,
    message_options,
    target_options,
)

_DURATION = re.compile(r"([0-9]{1,7})\s*(s|m|h|d)")
_LONGEST = timedelta(days=3650)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def read_duration(_context: click.Context, _option: click.Parameter, value: str | None) -> Any:
    """For click: `10m`, `90s`, `2h`, `1d` as a timedelta."""
    if value is None:
        return None
    found = _DURATION.fullmatch(value.strip())
    if found is None:
        raise click.BadParameter("write it like 90s, 10m, 2h or 1d")
    duration = timedelta(**{_UNITS[found[2]]: int(found[1])})
    if not timedelta(0) < duration <= _LONGEST:
        raise click.BadParameter(f"it may be from 1s to {_LONGEST.days}d")
    return duration


def _read_uuid(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return str(UUID(value))
    except ValueError:
        raise click.BadParameter("it is no UUID") from None


@click.command(cls=OptionsOnce)
@target_options
@click.option("--webhook-env", metavar="NAME", help="Variable that holds a webhook: no profile.")
@click.option("--secret-env", metavar="NAME", help="Variable that holds its signing secret.")
@message_options
@click.option("--json", "is_json", is_flag=True, help="One JSON object on standard output.")
@click.option("--dry-run", "is_dry_run", is_flag=True, help="Check and show it; send nothing.")
@click.option("--wait", "is_waiting", is_flag=True, help="Wait for the robot's minute or rest.")
@click.option("-y", "--yes", "is_agreed", is_flag=True, help="Do not ask about production robots.")
@click.option("--insist", "is_insisting", is_flag=True, help="Send what DingTalk would refuse.")
@click.option("--msg-uuid", callback=_read_uuid, metavar="UUID", help="Retry under this id.")
@click.option(
    "--if-not-sent-within",
    callback=read_duration,
    metavar="10m",
    help="Send nothing where the robot got the same message within this time.",
)
@click.option(
    "--table",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="CSV, XLSX or ODS: one message for each row; {{heading}} is its cell.",
)
@click.option("--sheet", metavar="NAME", help="A sheet of it; the first one without.")
@click.option("--heading-row", type=click.IntRange(min=1), metavar="N", help="Its headings' row.")
@click.option("--robot-column", metavar="NAME", help="The column that names each row's robot.")
@click.option("--mention-column", metavar="NAME", help="The column that names whom to mention.")
@click.option(
    "--optional-column",
    "optional_columns",
    multiple=True,
    metavar="NAME",
    help="A column that may be empty: its line is left out then. Repeatable.",
)
@click.option("--only-good-rows", is_flag=True, help="Leave out rows that something keeps back.")
@click.option(
    "--outcome",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a copy of the table with what became of each row: .xlsx or .csv.",
)
def send(message_input: MessageInput, **options: Any) -> None:
    """Send a message, signed, at the robots' pace, and say what became of it.

    With --table one message for each row; after a crash the same command goes on where it was.
    """
    names = [one.name for one in fields(TableOptions)]
    table = TableOptions(**{name: options.pop(name) for name in names})
    wanted = SendOptions(**options, table=table)
    wanted.demand_sense()
    message_input.demand_sense()
    if table.path is not None:
        from dingcomposer.cli import table_sending

        sys.exit(table_sending.run(click.get_current_context().obj, message_input, wanted))
    from dingcomposer.cli import sending

    sys.exit(sending.run(click.get_current_context().obj, message_input, wanted))
