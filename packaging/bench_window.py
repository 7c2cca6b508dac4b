"""A window that says when it answers and when it has settled, and closes when it is told to.

    python packaging/bench_window.py bare
    python packaging/bench_window.py program DATA_DIR

Prints one line of JSON for each moment, with its time on the system's monotonic clock, which
whoever started it can read too. A byte on its standard input closes the window.
"""

import json
import os
import sys
from time import perf_counter

BEGAN_AT = perf_counter()

import importlib.util  # noqa: E402
from collections.abc import Callable, Sequence  # noqa: E402
from importlib.abc import Loader, MetaPathFinder  # noqa: E402
from importlib.machinery import ModuleSpec  # noqa: E402
from threading import Thread  # noqa: E402
from time import process_time  # noqa: E402
from types import ModuleType  # noqa: E402
from typing import TYPE_CHECKING, Any  # noqa: E402

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

WIDTH, HEIGHT = 1280, 820
ROOT = "dingcomposer.app"
QUIET_S = 0.3
BURST_S = 0.001
"""What works longer than this at a time still belongs to the start."""
TICK_MS = 20
LIMIT_S = 60.0


def say(moment: str, at: float | None = None) -> None:
    """Tell whoever started this process about a moment."""
    print(json.dumps({"moment": moment, "at": perf_counter() if at is None else at}), flush=True)


def watch(window: "QWidget", is_complete: Callable[[], bool]) -> None:
    """Say when the window has its first picture and nothing more to do, and when it has settled.

    Settled is the end of the last work that was done before `QUIET_S` of rest, with `is_complete`.
    """
    from PySide6.QtCore import (
        QAbstractEventDispatcher,
        QCoreApplication,
        QEvent,
        QObject,
        QTimer,
        Signal,
    )

    class Watch(QObject):
        told_to_close = Signal()

        def __init__(self) -> None:
            super().__init__(window)
            self._is_painted = self._has_answered = self._has_settled = False
            self._worked_s = process_time()
            self._rests_since = perf_counter()
            self._timer = QTimer(self, interval=TICK_MS)  # else nothing would be heard in the rest
            window.installEventFilter(self)
            QAbstractEventDispatcher.instance().aboutToBlock.connect(self._on_about_to_block)
            self.told_to_close.connect(self._on_told_to_close)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                self._is_painted = True
                window.removeEventFilter(self)
            return False

        def _on_about_to_block(self) -> None:
            now, worked_s = perf_counter(), process_time()
            if worked_s - self._worked_s > BURST_S:
                self._rests_since = now
            if self._is_painted and not self._has_answered:
                self._has_answered = True
                self._rests_since = now
                say("answers", now)
                self._timer.start()
            if self._has_answered and not self._has_settled:
                if not is_complete():
                    self._rests_since = now
                elif now - self._rests_since >= QUIET_S:
                    self._has_settled = True
                    self._timer.stop()
                    say("settled", self._rests_since)
                    Thread(target=self._wait, daemon=True).start()
                if now - BEGAN_AT > LIMIT_S:
                    QCoreApplication.exit(3)  # it would never settle
            self._worked_s = process_time()

        def _wait(self) -> None:
            os.read(0, 1)
            self.told_to_close.emit()

        def _on_told_to_close(self) -> None:
            window.close()

    Watch()


def show_bare() -> int:
    """The floor: sixty widgets, and nothing behind them."""
    from PySide6.QtWidgets import (
        QApplication,
        QGridLayout,
        QLabel,
        QLineEdit,
        QPushButton,
        QWidget,
    )

    say("imported")
    application = QApplication([])
    say("building")
    window = QWidget()
    grid = QGridLayout(window)
    for row in range(20):
        grid.addWidget(QLabel(f"Label {row}"), row, 0)
        grid.addWidget(QLineEdit(f"Text {row}"), row, 1)
        grid.addWidget(QPushButton(f"Button {row}"), row, 2)
    window.resize(WIDTH, HEIGHT)
    watch(window, lambda: True)
    say("built")
    window.show()
    return application.exec()


def show_program(data_dir: str) -> int:
    """The program as `python -m dingcomposer` starts it, with its secrets in memory."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    sys.meta_path.insert(0, _RootFinder())
    from dingcomposer.__main__ import run

    run(["--data-dir", data_dir])


class _RootFinder(MetaPathFinder):
    """Puts a watch on the program's root when the program itself imports it, and not before."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != ROOT:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _RootLoader(spec.loader)
        return spec


class _RootLoader(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        say("imported")
        build = module.build

        def watched_build(*arguments: Any, **named: Any) -> Any:
            say("building")
            program = build(*arguments, **named)
            secrets_checked: list[bool] = []
            program.robot_profiles.secrets_checked.connect(lambda: secrets_checked.append(True))
            watch(
                program.window,
                lambda: (
                    bool(secrets_checked)
                    and program.sandbox.server is not None
                    and program.window.preview.is_settled
                ),
            )
            say("built")
            return program

        module.__dict__["build"] = watched_build


if __name__ == "__main__":
    say("began", BEGAN_AT)
    sys.exit(show_bare() if sys.argv[1] == "bare" else show_program(sys.argv[2]))
