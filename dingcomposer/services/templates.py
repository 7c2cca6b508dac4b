"""The templates that a person can use: their own, those of a shared folder, and those that ship."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from dingcomposer.core.draft import Draft
from dingcomposer.core.records import dataclass
from dingcomposer.core.templates.filling import Filling, Surroundings, built_in_values, fill
from dingcomposer.core.templates.template import BuiltIn, Template, with_texts
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.services.settings import MY_NAME, TEMPLATE_FOLDER, Settings
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.templates.files import (
    ENDING,
    BrokenFile,
    FieldValueStore,
    TemplateFiles,
    read_file,
    write_file,
)

SETTLE_MS = 200
"""A file that is copied changes several times; so long after the last it is read."""


class Origin(StrEnum):
    """Where a template comes from."""

    OWN = "own"
    SHARED = "shared"
    SHIPPED = "shipped"


@dataclass(frozen=True, slots=True)
class KnownTemplate:
    """A template that is offered. `key` names it, in whatever folder its file lies."""

    key: str
    template: Template
    origin: Origin
    path: Path


class Templates(QObject):
    """All templates, kept up to date with their folders. It outlives the window.

    `own` and `shipped` are the folders of a person's own and of those that come with the program;
    `shipped` depends on the language. `now` gives the local time; `mask` takes secrets out of a
    text, for none is ever written into a template.

    Signals:
        changed(): others are there, or one is another.
        trouble(StorageError): what was given last cannot be read or written.
    """

    changed = Signal()
    trouble = Signal(object)

    def __init__(
        self,
        own: Path,
        shipped: Callable[[], Path],
        values: FieldValueStore,
        settings: Settings,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC).astimezone(),
        mask: Callable[[str], str] = lambda text: text,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._mask = mask
        self._own, self._shipped = TemplateFiles(own), shipped
        self._values, self._settings, self._now = values, settings, now
        self._known: tuple[KnownTemplate, ...] = ()
        self._broken: tuple[BrokenFile, ...] = ()
        self._watcher = QFileSystemWatcher(self)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.reload)
        self._watcher.directoryChanged.connect(lambda _path: self._settle.start())
        self._watcher.fileChanged.connect(lambda _path: self._settle.start())
        self.reload()

    @property
    def known(self) -> tuple[KnownTemplate, ...]:
        """Every template: a person's own, the shared ones, those that ship."""
        return self._known

    @property
    def broken(self) -> tuple[BrokenFile, ...]:
        """The files in a person's own and the shared folder that are no templates."""
        return self._broken

    @property
    def own_folder(self) -> Path:
        """Where a person's own templates lie."""
        return self._own.folder

    @property
    def shared_folder(self) -> Path | None:
        """A further folder whose templates are offered; None where none was chosen."""
        chosen = self._settings.value(TEMPLATE_FOLDER)
        return Path(chosen) if chosen else None

    @property
    def my_name(self) -> str:
        """What `{{my_name}}` becomes; "" where nobody has said it."""
        return self._settings.value(MY_NAME)

    def get(self, key: str) -> KnownTemplate | None:
        """A template by its key."""
        return next((one for one in self._known if one.key == key), None)

    def share(self, folder: Path | None) -> None:
        """Offer the templates of a further folder, or of none."""
        self._settings.set(TEMPLATE_FOLDER, "" if folder is None else str(folder))
        self.reload()

    def reload(self) -> None:
        """Read all folders anew, and watch them from now on."""
        folders = [(Origin.OWN, self._own.folder)]
        if self.shared_folder is not None and self.shared_folder != self._own.folder:
            folders.append((Origin.SHARED, self.shared_folder))
        known, broken = read_templates((*folders, (Origin.SHIPPED, self._shipped())))
        self._watch([folder for _, folder in folders], known)
        if (known, broken) != (self._known, self._broken):
            self._known, self._broken = known, broken
            self.changed.emit()

    def save(self, template: Template, known: KnownTemplate | None = None) -> KnownTemplate:
        """Keep a template among a person's own, in the place of one of these. Raises OSError."""
        path = known.path if known is not None and known.origin is Origin.OWN else None
        draft = with_texts(template.draft, lambda _path, text: self._mask(text))
        path = self._own.save(replace(template, draft=draft), path)
        self.reload()
        saved = self.get(f"{Origin.OWN}/{path.name}")
        return saved or KnownTemplate(f"{Origin.OWN}/{path.name}", template, Origin.OWN, path)

    def delete(self, known: KnownTemplate) -> None:
        """Take one of a person's own away, with what was given to it. Raises OSError."""
        if known.origin is Origin.OWN:
            known.path.unlink(missing_ok=True)
            try:
                self._values.forget(known.key)
            except StorageError as error:
                self.trouble.emit(error)
            self.reload()

    def import_file(self, path: Path) -> KnownTemplate:
        """Copy a file among a person's own. Raises TemplateError and OSError."""
        return self.save(read_file(path))

    def export(self, known: KnownTemplate, path: Path) -> Path:
        """Write a template to a file elsewhere; the file. Raises OSError."""
        if not path.name.endswith(ENDING):
            path = path.with_name(path.name.removesuffix(".json") + ENDING)
        write_file(known.template, path)
        return path

    @property
    def surroundings(self) -> Surroundings:
        """What built-in values come from now."""
        return Surroundings(self._now(), self.my_name)

    def built_in(self, template: Template) -> Mapping[BuiltIn, str]:
        """The built-in values of a template that are known."""
        values = built_in_values(self.surroundings)
        return {name: values[name] for name in template.built_in if name in values}

    def last_values(self, known: KnownTemplate) -> Mapping[str, tuple[str, ...]]:
        """What was given to each field the last times, the newest first."""
        try:
            return self._values.last(known.key)
        except StorageError as error:
            self.trouble.emit(error)
            return {}

    def fill(
        self,
        template: Template,
        values: Mapping[str, str],
        people: Mapping[str, str],
    ) -> Filling:
        """The template's message with these values."""
        return fill(template, values, self.surroundings, people)

    def remember(self, known: KnownTemplate, values: Mapping[str, str]) -> None:
        """These values were used: they are offered the next time."""
        given = {name: self._mask(value) for name, value in values.items() if value.strip()}
        name = given.get(BuiltIn.MY_NAME, given.get("我的名字", ""))
        if name:
            self._settings.set(MY_NAME, name.strip())
        try:
            self._values.remember(known.key, given, self._now())
        except StorageError as error:
            self.trouble.emit(error)

    def _watch(self, folders: list[Path], known: Sequence[KnownTemplate]) -> None:
        watched = {*self._watcher.directories(), *self._watcher.files()}
        files = (one.path for one in known if one.origin is not Origin.SHIPPED)
        wanted = {str(path) for path in (*folders, *files) if path.exists()}
        if watched - wanted:
            self._watcher.removePaths(sorted(watched - wanted))
        if wanted - watched:
            self._watcher.addPaths(sorted(wanted - watched))


def read_templates(
    folders: Iterable[tuple[Origin, Path]],
) -> tuple[tuple[KnownTemplate, ...], tuple[BrokenFile, ...]]:
    """The templates of these folders in their order, and the files that are none."""
    known: list[KnownTemplate] = []
    broken: list[BrokenFile] = []
    for origin, folder in folders:
        files, faulty = TemplateFiles(folder).read()
        known += (
            KnownTemplate(f"{origin}/{one.path.name}", one.template, origin, one.path)
            for one in files
        )
        broken += faulty
    return tuple(known), tuple(broken)


def put_into(session: DraftSession, draft: Draft) -> None:
    """Make this the message that is written, as one step that undo takes back.

    Where nothing was written yet its group stays; else it is another message, for nobody yet.
    """
    if session.draft.is_blank:
        session.edit(replace(draft, mentions=draft.mentions or session.draft.mentions))
    else:
        session.begin(draft)
