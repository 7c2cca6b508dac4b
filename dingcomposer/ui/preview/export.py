"""Export of the message as an image: copied, or saved as PNG, as this or that device draws it."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QColor, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from dingcomposer.core.messages import Message, headline_of, mentions_of
from dingcomposer.ui import questions
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.bubble.bubble import Bubble, MessageAuthor
from dingcomposer.ui.preview.bubble.style import Device
from dingcomposer.ui.preview.images.store import ImageStore
from dingcomposer.ui.widgets.buttons import settle_after_menu
from dingcomposer.ui.widgets.icons import IconButton

_FORBIDDEN = r'[\\/:*?"<>|\s.]+'  # compiled when a picture is saved
_MOST_LETTERS = 40

Take = Callable[[tuple[Device, ...], bool], QImage]
"""Takes the picture as these devices show it, with its frame or without."""


class ExportButton(IconButton):
    """A small button with a menu: copy or save the picture, PC, phone or both.

    `take` takes the picture, `message` tells what it shows.

    Signals:
        said(str): what came of it, in a sentence.
    """

    said = Signal(str)

    def __init__(
        self, take: Take, message: Callable[[], Message], parent: QWidget | None = None
    ) -> None:
        super().__init__("export", "", parent)
        self.setObjectName("preview.approval")
        words = self.tr("Picture for approval")
        self.setToolTip(words)
        self.setAccessibleName(words)
        self._take = take
        self._message = message
        self._folder = ""
        menu = QMenu(self)
        self._frame = QAction(self.tr("With name and ground"), menu)
        self._frame.setObjectName("preview.approval.frame")
        self._frame.setCheckable(True)
        self._frame.setChecked(True)
        choices: dict[str, tuple[str, tuple[Device, ...]]] = {
            "pc": (self.tr("PC"), (Device.PC,)),
            "phone": (self.tr("Phone"), (Device.PHONE,)),
            "both": (self.tr("Both, side by side"), (Device.PC, Device.PHONE)),
        }
        copying = menu.addMenu(self.tr("Copy as picture"))
        saving = menu.addMenu(self.tr("Save as PNG"))
        for key, (label, devices) in choices.items():
            self._add(copying, f"copy.{key}", label, partial(self.copy, devices))
            self._add(saving, f"save.{key}", label + "…", partial(self.save, devices))
        menu.addSeparator()
        menu.addAction(self._frame)
        self.setMenu(menu)
        settle_after_menu(self)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    @property
    def has_frame(self) -> bool:
        """Whether avatar, name and the chat's ground are on the picture."""
        return self._frame.isChecked()

    def copy(self, devices: tuple[Device, ...]) -> None:
        """Put the picture into the clipboard."""
        QGuiApplication.clipboard().setImage(self._take(devices, self.has_frame))
        self.said.emit(self.tr("Copied as a picture"))

    def save(self, devices: tuple[Device, ...]) -> None:
        """Ask where, and save the picture there."""
        image = self._take(devices, self.has_frame)
        today = datetime.now(UTC).astimezone().date()
        suggested = Path(self._folder or _pictures_folder()) / suggested_name(
            self._message(), today
        )
        kinds = self.tr("PNG pictures (*.png)")
        chosen = questions.choose_new_file(
            self.window(), self.tr("Save as PNG"), str(suggested), kinds
        )
        if not chosen:
            return
        path = Path(chosen) if chosen.lower().endswith(".png") else Path(f"{chosen}.png")
        if save_png(image, path):
            self._folder = str(path.parent)
            self.said.emit(self.tr("Saved as {path}").format(path=path))
            return
        sentence = self.tr(
            "{path} could not be saved. Choose another folder, or free some space, then try again."
        )
        self.said.emit(sentence.format(path=path))

    def _add(self, menu: QMenu, key: str, words: str, do: Callable[[], None]) -> None:
        action = QAction(words, menu)
        action.setObjectName(f"preview.approval.{key}")
        action.triggered.connect(lambda _checked=False: do())
        menu.addAction(action)


def suggested_name(message: Message, day: date) -> str:
    """A file name made of the message's title and the day, which every system takes."""
    seen = "".join(one if one.isprintable() else " " for one in headline_of(message))
    words = re.sub(_FORBIDDEN, " ", seen).strip()[:_MOST_LETTERS].strip()
    return f"{words} {day.isoformat()}.png" if words else f"DingTalk {day.isoformat()}.png"


def save_png(image: QImage, path: Path) -> bool:
    """Write the picture, or leave what stood there as it was; whether it is written."""
    from PySide6.QtCore import QIODevice, QSaveFile

    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        return False
    # Two pixels for each of the screen's: whoever shows it knows how large it is.
    is_written = image.save(file, "PNG")  # type: ignore[call-overload]
    if not is_written:
        file.cancelWriting()
    return file.commit() and is_written


def _pictures_folder() -> str:
    from PySide6.QtCore import QStandardPaths

    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)


SCALE = 2.0
_MARGIN_PX = 16
_GAP_PX = 28
_MOST_SIDE_PX = 32_000  # Qt paints no further
_MOST_PIXELS = 60_000_000


def render_image(
    message: Message,
    sender: MessageAuthor,
    *,
    devices: tuple[Device, ...] = (Device.PC,),
    look: dt.Style = dt.LIGHT,
    has_frame: bool = True,
    at_names: Mapping[str, str] | None = None,
    pictures: ImageStore | None = None,
) -> QImage:
    """The message at twice its size, as these devices show it, side by side.

    With its frame it stands on the chat's ground, with avatar and name; without, it is the card
    alone on nothing. A very long one comes out smaller.
    """
    from PySide6.QtGui import QRegion

    ground = QWidget()
    row = QHBoxLayout(ground)
    row.setSpacing(_GAP_PX)
    margin = _MARGIN_PX if has_frame else 0
    row.setContentsMargins(margin, margin, margin, margin)
    for device in devices:
        bubble = Bubble(ground, pictures=pictures, has_frame=has_frame)
        bubble.show_message(
            message,
            sender,
            device=device,
            look=look,
            at_names=at_names,
            is_reader_mentioned=bool(mentions_of(message)),
        )
        row.addWidget(bubble, 0, Qt.AlignmentFlag.AlignTop)
    # Qt lays out nothing that is hidden; this counts as shown, but nobody sees it.
    ground.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    # Where it is the last window that counts as shown, its end is not the program's.
    ground.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
    ground.show()
    _lay_out(ground)
    scale = _scale_of(ground.size())
    image = QImage(ground.size() * scale, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(QColor(look.chat) if has_frame else QColor(0, 0, 0, 0))
    painter = QPainter(image)
    ground.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    painter.end()
    ground.close()
    ground.deleteLater()
    return image


def _scale_of(size: QSize) -> float:
    """Twice, or as much as a picture can hold: 20 KB of short lines are 100 000 px high."""
    pixels = max(1, size.width() * size.height())
    return min(SCALE, _MOST_SIDE_PX / max(1, size.height()), math.sqrt(_MOST_PIXELS / pixels))


def _lay_out(widget: QWidget) -> None:
    """Lay out a widget that is never shown; each layout asks the one around it by an event."""
    for _ in range(4):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        widget.adjustSize()
