"""The one door: what was understood is shown first, and only then taken over, each to its place."""

import json
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from dingcomposer.core.draft import Draft, to_message
from dingcomposer.core.messages import Kind, Markdown, Text
from dingcomposer.ui.contacts.dialog import ContactsDialog
from dingcomposer.ui.robots.dialog import RobotDialog
from dingcomposer.ui.widgets.text_fields import TextField
from dingcomposer.ui.window.paste_dialog import PasteDialog
from tests.fakes.programs import Person, Start
from tests.fakes.workbooks import workbook

TOKEN = "3f0c" * 16
SECRET = "SEC" + "7a1e" * 16
WEBHOOK = f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}"
TEXT = json.dumps({"msgtype": "text", "text": {"content": "今晚停机"}}, ensure_ascii=False)
CURL = f"curl '{WEBHOOK}' -H 'Content-Type: application/json' -d '{TEXT}'"
WECOM = json.dumps({"msgtype": "markdown", "markdown": {"content": "**今晚停机**"}})
PEOPLE = "张三\t13800000001\n李四\t13800000002"


def put(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def door(person: Person) -> PasteDialog:
    """The door, as it stands open."""
    found = [
        one
        for one in person.program.window.findChildren(PasteDialog)
        if not one.isHidden() and one.objectName() == "paste"
    ]
    assert len(found) == 1
    return found[0]


def opened(person: Person, clipboard: str) -> PasteDialog:
    put(clipboard)
    action = person.program.window.findChild(QAction, "menu.paste_message")
    assert action is not None
    action.trigger()
    return door(person)


def words(dialog: QWidget) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if not one.isHidden())


def box(dialog: QWidget, name: str) -> QCheckBox | None:
    return dialog.findChild(QCheckBox, f"paste.{name}")


def boxes(dialog: QWidget, name: str) -> list[QCheckBox]:
    return dialog.findChildren(QCheckBox, f"paste.{name}")


def press(dialog: QWidget, name: str) -> None:
    button = dialog.findChild(QPushButton, f"paste.{name}")
    assert button is not None
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def text_field(person: Person) -> TextField:
    found = person.program.window.findChild(TextField, "compose.text")
    assert found is not None
    return found


@pytest.mark.parametrize(
    "clipboard",
    [TEXT, CURL, f"requests.post(url, json={TEXT})", f"data := `{TEXT}`"],
    ids=["JSON", "curl", "Python", "Go"],
)
def test_a_message_is_shown_and_becomes_the_draft_in_one_step(start: Start, clipboard: str) -> None:
    person = start()
    dialog = opened(person, clipboard)
    session = person.program.session
    assert session.draft == Draft(), "nothing is taken over before somebody says so"
    assert "今晚停机" in words(dialog)
    robot = box(dialog, "robot")
    if robot is not None:
        robot.setChecked(False)
    press(dialog, "accept")
    assert to_message(session.draft) == Text("今晚停机")
    session.undo()
    assert session.draft == Draft()


def test_beside_a_draft_a_new_one_begins(start: Start) -> None:
    person = start()
    person.write_text("刚开始写")
    press(opened(person, TEXT), "accept")
    session = person.program.session
    assert to_message(session.draft) == Text("今晚停机")
    assert session.target_id is None
    assert {one.headline for one in session.summaries} == {"刚开始写", "今晚停机"}


SEVERAL = "\n".join(CURL.replace("今晚停机", words) for words in ("一", "二", "三"))


def test_each_of_several_messages_becomes_a_draft(start: Start) -> None:
    person = start()
    person.write_text("刚开始写")
    dialog = opened(person, SEVERAL)
    offered = boxes(dialog, "message")
    assert [one.isChecked() for one in offered] == [True, True, True]
    (robot,) = boxes(dialog, "robot")
    robot.setChecked(False)
    press(dialog, "accept")
    session = person.program.session
    assert [one.headline for one in session.summaries] == ["一", "二", "三", "刚开始写"]
    assert (to_message(session.draft), session.target_id) == (Text("一"), None)


