"""Profile section of the robot form: name, colour, test or production, tags."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QRadioButton, QVBoxLayout, QWidget

from dingcomposer.core.checks.problems import Problem
from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.core.robot_lists import tags_in
from dingcomposer.ui.robots.colour_picker import ColourPicker
from dingcomposer.ui.robots.form_fields import FieldRows, NotedLine, show_note
from dingcomposer.ui.texts.translate import join_names


class ProfileSection(FieldRows):
    """Name, colour, stage, tags.

    Signals:
        changed: a person changed one of them.
        name_left: the name is written.
    """

    changed = Signal()
    name_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = NotedLine("robot.name", self.tr("Name"), self, keeps_room=True)
        self.name.line.setPlaceholderText(self.tr("How you recognise the group"))
        self.colour = ColourPicker("robot.colour", self)
        self.production = QRadioButton(self.tr("Production: asks before every message"), self)
        self.production.setObjectName("robot.stage.production")
        self.production.setAccessibleName(self.production.text())
        self.test = QRadioButton(self.tr("Test: sends at once"), self)
        self.test.setObjectName("robot.stage.test")
        self.test.setAccessibleName(self.test.text())
        self._why = QLabel(self)
        self._why.setObjectName("robot.stage.note")
        self.add_row(self.tr("Name"), self.name)
        self.add_row(self.tr("Colour"), self.colour)
        self.add_row(self.tr("The group is for"), self._stages(), top_px=3)
        self.tags = NotedLine("robot.tags", self.tr("Tags"), self)
        self.tags.line.setPlaceholderText(self.tr("Branches, East: lists gather robots by them"))
        self.add_row(self.tr("Tags"), self.tags)
        self.tags.edited.connect(self.changed)
        self.name.edited.connect(self.changed)
        self.name.left.connect(self.name_left)
        self.colour.changed.connect(self.changed)
        self.production.clicked.connect(self.changed)
        self.test.clicked.connect(self.changed)

    def show_robot(self, robot: Robot, *, is_new: bool) -> None:
        """Show a robot's profile."""
        self.name.line.setText(robot.name)
        self.colour.set_colour(robot.colour)
        self.tags.line.setText(join_names(robot.tags))
        (self.production if robot.is_production else self.test).setChecked(True)
        # The safer of the two is chosen for a person who overlooks the question.
        why = self.tr("A new robot counts as production until you mark it as test.")
        show_note(self._why, why if is_new else "")

    def apply(self, robot: Robot) -> Robot:
        """The robot with what stands here."""
        stage = Stage.PRODUCTION if self.production.isChecked() else Stage.TEST
        return replace(
            robot,
            name=clean(self.name.text),
            colour=self.colour.colour,
            stage=stage,
            tags=tags_in(clean(self.tags.text)),
        )

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """What is wrong with the name."""
        self.name.show_problems(problems)

    def _stages(self) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for one in (self.production, self.test, self._why):
            column.addWidget(one)
        box.setFocusProxy(self.production)
        return box
