"""What keeps schedules: added, shown, paused, removed; and the days that a person enters."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time

import click

from dingcomposer.cli.engine_session import EngineSession, engine_session
from dingcomposer.cli.filling import checked_values, my_name, template_called, values_in
from dingcomposer.cli.options import CommonOptions, MessageInput, dumped, file_contents, tell
from dingcomposer.cli.outcomes import ConfigurationError, ExitCode
from dingcomposer.cli.schedule.words import (
    due_as_json,
    line_of_expected,
    line_of_run,
    run_as_json,
    schedule_as_json,
    timing_words,
)
from dingcomposer.cli.sending import robots_of_list
from dingcomposer.core.draft import from_message
from dingcomposer.core.robot import Robot
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.core.scheduling.recurrence import RuleError
from dingcomposer.core.scheduling.schedule import MessageSchedule, Obstacle, scheduled
from dingcomposer.core.scheduling.timing import (
    GRACE_OF_COMMANDS,
    DayRule,
    ScheduleTiming,
    TimingError,
    timing_of,
)
from dingcomposer.core.scheduling.working_calendar import EnteredDay
from dingcomposer.core.templates.template import FieldKind, Template
from dingcomposer.services.scheduling.planner import (
    ExpectedRun,
    HoldsSecret,
    Planner,
    local_zone,
    with_my_name,
)
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.secrets import SecretsUnavailable


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """What the options of `add` say beside the message."""

    name: str
    robots: tuple[str, ...]
    robot_list: str | None
    start: datetime
    zone: str | None
    rule: str
    days: str
    until: date | None
    count: int | None
    is_paused: bool
    is_dry_run: bool
    is_agreed: bool
    is_json: bool

    def timing(self) -> ScheduleTiming:
        """When it is to be sent. Raises click.UsageError."""
        until = None if self.until is None else datetime.combine(self.until, time(23, 59, 59))
        try:
            return timing_of(
                self.zone or local_zone(),
                self.start,
                self.rule,
                day_rule=DayRule(self.days.replace("-", "_")),
                until=until,
                count=self.count,
            )
        except RuleError as error:
            about = f" ({error.word})" if error.word else ""
            raise click.UsageError(
                f"--rrule {self.rule!r} is no rule that can be kept: "
                f"{error.fault.value.replace('_', ' ')}{about}."
            ) from None
        except TimingError as error:
            about = f" ({error.word})" if error.word else ""
            told = error.fault.value.replace("_", " ")
            raise click.UsageError(f"That time cannot be kept: {told}{about}.") from None


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
            tell(dumped({"schedules": told, "unreadable": planner.unreadable()}))
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
            tell(dumped(told))
            return ExitCode.DELIVERED
        tell(f"{one.name}: {timing_words(one.timing)}{' (paused)' if one.is_paused else ''}")
        tell(f"id {one.schedule_id}")
        _show_expected(expected)
        for run in runs:
            tell(f"past: {line_of_run(run)}")
    return ExitCode.DELIVERED


def add(common: CommonOptions, message_input: MessageInput, wanted: NewSchedule) -> ExitCode:
    """Keep a new one, after it was shown what will go where."""
    with planning(common) as (session, planner):
        timing = wanted.timing()
        robots, lists = _robots(session, common, wanted)
        schedule = _made(common, message_input, wanted, timing, session, named=robots)
        if len(lists) == 1:
            schedule = replace(schedule, order=lists[0].order)
        expected = planner.expect(schedule)
        if not expected:
            raise click.UsageError("All of its times lie in the past.")
        _demand_sendable(expected)
        if wanted.is_dry_run:
            if wanted.is_json:
                told = {"dry_run": True, "expected": [due_as_json(one) for one in expected]}
                told["lists"] = [one.name for one in lists]
                tell(dumped(told))
            else:
                _show_expected(expected)
            return ExitCode.DELIVERED
        _agree(common, schedule, expected, is_agreed=wanted.is_agreed)
        try:
            kept = planner.add(schedule)
        except HoldsSecret:
            raise click.UsageError(
                "A webhook's token or a secret stands in the message: it is not kept."
            ) from None
        if wanted.is_paused:
            planner.set_paused(kept.schedule_id, is_paused=True)
        common.say(f"Kept. Next: {expected[0].due.wall:%Y-%m-%d %H:%M} {timing.zone}.")
        common.say("It is sent while the window is open, or by the entry of: schedule entry show")
        if wanted.is_json:
            told = schedule_as_json(planner, called(planner, kept.schedule_id))
            tell(dumped({**told, "lists": [one.name for one in lists]}))
        else:
            tell(kept.schedule_id)
    return ExitCode.DELIVERED


def set_paused(
    common: CommonOptions, name: str, *, is_paused: bool, is_json: bool = False
) -> ExitCode:
    """Let one rest, or go on."""
    with planning(common) as (_session, planner):
        schedule_id = called(planner, name).schedule_id
        planner.set_paused(schedule_id, is_paused=is_paused)
        if is_json:
            tell(dumped(schedule_as_json(planner, called(planner, schedule_id))))
    return ExitCode.DELIVERED


def remove(common: CommonOptions, name: str, *, is_json: bool) -> ExitCode:
    """Take one away."""
    with planning(common) as (_session, planner):
        one = called(planner, name)
        if is_json:
            tell(dumped(schedule_as_json(planner, one)))
        planner.remove(one.schedule_id)
        common.say(f"Removed. Have it back: dingcomposer schedule restore {one.schedule_id}")
    return ExitCode.DELIVERED


def restore(common: CommonOptions, schedule_id: str, *, is_json: bool) -> ExitCode:
    """Have one back."""
    with planning(common) as (_session, planner):
        planner.restore(schedule_id)
        one = called(planner, schedule_id)
        if is_json:
            tell(dumped(schedule_as_json(planner, one)))
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
        tell(dumped({"days": told, "whole_years": list(calendar.whole_years)}))
    else:
        for one in calendar.entered:
            tell(f"{one.day.isoformat()}  {'worked' if one.is_worked else 'off'}")
        for year in calendar.whole_years:
            tell(f"{year}  whole")
    return ExitCode.DELIVERED


def demand_agreement(schedule: MessageSchedule, *, is_agreed: bool) -> None:
    """Ask before something goes to production. Raises click.UsageError where nobody is there."""
    names = ", ".join(one.name for one in schedule.robots if one.stage.value == "production")
    if not names or is_agreed:
        return
    if not sys.stdin.isatty():
        raise click.UsageError(f"{names}: production. There is nobody to ask here: give --yes.")
    click.confirm(f"To {names} (production)?", abort=True, err=True)


def _agree(
    common: CommonOptions,
    schedule: MessageSchedule,
    expected: Sequence[ExpectedRun],
    *,
    is_agreed: bool,
) -> None:
    """Show what will go where; of production a person says yes to it."""
    for run in expected:
        for line in line_of_expected(run):
            common.say(line)
    demand_agreement(schedule, is_agreed=is_agreed)


def _made(
    common: CommonOptions,
    message_input: MessageInput,
    wanted: NewSchedule,
    timing: ScheduleTiming,
    session: EngineSession,
    *,
    named: Sequence[Robot],
) -> MessageSchedule:
    robots = [_with_token_known(session, one) for one in named]
    values: dict[str, str] = {}
    people: tuple[tuple[str, str], ...] = ()
    if message_input.template is None:
        draft = from_message(message_input.read(common))
        template = Template(wanted.name, draft)
    else:
        if message_input.mobiles or message_input.user_ids or message_input.is_all:
            raise click.UsageError("Who is mentioned says the template: give its --field.")
        template = template_called(common.data_dir, message_input.template, common.say)
        given = {}
        if message_input.values is not None:
            given = values_in(file_contents(message_input.values), message_input.values.name)
        given |= dict(message_input.fields)
        values, names = checked_values(template, given, session.contacts, wanted.start.date())
        asked = {one.name for one in template.asked if one.kind is FieldKind.PERSON}
        numbers = " ".join(value for name, value in values.items() if name in asked).split()
        people = tuple((one, names[one]) for one in numbers if one in names)
    schedule = MessageSchedule(
        "new",
        wanted.name,
        template,
        tuple(scheduled(one) for one in robots),
        timing,
        tuple(values.items()),
        people,
    )
    return with_my_name(schedule, my_name(common.data_dir))


def _robots(
    session: EngineSession, common: CommonOptions, wanted: NewSchedule
) -> tuple[list[Robot], list[RobotList]]:
    """Those that were named, a list's in its order, each once; and the lists."""
    robots: dict[str, Robot] = {}
    lists: list[RobotList] = []
    for name in wanted.robots:
        robot_list = session.list_of_robot_option(name)
        if robot_list is None:
            robot = session.robot(name)
            robots.setdefault(robot.robot_id, robot)
        else:
            lists.append(robot_list)
    if wanted.robot_list is not None:
        lists.append(session.robot_list(wanted.robot_list))
    for robot_list in lists:
        for one in robots_of_list(session, common, robot_list)[0]:
            robots.setdefault(one.robot_id, one)
        common.say(
            f"Of the list {robot_list.name!r} its robots as it is now: who joins it later gets"
            " nothing."
        )
    return list(robots.values()), lists


