"""A window comes back as it was left, and never larger than its screen."""

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from dingcomposer.services.settings import Settings
from dingcomposer.ui.window.layout_state import LayoutState


def make_window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


def test_a_window_comes_back_in_the_size_it_had(qtbot: QtBot, tmp_path: Path) -> None:
    state = LayoutState(Settings(tmp_path / "settings.ini"))
    window = make_window(qtbot)
    window.resize(500, 400)
    state.keep_window(window)
    again = make_window(qtbot)
    state.restore_window(again, QSize(640, 480))
    assert again.size() == QSize(500, 400)


def test_a_first_window_has_the_size_that_is_meant(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot)
    LayoutState(Settings(tmp_path / "settings.ini")).restore_window(window, QSize(640, 480))
    assert window.size() == QSize(640, 480)


def test_a_window_is_never_larger_than_its_screen(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot)
    LayoutState(Settings(tmp_path / "settings.ini")).restore_window(window, QSize(99_999, 99_999))
    room = window.screen().availableGeometry()
    assert window.width() <= room.width()
    assert window.height() < room.height()
