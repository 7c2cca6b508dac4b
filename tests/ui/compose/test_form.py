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

from .conftest import Hand

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_fields_that_kinds_share_keep_their_text(hand: Hand) -> None:
    hand.type("text", "正文")
    hand.choose_kind(Kind.MARKDOWN)
    hand.type("title", "标题")
    hand.choose_kind(Kind.LINK)
    assert (hand.field("title").text(), hand.field("text").text()) == ("标题", "正文")
    hand.choose_kind(Kind.TEXT)
    assert not hand.shown("title")
    assert hand.draft == Draft(title="标题", text="正文")


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
    hand: Hand, kind: Kind, shown: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    hand.choose_kind(kind)
    assert [name for name in shown if not hand.shown(name)] == []
    assert [name for name in hidden if hand.shown(name)] == []


def test_undo_and_redo_cover_the_whole_form(hand: Hand) -> None:
    hand.type("text", "正文")
    hand.choose_kind(Kind.INDEPENDENT)
    hand.type("buttons.0.title", "好")
    hand.click("buttons.add")
    hand.undo("text")
    assert len(hand.draft.buttons) == 2
    hand.undo("text")
    assert hand.draft.buttons[0].title == ""
    assert hand.field("buttons.0.title").text() == ""
    hand.undo("text")
    assert hand.draft == Draft(text="正文")
    hand.undo("text")
    assert hand.field("text").text() == ""
    for _ in range(4):
        hand.redo("text")
    assert hand.draft.kind is Kind.INDEPENDENT
    assert hand.field("buttons.0.title").text() == "好"
    assert len(hand.draft.buttons) == 3


def test_undo_works_where_no_text_field_has_the_keyboard(hand: Hand, qtbot: QtBot) -> None:
    hand.type("text", "x")
    box = hand.widget("mentions.is_all")
    box.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is box)
    QTest.keyClick(box, Qt.Key.Key_Z, CTRL)
    assert hand.draft.text == ""


def test_undo_leaves_the_caret_where_the_text_changed(hand: Hand) -> None:
    hand.type("text", "one two")
    hand.pause()
    hand.field("text").edit_text("one 22 two", 6, 6)
    hand.undo("text")
    assert hand.field("text").text() == "one two"
    assert hand.field("text").selected_range() == (4, 4)


def test_a_draft_put_in_from_outside_is_shown_and_not_edited(hand: Hand) -> None:
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
    hand.session.restore(whole, None)
    hand.session.changed.connect(changes.append)
    for kind in Kind:
        hand.choose_kind(kind)
        assert hand.draft == replace(whole, kind=kind)
    assert len(changes) <= len(Kind), "showing a draft edits nothing"


def test_typing_changes_one_field_and_echoes_nothing(hand: Hand, qtbot: QtBot) -> None:
    message = ActionCard("t", "one\r\n", (Button("a", "b"),), Orientation.HORIZONTAL, None, None)
    hand.session.restore(from_message(message), None)
    changes: list[Draft] = []
    hand.session.changed.connect(changes.append)
    hand.type("buttons.0.title", "新")
    assert changes == [hand.draft]
    assert to_message(hand.draft) == replace(message, action=(Button("新a", "b"),))


def test_an_absent_picture_stays_absent_until_it_is_typed(hand: Hand) -> None:
    hand.session.restore(from_message(Link("t", "x", "u", None)), None)
    hand.type("title", "T")
    assert hand.draft.picture_url is None
    hand.type("picture_url", "https://a.example/p.png")
    assert hand.draft.picture_url == "https://a.example/p.png"


def test_the_page_built_anew_shows_the_same_draft(make_hand: Callable[[], Hand]) -> None:
    first = make_hand()
    first.choose_kind(Kind.MARKDOWN)
    first.type("title", "标题")
    second = make_hand()
    assert second.field("title").text() == "标题"
    second.undo("title")
    assert first.field("title").text() == ""


# --- lists ---------------------------------------------------------------------------------------


def _orientation(hand: Hand) -> Orientation | None:
    return hand.draft.orientation


def _mentions(hand: Hand) -> Mentions | None:
    return hand.draft.mentions


def _three(session: DraftSession) -> None:
    buttons = (Button("1", "a"), Button("2", "b"), Button("3", "c"))
    session.restore(Draft(kind=Kind.INDEPENDENT, buttons=buttons), None)


