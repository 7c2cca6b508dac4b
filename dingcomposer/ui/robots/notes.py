"""The quiet lines below a field: a word of help, or what is wrong with it."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from dingcomposer.core.checks.problems import Problem, Severity
from dingcomposer.ui.wording.problems import problem_sentence

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
