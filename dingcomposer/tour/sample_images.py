"""The samples' pictures, from what ships with the program: the net is never asked."""

import json
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from dingcomposer import paths
from dingcomposer.ui.preview.images.downloader import Done
from dingcomposer.ui.preview.images.store import never_fetched
from dingcomposer.ui.texts.images import PictureFault


class SampleImages(QObject):
    """An `ImageSource` that knows the addresses in the samples, public ones and media ids."""

    rest_ms = 0

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder = paths.resource("samples/pictures")
        names = json.loads((folder / "addresses.json").read_text(encoding="utf-8"))
        self._files: dict[str, Path] = {address: folder / name for address, name in names.items()}

    def refuse(self, address: str) -> PictureFault | None:
        """Nothing that it knows is refused."""
        return None if address in self._files else never_fetched(address)

    def fetch(self, address: str, done: Done) -> None:
        """Give a sample's picture; there is no other."""
        file = self._files.get(address)

        def answer() -> None:
            done(file.read_bytes() if file is not None else PictureFault.UNREACHABLE)

        QTimer.singleShot(0, self, answer)

    def stop(self, address: str) -> None:
        """Nothing is on its way for long enough to be stopped."""
