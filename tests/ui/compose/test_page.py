"""The page around the form: problems, size, target and send."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import FeedLink, Kind, Mentions
from dingcomposer.core.robot import Robot

from .conftest import Hand


def _words(hand: Hand, name: str) -> str:
    widget = hand.widget(name)
    assert isinstance(widget, QLabel | QPushButton)
    return widget.text()


def _codes(hand: Hand) -> list[ProblemCode]:
    return [problem.code for problem in hand.page.problems]


def _aim(hand: Hand, words: str) -> None:
    menu = hand.page.findChild(QMenu, "compose.target.menu")
    assert menu is not None
    next(one for one in menu.actions() if one.text().startswith(words)).trigger()


# --- problems ------------------------------------------------------------------------------------


def test_a_new_message_is_greeted_and_not_scolded(hand: Hand) -> None:
    for kind in Kind:
        hand.choose_kind(kind)
        assert hand.judged() == []
        assert _words(hand, "problems.hint")


def test_empty_fields_nobody_was_in_are_still_to_fill_in(hand: Hand) -> None:
    hand.choose_kind(Kind.LINK)
    hand.type("title", "标题")
    (row,) = hand.judged()
    assert row == "Still to fill in: Text · Link address"
    assert not hand.field("text").property("fault")


def test_a_field_emptied_again_is_a_fault(hand: Hand) -> None:
    hand.choose_kind(Kind.MARKDOWN)
    hand.type("text", "正文")
    hand.type("title", "x")
    hand.key("title", Qt.Key.Key_Backspace)
    rows = hand.judged()
    assert rows[0].startswith("Title: ")
    assert hand.field("title").property("fault")
    hand.type("title", "标题")
    hand.judged()
    assert not hand.field("title").property("fault")


def test_trying_to_send_judges_the_whole(hand: Hand, qtbot: QtBot) -> None:
    hand.page.set_target("sandbox")
    hand.choose_kind(Kind.LINK)
    with qtbot.waitSignal(hand.page.send_requested, timeout=0):
        hand.click("send")
    rows = hand.judged()
    assert [row.split(":")[0] for row in rows] == ["Title", "Text", "Link address"]
    assert hand.field("message_url").property("fault")


def test_an_opened_message_is_judged_as_a_whole(hand: Hand) -> None:
    hand.session.replace(Draft(kind=Kind.FEED_CARD, feed=(FeedLink("t"), FeedLink())))
    assert len([row for row in hand.judged() if row.startswith("Item 2")]) == 3


def test_the_worst_stands_first_and_the_line_above_counts(hand: Hand) -> None:
    hand.page.set_target("duty")
    hand.choose_kind(Kind.MARKDOWN)
    hand.type("title", "t")
    hand.type("text", "~~a~~\nb")
    rows = hand.judged()
    assert "告警" in rows[0]
    header = hand.widget("problems.header").property("text")
    assert header.startswith("1 will be refused · ")


def test_a_click_on_a_problem_leads_to_its_field_and_line(hand: Hand, qtbot: QtBot) -> None:
    hand.choose_kind(Kind.MARKDOWN)
    hand.type("title", "标题")
    hand.type("text", "好\n\n- a\n\n~~c~~")
    hand.field("title").setFocus()
    rows = hand.judged()
    number = next(n for n, words in enumerate(rows) if "~~" in words)
    hand.click(f"problem.{number}")
    qtbot.waitUntil(hand.field("text").hasFocus)
    assert hand.field("text").textCursor().blockNumber() == 4


def test_a_problem_leads_into_a_list(hand: Hand, qtbot: QtBot) -> None:
    hand.session.restore(
        Draft(kind=Kind.FEED_CARD, feed=(FeedLink("t", "https://a.example/", "p"), FeedLink("u"))),
        None,
    )
    hand.judged()
    assert hand.page.focus_field("feed.1.message_url")
    qtbot.waitUntil(hand.field("feed.1.message_url").hasFocus)
    assert hand.page.focus_field("feed.9.title"), "what is gone leads to the list"
    assert not hand.page.focus_field("title"), "this kind has none"


def test_a_problem_of_the_robot_is_asked_of_the_window(hand: Hand, qtbot: QtBot) -> None:
    hand.page.set_target("bare")
    hand.type("text", "x")
    rows = hand.judged()
    with qtbot.waitSignal(hand.page.field_requested, timeout=0) as asked:
        hand.key("problem.0", Qt.Key.Key_Return)
    assert asked.args == ["robot.token"]
    assert rows


def test_many_people_missing_from_the_text_are_one_line(hand: Hand) -> None:
    people = tuple(f"1380000{number:04}" for number in range(9))
    hand.session.restore(Draft(text="x", mentions=Mentions(people)), None)
    assert len([row for row in hand.judged() if row.startswith("Mentions")]) == 1


def test_the_checks_follow_the_typing_by_themselves(hand: Hand, qtbot: QtBot) -> None:
    with qtbot.waitSignal(hand.page.checked, timeout=2000):
        hand.type("text", "x")
    assert _words(hand, "size") == "90 / 20,000 bytes"


# --- too much, and what cannot be said -----------------------------------------------------------


def test_a_paste_beyond_the_bound_is_refused_in_words(hand: Hand, qtbot: QtBot) -> None:
    hand.type("text", "kept")
    with qtbot.waitSignal(hand.page.said, timeout=0):
        hand.paste("text", "x" * 312_001)
    assert hand.draft.text == "kept"
    assert "313 KB" in _words(hand, "notice")
    assert len(QApplication.clipboard().text()) == 312_001
    hand.type("text", "!")
    assert not hand.shown("notice")


def test_20_001_bytes_are_counted_and_told(hand: Hand) -> None:
    hand.paste("text", "x" * (20_001 - 89))
    rows = hand.judged()
    assert _words(hand, "size") == "20,001 / 20,000 bytes"
    assert hand.widget("size").property("over")
    (row,) = rows
    assert "20,000 bytes" in row


def test_a_lone_surrogate_cannot_be_sent_and_a_nul_is_told(hand: Hand) -> None:
    hand.page.set_target("sandbox")
    hand.type("text", "a\x00b")
    assert _codes(hand) == [ProblemCode.CONTROL_CHARACTER]
    (row,) = hand.judged()
    assert row.startswith("Text: ")
    assert "control character" in row
    assert hand.widget("send").isEnabled()
    hand.type("text", "\ud83d")
    assert ProblemCode.LONE_SURROGATE in _codes(hand)
    assert any("half a character" in row for row in hand.judged())
    assert not hand.widget("send").isEnabled()
    assert _words(hand, "reason")


# --- target and send -----------------------------------------------------------------------------


def test_without_a_target_send_says_choose_a_group(hand: Hand, qtbot: QtBot) -> None:
    hand.type("text", "x")
    assert _words(hand, "send") == "Choose a group"
    assert not hand.widget("send").isEnabled()
    with qtbot.assertNotEmitted(hand.page.send_requested):
        hand.key("text", Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_the_target_is_chosen_by_hand_and_named_on_the_button(hand: Hand, qtbot: QtBot) -> None:
    with qtbot.waitSignal(hand.page.target_chosen, timeout=0) as chosen:
        _aim(hand, "运维值班")
    assert chosen.args == ["duty"]
    assert hand.session.target_id == "duty"
    assert _words(hand, "send") == "Send to 运维值班 · production"
    _aim(hand, "Choose a group")
    assert hand.session.target_id is None


def test_neither_wheel_nor_arrow_keys_move_the_target(hand: Hand) -> None:
    hand.page.set_target("sandbox")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_R):
        QTest.keyClick(hand.widget("target"), key)
    assert hand.session.target_id == "sandbox"


def test_ctrl_enter_sends_from_the_middle_of_the_text(hand: Hand, qtbot: QtBot) -> None:
    hand.page.set_target("sandbox")
    hand.type("text", "x")
    qtbot.waitUntil(hand.field("text").hasFocus)
    with qtbot.waitSignal(hand.page.send_requested, timeout=1000):
        hand.key("text", Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert hand.draft.text == "x"


def test_a_person_still_being_typed_is_sent_along(hand: Hand, qtbot: QtBot) -> None:
    hand.page.set_target("sandbox")
    hand.type("text", "x")
    hand.type("mentions", "13800000001")
    with qtbot.waitSignal(hand.page.send_requested, timeout=1000):
        hand.key("mentions", Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert hand.draft.mentions == Mentions(("13800000001",))


def test_what_is_under_way_cannot_be_sent_again(hand: Hand, qtbot: QtBot) -> None:
    hand.page.set_target("sandbox")
    hand.type("text", "x")
    hand.page.set_sending(True)
    with qtbot.assertNotEmitted(hand.page.send_requested):
        hand.click("send")
        hand.key("text", Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert _words(hand, "reason") == "Sending…"
    hand.page.set_sending(False)
    with qtbot.waitSignal(hand.page.send_requested, timeout=0):
        hand.click("send")


def test_a_robot_without_webhook_says_so(hand: Hand) -> None:
    hand.page.set_target("bare")
    assert not hand.widget("send").isEnabled()
    assert _words(hand, "reason") == "Its webhook is missing: edit the robot"


def test_a_name_with_an_ampersand_is_a_name(hand: Hand, qtbot: QtBot) -> None:
    hand.page.set_robots((Robot("rd", "R&D", has_token=True),))
    hand.page.set_target("rd")
    assert hand.widget("send").accessibleName() == "Send to R&D · test"


@pytest.mark.parametrize("width", [380, 400, 700])
def test_nothing_is_cut_off_in_a_narrow_column(hand: Hand, qtbot: QtBot, width: int) -> None:
    hand.page.set_target("duty")
    for kind in Kind:
        hand.choose_kind(kind)
        hand.page.resize(width, 540)
        qtbot.waitUntil(lambda: hand.page.width() == width)
        assert hand.page.minimumSizeHint().width() <= 380
        for name in ("send", "target", f"kind.{Kind.FEED_CARD.value}"):
            widget = hand.widget(name)
            right = widget.mapTo(hand.page, widget.rect().bottomRight())
            assert hand.page.rect().contains(right), name
        text = hand.widget("feed.0.title" if kind is Kind.FEED_CARD else "text")
        assert text.mapTo(hand.page, text.rect().topRight()).x() <= width
