"""Find bar of the history: words to find, how often they are there, and the way to the next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from dingcomposer.ui.widgets.icons import IconButton


class FindBar(QWidget):
    """Hidden until it is opened. It finds nothing itself.

    Signals:
        changed(str): find these words.
        moved(int): 1 for the next, -1 for the one before.
        closed(): it is hidden again.
    """

    changed = Signal(str)
    moved = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = QLineEdit(self)
        self._field.setObjectName("history.find")
        self._field.setAccessibleName(self.tr("Find in the history"))
        self._field.setPlaceholderText(self.tr("Words in title, group, state or date"))
        self._field.setClearButtonEnabled(True)
        self._count = QLabel(self)
        self._count.setObjectName("history.find.count")
        self._count.setProperty("quiet", True)
        before = IconButton("up", self.tr("The one above (Shift+Enter)"), self)
        before.setObjectName("history.find.before")
        after = IconButton("down", self.tr("The next (Enter)"), self)
        after.setObjectName("history.find.next")
        close = IconButton("remove", self.tr("Close (Esc)"), self)
        close.setObjectName("history.find.close")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        for widget in (self._count, before, after, close):
            row.addWidget(widget)
        self._field.textChanged.connect(self.changed)
        before.clicked.connect(lambda: self.moved.emit(-1))
        after.clicked.connect(lambda: self.moved.emit(1))
        close.clicked.connect(self.close_bar)
        self.hide()

    @property
    def words(self) -> str:
        """What is to be found."""
        return self._field.text()

    def open(self) -> None:
        """Show it with the keyboard in it; what stood there can be typed over."""
        self.show()
        self._field.setFocus()
        self._field.selectAll()
        self.changed.emit(self.words)

    def close_bar(self) -> None:
        """Hide it."""
        self.hide()
        self.closed.emit()

    def show_found(self, place: int, found: int, among: int) -> None:
        """It is the one at this place, from 1 on, of so many found among so many rows."""
        if not self.words.strip():
            self._count.setText("")
        elif not found:
            self._count.setText(self.tr("not among the newest %n", "", among))
        else:
            words = self.tr("{place} of {found}")
            self._count.setText(words.format(place=place, found=found))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter finds the next, with Shift the one before; Esc closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.moved.emit(-1 if is_back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)
