"""Outcome lines: a sign, a sentence and perhaps a button for each of several sends."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from dingcomposer.core.delivery import Status
from dingcomposer.core.records import dataclass
from dingcomposer.ui.widgets.layouts import AutoHeightArea
from dingcomposer.ui.widgets.plain_text import plain_label
from dingcomposer.ui.widgets.status_icons import SIGN_PX, sign_icon

MOST_PX = 148
_MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """What is said of one send. `key` comes back with a click; without `action` no button."""

    key: str
    status: Status
    words: str
    action: str = ""


class OutcomeLines(QWidget):
    """The lines below each other, as high as they need; where they are many, they scroll.

    Signals:
        action_clicked(str): the button of the line with this key.
    """

    action_clicked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None, *, most_px: int = MOST_PX) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._name = name
        self._lines: tuple[OutcomeLine, ...] = ()
        self._signs: list[tuple[QLabel, Status]] = []
        self._inside = QWidget(self)
        QVBoxLayout(self._inside)
        self._area = AutoHeightArea(self._inside, most_px, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        self.hide()

    def show_lines(self, lines: Sequence[OutcomeLine]) -> None:
        """Show these lines instead; none of them takes any room."""
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self._make()
        self.setVisible(bool(lines))
        self._area.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Draws the signs in the colours of the theme that is on."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_signs()

    def _make(self) -> None:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._signs = []
        for at, line in enumerate(self._lines[:_MOST_LINES]):
            sign = QLabel(inside)
            sign.setFixedSize(SIGN_PX, SIGN_PX + 2)
            self._signs.append((sign, line.status))
            words = plain_label(line.words, inside, f"{self._name}.{at}")
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(sign, at, 0)
            grid.addWidget(words, at, 1)
            if line.action:
                grid.addWidget(self._button(line, at, inside), at, 2)
        more = len(self._lines) - _MOST_LINES
        if more > 0:
            words = plain_label(self.tr("%n more; the history has them all", "", more), inside)
            grid.addWidget(words, _MOST_LINES, 1)
        self._area.replace(inside)
        self._draw_signs()

    def _button(self, line: OutcomeLine, at: int, inside: QWidget) -> QPushButton:
        button = QPushButton(line.action, inside)
        button.setObjectName(f"{self._name}.{at}.action")
        button.setAccessibleName(line.action)
        button.setAccessibleDescription(line.words)
        button.clicked.connect(lambda: self.action_clicked.emit(line.key))
        return button

    def _draw_signs(self) -> None:
        for sign, status in self._signs:
            sign.setPixmap(sign_icon(status).pixmap(QSize(SIGN_PX, SIGN_PX), 3.0))
