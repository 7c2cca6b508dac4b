"""The guide as a person reads it, and every way that leads into it."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListWidget,
    QMenu,
    QTextBrowser,
    QToolButton,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

import dingcomposer
from dingcomposer.core.delivery import Status
from dingcomposer.sandbox.rules import Rules
from dingcomposer.services.settings import SEEN_VERSION, ThemeName
from dingcomposer.services.translations import Language, Translators
from dingcomposer.storage.database import StorageFault
from dingcomposer.ui import questions, theme
from dingcomposer.ui.help.launcher import tell_at_the_start
from dingcomposer.ui.help.window import GuideWindow
from dingcomposer.ui.questions import Question
from dingcomposer.ui.texts.storage import FolderFault, folder_sentence, storage_sentence
from tests.fakes.programs import Person, Start

LEFT = Qt.MouseButton.LeftButton
T = TypeVar("T", bound=QWidget)


class Reader:
    """Somebody with the guide open."""

    def __init__(self, window: GuideWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        self.page = self.child(QTextBrowser, "guide.page")
        self.search = self.child(QLineEdit, "guide.search")
        self.hits = self.child(QListWidget, "guide.hits")

    def child(self, kind: type[T], name: str) -> T:
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def is_at(self, address: str) -> bool:
        """Whether the page is there, laid out."""
        page = self.page.toPlainText()
        return self.window.address == address and bool(page)

    def wait_for(self, address: str) -> None:
        self.qtbot.waitUntil(lambda: self.is_at(address))

    def go(self, address: str) -> None:
        with self.qtbot.waitSignal(self.window.shown):
            self.window.show_topic(address)


@pytest.fixture
def opened() -> list[str]:
    """Addresses of the net that were asked for."""
    return []


@pytest.fixture
def reader(qtbot: QtBot, language: Language, opened: list[str]) -> Reader:
    window = GuideWindow(language, opened.append)
    qtbot.addWidget(window)
    window.resize(1100, 700)
    window.show()
    made = Reader(window, qtbot)
    made.go("welcome")
    return made


def test_the_contents_lead_to_each_page(reader: Reader) -> None:
    tree = reader.child(QTreeWidget, "guide.contents")
    titles = 0
    for number in range(tree.topLevelItemCount()):
        group = tree.topLevelItem(number)
        assert group is not None
        for index in range(group.childCount()):
            item = group.child(index)
            assert item is not None
            with reader.qtbot.waitSignal(reader.window.shown, raising=titles > 0):
                tree.setCurrentItem(item)
            assert item.text(0) in reader.page.toPlainText()
            titles += 1
    assert titles > 25


def test_back_and_forward_lead_to_where_one_was(reader: Reader) -> None:
    reader.go("refused")
    bar = reader.page.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    assert place > 0
    reader.go("secrets")
    back = reader.child(QToolButton, "guide.back")
    forward = reader.child(QToolButton, "guide.forward")
    assert not forward.isEnabled()
    with reader.qtbot.waitSignal(reader.window.shown):
        back.click()
    assert reader.window.address == "refused"
    assert bar.value() == place
    with reader.qtbot.waitSignal(reader.window.shown):
        QTest.keyClick(reader.window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert reader.window.address == "secrets"
    assert not forward.isEnabled()


def test_a_section_is_led_to_by_its_anchor(reader: Reader) -> None:
    reader.go("cause.too_long")
    assert reader.window.address == "refused#cause.too_long"
    assert reader.page.verticalScrollBar().value() > 0


def test_links_lead_on_and_those_of_the_net_are_asked_for(
    reader: Reader, opened: list[str]
) -> None:
    with reader.qtbot.waitSignal(reader.window.shown):
        reader.page.anchorClicked.emit(QUrl("refused#cause.ip"))
    assert reader.window.address == "refused#cause.ip"
    reader.page.anchorClicked.emit(QUrl("#cause.token"))
    assert reader.window.address == "refused#cause.token"
    reader.page.anchorClicked.emit(QUrl("https://open.dingtalk.com/"))
    assert opened == ["https://open.dingtalk.com/"]
    assert reader.window.address == "refused#cause.token"


def test_the_search_finds_marks_and_gives_the_contents_back(reader: Reader) -> None:
    word = "proxy" if "Welcome" in reader.page.toPlainText() else "代理"
    reader.search.setText(word)
    assert reader.hits.isVisible()
    assert reader.hits.count() > 3
    with reader.qtbot.waitSignal(reader.window.shown):
        QTest.keyClick(reader.search, Qt.Key.Key_Return)
    assert reader.hits.hasFocus()
    marks = reader.page.extraSelections()
    assert marks
    assert word in reader.page.toPlainText().casefold()
    QTest.keyClick(reader.hits, Qt.Key.Key_Escape)
    assert reader.search.text() == ""
    assert reader.child(QTreeWidget, "guide.contents").isVisible()
    assert reader.page.extraSelections() == []


def test_what_is_not_found_is_said(reader: Reader) -> None:
    reader.search.setText("xyzzy")
    nothing = reader.child(QWidget, "guide.nothing")
    assert nothing.isVisible()
    assert not reader.hits.isVisible()


def test_words_are_found_on_the_page_and_round_its_end(reader: Reader) -> None:
    reader.go("secrets")
    QTest.keyClick(reader.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    words = reader.child(QLineEdit, "guide.find.words")
    reader.qtbot.waitUntil(words.isVisible)
    words.setText("webhook")
    count = reader.page.toPlainText().casefold().count("webhook")
    assert len(reader.page.extraSelections()) == count
    places = [reader.page.textCursor().selectionStart()]
    for _ in range(count):
        QTest.keyClick(words, Qt.Key.Key_Return)
        assert reader.page.textCursor().selectedText().casefold() == "webhook"
        places.append(reader.page.textCursor().selectionStart())
    assert places[0] == places[-1]
    assert len(set(places)) == count
    QTest.keyClick(reader.window, Qt.Key.Key_Escape)
    assert not words.isVisible()
    assert reader.page.extraSelections() == []
    assert reader.window.isVisible()


def test_pictures_are_never_wider_than_the_page(reader: Reader) -> None:
    reader.window.resize(700, 600)
    reader.go("kinds")
    assert reader.page.horizontalScrollBar().maximum() == 0
    height = reader.page.document().size().height()
    reader.window.resize(1200, 600)
    reader.qtbot.waitUntil(lambda: reader.page.document().size().height() > height)
    assert reader.page.horizontalScrollBar().maximum() == 0


@pytest.fixture
def _light_again(qapp: QApplication) -> Iterator[None]:
    before, sheet = QPalette(qapp.palette()), qapp.styleSheet()
    yield
    theme.apply(qapp, ThemeName.LIGHT)
    qapp.setPalette(before)
    qapp.setStyleSheet(sheet)


@pytest.mark.usefixtures("_light_again")
def test_another_theme_is_followed_at_once(reader: Reader, qapp: QApplication) -> None:
    theme.apply(qapp, ThemeName.LIGHT)
    reader.go("refused")
    theme.apply(qapp, ThemeName.DARK)
    wanted = theme.current().accent.lower()
    reader.qtbot.waitUntil(lambda: wanted in reader.page.toHtml().lower())


# --- ways into it -------------------------------------------------------------------------------


def guide_of(person: Person) -> GuideWindow:
    """The guide, once it stands."""

    def windows() -> list[GuideWindow]:
        found = QApplication.topLevelWidgets()
        return [one for one in found if isinstance(one, GuideWindow) and one.isVisible()]

    person.wait(windows)
    return windows()[0]


def click(person: Person, name: str) -> None:
    button = person.program.window.findChild(QWidget, name)
    assert button is not None, name
    person.wait(button.isVisible)
    QTest.mouseClick(button, LEFT)


@pytest.fixture
def refusing(start: Start, expect_log: Callable[[str], None]) -> Person:
    """A group that wants a keyword, and a message without it that was sent all the same."""
    expect_log("does not support")
    person = start()
    person.sandbox.rules = Rules(keywords=("release",), secret_required=False)
    person.write_text("hello")
    assert person.send().status is Status.REFUSED
    return person


def test_a_refusal_leads_to_what_it_means(refusing: Person) -> None:
    click(refusing, "verdict.meaning")
    guide = guide_of(refusing)
    assert guide.address == "refused#cause.keyword"
    guide.show_topic("welcome")
    refusing.driver.click("place.history")
    refusing.driver.click_row("history.table", 0)
    click(refusing, "history.verdict.meaning")
    assert guide_of(refusing).address == "refused#cause.keyword"


def test_what_is_delivered_needs_no_explanation(start: Start) -> None:
    person = start()
    person.write_text("hello")
    assert person.send().status is Status.DELIVERED
    meaning = person.program.window.findChild(QWidget, "verdict.meaning")
    assert meaning is not None
    assert meaning.isHidden()


def test_the_guide_goes_with_its_window_and_is_made_when_it_is_wanted(
    start: Start, expect_log: Callable[[str], None]
) -> None:
    expect_log("does not support")
    person = start()
    assert not any(isinstance(one, GuideWindow) for one in QApplication.topLevelWidgets())
    action = person.program.window.findChild(QAction, "menu.guide")
    assert action is not None
    action.trigger()
    assert guide_of(person).address == "welcome"
    person.program.window.hide()
    person.wait(
        lambda: not any(isinstance(one, GuideWindow) for one in QApplication.topLevelWidgets())
    )


def test_a_finding_leads_to_what_it_means(start: Start, expect_log: Callable[[str], None]) -> None:
    expect_log("does not support")
    person = start()
    person.write_text("- a list in a text message\n- is shown as it is written\n**so**")
    compose = person.program.window.compose
    person.wait(lambda: compose.problems)
    code = compose.problems[0].code
    compose.quick_fixes.show_of(compose.problems[:1], QPoint(10, 10))
    menu = compose.findChild(QMenu, "compose.fixes")
    assert menu is not None
    action = menu.findChild(QAction, f"compose.fixes.meaning.{code}")
    assert action is not None
    action.trigger()
    menu.close()
    assert guide_of(person).address.endswith(f"#problem.{code}")


# --- what is new --------------------------------------------------------------------------------


def news_of(person: Person) -> QToolButton:
    found = person.program.window.findChild(QToolButton, "status.news")
    assert found is not None
    return found


def test_what_is_new_is_offered_once_after_an_update(
    start: Start, expect_log: Callable[[str], None]
) -> None:
    first = start()
    assert news_of(first).isHidden()
    assert first.program.settings.value(SEEN_VERSION) == dingcomposer.__version__
    first.program.settings.set(SEEN_VERSION, "0.0.9")
    first.program.shut_down()

    expect_log("does not support")
    updated = start()
    assert not news_of(updated).isHidden()
    assert dingcomposer.__version__ in news_of(updated).text()
    news_of(updated).click()
    assert guide_of(updated).address == "whats-new"
    assert news_of(updated).isHidden()
    updated.program.shut_down()

    again = start()
    assert news_of(again).isHidden()


def test_a_version_that_wrote_down_nothing_counts_as_an_older_one(start: Start) -> None:
    first = start()
    first.program.settings.set(SEEN_VERSION, "")
    first.program.shut_down()
    updated = start()
    assert not news_of(updated).isHidden()


# --- what keeps the program from starting, and its data -----------------------------------------


def test_what_the_status_line_says_of_the_disk_leads_to_the_guide(
    start: Start, expect_log: Callable[[str], None]
) -> None:
    expect_log("does not support")
    person = start()
    meaning = person.program.window.findChild(QToolButton, "status.meaning")
    assert meaning is not None
    assert meaning.isHidden()
    person.program.window.say(storage_sentence(StorageFault.FULL))
    assert meaning.isVisible()
    meaning.click()
    assert guide_of(person).address == "data-folder#storage.full"
    person.program.window.say("Copied as a picture")
    assert meaning.isHidden()


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
@pytest.mark.parametrize("language", [Language.ENGLISH, Language.CHINESE])
def test_a_start_that_fails_leads_to_the_guide(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    asked: list[Question] = []
    shown: list[str] = []

    def answer(_parent: object, question: Question) -> str:
        asked.append(question)
        return "meaning"

    def look_and_close() -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, GuideWindow):
                shown.append(window.address)
                window.close()

    monkeypatch.setattr(questions, "ask", answer)
    translators = Translators(qapp)
    translators.use(language)
    sentence = folder_sentence("/data", FolderFault.READ_ONLY)
    translators.uninstall()
    QTimer.singleShot(0, qapp, look_and_close)
    tell_at_the_start(sentence, language)
    assert shown == ["data-folder#folder.read_only"]
    assert [choice.key for choice in asked[0].choices] == ["close", "meaning"]
    assert asked[0].text == sentence
