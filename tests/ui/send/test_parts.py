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
    assert Status.CANCELLED in statuses(person)[1:]
    assert "refused" in person.read_verdict()
    assert not person.driver.sees("verdict.remedy")


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
