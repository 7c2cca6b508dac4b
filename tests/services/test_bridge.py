"""What other threads hand to the main thread is heard until the bridge is closed."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dingcomposer.services.background import Background
from dingcomposer.services.bridge import Bridge


def test_what_is_on_its_way_as_it_is_closed_is_heard_no_more(
    qapp: QApplication, qtbot: QtBot
) -> None:
    """What it would be told to has gone by then: a database that is closed, a window."""
    bridge = Bridge()
    heard: list[int] = []
    background = Background()
    posted: list[object] = []

    def post(n: int) -> int:
        bridge.post(lambda: heard.append(n))
        bridge.post(bridge.close)
        bridge.post(lambda: heard.append(n + 1))
        return n

    background.run("a", post, 7, posted.append)
    qtbot.waitUntil(lambda: bool(posted))
    QCoreApplication.sendPostedEvents()
    assert heard == [7]
    background.close()
