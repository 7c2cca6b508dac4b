"""Names of groups in a box, each with its colour: they wrap like words, and scroll when many."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import Robot
from dingcomposer.ui.widgets.icons import dot_icon
from dingcomposer.ui.widgets.plain_text import plain_tip

SHOWN = 6
"""So many lines are in sight at once."""


class GroupNames(QListWidget):
    """Groups to be read, not chosen; the keyboard scrolls them."""

    def __init__(self, robots: Sequence[Robot], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        height = self.fontMetrics().lineSpacing() + 6
        for robot in robots:
            item = QListWidgetItem(dot_icon(robot.colour), clean(robot.name), self)
            item.setSizeHint(QSize(0, height))
            item.setToolTip(plain_tip(robot.name))
        lines = min(max(len(robots), 1), SHOWN)
        self.setFixedHeight(height * lines + 2 * self.frameWidth() + 10)

    @property
    def names(self) -> tuple[str, ...]:
        """The names as they are shown."""
        return tuple(self.item(row).text() for row in range(self.count()))
