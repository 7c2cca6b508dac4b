"""Templates as files in a folder, and the values that were given to their fields last.

A file is `NAME.template.json` with one document (`core.templates.documents`): to copy it is to
import or export it, and a folder of them can be shared.
"""

import json
import os
import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from dingcomposer.core.records import dataclass
from dingcomposer.core.templates.documents import (
    TemplateError,
    TemplateFault,
    from_document,
    to_document,
)
from dingcomposer.core.templates.template import Template
from dingcomposer.storage.database import Database, to_micros

ENDING: Final = ".template.json"
MOST_BYTES: Final = 1_000_000
MOST_FILES: Final = 1_000

KEPT: Final = 5
"""So many values of a field are remembered, the newest ones."""

_NOT_IN_NAMES: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*.\s]+')


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """A template and where it lies."""

    path: Path
    template: Template


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A file that is no template, and why; `place` is where in it."""

    path: Path
    fault: TemplateFault
    place: str = ""


class TemplateFiles:
    """The templates of one folder. Methods that write raise OSError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self) -> tuple[tuple[TemplateFile, ...], tuple[BrokenFile, ...]]:
        """All templates by their names, and the files that are none. Never raises."""
        try:
            paths = sorted(self.folder.glob(f"*{ENDING}"))[:MOST_FILES]
        except OSError:
            return (), ()
        found, broken = [], []
        for path in paths:
            try:
                found.append(TemplateFile(path, read_file(path)))
            except TemplateError as error:
                broken.append(BrokenFile(path, error.fault, error.place))
        return tuple(sorted(found, key=lambda one: one.template.name)), tuple(broken)

    def save(self, template: Template, path: Path | None = None) -> Path:
        """Write a template to its file, or to a new one; the file."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = path or self.free_path(template.name)
        write_file(template, path)
        return path

    def free_path(self, name: str, taken: Collection[Path] = ()) -> Path:
        """Where a template of this name could lie, besides those that are taken."""
        stem = _NOT_IN_NAMES.sub("-", name).strip("-")[:60] or "template"
        path, number = self.folder / f"{stem}{ENDING}", 2
        while path.exists() or path in taken:
            path, number = self.folder / f"{stem}-{number}{ENDING}", number + 1
        return path


class StagedTemplates:
    """Templates that are written beside their places, and put there all at once or not at all.

    Each comes with the file that it replaces, None for a new one. Raises OSError where one cannot
    be written; then nothing is left of any.
    """

    def __init__(
        self, files: TemplateFiles, changes: Sequence[tuple[Template, Path | None]]
    ) -> None:
        self._made: list[tuple[Path, Path]] = []
        self._before: list[tuple[Path, bytes | None]] = []
        try:
            if changes:
                files.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            taken: set[Path] = set()
            for template, path in changes:
                final = path or files.free_path(template.name, taken)
                taken.add(final)
                made = final.with_name(f".{final.name}.{os.getpid()}.part")
                self._made.append((made, final))
                made.write_bytes(_bytes_of(template))
        except OSError:
            self.undo()
            raise

    def place(self) -> None:
        """Put all in their places. Raises OSError; `undo` takes them out again."""
        for made, final in self._made:
            before = final.read_bytes() if final.exists() else None
            made.replace(final)
            self._before.append((final, before))

    def undo(self) -> None:
        """Have the folder as it was before; what cannot be undone stays. Never raises."""
        for final, before in reversed(self._before):
            with suppress(OSError):
                if before is None:
                    final.unlink(missing_ok=True)
                else:
                    final.write_bytes(before)
        self._before.clear()
        for made, _ in self._made:
            with suppress(OSError):
                made.unlink(missing_ok=True)


def read_file(path: Path) -> Template:
    """The template of a file. Raises TemplateError, also where nothing can be read."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise TemplateError(TemplateFault.NOT_ONE)
        document = json.loads(content.decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        raise TemplateError(TemplateFault.NOT_ONE) from None
    return from_document(document)


def write_file(template: Template, path: Path) -> None:
    """Write a template, whole or not at all. Raises OSError."""
    made = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        made.write_bytes(_bytes_of(template))
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def _bytes_of(template: Template) -> bytes:
    text = json.dumps(to_document(template), ensure_ascii=False, indent=2)
    return f"{text}\n".encode("utf-8", "replace")


class FieldValueStore:
    """The last values of templates' fields. Main thread; every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self, template: str) -> dict[str, tuple[str, ...]]:
        """The values of each field of a template, the newest first."""
        rows = self._database.rows(
            "SELECT field, value FROM field_values WHERE template = ? ORDER BY used_at DESC, value",
            template,
        )
        found: dict[str, tuple[str, ...]] = {}
        for row in rows:
            found[row["field"]] = (*found.get(row["field"], ()), row["value"])
        return found

    def remember(self, template: str, values: dict[str, str], at: datetime) -> None:
        """These were given; of each field the newest few are kept."""
        with self._database.transaction():
            for field, value in values.items():
                self._database.run(
                    "INSERT INTO field_values VALUES (?, ?, ?, ?)"
                    " ON CONFLICT DO UPDATE SET used_at = excluded.used_at",
                    template,
                    field,
                    value,
                    to_micros(at),
                )
                self._database.run(
                    "DELETE FROM field_values WHERE template = ? AND field = ? AND value NOT IN"
                    " (SELECT value FROM field_values WHERE template = ? AND field = ?"
                    " ORDER BY used_at DESC, value LIMIT ?)",
                    *(template, field, template, field, KEPT),
                )

    def forget(self, template: str) -> None:
        """A template is gone."""
        self._database.run("DELETE FROM field_values WHERE template = ?", template)
