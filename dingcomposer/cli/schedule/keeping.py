"""What keeps schedules: shown, paused, removed, had back; and the days that a person enters."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import click

from dingcomposer.cli.answers import ConfigurationError, ExitCode, answer
from dingcomposer.cli.engine_session import EngineSession, engine_session
from dingcomposer.cli.options import CommonOptions, tell
from dingcomposer.cli.schedule.words import (
    due_as_json,
    line_of_expected,
    line_of_run,
    run_as_json,
    schedule_as_json,
    timing_words,
)
from dingcomposer.core.scheduling.schedule import MessageSchedule
from dingcomposer.core.scheduling.timing import GRACE_OF_COMMANDS
from dingcomposer.core.scheduling.working_calendar import EnteredDay
from dingcomposer.services.scheduling.planner import ExpectedRun, Planner
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.planned.runs import PlannedRun


@contextmanager
def planning(common: CommonOptions) -> Iterator[tuple[EngineSession, Planner]]:
    """An engine with a planner that does nothing by itself. Raises ConfigurationError."""
    with engine_session(common) as session:
        engine = session.engine
        try:
            planner = Planner(
                engine.database,
                engine.history,
                engine.outbox,
                engine.robot_profiles,
                mask=session.hide,
                grace=GRACE_OF_COMMANDS,
            )
            yield session, planner
        except StorageError as error:
            raise ConfigurationError(f"The schedules cannot be kept: {error.fault}.") from None


def called(planner: Planner, name: str) -> MessageSchedule:
    """The schedule of this name, or whose id begins so. Raises ConfigurationError."""
    found = [one for one in planner.schedules if one.name == name]
    found = found or [one for one in planner.schedules if one.schedule_id.startswith(name)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(one.schedule_id for one in found)
        raise ConfigurationError(
            f"Several schedules are called {name!r}; name one by its id: {ids}"
        )
    known = ", ".join(one.name for one in planner.schedules) or "none"
    raise ConfigurationError(f"There is no schedule called {name!r}. Known: {known}.")


def list_all(common: CommonOptions, *, is_json: bool) -> ExitCode:
    """Say which there are."""
    with planning(common) as (_session, planner):
        if is_json:
            told = [schedule_as_json(planner, one) for one in planner.schedules]
            answer(ExitCode.DELIVERED, schedules=told, unreadable=planner.unreadable())
            return ExitCode.DELIVERED
        for one in planner.schedules:
            next_one = planner.next_dues(one)
            coming = f"{next_one[0].wall:%Y-%m-%d %H:%M}" if next_one else "-"
            coming = "paused" if one.is_paused else coming
            last = planner.runs.last(one.schedule_id)
            before = f"  last: {line_of_run(last)}" if last else ""
            about = f"{one.schedule_id}  {one.name}  {timing_words(one.timing)}"
            tell(f"{about}  next: {coming}{before}")
        if planner.unreadable():
            common.say(f"{planner.unreadable()} cannot be read by this version.")
    return ExitCode.DELIVERED


def show(common: CommonOptions, name: str, *, is_json: bool) -> ExitCode:
    """Say all of one."""
    with planning(common) as (_session, planner):
        one = called(planner, name)
        expected, runs = planner.expect(one), planner.runs.of_schedule(one.schedule_id, 10)
        if is_json:
            told = schedule_as_json(planner, one)
            told["expected"] = [due_as_json(each) for each in expected]
            told["runs"] = [run_as_json(each) for each in runs]
            answer(ExitCode.DELIVERED, **told)
            return ExitCode.DELIVERED
        tell(f"{one.name}: {timing_words(one.timing)}{' (paused)' if one.is_paused else ''}")
        tell(f"id {one.schedule_id}")
        show_expected(expected)
        for run in runs:
            tell(f"past: {line_of_run(run)}")
    return ExitCode.DELIVERED


def set_paused(
    common: CommonOptions, name: str, *, is_paused: bool, is_json: bool = False
) -> ExitCode:
    """Let one rest, or go on."""
    with planning(common) as (session, planner):
        schedule_id = called(planner, name).schedule_id
        with finishing_runs(common, session, planner):
            planner.set_paused(schedule_id, is_paused=is_paused)
        if is_json:
            told = schedule_as_json(planner, called(planner, schedule_id))
            answer(ExitCode.DELIVERED, **told)
    return ExitCode.DELIVERED


def remove(common: CommonOptions, name: str, *, is_json: bool) -> ExitCode:
    """Take one away."""
    with planning(common) as (session, planner):
        one = called(planner, name)
        with finishing_runs(common, session, planner):
            planner.remove(one.schedule_id)
        if is_json:
            answer(ExitCode.DELIVERED, **schedule_as_json(planner, one))
        common.say(f"Removed. Have it back: dingcomposer schedule restore {one.schedule_id}")
    return ExitCode.DELIVERED


def restore(common: CommonOptions, schedule_id: str, *, is_json: bool) -> ExitCode:
    """Have one back."""
    with planning(common) as (_session, planner):
        planner.restore(schedule_id)
        one = called(planner, schedule_id)
        if is_json:
            answer(ExitCode.DELIVERED, **schedule_as_json(planner, one))
    return ExitCode.DELIVERED


def enter_days(
    common: CommonOptions,
    *,
    off: Sequence[date],
    worked: Sequence[date],
    forget: Sequence[date],
    whole_year: int | None,
    is_json: bool,
) -> ExitCode:
    """Remember what a person says of some days, and say what is remembered."""
    entered = [*(EnteredDay(day, is_worked=False) for day in off)]
    entered += (EnteredDay(day, is_worked=True) for day in worked)
    with planning(common) as (_session, planner):
        if entered:
            planner.enter_days(entered)
        for day in forget:
            planner.forget_day(EnteredDay(day, is_worked=False))
        if whole_year is not None:
            planner.set_year_whole(whole_year, is_whole=True)
        calendar = planner.calendar
    if is_json:
        told = [
            {"day": one.day.isoformat(), "is_worked": one.is_worked} for one in calendar.entered
        ]
        answer(ExitCode.DELIVERED, days=told, whole_years=list(calendar.whole_years))
    else:
        for one in calendar.entered:
            tell(f"{one.day.isoformat()}  {'worked' if one.is_worked else 'off'}")
        for year in calendar.whole_years:
            tell(f"{year}  whole")
    return ExitCode.DELIVERED


def wait_for(session: EngineSession, runs: Sequence[PlannedRun]) -> None:
    """Until each send of these runs is over: its robot's minute, or rest, is waited for."""
    uuids = [one.msg_uuid for run in runs for one in run.sends if one.msg_uuid]
    history = session.engine.history

    def is_over() -> bool:
        rows = [history.row(one) for one in uuids]
        return all(row is None or row.status.is_final for row in rows)

    session.run_until(is_over)


@contextmanager
def finishing_runs(
    common: CommonOptions, session: EngineSession, planner: Planner
) -> Iterator[None]:
    """What a schedule's change finds due by its old times is taken, and not cut short."""
    ran: list[PlannedRun] = []
    planner.ran.connect(ran.extend)
    yield
    wait_for(session, ran)
    for run in ran:
        common.say(f"It was due just now: {line_of_run(planner.runs.run(run.run_id) or run)}")


def demand_agreement(schedule: MessageSchedule, *, is_agreed: bool) -> None:
    """Ask before something goes to production. Raises click.UsageError where nobody is there."""
    names = ", ".join(one.name for one in schedule.robots if one.stage.value == "production")
    if not names or is_agreed:
        return
    if not sys.stdin.isatty():
        raise click.UsageError(f"{names}: production. There is nobody to ask here: give --yes.")
    click.confirm(f"To {names} (production)?", abort=True, err=True)


def show_expected(expected: Sequence[ExpectedRun]) -> None:
    """Print the runs to come, with what goes where."""
    for run in expected:
        for line in line_of_expected(run):
            tell(line)
