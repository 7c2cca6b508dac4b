"""A word without an end: told from ordinary texts, and broken anywhere wherever it is shown."""

import pytest
from PySide6.QtGui import QTextDocument, QTextOption
from pytestqt.qtbot import QtBot

from dingcomposer.core.messages import Markdown
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.bubble.bubble import Bubble, MessageAuthor
from dingcomposer.ui.preview.richtext.document import BodyDocument
from dingcomposer.ui.preview.richtext.formats import BodyStyle
from dingcomposer.ui.preview.richtext.paragraphs import from_text
from dingcomposer.ui.preview.richtext.rich_view import RichView
from dingcomposer.ui.widgets.plain_text import ENDLESS, has_endless_word
from dingcomposer.ui.widgets.text_fields import TextBox

ANYWHERE = QTextOption.WrapMode.WrapAnywhere
AT_WORDS = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere


@pytest.mark.parametrize("letter", ["[", "a", "é", "\u202e"])
def test_a_word_is_endless_beyond_the_bound_only(letter: str) -> None:
    assert has_endless_word(f"前 {letter * (ENDLESS + 1)} 后\n短")
    assert not has_endless_word(letter * ENDLESS)


@pytest.mark.parametrize("text", ["", "字" * 20_000, "🚀" * 20_000, "word " * 4_000, "x\n" * 9_000])
def test_what_can_be_broken_somewhere_is_not_endless(text: str) -> None:
    assert not has_endless_word(text)


def test_a_field_breaks_words_only_while_one_is_endless(qtbot: QtBot) -> None:
    box = TextBox()
    qtbot.addWidget(box)
    assert box.wordWrapMode() is AT_WORDS
    box.set_text("[" * 20_000)
    assert box.wordWrapMode() is ANYWHERE
    box.selectAll()
    box.insertPlainText("plain")
    assert box.wordWrapMode() is AT_WORDS


@pytest.mark.usefixtures("qapp")
def test_a_page_breaks_words_as_its_style_says() -> None:
    document = QTextDocument()
    page = BodyDocument(document, BodyStyle(dt.LIGHT))
    paragraphs = from_text("a b")
    page.show_now(paragraphs)
    assert document.defaultTextOption().wrapMode() is AT_WORDS
    page.show_now(paragraphs, BodyStyle(dt.LIGHT, breaks_anywhere=True))
    assert document.defaultTextOption().wrapMode() is ANYWHERE
    page.show_now(paragraphs, BodyStyle(dt.LIGHT))
    assert document.defaultTextOption().wrapMode() is AT_WORDS


def test_the_preview_follows_the_text(qtbot: QtBot) -> None:
    bubble = Bubble()
    qtbot.addWidget(bubble)
    for text, mode in (("a b", AT_WORDS), ("[" * 20_000, ANYWHERE), ("a b", AT_WORDS)):
        bubble.show_message(Markdown("t", text), MessageAuthor("机", "#123456"))
        view = bubble.findChild(RichView)
        assert view is not None
        assert view.document().defaultTextOption().wrapMode() is mode
