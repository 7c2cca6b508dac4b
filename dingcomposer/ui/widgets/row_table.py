"""A calm table of whole rows, to read and to choose from."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

_ROW_PX = 32


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
        self, parent: QModelIndex | QPersistentModelIndex, start: int, end: int
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
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """As usual, but cut elsewhere."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle
