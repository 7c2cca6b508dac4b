"""The robots' tokens and secrets, in the system's keyring: the one user of `keyring`.

One entry for each robot, service "DingComposer", user name the robot's id, password
`{"access_token": "…", "secret": "SEC…" or null}`, and `"proxy_password": "…"` where there is one:
all change together. Where there is no keyring they stay in memory for this run. There is no other
place, and never a file of ours.
"""

import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import Enum, StrEnum
from functools import partial
from queue import SimpleQueue
from types import ModuleType
from typing import TYPE_CHECKING, Final, cast

from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Credentials
from dingcomposer.storage.timed_calls import TimedCalls

if TYPE_CHECKING:
    # At run time it is imported in the keyring's thread: 80 ms, and 180 more to find a backend.
    from keyring.backend import KeyringBackend

SERVICE = "DingComposer"
LIMIT_S = 5.0

log = logging.getLogger(__name__)


class SecretsReason(StrEnum):
    """Why secrets could not be read or kept."""

    MISSING = "missing"  # no keyring on this machine, or none that keeps what it is given
    LOCKED = "locked"  # and the person did not unlock it
    REFUSED = "refused"
    SLOW = "slow"  # no answer in time: perhaps a prompt stands open
    BROKEN = "broken"  # it failed, or what it holds is not ours


class SecretsUnavailable(Exception):
    """No keyring, locked, refused. `library_class` names the foreign error's class for the log."""

    def __init__(self, reason: SecretsReason, library_class: str = "") -> None:
        super().__init__(reason.value, library_class)
        self.reason = reason
        self.library_class = library_class


class SecretsState(StrEnum):
    """Where secrets go in this run."""

    UNKNOWN = "unknown"  # nobody asked yet
    KEYRING = "keyring"
    MEMORY = "memory"  # no keyring: they are gone when the program ends


class Keep(Enum):
    """What a `CredentialsChange` leaves as it is."""

    KEEP = "keep"


KEEP: Final = Keep.KEEP


@dataclass(frozen=True, slots=True, repr=False)
class CredentialsChange:
    """What of a robot's credentials is to be another one; what is not named stays as it is kept.

    All of it is secret: repr hides it.
    """

    access_token: str | Keep = KEEP
    secret: str | Keep | None = KEEP
    proxy_password: str | Keep | None = KEEP

    @property
    def is_empty(self) -> bool:
        """True where all stays as it is."""
        return self._kept == (KEEP, KEEP, KEEP)

    @property
    def is_partial(self) -> bool:
        """True where some of it stays, and has to be read first."""
        return KEEP in self._kept

    @property
    def _kept(self) -> tuple[object, ...]:
        return self.access_token, self.secret, self.proxy_password

    def applied_to(self, known: Credentials) -> Credentials:
        """The credentials with this change."""
        if not isinstance(self.access_token, Keep):
            known = replace(known, access_token=self.access_token)
        if not isinstance(self.secret, Keep):
            known = replace(known, secret=self.secret)
        if not isinstance(self.proxy_password, Keep):
            known = replace(known, proxy_password=self.proxy_password)
        return known


NO_CHANGE: Final = CredentialsChange()
Outcome = Credentials | SecretsUnavailable
Done = Callable[[Outcome], None]
FindBackend = Callable[[], "KeyringBackend"]


def system_keyring() -> "KeyringBackend":
    """The keyring of this system, as the library finds it; slow, and not in the main thread."""
    _spare_keyring_its_detours()
    import keyring

    return keyring.get_keyring()


