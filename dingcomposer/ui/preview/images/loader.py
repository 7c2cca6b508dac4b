"""Image loader: a few pictures at a time, and none while its address grows."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from dingcomposer.services.background import Background
from dingcomposer.ui.preview.images.downloader import ImageSource
from dingcomposer.ui.preview.images.store import Found, ImageStore
from dingcomposer.ui.texts.images import PictureFault

MOST_AT_ONCE = 6


class ImageLoader(QObject):
    """Answers `ImageStore.wanted` from a source. Lives in the main thread, and never holds it up.

    An address is fetched once it has rested and is still shown then; of those that vanish while a
    person types, none is.
    """

    def __init__(
        self, pictures: ImageStore, source: ImageSource, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._source = source
        self._resting: dict[str, None] = {}  # in the order in which they were wanted
        self._waiting: dict[str, None] = {}
        self._loading: dict[str, int] = {}  # with the number of the attempt
        self._attempts = 0
        self._decoding = Background(self)  # one by one: no two large ones take memory at once
        self._rest = QTimer(self, singleShot=True, interval=source.rest_ms)
        self._rest.timeout.connect(self._on_rested)
        pictures.wanted.connect(self._on_wanted)

    @property
    def is_idle(self) -> bool:
        """True where nothing is on its way, and nothing about to be."""
        return not (self._resting or self._waiting or self._loading)

    def hold_back(self) -> None:
        """Somebody types: whatever has not set out yet rests anew."""
        if self._resting:
            self._rest.start()

    def set_on(self, is_on: bool) -> None:
        """Load pictures, or show placeholders instead; both begin afresh."""
        self._drop()
        self._pictures.clear(is_off=not is_on)

    def reload(self) -> None:
        """Bring everything anew that is shown: it may have changed, or be there now."""
        self._drop()
        self._pictures.clear()

    def close(self) -> None:
        """Bring nothing more. Waits for nothing."""
        self._drop()
        self._pictures.wanted.disconnect(self._on_wanted)
        self._decoding.close()

    def _drop(self) -> None:
        self._rest.stop()
        for address in self._loading:
            self._source.stop(address)
        self._resting.clear()
        self._waiting.clear()
        self._loading.clear()

    def _on_wanted(self, address: str) -> None:
        if not any(address in one for one in (self._resting, self._waiting, self._loading)):
            self._resting[address] = None
            self._rest.start()

    def _on_rested(self) -> None:
        rested = tuple(self._resting)
        self._resting.clear()
        # What is out of sight by now is asked for again when it comes back.
        self._waiting.update(dict.fromkeys(filter(self._pictures.is_shown, rested)))
        self._set_out()

    def _set_out(self) -> None:
        while self._waiting and len(self._loading) < MOST_AT_ONCE:
            address = next(iter(self._waiting))
            del self._waiting[address]
            if self._pictures.is_shown(address):
                self._attempts += 1
                self._loading[address] = self._attempts
                self._source.fetch(address, partial(self._on_came, address, self._attempts))

    def _on_came(self, address: str, attempt: int, answer: bytes | PictureFault) -> None:
        if isinstance(answer, PictureFault):
            self._finish(address, attempt, Found(fault=answer))
        else:
            from dingcomposer.ui.preview.images.decoding import decode

            done = partial(self._finish, address, attempt)
            self._decoding.run((address, attempt), decode, answer, done)

    def _finish(self, address: str, attempt: int, found: Found) -> None:
        if self._loading.get(address) == attempt:
            del self._loading[address]
            self._pictures.put(address, found)
            self._set_out()
