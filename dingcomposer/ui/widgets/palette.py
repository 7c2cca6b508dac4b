"""The palette: everything that can be done, chosen or led to, found by a few letters.

It knows nothing of the program: whoever opens it gives the sources.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.pinyin import spelled, typed_pattern
from dingcomposer.core.plain_text import clean
from dingcomposer.ui import theme

SHOWN: Final = 60
"""How many entries are shown at most; more letters find the others."""

_ROWS: Final = 10
_ROW_PX: Final = 34
_WIDTH_PX: Final = 560
_ENTRY: Final = Qt.ItemDataRole.UserRole
_STEPS: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _ROWS,
    Qt.Key.Key_PageUp: -_ROWS,
}
_ENTERS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PaletteEntry(NamedTuple):
    """One thing that can be had: its `words`, which `kind` of thing it is, and what `do` does.

    `key` counts how often it is used, "" where that is not to be remembered. `also` has further
    words by which it is found; `detail` stands at the right, such as its keys.
    """

    key: str
    words: str
    kind: str
    do: Callable[[], object]
    also: str = ""
    detail: str = ""
    is_name: bool = False
    can_do: bool = True


class PaletteSource(NamedTuple):
    """Where entries come from. One that `searches` finds by itself what the letters mean.

    For no letters such a one has what was used before.
    """

    entries: Callable[[str], Sequence[PaletteEntry]]
    searches: bool = False


def ranked(
    entries: Iterable[PaletteEntry],
    typed: str,
    uses: Mapping[str, int],
    spellings: Mapping[str, str],
    searched: Iterable[PaletteEntry] = (),
) -> list[PaletteEntry]:
    """Those that the letters mean: what is used most first, then what begins with the letters.

    `spellings` has the pinyin of words, as far as it is known. `searched` were found elsewhere by
    the letters, and come behind the others where they are not used more.
    """
    letters = typed.strip().casefold()
    pattern = typed_pattern(letters) if letters else None
    found: list[tuple[int, int, int, PaletteEntry]] = []
    for number, entry in enumerate(entries):
        grade = 0
        if letters:
            spelling = spellings.get(entry.words, "")
            is_spelled = bool(pattern and spelling and pattern.search(spelling))
            grade = _grade(entry, letters, is_spelled=is_spelled)
        if grade >= 0:
            found.append((grade // 4, -uses.get(entry.key, 0), grade * 10_000 + number, entry))
    for number, entry in enumerate(searched):
        found.append((0, -uses.get(entry.key, 0), 100_000 + number, entry))
    return [one[3] for one in sorted(found, key=lambda one: one[:3])]


def _grade(entry: PaletteEntry, letters: str, *, is_spelled: bool) -> int:
    """How well the letters mean an entry, 0 best; from 4 on only with goodwill; -1: not at all."""
    words, also = entry.words.casefold(), entry.also.casefold()
    if words.startswith(letters) or also.startswith(letters):
        return 0
    if is_spelled:
        return 1
    if any(f" {letters}" in one for one in (words, also)):
        return 2
    if letters in words or letters in also:
        return 3
    parts = letters.split()
    if len(parts) > 1 and all(part in f"{words} {also}" for part in parts):
        return 4
    return 5 if _is_begun(words, letters) or _is_begun(also, letters) else -1


def _is_begun(words: str, letters: str) -> bool:
    """True where the letters are the beginnings of words, in order: `nm` means "New message"."""
    begins = [word[:1] for word in words.replace("-", " ").split()]
    place = iter(begins)
    return len(letters) > 1 and all(letter in place for letter in letters)


class PalettePanel(QFrame):
    """A field and a list over the middle of a window. It takes the keyboard, and gives it back.

    `run` does what takes long off the main thread, as `Background.run` does.

    Signals:
        used(str): the entry with this key was chosen.
    """

    used = Signal(str)

    def __init__(
        self,
        window: QWidget,
        sources: Sequence[PaletteSource],
        uses: Mapping[str, int],
        run: Callable[..., None],
    ) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self.setAccessibleName(self.tr("Command palette"))
        self._uses = uses
        self._before = QApplication.focusWidget()
        self._searching = [one for one in sources if one.searches]
        self._entries = [entry for one in sources if not one.searches for entry in one.entries("")]
        self._spellings: dict[str, str] = {}
        self._make_widgets()
        window.installEventFilter(self)
        self._show_found()
        self._take_place()
        words = tuple((one.words, one.is_name) for one in self._entries)
        run(("palette", id(self)), _spellings_of, words, self._on_spelled)

    def open_panel(self) -> None:
        """Show it, with the keyboard in its field."""
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_panel(self) -> None:
        """Give the keyboard back, and go."""
        if self.isHidden():
            return
        had_focus = self.line.hasFocus()
        self.hide()
        if had_focus and self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.deleteLater()

    def _make_widgets(self) -> None:
        self.line = QLineEdit(self)
        self.line.setObjectName("palette.line")
        self.line.setAccessibleName(self.accessibleName())
        self.line.setPlaceholderText(
            self.tr("An action, a robot, a draft, a person or a setting: a few letters, or pinyin")
        )
        self.line.textChanged.connect(self._show_found)
        self.line.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setObjectName("palette.list")
        self.list.setAccessibleName(self.tr("What was found"))
        self.list.setProperty("rows", True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_EntryDelegate(self.list))
        self.list.itemClicked.connect(self._choose)
        self._nothing = QLabel(self.tr("Nothing is called so."), self)
        self._nothing.setProperty("faint", True)
        self._nothing.setContentsMargins(8, 0, 8, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        column.addWidget(self._nothing)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter are for the list; Esc, and the keyboard going elsewhere, end it."""
        if watched is self.line and event.type() == QEvent.Type.FocusOut:
            self.close_panel()
        elif watched is self.line and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._is_own(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._is_own(event):
                self._answer(Qt.Key(event.key()))
                return True
        elif watched is self.parent() and event.type() == QEvent.Type.Resize:
            self._take_place()
        return super().eventFilter(watched, event)

    def _is_own(self, event: QKeyEvent) -> bool:
        keys = (*_STEPS, *_ENTERS, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        return event.key() in keys and not event.modifiers() & Qt.KeyboardModifier.ControlModifier

    def _answer(self, key: Qt.Key) -> None:
        if key in _ENTERS:
            self._choose(self.list.currentItem())
        elif key == Qt.Key.Key_Escape:
            self.close_panel()
        elif key in _STEPS and self.list.count():
            step, last = _STEPS[key], self.list.count() - 1
            row = self.list.currentRow() + step
            if abs(step) == 1:
                row %= last + 1
            self.list.setCurrentRow(min(max(row, 0), last))

    def _choose(self, item: QListWidgetItem | None) -> None:
        entry = item.data(_ENTRY) if item is not None else None
        if not isinstance(entry, PaletteEntry) or not entry.can_do:
            return
        self.close_panel()
        if entry.key:
            self.used.emit(entry.key)
        entry.do()

    def _on_spelled(self, spellings: dict[str, str]) -> None:
        self._spellings = spellings
        if self.line.text() and self.isVisible():  # the program may just be ending
            self._show_found()

    def _show_found(self) -> None:
        typed = self.line.text()
        searched = [one for source in self._searching for one in source.entries(typed.strip())]
        found = ranked(self._entries, typed, self._uses, self._spellings, searched)
        self.list.clear()
        for entry in found[:SHOWN]:
            item = QListWidgetItem(clean(entry.words))
            item.setData(_ENTRY, entry)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{entry.words}, {entry.kind} {entry.detail}"
            )
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)

    def _take_place(self) -> None:
        """In the middle above: the same whatever is found, so that nothing moves."""
        window = self.parentWidget()
        if window is None:
            return
        width = min(_WIDTH_PX, window.width() - 32)
        height = min(_ROWS * _ROW_PX + 70, window.height() - 64)
        self.setGeometry((window.width() - width) // 2, 40, width, height)


class _EntryDelegate(QStyledItemDelegate):
    """A row: the words, and quietly at the right what it is and its keys."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All rows are alike."""
        return QSize(super().sizeHint(option, index).width(), _ROW_PX)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Words that are too long are cut; what they are is not."""
        entry = index.data(_ENTRY)
        self.initStyleOption(option, index)
        shown: str = option.text
        option.text = ""
        widget: QWidget = option.widget
        style = widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        if not isinstance(entry, PaletteEntry):
            return
        now, palette = theme.current(), option.palette
        rect: QRect = option.rect.adjusted(10, 0, -10, 0)
        metrics = option.fontMetrics
        centre = Qt.AlignmentFlag.AlignVCenter
        quiet = "   ".join(filter(None, (entry.detail, entry.kind)))
        taken = metrics.horizontalAdvance(quiet) + 16
        painter.save()
        painter.setPen(now.faint)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight | centre), quiet)
        painter.setPen(palette.text().color() if entry.can_do else now.faint)
        words = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, rect.width() - taken)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | centre), words)
        painter.restore()


def _spellings_of(words: tuple[tuple[str, bool], ...]) -> dict[str, str]:
    """The pinyin of all words; pure, and not for the main thread."""
    return {one: spelled(one, is_name=is_name) for one, is_name in words}
