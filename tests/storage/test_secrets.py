"""Secrets in a keyring that is well, missing, locked, slow or broken."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from queue import SimpleQueue
from typing import NoReturn

import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, NoKeyringError, PasswordDeleteError, PasswordSetError

from dingcomposer.core.robot import Credentials
from dingcomposer.storage.secrets import (
    KEEP,
    CredentialsChange,
    Keep,
    Outcome,
    SecretsReason,
    SecretsState,
    SecretStore,
    SecretsUnavailable,
)
from tests.fakes.credential_manager import MOST_BYTES, CredentialManager, backend_over
from tests.fakes.fake_keyring import LIMIT_S, FakeKeyring

BOTH = Credentials("token-1", "SEC-1")
Opened = Callable[[Callable[[], KeyringBackend]], SecretStore]


def entry(
    token: str = "token-1", secret: str | None = "SEC-1", robot_id: str = "r-1"
) -> dict[tuple[str, str], str]:
    return {("DingComposer", robot_id): json.dumps({"access_token": token, "secret": secret})}


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Opens stores whose calls have plenty of time, and closes them."""
    with ExitStack() as stores:

        def opened(find_backend: Callable[[], KeyringBackend]) -> SecretStore:
            return stores.enter_context(closing(SecretStore(find_backend, limit_s=LIMIT_S)))

        yield opened


def put(
    store: SecretStore,
    robot_id: str = "r-1",
    *,
    access_token: str | Keep = KEEP,
    secret: str | Keep | None = KEEP,
    proxy_password: str | Keep | None = None,
) -> Outcome:
    box: SimpleQueue[Outcome] = SimpleQueue()
    store.put(robot_id, CredentialsChange(access_token, secret, proxy_password), box.put)
    return box.get(timeout=LIMIT_S)


def forget(store: SecretStore, robot_id: str = "r-1") -> Outcome:
    box: SimpleQueue[Outcome] = SimpleQueue()
    store.forget(robot_id, box.put)
    return box.get(timeout=LIMIT_S)


def why_not(store: SecretStore, robot_id: str = "r-1") -> SecretsReason:
    with pytest.raises(SecretsUnavailable) as caught:
        store.read(robot_id)
    return caught.value.reason


def read_when_free(store: SecretStore, robot_id: str) -> Credentials:
    """Ask again as long as an earlier call still holds the robot up."""
    for _ in range(100):
        with suppress(SecretsUnavailable):
            return store.read(robot_id)
    pytest.fail("still held up by a prompt that was answered")


def reason(outcome: Outcome) -> SecretsReason:
    assert isinstance(outcome, SecretsUnavailable)
    return outcome.reason


# Windows' Credential Manager, through keyring's own backend for it


