"""The buttons beside an outcome, in the whole program: each does what it says, nothing twice."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit, QPushButton, QWidget

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Report, SendJob, Status
from dingcomposer.core.messages import Message, Text
from dingcomposer.core.robot import Robot
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.services.settings import SHOWS_TECHNICAL
from dingcomposer.storage.history import SendRow
from dingcomposer.ui.context import Page
from dingcomposer.ui.history.model import SendColumn
from tests.fakes.fake_dialogs import Answer, FakeConfirmations
from tests.fakes.programs import Person, Start

NAME = "test group"


class Helped:
    """A person with a robot of their own, which happens to stand in the sandbox."""

    def __init__(self, person: Person, *, keywords: str = "") -> None:
        self.person = person
        url, token = person.sandbox.url, person.sandbox.access_token
        person.add_robot(
            NAME, f"{url}?access_token={token}\n{person.sandbox.secret}", keywords=keywords
        )
        person.aim(NAME)

    def send(self, text: str, *faults: FaultPlan) -> SendRow:
        self.person.sandbox.robot.faults = faults
        self.person.write_text(text)
        return self.person.send()

    @property
    def button(self) -> QPushButton | None:
        """The one button of the verdict, where there is one."""
        found = self.person.program.window.findChild(QPushButton, "verdict.remedy")
        return found if isinstance(found, QPushButton) and found.isVisible() else None

    def label(self, name: str) -> str:
        found = self.person.program.window.findChild(QLabel, name)
        assert isinstance(found, QLabel), name
        return found.text() if found.isVisible() else ""

    def click(self) -> None:
        self.person.driver.click("verdict.remedy")

    def dialog(self, name: str) -> QDialog:
        found = self.person.program.window.findChild(QDialog, name)
        assert isinstance(found, QDialog), name
        assert found.isVisible()
        return found

    def row(self, msg_uuid: str) -> SendRow:
        row = self.person.program.history.row(msg_uuid)
        assert row is not None
        return row

    def taken(self) -> list[Message | None]:
        """What the group got, repeats left out."""
        return [
            one.message
            for one in self.person.sandbox.exchanges()
            if one.is_taken and not one.is_repeat
        ]


def taken_and_closed() -> FaultPlan:
    return FaultPlan(FaultKind.CLOSE, is_taken=True)


# Send again


def test_sending_again_is_asked_once_and_is_a_send_of_its_own(
    start: Start, confirmed: FakeConfirmations
) -> None:
    helped = Helped(start())
    first = helped.send("再来一次")
    assert first.status is Status.DELIVERED
    window = helped.person.program.window
    confirmed.shown.clear()
    helped.person.driver.click("verdict.details")
    helped.person.driver.click("history.again_as_new")
    assert len(confirmed.shown) == 1
    assert any("got this message already" in one for one in confirmed.shown[0].warnings)
    helped.person.wait(lambda: len(helped.taken()) == 2)
    uuids = {one.msg_uuid for one in helped.person.sandbox.exchanges()}
    assert len(uuids) == 2
    assert helped.taken() == [Text("再来一次")] * 2
    assert window.history.selected == first.msg_uuid


# Retry safely


def test_a_safe_retry_is_asked_about_once_for_a_host_of_ones_own_and_posts_nothing_twice(
    start: Start, answer: Answer
) -> None:
    helped = Helped(start())
    asked = answer().names
    lost = helped.send("一次", taken_and_closed())
    assert (lost.status, lost.fault) == (Status.UNKNOWN, Fault.CONNECTION_LOST)
    button = helped.button
    assert button is not None
    assert button.text() == "Retry safely"
    assert "not known whether this robot's server" in helped.label("verdict.note")
    helped.click()
    assert asked == ["retry_host"]  # and Back is the answer that a stray Enter gives
    assert helped.row(lost.msg_uuid).status is Status.UNKNOWN

    answer(retry_host="retry")
    helped.click()
    helped.person.wait(lambda: helped.row(lost.msg_uuid).status is Status.DELIVERED)
    told = [
        (one.number, one.status) for one in helped.person.program.history.attempts(lost.msg_uuid)
    ]
    assert told == [(1, Status.UNKNOWN), (2, Status.DELIVERED)]
    assert {one.msg_uuid for one in helped.person.sandbox.exchanges()} == {lost.msg_uuid}
    assert helped.taken() == [Text("一次")]
    assert helped.person.read_verdict().startswith("Delivered")

    asked = answer().names
    again = helped.send("，第二次", taken_and_closed())
    helped.click()
    helped.person.wait(lambda: helped.row(again.msg_uuid).status is Status.DELIVERED)
    assert asked == []
    assert helped.taken() == [Text("一次"), Text("一次，第二次")]


def test_in_the_sandbox_a_safe_retry_asks_nothing(start: Start, answer: Answer) -> None:
    person = start()
    asked = answer().names
    person.sandbox.robot.faults = (taken_and_closed(),)
    person.write_text("一次")
    lost = person.send()
    person.driver.click("verdict.details")
    person.driver.click("history.verdict.action")
    person.wait(lambda: person.program.history.page()[0].status is Status.DELIVERED)
    assert person.program.history.page()[0].msg_uuid == lost.msg_uuid
    assert asked == []


def test_busy_to_the_last_offers_a_safe_retry_and_nothing_else(start: Start) -> None:
    person = start()
    person.sandbox.robot.faults = (FaultPlan(FaultKind.BUSY, times=4, is_taken=True),)
    person.write_text("一次")
    busy = person.send()
    assert (busy.status, busy.cause) == (Status.REFUSED, Cause.BUSY)
    person.driver.click("verdict.remedy")
    person.wait(lambda: person.program.history.page()[0].status is Status.DELIVERED)
    assert [one.number for one in person.program.history.attempts(busy.msg_uuid)] == [1, 2, 3, 4, 5]
    assert [one.calls for one in person.sandbox.robot.taken()] == [5]  # in the group once


def lose_long_ago(helped: Helped, robot: Robot, *, hours: float) -> str:
    """A send that came to no answer so many hours ago."""
    history = helped.person.program.history
    at = datetime.now(UTC) - timedelta(hours=hours)
    history.add(SendJob("u-1", robot, Text("很久以前"), at))
    history.announce(Report("u-1", 1, Status.SENDING, at, url=robot.endpoint))
    history.complete(Report("u-1", 1, Status.UNKNOWN, at, fault=Fault.READ_TIMEOUT))
    return "u-1"


@pytest.mark.parametrize(("hours", "is_offered"), [(23.9, True), (24.1, False)])
def test_after_a_day_the_window_says_why_a_retry_is_no_longer_safe(
    start: Start, *, hours: float, is_offered: bool
) -> None:
    helped = Helped(start())
    window = helped.person.program.window
    robot = helped.person.program.robot_profiles.get(helped.person.target_id)
    assert robot is not None
    msg_uuid = lose_long_ago(helped, robot, hours=hours)
    window.result_bar.details_wanted.emit(msg_uuid)
    found = window.findChild(QPushButton, "history.verdict.action")
    assert isinstance(found, QPushButton)
    assert found.isVisible() == is_offered
    assert ("no longer safe" in helped.label("history.verdict.note")) != is_offered
    if not is_offered:
        window.recovery_actions.carry_out(msg_uuid)  # as a window that was left open would
        assert helped.row(msg_uuid).status is Status.UNKNOWN
        assert "no longer safe" in helped.label("status.said")


def test_the_details_of_a_send_are_shown_with_the_keyboard_in_the_list(start: Start) -> None:
    helped = Helped(start())
    helped.send("告警", FaultPlan(FaultKind.NO_KEYWORD))
    window = helped.person.program.window
    window.focus_first()
    helped.person.driver.click("verdict.details")
    assert window.focusWidget() is window.history.table
    window.history.searching.bar.focus_field()
    window.write()
    window.go_to(Page.HISTORY)
    assert window.focusWidget() is window.history.table


def test_after_the_clock_was_set_back_a_retry_is_offered_and_that_is_told(start: Start) -> None:
    helped = Helped(start())
    window = helped.person.program.window
    robot = helped.person.program.robot_profiles.get(helped.person.target_id)
    assert robot is not None
    msg_uuid = lose_long_ago(helped, robot, hours=-1 / 6)
    window.result_bar.details_wanted.emit(msg_uuid)
    note = helped.label("history.verdict.note")
    assert "clock was set back" in note
    assert "no longer safe" not in note
    found = window.findChild(QPushButton, "history.verdict.action")
    assert isinstance(found, QPushButton)
    assert found.isVisible()


# Words that help


def test_a_keyword_is_inserted_by_a_click(start: Start, answer: Answer) -> None:
    helped = Helped(start(), keywords="告警")
    answer(insist="send")
    refused = helped.send("磁盘满了", FaultPlan(FaultKind.NO_KEYWORD))
    assert refused.cause is Cause.KEYWORD
    helped.click()
    helped.person.driver.click("compose.keyword.take")
    session = helped.person.program.session
    assert session.draft.text == "磁盘满了\n—— 告警"
    assert session.target_id == refused.robot_id
    assert helped.person.send().status is Status.DELIVERED


def test_where_no_keyword_is_known_the_robot_is_opened_there(start: Start) -> None:
    helped = Helped(start())
    helped.send("磁盘满了", FaultPlan(FaultKind.NO_KEYWORD))
    button = helped.button
    assert button is not None
    assert button.text() == "Edit the keywords…"
    helped.click()
    dialog = helped.dialog("robot")
    helped.person.wait(dialog.isActiveWindow)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPlainTextEdit)
    assert focused.objectName() == "robot.keywords"


@pytest.mark.parametrize(
    ("kind", "label", "dialog"),
    [
        (FaultKind.UNKNOWN_TOKEN, "Edit the webhook…", "robot"),
        (FaultKind.WRONG_SIGNATURE, "Edit the secret…", "robot"),
        (FaultKind.ADDRESS_NOT_LISTED, "Edit the addresses…", "robot"),
        (FaultKind.WRONG_TIMESTAMP, "Check the clock…", "checkup"),
    ],
)
def test_a_cause_opens_what_sets_it_right(
    start: Start, kind: FaultKind, label: str, dialog: str
) -> None:
    helped = Helped(start())
    helped.send("通知", FaultPlan(kind))
    button = helped.button
    assert button is not None
    assert button.text() == label
    # Numbers and the answer's own words are behind the fold, which stays as it was left.
    assert (helped.label("verdict.own_words"), helped.label("verdict.technical")) == ("", "")
    helped.person.driver.click("verdict.fold")
    assert "The answer's own words: " in helped.label("verdict.technical")
    assert helped.person.program.settings.value(SHOWS_TECHNICAL)
    helped.send("再来", FaultPlan(kind))
    assert "The answer's own words: " in helped.label("verdict.technical")
    helped.click()
    helped.dialog(dialog).close()


def test_a_number_that_the_sandbox_was_told_to_say_is_not_dingtalks(start: Start) -> None:
    helped = Helped(start())
    body = b'{"errcode":987654,"errmsg":"something new"}'
    helped.send("通知", FaultPlan(FaultKind.CUSTOM, body=body))
    assert "a reason that is not known here" in helped.label("verdict.words")
    assert helped.label("verdict.own_words") == "The answer's own words: something new"
    helped.person.driver.click("verdict.fold")
    said = "987654 · something new (DingTalk is not known to use this number.)"
    assert helped.label("verdict.technical") == f"The answer's own words: {said}"
    assert helped.button is None


def test_too_fast_is_sent_after_the_wait_by_a_click(start: Start, answer: Answer) -> None:
    helped = Helped(start())
    asked = answer().names
    refused = helped.send("通知", FaultPlan(FaultKind.TOO_FAST))
    helped.click()
    (waiting,) = helped.person.program.outbox.waiting()
    assert waiting.msg_uuid != refused.msg_uuid
    assert 590 < waiting.due_in_s <= 600
    assert asked == []  # what was refused is not in the group
    # Everywhere it says that it waits, for what and until when; what it was before is over.
    for words in everywhere_told(helped, waiting.msg_uuid):
        assert re.search(r"It waits until \d\d:\d\d:\d\d: the robot rests", words), words
    assert helped.label("verdict.headline") == ""
    assert helped.person.program.outbox.cancel(waiting.msg_uuid)


def everywhere_told(helped: "Helped", msg_uuid: str) -> list[str]:
    """What is said of a send in the status line, its row of the history, and its details."""
    window = helped.person.program.window
    told = [helped.label("status.said")]
    window.go_to(Page.HISTORY)
    window.history.select(msg_uuid)
    row = window.history.table.currentIndex().siblingAtColumn(SendColumn.HAPPENED)
    return [*told, str(row.data()), helped.label("history.verdict.happened")]


def test_a_pause_is_told_of_whatever_waits_while_it_lasts(start: Start) -> None:
    helped = Helped(start())
    outbox = helped.person.program.outbox
    outbox.pause()
    helped.person.write_text("等一下")
    helped.person.driver.click("compose.send")
    (waiting,) = outbox.waiting()
    told = everywhere_told(helped, waiting.msg_uuid)
    assert told == ["It waits: sending is paused."] * 3
    outbox.resume()
    helped.person.wait(lambda: helped.row(waiting.msg_uuid).status is Status.DELIVERED)
    assert "waits" not in "".join(everywhere_told(helped, waiting.msg_uuid))


def test_a_banned_address_is_waited_for_as_long_as_it_says(start: Start) -> None:
    helped = Helped(start())
    helped.send("通知", FaultPlan(FaultKind.ADDRESS_BANNED))
    assert "Wait 5 min" in helped.label("verdict.words")
    helped.click()
    (waiting,) = helped.person.program.outbox.waiting()
    assert 290 < waiting.due_in_s <= 300
    assert helped.person.program.outbox.cancel(waiting.msg_uuid)


def test_a_message_that_was_changed_since_is_opened_as_a_new_one(start: Start) -> None:
    helped = Helped(start())
    refused = helped.send("太长", FaultPlan(FaultKind.TOO_LONG))
    session = helped.person.program.session
    helped.click()  # still the draft: its target stays
    assert (session.draft.text, session.target_id) == ("太长", refused.robot_id)
    # The verdict goes with its message; the history offers the same.
    helped.person.new_message()
    window = helped.person.program.window
    window.go_to(Page.HISTORY)
    window.history.select(refused.msg_uuid)
    helped.person.driver.click("history.verdict.action")
    assert (session.draft.text, session.target_id) == ("太长", None)


def test_the_robot_of_a_group_that_is_gone_is_archived_by_a_click(start: Start) -> None:
    helped = Helped(start())
    refused = helped.send("通知", FaultPlan(FaultKind.GROUP_GONE))
    helped.click()
    robot_profiles = helped.person.program.robot_profiles
    assert [robot.robot_id for robot in robot_profiles.archived] == [refused.robot_id]
    assert helped.person.target_id is None


def test_a_delivered_message_is_corrected_by_a_new_one(start: Start) -> None:
    helped = Helped(start())
    helped.send("八点开会")
    assert helped.button is None
    helped.person.driver.click("verdict.details")
    helped.person.driver.click("history.correct")
    session = helped.person.program.session
    assert (session.draft.text, session.target_id) == ("Correction: 八点开会", None)
    assert "cannot be recalled" in helped.label("status.said")
    # Once the group is chosen, nothing asks for it any more.
    helped.person.aim(NAME)
    assert helped.label("status.said") == ""
    session.edit(replace(session.draft, text="改为九点开会"))
    helped.person.send()
    window = helped.person.program.window
    window.go_to(Page.HISTORY)
    model = window.history.table.model()
    titles = [model.index(row, SendColumn.TITLE).data() for row in (0, 1)]
    assert titles == ["Correction · 改为九点开会", "Corrected · 八点开会"]


def test_what_was_said_of_a_message_ends_with_it(start: Start) -> None:
    helped = Helped(start())
    helped.send("八点开会")
    assert helped.label("status.said").startswith("Delivered")
    helped.person.new_message()
    assert helped.label("status.said") == ""


# The same message again


def test_the_same_message_is_asked_about_before_it_goes_out_again(
    start: Start, answer: Answer
) -> None:
    helped = Helped(start())
    assert helped.send("通知").status is Status.DELIVERED
    asked = answer().names
    helped.person.driver.click("compose.send")
    assert asked == ["same"]
    assert len(helped.person.statuses()) == 1
    answer(same="send")
    assert helped.person.send().status is Status.DELIVERED
    asked = answer().names
    assert helped.send("另一条").status is Status.DELIVERED
    assert asked == []


# Check-up


def test_a_check_up_counts_what_it_asks_and_its_messages_are_in_the_history(start: Start) -> None:
    helped = Helped(start())
    person = helped.person
    month = datetime.now(UTC) - timedelta(days=1)
    robot_id = person.target_id
    robot = person.program.robot_profiles.get(robot_id)
    assert robot_id is not None and robot is not None
    person.program.window.check_up(robot_id)
    dialog = helped.dialog("checkup")
    ask = dialog.findChild(QPushButton, "checkup.ask")
    trial = dialog.findChild(QPushButton, "checkup.trial.send")
    box = dialog.findChild(QWidget, "checkup.trial.text")
    assert isinstance(ask, QPushButton)
    assert isinstance(trial, QPushButton)
    assert box is not None
    left, calls = person.program.outbox.left(robot), person.program.history.calls_since(month)
    person.wait(ask.isEnabled)
    ask.click()
    assert person.program.outbox.left(robot) == left - 1
    assert person.program.history.calls_since(month) == calls, "it is no call of DingTalk's"
    person.wait(ask.isEnabled)
    box.setProperty("checked", True)
    trial.click()
    person.wait(lambda: person.statuses() == [Status.DELIVERED])
    dialog.close()
