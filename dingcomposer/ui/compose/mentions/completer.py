"""Completer for mentions: contacts offered below a field while a name is being typed."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from dingcomposer.core.contacts import Contact
from dingcomposer.services.contacts import Contacts
from dingcomposer.ui.widgets.text_fields import TextField

_WIDTH_PX = 260
_WIDEST_PX = 420
_CONTACT = Qt.ItemDataRole.UserRole
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_LEAVES = (QEvent.Type.FocusOut, QEvent.Type.Resize, QEvent.Type.Move)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class MentionCompleter(QObject):
    """The field keeps the keyboard: up and down move, Enter or a click chooses, Escape closes.

    `wanted` gives the words that are typed for a person, None where nobody is meant. A field that
    `takes_ids` takes other words than names, too: of those nobody is chosen beforehand.

    Signals:
        chosen(Contact): this one; the typed words are still there.
    """

    chosen = Signal(object)

    def __init__(
        self,
        field: TextField,
        book: Contacts,
        wanted: Callable[[], str | None],
        *,
        takes_ids: bool = False,
    ) -> None:
        super().__init__(field)
        self._takes_ids = takes_ids
        self._field, self._book, self._wanted = field, book, wanted
        self._list: QListWidget | None = None
        self._is_dismissed = False
        field.edited.connect(self._look)
        field.cursorPositionChanged.connect(self._on_caret_moved)
        field.selectionChanged.connect(self._on_caret_moved)
        field.verticalScrollBar().valueChanged.connect(self._close)
        field.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """True while contacts are offered."""
        return self._list is not None and self._list.isVisible()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer the keys that are for the list while it is open."""
        if self.is_open:
            if event.type() in _LEAVES:
                self._close()
            elif isinstance(event, QKeyEvent) and self._is_for_list(event):
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    self._answer(Qt.Key(event.key()))
                return True
        return super().eventFilter(watched, event)

    def _is_for_list(self, event: QKeyEvent) -> bool:
        key = event.key()
        is_choosing = self._list is not None and self._list.currentRow() >= 0
        is_known = key in _STEPS or key == Qt.Key.Key_Escape or (key in _ENTERS and is_choosing)
        return is_known and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier

    def _answer(self, key: Qt.Key) -> None:
        assert self._list is not None
        if key in _STEPS:
            here, step = self._list.currentRow(), _STEPS[key]
            row = -1 if here < 0 and step < 0 else here + step
            self._list.setCurrentRow(row % self._list.count())
        elif key in _ENTERS:
            self._choose(self._list.currentItem())
        else:
            self._is_dismissed = True  # until another name is begun
            self._close()

    def _on_caret_moved(self) -> None:
        """Typing moves it, too, and is looked at then; nothing else opens the list."""
        if self.is_open:
            self._look()

    def _look(self) -> None:
        words = self._wanted() if self._book.contacts and self._field.hasFocus() else None
        self._is_dismissed = self._is_dismissed and words is not None
        is_wanted = words is not None and not self._is_dismissed
        found = self._book.find(words) if words is not None and is_wanted else ()
        if not found:
            self._close()
            return
        self._show(found)
        assert self._list is not None
        # Letters and digits may be an id of their own: Enter then takes them as they stand.
        is_own = self._takes_ids and words is not None and words.isascii()
        is_exact = words in (found[0].name, found[0].mobile, found[0].user_id)
        self._list.setCurrentRow(-1 if is_own and not is_exact else 0)

    def _show(self, found: tuple[Contact, ...]) -> None:
        offered = self._list = self._list or self._make_list()
        offered.clear()
        for contact in found:
            item = QListWidgetItem(_words(contact))
            item.setData(_CONTACT, contact)
            offered.addItem(item)
        height = offered.sizeHintForRow(0) * len(found) + 2 * offered.frameWidth()
        room = self._field.window().width() - 8
        wanted = offered.sizeHintForColumn(0) + 2 * offered.frameWidth() + 8
        offered.resize(min(max(_WIDTH_PX, wanted), _WIDEST_PX, room), height)
        offered.move(self._place(offered.width(), height))
        offered.show()
        offered.raise_()

    def _place(self, width: int, height: int) -> QPoint:
        """Below the caret, or above it where the window ends."""
        caret = self._field.cursorRect()
        window, viewport = self._field.window(), self._field.viewport()
        below = viewport.mapTo(window, caret.bottomLeft()) + QPoint(0, 6)
        above = viewport.mapTo(window, caret.topLeft()) - QPoint(0, height + 6)
        place = below if below.y() + height <= window.height() else above
        return QPoint(max(4, min(place.x(), window.width() - width - 4)), max(4, place.y()))

    def _make_list(self) -> QListWidget:
        made = QListWidget(self._field.window())
        made.setObjectName(f"{self._field.objectName()}.people")
        made.setAccessibleName(self.tr("Contacts"))
        made.setProperty("people", True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.itemClicked.connect(self._choose)
        self._field.destroyed.connect(made.deleteLater)
        return made

    def _choose(self, item: QListWidgetItem | None) -> None:
        self._close()
        if item is not None:
            self.chosen.emit(item.data(_CONTACT))

    def _close(self) -> None:
        if self._list is not None:
            self._list.hide()


def _words(contact: Contact) -> str:
    """Name, department and number: enough to tell two of one name apart."""
    return "   ".join(filter(None, (contact.name, contact.department, contact.person)))
