"""Writes a bundle: collected here, sealed off the main thread, whole or not at all."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from dingcomposer.core.bundle import Bundle, BundleKind
from dingcomposer.core.records import dataclass
from dingcomposer.interchange.bundles.container import (
    BundleError,
    write_plain,
    write_sealed,
    write_whole,
)
from dingcomposer.services.background import Background
from dingcomposer.services.bundles.inventory import (
    Inventory,
    InventoryFound,
    InventoryOutcome,
    UnreadableSecrets,
    bundle_of,
)
from dingcomposer.storage.database import StorageError


@dataclass(frozen=True, slots=True, repr=False)
class BundleExport:
    """What is to be written, where, and with which passphrase; "" leaves all secrets out."""

    path: Path
    kinds: tuple[BundleKind, ...]
    passphrase: str = ""


@dataclass(frozen=True, slots=True)
class ExportDone:
    """How many of each kind stand in the file, in the order of the kinds.

    `error` says why there is none: the disk's own number, whose secrets could not be read, or
    that nothing can be sealed here.
    """

    counts: tuple[tuple[BundleKind, int], ...] = ()
    without_webhook: int = 0
    error: int | UnreadableSecrets | StorageError | BundleError | None = None


class BundleExporter(QObject):
    """Exports; one at a time. Main thread."""

    def __init__(self, inventory: Inventory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inventory = inventory
        self._background = Background(self)

    def export(self, task: BundleExport, done: Callable[[ExportDone], None]) -> None:
        """Write the file; `done` is told how it went."""
        self._inventory.read(partial(self._on_read, task, done))

    def _on_read(
        self, task: BundleExport, done: Callable[[ExportDone], None], outcome: InventoryOutcome
    ) -> None:
        if not isinstance(outcome, InventoryFound):
            done(ExportDone(error=outcome))
            return
        bundle = bundle_of(outcome.here, task.kinds, with_secrets=bool(task.passphrase))
        self._background.run("export", _write, (task, bundle), done)


def _write(task: tuple[BundleExport, Bundle]) -> ExportDone:
    """Seal and write. Pure but for the file."""
    wanted, bundle = task
    try:
        content = (
            write_sealed(bundle, wanted.passphrase) if wanted.passphrase else write_plain(bundle)
        )
        write_whole(wanted.path, content)
    except BundleError as error:
        return ExportDone(error=error)
    except OSError as error:
        return ExportDone(error=error.errno or -1)
    counts = tuple((kind, len(getattr(bundle, kind.value))) for kind in bundle.kinds)
    return ExportDone(
        counts,
        sum(one.credentials is None and not one.robot.is_sandbox for one in bundle.robots),
    )
