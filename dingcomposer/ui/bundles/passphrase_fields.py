"""Fields for a passphrase: a new one typed twice with its strength said, or one that opens."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from dingcomposer.core.bundle.passphrases import Strength, strength_of
from dingcomposer.core.plain_text import clean
from dingcomposer.ui.robots.form_fields import FieldRows, Tone, show_note
from dingcomposer.ui.texts.bundles import strength_sentence
from dingcomposer.ui.widgets.buttons import DefaultButton, DialogButton, answer_row
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_label

_TONES: dict[Strength, Tone] = {Strength.TOO_SHORT: "quiet", Strength.WEAK: "warn"}


class NewPassphrase(QWidget):
    """A passphrase twice. `reason` says why it cannot be used yet.

    Signals:
        changed: a person typed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = _field("passphrase.first", self.tr("Passphrase"), self)
        self.second = _field("passphrase.second", self.tr("Once more"), self)
        self.note = QLabel(self)
        self.note.setObjectName("passphrase.note")
        rows = FieldRows(self)
        rows.add_row(self.tr("Passphrase"), self.first)
        rows.add_row(self.tr("Once more"), self.second)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(rows)
        column.addWidget(self.note)
        for field in (self.first, self.second):
            field.textEdited.connect(self._on_edited)
        self._show()

    @property
    def passphrase(self) -> str:
        """What was typed; "" where it is not both times the same, or too short."""
        words = self.first.text()
        is_long = strength_of(words) is not Strength.TOO_SHORT
        return words if is_long and words == self.second.text() else ""

    @property
    def reason(self) -> str:
        """Why it cannot be used yet; "" where it can."""
        if strength_of(self.first.text()) is Strength.TOO_SHORT:
            return strength_sentence(Strength.TOO_SHORT)
        if self.first.text() != self.second.text():
            if self.second.text():
                return self.tr("The two passphrases differ.")
            return self.tr("Type the passphrase a second time.")
        return ""

    def _on_edited(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        forgotten = self.tr("Nobody can open the file without it, and nobody can find it again.")
        if not self.first.text():
            show_note(self.note, forgotten)
            return
        strength = strength_of(self.first.text())
        show_note(self.note, strength_sentence(strength), _TONES.get(strength, "quiet"))


class PassphraseDialog(OrderedDialog):
    """Asks for the passphrase of a file. It stays open while the file is tried.

    Signals:
        tried(str): a person gave this one.
    """

    tried = Signal(str)

    def __init__(self, file_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("passphrase")
        self.setWindowTitle(self.tr("A sealed file"))
        words = self.tr("{file} is sealed. Give the passphrase that it was sealed with.")
        told = plain_label(words.format(file=clean(file_name)), self, "passphrase.words")
        self.line = _field("passphrase.line", self.tr("Passphrase"), self)
        self.reason = QLabel(self)
        self.reason.setObjectName("passphrase.reason")
        self.open_button = DefaultButton("passphrase.open", self.tr("Open"), self)
        self.cancel_button = DialogButton("passphrase.cancel", self.tr("Cancel"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(told)
        column.addWidget(self.line)
        column.addStretch(1)
        column.addLayout(answer_row(self, self.reason, self.open_button, self.cancel_button))
        show_note(self.reason, "")
        self.line.textEdited.connect(self._on_edited)
        self.open_button.clicked.connect(self._on_open)
        self.cancel_button.clicked.connect(self.reject)
        self._on_edited()
        resize_within_screen(self, QSize(440, 180), QSize(360, 160))

    def show_wrong(self, words: str) -> None:
        """It did not open the file: say why, and let another be typed."""
        self._set_busy(False)
        show_note(self.reason, words, "bad")
        self.line.selectAll()
        self.line.setFocus()

    def _on_edited(self) -> None:
        self.open_button.setEnabled(bool(self.line.text()))

    def _on_open(self) -> None:
        self._set_busy(True)
        show_note(self.reason, self.tr("Opening…"))
        self.tried.emit(self.line.text())

    def _set_busy(self, is_busy: bool) -> None:
        if is_busy:
            self.line.setFocus()  # else it goes to Cancel, which a second Enter would press
        self.line.setReadOnly(is_busy)
        self.open_button.setEnabled(not is_busy)


def _field(name: str, label: str, parent: QWidget) -> QLineEdit:
    line = QLineEdit(parent)
    line.setObjectName(name)
    line.setAccessibleName(label)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line
