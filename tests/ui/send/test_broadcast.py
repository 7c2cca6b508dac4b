"""One message to several groups, through the real program: chosen, confirmed once, told as one."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget

from dingcomposer.core.delivery import Status
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.storage.history import SendRow
from dingcomposer.storage.secrets import CredentialsChange
from dingcomposer.ui.send import confirm_dialog
from dingcomposer.ui.send.recipients_dialog import RecipientsDialog
from tests.programs import Person, Start


class Confirmations:
    """Answers each confirmation, after reading it as a person does."""

    def __init__(self) -> None:
        self.reply = True
        self.words: list[str] = []
        self.production: list[str] = []
        self.tests: list[str] = []

    def __call__(self, parent: QWidget | None, confirmation: confirm_dialog.Confirmation) -> bool:
        dialog = confirm_dialog.ConfirmDialog(confirmation, parent)
        self.words.append("\n".join(label.text() for label in dialog.findChildren(QLabel)))
        for name, read in (("production", self.production), ("tests", self.tests)):
            names = dialog.findChild(QPlainTextEdit, f"confirm.{name}")
            read.append(names.toPlainText() if names else "")
        dialog.deleteLater()
        return self.reply


@pytest.fixture
def confirmed(monkeypatch: pytest.MonkeyPatch) -> Confirmations:
    confirmations = Confirmations()
    monkeypatch.setattr(confirm_dialog, "confirm", confirmations)
    return confirmations


def add_groups(person: Person, *names: str, stage: Stage = Stage.TEST) -> None:
    """Robots that reach the sandbox, each with the sandbox's webhook as its own."""
    server = person.sandbox
    for name in names:
        robot = Robot(name, name, "#C5302B", stage, server.url, expects_signature=True)
        person.program.robot_profiles.add(
            robot, CredentialsChange(server.access_token, server.secret)
        )
    person.wait(lambda: all(one.has_token for one in person.program.robot_profiles.robots))


def choose(person: Person, *names: str) -> None:
    person.program.window.compose.request_broadcast()
    dialog = person.program.window.findChildren(RecipientsDialog)[-1]
    for name in names:
        dialog.check(name)
    button = dialog.findChild(QPushButton, "several.next")
    assert button is not None
    button.click()


def rows(person: Person) -> dict[str, SendRow]:
    return {row.robot_name: row for row in reversed(person.program.history.page())}


def all_over(person: Person, count: int) -> Callable[[], bool]:
    def are_over() -> bool:
        statuses = person.statuses()
        return len(statuses) == count and all(status.is_final for status in statuses)

    return are_over


def test_one_confirmation_lists_all_groups_and_each_has_its_row_under_one_group(
    start: Start, confirmed: Confirmations
) -> None:
    person = start()
    add_groups(person, "一", "二")
    add_groups(person, "全员", stage=Stage.PRODUCTION)
    person.write_text("hello")
    choose(person, "一", "二", "全员")
    person.wait(all_over(person, 3))
    assert confirmed.production == ["全员"]
    assert confirmed.tests == ["一\n二"]
    assert "To 3 groups" in confirmed.words[0]
    assert {row.status for row in rows(person).values()} == {Status.DELIVERED}
    (group_id,) = {row.group_id for row in rows(person).values()}
    assert group_id is not None
    person.wait(lambda: "3 of 3 delivered" in person.read_verdict())
    assert len(person.sandbox.exchanges()) == 3


def test_who_goes_back_sends_to_nobody(start: Start, confirmed: Confirmations) -> None:
    confirmed.reply = False
    person = start()
    add_groups(person, "一", "二")
    person.write_text("hello")
    choose(person, "一", "二")
    assert person.statuses() == []
    assert person.program.sender_thread.is_idle


def test_nothing_is_chosen_at_first_and_a_robot_without_webhook_cannot_be(start: Start) -> None:
    person = start()
    add_groups(person, "一")
    person.program.robot_profiles.add(Robot("空", "空"))
    person.write_text("hello")
    person.program.window.compose.request_broadcast()
    dialog = person.program.window.findChildren(RecipientsDialog)[-1]
    button = dialog.findChild(QPushButton, "several.next")
    assert button is not None
    assert not dialog.chosen
    assert not button.isEnabled()
    dialog.check("空")
    assert not dialog.chosen
    dialog.check("一")
    assert [one.name for one in dialog.chosen] == ["一"]
    assert button.isEnabled()
    dialog.reject()


def test_only_those_that_failed_get_it_again_and_nothing_unknown(
    start: Start, confirmed: Confirmations
) -> None:
    person = start()
    add_groups(person, "好", "拒", "不明")
    person.write_text("hello")
    server = person.sandbox
    server.robot.faults = (
        FaultPlan(FaultKind.UNSAFE_TEXT),
        FaultPlan(FaultKind.HALF),
    )
    choose(person, "好", "拒", "不明")
    person.wait(all_over(person, 3))
    person.wait(lambda: "1 of 3 delivered, 1 refused, 1 unknown" in person.read_verdict())
    assert "may have arrived" in person.read_verdict()
    newest = person.program.history.page()[:3]
    refused = next(row for row in newest if row.status is Status.REFUSED)
    before = len(server.exchanges())
    person.driver.click("verdict.remedy")
    person.wait(all_over(person, 4))
    person.wait(lambda: "2 of 3 delivered, 1 unknown" in person.read_verdict())
    assert len(server.exchanges()) == before + 1
    again = person.program.history.page()[0]
    assert (again.robot_id, again.group_id) == (refused.robot_id, refused.group_id)


def test_the_history_tells_how_the_others_fared_and_leads_to_the_failed(
    start: Start, confirmed: Confirmations
) -> None:
    person = start()
    add_groups(person, "一", "二")
    person.write_text("hello")
    person.sandbox.robot.faults = (FaultPlan(FaultKind.UNSAFE_TEXT),)
    choose(person, "一", "二")
    person.wait(all_over(person, 2))
    person.wait(lambda: "1 of 2 delivered, 1 refused" in person.read_verdict())
    person.driver.click("verdict.details")
    line = person.program.window.findChild(QLabel, "history.together")
    assert line is not None
    assert line.text() == "Sent to 2 groups at once: 1 of 2 delivered, 1 refused"
    person.driver.click("history.failed")
    person.wait(all_over(person, 3))
    person.wait(lambda: line.text() == "Sent to 2 groups at once: 2 of 2 delivered")
    assert len(confirmed.words) == 2
