"""What is due is sent once, what was missed is told and never sent by itself."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dingcomposer.core.delivery import BroadcastOrder, Fault, Status
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Credentials, Stage
from dingcomposer.core.scheduling.schedule import Obstacle, RunState
from dingcomposer.core.scheduling.timing import GRACE, DayRule
from dingcomposer.core.scheduling.working_calendar import EnteredDay
from dingcomposer.core.templates.template import FieldKind, TemplateField
from dingcomposer.sandbox.server import SandboxServer
from dingcomposer.services.scheduling.planner import WAIT_AT_MOST, with_my_name
from dingcomposer.storage.planned.origins import OriginKind, SendOrigin, origin_of
from dingcomposer.storage.planned.runs import MOST_MISSED
from dingcomposer.storage.planned.schedules import KEPT_REMOVED, ScheduleConflict
from dingcomposer.storage.robots import RobotStore
from tests.fakes.planned import PlannedProgram

LIMIT_MS = 20_000
Open = Callable[..., PlannedProgram]


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with SandboxServer(pace_per_minute=None) as server:
        yield server


@pytest.fixture
def open_program(tmp_path: Path, server: SandboxServer, qapp: object) -> Iterator[Open]:
    """Programs on one data folder, closed in the end."""
    opened: list[PlannedProgram] = []

    def open_one(at: str = "2026-11-30 08:00") -> PlannedProgram:
        program = PlannedProgram(tmp_path, server, datetime.fromisoformat(f"{at}+08:00"))
        opened.append(program)
        return program

    yield open_one
    for program in opened:
        program.close()


@pytest.fixture
def program(open_program: Open) -> PlannedProgram:
    return open_program()


def wait(program: PlannedProgram, qtbot: QtBot) -> None:
    """Until what was sent is over, and written down."""

    def is_over() -> bool:
        rows = program.engine.history.page()
        return program.engine.outbox.is_idle and all(one.status.is_final for one in rows)

    qtbot.waitUntil(is_over, timeout=LIMIT_MS)


def states(program: PlannedProgram, schedule_id: str) -> list[str]:
    return [one.state.value for one in program.planner.runs.of_schedule(schedule_id)]


def test_a_run_is_sent_at_its_time_and_once(program: PlannedProgram, qtbot: QtBot) -> None:
    schedule = program.add()
    program.at("2026-12-01 08:59:59")
    assert program.ran == []
    program.at("2026-12-01 09:00:00")
    program.at("2026-12-01 09:00:30")
    wait(program, qtbot)
    assert program.arrived() == ["早上好"]
    (run,) = program.planner.runs.of_schedule(schedule.schedule_id)
    assert run.state is RunState.TAKEN
    assert [one.status for one in run.sends] == [Status.DELIVERED]
    program.at("2026-12-02 09:01")
    wait(program, qtbot)
    assert program.arrived() == ["早上好", "早上好"]


def test_the_planner_looks_by_itself(program: PlannedProgram, qtbot: QtBot) -> None:
    program.add()
    program.planner.start()
    program.now = program.now.replace(day=1, month=12, hour=8, minute=59, second=59)
    program.now += timedelta(milliseconds=999)
    program.planner.look()
    program.now += timedelta(milliseconds=1)
    qtbot.waitUntil(lambda: bool(program.ran), timeout=LIMIT_MS)


def test_what_was_missed_is_told_and_never_sent_by_itself(
    program: PlannedProgram, open_program: Open, qtbot: QtBot
) -> None:
    schedule = program.add()
    program.at(f"2026-12-02 09:0{int(GRACE.total_seconds()) // 60}:01")
    assert states(program, schedule.schedule_id) == ["missed", "missed"]
    assert [one.state for one in program.missed] == [RunState.MISSED] * 2
    later = open_program()
    later.robot()
    later.at("2026-12-02 12:00")
    assert later.missed == [], "told once as news, and from then on in the list"
    yesterday, today = later.planner.runs.open_runs()
    later.planner.leave([yesterday.run_id])
    assert later.planner.send_late(today.run_id) is not None
    assert later.planner.send_late(today.run_id) is None, "answered is answered"
    assert program.planner.send_late(yesterday.run_id) is None, "in the other program too"
    wait(later, qtbot)
    assert later.arrived() == ["早上好"]
    assert states(later, schedule.schedule_id) == ["taken", "left"]
    assert later.planner.runs.open_runs() == ()


def test_within_the_grace_it_is_late_and_not_missed(program: PlannedProgram, qtbot: QtBot) -> None:
    program.add()
    program.at(f"2026-12-01 09:0{int(GRACE.total_seconds()) // 60}:00")
    wait(program, qtbot)
    assert (program.arrived(), program.missed) == (["早上好"], [])


def test_what_was_due_while_nothing_ran_is_missed_however_late_it_is(
    program: PlannedProgram, open_program: Open, qtbot: QtBot
) -> None:
    schedule = program.add()
    program.planner.stop()
    later = open_program("2026-12-01 09:00:02")
    later.robot()
    later.planner.start()
    assert (later.ran, [one.state for one in later.missed]) == ([], [RunState.MISSED])
    assert later.engine.history.page() == ()
    later.at("2026-12-02 09:03")
    wait(later, qtbot)
    assert states(later, schedule.schedule_id) == ["taken", "missed"], "by then it was running"


def test_a_clock_that_was_ahead_at_the_start_keeps_nothing_from_being_sent(
    program: PlannedProgram, open_program: Open, qtbot: QtBot
) -> None:
    program.add()
    later = open_program("2030-01-01 12:00")
    later.robot()
    later.at("2026-12-01 08:59")
    later.at("2026-12-01 09:00:01")
    wait(later, qtbot)
    assert (later.arrived(), later.planner.runs.open_runs()) == (["早上好"], ())


def test_of_a_long_time_away_the_newest_are_listed_and_the_others_counted(
    program: PlannedProgram,
) -> None:
    schedule = program.add(rule="FREQ=HOURLY")
    program.at("2026-12-31 12:30")
    missed = program.planner.runs.of_schedule(schedule.schedule_id)
    assert len(missed) == MOST_MISSED
    assert len(missed) + missed[-1].earlier == 30 * 24 + 4
    assert [one.earlier for one in missed[:-1]] == [0] * (MOST_MISSED - 1)


def test_a_clock_that_is_set_back_sends_nothing_twice(
    program: PlannedProgram, qtbot: QtBot
) -> None:
    schedule = program.add()
    program.at("2026-12-01 09:00")
    program.at("2026-12-01 08:30")
    program.at("2026-12-01 09:00")
    program.at("2026-11-20 09:00")
    program.at("2026-12-01 09:01")
    wait(program, qtbot)
    assert program.arrived() == ["早上好"]
    program.at("2026-12-02 09:00")
    wait(program, qtbot)
    assert program.arrived() == ["早上好"] * 2
    assert states(program, schedule.schedule_id) == ["taken", "taken"]


def test_a_clock_that_was_ahead_takes_nothing_away_from_what_is_to_come(
    program: PlannedProgram, qtbot: QtBot
) -> None:
    schedule = program.add()
    program.at("2030-01-01 12:00")
    assert program.planner.runs.open_runs(), "by that clock all those years were missed"
    program.at("2026-11-30 09:00")
    assert program.planner.runs.open_runs() == (), "by this one they are still to come"
    program.at("2026-12-01 09:00")
    wait(program, qtbot)
    assert program.arrived() == ["早上好"]
    # What was sent by a clock that was ahead stands, and is not sent again when its time comes.
    program.at("2026-12-05 09:00")
    wait(program, qtbot)
    program.at("2026-12-01 10:00")
    for day in (2, 3, 4, 5, 6):
        program.at(f"2026-12-0{day} 09:00")
        wait(program, qtbot)
    assert len(program.arrived()) == 6
    assert states(program, schedule.schedule_id) == ["taken"] * 6


def test_a_clock_a_century_ahead_is_got_over(program: PlannedProgram) -> None:
    program.add(rule="FREQ=WEEKLY")
    program.at("2126-12-01 12:00")
    assert len(program.planner.runs.open_runs()) == MOST_MISSED
    program.at("2026-11-30 12:00")
    assert program.planner.runs.open_runs() == ()


def test_two_programs_at_once_send_it_once(
    program: PlannedProgram, open_program: Open, qtbot: QtBot
) -> None:
    program.add()
    other = open_program()
    other.robot()
    for one in (program, other):
        one.at("2026-12-01 09:00")
    for one in (program, other):
        wait(one, qtbot)
    assert program.arrived() == ["早上好"]
    assert [len(program.ran), len(other.ran)] == [1, 0]


def test_what_another_program_kept_is_known_at_once(
    program: PlannedProgram, open_program: Open, qtbot: QtBot
) -> None:
    other = open_program()
    other.engine.outbox.watch_elsewhere()
    schedule = program.add()
    with qtbot.waitSignal(other.planner.changed, timeout=LIMIT_MS):
        pass
    assert [one.schedule_id for one in other.planner.schedules] == [schedule.schedule_id]
    other.planner.set_paused(schedule.schedule_id, is_paused=True)
    program.at("2026-12-01 09:00")  # it has not heard of that
    assert program.arrived() == []
    assert program.ran == []


def test_while_it_is_paused_nothing_is_sent_and_nothing_missed(
    program: PlannedProgram, qtbot: QtBot
) -> None:
    schedule = program.add()
    program.planner.set_paused(schedule.schedule_id, is_paused=True)
    assert program.planner.next_dues(program.planner.schedules[0]) == ()
    program.at("2026-12-03 12:00")
    program.planner.set_paused(schedule.schedule_id, is_paused=False)
    program.at("2026-12-03 12:01")
    assert (program.missed, program.ran) == ([], [])
    program.at("2026-12-04 09:00")
    wait(program, qtbot)
    assert program.arrived() == ["早上好"]


def test_a_change_counts_from_now_on_and_the_first_to_change_wins(
    program: PlannedProgram, open_program: Open, qtbot: QtBot
) -> None:
    schedule = program.add()
    other = open_program()
    text = replace(schedule.template.draft, text="改过了")
    changed = replace(schedule, template=replace(schedule.template, draft=text))
    program.now = program.now.replace(day=1, month=12, hour=9, minute=10)
    program.planner.change(changed)
    assert states(program, schedule.schedule_id) == ["missed"], "by its old times"
    with pytest.raises(ScheduleConflict):
        other.planner.change(replace(schedule, name="太迟"))
    program.at("2026-12-02 09:00")
    wait(program, qtbot)
    assert program.arrived() == ["改过了"]


def test_a_removed_schedule_can_be_had_back(program: PlannedProgram) -> None:
    schedule = program.add()
    program.planner.remove(schedule.schedule_id)
    program.at("2026-12-01 09:00")
    assert (program.planner.schedules, program.ran) == ((), [])
    program.planner.restore(schedule.schedule_id)
    program.at("2026-12-01 09:01")
    assert program.ran == []
    program.at("2026-12-02 09:00")
    assert len(program.ran) == 1
    program.planner.remove(schedule.schedule_id)
    program.now += KEPT_REMOVED + timedelta(days=1)
    program.planner.remove(program.add(start="2027-03-01 09:00").schedule_id)
    program.planner.restore(schedule.schedule_id)
    assert program.planner.schedules == ()
    assert program.planner.runs.of_schedule(schedule.schedule_id) == ()


def test_what_waited_too_long_in_the_queue_is_asked_about_and_not_sent_late(
    program: PlannedProgram, qtbot: QtBot
) -> None:
    """Somebody pauses the queue in the morning and lets it go on at noon, say."""
    robots = [program.robot("r-1"), program.robot("r-2")]
    schedule = program.add(robots=robots)
    program.engine.outbox.pause()
    program.at("2026-12-01 09:00")
    assert len(program.ran) == 1
    program.now += WAIT_AT_MOST + timedelta(seconds=1)
    program.engine.outbox.resume()
    wait(program, qtbot)
    qtbot.waitUntil(lambda: bool(program.missed), timeout=LIMIT_MS)
    assert program.server.exchanges() == ()
    (run,) = program.planner.runs.open_runs()
    assert (run.state, run.sends) == (RunState.MISSED, ())
    assert {one.status for one in program.engine.history.page()} == {Status.CANCELLED}
    program.planner.send_late(run.run_id)
    wait(program, qtbot)
    assert program.arrived() == ["早上好"] * 2
    assert states(program, schedule.schedule_id) == ["taken"]


def test_what_waits_its_turn_in_the_queue_still_goes(program: PlannedProgram, qtbot: QtBot) -> None:
    program.add()
    program.engine.outbox.pause()
    program.at("2026-12-01 09:00")
    program.now += WAIT_AT_MOST
    program.engine.outbox.resume()
    wait(program, qtbot)
    assert (program.arrived(), program.missed) == (["早上好"], [])


def test_run_now_leaves_its_times_as_they_are(program: PlannedProgram, qtbot: QtBot) -> None:
    schedule = program.add()
    run = program.planner.run_now(schedule.schedule_id)
    assert run is not None
    assert run.is_by_hand
    wait(program, qtbot)
    program.at("2026-12-01 09:00")
    wait(program, qtbot)
    assert program.arrived() == ["早上好"] * 2


def test_a_day_that_nobody_knows_is_asked_about(program: PlannedProgram, qtbot: QtBot) -> None:
    schedule = program.add(
        start="2035-01-01 09:00",
        rule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        day_rule=DayRule.WORKING_DAYS,
    )
    program.at("2035-01-01 09:00")
    assert program.arrived() == []
    (run,) = program.planner.runs.open_runs()
    assert run.state is RunState.UNKNOWN_DAY
    program.planner.enter_days([EnteredDay(date(2035, 1, 2), is_worked=True)])
    program.at("2035-01-02 09:00")
    wait(program, qtbot)
    assert program.arrived() == ["早上好"]
    program.planner.set_year_whole(2035, is_whole=True)
    (due,) = program.planner.next_dues(program.planner.schedules[0])
    assert due.is_known
    program.planner.set_year_whole(2035, is_whole=False)
    program.planner.forget_day(EnteredDay(date(2035, 1, 2), is_worked=True))
    (due,) = program.planner.next_dues(program.planner.schedules[0])
    assert not due.is_known
    assert schedule.schedule_id == program.planner.schedules[0].schedule_id


def test_each_run_has_the_words_of_its_day(program: PlannedProgram, qtbot: QtBot) -> None:
    robots = [program.robot("r-1"), program.robot("r-2")]
    field = TemplateField("事项", FieldKind.TEXT)
    schedule = program.add(
        "{{群名}}：{{今天}}，{{事项}}，{{我的名字}}",
        robots=robots,
        fields=[field],
        values=[("事项", "例会")],
    )
    program.planner.change(with_my_name(schedule, "小王"))
    (expected, *_) = program.planner.expect(program.planner.schedules[0], 3)
    words = [one.message.content for one in expected.sends if hasattr(one.message, "content")]
    program.at("2026-12-01 09:00")
    wait(program, qtbot)
    assert sorted(program.arrived()) == sorted(words)
    assert words == [f"群 r-{n}：12月1日（周二），例会，小王" for n in (1, 2)]


def test_a_field_without_a_value_lets_nothing_leave(program: PlannedProgram) -> None:
    schedule = program.add("{{事项}}", fields=[TemplateField("事项")])
    program.at("2026-12-01 09:00")
    (run,) = program.planner.runs.of_schedule(schedule.schedule_id)
    assert [one.obstacle for one in run.sends] == [Obstacle.UNFILLED]
    assert program.engine.history.page() == ()


def test_another_token_than_was_confirmed_lets_nothing_leave(
    program: PlannedProgram, qtbot: QtBot
) -> None:
    schedule = program.add()
    robot = program.robot()
    # The profile does not know it yet, but the keyring has another one.
    other = "f" * 64
    program.engine.secrets.hold(robot.robot_id, Credentials(other, "SEC"))
    program.at("2026-12-01 09:00")
    wait(program, qtbot)
    (run,) = program.planner.runs.of_schedule(schedule.schedule_id)
    assert [one.fault for one in run.sends] == [Fault.TOKEN_CHANGED]
    fingerprint = program.engine.fingerprint_of(other)
    RobotStore(program.engine.database).save(replace(robot, token_fingerprint=fingerprint))
    program.engine.robot_profiles.read_again()
    program.at("2026-12-02 09:00")
    newest, _ = program.planner.runs.of_schedule(schedule.schedule_id)
    assert [one.obstacle for one in newest.sends] == [Obstacle.TOKEN_CHANGED]
    assert program.server.exchanges() == ()


@pytest.mark.parametrize(
    ("change", "obstacle"),
    [
        ({"stage": Stage.PRODUCTION}, Obstacle.STAGE_CHANGED),
        ({"is_archived": True}, Obstacle.ROBOT_GONE),
        ({"endpoint": "https://example.com/robot/send"}, Obstacle.MOVED),
        ({"keywords": ("通知",)}, Obstacle.REFUSED),
    ],
)
def test_a_robot_that_is_another_than_was_confirmed_gets_nothing(
    program: PlannedProgram, change: dict[str, object], obstacle: Obstacle
) -> None:
    good = program.robot("r-2")
    schedule = program.add(robots=[program.robot(), good])
    changes: dict[str, object] = change
    RobotStore(program.engine.database).save(replace(program.robot(), **changes))  # type: ignore[arg-type]
    program.engine.robot_profiles.read_again()
    (expected,) = program.planner.expect(program.planner.schedules[0], 1)
    assert [one.obstacle for one in expected.sends] == [obstacle, None], "told before, too"
    program.at("2026-12-01 09:00")
    (run,) = program.planner.runs.of_schedule(schedule.schedule_id)
    assert {one.robot_id: one.obstacle for one in run.sends} == {"r-1": obstacle, "r-2": None}


def test_no_secret_stands_in_the_tables(program: PlannedProgram) -> None:
    program.add()
    program.at("2026-12-01 09:00")
    tables = ("schedules", "planned_runs", "planned_sends")
    rows = [
        tuple(row)
        for name in tables
        for row in program.engine.database.rows(f"SELECT * FROM {name}")
    ]
    for secret in (program.server.access_token, program.server.secret):
        assert secret not in repr(rows)


def test_each_send_says_for_good_which_schedule_it_came_from(
    program: PlannedProgram, qtbot: QtBot
) -> None:
    schedule = program.add()
    program.at("2026-12-01 09:00:00")
    wait(program, qtbot)
    program.planner.run_now(schedule.schedule_id)
    wait(program, qtbot)
    program.planner.remove(schedule.schedule_id)
    database = program.engine.database
    by_hand, planned = program.engine.history.page()
    due = datetime.fromisoformat("2026-12-01T09:00+08:00")
    kind = OriginKind.SCHEDULE
    assert origin_of(database, planned.msg_uuid) == SendOrigin(kind, schedule.name, due)
    assert origin_of(database, by_hand.msg_uuid) == SendOrigin(kind, schedule.name)
    assert origin_of(database, "nobody") is None
    database.run("DELETE FROM sends")
    assert origin_of(database, planned.msg_uuid) is None


def test_a_draft_is_known_as_planned_while_it_stands_as_it_was_kept(
    program: PlannedProgram,
) -> None:
    schedule = program.add("今天 {{today}}")
    draft = Draft(text="今天 {{today}}")
    assert program.planner.due_of(draft) == datetime.fromisoformat("2026-12-01T09:00+08:00")
    assert program.planner.due_of(Draft(text="今天")) is None
    program.planner.set_paused(schedule.schedule_id, is_paused=True)
    assert program.planner.due_of(draft) is None


def test_the_message_of_the_next_run_has_its_dates(program: PlannedProgram) -> None:
    schedule = program.add("今天 {{today}}")
    assert program.planner.next_message(schedule) == Text("今天 12月1日（周二）")
    program.now = datetime.fromisoformat("2026-12-05T10:00+08:00")
    assert program.planner.next_message(schedule) == Text("今天 12月6日（周日）")


def test_the_order_of_a_list_holds_for_its_schedule(program: PlannedProgram, qtbot: QtBot) -> None:
    robots = [program.robot(f"r-{number}") for number in (1, 2, 3)]
    order = BroadcastOrder("所有分店", 0.0, stops_at_failure=True)
    schedule = program.add(robots=robots)
    schedule = program.planner.change(replace(schedule, order=order))
    assert program.planner.get(schedule.schedule_id) == schedule, "kept as it is"
    rules = program.server.robot.rules
    program.server.robot.rules = replace(rules, keywords=("没有",))
    program.at("2026-12-01 09:00")
    wait(program, qtbot)
    (run,) = program.planner.runs.of_schedule(schedule.schedule_id)
    told = [(one.status, one.fault) for one in run.sends]
    assert told == [
        (Status.REFUSED, None),
        (Status.NOT_SENT, Fault.STOPPED),
        (Status.NOT_SENT, Fault.STOPPED),
    ]
    group_id = program.engine.history.page()[0].group_id
    assert group_id is not None
    assert program.engine.history.order_of(group_id) == order
