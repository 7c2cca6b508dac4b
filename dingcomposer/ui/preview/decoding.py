"""Pictures from bytes, decoded off the main thread; never more of one than a preview draws."""

import math
import threading
from dataclasses import dataclass
from queue import SimpleQueue

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Signal
from PySide6.QtGui import QImage, QImageReader

from dingcomposer.core.limits import PICTURE_HEIGHT_PX, PICTURE_WIDTH_PX
from dingcomposer.ui.preview.pictures import Found
from dingcomposer.ui.wording.pictures import PictureFault

MOST_PIXELS = 40_000_000
"""A picture of more pixels is not decoded at all."""

KEPT_PIXELS = 2_000_000
_SCALE = 2  # as large as it is drawn at 200 %, and on a copied picture
# What chat programs show, each with a decoder that ships with Qt.
_FORMATS = frozenset((b"png", b"jpeg", b"jpg", b"gif", b"webp", b"bmp", b"ico"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """What became of the bytes; `task` is the address and number that were given with them."""

    task: tuple[str, int]
    found: Found


class Decoder(QObject):
    """One daemon thread that decodes. Lives in the main thread, as do its signal's receivers.

    Signals:
        decoded(Decoded): a picture is there, or it is known why it will not be.
    """

    decoded = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = _Desk()
        # Its thread must not use a signal of a QObject that is gone: that ends the whole program.
        self.destroyed.connect(self._desk.close)
        self._thread: threading.Thread | None = None

    def decode(self, task: tuple[str, int], data: bytes) -> None:
        """Decode soon; each in its turn, so that no two large ones take memory at once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="pictures", daemon=True)
            self._thread.start()
        self._desk.tasks.put((task, data))

    def close(self) -> None:
        """Hand over nothing more. Never waits: the thread ends with what it has in hand."""
        self._desk.close()

    def _work(self) -> None:
        desk = self._desk
        while (one := desk.tasks.get()) is not None and not desk.is_closed:
            done = Decoded(one[0], decode(one[1]))
            with desk.turn:
                if not desk.is_closed:
                    self.decoded.emit(done)


class _Desk:
    """What waits to be decoded. Outlives the QObject that it is for; closed, nothing comes back."""

    def __init__(self) -> None:
        self.tasks: SimpleQueue[tuple[tuple[str, int], bytes] | None] = SimpleQueue()
        self.turn = threading.Lock()
        self.is_closed = False

    def close(self) -> None:
        with self.turn:
            self.is_closed = True
        self.tasks.put(None)


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
