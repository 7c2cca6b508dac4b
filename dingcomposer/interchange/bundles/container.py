"""A bundle as the bytes of a file, `NAME.dingcomposer`, and back; sealed where it has secrets.

Without secrets the file is JSON, UTF-8:

    {"format": "dingcomposer-bundle", "version": 1, "made_at": "2026-11-30T10:00:00+00:00",
     "program": "0.1.0", "sections": {"robots": {"version": 1, "items": [{…}, …]}, …}}

What an item of each section holds: `interchange.bundles.documents`. A section that is not known, or
of a newer version, is left out, and named; a newer `version` of the whole is refused.

With secrets it is the same JSON in a file of the age format (age-encryption.org/v1), sealed with a
passphrase: `age --decrypt FILE` opens it too. Secrets stand in a sealed file only, and its contents
only in memory. A file is read up to MOST_BYTES, and opened up to a work factor of MOST_WORK; age
packs nothing, so that no small file grows large.
"""

import json
import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import dingcomposer
from dingcomposer.core.bundle import BUNDLE_ENDING, Bundle, BundleKind
from dingcomposer.core.records import dataclass
from dingcomposer.interchange.bundles.documents import SECTIONS, ItemError

ENDING: Final = BUNDLE_ENDING
FORMAT: Final = "dingcomposer-bundle"
VERSION: Final = 1
MOST_BYTES: Final = 64_000_000
MOST_WORK: Final = 21
"""The logarithm of what scrypt is to do: 21 takes 2 GiB and 10 s; our own files have 18 or so."""

_MAGIC: Final = b"age-encryption.org/"
_ARMOUR: Final = b"-----BEGIN AGE ENCRYPTED FILE-----"
_HEADER: Final = re.compile(rb"age-encryption\.org/v1\n((?:[^\n]*\n)*?)---")
_SCRYPT: Final = re.compile(rb"-> scrypt [A-Za-z0-9+/]{22} ([0-9]{1,3})\n")
_MOST_HEADER: Final = 100_000


class BundleFault(StrEnum):
    """Why a file gives no bundle."""

    UNREADABLE = "unreadable"  # the disk, or the right to read it
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    FOREIGN = "foreign"  # another program's
    NEWER = "newer"
    CUT = "cut"  # its end is missing, or something in it was changed
    WRONG_PASSPHRASE = "wrong_passphrase"  # noqa: S105 - a name
    NEEDS_PASSPHRASE = "needs_passphrase"  # noqa: S105
    OTHER_KEY = "other_key"  # sealed for a key, not with a passphrase
    TOO_MUCH_WORK = "too_much_work"
    ITEM = "item"  # `place` says which
    TOO_MANY = "too_many"  # items in the section that `place` names
    NO_SEAL = "no_seal"  # the library that seals is not there: Windows on ARM has none


class BundleError(Exception):
    """A file that gives no bundle. `place` is like "robots 3: colour"; it never holds a value."""

    def __init__(self, fault: BundleFault, place: str = "") -> None:
        super().__init__(fault.value, place)
        self.fault = fault
        self.place = place


@dataclass(frozen=True, slots=True, repr=False)
class SealedBundle:
    """A file that was read, and what opens it. repr hides both."""

    content: bytes
    passphrase: str = ""


def write_plain(bundle: Bundle, now: datetime | None = None) -> bytes:
    """A bundle without secrets as a file. Raises ValueError where it has some."""
    if bundle.has_secrets:
        raise ValueError("secrets are written sealed only")
    return _to_json(bundle, now)


def write_sealed(bundle: Bundle, passphrase: str, now: datetime | None = None) -> bytes:
    """A bundle as a file that opens with this passphrase; takes a second or two.

    Raises:
        BundleError: NO_SEAL.
    """
    try:
        import pyrage  # type: ignore[import-untyped]
    except ImportError:
        raise BundleError(BundleFault.NO_SEAL) from None
    return bytes(pyrage.passphrase.encrypt(_to_json(bundle, now), passphrase))


