"""What a screen reader finds on a real accessibility bus: every page and dialog, and what is said.

The program runs as it is started by a person, on a screen and a bus of its own; all that is done
to it here goes over AT-SPI, as a screen reader does it.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import count, pairwise
from pathlib import Path

import pytest

from dingcomposer.ui.window.actions import ACTIONS
from tests.fakes import accessibility_bus as bus
from tests.fakes.accessibility_bus import Desk, Part
from tests.fakes.places import PLACES

pytestmark = pytest.mark.skipif(bool(bus.why_not()), reason=bus.why_not())

ROOT = Path(__file__).parent.parent
# What a person is told of a control: what it is.
CONTROLS = frozenset(
    (
        *("push button", "check box", "radio button", "toggle button", "button menu"),
        *(
            "text",
            "password text",
            "combo box",
            "spin button",
            "spin box",
            "list",
            "table",
            "tree",
            "tree table",
        ),
        *("page tab", "menu item", "check menu item", "radio menu item", "slider", "link"),
        *("list item", "cell", "table cell", "tree item", "column header", "document frame"),
        *("document text", "calendar", "chart", "image", "label"),
    )
)
ROWS = ("list item", "cell", "table cell", "tree item")
# A place that takes the keyboard so that it can be scrolled.
SCROLLED = ("scroll pane", "panel", "filler", "viewport")


def words_of(name: str) -> str:
    """What a menu says of an action, in English."""
    return next(one.english for one in ACTIONS if one.name == name).replace("&", "")


def menu_item(desk: Desk, words: str) -> Part:
    for menu in main_window(desk).find("QMenuBar").children:
        for popup in menu.children:
            for item in popup.children:
                if item.name == words:
                    return item
    raise LookupError(words)


def main_window(desk: Desk) -> Part:
    program = desk.reader.program
    assert program is not None
    return next(one for one in program.children if one.identifier.endswith("main"))


def others(desk: Desk) -> list[Part]:
    """The windows that are open beside the main one."""
    program = desk.reader.program
    assert program is not None
    windows = [one for one in program.children if not one.identifier.endswith("main")]
    return [one for one in windows if bus.SHOWING in one.states]


def faults(window: Part) -> list[str]:
    """What a person could not use by ear."""
    found = []
    rows: dict[str, int] = {}
    for part in window.walk():
        states = part.states
        if bus.FOCUSABLE not in states:
            continue
        role, name, where = part.role, part.name, part.identifier[-60:]
        if role in ROWS:
            rows[where] = rows.get(where, 0) + bool(name)
            continue
        if not name:
            found.append(f"no name: {role} {where}")
        if role not in CONTROLS and role not in SCROLLED:
            found.append(f"no role: {role} {name} {where}")
        is_pressed = role in ("push button", "check box", "radio button")
        if is_pressed and bus.ENABLED in states and not part.actions:
            found.append(f"cannot be pressed: {name} {where}")
    found += [f"silent rows: {where}" for where, spoken in rows.items() if not spoken]
    return found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("bus")
    command = ("-m", "dingcomposer", "--data-dir", folder / "data")
    with bus.program(folder, *command, "--language", "en", "--theme", "light") as made:
        bus.wait(lambda: main_window(made).find("compose.send"))
        yield made


@pytest.fixture(autouse=True)
def _is_left_as_it_was(desk: Desk) -> Iterator[None]:
    """What a test leaves open does not stand in the way of the next."""
    yield
    for window in others(desk):
        leave(desk, window)


def press(window: Part, name: str) -> None:
    bus.wait(lambda: bus.ENABLED in window.find(name).states, f"{name} can be pressed")
    window.find(name).do("Press")


def choose(window: Part, name: str) -> None:
    """Press one of several, and wait until it is the one."""
    press(window, name)
    bus.wait(lambda: bus.CHECKED in window.find(name).states, f"{name} is chosen")


def write(desk: Desk, name: str, words: str) -> None:
    """Write over what stands in a field, as dictation does."""
    field = bus.wait(lambda: main_window(desk).find(name))
    field.call("EditableText", "SetTextContents", "s", words)


def announced(desk: Desk, words: str) -> str:
    """Wait until something with these words is announced; the whole of it."""
    said: list[str] = []

    def is_said() -> bool:
        said.extend(one.words for one in desk.reader.heard() if one.member == "Announcement")
        return any(words in one for one in said)

    bus.wait(is_said, f"{words} in {said}")
    return next(one for one in said if words in one)


PAGES = ("history", "sandbox", "schedules", "write")
_NUMBERS = count(1)
LEAVE = ("Close", "Cancel", "Decide later")


def open_dialog(desk: Desk, name: str) -> Part:
    menu_item(desk, words_of(name)).do("Press")
    found = bus.wait(lambda: others(desk), name)
    assert len(found) == 1, [one.name for one in found]
    return Part(desk.reader, *found[0].address)


def leave(desk: Desk, window: Part) -> None:
    """Press what closes it, which has to be found by ear as well."""
    button = next(one for one in window.walk() if one.role == "push button" and one.name in LEAVE)
    button.do("Press")
    bus.wait(lambda: window not in others(desk), f"{window.name} closes")


@pytest.fixture
def written(desk: Desk) -> Desk:
    """Something is written, in a message for the sandbox."""
    choose(main_window(desk), "place.write")
    choose(main_window(desk), "compose.kind.text")
    write(desk, "compose.text", f"hello {next(_NUMBERS)}")  # the same again would be asked about
    bus.wait(lambda: bus.ENABLED in main_window(desk).find("compose.send").states)
    desk.reader.heard()
    return desk


def test_every_page_is_used_by_ear(written: Desk) -> None:
    window = main_window(written)
    press(window, "compose.send")
    announced(written, "Delivered")
    for page in PAGES:
        choose(window, f"place.{page}")
        assert faults(window) == [], page
    for kind in ("link", "markdown", "whole_jump", "independent", "feed_card", "text"):
        choose(window, f"compose.kind.{kind}")
        assert faults(window) == [], kind


def test_choices_say_which_one_is_made(written: Desk) -> None:
    window = main_window(written)
    for name in ("place.write", "compose.kind.text", "preview.device.pc"):
        chosen = window.find(name)
        others_there = [
            one for one in Part(written.reader, *chosen.parent).children if one != chosen
        ]
        assert bus.CHECKED in chosen.states, name
        assert not any(bus.CHECKED in one.states for one in others_there), name


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A program that opens what it is told."""
    folder = tmp_path_factory.mktemp("places")
    with bus.program(folder, "-m", "tests.fakes.places_program", folder / "data") as made:
        assert made.process.stdout.readline().strip() == "ready"
        yield made


