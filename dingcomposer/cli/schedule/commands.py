"""`schedule`: its commands and their options; what they do is imported when one is called."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from dingcomposer.cli.names import lists, removed_schedules, robots_and_lists, schedules
from dingcomposer.cli.options import GroupOfOptionsOnce, MessageInput, message_options

if TYPE_CHECKING:
    from dingcomposer.cli.schedule.adding import ScheduleOptions

DAY_RULES: Final = ("any", "no-holidays", "working-days")
REPETITIONS: Final = {
    "day": "FREQ=DAILY",
    "weekday": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "week": "FREQ=WEEKLY",
    "month": "FREQ=MONTHLY",
    "year": "FREQ=YEARLY",
}
"""What --every takes, and the rule that it stands for; the first time says the rest."""

_json = click.option("--json", "is_json", is_flag=True, help="One JSON object on standard output.")
_run = click.IntRange(1, 2**63 - 1)  # as many as the database can number
_name = click.argument("name", shell_complete=schedules)


def _read_time(_context: click.Context, _option: click.Parameter, value: str | None) -> Any:
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value.strip())
    except ValueError:
        raise click.BadParameter("write it like 2026-12-01 09:00") from None
    if at.tzinfo is not None:
        raise click.BadParameter("write it without an offset, and give --zone")
    return at


def _read_day(_context: click.Context, _option: click.Parameter, value: Any) -> Any:
    try:
        if isinstance(value, tuple):
            return tuple(date.fromisoformat(one) for one in value)
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter("write it like 2026-12-01") from None


def _all_of(*options: Callable[..., Any]) -> Callable[..., Any]:
    """Several options as one decorator, in this order."""

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorated


_target = _all_of(
    click.option(
        "--robot",
        "robots",
        multiple=True,
        metavar="NAME",
        shell_complete=robots_and_lists,
        help="Robot or list; repeatable.",
    ),
    click.option(
        "--list",
        "robot_list",
        metavar="NAME",
        shell_complete=lists,
        help="All robots that are in a list now; who joins it later is not added.",
    ),
)
_repetition = _all_of(
    click.option(
        "--zone", metavar="ZONE", help="Such as Asia/Shanghai; of a new one this computer's."
    ),
    click.option(
        "--every",
        type=click.Choice(list(REPETITIONS)),
        help="How often; else once.",
    ),
    click.option("--rrule", metavar="RULE", help="How often, in iCalendar's RRULE."),
    click.option(
        "--days",
        type=click.Choice(DAY_RULES),
        help="Not on China's holidays; with working-days also on weekends that are worked.",
    ),
    click.option("--until", callback=_read_day, metavar="DATE", help="The last day."),
    click.option("--count", type=click.IntRange(1, 9_999), help="How many times in all."),
)
_checked = _all_of(
    click.option(
        *("--dry-run", "is_dry_run"), is_flag=True, help="Show the next ten runs; keep nothing."
    ),
    click.option(
        *("-y", "--yes", "is_agreed"), is_flag=True, help="Do not ask about production robots."
    ),
)


@click.group(cls=GroupOfOptionsOnce)
def schedule() -> None:
    """Send at a set time, once or again and again.

    A run is taken by whoever is first: the window while it is open, or `schedule run-due` from the
    system's scheduler, for which `schedule entry` writes what it needs. What was missed because
    nothing ran is told, and never sent late by itself.
    """


@schedule.command(name="list")
@_json
def list_schedules(is_json: bool) -> None:
    """List the schedules by id and name, with the next and the last run of each."""
    from dingcomposer.cli.schedule import keeping

    sys.exit(keeping.list_all(_common(), is_json=is_json))


@schedule.command()
@_name
@_json
def show(name: str, is_json: bool) -> None:
    """Show the schedule NAME (or its id): the next ten runs with what goes where, and the last."""
    from dingcomposer.cli.schedule import keeping

    sys.exit(keeping.show(_common(), name, is_json=is_json))


@schedule.command()
@click.option("--name", required=True, help="What it is called.")
@_target
@message_options
@click.option(
    "--at",
    "start",
    required=True,
    callback=_read_time,
    metavar="TIME",
    help="The first time, such as '2026-12-01 09:00', by the clock of --zone.",
)
@_repetition
@click.option("--paused", "is_paused", is_flag=True, help="Keep it, and let it rest.")
@_checked
@_json
def add(message_input: MessageInput, **options: Any) -> None:
    """Keep a message to be sent at a set time. It holds its own copy of all that it sends."""
    from dingcomposer.cli.schedule import adding

    message_input.demand_sense()
    if not options["robots"] and options["robot_list"] is None:
        raise click.UsageError("Name --robot or --list.")
    sys.exit(adding.add(_common(), message_input, _schedule_options(options)))


@schedule.command()
@_name
@click.option("--name", "new_name", help="What it is called from now on.")
@_target
@message_options
@click.option(
    "--at", "start", callback=_read_time, metavar="TIME", help="The first time from now on."
)
@_repetition
@click.option("--once", "is_once", is_flag=True, help="No more again and again.")
@click.option("--endless", "is_endless", is_flag=True, help="Take its end away.")
@_checked
@_json
def change(name: str, new_name: str | None, message_input: MessageInput, **options: Any) -> None:
    """Change the schedule NAME (or its id); what no option names stays as it is.

    --field and --values alone change values of the template that it holds. What is due by the old
    times is sent by them.
    """
    from dingcomposer.cli.schedule import adding

    message_input.demand_sense(may_be_left_out=True)
    if options["is_endless"] and (options["until"] or options["count"]):
        raise click.UsageError("--endless contradicts --until and --count.")
    wanted = _schedule_options({"name": new_name, "is_paused": False, **options})
    sys.exit(adding.change(_common(), name, message_input, wanted))


def _schedule_options(options: dict[str, Any]) -> "ScheduleOptions":
    """The options of `add` and `change` together. Raises click.UsageError."""
    from dingcomposer.cli.schedule.adding import ScheduleOptions

    every, rule = options.pop("every"), options.pop("rrule")
    is_once = options.pop("is_once", False)
    if options["name"] is not None and not options["name"].strip():
        raise click.UsageError("--name is empty.")
    if sum((every is not None, rule is not None, is_once)) > 1:
        raise click.UsageError("Give --every or --rrule, not both; --once is neither.")
    if options["until"] and options["count"]:
        raise click.UsageError("Give --until or --count, not both.")
    if every is not None:
        rule = REPETITIONS[every]
    return ScheduleOptions(**{"is_endless": False, **options, "rule": "" if is_once else rule})


@schedule.command()
@_name
@_json
def pause(name: str, is_json: bool) -> None:
    """Let the schedule NAME rest: what is due meanwhile is neither sent nor missed."""
    from dingcomposer.cli.schedule import keeping

    sys.exit(keeping.set_paused(_common(), name, is_paused=True, is_json=is_json))


@schedule.command()
@_name
@_json
def resume(name: str, is_json: bool) -> None:
    """Let the schedule NAME go on."""
    from dingcomposer.cli.schedule import keeping

    sys.exit(keeping.set_paused(_common(), name, is_paused=False, is_json=is_json))


@schedule.command()
@_name
@_json
def remove(name: str, is_json: bool) -> None:
    """Take the schedule NAME away; `schedule restore` with its id has it back for 30 days."""
    from dingcomposer.cli.schedule import keeping

    sys.exit(keeping.remove(_common(), name, is_json=is_json))


@schedule.command()
@click.argument("schedule_id", shell_complete=removed_schedules)
@_json
def restore(schedule_id: str, is_json: bool) -> None:
    """Have a removed schedule back, by its id."""
    from dingcomposer.cli.schedule import keeping

    sys.exit(keeping.restore(_common(), schedule_id, is_json=is_json))


@schedule.command(name="run-now")
@_name
@click.option("-y", "--yes", "is_agreed", is_flag=True, help="Do not ask about production robots.")
@_json
def run_now(name: str, is_agreed: bool, is_json: bool) -> None:
    """Send what the schedule NAME holds now; its times stay as they are."""
    from dingcomposer.cli.schedule import running

    sys.exit(running.run_now(_common(), name, is_agreed=is_agreed, is_json=is_json))


@schedule.command(name="run-due")
@_json
def run_due(is_json: bool) -> None:
    """Send what is due now, unless another program was first, and wait for the outcome.

    Made for the system's scheduler, once a minute. What was missed is told, with exit code 4 the
    first time, and not sent.
    """
    from dingcomposer.cli.schedule import running

    sys.exit(running.run_due(_common(), is_json=is_json))


@schedule.command()
@click.option("--send", "sent", type=_run, metavar="RUN", help="Send this one now after all.")
@click.option("--leave", "left", type=_run, multiple=True, metavar="RUN", help="Let this one be.")
@click.option("-y", "--yes", "is_agreed", is_flag=True, help="Do not ask about production robots.")
@_json
def missed(sent: int | None, left: tuple[int, ...], is_agreed: bool, is_json: bool) -> None:
    """List what was missed, or say what is to become of it."""
    from dingcomposer.cli.schedule import running

    if sent is not None:
        sys.exit(running.send_missed(_common(), sent, is_agreed=is_agreed, is_json=is_json))
    sys.exit(running.missed(_common(), left, is_json=is_json))


@schedule.command()
@click.option("--off", multiple=True, callback=_read_day, metavar="DATE", help="A day off.")
@click.option("--worked", multiple=True, callback=_read_day, metavar="DATE", help="A day worked.")
@click.option("--forget", multiple=True, callback=_read_day, metavar="DATE", help="As published.")
@click.option("--whole-year", type=int, help="All dates of this year are entered now.")
@_json
def days(**options: Any) -> None:
    """Enter China's days off and worked weekends of a year that is not published here yet."""
    from dingcomposer.cli.schedule import keeping

    sys.exit(keeping.enter_days(_common(), **options))


@schedule.command()
@click.argument("action", type=click.Choice(["show", "install", "remove"]))
@click.option(
    "--for",
    "kind",
    type=click.Choice(["systemd", "cron", "launchd", "windows"]),
    help="Whose entry; that of this system by default.",
)
@_json
def entry(action: str, kind: str | None, is_json: bool) -> None:
    """Write what makes the system's scheduler call `schedule run-due` each minute, or remove it.

    `show` prints it and changes nothing. launchd and windows were never run where this was made.
    """
    from dingcomposer.cli.schedule import system_entry

    sys.exit(system_entry.run(_common(), action, kind, is_json=is_json))


def _common() -> Any:
    return click.get_current_context().obj
