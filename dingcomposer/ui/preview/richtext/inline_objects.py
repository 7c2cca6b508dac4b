"""Pictures and tables that stand in a body's lines: how large they are, and how they are drawn."""

from PySide6.QtCore import QRect, QRectF, QSizeF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QPyTextObject,
    QTextDocument,
    QTextFormat,
)

from dingcomposer.core.addresses import host_of
from dingcomposer.ui.preview.bubble import painting
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.images.store import ImageStore
from dingcomposer.ui.preview.richtext.formats import (
    OBJECT_INDENT,
    PICTURE_ALT,
    PICTURE_SOURCE,
    TABLE_HTML,
)
from dingcomposer.ui.widgets.text_fields import FindPlaces, cursors_at

_RADIUS_PX = 4
_MARGIN_PX = 4  # above and below, so that words keep their distance


class InlinePictures(QPyTextObject):
    """Draws the pictures of a document: at most as wide as its text, and 350 px high."""

    def __init__(self, document: QTextDocument, pictures: ImageStore, look: dt.Style) -> None:
        super().__init__(document)
        self._pictures = pictures
        self.look = look

    def intrinsicSize(self, doc: QTextDocument, position: int, fmt: QTextFormat) -> QSizeF:  # noqa: N802
        """The room that the picture takes."""
        width = max(40.0, doc.textWidth() - fmt.intProperty(OBJECT_INDENT))
        image = self._pictures.find(fmt.stringProperty(PICTURE_SOURCE)).image
        if image is None or image.isNull():
            return QSizeF(width, round(width * dt.PICTURE_SHAPE) + 2 * _MARGIN_PX)
        scale = min(1.0, width / image.width(), dt.PICTURE_MAX_HEIGHT_PX / image.height())
        return QSizeF(image.width() * scale, image.height() * scale + 2 * _MARGIN_PX)

    def drawObject(  # noqa: N802
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        position: int,
        fmt: QTextFormat,
    ) -> None:
        """The picture, or its placeholder with description and host."""
        source = fmt.stringProperty(PICTURE_SOURCE)
        words = (fmt.stringProperty(PICTURE_ALT), host_of(source) or source)
        caption = " · ".join(word for word in words if word)
        found = self._pictures.find(source)
        frame = QRectF(rect).adjusted(0, _MARGIN_PX, 0, -_MARGIN_PX)
        painting.picture(painter, painting.rounded(frame, _RADIUS_PX), found, self.look, caption)


_CELL_MARGIN_PX = 2
_MOST_KEPT = 32


class InlineTables(QPyTextObject):
    """Draws the tables of a document, at most as wide as its text."""

    def __init__(self, document: QTextDocument, look: dt.Style) -> None:
        super().__init__(document)
        self.look = look
        self._kept: dict[tuple[str, float, bool], QTextDocument] = {}
        self._find: FindPlaces | None = None
        self._ground = ""

    def show_found(self, find: FindPlaces | None, ground: str) -> None:
        """Put a colour behind what `find` gives of each cell, when a table is drawn next."""
        self._find, self._ground = find, ground

    def intrinsicSize(self, doc: QTextDocument, position: int, fmt: QTextFormat) -> QSizeF:  # noqa: N802
        """The room that the table takes."""
        table = self._table(doc, fmt)
        return QSizeF(table.idealWidth(), table.size().height() + 2 * _CELL_MARGIN_PX)

    def drawObject(  # noqa: N802
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        position: int,
        fmt: QTextFormat,
    ) -> None:
        """The table with thin lines and a grey head, and what is looked for marked in it."""
        painter.save()
        painter.translate(QRectF(rect).topLeft())
        painter.translate(0, _CELL_MARGIN_PX)
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, QColor(self.look.text))
        context.palette = palette
        table = self._table(doc, fmt)
        context.selections = self._marks(table)  # all at once: Qt hands out a copy of the list
        table.documentLayout().draw(painter, context)
        painter.restore()

    def _marks(self, table: QTextDocument) -> list[QAbstractTextDocumentLayout.Selection]:
        marks = []
        for cursor in cursors_at(table, self._find):
            mark = QAbstractTextDocumentLayout.Selection()
            mark.cursor = cursor
            mark.format.setBackground(QColor(self._ground))
            marks.append(mark)
        return marks

    def _table(self, doc: QTextDocument, fmt: QTextFormat) -> QTextDocument:
        html = fmt.stringProperty(TABLE_HTML)
        width = max(40.0, doc.textWidth() - fmt.intProperty(OBJECT_INDENT))
        key = (html, width, self.look.is_dark)
        if key not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = self._lay_out(html, width)
        return self._kept[key]

    def _lay_out(self, html: str, width: float) -> QTextDocument:
        look = self.look
        made = QTextDocument(self)
        made.setUndoRedoEnabled(False)
        made.setDocumentMargin(0)
        made.setDefaultFont(dt.font(13))
        made.setDefaultStyleSheet(
            f"table {{ border-collapse: collapse; border: 1px solid {look.quote_bar}; }}"
            f"td, th {{ border: 1px solid {look.quote_bar}; padding: 4px 8px; }}"
            f"td, th {{ color: {look.text}; }}"
            f"th {{ background: {look.code}; }}"
            f"a {{ color: {look.link}; text-decoration: none; }}"
        )
        made.setHtml(html)
        made.setTextWidth(width)
        return made