def read_content(path: Path) -> bytes:
    """The bytes of a file. Raises BundleError."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError):
        raise BundleError(BundleFault.UNREADABLE) from None
    if len(content) > MOST_BYTES:
        raise BundleError(BundleFault.TOO_LARGE)
    return content


def is_bundle(path: Path, content: bytes) -> bool:
    """Whether a file means to be a bundle, by its name or by how it begins."""
    is_named = path.suffix.casefold() == ENDING
    return is_named or content.startswith(_MAGIC) or FORMAT.encode() in content[:200]


def is_sealed(content: bytes) -> bool:
    """Whether a passphrase is wanted. Raises BundleError where none would open it."""
    if not content.strip():
        raise BundleError(BundleFault.EMPTY)
    if content.startswith(_ARMOUR):
        raise BundleError(BundleFault.OTHER_KEY)
    if not content.startswith(_MAGIC):
        return False
    if not content.startswith(b"age-encryption.org/v1\n"):
        raise BundleError(BundleFault.NEWER)
    header = _HEADER.match(content[:_MOST_HEADER])
    if header is None:
        raise BundleError(BundleFault.CUT)
    recipient = _SCRYPT.match(header[1])
    if recipient is None:
        raise BundleError(BundleFault.OTHER_KEY)
    if int(recipient[1]) > MOST_WORK:
        raise BundleError(BundleFault.TOO_MUCH_WORK)
    return True


def read_bundle(sealed: SealedBundle) -> Bundle:
    """The bundle of a file's bytes. Takes seconds where it is sealed. Raises BundleError."""
    content = sealed.content
    if is_sealed(content):
        if not sealed.passphrase:
            raise BundleError(BundleFault.NEEDS_PASSPHRASE)
        content = _opened(content, sealed.passphrase)
    return _from_json(content)


def write_whole(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file, by default for its owner's eyes, whole or not at all. Raises OSError.

    What is there and is no file (/dev/stdout, a pipe) is written to, and nothing put in its place.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    made = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def _opened(content: bytes, passphrase: str) -> bytes:
    try:
        import pyrage
    except ImportError:
        raise BundleError(BundleFault.NO_SEAL) from None
    try:
        return bytes(pyrage.passphrase.decrypt(content, passphrase))
    except pyrage.DecryptError as error:
        # The library has one error for all, and words that tell them apart.
        words = str(error)
    if words == "Decryption failed":
        raise BundleError(BundleFault.WRONG_PASSPHRASE)
    if words.startswith("Excessive work"):
        raise BundleError(BundleFault.TOO_MUCH_WORK)
    raise BundleError(BundleFault.CUT)


def _to_json(bundle: Bundle, now: datetime | None) -> bytes:
    sections: dict[str, Any] = {}
    for section in SECTIONS:
        if section.kind in bundle.kinds:
            items = [section.write(one) for one in getattr(bundle, section.kind.value)]
            sections[section.kind.value] = {"version": section.version, "items": items}
    document = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": (now or datetime.now(UTC)).isoformat(timespec="seconds"),
        "program": dingcomposer.__version__,
        "sections": sections,
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return f"{text}\n".encode("utf-8", "replace")


def _from_json(content: bytes) -> Bundle:
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, RecursionError):
        raise BundleError(BundleFault.FOREIGN) from None
    except ValueError:
        is_ours = FORMAT.encode() in content[:200]
        raise BundleError(BundleFault.CUT if is_ours else BundleFault.FOREIGN) from None
    if not isinstance(document, Mapping) or document.get("format") != FORMAT:
        raise BundleError(BundleFault.FOREIGN)
    version, sections = document.get("version"), document.get("sections")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise BundleError(BundleFault.FOREIGN)
    if version > VERSION:
        raise BundleError(BundleFault.NEWER)
    if not isinstance(sections, Mapping):
        raise BundleError(BundleFault.FOREIGN)
    return _bundle(document, sections)


def _bundle(document: Mapping[str, Any], sections: Mapping[str, Any]) -> Bundle:
    found: dict[BundleKind, tuple[Any, ...]] = {}
    left_out = [str(name)[:60] for name in sections if name not in set(BundleKind)]
    for section in SECTIONS:
        content = sections.get(section.kind.value)
        if content is None:
            continue
        version = content.get("version") if isinstance(content, Mapping) else None
        items = content.get("items") if isinstance(content, Mapping) else None
        if not isinstance(version, int) or not isinstance(items, list):
            raise BundleError(BundleFault.ITEM, section.kind.value)
        if version > section.version:
            left_out.append(section.kind.value)
            continue
        if len(items) > section.most:
            raise BundleError(BundleFault.TOO_MANY, section.kind.value)
        found[section.kind] = tuple(
            _item(section.kind, section.read, number, item) for number, item in enumerate(items, 1)
        )
    made_at, program = document.get("made_at"), document.get("program")
    return Bundle(
        tuple(found),
        made_at=made_at[:60] if isinstance(made_at, str) else "",
        program=program[:60] if isinstance(program, str) else "",
        left_out=tuple(left_out),
        **{kind.value: items for kind, items in found.items()},
    )


def _item(kind: BundleKind, read: Any, number: int, item: object) -> Any:
    if not isinstance(item, Mapping):
        raise BundleError(BundleFault.ITEM, f"{kind.value} {number}")
    try:
        return read(item)
    except ItemError as error:
        raise BundleError(BundleFault.ITEM, f"{kind.value} {number}: {error.field}") from None
