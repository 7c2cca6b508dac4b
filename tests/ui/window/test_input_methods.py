"""An input method in every field of the writing part: what it shows meanwhile is no text yet."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Button, FeedLink, Kind
from dingcomposer.core.templates.template import FieldKind, Template, TemplateField
from dingcomposer.ui.templates.dialog import TemplatesDialog
from dingcomposer.ui.templates.fill_dialog import FillDialog
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


def shows_begun(field: QWidget, image_before: QImage) -> bool:
    """Whether the field shows the word that is not written yet."""
    if isinstance(field, QPlainTextEdit):
        return field.textCursor().block().layout().preeditAreaText() == BEGUN
    return field.grab().toImage() != image_before


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
    before, draft, image = text_of(field), session.draft, field.grab().toImage()
    for begun in ("n", "ni", BEGUN):
        compose(field, begun)
    person.program.window.compose.problems  # noqa: B018 - the check, and what it marks
    field.repaint()
    QApplication.sendPostedEvents()
    assert text_of(field) == before, "what is composed is no text"
    assert session.draft == draft
    assert shows_begun(field, image), "nothing takes it from under the hand"
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
