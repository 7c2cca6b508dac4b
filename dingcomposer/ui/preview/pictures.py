"""The pictures that a preview may draw, by address, as far as they are there."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a picture: its image, or why there will be none; neither while it waits."""

    image: QImage | None = None
    fault: str = ""


class Pictures(QObject):
    """Keeps what it was given. It fetches nothing; who does hears `wanted` and calls `put`.

    Signals:
        wanted(str): a picture of this address was looked for, and is not known.
        changed(str): more is known of this address.
    """

    wanted = Signal(str)
    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: dict[str, Found] = {}

    def find(self, address: str) -> Found:
        """What is known of the picture, at once."""
        found = self._found.get(address)
        if found is None:
            self.wanted.emit(address)
            return Found()
        return found

    def put(self, address: str, found: Found) -> None:
        """Remember a picture, or that there is none."""
        self._found[address] = found
        self.changed.emit(address)

    def forget(self, address: str) -> None:
        """Take a picture back; it counts as unknown again."""
        if self._found.pop(address, None) is not None:
            self.changed.emit(address)
