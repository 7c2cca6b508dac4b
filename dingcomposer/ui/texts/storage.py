"""What kept something from being stored, in words: the disk, a folder, the keyring."""

from pathlib import Path

from dingcomposer.storage.database import StorageFault
from dingcomposer.storage.secrets import SecretsReason
from dingcomposer.ui.texts.translate import QT_TRANSLATE_NOOP, Phrase, translate, translated

_STORAGE: dict[StorageFault, Phrase] = {
    StorageFault.CANNOT_CREATE: QT_TRANSLATE_NOOP(
        "Keeping", "The database cannot be created here. Choose another folder with --data-dir."
    ),
    StorageFault.FULL: QT_TRANSLATE_NOOP(
        "Keeping", "The disk is full. Free some space, then try again."
    ),
    StorageFault.LOCKED: QT_TRANSLATE_NOOP(
        "Keeping", "Another program is using the database. Close it, then try again."
    ),
    StorageFault.DAMAGED: QT_TRANSLATE_NOOP(
        "Keeping",
        "The database is damaged and was left untouched. Move it away to start afresh, or replace it with a backup.",
    ),
    StorageFault.NEWER: QT_TRANSLATE_NOOP(
        "Keeping",
        "The database was written by a newer version of this program and was left untouched. Use that version, or choose another folder with --data-dir.",
    ),
    StorageFault.READ_ONLY: QT_TRANSLATE_NOOP(
        "Keeping", "The database cannot be written to. Check the permissions of its folder."
    ),
    StorageFault.UNREADABLE: QT_TRANSLATE_NOOP(
        "Keeping", "The database cannot be read. Check the permissions of its folder."
    ),
    StorageFault.OTHER: QT_TRANSLATE_NOOP(
        "Keeping", "The disk reported an error. Check it, then try again."
    ),
}

_SECRETS: dict[SecretsReason, Phrase] = {
    SecretsReason.MISSING: QT_TRANSLATE_NOOP(
        "Keeping",
        "There is no keyring on this computer. Tokens and secrets stay in memory and are forgotten when you quit.",
    ),
    SecretsReason.LOCKED: QT_TRANSLATE_NOOP(
        "Keeping", "The keyring is locked. Unlock it, then try again."
    ),
    SecretsReason.REFUSED: QT_TRANSLATE_NOOP(
        "Keeping", "The keyring refused access. Nothing in it was changed."
    ),
    SecretsReason.SLOW: QT_TRANSLATE_NOOP(
        "Keeping", "The keyring did not answer. It may be waiting for a password in another window."
    ),
    SecretsReason.BROKEN: QT_TRANSLATE_NOOP(
        "Keeping", "The keyring failed. Nothing in it was changed."
    ),
}


def storage_sentence(fault: StorageFault) -> str:
    """What is wrong with the database, and what helps."""
    return translated(_STORAGE[fault])


def secrets_sentence(reason: SecretsReason) -> str:
    """Why the keyring did not help, and what does."""
    return translated(_SECRETS[reason])


def folder_sentence(folder: Path) -> str:
    """A folder cannot be made."""
    words = translate(
        "Keeping", "The folder {folder} cannot be created. Choose another one with --data-dir."
    )
    return words.format(folder=folder)
