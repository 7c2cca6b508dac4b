"""A small panel below the toolbar that asks for a link's or a picture's words and address."""

import re
from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from dingcomposer.ui.compose import formatting
from dingcomposer.ui.compose.formatting import Selection
from dingcomposer.ui.widgets.buttons import answer_box
from dingcomposer.ui.widgets.plain_text import announce
from dingcomposer.ui.widgets.text_fields import TextField, TextLine

_BEGINNING = "https://"
_OWN_FILE = re.compile(r"[a-z]:[\\/]|\\\\|~?/|\.{1,2}/|file:|data:", re.IGNORECASE)
_MARGIN_PX = 8
_WIDEST_PX = 460

Make = Callable[[Selection, str, str], Selection]


class LinkPopover(QFrame):
    """Stands over the text until it is answered or given up; it is no window of its own.

    So input methods work in it as in any field. What is selected, and an address in the clipboard,
    are offered.
    """

    def __init__(self, field: TextField, above: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field, self._above = field, above
        self._make: Make = formatting.link
        self.setObjectName("compose.link")
        self.setProperty("panel", True)
        self._words_label, self._words = QLabel(self), self._line("words")
        self._address_label = QLabel(self.tr("Address"), self)
        self._address = self._line("address")
        self._address.setAccessibleName(self.tr("Address"))
        self._address.setPlaceholderText(_BEGINNING)
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.setObjectName("compose.link.cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.give_up)
        self._insert = QPushButton(self.tr("Insert"), self)
        self._insert.setObjectName("compose.link.insert")
        self._insert.setAutoDefault(False)
        self._insert.setProperty("primary", True)
        self._insert.clicked.connect(self._on_inserted)
        self._note = QLabel(self)
        self._note.setObjectName("compose.link.note")
        self._note.setProperty("note", "bad")
        self._note.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self._note, 1)
        buttons.addWidget(answer_box(self, self._insert, cancel))
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setSpacing(8)
        for row, (label, line) in enumerate(
            ((self._words_label, self._words), (self._address_label, self._address))
        ):
            label.setProperty("quiet", True)
            label.setBuddy(line)
            grid.addWidget(label, row, 0)
            grid.addWidget(line, row, 1)
        grid.addLayout(buttons, 2, 0, 1, 2)
        self.hide()

    def ask(self, label: str, make: Make) -> None:
        """Ask for the words, called by this label, and the address; `make` puts them in."""
        self._make = make
        at = Selection(self._field.shown_text, *self._field.selected_range())
        words, address = formatting.offered(at, QGuiApplication.clipboard().text())
        self._words_label.setText(label)
        self._words.setAccessibleName(label)
        self._words.set_text(words)
        self._address.set_text(address)
        self._show_can_insert()
        self._place()
        self.show()
        self.raise_()
        first = self._address if words and not address else self._words
        first.setFocus()
        first.selectAll()

    def give_up(self) -> None:
        """Close it; the text stays as it is."""
        self.hide()
        self._field.setFocus()

    def _place(self) -> None:
        parent = self.parentWidget() or self._above
        below = self._above.mapTo(parent, QPoint(_MARGIN_PX, self._above.height() + 12))
        width = min(self._above.width() - 2 * _MARGIN_PX, _WIDEST_PX)
        self.setGeometry(QRect(below, QSize(width, self.sizeHint().height())))

    def _line(self, name: str) -> TextLine:
        line = TextLine(self)
        line.setObjectName(f"compose.link.{name}")
        line.edited.connect(self._show_can_insert)
        line.entered.connect(self._on_inserted)
        line.add_key("Esc", self.give_up)
        return line

    def _show_can_insert(self) -> None:
        self._insert.setEnabled(formatting.is_address(self._address.text()))
        note = self._why_not(self._address.text().strip())
        if note != self._note.text():
            self._note.setText(note)
            announce(self._note, note)

    def _why_not(self, address: str) -> str:
        """Why this is not inserted; "" where it is, or is still being written."""
        is_begun = any(one.startswith(address.lower()) for one in (_BEGINNING, "http://"))
        if is_begun or formatting.is_address(address):
            return ""
        if _OWN_FILE.match(address):
            return self.tr("Others cannot open a file of this computer: put it online first.")
        return self.tr("An address begins with https://")

    def _on_inserted(self) -> None:
        if not self._insert.isEnabled():
            self._address.setFocus()
            return
        at = Selection(self._field.shown_text, *self._field.selected_range())
        made = self._make(at, self._words.text(), self._address.text())
        self.hide()
        self._field.edit_at_once(made.text, made.start, made.end)
        self._field.setFocus()
