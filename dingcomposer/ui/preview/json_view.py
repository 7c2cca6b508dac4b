"""The message as DingTalk's JSON, to read and to copy."""

import json

from PySide6.QtGui import QFontDatabase, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from dingcomposer.core.messages import Message, Text
from dingcomposer.core.payload import to_payload
from dingcomposer.core.plain_text import clean_json


class JsonView(QWidget):
    """Pretty JSON of a message, as it is sent but for `msgUuid`. Written only while visible."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message: Message = Text("")
        self._written: Message | None = None
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("preview.json")
        self._text.setAccessibleName(self.tr("JSON of the message"))
        self._text.setReadOnly(True)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._text)

    def show_message(self, message: Message) -> None:
        """Show this message's JSON, at the place where the reader was."""
        self._message = message
        if self.isVisible():
            self._write()

    def copy(self) -> None:
        """Put the JSON on the clipboard."""
        QGuiApplication.clipboard().setText(clean_json(_pretty(self._message)))

    def showEvent(self, event: QShowEvent) -> None:
        """Catches up with what was written meanwhile."""
        super().showEvent(event)
        self._write()

    def _write(self) -> None:
        if self._written == self._message:
            return
        bar = self._text.verticalScrollBar()
        place = bar.value()
        self._text.setPlainText(clean_json(_pretty(self._message)))
        bar.setValue(place)
        self._written = self._message


def _pretty(message: Message) -> str:
    return json.dumps(to_payload(message), ensure_ascii=False, indent=2)
