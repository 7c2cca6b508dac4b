"""An engine for the length of one command: the data folder opened, an event loop, Ctrl+C."""

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from dingcomposer import logs, paths
from dingcomposer.cli.options import CommonOptions
from dingcomposer.cli.outcomes import ConfigurationError
from dingcomposer.core.contacts import Contact
from dingcomposer.core.robot import Robot
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.services.engine import DATABASE_NAME, Engine, EngineOptions
from dingcomposer.storage.contacts import ContactStore
from dingcomposer.storage.database import Database, StorageError, StorageFault

log = logging.getLogger(__name__)

BUSY_TIMEOUT_MS = 5_000
"""A command waits for another program's lock; the window may not."""
LOOK_MS = 50

_FAULTS = {
    StorageFault.NEWER: "a newer version of DingComposer has written it: update this one",
    StorageFault.LOCKED: "another program holds it; try again",
    StorageFault.DAMAGED: "it is damaged; open the window to restore a backup",
    StorageFault.NO_HANDLES: "this computer has no file handle left: close other programs",
    StorageFault.NO_FILE: "it is no file, but a folder, a pipe or a device",
    StorageFault.CANNOT_CREATE: "it cannot be created there: use a folder that may be written to",
    StorageFault.UNREADABLE: "it may not be read: look at its permissions",
    StorageFault.FOREIGN: "it belongs to another program",
    StorageFault.FULL: "the disk is full",
    StorageFault.READ_ONLY: "it may only be read",
}


class EngineSession:
    """An open engine and its event loop. Made by `engine_session`.

    `hide` takes secrets out of a text.
    """

    def __init__(self, engine: Engine, hide: Callable[[str], str]) -> None:
        self.engine = engine
        self.hide = hide
        self.was_interrupted = False
        self._loop = QEventLoop()

    def run_until(self, is_over: Callable[[], bool]) -> None:
        """Run the event loop until it is so, or a person pressed Ctrl+C (`was_interrupted`).

        It is looked at with each outcome, and now and then.
        """

        def look(*_news: object) -> None:
            self._look(is_over)

        looking = QTimer(interval=LOOK_MS)
        looking.timeout.connect(look)
        looking.start()
        self.engine.outbox.changed.connect(look)
        if not (self.was_interrupted or is_over()):
            self._loop.exec()
        self.engine.outbox.changed.disconnect(look)

    def finish(self, is_over: Callable[[], bool]) -> None:
        """Run the event loop until it is so, even after Ctrl+C."""
        before, self.was_interrupted = self.was_interrupted, False
        self.run_until(is_over)
        self.was_interrupted = self.was_interrupted or before

    def interrupt(self) -> None:
        """Ctrl+C: end the loop at its next look."""
        self.was_interrupted = True

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """The people that can be named; nobody where they cannot be read."""
        try:
            return ContactStore(self.engine.database).all()
        except StorageError:
            return ()

    def robot(self, name: str) -> Robot:
        """The robot of this name, or whose id it is. Raises ConfigurationError."""
        robots = self.engine.robot_profiles.robots
        found = [one for one in robots if name in (one.name, one.robot_id)]
        if found:
            return found[0]
        known = ", ".join(one.name for one in robots) or "none"
        raise ConfigurationError(f"There is no robot called {name!r} here. Known: {known}.")

    def robot_list(self, name: str) -> RobotList:
        """The list of this name, or whose id it is. Raises ConfigurationError."""
        lists = self.engine.robot_lists
        found = lists.named(name)
        if found is None:
            known = ", ".join(one.name for one in lists.lists) or "none"
            raise ConfigurationError(f"There is no list called {name!r} here. Known: {known}.")
        if not lists.members(found):
            raise ConfigurationError(f"There is no robot in the list {name!r}.")
        return found

    def list_of_robot_option(self, name: str) -> RobotList | None:
        """The list that --robot names, where it is the name of no robot; None for a robot's."""
        robots = self.engine.robot_profiles.robots
        if any(name in (one.name, one.robot_id) for one in robots):
            return None
        return self.robot_list(name) if self.engine.robot_lists.named(name) else None

    def _look(self, is_over: Callable[[], bool]) -> None:
        if self.was_interrupted or is_over():
            self._loop.quit()


@contextmanager
def engine_session(common: CommonOptions) -> Iterator[EngineSession]:
    """Open the data folder, beside a window or another command that may be at work on it.

    Raises ConfigurationError where it cannot be opened.
    """
    places = paths.places(common.data_dir)
    try:
        places.make()
    except paths.FolderError as error:
        raise ConfigurationError(f"The data folder cannot be used: {error}") from None
    application = QCoreApplication.instance() or QCoreApplication([])
    redactor = logs.Redactor()
    level = logging.DEBUG if common.is_verbose else logging.INFO
    told = logging.DEBUG if common.is_verbose else logging.ERROR
    logging_ = logs.start(places.logs, redactor, level=level, terminal_level=told)
    path = places.data / DATABASE_NAME
    try:
        engine = _open(path, redactor)
    except (StorageError, OSError) as error:
        logging_.stop()
        raise ConfigurationError(f"{path} cannot be opened: {_why(error)}.") from None
    log.debug("opened %s: %d robots", path, len(engine.robot_profiles.robots))
    session = EngineSession(engine, redactor.hide)
    before = signal.signal(signal.SIGINT, lambda _number, _frame: session.interrupt())
    try:
        yield session
    finally:
        signal.signal(signal.SIGINT, before)
        engine.stop()
        engine.close()
        logging_.stop()
        del application


def _open(path: Path, redactor: logs.Redactor) -> Engine:
    # What was deleted while it was open is written anew by the window alone.
    database = Database(path, busy_timeout_ms=BUSY_TIMEOUT_MS, may_restore=lambda: False)
    options = EngineOptions(
        learned=lambda known: redactor.register(
            known.access_token, known.secret, known.proxy_password
        )
    )
    try:
        return Engine(database, options, sandbox_name="Sandbox")
    except BaseException:
        with suppress(StorageError):
            database.close()
        raise


def _why(error: StorageError | OSError) -> str:
    if isinstance(error, StorageError):
        return _FAULTS.get(error.fault, error.fault.value.replace("_", " "))
    return error.strerror or type(error).__name__
