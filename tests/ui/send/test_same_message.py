"""The same message once more, by a slip of the hand: asked about wherever it goes."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from dingcomposer.core.delivery import Status
from dingcomposer.core.robot import Stage
from dingcomposer.services.outbox import SAME_IN_SANDBOX_S
from dingcomposer.ui.send.recipients_dialog import RecipientsDialog
from tests.fakes.fake_dialogs import Answer, FakeConfirmations, FakeQuestions
from tests.fakes.programs import Person, Start

SANDBOX = 0


def aim_at_sandbox(person: Person) -> None:
    person.driver.click_row("robots.list", SANDBOX)
    target = person.program.robot_profiles.get(person.target_id)
    assert target is not None and target.is_sandbox


def has_back_as_default(questions: FakeQuestions) -> bool:
    question = questions.asked[-1]
    default = next(one.key for one in question.choices if one.is_default)
    return question.cancel == default == "back"


def test_a_second_click_in_the_sandbox_asks_and_enter_goes_back(
    start: Start, answer: Answer
) -> None:
    person = start()
    aim_at_sandbox(person)
    person.write_text("八点开会")
    asked = answer()
    assert person.send().status is Status.DELIVERED
    assert asked.names == []
    person.driver.click("compose.send")
    assert asked.names == ["same"]
    assert has_back_as_default(asked)
    assert "just now" in asked.asked[0].text
    assert len(person.statuses()) == 1
    answer(same="send")
    assert person.send().status is Status.DELIVERED
    assert len(person.sandbox.exchanges()) == 2


def test_after_a_minute_the_sandbox_takes_the_same_without_a_question(
    start: Start, answer: Answer
) -> None:
    person = start()
    aim_at_sandbox(person)
    person.write_text("八点开会")
    row = person.send()
    earlier = row.created_at - timedelta(seconds=SAME_IN_SANDBOX_S)
    with person.program.database.transaction():
        micros = int(earlier.timestamp() * 1_000_000)
        person.program.database.update(
            "sends", {"created_at": micros}, "msg_uuid = ?", row.msg_uuid
        )
    asked = answer()
    assert person.send().status is Status.DELIVERED
    assert asked.names == []


@pytest.mark.parametrize("stage", [Stage.TEST, Stage.PRODUCTION])
def test_another_profile_of_the_same_webhook_is_the_same_group(
    start: Start, answer: Answer, confirmed: FakeConfirmations, stage: Stage
) -> None:
    person = start()
    person.add_group("一", Stage.TEST)
    person.add_group("二", stage)
    person.write_text("八点开会")
    asked = answer()
    person.aim("一")
    assert person.send().status is Status.DELIVERED
    confirmed.reply = False
    person.aim("二")
    person.driver.click("compose.send")
    told = asked.asked[-1].text if stage is Stage.TEST else confirmed.read[-1]
    assert "The same message went to 一 just now. 二 has the same webhook." in told
    assert len(person.statuses()) == 1


def test_a_broadcast_to_two_profiles_of_one_webhook_says_so_before(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    person.add_group("一", Stage.TEST)
    person.add_group("二", Stage.TEST)
    person.write_text("八点开会")
    confirmed.reply = False
    broadcast(person, "一", "二")
    assert "一, 二 have the same webhook: one group gets the message 2 times." in confirmed.read[-1]
    assert person.statuses() == []
    broadcast(person, "一")
    assert "same webhook" not in confirmed.read[-1]


def test_a_broadcast_tells_what_the_sandbox_has_just_got(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    aim_at_sandbox(person)
    person.write_text("八点开会")
    person.send()
    confirmed.reply = False
    assert person.target_id is not None
    broadcast(person, person.target_id)
    assert "The same message went to" in confirmed.read[-1]


def broadcast(person: Person, *robot_ids: str) -> None:
    person.program.window.compose.request_broadcast()
    dialog = person.program.window.findChildren(RecipientsDialog)[-1]
    for robot_id in robot_ids:
        dialog.check(robot_id)
    button = dialog.findChild(QPushButton, "several.next")
    assert button is not None
    button.click()
