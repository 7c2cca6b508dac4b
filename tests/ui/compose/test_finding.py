"""Find and replace over all fields of a message: plainly, whole words, regular expressions."""

from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton

from dingcomposer.core.draft import Draft, with_texts
from dingcomposer.core.messages import Button, FeedLink, Kind
from dingcomposer.ui.compose.source.text_search import Match, Search, expression, matches, replaced
from dingcomposer.ui.widgets.text_fields import TextField

from .conftest import ComposeDriver

CARD = Draft(
    kind=Kind.INDEPENDENT,
    title="周会 通知",
    text="周会改到周五。\n周会",
    message_url="周会",  # of another kind: not seen, not changed
    buttons=(Button("周会", "https://example.com/周会"), Button("好", "x")),
)


def found(search: Search, text: str) -> list[str]:
    data = text.encode("utf-16-le")
    return [
        data[2 * one.start : 2 * (one.start + one.length)].decode("utf-16-le")
        for one in matches(expression(search), text)
    ]


@pytest.mark.parametrize(
    ("search", "text", "words"),
    [
        (Search("通知"), "通知，放假通知书", ["通知", "通知"]),
        (Search("api"), "API api apis", ["API", "api", "api"]),
        (Search("api", minds_case=True), "API api", ["api"]),
        (Search("a.b"), "a.b axb", ["a.b"]),
        (Search("api", is_word=True), "api apis my_api API接口 接口api。", ["api", "API", "api"]),
        (Search("通知", is_word=True), "放假通知书", ["通知"]),
        (Search("3", is_word=True), "3 13 3月", ["3", "3"]),
        (Search(r"\d+月", is_expression=True), "8月12月", ["8月", "12月"]),
        (Search(r"^- .*$", is_expression=True), "- a\nb\n- c", ["- a", "- c"]),
        (Search("会"), "😀会😀会", ["会", "会"]),
        (Search("x*", is_expression=True), "axxb", ["xx"]),
        (Search("("), "(a)", ["("]),
        (Search("(", is_expression=True), "(a)", []),
        (Search(""), "abc", []),
    ],
)
def test_what_is_found(search: Search, text: str, words: list[str]) -> None:
    assert found(search, text) == words


def test_places_are_those_of_a_document() -> None:
    assert matches(expression(Search("会")), "😀会") == [Match(2, 1)]


@pytest.mark.parametrize(
    ("search", "by", "text", "made"),
    [
        (Search("周五"), "周四", "周五，周五", ("周四，周四", 2)),
        (Search("a"), r"\1$1", "a", (r"\1$1", 1)),
        (Search(r"(\d+)月(\d+)日", is_expression=True), r"$1-\2", "8月3日", ("8-3", 1)),
        (Search(r"；", is_expression=True), r"\n", "一；二", ("一\n二", 1)),
        (Search("会"), "😀", "😀会", ("😀😀", 1)),
    ],
)
def test_what_stands_in_its_place(
    search: Search, by: str, text: str, made: tuple[str, int]
) -> None:
    wanted = expression(search)
    assert replaced(wanted, text, by, is_expression=search.is_expression) == made


def test_an_expression_that_would_take_for_ever_is_given_up() -> None:
    begun = perf_counter()
    matches(expression(Search("(a+)+$", is_expression=True)), "a" * 5_000 + "b")
    assert perf_counter() - begun < 20


def test_texts_are_written_into_their_fields() -> None:
    draft = with_texts(
        Draft(feed=(FeedLink(), FeedLink())),
        {"title": "a", "jump.url": "b", "buttons.1.title": "c", "feed.0.picture_url": "d"},
    )
    assert (draft.title, draft.jump.url, draft.buttons[1].title) == ("a", "b", "c")
    assert draft.feed[0].picture_url == "d"


class Finder:
    """Somebody at the bar."""

    def __init__(self, driver: ComposeDriver) -> None:
        self.driver = driver

    def open(self, *, replaces: bool = True) -> None:
        self.driver.page.open_finder(replaces=replaces)

    def line(self, name: str) -> QLineEdit:
        found = self.driver.find(f"find.{name}")
        assert isinstance(found, QLineEdit)
        return found

    def write(self, name: str, words: str) -> None:
        line = self.line(name)
        line.clear()
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(line, event)

    def count(self) -> str:
        return self.driver.read("find.count")

    def marked(self, name: str) -> list[str]:
        return [one.cursor.selectedText() for one in self.driver.field(name).extraSelections()]


@pytest.fixture
def finder(driver: ComposeDriver) -> Finder:
    driver.session.restore(CARD, None)
    return Finder(driver)


