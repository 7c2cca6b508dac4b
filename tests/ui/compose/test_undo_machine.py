"""Undo over everything that a person can do to a draft, in any order, at the real form."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QInputMethodEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from dingcomposer.core.checks.problems import Problem, ProblemCode
from dingcomposer.core.draft import Draft, from_message
from dingcomposer.core.messages import Kind
from dingcomposer.core.payload import from_payload
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.storage.database import Database
from dingcomposer.storage.drafts import DraftStore
from dingcomposer.ui.compose.mentions.chips import Chip
from dingcomposer.ui.compose.page import ComposePage
from dingcomposer.ui.compose.source.find_bar import FindBar
from dingcomposer.ui.texts.problems import field_label, problem_sentence
from dingcomposer.ui.widgets.text_fields import TextField
from tests.fakes.clocks import FakeClock

from .conftest import DUTY, ComposeDriver

WORDS = st.sampled_from(
    [
        "今晚停机",
        "，",
        "a",
        "word ",
        "- ",
        "> ",
        "# ",
        "**",
        "@13800000000",
        "https://x.example/",
        "😀",
    ]
)
PASTED = st.sampled_from(
    [
        "一段从别处粘贴来的文字",
        "x",
        "两行\n文字",
        "- 一\n- 二\n\n三",
        "https://x.example/a b",
        "\r\n",
    ]
)
BODIES: tuple[dict[str, Any], ...] = (
    {"msgtype": "text", "text": {"content": "从 JSON 来"}, "at": {"isAtAll": True}},
    {"msgtype": "markdown", "markdown": {"title": "题", "text": "# 从 JSON 来"}},
    {
        "msgtype": "actionCard",
        "actionCard": {
            "title": "题",
            "text": "文",
            "btnOrientation": "1",
            "btns": [{"title": "好", "actionURL": "https://x.example/"}],
        },
    },
    {"msgtype": "feedCard", "feedCard": {"links": []}},
)
JSON = (
    '{"msgtype": "text", "text": {"content": "甲"}, "more": 1}',
    '{"msgtype": "markdown", "markdown": {"title": "题", "te',
    '"at": {"isAtAll": true}, ',
    "",
)
FORMATS = ("bold", "italic", "quote", "bullets", "numbers", "rule")
COPIED = (
    "<h2>通知</h2><p>请<b>今天</b><u>提交</u></p>",
    "<table><tr><th>姓名</th><th>电话</th></tr><tr><td>张三</td><td>8001</td></tr></table>",
    "<ul><li>一<ul><li>二</li></ul></li></ul>",
)
ADDRESS = "https://x.example/p.png"
_NO_FIELDS = (
    *("compose.mentions", "compose.json"),
    *("compose.link.words", "compose.link.address"),
)


class UndoMachine(RuleBasedStateMachine):
    """A person at the form; what stood there after each act is remembered."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FakeClock()
        self.session = DraftSession(clock_s=self.clock)
        self.folder = tempfile.TemporaryDirectory()
        self.database = Database(Path(self.folder.name) / "drafts.db")
        self.store = DraftStore(self.database)
        self.stood: list[Draft] = [Draft()]
        self.acts = 0
        self.open_page()

    def open_page(self) -> None:
        """As at a start: the form is a view of the session."""
        self.page = ComposePage(self.session, problem_sentence, field_label)
        self.page.set_robots((DUTY,))
        self.page.resize(520, 700)
        self.page.show()
        self.page.activateWindow()
        self.driver = ComposeDriver(self.page, self.session, self.clock)

    def close_page(self) -> None:
        self.page.close()
        self.page.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def teardown(self) -> None:
        self.go_to_the_beginning_and_to_the_end()
        self.close_page()
        self.database.close()
        self.folder.cleanup()

    # What is remembered and compared

    def note(self) -> None:
        self.acts += 1
        self.stood.append(self.session.draft)

    def in_one_step(self, act: Callable[[], object]) -> None:
        """What a person calls one step is one: undo leads back before it, redo behind it."""
        self.clock.now_s += 0.2
        before = self.session.draft
        act()
        after = self.session.draft
        self.note()
        if after != before:
            self.session.undo()
            assert self.session.draft == before
            self.session.redo()
            assert self.session.draft == after

    def seen(self, *names: str) -> list[str]:
        return [one for one in names if self.driver.sees(one)]

    def fields(self) -> list[TextField]:
        """Where text can be typed now, the line of people aside."""
        return [
            one
            for one in self.page.findChildren(TextField)
            if one.isVisibleTo(self.page) and one.objectName() not in _NO_FIELDS
        ]

    def path(self, field: TextField) -> str:
        return field.objectName().removeprefix("compose.")

    # What a person does

    @initialize(kind=st.sampled_from(Kind))
    def begin_with_some_kind(self, kind: Kind) -> None:
        self.in_one_step(lambda: self.driver.choose_kind(kind))

    @rule(at=st.integers(0, 20), word=WORDS)
    def type_a_word(self, at: int, word: str) -> None:
        fields = self.fields()
        if fields:
            self.clock.now_s += 0.2
            self.driver.type(self.path(fields[at % len(fields)]), word)
            self.note()

    @rule(at=st.integers(0, 20), key=st.sampled_from([Qt.Key.Key_Backspace, Qt.Key.Key_Left]))
    def press_a_key(self, at: int, key: Qt.Key) -> None:
        fields = self.fields()
        if fields:
            self.clock.now_s += 0.2
            self.driver.key(self.path(fields[at % len(fields)]), key)
            self.note()

    @precondition(lambda self: self.driver.sees("text"))
    @rule()
    def press_enter(self) -> None:
        self.clock.now_s += 0.2
        self.driver.key("text", Qt.Key.Key_Return)
        self.note()

    @rule()
    def rest(self) -> None:
        self.clock.now_s += 5

    @rule(kind=st.sampled_from(Kind))
    def choose_a_kind(self, kind: Kind) -> None:
        self.in_one_step(lambda: self.driver.choose_kind(kind))

    @rule(at=st.integers(0, 20), word=WORDS, text=PASTED)
    def type_and_paste(self, at: int, word: str, text: str) -> None:
        fields = self.fields()
        if fields:
            path = self.path(fields[at % len(fields)])
            self.driver.type(path, word)
            self.note()
            self.in_one_step(lambda: self.driver.paste(path, text))

    @rule(what=st.sampled_from(["add", "0.copy", "0.remove", "0.down", "1.up", "1.remove"]))
    def change_the_items(self, what: str) -> None:
        for name in self.seen(f"buttons.{what}", f"feed.{what}"):
            if self.driver.find(name).isEnabled():
                self.in_one_step(partial(self.driver.click, name))

    @precondition(lambda self: self.driver.sees("mentions"))
    @rule(number=st.integers(0, 99))
    def mention_somebody(self, number: int) -> None:
        self.clock.now_s += 0.2
        self.driver.type("mentions", f"138000000{number:02}")
        self.note()
        self.in_one_step(lambda: self.driver.type("mentions", "\n"))

    @precondition(lambda self: self.driver.sees("mentions"))
    @rule()
    def take_the_last_person_back(self) -> None:
        mentions = self.session.draft.mentions
        if mentions is not None and mentions.people and not self.driver.field("mentions").text():
            self.in_one_step(lambda: self.driver.key("mentions", Qt.Key.Key_Backspace))

    @precondition(lambda self: self.driver.sees("toolbar.link"))
    @rule(name=st.sampled_from(["link", "picture"]), words=st.sampled_from(["", "详见", "a]b"]))
    def answer_the_toolbar(self, name: str, words: str) -> None:
        """A link or a picture, asked for in a popover; and one that is given up."""
        before = self.session.draft
        self.driver.click(f"toolbar.{name}")
        for field, text in (("link.words", words), ("link.address", ADDRESS)):
            self.driver.field(field).selectAll()
            self.driver.key(field, Qt.Key.Key_Delete)
            self.driver.type(field, text)
        assert self.session.draft == before, "nothing is written before it is answered"
        self.in_one_step(lambda: self.driver.click("link.insert"))
        self.driver.click(f"toolbar.{name}")
        self.driver.click("link.cancel")

    @precondition(lambda self: self.driver.sees("toolbar.colour"))
    @rule(name=st.sampled_from(["colour", "heading", "at"]), number=st.integers(0, 7))
    def choose_from_the_toolbar(self, name: str, number: int) -> None:
        """A colour, a heading's level, somebody to be named; or none of it any more."""
        self.driver.field("text").selectAll()
        (menu,) = self.driver.find(f"toolbar.{name}").findChildren(QMenu)
        menu.aboutToShow.emit()
        actions = [one for one in menu.actions() if not one.isSeparator() and one.isEnabled()]
        if actions:
            self.in_one_step(actions[number % len(actions)].trigger)

    @precondition(lambda self: self.driver.sees("mentions"))
    @rule(number=st.integers(0, 3), what=st.integers(0, 2))
    def answer_a_chip(self, number: int, what: int) -> None:
        """Put a person into the text, make a number of an ID or the other way, take them away."""
        chips = [one for one in self.page.findChildren(Chip) if one.isVisibleTo(self.page)]
        if chips:
            chip = chips[number % len(chips)]
            does = (chip.inserting, chip.switched, chip.removed)[what]
            self.in_one_step(does.emit)

    @precondition(lambda self: self.driver.sees("text"))
    @rule(words=st.sampled_from(["{{姓名}}", "{{群名}} 的", "{{a}} {{b}}"]), keeps=st.booleans())
    def write_what_reads_like_a_field(self, words: str, keeps: bool) -> None:
        self.clock.now_s += 0.2
        self.driver.type("text", words)
        self.note()
        codes = (ProblemCode.FIELD_UNFILLED, ProblemCode.GROUP_NAME_ASKED)
        found = [one for one in self.page.problems if one.code in codes]
        if keeps and found:
            if found[0].code is ProblemCode.GROUP_NAME_ASKED:
                self.in_one_step(lambda: self.page.quick_fixes.fix(found[:1]))
            else:
                self.in_one_step(self.page.quick_fixes.keep_fields)

    @rule(words=st.sampled_from(["a", "停", "。", "x"]), by=st.sampled_from(["", "乙", "\\1"]))
    def find_and_replace(self, words: str, by: str) -> None:
        """One of them, then all: each is a step, however many fields it changes."""
        self.page.open_finder(replaces=True)
        bar = self.page.findChild(FindBar)
        assert bar is not None
        bar.words.setText(words)
        bar.by.setText(by)
        for name in ("find.replace", "find.all"):
            if self.driver.find(name).isEnabled():
                self.in_one_step(partial(self.driver.click, name))
        bar.close_bar()

    @rule(at=st.integers(0, 20), text=PASTED, is_address=st.booleans())
    def drop(self, at: int, text: str, is_address: bool) -> None:
        """Words or an address that are dragged from elsewhere onto a field."""
        fields = self.fields()
        if fields:
            field = fields[at % len(fields)]
            self.in_one_step(lambda: dropped(field, ADDRESS if is_address else text))

    @rule(at=st.integers(0, 20), to=st.integers(0, 20), word=st.sampled_from(["今晚 停机", "a😀b"]))
    def drag_words(self, at: int, to: int, word: str) -> None:
        """Words are dragged from one field to another, or within one: gone there, here at once."""
        fields = self.fields()
        if fields:
            source, target = fields[at % len(fields)], fields[to % len(fields)]
            self.clock.now_s += 0.2
            self.driver.type(self.path(source), word)
            self.note()
            end = len(source.shown_text)
            source.select(max(end - 2, 0), end)
            self.in_one_step(lambda: dragged(source, target))

    @precondition(lambda self: self.driver.sees("toolbar.bold"))
    @rule(html=st.sampled_from(COPIED))
    def paste_what_has_looks(self, html: str) -> None:
        mime = QMimeData()
        mime.setHtml(html)
        mime.setText("通知 今天")
        QApplication.clipboard().setMimeData(mime)
        self.in_one_step(self.driver.field("text").paste)
        for bar in self.page.findChildren(QWidget, "compose.paste_bar"):
            shown = [one for one in bar.findChildren(QPushButton) if not one.isHidden()]
            for button in shown[:1]:
                self.in_one_step(button.click)

    @precondition(lambda self: self.driver.sees("text"))
    @rule(words=st.sampled_from(["今晚", "ni", "😀"]))
    def compose_a_word(self, words: str) -> None:
        """With an input method: what it shows meanwhile is no text."""
        field = self.driver.field("text")
        field.setFocus()
        before = self.session.draft
        QApplication.sendEvent(field, QInputMethodEvent("ni'hao", []))
        assert self.session.draft == before
        done = QInputMethodEvent()
        done.setCommitString(words)
        self.clock.now_s += 0.2
        QApplication.sendEvent(field, done)
        self.note()

    @precondition(lambda self: self.driver.sees("text"))
    @rule(is_back=st.booleans())
    def move_a_level(self, is_back: bool) -> None:
        """Tab and Shift+Tab: in a list its levels, elsewhere to the next field."""
        modifier = Qt.KeyboardModifier.ShiftModifier if is_back else None
        key = Qt.Key.Key_Backtab if is_back else Qt.Key.Key_Tab
        self.in_one_step(lambda: self.driver.key("text", key, modifier))

    @rule(
        name=st.sampled_from(
            [
                "mentions.is_all",
                "mentions.insert",
                "orientation",
                "orientation.vertical",
                "hide_avatar",
                "text.browser",
                "message_url.browser",
                "jump.url.browser",
            ]
        )
    )
    def tick_a_box(self, name: str) -> None:
        if self.driver.sees(name) and self.driver.find(name).isEnabled():
            self.in_one_step(lambda: self.driver.click(name))

    @rule(name=st.sampled_from(FORMATS))
    def format_the_text(self, name: str) -> None:
        button = self.page.findChild(QAbstractButton, f"compose.toolbar.{name}")
        if button is not None and button.isVisibleTo(self.page):
            self.in_one_step(button.click)

    @rule()
    def fix_what_can_be_fixed(self) -> None:
        problems = [one for one in self.page.problems if self.page.quick_fixes.can_fix(one)]
        problems = [one for one in problems if one.code is not ProblemCode.NO_KEYWORD]
        if problems:
            self.in_one_step(lambda: self.page.quick_fixes.fix((problems[0],)))

    @rule()
    def fix_all_that_can_be(self) -> None:
        asked = (ProblemCode.NO_KEYWORD, ProblemCode.TOO_LONG, ProblemCode.FIELD_UNFILLED)
        problems = [one for one in self.page.problems if self.page.quick_fixes.can_fix(one)]
        problems = [one for one in problems if one.code not in asked]
        if problems:
            self.in_one_step(lambda: self.page.quick_fixes.fix(problems))

    @rule()
    def put_a_keyword_in(self) -> None:
        """Where it can stand in several places, a dialog asks which."""
        found = [one for one in self.page.problems if one.code is ProblemCode.NO_KEYWORD]
        if found and self.page.quick_fixes.can_fix(found[0]):
            self.in_one_step(lambda: self.insert_keyword(found))

    def insert_keyword(self, found: list[Problem]) -> None:
        self.page.quick_fixes.fix(found)
        for button in self.page.findChildren(QAbstractButton, "compose.keyword.take"):
            button.click()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    @precondition(lambda self: self.session.draft.is_blank)
    @rule()
    def have_the_sample(self) -> None:
        for button in self.page.findChildren(QAbstractButton, "compose.sample"):
            if button.isVisibleTo(self.page):
                self.in_one_step(button.click)

    @rule(text=st.sampled_from(JSON), is_whole=st.booleans())
    def write_json(self, text: str, is_whole: bool) -> None:
        """Into the body as it will be sent, or in its place; half of it is no message."""
        self.page.show_json(is_shown=True)
        if is_whole:
            self.driver.field("json").selectAll()
        self.in_one_step(lambda: self.driver.paste("json", text))
        self.driver.type("json", "}")
        self.note()
        for name in self.seen("json.mend", "json.tidy", "extras"):
            if self.driver.find(name).isEnabled():
                self.in_one_step(partial(self.driver.click, name))

    @rule()
    def go_back_to_the_form(self) -> None:
        self.page.show_json(is_shown=False)

    @rule(body=st.sampled_from(BODIES))
    def take_over_json(self, body: dict[str, Any]) -> None:
        """As the JSON view and a template do: a whole message, onto what other kinds hold."""
        draft = from_message(from_payload(body).message, self.session.draft)
        self.in_one_step(lambda: self.session.edit(draft))

    # Undo, redo, other drafts, another start

    @rule(steps=st.integers(1, 6))
    def undo(self, steps: int) -> None:
        for _ in range(steps):
            self.session.undo()

    @rule(steps=st.integers(1, 6))
    def redo(self, steps: int) -> None:
        for _ in range(steps):
            self.session.redo()

    @precondition(lambda self: not self.session.draft.is_blank)
    @rule()
    def look_at_another_draft(self) -> None:
        here = self.session.draft_id
        self.session.begin(Draft(text="别的"))
        self.session.undo()
        self.session.switch_to(here)

    @rule()
    def start_anew(self) -> None:
        self.store.write(self.session.unsaved(), datetime(2026, 8, 22, tzinfo=UTC))
        self.session.mark_saved()
        draft, found = self.session.draft, self.store.open_drafts()
        self.close_page()
        self.clock = FakeClock(self.clock.now_s + 60)
        self.session = DraftSession(clock_s=self.clock)
        self.session.restore_all(found.drafts, found.current_id, self.store.steps)
        assert self.session.draft == draft
        self.open_page()

    @rule()
    def go_to_the_beginning_and_to_the_end(self) -> None:
        back = 0
        while self.session.can_redo:
            self.session.redo()
        end = self.session.draft
        while self.session.can_undo:
            self.session.undo()
            back += 1
            assert self.session.draft in self.stood, "a step led to what never stood there"
        assert self.session.draft == Draft()
        assert back <= self.acts, "a step more than a person made"
        for _ in range(back):
            self.session.redo()
        assert self.session.draft == end
        assert not self.session.can_redo

    @invariant()
    def the_form_shows_the_draft(self) -> None:
        draft = self.session.draft
        for field in self.fields():
            value: Any = draft
            for part in self.path(field).split("."):
                value = value[int(part)] if part.isdecimal() else getattr(value, part)
            assert field.text() == (value or "")


