"""A schedule as a JSON document: what is stored of it, and what a script reads.

{
  "version": 1,
  "name": "Weekly report",
  "template": {"format": "dingcomposer-template", …},
  "values": {"System": "OA"},
  "robots": [{"robot_id": "…", "name": "…", "endpoint": "…", "stage": "production",
              "is_sandbox": false, "token_fingerprint": "…"}],
  "timing": {"zone": "Asia/Shanghai", "start": "2026-12-01T09:00", "rule": "FREQ=DAILY",
             "day_rule": "any", "until": null, "count": null},
  "order": {"list_name": "Branches", "gap_s": 3.0, "stops_at_failure": true}
}

Without an "order" all robots are sent to at once.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from dingcomposer.core.delivery import AT_ONCE, BroadcastOrder
from dingcomposer.core.robot import Stage
from dingcomposer.core.robot_lists import MOST_GAP_S
from dingcomposer.core.scheduling.recurrence import RuleError
from dingcomposer.core.scheduling.schedule import MessageSchedule, ScheduledRobot
from dingcomposer.core.scheduling.timing import DayRule, ScheduleTiming, TimingError, timing_of
from dingcomposer.core.templates.documents import TemplateError, from_document, to_document
from dingcomposer.core.templates.template import Template

VERSION: Final = 1


class ScheduleError(Exception):
    """A document is no schedule, or one of a newer version."""


def schedule_document(schedule: MessageSchedule) -> dict[str, Any]:
    """What a schedule is, as a value for JSON; what becomes of it is not in it."""
    return {
        "version": VERSION,
        "name": schedule.name,
        "template": to_document(_named(schedule.template, schedule.name)),
        "values": dict(schedule.values),
        "people": dict(schedule.people),
        "robots": [
            {
                "robot_id": one.robot_id,
                "name": one.name,
                "endpoint": one.endpoint,
                "stage": one.stage.value,
                "is_sandbox": one.is_sandbox,
                "token_fingerprint": one.token_fingerprint,
            }
            for one in schedule.robots
        ],
        "timing": timing_document(schedule.timing),
        **_order_document(schedule.order),
    }


def timing_document(timing: ScheduleTiming) -> dict[str, Any]:
    """When a schedule is due, as a value for JSON."""
    return {
        "zone": timing.zone,
        "start": timing.start.isoformat(timespec="minutes"),
        "rule": timing.rule,
        "day_rule": timing.day_rule.value,
        "until": None if timing.until is None else timing.until.isoformat(timespec="seconds"),
        "count": timing.count,
    }


def schedule_from(schedule_id: str, document: object) -> MessageSchedule:
    """The schedule that a parsed JSON value holds. Raises ScheduleError."""
    if not isinstance(document, Mapping):
        raise ScheduleError
    version = document.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise ScheduleError
    try:
        return MessageSchedule(
            schedule_id,
            str(document["name"]),
            from_document(document["template"]),
            tuple(_robot(one) for one in document["robots"]),
            _timing(document["timing"]),
            _pairs(document["values"]),
            _pairs(document["people"]),
            _order(document.get("order")),
        )
    except (
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        TemplateError,
        RuleError,
        TimingError,
    ):
        raise ScheduleError from None


def _named(template: Template, name: str) -> Template:
    """A draft has no name of its own, and a template's document needs one."""
    return replace(template, name=template.name.strip() or name.strip() or "-")


def _pairs(value: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(text)) for name, text in value.items())


def _order_document(order: BroadcastOrder) -> dict[str, Any]:
    if order == AT_ONCE:
        return {}
    return {
        "order": {
            "list_name": order.list_name,
            "gap_s": order.gap_s,
            "stops_at_failure": order.stops_at_failure,
        }
    }


def _order(value: Mapping[str, Any] | None) -> BroadcastOrder:
    if value is None:
        return AT_ONCE
    gap_s = float(value["gap_s"])
    if not 0 <= gap_s <= MOST_GAP_S:
        raise ValueError
    return BroadcastOrder(str(value["list_name"]), gap_s, value["stops_at_failure"] is True)


def _robot(value: Mapping[str, Any]) -> ScheduledRobot:
    return ScheduledRobot(
        str(value["robot_id"]),
        str(value["name"]),
        str(value["endpoint"]),
        Stage(value["stage"]),
        value["is_sandbox"] is True,
        str(value["token_fingerprint"]),
    )


def _timing(value: Mapping[str, Any]) -> ScheduleTiming:
    until, count = value["until"], value["count"]
    return timing_of(
        str(value["zone"]),
        datetime.fromisoformat(value["start"]),
        str(value["rule"]),
        day_rule=DayRule(value["day_rule"]),
        until=None if until is None else datetime.fromisoformat(until),
        count=None if count is None else int(count),
    )
