"""Image store: the pictures that a preview may draw, by address, as far as they are there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from dingcomposer.core.addresses import host_of, is_readers_own, picture_findings, scheme_of
from dingcomposer.core.lint import LintCode
from dingcomposer.ui.texts.images import PictureFault

MOST_PIXELS = 32_000_000
"""How much is kept: 128 MB at four bytes each, some sixty pictures as large as they are drawn."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a picture: its image, or why there will be none; neither while it waits."""

    image: QImage | None = None
    fault: PictureFault | None = None

    @property
    def pixels(self) -> int:
        """How many it takes."""
        return self.image.width() * self.image.height() if self.image is not None else 0


@lru_cache(maxsize=512)
def never_fetched(address: str) -> PictureFault | None:
    """Why a picture of this address is never asked for, as far as that shows by itself.

    What the group's phones cannot load (a file, a private network) is not loaded here either:
    a preview that showed it would not be the truth.
    """
    if not address.strip():
        return PictureFault.EMPTY
    if address.startswith("@"):
        return PictureFault.MEDIA_ID
    codes = {code for code, _word in picture_findings(address)}
    scheme = scheme_of(address.strip())
    # Before the space: that is not what is wrong with a path on this computer.
    if scheme == "file" or len(scheme) == 1 or address.startswith(("/", "\\", "~")):
        is_path = not address.startswith("//")
        return PictureFault.FILE if is_path else PictureFault.SCHEME
    if scheme == "data":
        return PictureFault.DATA
    if LintCode.PICTURE_SPACE in codes:
        return PictureFault.SPACE
    if scheme not in ("http", "https"):
        return PictureFault.SCHEME if scheme else PictureFault.BROKEN
    if LintCode.URL_BROKEN in codes:
        return PictureFault.BROKEN
    if LintCode.PICTURE_UNREACHABLE in codes:
        is_here = is_readers_own(host_of(address))
        return PictureFault.LOOPBACK if is_here else PictureFault.LAN
    return PictureFault.CREDENTIALS if LintCode.URL_CREDENTIALS in codes else None


class ImageStore(QObject):
    """Keeps what it was given. Whoever fetches connects to `wanted` and calls `put`.

    `refuse` says why an address is never asked for; those are not announced as wanted.

    Signals:
        wanted(str): a picture of this address was looked for, and is not known.
        changed(str): more is known of this address.
        cleared(): nothing is known any more.
        sought(str): whoever shows this address now calls `confirm`, before it returns.
    """

    wanted = Signal(str)
    changed = Signal(str)
    cleared = Signal()
    sought = Signal(str)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        refuse: Callable[[str], PictureFault | None] = never_fetched,
        most_pixels: int = MOST_PIXELS,
    ) -> None:
        super().__init__(parent)
        self._found: dict[str, Found] = {}
        self._refuse = refuse
        self._most_pixels = most_pixels
        self._is_off = False
        self._is_confirmed = False

    @property
    def is_off(self) -> bool:
        """True where no picture is to be shown."""
        return self._is_off

    def find(self, address: str) -> Found:
        """What is known of the picture, at once."""
        found = self._found.get(address)
        if found is not None:
            self._found[address] = self._found.pop(address)  # the last that is let go
            return found
        fault = self._refuse(address)
        if fault is None and self._is_off:
            fault = PictureFault.OFF
        if fault is None:
            self.wanted.emit(address)
        return Found(fault=fault)

    def put(self, address: str, found: Found) -> None:
        """Remember a picture, or that there is none.

        What has not been looked for the longest, and is not shown, makes room for it; where that
        is not enough, it is remembered as one too many.
        """
        self._found.pop(address, None)
        if found.pixels and not self._make_room(found.pixels):
            found = Found(fault=PictureFault.CROWDED)
        self._found[address] = found
        self.changed.emit(address)

    def forget(self, address: str) -> None:
        """Take a picture back; it counts as unknown again."""
        if self._found.pop(address, None) is not None:
            self.changed.emit(address)

    def clear(self, *, is_off: bool | None = None) -> None:
        """Forget all of them; what is shown is wanted again, unless they are turned off."""
        self._is_off = self._is_off if is_off is None else is_off
        self._found.clear()
        self.cleared.emit()

    def is_shown(self, address: str) -> bool:
        """Whether anybody shows this address now."""
        self._is_confirmed = False
        self.sought.emit(address)
        return self._is_confirmed

    def confirm(self) -> None:
        """The answer to `sought`."""
        self._is_confirmed = True

    def _make_room(self, pixels: int) -> bool:
        taken = sum(one.pixels for one in self._found.values())
        for address, found in tuple(self._found.items()):
            if taken + pixels <= self._most_pixels:
                break
            if found.pixels and not self.is_shown(address):
                del self._found[address]
                taken -= found.pixels
        return taken + pixels <= self._most_pixels
