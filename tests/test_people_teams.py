"""People in thousands: found by pinyin, mentioned as a team, the likely ones first, imported."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)

from dingcomposer.core.contacts import Contact
from dingcomposer.core.messages import Mentions
from dingcomposer.ui import questions
from tests.fakes.programs import LEFT, Person
from tests.fakes.workbooks import workbook

Start = Callable[..., Person]
ZHANG = Contact("张三", "13800000001", "", "研发部", ("值班",))
ZHAO = Contact("赵爽", "13800000002", "zhaos", "研发部")
LI = Contact("李四", "13800000003", "", "人事部", ("值班",))
SHAN = Contact("单雄信", "13800000004")


@pytest.fixture
def person(start: Start) -> Person:
    """Somebody with four contacts who are ready to be found by pinyin."""
    person = start()
    person.program.contacts.put((ZHAO, LI, ZHANG, SHAN))
    person.program.contacts.prepare()
    person.wait(lambda: person.program.contacts.is_spelled)
    return person


def _field(person: Person, name: str = "compose.text") -> QPlainTextEdit:
    field = person.program.window.findChild(QPlainTextEdit, name)
    assert field is not None
    field.window().activateWindow()
    person.qtbot.waitUntil(field.window().isActiveWindow)
    field.setFocus()
    return field


def _compose(field: QPlainTextEdit, words: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(field, event)


def _offered(person: Person, name: str = "compose.text.people") -> list[str]:
    lists = person.program.window.findChildren(QListWidget, name)
    shown = [one for one in lists if one.isVisible()]
    rows = [shown[0].item(row).text() for row in range(shown[0].count())] if shown else []
    return [" ".join(row.split()) for row in rows]


def _refused(person: Person) -> str:
    label = person.program.window.findChild(QLabel, "compose.notice")
    assert label is not None
    return label.text() if label.isVisible() else ""


@pytest.mark.parametrize(
    ("typed", "name"), [("zs", "赵爽"), ("zhangs", "张三"), ("sxx", "单雄信"), ("lis", "李四")]
)
def test_letters_behind_an_at_are_pinyin(person: Person, typed: str, name: str) -> None:
    text = _field(person)
    QTest.keyClicks(text, f"@{typed}")
    assert _offered(person)[0].startswith(name)
    QTest.keyClick(text, Qt.Key.Key_Return)
    mobile = {one.name: one.mobile for one in (ZHANG, ZHAO, LI, SHAN)}[name]
    assert person.program.session.draft.text == f"@{mobile} "
    assert person.program.session.draft.mentions == Mentions((mobile,))


@pytest.mark.parametrize("word", ["all", "everyone", "ALL"])
def test_everybody_is_nobody_s_initials(person: Person, word: str) -> None:
    person.program.contacts.put((Contact("安玲玲", "13800000009"),))
    person.program.contacts.prepare()
    person.wait(lambda: person.program.contacts.is_spelled)
    text = _field(person)
    QTest.keyClicks(text, f"@{word}")
    assert _offered(person) == []


def test_pinyin_finds_people_as_soon_as_it_is_known(start: Start) -> None:
    person = start()
    person.program.contacts.put((LI, ZHANG))
    text = _field(person)
    QTest.keyClicks(text, "@zhangs")
    person.wait(lambda: _offered(person) == ["张三 研发部 13800000001"])


def test_of_thousands_nobody_is_looked_for_in_the_window_s_own_time(start: Start) -> None:
    person = start()
    many = [Contact(f"员工{number}", f"{13_800_000_000 + number}") for number in range(1_000)]
    person.program.contacts.put((*many, ZHANG))
    assert person.program.contacts.find("张") == ()
    text = _field(person)
    QTest.keyClicks(text, "@zhangs")
    person.wait(lambda: _offered(person) == ["张三 研发部 13800000001"])


def test_a_team_is_mentioned_in_one_step_and_taken_back_in_one(person: Person) -> None:
    text = _field(person)
    _compose(text, "请看 ")
    QTest.keyClicks(text, "@zhib")
    assert _offered(person) == ["值班 team 2 people"]
    QTest.keyClick(text, Qt.Key.Key_Return)
    session = person.program.session
    assert session.draft.text == "请看 @13800000003 @13800000001 "
    assert session.draft.mentions == Mentions(("13800000003", "13800000001"))
    chips = person.program.window.findChildren(QWidget, "compose.mentions.chip.1")
    assert len(chips) == 1
    session.undo()
    assert session.draft.text == "请看 @zhib"
    assert session.draft.mentions is None


def test_a_department_is_a_team_and_its_people_stand_behind_it(person: Person) -> None:
    text = _field(person)
    QTest.keyClicks(text, "@")
    _compose(text, "研发")
    assert [one.split()[0] for one in _offered(person)] == ["研发部", "赵爽", "张三"]
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert person.program.session.draft.mentions == Mentions(("13800000002", "13800000001"))


def test_one_person_stands_before_a_team_that_begins_so(person: Person) -> None:
    book = (replace(ZHANG, teams=("张家港",)), replace(LI, teams=("张家港",)))
    person.program.contacts.put(book)
    text = _field(person)
    QTest.keyClicks(text, "@")
    _compose(text, "张")
    assert [one.split()[0] for one in _offered(person)] == ["张三", "张家港"]


def test_a_team_is_added_in_the_line_of_mentions(person: Person) -> None:
    line = _field(person, "compose.mentions")
    _compose(line, "值班")
    assert _offered(person, "compose.mentions.people") == ["值班 team 2 people"]
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert person.program.session.draft.mentions == Mentions(("13800000003", "13800000001"))
    assert line.toPlainText() == ""


def _team(size: int) -> list[Contact]:
    return [
        Contact(f"员工{number}", f"{13_800_000_000 + number}", "", "", ("全员",))
        for number in range(size)
    ]


def test_a_team_of_more_than_fifty_is_offered_in_parts_for_a_message_each(person: Person) -> None:
    person.program.contacts.put(_team(120))
    text = _field(person)
    QTest.keyClicks(text, "@")
    _compose(text, "全员")
    parts = ["全员 1/3 team 40 people", "全员 2/3 team 40 people", "全员 3/3 team 40 people"]
    assert _offered(person) == parts
    QTest.keyClick(text, Qt.Key.Key_Down)
    QTest.keyClick(text, Qt.Key.Key_Return)
    mentions = person.program.session.draft.mentions
    assert mentions is not None
    assert mentions.mobiles == tuple(one.mobile for one in _team(120)[40:80])


def test_a_team_that_finds_no_room_is_refused_whole_and_in_words(person: Person) -> None:
    person.program.contacts.put(_team(50))
    text = _field(person)
    QTest.keyClicks(text, "@")
    _compose(text, "员工7")
    QTest.keyClick(text, Qt.Key.Key_Return)
    other = Contact("别人", "13900000000", "", "", ("别的",))
    person.program.contacts.put((*_team(50), other))
    QTest.keyClicks(text, "@")
    _compose(text, "别人")
    QTest.keyClick(text, Qt.Key.Key_Return)
    before = person.program.session.draft
    QTest.keyClicks(text, "@")
    _compose(text, "全员")
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert person.program.session.draft.mentions == before.mentions
    assert person.program.session.draft.text == f"{before.text}@全员"
    assert "全员 was not added: it has 50 people, 2 are mentioned already" in _refused(person)


def test_whoever_was_mentioned_in_a_group_comes_first_there_and_only_there(person: Person) -> None:
    text = _field(person)
    QTest.keyClicks(text, "@")
    assert _offered(person)[0].startswith("赵爽")
    QTest.keyClicks(text, "sxx")
    QTest.keyClick(text, Qt.Key.Key_Return)
    _compose(text, "请看")
    person.send()
    sandbox = person.target_id
    person.new_message()
    person.program.session.set_target(sandbox)
    text = _field(person)
    QTest.keyClicks(text, "@")
    assert [one.split()[0] for one in _offered(person)[:2]] == ["单雄信", "赵爽"]
    QTest.keyClicks(text, "x")
    assert _offered(person)[0].startswith("单雄信")
    person.new_message()
    text = _field(person)
    QTest.keyClicks(text, "@")
    assert _offered(person)[0].startswith("赵爽")


def test_a_name_that_is_being_typed_is_no_fault_until_nobody_is_offered(person: Person) -> None:
    text = _field(person)
    _compose(text, "请看 ")
    QTest.keyClicks(text, "@zhangs")
    compose = person.program.window.compose
    assert [one.code.value for one in compose.problems] == ["mention_name_unknown"]
    rows = compose.findChildren(QWidget, "compose.problem.0")
    assert [one for one in rows if one.isVisible()] == []
    QTest.keyClick(text, Qt.Key.Key_Escape)
    assert [one for one in compose.findChildren(QWidget, "compose.problem.0") if one.isVisible()]


# The dialog


def _open(person: Person) -> QDialog:
    person.program.window.findChildren(QAction, "menu.contacts")[0].trigger()
    dialog = person.program.window.findChildren(QDialog, "contacts")[-1]
    person.qtbot.waitUntil(dialog.isVisible)
    return dialog


def _click(dialog: QDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _note(dialog: QDialog) -> str:
    label = dialog.findChild(QLabel, "contacts.note")
    assert label is not None
    return label.text()


def _names(dialog: QDialog) -> list[str]:
    model = _table(dialog).model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def _table(dialog: QDialog) -> QTableView:
    table = dialog.findChild(QTableView, "contacts.table")
    assert table is not None
    return table


DINGTALK = (
    *("员工UserID", "部门", "职位", "姓名", "性别", "工号", "是否此部门主管(是/否)", "手机号"),
    *("邮箱", "分机号", "办公地点", "备注"),
)
"""The headings of DingTalk's own export of a company's people."""


def _exported(*people: Contact) -> bytes:
    rows = [
        (
            *(one.user_id or None, one.department, "工程师", one.name, "男", "0012", "否"),
            *(int(one.mobile), "a@example.com", 6612, "杭州", None),
        )
        for one in people
    ]
    notice = "填写须知：请不要修改表头，手机号不能重复"
    return workbook({"员工信息": [(notice,), DINGTALK, *rows], "说明": [("本表由管理员导出",)]})


def _file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_dingtalk_s_own_export_is_looked_at_and_then_saved(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = start()
    wang = Contact("王五", "13800000005", "manager7675", "研发部")
    path = _file(tmp_path, "组织架构.xlsx", _exported(wang, ZHAO))
    monkeypatch.setattr(questions, "choose_file", lambda *_: str(path))
    dialog = _open(person)
    _click(dialog, "contacts.import")
    person.wait(lambda: "people added" in _note(dialog))
    assert "From 组织架构.xlsx: 2 people added. Nothing is saved yet." in _note(dialog)
    assert _names(dialog) == ["王五", "赵爽"]
    assert not person.program.contacts.contacts
    _click(dialog, "contacts.save")
    assert person.program.contacts.contacts == (wang, ZHAO)


def test_a_file_completes_who_is_here_and_keeps_their_teams(person: Person, tmp_path: Path) -> None:
    dialog = _open(person)
    content = "姓名,手机号,部门\n单雄信,13800000004,安保部\n李四,13800000003,人事部\n周七,139,\n"
    path = _file(tmp_path, "名单.csv", content.encode("gb18030"))
    how = Qt.DropAction.CopyAction, _dragged(path), LEFT, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(dialog, QDragEnterEvent(QPoint(5, 5), *how))
    QApplication.sendEvent(dialog, QDropEvent(QPointF(5, 5), *how))
    person.wait(lambda: "already here" in _note(dialog))
    for words in ("1 line to be looked at", "1 completed", "1 already here"):
        assert words in _note(dialog)
    _click(dialog, "contacts.save")
    kept = {one.name: one for one in person.program.contacts.contacts}
    assert kept["单雄信"].department == "安保部"
    assert kept["李四"] == LI
    assert "周七" not in kept


_DRAGGED: list[QMimeData] = []  # Qt does not keep what an event only points to


def _dragged(path: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    _DRAGGED.append(data)
    return data


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"not a workbook", "a.xlsx is no sheet that can be read"),
        ("b.vcf", b"", "Nobody found"),
        ("c.csv", "日期,金额\n2024-07-01,12\n".encode(), "Nobody found"),
    ],
)
def test_a_file_without_people_says_so_and_changes_nothing(
    person: Person, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    dialog = _open(person)
    dialog.read_file(_file(tmp_path, name, content))  # type: ignore[attr-defined]
    person.wait(lambda: said in _note(dialog))
    assert person.program.contacts.contacts == (ZHAO, LI, ZHANG, SHAN)


def test_selected_people_are_put_into_a_team_and_taken_out(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "ask_words", lambda *_: "前端、后端")
    dialog = _open(person)
    table = _table(dialog)
    button = dialog.findChild(QPushButton, "contacts.team")
    assert button is not None
    assert not button.isEnabled()
    table.selectRow(0)
    menu = button.menu()
    menu.aboutToShow.emit()
    assert [one.text() for one in menu.actions() if one.text()] == ["值班", "New team…"]
    menu.actions()[-1].trigger()
    assert "1 person put into 前端." in _note(dialog)
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    table.selectRow(1)
    menu.aboutToShow.emit()
    (on_call,) = (one for one in menu.actions() if one.text() == "值班")
    assert on_call.isChecked()
    on_call.trigger()
    assert "1 person taken out of 值班." in _note(dialog)
    _click(dialog, "contacts.save")
    assert [one.teams for one in person.program.contacts.contacts] == [
        ("前端", "值班"),
        (),
        ("值班",),
        (),
    ]


def test_teams_are_typed_into_their_column(person: Person) -> None:
    dialog = _open(person)
    model = _table(dialog).model()
    assert model.setData(model.index(3, 4), "值班，安保")
    assert model.index(3, 4).data() == "值班、安保"
    _click(dialog, "contacts.save")
    assert person.program.contacts.contacts[3].teams == ("值班", "安保")


def test_the_search_of_the_dialog_knows_pinyin_and_teams(person: Person) -> None:
    dialog = _open(person)
    person.wait(lambda: person.program.contacts.is_spelled)
    search = dialog.findChild(QPlainTextEdit, "contacts.search")
    assert search is not None
    for words, names in (
        ("zs", ["赵爽", "张三"]),
        ("值班", ["李四", "张三"]),
        ("ls 人事", ["李四"]),
    ):
        search.setFocus()
        QTest.keyClick(search, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        _compose(search, words)
        assert _names(dialog) == names
