"""The receipt of one send: plain text to copy or to save, without any secret."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from dingcomposer.core.payload import body_sha256
from dingcomposer.core.plain_text import clean
from dingcomposer.storage.history import AttemptRow, SendRow
from dingcomposer.ui import questions
from dingcomposer.ui.history.exports import attempt_words
from dingcomposer.ui.texts.messages import kind_name
from dingcomposer.ui.texts.outcomes import explain, status_word
from dingcomposer.ui.texts.robots import robot_words
from dingcomposer.ui.texts.translate import translate
from dingcomposer.ui.widgets.buttons import settle_after_menu


def receipt_text(row: SendRow, attempts: Sequence[AttemptRow]) -> str:
    """What was sent where and when, the hash of the bytes, and what came back."""
    lines = [
        translate("Receipt", "Receipt of a DingTalk robot message"),
        "",
        *_described(row),
        "",
    ]
    if not attempts:
        lines += [translate("Receipt", "Nothing left this computer."), ""]
    for attempt in attempts:
        lines += [*_attempt(attempt), ""]
    lines.append(
        translate(
            "Receipt",
            "This says what this computer sent and received. DingTalk signs no answer and gives no"
            " message ID.",
        )
    )
    return clean("\n".join(lines)) + "\n"


def _described(row: SendRow) -> list[str]:
    return [
        _line(
            translate("Receipt", "Group"),
            robot_words(row.robot_name, row.stage),
        ),
        _line(translate("Receipt", "Queued"), _local(row.created_at)),
        _line(translate("Receipt", "Outcome"), _outcome(row)),
        _line(translate("Receipt", "Kind"), kind_name(row.kind)),
        _line(translate("Receipt", "Title"), row.headline),
        _line("msgUuid", row.msg_uuid),
        _line(
            translate("Receipt", "SHA-256 without msgUuid"),
            body_sha256(row.message),
        ),
    ]


def _attempt(attempt: AttemptRow) -> list[str]:
    number = attempt_words(attempt)
    size = translate("Receipt", "{size} bytes")
    lines = [
        number,
        _line(translate("Receipt", "Sent"), _local(attempt.started_at)),
        _line(translate("Receipt", "To"), attempt.url),
        _line(
            translate("Receipt", "SHA-256 of the body as posted"),
            f"{attempt.body_sha256} ({size.format(size=QLocale().toString(attempt.body_bytes))})",
        ),
        _line(translate("Receipt", "Outcome"), status_word(attempt.status)),
    ]
    if attempt.http_status is not None:
        lines.append(_line("HTTP", str(attempt.http_status)))
    if attempt.answer:
        lines.append(_line(translate("Receipt", "Answer"), attempt.answer))
    return lines


def _outcome(row: SendRow) -> str:
    happened = explain(row.cause, row.fault).happened
    return " · ".join(filter(None, (status_word(row.status), happened)))


def _local(at: datetime) -> str:
    """By this computer's clock, with its distance from UTC: a receipt travels."""
    return at.astimezone().isoformat(" ", "milliseconds")


def _line(name: str, value: str) -> str:
    return translate("Receipt", "{name}: {value}").format(name=name, value=value)


class ReceiptButton(QPushButton):
    """Offers the receipt of the send that is shown, to be copied or saved.

    `say` gets what was just done, or why it could not be, in a sentence.
    """

    def __init__(self, say: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self.setObjectName("history.receipt")
        self.setText(self.tr("Receipt"))
        self.setAccessibleName(self.tr("Receipt"))
        self.setToolTip(self.tr("Time, group, hash of the bytes and answer, as plain text"))
        self._msg_uuid = ""
        self._text = ""
        menu = QMenu(self)
        menu.setObjectName("history.receipt.menu")
        copy = menu.addAction(self.tr("Copy"))
        copy.setObjectName("history.receipt.copy")
        copy.triggered.connect(self.copy)
        save = menu.addAction(self.tr("Save…"))
        save.setObjectName("history.receipt.save")
        save.triggered.connect(self.save)
        self.setMenu(menu)
        settle_after_menu(self)

    def show_send(self, row: SendRow, attempts: Sequence[AttemptRow]) -> None:
        """Whose receipt is offered."""
        self._msg_uuid = row.msg_uuid
        self._text = receipt_text(row, attempts)

    def copy(self) -> None:
        """Put the receipt into the clipboard."""
        QGuiApplication.clipboard().setText(self._text)
        self._say(self.tr("The receipt is on the clipboard."))

    def save(self) -> None:
        """Ask where, and write the receipt there as UTF-8."""
        suggested = f"dingcomposer-{self._msg_uuid[:8]}.txt"
        kinds = self.tr("Text files (*.txt)")
        chosen = questions.choose_new_file(self, self.tr("Save the receipt"), suggested, kinds)
        if not chosen:
            return
        try:
            Path(chosen).write_text(self._text, encoding="utf-8", newline="\n")
        except OSError:
            self._say(self.tr("The receipt could not be written there."))
            return
        self._say(self.tr("The receipt was saved."))
