"""Templates in the real window: found, filled in, used, kept from drafts and from sends."""

import json
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTreeWidget,
    QWidget,
)

from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.contacts import Contact
from dingcomposer.core.delivery import Status
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import FeedCard, FeedLink, Kind, Link, Markdown, Mentions, Text
from dingcomposer.core.robot import Stage
from dingcomposer.core.templates.documents import from_document, to_document
from dingcomposer.core.templates.template import FieldKind, Template, TemplateField
from dingcomposer.services.templates import Origin
from dingcomposer.storage.templates.files import ENDING
from dingcomposer.ui import questions
from dingcomposer.ui.preview.bubble.bubble import Bubble
from dingcomposer.ui.templates.dialog import TemplatesDialog
from dingcomposer.ui.templates.fields_form import FieldsForm, Offers
from dingcomposer.ui.templates.fill_dialog import FillDialog
from dingcomposer.ui.templates.save_dialog import SaveTemplateDialog
from dingcomposer.ui.widgets.dates import DateField
from dingcomposer.ui.widgets.text_fields import TextLine
from tests.fakes.fake_dialogs import Answer
from tests.fakes.programs import Person, Start

Found = TypeVar("Found", bound=QObject)
MAINTENANCE = Template(
    "停机",
    Draft(
        kind=Kind.MARKDOWN,
        title="{{系统}}停机",
        text="- **系统**：{{系统}}\n- 日期：{{日期}}\n- 请 {{人}} 确认\n- 备注：{{备注}}\n\n"
        "{{my_name}}",
    ),
    (
        TemplateField("系统", FieldKind.CHOICE, choices=("OA", "ERP")),
        TemplateField("日期", FieldKind.DATE),
        TemplateField("人", FieldKind.PERSON),
        TemplateField("备注", is_optional=True),
    ),
    "运维",
)


def act(person: Person, name: str) -> None:
    action = person.program.window.findChild(QAction, f"menu.{name}")
    assert action is not None
    action.trigger()


def open_templates(person: Person, key: str = "") -> TemplatesDialog:
    if key:
        person.program.window.launchers.templates.show(key)
    else:
        act(person, "templates")
    return [d for d in person.program.window.findChildren(TemplatesDialog) if d.isVisible()][-1]


def save_dialog_of(person: Person) -> SaveTemplateDialog:
    return [d for d in person.program.window.findChildren(SaveTemplateDialog) if d.isVisible()][-1]


def find(dialog: QWidget, kind: type[Found], name: str) -> Found:
    found = dialog.findChild(kind, name)
    assert found is not None, name
    return found


def put(form: FieldsForm, name: str, value: str) -> None:
    """Fill in a field as a person does."""
    match form.field(name):
        case DateField() as field:
            field.set_value(value)
        case QComboBox() as box:
            box.setEditText(value)
        case QPlainTextEdit() as text:
            text.setPlainText(value)
        case QLineEdit() as line:
            line.setText(value)
        case _:
            raise AssertionError(name)


def click(dialog: QWidget, name: str) -> None:
    button = find(dialog, QPushButton, name)
    assert button.isEnabled()
    button.click()


def names(dialog: TemplatesDialog) -> list[str]:
    tree = find(dialog, QTreeWidget, "templates.list")
    found = []
    for row in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(row)
        assert top is not None
        children = (top.child(at) for at in range(top.childCount()))
        found += [child.text(0) for child in children if child is not None]
    return found


def preview(dialog: TemplatesDialog) -> str:
    return find(dialog, Bubble, "bubble").accessibleName()


def test_sixteen_are_there_at_once_and_a_few_letters_find_one(start: Start) -> None:
    person = start()
    dialog = open_templates(person)
    assert len(names(dialog)) == 16
    search = find(dialog, TextLine, "templates.search")
    search.setFocus()
    search.insertPlainText("outage")
    assert names(dialog) == ["End of an outage", "Outage"]
    search.insertPlainText(" nothing")
    assert names(dialog) == []
    assert not find(dialog, QPushButton, "templates.use").isEnabled()
    assert find(dialog, QLabel, "templates.name").text() == "No template is called so"


