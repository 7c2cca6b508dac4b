"""How the process begins and ends: without the work that Python does for nobody."""

import gc
import importlib
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.machinery import ModuleSpec
from typing import NoReturn


def hasten_imports() -> None:
    """Make the imports of a start quick. To be called before anything of Qt is imported.

    Nothing that is imported is garbage: looking for it takes a twentieth of the start. The program
    looks after its garbage from then on (`runtime.GarbageCollector`).
    """
    gc.disable()
    _leave_sources_unread()


def _leave_sources_unread() -> None:
    # WORKAROUND(PySide6 6.11.3, https://doc.qt.io/qtforpython-6/considerations.html#features):
    # once Qt is imported, it reads the source of each module that is imported after it, or again,
    # to see whether PySide6 is named there, for then `from __feature__ import …` may stand in it.
    # Nothing here does that; a module that has an entry is not read.
    importlib.import_module("shiboken6")
    try:
        feature = importlib.import_module("shibokensupport.feature")
        entries = feature.pyside_feature_dict
    except (ImportError, AttributeError):
        return  # another PySide, which may do without
    for name in sys.modules:
        entries.setdefault(name, _LEFT_ALONE)
    sys.meta_path.insert(0, _NamesToSkip(entries.setdefault))


_LEFT_ALONE = -1


class _NamesToSkip:
    """Finds no module; hears of each before it is imported."""

    def __init__(self, enter: Callable[[str, int], int]) -> None:
        self._enter = enter

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """None. The module is entered as one that PySide6 leaves alone."""
        self._enter(name, _LEFT_ALONE)
        return None


def end(status: int) -> NoReturn:
    """End the process at once; what Python would take down piece by piece, the system takes.

    To be called when everything is closed and written: nothing registered with `atexit` runs.
    """
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        # None without a console; broken where a pipe's reader has gone.
        with suppress(AttributeError, OSError, ValueError):
            stream.flush()
    os._exit(status)
