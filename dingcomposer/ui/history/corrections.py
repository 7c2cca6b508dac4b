"""What a send corrects, and what corrects it: each leads to the other in the history."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dingcomposer.core.delivery import Status
from dingcomposer.storage.history import SendRow
from dingcomposer.ui.texts.outcomes import status_word
from dingcomposer.ui.texts.robots import robot_words
from dingcomposer.ui.texts.time import full_day_time
from dingcomposer.ui.widgets.buttons import ElidedButton

MOST_SHOWN = 3
"""So many corrections of one send are shown, the newest ones."""


class CorrectionLinks(QWidget):
    """A line for each send that the shown one corrects, or is corrected by; else hidden.

    Signals:
        send_clicked(str): a person wants to see the send of this msgUuid.
    """

    send_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[ElidedButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_links(self, corrected: SendRow | None, corrections: Sequence[SendRow]) -> None:
        """Show the send that this one sets right, and those that set this one right."""
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons.clear()
        if corrected is not None:
            self._add("history.corrects", self.tr("Corrects: {send}"), corrected)
        for at, row in enumerate(corrections[-MOST_SHOWN:]):
            self._add(f"history.corrected_by.{at}", self.tr("Corrected by: {send}"), row)
        self.setVisible(bool(self._buttons))

    def _add(self, name: str, words: str, row: SendRow) -> None:
        before, after = words.split("{send}")
        where = (robot_words(row.robot_name, row.stage), full_day_time(row.created_at))
        # That a correction did not arrive is what matters most about it.
        outcome = () if row.status is Status.DELIVERED else (status_word(row.status),)
        button = ElidedButton(self)
        button.setObjectName(name)
        button.set_words(before, row.headline, " · ".join((after, *where, *outcome)))
        button.clicked.connect(self._leading_to(row.msg_uuid))
        self._column.addWidget(button)
        button.show()
        self._buttons.append(button)

    def _leading_to(self, msg_uuid: str) -> Callable[[], None]:
        return lambda: self.send_clicked.emit(msg_uuid)
