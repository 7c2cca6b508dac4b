"""Chinese is typed: which way to an input method is taken, and that every field takes it."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from dingcomposer import app, runtime
from dingcomposer.services.settings import TOLD_OF_INPUT
from dingcomposer.services.translations import Language
from tests.fakes.places import PLACES, furnish, opened
from tests.fakes.programs import Start

WORDS = "你好"


@pytest.fixture
def plugins(tmp_path: Path) -> Path:
    """Qt's plugins as PySide6 ships them."""
    for name in ("compose", "ibus"):
        (tmp_path / f"lib{name}platforminputcontextplugin.so").touch()
    return tmp_path


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ({"QT_IM_MODULE": "fcitx"}, "ibus"),
        ({"QT_IM_MODULE": "fcitx5"}, "ibus"),
        ({"QT_IM_MODULE": "fcitx", "WAYLAND_DISPLAY": "wayland-0"}, "ibus"),
        ({"QT_IM_MODULE": "ibus"}, "ibus"),
        ({"XMODIFIERS": "@im=fcitx"}, "ibus"),
        ({"XMODIFIERS": "@im=ibus"}, "ibus"),
        ({"GTK_IM_MODULE": "fcitx"}, "ibus"),
        ({"XMODIFIERS": "@im=fcitx", "WAYLAND_DISPLAY": "wayland-0"}, None),
        (
            {"XMODIFIERS": "@im=fcitx", "WAYLAND_DISPLAY": "w", "QT_QPA_PLATFORM": "xcb"},
            "ibus",
        ),
        ({"QT_IM_MODULE": "compose", "XMODIFIERS": "@im=fcitx"}, "compose"),
        ({"QT_IM_MODULES": "wayland;fcitx;ibus", "XMODIFIERS": "@im=fcitx"}, None),
        ({"XMODIFIERS": "@im=fcitx", "QT_QPA_PLATFORM": "offscreen"}, None),
        ({}, None),
    ],
)
def test_the_way_to_an_input_method_is_one_that_qt_has(
    said: dict[str, str], taken: str | None, plugins: Path
) -> None:
    environment = dict(said)
    runtime.choose_input_method(environment, plugins)
    assert environment.get("QT_IM_MODULE") == taken
    assert {**environment, "QT_IM_MODULE": ""} == {**said, "QT_IM_MODULE": ""}


def test_where_qt_has_fcitxs_plugin_it_is_taken(plugins: Path) -> None:
    (plugins / "libfcitx5platforminputcontextplugin.so").touch()
    environment = {"QT_IM_MODULE": "fcitx"}
    runtime.choose_input_method(environment, plugins)
    assert environment == {"QT_IM_MODULE": "fcitx"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the system has one")
def test_without_a_bus_there_is_no_input_method(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    assert not runtime.has_input_method({"QT_IM_MODULE": "ibus"}, "xcb")
    assert runtime.has_input_method({"QT_IM_MODULE": "compose"}, "xcb")
    assert runtime.has_input_method({}, "wayland")
    assert runtime.has_input_method({}, "windows")
    assert runtime.has_input_method({}, "offscreen")


def test_that_none_was_found_is_said_once_and_in_chinese_only(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "has_input_method", lambda: False)
    english = start()
    english.wait(lambda: english.driver.find("status.said") is not None)
    assert "输入法" not in english.driver.read("status.said")
    english.program.shut_down()
    chinese = start(language=Language.CHINESE)
    chinese.wait(lambda: "输入法" in chinese.driver.read("status.said"))
    assert chinese.program.settings.value(TOLD_OF_INPUT)
    chinese.program.shut_down()
    again = start(language=Language.CHINESE)
    assert "输入法" not in again.driver.read("status.said")


# --- every field --------------------------------------------------------------------------------


def fields(window: QWidget) -> list[QLineEdit | QPlainTextEdit]:
    """What text is written into, as far as it is in sight."""
    found: list[QLineEdit | QPlainTextEdit] = [
        *window.findChildren(QLineEdit),
        *window.findChildren(QPlainTextEdit),
    ]
    return [one for one in found if one.isVisible() and one.isEnabled() and not one.isReadOnly()]


def text_of(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def deaf(window: QWidget) -> list[str]:
    """Fields that do not take what an input method gives, or do not say where their caret is."""
    found = []
    for field in fields(window):
        field.setFocus()
        QApplication.sendEvent(field, QInputMethodEvent("ni hao", []))
        written = QInputMethodEvent("", [])
        written.setCommitString(WORDS)
        before = field.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        QApplication.sendEvent(field, written)
        after = field.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        takes_digits_only = isinstance(field, QLineEdit) and field.validator() is not None
        if not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            found.append(f"{field.objectName()}: no input method")
        elif WORDS not in text_of(field) and not takes_digits_only:
            found.append(f"{field.objectName()}: not taken")
        elif not after.isValid() or (before == after and WORDS in text_of(field)):
            found.append(f"{field.objectName()}: no caret")
    return found


IN_THE_WINDOW = tuple(
    one for one in PLACES if one.partition(" ")[0] in ("write", "page", "palette")
)


@pytest.mark.parametrize("name", IN_THE_WINDOW)
def test_every_field_of_a_page_takes_chinese(start: Start, name: str) -> None:
    with opened(furnish(start()), name) as place:
        assert fields(place) or name == "page schedules"
        assert deaf(place) == []


@pytest.mark.usefixtures("insisting")  # what was written is thrown away
def test_every_field_of_every_dialog_takes_chinese(
    start: Start, expect_log: Callable[[str], None]
) -> None:
    expect_log("does not support")  # the guide's window, without a screen
    person = furnish(start())
    found: dict[str, list[str]] = {}
    tried = 0
    for name in PLACES:
        if name in IN_THE_WINDOW:
            continue
        with opened(person, name) as place:
            tried += len(fields(place))
            if not_taken := deaf(place):
                found[name] = not_taken
    assert found == {}
    assert tried > 30
