"""Sentences of an outcome: whose words are quoted, and what several groups are told."""

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from dingcomposer.core.answers import FACTS, Cause, explain, is_known_errcode, named_address
from dingcomposer.core.delivery import Fault, Status, summarize
from dingcomposer.core.scheduling.schedule import RunState
from dingcomposer.sandbox.faults import ANSWERS, FaultKind
from dingcomposer.sandbox.replies import UNKNOWN_ERRCODE, missing
from dingcomposer.services.table_runs.runner import TableRunProgress
from dingcomposer.storage.planned.runs import PlannedRun, PlannedSend
from dingcomposer.storage.planned.table_runs import TableRowOutcome, TableRunState
from dingcomposer.ui.table_send.run_bar import RunBar
from dingcomposer.ui.table_send.sentences import reason_sentence
from dingcomposer.ui.texts.outcomes import made_up_note, unknown_sentence
from dingcomposer.ui.texts.sandbox import fault_name
from dingcomposer.ui.texts.schedules import run_reason


def test_a_number_that_the_sandbox_made_up_is_said_to_be_none_of_dingtalks() -> None:
    inferred = missing("link").errcode
    for errcode in (UNKNOWN_ERRCODE, inferred):
        assert "not known to use this number" in made_up_note(str(errcode))
    for fact in FACTS:
        if fact.errcode is not None:
            assert made_up_note(str(fact.errcode)) == ""
    assert made_up_note("") == ""


@pytest.mark.parametrize("kind", [kind for kind, fact in ANSWERS.items() if fact.errcode is None])
def test_a_fault_whose_number_is_not_known_is_offered_without_one(kind: FaultKind) -> None:
    assert str(UNKNOWN_ERRCODE) not in fault_name(kind)
    assert fault_name(kind)


def test_a_known_code_with_unknown_words_is_known_and_not_explained() -> None:
    assert is_known_errcode("310000")
    assert is_known_errcode(310000)
    assert not is_known_errcode("987654")
    assert not is_known_errcode(False)
    assert explain(310000, "something new").value == "unknown"


@pytest.mark.parametrize(
    ("errmsg", "address"),
    [
        ("ip 203.0.113.7 not in whitelist", "203.0.113.7"),
        ("description:ip 2001:db8::1 not in whitelist;solution:x;link:y;", "2001:db8::1"),
        ("ip 不在白名单中", None),
        ("错误描述:ip 不在白名单中;解决方案:;参考链接:https://1.2.3.4/;", None),
        ("the script 7 ran", None),
        (None, None),
    ],
)
def test_an_address_is_named_only_where_the_answer_names_one(
    errmsg: str | None, address: str | None
) -> None:
    assert named_address(errmsg) == address


def test_among_several_groups_busy_may_have_arrived_too() -> None:
    outcomes = (Status.DELIVERED, Status.REFUSED, Status.REFUSED)
    assert unknown_sentence(summarize(outcomes)) == ""
    told = unknown_sentence(summarize(outcomes, busy=1))
    assert "“busy” at every attempt it may have arrived: check the group" in told
    both = unknown_sentence(summarize((*outcomes, Status.UNKNOWN), busy=1))
    assert "An unknown one may have arrived" in both
    assert told in both


@pytest.mark.parametrize(
    ("status", "cause", "fault", "is_open"),
    [
        (Status.UNKNOWN, None, Fault.READ_TIMEOUT, True),
        (Status.UNKNOWN, Cause.KEYWORD, None, True),
        (Status.UNKNOWN, None, None, True),
        (Status.REFUSED, Cause.BUSY, None, True),
        (Status.REFUSED, Cause.KEYWORD, None, False),
        (Status.NOT_SENT, None, Fault.NAME_NOT_FOUND, False),
        (Status.DELIVERED, Cause.DELIVERED, None, False),
    ],
)
def test_schedules_and_tables_send_a_person_to_the_group_where_a_send_may_have_arrived(
    status: Status, cause: Cause | None, fault: Fault | None, is_open: bool
) -> None:
    at = datetime(2026, 12, 1, tzinfo=UTC)
    send = PlannedSend("r", "群", "u", None, status, cause, fault)
    run = PlannedRun(1, "s", at, is_by_hand=False, state=RunState.TAKEN, earlier=0, decided_at=at,
                     sends=(send,))  # fmt: skip
    row = TableRowOutcome(0, 1, (), "r", "", "u", status, cause, fault, "群", "", at)
    for told in (run_reason(run), reason_sentence(row)):
        assert ("Check the group before you send it again." in told) is is_open


def test_a_table_that_is_sent_says_what_may_have_arrived(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    bar = RunBar(parent)
    counts = summarize((Status.DELIVERED, Status.UNKNOWN, Status.REFUSED), busy=1)
    bar.show_progress("a", TableRunProgress("r", TableRunState.ENDED, counts, 0, 0, True))
    told = bar.findChild(QLabel, "table_send.counts")
    assert isinstance(told, QLabel)
    assert unknown_sentence(counts)
    assert unknown_sentence(counts) in told.text()
