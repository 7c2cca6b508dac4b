"""A field for a short list, one entry a line."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from dingcomposer.core.checks.problems import Problem
from dingcomposer.ui.robots.notes import show_problems


class LinesField(QWidget):
    """Several lines of text and a word of help below, in whose place problems are told.

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
