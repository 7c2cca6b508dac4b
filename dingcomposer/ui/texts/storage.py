"""What kept something from being stored, in words: the disk, a folder, the keyring."""

import errno
from enum import StrEnum
from pathlib import Path

from dingcomposer.storage.database import StorageFault
from dingcomposer.storage.migrations import STEPS
from dingcomposer.storage.rescue import copy_before_update
from dingcomposer.storage.secrets import SecretsReason
from dingcomposer.ui.texts.translate import (
    QT_TRANSLATE_NOOP,
    Phrase,
    join_sentences,
    translate,
    translated,
)

_STORAGE: dict[StorageFault, Phrase] = {
    StorageFault.CANNOT_CREATE: QT_TRANSLATE_NOOP(
        "Keeping",
        "The database cannot be created here. Look whether this account may write there, or use another folder.",
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
        "The database was written by a newer version of this program and was left untouched. Use that version, or another folder.",
    ),
    StorageFault.READ_ONLY: QT_TRANSLATE_NOOP(
        "Keeping", "The database cannot be written to. Check the permissions of its folder."
    ),
    StorageFault.UNREADABLE: QT_TRANSLATE_NOOP(
        "Keeping", "The database cannot be read. Check the permissions of its folder."
    ),
    StorageFault.NO_HANDLES: QT_TRANSLATE_NOOP(
        "Keeping",
        "Too many files and connections are open on this computer to open another (no handles are left). Close other programs, or start this one anew, then try again.",
    ),
    StorageFault.OTHER: QT_TRANSLATE_NOOP(
        "Keeping", "The disk reported an error. Check it, then try again."
    ),
    StorageFault.FOREIGN: QT_TRANSLATE_NOOP(
        "Keeping",
        "The file in the place of the database belongs to another program and was left untouched. Move it away, or use another folder.",
    ),
    StorageFault.NO_FILE: QT_TRANSLATE_NOOP(
        "Keeping",
        "In the place of the database stands something that is no file: a folder, a pipe or a device. Move it away, or use another folder.",
    ),
    StorageFault.DELETED: QT_TRANSLATE_NOOP(
        "Keeping",
        "The database was deleted while the program ran. Everything was written to a new file in its place. Look whether all is there; what was not sent can be sent again.",
    ),
    StorageFault.REPLACED: QT_TRANSLATE_NOOP(
        "Keeping",
        "Another file was put in the place of the database while the program ran. That file was set aside beside it, and everything was written anew. Look whether all is there; what was not sent can be sent again.",
    ),
    StorageFault.OVERWRITTEN: QT_TRANSLATE_NOOP(
        "Keeping",
        "The database was overwritten while the program ran. What stood there was set aside beside it, and all that the program still knew was written anew. Look whether all is there; what was not sent can be sent again.",
    ),
    StorageFault.LOST: QT_TRANSLATE_NOOP(
        "Keeping",
        "The database is gone from its place and could not be written anew, so nothing is sent. Make its folder writable again, or copy your text away before you quit.",
    ),
}

_ELSEWHERE_HELPS = (
    StorageFault.CANNOT_CREATE,
    StorageFault.NEWER,
    StorageFault.FOREIGN,
    StorageFault.NO_FILE,
)

_SECRETS: dict[SecretsReason, Phrase] = {
    SecretsReason.MISSING: QT_TRANSLATE_NOOP(
        "Keeping",
        "This computer cannot keep passwords: it has no password store. Webhooks and secrets hold until"
        " you quit, then they are asked for again.",
    ),
    SecretsReason.LOCKED: QT_TRANSLATE_NOOP(
        "Keeping", "The password store is locked. Unlock it, then try again."
    ),
    SecretsReason.REFUSED: QT_TRANSLATE_NOOP(
        "Keeping", "The password store refused access. Nothing in it was changed."
    ),
    SecretsReason.SLOW: QT_TRANSLATE_NOOP(
        "Keeping",
        "The password store did not answer. It may be waiting for a password in another window.",
    ),
    SecretsReason.BROKEN: QT_TRANSLATE_NOOP(
        "Keeping", "The password store failed. Nothing in it was changed."
    ),
}


class FolderFault(StrEnum):
    """Why nothing can be kept in a folder."""

    FULL = "full"
    READ_ONLY = "read_only"
    NO_LOCK_FILE = "no_lock_file"
    CANNOT_CREATE = "cannot_create"
    NO_LOCKS = "no_locks"


