"""A screen reader's side of the program: a screen, a session bus, and what is read over AT-SPI.

The program runs in a process of its own, as it is started by a person. What is known of it here is
what `at-spi2-core` passes on: names, roles, states, texts, and what is announced.
"""

import ctypes
import os
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

try:
    import jeepney  # type: ignore[import-untyped]
    from jeepney.io import blocking  # type: ignore[import-untyped]
except ImportError:  # where no keyring speaks D-Bus, it is not there
    jeepney = None

LAUNCHERS = (
    Path("/usr/libexec/at-spi-bus-launcher"),
    Path("/usr/lib/at-spi2-core/at-spi-bus-launcher"),
)
SCREEN = ("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libxcb-xinerama.so.0")
PREFIX = "org.a11y.atspi."
LIMIT_S = 20.0
MOST_ROWS = 60
MOST_STEPS = 80

ACTIVE, CHECKED, EDITABLE, ENABLED, FOCUSABLE, FOCUSED = 1, 4, 7, 8, 11, 12
SHOWING, VISIBLE, SELECTED, READ_ONLY = 25, 30, 23, 43
"""States, by their number in AT-SPI."""


def why_not() -> str:
    """What is missing here for a bus of one's own; "" where all is there."""
    if jeepney is None:
        return "jeepney is not installed"
    for program, package in (("Xvfb", "xvfb"), ("dbus-daemon", "dbus")):
        if shutil.which(program) is None:
            return f"{program} is not installed (Debian: {package})"
    if not any(one.exists() for one in LAUNCHERS):
        return "there is no accessibility bus (Debian: at-spi2-core)"
    for library in SCREEN:
        try:
            ctypes.CDLL(library)
        except OSError:
            return f"{library} is not there, which Qt needs for a window under X11"
    return ""


class Said(NamedTuple):
    """An event as a screen reader gets it: its member, its detail, its words, and who sent it."""

    member: str
    detail: str
    words: str
    owner: str
    path: str


class Part:
    """One thing that a screen reader can be at: a control, a row, a window."""

    def __init__(self, bus: "Reader", owner: str, path: str) -> None:
        self._bus, self._owner, self.path = bus, owner, path

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Part) and (self._owner, self.path) == (other._owner, other.path)

    def __hash__(self) -> int:
        return hash((self._owner, self.path))

    def call(self, interface: str, member: str, signature: str = "", *given: Any) -> Any:
        """Ask it; the answer, alone where there is one value."""
        return self._bus.call(
            (self._owner, self.path, PREFIX + interface), member, signature, given
        )

    def value(self, interface: str, name: str) -> Any:
        """One of its properties."""
        properties = "org.freedesktop.DBus.Properties"
        wanted = (PREFIX + interface, name)
        return self._bus.call((self._owner, self.path, properties), "Get", "ss", wanted)[1]

    @property
    def address(self) -> tuple[str, str]:
        """Where it is on the bus."""
        return self._owner, self.path

    @property
    def parent(self) -> tuple[str, str]:
        """The address of what holds it."""
        owner, path = self.value("Accessible", "Parent")
        return owner, path

    @property
    def name(self) -> str:
        return str(self.value("Accessible", "Name")).strip()

    @property
    def description(self) -> str:
        return str(self.value("Accessible", "Description")).strip()

    @property
    def identifier(self) -> str:
        """The object's name: the last of those that lead to it."""
        return str(self.value("Accessible", "AccessibleId"))

    @property
    def role(self) -> str:
        return str(self.call("Accessible", "GetRoleName"))

    @property
    def states(self) -> set[int]:
        low, high = self.call("Accessible", "GetState")
        bits = low | high << 32
        return {number for number in range(64) if bits >> number & 1}

    @property
    def interfaces(self) -> set[str]:
        return {one.removeprefix(PREFIX) for one in self.call("Accessible", "GetInterfaces")}

    @property
    def actions(self) -> list[str]:
        if "Action" not in self.interfaces:
            return []
        count = self.value("Action", "NActions")
        return [self.call("Action", "GetName", "i", number) for number in range(count)]

    @property
    def text(self) -> str:
        """What is written in it."""
        return str(self.call("Text", "GetText", "ii", 0, -1))

    @property
    def children(self) -> list["Part"]:
        count = min(self.value("Accessible", "ChildCount"), MOST_ROWS)
        found = (self.call("Accessible", "GetChildAtIndex", "i", number) for number in range(count))
        return [
            Part(self._bus, owner, path) for owner, path in found if path.split("/")[-1] != "null"
        ]

    @property
    def place(self) -> tuple[int, int, int, int]:
        """x, y, width and height on the screen."""
        x, y, width, height = self.call("Component", "GetExtents", "u", 0)
        return x, y, width, height

    def do(self, action: str) -> None:
        """What a screen reader does for a person: press, toggle, show the menu."""
        self.call("Action", "DoAction", "i", self.actions.index(action))

    def walk(self, depth: int = 0) -> Iterator["Part"]:
        """All that is found below it, as far as it can be seen."""
        yield self
        if depth > 40:
            return
        for child in self.children:
            if SHOWING in child.states:
                yield from child.walk(depth + 1)

    def find(self, identifier: str) -> "Part":
        """What has this object name."""
        for one in self.walk():
            if one.identifier == identifier or one.identifier.endswith(f".{identifier}"):
                return one
        raise LookupError(identifier)