def _with_token_known(session: EngineSession, robot: Robot) -> Robot:
    """The robot with its token's fingerprint, to which the schedule is bound."""
    if robot.token_fingerprint or robot.is_sandbox or not robot.has_token:
        return robot
    try:
        token = session.engine.secrets.read(robot.robot_id).access_token
    except SecretsUnavailable as error:
        why = error.reason.value.replace("_", " ")
        raise ConfigurationError(f"{robot.name}: its webhook cannot be read ({why}).") from None
    return replace(robot, token_fingerprint=session.engine.fingerprint_of(token))


def _demand_sendable(expected: Sequence[ExpectedRun]) -> None:
    """Refuse what could not be sent even now. Raises ConfigurationError and click.UsageError."""
    for one in expected[0].sends:
        if one.robot.token_fingerprint == "" and not one.robot.is_sandbox:
            raise ConfigurationError(f"{one.robot.name}: its webhook is missing.")
        if one.obstacle is Obstacle.UNFILLED:
            raise click.UsageError("A field of the template is empty: give --field NAME=VALUE.")
        if one.obstacle is not None:
            told = one.obstacle.value.replace("_", " ")
            raise click.UsageError(f"{one.robot.name}: nothing could be sent ({told}).")


def _show_expected(expected: Sequence[ExpectedRun]) -> None:
    for run in expected:
        for line in line_of_expected(run):
            tell(line)
