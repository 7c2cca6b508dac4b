"""How the buttons of a card stand: the choice in the form, and where it takes no effect."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.limits import BUTTONS_HORIZONTAL
from dingcomposer.core.messages import Orientation


class OrientationRow(QWidget):
    """Two radio buttons, and a quiet word where the choice takes no effect.

    Signals:
        chosen(Orientation): a person chose what was not shown already; so absent stays absent.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Orientation.VERTICAL
        self._radios = {
            Orientation.VERTICAL: QRadioButton(self.tr("Stacked"), self),
            Orientation.HORIZONTAL: QRadioButton(self.tr("Side by side"), self),
        }
        self._radios[Orientation.VERTICAL].setObjectName("compose.orientation.vertical")
        self._radios[Orientation.HORIZONTAL].setObjectName("compose.orientation")
        label = QLabel(self.tr("Layout of the buttons"), self)
        label.setProperty("quiet", True)
        label.setBuddy(self._radios[Orientation.VERTICAL])
        self._hint = QLabel(
            self.tr(
                "Side by side works with exactly two buttons only; otherwise they are stacked."
            ),
            self,
        )
        self._hint.setObjectName("compose.orientation.hint")
        self._hint.setProperty("faint", True)
        self._hint.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(12)
        group = QButtonGroup(self)
        for radio in self._radios.values():
            radio.setAccessibleName(radio.text())
            group.addButton(radio)
            row.addWidget(radio)
        row.addStretch(1)
        group.buttonClicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row.insertWidget(0, label)
        column.addLayout(row)
        column.addWidget(self._hint)

    def show_orientation(self, orientation: Orientation | None, buttons: int) -> None:
        """Show the layout of so many buttons; None, absent, means vertical."""
        self._shown = orientation or Orientation.VERTICAL
        self._radios[self._shown].setChecked(True)
        is_horizontal = self._shown is Orientation.HORIZONTAL
        self._hint.setVisible(is_horizontal and buttons != BUTTONS_HORIZONTAL)

    def focus_target(self) -> QWidget:
        """The radio button that is on."""
        return self._radios[self._shown]

    def _on_clicked(self) -> None:
        chosen = next(one for one, radio in self._radios.items() if radio.isChecked())
        if chosen is not self._shown:
            self.chosen.emit(chosen)
