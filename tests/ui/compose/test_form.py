"""The form as a person uses it: kinds, undo, lists, mentions, toolbar."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from dingcomposer.core.draft import Draft, from_message, to_message
from dingcomposer.core.messages import (
    ActionCard,
    Button,
    FeedLink,
    Kind,
    Link,
    Mentions,
    Orientation,
)
from dingcomposer.services.draft_session import DraftSession

from .conftest import ComposeDriver

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_fields_that_kinds_share_keep_their_text(driver: ComposeDriver) -> None:
    driver.type("text", "正文")
    driver.choose_kind(Kind.MARKDOWN)
    driver.type("title", "标题")
    driver.choose_kind(Kind.LINK)
    assert (driver.field("title").text(), driver.field("text").text()) == ("标题", "正文")
    driver.choose_kind(Kind.TEXT)
    assert not driver.sees("title")
    assert driver.draft == Draft(title="标题", text="正文")


@pytest.mark.parametrize(
    ("kind", "shown", "hidden"),
    [
        (Kind.TEXT, ("text", "mentions"), ("title", "toolbar", "message_url", "feed.add")),
        (Kind.LINK, ("title", "text", "message_url", "picture_url"), ("mentions", "toolbar")),
        (Kind.MARKDOWN, ("title", "toolbar", "text", "mentions"), ("jump.url", "orientation")),
        (Kind.WHOLE_JUMP, ("jump.title", "jump.url", "hide_avatar"), ("buttons.add",)),
        (Kind.INDEPENDENT, ("buttons.0.title", "orientation", "hide_avatar"), ("jump.title",)),
        (Kind.FEED_CARD, ("feed.0.picture_url", "feed.add"), ("title", "text", "mentions")),
    ],
)
def test_a_kind_shows_its_fields_and_no_other(
    driver: ComposeDriver, kind: Kind, shown: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    driver.choose_kind(kind)
    assert [name for name in shown if not driver.sees(name)] == []
    assert [name for name in hidden if driver.sees(name)] == []


def test_undo_and_redo_cover_the_whole_form(driver: ComposeDriver) -> None:
    driver.type("text", "正文")
    driver.choose_kind(Kind.INDEPENDENT)
    driver.type("buttons.0.title", "好")
    driver.click("buttons.add")
    driver.undo("text")
    assert len(driver.draft.buttons) == 2
    driver.undo("text")
    assert driver.draft.buttons[0].title == ""
    assert driver.field("buttons.0.title").text() == ""
    driver.undo("text")
    assert driver.draft == Draft(text="正文")
    driver.undo("text")
    assert driver.field("text").text() == ""
    for _ in range(4):
        driver.redo("text")
    assert driver.draft.kind is Kind.INDEPENDENT
    assert driver.field("buttons.0.title").text() == "好"
    assert len(driver.draft.buttons) == 3


def test_undo_works_where_no_text_field_has_the_keyboard(
    driver: ComposeDriver, qtbot: QtBot
) -> None:
    driver.type("text", "x")
    box = driver.find("mentions.is_all")
    box.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is box)
    QTest.keyClick(box, Qt.Key.Key_Z, CTRL)
    assert driver.draft.text == ""


def test_undo_leaves_the_caret_where_the_text_changed(driver: ComposeDriver) -> None:
    driver.type("text", "one two")
    driver.pause()
    driver.field("text").edit_text("one 22 two", 6, 6)
    driver.undo("text")
    assert driver.field("text").text() == "one two"
    assert driver.field("text").selected_range() == (4, 4)


def test_a_draft_put_in_from_outside_is_shown_and_not_edited(driver: ComposeDriver) -> None:
    whole = Draft(
        kind=Kind.INDEPENDENT,
        title="标题",
        text="one\r\ntwo @138",
        mentions=Mentions(("138",), ("boss",), is_all=True),
        message_url="https://a.example/",
        picture_url=None,
        jump=Button("a", "b"),
        buttons=(Button("1", "2"), Button("3", "4"), Button("5", "6")),
        orientation=None,
        hide_avatar=False,
        feed=(FeedLink("x", "y", "z"), FeedLink()),
    )
    changes: list[Draft] = []
    driver.session.restore(whole, None)
    driver.page.form.text.set_line_breaks(breaks_lines=False)
    driver.session.changed.connect(changes.append)
    for kind in Kind:
        driver.choose_kind(kind)
        assert driver.draft == replace(whole, kind=kind)
    assert len(changes) <= len(Kind), "showing a draft edits nothing"


def test_typing_changes_one_field_and_echoes_nothing(driver: ComposeDriver, qtbot: QtBot) -> None:
    message = ActionCard("t", "one\r\n", (Button("a", "b"),), Orientation.HORIZONTAL, None, None)
    driver.session.restore(from_message(message), None)
    changes: list[Draft] = []
    driver.session.changed.connect(changes.append)
    driver.type("buttons.0.title", "新")
    assert changes == [driver.draft]
    assert to_message(driver.draft) == replace(message, action=(Button("新a", "b"),))


def test_an_absent_picture_stays_absent_until_it_is_typed(driver: ComposeDriver) -> None:
    driver.session.restore(from_message(Link("t", "x", "u", None)), None)
    driver.type("title", "T")
    assert driver.draft.picture_url is None
    driver.type("picture_url", "https://a.example/p.png")
    assert driver.draft.picture_url == "https://a.example/p.png"


def test_the_page_built_anew_shows_the_same_draft(make_hand: Callable[[], ComposeDriver]) -> None:
    first = make_hand()
    first.choose_kind(Kind.MARKDOWN)
    first.type("title", "标题")
    second = make_hand()
    assert second.field("title").text() == "标题"
    second.undo("title")
    assert first.field("title").text() == ""


# --- lists ---------------------------------------------------------------------------------------


def _orientation(driver: ComposeDriver) -> Orientation | None:
    return driver.draft.orientation


def _mentions(driver: ComposeDriver) -> Mentions | None:
    return driver.draft.mentions


def _three(session: DraftSession) -> None:
    buttons = (Button("1", "a"), Button("2", "b"), Button("3", "c"))
    session.restore(Draft(kind=Kind.INDEPENDENT, buttons=buttons), None)


def _titles(driver: ComposeDriver) -> str:
    return "".join(button.title for button in driver.draft.buttons)


def test_buttons_are_moved_copied_and_removed_by_their_signs(driver: ComposeDriver) -> None:
    _three(driver.session)
    driver.click("buttons.0.down")
    assert _titles(driver) == "213"
    driver.click("buttons.2.up")
    assert _titles(driver) == "231"
    driver.click("buttons.0.copy")
    assert _titles(driver) == "2231"
    driver.click("buttons.1.remove")
    assert _titles(driver) == "231"
    assert driver.field("buttons.1.url").text() == "c"
    for _ in range(4):
        driver.undo("text")
    assert _titles(driver) == "123"


def test_an_item_is_moved_by_the_keyboard_and_keeps_it(driver: ComposeDriver, qtbot: QtBot) -> None:
    _three(driver.session)
    driver.field("buttons.0.url").setFocus()
    driver.key("buttons.0.url", Qt.Key.Key_Down, ALT)
    driver.key("buttons.1.url", Qt.Key.Key_Down, ALT)
    assert _titles(driver) == "231"
    assert driver.field("buttons.2.url").hasFocus()
    driver.key("buttons.2.url", Qt.Key.Key_Down, ALT)
    assert _titles(driver) == "231"


def test_an_item_is_dragged_by_its_handle_as_one_step(driver: ComposeDriver, qtbot: QtBot) -> None:
    _three(driver.session)
    qtbot.waitUntil(lambda: driver.find("buttons.2.grip").height() > 0)
    grip = driver.find("buttons.0.grip")
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(grip, left)
    for number in (1, 2):
        row = driver.find(f"buttons.{number}.title")
        QTest.mouseMove(grip, grip.mapFromGlobal(row.mapToGlobal(row.rect().center())))
    assert _titles(driver) == "231"
    QTest.mouseRelease(grip, left)
    driver.undo("text")
    assert _titles(driver) == "123"


def test_all_buttons_can_be_removed_and_added_again(driver: ComposeDriver) -> None:
    _three(driver.session)
    for _ in range(3):
        driver.click("buttons.0.remove")
    assert _titles(driver) == ""
    assert not driver.sees("buttons.0.title")
    driver.click("buttons.add")
    assert driver.draft.buttons == (Button(),)
    assert driver.field("buttons.0.title").hasFocus()


def test_a_new_item_is_in_sight_and_has_the_keyboard(driver: ComposeDriver, qtbot: QtBot) -> None:
    driver.choose_kind(Kind.FEED_CARD)
    for _ in range(5):
        driver.find("feed.add").setFocus()
        driver.key("feed.add", Qt.Key.Key_Space)
    last = driver.field("feed.5.title")
    qtbot.waitUntil(lambda: last.hasFocus() and not last.visibleRegion().isEmpty())


# --- how a card looks ----------------------------------------------------------------------------


def test_side_by_side_says_that_it_takes_two_buttons(driver: ComposeDriver) -> None:
    _three(driver.session)
    assert _orientation(driver) == Orientation.VERTICAL
    driver.click("orientation")
    assert _orientation(driver) is Orientation.HORIZONTAL
    assert driver.sees("orientation.hint")
    driver.click("buttons.2.remove")
    assert not driver.sees("orientation.hint")


def test_what_was_absent_stays_absent_unless_it_is_changed(driver: ComposeDriver) -> None:
    driver.session.restore(Draft(kind=Kind.INDEPENDENT, orientation=None), None)
    driver.click("orientation.vertical")
    assert _orientation(driver) is None
    driver.click("hide_avatar")
    assert driver.draft.hide_avatar is True
    driver.click("hide_avatar")
    assert driver.draft.hide_avatar is None


# --- mentions ------------------------------------------------------------------------------------


def test_a_pasted_list_becomes_chips_at_once(driver: ComposeDriver) -> None:
    driver.paste("mentions", "13800000001\n13800000002, boss")
    assert _mentions(driver) == Mentions(("13800000001", "13800000002"), ("boss",))
    assert driver.field("mentions").text() == ""


def test_a_comma_or_a_space_ends_a_person(driver: ComposeDriver) -> None:
    driver.type("mentions", "13800000001，")
    driver.type("mentions", "boss ")
    assert _mentions(driver) == Mentions(("13800000001",), ("boss",))


def test_the_51st_is_refused_in_words_and_stays_in_the_field(driver: ComposeDriver) -> None:
    people = [f"1380000{number:04}" for number in range(53)]
    driver.paste("mentions", " ".join(people))
    assert _mentions(driver) == Mentions(tuple(people[:50]))
    assert driver.field("mentions").text() == " ".join(people[50:])
    assert "50" in driver.find("notice").property("text")


def test_backspace_takes_the_last_person_back_and_nobody_left_means_absent(
    driver: ComposeDriver,
) -> None:
    driver.type("mentions", "13800000001\n")
    driver.key("mentions", Qt.Key.Key_Backspace)
    assert _mentions(driver) is None
    driver.click("mentions.is_all")
    assert _mentions(driver) == Mentions(is_all=True)
    driver.click("mentions.is_all")
    assert _mentions(driver) is None


def test_who_is_not_in_the_text_is_put_there_by_one_click(driver: ComposeDriver) -> None:
    driver.type("text", "告警")
    driver.type("mentions", "+852-12345678\nboss\n")
    driver.click("mentions.insert")
    assert driver.draft.text == "告警 @+852-12345678 @boss "
    assert not driver.sees("mentions.insert")


def test_a_person_without_enter_behind_is_taken_on_leaving(driver: ComposeDriver) -> None:
    driver.type("mentions", "13800000001")
    driver.field("text").setFocus()
    assert _mentions(driver) == Mentions(("13800000001",))


# --- toolbar -------------------------------------------------------------------------------------


def test_the_toolbar_works_on_the_selection_and_is_one_step(driver: ComposeDriver) -> None:
    driver.choose_kind(Kind.MARKDOWN)
    driver.type("text", "🚀 重点")
    driver.pause()
    driver.field("text").selectAll()
    driver.key("text", Qt.Key.Key_B, CTRL)
    assert driver.draft.text == "**🚀 重点**"
    driver.click("toolbar.italic")
    assert driver.draft.text == "***🚀 重点***"
    driver.pause()
    driver.key("text", Qt.Key.Key_K, CTRL)
    driver.type("link.address", "https://a.com/")
    driver.key("link.address", Qt.Key.Key_Return)
    assert driver.draft.text == "***[🚀 重点](https://a.com/)***"
    driver.undo("text")
    assert driver.draft.text == "***🚀 重点***"


def test_formatting_keys_do_nothing_to_plain_text(driver: ComposeDriver) -> None:
    driver.type("text", "plain")
    driver.field("text").selectAll()
    driver.key("text", Qt.Key.Key_B, CTRL)
    assert driver.draft.text == "plain"


def test_every_control_can_be_reached_and_has_a_name(driver: ComposeDriver) -> None:
    for kind in Kind:
        driver.choose_kind(kind)
        for button in driver.page.findChildren(QAbstractButton):
            if button.isVisibleTo(driver.page):
                assert button.accessibleName(), button.objectName() or button


def _walk(driver: ComposeDriver, start: str, steps: int) -> list[str]:
    """The names of what Tab leads to."""
    driver.find(start).setFocus()
    names = []
    for _ in range(steps):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        parent = focused.parentWidget()
        name = focused.objectName() or (parent.objectName() if parent else "")
        names.append(name.removeprefix("compose."))
    return names


def test_tab_goes_through_the_form_in_the_order_of_writing(
    driver: ComposeDriver, qtbot: QtBot
) -> None:
    driver.session.restore(
        Draft(kind=Kind.INDEPENDENT, title="t", mentions=Mentions(("13800000001",), ("boss",))),
        "sandbox",
    )
    driver.checked()
    driver.click("buttons.add")
    driver.checked()
    qtbot.waitUntil(driver.find("buttons.2.remove").isVisible)
    expected = ["text", "toolbar.bold", "text.browser"]
    for number, moves in ((0, ("down",)), (1, ("up", "down")), (2, ("up",))):
        parts = ("title", "url", "url.browser", *moves)
        expected += [f"buttons.{number}.{part}" for part in parts]
        expected += [f"buttons.{number}.copy", f"buttons.{number}.remove"]
    # Of the people, too, as they stand: the line above the field first.
    expected += ["buttons.add", "orientation.vertical", "hide_avatar", "mentions.insert"]
    expected += ["mentions.is_all", "mentions", "mentions.chip.0", "mentions.chip.1"]
    expected += ["problems.header", "problem.0"]
    assert _walk(driver, "title", len(expected)) == expected


def test_the_arrow_keys_go_along_the_toolbar(driver: ComposeDriver, qtbot: QtBot) -> None:
    driver.choose_kind(Kind.MARKDOWN)
    driver.find("toolbar.bold").setFocus()
    driver.key("toolbar.bold", Qt.Key.Key_Right)
    assert driver.find("toolbar.italic").hasFocus()
    driver.key("toolbar.italic", Qt.Key.Key_Left)
    driver.key("toolbar.bold", Qt.Key.Key_Left)
    assert driver.find("toolbar.at").hasFocus()


@pytest.mark.parametrize("name", ["bold", "italic", "quote", "bullets", "rule", "picture"])
def test_a_click_in_the_toolbar_is_a_step_however_quickly_it_follows_a_key(
    driver: ComposeDriver, name: str
) -> None:
    driver.choose_kind(Kind.MARKDOWN)
    driver.type("text", "今晚")
    driver.clock.now_s += 0.2
    typed = driver.draft
    driver.click(f"toolbar.{name}")
    if name == "picture":
        driver.type("link.address", "https://a.cn/b.png")
        driver.click("link.insert")
    assert driver.draft.text != typed.text
    driver.session.undo()
    assert driver.draft == typed
