"""The pace: never more than 20 in any 60 seconds, and no robot waits for another."""

from math import inf

from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.sending.schedule import Schedule, WaitReason


def sent(schedule: Schedule, robot_id: str, now: float) -> str | None:
    """Take the next job and let its attempt be over at once."""
    msg_uuid = schedule.take(now)
    if msg_uuid is not None:
        schedule.finish(robot_id, now, has_left=True)
    return msg_uuid


def fill(schedule: Schedule, robot_id: str, count: int) -> None:
    for number in range(count):
        schedule.add(f"{robot_id}-{number}", robot_id)


def test_twenty_go_at_once_and_the_next_waits_for_the_minute() -> None:
    schedule = Schedule()
    fill(schedule, "a", 21)
    assert [sent(schedule, "a", 100.0) for _ in range(20)] == [f"a-{n}" for n in range(20)]
    assert schedule.left("a", 100.0) == 0
    assert sent(schedule, "a", 100.0) is None
    assert schedule.wait_s(100.0) == 60.0
    assert sent(schedule, "a", 159.9) is None
    assert sent(schedule, "a", 160.0) == "a-20"


def test_a_paced_robot_does_not_hold_up_another() -> None:
    schedule = Schedule()
    fill(schedule, "a", 21)
    schedule.add("b-0", "b")
    for _ in range(20):
        sent(schedule, "a", 0.0)
    assert schedule.take(0.0) == "b-0"


def test_one_attempt_of_a_robot_is_under_way_at_a_time() -> None:
    schedule = Schedule()
    fill(schedule, "a", 2)
    assert schedule.take(0.0) == "a-0"
    assert schedule.take(0.0) is None
    assert schedule.wait_s(0.0) == inf
    schedule.finish("a", 5.0, has_left=True)
    assert schedule.take(5.0) == "a-1"


def test_the_minute_counts_from_when_an_attempt_was_over() -> None:
    schedule = Schedule(per_minute=1)
    fill(schedule, "a", 2)
    schedule.take(0.0)
    schedule.finish("a", 9.0, has_left=True)
    assert schedule.wait_s(9.0) == 60.0


def test_an_attempt_that_never_left_does_not_count() -> None:
    schedule = Schedule(per_minute=1)
    fill(schedule, "a", 2)
    schedule.take(0.0)
    assert schedule.left("a", 0.0) == 0
    schedule.finish("a", 1.0, has_left=False)
    assert schedule.left("a", 1.0) == 1
    assert schedule.take(1.0) == "a-1"


def test_too_fast_rests_that_robot_for_ten_minutes_and_no_other() -> None:
    schedule = Schedule()
    fill(schedule, "a", 1)
    fill(schedule, "b", 1)
    schedule.rest("a", 0.0)
    assert schedule.left("a", 0.0) == 0
    assert schedule.take(0.0) == "b-0"
    assert schedule.take(599.0) is None
    assert schedule.wait_s(0.0) == 600.0
    assert schedule.take(600.0) == "a-0"


def test_an_earlier_run_counts_for_the_pace() -> None:
    schedule = Schedule()
    schedule.remember("a", [50.0, 10.0, 70.0, -3.0], now=1000.0)
    assert schedule.left("a", 1000.0) == 17
    schedule.remember_rest("b", 590.0, now=1000.0)
    assert schedule.left("b", 1000.0) == 0
    assert schedule.left("b", 1010.0) == 20


def test_a_job_tried_again_goes_before_the_others_of_its_robot() -> None:
    schedule = Schedule()
    fill(schedule, "a", 2)
    assert schedule.take(0.0) == "a-0"
    schedule.finish("a", 0.0, has_left=False)
    schedule.put_back("a-0", "a", not_before=3.0)
    assert schedule.take(1.0) is None
    assert schedule.take(3.0) == "a-0"


def test_nothing_is_due_before_the_job_that_stands_before_it() -> None:
    schedule = Schedule()
    fill(schedule, "a", 2)
    schedule.take(0.0)
    schedule.finish("a", 0.0, has_left=False)
    schedule.put_back("a-0", "a", not_before=3.0)
    assert [one.due_in_s for one in schedule.waiting(1.0)] == [2.0, 2.0]
    assert schedule.wait_s(1.0) == 2.0  # and not 0: whoever waits that long would look for ever


def test_robots_take_turns_in_the_order_of_the_queue() -> None:
    schedule = Schedule()
    for name, robot_id in (("1", "a"), ("2", "b"), ("3", "a"), ("4", "c")):
        schedule.add(name, robot_id)
    assert [one.msg_uuid for one in schedule.waiting(0.0)] == ["1", "2", "3", "4"]
    assert [schedule.take(0.0) for _ in range(4)] == ["1", "2", "4", None]


