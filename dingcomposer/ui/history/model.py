"""History model: the sends, newest first, read page by page as far as somebody looks."""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from enum import IntEnum
from functools import cache
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QIcon

from dingcomposer.core.delivery import Status
from dingcomposer.core.plain_text import clean
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.history import PAGE_ROWS, HistoryStore, SendRow
from dingcomposer.ui import theme
from dingcomposer.ui.texts import time
from dingcomposer.ui.texts.messages import kind_name, with_names
from dingcomposer.ui.texts.outcomes import outcome_words, status_word
from dingcomposer.ui.texts.robots import robot_words
from dingcomposer.ui.widgets.icons import dot_icon
from dingcomposer.ui.widgets.plain_text import plain_tip
from dingcomposer.ui.widgets.row_table import Index, RowModel
from dingcomposer.ui.widgets.status_icons import SIGN_PX, colours_of, sign_icon, untinted

_HEADLINE_CHARACTERS = 300
_ROOT = QModelIndex()


class SendColumn(IntEnum):
    """The table's columns, from the left."""

    TIME = 0
    ROBOT = 1
    KIND = 2
    TITLE = 3
    STATUS = 4
    HAPPENED = 5
    DURATION = 6


class SendsModel(RowModel):
    """What was sent. The rows are kept without their messages, so that many of them stay small.

    Signals:
        trouble(StorageError): a page could not be read; nothing more is read until `reload`.
    """

    columns = SendColumn

    trouble = Signal(object)

    def __init__(
        self,
        history: HistoryStore,
        now: Callable[[], datetime],
        parent: QObject | None = None,
        *,
        names: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        super().__init__(parent)
        self._history = history
        self._now = now
        self._names_of = names
        self._names: Mapping[str, str] = names()
        self._rows: list[SendRow] = []
        self._is_begun = False
        self._is_over = False

    # What the page asks of it

    @property
    def is_begun(self) -> bool:
        """True once the first page was read."""
        return self._is_begun

    def reload(self) -> None:
        """Forget all rows and read the newest page."""
        self.beginResetModel()
        self._rows = []
        self._is_begun = self._is_over = False
        self.endResetModel()
        self.fetchMore(_ROOT)

    def show_names(self) -> None:
        """Show people by their names as they are now."""
        self._names = self._names_of()
        if self._rows:
            last = self.index(len(self._rows) - 1, SendColumn.TITLE)
            self.dataChanged.emit(self.index(0, SendColumn.TITLE), last)

    def search(self, words: str) -> list[int]:
        """The numbers of the rows read so far in which all of these words stand."""
        wanted = words.casefold().split()
        if not wanted:
            return []
        # The rows are read without their messages, which the database looks through.
        oldest = min((row.key for row in self._rows), default=0)
        try:
            within = {word: self._history.keys_with(word, oldest) for word in wanted}
        except StorageError:
            within = {word: set() for word in wanted}
        return [
            number
            for number, row in enumerate(self._rows)
            if all(row.key in within[word] or word in self._all_words(row) for word in wanted)
        ]

    def _all_words(self, row: SendRow) -> str:
        words = [self._words(row, column) for column in SendColumn]
        words += [
            row.headline,
            with_names(row.headline, self._names),
            time.full_day_time(row.created_at),
        ]
        return "\n".join(words).casefold()

    def row_at(self, number: int) -> SendRow | None:
        """A row, without its message; None where there is no such row (yet)."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def number_of(self, row: SendRow) -> int | None:
        """Where a send stands in the table; None where its page was not read (yet)."""
        number = self._place(row)
        is_here = number < len(self._rows) and self._rows[number].key == row.key
        return number if is_here else None

    def find(self, row: SendRow) -> int | None:
        """The same, with the pages up to it read first."""
        while self.number_of(row) is None and self.canFetchMore(_ROOT):
            if self._rows and self._rows[-1].key < row.key:
                return None
            self.fetchMore(_ROOT)
        return self.number_of(row)

    def put(self, row: SendRow) -> None:
        """Show a send that is new, or has changed."""
        if not self._is_begun:
            return  # the first page will hold it
        row = _light(row)
        number = self._place(row)
        if number < len(self._rows) and self._rows[number].key == row.key:
            self._rows[number] = row
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(SendColumn) - 1))
        elif number < len(self._rows) or self._is_over:
            self.beginInsertRows(_ROOT, number, number)
            self._rows.insert(number, row)
            self.endInsertRows()

    def _place(self, row: SendRow) -> int:
        return bisect_left(self._rows, -row.key, key=lambda one: -one.key)

    # Qt's side

    def count(self) -> int:
        """How many rows were read so far."""
        return len(self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether older rows may be there."""
        return not parent.isValid() and not self._is_over

    def fetchMore(self, parent: Index) -> None:
        """Read the next older page."""
        if not self.canFetchMore(parent):
            return
        before = self._rows[-1].key if self._rows else None
        try:
            page = self._history.page(before, PAGE_ROWS)
        except StorageError as error:
            self._is_over = True
            self.trouble.emit(error)
            return
        self._is_begun = True
        self._is_over = len(page) < PAGE_ROWS
        if page:
            first = len(self._rows)
            self.beginInsertRows(_ROOT, first, first + len(page) - 1)
            self._rows.extend(map(_light, page))
            self.endInsertRows()

    def heading(self, column: int) -> str:
        """The columns' names."""
        match SendColumn(column):
            case SendColumn.TIME:
                return self.tr("Time")
            case SendColumn.ROBOT:
                return self.tr("Robot")
            case SendColumn.KIND:
                return self.tr("Kind")
            case SendColumn.TITLE:
                return self.tr("Title")
            case SendColumn.STATUS:
                return self.tr("Status")
            case SendColumn.HAPPENED:
                return self.tr("What happened")
            case SendColumn.DURATION:
                return self.tr("Duration")

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """As what stands in it is read."""
        return _alignment(SendColumn(column))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell in words, colours and signs."""
        row = self.row_at(index.row())
        if row is None:
            return None
        column = SendColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(row, column)
            case Qt.ItemDataRole.DecorationRole:
                return _sign(row, column)
            case Qt.ItemDataRole.ForegroundRole:
                return _colour(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._tip(row, column))
        return None

    def _words(self, row: SendRow, column: SendColumn) -> str:
        match column:
            case SendColumn.TIME:
                return time.day_time(row.created_at, self._now())
            case SendColumn.ROBOT:
                robot = robot_words(row.robot_name, row.stage)
                if row.group_id is None:
                    return robot
                return self.tr("{robot} · to several").format(robot=robot)
            case SendColumn.KIND:
                return kind_name(row.kind)
            case SendColumn.TITLE:
                return clean(with_names(row.headline, self._names)[:_HEADLINE_CHARACTERS])
            case SendColumn.STATUS:
                return status_word(row.status)
            case SendColumn.HAPPENED:
                return outcome_words(row, is_dingtalk=not row.is_sandbox).happened
            case SendColumn.DURATION:
                return time.duration(row.duration_ms)

    def _tip(self, row: SendRow, column: SendColumn) -> str:
        match column:
            case SendColumn.TIME:
                return time.full_time(row.created_at)
            case SendColumn.TITLE:
                return clean(with_names(row.headline, self._names))
            case SendColumn.ROBOT if row.group_id is not None:
                robot = robot_words(row.robot_name, row.stage)
                return self.tr("{robot}, one of several at once").format(robot=robot)
            case SendColumn.STATUS | SendColumn.HAPPENED:
                said = outcome_words(row, is_dingtalk=not row.is_sandbox)
                return "\n".join(filter(None, (said.happened, said.helps, clean(said.own))))
            case _:
                return self._words(row, column)


def _light(row: SendRow) -> SendRow:
    """The row without its message, which the details read when they are shown."""
    return replace(row, payload="")


def _sign(row: SendRow, column: SendColumn) -> QIcon | None:
    if column is SendColumn.ROBOT:
        return _dot(row.robot_colour)
    return sign_icon(row.status) if column is SendColumn.STATUS else None


@cache
def _dot(colour: str) -> QIcon:
    return untinted(dot_icon(colour).pixmap(QSize(SIGN_PX, SIGN_PX), 3.0))


def _colour(row: SendRow, column: SendColumn) -> QColor | None:
    if column is SendColumn.STATUS:
        return QColor(colours_of(row.status)[0])
    is_aside = column in (SendColumn.TIME, SendColumn.KIND, SendColumn.DURATION) or (
        column is SendColumn.HAPPENED and row.status in (Status.DELIVERED, Status.CANCELLED)
    )
    return QColor(theme.current().quiet) if is_aside else None


def _alignment(column: SendColumn) -> Qt.AlignmentFlag:
    side = (
        Qt.AlignmentFlag.AlignRight if column is SendColumn.DURATION else Qt.AlignmentFlag.AlignLeft
    )
    return side | Qt.AlignmentFlag.AlignVCenter