class Reader:
    """A connection to the accessibility bus, and to the program on it."""

    def __init__(self, address: str) -> None:
        self._connection = blocking.open_dbus_connection(bus=address)
        self._heard: deque[Any] = deque()
        self._filter = self._connection.filter(jeepney.MatchRule(type="signal"), queue=self._heard)

    def close(self) -> None:
        self._connection.close()

    def call(
        self,
        called: tuple[str, str, str],
        member: str,
        signature: str = "",
        given: Sequence[Any] = (),
    ) -> Any:
        """Call a method of an owner's object and interface; the answer, alone where it is one."""
        owner, path, interface = called
        address = jeepney.DBusAddress(path, owner, interface)
        message = jeepney.new_method_call(address, member, signature or None, tuple(given))
        reply = self._connection.send_and_get_reply(message, timeout=LIMIT_S)
        if reply.header.message_type is jeepney.MessageType.error:
            raise LookupError(f"{member} at {path}: {reply.body}")
        return reply.body[0] if len(reply.body) == 1 else reply.body

    def listen(self) -> None:
        """Hear what happens from now on, as a screen reader asks for it."""
        rule = jeepney.MatchRule(type="signal", interface=f"{PREFIX}Event.Object")
        self.call(_BUS, "AddMatch", "s", (rule.serialise(),))
        registry = ("org.a11y.atspi.Registry", "/org/a11y/atspi/registry", f"{PREFIX}Registry")
        for name in ("object:announcement", "object:state-changed:focused"):
            self.call(registry, "RegisterEvent", "s", (name,))

    def heard(self) -> list[Said]:
        """What was said since it was asked last."""
        while True:
            try:
                self._connection.recv_messages(timeout=0.05)
            except TimeoutError:
                break
        found = []
        while self._heard:
            fields, body = (one := self._heard.popleft()).header.fields, one.body
            member = fields[jeepney.HeaderFields.member]
            sender = fields[jeepney.HeaderFields.sender], fields[jeepney.HeaderFields.path]
            if len(body) >= 4:
                found.append(Said(member, str(body[0]), str(body[3][1]), *sender))
        return found

    def part(self, said: Said) -> Part:
        """Who said it."""
        return Part(self, said.owner, said.path)

    @property
    def program(self) -> Part | None:
        """The program, as soon as it is there."""
        root = Part(self, "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
        found = (one for one in root.children if one.name == "dingcomposer")
        return next(found, None)


_BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")


def wait(until: Callable[[], Any], what: str = "") -> Any:
    """Ask again and again; what came of it, as soon as it is something."""
    ends_at = time.monotonic() + LIMIT_S
    while True:
        try:
            if found := until():
                return found
            why = what
        except LookupError as missing:  # not there yet, or just gone
            why = f"{what}: {missing}"
        assert time.monotonic() < ends_at, f"not within {LIMIT_S:.0f} s: {why}"
        time.sleep(0.05)


@contextmanager
def process(command: Sequence[str | Path], environ: dict[str, str], **more: Any) -> Iterator[Any]:
    """A process that is ended with what it is needed for."""
    running = subprocess.Popen(command, env=environ, **more)
    try:
        yield running
    finally:
        running.terminate()
        running.wait(10)
        for pipe in (running.stdin, running.stdout):
            if pipe is not None:
                pipe.close()


_MAP_STATE, _VIEWABLE, _REVERT_TO_PARENT = 23, 2, 2
TAB, RETURN, ESCAPE = 0xFF09, 0xFF0D, 0xFF1B
"""Keys, by X11's numbers."""
_PRESSED_AND_RELEASED = 3


class Desk(NamedTuple):
    """The program in front of somebody who hears it, and its process."""

    reader: Reader
    environ: dict[str, str]
    process: Any

    def ask(self, line: str) -> str:
        """Write a line to the program's input; the line that it answers with."""
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return str(self.process.stdout.readline()).strip()

    def give_keyboard_to(self, window: Part) -> None:
        """Let the topmost window, which this is, have the keyboard."""
        if ACTIVE not in window.states:
            give_keyboard(self.environ["DISPLAY"])
            wait(lambda: ACTIVE in window.states, f"{window.name} is active")

    def key(self, window: Part, symbol: int) -> None:
        """Press a key where a window has the keyboard; no window manager gives it here."""
        self.give_keyboard_to(window)
        controller = f"{PREFIX}DeviceEventController"
        called = ("org.a11y.atspi.Registry", "/org/a11y/atspi/registry/deviceeventcontroller")
        given = (symbol, "", _PRESSED_AND_RELEASED)
        self.reader.call((*called, controller), "GenerateKeyboardEvent", "isu", given)

    def tab_through(self, window: Part, first: Part) -> list[Part]:
        """Press Tab again and again: what has the keyboard, until it is where it was before."""
        self.give_keyboard_to(window)
        first.call("Component", "GrabFocus")
        wait(lambda: FOCUSED in first.states)
        went = [first]
        self.reader.heard()
        while len(went) < MOST_STEPS:
            self.key(window, TAB)
            at = wait(self._focused, f"Tab leads on from {went[-1].identifier}")
            if at in went:
                break
            went.append(at)
        return went

    def _focused(self) -> Part | None:
        """What has got the keyboard since it was asked last."""
        said = [one for one in self.reader.heard() if one.detail == "focused"]
        found = [self.reader.part(one) for one in said]
        return next((one for one in reversed(found) if FOCUSED in one.states), None)


def give_keyboard(display: str) -> None:
    """Let the topmost window have the keyboard, as a window manager does; here is none."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    server = ctypes.c_void_p(x11.XOpenDisplay(display.encode()))
    x11.XDefaultRootWindow.restype = ctypes.c_ulong
    root, unused, count = x11.XDefaultRootWindow(server), ctypes.c_ulong(), ctypes.c_uint()
    windows = ctypes.POINTER(ctypes.c_ulong)()
    found = (ctypes.byref(unused), ctypes.byref(unused), ctypes.byref(windows), ctypes.byref(count))
    x11.XQueryTree(server, ctypes.c_ulong(root), *found)
    shown = (ctypes.c_int * 64)()  # an XWindowAttributes; its 24th number is the state
    for number in reversed(range(count.value)):
        window = ctypes.c_ulong(windows[number])
        x11.XGetWindowAttributes(server, window, shown)
        if shown[_MAP_STATE] == _VIEWABLE and shown[2] > 100:
            x11.XSetInputFocus(server, window, _REVERT_TO_PARENT, ctypes.c_ulong(0))
            break
    x11.XCloseDisplay(server)


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen; its DISPLAY."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1100x24", "-nolisten", "tcp"]
    more = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "encoding": "ascii"}
    with process(command, dict(os.environ), **more) as server:
        number = server.stdout.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"


@contextmanager
def session_bus(environ: dict[str, str]) -> Iterator[str]:
    """A session's bus of one's own; its address."""
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"]
    more = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "encoding": "utf-8"}
    with process(command, environ, **more) as server:
        yield server.stdout.readline().strip()


@contextmanager
def program(folder: Path, *command: str | Path) -> Iterator[Desk]:
    """The program on a screen and a bus of its own, and a screen reader that is connected.

    `command` is what Python is given to start it.
    """
    launcher = next(one for one in LAUNCHERS if one.exists())
    with ExitStack() as stack:
        environ = {
            **{name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ},
            "HOME": str(folder / "home"),
            "XDG_RUNTIME_DIR": str(folder),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "PYTHONPATH": str(Path(__file__).parent.parent.parent),
            "NO_AT_BRIDGE": "1",
        }
        folder.chmod(0o700)
        (folder / "home").mkdir()
        environ["DISPLAY"] = stack.enter_context(screen())
        environ["DBUS_SESSION_BUS_ADDRESS"] = stack.enter_context(session_bus(environ))
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        stack.enter_context(process([launcher, "--launch-immediately"], environ, **quiet))
        session = stack.enter_context(
            blocking.open_dbus_connection(bus=environ["DBUS_SESSION_BUS_ADDRESS"])
        )
        about = jeepney.DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")

        def address() -> str:
            reply = session.send_and_get_reply(jeepney.new_method_call(about, "GetAddress"))
            is_there = reply.header.message_type is not jeepney.MessageType.error
            return str(reply.body[0]) if is_there else ""

        reader = Reader(wait(address, "the accessibility bus"))
        stack.callback(reader.close)
        reader.listen()
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
        talking = {**pipes, "stderr": subprocess.DEVNULL}
        running = stack.enter_context(process([sys.executable, *command], environ, **talking))
        wait(lambda: reader.program, "the program on the bus")
        yield Desk(reader, environ, running)
