"""All requests that the sandbox took, newest first, as a table."""

import json
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor

from dingcomposer.core.messages import headline_of
from dingcomposer.core.plain_text import clean
from dingcomposer.ui import theme
from dingcomposer.ui.texts import sandbox
from dingcomposer.ui.texts.sandbox import diagnosis_sentence
from dingcomposer.ui.texts.time import clock
from dingcomposer.ui.texts.translate import translate
from dingcomposer.ui.widgets.plain_text import plain_tip
from dingcomposer.ui.widgets.row_table import Index, RowModel
from dingcomposer.ui.widgets.status_icons import colours_of, sign_icon

if TYPE_CHECKING:
    from dingcomposer.sandbox.server import Exchange


MOST_ROWS = 2_000
"""As many as the sandbox itself remembers; then the oldest make room."""

_ROOT = QModelIndex()
_WORDS_CHARACTERS = 300


class RequestColumn(IntEnum):
    """The columns, from the left."""

    TIME = 0
    VERDICT = 1
    WORDS = 2


class RequestsModel(RowModel):
    """What came in."""

    columns = RequestColumn

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._exchanges: list[Exchange] = []  # newest last

    def add(self, exchange: "Exchange") -> None:
        """Put a request on top."""
        self.beginInsertRows(_ROOT, 0, 0)
        self._exchanges.append(exchange)
        self.endInsertRows()
        if len(self._exchanges) > MOST_ROWS:
            last = len(self._exchanges) - 1
            self.beginRemoveRows(_ROOT, last, last)
            del self._exchanges[0]
            self.endRemoveRows()

    def clear(self) -> None:
        """Forget all."""
        self.beginResetModel()
        self._exchanges = []
        self.endResetModel()

    def exchange_at(self, number: int) -> "Exchange | None":
        """The request in a row; None where there is no such row."""
        if not 0 <= number < len(self._exchanges):
            return None
        return self._exchanges[len(self._exchanges) - 1 - number]

    def row_of(self, number: int) -> int | None:
        """The row of the exchange of this number; None where it is not there."""
        rows = (row for row, one in enumerate(reversed(self._exchanges)) if one.number == number)
        return next(rows, None)

    def count(self) -> int:
        """How many there are."""
        return len(self._exchanges)

    def heading(self, column: int) -> str:
        """The columns' names."""
        match RequestColumn(column):
            case RequestColumn.TIME:
                return self.tr("Time")
            case RequestColumn.VERDICT:
                return self.tr("Verdict")
            case RequestColumn.WORDS:
                return self.tr("Request")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell in words, colours and signs."""
        exchange = self.exchange_at(index.row())
        if exchange is None:
            return None
        column = RequestColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _words(exchange, column)
            case Qt.ItemDataRole.DecorationRole if column is RequestColumn.VERDICT:
                return sign_icon(sandbox.standing(exchange))
            case Qt.ItemDataRole.ForegroundRole if column is RequestColumn.VERDICT:
                return QColor(colours_of(sandbox.standing(exchange))[0])
            case Qt.ItemDataRole.ForegroundRole if column is RequestColumn.TIME:
                return QColor(theme.current().quiet)
            case Qt.ItemDataRole.ToolTipRole:
                said = map(diagnosis_sentence, exchange.diagnoses)
                return plain_tip("\n".join((_words(exchange, column), *said)))
        return None


def _words(exchange: "Exchange", column: RequestColumn) -> str:
    match column:
        case RequestColumn.TIME:
            return clock(exchange.at)
        case RequestColumn.VERDICT:
            return sandbox.verdict_word(exchange)
        case RequestColumn.WORDS:
            is_plain = exchange.message is not None and exchange.fault is None
            if is_plain and exchange.message is not None:
                return clean(headline_of(exchange.message)[:_WORDS_CHARACTERS])
            said = next(map(diagnosis_sentence, exchange.diagnoses), "")
            return sandbox.happened(exchange) or said or f"{exchange.method} {exchange.path}"


def received_text(exchange: "Exchange") -> str:
    """As it came in; the values of its query are masked by the sandbox itself."""
    query = f"?{exchange.query}" if exchange.query else ""
    lines = [f"{exchange.method} {exchange.path}{query}"]
    lines += [f"{name}: {value}" for name, value in exchange.headers]
    lines += ["", _body(exchange)]
    return clean("\n".join(lines))


def answer_line(exchange: "Exchange") -> str:
    """The HTTP status of the answer, or that none was given."""
    if exchange.http_status is None:
        return translate("Sandbox", "No HTTP answer was given.")
    return f"HTTP {exchange.http_status}"


def _body(exchange: "Exchange") -> str:
    if not exchange.body_bytes:
        return translate("Sandbox", "(no body)")
    if exchange.is_cut:
        cut = translate("Sandbox", "(cut; {size} bytes in all)")
        size = QLocale().toString(exchange.body_bytes)
        return f"{exchange.body.decode('utf-8', 'replace')}\n{cut.format(size=size)}"
    text = exchange.body.decode("utf-8", "replace")
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return text
