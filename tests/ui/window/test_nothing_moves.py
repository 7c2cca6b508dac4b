"""Nothing moves under the hand: findings, chips, counters and verdicts come and go over it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QComboBox, QWidget

from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Button, FeedLink, Kind, Mentions
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.ui.widgets.text_fields import TextField
from tests.fakes.fake_dialogs import FakeConfirmations
from tests.fakes.programs import Person, Start
from tests.ui.send.test_broadcast import add_groups, all_over, choose

SIZES = (QSize(900, 600), QSize(1280, 820), QSize(1680, 1050))
WRITTEN = {
    Kind.TEXT: {"text": "告警 {{name}} ~~x~~ @13800000000 \\n 见 http://127.0.0.1/"},
    Kind.LINK: {"title": "标题", "text": "正文 %s", "message_url": "ftp://a b", "picture_url": "x"},
    Kind.MARKDOWN: {"title": "标题", "text": "**重要：**请看 ~~旧~~ [text](x y) <b>a</b> {{n}}"},
    Kind.WHOLE_JUMP: {
        "title": "t",
        "text": "# 题\n- 一 :smile:",
        "jump.title": "看",
        "jump.url": "x",
    },
    Kind.INDEPENDENT: {
        "text": "![](http://localhost/a.png)",
        "buttons.0.title": "好",
        "buttons.1.url": "x",
    },
    Kind.FEED_CARD: {
        "feed.0.title": "题",
        "feed.0.message_url": "javascript:x",
        "feed.0.picture_url": "y",
    },
}
"""What is typed, letter by letter: most of it is told of on the way, and not any more behind it."""


def places(person: Person) -> dict[str, QRect]:
    """Where each control that can be seen stands in the window.

    But for the list of findings, and the message as the preview draws it, which is what is written.
    """
    window = person.program.window
    found_of = [window.findChild(QWidget, one) for one in ("compose.problems", "preview.stages")]
    apart = [one for one in found_of if one is not None]
    assert len(apart) == 2
    kinds = (QAbstractButton, QComboBox, TextField)
    found: dict[str, QRect] = {}
    for one in window.findChildren(QWidget):
        if (
            not isinstance(one, kinds)
            or not one.isVisible()
            or any(part.isAncestorOf(one) for part in apart)
        ):
            continue
        name = one.objectName()
        if name and not name.startswith(
            ("compose.mentions.chip", "qt_", "compose.problems.header", "compose.sample")
        ):
            found[name] = QRect(one.mapTo(window, QPoint(0, 0)), one.size())
    return found


def settle(person: Person) -> None:
    """The checks are made, and all that follows from them has its place."""
    assert person.program.window.compose.problems is not None
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        QApplication.processEvents()


def type_letter(field: QWidget, letter: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(letter)
    QApplication.sendEvent(field, event)


def focus(person: Person, path: str) -> TextField:
    field = person.driver.find(f"compose.{path}")
    assert isinstance(field, TextField)
    field.setFocus()
    settle(person)
    return field


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("size", SIZES, ids=lambda one: f"{one.width()}x{one.height()}")
def test_a_message_is_typed_and_no_control_moves(start: Start, kind: Kind, size: QSize) -> None:
    person = start()
    person.program.window.resize(size)
    person.driver.click(f"compose.kind.{kind.value}")
    settle(person)
    heights: set[bool] = set()
    for path, words in WRITTEN[kind].items():
        field = focus(person, path)
        before = places(person)
        assert f"compose.{path}" in before
        assert "compose.send" in before
        for letter in words:
            type_letter(field, letter)
            settle(person)
            heights.add(person.driver.sees("compose.problems"))
            assert places(person) == before, letter
    assert heights == {True, False} or kind is not Kind.TEXT
    assert person.program.window.compose.problems


@pytest.mark.parametrize("size", SIZES, ids=lambda one: f"{one.width()}x{one.height()}")
def test_people_who_are_mentioned_and_a_counter_move_nothing(start: Start, size: QSize) -> None:
    person = start()
    session = person.program.session
    person.program.window.resize(size)
    session.edit(Draft(kind=Kind.MARKDOWN, title="题", text="字"))
    focus(person, "title")
    before = places(person)
    for count in (1, 2, 5, 30, 0):
        mobiles = tuple(f"138{number:08}" for number in range(count))
        session.edit(replace(session.draft, mentions=Mentions(mobiles) if count else None))
        settle(person)
        now = places(person)
        assert {name: now[name] for name in before} == before
    for length in (3_000, 7_000, 1):
        session.edit(replace(session.draft, text="字" * length))
        settle(person)
        assert places(person) == before


@pytest.mark.parametrize("size", SIZES, ids=lambda one: f"{one.width()}x{one.height()}")
def test_a_verdict_and_a_notice_lie_over_the_findings(start: Start, size: QSize) -> None:
    person = start()
    person.program.window.resize(size)
    person.write_text("{{name}} %s ${x} \\n")
    field = focus(person, "text")
    assert person.driver.sees("compose.problems")
    before = places(person)
    person.send()
    bar = person.program.window.result_bar
    send = person.driver.find("compose.send")
    person.wait(lambda: bar.isVisible() and send.isEnabled())
    settle(person)
    now = places(person)
    assert {name: now[name] for name in before} == before
    for place in (bar.geometry().center(), bar.geometry().topLeft() + QPoint(20, 4)):
        on_top = person.program.window.compose.childAt(place)
        assert on_top is not None
        assert on_top is bar or bar.isAncestorOf(on_top)
    assert not bar.geometry().intersects(
        QRect(send.mapTo(person.program.window.compose, QPoint(0, 0)), send.size())
    )
    bar.hide()
    field.paste_refused.emit(300_000)
    settle(person)
    notice = person.driver.find("compose.notice")
    assert not notice.visibleRegion().isEmpty()
    assert places(person) == before


@pytest.mark.parametrize("kind", Kind)
def test_all_of_the_form_can_be_seen_whatever_lies_over_its_end(start: Start, kind: Kind) -> None:
    person = start()
    person.program.window.resize(900, 600)
    buttons = tuple(Button(str(number), "x") for number in range(3))
    feed = tuple(FeedLink(str(number), "x", "y") for number in range(3))
    person.program.session.edit(
        Draft(kind=kind, title="~~x~~ {{a}}", text="~~x~~ %s", buttons=buttons, feed=feed)
    )
    settle(person)
    rows = person.driver.find("compose.problems")
    area = person.driver.find("compose.form")
    assert isinstance(area, QAbstractScrollArea)
    for one in person.program.window.findChildren(TextField):
        if not one.isVisible() or not area.isAncestorOf(one):
            continue
        one.setFocus()
        settle(person)
        caret = QRect(
            one.viewport().mapTo(person.program.window.compose, one.cursorRect().topLeft()),
            one.cursorRect().size(),
        )
        assert not caret.intersects(rows.geometry()), one.objectName()


def test_who_goes_through_the_findings_sees_them(start: Start) -> None:
    person = start()
    person.write_text("{{name}}")
    person.send()
    bar = person.program.window.result_bar
    person.wait(bar.isVisible)
    row = person.program.window.findChild(QWidget, "compose.problem.0")
    assert row is not None
    row.setFocus()
    assert not bar.isVisible()


def test_findings_that_fit_do_not_scroll(start: Start) -> None:
    person = start()
    window = person.program.window
    rows = window.findChild(QAbstractScrollArea, "compose.problems")
    assert rows is not None
    for width, height in ((1280, 820), (900, 600)):
        window.resize(width, height)
        for text in ("你好 {{name}}", "@张三 请提交"):
            session = person.program.session
            session.edit(replace(session.draft, text=text))
            person.wait(lambda: rows.isVisible() and len(window.compose.problems) == 1)
            person.wait(lambda: rows.verticalScrollBar().maximum() == 0)


def test_the_result_of_several_groups_cuts_no_field(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    person.program.window.resize(1280, 820)
    kinds = (FaultKind.NO_KEYWORD, FaultKind.UNSAFE_TEXT, FaultKind.ROBOT_DISABLED)
    add_groups(person, "销售群", "全员群", "行政部测试群")
    person.sandbox.robot.faults = tuple(map(FaultPlan, kinds))
    person.write_text("明天上午九点开会")
    choose(person, "销售群", "全员群", "行政部测试群")
    assert confirmed.shown
    person.wait(all_over(person, 3))
    person.wait(lambda: "3 refused" in person.read_verdict())
    bar, mentions = person.program.window.result_bar, person.driver.find("compose.mentions")
    compose = person.program.window.compose
    for size in (QSize(1280, 820), QSize(900, 600)):
        person.program.window.resize(size)

        person.wait(
            lambda: (
                bar.isVisible()
                and mentions.mapTo(compose, mentions.rect().bottomLeft()).y() < bar.y()
            )
        )


@pytest.mark.parametrize("size", SIZES, ids=lambda one: f"{one.width()}x{one.height()}")
def test_a_group_that_is_chosen_moves_nothing(start: Start, size: QSize) -> None:
    person = start()
    person.program.window.resize(size)
    person.program.session.begin(Draft(text="字"))
    settle(person)
    before = places(person)
    heights = {before[f"compose.{name}"].height() for name in ("target", "send", "more")}
    person.aim("Sandbox")
    settle(person)
    now = places(person)
    assert {name: now[name] for name in before} == before
    assert len(heights) == 1
