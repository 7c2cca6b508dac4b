"""A click on Fix sets a problem right, as one step that can be undone."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QListWidget, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dingcomposer.core.checks.fixes import FIXABLE
from dingcomposer.core.checks.problems import CAN_BE_SWITCHED_OFF, ProblemCode
from dingcomposer.core.contacts import Contact
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Button, Kind, Mentions, Orientation
from dingcomposer.services.contacts import Contacts
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.services.settings import SWITCHED_OFF, Settings
from dingcomposer.storage.contacts import ContactStore
from dingcomposer.storage.database import Database
from dingcomposer.ui.compose.checks_dialog import ChecksDialog
from dingcomposer.ui.compose.page import ComposePage
from dingcomposer.ui.texts.problems import field_label, fix_words, problem_sentence

from .conftest import DUTY, ComposeDriver


def row_of(driver: ComposeDriver, words: str) -> int:
    return next(number for number, row in enumerate(driver.checked()) if words in row)


def fix(driver: ComposeDriver, words: str) -> None:
    driver.click(f"problem.{row_of(driver, words)}.fix")


def test_every_fix_says_what_it_does() -> None:
    assert all(fix_words(code) for code in FIXABLE)


def test_the_keyword_is_inserted_and_undo_takes_it_out(driver: ComposeDriver, qtbot: QtBot) -> None:
    driver.page.set_target("duty")
    driver.type("text", "磁盘满")
    fix(driver, "告警")
    assert driver.draft.text == "磁盘满"
    assert driver.text("keyword.result") == "磁盘满\n—— 告警"
    driver.click("keyword.first_line")
    assert driver.text("keyword.result") == "【告警】\n磁盘满"
    driver.click("keyword.closing_line")
    with qtbot.waitSignal(driver.page.said, timeout=0):
        driver.click("keyword.take")
    assert driver.draft.text == "磁盘满\n—— 告警"
    assert driver.field("text").text() == "磁盘满\n—— 告警"
    assert not any("告警" in row for row in driver.problem_rows())
    driver.undo("text")
    assert driver.draft.text == "磁盘满"


def test_who_gives_up_the_question_for_the_place_changes_nothing(driver: ComposeDriver) -> None:
    driver.page.set_target("duty")
    driver.choose_kind(Kind.MARKDOWN)
    driver.type("title", "停电通知")
    driver.type("text", "今晚停电")
    fix(driver, "告警")
    driver.click("keyword.title")
    assert driver.text("keyword.result") == "【告警】停电通知\n\n今晚停电"
    driver.click("keyword.cancel")
    assert (driver.draft.title, driver.draft.text) == ("停电通知", "今晚停电")


def test_one_click_is_one_step_for_all_people_of_a_row(driver: ComposeDriver) -> None:
    people = ("13800000001", "13800000002", "13800000003")
    driver.session.restore(Draft(text="开会", mentions=Mentions(people)), None)
    fix(driver, "13800000001")
    assert driver.draft.text == "开会\n@13800000001 @13800000002 @13800000003"
    driver.undo("text")
    assert driver.draft.text == "开会"


def test_the_links_of_a_card_are_wrapped(driver: ComposeDriver) -> None:
    card = Draft(Kind.WHOLE_JUMP, title="标题", text="正文", jump=Button("看", "https://a.com/"))
    driver.session.restore(card, None)
    fix(driver, "side panel")
    assert driver.draft.jump.url.startswith(
        "dingtalk://dingtalkclient/action/open_platform_link?pcLink="
    )
    assert driver.field("jump.url").shown_text == "https://a.com/"


def test_what_only_a_person_can_decide_has_no_button(driver: ComposeDriver) -> None:
    driver.choose_kind(Kind.MARKDOWN)
    driver.page.form.text.set_line_breaks(breaks_lines=False)
    driver.type("title", "标题")
    driver.type("text", "```\n甲\n```\n\n第一行\n第二行")
    code, broken = row_of(driver, "Block of code"), row_of(driver, "runs on")
    assert not driver.sees(f"problem.{code}.fix")
    assert driver.sees(f"problem.{broken}.fix")


def test_tab_leads_to_the_button_and_the_keyboard_is_never_lost(
    driver: ComposeDriver, qtbot: QtBot
) -> None:
    driver.page.set_target("duty")
    driver.type("text", "磁盘满")
    row = driver.find(f"problem.{row_of(driver, '告警')}")
    row.setFocus()
    qtbot.waitUntil(row.hasFocus)
    driver.key(row.objectName().removeprefix("compose."), Qt.Key.Key_Tab)
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)
    assert button.accessibleName() == "Insert the keyword"
    driver.key(button.objectName().removeprefix("compose."), Qt.Key.Key_Space)
    driver.key("keyword.take", Qt.Key.Key_Space)
    assert driver.draft.text == "磁盘满\n—— 告警"
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert driver.page.isAncestorOf(focused)


@pytest.mark.parametrize("width", [440, 700])
def test_the_button_is_in_sight_in_a_narrow_column(
    driver: ComposeDriver, qtbot: QtBot, width: int
) -> None:
    driver.page.set_target("duty")
    driver.type("text", "磁盘满")
    driver.page.resize(width, 640)
    number = row_of(driver, "告警")
    button = driver.find(f"problem.{number}.fix")
    qtbot.waitUntil(lambda: driver.page.width() == width)
    assert driver.page.rect().contains(button.mapTo(driver.page, button.rect().bottomRight()))


# Without a screen no popup is one.
OFFSCREEN = pytest.mark.qt_log_ignore("does not support")
MARKDOWN = Draft(Kind.MARKDOWN, title="停机维护")
EACH: dict[ProblemCode, Draft] = {
    ProblemCode.NO_KEYWORD: Draft(text="停电"),
    ProblemCode.KEYWORD_CASE: Draft(text="deploy"),
    ProblemCode.KEYWORD_IN_TITLE: replace(MARKDOWN, title="告警", text="停电"),
    ProblemCode.KEYWORD_IN_BUTTON: Draft(
        Kind.WHOLE_JUMP, title="停电", text="文", jump=Button("告警", "https://a.com")
    ),
    ProblemCode.KEYWORD_IN_URL: Draft(text="见 https://a.com/alert"),
    ProblemCode.MENTION_NOT_IN_TEXT: Draft(text="停电", mentions=Mentions(("13800000001",))),
    ProblemCode.MENTION_NOT_IN_LIST: Draft(text="@13800000001"),
    ProblemCode.MENTION_NUMBER_LOOSE: Draft(text="@+86 138-0000-0001 请看"),
    ProblemCode.ALL_NOT_IN_LIST: Draft(text="@所有人"),
    ProblemCode.MENTION_TWICE: Draft(text="@1", mentions=Mentions(user_ids=("1", "1"))),
    ProblemCode.ESCAPE_TYPED: Draft(text="一\\n二\\t三"),
    ProblemCode.GROUP_NAME_ASKED: Draft(text="{{群名}} 写作 {{ group_name }}"),
    ProblemCode.MARKDOWN_IN_TEXT: Draft(text="## 停机"),
    ProblemCode.HTML_IN_TEXT: Draft(text="一<br>二"),
    ProblemCode.TITLE_VAGUE: replace(MARKDOWN, title="通知", text="今晚停机"),
    ProblemCode.WEEKDAY_WRONG: Draft(text="12月1日（周一）"),
    ProblemCode.DATE_PAST: Draft(text="11月29日开会"),
    ProblemCode.DAYS_PAST: Draft(text="11月26日至11月28日停电"),
    ProblemCode.TABLE: replace(MARKDOWN, text="|甲|乙|\n|-|-|\n|丙|丁|"),
    ProblemCode.LINE_NOT_BROKEN: replace(MARKDOWN, text="一\n二"),
    ProblemCode.RULE_UNDER_TEXT: replace(MARKDOWN, text="一\n---"),
    ProblemCode.STARS_SHOWN: replace(MARKDOWN, text="**重要：**请看"),
    ProblemCode.STARS_SWALLOWED: replace(MARKDOWN, text="2*3*4"),
    ProblemCode.UNDERSCORES_SWALLOWED: replace(MARKDOWN, text="__init__.py"),
    ProblemCode.ANGLE_SWALLOWED: replace(MARKDOWN, text="List<T>"),
    ProblemCode.HEADING_NO_SPACE: replace(MARKDOWN, text="##标题"),
    ProblemCode.FONT_QUOTED: replace(MARKDOWN, text='<font color="red">红</font>'),
    ProblemCode.BR_TAG: replace(MARKDOWN, text="一<br>二"),
    ProblemCode.URL_NO_SCHEME: replace(MARKDOWN, text="[看](www.a.com)"),
    ProblemCode.URL_FILE: replace(MARKDOWN, text="[看](file:///a.docx)"),
    ProblemCode.URL_LAN: replace(MARKDOWN, text="[看](http://10.1.2.3/a)"),
    ProblemCode.URL_SPACES: replace(MARKDOWN, text="[看](https://a.com/b c)"),
    ProblemCode.PICTURE_SPACE: replace(MARKDOWN, text="![看](https://a.com/b c.png)"),
    ProblemCode.PICTURE_NOT_ENCODED: replace(MARKDOWN, text="![看](https://a.com/图.png)"),
    ProblemCode.OPENS_SIDE_PANEL: Draft(
        Kind.WHOLE_JUMP, title="题", text="文", jump=Button("看", "https://a.com")
    ),
    ProblemCode.HORIZONTAL_INEFFECTIVE: Draft(
        Kind.INDEPENDENT,
        title="题",
        text="文",
        orientation=Orientation.HORIZONTAL,
        buttons=(Button("看", "a"),),
    ),
    ProblemCode.LONE_SURROGATE: Draft(text="甲\ud800"),
    ProblemCode.CONTROL_CHARACTER: Draft(text="甲\x07"),
    ProblemCode.SECRET_IN_TEXT: Draft(text=f"密钥 SEC{'0a' * 32} 请勿外传"),
}
BY_NAME = {ProblemCode.MENTION_BY_NAME}  # in a test of its own: it needs contacts


def test_each_fix_has_its_case() -> None:
    assert {*EACH, *BY_NAME} == set(FIXABLE)


@pytest.mark.parametrize("code", sorted(FIXABLE - BY_NAME))
def test_each_fix_is_one_step_of_undo_and_its_problem_is_gone(
    driver: ComposeDriver, code: ProblemCode
) -> None:
    word = {ProblemCode.KEYWORD_CASE: "Deploy", ProblemCode.KEYWORD_IN_URL: "alert"}.get(
        code, "告警"
    )
    robot = replace(DUTY, keywords=(word,) if "keyword" in code else ())
    driver.page.set_robots((robot,))
    before = EACH[code]
    driver.session.restore(before, "duty")
    found = [one for one in driver.page.problems if one.code is code]
    assert found
    driver.page.quick_fixes.fix(found)
    if driver.page.findChild(QWidget, "compose.keyword.take"):  # asked for the place
        driver.click("keyword.take")
    assert driver.draft != before
    assert not [one for one in driver.page.problems if one.code is code]
    driver.session.undo()
    assert driver.draft == before
    assert not driver.session.can_undo
    driver.session.redo()
    assert not [one for one in driver.page.problems if one.code is code]


def test_a_name_becomes_the_number_in_one_step_and_the_problem_is_gone(
    session: DraftSession, qtbot: QtBot, tmp_path: Path
) -> None:
    database = Database(tmp_path / "data.db")
    book = Contacts(ContactStore(database))
    book.put((Contact("张三", "13800000001"),))
    page = ComposePage(session, problem_sentence, field_label, book=book)
    qtbot.addWidget(page)
    before = Draft(text="@张三 请看")
    session.restore(before, None)
    found = [one for one in page.problems if one.code is ProblemCode.MENTION_BY_NAME]
    page.quick_fixes.fix(found)
    assert session.draft == replace(
        before, text="@13800000001 请看", mentions=Mentions(("13800000001",))
    )
    assert not [one for one in page.problems if one.code is ProblemCode.MENTION_BY_NAME]
    session.undo()
    assert session.draft == before
    assert not session.can_undo
    database.close()


def menu_of(driver: ComposeDriver) -> QMenu:
    (menu,) = [one for one in driver.page.findChildren(QMenu, "compose.fixes") if one.isVisible()]
    return menu


def choose(menu: QMenu, name: str) -> None:
    action = menu.findChild(QAction, f"compose.fixes.{name}")
    assert action is not None, [one.objectName() for one in menu.actions()]
    action.trigger()
    menu.close()


@OFFSCREEN
def test_at_the_caret_one_line_is_fixed_or_all_of_the_kind(driver: ComposeDriver) -> None:
    driver.choose_kind(Kind.MARKDOWN)
    driver.session.edit(replace(MARKDOWN, text="**甲：**乙\n\n##丙\n\n**丁：**戊"))
    assert driver.page.focus_field("text", 5)
    driver.page.show_fixes()
    menu = menu_of(driver)
    assert menu.activeAction() is menu.actions()[0]
    choose(menu, "one.stars_shown")
    assert driver.draft.text == "**甲：**乙\n\n##丙\n\n**丁：** 戊"
    driver.session.undo()
    assert driver.page.focus_field("text", 1)
    driver.page.show_fixes()
    choose(menu_of(driver), "all.stars_shown")
    assert driver.draft.text == "**甲：** 乙\n\n##丙\n\n**丁：** 戊"
    driver.session.undo()
    assert driver.draft.text == "**甲：**乙\n\n##丙\n\n**丁：**戊"


@OFFSCREEN
def test_all_of_a_kind_reaches_every_field_in_one_step(driver: ComposeDriver) -> None:
    card = Draft(
        Kind.INDEPENDENT,
        title="题",
        text="文",
        buttons=(Button("看", "www.a.com/1"), Button("问", "www.a.com/2")),
    )
    driver.session.restore(card, None)
    assert driver.page.focus_field("buttons.1.url")
    driver.page.show_fixes()
    menu = menu_of(driver)
    first = menu.actions()[0]
    assert first.toolTip()
    choose(menu, "all.url_no_scheme")
    urls = [one.url for one in driver.draft.buttons]
    assert "https://www.a.com/2" in urls


def test_where_nothing_can_be_fixed_a_sentence_says_so(driver: ComposeDriver, qtbot: QtBot) -> None:
    driver.type("text", "你好")
    with qtbot.waitSignal(driver.page.said, timeout=0):
        driver.page.show_fixes()


@OFFSCREEN
def test_what_is_switched_off_in_a_rows_menu_stays_so_and_comes_back(
    driver: ComposeDriver, settings: Settings, qtbot: QtBot
) -> None:
    driver.type("text", "你好 {{name}}")
    (number,) = [n for n, row in enumerate(driver.checked()) if "{{name}}" in row]
    row = driver.find(f"problem.{number}")
    at = row.rect().center()
    QApplication.sendEvent(
        row, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, row.mapToGlobal(at))
    )
    choose(menu_of(driver), "off.field_unfilled")
    assert driver.checked() == []
    assert settings.value(SWITCHED_OFF) == {ProblemCode.FIELD_UNFILLED}
    dialog = ChecksDialog(settings.value(SWITCHED_OFF))
    qtbot.addWidget(dialog)
    dialog.chosen.connect(driver.page.quick_fixes.hide)
    ticks = dialog.findChild(QListWidget, "checks.list")
    assert ticks is not None
    assert ticks.item(0).checkState() is Qt.CheckState.Unchecked
    ticks.item(0).setCheckState(Qt.CheckState.Checked)
    assert settings.value(SWITCHED_OFF) == frozenset()
    assert len(driver.checked()) == 1


@OFFSCREEN
def test_what_only_reads_like_a_field_is_sent_as_it_stands_after_one_click(
    driver: ComposeDriver,
) -> None:
    driver.page.set_robots((replace(DUTY, keywords=()),))
    driver.page.set_target("duty")
    driver.type("text", "写 {{姓名}} 和 {{今天}}")
    assert driver.page.problems
    assert not driver.find("send").isEnabled()
    driver.page.show_fixes()
    choose(menu_of(driver), "keep.field_unfilled")
    assert driver.draft.text == "写 \\{{姓名}} 和 \\{{今天}}"
    assert driver.page.problems == ()
    assert driver.find("send").isEnabled()
    driver.session.undo()
    assert driver.draft.text == "写 {{姓名}} 和 {{今天}}"


def test_whatever_is_not_refused_can_be_switched_off_and_comes_back(
    driver: ComposeDriver, settings: Settings, qtbot: QtBot
) -> None:
    """Each line of the list of what is checked is one finding, in words."""
    dialog = ChecksDialog(frozenset())
    qtbot.addWidget(dialog)
    dialog.chosen.connect(driver.page.quick_fixes.hide)
    ticks = dialog.findChild(QListWidget, "checks.list")
    assert ticks is not None
    rows = [ticks.item(row) for row in range(ticks.count())]
    assert {one.data(Qt.ItemDataRole.UserRole) for one in rows} == CAN_BE_SWITCHED_OFF
    assert len({one.text() for one in rows}) == len(rows)
    for row in rows:
        code = row.data(Qt.ItemDataRole.UserRole)
        row.setCheckState(Qt.CheckState.Unchecked)
        assert settings.value(SWITCHED_OFF) == {code}
        row.setCheckState(Qt.CheckState.Checked)
        assert settings.value(SWITCHED_OFF) == frozenset()


def test_an_unfilled_field_keeps_the_message_from_a_real_group_only(driver: ComposeDriver) -> None:
    driver.page.set_target("duty")
    driver.type("text", "告警：{{name}} 下线")
    assert driver.page.problems[0].code is ProblemCode.FIELD_UNFILLED
    assert not driver.find("send").isEnabled()
    driver.page.set_target("sandbox")
    assert driver.find("send").isEnabled()
