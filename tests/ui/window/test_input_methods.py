"""An input method in every field of the writing part: what it shows meanwhile is no text yet."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QWidget,
)

from dingcomposer.core.contacts import Contact
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Button, FeedLink, Kind
from dingcomposer.core.templates.template import FieldKind, Template, TemplateField
from dingcomposer.ui.templates.dialog import TemplatesDialog
from dingcomposer.ui.templates.fill_dialog import FillDialog
from dingcomposer.ui.widgets.gutter_editor import GutterEditor
from dingcomposer.ui.widgets.text_fields import TextField
from tests.fakes.programs import Person, Start

BEGUN = "ni'hao"
WORDS = "你好"
FIELDS = Template(
    "输入法",
    Draft(text="{{文字}} {{选择}} {{时间}} {{人}} {{说明}} {{词}} {{数}}"),
    (
        TemplateField("文字"),
        TemplateField("选择", FieldKind.CHOICE, choices=("甲", "乙")),
        TemplateField("时间", FieldKind.TIME),
        TemplateField("人", FieldKind.PERSON),
        TemplateField("说明", is_markdown=True),
        TemplateField("词", FieldKind.KEYWORD),
        TemplateField("数", FieldKind.NUMBER),
    ),
)
CARD = Draft(
    Kind.INDEPENDENT, title="题", text="# 文 **粗**", buttons=(Button("看", "https://a.cn"),) * 2
)
FEED = Draft(Kind.FEED_CARD, feed=(FeedLink("题", "https://a.cn", "https://a.cn/b.png"),))
LINK = Draft(Kind.LINK, title="题", text="文", message_url="https://a.cn")
JUMP = Draft(Kind.WHOLE_JUMP, title="题", text="文", jump=Button("看", "https://a.cn"))
TEXT = Draft(text="文")


def compose(field: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def text_of(field: QWidget) -> str:
    if isinstance(field, TextField):
        return field.text()
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def caret_x(field: QWidget) -> int:
    """Where the caret is drawn, which stands behind what is composed."""
    place = field.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    assert isinstance(place, QRect | QRectF)
    return round(place.x())


def shows_begun(field: QWidget, before: str, caret_before: int) -> bool:
    """Whether the field shows the word that is not written yet, and the caret behind it."""
    if isinstance(field, QPlainTextEdit):
        return field.textCursor().block().layout().preeditAreaText() == BEGUN
    assert isinstance(field, QLineEdit)
    moved = caret_x(field) - caret_before
    width = field.fontMetrics().horizontalAdvance(BEGUN)
    return field.text() == before and abs(moved - width) <= 2


def meanwhile(person: Person, field: QWidget) -> None:
    """The check of the message and what it marks, highlighting, the preview, popups, a repaint."""
    window = person.program.window
    assert window.compose.problems is not None
    person.wait(lambda: window.preview.is_settled)
    field.repaint()
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
    assert QApplication.activePopupWidget() is None
    assert field.hasFocus()


def try_in(person: Person, field: QWidget) -> None:
    """Compose a word, with a check of the message and a repaint meanwhile, then write it."""
    field.setFocus()
    person.wait(field.hasFocus)
    session = person.program.session
    if isinstance(field, QPlainTextEdit):
        field.moveCursor(field.textCursor().MoveOperation.End)
    elif isinstance(field, QLineEdit):
        field.end(False)
    session.end_step()
    meanwhile(person, field)  # laid out, as it stays
    before, draft, caret = text_of(field), session.draft, caret_x(field)
    for begun in ("n", "ni", BEGUN):
        compose(field, begun)
        meanwhile(person, field)
        assert text_of(field) == before, "what is composed is no text"
        assert session.draft == draft
    assert shows_begun(field, before, caret), "nothing takes it from under the hand"
    compose(field, "")
    assert text_of(field) == before, "who gives it up has written nothing"
    assert caret_x(field) == caret
    compose(field, BEGUN)
    compose(field, "", WORDS)
    assert text_of(field) == before + WORDS
    if session.draft != draft:
        session.undo()
        assert session.draft == draft, "a word is one step"


@pytest.mark.parametrize(
    "draft", [TEXT, LINK, CARD, JUMP, FEED], ids=["text", "link", "card", "jump", "feed"]
)
def test_in_every_field_of_every_form(start: Start, draft: Draft) -> None:
    person = start()
    person.program.session.edit(draft)
    fields = [
        one
        for one in person.program.window.compose.findChildren(TextField)
        if one.isVisibleTo(person.program.window) and one.objectName().startswith("compose.")
    ]
    assert fields
    for field in fields:
        try_in(person, field)


def select_all(person: Person, draft: Draft) -> TextField:
    person.program.session.edit(draft)
    person.program.session.end_step()
    field = person.driver.find("compose.text")
    assert isinstance(field, TextField)
    field.setFocus()
    field.selectAll()
    return field


@pytest.mark.parametrize("written", ["", WORDS], ids=["given up", "written"])
def test_what_is_selected_is_replaced_in_one_step(start: Start, written: str) -> None:
    """Qt takes the selection away with the first letter that is composed: no step of its own."""
    person = start()
    session = person.program.session
    field = select_all(person, TEXT)
    for begun in ("n", "ni", BEGUN):
        compose(field, begun)
        meanwhile(person, field)
        assert session.draft == TEXT, "nothing is lost before a word is chosen"
    compose(field, "", written)
    assert session.draft.text == written
    session.undo()
    assert session.draft == TEXT
    assert field.text() == field.toPlainText() == TEXT.text
    session.redo()
    assert session.draft.text == field.toPlainText() == written


def test_undo_and_other_drafts_while_a_selection_is_being_replaced(start: Start) -> None:
    person = start()
    session = person.program.session
    field = select_all(person, TEXT)
    here = session.draft_id
    compose(field, BEGUN)
    session.undo()
    assert session.draft.text == field.toPlainText() == ""
    session.redo()
    field.selectAll()
    compose(field, BEGUN)
    session.begin(Draft(text="别的"))
    assert field.toPlainText() == "别的"
    session.switch_to(here)
    assert session.draft == TEXT
    assert field.toPlainText() == TEXT.text


def test_keys_go_on_where_an_input_method_says_no_more(start: Start) -> None:
    """It was ended, say: what is typed then, and what is seen, is the draft's."""
    person = start()
    session = person.program.session
    field = select_all(person, TEXT)
    compose(field, BEGUN)
    QTest.keyClick(field, Qt.Key.Key_A)
    assert session.draft.text == field.toPlainText() == "a"
    compose(field, "")
    field.selectAll()
    compose(field, BEGUN)
    person.driver.find("compose.mentions").setFocus()
    person.wait(lambda: not field.hasFocus())
    assert session.draft.text == field.toPlainText() == ""


