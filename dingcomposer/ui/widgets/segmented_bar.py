"""Segmented bar: choices, one of which is on, in one row where there is room, else in several."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QWidget

_GAP = 4


class _Segment(QToolButton):
    def __init__(self, bar: "SegmentedBar") -> None:
        super().__init__(bar)
        self._bar = bar

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._bar.follow_key(lambda: super(_Segment, self).keyPressEvent(event))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._bar.follow_key(lambda: super(_Segment, self).keyReleaseEvent(event))


class SegmentedBar(QWidget):
    """Equal buttons side by side; the arrow keys move the choice, Tab leads in and out.

    Signals:
        chosen(str): the key of the choice that a person made.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: list[str] = []
        self._buttons: list[QToolButton] = []
        self._withdrawn: set[QToolButton] = set()
        self._is_by_key = False
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._keys[number]))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, key: str, words: str, tip: str = "") -> QToolButton:
        """Append a choice; the button's object name is the bar's with the key behind a dot."""
        button = _Segment(self)
        button.setObjectName(f"{self.objectName()}.{key}")
        button.setText(words)
        button.setToolTip(tip)
        button.setAccessibleName(words)
        button.setAccessibleDescription(tip)
        button.setCheckable(True)
        button.setProperty("segment", True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._group.addButton(button, len(self._keys))
        self._keys.append(key)
        self._buttons.append(button)
        self.updateGeometry()
        return button

    @property
    def is_chosen_by_key(self) -> bool:
        """Whether what is chosen now is so by a key: who goes on with keys goes on from there."""
        return self._is_by_key

    def follow_key(self, answer: Callable[[], object]) -> None:
        """What `answer` chooses was chosen by a key."""
        self._is_by_key = True
        answer()
        self._is_by_key = False

    def set_compact(self) -> None:
        """As low as the words beside it."""
        for button in self._buttons:
            button.setProperty("compact", True)
        self.updateGeometry()

    def choose(self, key: str) -> None:
        """Show a choice as made, without a signal."""
        self._buttons[self._keys.index(key)].setChecked(True)

    def set_offered(self, key: str, *, is_offered: bool) -> None:
        """Take a choice out of the bar for a while, or put it back."""
        button = self._buttons[self._keys.index(key)]
        if is_offered == (button not in self._withdrawn):
            return
        (self._withdrawn.discard if is_offered else self._withdrawn.add)(button)
        button.setVisible(is_offered)
        self.updateGeometry()
        self._place()

    def hasHeightForWidth(self) -> bool:
        """Narrower means more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the rows that a width makes."""
        columns = self._columns(width)
        rows = -(-len(self._offered()) // columns)
        return rows * (self._row_height() + _GAP) - _GAP

    def sizeHint(self) -> QSize:
        """All in one row."""
        width = sum(button.sizeHint().width() + _GAP for button in self._offered())
        return QSize(width, self._row_height())

    def minimumSizeHint(self) -> QSize:
        """The widest of them, three times."""
        return QSize(self._widest() * min(3, len(self._offered())), self._row_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons in their places."""
        super().resizeEvent(event)
        self._place()

    def _offered(self) -> list[QToolButton]:
        return [button for button in self._buttons if button not in self._withdrawn]

    def _place(self) -> None:
        buttons = self._offered()
        if not buttons:
            return
        columns = self._columns(self.width())
        spare = self.width() - _GAP * (columns - 1)
        height = self._row_height()
        hints = [button.sizeHint().width() for button in buttons]
        for first in range(0, len(buttons), columns):
            row = buttons[first : first + columns]
            # One row: as wide as their words, and the rest shared; several: a grid.
            if columns >= len(buttons):
                extra = (spare - sum(hints)) / len(row)
                widths = [hint + extra for hint in hints]
            else:
                widths = [spare / columns] * len(row)
            x = 0.0
            for button, width in zip(row, widths, strict=True):
                left, right = round(x), round(x + width)
                top = first // columns * (height + _GAP)
                button.setGeometry(QRect(left, top, right - left, height))
                x += width + _GAP

    def _columns(self, width: int) -> int:
        count = len(self._offered())
        needed = sum(button.sizeHint().width() for button in self._offered()) + _GAP * (count - 1)
        if count <= 1 or width >= needed:
            return max(1, count)
        for columns in range(count - 1, 1, -1):
            if count % columns == 0 and (self._widest() + _GAP) * columns - _GAP <= width:
                return columns
        return 2

    def _widest(self) -> int:
        return max((button.sizeHint().width() for button in self._offered()), default=0)

    def _row_height(self) -> int:
        return max((button.sizeHint().height() for button in self._offered()), default=0)
