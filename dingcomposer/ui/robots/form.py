"""All fields of a robot, from the paste that fills most of them to what few robots need."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QVBoxLayout, QWidget

from dingcomposer.core.checks.problems import Problem, ProblemCode, Severity
from dingcomposer.core.checks.robots import check_robot
from dingcomposer.core.limits import KEYWORDS
from dingcomposer.core.robot import Robot
from dingcomposer.core.webhook import PastedWebhook
from dingcomposer.ui.robots.advanced_section import AdvancedSection
from dingcomposer.ui.robots.connection_section import ConnectionSection
from dingcomposer.ui.robots.form_fields import FieldRows, LinesField
from dingcomposer.ui.robots.network_section import NetworkSection
from dingcomposer.ui.robots.paste_field import PasteBox
from dingcomposer.ui.robots.profile_section import ProfileSection

_OF_WEBHOOK = ("robot.endpoint", "robot.token")
_OF_NETWORK = ("robot.proxy", "robot.ca_file")


class RobotForm(QWidget):
    """Edits one robot. It stores nothing and asks nobody.

    Signals:
        changed: a person changed something; `problems` has what is wrong now.
    """

    changed = Signal()

    def __init__(
        self,
        robot: Robot,
        taken_names: Iterable[str],
        parent: QWidget | None = None,
        *,
        is_new: bool,
    ) -> None:
        super().__init__(parent)
        self.setProperty("plain", True)
        self._robot = robot
        self._taken_names = tuple(taken_names)
        self._is_new = is_new
        self._is_name_known = not is_new
        self.paste = PasteBox("robot.paste", self)
        self.profile = ProfileSection(self)
        self.connection = ConnectionSection(self)
        self.keywords = LinesField(
            "robot.keywords",
            self.tr("Keywords"),
            self.tr("As set in DingTalk, one per line, at most %n.", "", KEYWORDS),
            self,
        )
        self.more = AdvancedSection(self)
        self.network = NetworkSection(self)
        self.more_button = QToolButton(self)
        self._lay_out()
        self.profile.show_robot(robot, is_new=is_new)
        self.connection.show_robot(robot)
        self.keywords.set_lines(robot.keywords)
        self.more.show_robot(robot)
        self.network.show_robot(robot)
        self._connect()
        self.problems: tuple[Problem, ...] = ()
        self._on_changed()

    @property
    def robot(self) -> Robot:
        """The robot as it stands in the fields."""
        robot = self.more.apply(self.profile.apply(self._robot))
        robot = replace(robot, keywords=self.keywords.lines())
        return robot if robot.is_sandbox else self.network.apply(self.connection.apply(robot))

    @property
    def is_changed(self) -> bool:
        """Whether anything is not as it was when the form was opened."""
        secrets = (self.connection.token, self.connection.secret, self.network.password)
        is_typed = any(field.typed or field.is_removed for field in secrets)
        return is_typed or bool(self.paste.field.text().strip()) or self.robot != self._robot

    @property
    def blocking(self) -> tuple[Problem, ...]:
        """What keeps the robot from being saved."""
        return tuple(one for one in self.problems if one.severity is Severity.BLOCKS)

    @property
    def lacks_webhook(self) -> bool:
        """True for a new robot without an access token."""
        return self._is_new and not self._robot.is_sandbox and not self.connection.token.has_value

    def set_stored(self, robot: Robot) -> None:
        """The robot is stored like this; what differs from it is what was changed."""
        self._robot, self._is_new = robot, False

    def focus_field(self, path: str) -> None:
        """Put the keyboard into the field of a path, or else where filling in begins."""
        fields: dict[str, QWidget] = {
            "robot.endpoint": self.paste,
            "robot.token": self.paste,
            "robot.secret": self.connection.secret,
            "robot.keywords": self.keywords,
            "robot.addresses": self.more.addresses,
        }
        first = self.paste if self._is_new else self.profile.name
        widget = fields.get(".".join(path.split(".")[:2]), first)
        if widget is self.more.addresses:
            self.more_button.setChecked(True)
        if not widget.isVisibleTo(self):  # a sandbox has no webhook; a robot may not sign
            widget = first
        widget.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        if self._robot.is_sandbox:
            for widget in (self.paste, self.connection, self.connection.parts, self.network):
                widget.hide()
            column.addWidget(self._sandbox_words())
        else:
            column.addWidget(self._paste_panel())
        column.addWidget(self.profile)
        if not self._robot.is_sandbox:
            column.addWidget(self.connection)
        rows = FieldRows(self)
        rows.add_row(self.tr("Keywords"), self.keywords)
        column.addWidget(rows)
        self.more_button.setObjectName("robot.more")
        self.more_button.setText(self.tr("Default mentions and technical details"))
        self.more_button.setAccessibleName(self.more_button.text())
        self.more_button.setProperty("flat", True)
        self.more_button.setCheckable(True)
        self.more_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        column.addWidget(self.more_button)
        column.addWidget(self.more)
        if not self._robot.is_sandbox:
            column.addWidget(self.connection.parts)
            column.addWidget(self.network)
        column.addStretch(1)

    def _paste_panel(self) -> QFrame:
        panel = QFrame(self)
        panel.setProperty("pasting", True)
        heading = QLabel(self.tr("Paste what DingTalk gave you"), panel)
        heading.setBuddy(self.paste)
        column = QVBoxLayout(panel)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(6)
        column.addWidget(heading)
        column.addWidget(self.paste)
        return panel

    def _sandbox_words(self) -> QLabel:
        label = QLabel(
            self.tr(
                "The sandbox stands in for DingTalk on this computer. Its webhook and secret can be"
                " copied on the page Sandbox."
            ),
            self,
        )
        label.setWordWrap(True)
        label.setProperty("quiet", True)
        return label

    def _connect(self) -> None:
        self.paste.found.connect(self._on_found)
        self.connection.webhook_typed.connect(self._on_found)
        parts = (self.profile, self.connection, self.keywords, self.more, self.network)
        for part in parts:
            part.changed.connect(self._on_changed)
        self.profile.name_left.connect(self._on_name_left)
        self.more_button.toggled.connect(self._on_more_toggled)
        self._on_more_toggled(False)

    def _on_found(self, pasted: PastedWebhook) -> None:
        self.connection.fill(pasted)
        self._on_changed()

    def _on_name_left(self) -> None:
        if self.profile.name.text:
            self._is_name_known = True
        self._on_changed()

    def _on_more_toggled(self, is_open: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow
        self.more_button.setArrowType(arrow)
        self.more.setVisible(is_open)
        for part in (self.connection.parts, self.network):
            part.setVisible(is_open and not self._robot.is_sandbox)

    def _on_changed(self) -> None:
        robot = self.robot
        of_secrets = self.connection.secret_problems()
        self.problems = (*check_robot(robot, self._taken_names), *of_secrets)
        self._show_problems(of_secrets)
        self.changed.emit()

    def _show_problems(self, of_secrets: tuple[Problem, ...]) -> None:
        def of(path: str) -> tuple[Problem, ...]:
            return tuple(one for one in self.problems if one.field.startswith(path))

        names = of("robot.name")
        if not self._is_name_known:
            # Nobody was there yet: the bottom of the dialog says what is still to be filled in.
            names = tuple(one for one in names if one.code is not ProblemCode.ROBOT_NAME_EMPTY)
        self.profile.show_problems(names)
        self.connection.show_problems(of("robot.endpoint"), of_secrets)
        self.keywords.show_problems(of("robot.keywords"))
        self.more.show_problems(self.problems)
        self.network.show_problems(self.problems)
        of_times = ("robot.connect", "robot.read")
        of_people = ("robot.addresses", "robot.default_mentions")
        hidden = (*of_people, *of_times, *_OF_WEBHOOK, *_OF_NETWORK)
        if any(one.field.startswith(hidden) for one in self.blocking):
            self.more_button.setChecked(True)