def test_of_several_messages_some_can_be_left(start: Start) -> None:
    person = start()
    dialog = opened(person, SEVERAL)
    (every,) = boxes(dialog, "all")
    assert every.text() == "3 messages: each that is ticked becomes a draft"
    every.click()
    boxes(dialog, "robot")[0].setChecked(False)
    accept = dialog.findChild(QPushButton, "paste.accept")
    assert accept is not None
    assert not accept.isEnabled()
    boxes(dialog, "message")[1].setChecked(True)
    assert every.checkState() is Qt.CheckState.PartiallyChecked
    press(dialog, "accept")
    session = person.program.session
    assert [one.headline for one in session.summaries] == ["二"]
    session.undo()
    assert session.draft == Draft(), "into a blank draft it comes in one step"


def test_commands_for_several_robots_give_their_messages_and_each_robot(start: Start) -> None:
    person = start()
    other = CURL.replace("3f0c", "a4b1").replace("停机", "发布")
    dialog = opened(person, f"{CURL}\n{other}")
    offered = boxes(dialog, "robot")
    assert [one.text() for one in offered] == [
        "Robot in line 1: oapi.dingtalk.com, access token",
        "Robot in line 2: oapi.dingtalk.com, access token",
    ]
    assert all(one.isChecked() for one in offered)
    press(dialog, "accept")
    assert [one.headline for one in person.program.session.summaries] == ["今晚停机", "今晚发布"]
    for name in ("维护群", "发布群"):
        person.wait(lambda: len(person.program.window.findChildren(RobotDialog)) == 1)
        (form,) = person.program.window.findChildren(RobotDialog)
        assert not form.form.lacks_webhook
        line = form.findChild(QLineEdit, "robot.name")
        assert line is not None
        line.setText(name)
        person.driver.click("robot.stage.test")
        save = form.findChild(QPushButton, "robot.save")
        assert save is not None
        person.wait(save.isEnabled)
        save.click()
        person.wait(partial(has_webhook, person, name))
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    fingerprints = {person.robot_called(one).token_fingerprint for one in ("维护群", "发布群")}
    assert len(fingerprints) == 2


def has_webhook(person: Person, name: str) -> bool:
    robots = person.program.robot_profiles.robots
    return any(one.name == name and one.has_token for one in robots)


def test_one_of_several_robots_can_be_left(start: Start) -> None:
    person = start()
    dialog = opened(person, f"{WEBHOOK}\n{WEBHOOK.replace('3f0c', 'a4b1')}")
    boxes(dialog, "robot")[0].setChecked(False)
    press(dialog, "accept")
    (form,) = person.program.window.findChildren(RobotDialog)
    form.done(0)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert person.program.window.findChildren(RobotDialog) == []


def test_a_token_goes_to_the_robots_form_and_nowhere_else(start: Start) -> None:
    person = start()
    dialog = opened(person, f"{CURL}\n加签密钥 {SECRET}")
    shown = words(dialog) + "".join(one.text() for one in dialog.findChildren(QCheckBox))
    assert "oapi.dingtalk.com" in shown
    assert TOKEN not in shown
    assert SECRET not in shown
    press(dialog, "accept")
    robots = person.program.window.findChildren(RobotDialog)
    assert len(robots) == 1
    assert not robots[0].form.lacks_webhook
    assert to_message(person.program.session.draft) == Text("今晚停机")
    robots[0].form.set_stored(robots[0].form.robot)
    robots[0].deleteLater()


def test_people_go_to_the_contacts_to_be_looked_at(start: Start) -> None:
    person = start()
    dialog = opened(person, PEOPLE)
    people, message = box(dialog, "people"), box(dialog, "message")
    assert people is not None and people.isChecked()
    assert message is not None and not message.isChecked()
    press(dialog, "accept")
    (contacts,) = person.program.window.findChildren(ContactsDialog)
    assert [one.name for one in contacts.contacts()] == ["张三", "李四"]
    assert person.program.session.draft == Draft()
    contacts.deleteLater()


def test_rows_become_lines_or_a_table_and_the_choice_is_kept(start: Start) -> None:
    person = start()
    dialog = opened(person, "项目\t状态\n登录\t完成")
    assert "- 项目：登录；状态：完成" in words(dialog)
    radio = dialog.findChild(QRadioButton, "paste.table")
    assert radio is not None
    radio.click()
    assert "| 登录 | 完成 |" in words(dialog)
    press(dialog, "accept")
    assert person.program.session.draft.text == "| 项目 | 状态 |\n| --- | --- |\n| 登录 | 完成 |"
    action = person.program.window.findChild(QAction, "menu.tables_as_lines")
    assert action is not None
    assert not action.isChecked()