def test_a_template_is_filled_in_beside_its_preview_and_used_in_one_step(start: Start) -> None:
    person = start()
    program = person.program
    program.contacts.put((Contact("张三", "13800000001"), Contact("李四", user_id="lisi")))
    program.session.set_target(None)
    person.aim("Sandbox")
    saved = program.window.launchers.templates.templates.save(MAINTENANCE)
    dialog = open_templates(person, saved.key)
    empty = find(dialog, QLabel, "templates.empty")
    assert empty.text() == "Still empty: 系统, 日期, 人, my_name"
    put(dialog.form, "系统", "ERP")
    put(dialog.form, "日期", "2026-12-04")
    put(dialog.form, "人", "张三 李四")
    put(dialog.form, "my_name", "王*芳")
    assert empty.text() == ""
    assert "ERP停机" in find(dialog, QLabel, "templates.title").text()
    click(dialog, "templates.use")
    assert not dialog.isVisible()
    made = program.session.draft
    assert made.title == "ERP停机"
    year = "" if date.today().year == 2026 else "2026年"  # noqa: DTZ011 - what the person's clock says
    assert made.text == (
        f"- **系统**：ERP\n- 日期：{year}12月4日（周五）\n- 请 @13800000001 @lisi 确认\n\n王\\*芳"
    )
    assert made.mentions == Mentions(("13800000001",), ("lisi",))
    assert program.session.target_id is not None  # nothing was written yet: the group stays
    program.session.undo()
    assert program.session.draft == Draft()
    again = open_templates(person, saved.key)
    assert "my_name" not in again.form.values  # it is known now


def test_tab_leads_from_the_list_through_the_fields_to_the_buttons(start: Start) -> None:
    person = start()
    dialog = open_templates(person)
    widget: QWidget | None = find(dialog, QTreeWidget, "templates.list")
    passed: list[str] = []
    while not passed or passed[-1] != "templates.use":
        assert widget is not None
        widget = widget.nextInFocusChain()
        assert widget is not None
        if widget.objectName().startswith(("templates.field.", "templates.use")):
            passed.append(widget.objectName())
    count = len(dialog.form.fields)
    assert passed == [*(f"templates.field.{number}" for number in range(count)), "templates.use"]


def test_a_button_beside_the_drafts_opens_them_too(start: Start) -> None:
    person = start()
    person.driver.click("drafts.templates")
    assert [d for d in person.program.window.findChildren(TemplatesDialog) if d.isVisible()]


def test_enter_in_the_list_leads_to_the_fields_and_there_it_uses_the_template(
    start: Start,
) -> None:
    person = start()
    dialog = open_templates(person)
    tree = find(dialog, QTreeWidget, "templates.list")
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert dialog.isVisible()
    first = dialog.form.fields[0]
    person.wait(first.hasFocus)
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert not person.program.session.draft.is_blank


def test_last_values_are_offered(start: Start) -> None:
    person = start()
    saved = person.program.window.launchers.templates.templates.save(
        Template("t", Draft(text="{{甲}} {{名单}}"), (TemplateField("名单", is_markdown=True),))
    )
    for value in ("一", "二"):
        dialog = open_templates(person, saved.key)
        put(dialog.form, "甲", value)
        put(dialog.form, "名单", f"- {value}")
        click(dialog, "templates.use")
    dialog = open_templates(person, saved.key)
    box = dialog.form.field("甲")
    assert isinstance(box, QComboBox)
    assert [box.itemText(row) for row in range(box.count())] == ["二", "一"]
    assert box.currentText() == ""
    assert dialog.form.values["名单"] == "- 二"


