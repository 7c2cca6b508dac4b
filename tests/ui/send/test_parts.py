"""A message that is too long, through the real program: in parts, in order, told as one."""

import pytest
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton

from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.delivery import Status
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Stage
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.ui.history.page import HistoryPage
from dingcomposer.ui.send.parts_dialog import PartsDialog
from tests.fakes.fake_dialogs import FakeConfirmations
from tests.fakes.programs import Person, Start

LONG = "\n\n".join(f"第{number}段。" + "今晚机房断电，请提前保存。" * 20 for number in range(60))


def open_parts(person: Person) -> PartsDialog:
    compose = person.program.window.compose
    (problem,) = [one for one in compose.problems if one.code is ProblemCode.TOO_LONG]
    compose.quick_fixes.fix([problem])
    return [d for d in person.program.window.findChildren(PartsDialog) if d.isVisible()][-1]


def go(dialog: PartsDialog) -> None:
    button = dialog.findChild(QPushButton, "parts.send")
    assert button is not None
    button.click()


def statuses(person: Person) -> list[Status]:
    """In the order of the parts."""
    return [row.status for row in reversed(person.program.history.page())]


def test_the_parts_are_shown_sent_in_order_and_told_as_one(start: Start) -> None:
    person = start()
    person.aim("Sandbox")
    person.program.session.edit(Draft(text=LONG))
    dialog = open_parts(person)
    rows = dialog.findChild(QListWidget, "parts.list")
    assert rows is not None
    assert rows.count() == 3
    go(dialog)
    person.wait(lambda: "In 3 parts: 3 of 3 delivered" in person.read_verdict())
    got = [one.message for one in person.sandbox.exchanges()]
    assert [one.content[:5] for one in got if isinstance(one, Text)] == [
        "（1/3）",
        "（2/3）",
        "（3/3）",
    ]
    assert person.program.session.draft == Draft(text=LONG)  # it stays as it was written
    assert len({row.group_id for row in person.program.history.page()}) == 1
    page = person.program.window.history
    assert isinstance(page, HistoryPage)
    person.driver.click("place.history")
    words = page.findChild(QLabel, "history.together")
    assert words is not None
    person.wait(lambda: words.text() == "In 3 parts: 3 of 3 delivered")


def test_where_a_part_is_refused_those_behind_it_are_held_back(start: Start) -> None:
    person = start()
    person.aim("Sandbox")
    person.program.outbox.pause()
    person.program.session.edit(Draft(text=LONG))
    go(open_parts(person))
    person.sandbox.robot.faults = (FaultPlan(FaultKind.WRONG_CONTENT_TYPE),)
    person.program.outbox.resume()
    person.wait(lambda: all(one.is_final for one in statuses(person)))
    assert statuses(person)[0] is Status.REFUSED
    assert statuses(person)[1:] == [Status.NOT_SENT, Status.NOT_SENT]
    assert len(person.sandbox.exchanges()) == 1
    assert "refused" in person.read_verdict()


def series(person: Person) -> str:
    """What the history says of the whole."""
    person.driver.click("place.history")
    words = person.program.window.findChild(QLabel, "history.together")
    assert words is not None
    return words.text()


def test_the_missing_parts_are_sent_again_in_order_and_all_are_told_as_one(start: Start) -> None:
    person = start()
    person.aim("Sandbox")
    person.program.outbox.pause()
    person.program.session.edit(Draft(text=LONG))
    go(open_parts(person))
    outbox = person.program.outbox

    def refuse_the_second(_report: object) -> None:
        person.sandbox.robot.faults = (FaultPlan(FaultKind.WRONG_CONTENT_TYPE),)
        outbox.reported.disconnect(refuse_the_second)
        outbox.pause()

    outbox.reported.connect(refuse_the_second)
    outbox.resume()
    person.wait(lambda: outbox.is_paused)
    outbox.resume()
    person.wait(lambda: all(one.is_final for one in statuses(person)))
    assert statuses(person) == [Status.DELIVERED, Status.REFUSED, Status.NOT_SENT]
    missing = statuses(person)[1:]
    assert person.driver.read("verdict.remedy") == "Send the missing parts…"
    person.driver.click("verdict.remedy")
    person.wait(lambda: "In 3 parts: 3 of 3 delivered" in person.read_verdict())
    assert len(statuses(person)) == 3 + len(missing), "what arrived is not sent twice"
    got = [one.message for one in person.sandbox.exchanges() if one.message]
    assert [one.content[:5] for one in got if isinstance(one, Text)][-len(missing) :] == [
        f"（{number}/3）" for number in range(4 - len(missing), 4)
    ]
    assert not person.driver.sees("verdict.remedy")
    assert series(person) == "In 3 parts: 3 of 3 delivered"
    assert len({row.group_id for row in person.program.history.page()}) == 1
    assert person.program.session.summaries[0].is_sent


def test_one_part_that_is_sent_again_from_the_history_is_told_with_the_others(
    start: Start,
) -> None:
    person = start()
    person.aim("Sandbox")
    person.program.outbox.pause()
    person.program.session.edit(Draft(text=LONG))
    go(open_parts(person))
    waiting = person.program.outbox.waiting()
    person.program.outbox.cancel(waiting[-1].msg_uuid)
    person.program.outbox.resume()
    person.wait(lambda: all(one.is_final for one in statuses(person)))
    assert statuses(person) == [Status.DELIVERED, Status.DELIVERED, Status.CANCELLED]
    assert series(person) == "In 3 parts: 2 of 3 delivered, 1 cancelled"
    person.driver.click("history.failed")
    person.wait(lambda: len(statuses(person)) == 4 and statuses(person)[-1] is Status.DELIVERED)
    person.wait(lambda: series(person) == "In 3 parts: 3 of 3 delivered")
    person.driver.click("place.write")
    assert "In 3 parts: 3 of 3 delivered" in person.read_verdict()


def test_a_real_group_is_asked_about_once_with_the_number_of_parts(
    start: Start, confirmed: FakeConfirmations
) -> None:
    person = start()
    person.add_group("全员", Stage.PRODUCTION)
    person.program.session.edit(Draft(text=LONG))
    person.aim("全员")
    confirmed.reply = False
    go(open_parts(person))
    assert statuses(person) == []
    assert "first of 3 parts" in " ".join(confirmed.shown[0].warnings)


@pytest.mark.parametrize("draft", [Draft(text="短"), Draft()])
def test_what_is_not_too_long_is_not_cut(start: Start, draft: Draft) -> None:
    person = start()
    person.program.session.edit(draft)
    person.program.window.launchers.parts.begin()
    assert not person.program.window.findChildren(PartsDialog)