def _titles(hand: Hand) -> str:
    return "".join(button.title for button in hand.draft.buttons)


def test_buttons_are_moved_copied_and_removed_by_their_signs(hand: Hand) -> None:
    _three(hand.session)
    hand.click("buttons.0.down")
    assert _titles(hand) == "213"
    hand.click("buttons.2.up")
    assert _titles(hand) == "231"
    hand.click("buttons.0.copy")
    assert _titles(hand) == "2231"
    hand.click("buttons.1.remove")
    assert _titles(hand) == "231"
    assert hand.field("buttons.1.url").text() == "c"
    for _ in range(4):
        hand.undo("text")
    assert _titles(hand) == "123"


def test_an_item_is_moved_by_the_keyboard_and_keeps_it(hand: Hand, qtbot: QtBot) -> None:
    _three(hand.session)
    hand.field("buttons.0.url").setFocus()
    hand.key("buttons.0.url", Qt.Key.Key_Down, ALT)
    hand.key("buttons.1.url", Qt.Key.Key_Down, ALT)
    assert _titles(hand) == "231"
    assert hand.field("buttons.2.url").hasFocus()
    hand.key("buttons.2.url", Qt.Key.Key_Down, ALT)
    assert _titles(hand) == "231"


def test_an_item_is_dragged_by_its_handle_as_one_step(hand: Hand, qtbot: QtBot) -> None:
    _three(hand.session)
    qtbot.waitUntil(lambda: hand.widget("buttons.2.grip").y() >= 0)
    grip = hand.widget("buttons.0.grip")
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(grip, left)
    for number in (1, 2):
        row = hand.widget(f"buttons.{number}.title")
        QTest.mouseMove(grip, grip.mapFromGlobal(row.mapToGlobal(row.rect().center())))
    assert _titles(hand) == "231"
    QTest.mouseRelease(grip, left)
    hand.undo("text")
    assert _titles(hand) == "123"


def test_all_buttons_can_be_removed_and_added_again(hand: Hand) -> None:
    _three(hand.session)
    for _ in range(3):
        hand.click("buttons.0.remove")
    assert _titles(hand) == ""
    assert not hand.shown("buttons.0.title")
    hand.click("buttons.add")
    assert hand.draft.buttons == (Button(),)
    assert hand.field("buttons.0.title").hasFocus()


def test_a_new_item_is_in_sight_and_has_the_keyboard(hand: Hand, qtbot: QtBot) -> None:
    hand.choose_kind(Kind.FEED_CARD)
    for _ in range(5):
        hand.widget("feed.add").setFocus()
        hand.key("feed.add", Qt.Key.Key_Space)
    last = hand.field("feed.5.title")
    qtbot.waitUntil(lambda: last.hasFocus() and not last.visibleRegion().isEmpty())


# --- how a card looks ----------------------------------------------------------------------------


def test_side_by_side_says_that_it_takes_two_buttons(hand: Hand) -> None:
    _three(hand.session)
    assert _orientation(hand) == Orientation.VERTICAL
    hand.click("orientation")
    assert _orientation(hand) is Orientation.HORIZONTAL
    assert hand.shown("orientation.hint")
    hand.click("buttons.2.remove")
    assert not hand.shown("orientation.hint")


def test_what_was_absent_stays_absent_unless_it_is_changed(hand: Hand) -> None:
    hand.session.restore(Draft(kind=Kind.INDEPENDENT, orientation=None), None)
    hand.click("orientation.vertical")
    assert _orientation(hand) is None
    hand.click("hide_avatar")
    assert hand.draft.hide_avatar is True
    hand.click("hide_avatar")
    assert hand.draft.hide_avatar is None


# --- mentions ------------------------------------------------------------------------------------


def test_a_pasted_list_becomes_chips_at_once(hand: Hand) -> None:
    hand.paste("mentions", "13800000001\n13800000002, boss")
    assert _mentions(hand) == Mentions(("13800000001", "13800000002"), ("boss",))
    assert hand.field("mentions").text() == ""


def test_a_comma_or_a_space_ends_a_person(hand: Hand) -> None:
    hand.type("mentions", "13800000001，")
    hand.type("mentions", "boss ")
    assert _mentions(hand) == Mentions(("13800000001",), ("boss",))


