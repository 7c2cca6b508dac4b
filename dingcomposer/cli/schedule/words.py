"""What a command says of schedules and runs: lines for people, JSON of a fixed shape."""

from collections.abc import Iterator
from typing import Any

from dingcomposer.cli.outcomes import advice
from dingcomposer.core.draft import headline_of_draft
from dingcomposer.core.messages import headline_of
from dingcomposer.core.payload import to_payload
from dingcomposer.core.scheduling.documents import timing_document
from dingcomposer.core.scheduling.schedule import MessageSchedule
from dingcomposer.core.scheduling.timing import ClockChange, ScheduleTiming
from dingcomposer.services.scheduling.planner import ExpectedRun, Planner
from dingcomposer.storage.planned.runs import PlannedRun, PlannedSend

_CHANGES = {
    ClockChange.NONE: "",
    ClockChange.SKIPPED: ", the zone skips that time: the first moment after it",
    ClockChange.TWICE: ", the zone has that time twice: the first of them",
}


def timing_words(timing: ScheduleTiming) -> str:
    """When it is sent, in a line."""
    told = f"{timing.start:%Y-%m-%d %H:%M} {timing.zone}"
    if timing.is_once:
        return f"once, {told}"
    told = f"{timing.rule} from {told}"
    if timing.day_rule.value != "any":
        told += f", {timing.day_rule.value.replace('_', ' ')}"
    if timing.until is not None:
        told += f", until {timing.until:%Y-%m-%d %H:%M}"
    return told + (f", {timing.count} times" if timing.count is not None else "")


def line_of_expected(run: ExpectedRun) -> Iterator[str]:
    """A run to come: when, to whom, which words."""
    when = f"{run.due.wall:%a %Y-%m-%d %H:%M}{_CHANGES[run.due.change]}"
    if not run.due.is_known:
        when += ", not known whether that day is worked: you will be asked"
    for one in run.sends:
        why = f"  NOTHING ({one.obstacle.value.replace('_', ' ')})" if one.obstacle else ""
        yield f"{when}  {one.robot.name} ({one.robot.stage.value})  {headline_of(one.message)}{why}"


def line_of_run(run: PlannedRun) -> str:
    """A run in a line: when it was due, what was decided, what came of it."""
    told = f"{run.due_at.astimezone():%Y-%m-%d %H:%M} {run.state.value.replace('_', ' ')}"
    if run.earlier:
        told += f" (and {run.earlier} times before it)"
    sends = ", ".join(f"{one.robot_name} {_outcome(one)}" for one in run.sends)
    return f"{told}: {sends}" if sends else told


def schedule_as_json(planner: Planner, schedule: MessageSchedule) -> dict[str, Any]:
    """A schedule as the JSON output has it; no secret is among it.

    `schedule_id`, `name`, `headline`, `kind`, `robots` (each with `robot_id`, `name`, `stage`),
    `timing` (`zone`, `start`, `rule`, `day_rule`, `until`, `count`), `is_paused`, `next` (UTC, or
    null), and `last`, the newest run, or null.
    """
    coming = planner.next_dues(schedule)
    last = planner.runs.last(schedule.schedule_id)
    return {
        "schedule_id": schedule.schedule_id,
        "name": schedule.name,
        "headline": headline_of_draft(schedule.template.draft),
        "kind": schedule.template.draft.kind.value,
        "robots": [
            {"robot_id": one.robot_id, "name": one.name, "stage": one.stage.value}
            for one in schedule.robots
        ],
        "timing": timing_document(schedule.timing),
        "is_paused": schedule.is_paused,
        "next": coming[0].at.isoformat() if coming else None,
        "last": None if last is None else run_as_json(last),
    }


def due_as_json(run: ExpectedRun) -> dict[str, Any]:
    """A run to come: `at` (UTC), `wall`, `is_known`, `change`, and what goes where in `sends`."""
    return {
        "at": run.due.at.isoformat(),
        "wall": run.due.wall.isoformat(timespec="minutes"),
        "is_known": run.due.is_known,
        "change": run.due.change.value,
        "sends": [
            {
                "robot": one.robot.name,
                "robot_id": one.robot.robot_id,
                "obstacle": one.obstacle.value if one.obstacle else None,
                "payload": to_payload(one.message),
            }
            for one in run.sends
        ],
    }


def run_as_json(run: PlannedRun) -> dict[str, Any]:
    """A run: `run`, `due_at`, `state` (taken, missed, unknown_day, left), `sends`.

    Of each send its robot, its msgUuid and what the history says (`status`, `cause`, `fault`), or
    the `obstacle` that kept it here. `earlier` times before it were missed as well.
    """
    return {
        "run": run.run_id,
        "schedule_id": run.schedule_id,
        "due_at": run.due_at.isoformat(),
        "is_by_hand": run.is_by_hand,
        "state": run.state.value,
        "earlier": run.earlier,
        "sends": [
            {
                "robot": one.robot_name,
                "robot_id": one.robot_id,
                "msg_uuid": one.msg_uuid,
                "status": one.status.value if one.status else None,
                "cause": one.cause.value if one.cause else None,
                "fault": one.fault.value if one.fault else None,
                "obstacle": one.obstacle.value if one.obstacle else None,
            }
            for one in run.sends
        ],
    }


def _outcome(send: PlannedSend) -> str:
    if send.obstacle is not None:
        return f"nothing left ({send.obstacle.value.replace('_', ' ')})"
    if send.status is None:
        return "no longer in the history"
    why = send.fault or send.cause
    is_good = send.status.value == "delivered"
    if is_good or why is None:
        return send.status.value
    return f"{send.status.value} ({why.value}{advice(send.status, send.cause)})"
