"""Kept searches, at the left of the history."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QMenu, QWidget

from dingcomposer.core.plain_text import clean
from dingcomposer.storage.search.expressions import SavedSearch

WIDTH_PX = 168


class SavedSearchList(QListWidget):
    """All sends, and below that what is looked for often. F2 renames, Delete removes, drag orders.

    Signals:
        chosen(str): look for this; "" is for all.
        edited(tuple[SavedSearch, ...]): these are to be kept from now on.
    """

    chosen = Signal(str)
    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history.searches")
        self.setAccessibleName(self.tr("Kept searches"))
        self.setFixedWidth(WIDTH_PX)
        self.setProperty("rows", True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self._searches: tuple[SavedSearch, ...] = ()
        self.currentRowChanged.connect(self._on_row_changed)
        self.itemClicked.connect(lambda item: self._on_row_changed(self.row(item)))
        self.itemChanged.connect(self._on_item_changed)
        self.customContextMenuRequested.connect(self._on_menu_wanted)
        self.hide()

    def show_searches(self, searches: Sequence[SavedSearch]) -> None:
        """Show these; without any there is nothing to choose from."""
        self._searches = tuple(searches)
        with QSignalBlocker(self):
            self.clear()
            self.addItem(QListWidgetItem(self.tr("All messages")))
            for one in self._searches:
                item = QListWidgetItem(clean(one.name))
                item.setToolTip(clean(one.question))
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                self.addItem(item)
        self.setVisible(bool(self._searches))

    def mark(self, question: str) -> bool:
        """Show which of them is being looked for; whether one is."""
        questions = ["", *(one.question for one in self._searches)]
        row = questions.index(question) if question in questions else -1
        with QSignalBlocker(self):
            self.setCurrentRow(row)
        return row > 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes the one that is looked at."""
        if event.key() == Qt.Key.Key_Delete and self.currentRow() > 0:
            self._remove(self.currentRow())
        else:
            super().keyPressEvent(event)

    def _on_row_changed(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(self._searches[row - 1].question if row else "")

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        row = self.row(item)
        name = " ".join(item.text().split())
        if row > 0 and name:
            renamed = replace(self._searches[row - 1], name=name)
            self.edited.emit((*self._searches[: row - 1], renamed, *self._searches[row:]))

    def _on_menu_wanted(self, place: QPoint) -> None:
        row = self.indexAt(place).row()
        if row <= 0:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rename = menu.addAction(self.tr("Rename"))
        rename.triggered.connect(lambda: self.editItem(self.item(row)))
        if row > 1:
            menu.addAction(self.tr("Move up")).triggered.connect(lambda: self._raise(row))
        menu.addAction(self.tr("Remove")).triggered.connect(lambda: self._remove(row))
        menu.popup(self.mapToGlobal(place))

    def _raise(self, row: int) -> None:
        kept = list(self._searches)
        kept[row - 2], kept[row - 1] = kept[row - 1], kept[row - 2]
        self.edited.emit(tuple(kept))

    def _remove(self, row: int) -> None:
        self.edited.emit((*self._searches[: row - 1], *self._searches[row:]))
