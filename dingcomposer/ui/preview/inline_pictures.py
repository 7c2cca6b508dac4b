"""Pictures that stand in a body's lines: how large they are, and how they are drawn."""

from PySide6.QtCore import QRect, QRectF, QSizeF
from PySide6.QtGui import QPainter, QPyTextObject, QTextDocument, QTextFormat

from dingcomposer.ui.preview import dingtalk_look as dt
from dingcomposer.ui.preview import painting
from dingcomposer.ui.preview.formats import OBJECT_INDENT, PICTURE_ALT, PICTURE_SOURCE
from dingcomposer.ui.preview.pictures import Pictures

_RADIUS_PX = 4
_MARGIN_PX = 4  # above and below, so that words keep their distance


class InlinePictures(QPyTextObject):
    """Draws the pictures of a document: at most as wide as its text, and 350 px high."""

    def __init__(self, document: QTextDocument, pictures: Pictures, look: dt.Look) -> None:
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
        words = (fmt.stringProperty(PICTURE_ALT), painting.host_of(source))
        caption = " · ".join(word for word in words if word)
        found = self._pictures.find(source)
        frame = QRectF(rect).adjusted(0, _MARGIN_PX, 0, -_MARGIN_PX)
        painting.picture(painter, painting.rounded(frame, _RADIUS_PX), found, self.look, caption)
