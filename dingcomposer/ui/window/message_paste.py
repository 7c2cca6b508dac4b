"""A message out of the clipboard: JSON, a command or a script that holds one, opened as a new one.

What was set right, and what was left out, is said. Another company's message is opened as
DingTalk's only when a person says so. A token or a secret beside it is left where it is.
"""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from dingcomposer.core.pasting.findings import PastedWebhook
from dingcomposer.core.payload import PayloadError, from_payload
from dingcomposer.core.plain_text import clean
from dingcomposer.core.webhook import PastedError, PastedNote, parse_pasted
from dingcomposer.ui import questions
from dingcomposer.ui.context import Navigator
from dingcomposer.ui.texts.paste import json_set_right, pasted_error, pasted_left, pasted_note
from dingcomposer.ui.texts.translate import join_sentences, translate

_OTHER_COMPANIES = (PastedNote.WECOM_MESSAGE, PastedNote.FEISHU_MESSAGE)


def open_pasted(navigator: Navigator, window: QWidget) -> None:
    """Open the message that is on the clipboard, or say why there is none."""
    try:
        pasted = parse_pasted(QGuiApplication.clipboard().text())
    except PastedError as error:
        navigator.say(pasted_error(error))
        return
    body = pasted.message_json if pasted.translation is None else pasted.translation
    if not isinstance(body, dict):
        navigator.say(translate("MessagePaste", "There is no message on the clipboard."))
        return
    if pasted.translation is not None and not _is_translation_wanted(pasted, window):
        return
    try:
        reading = from_payload(body)
    except PayloadError as error:
        words = translate("MessagePaste", "This is no message that DingTalk takes: see “{path}”.")
        whole = translate("MessagePaste", "This is no message that DingTalk takes.")
        navigator.say(words.format(path=clean(error.path)) if error.path else whole)
        return
    navigator.open_as_new(reading.message)
    navigator.say(join_sentences(_what_to_know(pasted)))


def _is_translation_wanted(pasted: PastedWebhook, window: QWidget) -> bool:
    note = next(one for one in pasted.notes if one in _OTHER_COMPANIES)
    question = questions.Question(
        "translate_message",
        translate("MessagePaste", "Another company's message"),
        pasted_note(note),
        (
            questions.back(),
            questions.Choice("translate", translate("MessagePaste", "Open it as DingTalk's")),
        ),
        "back",
        translate("MessagePaste", "Look at the preview: not all of it has its like in DingTalk."),
    )
    return questions.ask(window, question) == "translate"


def _what_to_know(pasted: PastedWebhook) -> list[str]:
    """In sentences: where the message comes from, what was set right, what was left out."""
    found = [translate("MessagePaste", "Opened from the clipboard, for no group yet.")]
    if pasted.json_notes:
        found.append(json_set_right(pasted.json_notes))
    if pasted.access_token or pasted.secret:
        found.append(translate("MessagePaste", "The webhook beside it was left out."))
    if pasted.left:
        found.append(pasted_left(pasted.left))
    return found
