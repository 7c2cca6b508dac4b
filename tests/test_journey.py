"""The main job, through the real window and over real HTTP: write, see, send, prove."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Status
from dingcomposer.tour.play import samples
from tests.fakes.clocks import machine_clock_ms
from tests.fakes.fake_dialogs import Answer
from tests.fakes.programs import Start


def posted(body: bytes) -> dict[str, Any]:
    """A posted body without the key that belongs to the send."""
    payload = json.loads(body)
    assert isinstance(payload, dict)
    assert isinstance(payload.pop("msgUuid"), str)
    return payload


def test_the_six_samples_reach_the_sandbox_as_dingtalk_documents_them(start: Start) -> None:
    person = start()
    for payload in samples().values():
        person.new_message()
        person.aim("Sandbox")
        person.write(payload)
        row = person.send()
        assert row.status is Status.DELIVERED
        exchange = person.sandbox.exchanges()[-1]
        assert posted(exchange.body) == payload
        assert exchange.body.decode("utf-8").encode() == exchange.body
        assert rb"\u" not in exchange.body
        (attempt,) = person.program.history.attempts(row.msg_uuid)
        assert attempt.body_sha256 == hashlib.sha256(exchange.body).hexdigest()
        assert exchange.msg_uuid == row.msg_uuid
        assert person.read_verdict().startswith("Delivered: Sandbox")
    assert len(person.sandbox.exchanges()) == 6


def test_a_wrong_secret_a_missing_keyword_and_a_stopped_server_are_told_apart(
    start: Start, answer: Answer
) -> None:
    answer(token_taken="confirm")  # two robots with the sandbox's webhook
    person = start()
    url, token = person.sandbox.url, person.sandbox.access_token
    webhook = f"{url}?access_token={token}"
    person.add_robot("wrong secret", f"{webhook}\nSEC{'0' * 64}")
    person.write_text("hello")
    person.aim("wrong secret")
    refused = person.send()
    assert (refused.status, refused.cause) == (Status.REFUSED, Cause.SIGNATURE)
    assert "signature does not match" in person.read_verdict()

    rules = person.sandbox.rules
    person.sandbox.rules = type(rules)(keywords=("release",), secret_required=False)
    person.add_robot("keyword", webhook)
    person.aim("keyword")
    no_keyword = person.send()
    assert (no_keyword.status, no_keyword.cause) == (Status.REFUSED, Cause.KEYWORD)
    assert "keywords" in person.read_verdict()

    person.sandbox.stop()
    stopped = person.send()
    assert (stopped.status, stopped.fault) == (Status.NOT_SENT, Fault.CONNECTION_REFUSED)
    assert "refused the connection" in person.read_verdict()

    person.program.shut_down()
    again = start()
    rows = again.program.history.page()
    assert [(row.status, row.cause, row.fault) for row in rows] == [
        (Status.NOT_SENT, None, Fault.CONNECTION_REFUSED),
        (Status.REFUSED, Cause.KEYWORD, None),
        (Status.REFUSED, Cause.SIGNATURE, None),
    ]
    assert len(again.program.history.attempts(rows[0].msg_uuid)) == 4


def test_the_first_draft_aims_at_the_sandbox_and_every_later_one_at_nobody(
    start: Start, expect_log: Callable[[str], None]
) -> None:
    expect_log("does not support")  # without a screen no popup is told from a window
    person = start()
    aims = [person.target_id]
    person.write_text("hello")
    row = person.send()
    assert row.status is Status.DELIVERED
    person.new_message()
    aims.append(person.target_id)
    person.aim("Sandbox")
    person.program.window.open_as_new(row.message)
    aims.append(person.target_id)
    assert aims == [person.program.robot_profiles.robots[0].robot_id, None, None]
    person.driver.click("compose.send")
    groups = person.program.window.findChild(QMenu, "compose.target.menu")
    assert groups is not None
    assert groups.isVisible()
    groups.close()
    assert person.statuses() == [Status.DELIVERED]


def test_the_draft_and_its_target_are_back_after_a_restart(start: Start) -> None:
    person = start()
    person.write_text("half a thought")
    target = person.program.session.target_id
    person.program.shut_down()
    again = start()
    assert again.program.session.draft.text == "half a thought"
    assert again.program.session.target_id == target


@pytest.mark.usefixtures("insisting")  # the same message a second time
def test_a_change_of_language_keeps_draft_target_and_history(start: Start) -> None:
    person = start()
    person.write_text("hello")
    person.send()
    before = person.program.window
    chinese = before.findChild(QAction, "menu.language.zh_CN")
    assert chinese is not None
    chinese.trigger()
    window = person.program.window
    assert window is not before
    assert person.program.session.draft.text == "hello"
    assert person.driver.read("place.write") == "写消息"
    assert person.driver.find("compose.text").toPlainText() == "hello"  # type: ignore[attr-defined]
    row = person.send()
    assert row.status is Status.DELIVERED
    assert len(person.statuses()) == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize("field", ["compose.text", "compose.mentions", "robots.list"])
def test_ctrl_enter_sends_wherever_in_the_window_the_keyboard_is(
    key: Qt.Key, field: str, start: Start
) -> None:
    person = start()
    person.write_text("hello")
    widget = person.driver.find(field)
    widget.setFocus()
    person.wait(widget.hasFocus)
    QTest.keyClick(widget, key, Qt.KeyboardModifier.ControlModifier)
    assert person.verdict(set()).status is Status.DELIVERED
    assert person.program.session.draft.text == "hello"
    assert len(person.sandbox.exchanges()) == 1


def test_a_clock_that_is_two_hours_off_is_named(start: Start) -> None:
    person = start(clock_ms=lambda: machine_clock_ms() - 2 * 3_600_000)
    person.write_text("hello")
    row = person.send()
    assert (row.status, row.cause) == (Status.REFUSED, Cause.TIMESTAMP)
    assert "clock" in person.read_verdict()
