"""One message to several groups, through the real program: chosen, confirmed once, told as one."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QRadioButton

from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.delivery import Status
from dingcomposer.core.draft import Draft, to_message
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.storage.history import SendRow
from dingcomposer.storage.secrets import CredentialsChange
from dingcomposer.ui.history.page import HistoryPage
from dingcomposer.ui.preview.bubble.style import Device
from dingcomposer.ui.send.recipients_dialog import RecipientsDialog
from dingcomposer.ui.send.resend_dialog import ResendDialog
from dingcomposer.ui.send.result_bar import ResultBar
from dingcomposer.ui.widgets.outcome_lines import OutcomeLines
from dingcomposer.ui.widgets.plain_text import ElidedLabel
from tests.fakes.fake_dialogs import Answer, FakeConfirmations
from tests.fakes.programs import Person, Start


def add_groups(person: Person, *names: str, stage: Stage = Stage.TEST) -> None:
    """Robots that reach the sandbox, each with the sandbox's webhook as its own."""
    for name in names:
        person.add_group(name, stage)


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


def newest_resend(person: Person) -> ResendDialog:
    return person.program.window.findChildren(ResendDialog)[-1]


def ask_again(person: Person) -> ResendDialog:
    """Click *Send to those that failed* below the message."""
    person.driver.click("verdict.remedy")
    return newest_resend(person)


def tick(dialog: ResendDialog, *names: str) -> None:
    for box in dialog.findChildren(QCheckBox):
        if box.text() in names and not box.isChecked():
            box.click()


def read_note(dialog: ResendDialog, at: int) -> str:
    note = dialog.findChild(QLabel, f"resend.note.{at}")
    assert note is not None
    return note.text()


def next_of(dialog: ResendDialog) -> QPushButton:
    button = dialog.findChild(QPushButton, "resend.next")
    assert button is not None
    return button


def go_on(dialog: ResendDialog) -> None:
    next_of(dialog).click()


def line_words(person: Person, name: str) -> list[str]:
    """What is said of each group, in a line of its own."""
    lines = person.program.window.findChild(OutcomeLines, name)
    assert lines is not None
    labels = (one for one in lines.findChildren(QLabel) if one.objectName().startswith(name))
    return [one.text() for one in labels]