def test_in_the_json_and_in_find_and_replace(start: Start) -> None:
    person = start()
    compose_page = person.program.window.compose
    person.program.session.edit(CARD)
    compose_page.show_json(is_shown=True)
    try_in(person, person.driver.find("compose.json"))
    compose_page.open_finder(replaces=True)
    for name in ("words", "by"):
        try_in(person, person.driver.find(f"compose.find.{name}"))


def test_in_the_popover_of_links(start: Start) -> None:
    person = start()
    person.program.session.edit(CARD)
    person.driver.click("compose.toolbar.link")
    for name in ("words", "address"):
        try_in(person, person.driver.find(f"compose.link.{name}"))


def fields_in(dialog: QDialog) -> Iterator[QWidget]:
    for one in dialog.findChildren(QWidget):
        if one.objectName().startswith("templates.field."):
            edit = one.lineEdit() if isinstance(one, QComboBox) else one
            if isinstance(edit, QLineEdit | QPlainTextEdit):
                yield edit


def test_in_the_fields_of_a_template_and_where_one_is_looked_for(start: Start) -> None:
    person = start()
    launcher = person.program.window.launchers.templates
    saved = launcher.templates.save(FIELDS)
    launcher.show(saved.key)
    dialog = person.program.window.findChildren(TemplatesDialog)[-1]
    person.wait(dialog.isVisible)
    dialog.activateWindow()
    found = list(fields_in(dialog))
    assert len(found) == len(FIELDS.fields)
    for field in found:
        try_in(person, field)
    search = dialog.findChild(TextField, "templates.search")
    assert search is not None
    try_in(person, search)
    dialog.reject()


def test_in_the_fields_of_a_draft(start: Start) -> None:
    person = start()
    person.program.session.edit(FIELDS.draft)
    person.program.window.launchers.templates.fill_draft()
    dialog = person.program.window.findChildren(FillDialog)[-1]
    dialog.activateWindow()
    found = list(fields_in(dialog))
    assert found
    for field in found:
        try_in(person, field)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_in_the_palette(start: Start) -> None:
    """Letters that are composed look for nothing, and their Enter chooses nothing."""
    person = start()
    trigger(person, "palette")
    line = person.driver.find("palette.line")
    try_in(person, line)
    QTest.keyClick(line, Qt.Key.Key_Escape)


def test_in_the_dialogs_that_keep_a_template_and_people(start: Start) -> None:
    person = start()
    person.program.contacts.put((Contact("张三", "13800000001"),))
    person.program.session.edit(Draft(Kind.MARKDOWN, title="12月1日放假", text="联系 13800000001"))
    for action, called, names in (
        ("keep_template", "save_template", ("name", "folder", "about", "0.name")),
        ("contacts", "contacts", ("search",)),
    ):
        trigger(person, action)
        (dialog,) = person.program.window.findChildren(QDialog, called)
        dialog.activateWindow()
        for name in names:
            found = dialog.findChild(QWidget, f"{called}.{name}")
            assert found is not None, name
            field = found.lineEdit() if isinstance(found, QComboBox) else found
            assert field is not None
            try_in(person, field)
        dialog.reject()
        QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete.value)


def trigger(person: Person, name: str) -> None:
    """Choose an action in a menu."""
    action = person.program.window.findChild(QAction, f"menu.{name}")
    assert action is not None
    action.trigger()


