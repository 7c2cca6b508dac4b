"""The guide's pictures: messages drawn anew by the preview's own renderer, and those of windows.

A message is never a file: what the guide shows is what the preview shows today. Pictures of windows
are files, made by `dev.py pictures`, which opens the real ones.
"""

import json
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from dingcomposer import paths
from dingcomposer.core.messages import Markdown, Message
from dingcomposer.core.payload import from_payload
from dingcomposer.services.translations import Language
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.bubble.bubble import MessageAuthor
from dingcomposer.ui.preview.bubble.style import Device
from dingcomposer.ui.preview.export import render_image
from dingcomposer.ui.preview.images.store import Found, ImageStore
from dingcomposer.ui.texts.translate import translate

MESSAGES = ("shown", "sample")
WINDOW = "window"
_AUTHOR_COLOUR = "#2563EB"


class PictureAddress(NamedTuple):
    """Where a picture comes from: "shown:markdown/3", "sample:link", "window:history"."""

    scheme: str
    name: str

    @classmethod
    def of(cls, address: str) -> "PictureAddress":
        """The two halves of an address."""
        scheme, _, name = address.partition(":")
        return cls(scheme, name)


class GuidePictures(QObject):
    """Makes each picture when it is first wanted, and keeps it. `shown` are the pages' texts."""

    def __init__(self, language: Language, shown: dict[str, str], parent: QObject) -> None:
        super().__init__(parent)
        self._language = language
        self._shown = shown
        self._made: dict[tuple[str, bool], QImage] = {}
        self._store: ImageStore | None = None

    def is_ready(self, address: str, *, is_dark: bool) -> bool:
        """Whether it is there without drawing it."""
        return (address, is_dark) in self._made

    def picture(self, address: str, *, is_dark: bool) -> QImage:
        """The picture of an address; an empty one where there is none."""
        key = address, is_dark
        if key not in self._made:
            scheme, name = PictureAddress.of(address)
            if scheme in MESSAGES:
                self._made[key] = self._draw(self._message(address), is_dark=is_dark)
            else:
                self._made[key] = window_picture(name, self._language)
        return self._made[key]

    def _message(self, address: str) -> Message:
        scheme, name = PictureAddress.of(address)
        if scheme == "shown":
            return Markdown(title=translate("Guide", "Example"), text=self._shown[address])
        text = paths.resource(f"samples/{name}.json").read_text("utf-8")
        return from_payload(json.loads(text)).message

    def _draw(self, message: Message, *, is_dark: bool) -> QImage:
        author = MessageAuthor(translate("Guide", "Robot"), _AUTHOR_COLOUR)
        return render_image(
            message,
            author,
            devices=(Device.PC, Device.PHONE),
            look=dt.style_of(is_dark=is_dark),
            pictures=self._samples_pictures(),
        )

    def _samples_pictures(self) -> ImageStore:
        if self._store is None:
            self._store = ImageStore(self)
            folder = paths.resource("samples/pictures")
            names = json.loads((folder / "addresses.json").read_text("utf-8"))
            for address, file in names.items():
                self._store.put(address, Found(QImage(str(folder / file))))
        return self._store


def window_picture(name: str, language: Language) -> QImage:
    """The picture of a window as it ships; two of its pixels are one of the screen's."""
    image = QImage(str(paths.resource(f"guide/{language}/pictures/{name}.png")))
    image.setDevicePixelRatio(2.0)
    return image
