"""Colour picker for a robot, whose colour tells its group apart at a glance."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QColorDialog,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from dingcomposer.core.robot import COLOURS
from dingcomposer.ui import theme


def pick_colour(parent: QWidget, colour: str) -> str | None:
    """Ask for any colour; None where none was chosen. A test replaces this."""
    picked = QColorDialog.getColor(QColor(colour), parent)
    return picked.name().upper() if picked.isValid() else None


class Swatch(QAbstractButton):
    """A round button in one colour, with a ring where it is chosen."""

    def __init__(self, colour: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = colour
        self.setCheckable(True)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def colour(self) -> str:
        """As "#RRGGBB"."""
        return self._colour

    def set_colour(self, colour: str) -> None:
        """Show another one."""
        self._colour = colour
        self.update()

    def sizeHint(self) -> QSize:
        """A disc and its ring."""
        return QSize(28, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The disc; a ring where it is chosen, a thin one where the keyboard is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(self.width() / 2, self.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colour))
        painter.drawEllipse(centre, 8, 8)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(QPen(QColor(self._colour), 2))
            painter.drawEllipse(centre, 11.5, 11.5)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.current().text), 1))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        painter.end()


class ColourPicker(QWidget):
    """Eight calm colours, and any other.

    Signals:
        changed: a person chose another one.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(self.tr("Colour"))
        words = (
            *(self.tr("Blue"), self.tr("Teal"), self.tr("Green"), self.tr("Amber")),
            *(self.tr("Orange"), self.tr("Red"), self.tr("Magenta"), self.tr("Purple")),
        )
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for number, (colour, label) in enumerate(zip(COLOURS, words, strict=True)):
            row.addWidget(self._swatch(number, colour, label))
        self._own = self._swatch(len(COLOURS), COLOURS[0], self.tr("Custom colour"))
        self._own.hide()
        row.addWidget(self._own)
        self.other = QPushButton(self.tr("Other…"), self)
        self.other.setObjectName(f"{name}.other")
        self.other.setAccessibleName(self.tr("Choose a colour"))
        self.other.setAutoDefault(False)
        self.other.setProperty("flat", True)
        row.addWidget(self.other)
        row.addStretch(1)
        self._group.idClicked.connect(lambda _number: self.changed.emit())
        self.other.clicked.connect(self._on_other_clicked)

    @property
    def colour(self) -> str:
        """The chosen colour."""
        chosen = self._group.checkedButton()
        return chosen.colour if isinstance(chosen, Swatch) else COLOURS[0]

    def set_colour(self, colour: str) -> None:
        """Choose a colour, one of one's own too."""
        for swatch in self._group.buttons():
            if isinstance(swatch, Swatch) and swatch is not self._own and swatch.colour == colour:
                swatch.setChecked(True)
                return
        self._own.set_colour(colour)
        self._own.show()
        self._own.setChecked(True)

    def _swatch(self, number: int, colour: str, words: str) -> Swatch:
        swatch = Swatch(colour, words, self)
        swatch.setObjectName(f"{self.objectName()}.{number}")
        self._group.addButton(swatch, number)
        return swatch

    def _on_other_clicked(self) -> None:
        picked = pick_colour(self, self.colour)
        if picked is not None:
            self.set_colour(picked)
            self.changed.emit()
