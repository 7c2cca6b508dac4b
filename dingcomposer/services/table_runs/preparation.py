"""Makes the messages of a table's rows in the background, a slice at a time."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from dingcomposer.core.row_messages.filling import RowFiller, RowMessage, mark_same
from dingcomposer.core.row_messages.table import DataTable, TableRow
from dingcomposer.services.background import Background

SLICE_ROWS = 50


class RowPreparation(QObject):
    """The messages of the newest table and plan that were asked for. Main thread.

    Signals:
        progressed(int): the messages of so many rows are made.
        ready(tuple[RowMessage, ...]): all are, in the order of the table.
    """

    progressed = Signal(int)
    ready = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._number = 0
        self._made: list[RowMessage] = []

    def begin(self, filler: RowFiller, table: DataTable) -> None:
        """Make all messages anew; what was asked for before is dropped."""
        self._number += 1
        self._made = []
        self._go_on(self._number, filler, table)

    def close(self) -> None:
        """Make no more."""
        self._number += 1
        self._background.close()

    def _go_on(self, number: int, filler: RowFiller, table: DataTable) -> None:
        some = table.rows[len(self._made) : len(self._made) + SLICE_ROWS]
        if not some:
            done = partial(self._on_all_made, number)
            self._background.run("rows", mark_same, tuple(self._made), done)
            return
        done = partial(self._on_made, number, filler, table)
        self._background.run("rows", partial(_fill, filler), some, done)

    def _on_made(
        self, number: int, filler: RowFiller, table: DataTable, made: list[RowMessage]
    ) -> None:
        if number == self._number:
            self._made += made
            self.progressed.emit(len(self._made))
            self._go_on(number, filler, table)

    def _on_all_made(self, number: int, made: list[RowMessage]) -> None:
        if number == self._number:
            self.ready.emit(tuple(made))


def _fill(filler: RowFiller, rows: tuple[TableRow, ...]) -> list[RowMessage]:
    return [filler.fill(row) for row in rows]
