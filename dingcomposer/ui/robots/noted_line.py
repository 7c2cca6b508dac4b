"""A one-line field with a note below it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from dingcomposer.core.checks.problems import Problem
from dingcomposer.ui.robots.notes import show_problems


class NotedLine(QWidget):
    """A line to type into; below it a word of help or what is wrong.

    Signals:
        edited: a person changed it.
        left: the keyboard went elsewhere, or Enter was pressed.
    """

    edited = Signal()
    left = Signal()

    def __init__(
        self, name: str, label: str, parent: QWidget | None = None, *, help_words: str = ""
    ) -> None:
        super().__init__(parent)
        self._help = help_words
        self.line = QLineEdit(self)
        self.line.setObjectName(name)
        self.line.setAccessibleName(label)
        self.line.setAccessibleDescription(help_words)
        self.note = QLabel(self)
        self.note.setObjectName(f"{name}.note")
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
