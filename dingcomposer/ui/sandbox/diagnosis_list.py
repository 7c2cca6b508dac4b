"""What was wrong or odd about a request, line by line, each with a word for its weight."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QWidget

from dingcomposer.core.plain_text import clean
from dingcomposer.sandbox.diagnosis.codes import Diagnosis
from dingcomposer.ui.texts.sandbox import diagnosis_sentence, weight_word

_MOST_PX = 168
_LEAST_PX = 40
_MARGIN_PX = 12


class DiagnosisList(QScrollArea):
    """As high as its words, `sandbox.diagnosis`, where there is room, and scrolls where not.

    Takes no room where there is nothing to say.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sandbox.diagnoses")
        self.setProperty("plain", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._words = QLabel(self)
        self._words.setObjectName("sandbox.diagnosis")
        self._words.setAccessibleName(self.tr("What was wrong with the request"))
        self._words.setProperty("plain", True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setContentsMargins(_MARGIN_PX, 0, _MARGIN_PX, 0)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWidget(self._words)
        self.hide()

    def show_diagnoses(self, diagnoses: Sequence[Diagnosis]) -> None:
        """Say these."""
        self._words.setText("\n".join(map(_line, diagnoses)))
        self.setVisible(bool(diagnoses))
        self.verticalScrollBar().setValue(0)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The height of the words at the present width, up to a bound."""
        width = max(self.viewport().width(), 1)
        return QSize(width, min(self._words.heightForWidth(width), _MOST_PX))

    def minimumSizeHint(self) -> QSize:
        """Two lines and a scroll bar: the request below needs its room, too."""
        return QSize(1, min(self.sizeHint().height(), _LEAST_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


def _line(diagnosis: Diagnosis) -> str:
    return clean(f"{weight_word(diagnosis.weight)} {diagnosis_sentence(diagnosis)}")