def test_one_confirmation_lists_all_groups_and_each_has_its_row_under_one_group(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    add_groups(person, "一", "二")
    add_groups(person, "全员", stage=Stage.PRODUCTION)
    person.write_text("hello")
    choose(person, "一", "二", "全员")
    person.wait(all_over(person, 3))
    assert confirmed.production == ["全员"]
    assert confirmed.tests == ["一\n二"]
    assert "To 3 groups" in confirmed.read[0]
    assert {row.status for row in rows(person).values()} == {Status.DELIVERED}
    (group_id,) = {row.group_id for row in rows(person).values()}
    assert group_id is not None
    person.wait(lambda: "3 of 3 delivered" in person.read_verdict())
    assert len(person.sandbox.exchanges()) == 3


def test_an_unfilled_field_goes_to_no_real_group_however_it_is_sent(
    start: Start, answer: Answer, confirmed: FakeConfirmations
) -> None:
    asked = answer(insist="send")
    person = start()
    add_groups(person, "一")
    add_groups(person, "全员", stage=Stage.PRODUCTION)
    person.write_text("您好 {{姓名}}")
    choose(person, "一", "全员")
    assert asked.names == ["insist"]
    assert "{{姓名}}" in asked.asked[0].details
    assert [choice.key for choice in asked.asked[0].choices] == ["back"]
    person.aim("全员")
    assert not person.driver.find("compose.send").isEnabled()
    flow = person.program.window.flow
    message = to_message(person.program.session.draft)
    assert flow.submit(message, person.robot_called("全员")) is None
    assert confirmed.read == []
    assert person.statuses() == []


def test_each_group_gets_its_own_name_and_its_own_row(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    add_groups(person, "研发", "销售")
    person.write_text("{{群名}} 的各位，明天放假")
    (told,) = person.program.window.compose.problems
    assert told.code is ProblemCode.GROUP_NAME_ASKED
    choose(person, "研发", "销售")
    person.wait(all_over(person, 2))
    assert {name: row.message for name, row in rows(person).items()} == {
        "研发": Text("研发 的各位，明天放假"),
        "销售": Text("销售 的各位，明天放假"),
    }
    arrived = {one.message for one in person.sandbox.exchanges()}
    assert arrived == {Text("研发 的各位，明天放假"), Text("销售 的各位，明天放假")}
    assert "Shown as 研发 gets it; every group gets its own name." in confirmed.read[0]
    assert person.program.session.draft.text == "{{群名}} 的各位，明天放假"
    person.wait(lambda: all(one.is_sent for one in person.program.session.summaries))


def test_the_words_for_a_groups_name_are_sent_as_they_stand_after_one_click(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    add_groups(person, "研发")
    person.new_message()
    person.aim("研发")
    person.write_text("模板里写 {{群名}}")
    preview = person.program.window.preview
    person.wait(lambda: "模板里写 研发" in preview.bubble(Device.PC).accessibleName())
    compose = person.program.window.compose
    compose.quick_fixes.fix(compose.problems[:1])
    assert compose.problems == ()
    literal = Text("模板里写 {{群名}}")
    person.wait(lambda: "写 {{群名}}" in preview.bubble(Device.PC).accessibleName())
    row = person.send()
    assert row.message == literal
    assert [one.message for one in person.sandbox.exchanges()] == [literal]
    # What was sent so goes out so again, and opens as a message that would.
    before = {one.msg_uuid for one in person.program.history.page()}
    person.program.window.recovery_actions.send_again(row)
    assert person.verdict(before).message == literal
    person.program.window.open_as_new(row.message)
    assert person.program.session.draft.text == "模板里写 \\{{群名}}"


def test_the_preview_says_for_which_group_it_shows_the_name(start: Start) -> None:
    person = start()
    add_groups(person, "研发")
    person.new_message()
    person.write_text("{{group_name}}，你好")
    preview = person.program.window.preview

    def note() -> str:
        label = preview.findChild(QLabel, "preview.estimate")
        assert label is not None
        return label.text()

    person.wait(lambda: note() == "Every group gets its own name here, as it is sent")
    person.aim("研发")
    assert note() == "As 研发 gets it: every group gets its own name"
    person.wait(lambda: "研发，你好" in preview.bubble(Device.PC).accessibleName())
    person.aim("Sandbox")
    assert note() == "As Sandbox gets it: every group gets its own name"
    line = preview.findChild(QLabel, "preview.estimate")
    assert isinstance(line, ElidedLabel)
    assert note() in line.toolTip(), "where the preview is narrow, the end is not lost"


def test_those_that_failed_get_their_own_text_again_and_not_that_of_another(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    add_groups(person, "研发", "销售", "客服")
    person.write_text("{{群名}}，明天放假")
    person.sandbox.robot.faults = (FaultPlan(FaultKind.UNKNOWN_TOKEN, times=2),)
    choose(person, "研发", "销售", "客服")
    person.wait(all_over(person, 3))
    person.wait(lambda: "1 of 3 delivered, 2 refused" in person.read_verdict())
    failed = {row.robot_name for row in rows(person).values() if row.status is Status.REFUSED}
    dialog = ask_again(person)
    assert dialog.findChild(QRadioButton, "resend.edited").isHidden()  # type: ignore[union-attr]
    tick(dialog, *failed)
    go_on(dialog)
    person.wait(all_over(person, 5))
    again = person.program.history.page()[:2]
    assert {row.robot_name: row.message for row in again} == {
        name: Text(f"{name}，明天放假") for name in failed
    }


def test_who_goes_back_sends_to_nobody(start: Start, confirmed: FakeConfirmations) -> None:
    confirmed.reply = False
    person = start()
    add_groups(person, "一", "二")
    person.write_text("hello")
    choose(person, "一", "二")
    assert person.statuses() == []
    assert person.program.sender_thread.is_idle
    # Made while the question was read, so that the answer to it is not held up; nothing is in it.
    person.wait(lambda: person.program.window.findChild(ResultBar) is not None)
    assert not person.program.window.findChildren(ResultBar)[0].isVisible()


def test_what_comes_back_while_the_program_ends_is_written_and_told_no_more(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    add_groups(person, "一", "二")
    person.write_text("hello")
    choose(person, "一", "二")
    program = person.program
    written: list[SendRow] = []
    program.outbox.changed.connect(written.append)
    program.shut_down()
    assert {row.robot_name for row in written if row.status.is_final} == {"一", "二"}
    timers = program.window.broadcast.findChildren(QTimer)
    assert timers
    assert not any(timer.isActive() for timer in timers)


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


def test_the_groups_of_the_last_time_are_checked_by_one_button(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    add_groups(person, "一", "二", "三")
    person.program.window.compose.request_broadcast()
    first: RecipientsDialog = person.program.window.findChildren(RecipientsDialog)[-1]
    assert not button_of(first, "several.last").isVisible()
    first.reject()
    person.write_text("周报")
    choose(person, "一", "三")
    person.wait(all_over(person, 2))
    person.new_message()
    person.write_text("别的")
    choose(person, "一", "二")
    person.wait(all_over(person, 4))
    person.new_message()
    person.write_text("周报")
    person.program.window.compose.request_broadcast()
    dialog: RecipientsDialog = person.program.window.findChildren(RecipientsDialog)[-1]
    button_of(dialog, "several.last").click()
    chosen: tuple[Robot, ...] = dialog.chosen
    assert [one.name for one in chosen] == ["一", "三"]
    person.program.session.edit(Draft(text="又一件"))
    dialog.reject()
    person.program.window.compose.request_broadcast()
    dialog = person.program.window.findChildren(RecipientsDialog)[-1]
    button_of(dialog, "several.last").click()
    assert [one.name for one in dialog.chosen] == ["一", "二"]  # the newest, whatever it said


def button_of(dialog: RecipientsDialog, name: str) -> QPushButton:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    return button


def test_only_those_that_failed_get_it_again_and_nothing_unknown(
    start: Start, confirmed: FakeConfirmations
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
    dialog = ask_again(person)
    assert "what was refused is still in it" in read_note(dialog, 0)
    tick(dialog, refused.robot_name)
    go_on(dialog)
    person.wait(all_over(person, 4))
    person.wait(lambda: "2 of 3 delivered, 1 unknown" in person.read_verdict())
    assert len(server.exchanges()) == before + 1
    again = person.program.history.page()[0]
    assert (again.robot_id, again.group_id) == (refused.robot_id, refused.group_id)


def test_the_history_tells_how_the_others_fared_and_leads_to_the_failed(
    start: Start, confirmed: FakeConfirmations
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
    assert line_words(person, "history.together.groups") == [], "it stands above, at length"
    page = person.program.window.findChild(HistoryPage)
    assert page is not None
    newest = person.program.history.page()
    page.select(next(row.msg_uuid for row in newest if row.status is Status.DELIVERED))
    refused = next(row for row in newest if row.status is Status.REFUSED)
    (words,) = line_words(person, "history.together.groups")
    assert words == f"{refused.robot_name}: The sandbox's content review refused the text."
    person.driver.click("history.failed")
    dialog = newest_resend(person)
    tick(dialog, *(one.text() for one in dialog.findChildren(QCheckBox)))
    go_on(dialog)
    person.wait(all_over(person, 3))
    person.wait(lambda: line.text() == "Sent to 2 groups at once: 2 of 2 delivered")
    assert len(confirmed.read) == 2


@pytest.mark.usefixtures("confirmed")
def test_the_group_that_refused_is_named_with_its_reason_and_with_what_helps(start: Start) -> None:
    person = start()
    add_groups(person, "一", "二")
    sales = Robot("", "", keywords=("销售",), sandbox_pace=None)
    person.program.robot_profiles.add_sandbox("销售群", sales)
    person.wait(lambda: person.robot_called("销售群").has_token)
    person.write_text("周五下午开会")
    names = ("一", "二", person.robot_called("销售群").robot_id)
    choose(person, *names)
    person.wait(lambda: "2 of 3 delivered, 1 refused" in person.read_verdict())
    assert line_words(person, "verdict.groups") == ["销售群: the keyword “销售” is missing"]

    dialog = ask_again(person)
    assert read_note(dialog, 0) == "Would be refused again: the keyword “销售” is missing"
    assert not dialog.chosen, "what would only be refused again is nobody's first choice"
    assert not next_of(dialog).isEnabled()
    dialog.reject()

    button = person.driver.find("verdict.groups.0.action")
    assert isinstance(button, QPushButton)
    assert button.text() == "Insert the keyword"
    button.click()
    person.driver.click("compose.keyword.take")
    dialog = ask_again(person)
    assert [one.name for one in dialog.chosen] == ["销售群"]
    assert read_note(dialog, 0) == "Was refused: the keyword “销售” is missing"
    go_on(dialog)
    person.wait(lambda: "3 of 3 delivered" in person.read_verdict())
    assert line_words(person, "verdict.groups") == []
    assert "销售" in person.program.history.page()[0].payload


@pytest.mark.usefixtures("confirmed")
def test_who_mended_the_message_may_send_it_as_it_was_all_the_same(start: Start) -> None:
    person = start()
    add_groups(person, "一", "二")
    person.write_text("hello")
    person.sandbox.robot.faults = (FaultPlan(FaultKind.UNSAFE_TEXT),)
    choose(person, "一", "二")
    person.wait(lambda: "1 of 2 delivered, 1 refused" in person.read_verdict())
    assert not person.program.session.summaries[0].is_sent, "one group has not got it"
    person.driver.type("compose.text", " again")
    dialog = ask_again(person)
    assert next_of(dialog).isEnabled(), "other words may be taken"
    sent = dialog.findChild(QRadioButton, "resend.sent")
    assert sent is not None
    sent.click()
    assert not next_of(dialog).isEnabled()
    assert dialog.message == rows(person)["一"].message
    dialog.reject()


@pytest.mark.usefixtures("confirmed")
def test_two_groups_with_other_keywords_are_both_helped_in_the_one_message(start: Start) -> None:
    person = start()
    for name, keyword in (("销售群", "销售"), ("研发群", "研发")):
        rules = Robot("", "", keywords=(keyword,), sandbox_pace=None)
        person.program.robot_profiles.add_sandbox(name, rules)
    person.wait(lambda: all(person.robot_called(one).has_token for one in ("销售群", "研发群")))
    person.write_text("周五下午开会")
    choose(person, *(person.robot_called(one).robot_id for one in ("销售群", "研发群")))
    person.wait(lambda: "0 of 2 delivered, 2 refused" in person.read_verdict())
    for number in range(2):
        person.driver.click(f"verdict.groups.{number}.action")
        person.driver.click("compose.keyword.take")
    go_on(ask_again(person))
    person.wait(lambda: "2 of 2 delivered" in person.read_verdict())
    assert "销售" in person.program.history.page()[0].payload
    assert "研发" in person.program.history.page()[0].payload


@pytest.mark.usefixtures("confirmed")
def test_a_group_that_is_sent_to_again_alone_stays_one_of_them(start: Start) -> None:
    person = start()
    add_groups(person, "一", "二")
    closed = Robot("关", "关", endpoint="https://127.0.0.1:9/robot/send", connect_timeout_s=1)
    person.program.robot_profiles.add(closed, CredentialsChange("a" * 64))
    person.wait(lambda: person.robot_called("关").has_token)
    person.write_text("hello")
    choose(person, "一", "二", "关")
    person.wait(lambda: "2 of 3 delivered, 1 not sent" in person.read_verdict())
    (words,) = line_words(person, "verdict.groups")
    assert words == "关: The server refused the connection."
    row = rows(person)["关"]
    person.program.window.broadcast.send_again(row)
    person.wait(all_over(person, 4))
    assert rows(person)["关"].group_id == row.group_id
    person.wait(lambda: "2 of 3 delivered, 1 not sent" in person.read_verdict())


@pytest.mark.usefixtures("confirmed")
def test_an_unknown_one_is_retried_from_its_line_and_the_result_stays_that_of_all(
    start: Start, answer: Answer
) -> None:
    answer(retry_host="retry")
    person = start()
    add_groups(person, "一", "二")
    person.write_text("hello")
    person.sandbox.robot.faults = (FaultPlan(FaultKind.HALF, is_taken=True),)
    choose(person, "一", "二")
    person.wait(lambda: "1 of 2 delivered, 1 unknown" in person.read_verdict())
    (words,) = line_words(person, "verdict.groups")
    assert "the answer broke off halfway" in words
    person.driver.click("verdict.groups.0.action")
    person.wait(lambda: "2 of 2 delivered" in person.read_verdict())
    assert len(person.statuses()) == 2, "it was retried under its own id"