def test_a_waiting_job_can_be_cancelled_and_one_under_way_cannot() -> None:
    schedule = Schedule()
    fill(schedule, "a", 3)
    assert schedule.take(0.0) == "a-0"
    assert not schedule.cancel("a-0")
    assert schedule.cancel("a-1")
    assert schedule.cancel_all() == ("a-2",)
    assert schedule.waiting(0.0) == ()


def test_the_queue_tells_each_job_its_wait() -> None:
    schedule = Schedule(per_minute=2)
    fill(schedule, "a", 7)
    for _ in range(2):
        sent(schedule, "a", 0.0)
    waits = [one.due_in_s for one in schedule.waiting(10.0)]
    assert waits == [50.0, 50.0, 110.0, 110.0, 170.0]


@given(
    gaps=st.lists(st.floats(0.0, 40.0), min_size=1, max_size=80),
    lasts=st.lists(st.floats(0.0, 5.0), min_size=80, max_size=80),
    per_minute=st.integers(1, 5),
)
def test_never_more_than_the_limit_in_any_window(
    gaps: list[float], lasts: list[float], per_minute: int
) -> None:
    schedule = Schedule(per_minute=per_minute)
    fill(schedule, "a", 80)
    now = 0.0
    arrived: list[tuple[float, float]] = []
    for gap, last in zip(gaps, lasts, strict=False):
        now += gap
        if schedule.take(now) is not None:
            arrived.append((now, now + last))
            now += last
            schedule.finish("a", now, has_left=True)
    for index in range(len(arrived) - per_minute):
        # Whenever within its attempt the oldest arrived, the one too many came a minute later.
        assert arrived[index + per_minute][0] - arrived[index][1] > 59.999


def names(schedule: Schedule, now: float = 0.0) -> list[str]:
    return [one.msg_uuid for one in schedule.waiting(now)]


def test_in_a_pause_nothing_goes_and_afterwards_everything_does() -> None:
    schedule = Schedule()
    fill(schedule, "a", 1)
    fill(schedule, "b", 1)
    schedule.pause()
    assert schedule.is_paused
    assert schedule.take(0.0) is None
    assert schedule.wait_s(0.0) == inf
    assert names(schedule) == ["a-0", "b-0"]  # still there, to be looked at
    schedule.resume()
    assert schedule.wait_s(0.0) == 0.0
    assert [schedule.take(0.0), schedule.take(0.0)] == ["a-0", "b-0"]


def test_a_message_is_moved_among_those_of_its_robot_and_no_other_robot_notices() -> None:
    schedule = Schedule()
    for name, robot_id in (("1", "a"), ("2", "b"), ("3", "a"), ("4", "a"), ("5", "b")):
        schedule.add(name, robot_id)
    assert schedule.move("4", -1)
    assert names(schedule) == ["1", "2", "4", "3", "5"]
    assert schedule.move("1", 9)  # further than there are places: to the end
    assert names(schedule) == ["4", "2", "3", "1", "5"]
    assert [schedule.take(0.0) for _ in range(3)] == ["4", "2", None]


def test_what_stands_at_an_end_or_waits_no_more_is_not_moved() -> None:
    schedule = Schedule()
    fill(schedule, "a", 2)
    assert not schedule.move("a-0", -1)
    assert not schedule.move("a-1", 1)
    assert not schedule.move("b-0", 1)
    schedule.take(0.0)
    assert not schedule.move("a-0", 1)


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(-4, 4)), max_size=20))
def test_moving_loses_no_message_and_doubles_none(moves: list[tuple[int, int]]) -> None:
    schedule = Schedule()
    for robot_id in ("a", "b", "c"):
        fill(schedule, robot_id, 4)
    before = sorted(names(schedule))
    for number, steps in moves:
        schedule.move(before[number], steps)
    assert sorted(names(schedule)) == before
    for one in schedule.waiting(0.0):
        assert one.pace_key == one.msg_uuid[0]


def reasons(schedule: Schedule, now: float) -> list[WaitReason]:
    return [one.reason for one in schedule.waiting(now)]


def test_what_waits_says_what_it_waits_for() -> None:
    schedule = Schedule(per_minute=2)
    schedule.add("first", "a")
    assert reasons(schedule, 0.0) == [WaitReason.TURN]
    schedule.add("second", "a")
    assert schedule.take(0.0) == "first"
    assert reasons(schedule, 0.0) == [WaitReason.BEHIND]
    schedule.finish("a", 0.0, has_left=True)
    assert schedule.take(0.0) == "second"
    schedule.finish("a", 1.0, has_left=True)
    schedule.add("third", "a")
    assert reasons(schedule, 2.0) == [WaitReason.PACE]
    schedule.rest("a", 2.0)
    assert reasons(schedule, 2.0) == [WaitReason.REST]
    schedule.put_back("retried", "b", 9.0)
    schedule.add("next", "b")
    assert reasons(schedule, 2.0)[0] is WaitReason.APPOINTED
    assert [one.reason for one in schedule.waiting(2.0) if one.pace_key == "b"] == [
        WaitReason.APPOINTED,
        WaitReason.BEHIND,
    ]
