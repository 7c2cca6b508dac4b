"""Recipients dialog of a broadcast: check boxes, tests and production apart."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.robot import Robot
from dingcomposer.ui.texts.translate import in_brackets, join_names
from dingcomposer.ui.widgets.buttons import (
    DefaultButton,
    DialogButton,
    ElidedButton,
    answer_row,
)
from dingcomposer.ui.widgets.icons import dot_icon
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_tip

_ID = Qt.ItemDataRole.UserRole
ROW_PX = 30


class RecipientsDialog(OrderedDialog):
    """Nothing is checked at first. `chosen` is the answer once it is accepted.

    `last` are the robots of the last time, by their ids: one button checks them.
    """

    def __init__(
        self, robots: Sequence[Robot], parent: QWidget | None = None, *, last: Sequence[str] = ()
    ) -> None:
        super().__init__(parent)
        self.setObjectName("several")
        self.setWindowTitle(self.tr("Send to several groups"))
        self._robots = {one.robot_id: one for one in robots}
        self._items: list[QTreeWidgetItem] = []
        self._tree = QTreeWidget(self)
        self._tree.setObjectName("several.groups")
        self._tree.setAccessibleName(self.tr("Groups"))
        self._tree.setHeaderHidden(True)
        self._tree.setUniformRowHeights(True)
        self._tree.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._count = QLabel(self)
        self._count.setObjectName("several.count")
        self._count.setProperty("quiet", True)
        self._next = DefaultButton("several.next", self.tr("Continue…"), self)
        self._back = DialogButton("several.cancel", self.tr("Cancel"), self)
        tests = [one for one in robots if not one.is_production]
        production = [one for one in robots if one.is_production]
        self._add_part(self.tr("Test"), tests)
        self._add_part(self.tr("Production"), production)
        self._tree.expandAll()
        self._last = [one for one in robots if one.robot_id in last and one.has_token]
        self._as_last = ElidedButton(self)
        self._as_last.setObjectName("several.last")
        self._as_last.setAutoDefault(False)
        names = join_names([one.name for one in self._last])
        self._as_last.set_words(self.tr("As last time: "), names, "")
        self._as_last.setToolTip(plain_tip(names))
        self._as_last.setVisible(len(self._last) > 1)
        self._as_last.clicked.connect(self._on_as_last)
        self._lay_out()
        self._tree.itemChanged.connect(self._show_count)
        self._next.clicked.connect(self.accept)
        self._back.clicked.connect(self.reject)
        self._show_count()

    @property
    def chosen(self) -> tuple[Robot, ...]:
        """The robots that are checked, in the person's order."""
        checked = {
            str(item.data(0, _ID))
            for item in self._items
            if item.checkState(0) is Qt.CheckState.Checked
        }
        return tuple(one for one in self._robots.values() if one.robot_id in checked)

    def check(self, robot_id: str, *, is_checked: bool = True) -> None:
        """Check a robot's box, or clear it, as a click does."""
        state = Qt.CheckState.Checked if is_checked else Qt.CheckState.Unchecked
        for item in self._items:
            if item.data(0, _ID) == robot_id and not item.isDisabled():
                item.setCheckState(0, state)

    def _on_as_last(self) -> None:
        """Check the groups of the last time, and no others."""
        wanted = {one.robot_id for one in self._last}
        for robot_id in self._robots:
            self.check(robot_id, is_checked=robot_id in wanted)
        self._next.setFocus()

    def _add_part(self, label: str, robots: Sequence[Robot]) -> None:
        if not robots:
            return
        part = QTreeWidgetItem(self._tree, [in_brackets(label, str(len(robots)))])
        part.setSizeHint(0, QSize(0, ROW_PX))
        part.setFlags(
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
            | Qt.ItemFlag.ItemIsAutoTristate
        )
        part.setCheckState(0, Qt.CheckState.Unchecked)
        for robot in robots:
            words = robot.name
            if not robot.has_token:
                words = self.tr("{group} (its webhook is missing)").format(group=robot.name)
            item = QTreeWidgetItem(part, [words])
            item.setIcon(0, dot_icon(robot.colour))
            item.setSizeHint(0, QSize(0, ROW_PX))
            item.setToolTip(0, plain_tip(words))
            item.setData(0, _ID, robot.robot_id)
            item.setCheckState(0, Qt.CheckState.Unchecked)
            item.setDisabled(not robot.has_token)
            self._items.append(item)

    def _lay_out(self) -> None:
        words = QLabel(
            self.tr("The message goes to each group that is checked. You are asked once more."),
            self,
        )
        words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(words)
        column.addWidget(self._as_last)
        column.addWidget(self._tree, 1)
        column.addLayout(answer_row(self, self._count, self._next, self._back))
        resize_within_screen(self, QSize(440, 520), QSize(400, 300))

    def _show_count(self) -> None:
        count = len(self.chosen)
        self._count.setText(self.tr("%n chosen", "", count))
        self._next.setEnabled(count > 0)
