"""A dry run: each message goes to a sandbox with the robots' own rules, and nothing is kept."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Status
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Robot
from dingcomposer.core.row_messages.filling import RowMessage
from dingcomposer.core.row_messages.table import TableRow
from dingcomposer.services.table_runs.trial import TableTrial, TrialAnswer

LIMIT_MS = 20_000
STRICT = Robot("r-1", "一群", keywords=("通知",), expects_signature=True)
OPEN = Robot("r-2", "二群")


def row(number: int, text: str, robot: Robot | None) -> RowMessage:
    return RowMessage(TableRow(number, (text,)), Text(text), robot)


@pytest.fixture
def trial(qapp: object) -> Iterator[tuple[TableTrial, list[TrialAnswer]]]:
    made = TableTrial()
    found: list[TrialAnswer] = []
    made.answered.connect(found.extend)
    yield made, found
    made.stop()


def test_every_row_gets_the_sandboxs_answer(
    trial: tuple[TableTrial, list[TrialAnswer]], qtbot: QtBot
) -> None:
    made, found = trial
    rows = [row(number, f"通知 {number}", STRICT) for number in range(2, 62)]
    rows += [row(62, "没有关键词", STRICT), row(63, "", OPEN), row(64, "没有群", None)]
    with qtbot.waitSignal(made.ended, timeout=LIMIT_MS) as ended:
        made.begin(rows)
    assert ended.args == [True]
    by_number = {one.number: one for one in found}
    assert len(found) == 62
    assert all(by_number[number].status is Status.DELIVERED for number in range(2, 62)), "no pace"
    assert (by_number[62].status, by_number[62].cause) == (Status.REFUSED, Cause.KEYWORD)
    assert by_number[63].status is Status.REFUSED
    assert 64 not in by_number


def test_one_that_is_stopped_says_no_more(
    trial: tuple[TableTrial, list[TrialAnswer]], qtbot: QtBot
) -> None:
    made, found = trial
    made.begin([row(number, "通知", STRICT) for number in range(2_000)])
    made.stop()
    with qtbot.waitSignal(made.ended, timeout=LIMIT_MS):
        made.begin([row(7, "通知", replace(STRICT, robot_id="r-9"))])
    assert [one.number for one in found] == [7]