def test_windows_keeps_the_largest_robot_that_there_is(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = CredentialManager()
    largest = Credentials("f" * 64, f"SEC{'f' * 64}", "密码" * 40)
    for number in range(3):  # the backend moves entries of one service out of each other's way
        store = opened(lambda: backend_over(manager, monkeypatch))
        kept = put(
            store,
            f"r-{number}",
            access_token=largest.access_token,
            secret=largest.secret,
            proxy_password=largest.proxy_password,
        )
        assert kept == largest
    again = opened(lambda: backend_over(manager, monkeypatch))
    assert [again.read(f"r-{number}") for number in range(3)] == [largest] * 3
    assert again.state is SecretsState.KEYRING
    blobs = [one["CredentialBlob"] for one in manager.entries.values()]
    assert max(len(blob) for blob in blobs if isinstance(blob, bytes)) <= MOST_BYTES


def test_what_is_too_long_for_windows_is_told_and_can_be_held_for_this_run(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = CredentialManager()
    store = opened(lambda: backend_over(manager, monkeypatch))
    assert put(store, access_token="token-1", secret="SEC-1") == BOTH
    assert put(store, "r-2", access_token="token-2", secret="SEC-2") == Credentials(
        "token-2", "SEC-2"
    )
    long = "p" * (MOST_BYTES // 2)
    assert reason(put(store, proxy_password=long)) is SecretsReason.BROKEN
    assert reason(put(store, "r-3", access_token="t", secret=long)) is SecretsReason.BROKEN
    # Nothing that was there is lost, here or at the next start.
    for run in (store, opened(lambda: backend_over(manager, monkeypatch))):
        assert run.read("r-1") == BOTH
        assert run.read("r-2") == Credentials("token-2", "SEC-2")
        assert run.read("r-3") == Credentials("")
    store.hold("r-3", Credentials("t", long))
    assert store.read("r-3") == Credentials("t", long)
    assert store.state is SecretsState.KEYRING


# A keyring that is well


def test_what_was_put_is_read_by_the_next_run(opened: Opened) -> None:
    ring = FakeKeyring({})
    assert put(opened(lambda: ring), access_token="token-1", secret="SEC-1") == BOTH
    assert opened(lambda: ring).read("r-1") == BOTH
    assert ring.entries == entry()


def test_a_robot_without_an_entry_has_an_empty_token(opened: Opened) -> None:
    store = opened(lambda: FakeKeyring({}))
    assert store.read("r-1") == Credentials("")
    assert store.state is SecretsState.KEYRING


@pytest.mark.parametrize("half", ["token \ud83d", "令牌\0"])
def test_odd_letters_survive(opened: Opened, half: str) -> None:
    ring = FakeKeyring({})
    put(opened(lambda: ring), access_token=half, secret=None)
    assert opened(lambda: ring).read("r-1") == Credentials(half)


def test_half_of_them_can_be_changed(opened: Opened) -> None:
    ring = FakeKeyring(entry())
    store = opened(lambda: ring)
    assert put(store, secret="SEC-2") == Credentials("token-1", "SEC-2")
    assert put(store, access_token="token-2") == Credentials("token-2", "SEC-2")
    assert put(store, secret=None) == Credentials("token-2")
    assert put(store) == Credentials("token-2")
    assert ring.entries == entry("token-2", None)


def test_a_proxys_password_is_kept_beside_them_and_only_where_there_is_one(opened: Opened) -> None:
    ring = FakeKeyring(entry())
    store = opened(lambda: ring)
    whole = Credentials("token-1", "SEC-1", "pass word")
    assert put(store, proxy_password="pass word") == whole
    assert put(store, secret="SEC-2", proxy_password=KEEP) == replace(whole, secret="SEC-2")
    assert opened(lambda: ring).read("r-1") == replace(whole, secret="SEC-2")
    assert put(store, secret="SEC-1") == BOTH
    assert ring.entries == entry()


def test_the_keyring_is_not_asked_again_for_what_is_known(opened: Opened) -> None:
    ring = FakeKeyring(entry())
    store = opened(lambda: ring)
    for _ in range(5):
        assert store.read("r-1") == BOTH
    assert ring.calls == ["get"]


def test_a_forgotten_robot_has_nothing_any_more(opened: Opened) -> None:
    ring = FakeKeyring(entry())
    store = opened(lambda: ring)
    store.read("r-1")
    assert forget(store) == Credentials("")
    assert ring.entries == {}
    assert store.read("r-1") == Credentials("")
    assert forget(store) == Credentials("")


def release(store: SecretStore, credentials: Credentials) -> Outcome:
    box: SimpleQueue[Outcome] = SimpleQueue()
    store.release("r-1", credentials, box.put)
    return box.get(timeout=LIMIT_S)


def test_what_is_released_leaves_the_keyring_and_is_never_missing_in_this_run(
    opened: Opened,
) -> None:
    ring = FakeKeyring(entry())
    store = opened(lambda: ring)
    assert store.read("r-1") == BOTH
    assert release(store, BOTH) == Credentials("")
    assert ring.entries == {}
    assert store.read("r-1") == BOTH
    assert opened(lambda: ring).read("r-1") == Credentials("")


def test_what_cannot_be_released_is_told(opened: Opened) -> None:
    store = opened(lambda: FakeKeyring(entry(), KeyringLocked(), ("delete",)))
    assert reason(release(store, BOTH)) is SecretsReason.LOCKED
    assert store.read("r-1") == BOTH


def test_without_a_keyring_there_is_nothing_to_release(opened: Opened) -> None:
    store = opened(no_keyring)
    assert release(store, BOTH) == Credentials("")
    assert store.read("r-1") == BOTH


def test_every_call_is_made_in_the_keyrings_thread(opened: Opened) -> None:
    ring = FakeKeyring(entry())
    found_in: list[str] = []

    def find_backend() -> KeyringBackend:
        found_in.append(threading.current_thread().name)
        return ring

    store = opened(find_backend)
    store.read("r-1")
    put(store, secret="SEC-2")
    forget(store)
    assert ring.threads == {"keyring"}
    assert found_in == ["keyring"]


def test_the_library_is_not_imported_on_the_way_to_the_window() -> None:
    code = (
        "import sys, dingcomposer.storage.secrets as s; s.SecretStore().hold('a', None)\n"
        "sys.exit('keyring' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_systems_keyring_is_found_without_detours() -> None:
    code = (
        "import sys\n"
        "run = []\n"
        "sys.addaudithook(lambda event, _: run.append(event) if 'Popen' in event else None)\n"
        "from dingcomposer.storage.secrets import system_keyring\n"
        "print(type(system_keyring()).__module__.partition('.')[0])\n"
        "print(run, 'importlib_metadata' in sys.modules)"
    )
    environ = {name: value for name, value in os.environ.items() if "KEYRING" not in name}
    said = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, check=True
    )
    # A compiler was called to look for Apple's libraries, and a copy of a standard module read.
    assert said.stdout.decode().splitlines() == ["keyring", "[] False"]


def test_nothing_shows_a_secret(opened: Opened) -> None:
    ring = FakeKeyring(entry())
    store = opened(lambda: ring)
    shown = [repr(store.read("r-1")), repr(store), str(put(store, secret="SEC-2"))]
    ring.entries = {("DingComposer", "r-2"): '{"access_token": "token-1'}
    with pytest.raises(SecretsUnavailable) as caught:
        store.read("r-2")
    shown += [repr(caught.value), str(caught.value.__cause__), str(caught.value.__context__)]
    assert not [text for text in shown if "token-1" in text or "SEC" in text]


def test_the_log_learns_every_secret_before_anybody_has_it() -> None:
    learned: list[Credentials] = []
    with closing(
        SecretStore(lambda: FakeKeyring(entry()), limit_s=LIMIT_S, learned=learned.append)
    ) as store:
        store.request("r-1", lambda outcome: learned.append(Credentials("answered")))
        store.read("r-1")
        put(store, secret="SEC-2")
        store.hold("r-3", Credentials("token-3"))
    assert learned.index(BOTH) < learned.index(Credentials("answered"))
    assert Credentials("token-1", "SEC-2") in learned
    assert Credentials("token-3") in learned


# No keyring


def no_keyring() -> NoReturn:
    raise NoKeyringError("none here")


def not_installed() -> NoReturn:
    raise ImportError("no backend of that name")


class PlainFile(FakeKeyring):
    """As keyrings.alt's: what it keeps, anybody can read."""

    priority = 0.5  # type: ignore[assignment]


class ChainOfFiles(FakeKeyring):
    """keyring's chain counts more than what it is made of."""

    priority = 10
    backends = (PlainFile({}), PlainFile({}))


class EmptyChain(keyring.backends.chainer.ChainerBackend):
    """keyring's chain where it finds nothing; else it would find the keyrings of these tests."""

    backends = ()


MISSING: list[Callable[[], KeyringBackend]] = [
    no_keyring,
    not_installed,
    keyring.backends.fail.Keyring,
    keyring.backends.null.Keyring,
    EmptyChain,
    lambda: PlainFile({}),
    lambda: ChainOfFiles({}),
    lambda: FakeKeyring({}, NoKeyringError("gone meanwhile")),
]


@pytest.mark.parametrize("find_backend", MISSING)
def test_without_a_keyring_secrets_stay_in_memory(
    find_backend: Callable[[], KeyringBackend],
) -> None:
    told: list[SecretsState] = []
    with closing(
        SecretStore(find_backend, limit_s=LIMIT_S, changed=lambda: told.append(store.state))
    ) as store:
        assert why_not(store) is SecretsReason.MISSING
        assert store.state is SecretsState.MEMORY
        assert told[-1] is SecretsState.MEMORY
        assert put(store, access_token="token-1", secret="SEC-1") == BOTH
        assert store.read("r-1") == BOTH
        assert put(store, secret="SEC-2") == Credentials("token-1", "SEC-2")
        assert forget(store) == Credentials("")
        assert why_not(store) is SecretsReason.MISSING
    with closing(SecretStore(find_backend, limit_s=LIMIT_S)) as next_run:
        assert why_not(next_run) is SecretsReason.MISSING


def test_plain_files_are_never_written(opened: Opened) -> None:
    ring = PlainFile({})
    put(opened(lambda: ring), access_token="token-1", secret=None)
    assert ring.entries == {}
    assert ring.calls == []


class Sieve(FakeKeyring):
    """Looks like a keyring, takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        self._note("set", username)


def test_a_keyring_that_keeps_nothing_is_found_out(opened: Opened) -> None:
    store = opened(lambda: Sieve({}))
    assert put(store, access_token="token-1", secret="SEC-1") == BOTH
    assert store.state is SecretsState.MEMORY
    assert store.read("r-1") == BOTH


def test_whether_there_is_a_keyring_is_found_without_touching_an_entry(opened: Opened) -> None:
    ring = FakeKeyring(entry())
    store = opened(lambda: ring)
    box: SimpleQueue[Outcome] = SimpleQueue()
    store.find(box.put)
    box.get(timeout=LIMIT_S)
    assert store.state is SecretsState.KEYRING
    assert ring.calls == []


# A keyring that says no


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (KeyringLocked("canary"), SecretsReason.LOCKED),
        (PasswordSetError("canary"), SecretsReason.REFUSED),
        (PasswordDeleteError("canary"), SecretsReason.REFUSED),
        (OSError("canary"), SecretsReason.BROKEN),
        (KeyError("canary"), SecretsReason.BROKEN),
    ],
)
def test_the_reasons_are_told_apart_and_nothing_is_overwritten(
    opened: Opened, fault: Exception, expected: SecretsReason
) -> None:
    ring = FakeKeyring(entry(), fault)
    store = opened(lambda: ring)
    with pytest.raises(SecretsUnavailable) as caught:
        store.read("r-1")
    assert caught.value.reason is expected
    assert caught.value.library_class == type(fault).__name__
    assert "canary" not in repr(caught.value)
    assert reason(put(store, access_token="token-2", secret="SEC-2")) is expected
    assert reason(forget(store)) is expected
    assert ring.entries == entry()
    assert store.state is SecretsState.KEYRING


@pytest.mark.parametrize(
    "text", ["", "{", "token-1", "[]", '{"access_token": 1}', '{"access_token": "a"}', "[" * 9_999]
)
def test_an_entry_that_is_not_ours_is_broken_not_empty(opened: Opened, text: str) -> None:
    ring = FakeKeyring({("DingComposer", "r-1"): text})
    store = opened(lambda: ring)
    assert why_not(store) is SecretsReason.BROKEN
    assert reason(put(store, secret="SEC-2")) is SecretsReason.BROKEN
    assert ring.entries == {("DingComposer", "r-1"): text}
    assert put(store, access_token="token-1", secret="SEC-1") == BOTH  # both are meant: repaired
    assert store.read("r-1") == BOTH


def test_half_a_change_is_not_written_where_the_other_half_cannot_be_read(opened: Opened) -> None:
    ring = FakeKeyring(entry(), KeyringLocked("locked"), ("get",))
    store = opened(lambda: ring)
    assert reason(put(store, secret="SEC-2")) is SecretsReason.LOCKED
    assert reason(put(store, access_token="token-2")) is SecretsReason.LOCKED
    assert ring.entries == entry()
    assert "set" not in ring.calls


def test_a_change_that_was_refused_leaves_what_was_known(opened: Opened) -> None:
    ring = FakeKeyring(entry(), PasswordSetError("no"), ("set",))
    store = opened(lambda: ring)
    assert store.read("r-1") == BOTH
    assert reason(put(store, secret="SEC-2")) is SecretsReason.REFUSED
    assert store.read("r-1") == BOTH


def test_what_the_keyring_refuses_can_be_held_for_this_run(opened: Opened) -> None:
    ring = FakeKeyring({}, KeyringLocked("locked"))
    store = opened(lambda: ring)
    store.hold("r-1", BOTH)
    assert store.read("r-1") == BOTH
    assert why_not(store, "r-2") is SecretsReason.LOCKED
    ring.fault = None
    assert put(store, secret="SEC-2") == Credentials("token-1", "SEC-2")
    assert ring.entries == entry("token-1", "SEC-2")


def test_a_callback_that_fails_does_not_stop_the_others(
    opened: Opened, expect_log: Callable[[str], None]
) -> None:
    expect_log("a callback failed")
    store = opened(lambda: FakeKeyring(entry()))

    def fails(outcome: Outcome) -> None:
        raise RuntimeError("the window is gone")

    store.put("r-2", CredentialsChange("token-2", None, None), fails)
    assert store.read("r-1") == BOTH


# A keyring that takes its time


@pytest.fixture
def ring() -> Iterator[FakeKeyring]:
    ring = FakeKeyring({**entry(), **entry("token-a", None, "asks")}, prompts_for=("asks",))
    yield ring
    ring.may_go_on.set()


@pytest.fixture
def hurried(ring: FakeKeyring) -> Iterator[SecretStore]:
    """A store that gives a call a moment only."""
    with closing(SecretStore(lambda: ring, limit_s=0.2)) as store:
        yield store


def test_an_open_prompt_ends_the_wait_and_not_the_program(hurried: SecretStore) -> None:
    assert why_not(hurried, "asks") is SecretsReason.SLOW
    assert reason(put(hurried, "asks", secret="SEC-2")) is SecretsReason.SLOW


def test_one_prompt_holds_up_one_robot(ring: FakeKeyring, opened: Opened) -> None:
    """The others are answered long before the prompt's own time is over."""
    store = opened(lambda: ring)
    asked: list[Outcome] = []
    store.request("asks", asked.append)
    assert ring.asked.wait(LIMIT_S)
    assert store.read("r-1") == BOTH
    assert store.read("r-2") == Credentials("")
    assert put(store, "r-3", access_token="token-3", secret=None) == Credentials("token-3")
    assert asked == []


def test_a_prompt_that_is_answered_in_time_is_an_answer(ring: FakeKeyring, opened: Opened) -> None:
    store = opened(lambda: ring)
    box: SimpleQueue[Outcome] = SimpleQueue()
    store.request("asks", box.put)
    assert ring.asked.wait(LIMIT_S)
    ring.may_go_on.set()
    assert box.get(timeout=LIMIT_S) == Credentials("token-a")


def test_a_prompt_that_is_answered_late_helps_the_next_time(
    ring: FakeKeyring, hurried: SecretStore
) -> None:
    assert why_not(hurried, "asks") is SecretsReason.SLOW
    ring.may_go_on.set()
    assert read_when_free(hurried, "asks") == Credentials("token-a")


def test_a_change_whose_turn_did_not_come_in_time_is_not_made_later(
    ring: FakeKeyring, hurried: SecretStore
) -> None:
    assert why_not(hurried, "asks") is SecretsReason.SLOW
    assert reason(put(hurried, "asks", access_token="new", secret=None)) is SecretsReason.SLOW
    ring.may_go_on.set()
    assert read_when_free(hurried, "asks") == Credentials("token-a")
    assert "set" not in ring.calls


def test_a_keyring_that_hangs_for_all_does_not_gather_threads() -> None:
    robot_ids = tuple(f"r-{number}" for number in range(30))
    ring = FakeKeyring(entry(), prompts_for=robot_ids)
    with closing(SecretStore(lambda: ring, limit_s=0.04)) as store:
        for robot_id in robot_ids:
            assert why_not(store, robot_id) is SecretsReason.SLOW
        assert ring.asked_times <= 8
        ring.may_go_on.set()
        assert read_when_free(store, "r-1") == BOTH


def test_changes_of_one_robot_keep_their_order(opened: Opened) -> None:
    ring = FakeKeyring({})
    store = opened(lambda: ring)
    box: SimpleQueue[Outcome] = SimpleQueue()
    for number in range(10):
        token = f"token-{number}"
        store.put("r-1", CredentialsChange(token, None, None), box.put)
    outcomes = [box.get(timeout=LIMIT_S) for _ in range(10)]
    assert outcomes == [Credentials(f"token-{number}") for number in range(10)]
    assert ring.entries == entry("token-9", None)


def test_a_library_that_hangs_while_it_looks_for_a_backend_is_slow() -> None:
    gate = threading.Event()

    def find_backend() -> KeyringBackend:
        gate.wait(LIMIT_S)
        return FakeKeyring({})

    with closing(SecretStore(find_backend, limit_s=0.1)) as store:
        assert why_not(store) is SecretsReason.SLOW
        assert store.state is SecretsState.UNKNOWN
        gate.set()


def test_closing_answers_everybody_and_waits_for_nobody(ring: FakeKeyring, opened: Opened) -> None:
    store = opened(lambda: ring)
    box: SimpleQueue[Outcome] = SimpleQueue()
    store.request("asks", box.put)
    assert ring.asked.wait(LIMIT_S)
    store.request("asks", box.put)
    store.close()
    assert [reason(box.get(block=False)) for _ in range(2)] == [SecretsReason.SLOW] * 2
    assert why_not(store) is SecretsReason.SLOW
    ring.may_go_on.set()
    assert box.empty()


def test_a_hanging_keyring_does_not_hold_the_processs_exit() -> None:
    code = (
        "import threading\n"
        "from dingcomposer.storage.secrets import SecretStore\n"
        "asked = threading.Event()\n"
        "def hang():\n"
        "    asked.set()\n"
        "    threading.Event().wait()\n"
        "store = SecretStore(hang)\n"
        "store.request('a', lambda outcome: None)\n"
        "asked.wait()\n"
        "store.close()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], timeout=LIMIT_S, check=False)
    assert done.returncode == 0
