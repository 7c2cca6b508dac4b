"""What is pasted into the robot dialog is taken apart at once, and does not stay in sight."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from dingcomposer.core.robot import DEFAULT_ENDPOINT
from dingcomposer.core.webhook import PastedFault, PastedNote
from dingcomposer.ui.texts.paste import pasted_fault, pasted_note

from .conftest import OTHER_TOKEN, SECRET, TOKEN, WEBHOOK, OpenDialog, visible_words


@pytest.mark.parametrize(
    ("text", "token", "secret"),
    [
        (WEBHOOK, TOKEN, None),
        (f"{WEBHOOK}&timestamp=1&sign=x%3D", TOKEN, None),
        (TOKEN, TOKEN, None),
        (SECRET, None, SECRET),
        (f"{WEBHOOK}\n密钥：{SECRET}", TOKEN, SECRET),
        (
            f"curl '{WEBHOOK}' -H 'Content-Type: application/json' -d '{{\"msgtype\":\"text\"}}'",
            TOKEN,
            None,
        ),
    ],
)
def test_whatever_is_pasted_is_taken_apart_at_once(
    open_dialog: OpenDialog, text: str, token: str | None, secret: str | None
) -> None:
    driver = open_dialog()
    assert driver.paste(text)
    assert driver.tone("paste.sentence") == "quiet"
    assert driver.token.typed == (token or "")
    assert driver.secret.typed == (secret or "")
    assert driver.robot.expects_signature is (secret is not None)
    assert driver.dialog.form.paste.field.text() == ""


def test_nothing_of_a_paste_stays_in_sight(open_dialog: OpenDialog) -> None:
    driver = open_dialog()
    driver.paste(f"{WEBHOOK}\n{SECRET}")
    assert driver.line("token").echoMode() is QLineEdit.EchoMode.Password
    assert driver.line("secret").echoMode() is QLineEdit.EchoMode.Password
    seen = visible_words(driver.dialog) + driver.dialog.form.paste.field.toPlainText()
    assert TOKEN not in seen and SECRET not in seen
    driver.dialog.form.paste.field.undo()
    assert driver.dialog.form.paste.field.toPlainText() == ""


def test_what_was_set_right_is_said(open_dialog: OpenDialog) -> None:
    driver = open_dialog()
    said = driver.paste(f"{SECRET} \n{WEBHOOK}&timestamp=1&sign=x")
    assert pasted_note(PastedNote.OLD_SIGNATURE_DROPPED) in said
    assert pasted_note(PastedNote.SECRET_TRIMMED) in said
    assert (driver.token.typed, driver.secret.typed) == (TOKEN, SECRET)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("你好，世界", PastedFault.NOT_RECOGNISED),
        (WEBHOOK.replace("https", "http"), PastedFault.PLAIN_HTTP),
        (WEBHOOK.removeprefix("https://"), PastedFault.NO_SCHEME),
        (WEBHOOK.replace("//", "//me:pw@"), PastedFault.USER_AND_PASSWORD),
        (WEBHOOK.replace("access_token=", "access_token= "), PastedFault.URL_WITH_SPACES),
        (f"{TOKEN[:32]}\n{TOKEN[32:]}", PastedFault.BROKEN_TOKEN),
        (f"{WEBHOOK}\n{OTHER_TOKEN}", PastedFault.TWO_TOKENS),
        ("a\x00b", PastedFault.CONTROL_CHARACTERS),
    ],
)
def test_a_paste_that_cannot_be_used_stays_to_be_mended(
    open_dialog: OpenDialog, text: str, fault: PastedFault
) -> None:
    driver = open_dialog()
    assert driver.paste(text) == pasted_fault(fault)
    assert driver.tone("paste.sentence") == "bad"
    assert driver.dialog.form.paste.field.text() == text
    assert not driver.token.typed
    assert not driver.dialog.save_button.isEnabled()


def test_a_paste_of_over_200_kb_is_refused_and_the_clipboard_keeps_it(
    open_dialog: OpenDialog,
) -> None:
    driver = open_dialog()
    large = "x" * 205_000
    assert driver.paste(large) == pasted_fault(PastedFault.TOO_LONG)
    assert driver.dialog.form.paste.field.text() == ""
    assert QApplication.clipboard().text() == large


def test_a_typed_token_is_taken_on_enter_and_not_letter_by_letter(
    open_dialog: OpenDialog,
) -> None:
    driver = open_dialog()
    field = driver.dialog.form.paste.field
    field.setFocus()
    QTest.keyClicks(field, TOKEN)
    assert (field.text(), driver.token.typed) == (TOKEN, "")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), driver.token.typed) == ("", TOKEN)
    assert driver.dialog.isVisible(), "Enter did not save"


def test_a_message_alone_is_no_webhook(open_dialog: OpenDialog) -> None:
    driver = open_dialog()
    assert driver.paste('{"msgtype": "text"}')
    assert driver.tone("paste.sentence") == "bad"
    assert not driver.token.typed


@pytest.mark.parametrize("field", ["endpoint", "token"])
def test_a_webhook_in_the_wrong_field_is_taken_apart_as_well(
    open_dialog: OpenDialog, field: str
) -> None:
    driver = open_dialog()
    QApplication.clipboard().setText(WEBHOOK)
    driver.line(field).selectAll()
    driver.line(field).paste()
    assert driver.robot.endpoint == DEFAULT_ENDPOINT
    assert driver.token.typed == TOKEN
