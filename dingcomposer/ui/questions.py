"""Every modal question and file choice, behind one function each, so that a test can answer it.

Pages call `questions.ask(parent, question)`; a test replaces `questions.ask`, or `choose_file`.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QStandardPaths, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from dingcomposer.core.records import dataclass

if TYPE_CHECKING:
    # At run time with the first question: a dialog's class takes a millisecond to make.
    from PySide6.QtWidgets import QMessageBox

from dingcomposer.core.plain_text import clean

_TEXT_PX = 400
_PAD_PX = 8
_FOLDER = "file_folder"
"""The property of the application that holds where a file was chosen last."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: what the program calls it, and what stands on its button."""

    key: str
    label: str
    is_default: bool = False
    is_destructive: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `name` identifies it; the first line is the question, `details` come below.

    Closing the dialog counts as the choice `cancel`.
    """

    name: str
    title: str
    text: str
    choices: tuple[Choice, ...]
    cancel: str
    details: str = ""


def back() -> Choice:
    """To go back, which is what Enter does."""
    return Choice("back", QCoreApplication.translate("Questions", "Back"), is_default=True)


def ok() -> Choice:
    """To have read it: there is no other answer."""
    return Choice("ok", QCoreApplication.translate("Questions", "OK"), is_default=True)


def ask(parent: QWidget | None, question: Question) -> str:
    """Ask and wait; the key of the choice made."""
    from PySide6.QtWidgets import QLabel, QMessageBox

    box = QMessageBox(parent)
    box.setObjectName(f"question.{question.name}")
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle(clean(question.title))
    box.setTextFormat(Qt.TextFormat.PlainText)  # what people wrote is no markup
    box.setText(clean(question.text))
    box.setInformativeText(clean(question.details))
    label = box.findChild(QLabel, "qt_msgbox_label")
    if label is not None:  # Qt wraps it only where the screen ends, and then cuts it off
        wanted = label.fontMetrics().horizontalAdvance(label.text()) + _PAD_PX
        label.setWordWrap(True)
        label.setMinimumWidth(min(wanted, _TEXT_PX))
    keys: dict[QPushButton, str] = {}
    for choice in question.choices:
        button = box.addButton(choice.label, _role(choice, question))
        button.setObjectName(f"question.{question.name}.{choice.key}")
        keys[button] = choice.key
        if choice.is_default:
            box.setDefaultButton(button)
        if choice.key == question.cancel:
            box.setEscapeButton(button)
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    return next((key for button, key in keys.items() if button is clicked), question.cancel)


def choose_file(parent: QWidget | None, title: str, kinds: str = "") -> str:
    """Ask for a file that is there; its path, "" where none was chosen. `kinds` is Qt's filter."""
    from PySide6.QtWidgets import QFileDialog

    path, _ = QFileDialog.getOpenFileName(parent, title, str(_last_folder()), kinds)
    return _remembered(path)


def choose_folder(parent: QWidget | None, title: str) -> str:
    """Ask for a folder that is there; its path, "" where none was chosen."""
    from PySide6.QtWidgets import QFileDialog

    return QFileDialog.getExistingDirectory(parent, title, str(_last_folder()))


def ask_words(parent: QWidget | None, title: str, label: str) -> str:
    """Ask for a few words; "" where the person let it be."""
    from PySide6.QtWidgets import QInputDialog

    words, is_given = QInputDialog.getText(parent, title, label)
    return words.strip() if is_given else ""


def choose_new_file(parent: QWidget | None, title: str, suggested: str, kinds: str) -> str:
    """Ask where to save a file; its path, "" where the person let it be. `kinds` is Qt's filter.

    A name without a folder is suggested where a file was chosen last.
    """
    from PySide6.QtWidgets import QFileDialog

    place = _last_folder() / suggested
    path, _ = QFileDialog.getSaveFileName(parent, title, str(place), kinds)
    return _remembered(path)


def _last_folder() -> Path:
    """Where a file was chosen last in this run; at first the person's documents."""
    app = QCoreApplication.instance()
    last = str(app.property(_FOLDER) or "") if app is not None else ""
    if last and Path(last).is_dir():
        return Path(last)
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    found = Path(QStandardPaths.writableLocation(documents) or ".")
    return found if found.is_dir() else Path.home()


def _remembered(path: str) -> str:
    app = QCoreApplication.instance()
    if path and app is not None:
        app.setProperty(_FOLDER, str(Path(path).parent))
    return path


# What Qt's own translation lacks of these dialogs: it is looked for in ours as well.
QT_TRANSLATE_NOOP("QFileDialog", "&Look in:")
QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:")
QT_TRANSLATE_NOOP("QFileSystemModel", "Size")
QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder")
QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "File")
QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "File Folder")
QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Drive")
QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Shortcut")
QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Unknown")


def _role(choice: Choice, question: Question) -> "QMessageBox.ButtonRole":
    from PySide6.QtWidgets import QMessageBox

    if choice.key == question.cancel:
        return QMessageBox.ButtonRole.RejectRole
    if choice.is_destructive:
        return QMessageBox.ButtonRole.DestructiveRole
    return QMessageBox.ButtonRole.AcceptRole