@pytest.mark.parametrize("name", PLACES)
def test_every_page_and_dialog_is_used_by_ear(places: Desk, name: str) -> None:
    opened = places.ask(name)
    try:
        window = bus.wait(lambda: window_called(places, opened), opened)
        assert window.name
        assert window.role == ("frame" if opened in ("main", "guide") else "dialog")
        assert faults(window) == []
    finally:
        assert places.ask("") == "closed"


def window_called(desk: Desk, name: str) -> Part | None:
    """The window of this object's name, as soon as it is there."""
    program = desk.reader.program
    assert program is not None
    shown = [one for one in program.children if bus.SHOWING in one.states]
    return next((one for one in shown if f".{one.identifier}".endswith(f".{name}")), None)


@pytest.mark.parametrize("name", ["contacts", "shortcuts", "about", "upkeep"])
def test_a_dialog_is_opened_and_closed_by_ear(written: Desk, name: str) -> None:
    leave(written, open_dialog(written, name))


def test_the_guide_is_used_by_ear(desk: Desk) -> None:
    guide = open_dialog(desk, "guide")
    assert guide.role == "frame"
    assert faults(guide) == []
    assert "DingComposer" in guide.find("guide.page").text
    desk.key(guide, bus.ESCAPE)
    bus.wait(lambda: not others(desk), "Escape closes the guide")


def test_rows_say_what_stands_in_them(written: Desk) -> None:
    window = main_window(written)
    press(window, "compose.send")
    announced(written, "Delivered")
    choose(window, "place.history")
    table = bus.wait(lambda: window.find("history.table"))
    cells = bus.wait(lambda: [one.name for one in table.walk() if one.role in ROWS])
    for wanted in ("Sandbox", "hello", "Delivered"):
        assert any(wanted in one for one in cells), (wanted, cells)
    robots = [one.name for one in window.find("robots.list").walk() if one.role in ROWS]
    assert any("Sandbox" in one and "test" in one and "this group" in one for one in robots)


