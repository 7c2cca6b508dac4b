"""Robots and more carried out of one program and into another, through the real windows."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QPushButton

from dingcomposer.core.bundle import BundleKind
from dingcomposer.core.bundle.merging import MergeChoice
from dingcomposer.core.contacts import Contact
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.storage.secrets import CredentialsChange
from dingcomposer.ui import questions
from dingcomposer.ui.bundles.export_dialog import BundleExportDialog
from dingcomposer.ui.bundles.passphrase_fields import PassphraseDialog
from dingcomposer.ui.bundles.restore_dialog import RestoreDialog
from dingcomposer.ui.bundles.webhooks_dialog import WebhooksDialog
from tests.fakes.canaries import CANARY, Canaries
from tests.fakes.fake_dialogs import Answer, FakeSaveDialog
from tests.fakes.fake_keyring import FakeKeyring
from tests.fakes.programs import Person, Start

PASSPHRASE = "correct horse battery 电池"
HOOK = "https://oapi.dingtalk.com/robot/send?access_token="
_D = TypeVar("_D", bound=QDialog)
Choose = Callable[[Path], None]


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    """Which file the system's dialog gives next."""

    def prepare(path: Path) -> None:
        monkeypatch.setattr(questions, "choose_file", lambda *_: str(path))

    return prepare


def fill(person: Person) -> None:
    """Two robots with a webhook each, a list and a contact."""
    robots = person.program.robot_profiles
    for robot_id, name, token in (("r-1", "上海", CANARY.access_token), ("r-2", "杭州", "b" * 64)):
        robot = Robot(robot_id, name, stage=Stage.PRODUCTION)
        robots.add(robot, CredentialsChange(token, CANARY.secret))
        person.wait(lambda: all(one.has_token for one in robots.robots if not one.is_sandbox))
    person.program.engine.robot_lists.save(RobotList("l-1", "所有分店", ("r-2", "r-1")))
    person.program.contacts.put((Contact("张三", "13800000000"),))


def act(person: Person, name: str) -> None:
    action = person.program.window.findChild(QAction, f"menu.{name}")
    assert action is not None
    action.trigger()


def newest(person: Person, kind: type[_D]) -> _D:
    person.wait(lambda: any(one.isVisible() for one in person.program.window.findChildren(kind)))
    return [one for one in person.program.window.findChildren(kind) if one.isVisible()][-1]


def names(person: Person) -> list[str]:
    return [one.name for one in person.program.robot_profiles.robots if not one.is_sandbox]


def export(person: Person, path: Path, save_dialog: FakeSaveDialog, passphrase: str) -> None:
    save_dialog.answer = str(path)
    act(person, "export_robots")
    dialog = newest(person, BundleExportDialog)
    if passphrase:
        dialog.sealed.click()
        QTest.keyClicks(dialog.passphrase.first, "short")
        assert "At least 8" in dialog.reason.text()
        dialog.passphrase.first.clear()
        QTest.keyClicks(dialog.passphrase.first, "long enough")
        QTest.keyClicks(dialog.passphrase.second, "long")
        assert dialog.reason.text() == "The two passphrases differ."
        for field in (dialog.passphrase.first, dialog.passphrase.second):
            field.setText(passphrase)
            field.textEdited.emit(passphrase)
    assert dialog.save_button.isEnabled()
    dialog.save_button.click()
    person.wait(lambda: not shiboken6.isValid(dialog))
    assert path.exists()


