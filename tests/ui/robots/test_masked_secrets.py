"""Token and secret in the robot dialog: masked, kept, shown on request, never overwritten."""

from collections.abc import Callable
from dataclasses import replace

from keyring import errors
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dingcomposer.core.robot import Credentials
from dingcomposer.storage.secrets import SecretsReason
from dingcomposer.ui.texts.storage import secrets_sentence

from .conftest import (
    DUTY,
    OTHER_TOKEN,
    SECRET,
    TOKEN,
    TRIAL,
    WEBHOOK,
    Answers,
    Desk,
    OpenDialog,
    Ring,
    visible_words,
)

LOCKED = secrets_sentence(SecretsReason.LOCKED)


def test_editing_without_touching_a_masked_secret_keeps_it(
    desk: Desk, open_dialog: OpenDialog
) -> None:
    hand = open_dialog(desk.add(DUTY, secret=SECRET))
    writes = desk.ring.writes
    hand.type("name", "新名字")
    robot = hand.save_and_wait()
    assert (robot.name, robot.has_token, robot.has_secret) == ("新名字", True, True)
    assert desk.ring.writes == writes
    desk.restart()
    assert desk.kept("duty") == Credentials(TOKEN, SECRET)


def test_a_new_secret_leaves_the_token_and_the_other_way_round(
    desk: Desk, open_dialog: OpenDialog
) -> None:
    desk.add(DUTY, secret=SECRET)
    desk.restart()
    hand = open_dialog(desk.now(DUTY))
    hand.type("token", OTHER_TOKEN)
    assert hand.tone("token.note") == "quiet", "that it replaces the one that is kept"
    hand.save_and_wait()
    assert desk.kept("duty") == Credentials(OTHER_TOKEN, SECRET)
    other_secret = "SEC" + "ab" * 32
    again = open_dialog(desk.now(DUTY))
    again.type("secret", other_secret)
    again.save_and_wait()
    assert desk.kept("duty") == Credentials(OTHER_TOKEN, other_secret)


def test_text_that_was_typed_and_deleted_again_changes_nothing(
    desk: Desk, open_dialog: OpenDialog
) -> None:
    hand = open_dialog(desk.add(DUTY, secret=SECRET))
    hand.type("token", "a")
    hand.type("token", "")
    hand.type("secret", "S")
    hand.type("secret", "")
    hand.save_and_wait()
    assert desk.kept("duty") == Credentials(TOKEN, SECRET)


def test_removing_the_secret_is_an_action_of_its_own_and_can_be_taken_back(
    desk: Desk, open_dialog: OpenDialog
) -> None:
    robot = desk.add(replace(DUTY, expects_signature=True), secret=SECRET)
    hand = open_dialog(robot)
    remove = hand.secret.remove
    assert "secret" in remove.accessibleName()
    remove.click()
    assert hand.tone("secret.note") == "warn"
    signature = hand.dialog.form.connection.signature
    assert not signature.isChecked()
    assert remove.isVisible(), "it can be taken back"
    remove.click()
    assert hand.note("secret.note") == ""
    assert signature.isChecked()
    remove.click()
    robot = hand.save_and_wait()
    assert desk.kept("duty") == Credentials(TOKEN, None)
    assert not robot.has_secret


