"""A field for a token or a secret: masked, shown on request, kept when it is not touched."""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from dingcomposer.storage.secrets import KEEP, Keep
from dingcomposer.ui.robots.form_fields import show_note
from dingcomposer.ui.widgets.icons import IconButton


class Kept(StrEnum):
    """What is known of the value that is kept already."""

    EMPTY = "empty"
    KEPT = "kept"
    UNREADABLE = "unreadable"


class SecretField(QWidget):
    """One masked value. What is kept is neither loaded nor changed unless a person wants it.

    Signals:
        changed: a person typed, removed or took back something; `value` says what is to happen.
        reveal_requested: the kept value is to be shown; answer with `show_kept` or `cannot_show`.
    """

    changed = Signal()
    reveal_requested = Signal()

    def __init__(
        self,
        name: str,
        label: str,
        parent: QWidget | None = None,
        *,
        can_remove: bool = False,
        hint: str = "",
    ) -> None:
        super().__init__(parent)
        self._kept = Kept.EMPTY
        self._is_removed = self._is_shown_kept = False
        self._why = ""
        self._can_remove = can_remove
        self._hint = hint
        self.line = QLineEdit(self)
        self.line.setObjectName(name)
        self.line.setAccessibleName(label)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye = IconButton("eye", self.tr("Show"), self)
        self.eye.setObjectName(f"{name}.show")
        self.eye.setCheckable(True)
        self.remove = QPushButton(self)
        self.remove.setObjectName(f"{name}.remove")
        self.remove.setAutoDefault(False)
        self.remove.setProperty("flat", True)
        self.note = QLabel(self)
        self.note.setObjectName(f"{name}.note")
        self._lay_out()
        self.line.textEdited.connect(self._on_edited)
        self.eye.toggled.connect(self._on_eye_toggled)
        self.remove.clicked.connect(self._on_remove_clicked)
        self.setFocusProxy(self.line)
        self.set_kept(Kept.EMPTY)

    @property
    def kept(self) -> Kept:
        """What is known of the value that is kept."""
        return self._kept

    @property
    def is_removed(self) -> bool:
        """Whether the kept value is to be removed."""
        return self._is_removed

    @property
    def typed(self) -> str:
        """What a person entered anew, without white space around it; "" where nothing was."""
        return "" if self._is_shown_kept or self._is_removed else self.line.text().strip()

    @property
    def has_value(self) -> bool:
        """Whether there will be a value once this is saved, as far as is known."""
        return bool(self.typed) or (self._kept is not Kept.EMPTY and not self._is_removed)

    def value(self) -> str | Keep | None:
        """What is to be kept: something new, None for nothing any more, or KEEP."""
        if self._is_removed:
            return None
        return self.typed or KEEP

    def set_kept(self, kept: Kept, why: str = "") -> None:
        """What is known now of the kept value, and why it cannot be read."""
        self._kept = kept
        self._why = why if kept is Kept.UNREADABLE else ""
        if kept is not Kept.KEPT and self._is_shown_kept:
            self._hide_kept()
        self._show()

    def fill(self, text: str) -> None:
        """Enter something for a person, out of a paste."""
        self._is_removed = self._is_shown_kept = False
        self.eye.setChecked(False)
        self.line.setText(text)
        self.line.setCursorPosition(0)
        self._show()
        self.changed.emit()

    def show_kept(self, value: str) -> None:
        """Show the kept value, if that is still wanted and nothing was typed meanwhile."""
        if not value:
            self.eye.setChecked(False)
            self.set_kept(Kept.EMPTY)
        elif self.eye.isChecked() and not self.line.text() and not self._is_removed:
            self._is_shown_kept = True
            self.line.setEchoMode(QLineEdit.EchoMode.Normal)
            self.line.setText(value)
            self.line.setCursorPosition(0)
            self._show()

    def cannot_show(self, why: str) -> None:
        """The kept value could not be read; it stays as it is."""
        self.eye.setChecked(False)
        self.set_kept(Kept.UNREADABLE, why)

    def show_trouble(self, words: str, *, blocks: bool = False) -> None:
        """What is wrong with what was typed; "" for nothing."""
        if words:
            show_note(self.note, words, "bad" if blocks else "warn")
        else:
            self._show_note()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self.eye)
        row.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.note)

    def _on_edited(self) -> None:
        # A kept value that is shown and then changed is a new one.
        self._is_shown_kept = False
        self._show()
        self.changed.emit()

    def _on_eye_toggled(self, is_on: bool) -> None:
        words = self.tr("Hide") if is_on else self.tr("Show")
        self.eye.setToolTip(words)
        self.eye.setAccessibleName(words)
        if not is_on:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
            if self._is_shown_kept:
                self._hide_kept()
        elif self.line.text():
            self.line.setEchoMode(QLineEdit.EchoMode.Normal)
        elif self._kept is not Kept.EMPTY:
            self.reveal_requested.emit()
        else:
            self.line.setEchoMode(QLineEdit.EchoMode.Normal)
        self._show()

    def _on_remove_clicked(self) -> None:
        self._is_removed = not self._is_removed
        self._is_shown_kept = False
        self.line.clear()
        self.eye.setChecked(False)
        self._show()
        self.changed.emit()

    def _hide_kept(self) -> None:
        self._is_shown_kept = False
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.clear()

    def _show(self) -> None:
        self.line.setEnabled(not self._is_removed)
        self.eye.setEnabled(not self._is_removed)
        self.remove.setText(self.tr("Keep") if self._is_removed else self.tr("Remove"))
        tip = self.tr("Keep the secret") if self._is_removed else self.tr("Remove the secret")
        self.remove.setToolTip(tip)
        self.remove.setAccessibleName(tip)
        is_there = self._kept is Kept.KEPT and (self._is_removed or not self.typed)
        self.remove.setVisible(self._can_remove and is_there)
        self.line.setPlaceholderText(self._placeholder())
        self._show_note()

    def _placeholder(self) -> str:
        if self._is_removed or self._kept is Kept.EMPTY:
            return self._hint
        if self._kept is Kept.UNREADABLE:
            return self.tr("Cannot be read")
        return "●" * 12  # as the field masks what is typed

    def _show_note(self) -> None:
        if self._is_removed:
            show_note(self.note, self.tr("Will be removed when you save."), "warn")
        elif self._kept is Kept.UNREADABLE and not self.typed:
            words = self.tr("It is left unchanged. {why}").format(why=self._why)
            show_note(self.note, words, "warn")
        elif self.typed != self.line.text() and not self._is_shown_kept:
            show_note(self.note, self.tr("White space around it will be removed."))
        elif self._kept is Kept.KEPT and self.typed:
            show_note(self.note, self.tr("Replaces the stored one."))
        else:
            show_note(self.note, "")
