"""The contacts as rows of a table: edited in place, each with what is wrong or to be looked at."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, IntEnum
from functools import cache
from re import Pattern
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPointF,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from dingcomposer.core.contacts import Contact, shared_keys, team_names
from dingcomposer.core.contacts_reading.pasted import contact_of, fault_of, tidied_contact
from dingcomposer.core.contacts_reading.rows import UNUSABLE_DOUBTS, Doubt, PastedRow
from dingcomposer.core.pinyin import typed_pattern
from dingcomposer.ui import theme
from dingcomposer.ui.texts.contacts import (
    doubt_sentence,
    fault_sentence,
    source_sentence,
    twice_sentence,
)
from dingcomposer.ui.texts.translate import join_sentences
from dingcomposer.ui.widgets.icons import IconName, paint_icon
from dingcomposer.ui.widgets.row_table import Index

_ROOT = QModelIndex()
_ICON_PX = 16
_SCALE = 3


class ContactColumn(IntEnum):
    """The columns of the table."""

    NAME = 0
    MOBILE = 1
    USER_ID = 2
    DEPARTMENT = 3
    TEAMS = 4
    REMARK = 5


class Mark(Enum):
    """What a row is marked as."""

    NONE = "none"
    LOOK = "look"  # to be looked at before it is saved
    WRONG = "wrong"  # cannot be saved


@dataclass(frozen=True, slots=True)
class Row:
    """A contact in the table, tidied. `kept` is how it is saved now, `source` how it was pasted.

    `rejected` is what stood in the place of a number and of a user ID that could not be taken: it
    is shown, to be mended.
    """

    contact: Contact
    kept: Contact | None = None
    doubts: tuple[Doubt, ...] = ()
    source: str = ""
    rejected: tuple[str, str] = ("", "")


class ContactsModel(QAbstractTableModel):
    """Rows of contacts.

    Signals:
        edited: something was typed, added or taken away.
    """

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._marks: list[tuple[Mark, str]] = []

    def show_contacts(self, contacts: Iterable[Contact]) -> None:
        """Have these, as they are saved."""
        self.beginResetModel()
        self._rows = [Row(contact, contact) for contact in contacts]
        self._live_checker()
        self.endResetModel()

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """What stands in the rows, the empty ones aside."""
        return tuple(row.contact for row in self._rows if row.contact != Contact(""))

    @property
    def savable(self) -> tuple[Contact, ...]:
        """What can be saved: a row that cannot stays as it was saved before, if it was."""
        found: list[Contact] = []
        for row, (mark, _) in zip(self._rows, self._marks, strict=True):
            contact = row.contact if mark is Mark.NONE else row.kept
            if contact is not None and contact != Contact(""):
                found.append(contact)
        twice = shared_keys(found)
        return tuple(one for one in found if not {one.mobile, one.user_id} & twice)

    def marked(self) -> list[tuple[int, Mark, str]]:
        """The rows that are marked: number, mark and sentence, those that are wrong first."""
        found = [
            (number, mark, words)
            for number, (mark, words) in enumerate(self._marks)
            if mark is not Mark.NONE
        ]
        return sorted(found, key=lambda one: (one[1] is not Mark.WRONG, one[0]))

    def mark(self, row: int) -> Mark:
        """What a row is marked as."""
        return self._marks[row][0]

    def words(self, row: int) -> str:
        """All that can be searched in a row."""
        one = self._rows[row].contact
        words = (one.name, one.mobile, one.user_id, one.department, *one.teams)
        return "\n".join(words).casefold()

    def name(self, row: int) -> str:
        """What a row is called in a sentence."""
        contact = self._rows[row].contact
        return contact.name or contact.person or self._rows[row].source[:20]

    def add(self, contact: Contact) -> int:
        """Add a row below; its number."""
        return self._add([Row(contact)])

    def add_pasted(self, rows: Sequence[PastedRow]) -> int:
        """Add the rows of a pasted list below, with what is to be looked at; the first's number."""
        return self._add(
            [
                Row(contact_of(one), None, one.doubts, one.source, (one.rejected, one.rejected_id))
                for one in rows
            ]
        )

    def put(self, number: int, contact: Contact) -> None:
        """Have another contact in a row."""
        self._rows[number] = replace(self._rows[number], contact=contact)
        self._live_checker()
        self._emit_changed()

    @property
    def teams(self) -> tuple[str, ...]:
        """The names of all teams that anybody here is in."""
        return tuple(sorted({name for row in self._rows for name in row.contact.teams}))

    def has_all_in(self, numbers: Sequence[int], team: str) -> bool:
        """Whether each of these rows is in a team."""
        return all(team in self._rows[number].contact.teams for number in numbers)

    def set_team(self, numbers: Iterable[int], team: str, *, is_in: bool) -> None:
        """Put rows into a team, or take them out of it."""
        for number in numbers:
            row = self._rows[number]
            others = tuple(one for one in row.contact.teams if one != team)
            teams = (*others, team) if is_in else others
            self._rows[number] = replace(row, contact=replace(row.contact, teams=teams))
        self._live_checker()
        self._emit_changed()

    def remove(self, numbers: Iterable[int]) -> None:
        """Take rows away."""
        gone = set(numbers)
        self.beginResetModel()
        self._rows = [row for number, row in enumerate(self._rows) if number not in gone]
        self._live_checker()
        self.endResetModel()
        self.edited.emit()

    def confirm(self, numbers: Iterable[int]) -> None:
        """The rows are right as they stand: somebody looked at them."""
        for number in numbers:
            if self._marks[number][0] is Mark.LOOK:
                self._rows[number] = replace(self._rows[number], doubts=())
        self._live_checker()
        self._emit_changed()

    def set_saved(self, contacts: Iterable[Contact]) -> None:
        """These are saved now; the others still are not."""
        saved = set(contacts)
        self._rows = [
            replace(row, kept=row.contact) if row.contact in saved else row for row in self._rows
        ]

    # --- Qt's side ------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The rows; they have none below them."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The columns."""
        return 0 if parent.isValid() else len(ContactColumn)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All but the remarks can be typed into."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() != ContactColumn.REMARK:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The headings."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        headings = (
            self.tr("Name"),
            self.tr("Mobile"),
            self.tr("User ID"),
            self.tr("Department"),
            self.tr("Teams"),
            self.tr("To look at"),
        )
        return headings[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words, a sign beside what is wrong, and the whole sentence as a tip."""
        row = self._rows[index.row()]
        mark, words = self._marks[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return (
                    words if index.column() == ContactColumn.REMARK else _cell(row, index.column())
                )
            case Qt.ItemDataRole.DecorationRole if index.column() == ContactColumn.REMARK:
                return _sign(mark)
            case Qt.ItemDataRole.ToolTipRole if words:
                return f"{words}\n{source_sentence(row.source)}" if row.source else words
            case Qt.ItemDataRole.BackgroundRole if mark is not Mark.NONE:
                now = theme.current()
                return QColor(now.bad_soft if mark is Mark.WRONG else now.warn_soft)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return words
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed: whoever edits a row has looked at it."""
        if role != Qt.ItemDataRole.EditRole or index.column() == ContactColumn.REMARK:
            return False
        row = self._rows[index.row()]
        if str(value) == _cell(row, index.column()):
            return False
        contact = tidied_contact(_with_cell(row.contact, index.column(), str(value)))
        number, user_id = row.rejected
        rejected = (
            "" if index.column() == ContactColumn.MOBILE else number,
            "" if index.column() == ContactColumn.USER_ID else user_id,
        )
        self._rows[index.row()] = replace(row, contact=contact, doubts=(), rejected=rejected)
        self._live_checker()
        self._emit_changed()
        return True

    def _add(self, rows: list[Row]) -> int:
        first = len(self._rows)
        if rows:
            self.beginInsertRows(_ROOT, first, first + len(rows) - 1)
            self._rows += rows
            self._live_checker()
            self.endInsertRows()
            self.edited.emit()
        return first

    def _emit_changed(self) -> None:
        last = self.index(len(self._rows) - 1, len(ContactColumn) - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        self.edited.emit()

    def _live_checker(self) -> None:
        contacts = [row.contact for row in self._rows]
        twice = shared_keys(contacts)
        # Of two with one number, who was there first has it.
        order = sorted(range(len(self._rows)), key=lambda at: not _is_saved(self._rows[at]))
        owners: dict[str, int] = {}
        for at in order if twice else ():
            for key in (contacts[at].mobile, contacts[at].user_id):
                owners.setdefault(key, at)
        self._marks = []
        for at, row in enumerate(self._rows):
            keys = (row.contact.mobile, row.contact.user_id)
            taken = next((key for key in keys if key in twice and owners[key] != at), "")
            self._marks.append(_mark(row, taken, contacts[owners.get(taken, 0)].name))


class ContactsFilter(QSortFilterProxyModel):
    """The rows that hold some words, or those that are marked; a new row is always there."""

    def __init__(self, contacts: ContactsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._contacts = contacts
        self._wanted: tuple[str, ...] = ()
        self._by_pinyin: tuple[Pattern[str] | None, ...] = ()
        self._spell: Callable[[str], str] | None = None
        self._is_marked_only = False
        self.setDynamicSortFilter(False)
        self.setSourceModel(contacts)

    def show_only(
        self, words: str, *, is_marked: bool, spell: Callable[[str], str] | None = None
    ) -> None:
        """Show the rows with all of these words; of them the marked ones alone, if wished.

        The names also by their pinyin, once that can be told at once: `spell` does.
        """
        self.beginFilterChange()
        self._wanted = tuple(words.casefold().split())
        self._spell = spell
        self._by_pinyin = tuple(
            typed_pattern(word) if spell is not None and word.isascii() else None
            for word in self._wanted
        )
        self._is_marked_only = is_marked
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(  # noqa: N802 - Qt's spelling
        self, source_row: int, source_parent: Index
    ) -> bool:
        """Whether a row is shown."""
        del source_parent
        words = self._contacts.words(source_row)
        if not words.strip():
            return True
        is_marked = self._contacts.mark(source_row) is not Mark.NONE
        if self._is_marked_only and not is_marked:
            return False
        return all(
            one in words or (pattern is not None and self._is_spelt(source_row, pattern))
            for one, pattern in zip(self._wanted, self._by_pinyin, strict=True)
        )

    def _is_spelt(self, row: int, pattern: Pattern[str]) -> bool:
        name = self._contacts.index(row, ContactColumn.NAME).data()
        return self._spell is not None and pattern.search(self._spell(name)) is not None


def _cell(row: Row, column: int) -> str:
    one = row.contact
    mobile, user_id = one.mobile or row.rejected[0], one.user_id or row.rejected[1]
    return (one.name, mobile, user_id, one.department, "、".join(one.teams))[column]


def _with_cell(contact: Contact, column: int, words: str) -> Contact:
    match column:
        case ContactColumn.NAME:
            return replace(contact, name=words)
        case ContactColumn.MOBILE:
            return replace(contact, mobile=words)
        case ContactColumn.USER_ID:
            return replace(contact, user_id=words)
        case ContactColumn.DEPARTMENT:
            return replace(contact, department=words)
        case _:
            return replace(contact, teams=team_names(words))


def _is_saved(row: Row) -> bool:
    return row.contact == row.kept


def _mark(row: Row, taken: str, owner: str) -> tuple[Mark, str]:
    """What a row is marked as, and why; `taken` is a number of its own that the owner has."""
    contact = row.contact
    if contact == Contact("") and not row.source:
        return Mark.NONE, ""
    fault = fault_of(contact)
    sentences = [doubt_sentence(doubt) for doubt in row.doubts]
    if fault is not None:
        # What the paste says is nearer to the point: "rounded" instead of "missing".
        words = join_sentences(sentences) or fault_sentence(fault, contact)
        return Mark.WRONG, words
    if taken:
        return Mark.WRONG, twice_sentence(taken, owner)
    if UNUSABLE_DOUBTS & set(row.doubts):
        return Mark.WRONG, join_sentences(sentences)
    return (Mark.LOOK, join_sentences(sentences)) if sentences else (Mark.NONE, "")


def _sign(mark: Mark) -> QIcon | None:
    now = theme.current()
    match mark:
        case Mark.WRONG:
            return _icon("blocks", now.bad, now.panel)
        case Mark.LOOK:
            return _icon("warns", now.warn, now.panel)
        case Mark.NONE:
            return None


@cache
def _icon(icon_name: IconName, colour: str, ground: str) -> QIcon:
    del ground  # it is part of what is drawn, through the theme
    pixmap = QPixmap(_ICON_PX * _SCALE, _ICON_PX * _SCALE)
    pixmap.setDevicePixelRatio(_SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_icon(painter, icon_name, QPointF(0, 0), QColor(colour))
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon
