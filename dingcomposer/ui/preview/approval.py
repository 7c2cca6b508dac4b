"""The message as a picture to send around: copied, or saved as PNG, as this or that device."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QIODevice, QSaveFile, QStandardPaths, Signal
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from dingcomposer.core.messages import Message, headline_of
from dingcomposer.ui import questions
from dingcomposer.ui.preview.dingtalk_look import Device
from dingcomposer.ui.widgets.glyphs import GlyphButton

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s.]+')
_MOST_LETTERS = 40

Take = Callable[[tuple[Device, ...], bool], QImage]
"""Takes the picture as these devices show it, with its frame or without."""


class ApprovalButton(GlyphButton):
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
    words = _FORBIDDEN.sub(" ", seen).strip()[:_MOST_LETTERS].strip()
    return f"{words} {day.isoformat()}.png" if words else f"DingTalk {day.isoformat()}.png"


def save_png(image: QImage, path: Path) -> bool:
    """Write the picture, or leave what stood there as it was; whether it is written."""
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        return False
    # Two pixels for each of the screen's: whoever shows it knows how large it is.
    is_written = image.save(file, "PNG")  # type: ignore[call-overload]
    if not is_written:
        file.cancelWriting()
    return file.commit() and is_written


def _pictures_folder() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
