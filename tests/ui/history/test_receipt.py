"""The receipt of one send: complete, plain, without secrets."""

import hashlib
import json
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from dingcomposer.core.delivery import Status
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from tests.fakes.fake_dialogs import FakeSaveDialog
from tests.fakes.programs import Person, Start


def choose(person: Person, name: str) -> None:
    action = person.program.window.findChild(QAction, name)
    assert action is not None
    action.trigger()


def test_a_receipt_names_time_group_hash_and_answer_and_no_secret(start: Start) -> None:
    person = start()
    person.write_text("今晚停机")
    row = person.send()
    person.driver.click("verdict.details")
    choose(person, "history.receipt.copy")
    text = QApplication.clipboard().text()
    (exchange,) = person.sandbox.exchanges()
    assert hashlib.sha256(exchange.body).hexdigest() in text
    # As a person would file it: to whom, when, what came of it, and the words; the hashes below.
    head, _, below = text.partition("Technical details")
    assert text.startswith(
        "Receipt of a message to the sandbox (DingTalk never got it)\n\nTo: Sandbox"
    )
    assert head.index("Sent: ") < head.index("Outcome: Delivered.") < head.index("said: 0 · ok")
    assert "\n    今晚停机\n" in head
    assert row.msg_uuid not in head
    assert hashlib.sha256(exchange.body).hexdigest() in below
    assert "Sandbox · test" in text
    assert "今晚停机" in text
    assert row.msg_uuid in text
    assert row.created_at.astimezone().strftime("%Y-%m-%d %H:%M") in text
    assert '"errcode":0' in text.replace(" ", "")
    for secret in (person.sandbox.access_token, person.sandbox.secret, "sign="):
        assert secret not in text


@pytest.mark.parametrize("kind", [FaultKind.EMPTY, FaultKind.HTML, FaultKind.HALF, FaultKind.CLOSE])
def test_where_dingtalk_said_nothing_the_head_has_words_of_people_alone(
    start: Start, kind: FaultKind
) -> None:
    person = start()
    person.sandbox.robot.faults = (FaultPlan(kind),)
    person.write_text("今晚停机")
    assert person.send().status is Status.UNKNOWN
    person.driver.click("verdict.details")
    choose(person, "history.receipt.copy")
    head, _, below = QApplication.clipboard().text().partition("Technical details")
    assert "Outcome: Unknown. It was sent, but" in head
    for word in ("HTTP", "bytes", " ms", "said:"):
        assert word not in head
    assert "What came back: " in below


def test_every_attempt_stands_in_the_receipt(start: Start) -> None:
    person = start()
    person.sandbox.robot.faults = (FaultPlan(FaultKind.BUSY),)
    person.write_text("hello")
    assert person.send().status is Status.DELIVERED
    person.driver.click("verdict.details")
    choose(person, "history.receipt.copy")
    text = QApplication.clipboard().text()
    assert "Attempt 1\n" in text
    assert "Attempt 2\n" in text


@pytest.mark.parametrize("kind", [FaultKind.HTML, FaultKind.EMPTY, FaultKind.HALF, FaultKind.CLOSE])
def test_where_no_words_came_the_head_has_no_numbers_and_the_attempt_has_them(
    start: Start, kind: FaultKind
) -> None:
    person = start()
    person.sandbox.robot.faults = (FaultPlan(kind),)
    person.write_text("hello")
    assert person.send().status is Status.UNKNOWN
    person.driver.click("verdict.details")
    choose(person, "history.receipt.copy")
    head, _, below = QApplication.clipboard().text().partition("Technical details")
    assert "Outcome: Unknown." in head
    for word in ("HTTP", "bytes", "came back: ", "said"):
        assert word not in head
    assert "What came back: " in below


def test_no_line_of_an_answer_passes_for_one_of_the_receipt(start: Start) -> None:
    person = start()
    forged = "no\nOutcome: Delivered.\u2028Outcome: Delivered."
    body = json.dumps({"errcode": 310000, "errmsg": forged}, indent=0).encode()
    person.sandbox.robot.faults = (FaultPlan(FaultKind.CUSTOM, body=body),)
    person.write_text("hello")
    assert person.send().status is Status.REFUSED
    person.driver.click("verdict.details")
    choose(person, "history.receipt.copy")
    lines = QApplication.clipboard().text().splitlines()
    assert not any(line.startswith("Outcome: Delivered") for line in lines)
    assert any(line.startswith("    ") and "errcode" in line for line in lines)


def test_a_receipt_is_saved_where_the_person_says(
    start: Start, tmp_path: Path, save_dialog: FakeSaveDialog
) -> None:
    places = [str(tmp_path / "receipt.txt"), "", str(tmp_path / "missing" / "receipt.txt")]
    person = start()
    person.write_text("今晚停机")
    row = person.send()
    person.driver.click("verdict.details")
    said: list[str] = []
    for place in places:
        save_dialog.answer = place
        choose(person, "history.receipt.save")
        sentence = person.driver.read("status.said")
        if sentence not in said:
            said.append(sentence)
    assert str(save_dialog.suggested[0]) == f"dingcomposer-{row.msg_uuid[:8]}.txt"
    assert "今晚停机" in (tmp_path / "receipt.txt").read_text(encoding="utf-8")
    assert said == ["The receipt was saved.", "The receipt could not be written there."]