_FOLDERS: dict[FolderFault, Phrase] = {
    FolderFault.FULL: QT_TRANSLATE_NOOP(
        "Keeping", "The disk is full: {folder}. Free some space, then start again."
    ),
    FolderFault.READ_ONLY: QT_TRANSLATE_NOOP(
        "Keeping",
        "The folder {folder} may only be read. Allow this program to write to it, or use another one.",
    ),
    FolderFault.NO_LOCK_FILE: QT_TRANSLATE_NOOP(
        "Keeping",
        "In the folder {folder} stands something called dingcomposer.lock that is no file. Move it away, then start again.",
    ),
    FolderFault.CANNOT_CREATE: QT_TRANSLATE_NOOP(
        "Keeping", "The folder {folder} cannot be created. Use another one."
    ),
    FolderFault.NO_LOCKS: QT_TRANSLATE_NOOP(
        "Keeping",
        "It cannot be told whether DingComposer is already open with the folder {folder}: its drive answers no question about locks. Use a folder on this computer.",
    ),
}
_OTHER_FOLDER_HELPS = (FolderFault.READ_ONLY, FolderFault.CANNOT_CREATE, FolderFault.NO_LOCKS)

ALREADY_OPEN = "start.already_open"
"""The section of the guide about a data folder that another program holds."""

_KEPT = {StorageFault: "storage", SecretsReason: "secrets", FolderFault: "folder"}


def topic_of_keeping(fault: StorageFault | SecretsReason | FolderFault) -> str:
    """The section of the guide that is about a fault, such as "storage.full"."""
    return f"{_KEPT[type(fault)]}.{fault.value}"


def topic_in(sentence: str) -> str:
    """The section about what a sentence of this module says, wherever it stands in it; "" if none."""
    for sentences in (_STORAGE, _SECRETS, _FOLDERS):
        for fault, words in sentences.items():
            if _stands_in(translated(words), sentence):
                return topic_of_keeping(fault)
    return ALREADY_OPEN if _already_open() in sentence else ""


def _stands_in(words: str, sentence: str) -> bool:
    """Whether a sentence holds these words, whatever the folder: each is asked at every new one."""
    place = 0
    for part in words.split("{folder}"):
        place = sentence.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True


def storage_sentence(fault: StorageFault) -> str:
    """What is wrong with the database, and what helps."""
    return translated(_STORAGE[fault])


def start_sentence(fault: StorageFault, path: Path) -> str:
    """Why the program cannot start with its database; what is technical stands below."""
    lines = [storage_sentence(fault), str(path)]
    if fault is StorageFault.NEWER and (copy := copy_before_update(path, len(STEPS))):
        words = translate(
            "Keeping",
            "To go back to this version: {copy} beside it holds everything as it was before the update. Move {file} elsewhere and give the copy its name. What was written since is not in it.",
        )
        lines.append(words.format(copy=copy.name, file=path.name))
    if fault in _ELSEWHERE_HELPS:
        lines.append(_other_folder())
    return "\n".join(lines)


def secrets_sentence(reason: SecretsReason) -> str:
    """Why the keyring did not help, and what does."""
    return translated(_SECRETS[reason])


def folder_fault(code: int | None) -> FolderFault:
    """What the system's errno says of a folder."""
    if code in (errno.ENOSPC, errno.EDQUOT):
        return FolderFault.FULL
    if code in (errno.EACCES, errno.EPERM, errno.EROFS):
        return FolderFault.READ_ONLY
    if code in (errno.EISDIR, errno.ENXIO):
        return FolderFault.NO_LOCK_FILE
    if code in (errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.EINVAL):
        return FolderFault.CANNOT_CREATE
    return FolderFault.NO_LOCKS


def folder_sentence(folder: Path | str, cause: FolderFault | int | None) -> str:
    """Why nothing can be kept in a folder, by what is wrong or the system's errno; what helps."""
    if cause in (errno.EMFILE, errno.ENFILE):
        return storage_sentence(StorageFault.NO_HANDLES)
    fault = cause if isinstance(cause, FolderFault) else folder_fault(cause)
    sentence = translated(_FOLDERS[fault]).format(folder=folder)
    return f"{sentence}\n{_other_folder()}" if fault in _OTHER_FOLDER_HELPS else sentence


def already_open_sentence(process: str, *, was_raised: bool) -> str:
    """Another program holds the data folder; where it does not answer, what helps."""
    words = _already_open()
    if was_raised:
        return words
    helps = translate("Keeping", "Its window does not answer. Wait a moment, or end it.")
    if process:
        helps = translate(
            "Keeping", "Its window does not answer. Wait a moment, or end it (process {process})."
        ).format(process=process)
    return f"{join_sentences((words, helps))}\n{_other_folder()}"


def _already_open() -> str:
    return translate("Keeping", "DingComposer is already open with this data folder.")


def _other_folder() -> str:
    """How the program is told to use another folder: for whoever set it up."""
    return translate("Keeping", "For another folder, start it with: --data-dir FOLDER")
