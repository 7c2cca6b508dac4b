"""Is there a screen to show a window on?"""

import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass

ANSWER_TIMEOUT_S = 2.0
X11_TCP_BASE = 6000
WINDOWLESS = ("offscreen", "minimal", "minimalegl")


@dataclass(frozen=True, slots=True)
class Display:
    """Whether a window can be shown, and in words why not."""

    is_there: bool
    why_not: str = ""


def find_display(environ: Mapping[str, str], platform: str) -> Display:
    """The screen that a program started with this environment would use.

    `platform` is a value of `sys.platform`. Windows and macOS always have one. Who sets
    QT_QPA_PLATFORM knows what they want, be it that no window is shown.
    """
    # A list is tried in its order: "wayland;xcb". Arguments follow a colon.
    chosen = environ.get("QT_QPA_PLATFORM", "").partition(";")[0].partition(":")[0]
    if chosen in WINDOWLESS:
        return Display(False, f"QT_QPA_PLATFORM={chosen} shows no window")
    if platform in ("win32", "darwin") or environ.get("QT_QPA_PLATFORM"):
        return Display(True)
    wayland, x11 = environ.get("WAYLAND_DISPLAY"), environ.get("DISPLAY")
    if wayland and _wayland_answers(wayland, environ.get("XDG_RUNTIME_DIR", "")):
        return Display(True)
    if x11 and _x11_answers(x11):
        return Display(True)
    named = [
        f"{name}={environ[name]}" for name in ("WAYLAND_DISPLAY", "DISPLAY") if environ.get(name)
    ]
    if named:
        return Display(False, f"{' and '.join(named)} is set, but nothing answers there")
    return Display(False, "neither DISPLAY nor WAYLAND_DISPLAY is set")


def _wayland_answers(name: str, runtime_folder: str) -> bool:
    return _unix_answers(name if name.startswith("/") else f"{runtime_folder}/{name}")


def _x11_answers(name: str) -> bool:
    """Whether an X server listens at ":0", "unix:0", "localhost:10.0" and the like."""
    found = re.fullmatch(r"(?:(?P<host>.*):)?:?(?P<number>\d+)(?:\.\d+)?", name)
    if found is None:
        return False
    host, number = found["host"] or "", int(found["number"])
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"
        return _unix_answers(path) or _unix_answers("\0" + path)
    try:
        with socket.create_connection((host.strip("[]"), X11_TCP_BASE + number), ANSWER_TIMEOUT_S):
            return True
    except OSError:
        return False


def _unix_answers(address: str) -> bool:
    if not hasattr(socket, "AF_UNIX"):
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as knock:
        knock.settimeout(ANSWER_TIMEOUT_S)
        try:
            knock.connect(address)
        except OSError:
            return False
    return True
