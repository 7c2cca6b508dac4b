"""Fields one below the other, their labels in one column at the left."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

LABEL_PX = 116
_TOP_PX = 6  # of a label, so that it stands on the line of the field's text


class FieldRows(QWidget):
    """Rows of a label and a field, which may have a note of its own below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("plain", True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnMinimumWidth(0, LABEL_PX)
        self._grid.setColumnStretch(1, 1)

    def add_row(self, words: str, field: QWidget, *, top_px: int = _TOP_PX) -> QLabel:
        """Append a field below its predecessors; the label leads the keyboard to it."""
        label = QLabel(words, self)
        label.setProperty("quiet", True)
        label.setBuddy(field)
        label.setWordWrap(True)
        label.setContentsMargins(0, top_px, 0, 0)
        label.setFixedWidth(LABEL_PX)
        label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(field, row, 1)
        return label
