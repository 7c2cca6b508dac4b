"""Promises that hang on several rooms at once: never twice, never a word lost, nothing hidden."""

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from keyring import errors
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from dingcomposer.core.delivery import Fault, Status
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from tests.fakes.fake_dialogs import Answer
from tests.fakes.fake_keyring import Entries, FakeKeyring
from tests.fakes.programs import Person, Start, fill_disk, free_disk


def close(person: Person) -> bool:
    """Close the window by its frame; whether it agreed."""
    event = QCloseEvent()
    QApplication.sendEvent(person.program.window, event)
    return event.isAccepted()


def said(person: Person) -> str:
    label = person.program.window.status.findChild(QLabel, "status.said")
    assert label is not None
    return label.text()


# Never twice


def test_a_change_of_language_does_not_forget_what_is_under_way(
    start: Start, answer: Answer
) -> None:
    answer(close="close")
    person = start()
    person.sandbox.robot.faults = (FaultPlan(FaultKind.SLOW, seconds=0.5),)
    person.write_text("hello")
    person.driver.click("compose.send")
    person.wait(person.sandbox.exchanges)
    person.program.window.language_chosen.emit("zh_CN")
    assert not person.driver.find("compose.send").isEnabled()
    person.wait(lambda: person.statuses() == [Status.DELIVERED])
    person.wait(lambda: "已送达" in person.read_verdict())
    person.wait(person.driver.find("compose.send").isEnabled)


def test_the_last_verdict_is_there_in_the_other_language_too(start: Start) -> None:
    person = start()
    person.write_text("hello")
    person.send()
    assert person.read_verdict().startswith("Delivered")
    person.program.window.language_chosen.emit("zh_CN")
    assert person.read_verdict().startswith("已送达")


# Never a word lost


def test_closing_with_a_draft_that_cannot_be_saved_asks_first(
    start: Start, answer: Answer, expect_log: Callable[[str], None]
) -> None:
    expect_log("not written: full")
    answers = answer(unsaved="copy")
    person = start()
    fill_disk(person)
    person.write_text("long " * 3000)
    assert not close(person)
    assert answers.names == ["unsaved"]
    assert QApplication.clipboard().text().startswith("long long")
    answers.prepared = {"unsaved": "stay"}
    assert not close(person)
    free_disk(person)
    assert close(person)
    assert answers.names == ["unsaved", "unsaved"]
    person.program.shut_down()
    assert start().program.session.draft.text.startswith("long")


def test_a_draft_that_cannot_be_read_is_set_aside_and_told(start: Start, tmp_path: Path) -> None:
    person = start()
    person.write_text("hello")
    person.program.shut_down()
    database = sqlite3.connect(tmp_path / "data" / "dingcomposer.sqlite3")
    database.execute("UPDATE drafts SET content = 'no draft'")
    database.commit()
    database.close()
    again = start()
    assert again.program.session.draft.is_blank
    assert again.target_id is None
    assert "could not be read" in said(again)
    kept = sqlite3.connect(tmp_path / "data" / "dingcomposer.sqlite3")
    assert kept.execute("SELECT content FROM drafts").fetchall() == [("no draft",)]
    kept.close()


def test_waiting_closes_when_the_answer_is_there(
    start: Start, qtbot: QtBot, answer: Answer
) -> None:
    answers = answer(close="wait")
    person = start()
    person.sandbox.robot.faults = (FaultPlan(FaultKind.SLOW, seconds=0.3),)
    person.write_text("hello")
    person.driver.click("compose.send")
    person.wait(person.sandbox.exchanges)
    with qtbot.waitSignal(person.program.closed):
        assert not close(person)
    assert answers.names == ["close"]
    assert person.statuses() == [Status.DELIVERED]


# Nothing hidden


def test_what_the_last_run_left_over_is_told_at_the_start(
    start: Start, tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("index of the history is damaged")  # it does not know what is changed behind it
    person = start()
    person.write_text("hello")
    row = person.send()
    person.program.shut_down()
    database = sqlite3.connect(tmp_path / "data" / "dingcomposer.sqlite3")
    database.execute("DELETE FROM attempts")
    database.execute("UPDATE sends SET status = 'queued', attempts = 0, cause = NULL")
    database.commit()
    database.close()
    again = start()
    found = again.program.history.row(row.msg_uuid)
    assert found is not None
    assert (found.status, found.fault) == (Status.NOT_SENT, Fault.NEVER_STARTED)
    assert again.read_verdict().startswith("Not sent")
    assert "1 message" in said(again)


def broken(entries: Entries) -> FakeKeyring:
    """A keyring that fails whatever it is asked."""
    return FakeKeyring(entries, errors.KeyringError("broken"), ("get",))


def hanging(entries: Entries) -> FakeKeyring:
    """A keyring that asks for a password in another window."""
    keyring = FakeKeyring(entries)
    keyring.may_go_on.clear()
    return keyring


@pytest.mark.parametrize(
    ("kind", "fault", "words"),
    [
        (broken, Fault.SECRETS_UNAVAILABLE, "failed or refused"),
        (hanging, Fault.SECRETS_SLOW, "did not answer in time"),
    ],
)
def test_a_keyring_that_does_not_help_is_told_as_what_it_is(
    start: Start,
    ring: FakeKeyring,
    kind: Callable[[Entries], FakeKeyring],
    fault: Fault,
    words: str,
) -> None:
    person = start()
    webhook = f"{person.sandbox.url}?access_token={person.sandbox.access_token}"
    person.add_robot("mine", f"{webhook}\n{person.sandbox.secret}")
    person.program.shut_down()
    other = kind(ring.entries)
    try:
        again = start(find_keyring=lambda: other, keyring_limit_s=0.3)
        again.write_text("hello")
        again.aim("mine")
        row = again.send()
        assert (row.status, row.fault) == (Status.NOT_SENT, fault)
        assert words in again.read_verdict()
        assert again.sandbox.exchanges() == ()
    finally:
        other.may_go_on.set()


def test_a_webhook_that_is_gone_from_the_keyring_is_asked_for_at_every_start(
    start: Start, ring: FakeKeyring
) -> None:
    person = start()
    webhook = f"{person.sandbox.url}?access_token={person.sandbox.access_token}"
    person.add_robot("mine", f"{webhook}\n{person.sandbox.secret}")
    person.program.shut_down()
    ring.entries.clear()
    for _ in range(2):
        again = start()
        again.wait(partial(again.program.window.findChildren, QWidget, "missing"))
        again.program.shut_down()


def test_a_verdict_goes_with_its_message_and_its_group(start: Start) -> None:
    person = start()
    verdict = person.program.window.result_bar
    person.write_text("hello")
    person.send()
    assert verdict.isVisible()
    person.new_message()
    assert not verdict.isVisible()
    person.aim("Sandbox")
    person.write_text("hello again")
    person.send()
    assert verdict.isVisible()
    person.program.session.set_target(None)
    assert not verdict.isVisible()
