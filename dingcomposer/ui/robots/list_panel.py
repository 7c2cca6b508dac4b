"""Robot list panel at the left: the robots, the target, and all that is done with them."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from dingcomposer.core.robot import Robot
from dingcomposer.services.recovery import RecoveryAction
from dingcomposer.services.robot_profiles import RobotProfiles
from dingcomposer.storage.database import StorageError
from dingcomposer.ui import questions
from dingcomposer.ui.robots.list_delegate import ROW_PX
from dingcomposer.ui.robots.list_model import RobotListModel
from dingcomposer.ui.robots.list_view import RobotListView
from dingcomposer.ui.texts.outcomes import recovery_label
from dingcomposer.ui.texts.storage import storage_sentence
from dingcomposer.ui.widgets.buttons import settle_after_menu
from dingcomposer.ui.widgets.icons import dot_icon

WIDTH_PX = 200
LEAST_ROWS = 2
"""So much of the list comes before the hint."""


class RobotListPanel(QWidget):
    """Shows the robots. The target is marked as `set_target` says.

    Signals:
        target_chosen(str | None): a person aimed at a robot. None only where a double click, which
            edits, takes back what the first of its clicks did.
        edit_requested(str): a robot's profile is to be edited.
        checkup_requested(str): a robot is to be checked.
        add_requested: a new robot is to be added.
        said(str): a sentence for the status line.
    """

    target_chosen = Signal(object)
    edit_requested = Signal(str)
    checkup_requested = Signal(str)
    add_requested = Signal()
    said = Signal(str)

    def __init__(self, robot_profiles: RobotProfiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("robots")
        self._robot_profiles = robot_profiles
        self._target_before: tuple[str, str | None] | None = None
        self.model = RobotListModel(robot_profiles, self)
        self.view = RobotListView(self.model, self)
        self.view.setObjectName("robots.list")
        self.view.setAccessibleName(self.tr("Robots"))
        self.view.setAccessibleDescription(
            self.tr(
                "Enter aims the message at a robot, F2 edits it, Alt with an arrow key moves it."
            )
        )
        self.hint = QLabel(self)
        self.add_button = QPushButton(self.tr("+ Add a robot"), self)
        self.archived_button = QToolButton(self)
        self.archived_menu = QMenu(self)
        self._is_alone = False
        self._set_up()
        self._lay_out()
        self._connect()
        self._show()

    def set_target(self, robot_id: str | None) -> None:
        """Mark the robot that the message is for."""
        self.model.set_target(robot_id)
        row = self.model.row_of(robot_id)
        if row >= 0:
            self.view.scrollTo(self.model.index(row, 0))

    def add_below(self, widget: QWidget) -> None:
        """Put something between the robots and the buttons."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, widget)
        self.view.setMinimumHeight(LEAST_ROWS * ROW_PX)

    def menu_for(self, index: QModelIndex) -> QMenu:
        """The context menu of a row; it deletes itself when it is closed."""
        menu = QMenu(self)
        menu.setObjectName("robots.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        robot = self.model.robot_at(index)
        if robot is None:
            return menu
        robot_id, row = robot.robot_id, index.row()
        aim = self._action(
            menu, "aim", self.tr("Aim the message here"), lambda: self._select_target(robot_id)
        )
        aim.setEnabled(robot_id != self.model.target_id)
        self._action(menu, "edit", self.tr("Edit…"), lambda: self.edit_requested.emit(robot_id))
        self._action(
            menu,
            "checkup",
            recovery_label(RecoveryAction.CHECK_UP),
            lambda: self.checkup_requested.emit(robot_id),
        )
        self._action(menu, "duplicate", self.tr("Duplicate…"), lambda: self._duplicate(robot))
        menu.addSeparator()
        up = self._action(menu, "up", self.tr("Move up"), lambda: self._move(index, -1))
        up.setEnabled(row > 0)
        down = self._action(menu, "down", self.tr("Move down"), lambda: self._move(index, 1))
        down.setEnabled(row + 1 < self.model.rowCount())
        menu.addSeparator()
        words = self.tr("Copy its rules to a sandbox twin")
        self._action(menu, "twin", words, lambda: self._make_twin(robot))
        self._action(menu, "archive", self.tr("Archive"), lambda: self._archive(robot))
        if not robot.is_built_in:  # it could not be had back
            self._action(menu, "delete", self.tr("Delete…"), lambda: self._delete(robot))
        return menu

    def sizeHint(self) -> QSize:
        """A column beside the page."""
        return QSize(WIDTH_PX, 320)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the list is worth more than the hint below it."""
        super().resizeEvent(event)
        self._show_hint()

    # Building

    def _set_up(self) -> None:
        self.hint.setObjectName("robots.hint")
        self.hint.setWordWrap(True)
        self.hint.setProperty("quiet", True)
        self.hint.setContentsMargins(8, 8, 8, 8)
        self.add_button.setObjectName("robots.add")
        self.add_button.setAccessibleName(self.tr("Add a robot"))
        self.add_button.setAutoDefault(False)
        self.archived_button.setObjectName("robots.archived")
        self.archived_button.setProperty("flat", True)
        self.archived_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.archived_menu.setObjectName("robots.archived.menu")
        self.archived_button.setMenu(self.archived_menu)
        settle_after_menu(self.archived_button)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.view, 1)
        column.addWidget(self.hint)
        column.addWidget(self.add_button)
        column.addWidget(self.archived_button)
        self.setMinimumWidth(160)

    def _show_hint(self) -> None:
        """The hint whole, or not at all: the layout would cut its last lines."""
        buttons = self.add_button.sizeHint().height() + self.archived_button.sizeHint().height()
        left = self.height() - self.hint.heightForWidth(self.width()) - buttons
        has_room = left >= LEAST_ROWS * ROW_PX or not self._robot_profiles.robots
        self.hint.setVisible(self._is_alone and has_room)

    def _connect(self) -> None:
        self.view.target_selected.connect(self._on_target_selected)
        self.view.doubleClicked.connect(self._on_double_clicked)
        self.view.edit_wanted.connect(self._on_edit_wanted)
        self.view.delete_wanted.connect(self._on_delete_wanted)
        self.view.move_wanted.connect(self._move)
        self.view.customContextMenuRequested.connect(self._on_menu_requested)
        self.model.refused.connect(self.said)
        self.add_button.clicked.connect(self.add_requested)
        self._robot_profiles.changed.connect(self._show)

    def _action(self, menu: QMenu, name: str, words: str, do: Callable[[], object]) -> QAction:
        action = menu.addAction(words)
        action.setObjectName(f"{menu.objectName()}.{name}")
        action.triggered.connect(lambda _checked=False: do())
        return action

    # What is shown

    def _show(self) -> None:
        robots = self._robot_profiles.robots
        is_alone = not any(not robot.is_sandbox for robot in robots)
        self.view.setVisible(bool(robots))
        where = self.tr(
            "In DingTalk: group settings → Robots → Add robot → Custom. Copy its webhook, then add"
            " it here."
        )
        nobody = self.tr("No robot yet.")
        self.hint.setText(where if robots else f"{nobody}\n{where}")
        self._is_alone = is_alone
        self._show_hint()
        self._show_archived()

    def _show_archived(self) -> None:
        archived = self._robot_profiles.archived
        self.archived_button.setVisible(bool(archived))
        words = self.tr("Archived (%n)", "", len(archived))
        self.archived_button.setText(words + " ▾")
        self.archived_button.setAccessibleName(words)
        self.archived_menu.clear()
        for robot in archived:
            one = self.archived_menu.addMenu(dot_icon(robot.colour), robot.name.replace("&", "&&"))
            one.setObjectName(f"robots.archived.{robot.robot_id}")
            self._action(one, "back", self.tr("Restore"), self._bringing_back(robot))
            if not robot.is_built_in:
                self._action(one, "delete", self.tr("Delete…"), self._deleting(robot))

    # What a person does

    def _on_target_selected(self, index: QModelIndex) -> None:
        robot = self.model.robot_at(index)
        if robot is not None:
            self._select_target(robot.robot_id)

    def _select_target(self, robot_id: str) -> None:
        self._target_before = (robot_id, self.model.target_id)
        self.target_chosen.emit(robot_id)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        # Its first click has aimed already; to look at a robot must not send a message there.
        robot = self.model.robot_at(index)
        if robot is None or self._target_before is None:
            return
        target_id, before = self._target_before
        if target_id == robot.robot_id != before:
            self.target_chosen.emit(before)

    def _on_edit_wanted(self, index: QModelIndex) -> None:
        robot = self.model.robot_at(index)
        if robot is not None:
            self.edit_requested.emit(robot.robot_id)

    def _on_delete_wanted(self, index: QModelIndex) -> None:
        robot = self.model.robot_at(index)
        if robot is not None and not robot.is_built_in:
            self._delete(robot)

    def _on_menu_requested(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if index.isValid():
            self.menu_for(index).popup(self.view.viewport().mapToGlobal(at))

    def _move(self, index: QModelIndex, step: int) -> None:
        row = index.row()
        # A row is moved before another one; one down means before the one after the next.
        target = row - 1 if step < 0 else row + 2
        if 0 <= target <= self.model.rowCount():
            self.model.moveRows(QModelIndex(), row, 1, QModelIndex(), target)
            self.view.scrollTo(self.view.currentIndex())

    def _duplicate(self, robot: Robot) -> None:
        def duplicate() -> None:
            twin = self._robot_profiles.duplicate(
                robot.robot_id, self._robot_profiles.free_name(robot.name)
            )
            if twin is not None:
                self.edit_requested.emit(twin.robot_id)

        self._try(duplicate)

    def _make_twin(self, robot: Robot) -> None:
        name = self.tr("{name} (sandbox)").format(name=robot.name)

        def make() -> None:
            twin = self._robot_profiles.add_sandbox(name, robot)
            words = self.tr("{twin} enforces the rules of {robot}, on this computer only.")
            self.said.emit(words.format(twin=twin.name, robot=robot.name))

        self._try(make)

    def _archive(self, robot: Robot) -> None:
        self._try(lambda: self._robot_profiles.archive(robot.robot_id))

    def _bringing_back(self, robot: Robot) -> Callable[[], None]:
        return lambda: self._try(
            lambda: self._robot_profiles.archive(robot.robot_id, is_archived=False)
        )

    def _deleting(self, robot: Robot) -> Callable[[], None]:
        return lambda: self._delete(robot)

    def _delete(self, robot: Robot) -> None:
        what_stays = self.tr(
            "Its webhook and secret are removed from this computer. Messages it sent stay in"
            " the history. The robot in DingTalk is not affected."
        )
        if robot.is_sandbox:
            what_stays = self.tr(
                "It exists on this computer only. Messages sent to it stay in the history."
            )
        question = questions.Question(
            "delete_robot",
            self.tr("Delete a robot"),
            self.tr("Delete {name}?").format(name=robot.name),
            (
                questions.Choice("keep", self.tr("Keep it"), is_default=True),
                questions.Choice("delete", self.tr("Delete"), is_destructive=True),
            ),
            "keep",
            what_stays,
        )
        if questions.ask(self, question) == "delete":
            self._try(lambda: self._robot_profiles.delete(robot.robot_id))

    def _try(self, change: Callable[[], object]) -> None:
        try:
            change()
        except StorageError as error:
            self.said.emit(storage_sentence(error.fault))