def wants_keyword(desk: Desk, keyword: str) -> None:
    write(desk, "sandbox.keywords", keyword)
    main_window(desk).find("sandbox.keywords").call("Component", "GrabFocus")
    desk.key(main_window(desk), bus.RETURN)


def insist(question: Part) -> None:
    """Press the button that goes on."""
    buttons = [one for one in question.walk() if one.role == "push button"]
    next(one for one in buttons if "anyway" in one.name).do("Press")


def test_a_refusal_is_announced_with_what_helps(written: Desk) -> None:
    window = main_window(written)
    choose(window, "place.sandbox")
    wants_keyword(written, "release")
    choose(window, "place.write")
    press(window, "compose.send")
    (question,) = bus.wait(lambda: others(written), "it asks first")
    assert faults(question) == []
    insist(question)
    said = announced(written, "Refused")
    assert "keyword" in said
    choose(window, "place.sandbox")
    wants_keyword(written, "")
    choose(window, "place.write")


def test_an_error_in_a_dialog_is_announced(desk: Desk) -> None:
    dialog = open_dialog(desk, "add_robot")
    field = dialog.find("robot.paste")
    field.call("EditableText", "SetTextContents", "s", "no webhook at all")
    desk.give_keyboard_to(dialog)
    field.call("Component", "GrabFocus")
    bus.wait(lambda: bus.FOCUSED in field.states)
    desk.key(dialog, bus.TAB)
    assert announced(desk, "webhook")
    field.call("EditableText", "SetTextContents", "s", "")
    leave(desk, dialog)


def test_tab_leads_through_the_window_as_it_is_read(written: Desk) -> None:
    window = main_window(written)
    went = written.tab_through(window, window.find("compose.kind.text"))
    names = [one.identifier.rpartition(".")[2] for one in went]
    assert len(names) > 12
    found = [one for one in ("text", "send", "more") if one in names]
    assert found == ["text", "send", "more"], names
    places = {one: one.place for one in went}
    for before, after in pairwise(went):
        if before.parent == after.parent:
            (_x, y, _w, height), (_, below, _, _) = places[before], places[after]
            assert below + height > y, f"{before.identifier} -> {after.identifier}"


ASKS = """
from PySide6.QtCore import QTimer
from dingcomposer.runtime import make_application
from dingcomposer.services.settings import ThemeName
from dingcomposer.ui import theme
application = make_application(["asks"])
theme.follow(application, lambda: ThemeName.LIGHT)
if theme.current() == theme.stronger(theme.LIGHT):
    print("strong")
application.styleHints().accessibility().contrastPreferenceChanged.connect(
    lambda: print("strong" if theme.current() == theme.stronger(theme.LIGHT) else "plain")
)
QTimer.singleShot(2000, application.quit)
application.exec()
"""


@pytest.mark.parametrize(("contrast", "said"), [(1, "strong"), (0, "")])
def test_a_desktop_that_wants_high_contrast_gets_it(
    tmp_path: Path, contrast: int, said: str
) -> None:
    """Qt asks the desktop's portal over the session's bus."""
    environ = {**os.environ, "QT_QPA_PLATFORM": "xcb", "XDG_CURRENT_DESKTOP": "GNOME"}
    environ |= {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    with bus.screen() as display, bus.session_bus(environ) as address:
        environ |= {"DISPLAY": display, "DBUS_SESSION_BUS_ADDRESS": address}
        command = [sys.executable, "-m", "tests.fakes.settings_portal", str(contrast)]
        talking = {"stdout": subprocess.PIPE, "encoding": "utf-8"}
        with bus.process(command, environ, **talking) as portal:
            assert portal.stdout.readline().strip() == "ready"
            asked = [sys.executable, "-c", ASKS]
            done = subprocess.run(
                asked, env=environ, capture_output=True, encoding="utf-8", timeout=60, check=True
            )
    assert done.stdout.strip() == said
