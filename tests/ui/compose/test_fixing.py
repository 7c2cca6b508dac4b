"""A click on Fix sets a problem right, as one step that can be undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from dingcomposer.core.checks.fixes import FIXABLE
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Button, Kind, Mentions
from dingcomposer.ui.texts.problems import fix_words

from .conftest import Hand


def row_of(hand: Hand, words: str) -> int:
    return next(number for number, row in enumerate(hand.judged()) if words in row)


def fix(hand: Hand, words: str) -> None:
    hand.click(f"problem.{row_of(hand, words)}.fix")


def test_every_fix_says_what_it_does() -> None:
    assert all(fix_words(code) for code in FIXABLE)


def test_the_keyword_is_inserted_and_undo_takes_it_out(hand: Hand, qtbot: QtBot) -> None:
    hand.page.set_target("duty")
    hand.type("text", "磁盘满")
    with qtbot.waitSignal(hand.page.said, timeout=0):
        fix(hand, "告警")
    assert hand.draft.text == "磁盘满\n告警"
    assert hand.field("text").text() == "磁盘满\n告警"
    assert not any("告警" in row for row in hand.problem_rows())
    hand.undo("text")
    assert hand.draft.text == "磁盘满"


def test_one_click_is_one_step_for_all_people_of_a_row(hand: Hand) -> None:
    people = ("13800000001", "13800000002", "13800000003")
    hand.session.restore(Draft(text="开会", mentions=Mentions(people)), None)
    fix(hand, "13800000001")
    assert hand.draft.text == "开会\n@13800000001 @13800000002 @13800000003"
    hand.undo("text")
    assert hand.draft.text == "开会"


def test_the_links_of_a_card_are_wrapped(hand: Hand) -> None:
    card = Draft(Kind.WHOLE_JUMP, title="标题", text="正文", jump=Button("看", "https://a.com/"))
    hand.session.restore(card, None)
    fix(hand, "side panel")
    assert hand.field("jump.url").text().startswith("dingtalk://dingtalkclient/page/link?url=")


def test_what_only_a_person_can_decide_has_no_button(hand: Hand) -> None:
    hand.choose_kind(Kind.MARKDOWN)
    hand.type("title", "标题")
    hand.type("text", "|甲|\n|-|\n\n第一行\n第二行")
    table, broken = row_of(hand, "table"), row_of(hand, "runs on")
    assert not hand.shown(f"problem.{table}.fix")
    assert hand.shown(f"problem.{broken}.fix")


def test_tab_leads_to_the_button_and_the_keyboard_is_never_lost(hand: Hand, qtbot: QtBot) -> None:
    hand.page.set_target("duty")
    hand.type("text", "磁盘满")
    row = hand.widget(f"problem.{row_of(hand, '告警')}")
    row.setFocus()
    qtbot.waitUntil(row.hasFocus)
    hand.key(row.objectName().removeprefix("compose."), Qt.Key.Key_Tab)
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)
    assert button.accessibleName() == "Insert the keyword"
    hand.key(button.objectName().removeprefix("compose."), Qt.Key.Key_Space)
    assert hand.draft.text == "磁盘满\n告警"
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert hand.page.isAncestorOf(focused)


@pytest.mark.parametrize("width", [440, 700])
def test_the_button_is_in_sight_in_a_narrow_column(hand: Hand, qtbot: QtBot, width: int) -> None:
    hand.page.set_target("duty")
    hand.type("text", "磁盘满")
    hand.page.resize(width, 640)
    number = row_of(hand, "告警")
    button = hand.widget(f"problem.{number}.fix")
    qtbot.waitUntil(lambda: hand.page.width() == width)
    assert hand.page.rect().contains(button.mapTo(hand.page, button.rect().bottomRight()))
