"""One message for each row, in the real window: chosen, looked at, tried, confirmed, sent."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLabel,
    QPushButton,
    QSpinBox,
    QTableView,
    QToolButton,
    QTreeWidget,
)

from dingcomposer.core.contacts import Contact
from dingcomposer.core.draft import Draft
from dingcomposer.core.limits import PACE_PER_MINUTE
from dingcomposer.core.messages import Kind
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.interchange.sheets import read_sheets
from dingcomposer.sandbox.server import SandboxServer
from dingcomposer.storage.secrets import CredentialsChange
from dingcomposer.ui.context import Page
from dingcomposer.ui.table_send.confirm import TableConfirmDialog
from dingcomposer.ui.table_send.dialog import TableSendDialog
from tests.fakes.fake_dialogs import FakeSaveDialog
from tests.fakes.programs import Person, Start
from tests.fakes.widget_driver import WidgetDriver
from tests.fakes.workbooks import locked_workbook, workbook

DRAFT = Draft(Kind.MARKDOWN, "{{姓名}}", "**{{姓名}}**：{{销售额}} 元")
HEADINGS = ("门店", "姓名", "销售额", "同事")


class TableDriver(WidgetDriver):
    """Somebody at the dialog of a table."""

    def __init__(self, person: Person) -> None:
        self.person = person
        person.program.window.launchers.table_send.show()
        self.dialog = open_dialog(person)
        super().__init__(self.dialog)

    def paste(self, *rows: tuple[str, ...]) -> None:
        """Copy rows in a sheet, and press the button."""
        text = "\n".join("\t".join(row) for row in rows)
        QGuiApplication.clipboard().setText(text)
        self.click("table_send.paste")
        self.wait_until_ready()

    def click(self, name: str) -> None:
        self.get(QPushButton, name).click()

    def wait_until_ready(self) -> None:
        self.person.wait(lambda: "will be sent" in self.words("table_send.summary"))

    def words(self, name: str) -> str:
        return self.get(QLabel, name).text()

    def choose_words(self, name: str, label: str) -> None:
        combo = self.get(QComboBox, name)
        index = combo.findText(label)
        assert index >= 0, [combo.itemText(at) for at in range(combo.count())]
        combo.setCurrentIndex(index)
        combo.activated.emit(index)
        self.wait_until_ready()

    def column(self, number: int) -> list[str]:
        model = self.get(QTableView, "table_send.rows").model()
        return [str(model.index(row, number).data()) for row in range(model.rowCount())]

    def tick(self, row: int, is_on: bool) -> None:
        model = self.get(QTableView, "table_send.rows").model()
        state = Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
        model.setData(model.index(row, 0), state.value, Qt.ItemDataRole.CheckStateRole)

    def send(self) -> TableConfirmDialog:
        self.click("table_send.send")
        found = self.dialog.findChildren(TableConfirmDialog)
        assert len(found) == 1
        return found[0]

    def confirm(self) -> None:
        self.send().accept()

    def wait_for(self, words: str) -> None:
        self.person.wait(lambda: words in self.words("table_send.run"))


def open_dialog(person: Person) -> TableSendDialog:
    found = person.program.window.findChildren(TableSendDialog)
    assert len(found) == 1
    return found[0]


@pytest.fixture
def group() -> Iterator[SandboxServer]:
    """A group that outlives the program."""
    with SandboxServer() as server:
        yield server


@pytest.fixture
def person(start: Start) -> Person:
    someone = start()
    someone.add_group("门店一", Stage.TEST)
    someone.program.contacts.put([Contact("张三", "13800000001")])
    someone.program.session.edit(DRAFT)
    return someone


def arrived(person: Person) -> list[str]:
    return [
        json.loads(one.body)["markdown"]["text"]
        for one in person.sandbox.exchanges()
        if one.is_taken
    ]


def row(number: int, shop: str = "门店一", who: str = "") -> tuple[str, ...]:
    return shop, f"员工{number}", str(number), who


def test_pasted_rows_are_looked_at_confirmed_and_sent(person: Person) -> None:
    table = TableDriver(person)
    assert "{{name}}" in table.words("table_send.empty")
    table.paste(HEADINGS, row(1), row(2, who="张三"))
    assert table.column(1) == ["门店一", "门店一"], "the column of the robots is found"
    assert table.column(2) == ["Ready", "Ready"]
    assert table.column(4) == ["员工1", "员工2"]
    heading = table.get(QSpinBox, "table_send.heading")
    assert (heading.value(), heading.lineEdit().width() > 20) == (1, True), "it can be read"
    table.choose_words("table_send.mention", "Column “同事”")
    assert table.words("table_send.place") == "1 of 2"
    table.wait_until_ready()
    silent = "This row mentions nobody: “同事” names nobody."
    person.wait(lambda: table.column(2) == [silent, "Ready"])
    assert "2 rows will be sent. 1 row mentions nobody." in table.words("table_send.summary")
    table.click("table_send.next")
    assert table.words("table_send.place") == "2 of 2"
    assert not table.get(QPushButton, "table_send.next").isEnabled()

    asked = table.send()
    words = " ".join(label.text() for label in asked.findChildren(QLabel))
    assert "Send 2 messages to 1 group?" in words
    assert "1 message pings somebody." in words
    assert "Not tried in the sandbox." in words
    robots = asked.findChild(QTreeWidget)
    assert robots is not None
    item = robots.topLevelItem(0)
    assert item is not None
    assert [item.text(column) for column in range(3)] == ["门店一", "test", "2"]
    assert arrived(person) == [], "nothing leaves before the answer"
    asked.accept()
    table.wait_for("is sent")
    assert sorted(arrived(person)) == ["**员工1**：1 元", "**员工2**：2 元\n\n@13800000001"]
    person.wait(lambda: table.column(2) == ["Delivered", "Delivered"])
    assert table.words("table_send.counts") == "2 delivered"


def test_rows_are_pasted_by_the_key_for_it(person: Person) -> None:
    table = TableDriver(person)
    QGuiApplication.clipboard().setText("\n".join("\t".join(one) for one in (HEADINGS, row(1))))
    table.dialog.activateWindow()
    person.wait(table.dialog.isActiveWindow)
    QTest.keyClick(table.dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    table.wait_until_ready()
    assert table.column(1) == ["门店一"]


def test_findings_stand_at_their_rows_and_their_rows_stay_behind(person: Person) -> None:
    table = TableDriver(person)
    table.paste(HEADINGS, row(1), row(2, "没有"), ("门店一", "", "3", ""), row(1))
    assert table.column(2) == [
        "Ready",
        "No robot is called “没有”.",
        "“姓名” is empty.",
        "The same message to the same robot as row 2.",
    ]
    assert "1 row will be sent. 3 rows are left out." in table.words("table_send.summary")
    table.tick(1, is_on=True)
    assert "1 row will be sent." in table.words("table_send.summary"), "it cannot be sent"
    table.tick(3, is_on=True)
    assert "2 rows will be sent." in table.words("table_send.summary"), "a person may insist"
    table.get(QTableView, "table_send.rows").selectRow(1)
    assert table.words("table_send.found") == "No robot is called “没有”."
    table.tick(0, is_on=False)
    table.confirm()
    table.wait_for("is sent")
    assert arrived(person) == ["**员工1**：1 元"]
    person.wait(lambda: table.column(2)[3] == "Delivered")
    kept_back = ["No robot is called “没有”.", "“姓名” is empty."]
    assert table.column(2)[:3] == ["Left out", *kept_back]


def test_what_no_column_gives_is_told_once(person: Person) -> None:
    table = TableDriver(person)
    table.paste(("门店", "姓名"), ("门店一", "张三"))
    assert "No column is called as {{销售额}}." in table.words("table_send.summary")
    assert not table.get(QPushButton, "table_send.send").isEnabled()


def test_a_field_may_be_empty_and_its_line_is_left_out_then(person: Person) -> None:
    text = "**{{姓名}}**：{{销售额}} 元\n\n备注：{{备注}}"
    person.program.session.edit(replace(DRAFT, text=text))
    table = TableDriver(person)
    table.paste(
        ("门店", "姓名", "销售额", "备注"),
        ("门店一", "张三", "1", ""),
        ("门店一", "李四", "2", "含奖金"),
        ("门店一", "王五", "", "无"),
    )
    assert table.column(2) == ["“备注” is empty.", "Ready", "“销售额” is empty."]
    optional = table.get(QToolButton, "table_send.optional")
    assert optional.text() == "None ▾"
    (remark,) = [one for one in optional.menu().actions() if one.text() == "备注"]
    remark.trigger()
    person.wait(lambda: table.column(2) == ["Ready", "Ready", "“销售额” is empty."])
    assert optional.text() == "备注 ▾"
    table.confirm()
    table.wait_for("is sent")
    assert sorted(arrived(person)) == ["**张三**：1 元", "**李四**：2 元\n\n备注：含奖金"]


def test_a_dry_run_asks_the_sandbox_and_sends_nothing(person: Person) -> None:
    robot = person.robot_called("门店一")
    person.program.robot_profiles.save(replace(robot, keywords=("员工1",)))
    table = TableDriver(person)
    table.paste(HEADINGS, *(row(number) for number in range(10, 12)), row(30))
    assert "keyword" in table.column(2)[2], "that it would be refused is known before"
    table.click("table_send.try")
    person.wait(lambda: "Nothing left this computer" in table.words("table_send.summary"))
    assert table.column(2)[:2] == ["The sandbox took it"] * 2
    assert arrived(person) == []
    assert person.statuses() == []
    words = " ".join(label.text() for label in table.send().findChildren(QLabel))
    assert "The sandbox took all of them." in words


def test_stopped_it_goes_on_from_there_and_no_row_goes_twice(person: Person) -> None:
    person.program.outbox.pause()
    table = TableDriver(person)
    table.paste(HEADINGS, *(row(number) for number in range(12)))
    table.confirm()
    person.wait(lambda: "on their way" in table.words("table_send.counts"))
    table.click("table_send.stop")
    table.wait_for("is stopped")
    person.program.outbox.resume()
    assert arrived(person) == []
    table.click("table_send.go_on")
    table.wait_for("is sent")
    assert max(Counter(arrived(person)).values()) == 1
    assert len(arrived(person)) == 12


def test_what_was_left_is_offered_at_the_next_start_and_goes_on_when_asked(
    start: Start, group: SandboxServer
) -> None:
    person = start()
    robot = Robot("g-1", "门店一", endpoint=group.url, expects_signature=True)
    change = CredentialsChange(group.access_token, group.secret)
    person.program.robot_profiles.add(robot, change)
    person.wait(lambda: person.robot_called("门店一").has_token)
    person.program.session.edit(DRAFT)
    person.program.outbox.pause()
    table = TableDriver(person)
    table.paste(HEADINGS, *(row(number) for number in range(9)))
    table.confirm()
    person.wait(lambda: "on their way" in table.words("table_send.counts"))
    person.program.shut_down()

    again = start()
    table = TableDriver(again)  # it is open already
    assert "was not sent to its end" in table.words("table_send.run")
    assert "0 of 9 rows are sent. Nothing goes on by itself." in table.words("table_send.counts")
    assert group.exchanges() == ()
    table.click("table_send.go_on")
    table.wait_for("is sent")
    texts = [json.loads(one.body)["markdown"]["text"] for one in group.exchanges()]
    assert Counter(texts) == Counter(f"**员工{number}**：{number} 元" for number in range(9))


def test_what_was_left_can_be_left_for_good(person: Person) -> None:
    person.program.outbox.pause()
    table = TableDriver(person)
    table.paste(HEADINGS, *(row(number) for number in range(6)))
    table.confirm()
    person.wait(lambda: "on their way" in table.words("table_send.counts"))
    table.click("table_send.stop")
    table.wait_for("is stopped")
    table.click("table_send.leave")
    person.program.outbox.resume()
    table.dialog.reject()
    person.wait(lambda: not person.program.window.findChildren(TableSendDialog))
    assert "{{name}}" in TableDriver(person).words("table_send.empty"), "a new table, no old run"
    assert arrived(person) == []


def test_the_outcomes_are_saved_in_a_copy(
    person: Person, save_dialog: FakeSaveDialog, tmp_path: Path
) -> None:
    table = TableDriver(person)
    table.paste(HEADINGS, row(1), row(2, "没有"), ("门店一", "", "3", ""), row(4))
    table.tick(3, False)
    table.confirm()
    table.wait_for("is sent")
    save_dialog.answer = str(tmp_path / "结果")
    table.click("table_send.copy")
    person.wait(lambda: "Saved as 结果.xlsx" in table.words("table_send.summary"))
    (sheet,) = read_sheets(tmp_path / "结果.xlsx")
    assert sheet.rows[0] == (*HEADINGS, "Outcome", "Reason", "Time", "msgUuid")
    assert sheet.rows[1][:5] == ("门店一", "员工1", "1", "", "Delivered")
    left_out = "Left out: it could not be sent"
    assert sheet.rows[2][:6] == ("没有", "员工2", "2", "", left_out, "No robot is called “没有”.")
    assert sheet.rows[3][4:6] == (left_out, "“姓名” is empty.")
    assert sheet.rows[4][4:6] == ("Left out by hand",)


def test_what_failed_is_sent_again(person: Person) -> None:
    rules = person.sandbox.robot.rules
    person.sandbox.robot.rules = replace(rules, keywords=("不会有",))
    table = TableDriver(person)
    table.paste(HEADINGS, row(1), row(2))
    table.confirm()
    table.wait_for("is sent")
    assert table.words("table_send.counts") == "2 refused"
    person.sandbox.robot.rules = rules
    table.click("table_send.again")
    person.wait(lambda: table.words("table_send.counts") == "2 delivered")


def test_files_are_read_and_what_is_none_says_so(person: Person, tmp_path: Path) -> None:
    table = TableDriver(person)
    book = tmp_path / "一.xlsx"
    book.write_bytes(workbook({"说明": [("只有说明",)], "数据": [HEADINGS, row(1)]}))
    table.dialog.source.read_file(book)
    person.wait(lambda: "no row below the headings" in table.words("table_send.notes"))
    sheets = table.get(QComboBox, "table_send.sheet")
    assert [sheets.itemText(at) for at in range(2)] == ["说明", "数据"]
    sheets.setCurrentIndex(1)
    sheets.activated.emit(1)
    table.wait_until_ready()
    assert table.column(4) == ["员工1"]

    locked = tmp_path / "锁.xlsx"
    locked.write_bytes(locked_workbook())
    table.dialog.source.read_file(locked)
    person.wait(lambda: "opens with a password only" in table.words("table_send.notes"))
    assert not table.get(QPushButton, "table_send.send").isEnabled()
    QGuiApplication.clipboard().setText("  ")
    table.click("table_send.paste")
    assert table.words("table_send.notes") == "There is nothing in this table."


def test_the_pace_and_production_are_part_of_the_question(person: Person) -> None:
    person.add_group("正式群", Stage.PRODUCTION)
    table = TableDriver(person)
    rows = [row(number) for number in range(PACE_PER_MINUTE * 3)]
    table.paste(HEADINGS, *rows, row(99, "正式群"))
    asked = table.send()
    words = " ".join(label.text() for label in asked.findChildren(QLabel))
    assert "to 2 groups?" in words
    assert "It will take about 3 minutes." in words
    robots = asked.findChild(QTreeWidget)
    assert robots is not None
    first = robots.topLevelItem(0)
    assert first is not None
    assert (first.text(0), first.text(1), first.text(2)) == ("正式群", "production", "1")
    asked.reject()
    assert person.program.outbox.is_idle
    assert person.statuses() == []


def test_the_action_opens_it(person: Person) -> None:
    person.driver.press("Ctrl+Shift+G")
    person.wait(lambda: person.program.window.findChildren(QDialog, "table_send"))
    open_dialog(person).reject()


def test_a_closed_dialog_shows_the_run_again(person: Person) -> None:
    person.program.outbox.pause()
    table = TableDriver(person)
    table.paste(HEADINGS, *(row(number) for number in range(6)))
    table.confirm()
    person.wait(lambda: "on their way" in table.words("table_send.counts"))
    table.dialog.reject()
    person.wait(lambda: not person.program.window.findChildren(TableSendDialog))
    again = TableDriver(person)
    assert "is being sent" in again.words("table_send.run")
    assert again.column(4) == [f"员工{number}" for number in range(6)]
    person.program.outbox.resume()
    again.wait_for("is sent")
    assert len(arrived(person)) == 6


def test_the_copy_is_suggested_beside_the_table(
    person: Person, save_dialog: FakeSaveDialog, tmp_path: Path
) -> None:
    table = TableDriver(person)
    folder = tmp_path / "人事"
    folder.mkdir()
    book = folder / "工资.xlsx"
    book.write_bytes(workbook({"数据": [HEADINGS, row(1)]}))
    table.dialog.source.read_file(book)
    table.wait_until_ready()
    table.confirm()
    table.wait_for("is sent")
    table.click("table_send.copy")
    assert save_dialog.suggested == [folder / "工资 with outcomes.xlsx"]


def test_the_encoding_of_a_csv_can_be_chosen_and_looked_at(person: Person, tmp_path: Path) -> None:
    table = TableDriver(person)
    path = tmp_path / "表.csv"
    path.write_bytes("部門,姓名\n業,王".encode("cp950"))
    table.dialog.source.read_file(path)
    table.wait_until_ready()
    encodings = table.get(QComboBox, "table_send.encoding")
    assert encodings.isVisibleTo(table.dialog)
    table.choose_words("table_send.encoding", "Simplified Chinese (GB 18030)")
    person.wait(lambda: "王" not in table.column(4))
    table.choose_words("table_send.encoding", "Traditional Chinese (Big5)")
    person.wait(lambda: table.column(4) == ["王"])
    book = tmp_path / "一.xlsx"
    book.write_bytes(workbook({"数据": [HEADINGS, row(1)]}))
    table.dialog.source.read_file(book)
    person.wait(lambda: not encodings.isVisibleTo(table.dialog))
    assert encodings.currentIndex() == 0


def test_the_history_says_which_row_of_which_table_it_was(person: Person, tmp_path: Path) -> None:
    table = TableDriver(person)
    book = tmp_path / "工资.xlsx"
    book.write_bytes(workbook({"数据": [HEADINGS, row(1), row(2)]}))
    table.dialog.source.read_file(book)
    table.wait_until_ready()
    table.confirm()
    table.wait_for("is sent")
    window = person.program.window
    window.go_to(Page.HISTORY)
    sends = window.history.table.model()
    robots = {str(sends.index(at, 1).data()) for at in range(2)}
    assert robots == {"门店一 · test · table"}
    newest = person.program.history.page()[0]
    window.history.select(newest.msg_uuid)
    origin = window.history.details.findChild(QLabel, "history.origin")
    assert origin is not None
    assert origin.text() in (
        "From the table “工资.xlsx”, row 2.",
        "From the table “工资.xlsx”, row 3.",
    )
