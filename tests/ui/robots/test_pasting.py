"""What is pasted into the robot dialog is taken apart at once, and does not stay in sight."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from dingcomposer.core.pasting.lenient_json import JsonFault, JsonNote, JsonPlace
from dingcomposer.core.robot import DEFAULT_ENDPOINT, Robot
from dingcomposer.core.webhook import PastedFault, PastedNote
from dingcomposer.ui.texts.pasting.pasted import (
    json_set_right,
    json_trouble,
    pasted_fault,
    pasted_left,
    pasted_note,
)

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
        (WEBHOOK.replace("access_token=", "access_token= ")[:-1], PastedFault.URL_WITH_SPACES),
        (f"{TOKEN[:30]}\n{TOKEN[30:-1]}", PastedFault.BROKEN_TOKEN),
        (WEBHOOK.replace("https://", "http://evil.example\\"), PastedFault.BACKSLASH),
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


def test_what_was_not_understood_is_named(open_dialog: OpenDialog) -> None:
    driver = open_dialog()
    said = driver.paste(f"DINGTALK_KEYWORD=告警\n{WEBHOOK}\nDINGTALK_SECRET={SECRET}")
    assert "DINGTALK_KEYWORD=告警" in said
    assert (driver.token.typed, driver.secret.typed) == (TOKEN, SECRET)


def test_a_message_beside_the_webhook_is_told_with_the_place_of_its_fault(
    open_dialog: OpenDialog,
) -> None:
    driver = open_dialog()
    said = driver.paste(f'{WEBHOOK}\n{{"msgtype": "text",\n "text" {{"content": "hi"}}}}')
    assert pasted_note(PastedNote.BODY_NOT_JSON) in said
    assert json_trouble(JsonPlace(JsonFault.NO_COLON, 2, 9)) in said
    assert driver.token.typed == TOKEN


def test_another_companys_message_is_told_as_that(open_dialog: OpenDialog) -> None:
    driver = open_dialog()
    said = driver.paste('{"msg_type": "text", "content": {"text": "hi"}}')
    assert pasted_note(PastedNote.FEISHU_MESSAGE) in said


def test_json_that_is_no_message_is_not_called_one(open_dialog: OpenDialog) -> None:
    driver = open_dialog()
    assert driver.paste('{"a": 1}') == pasted_fault(PastedFault.NOT_RECOGNISED)
    assert driver.tone("paste.sentence") == "bad"


def test_every_sentence_about_a_paste_is_there() -> None:
    for fault in PastedFault:
        assert pasted_fault(fault)
    for note in PastedNote:
        assert pasted_note(note)
    for json_fault in JsonFault:
        assert json_trouble(JsonPlace(json_fault, 1, 1))
    for json_note in JsonNote:
        assert json_set_right((json_note,))


def test_marks_that_turn_letters_round_are_shown_by_their_number() -> None:
    assert "\\u202e" in pasted_left(("a\u202eb",))


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://evil.example\\[::1]/robot/send",
        "https://evil.example\\@oapi.dingtalk.com/robot/send",
        "https://[::1]evil.example/robot/send",
        "https://oapi.dingtalk.com@evil.example/robot/send",
        "https://foo.localhost/robot/send",
        "https://oapi.dingtalk.com.evil.example/robot/send",
    ],
)
def test_a_host_that_only_looks_like_a_known_one_is_not_known(endpoint: str) -> None:
    assert not Robot("1", "x", endpoint=endpoint).has_known_host


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://OAPI.dingtalk.com/robot/send",
        "https://oapi.dingtalk.io:443/robot/send",
        "http://127.0.0.9:80/robot/send",
        "http://[::1]:80/robot/send",
    ],
)
def test_dingtalks_hosts_and_this_machine_are_known(endpoint: str) -> None:
    assert Robot("1", "x", endpoint=endpoint).has_known_host


def test_what_is_said_of_a_paste_has_its_room_and_moves_nothing(open_dialog: OpenDialog) -> None:
    driver = open_dialog()
    form = driver.dialog.form
    below = (form.profile, form.connection, form.keywords, form.more_button)

    def places() -> list[int]:
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        QApplication.processEvents()
        return [one.mapTo(driver.dialog, QPoint(0, 0)).y() for one in below]

    before = places()
    long = f"{WEBHOOK} 这是我们群的机器人，麻烦了，谢谢！{'很长的一句话' * 9}"
    for text in ("你好", WEBHOOK, long, TOKEN, "https://oapi.dingtalk.com/robot/send"):
        assert driver.paste(text)
        assert places() == before, text
    sentence = form.paste.sentence
    for words in ("一", "一句话。" * 12):  # in one line, and in two
        sentence.setText(words)
        assert places() == before
        assert sentence.height() >= sentence.heightForWidth(sentence.width())


def test_what_is_wrong_with_a_name_moves_nothing(open_dialog: OpenDialog) -> None:
    driver = open_dialog()
    driver.harness.add(Robot("1", "销售群"))
    colour = driver.dialog.form.profile.colour
    places = set()
    for name in ("一", "", "销售群"):
        driver.type("name", name)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        QApplication.processEvents()
        places.add(colour.mapTo(driver.dialog, QPoint(0, 0)).y())
    assert len(places) == 1