def _spare_keyring_its_detours() -> None:
    # WORKAROUND(keyring 25.7.0, backends/macOS/api.py): each backend is imported on every system,
    # and on Linux macOS's runs ldconfig, gcc and ld to look for Apple's libraries: 50 ms. A module
    # that is None cannot be imported, which that backend takes for what it is: not there.
    if sys.platform != "darwin":
        sys.modules.setdefault("keyring.backends.macOS.api", cast("ModuleType", None))
    # WORKAROUND(keyring 25.7.0, compat/py312.py): before Python 3.12 it wants a copy of what the
    # standard library has: 20 ms.
    if sys.version_info < (3, 12):
        import importlib.metadata

        own = ModuleType("keyring.compat.py312")
        vars(own)["metadata"] = importlib.metadata
        sys.modules.setdefault(own.__name__, own)


def no_keyring() -> "KeyringBackend":
    """In place of `system_keyring`: everything stays in memory, whatever the system has."""
    from keyring.backends.null import Keyring

    return Keyring()  # type: ignore[no-untyped-call]


class SecretStore:
    """Reads and keeps credentials. Any thread may call it; only `read` waits.

    `find_backend`, and every call to the keyring, runs in a thread of the store's. `limit_s` is
    how long one call may take. `changed` is called, in some thread, when `state` has changed, and
    `learned` with every credentials that the store comes to hold, before anybody else has them:
    for the log, which masks them.

    What was read is remembered for this run (a keyring takes 20 to 25 ms for each call): what
    another program changes in the keyring meanwhile is seen at the next start.
    """

    def __init__(
        self,
        find_backend: FindBackend = system_keyring,
        *,
        limit_s: float = LIMIT_S,
        changed: Callable[[], None] = lambda: None,
        learned: Callable[[Credentials], None] = lambda credentials: None,
    ) -> None:
        self._find_backend = find_backend
        self._changed = changed
        self._learned = learned
        self._calls: TimedCalls[Outcome] = TimedCalls(
            "keyring", limit_s=limit_s, overdue=SecretsUnavailable(SecretsReason.SLOW)
        )
        self._lock = threading.Lock()
        self._state = SecretsState.UNKNOWN
        self._entries: _Entries | None = None
        self._held: dict[str, Credentials] = {}  # in memory only
        self._known: dict[str, Credentials] = {}  # as the keyring holds them

    @property
    def state(self) -> SecretsState:
        """Where secrets go in this run; UNKNOWN until the keyring was asked for the first time."""
        return self._state

    def read(self, robot_id: str) -> Credentials:
        """A robot's credentials, with an empty token where none is kept. Not in the main thread.

        Raises SecretsUnavailable, after the time limit at the latest.
        """
        box: SimpleQueue[Outcome] = SimpleQueue()
        self.request(robot_id, box.put)
        outcome = box.get()
        if isinstance(outcome, SecretsUnavailable):
            raise SecretsUnavailable(outcome.reason, outcome.library_class)
        return outcome

    def request(self, robot_id: str, done: Done) -> None:
        """Like `read`, but returns at once.

        `done` gets the outcome exactly once: in a thread of the store's, or right here where the
        answer is known. It must not wait.
        """
        with self._lock:
            known = self._held.get(robot_id) or self._known.get(robot_id)
        if known is not None:
            done(known)
            return
        self._submit("read", robot_id, partial(self._read, robot_id), done)

    def find(self, done: Done = lambda outcome: None) -> None:
        """Find out whether there is a keyring, without touching an entry; see `state`."""
        self._submit("find", "", self._find, done)

    def put(self, robot_id: str, change: CredentialsChange, done: Done) -> None:
        """Keep new credentials; `done` gets what is kept then, as `request` calls it.

        Where one of them stays, it is read first, and if that fails nothing is written. Without a
        keyring they are held in memory, which is no failure: `state` says it. After SLOW it is not
        known whether the keyring will still take them.
        """
        self._submit("put", robot_id, partial(self._put, robot_id, change), done)

    def hold(self, robot_id: str, credentials: Credentials) -> None:
        """Keep credentials in memory for this run; the keyring is not asked."""
        self._learned(credentials)
        with self._lock:
            self._held[robot_id] = credentials

    def release(self, robot_id: str, credentials: Credentials, done: Done) -> None:
        """Keep them for this run only: in memory, and not in the keyring any more."""
        self.hold(robot_id, credentials)
        self._submit("release", robot_id, partial(self._release, robot_id), done)

    def forget(self, robot_id: str, done: Done = lambda outcome: None) -> None:
        """Delete what is kept of a robot; `done` gets empty credentials, or why it failed."""
        self._drop(robot_id)
        self._submit("forget", robot_id, partial(self._forget, robot_id), done)

    def read_anew(self, robot_id: str) -> None:
        """Another process may have changed what the keyring keeps: ask it at the next read."""
        with self._lock:
            self._known.pop(robot_id, None)

    def close(self) -> None:
        """Give up what is still asked (SLOW). Never waits: a keyring may hang for good."""
        self._calls.close()

    # In the keyring's thread

    def _submit(
        self, call: str, robot_id: str, work: Callable[[], Credentials], done: Done
    ) -> None:
        def report(outcome: Outcome) -> None:
            # Here and not in the call's thread: a call that takes too long ends here, too.
            if isinstance(outcome, SecretsUnavailable):
                said = outcome.reason.value
            else:
                said = _describe(outcome)
            log.debug("keyring, %s %s: %s", call, robot_id, said)
            done(outcome)

        log.debug("keyring, %s %s: asked", call, robot_id)
        self._calls.submit(robot_id, partial(self._outcome, work), report)

    def _outcome(self, work: Callable[[], Credentials]) -> Outcome:
        try:
            return work()
        except SecretsUnavailable as unavailable:
            if unavailable.reason is SecretsReason.MISSING:
                self._finish(None)
            return unavailable

    def _open(self) -> "_Entries":
        """The keyring's entries; raises MISSING where there is none to trust with secrets."""
        if self._state is SecretsState.UNKNOWN:
            with _own_errors():
                backend = self._find_backend()
                self._finish(_Entries(backend) if _is_fit(backend) else None)
        if self._entries is None:
            raise SecretsUnavailable(SecretsReason.MISSING)
        return self._entries

    def _finish(self, entries: "_Entries | None") -> None:
        self._entries = entries
        state = SecretsState.MEMORY if entries is None else SecretsState.KEYRING
        if state is not self._state:
            self._state = state
            log.info("secrets are kept in: %s", state.value)
            self._changed()

    def _find(self) -> Credentials:
        self._open()
        return Credentials("")

    def _read(self, robot_id: str) -> Credentials:
        with self._lock:
            held = self._held.get(robot_id)
        if held is not None:
            return held
        return self._fetch(robot_id) or Credentials("")

    def _fetch(self, robot_id: str) -> Credentials | None:
        """What the keyring holds now, whatever is remembered; None where there is no entry."""
        credentials = self._open().get(robot_id)
        if credentials is not None:
            self._learned(credentials)
            with self._lock:
                self._known[robot_id] = credentials
        return credentials

    def _put(self, robot_id: str, change: CredentialsChange) -> Credentials:
        with self._lock:
            held = self._held.get(robot_id)
        credentials = held or Credentials("")
        entries: _Entries | None = None
        try:
            entries = self._open()
            if held is None and change.is_partial:
                credentials = self._fetch(robot_id) or credentials
        except SecretsUnavailable as unavailable:
            if unavailable.reason is not SecretsReason.MISSING:
                raise
        credentials = change.applied_to(credentials)
        if entries is None or not self._write(entries, robot_id, credentials):
            self.hold(robot_id, credentials)
            return credentials
        with self._lock:
            self._known[robot_id] = credentials
            if self._held.get(robot_id) is held:  # not what a person held meanwhile
                self._held.pop(robot_id, None)
        return credentials

    def _write(self, entries: "_Entries", robot_id: str, credentials: Credentials) -> bool:
        """False where it turned out that there is no keyring after all."""
        self._learned(credentials)
        try:
            entries.set(robot_id, credentials)
        except SecretsUnavailable as unavailable:
            if unavailable.reason is not SecretsReason.MISSING:
                raise
            self._finish(None)
            return False
        return True

    def _release(self, robot_id: str) -> Credentials:
        try:
            self._open().delete(robot_id)
        except SecretsUnavailable as unavailable:
            if unavailable.reason is not SecretsReason.MISSING:
                raise
        return Credentials("")

    def _forget(self, robot_id: str) -> Credentials:
        self._release(robot_id)
        self._drop(robot_id)
        return Credentials("")

    def _drop(self, robot_id: str) -> None:
        with self._lock:
            self._held.pop(robot_id, None)
            self._known.pop(robot_id, None)


