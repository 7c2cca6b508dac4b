"""Plain text from outside in widgets: tool tips, shortened labels, endless words."""

import re
from html import escape
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyle, QWidget

from dingcomposer.core.plain_text import clean

_MOST_CHARACTERS = 600


def plain_tip(text: str) -> str:
    """The text as a tip that shows it letter by letter, wrapped, and cut where it is very long.

    Qt would take a text that looks like HTML for HTML, pictures and all.
    """
    if not text:
        return ""
    text = clean(text)
    short = text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"
    return f"<p>{escape(short)}</p>"


ENDLESS: Final = 4_000
"""How many characters without a place to break a line are too many."""

# Chinese, Japanese and Korean, and what is beyond them, is broken between any two characters.
_WORD: Final = "[^\\s\u2e80-\U0010ffff]++"  # compiled, in 2 ms, when a line is that long


def has_endless_word(text: str) -> bool:
    """True where a text holds such a word, as a key held down makes one, or pasted base64."""
    begin = 0
    while begin + ENDLESS < len(text):  # from the last end of a line within reach to the next
        end = text.rfind("\n", begin, begin + ENDLESS + 1)
        if end < 0:
            break
        begin = end + 1
    else:
        return False
    long_lines = [line for line in text.split("\n") if len(line) > ENDLESS]
    return any(len(match[0]) > ENDLESS for line in long_lines for match in re.finditer(_WORD, line))


def plain_label(words: str, parent: QWidget, name: str = "") -> "PlainLabel":
    """A label whose words are wrapped, and never taken for HTML."""
    label = PlainLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(words)
    label.setWordWrap(True)
    label.setObjectName(name)
    return label


class PlainLabel(QLabel):
    """Words from wherever: none of them turns round what stands beside it, see `clean`."""

    def setText(self, words: str) -> None:  # noqa: N802 - Qt's name
        """Show the words, with U+FFFD for what does not show itself."""
        super().setText(clean(words))

    def tell(self, words: str) -> None:
        """Show what just happened, and let a screen reader say it, wherever the keyboard is."""
        is_new = words != self.text()
        self.setText(words)
        if is_new:
            announce(self, words)


class ElidedLabel(PlainLabel):
    """One line of plain text. `text()` is the whole of it, whatever is drawn."""

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be: a long sentence does not make the window wider."""
        return QSize(1, self._line_px())

    def sizeHint(self) -> QSize:
        """One line high, however many the words have: what stands around it stays."""
        return QSize(super().sizeHint().width(), self._line_px())

    def _line_px(self) -> int:
        margins = self.contentsMargins()
        return self.fontMetrics().height() + margins.top() + margins.bottom() + 2 * self.margin()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        del event
        painter = QPainter(self)
        room = self.contentsRect()
        words = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        flags = int(self.alignment() | Qt.TextFlag.TextSingleLine)
        style: QStyle = self.style()
        style.drawItemText(
            painter, room, flags, self.palette(), self.isEnabled(), words, self.foregroundRole()
        )


def announce(widget: QWidget, words: str) -> None:
    """Let a screen reader say something that happened, wherever the keyboard is."""
    from PySide6.QtGui import QAccessible

    if words and QAccessible.isActive():
        from PySide6.QtGui import QAccessibleAnnouncementEvent

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
