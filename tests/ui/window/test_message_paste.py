"""A message is opened from the clipboard, and what is not taken over is said."""

import json

import pytest
from PySide6.QtGui import QAction, QGuiApplication

from dingcomposer.core.draft import to_message
from dingcomposer.core.messages import Markdown, Text
from tests.fakes.fake_dialogs import Answer
from tests.fakes.programs import Person, Start

TOKEN = "3f0c" * 16
TEXT = json.dumps({"msgtype": "text", "text": {"content": "今晚停机"}}, ensure_ascii=False)
CURL = (
    f"curl 'https://oapi.dingtalk.com/robot/send?access_token={TOKEN}'"
    f" -H 'Content-Type: application/json' -d '{TEXT}'"
)
WECOM = json.dumps({"msgtype": "markdown", "markdown": {"content": "**今晚停机**"}})


def opened(person: Person, clipboard: str) -> str:
    """What is said after the clipboard was opened."""
    QGuiApplication.clipboard().setText(clipboard)
    action = person.program.window.findChild(QAction, "menu.paste_message")
    assert action is not None
    action.trigger()
    return person.driver.read("status.said")


@pytest.mark.parametrize("clipboard", [TEXT, CURL], ids=["JSON", "curl"])
def test_a_message_on_the_clipboard_becomes_the_draft_for_no_group_yet(
    start: Start, clipboard: str
) -> None:
    person = start()
    said = opened(person, clipboard)
    session = person.program.session
    assert to_message(session.draft) == Text("今晚停机")
    assert session.target_id is None
    assert said.startswith("Opened from the clipboard")
    assert ("The webhook beside it was left out." in said) == (clipboard is CURL)
    assert TOKEN not in said
    session.undo()
    assert to_message(session.draft) == Text("")


def test_what_was_set_right_is_said(start: Start) -> None:
    person = start()
    said = opened(person, "{'msgtype': 'text', 'text': {'content': '好',},}")
    assert to_message(person.program.session.draft) == Text("好")
    assert "single quotation marks" in said


@pytest.mark.parametrize(
    ("clipboard", "sentence"),
    [
        ("", "There is nothing to read."),
        (f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}", "There is no message"),
        ('{"msgtype": "image", "image": {"base64": "x"}}', "This is no message"),
    ],
)
def test_what_is_no_message_says_so_and_loses_nothing(
    start: Start, clipboard: str, sentence: str
) -> None:
    person = start()
    person.write_text("刚开始写")
    assert opened(person, clipboard).startswith(sentence)
    assert to_message(person.program.session.draft) == Text("刚开始写")


def test_another_companys_message_is_offered_as_a_translation(start: Start, answer: Answer) -> None:
    person = start()
    asked = answer(translate_message="back")
    opened(person, WECOM)
    assert asked.names == ["translate_message"]
    assert to_message(person.program.session.draft) == Text("")
    answer(translate_message="translate")
    opened(person, WECOM)
    message = to_message(person.program.session.draft)
    assert isinstance(message, Markdown)
    assert message.text == "**今晚停机**"
