"""History model: the sends, newest first, of which only those are read that somebody looks at."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QModelIndex,
    QModelRoleData,
    QModelRoleDataSpan,
    QObject,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QIcon

from dingcomposer.core.delivery import Status
from dingcomposer.core.plain_text import clean
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.history import HistoryStore, SendRow
from dingcomposer.storage.planned.origins import SendOrigin, origins_of
from dingcomposer.ui import theme
from dingcomposer.ui.texts import time
from dingcomposer.ui.texts.messages import correction_label, kind_name, with_names
from dingcomposer.ui.texts.outcomes import Words, outcome_words, status_word, waiting_words
from dingcomposer.ui.texts.robots import robot_words
from dingcomposer.ui.texts.schedules import origin_word, origin_words
from dingcomposer.ui.widgets.icons import dot_icon
from dingcomposer.ui.widgets.plain_text import plain_tip
from dingcomposer.ui.widgets.row_table import Index, RowModel
from dingcomposer.ui.widgets.status_icons import SIGN_PX, colours_of, sign_icon, untinted

if TYPE_CHECKING:
    # At run time when somebody searches.
    from dingcomposer.core.search.matching import SendDocument
    from dingcomposer.core.search.query import Query
    from dingcomposer.storage.search.positions import FoundSends, SendList

HIT_ROLE = Qt.ItemDataRole.UserRole
"""Where the hits are in what a cell shows."""

Piece = tuple[str, list[tuple[int, int]]]
"""A text, and where in it the hits are."""

WINDOW_ROWS = 16
_KEPT_ROWS = 1_000
_HEADLINE_CHARACTERS = 300
# Of a title, and of the text before a hit, so much stands before the hit: less in a narrow column.
_MOST_TITLE, _LEAST_TITLE, _MOST_BEFORE, _LEAST_BEFORE = 16, 3, 12, 2
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
    """What was sent: all of it, or what a question found. Only what is looked at is read.

    The rows are kept without their messages, and no more of them than a few windows show.

    Signals:
        trouble(StorageError): rows could not be read; nothing more is read until `reload`.
        untrue_hit(): a send that was found has not the words in its texts; told once a question.
        rows_wanted(): rows are gone past that are not read: see `wanted_rows`. Told in a paint.
    """

    columns = SendColumn

    trouble = Signal(object)
    untrue_hit = Signal()
    rows_wanted = Signal()

    def __init__(
        self,
        history: HistoryStore,
        now: Callable[[], datetime],
        parent: QObject | None = None,
        *,
        names: Callable[[], Mapping[str, str]] = dict,
        waits_of: Callable[[str], str] = lambda _uuid: "",
    ) -> None:
        super().__init__(parent)
        self._waits_of = waits_of
        self._history = history
        self._now = now
        self._names_of = names
        self._names: Mapping[str, str] = names()
        self._names_asked = self._names
        self._is_doubted = False
        self._list: SendList | None = None
        self._found: FoundSends | None = None
        self._query: Query | None = None
        self._rows: OrderedDict[int, SendRow] = OrderedDict()
        self._shown: dict[int, SendRow] = {}
        self._pieces: dict[int, Piece] = {}
        self._documents: dict[int, SendDocument] = {}
        self._corrected: set[str] = set()
        self._origins: dict[int, SendOrigin] = {}
        self._cut: dict[str, str] = {}
        self._cut_words: Callable[[str], str] = str
        self._room = _MOST_TITLE * 3
        self._has_failed = self._is_passing = False
        self._wanted: set[int] = set()
        self._brought: frozenset[int] = frozenset()

    # What the page asks of it

    @property
    def is_begun(self) -> bool:
        """True once it was read."""
        return self._list is not None

    @property
    def query(self) -> "Query | None":
        """What is looked for; None where all sends are shown."""
        return self._query

    def reload(self) -> None:
        """Show all sends as they are now."""
        self.beginResetModel()
        self._forget()
        self._query = self._found = self._list = None
        try:
            self._list = self._history.all_sends()
        except StorageError as error:
            self._fail(error)
        self.endResetModel()

    def show_found(self, query: "Query", keys: Iterable[int]) -> None:
        """Show what a question found first instead; `append_found` adds to it."""
        self.beginResetModel()
        self._forget()
        self._query = query
        self._names_asked, self._is_doubted = self._names_of(), False
        self._list = self._found = found = self._history.found_sends()
        found.append(keys)
        self.endResetModel()

    def append_found(self, keys: Sequence[int]) -> None:
        """More of it, older."""
        if self._found is not None and keys:
            first = len(self._found)
            self.beginInsertRows(_ROOT, first, first + len(keys) - 1)
            self._found.append(keys)
            self.endInsertRows()

    def show_names(self) -> None:
        """Show people by their names as they are now."""
        self._names = self._names_of()
        self._pieces.clear()
        if self.count():
            last = self.index(self.count() - 1, SendColumn.TITLE)
            self.dataChanged.emit(self.index(0, SendColumn.TITLE), last)

    def cut_robots(self, cut: Callable[[str], str]) -> None:
        """Show robots as far as there is room; `cut` takes the middle out of what is longer.

        A delegate of its own for the column would be asked for each cell, at a third of a paint.
        """
        self._cut.clear()
        self._cut_words = cut

    def fit_titles(self, characters: int) -> None:
        """So many characters of a title are seen: hits are to be among them."""
        if characters != self._room:
            self._room = characters
            self._pieces.clear()

    def pass_by(self, *, is_passing: bool) -> None:
        """Rows are gone past, too quickly to be read: their hits are looked for when it rests.

        Meanwhile the disk is not waited for: what is not known is blank until `show_brought`.
        """
        if is_passing is not self._is_passing:
            self._is_passing = is_passing
            if not is_passing and self._query is not None:
                for number in tuple(self._shown):
                    title = self.index(number, SendColumn.TITLE)
                    self.dataChanged.emit(title, title)

    def wanted_rows(self) -> tuple[frozenset[int], tuple[int, ...]]:
        """The windows of rows that are gone past and not known, and the keys of their sends."""
        windows, self._wanted = frozenset(self._wanted), set()
        keys = [key for one in windows for key in self.keys(one * WINDOW_ROWS, WINDOW_ROWS)]
        return windows, tuple(keys)

    def show_brought(self, windows: frozenset[int]) -> None:
        """The disk has brought these: they are read at once, and shown."""
        self._brought = windows
        for one in windows:
            first, last = one * WINDOW_ROWS, min((one + 1) * WINDOW_ROWS, self.count()) - 1
            if first <= last:
                self.dataChanged.emit(self.index(first, 0), self.index(last, len(SendColumn) - 1))

    def show_waits(self) -> bool:
        """Say anew what waits, as time goes by; True where a row that is looked at does."""
        waiting = [number for number, row in self._shown.items() if not row.status.is_final]
        for number in waiting:
            index = self.index(number, SendColumn.HAPPENED)
            self.dataChanged.emit(index, index)
        return bool(waiting)

    def row_at(self, number: int) -> SendRow | None:
        """A row, without its message; None where there is no such row."""
        row = self._shown.get(number)  # a view asks for each cell many times
        sends = self._list
        if row is not None or sends is None or not 0 <= number < self.count():
            return row
        try:
            key = sends.keys(number, 1)[0]
            row = self._rows.get(key)
            if row is None and self._is_near(number):
                self._read(number)
                row = self._rows.get(key)
        except StorageError as error:
            self._fail(error)
            return None
        if row is not None:
            self._shown[number] = row
        return row

    def number_of(self, row: SendRow) -> int | None:
        """Where a send stands in the table; None where it is not in it (yet)."""
        try:
            return None if self._list is None else self._list.number_of(row.key)
        except StorageError as error:
            self._fail(error)
            return None

    def number_before(self, at: datetime) -> int:
        """Where the newest send of this time or earlier stands."""
        try:
            return 0 if self._list is None else self._list.number_before(at)
        except StorageError as error:
            self._fail(error)
            return 0

    def put(self, row: SendRow) -> None:
        """Show a send that is new, or has changed."""
        if self._list is None:
            return  # it will be read with the others
        if row.corrects and row.corrects not in self._corrected:
            self._corrected.add(row.corrects)
            for place, shown in self._shown.items():
                if shown.msg_uuid == row.corrects:
                    title = self.index(place, SendColumn.TITLE)
                    self.dataChanged.emit(title, title)
        number = self.number_of(row)
        if number is not None:
            if row.key in self._rows:
                self._rows[row.key] = _light(row)
            self._pieces.pop(row.key, None)
            self._documents.clear()
            self._shown.pop(number, None)
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(SendColumn) - 1))
        elif self._is_newest(row) and self._is_wanted(row):
            self.beginInsertRows(_ROOT, 0, 0)
            self._list.prepend(row.key)
            self._shown.clear()
            self._rows[row.key] = _light(row)
            self._note_origins((row,))
            self.endInsertRows()

    def piece(self, number: int) -> Piece:
        """What of a row stands in its title's place, and where in it the hits are."""
        row = self.row_at(number)
        if row is None:
            return "", []
        if row.key in self._pieces:
            text, hits = self._pieces[row.key]
        elif self._is_passing:
            text, hits = clean(with_names(row.headline, self._names)[:_HEADLINE_CHARACTERS]), []
        else:
            text, hits = self._pieces[row.key] = self._find_piece(number, row)
        mark = self._mark(row)
        return mark + text, [(start + len(mark), end + len(mark)) for start, end in hits]

    def _mark(self, row: SendRow) -> str:
        """What stands before the title of a correction, and of what was corrected."""
        is_said = row.headline.startswith(correction_label().strip())  # the title says it itself
        corrects = self.tr("Correction · ") if row.corrects and not is_said else ""
        return (self.tr("Corrected · ") if row.msg_uuid in self._corrected else "") + corrects

    def keys(self, first: int, count: int) -> Sequence[int]:
        """The keys of so many sends from a place on."""
        try:
            return () if self._list is None else self._list.keys(first, count)
        except StorageError as error:
            self._fail(error)
            return ()

    def texts_of(self, row: SendRow) -> tuple[str, ...]:
        """All texts of a send in which words are looked for."""
        try:
            document = self._history.documents([row.key]).get(row.key)
        except StorageError as error:
            self._fail(error)
            return ()
        return () if document is None else document.texts

    def _is_newest(self, row: SendRow) -> bool:
        assert self._list is not None
        return not len(self._list) or self._list.keys(0, 1)[0] < row.key

    def _is_wanted(self, row: SendRow) -> bool:
        if self._query is None:
            return True
        from dingcomposer.core.search.matching import matches

        document = self._history.documents([row.key]).get(row.key)
        now = self._now().astimezone()
        return document is not None and matches(self._query, document, self._names, now)

    def _is_near(self, number: int) -> bool:
        """Whether a row can be read without waiting for the disk, or is waited for."""
        window = number // WINDOW_ROWS
        if not self._is_passing or window in self._brought:
            return True
        if not self._wanted:
            self.rows_wanted.emit()
        self._wanted.add(window)
        return False

    def _read(self, number: int) -> None:
        """Read the rows round one, and forget those that were looked at longest ago."""
        assert self._list is not None
        first = number // WINDOW_ROWS * WINDOW_ROWS
        keys = self._list.keys(first, WINDOW_ROWS)
        found = self._history.light_rows([key for key in keys if key not in self._rows])
        self._rows.update(found)
        msg_uuids = [row.msg_uuid for row in found.values()]
        self._corrected |= self._history.corrected(msg_uuids)
        self._note_origins(found.values())
        if len(self._rows) > _KEPT_ROWS:
            self._shown.clear()
        while len(self._rows) > _KEPT_ROWS:
            key, _ = self._rows.popitem(last=False)
            self._pieces.pop(key, None)
            self._origins.pop(key, None)

    def _note_origins(self, rows: Iterable[SendRow]) -> None:
        keys = {row.msg_uuid: row.key for row in rows}
        found = origins_of(self._history.database, list(keys))
        self._origins.update((keys[uuid], origin) for uuid, origin in found.items())

    def _find_piece(self, number: int, row: SendRow) -> Piece:
        """Find the hits of a row; and look whether they are hits."""
        if self._query is None or not self._query.terms:
            return clean(with_names(row.headline, self._names)[:_HEADLINE_CHARACTERS]), []
        from dingcomposer.core.search.matching import matches
        from dingcomposer.core.search.query import Query

        headline = clean(with_names(row.headline, self._names))
        document = self._document(number, row.key)
        if document is None:
            return headline[:_HEADLINE_CHARACTERS], []
        # The words alone: what else is asked for may have changed since.
        words = Query(self._query.terms)
        is_true = matches(words, document, self._names_asked, self._now().astimezone())
        if not is_true and not self._is_doubted:
            self._is_doubted = True
            self.untrue_hit.emit()
        return _piece(self._query, headline, document.texts, self._names, self._room)

    def _document(self, number: int, key: int) -> "SendDocument | None":
        """A send as the search sees it; those round it are read along with it."""
        if key not in self._documents and self._list is not None:
            first = number // WINDOW_ROWS * WINDOW_ROWS
            keys = [one for one in self._list.keys(first, WINDOW_ROWS) if one in self._rows]
            try:
                self._documents = self._history.documents([*keys, key])
            except StorageError as error:
                self._fail(error)
        return self._documents.get(key)

    def _forget(self) -> None:
        self._rows.clear()
        self._shown.clear()
        self._pieces.clear()
        self._documents.clear()
        self._origins.clear()
        self._brought = frozenset()
        self._has_failed = False

    def _fail(self, error: StorageError) -> None:
        """Read nothing more: a view asks for every cell, and each would fail."""
        if not self._has_failed:
            self._has_failed = True
            self._shown.clear()
            self.trouble.emit(error)

    # Qt's side

    def count(self) -> int:
        """How many rows there are."""
        return 0 if self._list is None or self._has_failed else len(self._list)

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
        return _RIGHT if column == SendColumn.DURATION else super().alignment(column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell in words, colours and signs."""
        if role not in _ROLES:
            return None
        row = self.row_at(index.row())
        return None if row is None else self._value(index.row(), row, index.column(), role)

    def multiData(  # noqa: N802 - Qt's spelling
        self, index: Index, roles: QModelRoleDataSpan | QModelRoleData
    ) -> None:
        """All that a view draws of a cell: seven roles, at each paint, in one call from Qt."""
        number, column = index.row(), index.column()
        row = self.row_at(number)
        for one in roles:  # type: ignore[union-attr] # a span has `__len__` and `__getitem__`
            role, value = one.role(), None
            if row is not None and role in _ROLES:
                value = self._value(number, row, column, role)
            if value is None:
                one.clearData()
            else:
                one.setData(value)

    def _value(self, number: int, row: SendRow, column: int, role: int) -> Any:
        """What a cell says in one of `_ROLES`."""
        match role:
            case Qt.ItemDataRole.DisplayRole if column == SendColumn.TITLE:
                return self.piece(number)[0]
            case Qt.ItemDataRole.DisplayRole:
                return self._words(row, SendColumn(column))
            case Qt.ItemDataRole.DecorationRole:
                return _sign(row, column)
            case Qt.ItemDataRole.ForegroundRole:
                return _colour(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                # Left is where it stands by itself; to say so costs a flag's way to C++ each time.
                return _RIGHT if column == SendColumn.DURATION else None
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._tip(row, SendColumn(column)))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._robot_words(row) if column == SendColumn.ROBOT else None
        return self.piece(number)[1] if column == SendColumn.TITLE else []

    def _words(self, row: SendRow, column: SendColumn) -> str:
        match column:
            case SendColumn.TIME:
                return time.day_time(row.created_at, self._now())
            case SendColumn.ROBOT:
                return self._cut_robot(self._robot_words(row))
            case SendColumn.KIND:
                return kind_name(row.kind)
            case SendColumn.TITLE:
                return clean(with_names(row.headline, self._names)[:_HEADLINE_CHARACTERS])
            case SendColumn.STATUS:
                return status_word(row.status)
            case SendColumn.HAPPENED:
                return self._said(row).happened
            case SendColumn.DURATION:
                return time.duration(row.duration_ms)

    def _robot_words(self, row: SendRow) -> str:
        robot = robot_words(row.robot_name, row.stage)
        if origin := self._origins.get(row.key):
            words = self.tr("{robot} · {origin}")
            return words.format(robot=robot, origin=origin_word(origin))
        if row.group_id is None:
            return robot
        return self.tr("{robot} · to several").format(robot=robot)

    def _cut_robot(self, words: str) -> str:
        if words not in self._cut:
            if len(self._cut) >= _KEPT_ROWS:
                self._cut.clear()
            self._cut[words] = self._cut_words(words)
        return self._cut[words]

    def _tip(self, row: SendRow, column: SendColumn) -> str:
        match column:
            case SendColumn.TIME:
                return time.full_time(row.created_at)
            case SendColumn.TITLE:
                return self._mark(row) + clean(with_names(row.headline, self._names))
            case SendColumn.ROBOT if origin := self._origins.get(row.key):
                robot = robot_words(row.robot_name, row.stage)
                return "\n".join((robot, origin_words(origin)))
            case SendColumn.ROBOT if row.group_id is not None:
                robot = robot_words(row.robot_name, row.stage)
                return self.tr("{robot}, one of several at once").format(robot=robot)
            case SendColumn.STATUS | SendColumn.HAPPENED:
                said = self._said(row)
                return "\n".join(filter(None, (said.happened, said.helps, said.own)))
            case _:
                return self._words(row, column)

    def _said(self, row: SendRow) -> Words:
        said = outcome_words(row, is_dingtalk=not row.is_sandbox)
        if row.status.is_final:
            return said
        return waiting_words(said, self._waits_of(row.msg_uuid), row.retry_at)


def _piece(
    query: "Query", headline: str, texts: Sequence[str], names: Mapping[str, str], room: int
) -> Piece:
    """The headline with its hits, or with the piece of the text round the first behind it.

    The first hit stands among as many characters as there is room for.
    """
    from dingcomposer.core.search.matching import excerpt, highlights

    shown = headline[:_HEADLINE_CHARACTERS]
    hits = highlights(query, shown, {})
    most = min(max(room // 3, _LEAST_TITLE), _MOST_TITLE)
    if hits and hits[0][0] <= most:
        return shown, hits
    before = min(max(room // 4, _LEAST_BEFORE), _MOST_BEFORE)
    around, places = excerpt(query, texts, names, before=before)
    if not around:
        return shown, hits
    short = headline if len(headline) <= most else f"{headline[:most]}…"
    start = len(short) + 3
    return f"{short} · {clean(around)}", [(a + start, b + start) for a, b in places]


_ROLES = frozenset(
    {
        *(Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.DecorationRole),
        *(Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.TextAlignmentRole),
        *(Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole, HIT_ROLE),
    }
)


def _light(row: SendRow) -> SendRow:
    """The row without its message, which the details read when they are shown."""
    return replace(row, payload="")


def _sign(row: SendRow, column: int) -> QIcon | None:
    if column == SendColumn.ROBOT:
        return _dot(row.robot_colour)
    return sign_icon(row.status) if column == SendColumn.STATUS else None


@cache
def _dot(colour: str) -> QIcon:
    return untinted(dot_icon(colour).pixmap(QSize(SIGN_PX, SIGN_PX), 3.0))


def _colour(row: SendRow, column: int) -> QColor | None:
    if column == SendColumn.STATUS:
        return _made(colours_of(row.status)[0])
    is_aside = column in _ASIDE or (
        column == SendColumn.HAPPENED and row.status in (Status.DELIVERED, Status.CANCELLED)
    )
    return _made(theme.current().quiet) if is_aside else None


@cache
def _made(colour: str) -> QColor:
    return QColor(colour)


_ASIDE = (SendColumn.TIME, SendColumn.KIND, SendColumn.DURATION)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