def test_everything_goes_from_one_window_into_another_on_a_bare_machine(
    start: Start, save_dialog: FakeSaveDialog, choose: Choose, tmp_path: Path
) -> None:
    person = start()
    fill(person)
    path = tmp_path / "all.dingcomposer"
    export(person, path, save_dialog, PASSPHRASE)
    assert save_dialog.suggested[0].name.endswith(".dingcomposer")
    person.program.shut_down()
    bare = FakeKeyring({})
    other = start(data_dir=tmp_path / "bare", find_keyring=lambda: bare)
    choose(path)
    act(other, "import_robots")
    asked = newest(other, PassphraseDialog)
    QTest.keyClicks(asked.line, "not this one")
    for _ in range(2):  # a second Enter, or a space, cancels nothing while it is tried
        QTest.keyClick(asked.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(asked.focusWidget(), Qt.Key.Key_Space)
    assert asked.isVisible()
    other.wait(lambda: "not the passphrase" in asked.reason.text())
    asked.line.setText(PASSPHRASE)
    asked.line.textEdited.emit(PASSPHRASE)
    asked.open_button.click()
    look = newest(other, RestoreDialog)
    assert names(other) == [], "a look first"
    counts = [one.text() for one in look.findChildren(QLabel)]
    assert "2 new" in counts, "as many as the export said; the sandbox is everywhere"
    look.take_button.click()
    other.wait(lambda: not shiboken6.isValid(look))
    assert names(other) == ["上海", "杭州"]
    assert [one.name for one in other.program.engine.robot_lists.lists] == ["所有分店"]
    assert [one.name for one in other.program.contacts.contacts] == ["张三"]
    other.wait(lambda: other.robot_called("上海").has_token)
    assert other.program.secrets.read("r-1").access_token == CANARY.access_token
    panel = other.driver.find("lists.list")
    assert panel.isVisible()


def test_no_webhook_and_no_passphrase_is_shown_anywhere_on_the_way(
    start: Start, save_dialog: FakeSaveDialog, choose: Choose, tmp_path: Path
) -> None:
    person = start()
    fill(person)
    path = tmp_path / "all.dingcomposer"
    export(person, path, save_dialog, PASSPHRASE)
    person.program.shut_down()
    other = start(data_dir=tmp_path / "bare", find_keyring=lambda: FakeKeyring({}))
    choose(path)
    act(other, "import_robots")
    asked = newest(other, PassphraseDialog)
    asked.line.setText(PASSPHRASE)
    asked.line.textEdited.emit(PASSPHRASE)
    asked.open_button.click()
    look = newest(other, RestoreDialog)
    canaries = Canaries()
    canaries.add("token", CANARY.access_token)
    canaries.add("secret", CANARY.secret or "")
    canaries.add("passphrase", PASSPHRASE)
    assert look.entries.topLevelItemCount() > 0
    assert canaries.found_on_screen() == {}
    look.reject()


def test_a_choice_for_each_kind_says_what_becomes_of_what_differs(
    start: Start, save_dialog: FakeSaveDialog, choose: Choose, tmp_path: Path
) -> None:
    person = start()
    fill(person)
    path = tmp_path / "plain.dingcomposer"
    export(person, path, save_dialog, "")
    lists = person.program.engine.robot_lists
    lists.save(RobotList("l-1", "所有分店", ("r-1",), gap_s=5.0))
    choose(path)
    act(person, "import_robots")
    look = newest(person, RestoreDialog)
    notice = look.findChild(QLabel, "restore.plain")
    assert notice is not None and "No webhook" in notice.text()
    assert not look.take_button.isEnabled()
    assert look.reason.text() == "Nothing in it is new here."
    assert not look.choices[BundleKind.ROBOTS].isEnabled(), "they are the same"
    box = look.findChild(QComboBox, f"restore.choice.{BundleKind.LISTS}")
    assert box is not None and box.isEnabled()
    look.choose(BundleKind.LISTS, MergeChoice.TAKE)
    look.take_button.click()
    person.wait(lambda: not shiboken6.isValid(look))
    assert lists.lists[0].robot_ids == ("r-2", "r-1")
    assert lists.lists[0].gap_s == 0.0


def test_where_nothing_can_be_sealed_the_export_says_so_and_writes_nothing(
    start: Start, save_dialog: FakeSaveDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)  # an import fails, as on Windows on ARM
    person = start()
    fill(person)
    path = tmp_path / "all.dingcomposer"
    save_dialog.answer = str(path)
    act(person, "export_robots")
    dialog = newest(person, BundleExportDialog)
    dialog.sealed.click()
    for field in (dialog.passphrase.first, dialog.passphrase.second):
        field.setText(PASSPHRASE)
        field.textEdited.emit(PASSPHRASE)
    dialog.save_button.click()
    person.wait(lambda: "Windows on ARM" in dialog.reason.text())
    assert dialog.reason.text().startswith("Nothing was written.")
    assert not path.exists()
    dialog.plain.click()
    dialog.save_button.click()
    person.wait(lambda: not shiboken6.isValid(dialog))
    assert path.exists()


def test_a_sandbox_needs_no_webhook_of_its_own_in_the_file(
    start: Start, save_dialog: FakeSaveDialog, choose: Choose, tmp_path: Path
) -> None:
    person = start()
    person.program.contacts.put((Contact("张三", "13800000000"),))
    twin = Robot("s-2", "练习", is_sandbox=True, is_twin=True)
    person.program.robot_profiles.add(twin, CredentialsChange("c" * 64, None))
    path = tmp_path / "plain.dingcomposer"
    export(person, path, save_dialog, "")
    choose(path)
    act(person, "import_robots")
    look = newest(person, RestoreDialog)
    assert look.findChild(QLabel, "restore.plain") is None
    look.reject()


@pytest.mark.parametrize(
    "case",
    [
        (b"", "The file is empty."),
        (b"PK\x03", "no file of DingComposer's"),
        (b"age-encryption.org/v1\n-> scr", "The end of the file is missing"),
        (b"age-encryption.org/v7\n", "A newer version"),
    ],
)
def test_a_file_that_cannot_be_used_is_a_sentence(
    start: Start, answer: Answer, choose: Choose, tmp_path: Path, case: tuple[bytes, str]
) -> None:
    content, words = case
    asked = answer(bundle="ok")
    person = start()
    path = tmp_path / "x.dingcomposer"
    path.write_bytes(content)
    choose(path)
    act(person, "import_robots")
    person.wait(lambda: asked.asked)
    assert words in asked.asked[0].text


def test_a_file_that_is_dropped_on_the_window_is_looked_at(
    start: Start, save_dialog: FakeSaveDialog, tmp_path: Path
) -> None:
    person = start()
    fill(person)
    path = tmp_path / "all.dingcomposer"
    export(person, path, save_dialog, PASSPHRASE)
    person.program.window.pasting.open_files([path])
    asked = newest(person, PassphraseDialog)
    told = asked.findChild(QLabel, "passphrase.words")
    assert told is not None and "all.dingcomposer is sealed." in told.text()
    asked.reject()


TABLE = f"""名称,Webhook,密钥,用途
上海,{HOOK}{"a" * 64},SEC{"1" * 64},测试
杭州,{HOOK}{"b" * 64},,
坏行,没有地址,,
自建,https://ding.corp.example/robot/send?access_token={"c" * 64},,
"""


def test_a_table_is_looked_at_row_by_row_before_its_robots_are_added(
    start: Start, choose: Choose, tmp_path: Path, answer: Answer
) -> None:
    asked = answer(host="confirm")
    person = start()
    robots = person.program.robot_profiles
    robots.add(Robot("r-9", "魔都"), CredentialsChange("a" * 64))
    person.wait(lambda: person.robot_called("魔都").token_fingerprint)
    path = tmp_path / "hooks.csv"
    path.write_bytes(TABLE.encode("gb18030"))
    choose(path)
    act(person, "import_robots")
    dialog = newest(person, WebhooksDialog)
    model = dialog.model
    shown = [
        [str(model.data(model.index(row, column))) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    assert shown[0][-1] == "already belongs to 魔都"
    assert shown[1] == ["杭州", "oapi.dingtalk.com", "…bbbb", "", "production", "new"]
    assert shown[2][-1] == "this is no webhook"
    assert "2 robots will be added, 2 rows left out" in dialog.reason.text()
    first = model.index(0, 0)
    assert not model.flags(first) & Qt.ItemFlag.ItemIsUserCheckable
    dialog.tags.setText("门店")
    assert names(person) == ["魔都"]
    dialog.add_button.click()
    person.wait(lambda: not shiboken6.isValid(dialog))
    assert asked.names == ["host"]
    assert names(person) == ["魔都", "杭州", "自建"]
    assert person.robot_called("杭州").tags == ("门店",)
    assert person.robot_called("自建").is_host_confirmed
    assert (
        person.program.secrets.read(person.robot_called("杭州").robot_id).access_token == "b" * 64
    )


def test_a_foreign_host_that_is_not_confirmed_adds_nothing(
    start: Start, choose: Choose, tmp_path: Path, answer: Answer
) -> None:
    answer(host="back")
    person = start()
    path = tmp_path / "hooks.csv"
    path.write_text(TABLE, encoding="utf-8")
    choose(path)
    act(person, "import_robots")
    dialog = newest(person, WebhooksDialog)
    dialog.add_button.click()
    assert dialog.isVisible()
    assert names(person) == []
    own = dialog.model.index(3, 0)
    dialog.model.setData(own, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    dialog.add_button.click()
    person.wait(lambda: not shiboken6.isValid(dialog))
    assert names(person) == ["上海", "杭州"]


def test_a_locked_keyring_keeps_the_dialog_open_and_says_why(
    start: Start, choose: Choose, tmp_path: Path, ring: FakeKeyring
) -> None:
    from keyring.errors import KeyringLocked

    person = start()
    path = tmp_path / "hooks.csv"
    path.write_text(TABLE.replace("ding.corp.example", "oapi.dingtalk.com"), encoding="utf-8")
    choose(path)
    act(person, "import_robots")
    dialog = newest(person, WebhooksDialog)
    ring.fault, ring.fails_at = KeyringLocked(), ("set",)
    dialog.add_button.click()
    person.wait(lambda: "Nothing was taken over." in dialog.reason.text())
    assert dialog.isVisible()
    assert names(person) == []
    assert ring.entries == {}
    ring.fault = None
    dialog.add_button.click()
    person.wait(lambda: not shiboken6.isValid(dialog))
    assert len(names(person)) == 3


def test_what_is_typed_for_a_passphrase_is_hidden(start: Start) -> None:
    person = start()
    fill(person)
    act(person, "export_robots")
    dialog = newest(person, BundleExportDialog)
    for field in dialog.passphrase.findChildren(QLineEdit):
        assert field.echoMode() is QLineEdit.EchoMode.Password
    button = dialog.findChild(QPushButton, "bundle_export.close")
    assert button is not None
    button.click()
