"""Undo over what the window's dialogs do to a draft: templates, their fields, the door, people."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

import pytest
import shiboken6
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)

from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.contacts import Contact
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import (
    FeedCard,
    FeedLink,
    Kind,
    Markdown,
    Mentions,
    Message,
    Text,
)
from dingcomposer.core.robot import Robot
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.storage.message_files import write_file
from dingcomposer.ui.drafts.past_dialog import VersionsDialog
from dingcomposer.ui.templates.dialog import TemplatesDialog
from dingcomposer.ui.templates.fill_dialog import FillDialog
from dingcomposer.ui.widgets.text_fields import TextField
from dingcomposer.ui.window.paste_dialog import PasteDialog
from tests.fakes.programs import Person, Start

CLIPBOARD = (
    '{"msgtype": "text", "text": {"content": "从剪贴板来 {{系统}}"}}',
    "# 通知\n\n**今晚**停机",
    "项目\t状态\n登录\t完成",
    '[{"msgtype": "text", "text": {"content": "一"}},'
    ' {"msgtype": "text", "text": {"content": "二"}}]',
)
SENT = (
    Text("写 {{群名}}"),
    Markdown("题", "# 文"),
    FeedCard((FeedLink("题", "https://a.cn", ""),)),
)
FILES = {"周报.md": "# 周报\n\n- **完成** 登录", "值班.csv": "姓名,电话\n张三,8001\n"}
GROUPS = {"甲群": Mentions(("13800000001",)), "乙群": Mentions(is_all=True), "丙群": Mentions()}
COPIED = (
    "<h2>通知</h2><p>请<b>今天</b><u>提交</u></p><table><tr><td>甲</td><td>乙</td></tr></table>"
)
WORDS = ("今晚停机", "{{系统}} 停机 ", "@z", "word ", "{{群名}}")


class WindowMachine(RuleBasedStateMachine):
    """A person at the window, who writes in one draft after another."""

    person: ClassVar[Person]

    def __init__(self) -> None:
        super().__init__()
        self.session: DraftSession = self.person.program.session
        self.drafts: set[str] = set()
        self.folder = tempfile.TemporaryDirectory()
        self.begin_another()

    @rule()
    def begin_another(self) -> None:
        self.person.new_message()
        self.drafts.add(self.session.draft_id)

    @rule(kind=st.sampled_from(Kind))
    def choose_a_kind(self, kind: Kind) -> None:
        self.in_one_step(partial(self.person.driver.click, f"compose.kind.{kind}"))

    @rule(words=st.sampled_from(WORDS))
    def type_words(self, words: str) -> None:
        if self.person.driver.sees("compose.text"):
            self.person.driver.type("compose.text", words)
            self.session.end_step()

    @precondition(lambda self: self.session.draft.text.endswith("@z"))
    @rule()
    def choose_who_is_offered(self) -> None:
        lists = self.person.program.window.findChildren(QListWidget, "compose.text.people")
        if any(one.isVisible() for one in lists):
            field = self.person.driver.find("compose.text")
            self.in_one_step(lambda: QTest.keyClick(field, Qt.Key.Key_Return))

    @rule(number=st.integers(0, 15), value=st.sampled_from(["OA", "a*b", "两行\n字"]))
    def use_a_template(self, number: int, value: str) -> None:
        launcher = self.person.program.window.launchers.templates
        known = launcher.templates.known
        launcher.show(known[number % len(known)].key)
        with self.dialog(TemplatesDialog) as dialog:
            for line in dialog.findChildren(QLineEdit):
                if line.objectName().startswith("templates.field"):
                    line.setText(value)
            self.in_one_step(partial(pressed, dialog, "templates.use"))

    @rule(value=st.sampled_from(["OA", "a*b", ""]))
    def fill_in_the_fields(self, value: str) -> None:
        compose = self.person.program.window.compose
        found = [one for one in compose.problems if one.code is ProblemCode.FIELD_UNFILLED]
        if not found or not compose.quick_fixes.can_fix(found[0]):
            return
        compose.quick_fixes.fix(found[:1])
        with self.dialog(FillDialog) as dialog:
            for line in dialog.findChildren(QLineEdit):
                if line.objectName().startswith("templates.field"):
                    line.setText(value)
            self.in_one_step(partial(pressed, dialog, "fill.take"))

    @rule()
    def send_what_reads_like_a_field_as_it_stands(self) -> None:
        compose = self.person.program.window.compose
        found = [one for one in compose.problems if one.code is ProblemCode.FIELD_UNFILLED]
        if not found or not compose.quick_fixes.can_fix(found[0]):
            return
        compose.quick_fixes.fix(found[:1])
        with self.dialog(FillDialog) as dialog:
            self.in_one_step(partial(pressed, dialog, "fill.keep"))

    @rule()
    def it_was_sent(self) -> None:
        """So that there is an earlier version of it."""
        if not self.session.draft.is_blank:
            self.session.mark_sent(self.session.draft_id, self.session.draft, datetime.now(UTC))
            self.session.flush()

    @rule(row=st.integers(0, 5))
    def bring_an_earlier_version_back(self, row: int) -> None:
        self.session.flush()
        self.trigger("versions")
        with self.dialog(VersionsDialog) as dialog:
            rows = dialog.findChild(QListWidget, "past.rows")
            assert rows is not None
            if rows.count():
                rows.setCurrentRow(row % rows.count())
                self.in_one_step(partial(pressed, dialog, "past.back"))

    @rule(message=st.sampled_from(SENT))
    def open_what_was_sent(self, message: Message) -> None:
        """Out of the history, as a new message."""
        self.in_one_step(lambda: self.person.program.window.open_as_new(message))

    @rule()
    def save_it_as_a_file_and_open_that(self) -> None:
        if self.session.draft.is_blank:
            return
        path = Path(self.folder.name) / "消息.dingmsg"
        content, _ = self.person.program.drafts.without_secrets(self.session.draft)
        write_file(content, path)
        self.in_one_step(lambda: self.person.program.window.open_file(path))

    @rule()
    def close_it_and_have_it_back(self) -> None:
        draft, here = self.session.draft, self.session.draft_id
        if draft.is_blank:
            return
        self.session.close(here)
        self.session.flush()
        self.drafts.add(self.session.draft_id)
        (saved,) = [
            one for one in self.person.program.drafts.closed_drafts() if one.draft_id == here
        ]
        self.session.reopen(saved, lambda: self.person.program.drafts.steps(here))
        assert self.session.draft == draft

    @rule(name=st.sampled_from(tuple(GROUPS)), is_back=st.booleans())
    def choose_a_group(self, name: str, is_back: bool) -> None:
        """Whose default mentions come along; and the one before again, at once."""
        before = self.session.target_id
        self.in_one_step(partial(self.person.aim, name))
        robots = self.person.program.robot_profiles
        if is_back and (robot := robots.get(before)) is not None:
            self.in_one_step(partial(self.person.aim, robot.name))

    @rule(name=st.sampled_from(tuple(GROUPS)))
    def a_group_is_there_no_more(self, name: str) -> None:
        """Its robot is archived, and comes back: the draft stays as it is, for nobody now."""
        robot = self.person.robot_called(name)
        draft, was_for = self.session.draft, self.session.target_id
        for is_archived in (True, False):
            self.person.program.robot_profiles.archive(robot.robot_id, is_archived=is_archived)
            assert self.session.draft == draft
            assert self.session.target_id == (None if was_for == robot.robot_id else was_for)

    @rule()
    def mention_who_is_offered(self) -> None:
        """By a part of a name, in the line of people."""
        driver = self.person.driver
        mentions = self.session.draft.mentions
        if not driver.sees("compose.mentions") or (mentions and mentions.people > 40):
            return
        driver.type("compose.mentions", "zs")
        self.session.end_step()
        line = driver.find("compose.mentions")
        self.in_one_step(lambda: QTest.keyClick(line, Qt.Key.Key_Return))

    @rule(is_again=st.booleans())
    def paste_what_has_looks(self, is_again: bool) -> None:
        """Then all of what the bar above offers: a table or lines, plain, as another kind."""
        driver = self.person.driver
        if not driver.sees("compose.text"):
            return
        mime = QMimeData()
        mime.setHtml(COPIED)
        mime.setText("通知 今天")
        QGuiApplication.clipboard().setMimeData(mime)
        field = driver.find("compose.text")
        assert isinstance(field, TextField)
        field.setFocus()
        self.in_one_step(field.paste)
        for name in ("table", "lines", "markdown", "plain"):
            if is_again and driver.sees(f"compose.paste_bar.{name}"):
                self.in_one_step(partial(driver.click, f"compose.paste_bar.{name}"))

    @rule(name=st.sampled_from(tuple(FILES)))
    def drop_a_file(self, name: str) -> None:
        path = Path(self.folder.name) / name
        path.write_text(FILES[name], encoding="utf-8")
        dropped(self.person.program.window, path)
        with self.dialog(PasteDialog) as dialog:
            self.person.wait(lambda: dialog.findChild(QCheckBox, "paste.message"))
            for box in dialog.findChildren(QCheckBox):
                box.setChecked(box.objectName() == "paste.message")
            self.in_one_step(partial(pressed, dialog, "paste.accept"))

    @rule(text=st.sampled_from(CLIPBOARD))
    def take_from_the_door(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.trigger("paste_message")
        with self.dialog(PasteDialog) as dialog:
            self.in_one_step(partial(pressed, dialog, "paste.accept"))

    @rule(words=st.sampled_from(["停", "今"]))
    def find_and_replace(self, words: str) -> None:
        compose = self.person.program.window.compose
        compose.open_finder(replaces=True)
        driver = self.person.driver
        line = driver.find("compose.find.words")
        assert isinstance(line, QLineEdit)
        line.setText(words)
        if driver.find("compose.find.all").isEnabled():
            self.in_one_step(partial(driver.click, "compose.find.all"))
        driver.click("compose.find.close")

    @rule(steps=st.integers(1, 4))
    def undo(self, steps: int) -> None:
        for _ in range(steps):
            self.session.undo()

    @rule(steps=st.integers(1, 4))
    def redo(self, steps: int) -> None:
        for _ in range(steps):
            self.session.redo()

    def teardown(self) -> None:
        """Of every draft: all undone is its beginning, all redone its end."""
        for summary in self.session.summaries:
            if summary.draft_id not in self.drafts:
                continue
            self.session.switch_to(summary.draft_id)
            while self.session.can_redo:
                self.session.redo()
            end, back = self.session.draft, 0
            while self.session.can_undo:
                self.session.undo()
                back += 1
            assert self.session.draft == Draft()
            for _ in range(back):
                self.session.redo()
            assert self.session.draft == end
            assert not self.session.can_redo
        for draft_id in self.drafts:
            self.session.close(draft_id)
        self.folder.cleanup()

    def trigger(self, name: str) -> None:
        """Choose an action in a menu."""
        action = self.person.program.window.findChild(QAction, f"menu.{name}")
        assert action is not None
        action.trigger()

    def in_one_step(self, act: Callable[[], object]) -> None:
        """It is undone in one step, in this draft or in the new one that it began."""
        self.session.end_step()
        before, here = self.session.draft, self.session.draft_id
        act()
        after = self.session.draft
        if self.session.draft_id != here:
            self.drafts.add(self.session.draft_id)
            before = Draft()
        if after != before:
            self.session.undo()
            assert self.session.draft == before
            self.session.redo()
            assert self.session.draft == after
        field = self.person.program.window.findChild(TextField, "compose.text")
        assert field is not None
        assert field.text() == self.session.draft.text

    @contextmanager
    def dialog(self, kind: type[QDialog]) -> Iterator[QDialog]:
        """The dialog that stands open, which is gone afterwards."""
        window: QWidget = self.person.program.window
        (found,) = [one for one in window.findChildren(kind) if one.isVisible()]
        yield found
        if shiboken6.isValid(found):
            found.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def dropped(window: QWidget, path: Path) -> None:
    """Let go of a file over the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    how = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton)
    no_key = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(5, 5), *how, no_key))
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), *how, no_key))


def pressed(dialog: QDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    if button.isEnabled():
        button.click()
    QApplication.sendPostedEvents()


def run(person: Person, examples: int, steps: int) -> None:
    person.program.contacts.put((Contact("张三", "13800000001"), Contact("赵六", "13800000006")))
    for name, mentions in GROUPS.items():
        person.program.robot_profiles.add(Robot(name, name, default_mentions=mentions))
    WindowMachine.person = person
    run_state_machine_as_test(
        WindowMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate,),
        ),
    )


def test_what_dialogs_do_is_undone_in_one_step_each(start: Start) -> None:
    run(start(), 6, 14)


@pytest.mark.long
def test_what_dialogs_do_is_undone_in_one_step_each_at_length(start: Start) -> None:
    run(start(), 40, 30)
