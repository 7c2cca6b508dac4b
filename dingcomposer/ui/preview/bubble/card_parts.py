"""The painted parts of cards: rows to click on, the top picture, thumbnails' rows."""

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from dingcomposer.core.addresses import host_of
from dingcomposer.ui.preview.bubble import painting
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.images.store import ImageStore
from dingcomposer.ui.texts.images import picture_sentence
from dingcomposer.ui.texts.messages import no_title


class Clickable(QAbstractButton):
    """A part of a card that leads somewhere: `address`, as written."""

    def __init__(self, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self.look = dt.LIGHT
        self.address = ""
        self.ground = ""  # "#RRGGBB" where the part is marked as changed
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(no_title())

    def lead_to(self, words: str, address: str, look: dt.Style) -> None:
        """What the part says, and where a click on it leads."""
        if (words, address, look) == (self.text(), self.address, self.look):
            return
        self.look = look
        self.address = address
        self.setText(words)
        self.setAccessibleName(words.strip() or no_title())
        self.setToolTip(painting.as_tooltip(address))
        self.update()

    def mark(self, ground: str) -> None:
        """Put this colour behind the part; "" for none."""
        if ground != self.ground:
            self.ground = ground
            self.update()

    def sizeHint(self) -> QSize:
        """The measured height; the card sets the width."""
        return QSize(dt.CARD_WIDTH_PX[dt.Device.PHONE], self._height)

    def _paint_ground(self, painter: QPainter, top: float = 0, bottom: float = 0) -> None:
        """The hover's ground and the keyboard's ring, with the card's own corners."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.ground:
            painter.fillPath(painting.rounded(rect, top, bottom), QColor(self.ground))
        elif self.underMouse() or self.isDown():
            painter.fillPath(painting.rounded(rect, top, bottom), QColor(self.look.hover))
        if self.hasFocus():
            painter.setPen(QPen(QColor(self.look.link), 2))
            inner = rect.adjusted(3, 3, -3, -3)  # whole pixels
            painter.drawPath(painting.rounded(inner, max(3.0, top - 2), max(3.0, bottom - 2)))


class ButtonRow(Clickable):
    """An action card's button, 36 px high: a blue label in the middle; of a whole-jump card
    (38 px) a dark one at the left with a blue ">" at the right.

    `corners` are the radii of its lower corners, left and right alike.
    """

    def __init__(self, *, is_whole: bool, parent: QWidget | None = None) -> None:
        super().__init__(dt.WHOLE_ROW_PX if is_whole else dt.BUTTON_ROW_PX, parent)
        self._is_whole = is_whole
        self.is_last = False
        self.has_left_line = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Label, arrow, and the hairlines above and at the left."""
        painter = QPainter(self)
        self._paint_ground(painter, 0, dt.CARD_RADIUS_PX if self.is_last else 0)
        width, height = self.width(), self.height()
        painting.hairline(painter, QLineF(0, 0.5, width, 0.5), self.look.hairline)
        if self.has_left_line:
            painting.hairline(painter, QLineF(0.5, 0, 0.5, height), self.look.hairline)
        painter.setFont(dt.font(dt.BODY_FONT_PX))
        metrics = painter.fontMetrics()
        rect = self.rect().adjusted(dt.PADDING_PX, 1, -dt.PADDING_PX, 0)
        flags = Qt.AlignmentFlag.AlignVCenter
        if self._is_whole:
            self._paint_arrow(painter)
            rect.adjust(0, 0, -20, 0)
            flags |= Qt.AlignmentFlag.AlignLeft
        else:
            flags |= Qt.AlignmentFlag.AlignHCenter
        words = self.text().strip()
        # Blue on a mark's ground is hard to read.
        colour = self.look.text if self._is_whole or self.ground else self.look.link
        painter.setPen(QColor(colour if words else self.look.faint))
        shown = words or self.tr("(no label)")
        short = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, flags, " ".join(short.split()))

    def _paint_arrow(self, painter: QPainter) -> None:
        pen = QPen(QColor(self.look.link), 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        tip = QPointF(self.width() - dt.PADDING_PX - 1, self.height() / 2 + 0.5)
        painter.drawPolyline([tip + QPointF(-5, -5), tip, tip + QPointF(-5, 5)])


class TopPicture(QWidget):
    """The picture that fills an action card's top, cropped at its centre to 358 × 186 px."""

    def __init__(self, pictures: ImageStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._source = ""
        self._caption = ""
        self._look = dt.LIGHT
        pictures.changed.connect(self._on_changed)
        pictures.cleared.connect(self._refresh)
        pictures.sought.connect(self._on_sought)

    def show_picture(self, source: str, alt: str, width: int, look: dt.Style) -> None:
        """Which picture, and how wide the card is."""
        words = (alt, host_of(source) or source)
        caption = " · ".join(word for word in words if word)
        if (source, caption, look) != (self._source, self._caption, self._look):
            self._source, self._caption, self._look = source, caption, look
            self.setAccessibleName(alt or self.tr("Picture"))
            self._refresh()
        whole = dt.CARD_WIDTH_PX[dt.Device.PC]
        self.setFixedSize(width, round(width * dt.TOP_PICTURE_HEIGHT_PX / whole))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture or its placeholder, with the card's upper corners."""
        painter = QPainter(self)
        path = painting.rounded(QRectF(self.rect()), dt.CARD_RADIUS_PX, 0)
        found = self._pictures.find(self._source)
        painting.picture(painter, path, found, self._look, self._caption)

    def _refresh(self) -> None:
        found = self._pictures.find(self._source)
        self.setToolTip(painting.picture_tooltip(self._source, found))
        self.update()

    def _on_changed(self, address: str) -> None:
        if address == self._source:
            self._refresh()

    def _on_sought(self, address: str) -> None:
        if address == self._source and self.isVisible():
            self._pictures.confirm()


class PicturePart(Clickable):
    """A clickable part with a picture of its own."""

    def __init__(self, height: int, pictures: ImageStore, parent: QWidget | None = None) -> None:
        super().__init__(height, parent)
        self.pictures = pictures
        self.source = ""
        pictures.changed.connect(self._on_changed)
        pictures.cleared.connect(self._refresh)
        pictures.sought.connect(self._on_sought)

    def show_item(self, title: str, address: str, source: str, look: dt.Style) -> None:
        """Title, where a click leads, and the picture's address."""
        new = (title, address, look, source)
        if new != (self.text(), self.address, self.look, self.source):
            self.source = source
            self.lead_to(title, address, look)
            self._refresh()

    def _refresh(self) -> None:
        # Looked for here too: what is out of sight is not painted, but may be copied as a picture.
        found = self.pictures.find(self.source)
        lines = [self.address]
        if self.source and found.fault is not None:
            lines += [picture_sentence(found.fault), self.source]
        self.setToolTip(painting.as_tooltip("\n".join(line for line in lines if line)))
        self.update()

    def _on_changed(self, address: str) -> None:
        if address == self.source:
            self._refresh()

    def _on_sought(self, address: str) -> None:
        if address == self.source and self.isVisible():
            self.pictures.confirm()


class FeedHero(PicturePart):
    """A feed card's first item: a large picture, its title white at the bottom left."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Picture, a dark gradient over its lower half, the title in at most two lines."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        path = painting.rounded(rect, dt.CARD_RADIUS_PX - dt.FEED_INSET_PX)
        found = self.pictures.find(self.source)
        caption = host_of(self.source) or self.source
        painting.picture(painter, path, found, self.look, caption)
        from PySide6.QtGui import QLinearGradient  # 2 ms, for its presets

        shade = QLinearGradient(0, rect.height() * 0.42, 0, rect.height())
        shade.setColorAt(0, QColor(0, 0, 0, 0))
        shade.setColorAt(1, QColor(0, 0, 0, 165))
        painter.fillPath(path, shade)
        painter.setFont(dt.font(dt.FEED_TITLE_FONT_PX))
        words = self.text().strip()
        painter.setPen(QColor("#FFFFFF" if words else "#D5D8DD"))
        room = rect.adjusted(12, 12, -12, -10)
        shown = words or no_title()
        painting.lines(painter, room, shown, 25, most=2, at_bottom=True)
        if self.ground:
            painter.setPen(QPen(QColor(self.ground), 6))
            painter.drawPath(painting.rounded(rect.adjusted(3, 3, -3, -3), 4))
        if self.hasFocus():
            painter.setPen(QPen(QColor(self.look.link), 2))
            painter.drawPath(painting.rounded(rect.adjusted(2, 2, -2, -2), 5))


class FeedRow(PicturePart):
    """A further item of a feed card: title at the left, thumbnail at the right."""

    def __init__(self, pictures: ImageStore, parent: QWidget | None = None) -> None:
        super().__init__(dt.FEED_ROW_PX, pictures, parent)
        self.is_last = False
        self.has_line = True

    def paintEvent(self, event: QPaintEvent) -> None:
        """An inset hairline above, the title in at most two lines, the thumbnail."""
        painter = QPainter(self)
        self._paint_ground(painter, 0, dt.CARD_RADIUS_PX if self.is_last else 0)
        inset = dt.FEED_HAIRLINE_INSET_PX
        if self.has_line:
            line = QLineF(inset, 0.5, self.width() - inset, 0.5)
            painting.hairline(painter, line, self.look.hairline)
        size = dt.FEED_THUMBNAIL_PX
        top = (self.height() - size + 1) / 2
        thumbnail = QRectF(self.width() - inset - size, top, size, size)
        path = painting.rounded(thumbnail, 4)
        painting.picture(painter, path, self.pictures.find(self.source), self.look)
        painter.setFont(dt.font(dt.BODY_FONT_PX))
        words = self.text().strip()
        painter.setPen(QColor(self.look.text if words else self.look.faint))
        width = thumbnail.left() - 2 * inset
        shown = words or no_title()
        count = len(painting.break_lines(painter, width, shown, 2))
        height = count * dt.BODY_LINE_PX
        room = QRectF(inset, (self.height() + 1 - height) / 2, width, height)
        painting.lines(painter, room, shown, dt.BODY_LINE_PX, most=2)


class ReplyRow(QWidget):
    """The footer that who is mentioned sees: a centred grey 回复 behind a hairline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = dt.LIGHT
        self.setFixedHeight(dt.REPLY_ROW_PX)
        self.setAccessibleName(dt.REPLY)

    def set_look(self, look: dt.Style) -> None:
        """Draw in these colours."""
        if look != self._look:
            self._look = look
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hairline and the word."""
        painter = QPainter(self)
        painting.hairline(painter, QLineF(0, 0.5, self.width(), 0.5), self._look.hairline)
        painter.setFont(dt.font(dt.BODY_FONT_PX))
        painter.setPen(QColor(self._look.grey))
        painter.drawText(self.rect().adjusted(0, 1, 0, 0), Qt.AlignmentFlag.AlignCenter, dt.REPLY)
