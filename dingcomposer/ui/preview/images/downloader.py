"""Download of pictures: bounded in size, time and hops, and with nothing said about us."""

import ipaddress
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, QUrl

import dingcomposer
from dingcomposer.ui.preview.images.store import never_fetched
from dingcomposer.ui.texts.images import PictureFault

log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from PySide6.QtNetwork import QHostInfo, QNetworkAccessManager, QNetworkReply

MOST_BYTES = 10_000_000
LIMIT_MS = 10_000
REST_MS = 800
MOST_HOPS = 5

Done = Callable[[bytes | PictureFault], None]
"""Gets the picture's bytes, or why there are none; once, and never before `fetch` returns."""

# A proxy on this computer may answer for every name with an address from here (RFC 2544).
_STAND_INS = ipaddress.ip_network("198.18.0.0/15")


class ImageSource(Protocol):
    """Where pictures come from. Lives in the main thread."""

    rest_ms: int
    """How long an address must stand in a message before it is fetched."""

    def refuse(self, address: str) -> PictureFault | None:
        """Why this address is never fetched; None where it may be."""

    def fetch(self, address: str, done: Done) -> None:
        """Fetch a picture, without waiting for it."""

    def stop(self, address: str) -> None:
        """Fetch this one no more; its `done` is not called."""


