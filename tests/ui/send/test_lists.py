"""A message aimed at a list of robots, through the real program."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListView, QMenu, QWidget

from dingcomposer.core.delivery import Fault, Status
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.services.lists.robot_lists import RobotLists
from dingcomposer.storage.history import SendRow
from dingcomposer.ui.compose.problem_list import ProblemRow
from dingcomposer.ui.send.resend_dialog import ResendDialog
from tests.fakes.fake_dialogs import FakeConfirmations
from tests.fakes.programs import Person, Start

BRANCHES = RobotList("l-1", "所有分店", ("二", "一", "全员"))


def lists_of(person: Person) -> RobotLists:
    return person.program.engine.robot_lists


def menu_of(person: Person, button: str) -> QMenu:
    menu = person.program.window.findChild(QMenu, f"{button}.menu")
    assert menu is not None
    return menu


def begin(start: Start, robot_list: RobotList = BRANCHES) -> Person:
    """Three groups in a list, and a message aimed at it by a click."""
    person = start()
    person.add_group("一", Stage.TEST)
    person.add_group("二", Stage.TEST)
    person.add_group("全员", Stage.PRODUCTION)
    lists_of(person).save(robot_list)
    person.write_text("明天放假")
    person.driver.click_row("lists.list", 0)
    return person


def rows(person: Person) -> dict[str, SendRow]:
    return {row.robot_name: row for row in reversed(person.program.history.page())}


def wait_over(person: Person, count: int) -> dict[str, SendRow]:
    person.wait(
        lambda: (
            len(rows(person)) == count and all(one.status.is_final for one in rows(person).values())
        )
    )
    return rows(person)


def test_a_click_on_a_list_aims_at_it_and_one_question_sends_to_all_in_its_order(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = begin(start)
    assert person.target_id == BRANCHES.target_id
    button = person.driver.find("compose.send")
    assert isinstance(button, QAbstractButton)
    assert "所有分店 (3 groups) · production" in button.text()
    assert person.program.window.windowTitle().startswith("所有分店")
    person.driver.click("compose.send")
    found = wait_over(person, 3)
    assert {row.status for row in found.values()} == {Status.DELIVERED}
    assert len({row.group_id for row in found.values()}) == 1
    assert list(found) == ["二", "一", "全员"]
    assert "To the list 所有分店: 3 groups" in confirmed.read[0]
    assert (confirmed.production, confirmed.tests) == (["全员"], ["二\n一"])
    person.wait(lambda: "3 of 3 delivered" in person.read_verdict())


def test_the_target_is_kept_and_the_list_can_be_had_without_a_mouse(start: Start) -> None:
    person = begin(start)
    person.program.shut_down()
    person = start()
    assert person.target_id == BRANCHES.target_id
    person.program.window.begin_new()
    view = person.driver.find("lists.list")
    assert view.accessibleName() == "Lists of robots"
    assert isinstance(view, QListView)
    view.setCurrentIndex(view.model().index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert person.target_id == BRANCHES.target_id


def test_a_list_that_is_another_since_it_was_chosen_says_who_joined_and_left(
    start: Start, confirmed: FakeConfirmations
) -> None:
    confirmed.reply = False
    person = begin(start)
    person.add_group("三", Stage.TEST)
    lists_of(person).save(RobotList("l-1", "所有分店", ("二", "三", "全员")))
    person.program.robot_profiles.delete("全员")
    person.driver.click("compose.send")
    assert "New in the list since you chose it: 三." in confirmed.read[0]
    assert "No longer in the list since you chose it: 一, 全员." in confirmed.read[0]
    confirmed.reply = True
    person.driver.click("compose.send")
    wait_over(person, 2)
    confirmed.reply = False
    person.write_text("后天也放假")
    person.driver.click("compose.send")
    assert "since you chose it" in confirmed.read[1], "who went back was told, and is told again"
    assert "since you chose it" not in confirmed.read[2]


def test_who_has_no_webhook_is_left_out_and_named(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = begin(start)
    person.program.robot_profiles.add(Robot("四", "四"))
    lists_of(person).save(RobotList("l-1", "所有分店", ("一", "四")))
    person.driver.click("compose.send")
    wait_over(person, 1)
    assert "Left out, for want of a webhook: 四." in confirmed.read[0]
    assert confirmed.tests == ["一"]


def test_an_empty_list_says_why_nothing_can_be_sent(start: Start) -> None:
    person = begin(start, RobotList("l-1", "空", ()))
    assert person.target_id == "list:l-1"
    assert person.driver.find("compose.send").toolTip() == "No group in this list has a webhook"


def test_a_deleted_list_is_no_target_any_more(start: Start) -> None:
    person = begin(start)
    lists_of(person).delete("l-1")
    assert person.target_id is None
    panel = person.program.window.findChild(QWidget, "lists.panel")
    assert panel is not None and not panel.isVisible()


def test_it_stops_at_the_first_that_is_refused_and_goes_on_with_those_that_failed(
    start: Start, confirmed: FakeConfirmations, insisting: None
) -> None:
    person = begin(start, RobotList("l-1", "所有分店", ("二", "一"), stops_at_failure=True))
    person.sandbox.robot.faults = (FaultPlan(FaultKind.ROBOT_DISABLED),)
    person.driver.click("compose.send")
    found = wait_over(person, 2)
    assert found["二"].status is Status.REFUSED
    assert (found["一"].status, found["一"].fault) == (Status.NOT_SENT, Fault.STOPPED)
    assert "One group after the other." in confirmed.read[0]
    assert "It stops at the first that does not get it." in confirmed.read[0]
    assert len(person.sandbox.exchanges()) == 1
    person.sandbox.robot.faults = ()
    person.program.window.broadcast.send_to_failed(found["二"].msg_uuid)
    dialog = person.program.window.findChildren(ResendDialog)[-1]
    assert [one.name for one in dialog.chosen] == ["一"], "the robot of the other is still off"
    dialog.accept()
    person.wait(lambda: "1 of 2 delivered" in person.read_verdict())
    assert rows(person)["一"].status is Status.DELIVERED
    assert "To the list 所有分店" in confirmed.read[-1], "in the order of its list"


@pytest.mark.parametrize("way", ["menu", "palette"])
def test_a_list_stands_in_the_chooser_and_in_the_palette(start: Start, way: str) -> None:
    person = begin(start)
    window = person.program.window
    window.begin_new()
    if way == "menu":
        menu = menu_of(person, "compose.target")
        chosen = next(one for one in menu.actions() if one.data() == BRANCHES.target_id)
        chosen.trigger()
    else:
        action = window.findChild(QAction, "menu.palette")
        assert action is not None
        action.trigger()
        line = window.findChildren(QLineEdit, "palette.line")[-1]
        line.setText("所有分店")
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert person.target_id == BRANCHES.target_id


def test_a_rehearsal_goes_to_a_robot_never_to_a_list(start: Start) -> None:
    person = begin(start)
    menu = menu_of(person, "compose.more")
    assert all("所有分店" not in one.text() for one in menu.actions())


def test_what_a_member_would_refuse_is_told_while_it_is_written(start: Start) -> None:
    person = begin(start)
    profiles, compose = person.program.robot_profiles, person.program.window.compose
    robots = {one.name: one for one in profiles.robots}
    profiles.save(replace(robots["一"], keywords=("通知",)))
    profiles.save(replace(robots["全员"], keywords=("通知", "公告")))

    def told() -> list[str]:
        shown = compose.findChildren(ProblemRow)
        return [one.accessibleName() for one in shown if one.isVisibleTo(compose)]

    person.wait(lambda: any(one.endswith("In 一.") for one in told()))
    assert any("“通知”" in one and one.endswith("In 全员.") for one in told())
    assert not any("二" in one for one in told()), "it asks for nothing"
    person.write_text("通知：明天放假")
    person.wait(lambda: not told())
    lists_of(person).save(RobotList("l-1", "所有分店", ("二",)))
    person.write_text("明天放假")
    assert compose.problems == (), "who is no longer in it asks for nothing"
