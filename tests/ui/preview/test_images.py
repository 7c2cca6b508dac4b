"""Pictures come from a server of this test's own; nothing else on the net is asked."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QObject, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtNetwork import QHostAddress, QHostInfo
from pytestqt.qtbot import QtBot

from dingcomposer.core.messages import FeedCard, FeedLink, Markdown, Message
from dingcomposer.tour.sample_images import SampleImages
from dingcomposer.ui.preview.bubble.bubble import Bubble, MessageAuthor
from dingcomposer.ui.preview.images import downloader
from dingcomposer.ui.preview.images.decoding import decode, kept_size
from dingcomposer.ui.preview.images.downloader import ImageDownloader, in_private_network
from dingcomposer.ui.preview.images.loader import MOST_AT_ONCE, ImageLoader
from dingcomposer.ui.preview.images.store import Found, ImageStore, never_fetched
from dingcomposer.ui.texts.images import PictureFault, picture_sentence

# Two frames of one pixel: red, then blue.
GIF = bytes.fromhex(
    "47494638396101000100800000ff00000000ff"
    "21f90400 0a000000 2c00000000010001000002024401 00"
    "21f90400 0a000000 2c00000000010001000002024c01 00 3b"
)


def png(width: int = 4, height: int = 3, colour: str = "#00FF00") -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return encoded(image)


def encoded(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


@dataclass
class Site:
    """A web server: what it answers to each path, and what it was asked."""

    url: str = ""
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    at_once: int = 0
    most_at_once: int = 0
    turn: threading.Lock = field(default_factory=threading.Lock)

    def put(self, path: str, data: bytes, status: int = 200, **headers: str) -> str:
        self.answers[path] = (status, headers, data)
        return self.url + path

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        with self.turn:
            self.asked.append(handler.path)
            self.headers.append(dict(handler.headers.items()))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        self.gate.wait(20)
        status, headers, data = self.answers.get(handler.path, (404, {}, b""))
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        with self.turn:
            self.at_once -= 1
        try:
            handler.wfile.write(data)
        except OSError:  # the asker may have hung up
            return


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    made.gate.set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.answer(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    yield made
    made.gate.set()
    server.shutdown()
    server.server_close()
    thread.join()


class PictureHarness(QObject):
    """Pictures with a loader that may ask this machine, and whoever shows some of them."""

    def __init__(
        self, *, rest_ms: int = 0, limit_ms: int = 10_000, most_pixels: int = 10**8
    ) -> None:
        super().__init__()
        self.source = ImageDownloader(
            self,
            refuse=lambda address: None if "//127.0.0.1" in address else never_fetched(address),
            refuse_host=lambda _host: None,
            rest_ms=rest_ms,
            limit_ms=limit_ms,
        )
        self.pictures = ImageStore(self, refuse=self.source.refuse, most_pixels=most_pixels)
        self.loader = ImageLoader(self.pictures, self.source, self)
        self.shown: set[str] = set()
        self.pictures.sought.connect(self._on_sought)

    def _on_sought(self, address: str) -> None:
        if address in self.shown:
            self.pictures.confirm()

    def want(self, address: str) -> None:
        self.shown.add(address)
        self.pictures.find(address)

    def fault_of(self, qtbot: QtBot, address: str) -> PictureFault | None:
        """Why this address has no picture."""
        self.want(address)
        qtbot.waitUntil(lambda: self.loader.is_idle)
        return self.pictures.find(address).fault


@pytest.fixture
def harness(qapp: object) -> Iterator[PictureHarness]:
    made = PictureHarness()
    yield made
    made.loader.close()


def show(bubble: Bubble, message: Message) -> None:
    bubble.show_message(message, MessageAuthor("运维值班", "#3370FF"))


@pytest.fixture
def bubble_of(qtbot: QtBot) -> Callable[[ImageStore], Bubble]:
    def make(pictures: ImageStore) -> Bubble:
        bubble = Bubble(pictures=pictures)
        qtbot.addWidget(bubble)
        bubble.show()
        return bubble

    return make


# What is never fetched


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("", PictureFault.EMPTY),
        ("@lADOpwk3K80C0M0FoA", PictureFault.MEDIA_ID),
        ("file:///home/me/a.png", PictureFault.FILE),
        ("C:\\图\\a.png", PictureFault.FILE),
        ("C:\\my pictures\\a.png", PictureFault.FILE),
        ("/home/me/a.png", PictureFault.FILE),
        ("data:image/png;base64,AAAA", PictureFault.DATA),
        ("https://example.com/a b.png", PictureFault.SPACE),
        ("http://127.0.0.1/a.png", PictureFault.LOOPBACK),
        ("http://localhost:8000/a.png", PictureFault.LOOPBACK),
        ("http://[::1]/a.png", PictureFault.LOOPBACK),
        ("http://192.168.1.20/a.png", PictureFault.LAN),
        ("http://10.1.2.3/a.png", PictureFault.LAN),
        ("https://wiki.internal/a.png", PictureFault.LAN),
        ("https://build-server/a.png", PictureFault.LAN),
        ("ftp://example.com/a.png", PictureFault.SCHEME),
        ("//example.com/a.png", PictureFault.SCHEME),
        ("example.com/a.png", PictureFault.BROKEN),
        ("https:///a.png", PictureFault.BROKEN),
        ("https://me:word@example.com/a.png", PictureFault.CREDENTIALS),
        ("https://example.com/图.png", None),
    ],
)
def test_what_the_group_cannot_load_is_not_loaded_here_either(
    qapp: object, address: str, fault: PictureFault | None
) -> None:
    pictures = ImageStore()
    wanted: list[str] = []
    pictures.wanted.connect(wanted.append)
    assert pictures.find(address).fault is fault
    assert wanted == ([address] if fault is None else [])


def test_this_machine_is_never_asked_by_the_rule_that_ships(qtbot: QtBot, site: Site) -> None:
    answers: list[bytes | PictureFault] = []
    source = ImageDownloader()
    # Past the first look: what a name leads to is judged once it is known.
    source.fetch(site.put("/a.png", png()), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [PictureFault.LOOPBACK]
    assert site.asked == []


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("127.0.0.1", PictureFault.LOOPBACK),
        ("::1", PictureFault.LOOPBACK),
        ("192.168.0.7", PictureFault.LAN),
        ("fe80::1%eth0", PictureFault.LAN),
        ("198.18.0.44", None),  # a proxy's stand-in
        ("140.205.172.4", None),
    ],
)
def test_a_name_is_judged_by_where_it_leads(address: str, fault: PictureFault | None) -> None:
    host = QHostInfo()
    host.setAddresses([QHostAddress("140.205.172.4"), QHostAddress(address)])
    assert in_private_network(host) is fault


def test_a_redirect_into_a_private_place_is_not_followed(
    qtbot: QtBot, site: Site, harness: PictureHarness
) -> None:
    lan = site.put("/lan", b"", 302, Location="http://192.168.1.1/a.png")
    file = site.put("/file", b"", 302, Location="file:///etc/passwd")
    assert harness.fault_of(qtbot, lan) is PictureFault.LAN
    assert harness.fault_of(qtbot, file) is PictureFault.FILE


# What comes


def test_a_picture_comes_and_takes_its_place(
    qtbot: QtBot,
    site: Site,
    harness: PictureHarness,
    bubble_of: Callable[[ImageStore], Bubble],
) -> None:
    bubble = bubble_of(harness.pictures)
    address = site.put("/a.png", png(1000, 500))
    with qtbot.waitSignal(harness.pictures.changed):
        show(bubble, Markdown("题", f"![图]({address})"))
    found = harness.pictures.find(address)
    assert found.image is not None
    assert found.image.pixelColor(0, 0).name() == "#00ff00"
    assert site.asked == ["/a.png"]
    show(bubble, Markdown("题", f"再看一次 ![图]({address})"))
    assert harness.loader.is_idle, "what is there is not fetched twice"


def test_all_pictures_of_a_feed_come_and_none_twice(
    qtbot: QtBot,
    site: Site,
    harness: PictureHarness,
    bubble_of: Callable[[ImageStore], Bubble],
) -> None:
    addresses = [site.put(f"/{n}.png", png()) for n in range(3)]
    items = tuple(FeedLink("题", "https://m/", one) for one in (*addresses, addresses[0]))
    bubble = bubble_of(harness.pictures)
    show(bubble, FeedCard(items))
    qtbot.waitUntil(lambda: harness.loader.is_idle)
    assert sorted(site.asked) == ["/0.png", "/1.png", "/2.png"]
    assert all(harness.pictures.find(one).image is not None for one in addresses)


def test_at_most_six_are_fetched_at_once(qtbot: QtBot, site: Site, harness: PictureHarness) -> None:
    site.gate.clear()
    for number in range(15):
        harness.want(site.put(f"/{number}.png", png()))
    qtbot.waitUntil(lambda: site.at_once == MOST_AT_ONCE)
    site.gate.set()
    qtbot.waitUntil(lambda: harness.loader.is_idle)
    assert site.most_at_once == MOST_AT_ONCE
    assert len(site.asked) == 15


def test_the_server_learns_nothing_about_the_person(
    qtbot: QtBot, site: Site, harness: PictureHarness
) -> None:
    site.put("/second.png", png())
    first = site.put("/first.png", b"", 302, Location="/second.png", Set_Cookie="seen=1")
    assert harness.fault_of(qtbot, first) is None
    assert site.asked == ["/first.png", "/second.png"]
    for headers in site.headers:
        names = {name.lower() for name in headers}
        assert not names & {"cookie", "referer", "authorization"}
        assert headers["User-Agent"].startswith("DingComposer/")


def test_an_animated_picture_shows_its_first_frame() -> None:
    image = decode(GIF).image
    assert image is not None
    assert image.pixelColor(0, 0).name() == "#ff0000"


@pytest.mark.parametrize("size", [(2400, 1218), (6000, 400), (300, 9000), (100, 60)])
def test_a_large_picture_is_kept_as_large_as_it_is_drawn(size: tuple[int, int]) -> None:
    kept = kept_size(QSize(*size))
    assert kept.width() * kept.height() <= 2_001_000
    assert kept.width() >= min(size[0], 100)
    # Fitted into what DingTalk draws at most, both come out the same.
    drawn = [
        QSize(width, height).scaled(358, 350, Qt.AspectRatioMode.KeepAspectRatio)
        for width, height in (size, (kept.width(), kept.height()))
    ]
    assert abs(drawn[0].width() - drawn[1].width()) <= 1
    assert abs(drawn[0].height() - drawn[1].height()) <= 1


# Typing


def test_nothing_is_fetched_while_the_address_is_typed(
    qtbot: QtBot, site: Site, bubble_of: Callable[[ImageStore], Bubble]
) -> None:
    harness = PictureHarness(rest_ms=150)
    bubble = bubble_of(harness.pictures)
    address = site.put("/picture.png", png())
    for end in range(len(site.url) + 1, len(address) + 1):
        with qtbot.waitSignal(bubble.settled):
            show(bubble, Markdown("题", f"![图]({address[:end]})"))
        harness.loader.hold_back()
    assert site.asked == []
    qtbot.waitUntil(lambda: harness.pictures.find(address).image is not None)
    assert site.asked == ["/picture.png"]
    harness.loader.close()


def test_an_address_that_vanished_meanwhile_is_not_fetched(
    qtbot: QtBot,
    site: Site,
    harness: PictureHarness,
    bubble_of: Callable[[ImageStore], Bubble],
) -> None:
    bubble = bubble_of(harness.pictures)
    show(bubble, Markdown("题", f"![图]({site.url}/gone.png)"))
    show(bubble, FeedCard((FeedLink("题", "https://m/", f"{site.url}/gone-too.png"),)))
    show(bubble, Markdown("题", "文"))
    qtbot.waitUntil(lambda: harness.loader.is_idle)
    assert site.asked == []
    show(bubble, Markdown("题", f"![图]({site.put('/gone.png', png())})"))
    qtbot.waitUntil(lambda: site.asked == ["/gone.png"])


# What fails says why


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (404, PictureFault.MISSING),
        (410, PictureFault.MISSING),
        (401, PictureFault.REFUSED),
        (403, PictureFault.REFUSED),
        (502, PictureFault.SERVER),
        (304, PictureFault.NO_PICTURE),
    ],
)
def test_a_server_that_does_not_give_it_is_told(
    qtbot: QtBot, site: Site, harness: PictureHarness, status: int, fault: PictureFault
) -> None:
    assert harness.fault_of(qtbot, site.put("/a.png", b"", status)) is fault


def test_what_is_no_picture_is_told(qtbot: QtBot, site: Site, harness: PictureHarness) -> None:
    for data in (b"", b"<html></html>", png()[:60], b"<svg xmlns='http://www.w3.org/2000/svg'/>"):
        address = site.put(f"/{len(data)}", data)
        assert harness.fault_of(qtbot, address) is PictureFault.NO_PICTURE


def test_an_address_in_a_circle_is_told(qtbot: QtBot, site: Site, harness: PictureHarness) -> None:
    circle = site.put("/circle", b"", 302, Location="/circle")
    assert harness.fault_of(qtbot, circle) is PictureFault.REDIRECTS
    assert len(site.asked) <= 6


def test_what_is_too_large_is_let_go(
    qtbot: QtBot, site: Site, harness: PictureHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced = site.put("/announced", b"x" * 10_000_001)
    assert harness.fault_of(qtbot, announced) is PictureFault.TOO_LARGE
    monkeypatch.setattr(downloader, "MOST_BYTES", 1000)
    # Without a length, it is counted as it comes.
    silent = site.put("/silent", b"x" * 5000, Connection="close", Content_Length="")
    assert harness.fault_of(qtbot, silent) is PictureFault.TOO_LARGE


def test_a_picture_of_several_megabytes_comes_whole(
    qtbot: QtBot, site: Site, harness: PictureHarness
) -> None:
    data = png(40, 40) + b"\0" * 6_000_000
    assert harness.fault_of(qtbot, site.put("/large.png", data)) is None


def test_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    huge = QImage(8000, 5001, QImage.Format.Format_Mono)
    huge.fill(0)
    assert decode(encoded(huge)).fault is PictureFault.TOO_MANY_PIXELS


def test_a_silent_server_is_given_up(qtbot: QtBot, site: Site) -> None:
    harness = PictureHarness(limit_ms=60)
    site.gate.clear()
    assert harness.fault_of(qtbot, site.put("/a.png", png())) is PictureFault.SLOW
    harness.loader.close()


def test_a_closed_door_is_told(qtbot: QtBot, harness: PictureHarness) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.server_close()
    address = f"http://127.0.0.1:{server.server_port}/a.png"
    assert harness.fault_of(qtbot, address) is PictureFault.UNREACHABLE


@pytest.mark.parametrize("fault", list(PictureFault))
def test_every_fault_has_its_words(fault: PictureFault) -> None:
    assert len(picture_sentence(fault)) in range(10, 60)


# The switch, and what is kept


def test_turned_off_nothing_is_fetched_and_on_again_it_comes(
    qtbot: QtBot,
    site: Site,
    harness: PictureHarness,
    bubble_of: Callable[[ImageStore], Bubble],
) -> None:
    bubble = bubble_of(harness.pictures)
    address = site.put("/a.png", png())
    harness.loader.set_on(False)
    show(bubble, Markdown("题", f"![图]({address})"))
    assert harness.loader.is_idle
    assert harness.pictures.find(address).fault is PictureFault.OFF
    harness.loader.set_on(True)
    qtbot.waitUntil(lambda: harness.pictures.find(address).image is not None)
    harness.loader.set_on(False)
    assert harness.pictures.find(address) == Found(fault=PictureFault.OFF)
    assert site.asked == ["/a.png"]


def test_turned_off_what_is_on_its_way_is_given_up(
    qtbot: QtBot, site: Site, harness: PictureHarness
) -> None:
    site.gate.clear()
    address = site.put("/a.png", png())
    harness.want(address)
    qtbot.waitUntil(lambda: site.asked == ["/a.png"])
    harness.loader.set_on(False)
    assert harness.loader.is_idle
    site.gate.set()
    harness.loader.set_on(True)
    assert harness.fault_of(qtbot, address) is None


def test_what_failed_is_tried_anew_when_asked(
    qtbot: QtBot,
    site: Site,
    harness: PictureHarness,
    bubble_of: Callable[[ImageStore], Bubble],
) -> None:
    bubble = bubble_of(harness.pictures)
    show(bubble, Markdown("题", f"![图]({site.url}/a.png)"))
    qtbot.waitUntil(lambda: harness.loader.is_idle)
    address = site.put("/a.png", png())
    assert harness.pictures.find(address).fault is PictureFault.MISSING
    harness.loader.reload()
    qtbot.waitUntil(lambda: harness.pictures.find(address).image is not None)


def test_what_is_kept_is_bounded_and_the_oldest_out_of_sight_goes(qtbot: QtBot, site: Site) -> None:
    harness = PictureHarness(most_pixels=3 * 100)
    one, two, three, four, five = (site.put(f"/{n}.png", png(10, 10)) for n in range(5))
    for address in (one, two, three):
        assert harness.fault_of(qtbot, address) is None
    harness.shown.remove(two)
    assert harness.fault_of(qtbot, four) is None
    assert harness.fault_of(qtbot, five) is PictureFault.CROWDED
    assert harness.pictures.find(one).image is not None
    wanted: list[str] = []
    harness.pictures.wanted.connect(wanted.append)
    harness.pictures.find(two)
    assert wanted == [two]
    harness.loader.close()


def test_the_samples_pictures_need_no_network(qtbot: QtBot) -> None:
    source = SampleImages()
    answers: list[bytes | PictureFault] = []
    for address in ("@lADOpwk3K80C0M0FoA", "https://example.com/a.png"):
        assert source.refuse(address) is None
        source.fetch(address, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert isinstance(answers[0], bytes)
    assert decode(answers[0]).image is not None
    assert answers[1] is PictureFault.UNREACHABLE
