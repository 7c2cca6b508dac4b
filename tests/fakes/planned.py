"""A planner on an engine of its own, with a clock that the test sets, and a group in a sandbox."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from dingcomposer.core.draft import Draft
from dingcomposer.core.robot import Credentials, Robot, Stage
from dingcomposer.core.scheduling.schedule import MessageSchedule, scheduled
from dingcomposer.core.scheduling.timing import DayRule, timing_of
from dingcomposer.core.templates.template import Template, TemplateField
from dingcomposer.sandbox.server import SandboxServer
from dingcomposer.services.engine import Engine
from dingcomposer.services.scheduling.planner import Planner
from dingcomposer.storage.planned.runs import PlannedRun
from dingcomposer.storage.robots import RobotStore
from tests.fakes.sharing_program import open_engine

ZONE = "Asia/Shanghai"
MORNING = datetime.fromisoformat("2026-11-30T08:00+08:00")
"""A Monday."""


class PlannedProgram:
    """One program that keeps schedules: an engine, a planner, and what it told."""

    def __init__(self, folder: Path, server: SandboxServer, now: datetime = MORNING) -> None:
        self.now = now
        self.server = server
        self.engine: Engine = open_engine(folder, lambda: self.now)
        self.planner = Planner(
            self.engine.database,
            self.engine.history,
            self.engine.outbox,
            self.engine.robot_profiles,
            now=lambda: self.now,
        )
        self.ran: list[PlannedRun] = []
        self.missed: list[PlannedRun] = []
        self.planner.ran.connect(self.ran.extend)
        self.planner.missed.connect(self.missed.extend)

    def robot(self, robot_id: str = "r-1", stage: Stage = Stage.TEST) -> Robot:
        """A group of the sandbox's, as a robot whose token is known here."""
        token = self.server.access_token
        profiles = self.engine.robot_profiles
        if profiles.get(robot_id) is None:
            RobotStore(self.engine.database).add(
                Robot(
                    robot_id,
                    f"群 {robot_id}",
                    stage=stage,
                    endpoint=self.server.url,
                    has_token=True,
                    token_fingerprint=self.engine.fingerprint_of(token),
                )
            )
            profiles.read_again()
        self.engine.secrets.hold(robot_id, Credentials(token, self.server.secret))
        robot = profiles.get(robot_id)
        assert robot is not None
        return robot

    def at(self, local: str) -> None:
        """Set the clock, and let the planner look at it."""
        self.now = datetime.fromisoformat(f"{local}+08:00")
        self.planner.look()

    def add(
        self,
        text: str = "早上好",
        start: str = "2026-12-01 09:00",
        rule: str = "FREQ=DAILY",
        *,
        robots: Sequence[Robot] = (),
        day_rule: DayRule = DayRule.ANY,
        fields: Sequence[TemplateField] = (),
        values: Sequence[tuple[str, str]] = (),
    ) -> MessageSchedule:
        """Keep a schedule of a text."""
        schedule = MessageSchedule(
            "",
            text,
            Template(text, replace(Draft(), text=text), tuple(fields)),
            tuple(scheduled(one) for one in robots or (self.robot(),)),
            timing_of(ZONE, datetime.fromisoformat(start), rule, day_rule=day_rule),
            tuple(values),
        )
        return self.planner.add(schedule)

    def arrived(self) -> list[str]:
        """The texts that the group got, in their order."""
        taken = [one for one in self.server.exchanges() if one.is_taken]
        return [str(json.loads(one.body)["text"]["content"]) for one in taken]

    def close(self) -> None:
        """End it, as a program that is closed."""
        self.planner.stop()
        self.engine.stop()
        self.engine.close()
