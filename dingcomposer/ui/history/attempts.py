"""Attempts of one send as a small table, the first one first."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView, QWidget

from dingcomposer.storage.history import AttemptRow
from dingcomposer.ui import theme
from dingcomposer.ui.texts import time
from dingcomposer.ui.texts.attempts import what_came
from dingcomposer.ui.texts.outcomes import explain, own_words, status_word
from dingcomposer.ui.widgets.plain_text import plain_tip
from dingcomposer.ui.widgets.row_table import Index, RowModel, RowTable
from dingcomposer.ui.widgets.status_icons import colours_of, sign_icon


class AttemptColumn(IntEnum):
    """The columns, from the left."""

    NUMBER = 0
    TIME = 1
    STATUS = 2
    DURATION = 3
    HTTP_STATUS = 4
    ANSWER = 5


class AttemptsModel(RowModel):
    """The attempts that were announced."""

    columns = AttemptColumn

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._attempts: tuple[AttemptRow, ...] = ()

    def show_attempts(self, attempts: Sequence[AttemptRow]) -> None:
        """Show these in place of the others."""
        self.beginResetModel()
        self._attempts = tuple(attempts)
        self.endResetModel()

    def count(self) -> int:
        """How many attempts there were."""
        return len(self._attempts)

    def heading(self, column: int) -> str:
        """The columns' names."""
        match AttemptColumn(column):
            case AttemptColumn.NUMBER:
                return "#"
            case AttemptColumn.TIME:
                return self.tr("Time")
            case AttemptColumn.STATUS:
                return self.tr("Status")
            case AttemptColumn.DURATION:
                return self.tr("Duration")
            case AttemptColumn.HTTP_STATUS:
                return self.tr("HTTP")
            case AttemptColumn.ANSWER:
                return self.tr("Answer")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell in words, colours and signs."""
        attempt = self._attempts[index.row()]
        column = AttemptColumn(index.column())
        is_status = column is AttemptColumn.STATUS
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _words(attempt, column)
            case Qt.ItemDataRole.DecorationRole:
                return sign_icon(attempt.status) if is_status else None
            case Qt.ItemDataRole.ForegroundRole if is_status:
                return QColor(colours_of(attempt.status)[0])
            case Qt.ItemDataRole.ForegroundRole if column is not AttemptColumn.ANSWER:
                return QColor(theme.current().quiet)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(_words(attempt, column))
        return None


class AttemptsTable(RowTable):
    """Shows an `AttemptsModel`, to look at only."""

    def __init__(self, model: AttemptsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history.attempts")
        self.setAccessibleName(self.tr("Attempts"))
        self.setModel(model)
        self.setWordWrap(True)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns = self.horizontalHeader()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns.setSectionResizeMode(AttemptColumn.ANSWER, QHeaderView.ResizeMode.Stretch)


def _no_answer(attempt: AttemptRow) -> str:
    """What came in place of DingTalk's answer; of what never left, why it did not."""
    if attempt.has_left:
        return what_came(attempt)
    return explain(attempt.cause, attempt.fault).happened or what_came(attempt)


def _words(attempt: AttemptRow, column: AttemptColumn) -> str:
    match column:
        case AttemptColumn.NUMBER:
            return str(attempt.number)
        case AttemptColumn.TIME:
            return time.clock(attempt.started_at)
        case AttemptColumn.STATUS:
            return status_word(attempt.status)
        case AttemptColumn.DURATION:
            return time.duration(attempt.duration_ms)
        case AttemptColumn.HTTP_STATUS:
            return "" if attempt.http_status is None else str(attempt.http_status)
        case AttemptColumn.ANSWER:
            return own_words(attempt.errcode, attempt.errmsg) or _no_answer(attempt)
