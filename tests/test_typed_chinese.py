"""Chinese is typed with a real input method, fcitx5 with pinyin, on a virtual screen.

On X11 into every field of every page and dialog; in a Weston that nobody sees into those of a
link: what the fields do with what comes to them is looked at in `test_chinese_input.py`. With ibus,
and by the compositor's own protocol, it was tried by hand.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.fakes import accessibility_bus as bus
from tests.fakes.places import PLACES

TOOLS = ("xdotool", "weston", "fcitx5")
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
TRIES, TRY_S = 4, 2.0
NEAR_PX = 48
"""So near is a window of candidates to the caret."""


def lacking() -> str:
    return bus.why_not() or ", ".join(one for one in TOOLS if shutil.which(one) is None)


pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(bool(lacking()), reason=f"lacking here: {lacking()}"),
]


class Way(NamedTuple):
    """Where keys become Chinese."""

    name: str
    is_wayland: bool
    places: Iterable[str]


WAYS = (Way("X11", False, PLACES), Way("Wayland", True, ("write link",)))


class Typist:
    """Somebody who types into the program, and looks."""

    def __init__(self, program: Any, environ: dict[str, str]) -> None:
        self._program, self._environ = program, environ

    def ask(self, line: str) -> str:
        self._program.stdin.write(f"{line}\n")
        self._program.stdin.flush()
        return str(self._program.stdout.readline()).strip()

    def answer(self, line: str) -> Any:
        return json.loads(self.ask(line))

    def tool(self, *words: str) -> str:
        command = ["xdotool", *words]
        done = subprocess.run(
            command, env=self._environ, capture_output=True, encoding="utf-8", check=False
        )
        return done.stdout.strip()

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
        """Where fcitx5 shows them on X11: left, top, right and bottom."""
        number = self.tool("search", "--onlyvisible", "--name", "Fcitx5 Input Window")
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
        (folder / ".config" / "fcitx5").mkdir(parents=True)
        (folder / ".config" / "fcitx5" / "profile").write_text(FCITX)
        environ["DISPLAY"] = stack.enter_context(bus.screen())
        environ["DBUS_SESSION_BUS_ADDRESS"] = stack.enter_context(bus.session_bus(environ))
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        if way.is_wayland:
            (folder / ".config" / "weston.ini").write_text(
                "[core]\nidle-time=0\n[input-method]\npath=\n"
            )
            weston = ["weston", "--backend=x11-backend.so", "--width=1500", "--height=1050"]
            stack.enter_context(bus.process([*weston, "--socket=wl-typed"], environ, **quiet))
            bus.wait((folder / "wl-typed").exists, "Weston")
            environ["WAYLAND_DISPLAY"] = "wl-typed"
        start_fcitx(environ, stack)
        if way.is_wayland:
            environ["QT_IM_MODULE"] = "ibus"
        environ["XMODIFIERS"] = "@im=fcitx"
        environ["QT_QPA_PLATFORM"] = "wayland" if way.is_wayland else "xcb"
        module = "tests.fakes.places_program"
        command = [sys.executable, "-m", module, str(folder / "data")]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
        said = stack.enter_context((folder / "said").open("w"))
        program = stack.enter_context(bus.process(command, environ, **pipes, stderr=said))
        assert program.stdout.readline().strip() == "ready"
        yield Typist(program, environ)


def start_fcitx(environ: dict[str, str], stack: ExitStack) -> None:
    """Start it, and wait until it is there."""
    command = ["fcitx5", "--disable=notificationitem,kimpanel,waylandim"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    stack.enter_context(bus.process(command, environ, **quiet))

    def group() -> str:
        asked = ["fcitx5-remote", "-q"]
        done = subprocess.run(
            asked, env=environ, capture_output=True, encoding="utf-8", check=False
        )
        return done.stdout.strip()

    bus.wait(group, "fcitx5")


def letters(said: dict[str, str]) -> str:
    """What is composed, without what an input method puts between the syllables."""
    return said["begun"].replace(" ", "").replace("'", "")


def type_into(someone: Typist, way: Way, number: int) -> str:
    """Type a word into a field; what was wrong with it, "" for nothing."""
    if not someone.answer(f"focus {number}"):
        return "takes no keyboard"
    someone.begin("n")
    someone.tool("type", "--delay", "60", "ihao")
    begun = bus.wait(lambda: (one := someone.answer("read")) and letters(one) == "nihao" and one)
    if not way.is_wayland:
        left, top, right, bottom = bus.wait(someone.candidates, "candidates")
        x, y = begun["caret"]
        is_beside = left - NEAR_PX <= x <= right + NEAR_PX
        if not is_beside or min(abs(top - y), abs(bottom - y)) > NEAR_PX:
            return f"candidates at {left, top, right, bottom}, the caret at {x, y}"
    someone.tool("key", "space")
    bus.wait(lambda: WORDS in someone.answer("read")["text"], "it is written")
    someone.tool("key", "ctrl+a", "BackSpace")
    bus.wait(lambda: WORDS not in someone.answer("read")["text"], "it is taken away again")
    return ""


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_chinese_is_typed_into_the_fields(way: Way, tmp_path: Path) -> None:
    wrong: dict[str, str] = {}
    tried: set[tuple[str, str]] = set()
    with typist(way, tmp_path) as someone:
        for name in way.places:
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
    assert len(tried) > (40 if way.places is PLACES else 3)
