"""A message outside its group: the conversation list's line, and the notification."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from dingcomposer.core.messages import Message, Text, headline_of, mentions_of
from dingcomposer.ui.preview.bubble import painting
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.bubble.bubble import MessageAuthor
from dingcomposer.ui.preview.richtext.paragraphs import mention_pattern

_MARGIN_PX = 12
_NOBODY: Mapping[str, str] = MappingProxyType({})


class ConversationLine(QWidget):
    """One line of the conversation list: avatar, name, and the message's headline, cut to fit.

    `[@所有人]` stands before it in orange where everyone is mentioned [S]; then the robot's name
    and the title, or a text's content [O] [S].
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview.listLine")
        self._sender = MessageAuthor("", "")
        self._mark = ""
        self._words = ""
        self._clock = ""
        self._look = dt.LIGHT
        self.setFixedHeight(60)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_message(
        self,
        message: Message,
        sender: MessageAuthor,
        look: dt.Style,
        *,
        at_names: Mapping[str, str] = _NOBODY,
        clock: str = "",
    ) -> None:
        """Show the line of a message; `at_names` maps numbers and user ids to members' names."""
        mark = dt.ALL_MARK if mentions_of(message).is_all else ""
        words = f"{sender.name}: {_headline(message, at_names)}"
        new = (sender, look, clock, mark, words)
        if new != (self._sender, self._look, self._clock, self._mark, self._words):
            self._sender, self._look, self._clock, self._mark, self._words = new
            self.setAccessibleName(mark + words)
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as it is given."""
        return QSize(280, 60)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Avatar at the left, two lines beside it, a hairline below."""
        painter = QPainter(self)
        look = self._look
        painter.fillRect(self.rect(), QColor(look.card))
        top = (self.height() - 40) / 2
        painting.avatar(
            painter, QRectF(_MARGIN_PX, top, 40, 40), self._sender.name, self._sender.colour
        )
        left = _MARGIN_PX + 40.0 + 10
        room = self.width() - left - _MARGIN_PX
        painter.setFont(dt.font(11))
        painter.setPen(QColor(look.faint))
        clock_width = QFontMetricsF(painter.font(), self).horizontalAdvance(self._clock)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, top, room, 20), right, self._clock)
        _cut(
            painter, QRectF(left, top - 1, room - clock_width - 8, 21), self._sender.name, look.text
        )
        y = top + 21
        if self._mark:
            taken = _cut(painter, QRectF(left, y, room, 19), self._mark, look.all_mention, 12)
            left, room = left + taken, room - taken
        _cut(painter, QRectF(left, y, room, 19), self._words, look.grey, 12)


class Notification(QWidget):
    """The notification on a PC's or a phone's screen: the same words [M], in two lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview.notification")
        self._sender = MessageAuthor("", "")
        self._words = ""
        self._look = dt.LIGHT
        self.setFixedHeight(78)
        self.setMaximumWidth(358)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_message(
        self,
        message: Message,
        sender: MessageAuthor,
        look: dt.Style,
        *,
        at_names: Mapping[str, str] = _NOBODY,
    ) -> None:
        """Show the notification of a message."""
        mark = dt.ALL_MARK if mentions_of(message).is_all else ""
        words = f"{mark}{sender.name}: {_headline(message, at_names)}"
        if (sender, look, words) != (self._sender, self._look, self._words):
            self._sender, self._look, self._words = sender, look, words
            self.setAccessibleName(words)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card with avatar, name and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._look
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(look.screen_edge), 1))
        painter.setBrush(QColor(look.card))
        painter.drawPath(painting.rounded(rect, 10))
        icon = QRectF(_MARGIN_PX, _MARGIN_PX, 32, 32)
        painting.avatar(painter, icon, self._sender.name, self._sender.colour)
        left = icon.right() + 10
        room = self.width() - left - _MARGIN_PX
        _cut(painter, QRectF(left, 9, room, 20), self._sender.name, look.text, 13)
        painter.setFont(dt.font(12))
        painter.setPen(QColor(look.grey))
        painting.lines(painter, QRectF(left, 31, room, 38), self._words, 18, most=2)


def _headline(message: Message, at_names: Mapping[str, str]) -> str:
    """The headline, in which whoever is mentioned stands by name, as in the message itself."""
    words, at = headline_of(message), mentions_of(message)
    pattern = mention_pattern((*at.mobiles, *at.user_ids)) if isinstance(message, Text) else None
    if pattern is None:
        return words
    return pattern.sub(lambda found: "@" + at_names.get(found[0][1:], found[0][1:]), words)


def _cut(
    painter: QPainter, rect: QRectF, words: str, colour: str, size_px: int = dt.BODY_FONT_PX
) -> float:
    """One line of words, cut with an ellipsis; how wide they came out."""
    painter.setFont(dt.font(size_px))
    painter.setPen(QColor(colour))
    metrics = QFontMetricsF(painter.font(), painter.device())
    line = " ".join(words.split())
    short = metrics.elidedText(line[:400], Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, short)
    return metrics.horizontalAdvance(short)
