"""The receipt of one send: plain text to copy or to save, without any secret."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from dingcomposer.core.payload import body_sha256
from dingcomposer.core.plain_text import clean
from dingcomposer.core.records import dataclass
from dingcomposer.storage.evidence.records import ChainHead
from dingcomposer.storage.history import AttemptRow, SendRow
from dingcomposer.ui import questions
from dingcomposer.ui.texts.archive.evidence import head_words
from dingcomposer.ui.texts.attempts import attempt_words, is_by_dingtalk, nothing_left, what_came
from dingcomposer.ui.texts.messages import kind_name, message_lines
from dingcomposer.ui.texts.outcomes import outcome_words, own_words, status_word
from dingcomposer.ui.texts.robots import robot_words
from dingcomposer.ui.texts.translate import in_brackets, join_sentences, translate
from dingcomposer.ui.widgets.buttons import settle_after_menu


@dataclass(frozen=True, slots=True)
class ChainProof:
    """A send's own link in the chain, and the newest one; None where there is none (yet)."""

    link: ChainHead | None = None
    head: ChainHead | None = None


NO_PROOF = ChainProof()


def receipt_text(row: SendRow, attempts: Sequence[AttemptRow], proof: ChainProof = NO_PROOF) -> str:
    """What was sent, to whom, when, and what came of it; below, what proves it."""
    lines = [
        translate("Receipt", "Receipt of a message to the sandbox (DingTalk never got it)")
        if row.is_sandbox
        else translate("Receipt", "Receipt of a DingTalk robot message"),
        "",
        *_told(row, attempts),
        "",
        translate("Receipt", "What was sent ({kind}):").format(kind=kind_name(row.kind)),
        *(f"    {line}".rstrip() for line in message_lines(row.message)),
        "",
        translate("Receipt", "Technical details"),
        _line(translate("Receipt", "Written down at"), _local(row.created_at)),
        _line("msgUuid", row.msg_uuid),
        _line(translate("Receipt", "SHA-256 without msgUuid"), body_sha256(row.message)),
        *_proof(proof),
        "",
    ]
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


def _proof(proof: ChainProof) -> list[str]:
    """Where the send stands in the chain, and the newest link: what follows cannot change it."""
    if proof.link is None or proof.head is None:
        return []
    return [
        _line(translate("Receipt", "In the chain of this history"), head_words(proof.link)),
        _line(translate("Receipt", "Newest link when this was made"), head_words(proof.head)),
    ]


def _told(row: SendRow, attempts: Sequence[AttemptRow]) -> list[str]:
    """The head: whom, when, and how it came out."""
    words = outcome_words(row, is_dingtalk=is_by_dingtalk(row, attempts))
    lines = [_line(translate("Receipt", "To"), robot_words(row.robot_name, row.stage))]
    left = [one for one in attempts if one.has_left]
    if left:
        lines.append(_line(translate("Receipt", "Sent"), _day(left[-1].started_at)))
    else:
        lines.append(
            _line(
                translate("Receipt", "Sent"),
                nothing_left(row) if not attempts else what_came(attempts[-1]),
            )
        )
    status = translate("Receipt", "{status}.").format(status=status_word(row.status))
    outcome = join_sentences((status, words.happened))
    lines.append(_line(translate("Receipt", "Outcome"), outcome))
    said = own_words(row.errcode, row.errmsg)
    if attempts and said:  # what came where nothing was said stands with its attempt, below
        name = (
            translate("Receipt", "The sandbox said")
            if row.is_sandbox
            else translate("Receipt", "DingTalk said")
            if is_by_dingtalk(row, attempts)
            else translate("Receipt", "The server said")
        )
        lines.append(_line(name, said))
    return lines


def _attempt(attempt: AttemptRow) -> list[str]:
    size = translate("Receipt", "{size} bytes").format(size=QLocale().toString(attempt.body_bytes))
    lines = [
        attempt_words(attempt),
        _line(translate("Receipt", "Began"), _local(attempt.started_at)),
        _line(translate("Receipt", "Address"), attempt.url),
        _line(
            translate("Receipt", "SHA-256 of the body as posted"),
            in_brackets(attempt.body_sha256, size),
        ),
        _line(translate("Receipt", "Outcome"), status_word(attempt.status)),
        _line(translate("Receipt", "What came back"), what_came(attempt)),
    ]
    if attempt.answer:
        # Behind the name of the line: no line of an answer passes for one of ours.
        answer = "\n    ".join(attempt.answer.splitlines())
        lines.append(_line(translate("Receipt", "Answer"), answer))
    return lines


def _day(at: datetime) -> str:
    """A moment as a person files it: weekday, date, time to the second, distance from UTC."""
    local = at.astimezone()
    weekday = QLocale().dayName(local.isoweekday())
    offset = local.strftime("%z")
    words = translate("Receipt", "{weekday}, {date} {time} (UTC{offset})")
    return words.format(
        weekday=weekday,
        date=local.strftime("%Y-%m-%d"),
        time=local.strftime("%H:%M:%S"),
        offset=f"{offset[:3]}:{offset[3:5]}",
    )


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
        self.setToolTip(self.tr("What was sent, to whom, when, and what came back, as plain text"))
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

    def show_send(
        self, row: SendRow, attempts: Sequence[AttemptRow], proof: ChainProof = NO_PROOF
    ) -> None:
        """Whose receipt is offered."""
        self._msg_uuid = row.msg_uuid
        self._text = receipt_text(row, attempts, proof)

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
