"""Chinese is typed with real input methods, fcitx5 and ibus with pinyin, on a virtual screen.

Into every field of every page and dialog, on X11 and in a Weston that nobody sees. Where the
candidates are is looked at on X11: a window of Wayland does not know where on the screen it is.
What the fields do with what comes to them is looked at in `test_chinese_input.py`, too. By the
compositor's own protocol it was tried by hand: with Weston 10 and fcitx5 5.0 nothing was composed
after three starts of five, though the field had said that it has the keyboard.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.fakes import accessibility_bus as bus
from tests.fakes.places import PLACES

TOOLS = ("xdotool", "weston", "fcitx5", "ibus-daemon")
PINYIN_OF_IBUS = Path("/usr/share/ibus/component/libpinyin.xml")
WORDS = "你好"
ROOT = Path(__file__).parent.parent
FCITX = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=pinyin

[GroupOrder]
0=Default
"""
IBUS = """[desktop/ibus/general]
preload-engines=['libpinyin']
engines-order=['libpinyin']
"""
TRIES, TRY_S = 4, 2.0
NEAR_PX = 48
"""So near is a window of candidates to the caret."""


def lacking() -> str:
    tools = [one for one in TOOLS if shutil.which(one) is None]
    if not PINYIN_OF_IBUS.exists():
        tools.append("ibus-libpinyin")
    return bus.why_not() or ", ".join(tools)


pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(bool(lacking()), reason=f"lacking here: {lacking()}"),
]


class Way(NamedTuple):
    """Where keys become Chinese."""

    method: str
    is_wayland: bool = False

    @property
    def name(self) -> str:
        return f"{self.method} {'Wayland' if self.is_wayland else 'X11'}"


WAYS = (
    Way("fcitx5"),
    Way("ibus"),
    Way("fcitx5", is_wayland=True),
    Way("ibus", is_wayland=True),
)
WINDOWS = {"fcitx5": ("--name", "Fcitx5 Input Window"), "ibus": ("--class", "ibus-ui-gtk3")}
"""Where they show their candidates on X11, as xdotool finds it."""


class Typist:
    """Somebody who types into the program, and looks."""

    def __init__(self, way: Way, program: Any, environ: dict[str, str]) -> None:
        self._way, self._program, self._environ = way, program, environ

    def ask(self, line: str) -> str:
        self._program.stdin.write(f"{line}\n")
        self._program.stdin.flush()
        return str(self._program.stdout.readline()).strip()

    def answer(self, line: str) -> Any:
        return json.loads(self.ask(line))

    def tool(self, *words: str) -> str:
        return said_by(["xdotool", *words], self._environ)

    def begin(self, letter: str) -> None:
        """Begin a word, as soon as the input method knows of the field that has the keyboard."""
        for _ in range(TRIES):
            self.tool("type", letter)
            ends_at = time.monotonic() + TRY_S
            while time.monotonic() < ends_at:
                if self.answer("read")["begun"]:
                    return
            self.tool("key", "BackSpace")
        raise AssertionError("nothing is composed")

    def candidates(self) -> tuple[int, int, int, int] | None:
        """Where they are shown on X11: left, top, right and bottom."""
        number = self.tool("search", "--onlyvisible", *WINDOWS[self._way.method])
        said = self.tool("getwindowgeometry", "--shell", number.split("\n")[0]) if number else ""
        found = dict(line.split("=") for line in said.splitlines() if "=" in line)
        if not found:
            return None
        left, top = int(found["X"]), int(found["Y"])
        return left, top, left + int(found["WIDTH"]), top + int(found["HEIGHT"])


@contextmanager
def typist(way: Way, folder: Path) -> Iterator[Typist]:
    with ExitStack() as stack:
        kept = {name: os.environ[name] for name in ("PATH",)}
        environ = kept | {
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / ".config"),
            "XDG_RUNTIME_DIR": str(folder),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }
        folder.chmod(0o700)
        for name, words in (("fcitx5/profile", FCITX), ("glib-2.0/settings/keyfile", IBUS)):
            (folder / ".config" / name).parent.mkdir(parents=True)
            (folder / ".config" / name).write_text(words)
        environ["GSETTINGS_BACKEND"] = "keyfile"
        environ["DISPLAY"] = stack.enter_context(bus.screen())
        environ["DBUS_SESSION_BUS_ADDRESS"] = stack.enter_context(bus.session_bus(environ))
        if way.is_wayland:
            start_weston(environ, folder, stack)
        if way.method == "ibus":
            start_ibus(environ, stack)
        else:
            start_fcitx(environ, stack)
        if way.is_wayland:
            environ["QT_IM_MODULE"] = "ibus"
        environ["XMODIFIERS"] = f"@im={way.method.removesuffix('5')}"
        environ["QT_QPA_PLATFORM"] = "wayland" if way.is_wayland else "xcb"
        module = "tests.fakes.places_program"
        command = [sys.executable, "-m", module, str(folder / "data")]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
        said = stack.enter_context((folder / "said").open("w"))
        program = stack.enter_context(bus.process(command, environ, **pipes, stderr=said))
        assert program.stdout.readline().strip() == "ready"
        yield Typist(way, program, environ)


QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def start_weston(environ: dict[str, str], folder: Path, stack: ExitStack) -> None:
    """Start a compositor in a window, without the input method that it brings."""
    (folder / ".config" / "weston.ini").write_text("[core]\nidle-time=0\n[input-method]\npath=\n")
    weston = ["weston", "--backend=x11-backend.so", "--width=1500", "--height=1050"]
    stack.enter_context(bus.process([*weston, "--socket=wl-typed"], environ, **QUIET))
    bus.wait((folder / "wl-typed").exists, "Weston")
    environ["WAYLAND_DISPLAY"] = "wl-typed"


def start_fcitx(environ: dict[str, str], stack: ExitStack) -> None:
    """Start it, and wait until it is there."""
    command = ["fcitx5", "--disable=notificationitem,kimpanel,waylandim"]
    stack.enter_context(bus.process(command, environ, **QUIET))
    bus.wait(lambda: said_by(["fcitx5-remote", "-q"], environ), "fcitx5")


def start_ibus(environ: dict[str, str], stack: ExitStack) -> None:
    """Start it, and have it take pinyin as soon as it knows of it."""
    stack.enter_context(bus.process(["ibus-daemon", "--xim"], environ, **QUIET))

    def is_pinyin() -> bool:
        said_by(["ibus", "engine", "libpinyin"], environ)
        return said_by(["ibus", "engine"], environ) == "libpinyin"

    bus.wait(is_pinyin, "ibus")


def said_by(command: list[str], environ: dict[str, str]) -> str:
    """What a command writes."""
    done = subprocess.run(command, env=environ, capture_output=True, encoding="utf-8", check=False)
    return done.stdout.strip()


def is_composed(said: dict[str, str]) -> bool:
    """Whether all is there: fcitx5 shows the letters, ibus already what they most likely mean."""
    return said["begun"].replace(" ", "").replace("'", "") in ("nihao", WORDS)


def type_into(someone: Typist, way: Way, number: int) -> str:
    """Type a word into a field; what was wrong with it, "" for nothing."""
    if not someone.answer(f"focus {number}"):
        return "takes no keyboard"
    someone.begin("n")
    someone.tool("type", "--delay", "60", "ihao")
    begun = bus.wait(lambda: (one := someone.answer("read")) and is_composed(one) and one)
    if not way.is_wayland:
        left, top, right, bottom = bus.wait(someone.candidates, "candidates")
        x, y = begun["caret"]
        is_beside = left - NEAR_PX <= x <= right + NEAR_PX
        if not is_beside or min(abs(top - y), abs(bottom - y)) > NEAR_PX:
            return f"candidates at {left, top, right, bottom}, the caret at {x, y}"
    someone.tool("key", "space")
    bus.wait(lambda: WORDS in someone.answer("read")["text"], "it is written")
    someone.tool("key", *["BackSpace"] * len(WORDS))
    bus.wait(lambda: WORDS not in someone.answer("read")["text"], "it is taken away again")
    return ""


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_chinese_is_typed_into_the_fields(way: Way, tmp_path: Path) -> None:
    wrong: dict[str, str] = {}
    tried: set[tuple[str, str]] = set()
    with typist(way, tmp_path) as someone:
        for name in PLACES:
            opened = someone.ask(name)
            for number, field in enumerate(someone.answer("fields")):
                if (opened, field) in tried:
                    continue
                tried.add((opened, field))
                try:
                    said = type_into(someone, way, number)
                except AssertionError as missed:
                    said = str(missed)
                if said:
                    wrong[f"{name}: {field}"] = said
                if len(someone.answer("fields")) <= number:
                    break
            assert someone.ask("") == "closed"
    assert wrong == {}
    assert len(tried) > 40
