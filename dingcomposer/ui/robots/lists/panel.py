"""Lists of robots below the robots: each is a target like one of them."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from dingcomposer.core.robot import Robot
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.services.lists.robot_lists import RobotLists
from dingcomposer.ui.robots.list_delegate import ROW_PX
from dingcomposer.ui.robots.list_model import Index, Role
from dingcomposer.ui.robots.list_view import RobotListView
from dingcomposer.ui.texts.robots import stage_word
from dingcomposer.ui.texts.translate import join_names
from dingcomposer.ui.widgets.plain_text import plain_tip

MOST_ROWS = 4
"""So many lists are in sight at once; the robots above need the room."""
_ROOT = QModelIndex()


class ListRole(IntEnum):
    """What a row has beyond those of a robot."""

    LIST = Qt.ItemDataRole.UserRole + 10


class ListsModel(QAbstractListModel):
    """The lists, each as if it were a robot."""

    def __init__(self, robot_lists: RobotLists, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._robot_lists = robot_lists
        self._target_id: str | None = None
        self._rows = self._read()
        robot_lists.changed.connect(self._on_changed)

    def set_target(self, target_id: str | None) -> None:
        """Mark another row as the target."""
        if target_id != self._target_id:
            self._target_id = target_id
            self._notify_all()

    def list_at(self, index: Index) -> RobotList | None:
        """The list of a row."""
        return self._rows[index.row()][0] if index.isValid() else None

    def row_of(self, target_id: str | None) -> int:
        """The row of a target, -1 where it has none."""
        rows = (row for row, (one, _) in enumerate(self._rows) if one.target_id == target_id)
        return next(rows, -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many lists there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is shown, read aloud or painted of a list."""
        if not index.isValid():
            return None
        robot_list, target = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return target.name
            case Qt.ItemDataRole.ToolTipRole:
                names = join_names([one.name for one in self._robot_lists.members(robot_list)])
                return plain_tip(names or self.tr("Nobody is in it."))
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = [target.name, stage_word(target.stage)]
                if target.robot_id == self._target_id:
                    parts.append(self.tr("the message is for this list"))
                return join_names(parts)
            case ListRole.LIST:
                return robot_list
            case Role.ROBOT:
                return target
            case Role.STAGE:
                return stage_word(target.stage)
            case Role.IS_TARGET:
                return target.robot_id == self._target_id
            case Role.TROUBLE:
                return "" if target.has_token else self.tr("No group in it has a webhook.")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows are chosen, and not dragged."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def _read(self) -> list[tuple[RobotList, Robot]]:
        found = ((one, self._robot_lists.get(one.target_id)) for one in self._robot_lists.lists)
        return [(one, target) for one, target in found if target is not None]

    def _on_changed(self) -> None:
        before, now = self._rows, self._read()
        if [one.list_id for one, _ in before] != [one.list_id for one, _ in now]:
            self.beginResetModel()
            self._rows = now
            self.endResetModel()
        elif before != now:
            self._rows = now
            self._notify_all()

    def _notify_all(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))


class ListsPanel(QWidget):
    """Shows the lists, as high as they need.

    Signals:
        target_chosen(str): a person aimed at a list.
        edit_requested(str): the list of this id is to be edited; "" for none in particular.
        delete_requested(str): the list of this id is to be deleted.
    """

    target_chosen = Signal(str)
    edit_requested = Signal(str)
    delete_requested = Signal(str)

    def __init__(self, robot_lists: RobotLists, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lists.panel")
        self.model = ListsModel(robot_lists, self)
        self.view = RobotListView(self.model, self)
        self.view.setObjectName("lists.list")
        self.view.setAccessibleName(self.tr("Lists of robots"))
        heading = QLabel(self.tr("Lists"), self)
        heading.setProperty("quiet", True)
        heading.setContentsMargins(8, 0, 0, 0)
        edit = QToolButton(self)
        edit.setObjectName("lists.edit")
        edit.setText("⋯")
        edit.setProperty("flat", True)
        edit.setAccessibleName(self.tr("Edit the lists"))
        edit.setToolTip(self.tr("Edit the lists"))
        edit.clicked.connect(lambda _checked=False: self.edit_requested.emit(""))
        head = QHBoxLayout()
        head.addWidget(heading, 1)
        head.addWidget(edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.view)
        self.view.target_selected.connect(self._on_target_selected)
        self.view.edit_wanted.connect(self._on_edit_wanted)
        self.view.delete_wanted.connect(self._on_delete_wanted)
        self.view.customContextMenuRequested.connect(self._on_menu_requested)
        self.model.modelReset.connect(self._fit)
        self._fit()

    def set_target(self, target_id: str | None) -> None:
        """Mark the list that the message is for."""
        self.model.set_target(target_id)
        row = self.model.row_of(target_id)
        if row >= 0:
            self.view.scrollTo(self.model.index(row, 0))

    def menu_for(self, index: QModelIndex) -> QMenu:
        """The context menu of a row; it deletes itself when it is closed."""
        menu = QMenu(self)
        menu.setObjectName("lists.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, words, do in (
            ("aim", self.tr("Aim the message here"), self._on_target_selected),
            ("edit", self.tr("Edit…"), self._on_edit_wanted),
            ("delete", self.tr("Delete…"), self._on_delete_wanted),
        ):
            action = menu.addAction(words)
            action.setObjectName(f"lists.menu.{name}")
            action.triggered.connect(lambda _checked=False, do=do: do(index))
        return menu

    def _fit(self) -> None:
        rows = min(max(self.model.rowCount(), 1), MOST_ROWS)
        height = max(ROW_PX, self.view.sizeHintForRow(0))
        around = 2 * self.view.frameWidth() + 2
        # In a low window the robots need the room more.
        self.view.setMinimumHeight(height + around)
        self.view.setMaximumHeight(rows * height + around)

    def _on_target_selected(self, index: QModelIndex) -> None:
        robot_list = self.model.list_at(index)
        if robot_list is not None:
            self.target_chosen.emit(robot_list.target_id)

    def _on_edit_wanted(self, index: QModelIndex) -> None:
        robot_list = self.model.list_at(index)
        if robot_list is not None:
            self.edit_requested.emit(robot_list.list_id)

    def _on_delete_wanted(self, index: QModelIndex) -> None:
        robot_list = self.model.list_at(index)
        if robot_list is not None:
            self.delete_requested.emit(robot_list.list_id)

    def _on_menu_requested(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if index.isValid():
            self.menu_for(index).popup(self.view.viewport().mapToGlobal(at))
