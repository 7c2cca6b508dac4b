"""The report as PDF: each message as a picture of its bubble, its outcome and its hashes as text.

Drawn in the main thread, where widgets live. The records and the chain's part are in the HTML
report alone: nobody takes a long line out of a PDF as it was.
"""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPageSize, QPainter, QPdfWriter

from dingcomposer.core.plain_text import clean
from dingcomposer.interchange.exports.report import Facts, ReportSend, ReportWords
from dingcomposer.ui.preview.bubble.bubble import MessageAuthor
from dingcomposer.ui.preview.export import render_image

_DPI = 144
_SCREEN_DPI = 96
_MARGIN_MM = 16.0
_MOST_CHARACTERS = 1_200
_GAP = 10
_NAME_PART = 0.24
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
_INK, _QUIET, _LINE = "#1F2329", "#646A73", "#DEE0E3"


class PdfReport:
    """Writes page after page. Main thread; raises OSError."""

    def __init__(self, path: Path, words: ReportWords) -> None:
        self._words = words
        self._writer = QPdfWriter(str(path))
        self._writer.setResolution(_DPI)
        self._writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self._writer.setPageMargins(QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM))
        self._writer.setTitle(words.title)
        self._writer.setCreator("DingComposer")
        self._painter = QPainter()
        if not self._painter.begin(self._writer):
            raise OSError("the PDF cannot be written")
        self._width = self._painter.viewport().width()
        self._height = self._painter.viewport().height()
        self._y = 0.0
        self._text(words.title, 16, is_bold=True)
        self._facts(words.head)

    def add(self, send: ReportSend) -> None:
        """Draw one send; its heading and the beginning of its bubble stay together."""
        self._y += 2 * _GAP
        image = render_image(send.message, MessageAuthor(send.robot, send.colour))
        self._need(80 + min(image.height() / image.devicePixelRatio() * _DPI / _SCREEN_DPI, 200))
        self._painter.setPen(QColor(_LINE))
        self._painter.drawLine(0, int(self._y), self._width, int(self._y))
        self._y += _GAP
        self._text(f"{send.sign}  {send.outcome}", 11, is_bold=True)
        self._text(f"{send.robot} · {send.time}", 9, colour=_QUIET)
        self._y += _GAP / 2
        self._image(image)
        self._facts(send.facts)
        for title, facts in send.attempts:
            self._need(100)
            self._text(title, 9, is_bold=True)
            self._facts(facts)

    def finish(self) -> None:
        """Draw what the report does not prove, and end it."""
        self._y += 3 * _GAP
        self._need(160)
        self._text(self._words.limits_title, 13, is_bold=True)
        for one in self._words.limits:
            self._text(f"• {one}", 9)
        if not self._painter.end():
            raise OSError("the PDF could not be written whole")

    def abandon(self) -> None:
        """Let go of the file, whatever it holds."""
        if self._painter.isActive():
            self._painter.end()

    def _need(self, height: float) -> None:
        """Begin another page where less than this is left of this one."""
        if self._y + height > self._height and self._y > 0:
            self._writer.newPage()
            self._y = 0.0

    def _text(
        self, words: str, points: float, *, is_bold: bool = False, colour: str = _INK
    ) -> None:
        self._paragraph(words, QRectF(0, 0, self._width, 0), points, is_bold, colour)

    def _paragraph(
        self, words: str, column: QRectF, points: float, is_bold: bool, colour: str
    ) -> None:
        """A paragraph in a column, below whatever stands there."""
        font = QFont(self._painter.font())
        font.setPointSizeF(points)
        font.setBold(is_bold)
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))
        words = clean(words)
        room = QRectF(column.left(), 0, column.width(), 1e6)
        height = self._painter.boundingRect(room, _WRAPPED, words).height()
        self._need(height)
        self._painter.drawText(
            QRectF(column.left(), self._y, column.width(), height + 2), _WRAPPED, words
        )
        self._y += height + 3

    def _facts(self, facts: Facts) -> None:
        left = self._width * _NAME_PART
        for name, value in facts:
            shown = value if len(value) <= _MOST_CHARACTERS else f"{value[:_MOST_CHARACTERS]}…"
            self._need(60)
            top = self._y
            self._paragraph(name, QRectF(0, 0, left - _GAP, 0), 8, False, _QUIET)
            below, self._y = self._y, top
            column = QRectF(left, 0, self._width - left, 0)
            self._paragraph(shown, column, 8, False, _INK)
            self._y = max(self._y, below) if self._y >= top else self._y

    def _image(self, image: QImage) -> None:
        """The bubble, on several pages where it is higher than one."""
        scale = min(_DPI / _SCREEN_DPI / image.devicePixelRatio(), self._width / image.width())
        done = 0
        while done < image.height():
            room = self._height - self._y
            if room < 100 and self._y > 0:
                self._need(self._height)
                room = self._height
            part = min(image.height() - done, max(int(room / scale), 1))
            source = QRect(0, done, image.width(), part)
            target = QRectF(0, self._y, image.width() * scale, part * scale)
            self._painter.drawImage(target, image, source.toRectF())
            self._y += part * scale + (_GAP if done + part == image.height() else 0)
            done += part
            if done < image.height():
                self._need(self._height)
