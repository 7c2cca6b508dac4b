"""The rows of a table as they are shown: number, robot, how they stand, and their cells."""

from collections.abc import Mapping, Sequence
from enum import IntEnum, StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from dingcomposer.core.plain_text import clean
from dingcomposer.core.records import dataclass
from dingcomposer.ui import theme

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_CELL_CHARACTERS = 200


class RowColumn(IntEnum):
    """The columns before those of the table."""

    NUMBER = 0
    ROBOT = 1
    STATE = 2


class Tone(StrEnum):
    """How a state is coloured."""

    PLAIN = "plain"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as it is shown. `can_be_sent`: a person may tick it; `is_found`: something is found."""

    number: int
    robot: str
    colour: str
    cells: tuple[str, ...]
    state: str = ""
    tone: Tone = Tone.PLAIN
    can_be_sent: bool = True
    is_found: bool = False


class TableRowsModel(QAbstractTableModel):
    """Rows by their position in the table; those that are shown may be fewer.

    Signals:
        ticked(): other rows are ticked.
    """

    ticked = Signal()

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._headings: tuple[str, ...] = ()
        self._rows: list[ShownRow] = []
        self._shown: list[int] = []
        self._places: dict[int, int] = {}
        self._unticked: set[int] = set()
        self._is_choosing = True
        self._shows_found_only = False

    # What is shown

    def show_rows(
        self, headings: Sequence[str], rows: Sequence[ShownRow], unticked: frozenset[int]
    ) -> None:
        """Show these; the rows at the `unticked` positions are not to be sent."""
        self.beginResetModel()
        self._headings, self._rows = tuple(headings), list(rows)
        self._unticked = set(unticked)
        self._take_shown()
        self.endResetModel()

    def set_states(self, states: Mapping[int, tuple[str, Tone]]) -> None:
        """How the rows at these positions stand now."""
        from dataclasses import replace

        for position, (words, tone) in states.items():
            self._rows[position] = replace(self._rows[position], state=words, tone=tone)
            place = self._places.get(position)
            if place is not None:
                self.dataChanged.emit(
                    self.index(place, RowColumn.STATE), self.index(place, RowColumn.STATE)
                )

    def set_choosing(self, is_choosing: bool) -> None:
        """Whether rows can be ticked: not once they are sent."""
        if is_choosing != self._is_choosing:
            self._is_choosing = is_choosing
            if self._shown:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))

    def set_found_only(self, is_on: bool) -> None:
        """Show the rows in which something is found, or all."""
        self.beginResetModel()
        self._shows_found_only = is_on
        self._take_shown()
        self.endResetModel()

    def _take_shown(self) -> None:
        self._shown = [
            position
            for position, row in enumerate(self._rows)
            if row.is_found or not self._shows_found_only
        ]
        self._places = {position: place for place, position in enumerate(self._shown)}

    @property
    def rows(self) -> Sequence[ShownRow]:
        """All rows, in the order of the table."""
        return self._rows

    def position_of(self, index: Index) -> int:
        """The position in the table of what is shown there."""
        return self._shown[index.row()]

    def place_of(self, position: int) -> int | None:
        """Where the row at a position is shown; None where it is not."""
        return self._places.get(position)

    @property
    def left_out(self) -> frozenset[int]:
        """The positions of the rows that are not to be sent."""
        blocked = (at for at, row in enumerate(self._rows) if not row.can_be_sent)
        return frozenset((*blocked, *self._unticked))

    # Qt's questions

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The rows that are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Ours, then the table's."""
        return 0 if parent.isValid() else len(RowColumn) + len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The headings."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        match section:
            case RowColumn.NUMBER:
                return self.tr("Row")
            case RowColumn.ROBOT:
                return self.tr("Robot")
            case RowColumn.STATE:
                return self.tr("State")
        return clean(self._headings[section - len(RowColumn)])

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A row that can be sent can be ticked."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == RowColumn.NUMBER and self._can_tick(self.position_of(index)):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell."""
        position = self.position_of(index)
        row, column = self._rows[position], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(row, column)
            case Qt.ItemDataRole.ToolTipRole if column == RowColumn.STATE:
                return row.state
            case Qt.ItemDataRole.CheckStateRole if column == RowColumn.NUMBER:
                if not self._is_choosing:
                    return None
                is_on = row.can_be_sent and position not in self._unticked
                return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ForegroundRole:
                return self._colour(row, position, column)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a row, or leave it out."""
        position = self.position_of(index)
        if role != Qt.ItemDataRole.CheckStateRole or not self._can_tick(position):
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._unticked.discard(position)
        else:
            self._unticked.add(position)
        last = self.index(index.row(), self.columnCount() - 1)
        self.dataChanged.emit(self.index(index.row(), 0), last)
        self.ticked.emit()
        return True

    def _can_tick(self, position: int) -> bool:
        return self._is_choosing and self._rows[position].can_be_sent

    def _words(self, row: ShownRow, column: int) -> str:
        match column:
            case RowColumn.NUMBER:
                return str(row.number)
            case RowColumn.ROBOT:
                return clean(row.robot)
            case RowColumn.STATE:
                return row.state
        cell = row.cells[column - len(RowColumn)]
        return clean(" ".join(cell[:_CELL_CHARACTERS].split()))

    def _colour(self, row: ShownRow, position: int, column: int) -> QColor | None:
        on = theme.current()
        if column == RowColumn.STATE and row.tone is not Tone.PLAIN:
            return QColor(getattr(on, row.tone.value))
        if not row.can_be_sent or position in self._unticked:
            return QColor(on.faint)
        return None