def dragged(source: TextField, target: TextField) -> None:
    """As a platform does it: all of a drag happens within one move of the mouse."""

    def drag(field: TextField, _event: QMouseEvent) -> None:
        cursor = field.textCursor()
        words = cursor.selectedText()
        if field is target:
            cursor.beginEditBlock()
            cursor.removeSelectedText()
            cursor.setPosition(0)
            cursor.insertText(words)
            cursor.endEditBlock()
        else:
            dropped(target, words)
            cursor.removeSelectedText()

    place, none = QPointF(2, 2), Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, place, place, none, Qt.MouseButton.LeftButton, _NONE)
    with patch.object(QPlainTextEdit, "mouseMoveEvent", drag):
        source.mouseMoveEvent(move)


def dropped(field: TextField, text: str) -> None:
    """Let go of some words over a field."""
    mime = QMimeData()
    mime.setText(text)
    viewport = field.viewport()
    centre = viewport.rect().center()
    how = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, _NONE)
    QApplication.sendEvent(viewport, QDragEnterEvent(centre, *how))
    QApplication.sendEvent(viewport, QDragMoveEvent(centre, *how))
    QApplication.sendEvent(viewport, QDropEvent(QPointF(centre), *how))


_NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> Iterator[None]:
    yield
    qapp.clipboard().clear()


def run(examples: int, steps: int) -> None:
    """Let so many people do so much, in an order that hypothesis draws."""
    run_state_machine_as_test(
        UndoMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate,),
        ),
    )


def test_undoing_all_is_the_beginning_and_redoing_all_the_end() -> None:
    run(12, 20)


@pytest.mark.long
def test_undoing_all_is_the_beginning_and_redoing_all_the_end_at_length() -> None:
    run(120, 40)