def test_a_kept_secret_is_shown_on_request_and_hidden_again(
    desk: Desk, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    desk.add(DUTY, secret=SECRET)
    desk.restart()
    hand = open_dialog(desk.now(DUTY))
    assert (hand.line("token").text(), hand.line("secret").text()) == ("", "")
    assert hand.line("token").placeholderText() == "●" * 12
    hand.token.eye.click()
    qtbot.waitUntil(lambda: hand.line("token").displayText() == TOKEN)
    assert hand.line("secret").text() == "", "each is shown by its own eye"
    assert hand.token.typed == ""
    hand.token.eye.click()
    assert hand.line("token").text() == ""
    writes = desk.ring.writes
    hand.token.eye.click()
    qtbot.waitUntil(lambda: hand.line("token").displayText() == TOKEN)
    hand.save_and_wait()
    assert desk.ring.writes == writes, "looking changes nothing"


def test_a_shown_secret_that_is_changed_is_a_new_one(
    desk: Desk, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    hand = open_dialog(desk.add(DUTY))
    hand.token.eye.click()
    qtbot.waitUntil(lambda: hand.line("token").displayText() == TOKEN)
    QTest.keyClick(hand.line("token"), Qt.Key.Key_End)
    QTest.keyClick(hand.line("token"), Qt.Key.Key_Backspace)
    QTest.keyClick(hand.line("token"), Qt.Key.Key_X)
    hand.save_and_wait()
    assert desk.kept("duty").access_token == TOKEN[:-1] + "x"


def test_a_slow_keyring_holds_up_nothing_and_its_answer_may_come_too_late(
    desk: Desk, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    desk.add(DUTY)
    desk.restart()
    hand = open_dialog(desk.now(DUTY))
    desk.ring.gate.clear()
    hand.token.eye.click()
    hand.type("token", OTHER_TOKEN)
    desk.ring.gate.set()
    answered: list[object] = []
    desk.roster.request_credentials("duty", answered.append)
    qtbot.waitUntil(lambda: bool(answered))
    assert hand.token.typed == OTHER_TOKEN, "what was typed meanwhile stays"


def test_cannot_be_read_differs_from_empty_and_is_never_overwritten(
    desk: Desk, open_dialog: OpenDialog
) -> None:
    desk.add(replace(DUTY, expects_signature=True), secret=SECRET)
    desk.restart()
    entries = dict(desk.ring.entries)
    desk.ring.trouble = errors.KeyringLocked()
    desk.look()
    hand = open_dialog(desk.now(DUTY))
    for name in ("token", "secret"):
        assert hand.line(name).placeholderText() not in ("", "●" * 12)
        assert LOCKED in hand.note(f"{name}.note")
    assert not hand.secret.remove.isVisible()
    hand.type("name", "新名字")
    assert hand.save_and_wait().name == "新名字"
    desk.ring.trouble = None
    assert desk.ring.entries == entries
    assert desk.kept("duty") == Credentials(TOKEN, SECRET)


def test_the_eye_says_that_a_secret_cannot_be_read(
    desk: Desk, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    desk.add(DUTY, secret=SECRET)
    desk.restart()
    hand = open_dialog(desk.now(DUTY))
    desk.ring.trouble = errors.KeyringLocked()
    hand.secret.eye.click()
    qtbot.waitUntil(lambda: LOCKED in hand.note("secret.note"))
    assert not hand.secret.eye.isChecked()
    desk.ring.trouble = None
    hand.secret.eye.click()
    qtbot.waitUntil(lambda: hand.line("secret").displayText() == SECRET)


def test_an_empty_entry_is_shown_as_empty(desk: Desk, open_dialog: OpenDialog) -> None:
    desk.roster.add(TRIAL)
    desk.look()
    hand = open_dialog(desk.now(TRIAL))
    assert hand.line("token").placeholderText() == ""
    assert hand.note("token.note") == ""
    assert hand.dialog.save_button.isEnabled(), "other things can be changed without it"


def test_a_locked_keyring_on_saving_keeps_the_dialog_open_with_what_was_typed(
    desk: Desk, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    desk.look()
    desk.ring.trouble = errors.KeyringLocked()
    hand = open_dialog()
    hand.paste(f"{WEBHOOK}\n{SECRET}")
    hand.type("name", "群")
    hand.save()
    qtbot.waitUntil(lambda: LOCKED in hand.note("reason"))
    assert hand.dialog.isVisible()
    assert (hand.token.typed, hand.secret.typed) == (TOKEN, SECRET)
    desk.ring.trouble = None
    robot = hand.save_and_wait()
    assert [one.name for one in desk.roster.robots] == ["群"], "it is one robot, not two"
    assert desk.kept(robot.robot_id) == Credentials(TOKEN, SECRET)


def test_while_the_keyring_thinks_the_dialog_waits_and_can_be_closed(
    desk: Desk, open_dialog: OpenDialog, answers: Answers
) -> None:
    desk.ring.gate.clear()
    hand = open_dialog()
    hand.paste(WEBHOOK)
    hand.type("name", "群")
    hand.save()
    assert hand.tone("reason") == "quiet"
    assert not hand.dialog.save_button.isEnabled()
    hand.dialog.reject()
    assert not hand.dialog.isVisible() and answers.asked == []
    desk.ring.gate.set()
    assert desk.kept(desk.roster.robots[0].robot_id).access_token == TOKEN


def test_without_a_keyring_the_dialog_says_so_and_the_robot_can_send(
    make_desk: Callable[[Ring | None], Desk], open_dialog: OpenDialog
) -> None:
    desk = make_desk(None)
    desk.add(DUTY)
    hand = open_dialog(None, desk)
    hand.paste(WEBHOOK)
    hand.type("name", "群")
    assert hand.note("reason") == secrets_sentence(SecretsReason.MISSING)
    robot = hand.save_and_wait()
    assert desk.kept(robot.robot_id) == Credentials(TOKEN)


def test_no_secret_is_in_titles_tips_or_names_while_editing(
    desk: Desk, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    desk.add(DUTY, secret=SECRET)
    hand = open_dialog(desk.now(DUTY))
    hand.type("token", OTHER_TOKEN)
    seen = visible_words(hand.dialog)
    assert not any(secret in seen for secret in (TOKEN, OTHER_TOKEN, SECRET))


def test_what_is_learned_of_secrets_while_a_dialog_is_open_is_not_undone(
    desk: Desk, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    desk.roster.add(TRIAL)
    hand = open_dialog(desk.now(TRIAL))
    kept: list[object] = []
    desk.roster.save(TRIAL, access_token=TOKEN, done=kept.append)
    qtbot.waitUntil(lambda: bool(kept))
    assert hand.line("token").placeholderText() == "●" * 12
    hand.type("name", "新名字")
    assert hand.save_and_wait().has_token
