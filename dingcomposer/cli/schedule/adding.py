"""What adds a schedule, and changes one: its words, its robots and its times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

import click

from dingcomposer.cli.answers import ConfigurationError, ExitCode, RefusalError, answer
from dingcomposer.cli.engine_session import EngineSession
from dingcomposer.cli.filling import checked_values, my_name, template_called
from dingcomposer.cli.options import CommonOptions, MessageInput, tell
from dingcomposer.cli.schedule.keeping import (
    called,
    demand_agreement,
    finishing_runs,
    planning,
    show_expected,
)
from dingcomposer.cli.schedule.words import due_as_json, line_of_expected, schedule_as_json
from dingcomposer.cli.sending import robots_of_list
from dingcomposer.core.delivery import AT_ONCE, BroadcastOrder
from dingcomposer.core.draft import from_message
from dingcomposer.core.robot import Robot
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.core.scheduling.recurrence import RuleError
from dingcomposer.core.scheduling.schedule import MessageSchedule, Obstacle, scheduled
from dingcomposer.core.scheduling.timing import DayRule, ScheduleTiming, TimingError, timing_of
from dingcomposer.core.templates.template import FieldKind, Template
from dingcomposer.services.scheduling.planner import (
    ExpectedRun,
    HoldsSecret,
    Planner,
    local_zone,
    with_my_name,
)
from dingcomposer.storage.planned.schedules import ScheduleConflict
from dingcomposer.storage.secrets import SecretsUnavailable


@dataclass(frozen=True, slots=True)
class ScheduleOptions:
    """What the options of `add` and `change` say beside the message; what is None stays as it is.

    A `rule` of "" means once; `is_endless` takes an end away.
    """

    name: str | None
    robots: tuple[str, ...]
    robot_list: str | None
    start: datetime | None
    zone: str | None
    rule: str | None
    days: str | None
    until: date | None
    count: int | None
    is_endless: bool
    is_paused: bool
    is_dry_run: bool
    is_agreed: bool
    is_json: bool

    @property
    def has_robots(self) -> bool:
        """Whether they say to whom."""
        return bool(self.robots) or self.robot_list is not None

    @property
    def has_timing(self) -> bool:
        """Whether they say when."""
        given = (self.start, self.zone, self.rule, self.days, self.until, self.count)
        return self.is_endless or any(one is not None for one in given)

    def timing(self, before: ScheduleTiming | None = None) -> ScheduleTiming:
        """When it is to be sent, with what stays of `before`. Raises click.UsageError."""
        start = self.start if self.start is not None or before is None else before.start
        assert start is not None
        rule = self.rule if self.rule is not None else before.rule if before is not None else ""
        if not rule and (self.until or self.count or self.days not in (None, "any")):
            raise click.UsageError("--until, --count and --days belong to --every or --rrule.")
        until, count = None, self.count
        if self.until is not None:
            until = datetime.combine(self.until, time(23, 59, 59))
        elif count is None and before is not None and not self.is_endless:
            until, count = before.until, before.count
        day_rule = before.day_rule if before is not None else DayRule.ANY
        if self.days is not None:
            day_rule = DayRule(self.days.replace("-", "_"))
        zone = self.zone or (local_zone() if before is None else before.zone)
        try:
            return timing_of(zone, start, rule, day_rule=day_rule, until=until, count=count)
        except RuleError as error:
            about = f" ({error.word})" if error.word else ""
            raise click.UsageError(
                f"--rrule {rule!r} is no rule that can be kept: "
                f"{error.fault.value.replace('_', ' ')}{about}."
            ) from None
        except TimingError as error:
            about = f" ({error.word})" if error.word else ""
            told = error.fault.value.replace("_", " ")
            raise click.UsageError(f"That time cannot be kept: {told}{about}.") from None


@dataclass(frozen=True, slots=True)
class _FilledTemplate:
    """What is sent: a template with values, and the names of the people in them, by number."""

    template: Template
    values: Mapping[str, str]
    people: Mapping[str, str]


def add(common: CommonOptions, message_input: MessageInput, wanted: ScheduleOptions) -> ExitCode:
    """Keep a new one, after it was shown what will go where."""
    assert wanted.name is not None
    with planning(common) as (session, planner):
        timing = wanted.timing()
        robots, lists = _robots(session, common, wanted)
        words = _words(common, message_input, wanted.name, session, timing.start.date())
        schedule = MessageSchedule(
            "new",
            wanted.name,
            words.template,
            tuple(scheduled(_with_token_known(session, one)) for one in robots),
            timing,
            tuple(words.values.items()),
            tuple(words.people.items()),
        )
        schedule = with_my_name(schedule, my_name(common.data_dir))
        schedule = replace(schedule, order=_order_of(lists))
        expected = planner.expect(schedule)
        if not expected:
            raise click.UsageError("All of its times lie in the past.")
        _demand_sendable(expected)
        if wanted.is_dry_run:
            return _show_dry_run(expected, lists, wanted)
        _agree(common, schedule, expected, is_agreed=wanted.is_agreed)
        try:
            kept = planner.add(schedule)
        except HoldsSecret:
            raise _holds_secret() from None
        if wanted.is_paused:
            planner.set_paused(kept.schedule_id, is_paused=True)
        common.say(f"Kept. Next: {expected[0].due.wall:%Y-%m-%d %H:%M} {timing.zone}.")
        common.say("It is sent while the window is open, or by the entry of: schedule entry show")
        _tell_kept(planner, kept.schedule_id, lists, is_json=wanted.is_json)
    return ExitCode.DELIVERED


def change(
    common: CommonOptions, name: str, message_input: MessageInput, wanted: ScheduleOptions
) -> ExitCode:
    """Keep one as the options say; all that they do not name stays as it is."""
    with planning(common) as (session, planner):
        before = called(planner, name)
        schedule, lists = before, list[RobotList]()
        if wanted.name is not None:
            schedule = replace(schedule, name=wanted.name)
        if wanted.has_timing:
            schedule = replace(schedule, timing=wanted.timing(before.timing))
        if wanted.has_robots:
            robots, lists = _robots(session, common, wanted)
            bound = tuple(scheduled(_with_token_known(session, one)) for one in robots)
            schedule = replace(schedule, robots=bound, order=_order_of(lists))
        if message_input.has_content:
            schedule = _with_words(common, message_input, schedule, session)
        if schedule == before:
            raise click.UsageError("Nothing of it would be another: say what is to be changed.")
        expected = planner.expect(schedule)
        if wanted.has_timing and not expected:
            raise click.UsageError("All of its times lie in the past.")
        if expected and (wanted.has_robots or message_input.has_content):
            _demand_sendable(expected)
        if wanted.is_dry_run:
            return _show_dry_run(expected, lists, wanted)
        if schedule != replace(before, name=schedule.name):
            _agree(common, schedule, expected, is_agreed=wanted.is_agreed)
        try:
            with finishing_runs(common, session, planner):
                planner.change(schedule)
        except HoldsSecret:
            raise _holds_secret() from None
        except ScheduleConflict:
            raise ConfigurationError(
                f"{before.name!r} was changed elsewhere just now; nothing was kept: again."
            ) from None
        common.say(f"Changed. Next: {_next(planner, schedule.schedule_id)}.")
        _tell_kept(planner, schedule.schedule_id, lists, is_json=wanted.is_json)
    return ExitCode.DELIVERED


def _next(planner: Planner, schedule_id: str) -> str:
    schedule = called(planner, schedule_id)
    if schedule.is_paused:
        return "paused"
    coming = planner.next_dues(schedule)
    return f"{coming[0].wall:%Y-%m-%d %H:%M} {schedule.timing.zone}" if coming else "never"


def _tell_kept(
    planner: Planner, schedule_id: str, lists: Sequence[RobotList], *, is_json: bool
) -> None:
    if is_json:
        told = schedule_as_json(planner, called(planner, schedule_id))
        answer(ExitCode.DELIVERED, **told, lists=[one.name for one in lists])
    else:
        tell(schedule_id)


def _show_dry_run(
    expected: Sequence[ExpectedRun], lists: Sequence[RobotList], wanted: ScheduleOptions
) -> ExitCode:
    if wanted.is_json:
        told = [due_as_json(one) for one in expected]
        answer(ExitCode.DELIVERED, dry_run=True, expected=told, lists=[one.name for one in lists])
    else:
        show_expected(expected)
    return ExitCode.DELIVERED


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


def _holds_secret() -> click.UsageError:
    return click.UsageError("A webhook's token or a secret stands in the message: it is not kept.")


def _words(
    common: CommonOptions,
    message_input: MessageInput,
    name: str,
    session: EngineSession,
    day: date,
) -> _FilledTemplate:
    """The message of the options. Raises click.UsageError."""
    if message_input.template is None:
        return _FilledTemplate(Template(name, from_message(message_input.read(common))), {}, {})
    if message_input.has_mentions:
        raise click.UsageError("Who is mentioned says the template: give its --field.")
    template = template_called(common.data_dir, message_input.template, common.say)
    return _filled(template, message_input, session, day)


def _filled(
    template: Template, message_input: MessageInput, session: EngineSession, day: date
) -> _FilledTemplate:
    given = message_input.field_values()
    values, names = checked_values(template, given, session.contacts, day)
    asked = {one.name for one in template.asked if one.kind is FieldKind.PERSON}
    numbers = " ".join(value for name, value in values.items() if name in asked).split()
    return _FilledTemplate(template, values, {one: names[one] for one in numbers if one in names})


def _with_words(
    common: CommonOptions,
    message_input: MessageInput,
    schedule: MessageSchedule,
    session: EngineSession,
) -> MessageSchedule:
    """With another message, or with other values for the fields of the one that it has."""
    day = schedule.timing.start.date()
    if message_input.has_source:
        words = _words(common, message_input, schedule.name, session, day)
    else:
        if message_input.has_mentions:
            raise click.UsageError("Who is mentioned is part of a message: give that as well.")
        new = _filled(schedule.template, message_input, session, day)
        words = replace(
            new,
            values=dict(schedule.values) | dict(new.values),
            people=dict(schedule.people) | dict(new.people),
        )
    schedule = replace(
        schedule,
        template=words.template,
        values=tuple(words.values.items()),
        people=tuple(words.people.items()),
    )
    return with_my_name(schedule, my_name(common.data_dir))


def _robots(
    session: EngineSession, common: CommonOptions, wanted: ScheduleOptions
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
        for one in robots_of_list(session, common, robot_list).robots:
            robots.setdefault(one.robot_id, one)
        common.say(
            f"Of the list {robot_list.name!r} its robots as it is now: who joins it later gets"
            " nothing."
        )
    return list(robots.values()), lists


def _order_of(lists: Sequence[RobotList]) -> BroadcastOrder:
    """The list's own order and gaps, where one list alone is named."""
    return lists[0].order if len(lists) == 1 else AT_ONCE


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
    """Refuse what could not be sent even now. Raises ConfigurationError and click's errors."""
    for one in expected[0].sends:
        if one.robot.token_fingerprint == "" and not one.robot.is_sandbox:
            raise ConfigurationError(f"{one.robot.name}: its webhook is missing.")
        match one.obstacle:
            case None:
                continue
            case Obstacle.UNFILLED:
                raise click.UsageError("A field of the template is empty: give --field NAME=VALUE.")
            case Obstacle.REFUSED:
                raise RefusalError(f"{one.robot.name}: DingTalk would refuse it; see check.")
            case obstacle:
                told = obstacle.value.replace("_", " ")
                raise ConfigurationError(
                    f"{one.robot.name}: nothing could be sent ({told}); name its --robot anew."
                )