class _Entries:
    """The entries in a keyring. Raises SecretsUnavailable and nothing else."""

    def __init__(self, backend: "KeyringBackend") -> None:
        self._backend = backend

    def get(self, robot_id: str) -> Credentials | None:
        with _own_errors():
            text = self._backend.get_password(SERVICE, robot_id)
        return None if text is None else _from_text(text)

    def set(self, robot_id: str, credentials: Credentials) -> None:
        text = _to_text(credentials)
        with _own_errors():
            self._backend.set_password(SERVICE, robot_id, text)
            kept = self._backend.get_password(SERVICE, robot_id)
        if kept is None:
            # keyring's null backend, which is its "off" switch, takes everything and keeps nothing.
            raise SecretsUnavailable(SecretsReason.MISSING)
        if kept != text:
            raise SecretsUnavailable(SecretsReason.BROKEN)

    def delete(self, robot_id: str) -> None:
        with _own_errors():
            # Deleting what is not there is an error, and cannot be told from others.
            if self._backend.get_password(SERVICE, robot_id) is not None:
                self._backend.delete_password(SERVICE, robot_id)


def _describe(credentials: Credentials) -> str:
    """Which secrets there are, never what they are."""
    there = {
        "token": credentials.access_token,
        "secret": credentials.secret,
        "proxy password": credentials.proxy_password,
    }
    return ", ".join(name for name, value in there.items() if value) or "nothing kept"