def test_what_is_still_empty_may_be_used_and_is_kept_from_a_real_group(start: Start) -> None:
    person = start()
    person.add_group("全员", Stage.PRODUCTION)
    dialog = open_templates(person)
    click(dialog, "templates.use")
    person.aim("全员")
    assert not person.driver.find("compose.send").isEnabled()


def test_the_draft_is_kept_as_a_template_with_what_is_ticked(start: Start) -> None:
    person = start()
    person.write_text("12月4日（周五） 22:00 {{系统}} 停机，请 @13800000001 确认")
    act(person, "keep_template")
    dialog = save_dialog_of(person)
    name = find(dialog, QLineEdit, "save_template.name")
    assert name.text() == "停机，请 @13800000001 确认"
    name.clear()
    assert not find(dialog, QPushButton, "save_template.save").isEnabled()
    name.setText("停机")
    find(dialog, QComboBox, "save_template.folder").setEditText("运维")
    ticks = list(dialog.findChildren(QCheckBox))
    assert [one.accessibleName() for one in ticks] == [
        *("{{系统}}", "12月4日（周五）", "22:00", "@13800000001"),
    ]
    assert [one.isEnabled() for one in ticks] == [False, True, True, True]
    ticks[2].click()
    find(dialog, QLineEdit, "save_template.1.name").setText("日期")
    find(dialog, QLineEdit, "save_template.3.name").setText("日期")
    assert not find(dialog, QPushButton, "save_template.save").isEnabled()
    find(dialog, QLineEdit, "save_template.3.name").setText("人")
    click(dialog, "save_template.save")
    known = person.program.window.launchers.templates.templates.known
    (kept,) = [one.template for one in known if one.origin is Origin.OWN]
    assert kept.draft.text == "{{日期}} 22:00 {{系统}} 停机，请 {{人}} 确认"
    assert [(one.name, one.kind) for one in kept.fields] == [
        ("系统", FieldKind.TEXT),
        ("日期", FieldKind.DATE),
        ("人", FieldKind.PERSON),
    ]
    act(person, "keep_template")
    again = save_dialog_of(person)
    find(again, QLineEdit, "save_template.name").setText("停机")
    assert "takes the place" in find(again, QLabel, "save_template.reason").text()
    click(again, "save_template.save")
    known = person.program.window.launchers.templates.templates.known
    assert len([one for one in known if one.origin is Origin.OWN]) == 1


def test_an_empty_draft_is_no_template(start: Start) -> None:
    person = start()
    act(person, "keep_template")
    assert person.program.window.findChildren(SaveTemplateDialog) == []


def test_a_send_is_kept_with_what_differs_from_an_earlier_one(start: Start) -> None:
    person = start()
    person.aim("Sandbox")
    for text in ("版本：v1.2\n今晚 20:00 发布到生产环境", "版本：v1.3\n今晚 20:00 发布到生产环境"):
        person.write_text(text)
        assert person.send().status is Status.DELIVERED
        person.new_message()
        person.aim("Sandbox")
    (row, _) = person.program.history.page()
    person.program.window.launchers.templates.keep_message(row.message)
    dialog = save_dialog_of(person)
    assert find(dialog, QComboBox, "save_template.compare").count() == 2
    ticks = {one.accessibleName(): one.isChecked() for one in dialog.findChildren(QCheckBox)}
    assert ticks == {"v1.3": True, "20:00": False}
    click(dialog, "save_template.save")
    known = person.program.window.launchers.templates.templates.known
    (kept,) = [one.template for one in known if one.origin is Origin.OWN]
    assert kept.draft.text == "版本：{{版本}}\n今晚 20:00 发布到生产环境"


