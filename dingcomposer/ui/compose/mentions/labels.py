"""Mentions in the editor under their names: "@张三" is drawn, and "@13800000000" is the text."""

import re
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QTextBlock, QTextLine

from dingcomposer.core.checks.mentions import has_mention
from dingcomposer.core.messages import Mentions
from dingcomposer.core.records import dataclass, lazy_pattern
from dingcomposer.services.contacts import Contacts
from dingcomposer.ui import theme
from dingcomposer.ui.widgets.gutter_editor import GutterEditor
from dingcomposer.ui.widgets.text_fields import units

_RADIUS = 5
_PAD_PX = 4
_TAIL_DIGITS = 4
_TOKEN = lazy_pattern(r"@[+0-9A-Za-z_.-]*")
_LOST = 3
"""So many digits may differ where a number is still meant to be the one it was."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A mention in a line of the document, in UTF-16 units from the document's beginning."""

    start: int
    end: int
    person: str


class MentionLabels(QObject):
    """Draws names over the numbers of those who are mentioned, and hears when a number breaks.

    Where the caret or a selection touches a number, the number itself is shown.

    Signals:
        broken(str): somebody, by this name, stood in the text and no longer does, since a digit of
            the number was changed.
    """

    broken = Signal(str)

    def __init__(self, text: GutterEditor, book: Contacts) -> None:
        super().__init__(text)
        self._text, self._book = text, book
        self._mentions = Mentions()
        self._people: tuple[str, ...] = ()
        self._pattern: re.Pattern[str] | None = None
        self._touched: tuple[_Place, ...] = ()
        # Who stands in the text, and who stood there before it changed last.
        self._now: frozenset[str] = frozenset()
        self._before: frozenset[str] = frozenset()
        self._broken: set[str] = set()
        text.overlay = self._paint
        text.edited.connect(self._on_edited)
        text.cursorPositionChanged.connect(self._on_caret_moved)
        text.selectionChanged.connect(self._on_caret_moved)
        book.changed.connect(self._on_names_changed)

    def show_mentions(self, mentions: Mentions) -> None:
        """These are mentioned, and the text has changed, by whomever: an edit is told after it."""
        if mentions != self._mentions:
            self._mentions = mentions
            self._people = (*mentions.mobiles, *mentions.user_ids)
            self._on_names_changed()
        self._before, self._now = self._now, self._present()

    def _on_names_changed(self) -> None:
        named = [re.escape(one) for one in self._people if one in self._book.labels]
        whole = rf"@({'|'.join(sorted(named, key=len, reverse=True))})(?![0-9A-Za-z_])"
        self._pattern = re.compile(whole) if named else None
        self._text.viewport().update()

    # --- a number that breaks -------------------------------------------------------------------

    def _present(self) -> frozenset[str]:
        text = self._text.shown_text
        if "@" not in text:
            return frozenset()
        return frozenset(one for one in self._people if has_mention(text, one))

    def _on_edited(self) -> None:
        gone = (self._broken | (self._before - self._now)) - self._now
        token = self._token_at_caret() if gone else ""
        self._broken = {one for one in gone if _is_near(token, one)}
        for person in sorted(self._broken):
            self.broken.emit(self._book.labels.get(person, person))

    def _token_at_caret(self) -> str:
        """What stands behind the "@" that the caret is in, or at the end of."""
        text, at = self._text.shown_text, self._text.selected_range()[0]
        line = text[: at + 1].count("\n", 0, at)
        start = text.rfind("\n", 0, at) + 1
        words = text.split("\n")[line]
        for match in _TOKEN.finditer(words):
            if match.start() < at - start <= match.end():
                return match[0][1:]
        return ""

    # --- drawing --------------------------------------------------------------------------------

    def _on_caret_moved(self) -> None:
        """Draw anew only where a number is shown instead of its name, or no longer is."""
        touched = self._found_touched()
        if touched != self._touched:
            self._touched = touched
            self._text.viewport().update()

    def _found_touched(self) -> tuple[_Place, ...]:
        if self._pattern is None:
            return ()
        cursor = self._text.textCursor()
        document = self._text.document()
        first = document.findBlock(cursor.selectionStart())
        last = document.findBlock(cursor.selectionEnd()).blockNumber()
        found: list[_Place] = []
        while first.isValid() and first.blockNumber() <= last and len(found) < len(self._people):
            found += [one for one in self._places(first) if self._is_touched(one)]
            first = first.next()
        return tuple(found)

    def _is_touched(self, place: _Place) -> bool:
        cursor = self._text.textCursor()
        if cursor.hasSelection():
            return cursor.selectionStart() < place.end and place.start < cursor.selectionEnd()
        return self._text.hasFocus() and place.start < cursor.position() <= place.end

    def _places(self, block: QTextBlock) -> Iterator[_Place]:
        words = block.text()
        if self._pattern is None or "@" not in words:
            return
        for match in self._pattern.finditer(words):
            start = block.position() + units(words[: match.start()])
            yield _Place(start, start + units(match[0]), match[1])

    def _paint(self, painter: QPainter, dirty: QRect) -> None:
        if self._pattern is None:
            return
        text = self._text
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        block = text.firstVisibleBlock()
        while block.isValid():
            bounds = text.blockBoundingGeometry(block).translated(text.contentOffset())
            if bounds.top() > dirty.bottom():
                return
            if bounds.bottom() >= dirty.top() and not block.layout().preeditAreaText():
                for place in self._places(block):
                    self._paint_place(painter, block, place, bounds.topLeft())
            block = block.next()

    def _paint_place(
        self, painter: QPainter, block: QTextBlock, place: _Place, origin: QPointF
    ) -> None:
        start, end = place.start - block.position(), place.end - block.position()
        line = block.layout().lineForTextPosition(start)
        if not line.isValid() or end > line.textStart() + line.textLength():
            return  # it goes on in the next row: the number is shown
        if self._is_touched(place):
            return
        left, right = _x_of(line, start), _x_of(line, end)
        rect = QRectF(left, line.y(), right - left, line.height()).translated(origin)
        self._paint_label(painter, rect, self._book.labels.get(place.person, ""), place.person)

    def _paint_label(self, painter: QPainter, rect: QRectF, name: str, person: str) -> None:
        now = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(rect, self._text.palette().base())
        painter.setBrush(QColor(now.accent_soft))
        painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
        inner = rect.adjusted(_PAD_PX, 0, -_PAD_PX, 0)
        painter.setFont(self._text.font())
        metrics = QFontMetricsF(self._text.font())
        shown = metrics.elidedText(f"@{name}", Qt.TextElideMode.ElideRight, inner.width())
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(QColor(now.accent))
        painter.drawText(inner, left, shown)
        tail = f"…{person[-_TAIL_DIGITS:]}"
        if metrics.horizontalAdvance(f"@{name} {tail}") <= inner.width():
            painter.setPen(QColor(now.quiet))
            right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(inner, right, tail)


def _x_of(line: QTextLine, place: int) -> float:
    x: Any = line.cursorToX(place)  # declared to give back an object
    return float(x[0] if isinstance(x, tuple) else x)


def _is_near(token: str, person: str) -> bool:
    """Whether a token is a number with a few of its digits changed, or gone."""
    if not token or abs(len(token) - len(person)) > _LOST:
        return False
    head = next((at for at, (a, b) in enumerate(zip(token, person, strict=False)) if a != b), None)
    if head is None:
        return True
    behind = zip(token[head:][::-1], person[head:][::-1], strict=False)
    tail = next((at for at, (a, b) in enumerate(behind) if a != b), len(person))
    return head + tail >= len(person) - _LOST