def test_what_was_set_right_or_left_out_is_said_before(start: Start) -> None:
    person = start()
    dialog = opened(
        person, "{'msgtype': 'text', 'text': {'content': '好', 'lang': 'zh'}, 'at': {'isAtAll': 1}}"
    )
    said = words(dialog)
    assert "single quotation marks" in said
    assert "text.lang" in said
    assert "at.isAtAll" in said
    press(dialog, "accept")
    draft = person.program.session.draft
    assert (draft.extras[0].name, draft.sends_extras) == ("text.lang", False)


@pytest.mark.parametrize(
    ("clipboard", "sentence"),
    [
        ("", "There is nothing to read."),
        ('{"msgtype": "poll", "poll": {"title": "x"}}', "“msgtype” is none that group robots"),
        (
            '{"msgtype": "image", "image": {"base64": "x"}}',
            "A message of this kind cannot be turned into DingTalk's.",
        ),
        ('{"msgtype": "text", ', "Line 1, column 20: it ends in the middle."),
        ("x" * 210_000, "This is over 200 KB"),
    ],
    ids=["nothing", "no message", "no counterpart", "half", "too long"],
)
def test_what_is_no_message_says_so_and_nothing_can_be_taken(
    start: Start, clipboard: str, sentence: str
) -> None:
    person = start()
    person.write_text("刚开始写")
    dialog = opened(person, clipboard)
    assert sentence in words(dialog)
    accept = dialog.findChild(QPushButton, "paste.accept")
    assert accept is not None
    assert not accept.isEnabled()
    assert to_message(person.program.session.draft) == Text("刚开始写")


def test_another_paste_in_the_door_takes_the_place_of_the_first(start: Start) -> None:
    person = start()
    dialog = opened(person, "")
    put(TEXT)
    field = dialog.findChild(TextField, "paste.field")
    assert field is not None
    field.setFocus()
    field.paste()
    assert "今晚停机" in words(dialog)
    assert field.text() == ""


def test_another_companys_message_is_named(start: Start) -> None:
    person = start()
    dialog = opened(person, WECOM)
    assert "Another company's message" in words(dialog)
    press(dialog, "accept")
    message = to_message(person.program.session.draft)
    assert isinstance(message, Markdown)
    assert message.text == "**今晚停机**"


def test_a_template_of_alertmanagers_becomes_fields(start: Start) -> None:
    person = start()
    template = (
        '{{ define "ding.link.title" }}{{ .CommonLabels.alertname }}{{ end }}'
        '{{ define "ding.link.content" }}{{ range .Alerts }}\n'
        "#### {{ .Labels.severity }}\n{{ end }}{{ end }}"
    )
    dialog = opened(person, template)
    assert "severity" in words(dialog)
    assert "{{ range .Alerts }}" in words(dialog)
    press(dialog, "accept")
    draft = person.program.session.draft
    assert (draft.kind, draft.title) == (Kind.MARKDOWN, "{{alertname}}")
    assert draft.text == "#### {{severity}}"


# --- pasting into the form ------------------------------------------------------------------------


def test_a_command_pasted_into_an_empty_draft_is_offered_and_can_be_words(start: Start) -> None:
    person = start()
    put(CURL)
    text_field(person).setFocus()
    text_field(person).paste()
    dialog = door(person)
    assert text_field(person).text() == ""
    press(dialog, "text")
    written = text_field(person).text()
    assert "今晚停机" in written
    assert TOKEN not in written
    person.program.session.undo()
    assert person.program.session.draft == Draft()


def test_a_secret_pasted_into_a_title_can_be_words_there_without_it(start: Start) -> None:
    person = start()
    person.program.session.edit(Draft(Kind.MARKDOWN, "题", "字"))
    title = person.program.window.findChild(TextField, "compose.title")
    assert title is not None
    title.setFocus()
    title.selectAll()
    put(f"地址\n{WEBHOOK}")
    title.paste()
    press(door(person), "text")
    draft = person.program.session.draft
    assert draft.title.startswith("地址 https://")
    assert TOKEN not in draft.title
    assert draft.text == "字"


