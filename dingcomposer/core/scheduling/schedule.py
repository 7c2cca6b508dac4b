"""A schedule: a message or a template with values, for whom, and when; and what became of a run.

It holds its own copy of all that it sends: what is written or kept elsewhere may change.
"""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from dingcomposer.core.delivery import AT_ONCE, BroadcastOrder
from dingcomposer.core.draft import headline_of_draft, to_message
from dingcomposer.core.messages import Message
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.core.scheduling.timing import Due, ScheduleTiming
from dingcomposer.core.templates.filling import Surroundings, addressed, fill
from dingcomposer.core.templates.template import Template, texts_of


class Obstacle(StrEnum):
    """Why nothing leaves for a robot when a run is due."""

    ROBOT_GONE = "robot_gone"  # deleted or archived since
    TOKEN_CHANGED = "token_changed"  # noqa: S105 - a name; it would go to another group
    MOVED = "moved"  # its address is another one
    STAGE_CHANGED = "stage_changed"  # it was a test when this was confirmed, and no more
    UNFILLED = "unfilled"  # a field of the template has no value
    REFUSED = "refused"  # DingTalk would refuse the message


class RunState(StrEnum):
    """What became of a time that a schedule was due."""

    TAKEN = "taken"  # handed to the queue; what came of it says the history
    MISSED = "missed"  # nothing ran; a person is asked
    UNKNOWN_DAY = "unknown_day"  # nobody knows whether that day is worked; a person is asked
    LEFT = "left"  # a person has let it be

    @property
    def is_open(self) -> bool:
        """True where a person has to say what is to become of it."""
        return self in (RunState.MISSED, RunState.UNKNOWN_DAY)


@dataclass(frozen=True, slots=True)
class ScheduledRobot:
    """A robot as it was when its schedule was confirmed; no secret is in it."""

    robot_id: str
    name: str
    endpoint: str
    stage: Stage
    is_sandbox: bool
    token_fingerprint: str

    def obstacle(self, robot: Robot | None) -> Obstacle | None:
        """Why nothing may go to what the robot is now; None where it is the one confirmed."""
        if robot is None or robot.is_archived or robot.is_sandbox is not self.is_sandbox:
            return Obstacle.ROBOT_GONE
        if robot.is_production and self.stage is not Stage.PRODUCTION:
            return Obstacle.STAGE_CHANGED
        if self.is_sandbox:
            return None  # its token and address are new at each start
        # Where the profile does not know its token, the sender compares what it reads.
        if robot.token_fingerprint not in ("", self.token_fingerprint):
            return Obstacle.TOKEN_CHANGED
        return None if robot.endpoint == self.endpoint else Obstacle.MOVED

    def bound(self, robot: Robot) -> Robot:
        """The robot as it is now, to which nothing goes with another token than was confirmed."""
        if self.is_sandbox:
            return robot
        return replace(robot, token_fingerprint=self.token_fingerprint)


@dataclass(frozen=True, slots=True)
class MessageSchedule:
    """What is sent, to whom, when. `values` are those of the template's fields, `people` the names
    of those who are given in them, by number or user id.

    Of a template without fields its draft is sent as it stands. `order` says how its robots follow
    each other, where they were those of a list. `revision` counts its changes;
    `settled_until`: what was due until then is decided. `removed_at` is None while it is kept.
    """

    schedule_id: str
    name: str
    template: Template
    robots: tuple[ScheduledRobot, ...]
    timing: ScheduleTiming
    values: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    order: BroadcastOrder = AT_ONCE
    is_paused: bool = False
    revision: int = 0
    created_at: datetime | None = None
    settled_until: datetime | None = None
    removed_at: datetime | None = None

    @property
    def is_production(self) -> bool:
        """True where one of its groups is no test."""
        return any(one.stage is Stage.PRODUCTION for one in self.robots)

    @property
    def headline(self) -> str:
        """What stands for its message in a list."""
        return headline_of_draft(self.template.draft)


@dataclass(frozen=True, slots=True)
class PreparedMessage:
    """A message of a run to one group, and the names of the fields that have no value."""

    message: Message
    unfilled: tuple[str, ...] = ()


def scheduled(robot: Robot) -> ScheduledRobot:
    """A robot as it is confirmed now."""
    return ScheduledRobot(
        robot.robot_id,
        robot.name,
        "" if robot.is_sandbox else robot.endpoint,
        robot.stage,
        robot.is_sandbox,
        "" if robot.is_sandbox else robot.token_fingerprint,
    )


def message_at(schedule: MessageSchedule, due: Due, group_name: str) -> PreparedMessage:
    """What a group gets at that time: dates in it are those of the day by the schedule's zone."""
    around, people = Surroundings(due.wall), dict(schedule.people)
    filling = fill(schedule.template, dict(schedule.values), around, people)
    message = addressed(to_message(filling.draft), group_name)
    return PreparedMessage(message, filling.unfilled)


def texts_of_schedule(schedule: MessageSchedule) -> str:
    """All that a person has written into it, in one text: what a secret might stand in."""
    draft = schedule.template.draft
    texts = [text for _path, text in texts_of(draft)]
    return "\n".join([schedule.name, *texts, *(value for _name, value in schedule.values)])
