"""What holds for every test: no screen, no network, no keyring, no folder but the test's own.

Also: an unexpected warning in the log fails the test, as one of Python's or Qt's does.
"""

import gc
import ipaddress
import logging
import os
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from PySide6.QtCore import QLocale
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkRequest
from PySide6.QtWidgets import QApplication

from tests.fakes.fake_dialogs import answer, confirmed, insisting, save_dialog
from tests.fakes.fake_servers import authority, ca_file, trusting
from tests.fakes.programs import ring, start

# Fixtures for whoever needs them: dialogs that a test answers, issuers of certificates, programs.
__all__ = [
    "answer",
    "authority",
    "ca_file",
    "confirmed",
    "insisting",
    "ring",
    "save_dialog",
    "start",
    "trusting",
]

# Before any QApplication, and before keyring looks for a service. Who wants to watch the tests
# sets QT_QPA_PLATFORM.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
os.environ["LANGUAGE"] = os.environ["LC_ALL"] = os.environ["LANG"] = "C.UTF-8"
# The tests' own proxies are handed in.
for _name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
    os.environ.pop(_name, None)
    os.environ.pop(_name.lower(), None)


# `dev.py test` asks for it; `dev.py test --long` draws new examples each time.
hypothesis.settings.register_profile("repeatable", derandomize=True)

# So many new objects are worth a look; less is left for later.
GARBAGE = 10_000


class LeftTheMachine(Exception):
    """A test, or what it tests, spoke to something that is not on this machine.

    No OSError, so that no code takes it for a network that is down.
    """


# Qt's platform without a screen says so of each dialog, also of one that shows only where it takes
# long.
_OFFSCREEN = re.compile(r"does not support propagateSizeHints")


class _ExpectedLogs(logging.Handler):
    """Keeps what is logged as a warning or worse, and which of it was expected."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._said: list[str] = []
        self._expected: list[re.Pattern[str]] = []

    def __call__(self, pattern: str) -> None:
        """This test makes the program log a warning or error that matches `pattern`."""
        self._expected.append(re.compile(pattern))

    def emit(self, record: logging.LogRecord) -> None:
        self._said.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def check(self) -> None:
        """Fail where anything was logged that was not expected, or the other way round."""
        surprises = [
            line
            for line in self._said
            if not any(one.search(line) for one in (*self._expected, _OFFSCREEN))
        ]
        assert not surprises, f"logged, and not expected: {surprises}"
        missed = [one.pattern for one in self._expected if not any(map(one.search, self._said))]
        assert not missed, f"expected in the log, and not there: {missed} in {self._said}"


@pytest.fixture(autouse=True)
def expect_log() -> Iterator[Callable[[str], None]]:
    """Call it with a pattern for each warning or error that the test makes the program log."""
    watch = _ExpectedLogs()
    logger = logging.getLogger("dingcomposer")
    logger.addHandler(watch)
    yield watch
    logger.removeHandler(watch)
    watch.check()


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> Iterator[QApplication]:
    """The one QApplication, looking the same on every system and speaking English."""
    qapp.setStyle("Fusion")
    QLocale.setDefault(QLocale(QLocale.Language.English))
    yield qapp
    # Without a screen the clipboard outlives Python: what a test put there would crash the exit.
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def _garbage_in_the_main_thread() -> Iterator[None]:
    """Destroy a test's widgets here: the collector may otherwise run in a thread of the next."""
    gc.disable()
    yield
    if gc.get_count()[0] > GARBAGE:
        gc.collect()


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder below which this test's program finds its data, settings, logs and cache."""
    home = tmp_path / "home"
    for name, folder in (
        ("HOME", home),
        ("USERPROFILE", home),
        ("APPDATA", home / "AppData" / "Roaming"),
        ("LOCALAPPDATA", home / "AppData" / "Local"),
        ("WIN_PD_OVERRIDE_LOCAL_APPDATA", home / "AppData" / "Local"),
        ("XDG_DATA_HOME", home / ".local" / "share"),
        ("XDG_CONFIG_HOME", home / ".config"),
        ("XDG_STATE_HOME", home / ".local" / "state"),
        ("XDG_CACHE_HOME", home / ".cache"),
    ):
        monkeypatch.setenv(name, str(folder))
    return home


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    """Let sockets connect on this machine only. Names that cannot exist stay unknown."""
    guard = pytest.MonkeyPatch()
    guard.setattr(socket.socket, "connect", _guarded(socket.socket.connect))
    guard.setattr(socket.socket, "connect_ex", _guarded(socket.socket.connect_ex))
    guard.setattr(socket, "getaddrinfo", _local_names_only(socket.getaddrinfo))
    # Qt has sockets of its own.
    guard.setattr(QNetworkAccessManager, "get", _guarded_get(QNetworkAccessManager.get))
    yield
    guard.undo()


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
            raise LeftTheMachine(f"connect to {address[0]}")
        return connect(self, address)

    return guarded


def _guarded_get(get: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: QNetworkAccessManager, request: QNetworkRequest) -> Any:
        if not _is_here(request.url().host()):
            raise LeftTheMachine(f"GET from {request.url().host()}")
        return get(self, request)

    return guarded


def _local_names_only(getaddrinfo: Callable[..., Any]) -> Callable[..., Any]:
    def local_only(host: str | bytes | None, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and name.endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if name is not None and not _is_address(name) and not _is_here(name):
            raise LeftTheMachine(f"look-up of {name}")
        return getaddrinfo(host, *args, **kwargs)

    return local_only


def _is_here(host: str) -> bool:
    return host in ("", "localhost") or (
        _is_address(host) and ipaddress.ip_address(host).is_loopback
    )


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
