"""A body on the screen: paragraphs of a fixed width, as high as they need, selectable."""

import math
from collections.abc import Callable, Mapping

from PySide6.QtCore import (
    QEvent,
    QLineF,
    QMimeData,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    QUrl,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextBlock,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextBrowser, QToolTip, QWidget

from dingcomposer.ui.preview.bubble import painting
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.images.store import ImageStore
from dingcomposer.ui.preview.richtext.document import BodyDocument
from dingcomposer.ui.preview.richtext.formats import (
    CODE_PAD_PX,
    PICTURE_OBJECT,
    PICTURE_SOURCE,
    TABLE_OBJECT,
    BodyStyle,
    indent_px,
)
from dingcomposer.ui.preview.richtext.inline_objects import InlinePictures, InlineTables
from dingcomposer.ui.preview.richtext.paragraphs import (
    BULLETS,
    Gap,
    Inside,
    Paragraph,
    Picture,
    Shape,
    Table,
)
from dingcomposer.ui.widgets.text_fields import FindPlaces, mark_places

GUTTER_PX = dt.PADDING_PX  # at the right of the words: the card's padding, where marks stand
PLACE_PX = 3  # the bar beside the paragraphs that are being written
_OFF = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


class RichView(QTextBrowser):
    """Shows paragraphs. It opens nothing: whoever connects to `link_clicked` does.

    Signals:
        link_clicked(str): a link's address, as written.
        paragraph_clicked(int): the number of a paragraph that was clicked on, links aside.
        settled(): all that was asked for is on the page.
    """

    link_clicked = Signal(str)
    paragraph_clicked = Signal(int)
    settled = Signal()

    def __init__(
        self, pictures: ImageStore, style: BodyStyle, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Text of the message"))
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        # It paints the card's colour, so that a line that changes has nothing else painted.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setVerticalScrollBarPolicy(_OFF)
        self.setHorizontalScrollBarPolicy(_OFF)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self.setOpenLinks(False)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.rangeChanged.connect(self._on_range_changed)
        self._pictures = pictures
        self._page = BodyDocument(self.document(), style)
        self._objects = InlinePictures(self.document(), pictures, style.look)
        self.document().documentLayout().registerHandler(PICTURE_OBJECT, self._objects)
        self._tables = InlineTables(self.document(), style.look)
        self.document().documentLayout().registerHandler(TABLE_OBJECT, self._tables)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self._page.settled.connect(self.settled)
        self.anchorClicked.connect(self._on_anchor_clicked)
        pictures.changed.connect(self._on_picture_changed)
        pictures.cleared.connect(self._on_pictures_cleared)
        pictures.sought.connect(self._on_picture_sought)
        self._width = 0
        self._is_narrow = False
        self._place = range(0)
        self._marks: Mapping[int, str] = {}
        self._seen_size = QSizeF()
        self._apply_look()

    @property
    def page(self) -> BodyDocument:
        """The document behind the view."""
        return self._page

    def show_body(
        self,
        paragraphs: tuple[Paragraph, ...],
        style: BodyStyle,
        width: int,
        *,
        is_narrow: bool = False,
        is_now: bool = False,
    ) -> None:
        """Show these paragraphs in a width.

        `is_narrow`: no wider than the words need. `is_now`: all of them before this returns;
        otherwise many new ones come in slices.
        """
        self._is_narrow = is_narrow
        if width != self._width:
            self._width = width
            self.setLineWrapColumnOrWidth(width)
        is_new_look = style.look != self._page.style.look
        if is_now:
            self._page.show_now(paragraphs, style)
        else:
            self._page.show(paragraphs, style)
        if is_new_look:
            self._apply_look()
        self._fit(self.document().size() if is_now else self._seen_size)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Plain text, with what stands before list items."""
        data = QMimeData()
        data.setText(self._selected_text())
        return data

    def viewportEvent(self, event: QEvent) -> bool:
        """Tells what a mark means, or a link's or a picture's address, under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            spot = event.pos()
            words = self._mark_at(spot) or self.anchorAt(spot)
            source = "" if words else self._picture_at(spot)
            found = self._pictures.find(source)
            shown = painting.picture_tooltip(source, found) if source else ""
            QToolTip.showText(event.globalPos(), shown or painting.as_tooltip(words), self)
            return True
        return super().viewportEvent(event)

    def show_marks(self, marks: Mapping[int, str]) -> None:
        """Put a small mark beside paragraphs, by number; hovering over it says these words."""
        if marks != self._marks:
            self._marks = marks
            self.viewport().update()

    def show_place(self, numbers: range) -> None:
        """Put a thin bar beside these paragraphs, in the margin; an empty range takes it away."""
        if numbers != self._place:
            self._place = numbers
            self.viewport().update()

    def show_found(self, find: FindPlaces | None, ground: str) -> None:
        """Put a colour behind what `find` gives of each paragraph, and of each cell of a table."""
        mark_places(self, find, ground)
        self._tables.show_found(find, ground)
        self.viewport().update()

    def top_and_bottom(self, numbers: range) -> tuple[int, int]:
        """Where these paragraphs stand, in pixels from the top; both 0 where there are none."""
        layout = self.document().documentLayout()
        blocks = [self.document().findBlockByNumber(number) for number in numbers]
        rects = [layout.blockBoundingRect(block) for block in blocks if block.isValid()]
        return (round(rects[0].top()), round(rects[-1].bottom())) if rects else (0, 0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A plain click tells its paragraph."""
        super().mouseReleaseEvent(event)
        spot = event.position().toPoint()
        is_plain = event.button() == Qt.MouseButton.LeftButton and not self.anchorAt(spot)
        if is_plain and not self.textCursor().hasSelection():
            self.paragraph_clicked.emit(self.cursorForPosition(spot).blockNumber())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to whoever scrolls around the view."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Below the words what rich text cannot draw: bars, rules, code's ground, list marks."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._page.style.look.card))
        block = self.cursorForPosition(event.rect().topLeft()).block()
        block = block.previous() if block.previous().isValid() else block
        while block.isValid() and block.blockNumber() < len(self._page.shown):
            rect = self.document().documentLayout().blockBoundingRect(block)
            if rect.top() > event.rect().bottom() + 40:
                break
            self._paint_block(painter, block, rect)
            block = block.next()
        painter.end()
        super().paintEvent(event)
        if self.hasFocus():
            ring = QPainter(self.viewport())
            ring.setPen(QColor(self._page.style.look.link))
            ring.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
            ring.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A ring comes round it; it paints no more than what is asked for."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """… and goes."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _paint_block(self, painter: QPainter, block: QTextBlock, rect: QRectF) -> None:
        look = self._page.style.look
        paragraph = self._page.shown[block.blockNumber()]
        if block.blockNumber() in self._place:
            bar = QRectF(self.width() - PLACE_PX, rect.top() - 1, PLACE_PX, rect.height() + 2)
            painter.fillRect(bar, QColor(look.place))
        for depth, one in enumerate(paragraph.inside):
            if one is Inside.QUOTE:
                top = self._end_above(block) if depth < paragraph.shared else rect.top()
                bar = QRectF(
                    *(indent_px(paragraph.inside[:depth]), top),
                    *(dt.QUOTE_BAR_PX, rect.bottom() - top),
                )
                painter.fillRect(bar, QColor(look.quote_bar))
        if paragraph.shape is Shape.RULE:
            left, y = indent_px(paragraph.inside), rect.top() + 0.5
            painting.hairline(painter, QLineF(left, y, self._width, y), look.rule)
        if paragraph.shape is Shape.CODE:
            self._paint_code(painter, block, paragraph, rect)
        if block.blockNumber() in self._marks:
            middle = QPointF(self._width + GUTTER_PX / 2, rect.top() + dt.BODY_LINE_PX / 2)
            painting.mark(painter, middle, look)
        if paragraph.marker:
            self._paint_marker(painter, block, paragraph, rect)

    def _paint_code(
        self, painter: QPainter, block: QTextBlock, paragraph: Paragraph, rect: QRectF
    ) -> None:
        after = block.blockNumber() + 1
        shown = self._page.shown
        goes_on = (
            after < len(shown) and shown[after].shape is Shape.CODE and shown[after].gap is Gap.NONE
        )
        starts = paragraph.gap is not Gap.NONE or block.blockNumber() == 0
        left = indent_px(paragraph.inside)
        top = rect.top() - (CODE_PAD_PX if starts else 0)
        bottom = rect.bottom() + (0 if goes_on else CODE_PAD_PX)
        ground = QRectF(left, top, self._width - left, bottom - top)
        path = painting.rounded(ground, 4 if starts else 0, 0 if goes_on else 4)
        painter.fillPath(path, QColor(self._page.style.look.code))

    def _paint_marker(
        self, painter: QPainter, block: QTextBlock, paragraph: Paragraph, rect: QRectF
    ) -> None:
        line = block.layout().lineAt(0)
        if not line.isValid():
            return
        depth = max(
            (at for at, one in enumerate(paragraph.inside) if one is Inside.LIST), default=0
        )
        right = indent_px(paragraph.inside[: depth + 1]) - 6
        colour = block.charFormat().foreground().color()
        baseline = rect.top() + line.y() + line.ascent()
        if paragraph.marker in BULLETS:
            middle = QPointF(right - 4, baseline - 5)
            painting.bullet(painter, middle, BULLETS.index(paragraph.marker), colour)
            return
        painter.setFont(dt.font(dt.BODY_FONT_PX))
        painter.setPen(colour)
        metrics = QFontMetricsF(painter.font(), painter.device())
        left = max(0.0, right - metrics.horizontalAdvance(paragraph.marker))
        painter.drawText(QPointF(left, baseline), paragraph.marker)

    def _end_above(self, block: QTextBlock) -> float:
        above = block.previous()
        return self.document().documentLayout().blockBoundingRect(above).bottom()

    def _selected_text(self) -> str:
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        block = self.document().findBlock(start)
        lines: list[str] = []
        while block.isValid() and block.position() < end:
            at = block.position()
            paragraph = self._page.shown[block.blockNumber()]
            table = "".join(one.text for one in paragraph.pieces if isinstance(one, Table))
            words = block.text()[max(0, start - at) : end - at].replace("\ufffc", table)
            marker = paragraph.marker if start <= at else ""
            lines.append(f"{marker} {words}" if marker else words)
            block = block.next()
        return "\n".join(lines)

    def _mark_at(self, spot: QPoint) -> str:
        if spot.x() < self.width() - GUTTER_PX:
            return ""
        return self._marks.get(self.cursorForPosition(spot).blockNumber(), "")

    def _picture_at(self, spot: QPoint) -> str:
        cursor = self.cursorForPosition(spot)
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        for _ in range(2):
            made = cursor.charFormat()
            if made.objectType() == PICTURE_OBJECT:
                return str(made.stringProperty(PICTURE_SOURCE))
            cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter)
        return ""

    def _apply_look(self) -> None:
        look = self._page.style.look
        self._objects.look = self._tables.look = look
        # Its own sheet, for the program's would give it a border and the window's colours.
        self.setStyleSheet(
            "QTextBrowser { background: transparent; border: none; padding: 0;"
            f" selection-background-color: {look.selection}; selection-color: {look.text}; }}"
        )
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Text, QColor(look.text))
        palette.setColor(QPalette.ColorRole.Highlight, QColor(look.selection))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(look.text))
        self.setPalette(palette)

    def _on_range_changed(self) -> None:
        """Nothing scrolls in here, not even for a moment: the view is as large as its page."""
        self.verticalScrollBar().setRange(0, 0)
        self.horizontalScrollBar().setRange(0, 0)

    def _on_size_changed(self, size: QSizeF) -> None:
        self._seen_size = size
        self._fit(size)

    def _fit(self, size: QSizeF) -> None:
        height = max(math.ceil(size.height()), dt.BODY_LINE_PX)
        if self._page.shown and self._page.shown[-1].shape is Shape.CODE:
            height += CODE_PAD_PX
        width = self._width
        if self._is_narrow:
            width = min(width, max(1, math.ceil(self.document().idealWidth())))
        if self.size() != QSize(width + GUTTER_PX, height):
            self.setFixedSize(width + GUTTER_PX, height)

    def _on_anchor_clicked(self, url: QUrl) -> None:
        written = (
            piece.href
            for paragraph in self._page.shown
            for piece in paragraph.pieces
            if not isinstance(piece, Table)
        )
        self.link_clicked.emit(next((one for one in written if QUrl(one) == url), url.toString()))

    def _on_picture_changed(self, address: str) -> None:
        self._lay_out_pictures(lambda source: source == address)

    def _on_pictures_cleared(self) -> None:
        self._lay_out_pictures(lambda _source: True)

    def _on_picture_sought(self, address: str) -> None:
        if self.isVisible() and any(
            isinstance(piece, Picture) and piece.source == address
            for paragraph in self._page.shown
            for piece in paragraph.pieces
        ):
            self._pictures.confirm()

    def _lay_out_pictures(self, is_meant: Callable[[str], bool]) -> None:
        """Lay out anew the lines in which such pictures stand."""
        for number, paragraph in enumerate(self._page.shown):
            if any(isinstance(p, Picture) and is_meant(p.source) for p in paragraph.pieces):
                block = self.document().findBlockByNumber(number)
                self.document().markContentsDirty(block.position(), block.length())
        self.viewport().update()
