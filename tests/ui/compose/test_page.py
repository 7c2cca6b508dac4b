"""The page around the form: problems, size, target and send."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.draft import Draft, to_message
from dingcomposer.core.messages import FeedLink, Kind, Mentions
from dingcomposer.core.payload import from_payload
from dingcomposer.core.robot import Robot
from dingcomposer.paths import resource

from .conftest import ComposeDriver

# Without a screen no popup is told from a window.
OFFSCREEN = pytest.mark.qt_log_ignore("does not support")


def _words(driver: ComposeDriver, name: str) -> str:
    widget = driver.find(name)
    assert isinstance(widget, QLabel | QPushButton)
    return widget.text()


def _codes(driver: ComposeDriver) -> list[ProblemCode]:
    return [problem.code for problem in driver.page.problems]


def _aim(driver: ComposeDriver, words: str) -> None:
    menu = driver.page.findChild(QMenu, "compose.target.menu")
    assert menu is not None
    next(one for one in menu.actions() if one.text().startswith(words)).trigger()


# --- problems ------------------------------------------------------------------------------------


def test_a_new_message_is_greeted_and_not_scolded(driver: ComposeDriver) -> None:
    for kind in Kind:
        driver.choose_kind(kind)
        assert driver.checked() == []
        assert _words(driver, "problems.hint")


def test_empty_fields_nobody_was_in_are_still_to_fill_in(driver: ComposeDriver) -> None:
    driver.choose_kind(Kind.LINK)
    driver.type("title", "标题")
    (row,) = driver.checked()
    assert row == "Still to fill in: Text · Link address"
    assert not driver.field("text").property("fault")


def test_a_field_emptied_again_is_a_fault(driver: ComposeDriver) -> None:
    driver.choose_kind(Kind.MARKDOWN)
    driver.type("text", "正文")
    driver.type("title", "x")
    driver.key("title", Qt.Key.Key_Backspace)
    rows = driver.checked()
    assert rows[0].startswith("Title: ")
    assert driver.field("title").property("fault")
    driver.type("title", "标题")
    driver.checked()
    assert not driver.field("title").property("fault")


def test_trying_to_send_judges_the_whole(driver: ComposeDriver, qtbot: QtBot) -> None:
    driver.page.set_target("sandbox")
    driver.choose_kind(Kind.LINK)
    with qtbot.waitSignal(driver.page.send_requested, timeout=0):
        driver.click("send")
    rows = driver.checked()
    assert [row.split(":")[0] for row in rows] == ["Title", "Text", "Link address"]
    assert driver.field("message_url").property("fault")


def test_an_opened_message_is_judged_as_a_whole(driver: ComposeDriver) -> None:
    driver.session.begin(Draft(kind=Kind.FEED_CARD, feed=(FeedLink("t"), FeedLink())))
    assert len([row for row in driver.checked() if row.startswith("Item 2")]) == 3


def test_the_worst_stands_first_and_the_line_above_counts(driver: ComposeDriver) -> None:
    driver.page.set_target("duty")
    driver.choose_kind(Kind.MARKDOWN)
    driver.type("title", "t")
    driver.type("text", "~~a~~\nb")
    rows = driver.checked()
    assert "告警" in rows[0]
    header = driver.find("problems.header").property("text")
    assert header.startswith("1 will be refused · ")


def test_a_click_on_a_problem_leads_to_its_field_and_line(
    driver: ComposeDriver, qtbot: QtBot
) -> None:
    driver.choose_kind(Kind.MARKDOWN)
    driver.type("title", "标题")
    driver.paste("text", "好\n\n- a\n\n~~c~~")
    driver.field("title").setFocus()
    rows = driver.checked()
    number = next(n for n, words in enumerate(rows) if "~~" in words)
    driver.click(f"problem.{number}")
    qtbot.waitUntil(driver.field("text").hasFocus)
    assert driver.field("text").textCursor().blockNumber() == 4


def test_a_problem_leads_into_a_list(driver: ComposeDriver, qtbot: QtBot) -> None:
    driver.session.restore(
        Draft(kind=Kind.FEED_CARD, feed=(FeedLink("t", "https://a.example/", "p"), FeedLink("u"))),
        None,
    )
    driver.checked()
    assert driver.page.focus_field("feed.1.message_url")
    qtbot.waitUntil(driver.field("feed.1.message_url").hasFocus)
    assert driver.page.focus_field("feed.9.title"), "what is gone leads to the list"
    assert not driver.page.focus_field("title"), "this kind has none"


def test_a_problem_of_the_robot_is_asked_of_the_window(driver: ComposeDriver, qtbot: QtBot) -> None:
    driver.page.set_target("bare")
    driver.type("text", "x")
    rows = driver.checked()
    with qtbot.waitSignal(driver.page.field_requested, timeout=0) as asked:
        driver.key("problem.0", Qt.Key.Key_Return)
    assert asked.args == ["robot.token"]
    assert rows


def test_many_people_missing_from_the_text_are_one_line(driver: ComposeDriver) -> None:
    people = tuple(f"1380000{number:04}" for number in range(9))
    driver.session.restore(Draft(text="x", mentions=Mentions(people)), None)
    assert len([row for row in driver.checked() if row.startswith("Mentions")]) == 1


def test_the_checks_follow_the_typing_by_themselves(driver: ComposeDriver, qtbot: QtBot) -> None:
    with qtbot.waitSignal(driver.page.checked, timeout=2000):
        driver.type("text", "x")
    assert _codes(driver) == []


def test_bytes_are_told_from_half_of_the_limit_on(driver: ComposeDriver) -> None:
    driver.paste("text", "x" * (9_999 - 89))
    driver.checked()
    assert not driver.sees("size")
    driver.type("text", "x")
    driver.checked()
    assert _words(driver, "size") == "10,000 / 20,000 bytes"


# --- too much, and what cannot be said -----------------------------------------------------------


def test_a_paste_beyond_the_bound_is_refused_in_words(driver: ComposeDriver, qtbot: QtBot) -> None:
    driver.type("text", "kept")
    with qtbot.waitSignal(driver.page.said, timeout=0):
        driver.paste("text", "x" * 312_001)
    assert driver.draft.text == "kept"
    assert "313 KB" in _words(driver, "notice")
    assert len(QApplication.clipboard().text()) == 312_001
    driver.type("text", "!")
    assert not driver.sees("notice")


def test_20_001_bytes_are_counted_and_told(driver: ComposeDriver) -> None:
    driver.paste("text", "x" * (20_001 - 89))
    rows = driver.checked()
    assert _words(driver, "size") == "20,001 / 20,000 bytes"
    assert driver.find("size").property("over")
    (row,) = rows
    assert "20,000 bytes" in row


def test_a_lone_surrogate_cannot_be_sent_and_a_nul_is_told(driver: ComposeDriver) -> None:
    driver.page.set_target("sandbox")
    driver.type("text", "a\x00b")
    assert _codes(driver) == [ProblemCode.CONTROL_CHARACTER]
    (row,) = driver.checked()
    assert row.startswith("Text: ")
    assert "control character" in row
    assert driver.find("send").isEnabled()
    driver.type("text", "\ud83d")
    assert ProblemCode.LONE_SURROGATE in _codes(driver)
    assert any("half a character" in row for row in driver.checked())
    assert not driver.find("send").isEnabled()
    assert _words(driver, "reason")


# --- target and send -----------------------------------------------------------------------------


@OFFSCREEN
def test_without_a_target_send_says_choose_a_group(driver: ComposeDriver, qtbot: QtBot) -> None:
    driver.type("text", "x")
    assert _words(driver, "send") == "Choose a group"
    with qtbot.assertNotEmitted(driver.page.send_requested):
        driver.key("text", Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@OFFSCREEN
def test_the_button_that_says_choose_a_group_opens_the_list_of_groups(
    driver: ComposeDriver, qtbot: QtBot
) -> None:
    driver.type("text", "x")
    send, menu = driver.find("send"), driver.page.findChild(QMenu, "compose.target.menu")
    assert menu is not None
    with qtbot.assertNotEmitted(driver.page.send_requested):
        QTest.mouseClick(send, Qt.MouseButton.LeftButton)
    assert menu.isVisible()
    menu.close()
    chooser = driver.find("target")
    qtbot.waitUntil(lambda: not chooser.testAttribute(Qt.WidgetAttribute.WA_UnderMouse))


@OFFSCREEN
def test_the_list_of_groups_opens_at_the_one_that_is_chosen(
    driver: ComposeDriver, qtbot: QtBot
) -> None:
    _aim(driver, "运维值班")
    menu = driver.page.findChild(QMenu, "compose.target.menu")
    chooser = driver.find("target")
    assert menu is not None
    assert isinstance(chooser, QPushButton)
    # By the mouse: pressing it opens the menu, as `showMenu` does without waiting for its end.
    menu.popup(chooser.mapToGlobal(chooser.rect().bottomLeft()))
    qtbot.waitUntil(lambda: menu.activeAction() is not None)
    assert menu.activeAction().data() == "duty"
    menu.close()


def test_the_target_is_chosen_by_hand_and_named_on_the_button(
    driver: ComposeDriver, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(driver.page.target_chosen, timeout=0) as chosen:
        _aim(driver, "运维值班")
    assert chosen.args == ["duty"]
    assert driver.session.target_id == "duty"
    assert _words(driver, "send") == "Send to 运维值班 · production"
    _aim(driver, "Choose a group")
    assert driver.session.target_id is None


def test_neither_wheel_nor_arrow_keys_move_the_target(driver: ComposeDriver) -> None:
    driver.page.set_target("sandbox")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_R):
        QTest.keyClick(driver.find("target"), key)
    assert driver.session.target_id == "sandbox"


def test_ctrl_enter_sends_from_the_middle_of_the_text(driver: ComposeDriver, qtbot: QtBot) -> None:
    driver.page.set_target("sandbox")
    driver.type("text", "x")
    qtbot.waitUntil(driver.field("text").hasFocus)
    with qtbot.waitSignal(driver.page.send_requested, timeout=1000):
        driver.key("text", Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert driver.draft.text == "x"


def test_a_person_still_being_typed_is_sent_along(driver: ComposeDriver, qtbot: QtBot) -> None:
    driver.page.set_target("sandbox")
    driver.type("text", "x")
    driver.type("mentions", "13800000001")
    with qtbot.waitSignal(driver.page.send_requested, timeout=1000):
        driver.key("mentions", Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert driver.draft.mentions == Mentions(("13800000001",))


def test_what_is_under_way_cannot_be_sent_again(driver: ComposeDriver, qtbot: QtBot) -> None:
    driver.page.set_target("sandbox")
    driver.type("text", "x")
    driver.page.set_sending(True)
    with qtbot.assertNotEmitted(driver.page.send_requested):
        driver.press("send")
        driver.key("text", Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert _words(driver, "reason") == "Sending…"
    driver.page.set_sending(False)
    with qtbot.waitSignal(driver.page.send_requested, timeout=0):
        driver.click("send")


def test_a_robot_without_webhook_says_so(driver: ComposeDriver) -> None:
    driver.page.set_target("bare")
    assert not driver.find("send").isEnabled()
    assert _words(driver, "reason") == "Its webhook is missing: edit the robot"


def test_a_name_with_an_ampersand_is_a_name(driver: ComposeDriver, qtbot: QtBot) -> None:
    driver.page.set_robots((Robot("rd", "R&D", has_token=True),))
    driver.page.set_target("rd")
    assert driver.find("send").accessibleName() == "Send to R&D · test"


@pytest.mark.parametrize("width", [380, 400, 700])
def test_nothing_is_cut_off_in_a_narrow_column(
    driver: ComposeDriver, qtbot: QtBot, width: int
) -> None:
    driver.page.set_target("duty")
    for kind in Kind:
        driver.choose_kind(kind)
        driver.page.resize(width, 540)
        qtbot.waitUntil(lambda: driver.page.width() == width)
        assert driver.page.minimumSizeHint().width() <= 380
        for name in ("send", "target", f"kind.{Kind.FEED_CARD.value}"):
            widget = driver.find(name)
            right = widget.mapTo(driver.page, widget.rect().bottomRight())
            assert driver.page.rect().contains(right), name
        text = driver.find("feed.0.title" if kind is Kind.FEED_CARD else "text")
        assert text.mapTo(driver.page, text.rect().topRight()).x() <= width


@pytest.mark.parametrize("kind", list(Kind))
def test_an_empty_message_offers_a_sample_of_its_kind_and_undo_takes_it_back(
    driver: ComposeDriver, kind: Kind
) -> None:
    driver.choose_kind(kind)
    target = driver.session.target_id
    driver.click("sample")
    sample = resource(f"samples/{kind}.json").read_text(encoding="utf-8")
    assert to_message(driver.draft) == from_payload(json.loads(sample)).message
    assert driver.session.target_id == target
    _ = driver.page.problems  # checked now
    (button,) = driver.page.findChildren(QToolButton, "compose.sample")
    assert not button.isVisibleTo(driver.page)
    driver.session.undo()
    assert driver.draft == Draft(kind=kind)


def test_the_first_letter_moves_nothing_below_the_hint(driver: ComposeDriver) -> None:
    driver.page.resize(700, 700)
    driver.page.show()
    before = driver.find("send").mapTo(driver.page, QPoint(0, 0))
    height = driver.field("text").height()
    QTest.keyClicks(driver.field("text"), "a")
    assert driver.page.problems == ()
    assert driver.find("send").mapTo(driver.page, QPoint(0, 0)) == before
    assert driver.field("text").height() == height


def test_what_is_found_in_several_places_says_in_how_many(driver: ComposeDriver) -> None:
    text = "看\n\n![a](C:\\a.png)\n\n![b](http://192.168.1.5/b.png)\n\n![c](file:///c.png)"
    driver.session.begin(Draft(kind=Kind.MARKDOWN, title="停机通知", text=text))
    assert "(and 2 more like it)" in driver.checked()[0]
    header = driver.find("problems.header")
    assert isinstance(header, QToolButton)
    assert header.text().startswith("3 shown to nobody")
