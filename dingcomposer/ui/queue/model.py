"""Queue model: the waiting messages, those of a robot together, in the order in which they go."""

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QObject,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QIcon

from dingcomposer.core.plain_text import clean
from dingcomposer.sending.schedule import Waiting
from dingcomposer.storage.history import SendRow
from dingcomposer.ui import theme
from dingcomposer.ui.texts import time
from dingcomposer.ui.texts.messages import with_names
from dingcomposer.ui.widgets.icons import dot_icon
from dingcomposer.ui.widgets.plain_text import plain_tip
from dingcomposer.ui.widgets.row_table import Index, RowModel
from dingcomposer.ui.widgets.status_icons import SIGN_PX, untinted


class QueueColumn(IntEnum):
    """The columns, from the left."""

    ROBOT = 0
    MESSAGE = 1
    WAIT = 2


class QueueModel(RowModel):
    """What waits. `read` gives a send's row, once for each; `names` those of people by number."""

    columns = QueueColumn

    def __init__(
        self,
        read: Callable[[str], SendRow | None],
        parent: QObject | None = None,
        *,
        names: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._names = names
        self._waiting: tuple[Waiting, ...] = ()
        self._is_paused = False
        self._sends: dict[str, SendRow | None] = {}

    def show_queue(self, waiting: Sequence[Waiting], *, is_paused: bool) -> None:
        """Show the queue as it stands now; where only time has passed, the rows stay."""
        ordered = _together(waiting)
        is_same = [one.msg_uuid for one in ordered] == [one.msg_uuid for one in self._waiting]
        if not is_same:
            self.beginResetModel()
        self._waiting, self._is_paused = ordered, is_paused
        if not is_same:
            known = self._sends
            self._sends = {
                uuid: known[uuid] if uuid in known else self._read(uuid)
                for uuid in (one.msg_uuid for one in ordered)
            }
            self.endResetModel()
        elif ordered:
            last = self.index(len(ordered) - 1, QueueColumn.WAIT)
            self.dataChanged.emit(self.index(0, QueueColumn.WAIT), last)

    def waiting_at(self, number: int) -> Waiting | None:
        """A waiting message; None where there is no such row."""
        return self._waiting[number] if 0 <= number < len(self._waiting) else None

    def number_of(self, msg_uuid: str) -> int | None:
        """Where a message stands in the table."""
        numbers = (n for n, one in enumerate(self._waiting) if one.msg_uuid == msg_uuid)
        return next(numbers, None)

    def can_move(self, number: int, steps: int) -> bool:
        """True where the row has a neighbour of its own robot on that side."""
        here, there = self.waiting_at(number), self.waiting_at(number + steps)
        return here is not None and there is not None and here.pace_key == there.pace_key

    # Qt's side

    def count(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def heading(self, column: int) -> str:
        """The columns' names."""
        match QueueColumn(column):
            case QueueColumn.ROBOT:
                return self.tr("Robot")
            case QueueColumn.MESSAGE:
                return self.tr("Message")
            case QueueColumn.WAIT:
                return self.tr("Goes in")

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """As what stands in it is read."""
        return _alignment(QueueColumn(column))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell in words and colours."""
        waiting = self.waiting_at(index.row())
        if waiting is None:
            return None
        column = QueueColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(waiting, column)
            case Qt.ItemDataRole.DecorationRole if column is QueueColumn.ROBOT:
                return self._dot(waiting)
            case Qt.ItemDataRole.ForegroundRole if column is QueueColumn.WAIT:
                return QColor(theme.current().quiet)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._words(waiting, column))
        return None

    def _words(self, waiting: Waiting, column: QueueColumn) -> str:
        send = self._sends.get(waiting.msg_uuid)
        match column:
            case QueueColumn.ROBOT:
                return clean(send.robot_name) if send else ""
            case QueueColumn.MESSAGE:
                if send is None:
                    return waiting.msg_uuid
                return clean(with_names(send.headline, self._names()))
            case QueueColumn.WAIT:
                return time.countdown(waiting.due_in_s, is_paused=self._is_paused)

    def _dot(self, waiting: Waiting) -> QIcon | None:
        send = self._sends.get(waiting.msg_uuid)
        if send is None:
            return None
        return untinted(dot_icon(send.robot_colour).pixmap(QSize(SIGN_PX, SIGN_PX), 3.0))


def _together(waiting: Sequence[Waiting]) -> tuple[Waiting, ...]:
    """Robot by robot (those with one webhook are one), each where its first message stands."""
    lanes: dict[str, list[Waiting]] = {}
    for one in waiting:
        lanes.setdefault(one.pace_key, []).append(one)
    return tuple(one for lane in lanes.values() for one in lane)


def _alignment(column: QueueColumn) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column is QueueColumn.WAIT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
