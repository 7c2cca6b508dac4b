"""A keyring in memory, which a test can lock, break or keep waiting."""

import threading
from collections.abc import Mapping

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

Entries = Mapping[tuple[str, str], str]
EVERY_CALL = ("get", "set", "delete")
LIMIT_S = 20.0
"""So long only where something is broken."""


class FakeKeyring(KeyringBackend):
    """Keeps its passwords for as long as the test lasts, by service and user's name.

    Takes an argument to be made, so that keyring never picks it for the system's.

    Args:
        entries: what is in it already.
        fault: what the calls named in `fails_at` raise, where there is one.
        prompts_for: the robots whose calls wait until `may_go_on` is set.
    """

    priority = 5

    def __init__(
        self,
        entries: Entries,
        fault: Exception | None = None,
        fails_at: tuple[str, ...] = EVERY_CALL,
        prompts_for: tuple[str, ...] = (),
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entries = dict(entries)
        self.fault = fault
        self.fails_at = fails_at
        self.calls: list[str] = []
        self.threads: set[str] = set()
        self.asked_times = 0
        self.asked = threading.Event()
        self.may_go_on = threading.Event()
        self._prompts_for = prompts_for
        if not prompts_for:
            self.may_go_on.set()

    def get_password(self, service: str, username: str) -> str | None:
        self._note("get", username)
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._note("set", username)
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._note("delete", username)
        if (service, username) not in self.entries:
            raise PasswordDeleteError("not there")
        del self.entries[service, username]

    @property
    def writes(self) -> int:
        """How often something was written, or tried to be."""
        return self.calls.count("set")

    def _note(self, call: str, username: str) -> None:
        if username in self._prompts_for or not self._prompts_for:
            self._wait()
        self.calls.append(call)
        self.threads.add(threading.current_thread().name)
        if self.fault is not None and call in self.fails_at:
            raise self.fault

    def _wait(self) -> None:
        if not self.may_go_on.is_set():
            self.asked_times += 1
            self.asked.set()
            assert self.may_go_on.wait(LIMIT_S)