def test_all_fields_that_are_shown_are_looked_through(finder: Finder) -> None:
    finder.open()
    finder.write("words", "周会")
    assert finder.count() == "1 of 5"
    assert finder.marked("title") == ["周会"]
    assert finder.marked("text") == ["周会", "周会"]
    assert finder.marked("buttons.0.url") == ["周会"]
    line = finder.line("words")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert finder.count() == "2 of 5"
    assert finder.driver.field("text").textCursor().position() == 0
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert finder.count() == "5 of 5"
    assert line.hasFocus()


def test_all_are_replaced_in_one_step(finder: Finder) -> None:
    session = finder.driver.session
    finder.open()
    finder.write("words", "周会")
    finder.write("by", "晨会")
    finder.driver.click("find.all")
    draft = session.draft
    assert draft.title == "晨会 通知"
    assert draft.text == "晨会改到周五。\n晨会"
    assert draft.buttons[0] == Button("晨会", "https://example.com/晨会")
    assert draft.message_url == "周会"
    assert finder.count() == "Nothing found"
    session.undo()
    assert session.draft == CARD
    assert not session.can_undo


def test_one_is_replaced_and_the_next_one_shown(finder: Finder) -> None:
    finder.open()
    finder.write("words", "周会")
    finder.write("by", "周会周会")
    QTest.keyClick(finder.line("words"), Qt.Key.Key_Return)
    QTest.keyClick(finder.line("by"), Qt.Key.Key_Return)
    assert finder.driver.draft.text == "周会周会改到周五。\n周会"
    assert finder.driver.draft.title == "周会 通知"


def test_what_is_written_meanwhile_is_found_anew(finder: Finder) -> None:
    finder.open()
    finder.write("words", "周会")
    finder.driver.type("text", "周会")
    QApplication.processEvents()
    assert finder.count() == "1 of 6"


def test_an_expression_that_is_not_one_is_told(finder: Finder) -> None:
    finder.open()
    button = finder.driver.find("find.expression")
    assert isinstance(button, QToolButton)
    button.setChecked(True)
    finder.write("words", "(周")
    assert finder.count() == "Not valid"
    assert not finder.driver.find("find.all").isEnabled()


def test_escape_leads_to_what_was_found_and_takes_the_marks_away(finder: Finder) -> None:
    finder.open(replaces=False)
    assert not finder.driver.sees("find.by")
    finder.write("words", "改到")
    QTest.keyClick(finder.line("words"), Qt.Key.Key_Escape)
    text = finder.driver.field("text")
    assert text.hasFocus()
    assert text.textCursor().selectedText() == "改到"
    assert text.extraSelections() == []
    assert not finder.driver.sees("find.words")


def test_the_selected_words_are_looked_for(finder: Finder) -> None:
    text: TextField = finder.driver.field("text")
    text.setFocus()
    text.select(2, 4)
    finder.open()
    assert finder.line("words").text() == "改到"
    assert finder.count() == "1 of 1"


def test_in_a_narrow_column_the_words_can_be_read_and_in_the_json_it_is_gone(
    driver: ComposeDriver,
) -> None:
    driver.page.resize(280, 560)
    driver.page.open_finder(replaces=True)
    QApplication.sendPostedEvents()
    for name in ("find.words", "find.by"):
        line = driver.find(name)
        assert line.width() >= 90, name
        assert driver.page.rect().contains(line.mapTo(driver.page, line.rect().bottomRight()))
    driver.page.show_json(is_shown=True)
    assert not driver.sees("find")


def test_who_writes_on_while_the_bar_stands_open_keeps_the_caret(finder: Finder) -> None:
    finder.open()
    finder.write("words", "周会")
    QTest.keyClick(finder.line("words"), Qt.Key.Key_Return)
    assert finder.count() == "2 of 5", "the first in the text"
    text = finder.driver.field("text")
    text.setFocus()
    text.put_caret(4, 4)
    for letter in "到了":
        finder.driver.type("text", letter)
        QApplication.processEvents()
    assert text.text() == "周会改到到了周五。\n周会"
    assert text.textCursor().position() == 6
    assert finder.marked("text") == ["周会", "周会"]


def test_what_was_written_just_before_is_found_in_its_new_place(finder: Finder) -> None:
    """Keys that follow each other at once: what was found before may be gone."""
    session = finder.driver.session
    finder.open()
    finder.write("words", "周会")
    session.edit(Draft(text="会"))
    QTest.keyClick(finder.line("words"), Qt.Key.Key_Return)
    assert finder.count() == "Nothing found"
    session.edit(Draft(text="一个周会"))
    QTest.keyClick(finder.line("by"), Qt.Key.Key_Return)
    assert session.draft == Draft(text="一个")
    session.undo()
    QTest.keyClick(finder.line("words"), Qt.Key.Key_Escape)
    text = finder.driver.field("text")
    assert text.textCursor().selectedText() == "周会"
    session.edit(Draft(text="周会了"))
    QApplication.processEvents()
    assert text.extraSelections() == [], "closed, it marks nothing any more"
