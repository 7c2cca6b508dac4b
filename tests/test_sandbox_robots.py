"""Several sandbox robots: twins of real ones, with rules of their own that outlive the run."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Status
from dingcomposer.core.robot import Robot
from tests.fakes.programs import Person, Start

TOKEN = "0123456789abcdef" * 4
SECRET = "SEC" + "00ff11ee" * 8
REAL = "duty"
TWIN = f"{REAL} (sandbox)"
pytestmark = pytest.mark.usefixtures("insisting")


def menu_of(person: Person, name: str) -> dict[str, QAction]:
    """The entries of a robot's context menu."""
    robots = person.program.window.robots
    index = robots.model.index(robots.model.row_of(person.robot_called(name).robot_id))
    menu = robots.menu_for(index)
    return {action.objectName().rpartition(".")[2]: action for action in menu.actions()}


def add_real(person: Person) -> Robot:
    person.add_robot(
        REAL,
        f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}\n{SECRET}",
        keywords="告警",
    )
    robot = person.robot_called(REAL)
    listed = ("203.0.113.0/24", "198.51.100.7")
    person.program.robot_profiles.save(replace(robot, addresses=listed))
    return person.robot_called(REAL)


def make_twin(person: Person) -> Robot:
    menu_of(person, REAL)["twin"].trigger()
    person.wait(lambda: person.robot_called(TWIN).has_token)
    return person.robot_called(TWIN)


def look_at(person: Person, name: str) -> None:
    """Open the sandbox page and choose a robot there."""
    person.driver.click("place.sandbox")
    box = person.driver.find("sandbox.robot")
    assert isinstance(box, QComboBox)
    QTest.keyClick(box, Qt.Key.Key_Home)
    while box.currentText() != name:
        QTest.keyClick(box, Qt.Key.Key_Down)


def put(person: Person, field: str, words: str) -> None:
    line = person.driver.find(field)
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.setText(words)
    QTest.keyClick(line, Qt.Key.Key_Return)


def send(person: Person, text: str) -> tuple[Status, Cause | None]:
    person.driver.click("place.write")
    person.aim(TWIN)
    person.write_text(text)
    row = person.send()
    assert row.is_sandbox
    return row.status, row.cause


def test_a_twin_enforces_the_rules_of_its_model_without_touching_the_group(start: Start) -> None:
    person = start()
    real = add_real(person)
    twin = make_twin(person)
    assert (twin.keywords, twin.addresses) == (real.keywords, real.addresses)
    assert twin.expects_signature == real.expects_signature
    assert not twin.is_production
    assert twin.endpoint == person.sandbox.url
    assert send(person, "hello") == (Status.REFUSED, Cause.KEYWORD)
    assert send(person, "告警：hello") == (Status.DELIVERED, Cause.DELIVERED)
    look_at(person, TWIN)
    put(person, "sandbox.caller", "192.0.2.1")
    assert send(person, "告警：again") == (Status.REFUSED, Cause.IP)
    look_at(person, TWIN)
    put(person, "sandbox.caller", "198.51.100.7")
    assert send(person, "告警：once more") == (Status.DELIVERED, Cause.DELIVERED)
    assert person.robot_called(REAL) == real


def test_what_is_set_for_each_sandbox_robot_outlives_the_run(start: Start) -> None:
    person = start()
    add_real(person)
    make_twin(person)
    look_at(person, TWIN)
    put(person, "sandbox.keywords", "发布, 上线")
    signature = person.driver.find("sandbox.signature")
    pace = person.driver.find("sandbox.pace")
    for box in (signature, pace):
        assert isinstance(box, QCheckBox)
        box.click()
    person.program.shut_down()

    again = start()
    again.wait(lambda: again.robot_called(TWIN).has_token)
    twin = again.robot_called(TWIN)
    assert twin.keywords == ("发布", "上线")
    assert not twin.expects_signature
    assert twin.sandbox_pace is None
    rules = {robot.name: robot.rules for robot in again.sandbox.robots}
    assert rules[TWIN].keywords == ("发布", "上线")
    assert not rules[TWIN].secret_required
    assert rules["Sandbox"].keywords == ()
    assert rules["Sandbox"].secret_required
    assert send(again, "上线") == (Status.DELIVERED, Cause.DELIVERED)


def test_a_sandbox_robot_is_added_on_the_page_renamed_and_deleted(start: Start) -> None:
    person = start()
    person.driver.click("place.sandbox")
    person.driver.click("sandbox.add")
    box = person.driver.find("sandbox.robot")
    assert isinstance(box, QComboBox)
    assert box.currentText() == "Sandbox (2)"
    added = person.robot_called("Sandbox (2)")
    person.program.robot_profiles.save(replace(added, name="另一个"))
    assert box.currentText() == "另一个"
    assert "delete" not in menu_of(person, "Sandbox")
    menu_of(person, "另一个")["delete"].trigger()
    assert [box.itemText(at) for at in range(box.count())] == ["Sandbox"]
    assert [robot.name for robot in person.sandbox.robots] == ["Sandbox"]
    assert [robot.name for robot in person.program.robot_profiles.robots] == ["Sandbox"]


def test_the_built_in_robot_stays_the_first_drafts_aim_whatever_the_order(start: Start) -> None:
    person = start()
    built_in = person.robot_called("Sandbox")
    person.driver.click("place.sandbox")
    person.driver.click("sandbox.add")
    twin = person.robot_called("Sandbox (2)")
    person.program.robot_profiles.reorder([twin.robot_id, built_in.robot_id])
    person.program.shut_down()
    again = start()
    again.wait(lambda: all(robot.has_token for robot in again.program.robot_profiles.robots))
    assert again.sandbox.robot.name == "Sandbox"
    tokens = {robot.access_token for robot in again.sandbox.robots}
    assert len(tokens) == 2


def test_each_group_is_told_by_its_robots_colour(start: Start) -> None:
    person = start()
    add_real(person)
    twin = make_twin(person)
    built_in = next(one for one in person.program.robot_profiles.robots if one.is_built_in)
    groups = {one.name: one.number for one in person.sandbox.robots}
    host = person.program.sandbox
    assert host.colour_of(groups[TWIN]) == twin.colour
    assert host.colour_of(groups[built_in.name]) == built_in.colour
    assert twin.colour != built_in.colour