def begin(person: Person, draft: Draft) -> TextField:
    """The text of a draft, with the caret at its end."""
    person.program.session.edit(draft)
    field = person.driver.find("compose.text")
    assert isinstance(field, TextField)
    field.setFocus()
    person.wait(field.hasFocus)
    field.moveCursor(field.textCursor().MoveOperation.End)
    return field


def begun_in(field: TextField) -> str:
    return field.textCursor().block().layout().preeditAreaText()


def test_highlighting_that_is_read_in_the_background_leaves_a_begun_word(start: Start) -> None:
    person = start()
    text = "\n\n".join(
        f"## 第 {number} 节\n\n**粗** [链接](https://a.cn) @13800000001" for number in range(150)
    )
    field = begin(person, Draft(Kind.MARKDOWN, title="题", text=text))
    compose(field, BEGUN)
    # Written elsewhere meanwhile: all of it is highlighted and checked anew.
    for _ in range(5):
        meanwhile(person, field)
    assert begun_in(field) == BEGUN
    compose(field, "", WORDS)
    assert field.text() == text + WORDS


@pytest.mark.parametrize(
    "line", ["- 一", "1. 一", "> 一", "一"], ids=["list", "numbers", "quote", "words"]
)
def test_enter_goes_on_with_a_list_only_when_nothing_is_composed(start: Start, line: str) -> None:
    person = start()
    field = begin(person, Draft(Kind.MARKDOWN, title="题", text=line))
    compose(field, BEGUN)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        QTest.keyClick(field, key)
        field.setFocus()
    compose(field, BEGUN)
    assert field.text() == line, "a key of the list's is none meanwhile"
    compose(field, "", WORDS)
    QTest.keyClick(field, Qt.Key.Key_Return)
    first, *more = field.text().split("\n")
    assert first.rstrip() == line + WORDS
    assert more
    compose(field, BEGUN)
    meanwhile(person, field)
    assert begun_in(field) == BEGUN
    compose(field, "", "二")
    assert field.text().endswith("二")


def is_alone(line: QLineEdit) -> bool:
    return not isinstance(line.parent(), QComboBox)


def offered(person: Person) -> list[QListWidget]:
    """The people that are offered below the text."""
    found = person.program.window.findChildren(QListWidget, "compose.text.people")
    return [one for one in found if one.isVisible()]


def test_people_who_are_offered_take_no_key_from_a_begun_word(start: Start) -> None:
    person = start()
    person.program.contacts.put((Contact("张三", "13800000001"), Contact("张四", "13800000002")))
    field = begin(person, Draft(Kind.MARKDOWN, title="题", text="请 "))
    QTest.keyClick(field, Qt.Key.Key_At)
    person.wait(lambda: offered(person))
    compose(field, "zhang")
    assert offered(person)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert "13800000" not in field.text(), "nobody is chosen while a name is being composed"
    field.setFocus()
    compose(field, "zhang")
    meanwhile(person, field)
    assert begun_in(field) == "zhang"
    assert field.text() == "请 @"
    compose(field, "", "张")
    person.wait(lambda: [one.count() for one in offered(person)] == [2])
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text().startswith("请 @1380000000")


def test_a_part_of_the_field_is_painted_while_a_word_is_begun_in_it(start: Start) -> None:
    """Qt's places in a line count the word that is begun; the text has none of them yet."""
    person = start()
    field = begin(person, Draft(Kind.MARKDOWN, title="题", text="请  \n再"))
    assert isinstance(field, QPlainTextEdit)
    compose(field, "zhang" * 40)
    seen = field.viewport().rect()
    for y in range(0, seen.height(), 10):
        field.viewport().repaint(QRect(seen.width() // 3, y, 12, 6))
    begun = field.textCursor().block()
    assert isinstance(field, GutterEditor)
    height = round(field.blockBoundingRect(begun).height())
    top = round(field.blockBoundingGeometry(begun).top())
    lines = [field.line_at(top + y).blockNumber() for y in range(2, height - 2, 8)]
    assert set(lines) == {begun.blockNumber()}


def test_a_line_that_completes_names_takes_no_key_from_a_begun_word(
    start: Start, expect_log: Callable[[str], None]
) -> None:
    """The field of a template for people: a line of Qt's, with a popup of names."""
    expect_log("does not support")  # the offscreen platform says so of popups
    person = start()
    person.program.contacts.put((Contact("张三", "13800000001"), Contact("张四", "13800000002")))
    launcher = person.program.window.launchers.templates
    launcher.show(launcher.templates.save(FIELDS).key)
    dialog = person.program.window.findChildren(TemplatesDialog)[-1]
    person.wait(dialog.isVisible)
    dialog.activateWindow()
    lines = [one for one in fields_in(dialog) if type(one) is QLineEdit]
    (line,) = [one for one in lines if one.completer() is not None and is_alone(one)]
    line.setFocus()
    person.wait(line.hasFocus)
    compose(line, "", "张")
    completer = line.completer()
    assert completer is not None
    compose(line, "san")
    QApplication.processEvents()
    assert line.text() == "张"
    assert caret_x(line) > 0
    compose(line, "", "三")
    assert line.text() == "张三"
    popup = completer.popup()
    assert popup is not None
    popup.hide()
    dialog.reject()
