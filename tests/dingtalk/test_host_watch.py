"""A server on this machine ends, and that is noticed; one that is merely idle has not ended."""

import socket
import threading
from collections.abc import Iterator

import pytest

from dingcomposer.dingtalk import host_watch
from dingcomposer.dingtalk.host_watch import HostWatch

LIMIT_S = 20.0


@pytest.fixture
def watch() -> Iterator[HostWatch]:
    watch = HostWatch()
    yield watch
    watch.close()


def url_of(server: socket.socket) -> str:
    return f"http://127.0.0.1:{server.getsockname()[1]}/robot/send"


def test_the_end_of_a_server_is_noticed_at_once_however_young_the_connection_is(
    watch: HostWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A moment later the next one may listen there: a pause would miss it.
    monkeypatch.setattr(host_watch, "AGAIN_S", 1000.0)
    ended = threading.Event()
    server = socket.create_server(("127.0.0.1", 0))
    watch.watch(url_of(server), 600.0, ended.set)
    connection, _ = server.accept()
    server.close()
    connection.close()
    assert ended.wait(LIMIT_S)


def test_a_server_that_closes_what_is_idle_has_not_ended(watch: HostWatch) -> None:
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        watch.watch(url_of(server), 600.0, ended.set)
        for _ in range(3):
            server.accept()[0].close()
        assert not ended.is_set()


def test_only_this_machine_is_watched_and_a_closed_watch_tells_nothing(watch: HostWatch) -> None:
    ended = threading.Event()
    for endpoint in ("https://oapi.dingtalk.com/robot/send", "no address"):
        watch.watch(endpoint, 600.0, ended.set)
    with socket.create_server(("127.0.0.1", 0)) as server:
        watch.watch(url_of(server), 600.0, ended.set)
        connection, _ = server.accept()
        watch.close()
        assert connection.recv(1) == b"", "it lets go"
        connection.close()
    assert not ended.is_set()