def test_json_pasted_into_a_draft_with_words_is_words(start: Start) -> None:
    person = start()
    person.write_text("例子：")
    put(TEXT)
    text_field(person).setFocus()
    text_field(person).moveCursor(text_field(person).textCursor().MoveOperation.End)
    text_field(person).paste()
    assert text_field(person).text() == f"例子：{TEXT}"


@pytest.mark.parametrize("name", ["compose.text", "compose.title", "compose.json"])
def test_a_token_never_comes_into_any_field(start: Start, name: str) -> None:
    person = start()
    session = person.program.session
    session.edit(Draft(Kind.MARKDOWN, "题", "字"))
    if name == "compose.json":
        person.program.window.compose.show_json(is_shown=True)
    field = person.program.window.findChild(TextField, name)
    assert field is not None
    for secret in (f"地址 {WEBHOOK}", SECRET):
        put(secret)
        field.setFocus()
        field.paste()
        door(person).reject()
        QApplication.sendPostedEvents()
    assert session.draft == Draft(Kind.MARKDOWN, "题", "字")


# --- files ----------------------------------------------------------------------------------------


def drop(person: Person, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    what = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton)
    no_key = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), *what, no_key)
    QApplication.sendEvent(person.program.window, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(person.program.window, QDropEvent(QPointF(5, 5), *what, no_key))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("周报.md", "# 周报\n\n- 完成".encode(), "周报"),
        ("消息.json", TEXT.encode(), "今晚停机"),
        ("老.txt", "今晚停机".encode("gb18030"), "今晚停机"),
        ("值班.csv", "姓名,电话\n张三,13800000001\n".encode("utf-8-sig"), "张三"),
        ("页.html", "<h1>通知</h1><p><b>明天</b>放假</p>".encode(), "明天"),
        ("图.png", b"\x89PNG", "public address"),
        ("程序.exe", b"MZ\x00\x00\x90", "neither words nor a sheet"),
        ("空.txt", b"", "This file is empty."),
    ],
)
def test_a_dropped_file_is_shown(
    start: Start, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    person = start()
    path = tmp_path / name
    path.write_bytes(content)
    drop(person, path)
    dialog = door(person)
    person.wait(lambda: said in words(dialog))
    assert name in words(dialog)


def test_a_markdown_file_becomes_the_draft(start: Start, tmp_path: Path) -> None:
    person = start()
    path = tmp_path / "周报.md"
    path.write_text("---\ntags: x\n---\n# 周报\n\n- **完成** 登录", encoding="utf-8")
    drop(person, path)
    dialog = door(person)
    person.wait(lambda: box(dialog, "message"))
    press(dialog, "accept")
    draft = person.program.session.draft
    assert (draft.kind, draft.title) == (Kind.MARKDOWN, "周报")
    assert draft.text == "# 周报\n\n- **完成** 登录"


def test_a_workbook_becomes_lines(start: Start, tmp_path: Path) -> None:
    person = start()
    path = tmp_path / "值班.xlsx"
    rows = [["日期", "值班人"], ["周一", "# 张三"], ["周二", "- 李四"]]
    path.write_bytes(workbook({"十月": rows, "十一月": [["x"]]}))
    drop(person, path)
    dialog = door(person)
    person.wait(lambda: box(dialog, "message"))
    assert "十月" in words(dialog)
    assert "十一月" in words(dialog)
    assert [one.isChecked() for one in boxes(dialog, "message")] == [True, False]
    press(dialog, "accept")
    session = person.program.session
    assert session.draft.text == "- 日期：周一；值班人：\\# 张三\n- 日期：周二；值班人：\\- 李四"
    assert len(session.summaries) == 1


def test_any_sheet_of_a_workbook_can_be_had(start: Start, tmp_path: Path) -> None:
    person = start()
    path = tmp_path / "值班.xlsx"
    path.write_bytes(workbook({"十月": [["一"]], "十一月": [["二"]], "十二月": [["三"]]}))
    drop(person, path)
    dialog = door(person)
    person.wait(lambda: box(dialog, "message"))
    for one, is_on in zip(boxes(dialog, "message"), (False, True, True), strict=True):
        one.setChecked(is_on)
    press(dialog, "accept")
    assert [one.headline for one in person.program.session.summaries] == ["二", "三"]


def test_of_several_dropped_files_each_is_offered(start: Start, tmp_path: Path) -> None:
    person = start()
    names = ("甲.md", "乙.json", "图.png", "丙.csv")
    contents = (
        "# 周报\n\n- 完成".encode(),
        CURL.encode(),
        b"\x89PNG",
        "项目,状态\n登录,好".encode(),
    )
    for name, content in zip(names, contents, strict=True):
        (tmp_path / name).write_bytes(content)
    drop(person, *(tmp_path / name for name in names))
    dialog = door(person)
    person.wait(lambda: box(dialog, "message"))
    said = words(dialog)
    assert all(name in said for name in names)
    assert "4 files" in said
    assert "public address" in said, "the picture is not passed over without a word"
    robot = box(dialog, "robot")
    assert robot is not None
    robot.setChecked(False)
    press(dialog, "accept")
    drafts = [one.headline for one in person.program.session.summaries]
    assert drafts == ["周报", "今晚停机", "项目：登录；状态：好"]
    assert person.program.session.draft.title == "周报"


def test_more_files_than_are_opened_are_told(start: Start, tmp_path: Path) -> None:
    person = start()
    paths = [tmp_path / f"{number}.txt" for number in range(22)]
    for path in paths:
        path.write_text(f"第 {path.stem} 条", encoding="utf-8")
    drop(person, *paths)
    dialog = door(person)
    person.wait(lambda: box(dialog, "message"))
    assert "The first 20 of 22 files" in words(dialog)
    assert len(boxes(dialog, "message")) == 20


def test_a_file_that_is_gone_says_so(start: Start, tmp_path: Path) -> None:
    person = start()
    drop(person, tmp_path / "gone.md")
    dialog = door(person)
    person.wait(lambda: "cannot be read" in words(dialog))


def test_no_token_that_came_by_this_door_lies_in_a_file_or_in_the_log(
    start: Start, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Through the clipboard, a field, a program, a template and a file: saved, and closed."""
    person = start()
    session = person.program.session
    program = (
        f'URL = "{WEBHOOK}"\nKEY = "{SECRET}"\n'
        'post(URL, json={"msgtype": "text", "text": {"content": what}, "access_token": "'
        f'{TOKEN}"}})'
    )
    template = f'{{{{ define "a" }}}}{WEBHOOK} {{{{ .Labels.b }}}} {SECRET}{{{{ end }}}}'
    for text in (f"{CURL}\n加签密钥 {SECRET}", program, template, f"说明 {WEBHOOK} 和 {SECRET}"):
        dialog = opened(person, text)
        robot = box(dialog, "robot")
        if robot is not None:
            robot.setChecked(False)
        accept = dialog.findChild(QPushButton, "paste.accept")
        assert accept is not None
        accept.click() if accept.isEnabled() else dialog.reject()
        QApplication.sendPostedEvents()
        put(text)
        text_field(person).setFocus()
        text_field(person).paste()
        found = [one for one in person.program.window.findChildren(PasteDialog) if one.isVisible()]
        if found:
            press(found[0], "text")
        session.flush()
    path = tmp_path / "curl.txt"
    path.write_text(CURL, encoding="utf-8")
    drop(person, path)
    path.unlink()
    assert session.draft.text
    person.program.shut_down()
    written = b"".join(one.read_bytes() for one in (tmp_path / "data").rglob("*") if one.is_file())
    for secret in (TOKEN, SECRET):
        assert secret.encode() not in written
        assert secret not in caplog.text


def test_half_typed_json_comes_back_after_a_restart(start: Start) -> None:
    person = start()
    person.write_text("今晚")
    window = person.program.window
    window.compose.show_json(is_shown=True)
    field = window.findChild(TextField, "compose.json")
    assert field is not None
    field.edit_text('{"msgtype": "te', 0, 0)
    person.program.session.flush()
    person.program.shut_down()
    again = start()
    assert again.program.session.draft.text == "今晚"
    again.program.window.compose.show_json(is_shown=True)
    field = again.program.window.findChild(TextField, "compose.json")
    assert field is not None
    assert field.text() == '{"msgtype": "te'
    again.program.session.undo()
    assert '"content": "今晚"' in field.text()
