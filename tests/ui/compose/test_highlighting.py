"""Highlighting in the field: as it is written, while letters are composed, in both themes."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QFont, QInputMethodEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Kind, Mentions
from dingcomposer.services.settings import ThemeName
from dingcomposer.ui import theme
from dingcomposer.ui.widgets.text_fields import TextField

from .conftest import ComposeDriver


@pytest.fixture
def writer(driver: ComposeDriver, qtbot: QtBot) -> ComposeDriver:
    driver.choose_kind(Kind.MARKDOWN)
    driver.type("text", "**x**")
    field = driver.field("text")
    qtbot.waitUntil(lambda: bool(formats(field, 0)))
    return driver


@pytest.fixture
def _themes(qapp: QApplication) -> Iterator[None]:
    """Whatever is put on, the tests behind this one find the application as it was."""
    sheet, palette = qapp.styleSheet(), qapp.palette()
    yield
    theme.apply(qapp, ThemeName.LIGHT)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


def formats(field: TextField, line: int) -> list[tuple[int, int, QTextCharFormat]]:
    """What is set on a line: from where, how long, and how."""
    layout = field.document().findBlockByNumber(line).layout()
    return [(one.start, one.length, QTextCharFormat(one.format)) for one in layout.formats()]


def bold(field: TextField, line: int) -> str:
    """The bold characters of a line, as it is laid out."""
    block = field.document().findBlockByNumber(line)
    text = block.text()
    words = [
        text[start : start + length]
        for start, length, one in formats(field, line)
        if one.fontWeight() == QFont.Weight.Bold
    ]
    return "".join(words)


def colours(field: TextField, line: int) -> dict[str, str]:
    """The words of a line that have a colour of their own."""
    text = field.document().findBlockByNumber(line).text()
    return {
        text[start : start + length]: one.foreground().color().name()
        for start, length, one in formats(field, line)
        if one.hasProperty(QTextCharFormat.Property.ForegroundBrush)
    }


def settled(qtbot: QtBot, field: TextField) -> None:
    qtbot.wait(0)
    QApplication.processEvents()


def test_each_key_is_highlighted_at_once(writer: ComposeDriver) -> None:
    field = writer.field("text")
    field.edit_text("", 0, 0)
    for letters, is_bold in (("**", ""), ("重要", ""), ("*", ""), ("*", "重要"), ("字", "重要")):
        event = QInputMethodEvent()
        event.setCommitString(letters)
        QApplication.sendEvent(field, event)
        assert bold(field, 0) == is_bold, letters


def test_lines_that_nobody_wrote_in_follow(writer: ComposeDriver, qtbot: QtBot) -> None:
    field = writer.field("text")
    writer.paste("text", "\n\n字 **粗**\n\n后 **粗**\n")
    qtbot.waitUntil(lambda: bold(field, 2) == "粗")
    field.moveCursor(QTextCursor.MoveOperation.Start)
    writer.paste("text", "```\n")
    qtbot.waitUntil(lambda: bold(field, 3) == bold(field, 5) == "")
    writer.undo("text")
    qtbot.waitUntil(lambda: bold(field, 2) == bold(field, 4) == "粗")


def test_letters_that_are_composed_keep_their_own_look_and_the_line_its_colours(
    writer: ComposeDriver, qtbot: QtBot
) -> None:
    field = writer.field("text")
    field.edit_text("**粗** 字 **尾**", 6, 6)
    qtbot.waitUntil(lambda: bold(field, 0) == "粗尾")
    under = QTextCharFormat()
    under.setFontUnderline(True)
    kind = QInputMethodEvent.AttributeType.TextFormat
    for letters in ("z", "zh", "zho", "zhong"):
        part = QInputMethodEvent.Attribute(kind, 0, len(letters), under)
        QApplication.sendEvent(field, QInputMethodEvent(letters, [part]))
        settled(qtbot, field)
        set_here = formats(field, 0)
        assert [(start, size) for start, size, one in set_here if one.fontUnderline()] == [
            (6, len(letters))
        ]
        bolds = [(start, size) for start, size, one in set_here if one.fontWeight() == 700]
        assert bolds == [(2, 1), (10 + len(letters), 1)]
        assert field.is_composing
        assert writer.draft.text == "**粗** 字 **尾**"
    done = QInputMethodEvent()
    done.setCommitString("中")
    QApplication.sendEvent(field, done)
    settled(qtbot, field)
    assert writer.draft.text == "**粗** 中字 **尾**"
    assert bold(field, 0) == "粗尾"
    assert not any(one.fontUnderline() for _, _, one in formats(field, 0))


def test_what_is_read_in_the_background_waits_for_letters_that_are_composed(
    writer: ComposeDriver, qtbot: QtBot
) -> None:
    field = writer.field("text")
    writer.paste("text", "\n字 **粗**" * 400)
    qtbot.waitUntil(lambda: bold(field, 300) == "粗")
    field.moveCursor(QTextCursor.MoveOperation.End)
    QApplication.sendEvent(field, QInputMethodEvent("zhong", []))
    done = QInputMethodEvent()
    done.setCommitString("中")
    QApplication.sendEvent(field, done)
    assert writer.draft.text.endswith("**粗**中")
    qtbot.waitUntil(lambda: bold(field, 400) == "粗")


def test_mentions_and_fields_show_in_plain_text_too(driver: ComposeDriver, qtbot: QtBot) -> None:
    mentions = Mentions(("13800000001",))
    text = "@13800000001 **不粗** {{名字}} @13800000002"
    driver.session.edit(Draft(kind=Kind.TEXT, text=text, mentions=mentions))
    field = driver.field("text")
    now = theme.current()
    wanted = {"@13800000001": now.accent.lower(), "{{名字}}": now.warn.lower()}
    qtbot.waitUntil(lambda: colours(field, 0) == wanted)
    assert bold(field, 0) == ""
    driver.session.edit(Draft(kind=Kind.TEXT, text=text))
    qtbot.waitUntil(lambda: "@13800000001" not in colours(field, 0))


def test_another_kind_shows_at_once_what_it_is(writer: ComposeDriver) -> None:
    field = writer.field("text")
    field.edit_text("**粗**", 0, 0)
    writer.choose_kind(Kind.TEXT)
    assert bold(field, 0) == ""
    writer.choose_kind(Kind.WHOLE_JUMP)
    assert bold(field, 0) == "粗"


def test_a_character_beyond_the_first_plane_moves_nothing(
    writer: ComposeDriver, qtbot: QtBot
) -> None:
    field = writer.field("text")
    field.edit_text("😀😀 **粗**", 0, 0)
    settled(qtbot, field)
    bolds = [(start, size) for start, size, one in formats(field, 0) if one.fontWeight() == 700]
    assert bolds == [(7, 1)]


@pytest.mark.usefixtures("_themes")
@pytest.mark.parametrize("name", [ThemeName.LIGHT, ThemeName.DARK])
def test_every_colour_can_be_read_in_both_themes(
    writer: ComposeDriver, qtbot: QtBot, qapp: QApplication, name: ThemeName
) -> None:
    theme.apply(qapp, name)
    field = writer.field("text")
    written = ("#FF0000", "#FFFF00", "#000000", "#FFFFFF", "#888888", "#0089FF")
    line = " ".join(f"<font color={one}>字</font>" for one in written)
    field.edit_text(f"{line} [词](x) `码` {{{{n}}}}\n> 引", 0, 0)
    settled(qtbot, field)
    ground = QColor(theme.current().field)
    for number in (0, 1):
        for _, _, one in formats(field, number):
            assert theme.contrast(one.foreground().color(), ground) >= theme.LEAST_CONTRAST
    assert field.document().isUndoRedoEnabled() is False


def test_highlighting_is_no_edit(writer: ComposeDriver, qtbot: QtBot) -> None:
    field = writer.field("text")
    edits: list[None] = []
    field.edited.connect(lambda: edits.append(None))
    writer.session.edit(Draft(kind=Kind.MARKDOWN, text="# 题\n\n**粗**"))
    qtbot.waitUntil(lambda: bold(field, 2) == "粗")
    assert edits == []
