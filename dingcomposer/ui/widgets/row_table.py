"""Table of whole rows, to read and to choose from."""

from enum import IntEnum
from typing import Any, ClassVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

Index = QModelIndex | QPersistentModelIndex

_ROW_PX = 32
_ROOT = QModelIndex()


class RowModel(QAbstractTableModel):
    """Rows under headings, read only. A subclass has `columns`, and says what stands in them."""

    columns: ClassVar[type[IntEnum]]

    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def heading(self, column: int) -> str:
        """What stands above a column."""
        raise NotImplementedError

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """How a column's words and its heading are aligned; at the left where nothing is said."""
        del column
        return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The rows; they have none below them."""
        return 0 if parent.isValid() else self.count()

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The headings."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.heading(section)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(section)
        return None


class RowTable(QTableView):
    """Rows of one height, chosen whole and one at a time; no grid, no sideways scrolling."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setStyleSheet("QTableView::item { padding: 3px 5px; }")  # in line with the header
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(_ROW_PX)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(max(_ROW_PX, self.fontMetrics().height() + 12))
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        columns.setMinimumSectionSize(32)

    def rowsInserted(  # noqa: N802 - Qt's spelling
        self, parent: Index, start: int, end: int
    ) -> None:
        """What somebody looks at stays in its place when rows come in above it."""
        super().rowsInserted(parent, start, end)
        bar = self.verticalScrollBar()
        if start == 0 and bar.value() > 0:
            self.updateGeometries()
            step = self.verticalHeader().defaultSectionSize() * (end - start + 1)
            bar.setValue(bar.value() + step)


class CutInTheMiddle(QStyledItemDelegate):
    """For a column whose last words matter as much as the first."""

    def initStyleOption(  # noqa: N802 - Qt's spelling
        self, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """As usual, but cut elsewhere."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle
