"""Robot list: what each row shows, which one is the target, and their order."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from dingcomposer.core.robot import Robot
from dingcomposer.services.robot_profiles import RobotProfiles
from dingcomposer.storage.database import StorageError
from dingcomposer.ui.texts.robots import secrets_trouble, stage_word
from dingcomposer.ui.texts.storage import storage_sentence
from dingcomposer.ui.texts.translate import join_names
from dingcomposer.ui.widgets.plain_text import plain_tip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Role(IntEnum):
    """What a row has beyond Qt's own roles."""

    ROBOT = Qt.ItemDataRole.UserRole
    STAGE = Qt.ItemDataRole.UserRole + 1
    IS_TARGET = Qt.ItemDataRole.UserRole + 2
    TROUBLE = Qt.ItemDataRole.UserRole + 3


class RobotListModel(QAbstractListModel):
    """The robots that can be chosen, in the person's order.

    Signals:
        refused(str): why a new order could not be kept.
    """

    refused = Signal(str)

    def __init__(self, robot_profiles: RobotProfiles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._robot_profiles = robot_profiles
        self._robots = robot_profiles.robots
        self._target_id: str | None = None
        robot_profiles.changed.connect(self._on_changed)

    @property
    def target_id(self) -> str | None:
        """Which robot is marked as the target."""
        return self._target_id

    def set_target(self, robot_id: str | None) -> None:
        """Mark another robot as the target."""
        if robot_id != self._target_id:
            self._target_id = robot_id
            self._notify_all()

    def row_of(self, robot_id: str | None) -> int:
        """The row of a robot, -1 where it has none."""
        ids = [robot.robot_id for robot in self._robots]
        return ids.index(robot_id) if robot_id in ids else -1

    def robot_at(self, index: Index) -> Robot | None:
        """The robot of a row."""
        return self._robots[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many robots there are."""
        return 0 if parent.isValid() else len(self._robots)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is shown, read aloud or painted of a robot."""
        robot = self.robot_at(index)
        if robot is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return robot.name
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(robot)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(robot)
            case Role.ROBOT:
                return robot
            case Role.STAGE:
                return stage_word(robot.stage)
            case Role.IS_TARGET:
                return robot.robot_id == self._target_id
            case Role.TROUBLE:
                return secrets_trouble(self._robot_profiles, robot)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be dragged; between them something can be dropped, onto them nothing."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def supportedDropActions(self) -> Qt.DropAction:
        """Rows move, nothing is copied."""
        return Qt.DropAction.MoveAction

    def moveRows(  # noqa: N802 - Qt's spelling
        self,
        source_parent: Index,
        source_row: int,
        count: int,
        destination_parent: Index,
        destination_child: int,
    ) -> bool:
        """Move robots before another one, for good; a view calls it when rows are dropped."""
        ids = [robot.robot_id for robot in self._robots]
        moved = ids[source_row : source_row + count]
        if not moved or source_row <= destination_child <= source_row + count:
            return False
        before = [one for one in ids[:destination_child] if one not in moved]
        after = [one for one in ids[destination_child:] if one not in moved]
        try:
            self._robot_profiles.reorder((*before, *moved, *after))
        except StorageError as error:
            self.refused.emit(storage_sentence(error.fault))
            return False
        return True

    def _tip(self, robot: Robot) -> str:
        line = self.tr("{name} ({stage})").format(name=robot.name, stage=stage_word(robot.stage))
        lines = filter(None, [line, secrets_trouble(self._robot_profiles, robot)])
        return "".join(map(plain_tip, lines))

    def _spoken(self, robot: Robot) -> str:
        parts = [robot.name, stage_word(robot.stage)]
        if robot.robot_id == self._target_id:
            parts.append(self.tr("the message is for this group"))
        trouble = secrets_trouble(self._robot_profiles, robot)
        return join_names([*parts, trouble] if trouble else parts)

    def _on_changed(self) -> None:
        robots = self._robot_profiles.robots
        old = [robot.robot_id for robot in self._robots]
        new = [robot.robot_id for robot in robots]
        if old == new:
            self._robots = robots
            self._notify_all()
        elif sorted(old) == sorted(new):
            self.layoutAboutToBeChanged.emit()
            before = self.persistentIndexList()
            after = [self.index(new.index(old[index.row()])) for index in before]
            self._robots = robots
            self.changePersistentIndexList(before, after)
            self.layoutChanged.emit()
        else:
            self.beginResetModel()
            self._robots = robots
            self.endResetModel()

    def _notify_all(self) -> None:
        if self._robots:
            self.dataChanged.emit(self.index(0), self.index(len(self._robots) - 1))
