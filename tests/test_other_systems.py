"""What is otherwise on Windows, macOS and network drives, played on the system that runs the tests.

Each has its line in packaging/FIRST_MACHINES.md, for the day on which a real one is there.
"""

import errno
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from dingcomposer.core.delivery import Status
from dingcomposer.core.draft import Draft
from dingcomposer.core.templates.template import Template
from dingcomposer.interchange.bundles.container import write_whole
from dingcomposer.services.table_runs import outcome_copy
from dingcomposer.storage import message_files
from dingcomposer.storage.templates import files as template_files
from dingcomposer.ui import questions
from dingcomposer.ui.window import menus
from dingcomposer.ui.window.actions import ACTIONS
from tests.fakes.programs import Person, Start

ROOT = Path(__file__).parents[1]

# Paths over 260 letters, which Windows takes only where its registry says so


def test_a_data_folder_of_more_than_260_letters_is_one_like_others(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path.joinpath(*["文件夹 " + "x" * 60] * 5)
    person = start(data_dir=deep / "data")
    assert len(str(person.program.database.path)) > 300
    person.write_text("from far below")
    row = person.send()
    assert row.status is Status.DELIVERED
    place = deep / "saved.dingmsg"
    monkeypatch.setattr(questions, "choose_new_file", lambda *_: str(place))
    _act(person, "save_file")
    assert message_files.read_file(place).text == "from far below"
    person.program.shut_down()
    again = start(data_dir=deep / "data")
    assert again.program.history.row(row.msg_uuid) == row


# Files that another program has open, which Windows neither replaces nor removes

Write = Callable[[Path], object]
WRITERS: dict[str, Write] = {
    "message": lambda path: message_files.write_file({"version": 1, "text": "new"}, path),
    "template": lambda path: template_files.write_file(Template("n", Draft(text="new")), path),
    "bundle": lambda path: write_whole(path, b"new"),
    "outcome": lambda path: outcome_copy.write_copy(path, ["a"], ["b"], [["1", "2"]]),
}


def _held_open(monkeypatch: pytest.MonkeyPatch, held: Path) -> None:
    """As Windows answers who would replace a file that Excel has open."""
    replace = Path.replace

    def refusing(self: Path, target: str | os.PathLike[str]) -> Path:
        if Path(target) == held:
            raise PermissionError(errno.EACCES, "in use by another process", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refusing)


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_that_another_program_holds_stays_as_it_was(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "held.csv"
    place.write_bytes(b"before")
    _held_open(monkeypatch, place)
    with pytest.raises(PermissionError):
        WRITERS[name](place)
    assert place.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [place], "something half-written stays"
    monkeypatch.undo()
    WRITERS[name](place)
    assert b"before" not in place.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes")
def test_no_copy_of_a_table_takes_the_place_of_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="it is there, and no file"):
        WRITERS["outcome"](pipe)
    assert [(one.name, one.is_fifo()) for one in tmp_path.iterdir()] == [("pipe", True)]


def test_a_person_is_told_which_file_could_not_be_written(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = start()
    person.write_text("to be saved")
    place = tmp_path / "open in excel.dingmsg"
    place.write_bytes(b"before")
    _held_open(monkeypatch, place)
    monkeypatch.setattr(questions, "choose_new_file", lambda *_: str(place))
    _act(person, "save_file")
    assert "open in excel.dingmsg could not be written" in person.driver.read("status.said")
    assert place.read_bytes() == b"before"


# A home on a network drive, where SQLite has no shared memory and so no WAL


@pytest.fixture
def without_shared_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have SQLite use its file layer without it: a WAL is refused, as on a network drive."""
    connect = sqlite3.connect

    def connecting(database: str | Path, *, uri: bool = False, **others: Any) -> sqlite3.Connection:
        address = str(database) if uri else Path(database).absolute().as_uri()
        sign = "&" if "?" in address else "?"
        opened: sqlite3.Connection = connect(f"{address}{sign}vfs=unix-dotfile", uri=True, **others)
        return opened

    monkeypatch.setattr(sqlite3, "connect", connecting)


@pytest.mark.usefixtures("without_shared_memory")
def test_without_a_wal_everything_is_kept_all_the_same(start: Start) -> None:
    person = start()
    assert person.program.database.rows("PRAGMA journal_mode")[0][0] == "delete"
    assert person.program.database.rows("PRAGMA synchronous")[0][0] == 2, "FULL"
    person.write_text("kept on a network drive")
    row = person.send()
    assert row.status is Status.DELIVERED
    person.program.shut_down()
    again = start()
    assert again.program.history.row(row.msg_uuid) == row
    assert again.program.session.draft.text == "kept on a network drive"


# Menus and keys of macOS


def test_macos_moves_quit_and_about_into_its_own_menu_and_nothing_else(start: Start) -> None:
    # By their words alone Qt would move whatever begins with "Settings", "Options" or "About".
    window = start().program.window
    roles = {
        action.objectName(): action.menuRole()
        for menu in window.menuBar().findChildren(QMenu)
        for action in menu.actions()
        if action.objectName()
    }
    assert len(roles) > 40
    special = {
        name: role
        for name, role in roles.items()
        if role not in (QAction.MenuRole.NoRole, QAction.MenuRole.TextHeuristicRole)
    }
    assert special == {
        "menu.quit": QAction.MenuRole.QuitRole,
        "menu.about": QAction.MenuRole.AboutRole,
    }
    by_words = [name for name, role in roles.items() if role is QAction.MenuRole.TextHeuristicRole]
    assert by_words == []


SYSTEMS_OWN = (
    "Ctrl+Tab",
    "Ctrl+Shift+Tab",
    "Ctrl+H",
    "Ctrl+M",
    "Ctrl+Space",
    "Ctrl+`",
    "Ctrl+Alt+H",
)
"""Qt's names of ⌘Tab, ⌘H and so on: macOS hears them before any program does."""


def test_no_key_is_one_that_macos_keeps_for_itself() -> None:
    kept = {QKeySequence(key) for key in SYSTEMS_OWN}
    taken = [
        (one.name, key)
        for one in ACTIONS
        for key in menus.keys_of(one, "darwin")
        if QKeySequence(key) in kept
    ]
    assert taken == []
    on_macos = [key for one in ACTIONS for key in menus.keys_of(one, "darwin")]
    window_keys = [
        key for one in ACTIONS if one.area == "window" for key in menus.keys_of(one, "darwin")
    ]
    assert len(set(window_keys)) == len(window_keys), "one key for two actions"
    assert len(on_macos) == sum(len(one.keys) for one in ACTIONS)
    elsewhere = {key for one in ACTIONS for key in menus.keys_of(one, "win32")}
    assert {"Ctrl+Tab", "Ctrl+H"} <= elsewhere


# Two screens of different sharpness

SCREENS = {
    "screens": [
        {"name": name, "x": x, "y": 0, "width": 1600, "height": 1000, "logicalDpi": 96}
        for name, x in (("first", 0), ("second", 1600))
    ]
}
ACROSS = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from dingcomposer import __main__, app

build = app.build

def across(application, options):
    program = build(application, options)
    window = program.window
    program.session.edit(program.session.draft.__class__(text="sharp on both"))
    def places():
        return {
            one.objectName(): one.geometry().getRect()
            for one in window.findChildren(QWidget)
            if one.objectName() and one.isVisible()
        }
    def look(before):
        card = window.findChild(QWidget, "preview.card")
        now = places()
        if now != before or card.width() < 100:  # what was written is drawn and checked in a while
            QTimer.singleShot(200, lambda: look(now))
            return
        seen = []
        first, second = QGuiApplication.screens()
        for screen in (first, second, first):
            window.windowHandle().setScreen(screen)
            window.setGeometry(screen.geometry().x() + 10, 10, 1300, 800)
            application.processEvents()
            picture = window.grab().toImage()
            seen.append([window.devicePixelRatio(), picture.width(), places()])
        print(json.dumps(seen))
        window.close()
    window.painted.connect(lambda: QTimer.singleShot(0, lambda: look({})))
    return program

app.build = across
sys.exit(__main__.main(["--data-dir", sys.argv[1]]))
"""


def test_across_two_screens_it_is_sharp_on_each_and_nothing_moves(tmp_path: Path) -> None:
    screens = tmp_path / "screens.json"
    screens.write_text(json.dumps(SCREENS), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ACROSS, tmp_path / "data"],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": f"offscreen:configfile={screens}",
            "QT_SCREEN_SCALE_FACTORS": "first=1;second=1.5",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    first, second, again = json.loads(done.stdout)
    assert (first[:2], second[:2]) == ([1.0, 1300], [1.5, 1950])
    assert len(first[2]) > 40
    assert second[2] == first[2]
    assert again == first


def _act(person: Person, name: str) -> None:
    action = person.program.window.menus.findChild(QAction, f"menu.{name}")
    assert action is not None
    action.trigger()
