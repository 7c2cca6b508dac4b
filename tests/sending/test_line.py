"""Jobs of different robots in a line: one after the other, with a gap, to the first failure."""

from dataclasses import replace
from math import inf

from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.delivery import BroadcastOrder, Fault, SendJob, Status
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.sending.schedule import Schedule, WaitReason
from tests.fakes.sender_harness import SenderHarness


def lined_up(gap_s: float, *robot_ids: str) -> Schedule:
    schedule = Schedule()
    schedule.line_up([f"u-{one}" for one in robot_ids], gap_s)
    for one in robot_ids:
        schedule.add(f"u-{one}", one)
    return schedule


def over(schedule: Schedule, robot_id: str, now: float) -> None:
    schedule.finish(robot_id, now, has_left=True)
    schedule.leave_line(f"u-{robot_id}", now)


def all_gone(schedule: Schedule) -> list[str]:
    """Take whatever may go until nothing may; the second letter of a job is its robot."""
    gone: list[str] = []
    while (taken := schedule.take(0.0)) is not None:
        gone.append(taken)
        schedule.finish(taken[1], 0.0, has_left=True)
        schedule.leave_line(taken, 0.0)
    return gone


def test_the_next_of_a_line_goes_so_long_after_the_one_before_was_over() -> None:
    schedule = lined_up(30.0, "a", "b", "c")
    assert schedule.take(0.0) == "u-a"
    assert schedule.take(5.0) is None, "the one before is under way"
    assert schedule.wait_s(5.0) == inf
    over(schedule, "a", 10.0)
    assert schedule.take(39.9) is None
    assert schedule.wait_s(10.0) == 30.0
    assert schedule.take(40.0) == "u-b"
    over(schedule, "b", 41.0)
    assert schedule.take(71.0) == "u-c"


def test_a_line_says_when_each_is_about_to_go_and_why_it_waits() -> None:
    schedule = lined_up(30.0, "a", "b", "c")
    told = [(one.due_in_s, one.reason) for one in schedule.waiting(0.0)]
    line = WaitReason.IN_LINE
    assert told == [(0.0, WaitReason.TURN), (30.0, line), (60.0, line)]
    without_gap = lined_up(0.0, "a", "b")
    told = [(one.due_in_s, one.reason) for one in without_gap.waiting(0.0)]
    assert told == [(0.0, WaitReason.TURN), (inf, line)]


def test_a_line_holds_up_no_robot_outside_of_it() -> None:
    schedule = lined_up(600.0, "a", "b")
    schedule.add("u-x", "x")
    assert schedule.take(0.0) == "u-a"
    assert schedule.take(0.0) == "u-x"


def test_who_is_taken_back_leaves_no_gap_and_stops_nobody() -> None:
    schedule = lined_up(30.0, "a", "b", "c")
    assert schedule.cancel("u-a")
    assert schedule.take(0.0) == "u-b"
    over(schedule, "b", 0.0)
    assert schedule.cancel_all() == ("u-c",)
    schedule.add("u-d", "c")
    assert schedule.take(0.0) == "u-d"


def test_a_retry_keeps_its_place_at_the_head_of_the_line() -> None:
    schedule = lined_up(0.0, "a", "b")
    schedule.take(0.0)
    schedule.finish("a", 1.0, has_left=True)
    schedule.put_back("u-a", "a", 5.0)
    assert schedule.take(1.0) is None, "the second waits for the outcome of the first"
    assert schedule.take(5.0) == "u-a"


def test_two_in_lines_never_overtake_each_other_so_that_none_waits_for_the_other() -> None:
    schedule = Schedule()
    schedule.line_up(["1a", "1b"], 0.0)
    schedule.line_up(["2b", "2a"], 0.0)
    for msg_uuid in ("1a", "1b", "2b", "2a"):
        schedule.add(msg_uuid, msg_uuid[1])
    schedule.add("xa", "a")
    assert not schedule.move("2a", -1)
    assert schedule.move("xa", -2), "what stands in no line goes where it is put"
    assert all_gone(schedule) == ["xa", "1a", "1b", "2b", "2a"]


@given(st.data())
def test_whatever_is_moved_every_line_comes_to_its_end_in_its_order(data: st.DataObject) -> None:
    schedule = Schedule()
    lines: list[list[str]] = []
    for number in range(data.draw(st.integers(1, 4))):
        robots = data.draw(st.permutations("abcd"))[: data.draw(st.integers(1, 4))]
        line = [f"{number}{one}" for one in robots]
        lines.append(line)
        schedule.line_up(line, 0.0)
        for msg_uuid in line:
            schedule.add(msg_uuid, msg_uuid[1])
    every = [one for line in lines for one in line]
    for _ in range(data.draw(st.integers(0, 6))):
        schedule.move(data.draw(st.sampled_from(every)), data.draw(st.integers(-3, 3)))
    gone = all_gone(schedule)
    assert sorted(gone) == sorted(every)
    for line in lines:
        assert [one for one in gone if one in line] == line


def jobs(harness: SenderHarness, *names: str) -> list[SendJob]:
    """One for each of these robots, which all lead to the sandbox."""
    return [
        harness.job(f"u-{name}", replace(harness.robot(), robot_id=name, name=name))
        for name in names
    ]


def line_up(harness: SenderHarness, order: BroadcastOrder, *names: str) -> None:
    harness.sender.submit_all(jobs(harness, *names), order)
    harness.sender.wake()


def ends(harness: SenderHarness, count: int) -> dict[str, tuple[Status, Fault | None]]:
    found = [harness.verdict() for _ in range(count)]
    return {one.msg_uuid: (one.status, one.fault) for one in found}


def test_a_gap_lies_between_two_sends_whatever_their_robots(harness: SenderHarness) -> None:
    line_up(harness, BroadcastOrder(gap_s=30.0), "a", "b")
    assert harness.verdict().msg_uuid == "u-a"
    assert [one.msg_uuid for one in harness.sender.waiting()] == ["u-b"]
    harness.clock.now_s += 30.0
    harness.sender.wake()
    assert harness.verdict().msg_uuid == "u-b"


def test_behind_a_refusal_nobody_is_sent_to_where_that_is_wished(harness: SenderHarness) -> None:
    harness.server.robot.faults = (FaultPlan(FaultKind.ROBOT_GONE),)
    line_up(harness, BroadcastOrder(stops_at_failure=True), "a", "b", "c")
    stopped = (Status.NOT_SENT, Fault.STOPPED)
    found = ends(harness, 3)
    assert found.pop("u-a")[0] is Status.REFUSED
    assert found == {"u-b": stopped, "u-c": stopped}
    assert len(harness.server.exchanges()) == 1
    assert harness.sender.is_idle


def test_without_that_wish_the_others_get_it_all_the_same(harness: SenderHarness) -> None:
    harness.server.robot.faults = (FaultPlan(FaultKind.ROBOT_GONE),)
    line_up(harness, BroadcastOrder(gap_s=1.0), "a", "b")
    assert harness.verdict().status is Status.REFUSED
    harness.server.robot.faults = ()
    harness.clock.now_s += 1.0
    harness.sender.wake()
    assert harness.verdict().status is Status.DELIVERED


def test_a_stop_of_the_program_cancels_what_waits_in_the_line(harness: SenderHarness) -> None:
    line_up(harness, BroadcastOrder(gap_s=60.0), "a", "b", "c")
    assert harness.verdict().status is Status.DELIVERED
    harness.sender.stop()
    assert ends(harness, 2) == {
        "u-b": (Status.CANCELLED, None),
        "u-c": (Status.CANCELLED, None),
    }
