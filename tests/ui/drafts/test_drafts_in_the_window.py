"""Several drafts in the real window: the list, the keys, closing, versions, and the next start."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QListView, QListWidget, QPushButton

from dingcomposer.core.contacts import Contact
from dingcomposer.core.draft import Caret, Draft, to_message
from dingcomposer.core.messages import Kind, Markdown, Mentions, Text
from dingcomposer.core.robot import Stage
from dingcomposer.services.translations import Language
from dingcomposer.storage.drafts import VERSION_EVERY
from dingcomposer.ui.context import Page
from dingcomposer.ui.preview.comparison import Comparison
from dingcomposer.ui.widgets.text_fields import TextField
from tests.fakes.fake_dialogs import FakeConfirmations
from tests.fakes.programs import LEFT, Person, Start

CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def rows(person: Person) -> list[str]:
    """What the list of drafts shows, from the top."""
    view = person.driver.find("drafts.list")
    assert isinstance(view, QListView)
    model = view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def told(person: Person, row: int) -> str:
    """All that the list tells of a draft."""
    view = person.driver.find("drafts.list")
    assert isinstance(view, QListView)
    return str(view.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def key(person: Person, key: Qt.Key, modifiers: Qt.KeyboardModifier = CONTROL) -> None:
    QTest.keyClick(QApplication.focusWidget() or person.program.window, key, modifiers)


def focused(person: Person) -> str:
    widget = QApplication.focusWidget()
    return "" if widget is None else widget.objectName()


def dialog(person: Person, name: str) -> QDialog:
    person.wait(lambda: person.program.window.findChildren(QDialog, name))
    return person.program.window.findChildren(QDialog, name)[-1]


def past_rows(shown: QDialog) -> list[str]:
    found = shown.findChild(QListWidget, "past.rows")
    assert found is not None
    return [found.item(row).text().split("\n")[0] for row in range(found.count())]


def bring_back(shown: QDialog) -> None:
    button = shown.findChild(QPushButton, "past.back")
    assert button is not None
    QTest.mouseClick(button, LEFT)


def three(start: Start) -> Person:
    person = start()
    person.write_text("第一条")
    key(person, Qt.Key.Key_N)
    person.driver.click(f"compose.kind.{Kind.MARKDOWN}")
    person.driver.type("compose.title", "第二条")
    key(person, Qt.Key.Key_N)
    person.write_text("第三条")
    person.program.session.flush()
    return person


def test_each_new_message_stands_beside_the_others(start: Start) -> None:
    person = three(start)
    assert rows(person) == ["第三条", "第二条", "第一条"]
    assert "Markdown" in told(person, 1)
    assert "No group yet" in told(person, 1)
    assert "Sandbox" in told(person, 2)


def test_the_keys_of_tabs_lead_through_the_drafts(start: Start) -> None:
    person = three(start)
    session = person.program.session
    key(person, Qt.Key.Key_Tab)
    assert session.draft.title == "第二条"
    key(person, Qt.Key.Key_Tab)
    assert session.draft.text == "第一条"
    key(person, Qt.Key.Key_Backtab, CONTROL | SHIFT)
    assert session.draft.title == "第二条"
    key(person, Qt.Key.Key_W)
    assert rows(person) == ["第三条", "第一条"]


def test_a_click_leads_to_a_draft_from_any_page_and_the_keyboard_to_its_place(
    start: Start,
) -> None:
    person = three(start)
    window, session = person.program.window, person.program.session
    session.switch_by(1)
    window.compose.focus_field("title")
    key(person, Qt.Key.Key_Home, NONE)
    key(person, Qt.Key.Key_Right, SHIFT)
    person.driver.click("place.history")
    person.driver.click_row("drafts.list", 2)
    assert window.place is Page.WRITE
    assert focused(person) == "compose.text"
    person.driver.click_row("drafts.list", 1)
    assert focused(person) == "compose.title"
    assert session.caret == Caret("title", 0, 1)


def test_a_cross_closes_a_draft_and_it_can_be_had_back(start: Start) -> None:
    person = three(start)
    person.program.session.switch_by(2)
    view = person.driver.find("drafts.list")
    assert isinstance(view, QListView)
    row = view.visualRect(view.model().index(1, 0))
    QTest.mouseClick(view.viewport(), LEFT, pos=QPoint(row.right() - 16, row.center().y()))
    assert rows(person) == ["第三条", "第一条"]
    assert "第二条" in person.driver.read("status.said")
    assert person.program.session.draft.text == "第一条", "the one in the window stays"
    person.driver.click("drafts.past")
    shown = dialog(person, "closed_drafts")
    assert past_rows(shown) == ["第二条"]
    bring_back(shown)
    assert rows(person) == ["第二条", "第三条", "第一条"]
    assert person.program.session.draft.title == "第二条"


def test_the_list_says_which_draft_was_sent_and_which_was_changed_since(start: Start) -> None:
    person = start()
    person.write_text("今晚停机")
    person.aim("Sandbox")
    person.send()
    assert "Sent just now" in told(person, 0)
    person.driver.type("compose.text", "！")
    person.program.session.flush()
    assert "Sent just now, and changed since" in told(person, 0)


def test_a_rehearsal_is_not_the_send_that_a_draft_is_for(start: Start) -> None:
    person = start()
    person.add_group("测试群", person.robot_called("Sandbox").stage)
    person.write_text("今晚停机")
    person.aim("Sandbox")
    before = {row.msg_uuid for row in person.program.history.page()}
    person.program.window.flow.rehearse("测试群")
    person.verdict(before)
    assert "Sent" not in told(person, 0)


def test_a_verdict_stays_with_its_draft_and_says_when_the_next_is_begun(start: Start) -> None:
    person = start()
    person.write_text("今晚停机")
    person.aim("Sandbox")
    person.send()
    headline = person.program.window.result_bar.findChild(QLabel, "verdict.headline")
    assert headline is not None
    assert "before" not in headline.text()
    height = person.program.window.result_bar.height()
    person.driver.type("compose.text", "！")
    assert headline.text().startswith("The message before: Delivered")
    assert person.program.window.result_bar.height() == height, "nothing moves under the hand"
    person.program.session.undo()
    assert headline.text().startswith("Delivered")
    person.new_message()
    assert not person.driver.sees("verdict")
    person.program.session.switch_by(1)
    assert person.driver.sees("verdict")
    person.driver.click("verdict.close")
    person.program.session.switch_by(1)
    person.program.session.switch_by(1)
    assert not person.driver.sees("verdict")


def test_a_verdict_that_comes_late_waits_for_its_draft(start: Start) -> None:
    person = start()
    person.write_text("今晚停机")
    person.aim("Sandbox")
    before = {row.msg_uuid for row in person.program.history.page()}
    person.driver.click("compose.send")
    person.new_message()
    person.verdict(before)
    assert not person.driver.sees("verdict")
    person.program.session.switch_by(1)
    assert person.driver.sees("verdict")


def test_choosing_a_kind_puts_the_keyboard_into_its_first_empty_field(start: Start) -> None:
    person = start()
    person.write_text("正文")
    person.driver.click(f"compose.kind.{Kind.MARKDOWN}")
    assert focused(person) == "compose.title"
    person.driver.type("compose.title", "题")
    person.driver.click(f"compose.kind.{Kind.LINK}")
    assert focused(person) == "compose.message_url", "title and text are written already"
    person.driver.click(f"compose.kind.{Kind.FEED_CARD}")
    assert focused(person) == "compose.feed.0.title"
    person.driver.click(f"compose.kind.{Kind.TEXT}")
    assert focused(person) == "compose.text", "nothing is empty"


def test_whoever_chooses_a_kind_by_arrow_keys_goes_on_with_them(start: Start) -> None:
    person = start()
    bar = person.driver.find(f"compose.kind.{Kind.TEXT}")
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert person.program.session.draft.kind is Kind.LINK
    assert focused(person) == f"compose.kind.{Kind.LINK}"


def test_people_typed_without_enter_stay_with_their_draft(start: Start) -> None:
    person = three(start)
    person.driver.type("compose.mentions", "13800000000")
    key(person, Qt.Key.Key_Tab)
    person.program.session.switch_by(-1)
    assert person.program.session.draft.mentions == Mentions(("13800000000",))


def typed_name(person: Person) -> str:
    field = person.driver.find("compose.mentions")
    assert isinstance(field, TextField)
    return field.text()


def test_a_name_of_nobody_stays_typed_in_its_draft_alone_and_over_a_restart(start: Start) -> None:
    person = three(start)
    person.program.contacts.put((Contact("张三", "13800000001"),))
    person.driver.type("compose.mentions", "陌生人")
    key(person, Qt.Key.Key_Tab, NONE)
    session = person.program.session
    written = session.draft_id
    assert typed_name(person) == "陌生人"
    session.switch_by(1)
    assert typed_name(person) == "", "the next draft has its own"
    session.switch_to(written)
    assert typed_name(person) == "陌生人"
    assert session.draft.mentions is None
    person.program.shut_down()

    again = start()
    session = again.program.session
    assert typed_name(again) == "陌生人"
    session.undo()
    assert typed_name(again) == "", "it is undone as anything that is typed"
    session.redo()
    session.undo()
    again.driver.type("compose.mentions", "13800000000，")
    assert session.draft.mentions == Mentions(("13800000000",))
    assert typed_name(again) == session.draft.typed_person == ""
    session.undo()
    assert to_message(session.draft) == Text("第三条")
    assert typed_name(again).startswith("13800000000")


def test_the_place_in_the_json_comes_back_with_its_draft(start: Start) -> None:
    person = three(start)
    session = person.program.session
    compose = person.program.window.compose
    first = session.draft_id
    compose.show_json(is_shown=True)
    editor = person.driver.find("compose.json")
    assert isinstance(editor, TextField)
    editor.select(3, 9)
    assert session.caret == Caret("json", 3, 9)
    session.switch_by(1)
    assert not compose.shows_json, "the next one was left in its form"
    session.switch_to(first)
    person.wait(lambda: compose.shows_json)
    assert session.caret == Caret("json", 3, 9)
    person.program.shut_down()

    again = start()
    again.program.window.focus_first()
    assert focused(again) == "compose.json"
    assert again.program.session.caret == Caret("json", 3, 9)
    again.program.window.compose.show_json(is_shown=False)
    assert again.program.session.caret.path != "json"


def test_an_earlier_version_stands_beside_todays_and_comes_back(start: Start) -> None:
    person = start()
    person.program.session.begin(Draft(Kind.MARKDOWN, title="放假", text="## 放假\n\n放假七天"))
    person.program.session.flush()
    database = person.program.database
    earlier = datetime.now(UTC) - 2 * VERSION_EVERY
    database.run("UPDATE drafts SET saved_at = ?", round(earlier.timestamp() * 1e6))
    person.program.session.edit(Draft(Kind.MARKDOWN, title="放假", text="## 放假\n\n放假八天"))
    actions = {one.objectName(): one for one in person.program.window.menus.children()}
    actions["menu.versions"].trigger()  # type: ignore[attr-defined]
    shown = dialog(person, "versions")
    assert len(past_rows(shown)) == 1
    compared = shown.findChild(Comparison)
    assert compared is not None
    assert "-七" in compared.words
    assert "+八" in compared.words
    bring_back(shown)
    assert to_message(person.program.session.draft) == Markdown("放假", "## 放假\n\n放假七天")
    assert "Undo" in person.driver.read("status.said")
    person.program.session.undo()
    assert person.program.session.draft.text.endswith("放假八天")


@pytest.mark.parametrize("name", ["versions", "closed_drafts"])
def test_where_there_is_nothing_yet_the_middle_of_the_dialog_says_so(
    start: Start, name: str
) -> None:
    person = start()
    actions = {one.objectName(): one for one in person.program.window.menus.children()}
    actions[f"menu.{name}"].trigger()  # type: ignore[attr-defined]
    shown = dialog(person, name)
    hint = shown.findChild(QLabel, "past.hint")
    assert hint is not None
    assert hint.text()
    assert hint.geometry().top() < shown.height() / 4
    assert hint.geometry().contains(shown.rect().center())
    shown.close()


def test_what_was_sent_is_a_version(start: Start) -> None:
    person = start()
    person.write_text("今晚停机")
    person.aim("Sandbox")
    person.send()
    person.driver.type("compose.text", "，改明晚")
    person.program.session.flush()
    (version,) = person.program.drafts.versions(person.program.session.draft_id)
    assert (version.draft.text, version.was_sent) == ("今晚停机", True)


def test_the_next_start_has_it_all_back(start: Start) -> None:
    person = three(start)
    session = person.program.session
    session.switch_by(1)
    person.aim("Sandbox")
    person.driver.type("compose.text", "一，二")
    session.undo()
    person.program.window.compose.focus_field("title")
    key(person, Qt.Key.Key_Home, NONE)
    person.program.shut_down()

    again = start()
    session = again.program.session
    assert rows(again) == ["第三条", "第二条", "第一条"]
    assert (session.draft.kind, session.draft.title) == (Kind.MARKDOWN, "第二条")
    assert again.target_id == again.robot_called("Sandbox").robot_id
    again.program.window.focus_first()
    assert focused(again) == "compose.title"
    assert session.caret == Caret("title", 0, 0)
    session.redo()
    assert session.draft.text == "一，二", "what was undone before the end"
    for _ in range(9):
        session.undo()
    assert session.draft == Draft(), "undo reaches to the draft's beginning"
    session.switch_by(1)
    session.undo()
    assert session.draft == Draft()


def test_closed_drafts_are_forgotten_after_thirty_days(start: Start) -> None:
    person = three(start)
    key(person, Qt.Key.Key_W)
    person.program.session.flush()
    database = person.program.database
    long_ago = datetime.now(UTC) - timedelta(days=31)
    database.run(
        "UPDATE drafts SET closed_at = ? WHERE closed_at IS NOT NULL",
        round(long_ago.timestamp() * 1e6),
    )
    person.program.shut_down()
    again = start()
    assert again.program.drafts.closed_drafts() == ()
    assert rows(again) == ["第二条", "第一条"]


def test_a_token_in_a_draft_reaches_no_file(start: Start, tmp_path: Path) -> None:
    person = start()
    server = person.sandbox
    known, unknown = server.access_token, "0f1e2d3c" * 8
    person.driver.type("compose.text", "机器人地址是 ")
    person.driver.type(
        "compose.text", f"{server.url}?access_token={known} 或 access_token={unknown}"
    )
    person.program.session.flush()
    person.driver.type("compose.text", "。")
    person.program.session.flush()
    assert known in person.program.session.draft.text, "what a person writes stays as it is"
    person.program.session.mark_sent(
        person.program.session.draft_id, person.program.session.draft, datetime.now(UTC)
    )
    person.program.session.flush()
    person.program.shut_down()
    files = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert any(one.name == "dingcomposer.sqlite3" for one in files)
    for token in (known, unknown):
        assert not [one for one in files if token.encode() in one.read_bytes()]
    again = start()
    assert again.program.session.draft.text.startswith("机器人地址是 http")
    assert again.program.session.draft.text.endswith("。")


def test_verdicts_and_drafts_outlive_a_change_of_language(start: Start) -> None:
    person = three(start)
    person.aim("Sandbox")
    person.send()
    person.new_message()
    person.program.window.language_chosen.emit(Language.CHINESE.value)
    assert rows(person) == ["新消息", "第三条", "第二条", "第一条"]
    assert not person.driver.sees("verdict")
    person.program.session.switch_by(1)
    headline = person.program.window.result_bar.findChild(QLabel, "verdict.headline")
    assert headline is not None
    assert headline.text() == "已送达：Sandbox"
    person.driver.type("compose.text", "！")
    assert headline.text() == "上一条消息：已送达：Sandbox"
    person.program.window.language_chosen.emit(Language.ENGLISH.value)


def test_a_draft_that_went_to_several_groups_was_sent(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    for name in ("甲", "乙"):
        person.add_group(name, Stage.TEST)
    person.write_text("今晚停机")
    groups = [person.robot_called(name) for name in ("甲", "乙")]
    person.program.window.broadcast.send_to(groups)
    person.wait(lambda: "Sent" in told(person, 0))
    person.wait(lambda: person.driver.sees("verdict"))
    person.new_message()
    assert not person.driver.sees("verdict")
    person.program.session.switch_by(1)
    assert person.driver.sees("verdict")


def test_what_a_draft_corrects_stays_with_it(start: Start, confirmed: FakeConfirmations) -> None:
    person = start()
    person.add_group("全员", Stage.PRODUCTION)
    person.write_text("八点开会")
    person.aim("全员")
    sent = person.send()
    person.program.window.recovery_actions.correct(sent)
    person.program.session.switch_by(1)
    assert not person.driver.sees("compose.proposal")
    person.program.session.switch_by(1)
    assert "全员" in person.driver.read("compose.proposal")
    person.aim("全员")
    person.driver.type("compose.text", "，改九点")
    assert person.send().corrects == sent.msg_uuid
