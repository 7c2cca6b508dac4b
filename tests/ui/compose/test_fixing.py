"""A click on Fix sets a problem right, as one step that can be undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from dingcomposer.core.checks.fixes import FIXABLE
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Button, Kind, Mentions
from dingcomposer.ui.texts.problems import fix_words

from .conftest import ComposeDriver


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
    driver.page.set_line_breaks(breaks_lines=False)
    driver.type("title", "标题")
    driver.type("text", "|甲|\n|-|\n\n第一行\n第二行")
    table, broken = row_of(driver, "table"), row_of(driver, "runs on")
    assert not driver.sees(f"problem.{table}.fix")
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
