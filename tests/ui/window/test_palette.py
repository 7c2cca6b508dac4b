"""The palette: every action, robot, draft, person and setting, by a few letters."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QListWidget

from dingcomposer.core.contacts import Contact
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Kind
from dingcomposer.core.pinyin import spelled
from dingcomposer.services.settings import (
    BREAKS_LINES,
    CALLS,
    KEEPS_RUNNING,
    LANGUAGE,
    LOADS_PICTURES,
    MY_NAME,
    PALETTE_USES,
    RETENTION,
    RETRY_PLACES,
    SEEN_VERSION,
    SETTINGS,
    SHOWS_LINE_NUMBERS,
    SHOWS_TECHNICAL,
    SWITCHED_OFF,
    TABLES_AS_LINES,
    TEMPLATE_FOLDER,
    THEME,
    TOLD_OF_INPUT,
    TOLD_OF_QUITTING,
    ZOOM,
)
from dingcomposer.services.translations import Language
from dingcomposer.ui.context import Page
from dingcomposer.ui.widgets.palette import PaletteEntry, ranked
from dingcomposer.ui.window.actions import ACTIONS
from dingcomposer.ui.window.palette_sources import SETTING_PLACES
from tests.fakes.programs import Person, Start


def entry(words: str, key: str = "", also: str = "") -> PaletteEntry:
    return PaletteEntry(key or words, words, "", lambda: None, also=also)


def found(entries: list[PaletteEntry], typed: str, **uses: int) -> list[str]:
    spellings = {one.words: spelled(one.words) for one in entries}
    return [one.words for one in ranked(entries, typed, uses, spellings)]


def entries_of(listed: QListWidget) -> list[PaletteEntry]:
    rows = range(listed.count())
    return [listed.item(row).data(Qt.ItemDataRole.UserRole) for row in rows]


class Hand:
    """Somebody at the palette."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.window = person.program.window

    def open(self) -> QLineEdit:
        QTest.keyClick(
            QApplication.focusWidget() or self.window,
            Qt.Key.Key_P,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
        line = self.open_line()
        assert line.hasFocus()
        return line

    def type(self, letters: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(letters)
        QApplication.sendEvent(self.open_line(), event)

    def open_line(self) -> QLineEdit:
        lines = self.window.findChildren(QLineEdit, "palette.line")
        return next(one for one in lines if one.isVisible())

    def offered(self) -> QListWidget:
        lists = self.window.findChildren(QListWidget, "palette.list")
        return next(one for one in lists if one.parentWidget() is self.open_line().parentWidget())

    def rows(self) -> list[str]:
        listed = self.offered()
        return [listed.item(row).text() for row in range(listed.count())]

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.open_line(), key)

    def is_open(self) -> bool:
        lines = self.window.findChildren(QLineEdit, "palette.line")
        return any(one.isVisible() for one in lines)


@pytest.fixture
def hand(start: Start) -> Hand:
    made = Hand(start())
    made.window.compose.focus_caret()
    return made


def test_a_few_letters_of_any_kind_find_it() -> None:
    entries = [
        entry("发送", also="Send"),
        entry("发送记录", also="History"),
        entry("新消息", also="New message"),
        entry("外观: 深色", also="Appearance: Dark"),
    ]
    assert found(entries, "发送")[0] == "发送"
    assert found(entries, "fsjl") == ["发送记录"]
    assert found(entries, "xinxiao") == ["新消息"]
    assert found(entries, "new m") == ["新消息"]
    assert found(entries, "nm") == ["新消息"]
    assert found(entries, "dark") == ["外观: 深色"]
    assert found(entries, "深色") == ["外观: 深色"]
    assert found(entries, "zzz") == []
    assert len(found(entries, "  ")) == 4


def test_what_is_used_most_comes_first() -> None:
    entries = [entry("Send", "a"), entry("Send to several", "b"), entry("Resend", "c")]
    assert found(entries, "send") == ["Send", "Send to several", "Resend"]
    assert found(entries, "send", b=2, c=1) == ["Send to several", "Resend", "Send"]
    assert found(entries, "", c=1) == ["Resend", "Send", "Send to several"]


def test_the_table_of_actions_is_in_it_and_nothing_twice(hand: Hand) -> None:
    hand.open()
    hand.person.wait(hand.rows)
    names = [one.name for one in ACTIONS if one.name != "palette"]
    listed = hand.offered()
    shown = entries_of(listed)
    actions = [one.key for one in shown if one.key.startswith("action.")]
    assert len(actions) == len(set(actions))
    assert set(actions) <= {f"action.{one}" for one in names}
    for name in names:  # each of them is found by its own words
        words = next(one for one in ACTIONS if one.name == name).words().replace("&", "")
        line = hand.open_line()
        line.clear()
        hand.type(words)
        keys = [
            listed.item(row).data(Qt.ItemDataRole.UserRole).key for row in range(listed.count())
        ]
        assert keys.count(f"action.{name}") == 1, name
        assert len({(one.words, one.kind) for one in entries_of(listed)}) == listed.count(), words


def test_every_setting_is_an_action_or_leads_to_its_place() -> None:
    by_action = {
        LANGUAGE.key: "language.en",
        THEME.key: "appearance.dark",
        CALLS.key: "plan",
        LOADS_PICTURES.key: "pictures",
        BREAKS_LINES.key: "line_breaks",
        TABLES_AS_LINES.key: "tables_as_lines",
        SWITCHED_OFF.key: "checks",
        SHOWS_LINE_NUMBERS.key: "line_numbers",
        ZOOM.key: "zoom.in",
        MY_NAME.key: "templates",
        TEMPLATE_FOLDER.key: "templates",
        RETENTION.key: "upkeep",
        KEEPS_RUNNING.key: "background",
    }
    remembered = {
        SHOWS_TECHNICAL.key,
        RETRY_PLACES.key,
        PALETTE_USES.key,
        SEEN_VERSION.key,
        TOLD_OF_INPUT.key,
        TOLD_OF_QUITTING.key,
    }
    names = {one.name for one in ACTIONS}
    assert set(by_action.values()) <= names
    led_to = {one[0].key for one in SETTING_PLACES}
    known = {*by_action, *led_to, *remembered}
    assert {one.key for one in SETTINGS} == known
    assert not led_to & {*by_action}


def test_enter_does_it_and_the_keyboard_is_where_it_was(hand: Hand) -> None:
    text = QApplication.focusWidget()
    hand.open()
    hand.type("appearance: dark")
    hand.press(Qt.Key.Key_Return)
    assert not hand.is_open()
    dark = hand.window.menus.findChild(QAction, "menu.appearance.dark")
    assert dark is not None
    assert dark.isChecked()
    assert QApplication.focusWidget() is text or QApplication.focusWidget() is not None
    hand.open()
    assert hand.rows()[0] == "Appearance: Dark"


def test_escape_does_nothing_and_gives_the_keyboard_back(hand: Hand) -> None:
    before = QApplication.focusWidget()
    hand.open()
    hand.type("quit")
    hand.press(Qt.Key.Key_Escape)
    assert not hand.is_open()
    assert QApplication.focusWidget() is before
    assert hand.window.isVisible()


def test_a_robot_is_aimed_at_and_a_draft_is_gone_to(hand: Hand) -> None:
    session = hand.person.program.session
    session.edit(Draft(kind=Kind.MARKDOWN, title="放假通知", text="字"))
    first = session.draft_id
    session.begin()
    hand.open()
    hand.type("sandbox")
    row = next(number for number, words in enumerate(hand.rows()) if words == "Sandbox")
    listed = hand.offered()
    keys = [one.key for one in entries_of(listed)]
    robots = [number for number, key in enumerate(keys) if key.startswith("robot.")]
    assert row >= 0
    listed.setCurrentRow(robots[0])
    hand.press(Qt.Key.Key_Return)
    assert session.target_id == hand.person.target_id
    hand.open()
    hand.type("fjtz")
    hand.person.wait(lambda: "放假通知" in hand.rows())
    hand.open_line().clear()
    hand.type("放假")
    hand.press(Qt.Key.Key_Return)
    assert session.draft_id == first


def test_a_template_is_opened(hand: Hand) -> None:
    name = hand.person.program.window.launchers.templates.templates.known[0].template.name
    hand.open()
    hand.type(name)
    entry = next(one for one in entries_of(hand.offered()) if one.key.startswith("template."))
    assert entry.words == name
    hand.offered().setCurrentRow(entries_of(hand.offered()).index(entry))
    hand.press(Qt.Key.Key_Return)
    dialogs = [one for one in hand.window.findChildren(QDialog) if one.isVisible()]
    assert len(dialogs) == 1
    dialogs[0].reject()


def test_a_person_is_mentioned_and_a_format_is_put_on(hand: Hand) -> None:
    program = hand.person.program
    program.contacts.put((Contact("张三", "13800000001"),))
    session = program.session
    session.edit(Draft(kind=Kind.MARKDOWN, title="题", text="请"))
    hand.window.compose.focus_field("text")
    hand.open()

    def offered() -> bool:
        hand.open_line().clear()
        hand.type("张三")
        return any("张三" in words for words in hand.rows())

    hand.person.wait(offered)
    hand.press(Qt.Key.Key_Return)
    assert "@13800000001" in session.draft.text
    assert session.draft.mentions is not None
    hand.open()
    hand.type("numbered list")
    hand.press(Qt.Key.Key_Return)
    assert session.draft.text.startswith("1. ")


def test_people_and_drafts_that_are_used_come_first_too(hand: Hand) -> None:
    program, session = hand.person.program, hand.person.program.session
    program.contacts.put((Contact("沙一", "13800000001"), Contact("沙二", "13800000002")))
    session.edit(Draft(kind=Kind.MARKDOWN, title="沙箱通知", text="请"))
    first = session.draft_id
    session.begin(Draft(kind=Kind.MARKDOWN, title="题", text="请"))
    second = session.draft_id

    def choose(typed: str, words: str) -> None:
        hand.open()
        hand.type(typed)
        hand.person.wait(lambda: words in hand.rows())
        hand.offered().setCurrentRow(hand.rows().index(words))
        hand.press(Qt.Key.Key_Return)

    hand.open()
    hand.type("沙")
    assert hand.rows()[0] == "沙箱通知", "people stand behind what is not used less"
    hand.press(Qt.Key.Key_Escape)
    hand.window.compose.focus_field("text")
    for _ in range(2):
        choose("沙", "Mention 沙二")
    hand.open()
    hand.type("沙")
    assert hand.rows()[:2] == ["Mention 沙二", "沙箱通知"]
    hand.open_line().clear()
    assert hand.rows()[0] == "Mention 沙二", "without a letter, too"
    hand.press(Qt.Key.Key_Escape)
    for _ in range(3):
        choose("沙", "沙箱通知")
        assert session.draft_id == first
        session.switch_to(second)
    hand.open()
    hand.type("沙")
    assert hand.rows()[:2] == ["沙箱通知", "Mention 沙二"]
    uses = program.settings.value(PALETTE_USES)
    assert uses[f"draft.{first}"] == 3
    assert "13800000002" not in str(uses), "who it is does not stand in the settings"


def test_what_cannot_be_had_now_is_shown_and_not_done(hand: Hand) -> None:
    session = hand.person.program.session
    session.edit(Draft(kind=Kind.TEXT, text="字"))
    before = session.draft
    hand.open()
    hand.type("bold")
    assert hand.rows()[0] == "Bold"
    hand.press(Qt.Key.Key_Return)
    assert hand.is_open()
    assert session.draft == before


def test_a_setting_without_an_action_leads_to_where_it_is_made(hand: Hand) -> None:
    hand.open()
    hand.type("port of")
    hand.press(Qt.Key.Key_Return)
    assert hand.window.place is Page.SANDBOX
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "sandbox.port"


def test_in_chinese_it_is_found_by_pinyin_chinese_and_english(start: Start) -> None:
    hand = Hand(start(language=Language.CHINESE))
    hand.window.compose.focus_caret()
    hand.open()
    for letters in ("新消息", "xinxx", "xxx", "new mess"):
        hand.open_line().clear()
        hand.type(letters)
        hand.person.wait(lambda: "新消息" in hand.rows()[:4])


def test_the_arrows_go_through_the_list_and_round(hand: Hand) -> None:
    hand.open()
    hand.type("appearance")
    listed = hand.offered()
    count = listed.count()
    assert count >= 3
    hand.press(Qt.Key.Key_Up)
    assert listed.currentRow() == count - 1
    hand.press(Qt.Key.Key_Down)
    assert listed.currentRow() == 0
    hand.open_line().clear()
    hand.type("zzzz")
    assert hand.rows() == []
    hand.press(Qt.Key.Key_Return)
    assert hand.is_open()