def test_files_are_taken_in_written_out_and_deleted(
    start: Start, answer: Answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(template_delete="delete")
    person = start()
    path = tmp_path / "a.json"
    path.write_text(json.dumps(to_document(MAINTENANCE)), encoding="utf-8")
    monkeypatch.setattr(questions, "choose_file", lambda *_: str(path))
    out = tmp_path / f"out{ENDING}"
    monkeypatch.setattr(questions, "choose_new_file", lambda *_: str(out))
    dialog = open_templates(person)
    dialog.asked.emit("import", dialog.chosen)
    assert dialog.chosen is not None
    assert dialog.chosen.template == MAINTENANCE
    dialog.asked.emit("export", dialog.chosen)
    assert from_document(json.loads(out.read_text("utf-8"))) == MAINTENANCE
    dialog.asked.emit("delete", dialog.chosen)
    assert "停机" not in names(dialog)
    path.write_text("{}", encoding="utf-8")
    dialog.asked.emit("import", dialog.chosen)
    assert asked.names == ["template_delete", "template_broken"]
    assert asked.asked[1].text == "This file is no template of DingComposer."


def test_one_that_is_written_on_goes_back_with_what_was_known_of_its_fields(start: Start) -> None:
    person = start()
    templates = person.program.window.launchers.templates.templates
    saved = templates.save(MAINTENANCE)
    dialog = open_templates(person, saved.key)
    dialog.asked.emit("edit", dialog.chosen)
    assert person.program.session.draft.text == MAINTENANCE.draft.text
    act(person, "keep_template")
    click(save_dialog_of(person), "save_template.save")
    (again,) = [one.template for one in templates.known if one.origin is Origin.OWN]
    assert again.fields == MAINTENANCE.fields
    assert (again.name, again.folder) == ("停机", "运维")


def test_a_day_nobody_has_published_is_asked_for_and_said(start: Start) -> None:
    person = start()
    form = FieldsForm(person.program.window)
    template = Template("t", Draft(text="{{next_working_day}} {{today}}"))
    form.show_template(template, Offers(date(2026, 12, 31), {}, {}))
    note = find(form, QLabel, "templates.coverage")
    assert "2026" in note.text()
    assert form.values["next_working_day"] == ""
    put(form, "next_working_day", "2027-01-04")
    assert form.values["next_working_day"] == "2027-01-04"


def test_a_message_out_of_the_history_and_all_its_kinds_can_be_kept(start: Start) -> None:
    person = start()
    feed = FeedCard((FeedLink("题", "https://a.example.com", "https://a.example.com/b.png"),))
    for message in (Text("你好"), Markdown("题", "文"), Link("题", "文", "https://a.cn"), feed):
        person.program.window.launchers.templates.keep_message(message)
        save_dialog_of(person).reject()


def test_the_fields_of_a_draft_are_filled_in_where_the_problem_is_told(start: Start) -> None:
    person = start()
    person.write_text("{{系统}} 今晚停机，{{group_name}}")
    person.aim("Sandbox")
    compose = person.program.window.compose
    (problem,) = [one for one in compose.problems if one.code is ProblemCode.FIELD_UNFILLED]
    assert compose.quick_fixes.can_fix(problem)
    compose.quick_fixes.fix([problem])
    (dialog,) = person.program.window.findChildren(FillDialog)
    assert "系统" in find(dialog, QLabel, "fill.empty").text()
    put(dialog.form, "系统", "OA")
    click(dialog, "fill.take")
    assert person.program.session.draft.text == "OA 今晚停机，{{group_name}}"
    assert not [one for one in compose.problems if one.code is ProblemCode.FIELD_UNFILLED]
    person.program.session.undo()
    assert person.program.session.draft.text == "{{系统}} 今晚停机，{{group_name}}"


def test_fields_that_are_none_are_sent_as_they_stand(start: Start) -> None:
    person = start()
    person.write_text("写 {{系统}}")
    compose = person.program.window.compose
    compose.quick_fixes.fix(compose.problems[:1])
    (dialog,) = person.program.window.findChildren(FillDialog)
    click(dialog, "fill.keep")
    assert person.program.session.draft.text == "写 \\{{系统}}"
    assert compose.problems == ()
    assert person.send().message == Text("写 {{系统}}")
    person.program.session.undo()
    assert person.program.session.draft.text == "写 {{系统}}"
