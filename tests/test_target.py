"""The right group: a rehearsal is remembered, and no way into a draft aims it anywhere."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QToolButton

from dingcomposer.core.delivery import Status
from dingcomposer.core.messages import Link, Markdown, Mentions, Text
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.services.translations import Language
from tests.fakes.fake_dialogs import FakeConfirmations
from tests.fakes.programs import Person, Start

MOBILE = "13800000000"


def rehearse(person: Person, name: str) -> Status:
    """Choose the entry in the menu beside Send, and wait for the verdict."""
    before = {row.msg_uuid for row in person.program.history.page()}
    more = person.program.window.findChild(QToolButton, "compose.more")
    assert more is not None
    menu = more.menu()
    action = next(one for one in menu.actions() if one.text() == f"Rehearse in {name}")
    action.trigger()
    return person.verdict(before).status


def two_groups(person: Person) -> None:
    person.add_group("试讲", Stage.TEST)
    person.add_group("全员", Stage.PRODUCTION)
    person.write_text("hello")
    person.aim("全员")


def test_a_rehearsal_goes_to_the_test_group_and_the_aim_stays(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    two_groups(person)
    assert rehearse(person, "试讲") is Status.DELIVERED
    (row,) = person.program.history.page()
    assert row.robot_name == "试讲"
    assert person.program.session.target_id == "全员"
    person.send()
    assert "in 试讲, unchanged since." in confirmed.read[0]
    assert confirmed.differences == [""]


def test_what_changed_since_the_rehearsal_is_told_with_the_differences(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    two_groups(person)
    rehearse(person, "试讲")
    person.driver.type("compose.text", " everybody")
    person.send()
    assert "in 试讲, changed since." in confirmed.read[0]
    assert confirmed.differences == ["+everybody"]


def test_what_nobody_rehearsed_is_told_too_and_a_refused_rehearsal_is_none(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    two_groups(person)
    person.sandbox.robot.faults = (FaultPlan(FaultKind.UNSAFE_CONTENT),)
    assert rehearse(person, "试讲") is Status.REFUSED
    person.send()
    assert "Not rehearsed." in confirmed.read[0]


def test_a_rehearsal_is_remembered_over_a_restart_and_forgotten_by_the_next_message(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    two_groups(person)
    rehearse(person, "试讲")
    person.program.shut_down()
    again = start()
    again.wait(lambda: again.program.robot_profiles.robots[-1].has_token)
    again.driver.type("compose.text", "!")
    confirmed.reply = False
    again.driver.click("compose.send")
    assert "changed since." in confirmed.read[0]
    again.new_message()
    again.write_text("something else")
    again.aim("全员")
    again.driver.click("compose.send")
    assert "Not rehearsed." in confirmed.read[1]


def test_production_robots_are_not_offered_for_a_rehearsal(start: Start) -> None:
    person = start()
    two_groups(person)
    more = person.program.window.findChild(QToolButton, "compose.more")
    assert more is not None
    words = [action.text() for action in more.menu().actions()]
    assert "Rehearse in Sandbox" in words
    assert "Rehearse in 试讲" in words
    assert "Rehearse in 全员" not in words


def test_the_confirmation_shows_the_title_which_is_no_part_of_the_bubble(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    two_groups(person)
    person.program.window.open_as_new(Markdown("十月团建通知", "值班表"))
    person.aim("全员")
    person.program.window.flow.send()
    assert "Title in the conversation list: 十月团建通知" in confirmed.read[0]


def test_the_confirmation_says_who_is_not_pinged_and_why(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    two_groups(person)
    confirmed.reply = False
    session = person.program.session
    session.edit(replace(session.draft, mentions=Mentions((MOBILE,))))
    person.program.window.flow.submit(
        Text(f"hello @{MOBILE}", Mentions((MOBILE, "13900000000"))), _robot(person, "全员")
    )
    assert f"1 person will be pinged: {MOBILE}" in confirmed.read[0]
    assert "May not be pinged, since the text does not hold the @: 13900000000" in confirmed.read[0]
    person.driver.click("compose.kind.link")
    link = Link("t", "x", "https://example.com", "")
    session.edit(replace(session.draft, title="t", text="x", message_url="https://example.com"))
    person.program.window.flow.submit(link, _robot(person, "全员"))
    assert "Nobody will be pinged." in confirmed.read[1]
    assert f"cannot mention anybody: {MOBILE}" in confirmed.read[1]


def _robot(person: Person, name: str) -> Robot:
    return next(one for one in person.program.robot_profiles.robots if one.name == name)


# The target moves only by hand. Every way in starts at a draft that is aimed at "全员".


def begin_aimed(start: Start) -> Person:
    person = start()
    two_groups(person)
    assert person.program.session.target_id == "全员"
    return person


def test_a_message_from_the_history_aims_at_nobody(start: Start) -> None:
    person = begin_aimed(start)
    rehearse(person, "试讲")
    window = person.program.window
    (row,) = person.program.history.page()
    window.result_bar.details_wanted.emit(row.msg_uuid)
    person.driver.click("history.open")
    assert person.program.session.draft.text == "hello"
    assert person.program.session.target_id is None


def test_a_correction_aims_at_nobody(start: Start) -> None:
    person = begin_aimed(start)
    rehearse(person, "试讲")
    (row,) = person.program.history.page()
    person.program.window.result_bar.details_wanted.emit(row.msg_uuid)
    person.driver.click("history.correct")
    assert "hello" in person.program.session.draft.text
    assert person.program.session.target_id is None


def test_a_new_message_aims_at_nobody(start: Start) -> None:
    person = begin_aimed(start)
    person.new_message()
    assert person.program.session.target_id is None


def test_undo_and_redo_move_no_aim_and_each_draft_keeps_its_own(start: Start) -> None:
    person = begin_aimed(start)
    person.new_message()
    session = person.program.session
    session.switch_by(1)
    assert (session.draft.text, session.target_id) == ("hello", "全员")
    session.undo()
    assert (session.draft.text, session.target_id) == ("", "全员")
    session.redo()
    assert (session.draft.text, session.target_id) == ("hello", "全员")
    session.switch_by(1)
    assert (session.draft.text, session.target_id) == ("", None)


def test_pasted_json_and_webhooks_do_not_move_the_aim(start: Start) -> None:
    person = begin_aimed(start)
    server = person.sandbox
    webhook = f"{server.url}?access_token={server.access_token}"
    for pasted in ('{"msgtype":"text","text":{"content":"pasted"}}', webhook):
        QApplication.clipboard().setText(pasted)
        field = person.program.window.findChild(QPlainTextEdit, "compose.text")
        assert field is not None
        field.paste()
        assert person.program.session.target_id == "全员"


def test_a_change_of_language_and_a_restart_leave_the_aim_where_it_was(start: Start) -> None:
    person = begin_aimed(start)
    person.program.window.language_chosen.emit(Language.CHINESE.value)
    assert person.program.session.target_id == "全员"
    person.program.shut_down()
    assert start().program.session.target_id == "全员"


def robot_is_archived(person: Person) -> None:
    person.program.robot_profiles.archive("全员")


def robot_is_deleted(person: Person) -> None:
    person.program.robot_profiles.delete("全员")


@pytest.mark.parametrize("goes", [robot_is_archived, robot_is_deleted])
def test_a_robot_that_goes_leaves_the_draft_aimed_at_nobody(
    start: Start, goes: Callable[[Person], None]
) -> None:
    person = begin_aimed(start)
    goes(person)
    assert person.program.session.target_id is None
    person.program.robot_profiles.archive("全员", is_archived=False)  # and nothing brings it back
    assert person.program.session.target_id is None


def test_renaming_and_reordering_robots_do_not_move_the_aim(start: Start) -> None:
    person = begin_aimed(start)
    robot_profiles = person.program.robot_profiles
    robot_profiles.reorder([one.robot_id for one in reversed(robot_profiles.robots)])
    known = robot_profiles.get("全员")
    assert known is not None
    robot_profiles.save(replace(known, name="改名"))
    assert person.program.session.target_id == "全员"


def test_no_menu_entry_but_the_chooser_aims(start: Start) -> None:
    """Every action of the window's menus is tried but those that open a dialog or leave."""
    person = begin_aimed(start)
    window = person.program.window
    harmless = [
        action
        for action in window.findChildren(QAction)
        if action.objectName().startswith(("menu.go.", "menu.appearance.", "menu.undo"))
    ]
    assert harmless
    for action in harmless:
        action.trigger()
    assert person.program.session.target_id == "全员"
