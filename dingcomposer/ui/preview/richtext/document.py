"""Paragraphs on a Qt document, one block each, of which an edit replaces only those that changed.

However it got there, the document always equals one that was made of the same paragraphs afresh.
"""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.richtext.formats import BodyStyle, Formats
from dingcomposer.ui.preview.richtext.paragraphs import Paragraph, Table, TextRun, common_ends

_SLICE_MS = 4
_SLICE_WEIGHT = 60  # a paragraph and each of its pieces count one
_OBJECT = "\ufffc"


class BodyDocument(QObject):
    """A document that shows paragraphs.

    Signals:
        settled(): all paragraphs that were asked for stand in the document.
    """

    settled = Signal()

    def __init__(self, document: QTextDocument, style: BodyStyle) -> None:
        super().__init__(document)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(dt.font(dt.BODY_FONT_PX))
        self._document = document
        self._formats = Formats(style)
        self._shown: tuple[Paragraph, ...] = ()
        self._wanted: tuple[Paragraph, ...] = ()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._on_later)
        self._set_wrapping()

    @property
    def shown(self) -> tuple[Paragraph, ...]:
        """The paragraphs in the document at this moment; number n is block n."""
        return self._shown

    @property
    def style(self) -> BodyStyle:
        """The style in which they are drawn."""
        return self._formats.style

    @property
    def is_settled(self) -> bool:
        """True where the document holds what was asked for."""
        return not self._later.isActive()

    def show(self, paragraphs: tuple[Paragraph, ...], style: BodyStyle | None = None) -> None:
        """Show these instead; many new ones come in slices, between which the window lives on."""
        if style is not None and style != self.style:
            self._formats = Formats(style)
            self._document.clear()
            self._shown = ()
            self._set_wrapping()
        self._wanted = paragraphs
        self._on_later()

    def show_now(self, paragraphs: tuple[Paragraph, ...], style: BodyStyle | None = None) -> None:
        """Show these before returning, however many they are."""
        self.show(paragraphs, style)
        while not self.is_settled:
            self._on_later()

    def _set_wrapping(self) -> None:
        modes = QTextOption.WrapMode
        option = self._document.defaultTextOption()
        is_anywhere = self.style.breaks_anywhere
        option.setWrapMode(
            modes.WrapAnywhere if is_anywhere else modes.WrapAtWordBoundaryOrAnywhere
        )
        self._document.setDefaultTextOption(option)

    def _on_later(self) -> None:
        spent = QElapsedTimer()
        spent.start()
        while self._shown != self._wanted:
            if spent.elapsed() >= _SLICE_MS:
                self._later.start()
                return
            self._step()
        self._later.stop()
        self.settled.emit()

    def _step(self) -> None:
        """Bring the document one slice nearer to what is wanted."""
        start, end = common_ends(self._shown, self._wanted)
        old_end = len(self._shown) - end
        new = self._wanted[start : len(self._wanted) - end]
        count = _slice_length(new)
        if count < len(new):
            new = new[:count]
            old_end = min(old_end, start + count)
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        kept = min(old_end - start, len(new))
        for at in range(kept):
            self._rewrite(cursor, start + at, new[at])
        for at in range(kept, len(new)):
            self._insert(cursor, start + at, new[at])
        shown = (*self._shown[:start], *new, *self._shown[old_end:])
        if old_end - start > kept:
            self._remove(cursor, start + kept, old_end, shown)
        cursor.endEditBlock()
        self._shown = shown

    def _rewrite(self, cursor: QTextCursor, at: int, paragraph: Paragraph) -> None:
        block = self._document.findBlockByNumber(at)
        cursor.setPosition(block.position())
        cursor.movePosition(cursor.MoveOperation.EndOfBlock, cursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self._dress(cursor, paragraph)
        self._write(cursor, paragraph)

    def _insert(self, cursor: QTextCursor, at: int, paragraph: Paragraph) -> None:
        if not self._shown and at == 0:  # the one block of an empty document
            self._rewrite(cursor, 0, paragraph)
        elif at == 0:
            below = self._document.firstBlock()
            cursor.setPosition(0)
            cursor.insertBlock(below.blockFormat(), below.charFormat())
            cursor.setPosition(0)
            self._dress(cursor, paragraph)
            self._write(cursor, paragraph)
        else:
            above = self._document.findBlockByNumber(at - 1)
            cursor.setPosition(above.position() + above.length() - 1)
            cursor.insertBlock(self._formats.block(paragraph), self._formats.base(paragraph))
            self._write(cursor, paragraph)

    def _remove(
        self, cursor: QTextCursor, start: int, end: int, left: tuple[Paragraph, ...]
    ) -> None:
        """Take blocks away. Which look the one that is left at the seam has is up to Qt: set it."""
        keep = cursor.MoveMode.KeepAnchor
        if end < len(self._shown):
            cursor.setPosition(self._document.findBlockByNumber(start).position())
            cursor.setPosition(self._document.findBlockByNumber(end).position(), keep)
            cursor.removeSelectedText()
            self._dress(cursor, left[start])
            return
        last = self._document.lastBlock()
        if start > 0:
            above = self._document.findBlockByNumber(start - 1)
            cursor.setPosition(above.position() + above.length() - 1)
        else:
            cursor.setPosition(0)
        cursor.setPosition(last.position() + last.length() - 1, keep)
        cursor.removeSelectedText()
        if start > 0:
            self._dress(cursor, left[start - 1])
        else:
            cursor.setBlockFormat(QTextBlockFormat())
            cursor.setBlockCharFormat(QTextCharFormat())

    def _dress(self, cursor: QTextCursor, paragraph: Paragraph) -> None:
        cursor.setBlockFormat(self._formats.block(paragraph))
        cursor.setBlockCharFormat(self._formats.base(paragraph))

    def _write(self, cursor: QTextCursor, paragraph: Paragraph) -> None:
        for piece in paragraph.pieces:
            if isinstance(piece, TextRun):
                cursor.insertText(piece.text, self._formats.run(piece, paragraph))
            elif isinstance(piece, Table):
                cursor.insertText(_OBJECT, self._formats.table(piece, paragraph))
            else:
                cursor.insertText(_OBJECT, self._formats.picture(piece, paragraph))


def _slice_length(paragraphs: tuple[Paragraph, ...]) -> int:
    """How many of these are one slice: at least one."""
    weight = 0
    for count, paragraph in enumerate(paragraphs):
        weight += 1 + len(paragraph.pieces)
        if weight > _SLICE_WEIGHT and count:
            return count
    return len(paragraphs)
