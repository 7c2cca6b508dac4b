"""Windows' Credential Manager in memory, below keyring's own backend for Windows."""

from collections.abc import Mapping
from types import SimpleNamespace

import keyring.backends.Windows
import pytest
from keyring.backend import KeyringBackend

MOST_BYTES = 2_560
"""CRED_MAX_CREDENTIAL_BLOB_SIZE, wincred.h: https://learn.microsoft.com/windows/win32/api/wincred/
ns-wincred-credentialw"""

Credential = Mapping[str, object]


class WindowsError(Exception):
    """As `pywintypes.error` is: no error of keyring's."""

    def __init__(self, winerror: int, funcname: str, strerror: str) -> None:
        super().__init__(winerror, funcname, strerror)
        self.winerror, self.funcname = winerror, funcname


class CredentialManager:
    """What keyring calls of `win32cred`, with the limit of an entry."""

    CRED_TYPE_GENERIC = 1
    CRED_PERSIST_ENTERPRISE = 3

    def __init__(self) -> None:
        self.entries: dict[str, Credential] = {}

    def CredRead(self, Type: int, TargetName: str) -> Credential:  # noqa: N802, N803 - win32cred's
        """The entry of that name."""
        if TargetName not in self.entries:
            raise WindowsError(1168, "CredRead", "Element not found.")
        return self.entries[TargetName]

    def CredWrite(self, credential: Credential, flags: int) -> None:  # noqa: N802 - win32cred's
        """Keep an entry; its text is encoded as pywin32-ctypes does."""
        blob = str(credential["CredentialBlob"]).encode("utf-16-le")
        if len(blob) > MOST_BYTES:
            raise WindowsError(1783, "CredWrite", "The stub received bad data.")
        self.entries[str(credential["TargetName"])] = {**credential, "CredentialBlob": blob}

    def CredDelete(self, Type: int, TargetName: str) -> None:  # noqa: N802, N803 - win32cred's
        """Remove the entry of that name."""
        if self.entries.pop(TargetName, None) is None:
            raise WindowsError(1168, "CredDelete", "Element not found.")


def backend_over(manager: CredentialManager, monkeypatch: pytest.MonkeyPatch) -> KeyringBackend:
    """keyring's own backend for Windows, on this manager."""
    module = keyring.backends.Windows
    monkeypatch.setattr(module, "win32cred", manager, raising=False)
    monkeypatch.setattr(module, "pywintypes", SimpleNamespace(error=WindowsError), raising=False)
    monkeypatch.setattr(module, "missing_deps", False)
    return module.WinVaultKeyring()  # type: ignore[no-untyped-call]
