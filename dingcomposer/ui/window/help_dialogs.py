"""What the menu "Help" shows: the list of keys, which is a view of the actions, and About."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

import dingcomposer
from dingcomposer.ui import questions
from dingcomposer.ui.window.actions import ActionSpec


class ShortcutsDialog(QDialog):
    """Every action that has a key, in words, with its keys."""

    def __init__(self, actions: Iterable[ActionSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts")
        self.setWindowTitle(QCoreApplication.translate("WindowActions", "Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(6)
        rows = [(one.words().rstrip("…").replace("&", ""), one.keys) for one in actions if one.keys]
        half = (len(rows) + 1) // 2  # two columns: one would be higher than a small screen
        for number, (words, keys) in enumerate(rows):
            side, row = divmod(number, half)
            grid.addWidget(QLabel(words), row, 2 * side)
            # In Chinese the two Enter keys have one name.
            shown = QLabel(", ".join(dict.fromkeys(map(_native, keys))))
            shown.setProperty("quiet", True)
            grid.addWidget(shown, row, 2 * side + 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(16)
        column.addLayout(grid)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        box.rejected.connect(self.reject)
        column.addWidget(box)


def show_about(parent: QWidget) -> None:
    """Say what the program is, its version and its licence."""
    close = questions.Choice(
        "close", QCoreApplication.translate("WindowActions", "Close"), is_default=True
    )
    question = questions.Question(
        "about",
        QCoreApplication.translate("WindowActions", "About DingComposer"),
        f"DingComposer {dingcomposer.__version__}",
        (close,),
        "close",
        QCoreApplication.translate(
            "WindowActions",
            "Write a message for a DingTalk group robot, see it as the group will, send it"
            " signed, and prove what happened. It connects to your robots' hosts, to the"
            " pictures that a preview shows, and to nothing else. MIT licence.",
        ),
    )
    questions.ask(parent, question)


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
