"""Fields of the robot form, with a line of help or of complaint below them."""

from collections.abc import Sequence
from math import nan
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.checks.problems import Problem, Severity
from dingcomposer.ui.texts.problems import problem_sentence

Tone = Literal["quiet", "warn", "bad"]
_MOST = 3


def show_note(label: QLabel, words: str, tone: Tone = "quiet") -> None:
    """Put words into a label, which is hidden where there are none."""
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setText(words)
    label.setVisible(bool(words))
    if label.property("note") != tone:
        label.setProperty("note", tone)
        label.style().unpolish(label)
        label.style().polish(label)


def show_problems(label: QLabel, problems: Sequence[Problem], otherwise: str = "") -> None:
    """The worst problems of a field, one a line; a word of help where there is none."""
    if not problems:
        show_note(label, otherwise)
        return
    blocks = any(problem.severity is Severity.BLOCKS for problem in problems)
    words = "\n".join(problem_sentence(problem) for problem in problems[:_MOST])
    show_note(label, words, "bad" if blocks else "warn")


def keep_line(label: QLabel) -> int:
    """Keep room for one line of words in a label, and how high that is."""
    show_note(label, "…")
    label.ensurePolished()
    label.setMinimumHeight(label.sizeHint().height())
    show_note(label, "")
    return label.minimumHeight()


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


class NotedLine(QWidget):
    """A line to type into; below it a word of help or what is wrong.

    With `keeps_room` there is room for a line of it even while nothing is said, so that what stands
    below stays where it is.

    Signals:
        edited: a person changed it.
        left: the keyboard went elsewhere, or Enter was pressed.
    """

    edited = Signal()
    left = Signal()

    def __init__(
        self,
        name: str,
        label: str,
        parent: QWidget | None = None,
        *,
        help_words: str = "",
        keeps_room: bool = False,
    ) -> None:
        super().__init__(parent)
        self._help, self._keeps_room = help_words, keeps_room
        self.line = QLineEdit(self)
        self.line.setObjectName(name)
        self.line.setAccessibleName(label)
        self.line.setAccessibleDescription(help_words)
        self.note = QLabel(self)
        self.note.setObjectName(f"{name}.note")
        if keeps_room:
            keep_line(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self.note)
        self.setFocusProxy(self.line)
        self.show_problems(())
        self.line.textEdited.connect(self.edited)
        self.line.editingFinished.connect(self.left)

    @property
    def text(self) -> str:
        """What stands in it, without white space around it."""
        return self.line.text().strip()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """What is wrong with it; where nothing is, the word of help."""
        show_problems(self.note, problems, self._help)
        if self._keeps_room:
            self.note.show()


class LinesField(QWidget):
    """Several lines of text and a word of help below, in whose place problems stand.

    Signals:
        changed: a person changed it.
    """

    changed = Signal()

    def __init__(
        self, name: str, label: str, help_words: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._help = help_words
        self.box = QPlainTextEdit(self)
        self.box.setObjectName(name)
        self.box.setAccessibleName(label)
        self.box.setAccessibleDescription(help_words)
        self.box.setTabChangesFocus(True)
        self.box.document().setDocumentMargin(2)
        self.box.setFixedHeight(self.box.fontMetrics().lineSpacing() * 3 + 18)
        self.note = QLabel(self)
        self.note.setObjectName(f"{name}.note")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.box)
        column.addWidget(self.note)
        self.setFocusProxy(self.box)
        self.show_problems(())
        self.box.textChanged.connect(self.changed)

    def lines(self) -> tuple[str, ...]:
        """The entries; blank lines and white space around them do not count."""
        lines = (line.strip() for line in self.box.toPlainText().splitlines())
        return tuple(line for line in lines if line)

    def set_lines(self, lines: tuple[str, ...]) -> None:
        """Show other entries."""
        self.box.setPlainText("\n".join(lines))

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """What is wrong with the entries; where nothing is, the word of help."""
        show_problems(self.note, problems, self._help)


class SecondsLine(QLineEdit):
    """Seconds as a person writes them: 10, 2.5 or 2,5."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setFixedWidth(64)

    @property
    def seconds(self) -> float:
        """What stands here; not a number where it is none."""
        try:
            return float(self.text().strip().replace(",", "."))
        except ValueError:
            return nan

    def set_seconds(self, seconds: float) -> None:
        """Show another value."""
        self.setText(f"{seconds:g}")