def _to_text(credentials: Credentials) -> str:
    entry = {"access_token": credentials.access_token, "secret": credentials.secret}
    if credentials.proxy_password:  # most have none, and an older program reads the rest
        entry["proxy_password"] = credentials.proxy_password
    return json.dumps(entry)


def _from_text(text: str) -> Credentials:
    try:
        match json.loads(text):
            case {"access_token": str(access_token), "secret": None | str() as secret, **others}:
                match others.get("proxy_password"):
                    case None | str() as proxy_password:
                        return Credentials(access_token, secret, proxy_password)
    except (ValueError, RecursionError):
        pass
    raise SecretsUnavailable(SecretsReason.BROKEN)


def _is_fit(backend: "KeyringBackend") -> bool:
    """True for a keyring that the library recommends: priority 1 and more.

    Below that are the absent one, the null one, and files of plain text. A chain of several is
    as good as its first, which is the one that is written to.
    """
    first = next(iter(getattr(backend, "backends", ())), backend)
    return first.priority >= 1


@contextmanager
def _own_errors() -> Iterator[None]:
    """Whatever a keyring raises becomes SecretsUnavailable; its text stays behind."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - a backend raises what its own libraries raise
        raise SecretsUnavailable(_reason(error), type(error).__name__) from None


def _reason(error: Exception) -> SecretsReason:
    if isinstance(error, ImportError):
        return SecretsReason.MISSING
    from keyring import errors

    match error:
        case errors.NoKeyringError():
            return SecretsReason.MISSING
        case errors.KeyringLocked():
            return SecretsReason.LOCKED
        case errors.PasswordSetError() | errors.PasswordDeleteError():
            return SecretsReason.REFUSED
        case _:
            return SecretsReason.BROKEN
