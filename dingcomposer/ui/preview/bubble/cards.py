"""The white cards that hold a message: a body with what belongs to it, a link, a feed."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from dingcomposer.core.messages import Button, FeedCard, Link, Orientation
from dingcomposer.ui.preview.bubble import painting
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.bubble.card_parts import (
    ButtonRow,
    Clickable,
    FeedHero,
    FeedRow,
    PicturePart,
    ReplyRow,
    TopPicture,
)
from dingcomposer.ui.preview.images.store import ImageStore
from dingcomposer.ui.preview.richtext.formats import BodyStyle
from dingcomposer.ui.preview.richtext.paragraphs import Paragraph, Picture
from dingcomposer.ui.preview.richtext.rich_view import GUTTER_PX, RichView
from dingcomposer.ui.texts.messages import no_title


class Card(QWidget):
    """The ground of every card: white, without a border, with round corners.

    Signals:
        link_clicked(str): an address in the card, as written.
        field_clicked(str): the field that a part shows, spelled as `core.checks` does.
    """

    link_clicked = Signal(str)
    field_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = dt.LIGHT

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground alone."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = painting.rounded(QRectF(self.rect()), dt.CARD_RADIUS_PX)
        painter.fillPath(path, QColor(self.look.card))

    def mark_parts(self, parts: frozenset[str], ground: str) -> None:
        """Put a colour behind these parts, "title", "buttons.0" or "feed.1", and no other."""

    def _connect_part(self, part: Clickable, field: str) -> None:
        part.clicked.connect(lambda: self.field_clicked.emit(field))
        part.clicked.connect(lambda: self.link_clicked.emit(part.address))


class BodyCard(Card):
    """A body of text or markdown; above it perhaps a picture, below it buttons or a reply.

    Signals:
        settled(): all of the body is there.
    """

    settled = Signal()

    def __init__(self, pictures: ImageStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview.card")
        self._top = TopPicture(pictures, self)
        self._top.setObjectName("preview.topPicture")
        self.view = RichView(pictures, BodyStyle(dt.LIGHT), self)
        self.view.setObjectName("preview.body")
        self._buttons: list[ButtonRow] = []
        self._arrangement: tuple[int, bool, bool] = (0, False, False)
        self._button_box = QWidget(self)
        self._button_grid = QGridLayout(self._button_box)
        self._button_grid.setContentsMargins(0, 0, 0, 0)
        self._button_grid.setSpacing(0)
        self._reply = ReplyRow(self)
        self._reply.setObjectName("preview.reply")
        padding = QVBoxLayout()
        edge = dt.PADDING_PX
        padding.setContentsMargins(edge, edge - 1, edge - GUTTER_PX, edge - 1)
        padding.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addLayout(padding)
        column.addWidget(self._button_box)
        column.addWidget(self._reply)
        self.view.link_clicked.connect(self.link_clicked)
        self.view.settled.connect(self.settled)
        self._top.hide()
        self.show_buttons((), None)
        self.show_reply(has_reply=False)

    def show_body(
        self,
        paragraphs: tuple[Paragraph, ...],
        style: BodyStyle,
        width: int,
        *,
        top: Picture | None = None,
        is_narrow: bool = False,
        is_now: bool = False,
    ) -> None:
        """Show a body on a card of a width; a narrow one is only as wide as its words."""
        if style.look != self.look:
            self.look = style.look
            self.update()
        self._top.setVisible(top is not None)
        if top is not None:
            self._top.show_picture(top.source, top.alt, width, style.look)
        self.setMinimumWidth(0 if is_narrow else width)
        self.setMaximumWidth(width)
        inner = width - 2 * dt.PADDING_PX
        self.view.show_body(paragraphs, style, inner, is_narrow=is_narrow, is_now=is_now)
        self._reply.set_look(style.look)

    def show_buttons(
        self, action: Button | tuple[Button, ...], orientation: Orientation | None
    ) -> None:
        """One button of a whole-jump card, or those of an independent one."""
        is_whole = isinstance(action, Button)
        buttons = (action,) if isinstance(action, Button) else action
        is_pair = not is_whole and len(buttons) == 2 and orientation is Orientation.HORIZONTAL
        self._arrange(len(buttons), is_whole=is_whole, is_pair=is_pair)
        for row, button in zip(self._buttons, buttons, strict=True):
            row.lead_to(button.title, button.url, self.look)
        self._button_box.setVisible(bool(buttons))

    def mark_parts(self, parts: frozenset[str], ground: str) -> None:
        """Mark buttons; of the text it is the words that are marked."""
        for at, row in enumerate(self._buttons):
            row.mark(ground if f"buttons.{at}" in parts else "")

    def show_reply(self, *, has_reply: bool) -> None:
        """Whether the reader is mentioned, who may reply."""
        self._reply.setVisible(has_reply)

    def _arrange(self, count: int, *, is_whole: bool, is_pair: bool) -> None:
        if self._arrangement == (count, is_whole, is_pair):
            return
        self._arrangement = (count, is_whole, is_pair)
        for row in self._buttons:
            self._button_grid.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._buttons = [
            ButtonRow(is_whole=is_whole, parent=self._button_box) for _ in range(count)
        ]
        for at, row in enumerate(self._buttons):
            row.setObjectName(f"preview.button.{at}")
            row.is_last = is_pair or at == count - 1
            row.has_left_line = is_pair and at == 1
            self._button_grid.addWidget(row, 0 if is_pair else at, at if is_pair else 0)
            self._connect_part(row, "jump.title" if is_whole else f"buttons.{at}.title")


class LinkCard(Card):
    """A link: 358 × 98 px, one blue line of title, grey text, a thumbnail at the right."""

    def __init__(self, pictures: ImageStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview.linkCard")
        self._face = LinkFace(pictures, self)
        self._face.setObjectName("preview.link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._face)
        self._face.clicked.connect(lambda: self.field_clicked.emit(self._face.part))
        self._face.clicked.connect(lambda: self.link_clicked.emit(self._face.address))

    def show_link(self, link: Link, look: dt.Style, width: int) -> None:
        """Show a link on a card of a width."""
        self.look = look
        self.setFixedSize(width, dt.LINK_HEIGHT_PX)
        self._face.words = link.text
        self._face.show_item(link.title, link.message_url, link.picture_url or "", look)
        self._face.setAccessibleName(f"{link.title}\n{link.text}")
        self.update()

    def mark_parts(self, parts: frozenset[str], ground: str) -> None:
        """Mark the title, the text, or the thumbnail."""
        self._face.mark_parts(parts, ground)


class LinkFace(PicturePart):
    """All of a link's card, which is one thing to click on.

    `part` is the field that the last click fell on; by key it is the title.
    """

    def __init__(self, pictures: ImageStore, parent: QWidget | None = None) -> None:
        super().__init__(dt.LINK_HEIGHT_PX, pictures, parent)
        self.words = ""
        self.part = "title"
        self._marked: frozenset[str] = frozenset()
        self._marked_ground = ""

    def mark_parts(self, parts: frozenset[str], ground: str) -> None:
        """As the card does."""
        self._marked, self._marked_ground = parts, ground
        self.update()

    def thumbnail_rect(self) -> QRectF:
        """Where the thumbnail stands."""
        size, edge = dt.LINK_THUMBNAIL_PX, dt.LINK_EDGE_PX
        return QRectF(self.width() - edge - size, self.height() - edge - size, size, size)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Remember which part was clicked on."""
        spot, thumbnail = event.position(), self.thumbnail_rect()
        if thumbnail.contains(spot):
            self.part = "picture_url"
        else:
            self.part = "title" if spot.y() < thumbnail.top() else "text"
        super().mouseReleaseEvent(event)
        self.part = "title"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Title, text and thumbnail."""
        painter = QPainter(self)
        self._paint_ground(painter, dt.CARD_RADIUS_PX, dt.CARD_RADIUS_PX)
        thumbnail = self.thumbnail_rect()
        self._paint_marks(painter, thumbnail)
        if self.source.strip():
            path = painting.rounded(thumbnail, 4)
            painting.picture(painter, path, self.pictures.find(self.source), self.look)
        else:
            painting.chain(painter, thumbnail, self.look)
        edge = dt.PADDING_PX
        title = " ".join(self.text().split())
        painter.setFont(dt.font(15))
        ink = self.look.text if "title" in self._marked else self.look.link
        painter.setPen(QColor(ink if title else self.look.faint))
        room = QRectF(edge, 9, self.width() - 2 * edge, 24)
        painting.lines(painter, room, title or no_title(), 24, most=1)
        painter.setFont(dt.font(12))
        ink = self.look.text if "text" in self._marked else self.look.grey
        painter.setPen(QColor(ink if self.words.strip() else self.look.faint))
        room = QRectF(edge, thumbnail.top() + 1, thumbnail.left() - 2 * edge, 40)
        painting.lines(painter, room, self.words.strip() or self.tr("(no text)"), 19, most=2)

    def _paint_marks(self, painter: QPainter, thumbnail: QRectF) -> None:
        edge, end = dt.PADDING_PX - 4, thumbnail.left() - dt.PADDING_PX
        rects = {
            "title": QRectF(edge, 9, self.width() - 2 * edge, 24),
            "text": QRectF(edge, thumbnail.top(), end - edge, 40),
            "picture_url": thumbnail.adjusted(-4, -4, 4, 4),
        }
        for part in self._marked & rects.keys():
            path = painting.rounded(rects[part], 4)
            painter.fillPath(path, QColor(self._marked_ground))


class FeedColumn(Card):
    """A feed: a large picture, then rows."""

    def __init__(self, pictures: ImageStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview.feedCard")
        self._pictures = pictures
        self._hero = FeedHero(dt.FEED_HERO_HEIGHT_PX, pictures, self)
        self._hero.setObjectName("preview.feed.0")
        self._connect_part(self._hero, "feed.0.title")
        self._rows: list[FeedRow] = []

    def show_feed(self, feed: FeedCard, look: dt.Style, width: int) -> None:
        """Show the items on a card of a width."""
        self.look = look
        inset = dt.FEED_INSET_PX
        self._hero.setVisible(bool(feed.links))
        inner = dt.CARD_WIDTH_PX[dt.Device.PC] - 2 * inset
        height = round((width - 2 * inset) * dt.FEED_HERO_HEIGHT_PX / inner)
        self._hero.setGeometry(inset, inset, width - 2 * inset, height)
        if feed.links:
            first = feed.links[0]
            self._hero.show_item(first.title, first.message_url, first.picture_url, look)
        self._set_count(max(0, len(feed.links) - 1))
        top = height + 2 * inset
        for at, (row, item) in enumerate(zip(self._rows, feed.links[1:], strict=True)):
            row.has_line = at > 0
            row.is_last = at == len(self._rows) - 1
            row.show_item(item.title, item.message_url, item.picture_url, look)
            row.setGeometry(0, top + at * dt.FEED_ROW_PX, width, dt.FEED_ROW_PX)
        self.setFixedSize(width, top + len(self._rows) * dt.FEED_ROW_PX if feed.links else 60)
        self.update()

    def mark_parts(self, parts: frozenset[str], ground: str) -> None:
        """Mark items."""
        for at, part in enumerate((self._hero, *self._rows)):
            part.mark(ground if f"feed.{at}" in parts else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and a word where there is no item."""
        super().paintEvent(event)
        if not self._hero.isVisibleTo(self):
            painter = QPainter(self)
            painter.setFont(dt.font(dt.BODY_FONT_PX))
            painter.setPen(QColor(self.look.faint))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("No items yet"))

    def _set_count(self, count: int) -> None:
        while len(self._rows) > count:
            row = self._rows.pop()
            row.hide()
            row.deleteLater()
        while len(self._rows) < count:
            row = FeedRow(self._pictures, self)
            number = len(self._rows) + 1
            row.setObjectName(f"preview.feed.{number}")
            self._connect_part(row, f"feed.{number}.title")
            row.show()
            self._rows.append(row)
