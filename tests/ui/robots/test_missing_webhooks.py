"""The dialog that asks for the webhooks that are gone."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from keyring import errors
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from dingcomposer.core.robot import Credentials
from dingcomposer.core.webhook import PastedFault
from dingcomposer.storage.secrets import SecretsReason
from dingcomposer.ui.robots.missing_webhooks_dialog import (
    MissingWebhooksDialog,
    robots_without_webhook,
)
from dingcomposer.ui.texts.pasting.pasted import pasted_fault
from dingcomposer.ui.texts.storage import secrets_sentence
from tests.fakes.fake_dialogs import FakeQuestions
from tests.fakes.fake_keyring import FakeKeyring

from .conftest import (
    DUTY,
    OTHER_TOKEN,
    SANDBOX,
    SECRET,
    TOKEN,
    TRIAL,
    WEBHOOK,
    RobotsHarness,
    paste,
    visible_words,
    words_of,
)

MakeDesk = Callable[[FakeKeyring | None], RobotsHarness]
LEFT = Qt.MouseButton.LeftButton


def a_desk_that_forgot(make_desk: MakeDesk) -> RobotsHarness:
    """Without a keyring, after a restart: two robots whose webhooks are gone, and the sandbox."""
    harness = make_desk(None)
    harness.robot_profiles.add(SANDBOX)
    harness.add(replace(DUTY, expects_signature=True), secret=SECRET)
    harness.add(TRIAL, OTHER_TOKEN)
    harness.restart()
    harness.look()
    return harness


def open_dialog(harness: RobotsHarness, qtbot: QtBot) -> MissingWebhooksDialog:
    dialog = MissingWebhooksDialog(harness.robot_profiles)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_one_dialog_lists_all_robots_whose_webhooks_are_gone_and_says_why(
    make_desk: MakeDesk, qtbot: QtBot
) -> None:
    harness = a_desk_that_forgot(make_desk)
    assert [robot.robot_id for robot in robots_without_webhook(harness.robot_profiles)] == [
        "duty",
        "trial",
    ]
    dialog = open_dialog(harness, qtbot)
    assert [row.robot.robot_id for row in dialog.rows] == ["duty", "trial"]
    assert words_of(dialog, "missing.why") == secrets_sentence(SecretsReason.MISSING)
    assert not dialog.save_button.isEnabled()
    assert words_of(dialog, "missing.reason")


def test_what_is_pasted_is_kept_for_this_run(make_desk: MakeDesk, qtbot: QtBot) -> None:
    harness = a_desk_that_forgot(make_desk)
    dialog = open_dialog(harness, qtbot)
    duty, trial = dialog.rows
    paste(duty.paste, WEBHOOK)
    assert "SEC" in words_of(dialog, "missing.duty.secret")
    paste(duty.paste, SECRET)
    assert words_of(dialog, "missing.duty.secret") == ""
    paste(trial.paste, OTHER_TOKEN)
    seen = visible_words(dialog)
    assert not any(secret in seen for secret in (TOKEN, OTHER_TOKEN, SECRET))
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.save_button, LEFT)
    assert harness.kept("duty") == Credentials(TOKEN, SECRET)
    assert harness.kept("trial") == Credentials(OTHER_TOKEN)
    assert robots_without_webhook(harness.robot_profiles) == ()


def test_what_is_pasted_moves_no_field(make_desk: MakeDesk, qtbot: QtBot) -> None:
    harness = a_desk_that_forgot(make_desk)
    dialog = open_dialog(harness, qtbot)
    duty = dialog.rows[0]
    paste(duty.paste, WEBHOOK)
    column = duty.layout()
    assert column is not None
    before = column.totalHeightForWidth(duty.width())
    paste(duty.paste, SECRET)
    assert column.totalHeightForWidth(duty.width()) == before


def test_some_can_wait_for_later(make_desk: MakeDesk, qtbot: QtBot) -> None:
    harness = a_desk_that_forgot(make_desk)
    dialog = open_dialog(harness, qtbot)
    paste(dialog.rows[1].paste, OTHER_TOKEN)
    assert "1" in words_of(dialog, "missing.reason")
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.save_button, LEFT)
    assert [robot.robot_id for robot in robots_without_webhook(harness.robot_profiles)] == ["duty"]


def test_later_changes_nothing(make_desk: MakeDesk, qtbot: QtBot) -> None:
    harness = a_desk_that_forgot(make_desk)
    dialog = open_dialog(harness, qtbot)
    paste(dialog.rows[0].paste, WEBHOOK)
    QTest.mouseClick(dialog.later_button, LEFT)
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert len(robots_without_webhook(harness.robot_profiles)) == 2


def test_a_paste_that_cannot_be_used_keeps_the_dialog_open(
    make_desk: MakeDesk, qtbot: QtBot
) -> None:
    harness = a_desk_that_forgot(make_desk)
    dialog = open_dialog(harness, qtbot)
    paste(dialog.rows[0].paste, WEBHOOK)
    paste(dialog.rows[1].paste, "https://oapi.dingtalk.com/robot/send")
    assert words_of(dialog, "missing.trial.sentence") == pasted_fault(PastedFault.NO_TOKEN)
    QTest.mouseClick(dialog.save_button, LEFT)
    assert dialog.isVisible() and len(robots_without_webhook(harness.robot_profiles)) == 2


def test_an_absent_entry_is_told_apart_from_an_absent_keyring(
    harness: RobotsHarness, qtbot: QtBot
) -> None:
    harness.add(TRIAL)
    harness.restart()
    harness.ring.entries.clear()
    harness.look()
    dialog = open_dialog(harness, qtbot)
    assert words_of(dialog, "missing.why") not in ("", secrets_sentence(SecretsReason.MISSING))


def test_a_keyring_that_cannot_be_read_is_not_taken_for_empty(
    harness: RobotsHarness,
) -> None:
    harness.add(TRIAL)
    harness.restart()
    harness.ring.fault = errors.KeyringLocked()
    harness.look()
    assert robots_without_webhook(harness.robot_profiles) == ()


def test_a_keyring_that_refuses_keeps_the_dialog_open_with_the_reason(
    harness: RobotsHarness, qtbot: QtBot
) -> None:
    harness.robot_profiles.add(TRIAL)
    harness.look()
    dialog = open_dialog(harness, qtbot)
    paste(dialog.rows[0].paste, WEBHOOK)
    harness.ring.fault = errors.KeyringLocked()
    QTest.mouseClick(dialog.save_button, LEFT)
    locked = secrets_sentence(SecretsReason.LOCKED)
    qtbot.waitUntil(lambda: locked in words_of(dialog, "missing.reason"))
    assert words_of(dialog, "missing.reason").startswith("测试群")
    harness.ring.fault = None
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.save_button, LEFT)
    assert harness.kept("trial").access_token == TOKEN


def test_another_host_is_confirmed_here_too(
    make_desk: MakeDesk, qtbot: QtBot, answers: FakeQuestions
) -> None:
    harness = a_desk_that_forgot(make_desk)
    dialog = open_dialog(harness, qtbot)
    paste(dialog.rows[1].paste, f"https://ding.example.com/robot/send?access_token={OTHER_TOKEN}")
    answers.prepared["host"] = "back"
    QTest.mouseClick(dialog.save_button, LEFT)
    assert dialog.isVisible() and len(robots_without_webhook(harness.robot_profiles)) == 2
    answers.prepared["host"] = "confirm"
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.save_button, LEFT)
    assert harness.now(TRIAL).is_host_confirmed


# The right webhook


@pytest.fixture(params=[True, False], ids=["keyring", "no keyring"])
def lost(request: pytest.FixtureRequest, make_desk: MakeDesk) -> RobotsHarness:
    """Two robots whose webhooks are gone: from an emptied keyring, or from memory."""
    harness = make_desk(FakeKeyring({}) if request.param else None)
    harness.add(DUTY)
    harness.add(TRIAL, OTHER_TOKEN)
    harness.restart()
    if request.param:
        harness.ring.entries.clear()
    harness.look()
    return harness


def test_the_webhook_that_a_robot_had_is_taken_without_a_question(
    lost: RobotsHarness, qtbot: QtBot, answers: FakeQuestions
) -> None:
    dialog = open_dialog(lost, qtbot)
    paste(dialog.rows[0].paste, WEBHOOK)
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.save_button, LEFT)
    assert lost.kept("duty").access_token == TOKEN and answers.asked == []


@pytest.mark.parametrize(
    "case",
    [(OTHER_TOKEN, "token_taken", "测试群"), ("ab" * 32, "token_other", "运维值班")],
    ids=["another's", "nobody's"],
)
def test_another_webhook_than_it_had_is_asked_about(
    lost: RobotsHarness, qtbot: QtBot, answers: FakeQuestions, case: tuple[str, str, str]
) -> None:
    token, question, name = case
    dialog = open_dialog(lost, qtbot)
    paste(dialog.rows[0].paste, token)
    answers.prepared[question] = "back"
    QTest.mouseClick(dialog.save_button, LEFT)
    assert dialog.isVisible() and len(robots_without_webhook(lost.robot_profiles)) == 2
    (asked,) = answers.asked
    assert name in asked.text and token not in str(asked)
    assert [one.key for one in asked.choices if one.is_default] == ["back"]
    answers.prepared[question] = "confirm"
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.save_button, LEFT)
    assert lost.kept("duty").access_token == token
    assert answers.names == [question, question]


def test_a_webhook_that_was_cut_short_is_not_taken_without_a_question(
    lost: RobotsHarness, qtbot: QtBot, answers: FakeQuestions
) -> None:
    dialog = open_dialog(lost, qtbot)
    paste(dialog.rows[0].paste, WEBHOOK[:-1])
    answers.prepared["looks"] = "back"
    QTest.mouseClick(dialog.save_button, LEFT)
    assert dialog.isVisible() and answers.names == ["looks"]
    assert len(robots_without_webhook(lost.robot_profiles)) == 2


def test_one_webhook_pasted_under_two_robots_is_asked_about(
    make_desk: MakeDesk, qtbot: QtBot, answers: FakeQuestions
) -> None:
    harness = make_desk(None)
    harness.robot_profiles.add(DUTY)
    harness.robot_profiles.add(TRIAL)
    harness.look()
    dialog = open_dialog(harness, qtbot)
    for row in dialog.rows:
        paste(row.paste, WEBHOOK)
    answers.prepared["token_taken"] = "back"
    QTest.mouseClick(dialog.save_button, LEFT)
    assert dialog.isVisible() and len(robots_without_webhook(harness.robot_profiles)) == 2
    assert "运维值班" in answers.asked[0].text and "测试群" in answers.asked[0].details
    answers.prepared["token_taken"] = "confirm"
    with qtbot.waitSignal(dialog.accepted):
        QTest.mouseClick(dialog.save_button, LEFT)
    assert robots_without_webhook(harness.robot_profiles) == ()
