"""A screen for the windows that are measured: this machine's, one of Xvfb's, or none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import dev_system
from dev_display import find_display

_XVFB = ("Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp")


@dataclass(frozen=True, slots=True)
class Screen:
    """`environ` is for a process that shows a window there; `words` say where that is."""

    environ: Mapping[str, str]
    words: str


@contextmanager
def screen() -> Iterator[Screen]:
    """The best screen that can be had, for as long as it is used."""
    if find_display(os.environ, sys.platform).is_there:
        yield Screen(os.environ, "on this machine's screen")
    elif shutil.which(_XVFB[0]) is None:
        yield _nowhere("there is no Xvfb")
    elif dev_system.missing(dev_system.SCREEN):
        yield _nowhere("Qt's libraries for X11 are missing")
    else:
        with subprocess.Popen(
            _XVFB, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="ascii"
        ) as server:
            try:
                assert server.stdout is not None
                number = server.stdout.readline().strip()
                if number:
                    where = {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
                    yield Screen({**os.environ, **where}, "under Xvfb")
                else:
                    yield _nowhere("Xvfb did not start")
            finally:
                server.terminate()


def _nowhere(why: str) -> Screen:
    return Screen({**os.environ, "QT_QPA_PLATFORM": "offscreen"}, f"offscreen: {why}")
