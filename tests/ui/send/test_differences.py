"""What the question before a send shows of a changed message: rehearsed before, or corrected."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QScrollArea, QToolButton
from pytestqt.qtbot import QtBot

from dingcomposer.core.delivery import Status
from dingcomposer.core.messages import Markdown, Message, Text
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.storage.rehearsals import Rehearsal
from dingcomposer.ui.preview.bubble.bubble import Bubble
from dingcomposer.ui.preview.comparison import BESIDE_PX, Comparison
from dingcomposer.ui.send.confirm_dialog import Confirmation, ConfirmDialog
from tests.fakes.fake_dialogs import Answer, FakeConfirmations
from tests.fakes.programs import Person, Start

GROUP = Robot("r", "全员群", stage=Stage.PRODUCTION)


def asked(qtbot: QtBot, before: Message, after: Message, corrected: Message) -> ConfirmDialog:
    rehearsal = Rehearsal(before, "测试群", datetime.now(UTC))
    dialog = ConfirmDialog(Confirmation(after, GROUP, (), rehearsal, corrected=corrected))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def click(dialog: ConfirmDialog, name: str) -> None:
    button = dialog.findChild(QToolButton, f"confirm.{name}.show")
    assert button is not None
    button.click()


def shown(dialog: ConfirmDialog) -> Bubble | Comparison:
    area = dialog.findChild(QScrollArea, "confirm.message")
    assert area is not None
    inside = area.widget()
    assert isinstance(inside, Bubble | Comparison)
    assert inside.isVisible()
    return inside


def test_before_and_after_take_the_place_of_the_message_and_give_it_back(qtbot: QtBot) -> None:
    dialog = asked(qtbot, Text("八点"), Text("更正：九点"), corrected=Text("十点"))
    message = shown(dialog)
    assert isinstance(message, Bubble)
    click(dialog, "differences")
    rehearsed = shown(dialog)
    assert isinstance(rehearsed, Comparison)
    assert rehearsed.words == "-八\n+更正：九"
    click(dialog, "correction")
    corrected = shown(dialog)
    assert isinstance(corrected, Comparison)
    assert corrected.words.startswith("-十")
    click(dialog, "correction")
    assert shown(dialog) is message


def test_the_question_grows_so_that_both_stand_beside_each_other(qtbot: QtBot) -> None:
    before, after = Markdown("t", "## 放假\n\n七天"), Markdown("t", "## 放假\n\n八天")
    dialog = asked(qtbot, before, after, corrected=before)
    click(dialog, "differences")
    compared = shown(dialog)
    free = dialog.screen().availableGeometry().width()
    qtbot.waitUntil(lambda: compared.width() >= min(BESIDE_PX, free - 80))


def test_the_question_is_as_high_as_its_changes_need_up_to_the_screen(qtbot: QtBot) -> None:
    lines = [f"第 {number} 天值班" for number in range(1, 5)]
    before, after = Markdown("t", "\n\n".join(lines)), Markdown("t", "\n\n".join([*lines, "完"]))
    dialog = asked(qtbot, before, after, corrected=before)
    click(dialog, "differences")
    area = dialog.findChild(QScrollArea, "confirm.message")
    assert area is not None
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)

    long = Markdown("t", "\n\n".join(f"第 {number} 天" for number in range(1, 99)))
    dialog = asked(qtbot, long, after, corrected=before)
    click(dialog, "differences")
    free = dialog.screen().availableGeometry().height()
    qtbot.waitUntil(lambda: free - 60 <= dialog.height() <= free)


def test_a_correction_is_shown_beside_what_was_sent(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    begin_correction(person)
    person.send()
    assert confirmed.shown[-1].corrected == Text("八点开会")
    assert "It corrects what was sent" in confirmed.read[-1]
    assert "Nothing has been corrected yet" in confirmed.read[-1]
    person.driver.type("compose.text", "，改九点")
    person.send()
    assert "It corrects what was sent" in confirmed.read[-1]
    assert "Nothing has been corrected yet" not in confirmed.read[-1]


def test_a_correction_is_one_after_a_restart_too(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    group = send_and_correct(person)
    sent = person.program.history.page()[0]
    person.program.shut_down()
    again = start()
    assert "全员" in again.driver.read("compose.proposal")
    again.driver.click("compose.proposal")
    assert target_of(again) == group.robot_id
    again.send()
    assert "It corrects what was sent" in confirmed.read[-1]
    assert "Nothing has been corrected yet" in confirmed.read[-1]
    again.driver.type("compose.text", "，改九点")
    assert again.send().corrects == sent.msg_uuid
    again.program.session.begin()
    assert again.program.session.corrects == ""


def test_whoever_undoes_a_correction_corrects_nothing(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    begin_correction(person)
    person.program.session.undo()
    person.driver.type("compose.text", " 请准时")
    person.send()
    assert confirmed.shown[-1].corrected is None


def target_of(person: Person) -> str | None:
    """The robot that the draft aims at, as it is now."""
    return person.target_id


def test_a_correction_proposes_its_group_which_one_click_chooses(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    group = send_and_correct(person)
    assert target_of(person) is None, "a group is chosen by hand only"
    assert "全员" in person.driver.read("compose.proposal")
    person.driver.click("compose.proposal")
    assert target_of(person) == group.robot_id
    assert not person.driver.sees("compose.proposal")
    person.program.window.target_selector.select(None)
    assert person.driver.sees("compose.proposal"), "as long as it has no group"
    person.new_message()
    assert not person.driver.sees("compose.proposal")


def test_nothing_is_proposed_where_the_group_is_gone_or_the_correction_undone(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    group = send_and_correct(person)
    person.program.session.undo()
    assert not person.driver.sees("compose.proposal")
    person.program.session.redo()
    person.driver.click("place.history")
    person.driver.click("history.correct")
    assert person.driver.sees("compose.proposal")
    person.program.robot_profiles.archive(group.robot_id)
    assert not person.driver.sees("compose.proposal")


def test_a_message_and_its_correction_lead_to_each_other(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    begin_correction(person)
    person.driver.type("compose.text", "，改九点")
    correction = person.send()
    (sent,) = (row for row in person.program.history.page() if row.msg_uuid != correction.msg_uuid)
    assert correction.corrects == sent.msg_uuid
    assert sent.corrects is None
    driver = person.driver
    driver.click("verdict.details")
    page = person.program.window.history
    assert page.selected == correction.msg_uuid
    assert not driver.sees("history.corrected_by.0")
    assert driver.read("history.corrects").startswith("Corrects: 八点开会 · 全员")
    driver.click("history.corrects")
    assert page.selected == sent.msg_uuid
    assert not driver.sees("history.corrects")
    told = driver.read("history.corrected_by.0")
    assert told.startswith("Corrected by: Correction: ，改九点八点开会")
    driver.click("history.corrected_by.0")
    assert page.selected == correction.msg_uuid


def test_a_correction_that_did_not_arrive_says_so_beside_what_it_corrects(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    begin_correction(person)
    person.driver.type("compose.text", "，改九点")
    person.sandbox.robot.faults = (FaultPlan(FaultKind.UNSAFE_TEXT),)
    assert person.send().status is Status.REFUSED
    person.driver.click("verdict.details")
    person.driver.click("history.corrects")
    assert person.driver.read("history.corrected_by.0").endswith("Refused")


def test_a_rehearsal_of_a_correction_corrects_nothing_in_the_history(
    start: Start, confirmed: FakeConfirmations, insisting: None
) -> None:
    person = start()
    test = person.add_group("测试", Stage.TEST)
    send_and_correct(person)
    before = {row.msg_uuid for row in person.program.history.page()}
    person.program.window.compose.rehearsal_requested.emit(test.robot_id)
    assert person.verdict(before).corrects is None


def begin_correction(person: Person) -> None:
    """Send a message to a group that matters, and begin to correct it there."""
    send_and_correct(person)
    person.aim("全员")


def send_and_correct(person: Person) -> Robot:
    """Send a message to a group that matters, and begin to correct it, for nobody yet."""
    group = person.add_group("全员", Stage.PRODUCTION)
    person.write_text("八点开会")
    person.aim("全员")
    person.send()
    person.driver.click("verdict.details")
    person.driver.click("history.correct")
    return group


def test_a_test_group_too_is_told_that_nothing_was_corrected(start: Start, answer: Answer) -> None:
    person = start()
    person.aim("Sandbox")
    person.write_text("八点开会")
    person.send()
    person.driver.click("place.history")
    person.driver.click("history.correct")
    person.driver.click("compose.proposal")
    asked = answer(same="back")
    person.driver.click("compose.send")
    assert "Nothing has been corrected yet" in asked.asked[-1].text
    assert len(person.sandbox.exchanges()) == 1
    person.driver.type("compose.text", "，改九点")
    before = len(asked.asked)
    person.send()
    assert len(asked.asked) == before
