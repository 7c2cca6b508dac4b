"""A message leaves the preview as a picture: copied or saved, for whoever must agree to it."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from dingcomposer.core.messages import ActionCard, Button, FeedCard, Link, Markdown, Message, Text
from dingcomposer.core.robot import Robot
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.bubble.bubble import MessageAuthor
from dingcomposer.ui.preview.bubble.style import Device
from dingcomposer.ui.preview.export import render_image, save_png, suggested_name
from dingcomposer.ui.preview.panel import PreviewPanel
from tests.fakes.fake_dialogs import FakeSaveDialog

ROBOT = Robot("1", "运维值班", "#3370FF")
MESSAGE = Markdown("停机/通知: 今晚", "# 停机\n\n今晚 22:00")
PC, PHONE = (2 * dt.CARD_WIDTH_PX[device] for device in (Device.PC, Device.PHONE))


@pytest.fixture
def dialog(save_dialog: FakeSaveDialog) -> Iterator[FakeSaveDialog]:
    """Where to save; only pictures are offered."""
    yield save_dialog
    assert all("*.png" in kinds for kinds in save_dialog.kinds)


@pytest.fixture
def panel(qtbot: QtBot) -> PreviewPanel:
    made = PreviewPanel()
    qtbot.addWidget(made)
    made.resize(450, 600)
    made.show()
    made.set_dark(False)
    made.show_message(MESSAGE, ROBOT)
    return made


def choose(panel: PreviewPanel, key: str) -> None:
    found = panel.findChild(QAction, f"preview.approval.{key}")
    assert found is not None, key
    found.trigger()


def test_the_button_is_in_the_head_and_says_what_it_is_for(panel: PreviewPanel) -> None:
    found = panel.findChild(QToolButton, "preview.approval")
    assert found is not None
    assert found.isVisible()
    assert found.accessibleName() == "Picture for approval"
    assert found.menu() is not None


def test_it_is_saved_as_pc_phone_or_both_side_by_side(
    qtbot: QtBot, panel: PreviewPanel, dialog: FakeSaveDialog, tmp_path: Path
) -> None:
    for key, width in (("pc", PC), ("phone", PHONE), ("both", PC + PHONE)):
        dialog.answer = str(tmp_path / f"{key}.png")
        with qtbot.waitSignal(panel.said) as said:
            choose(panel, f"save.{key}")
        image = QImage(dialog.answer)
        assert image.width() in range(width + 60, width + 360)
        assert image.pixelColor(2, 2).name().upper() == dt.LIGHT.chat
        assert said.args == [f"Saved as {dialog.answer}"]


def test_without_the_frame_the_card_stands_alone(
    panel: PreviewPanel, dialog: FakeSaveDialog, tmp_path: Path
) -> None:
    dialog.answer = str(tmp_path / "picture.png")
    choose(panel, "frame")
    choose(panel, "save.pc")
    image = QImage(dialog.answer)
    assert image.width() == PC
    assert image.pixelColor(0, 0).alpha() == 0
    choose(panel, "copy.phone")
    assert QGuiApplication.clipboard().image().width() == PHONE


def test_the_name_is_made_of_title_and_day_and_the_folder_is_remembered(
    panel: PreviewPanel, dialog: FakeSaveDialog, tmp_path: Path
) -> None:
    choose(panel, "save.pc")
    assert dialog.suggested[0].name.startswith("停机 通知 今晚 2")
    assert dialog.suggested[0].suffix == ".png"
    dialog.answer = str(tmp_path / "without-ending")
    choose(panel, "save.pc")
    assert (tmp_path / "without-ending.png").exists()
    choose(panel, "save.pc")
    assert dialog.suggested[-1].parent == tmp_path


def test_who_closes_the_dialog_saves_nothing(
    qtbot: QtBot, panel: PreviewPanel, dialog: FakeSaveDialog
) -> None:
    with qtbot.assertNotEmitted(panel.said):
        choose(panel, "save.pc")


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(
    qtbot: QtBot, panel: PreviewPanel, dialog: FakeSaveDialog, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("here", encoding="utf-8")
    dialog.answer = str(tmp_path / "file" / "picture.png")
    with qtbot.waitSignal(panel.said) as said:
        choose(panel, "save.pc")
    assert said.args is not None
    assert "could not be saved" in said.args[0]


def test_what_stood_there_stays_where_saving_fails(qapp: object, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"before")
    assert not save_png(QImage(), path)
    assert path.read_bytes() == b"before"


@pytest.mark.parametrize(
    ("message", "name"),
    [
        (Markdown("值班表", "文"), "值班表 2026-03-01.png"),
        (Text("第一行\n第二行"), "第一行 第二行 2026-03-01.png"),
        (Text(""), "DingTalk 2026-03-01.png"),
        (FeedCard(()), "DingTalk 2026-03-01.png"),
        (Link('a/b\\c:d*e?f"g<h>i|j', "文", ""), "a b c d e f g h i j 2026-03-01.png"),
        (ActionCard("..\x00/..", "文", Button("看", "")), "DingTalk 2026-03-01.png"),
        (Text("长" * 500), "长" * 40 + " 2026-03-01.png"),
    ],
)
def test_a_name_is_one_that_every_system_takes(message: Message, name: str) -> None:
    assert suggested_name(message, date(2026, 3, 1)) == name


def test_a_very_long_message_is_one_picture_of_bounded_size(qapp: object) -> None:
    image = render_image(Text("行\n" * 6000), MessageAuthor("运维值班", "#3370FF"))
    assert image.height() <= 32_000
    assert image.width() * image.height() <= 61_000_000
    assert image.pixelColor(2, image.height() - 2).name().upper() == dt.LIGHT.chat


ALONE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from dingcomposer.core.messages import Text
from dingcomposer.ui.preview.bubble.bubble import MessageAuthor
from dingcomposer.ui.preview.export import render_image

application = QApplication([])
author = MessageAuthor("robot", "#2563EB")
QTimer.singleShot(0, lambda: render_image(Text("hello"), author))
QTimer.singleShot(300, lambda: application.exit(7))
sys.exit(application.exec())
"""


def test_drawing_a_picture_does_not_end_a_program_without_a_window() -> None:
    ran = subprocess.run([sys.executable, "-c", ALONE], check=False, timeout=60)
    assert ran.returncode == 7
