"""The dialog of the lists: made by hand or by a tag, ordered, saved as a whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dingcomposer.core.robot import Robot
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.services.bridge import Bridge
from dingcomposer.services.lists.robot_lists import RobotLists
from dingcomposer.services.robot_profiles import RobotProfiles
from dingcomposer.storage.database import Database
from dingcomposer.storage.robot_lists import RobotListStore
from dingcomposer.storage.robots import RobotStore
from dingcomposer.storage.secrets import SecretStore
from dingcomposer.ui.robots.lists.dialog import ListsDialog
from tests.fakes.fake_dialogs import Answer
from tests.fakes.fake_keyring import FakeKeyring
from tests.fakes.tokens import fingerprint_of

NAMES = ("上海", "杭州", "成都")


class Shown:
    """The dialog over real robots and lists."""

    def __init__(self, path: Path, qtbot: QtBot) -> None:
        self.database = Database(path)
        self.secrets = SecretStore(lambda: FakeKeyring({}))
        self.bridge = Bridge()
        self.robots = RobotProfiles(
            RobotStore(self.database), self.secrets, self.bridge, fingerprint_of
        )
        for name in NAMES:
            self.robots.add(Robot(name, name))
        self.lists = RobotLists(RobotListStore(self.database), self.robots)
        self.qtbot = qtbot

    def open(self, at: str = "") -> ListsDialog:
        dialog = ListsDialog(self.lists, self.robots, at=at)
        self.qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    def close(self) -> None:
        self.bridge.close()
        self.secrets.close()
        self.database.close()


@pytest.fixture
def shown(tmp_path: Path, qtbot: QtBot) -> Iterator[Shown]:
    shown = Shown(tmp_path / "db", qtbot)
    yield shown
    shown.close()


def check(dialog: ListsDialog, *names: str) -> None:
    members = dialog.editor.members
    for row in range(members.count()):
        if members.item(row).text().split(" · ")[0] in names:
            members.item(row).setCheckState(Qt.CheckState.Checked)


def test_the_first_list_is_made_by_hand_and_ordered_by_the_keyboard(shown: Shown) -> None:
    dialog = shown.open()
    assert dialog.empty.isVisible()
    dialog.add_button.click()
    assert not dialog.save_button.isEnabled()
    assert dialog.reason.text() == "A list needs a name."
    QTest.keyClicks(dialog.editor.name, "all")
    check(dialog, "上海", "成都")
    members = dialog.editor.members
    members.setCurrentRow(2)
    QTest.keyClick(members, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(members, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    dialog.editor.gap.selectAll()
    QTest.keyClicks(dialog.editor.gap, "9999")
    assert dialog.reason.text() == "A gap is 0 to 3600 seconds."
    dialog.editor.gap.selectAll()
    QTest.keyClicks(dialog.editor.gap, "30")
    dialog.editor.stops.click()
    assert list(shown.lists.lists) == [], "nothing is kept but by Save"
    dialog.save_button.click()
    (kept,) = shown.lists.lists
    assert (kept.name, kept.robot_ids) == ("all", ("成都", "上海"))
    assert (kept.gap_s, kept.stops_at_failure) == (30.0, True)


def test_a_list_of_a_new_tag_gives_the_tag_to_those_that_are_checked(shown: Shown) -> None:
    dialog = shown.open()
    dialog.add_button.click()
    QTest.keyClicks(dialog.editor.name, "east")
    dialog.editor.by_tag.click()
    dialog.editor.tag.setEditText("华东")
    check(dialog, "上海", "杭州")
    dialog.save_button.click()
    (kept,) = shown.lists.lists
    assert (kept.tag, kept.robot_ids) == ("华东", ())
    assert [one.name for one in shown.lists.members(kept)] == ["上海", "杭州"]
    assert [one.tags for one in shown.robots.robots] == [("华东",), ("华东",), ()]
    again = shown.open(kept.list_id)
    members = again.editor.members
    members.item(0).setCheckState(Qt.CheckState.Unchecked)
    again.save_button.click()
    assert [one.name for one in shown.lists.members(kept)] == ["杭州"]


def test_names_that_would_be_taken_for_another_are_refused(shown: Shown) -> None:
    shown.lists.put([RobotList("l-1", "甲"), RobotList("l-2", "乙")])
    dialog = shown.open("l-2")
    dialog.editor.name.selectAll()
    dialog.editor.name.insert("甲")
    dialog.editor.name.textEdited.emit("甲")
    assert dialog.reason.text() == "Two lists are called 甲."
    dialog.editor.name.setText("上海")
    dialog.editor.name.textEdited.emit("上海")
    assert dialog.reason.text() == "A robot is called 上海 already."
    assert not dialog.save_button.isEnabled()


def test_what_was_entered_is_asked_about_before_it_goes(shown: Shown, answer: Answer) -> None:
    asked = answer(discard_lists="back")
    dialog = shown.open()
    dialog.reject()
    assert asked.names == []
    dialog.show()
    dialog.add_button.click()
    dialog.reject()
    assert asked.names == ["discard_lists"]
    assert dialog.isVisible()


def test_a_list_is_deleted_after_a_question_and_only_by_save(shown: Shown, answer: Answer) -> None:
    answer(delete_list="delete")
    shown.lists.put([RobotList("l-1", "甲"), RobotList("l-2", "乙")])
    dialog = shown.open("l-1")
    dialog.delete_button.click()
    assert len(shown.lists.lists) == 2
    dialog.save_button.click()
    assert [one.name for one in shown.lists.lists] == ["乙"]


def test_a_list_by_a_tag_needs_the_tag_and_offers_what_is_there(shown: Shown) -> None:
    dialog = shown.open()
    dialog.add_button.click()
    QTest.keyClicks(dialog.editor.name, "east")
    dialog.editor.by_tag.click()
    assert dialog.reason.text() == "Choose the tag."
    assert not dialog.save_button.isEnabled()
    dialog.editor.tag.setEditText("华东")
    check(dialog, "上海")
    dialog.save_button.click()
    other = shown.open()
    other.add_button.click()
    QTest.keyClicks(other.editor.name, "west")
    other.editor.by_tag.click()
    assert other.editor.tag.currentText() == "华东", "the first tag that is there"
    assert other.editor.checked == ("上海",)
