"""The right group or nothing, in the real program: a robot's webhook changes under what waits."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from dingcomposer.core.delivery import Fault, Status
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.sandbox.rules import Rules
from dingcomposer.sandbox.server import SandboxRobot
from dingcomposer.storage.history import SendRow
from dingcomposer.storage.secrets import CredentialsChange, no_keyring
from tests.fakes.fake_dialogs import Answer
from tests.fakes.programs import Person, Start

NAME = "全员群"


def read(place: QWidget) -> str:
    """The words that stand in a part of the window, buttons with them."""
    shown: list[QLabel | QPushButton] = [
        *place.findChildren(QLabel),
        *place.findChildren(QPushButton),
    ]
    return " ".join(one.text() for one in shown if not one.isHidden())


class Groups:
    """A test robot called 全员群 in the sandbox's group, and another group beside it."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.other: SandboxRobot = person.sandbox.add_robot("行政部测试群", Rules())
        self.robot: Robot = person.add_group(NAME, Stage.TEST)
        person.aim(NAME)

    def change_webhook(self, group: SandboxRobot) -> None:
        """The robot gets a group's webhook, as by its form."""
        kept: list[object] = []
        profiles = self.person.program.robot_profiles
        change = CredentialsChange(group.access_token, group.secret)
        profiles.save(self.person.robot_called(NAME), change, kept.append)
        self.person.wait(lambda: kept)

    def lose(self) -> SendRow:
        """A send whose answer is lost on the way."""
        self.person.sandbox.robot.faults = (FaultPlan(FaultKind.RESET, is_taken=True),)
        self.person.write_text("hello")
        row = self.person.send()
        assert row.status is Status.UNKNOWN
        self.person.sandbox.robot.faults = ()
        return row

    def taken_by_the_other(self) -> int:
        return len(self.other.taken())


@pytest.fixture(params=[True, False], ids=["keyring", "no keyring"])
def groups(request: pytest.FixtureRequest, start: Start) -> Groups:
    return Groups(start() if request.param else start(find_keyring=no_keyring))


def test_a_safe_retry_never_goes_to_another_webhook(groups: Groups) -> None:
    person = groups.person
    row = groups.lose()
    assert "Retry safely repeats" in person.read_verdict()
    person.driver.click("verdict.details")
    details = person.program.window.findChild(QWidget, "history.details")
    assert details is not None
    assert "Retry safely repeats" in read(details)
    groups.change_webhook(groups.other)
    # Neither place keeps a button that would do nothing: each says why there is none.
    for told in (read(details), read(person.program.window.result_bar)):
        assert "another webhook" in told
        assert "Retry safely" not in told
    recovery = person.program.window.recovery_actions
    offer = recovery.offer_for(row)
    assert offer.recovery_action is None
    assert "another webhook" in offer.sentence
    recovery.carry_out(row.msg_uuid)
    assert person.statuses() == [Status.UNKNOWN]
    assert groups.taken_by_the_other() == 0
    # What is submitted all the same is stopped by the sender itself.
    person.program.outbox.retry(row, person.robot_called(NAME))
    person.wait(lambda: person.statuses() == [Status.UNKNOWN])
    person.wait(lambda: person.program.outbox.is_idle)
    (after,) = person.program.history.page()
    assert (after.status, after.fault) == (Status.UNKNOWN, Fault.TOKEN_CHANGED)
    assert groups.taken_by_the_other() == 0 and len(person.sandbox.robot.taken()) == 1


def test_with_the_right_webhook_back_it_can_be_retried_and_arrives_once(
    groups: Groups, answer: Answer
) -> None:
    answer(retry_host="retry")
    person = groups.person
    row = groups.lose()
    groups.change_webhook(groups.other)
    groups.change_webhook(person.sandbox.robot)
    person.program.window.recovery_actions.carry_out(row.msg_uuid)
    person.wait(lambda: person.statuses() == [Status.DELIVERED])
    assert len(person.sandbox.robot.taken()) == 1


def test_what_waits_when_the_webhook_changes_does_not_leave_and_says_why(groups: Groups) -> None:
    person = groups.person
    person.program.outbox.pause()
    person.write_text("hello")
    person.driver.click("compose.send")
    groups.change_webhook(groups.other)
    person.program.outbox.resume()
    row = person.verdict(set())
    assert (row.status, row.fault) == (Status.NOT_SENT, Fault.TOKEN_CHANGED)
    person.wait(lambda: "another webhook" in person.read_verdict())
    assert groups.taken_by_the_other() == 0 and person.sandbox.robot.taken() == ()


def test_a_webhook_pasted_after_a_restart_is_compared_with_what_the_send_was_for(
    start: Start, answer: Answer
) -> None:
    answer()
    groups = Groups(start(find_keyring=no_keyring))
    row = groups.lose()
    known = row.token_fingerprint
    groups.person.program.shut_down()
    again = start(find_keyring=no_keyring)
    profiles = again.program.robot_profiles
    robot = again.robot_called(NAME)
    assert robot.token_fingerprint == known and not robot.has_token
    profiles.save(replace(robot, endpoint=again.sandbox.url), CredentialsChange("ab" * 32))
    again.wait(lambda: again.robot_called(NAME).token_fingerprint not in ("", known))
    offer = again.program.window.recovery_actions.offer_for(row)
    assert offer.recovery_action is None
