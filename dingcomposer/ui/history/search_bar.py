"""Search bar of the history: one field for words and filters, chips for what it filters by."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.search.query import (
    EVERYONE,
    NAMES,
    VALUES,
    Filter,
    SearchField,
    TypedPart,
    field_named,
    parse_query,
    pieces,
)
from dingcomposer.core.search.tokens import fold
from dingcomposer.ui.texts import search as words
from dingcomposer.ui.widgets.buttons import settle_after_menu
from dingcomposer.ui.widgets.icons import IconButton
from dingcomposer.ui.widgets.layouts import AutoHeightArea, FlowLayout
from dingcomposer.ui.widgets.plain_text import plain_label

_MOST_OFFERED = 10
_CHIPS_PX = 92
_LIST_PX = 280
_PIECE = Qt.ItemDataRole.UserRole


class SearchBar(QWidget):
    """It finds nothing itself. `robots` and `people` give the names that are offered.

    Signals:
        changed(str): look for this.
        left(): the keyboard goes on to what was found.
        save_wanted(): keep this search.
        date_wanted(): go to a day.
        tools_wanted(): what else can be done with the history.
    """

    changed = Signal(str)
    left = Signal()
    save_wanted = Signal()
    date_wanted = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        robots: Callable[[], Sequence[str]] = tuple,
        people: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        super().__init__(parent)
        self._robots, self._people = robots, people
        self._field = QLineEdit(self)
        self._field.setObjectName("history.search")
        self._field.setAccessibleName(self.tr("Search the history"))
        self._field.setPlaceholderText(
            self.tr('Search: words, "a phrase", -without, {status}:{refused}').format(
                status=words.typed_field(SearchField.STATUS),
                refused=words.value_label(SearchField.STATUS, "refused"),
            )
        )
        self._field.setClearButtonEnabled(True)
        self._filter = QToolButton(self)
        self._filter.setObjectName("history.search.filter")
        self._filter.setText(self.tr("Filter"))
        self._filter.setAccessibleName(self._filter.text())
        self._filter.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._filter)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._filter.setMenu(self._menu)
        settle_after_menu(self._filter)
        self._count = QLabel(self)
        self._count.setObjectName("history.search.count")
        self._count.setProperty("quiet", True)
        self._save = QPushButton(self.tr("Keep this search"), self)
        self._save.setObjectName("history.search.save")
        self._save.setAccessibleName(self._save.text())
        self._save.setProperty("flat", True)
        kept = self._save.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # nothing beside it moves when it comes
        self._save.setSizePolicy(kept)
        self._unread = plain_label("", self, "history.search.unread")
        self._unread.setProperty("notice", True)
        self._unread.setWordWrap(True)
        self._unread.hide()
        self._chips = _Chips(self)
        self.completer = SearchCompleter(self._field, self._offers)
        self._lay_out()
        self._field.textChanged.connect(self._on_text_changed)
        self._field.editingFinished.connect(lambda: self._tell_unread(is_left=True))
        QWidget.setTabOrder(self._save, self._filter)
        self._field.installEventFilter(self)
        self._chips.removed.connect(self._on_chip_removed)
        self._save.clicked.connect(self.save_wanted)
        self._on_text_changed("")
        self.show_kept(is_kept=False)

    @property
    def text(self) -> str:
        """What is looked for, as it stands in the field."""
        return self._field.text()

    def set_text(self, text: str) -> None:
        """Look for this."""
        self._field.setText(text)

    def focus_field(self) -> None:
        """Lead the keyboard to the field; what stands there can be typed over."""
        self._field.setFocus()
        self._field.selectAll()

    def add_filter(self, one: Filter) -> None:
        """Filter by this as well."""
        if one not in parse_query(self.text).filters:
            typed = words.typed_filter(one)
            self._field.setText(f"{self.text.rstrip()} {typed} ".lstrip())

    def show_kept(self, *, is_kept: bool) -> None:
        """Whether this search stands among the kept ones already."""
        self._save.setVisible(bool(self.text.strip()) and not is_kept)

    def set_filters(self, filters: Iterable[Filter]) -> None:
        """Look for what these filters find, and nothing else."""
        self._field.setText(" ".join(map(words.typed_filter, filters)))

    def show_count(self, label: str) -> None:
        """Say how many were found."""
        self._count.setText(label)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Enter lead to what was found; Esc empties the field, and then leaves it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.left.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                if self.text:
                    self._field.clear()
                else:
                    self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        for widget in (self._count, self._save, self._filter):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._chips)
        column.addWidget(self._unread)

    def _on_text_changed(self, text: str) -> None:
        filters = parse_query(text).filters
        self._chips.show_filters(filters)
        self._tell_unread()
        self.changed.emit(text)

    def _tell_unread(self, *, is_left: bool = False) -> None:
        """Say what is typed as a filter and is none; while typing, unless it can become one."""
        text, told = self.text, []
        for piece in pieces(text):
            typed = text[piece.start : piece.end]
            if piece.unread is not None and (is_left or not self._is_begun(piece, typed)):
                told.append(words.unread_label(typed, piece.unread))
        self._unread.setText("\n".join(told))
        self._unread.setVisible(bool(told))

    def _is_begun(self, piece: TypedPart, typed: str) -> bool:
        """Whether the caret is in it, and it is the beginning of a filter."""
        at = self._field.cursorPosition()
        if not piece.start < at <= piece.end:
            return False
        value = typed.replace("：", ":").partition(":")[2]
        return value[:1].isdigit() or bool(self._offers(typed))

    def _on_chip_removed(self, one: Filter) -> None:
        text = self.text
        for piece in reversed(list(pieces(text))):
            if piece.meaning == one:
                text = f"{text[: piece.start].rstrip()} {text[piece.end :].lstrip()}".strip()
        self._field.setText(text)
        self._field.setFocus()

    def _fill_menu(self) -> None:
        self._menu.clear()
        for field, values in words.OFFERED.items():
            menu = self._menu.addMenu(words.field_label(field))
            for value in values:
                one = Filter(field, value)
                action = menu.addAction(words.value_label(field, value))
                action.triggered.connect(lambda _=False, one=one: self.add_filter(one))
        robots = self._menu.addMenu(words.field_label(SearchField.ROBOT))
        for name in list(self._robots())[:30]:
            action = robots.addAction(name.replace("&", "&&"))
            one = Filter(SearchField.ROBOT, name)
            action.triggered.connect(lambda _=False, one=one: self.add_filter(one))
        robots.setEnabled(not robots.isEmpty())
        self._menu.addAction(self.tr("Of a person…")).triggered.connect(self._on_person_wanted)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Go to a day…")).triggered.connect(self.date_wanted)

    def _on_person_wanted(self) -> None:
        self._field.setText(
            f"{self.text.rstrip()} {words.typed_field(SearchField.PERSON)}:".lstrip()
        )
        self._field.setFocus()

    def _offers(self, typed: str) -> list[tuple[str, str]]:
        """What can be meant by a piece that is being typed: what is shown, what is put there."""
        minus = "-" if typed.startswith("-") else ""
        name, colon, value = typed.removeprefix("-").replace("：", ":").partition(":")
        if not colon:
            return [] if len(name) < 1 else self._fields_offered(minus, name)
        field = field_named(name)
        if field is None:
            return []
        wanted = fold(value.strip('"“”'))
        offered = []
        is_named = field in (SearchField.ROBOT, SearchField.PERSON)
        for label, meaning in self._values_of(field):
            names = (label, meaning, *VALUES[field].get(meaning, ()))
            if any(wanted in fold(n) if is_named else fold(n).startswith(wanted) for n in names):
                typed_words = words.typed_filter(Filter(field, meaning, bool(minus)))
                if fold(typed_words) != fold(typed):
                    offered.append((label, f"{typed_words} "))
        return offered[:_MOST_OFFERED]

    def _fields_offered(self, minus: str, name: str) -> list[tuple[str, str]]:
        wanted = fold(name)
        offered = []
        for field, names in NAMES.items():
            if any(fold(one).startswith(wanted) for one in names):
                typed = words.typed_field(field)
                offered.append((f"{typed}:   {words.field_label(field)}", f"{minus}{typed}:"))
        return offered

    def _values_of(self, field: SearchField) -> list[tuple[str, str]]:
        if field is SearchField.ROBOT:
            return [(name, name) for name in self._robots()]
        if field is SearchField.PERSON:
            everyone = words.value_label(SearchField.PERSON, EVERYONE)
            return [(everyone, EVERYONE), *((name, name) for name in self._people())]
        return [(words.value_label(field, one), one) for one in words.OFFERED[field]]


class SearchCompleter(QObject):
    """A list below the field; it takes up, down, Enter, Tab and Esc while it is open.

    `offers` gives for the piece that is being typed what it can become.
    """

    def __init__(
        self, field: QLineEdit, offers: Callable[[str], Sequence[tuple[str, str]]]
    ) -> None:
        super().__init__(field)
        self._field, self._offers = field, offers
        self._list: QListWidget | None = None
        field.textEdited.connect(self._look)
        field.installEventFilter(self)

    @property
    def offered(self) -> list[str]:
        """What is shown, while it is open."""
        shown = self._list
        if shown is None or not shown.isVisible():
            return []
        return [shown.item(row).text() for row in range(shown.count())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer the keys that are for the list while it is open."""
        shown = self._list
        if shown is None or not shown.isVisible():
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.FocusOut:
            shown.hide()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place(shown)  # the count beside the field is as wide as its words
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key, row = event.key(), shown.currentRow()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if key == Qt.Key.Key_Down else -1
                shown.setCurrentRow((row + step) % shown.count() if row >= 0 else max(step - 1, -1))
                return True
            if key == Qt.Key.Key_Escape:
                shown.hide()
                return True
            if row >= 0 and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
                self._choose(shown.item(row))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                shown.hide()
        return super().eventFilter(watched, event)

    def _piece(self) -> TypedPart | None:
        """The piece that the caret stands behind."""
        at = self._field.cursorPosition()
        return next((one for one in pieces(self._field.text()) if one.start < at <= one.end), None)

    def _look(self) -> None:
        piece = self._piece()
        typed = "" if piece is None else self._field.text()[piece.start : piece.end]
        offers = self._offers(typed) if typed else ()
        if not offers:
            if self._list is not None:
                self._list.hide()
            return
        shown = self._list = self._list or self._make_list()
        shown.clear()
        for label, text in offers:
            item = QListWidgetItem(label)
            item.setData(_PIECE, text)
            shown.addItem(item)
        # With a colon a value is wanted; without, most words are just words.
        shown.setCurrentRow(0 if ":" in typed.replace("：", ":") else -1)
        self._place(shown)
        shown.show()
        shown.raise_()

    def _place(self, shown: QListWidget) -> None:
        """Below the field, as large as what is offered."""
        height = shown.sizeHintForRow(0) * shown.count() + 2 * shown.frameWidth()
        window = self._field.window()
        place = self._field.mapTo(window, QPoint(0, self._field.height() + 4))
        wide = max(_LIST_PX, shown.sizeHintForColumn(0) + 2 * shown.frameWidth() + 16)
        shown.setGeometry(place.x(), place.y(), min(wide, window.width() - place.x() - 8), height)

    def _make_list(self) -> QListWidget:
        made = QListWidget(self._field.window())
        made.setObjectName("history.search.offers")
        made.setAccessibleName(self.tr("What can be typed here"))
        made.setProperty("rows", True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.itemClicked.connect(self._choose)
        self._field.destroyed.connect(made.deleteLater)
        return made

    def _choose(self, item: QListWidgetItem) -> None:
        piece = self._piece()
        assert self._list is not None
        self._list.hide()
        if piece is not None:
            text, put = self._field.text(), str(item.data(_PIECE))
            self._field.setText(text[: piece.start] + put + text[piece.end :].lstrip())
            self._field.setCursorPosition(piece.start + len(put))
            if put.endswith(":"):
                self._look()


class _Chips(AutoHeightArea):
    """The filters in rows.

    Signals:
        removed(Filter): do not filter by this any more.
    """

    removed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        self._inside = QWidget()
        super().__init__(self._inside, _CHIPS_PX, parent)
        self._flow = FlowLayout(self._inside, gap=6)
        self._shown: tuple[Filter, ...] = ()
        self._made: list[QFrame] = []
        self.hide()

    def show_filters(self, filters: tuple[Filter, ...]) -> None:
        """Show these."""
        if filters == self._shown:
            return
        self._shown = filters
        for chip in self._made:
            self._flow.removeWidget(chip)
            chip.setParent(None)
            chip.deleteLater()
        self._made = [self._make(one) for one in filters]
        self.setVisible(bool(filters))
        self.fit()

    def _make(self, one: Filter) -> QFrame:
        label = words.chip_label(one)
        chip = QFrame(self._inside)
        chip.setProperty("chip", True)
        text = QLabel(label, chip)
        text.setTextFormat(Qt.TextFormat.PlainText)
        cross = IconButton("remove", self.tr("Remove {filter}").format(filter=label), chip)
        cross.setObjectName(f"history.search.chip.{one.field}")
        cross.setProperty("chipPart", True)
        cross.setFixedSize(QSize(20, 20))
        cross.clicked.connect(lambda: self.removed.emit(one))
        row = QHBoxLayout(chip)
        row.setContentsMargins(8, 1, 2, 1)
        row.setSpacing(2)
        row.addWidget(text)
        row.addWidget(cross)
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        self.fit()
