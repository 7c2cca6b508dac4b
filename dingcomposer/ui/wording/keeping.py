"""What kept something from being stored, in words: the disk, a folder, the keyring."""

from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from dingcomposer.storage.database import StorageFault
from dingcomposer.storage.secrets import SecretsReason

CONTEXT = "Keeping"

# QT_TRANSLATE_NOOP gives back its text, but is declared to give back an object.
_STORAGE: dict[StorageFault, object] = {
    StorageFault.CANNOT_CREATE: QT_TRANSLATE_NOOP(
        "Keeping", "The file cannot be made here. Choose another folder with --data-dir."
    ),
    StorageFault.FULL: QT_TRANSLATE_NOOP("Keeping", "The disk is full. Make room, then try again."),
    StorageFault.LOCKED: QT_TRANSLATE_NOOP(
        "Keeping", "Another program holds the database. Close it, then try again."
    ),
    StorageFault.DAMAGED: QT_TRANSLATE_NOOP(
        "Keeping",
        "The database is damaged. It was left as it is: move it away to start anew, or put a backup in its place.",
    ),
    StorageFault.NEWER: QT_TRANSLATE_NOOP(
        "Keeping",
        "The database was written by a newer version of this program. It was left as it is: use that version, or another folder with --data-dir.",
    ),
    StorageFault.READ_ONLY: QT_TRANSLATE_NOOP(
        "Keeping", "The database cannot be written to. Check the permissions of its folder."
    ),
    StorageFault.UNREADABLE: QT_TRANSLATE_NOOP(
        "Keeping", "The database cannot be read. Check the permissions of its folder."
    ),
    StorageFault.OTHER: QT_TRANSLATE_NOOP("Keeping", "The disk refused. Check it, then try again."),
}

_SECRETS: dict[SecretsReason, object] = {
    SecretsReason.MISSING: QT_TRANSLATE_NOOP(
        "Keeping",
        "There is no keyring on this computer. Tokens and secrets stay in memory and are gone when the program ends.",
    ),
    SecretsReason.LOCKED: QT_TRANSLATE_NOOP(
        "Keeping", "The keyring is locked. Unlock it, then try again."
    ),
    SecretsReason.REFUSED: QT_TRANSLATE_NOOP(
        "Keeping", "The keyring refused. Nothing was changed in it."
    ),
    SecretsReason.SLOW: QT_TRANSLATE_NOOP(
        "Keeping", "The keyring did not answer. Perhaps it waits for a password in another window."
    ),
    SecretsReason.BROKEN: QT_TRANSLATE_NOOP(
        "Keeping", "The keyring failed. Nothing was changed in it."
    ),
}


def storage_sentence(fault: StorageFault) -> str:
    """What is wrong with the database, and what helps."""
    return _translated(_STORAGE[fault])


def secrets_sentence(reason: SecretsReason) -> str:
    """Why the keyring did not help, and what does."""
    return _translated(_SECRETS[reason])


def folder_sentence(folder: Path) -> str:
    """A folder cannot be made."""
    words = QCoreApplication.translate(
        CONTEXT, "The folder {folder} cannot be made. Choose another one with --data-dir."
    )
    return words.format(folder=folder)


def _translated(text: object) -> str:
    return QCoreApplication.translate(CONTEXT, str(text))
