"""Highlighting of the text that is written: calm, in the theme's colours, and never in the way.

It shows what the dialect's own reader says. A key is answered at once where its part of the text
is short; what takes longer is read in the background, and shown when it is there. Nothing is set
in letters that an input method is composing. What a key changes is drawn anew, and nothing else.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextDocumentLayout

from dingcomposer.core.checks.leftovers import fields_in
from dingcomposer.core.dialect.highlighting import Highlights, Lines, Run, SourceStyle, highlight
from dingcomposer.services.background import Background
from dingcomposer.ui import theme
from dingcomposer.ui.widgets.text_fields import units

MOST_CHARACTERS: Final = 40_000
"""A longer text is shown plainly: it cannot be sent anyway."""

_AT_ONCE: Final = 1_200
"""So many characters that are not known yet are read with the key; a millisecond's worth."""


class SourceHighlighter(QSyntaxHighlighter):
    """Highlights one document, from `refresh` on whenever it changes."""

    def __init__(self, document: QTextDocument, background: Background) -> None:
        super().__init__(document)
        self._redrawing = LineRedrawing(document)
        self._background = background
        self._formats: dict[tuple[SourceStyle, str], QTextCharFormat] = {}
        self._is_markdown = False
        self._people: re.Pattern[str] | None = None
        self._text = ""
        self._highlights = Highlights()
        self._lines: list[tuple[Run, ...]] = []
        self._revision = -1
        self._shown: list[tuple[Run, ...]] = []  # what each line of the document shows
        self._to_show = QTimer(self, singleShot=True, interval=0)
        self._to_show.timeout.connect(self._show_others)
        document.contentsChanged.connect(self._on_contents_changed)

    def set_markdown(self, *, is_markdown: bool) -> None:
        """Whether the text is DingTalk's markdown; in plain text only mentions and fields show."""
        if is_markdown != self._is_markdown:
            self._is_markdown = is_markdown
            self._revision, self._text, self._lines = -1, "", []
            self._highlights = Highlights()
            self.rehighlight()

    def set_people(self, people: tuple[str, ...]) -> None:
        """Who is mentioned: their numbers stand out where they are behind an @."""
        names = sorted(map(re.escape, people), key=len, reverse=True)
        pattern = re.compile(rf"@(?:{'|'.join(names)})(?![0-9A-Za-z_])") if names else None
        if pattern != self._people:
            self._people = pattern
            if "@" in self._text:
                self.rehighlight()

    def follow_theme(self) -> None:
        """Take the colours of the theme that is on."""
        self._formats.clear()
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show a line; Qt asks for those that changed."""
        self._read()
        number = self.currentBlock().blockNumber()
        runs = self._lines[number] if number < len(self._lines) else ()
        if number < len(self._shown):
            self._shown[number] = runs
        is_plain = text.isascii() or max(text) <= "\uffff"
        for run in (*runs, *self._found_in(text)):
            if run.start >= len(text):
                break
            start, end = run.start, min(run.end, len(text))
            if not is_plain:
                start, end = units(text[:start]), units(text[:end])
            self.setFormat(start, end - start, self._format(run.style, run.colour))

    def _found_in(self, text: str) -> Iterator[Run]:
        """Mentions and fields of templates: they show in whatever they stand."""
        if self._people is not None and "@" in text:
            for found in self._people.finditer(text):
                yield Run(*found.span(), SourceStyle.MENTION)
        for start, end in fields_in(text):
            yield Run(start, end, SourceStyle.FIELD)

    # --- reading --------------------------------------------------------------------------------

    def _read(self) -> None:
        """Bring `_lines` up to date, or have that done in the background."""
        document = self.document()
        if document.revision() == self._revision:
            return
        self._revision = document.revision()
        text = document.toRawText().replace("\u2029", "\n")
        if text == self._text and self._lines:
            return
        self._shown = _moved(self._shown, self._text, text)
        self._text = text
        if not self._is_markdown or len(text) > MOST_CHARACTERS:
            self._lines = [()] * len(self._shown)
            return
        if not self._highlights.change(text, most_new=_AT_ONCE):
            self._background.run(id(self), highlight, text, partial(self._on_read, text))
        self._lines = self._highlights.runs

    def _on_read(self, text: str, found: Lines) -> None:
        if text == self._text and self._is_markdown:
            self._highlights.adopt(text, found)
            self._lines = self._highlights.runs
            self._show_others()

    def _on_contents_changed(self) -> None:
        if self._shown != self._lines[: len(self._shown)]:
            self._to_show.start()  # what follows from the key, once the key itself is shown

    def _show_others(self) -> None:
        """Show the lines that look otherwise, though nobody wrote in them."""
        block = self.document().begin()
        for shown, wanted in zip(tuple(self._shown), tuple(self._lines), strict=False):
            if shown is not wanted and shown != wanted:
                self.rehighlightBlock(block)
            block = block.next()

    # --- looks ----------------------------------------------------------------------------------

    def _format(self, style: SourceStyle, colour: str) -> QTextCharFormat:
        found = self._formats.get((style, colour))
        if found is None:
            found = self._formats[style, colour] = _format_of(style, colour)
        return found


class LineRedrawing(QObject):
    """Has a line drawn anew by itself where it alone was changed, formats and all.

    Qt takes the formats of a line for a change that reaches beyond it, and draws the whole field.
    So its layout is silent meanwhile, and what it would have said is said here.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        layout = document.documentLayout()
        assert isinstance(layout, QPlainTextDocumentLayout)
        self._document, self._layout = document, layout
        self._place = (0, 0)  # how many lines there are, and which of them is changed
        self._is_silent = self._is_one = False
        self._height_px: float | None = None  # of that line; None: not known any more
        document.contentsChange.connect(self._on_change)
        document.contentsChanged.connect(self._on_changed)
        layout.update.connect(self._forget)

    def _on_change(self, position: int, removed: int, added: int) -> None:
        if self._is_silent:  # a change within a change
            self._speak(is_whole=True)
        block = self._document.findBlock(position)
        end = block.position() + block.length()
        place = (self._document.blockCount(), block.blockNumber())
        # Where something was removed, Qt looks at one character more.
        self._is_one = position + added + (removed > 0) < end
        if not self._is_one or place != self._place:
            self._height_px = None
        self._place = place
        if self._height_px is not None:
            self._is_silent = True
            self._layout.blockSignals(True)

    def _on_changed(self) -> None:
        if self._is_silent:
            self._speak(is_whole=False)
        if self._is_one:
            self._height_px = self._layout.blockBoundingRect(self._block()).height()

    def _speak(self, *, is_whole: bool) -> None:
        self._is_silent = False
        self._layout.blockSignals(False)
        block = self._block()
        is_as_high = self._layout.blockBoundingRect(block).height() == self._height_px
        if is_as_high and not is_whole:
            self._layout.updateBlock.emit(block)
        else:
            self._layout.documentSizeChanged.emit(self._layout.documentSize())
            self._layout.requestUpdate()

    def _block(self) -> QTextBlock:
        return self._document.findBlockByNumber(self._place[1])

    def _forget(self) -> None:
        self._height_px = None


