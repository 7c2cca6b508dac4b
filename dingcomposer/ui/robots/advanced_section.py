"""Advanced section of the robot form: addresses, default mentions, time-outs."""

import re
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dingcomposer.core.checks.problems import Problem
from dingcomposer.core.messages import Mentions
from dingcomposer.core.robot import Robot
from dingcomposer.ui.robots.form_fields import (
    FieldRows,
    LinesField,
    NotedLine,
    SecondsLine,
    show_problems,
)

_BETWEEN = re.compile(r"[\s,，、;；]+")


class AdvancedSection(FieldRows):
    """Addresses, default mentions, time-outs.

    Signals:
        changed: a person changed one of them.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addresses = LinesField(
            "robot.addresses",
            self.tr("Allowed addresses"),
            self.tr("As in the robot's settings: 1.1.1.1 or 1.1.1.0/24, one per line."),
            self,
        )
        self.mobiles = NotedLine("robot.mobiles", self.tr("Mobile numbers"), self)
        self.mobiles.line.setPlaceholderText(self.tr("Mobiles: 13800000000, +852-12345678"))
        self.user_ids = NotedLine("robot.user_ids", self.tr("User IDs"), self)
        self.user_ids.line.setPlaceholderText(self.tr("User IDs: manager123, user456"))
        self.everyone = QCheckBox(self.tr("@everyone"), self)
        self.everyone.setObjectName("robot.everyone")
        self.everyone.setAccessibleName(self.tr("Mention everyone by default"))
        self.connect_s = SecondsLine("robot.connect_timeout_s", self.tr("Seconds to connect"), self)
        self.read_s = SecondsLine("robot.read_timeout_s", self.tr("Seconds to answer"), self)
        self.add_row(self.tr("Allowed addresses"), self.addresses)
        self.add_row(self.tr("Default mentions"), self.mobiles)
        self.add_row("", self.user_ids)
        self.add_row("", self.everyone)
        self._time_note = QLabel(self)
        self._time_note.setObjectName("robot.timeouts.note")
        self.add_row(self.tr("Timeouts"), self._time_outs())
        self.addresses.changed.connect(self.changed)
        self.everyone.clicked.connect(self.changed)
        for line in (self.mobiles, self.user_ids):
            line.edited.connect(self.changed)
        for box in (self.connect_s, self.read_s):
            box.textEdited.connect(self.changed)

    def show_robot(self, robot: Robot) -> None:
        """Show what a robot has of these."""
        self.addresses.set_lines(robot.addresses)
        self.mobiles.line.setText(", ".join(robot.default_mentions.mobiles))
        self.user_ids.line.setText(", ".join(robot.default_mentions.user_ids))
        self.everyone.setChecked(robot.default_mentions.is_all)
        self.connect_s.set_seconds(robot.connect_timeout_s)
        self.read_s.set_seconds(robot.read_timeout_s)

    def apply(self, robot: Robot) -> Robot:
        """The robot with what stands here."""
        mentions = Mentions(
            _people(self.mobiles.text), _people(self.user_ids.text), self.everyone.isChecked()
        )
        return replace(
            robot,
            addresses=self.addresses.lines(),
            default_mentions=mentions,
            connect_timeout_s=self.connect_s.seconds,
            read_timeout_s=self.read_s.seconds,
        )

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Tell each problem below its field."""

        def of(path: str) -> tuple[Problem, ...]:
            return tuple(one for one in problems if one.field.startswith(path))

        whole = tuple(one for one in problems if one.field == "robot.default_mentions")
        self.addresses.show_problems(of("robot.addresses"))
        self.mobiles.show_problems((*whole, *of("robot.default_mentions.mobiles")))
        self.user_ids.show_problems(of("robot.default_mentions.user_ids"))
        # Both have the same bounds: one sentence does for both.
        out = of("robot.connect_timeout_s") or of("robot.read_timeout_s")
        show_problems(self._time_note, out)

    def _time_outs(self) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, field in (
            (self.tr("s to connect"), self.connect_s),
            (self.tr("s to answer"), self.read_s),
        ):
            label = QLabel(words, box)
            label.setProperty("quiet", True)
            row.addWidget(field)
            row.addWidget(label)
            row.addSpacing(16)
        row.addStretch(1)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._time_note)
        box.setFocusProxy(self.connect_s)
        return box


def _people(text: str) -> tuple[str, ...]:
    people = (word.lstrip("@＠") for word in _BETWEEN.split(text))
    return tuple(person for person in people if person)
