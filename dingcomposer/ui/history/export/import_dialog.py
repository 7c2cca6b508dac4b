"""Import dialog: reads a file of JSON Lines back, a few sends in each turn of the event loop."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from dingcomposer.interchange.exports.json_lines import NotOurs, ReadRecord, read_json_lines
from dingcomposer.storage.archive.imports import ImportCount, SendImporter
from dingcomposer.storage.database import StorageError
from dingcomposer.ui.texts.archive.exports import import_sentence
from dingcomposer.ui.texts.storage import storage_sentence
from dingcomposer.ui.widgets.buttons import DialogButton
from dingcomposer.ui.widgets.layouts import OrderedDialog
from dingcomposer.ui.widgets.plain_text import plain_label

SENDS_A_TURN = 5


class ImportDialog(OrderedDialog):
    """Begins as it is shown. What was added stays, whenever it is ended.

    Signals:
        ended(ImportCount): no more is added.
    """

    ended = Signal(object)

    def __init__(
        self,
        path: Path,
        importer: SendImporter,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("import")
        self.setWindowTitle(self.tr("Read back"))
        self._path = path
        self._importer = importer
        self._now = now
        self._count = ImportCount()
        self._lines: Iterator[ReadRecord] | None = None
        self._size = 1
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_turn)
        self._words = plain_label(self.tr("Reading {name}").format(name=path.name), self)
        self._words.setObjectName("import.words")
        self._progress = QProgressBar(self)
        self._progress.setObjectName("import.progress")
        self._progress.setAccessibleName(self.tr("Progress"))
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 1000)
        self._close = DialogButton("import.close", self.tr("Cancel"), self)
        self._close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._words)
        column.addWidget(self._progress)
        column.addStretch(1)
        column.addLayout(buttons)
        self.setMinimumWidth(420)
        self._timer.start()

    @property
    def count(self) -> ImportCount:
        """What came of the lines that were read so far."""
        return self._count

    def done(self, result: int) -> None:
        """Read no more."""
        if self._timer.isActive():
            self._end(import_sentence(self._count))
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """As Cancel does."""
        self.reject()
        super().closeEvent(event)

    def _on_turn(self) -> None:
        try:
            if self._lines is None:
                self._size = max(self._path.stat().st_size, 1)
                self._lines = read_json_lines(self._path)
            lines = list(islice(self._lines, SENDS_A_TURN))
            if not lines:
                self._end(import_sentence(self._count))
                return
            self._count += self._importer.add([one.record for one in lines], self._now())
            self._progress.setValue(lines[-1].position * 1000 // self._size)
        except NotOurs:
            self._end(self.tr("This is no file that was exported as JSON Lines."))
        except StorageError as error:
            self._end(storage_sentence(error.fault))
        except OSError:
            self._end(self.tr("The file cannot be read."))

    def _end(self, sentence: str) -> None:
        self._timer.stop()
        self._lines = None
        self._words.tell(sentence)
        self._progress.hide()
        self._close.setText(self.tr("Close"))
        self._close.setAccessibleName(self._close.text())
        self._close.setFocus()
        self.ended.emit(self._count)
