"""Decoding of pictures, off the main thread; never more of one than a preview draws."""

import math

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

from dingcomposer.core.limits import PICTURE_HEIGHT_PX, PICTURE_WIDTH_PX
from dingcomposer.ui.preview.images.store import Found
from dingcomposer.ui.texts.images import PictureFault

MOST_PIXELS = 40_000_000
"""A picture of more pixels is not decoded at all."""

KEPT_PIXELS = 2_000_000
_SCALE = 2  # as large as it is drawn at 200 %, and on a copied picture
# What chat programs show, each with a decoder that ships with Qt.
_FORMATS = frozenset((b"png", b"jpeg", b"jpg", b"gif", b"webp", b"bmp", b"ico"))


def decode(data: bytes) -> Found:
    """The picture in these bytes, its first frame, upright. Any thread.

    A large one comes out smaller, but in no direction smaller than it is ever drawn.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if not reader.canRead() or bytes(reader.format().data()) not in _FORMATS:
        return Found(fault=PictureFault.NO_PICTURE)
    size = reader.size()
    if size.isValid():
        if size.width() * size.height() > MOST_PIXELS:
            return Found(fault=PictureFault.TOO_MANY_PIXELS)
        reader.setScaledSize(kept_size(size))
    image = reader.read()
    if image.isNull():
        return Found(fault=PictureFault.NO_PICTURE)
    # What has no size beforehand is bounded by Qt's own limit of memory for one picture.
    kept = kept_size(image.size())
    if image.size() != kept:
        image = image.scaled(kept)
    # Bounded in bytes too: some formats come with eight bytes for each pixel.
    return Found(image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied))


def kept_size(size: QSize) -> QSize:
    """How large a picture of this size is kept."""
    width, height = max(1, size.width()), max(1, size.height())
    longest = max(PICTURE_WIDTH_PX, PICTURE_HEIGHT_PX) * _SCALE  # upright or on its side
    factor = min(1.0, max(longest / width, longest / height))
    factor = min(factor, math.sqrt(KEPT_PIXELS / (width * height)))
    return QSize(max(1, round(width * factor)), max(1, round(height * factor)))
