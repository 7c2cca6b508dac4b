"""Whatever edits it went through, a page equals one that was drawn afresh."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.richtext.document import BodyDocument
from dingcomposer.ui.preview.richtext.formats import BodyStyle
from dingcomposer.ui.preview.richtext.paragraphs import Paragraph, TextRun, from_text
from tests.ui.preview.elements import from_html

STYLE = BodyStyle(dt.LIGHT)
BLOCKS = (
    "<h1>标题</h1>",
    "<h6>小</h6>",
    "<p>正文 <strong>粗</strong> <a href='https://a/'>链</a></p>",
    "<p></p>",
    "<p>一<br>二<br><font color='red'>三</font></p>",
    "<blockquote><p>引</p><p>又</p></blockquote>",
    "<ul><li>甲<ul><li>乙</li></ul></li><li>丙</li></ul>",
    "<ol start='9'><li>九</li><li>十</li></ol>",
    "<hr>",
    "<pre><code>a\n\n b\n</code></pre>",
    "<table><thead><tr><th>名</th></tr></thead><tbody><tr><td>甲</td></tr></tbody></table>",
    "<p>H<sub>2</sub>O <u>u</u></p>",
    "<p><img src='https://p/x.png' alt='图'> 旁</p>",
)
FEW_SECONDS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def content(document: QTextDocument) -> list[tuple[object, ...]]:
    """Every block with its formats and pieces, as far as a reader could tell a difference."""
    found: list[tuple[object, ...]] = []
    block = document.begin()
    while block.isValid():
        pieces = []
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            pieces.append((fragment.text(), fragment.charFormat().properties()))
            iterator += 1
        formats = block.blockFormat().properties(), block.charFormat().properties()
        found.append((block.text(), pieces, *formats))
        block = block.next()
    return found


def drawn_afresh(paragraphs: tuple[Paragraph, ...]) -> list[tuple[object, ...]]:
    document = QTextDocument()
    BodyDocument(document, STYLE).show_now(paragraphs)
    return content(document)


@pytest.mark.usefixtures("qapp")
@FEW_SECONDS
@given(st.lists(st.lists(st.sampled_from(BLOCKS), max_size=7), min_size=2, max_size=6))
def test_after_any_edits_the_page_equals_a_fresh_one(versions: list[list[str]]) -> None:
    document = QTextDocument()
    page = BodyDocument(document, STYLE)
    for blocks in versions:
        paragraphs = from_html("".join(blocks))
        page.show_now(paragraphs)
        assert content(document) == drawn_afresh(paragraphs)
        assert document.blockCount() == max(1, len(paragraphs))


def test_the_edit_of_one_line_leaves_the_others_alone(qapp: object) -> None:
    document = QTextDocument()
    page = BodyDocument(document, STYLE)
    lines = [f"第 {number} 行" for number in range(200)]
    page.show_now(from_text("\n".join(lines)))
    changes: list[tuple[int, int, int]] = []
    document.contentsChange.connect(lambda *change: changes.append(change))
    lines[100] += "！"
    page.show_now(from_text("\n".join(lines)))
    assert sum(added for _, _, added in changes) < 20


def test_a_long_text_comes_in_slices_and_all_of_it_comes(qtbot: QtBot) -> None:
    document = QTextDocument()
    page = BodyDocument(document, STYLE)
    paragraphs = tuple(Paragraph((TextRun("服务器维护通知" * 20),)) for _ in range(2000))
    with qtbot.waitSignal(page.settled):
        page.show(paragraphs)
        assert 0 < document.blockCount() < len(paragraphs)
    assert page.is_settled
    assert content(document) == drawn_afresh(paragraphs)


def test_a_newer_text_overtakes_one_that_is_still_coming(qtbot: QtBot) -> None:
    document = QTextDocument()
    page = BodyDocument(document, STYLE)
    page.show(tuple(Paragraph((TextRun("旧" * 100),)) for _ in range(2000)))
    newer = from_html("<p>新</p>")
    page.show(newer)
    qtbot.waitUntil(lambda: page.is_settled)
    assert content(document) == drawn_afresh(newer)


def test_another_style_draws_everything_again(qapp: object) -> None:
    document = QTextDocument()
    page = BodyDocument(document, STYLE)
    paragraphs = from_html("".join(BLOCKS))
    page.show_now(paragraphs)
    light = content(document)
    page.show_now(paragraphs, BodyStyle(dt.DARK))
    assert content(document) != light
    page.show_now(paragraphs, STYLE)
    assert content(document) == light


def test_a_colour_that_is_none_is_passed_over(qapp: object) -> None:
    plain, odd = from_html("<p>字</p>"), from_html("<p><font color='nocolour'>字</font></p>")
    assert drawn_afresh(plain) == drawn_afresh(odd)