def _format_of(style: SourceStyle, colour: str) -> QTextCharFormat:
    """How a stretch looks. Sizes stay as they are: a line that grows would move the others."""
    now = theme.current()
    made = QTextCharFormat()
    if style & (SourceStyle.HEADING | SourceStyle.BOLD) and not style & SourceStyle.MARK:
        made.setFontWeight(QFont.Weight.Bold)
    if style & SourceStyle.ITALIC and not style & SourceStyle.MARK:
        made.setFontItalic(True)
    foreground = _foreground(style, colour, now)
    if foreground:
        made.setForeground(QColor(foreground))
    if style & (SourceStyle.CODE | SourceStyle.FIELD):
        made.setBackground(QColor(now.warn_soft if style & SourceStyle.FIELD else now.window))
    return made


def _foreground(style: SourceStyle, colour: str, now: theme.Theme) -> str:
    for wanted, found in (
        (SourceStyle.FIELD, now.warn),
        (SourceStyle.MENTION, now.accent),
        (SourceStyle.MARK | SourceStyle.ADDRESS, now.faint),
        (SourceStyle.COLOUR, _readable(colour, now)),
        (SourceStyle.LINK | SourceStyle.PICTURE, now.accent),
        (SourceStyle.QUOTE | SourceStyle.CODE, now.quiet),
    ):
        if style & wanted:
            return found
    return ""


def _readable(colour: str, now: theme.Theme) -> str:
    """The colour as it was written, nearer to the text's where it could not be read."""
    made, text = QColor(colour), QColor(now.text)
    if not made.isValid():
        return now.text
    for _ in range(20):
        if theme.contrast(made, QColor(now.field)) >= theme.LEAST_CONTRAST:
            break
        made = QColor(
            *(round(0.8 * a + 0.2 * b) for a, b in zip(_rgb(made), _rgb(text), strict=True))
        )
    return made.name()


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


def _moved(lines: list[tuple[Run, ...]], before: str, text: str) -> list[tuple[Run, ...]]:
    """The runs of the lines of `before`, each with its line where that stands in `text`."""
    old, new = before.count("\n") + 1, text.count("\n") + 1
    if len(lines) != old:
        return [()] * new
    if old == new:
        return lines
    pairs = zip(before.split("\n"), text.split("\n"), strict=False)
    head = next((number for number, (a, b) in enumerate(pairs) if a != b), min(old, new))
    tail = min(old, new) - head
    return [*lines[:head], *[()] * (new - head - tail), *lines[old - tail :]]