def test_the_51st_is_refused_in_words_and_stays_in_the_field(hand: Hand) -> None:
    people = [f"1380000{number:04}" for number in range(53)]
    hand.paste("mentions", " ".join(people))
    assert _mentions(hand) == Mentions(tuple(people[:50]))
    assert hand.field("mentions").text() == " ".join(people[50:])
    assert "50" in hand.widget("notice").property("text")


def test_backspace_takes_the_last_person_back_and_nobody_left_means_absent(hand: Hand) -> None:
    hand.type("mentions", "13800000001\n")
    hand.key("mentions", Qt.Key.Key_Backspace)
    assert _mentions(hand) is None
    hand.click("mentions.is_all")
    assert _mentions(hand) == Mentions(is_all=True)
    hand.click("mentions.is_all")
    assert _mentions(hand) is None


def test_who_is_not_in_the_text_is_put_there_by_one_click(hand: Hand) -> None:
    hand.type("text", "告警")
    hand.type("mentions", "+852-12345678\nboss\n")
    hand.click("mentions.insert")
    assert hand.draft.text == "告警 @+852-12345678 @boss "
    assert not hand.shown("mentions.insert")


def test_a_person_without_enter_behind_is_taken_on_leaving(hand: Hand) -> None:
    hand.type("mentions", "13800000001")
    hand.field("text").setFocus()
    assert _mentions(hand) == Mentions(("13800000001",))


# --- toolbar -------------------------------------------------------------------------------------


def test_the_toolbar_works_on_the_selection_and_is_one_step(hand: Hand) -> None:
    hand.choose_kind(Kind.MARKDOWN)
    hand.type("text", "🚀 重点")
    hand.pause()
    hand.field("text").selectAll()
    hand.key("text", Qt.Key.Key_B, CTRL)
    assert hand.draft.text == "**🚀 重点**"
    hand.click("toolbar.italic")
    assert hand.draft.text == "***🚀 重点***"
    hand.pause()
    hand.key("text", Qt.Key.Key_K, CTRL)
    assert hand.draft.text == "***[🚀 重点](https://)***"
    hand.undo("text")
    assert hand.draft.text == "***🚀 重点***"


def test_formatting_keys_do_nothing_to_plain_text(hand: Hand) -> None:
    hand.type("text", "plain")
    hand.field("text").selectAll()
    hand.key("text", Qt.Key.Key_B, CTRL)
    assert hand.draft.text == "plain"


def test_every_control_can_be_reached_and_has_a_name(hand: Hand) -> None:
    for kind in Kind:
        hand.choose_kind(kind)
        for button in hand.page.findChildren(QAbstractButton):
            if button.isVisibleTo(hand.page):
                assert button.accessibleName(), button.objectName() or button


def _walk(hand: Hand, start: str, steps: int) -> list[str]:
    """The names of what Tab leads to."""
    hand.widget(start).setFocus()
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


def test_tab_goes_through_the_form_in_the_order_of_writing(hand: Hand, qtbot: QtBot) -> None:
    hand.session.restore(
        Draft(kind=Kind.INDEPENDENT, title="t", mentions=Mentions(("13800000001",), ("boss",))),
        "sandbox",
    )
    hand.judged()
    hand.click("buttons.add")
    hand.judged()
    qtbot.waitUntil(hand.widget("buttons.2.remove").isVisible)
    expected = ["text", "toolbar.bold"]
    for number, moves in ((0, ("down",)), (1, ("up", "down")), (2, ("up",))):
        expected += [f"buttons.{number}.{part}" for part in ("title", "url", *moves)]
        expected += [f"buttons.{number}.copy", f"buttons.{number}.remove"]
    expected += ["buttons.add", "orientation.vertical", "hide_avatar", "mentions.is_all"]
    expected += ["mentions.chip.0", "mentions.chip.1", "mentions", "mentions.insert"]
    expected += ["problems.header", "problem.0"]
    assert _walk(hand, "title", len(expected)) == expected


def test_the_arrow_keys_go_along_the_toolbar(hand: Hand, qtbot: QtBot) -> None:
    hand.choose_kind(Kind.MARKDOWN)
    hand.widget("toolbar.bold").setFocus()
    hand.key("toolbar.bold", Qt.Key.Key_Right)
    assert hand.widget("toolbar.italic").hasFocus()
    hand.key("toolbar.italic", Qt.Key.Key_Left)
    hand.key("toolbar.bold", Qt.Key.Key_Left)
    assert hand.widget("toolbar.at").hasFocus()