class ImageDownloader(QObject):
    """An `ImageSource` that asks the web by GET: no cookies, no referrer, no cache, no log-in.

    Every hop is checked by `refuse`, and by `refuse_host` once its name is looked up, so that
    no public address leads into a private network.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        refuse: Callable[[str], PictureFault | None] = never_fetched,
        refuse_host: "Callable[[QHostInfo], PictureFault | None] | None" = None,
        rest_ms: int = REST_MS,
        limit_ms: int = LIMIT_MS,
    ) -> None:
        super().__init__(parent)
        self.rest_ms = rest_ms
        self.limit_ms = limit_ms
        self._refuse = refuse
        self._refuse_host = refuse_host or in_private_network
        self._network: QNetworkAccessManager | None = None
        self._visits: dict[str, _Visit] = {}

    def refuse(self, address: str) -> PictureFault | None:
        """Why this address is never fetched."""
        return self._refuse(address)

    def refuse_host(self, host: "QHostInfo") -> PictureFault | None:
        """Why a host is never asked, now that its addresses are known."""
        return self._refuse_host(host)

    def fetch(self, address: str, done: Done) -> None:
        """Fetch a picture, without waiting for it."""
        if self._network is None:
            # Not on the way to the first window.
            from PySide6.QtNetwork import QNetworkAccessManager

            self._network = QNetworkAccessManager(self)

        def on_done(answer: bytes | PictureFault) -> None:
            self._visits.pop(address).deleteLater()
            done(answer)

        visit = _Visit(self, self._network, on_done)
        self._visits[address] = visit
        visit.start(QUrl(address))

    def stop(self, address: str) -> None:
        """Fetch this one no more."""
        visit = self._visits.pop(address, None)
        if visit is not None:
            visit.abandon()
            visit.deleteLater()


class _Visit(QObject):
    """One picture on its way, through all its hops."""

    def __init__(
        self, source: ImageDownloader, network: "QNetworkAccessManager", done: Done
    ) -> None:
        super().__init__(source)
        self._source = source
        self._network = network
        self._done = done
        self._url = QUrl()
        self._hops = 0
        self._data = bytearray()
        self._is_looking_up = False
        self._reply: QNetworkReply | None = None
        self._limit = QTimer(self, singleShot=True, interval=source.limit_ms)
        self._limit.timeout.connect(lambda: self._end(PictureFault.SLOW))

    def start(self, url: QUrl) -> None:
        """Set out; the time begins to run."""
        self._limit.start()
        self._go_to(url)

    def abandon(self) -> None:
        """Let go of everything, and tell nobody."""
        self._limit.stop()
        self._is_looking_up = False
        if self._reply is not None:
            reply, self._reply = self._reply, None
            reply.readyRead.disconnect(self._on_ready_read)
            reply.finished.disconnect(self._on_finished)
            reply.abort()
            reply.deleteLater()

    def _end(self, answer: bytes | PictureFault) -> None:
        self.abandon()
        self._done(answer)

    def _go_to(self, url: QUrl) -> None:
        from PySide6.QtNetwork import QHostInfo

        self._url = url
        self._is_looking_up = True
        # The type stubs take it for a method of an object.
        QHostInfo.lookupHost(url.host(), self._on_looked_up)  # type: ignore[call-overload]

    def _on_looked_up(self, host: "QHostInfo") -> None:
        from PySide6.QtNetwork import QHostInfo

        if not self._is_looking_up:
            return
        self._is_looking_up = False
        # Behind a proxy names may be known to the proxy alone: whoever is asked then says so.
        if host.error() is QHostInfo.HostInfoError.NoError:
            fault = self._source.refuse_host(host)
            if fault is not None:
                self._end(fault)
                return
        self._ask()

    def _ask(self) -> None:
        from PySide6.QtNetwork import QNetworkRequest

        request = QNetworkRequest(self._url)
        attribute = QNetworkRequest.Attribute
        manual = QNetworkRequest.LoadControl.Manual
        request.setAttribute(attribute.CookieLoadControlAttribute, manual)
        request.setAttribute(attribute.CookieSaveControlAttribute, manual)
        request.setAttribute(attribute.AuthenticationReuseAttribute, manual)
        redirects = QNetworkRequest.RedirectPolicy.ManualRedirectPolicy
        request.setAttribute(attribute.RedirectPolicyAttribute, redirects)
        request.setRawHeader(b"User-Agent", dingcomposer.USER_AGENT.encode())
        request.setRawHeader(b"Accept", b"image/*")
        # Without packing: what is counted is what comes, and a small packet cannot swell.
        request.setRawHeader(b"Accept-Encoding", b"identity")
        self._data.clear()
        reply = self._network.get(request)
        reply.setReadBufferSize(1 << 18)
        reply.readyRead.connect(self._on_ready_read)
        reply.finished.connect(self._on_finished)
        self._reply = reply

    def _on_ready_read(self) -> None:
        reply = self._reply
        if reply is None:
            return
        length = _length_of(reply)
        self._data += reply.readAll().data()
        if max(len(self._data), length) > MOST_BYTES:
            self._end(PictureFault.TOO_LARGE)

    def _on_finished(self) -> None:
        reply = self._reply
        if reply is None:
            return
        self._on_ready_read()
        if self._reply is None:
            return
        status = _status_of(reply)
        if status in (301, 302, 303, 307, 308):
            self._follow(reply)
            return
        fault = _fault_of(reply, status)
        self._end(fault if fault is not None else bytes(self._data))

    def _follow(self, reply: "QNetworkReply") -> None:
        from PySide6.QtNetwork import QNetworkRequest

        target = reply.attribute(QNetworkRequest.Attribute.RedirectionTargetAttribute)
        self._hops += 1
        if not isinstance(target, QUrl) or self._hops > MOST_HOPS:
            self._end(PictureFault.REDIRECTS)
            return
        url = self._url.resolved(target)
        fault = self._source.refuse(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        if fault is not None:
            self._end(fault)
            return
        self._reply = None
        reply.deleteLater()
        log.debug("a picture has moved to %s", url.host())
        self._go_to(url)


def in_private_network(host: "QHostInfo") -> PictureFault | None:
    """LAN or LOOPBACK for a name that leads to a machine which the group cannot reach."""
    for one in host.addresses():
        address = ipaddress.ip_address(one.toString().partition("%")[0])
        if address.is_loopback or address.is_unspecified:
            return PictureFault.LOOPBACK
        if not address.is_global and not (address.version == 4 and address in _STAND_INS):
            return PictureFault.LAN
    return None


def _length_of(reply: "QNetworkReply") -> int:
    """How many bytes the server announces, as far as it does."""
    from PySide6.QtNetwork import QNetworkRequest

    length = reply.header(QNetworkRequest.KnownHeaders.ContentLengthHeader)
    return length if isinstance(length, int) else 0


def _status_of(reply: "QNetworkReply") -> int:
    from PySide6.QtNetwork import QNetworkRequest

    status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
    return status if isinstance(status, int) else 0


def _fault_of(reply: "QNetworkReply", status: int) -> PictureFault | None:
    """Why a reply that has ended brought no picture."""
    from PySide6.QtNetwork import QNetworkReply

    error = reply.error()
    if error is QNetworkReply.NetworkError.NoError:
        return None
    if error is QNetworkReply.NetworkError.SslHandshakeFailedError:
        return PictureFault.UNTRUSTED
    if status in (404, 410):
        return PictureFault.MISSING
    if status >= 500:
        return PictureFault.SERVER
    return PictureFault.REFUSED if status >= 400 else PictureFault.UNREACHABLE
