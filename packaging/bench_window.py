"""A window that says when it is painted, and ends: the program's own, or a bare one to compare.

    python packaging/bench_window.py bare
    python packaging/bench_window.py program DATA_DIR

Prints one line of JSON once the first picture of the window is complete.
"""

import json
import os
import sys

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from bench_memory import resident_mib

WIDTH, HEIGHT = 1280, 820
REST_MS = 1_500


class FirstPaint(QObject):
    """Watches a window for its first picture, says so, and a while later ends the program."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._is_seen = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees the picture begin."""
        if not self._is_seen and event.type() == QEvent.Type.Paint:
            self._is_seen = True
            # All widgets in the window are painted in one go; what is posted comes after that.
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Hears that it is complete."""
        if event.type() == QEvent.Type.User:
            _say("painted")
            QTimer.singleShot(REST_MS, self._end)
            return True
        return super().event(event)

    def _end(self) -> None:
        _say("rested")
        QCoreApplication.quit()


def _say(moment: str) -> None:
    print(json.dumps({"moment": moment, "resident_mib": resident_mib()}), flush=True)


def show_bare() -> int:
    """The floor: sixty widgets, and nothing behind them."""
    application = QApplication([])
    window = QWidget()
    grid = QGridLayout(window)
    for row in range(20):
        grid.addWidget(QLabel(f"Label {row}"), row, 0)
        grid.addWidget(QLineEdit(f"Text {row}"), row, 1)
        grid.addWidget(QPushButton(f"Button {row}"), row, 2)
    window.resize(WIDTH, HEIGHT)
    watch = FirstPaint(window)
    window.show()
    status = application.exec()
    del watch
    return status


def show_program(data_dir: str) -> int:
    """The program as `python -m dingcomposer` starts it, with its secrets in memory."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    from dingcomposer import __main__
    from dingcomposer import app as root

    build = root.build

    def watched(app: QApplication, options: root.Options) -> root.Program:
        program = build(app, options)
        FirstPaint(program.window)
        return program

    root.build = watched
    return __main__.main(["--data-dir", data_dir])


if __name__ == "__main__":
    sys.exit(show_bare() if sys.argv[1] == "bare" else show_program(sys.argv[2]))
