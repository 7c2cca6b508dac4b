"""`robots export` and `robots import`: a file written, or looked at and read back."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from os import environ
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from dingcomposer.cli.answers import ConfigurationError, ExitCode, answer
from dingcomposer.cli.engine_session import EngineSession, engine_session
from dingcomposer.cli.options import BYTE_ORDER_MARK, CommonOptions
from dingcomposer.core.bundle import Bundle, BundleKind
from dingcomposer.core.bundle.comparison import BundleEntry, MergeState
from dingcomposer.core.bundle.merging import (
    Merge,
    MergeChoice,
    foreign_hosts,
    with_confirmed,
    with_tags,
)
from dingcomposer.core.bundle.passphrases import FEWEST_CHARACTERS, Strength, strength_of
from dingcomposer.interchange.bundles.container import (
    BundleError,
    BundleFault,
    SealedBundle,
    is_bundle,
    is_sealed,
    read_content,
)
from dingcomposer.interchange.sheets import SheetFault
from dingcomposer.paths import is_there
from dingcomposer.services.bundles.exporting import BundleExport, BundleExporter, ExportDone
from dingcomposer.services.bundles.inventory import (
    Inventory,
    InventoryFound,
    InventoryOutcome,
    UnreadableSecrets,
)
from dingcomposer.services.bundles.restoring import (
    BundleLook,
    BundleRestorer,
    LookOutcome,
    RestoreDone,
    RestoreFault,
)
from dingcomposer.services.bundles.webhooks import (
    LookedRow,
    RowState,
    WebhookImporter,
    look_at,
    merge_of,
)
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.secrets import SecretsState

_T = TypeVar("_T")

_BUNDLE_FAULTS = {
    BundleFault.UNREADABLE: "it cannot be read",
    BundleFault.TOO_LARGE: "it is larger than any such file",
    BundleFault.EMPTY: "it is empty",
    BundleFault.FOREIGN: "it is no file of DingComposer's",
    BundleFault.NEWER: "a newer version has written it: update this one",
    BundleFault.CUT: "its end is missing, or something in it was changed",
    BundleFault.WRONG_PASSPHRASE: "the passphrase is not the one it was sealed with",
    BundleFault.NEEDS_PASSPHRASE: "it is sealed: give the passphrase",
    BundleFault.OTHER_KEY: "it is sealed for a key, not with a passphrase",
    BundleFault.TOO_MUCH_WORK: "to open it would take more work than any such file needs",
    BundleFault.ITEM: "something in it is not as it should be ({place})",
    BundleFault.TOO_MANY: "there are too many {place} in it",
    BundleFault.NO_SEAL: "files can be neither sealed nor unsealed by this Python, for want of "
    "pyrage, which Windows on ARM lacks; a Python for x86-64 has it",
}
_SHEET_FAULTS = {
    SheetFault.UNREADABLE: "it cannot be read",
    SheetFault.TOO_LARGE: "it is too large",
    SheetFault.NO_SHEET: "it is neither a table nor JSON of webhooks",
    SheetFault.LOCKED: "it opens with a password only",
}


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What is to be written, and how."""

    is_sealed: bool
    passphrase_env: str | None
    passphrase_file: TextIO | None
    only: tuple[str, ...]
    is_forced: bool
    is_json: bool


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What becomes of a file."""

    passphrase_env: str | None
    passphrase_file: TextIO | None
    is_dry_run: bool
    is_agreed: bool
    take: tuple[str, ...]
    without: tuple[str, ...]
    hosts: tuple[str, ...]
    tags: tuple[str, ...]
    is_json: bool

    def choices(self) -> dict[BundleKind, MergeChoice]:
        """What becomes of each kind."""
        found = dict.fromkeys(BundleKind, MergeChoice.ADD)
        found.update({BundleKind(one): MergeChoice.TAKE for one in self.take})
        found.update({BundleKind(one): MergeChoice.NOTHING for one in self.without})
        return found


def export(common: CommonOptions, path: Path, options: ExportOptions) -> ExitCode:
    """Write the file. Raises click's own errors, and ConfigurationError."""
    if is_there(path) and not options.is_forced:
        raise click.UsageError(f"{path} is there already: --force writes over it.")
    given = options.passphrase_env is not None or options.passphrase_file is not None
    passphrase = ""
    if options.is_sealed or given:
        passphrase = _passphrase(options.passphrase_env, options.passphrase_file, is_new=True)
        match strength_of(passphrase):
            case Strength.TOO_SHORT:
                raise click.UsageError(f"A passphrase has {FEWEST_CHARACTERS} characters at least.")
            case Strength.WEAK:
                common.say("The passphrase is weak: whoever has the file may guess it.")
    kinds = tuple(BundleKind(one) for one in options.only) or tuple(BundleKind)
    with engine_session(common) as session:
        exporter = BundleExporter(Inventory(session.engine))
        task = BundleExport(path, kinds, passphrase)
        done: ExportDone = _wait(session, partial(exporter.export, task))
    if done.error is not None:
        raise _error(done.error, path)
    told = ", ".join(f"{count} {kind.value}" for kind, count in done.counts)
    common.say(f"{path}: {told}{'' if passphrase else ', without webhooks'}.")
    if passphrase and done.without_webhook:
        common.say(f"{done.without_webhook} robots have no webhook here, and none in the file.")
    if options.is_json:
        counts = {kind.value: count for kind, count in done.counts}
        answer(
            ExitCode.DELIVERED,
            file=str(path),
            counts=counts,
            is_sealed=bool(passphrase),
            without_webhook=done.without_webhook if passphrase else counts.get("robots", 0),
        )
    return ExitCode.DELIVERED


def import_(common: CommonOptions, path: Path, options: ImportOptions) -> ExitCode:
    """BundleLook at the file, ask, write. Raises click's own errors, and ConfigurationError."""
    try:
        content = read_content(path)
        if is_bundle(path, content):
            passphrase = ""
            if is_sealed(content):
                passphrase = _passphrase(options.passphrase_env, options.passphrase_file)
            return _import_bundle(common, path, SealedBundle(content, passphrase), options)
    except BundleError as error:
        raise click.UsageError(_bundle_sentence(path, error)) from None
    return _import_table(common, path, options)


def _import_bundle(
    common: CommonOptions, path: Path, sealed: SealedBundle, options: ImportOptions
) -> ExitCode:
    with engine_session(common) as session:
        restorer = BundleRestorer(Inventory(session.engine))
        look: LookOutcome = _wait(session, partial(restorer.look, sealed))
        if isinstance(look, BundleError):
            raise look
        if not isinstance(look, BundleLook):
            raise _error(look, path)
        for name in look.bundle.left_out:
            common.say(f"Left out: {name!r}, which this version does not know.")
        merged = restorer.choose(look, options.choices())
        _tell_entries(common, look.entries, look.bundle)
        told = {"entries": [_entry_as_json(one) for one in look.entries]}
        subject = _Subject(look.found, merged, told)
        return _restore(common, session, restorer, subject, options)


def _import_table(common: CommonOptions, path: Path, options: ImportOptions) -> ExitCode:
    with engine_session(common) as session:
        inventory, importer = Inventory(session.engine), WebhookImporter()
        table = _wait(session, partial(importer.read, path))
        if table.fault is not None:
            raise click.UsageError(f"{path}: {_SHEET_FAULTS[table.fault]}.")
        found: InventoryOutcome = _wait(session, inventory.read)
        if not isinstance(found, InventoryFound):
            raise _error(found, path)
        fingerprint_of = session.engine.fingerprint_of
        rows = look_at(table.rows, found.here, fingerprint_of)
        for row in rows:
            common.say(_row_words(row))
        if not table.is_whole:
            common.say("The file goes on; what follows was not read.")
        chosen = [one for one in rows if one.state is RowState.NEW]
        merged = merge_of(chosen, found.here, fingerprint_of, "Robot")
        merged = with_tags(merged, options.tags)
        restorer = BundleRestorer(inventory)
        subject = _Subject(found, merged, {"rows": [_row_as_json(one) for one in rows]})
        return _restore(common, session, restorer, subject, options)


@dataclass(frozen=True, slots=True, repr=False)
class _Subject:
    """What may be written, what it was compared with, and what is said of it as JSON."""

    found: InventoryFound
    merged: Merge
    told: dict[str, Any]


def _restore(
    common: CommonOptions,
    session: EngineSession,
    restorer: BundleRestorer,
    subject: _Subject,
    options: ImportOptions,
) -> ExitCode:
    found, merged, told = subject.found, subject.merged, subject.told
    foreign = [one for one in foreign_hosts(merged, found.here) if one not in options.hosts]
    if options.is_dry_run:
        _answer(options, {**told, "foreign_hosts": foreign, "written": None})
        return ExitCode.DELIVERED
    if foreign:
        names = ", ".join(foreign)
        raise ConfigurationError(
            f"Webhooks in it lead to {names}, not to DingTalk: every message would go there."
            " If that is right, say --allow-host for each."
        )
    merged = with_confirmed(merged, found.here, frozenset(options.hosts))
    if merged.is_empty:
        common.say("Nothing in it is new here.")
        _answer(options, {**told, "foreign_hosts": [], "written": _written(RestoreDone())})
        return ExitCode.DELIVERED
    _demand_agreement(options, merged)
    _demand_keyring(session, merged)
    done: RestoreDone = _wait(session, partial(restorer.restore, found, merged))
    if done.fault is RestoreFault.CHANGED:
        raise ConfigurationError("What is here was changed meanwhile; nothing was written: again.")
    if done.fault is not None:
        raise _error(done.why, Path("the template folder"))
    if done.schedules:
        common.say("Schedules come paused: where two computers keep the same, both would send.")
    common.say(", ".join(f"{count} {name}" for name, count in _written(done).items()) + " written.")
    _answer(options, {**told, "foreign_hosts": [], "written": _written(done)})
    return ExitCode.DELIVERED


def _demand_agreement(options: ImportOptions, merged: Merge) -> None:
    if options.is_agreed:
        return
    if not sys.stdin.isatty():
        raise click.UsageError("There is nobody to ask here: give --yes, or --dry-run to look.")
    told = f"{len(merged.new_robots)} new robots, {len(merged.changed_robots)} changed"
    click.confirm(f"Write it ({told})?", abort=True, err=True)


def _demand_keyring(session: EngineSession, merged: Merge) -> None:
    """In memory the webhooks would be gone with this command."""
    secrets = session.engine.secrets
    _wait(session, secrets.find)
    if any(one.credentials for one in merged.robots) and secrets.state is SecretsState.MEMORY:
        raise ConfigurationError("There is no keyring here to keep webhooks; nothing was written.")


def _passphrase(env: str | None, file: TextIO | None, *, is_new: bool = False) -> str:
    """The passphrase, from where the options say; asked for twice where it is a new one."""
    if env is not None and file is not None:
        raise click.UsageError("Give the passphrase once: --passphrase-env or --passphrase-file.")
    if env is not None:
        found = environ.get(env, "")
        if not found:
            raise ConfigurationError(f"The variable {env} is not set.")
        return found
    if file is not None:
        try:
            found = file.readline(10_000).removeprefix(BYTE_ORDER_MARK).rstrip("\r\n")
        except (OSError, UnicodeDecodeError):
            raise click.UsageError("The passphrase's file cannot be read.") from None
        if not found:
            raise click.UsageError("The passphrase's file is empty.")
        return found
    if not sys.stdin.isatty():
        raise click.UsageError(
            "A passphrase is needed, and nobody is here to be asked: --passphrase-env NAME or"
            " --passphrase-file FILE."
        )
    asked: str = click.prompt(
        "Passphrase", hide_input=True, confirmation_prompt=is_new, err=True, type=str
    )
    return asked


def _wait(session: EngineSession, begin: Callable[[Callable[[_T], None]], None]) -> _T:
    """Run the event loop until somebody is told."""
    told: list[_T] = []
    begin(told.append)
    session.run_until(lambda: bool(told))
    if not told:
        raise click.Abort
    return told[0]


def _error(
    why: int | UnreadableSecrets | StorageError | BundleError | None, path: Path
) -> ConfigurationError:
    match why:
        case BundleError():
            return ConfigurationError(_bundle_sentence(path, why))
        case UnreadableSecrets():
            reason = why.reason.value.replace("_", " ")
            return ConfigurationError(
                f"The keyring has not served {why.robot_name} ({reason}); nothing was written."
            )
        case StorageError():
            return ConfigurationError(f"The database cannot be used: {why.fault.value}.")
        case int() if why > 0:
            return ConfigurationError(f"{path} cannot be written: {os.strerror(why)}.")
        case _:
            return ConfigurationError(f"{path} cannot be written.")


def _bundle_sentence(path: Path, error: BundleError) -> str:
    return f"{path}: {_BUNDLE_FAULTS[error.fault].format(place=error.place)}."


def _tell_entries(common: CommonOptions, entries: Sequence[BundleEntry], bundle: Bundle) -> None:
    # The sandbox that every computer has, as it is here, is nothing that somebody brought.
    entries = [
        one
        for one in entries
        if not (
            one.kind is BundleKind.ROBOTS
            and one.state is MergeState.SAME
            and bundle.robots[one.place].robot.is_built_in
        )
    ]
    for kind in BundleKind:
        states = Counter(one.state for one in entries if one.kind is kind)
        if states:
            told = ", ".join(f"{states[state]} {state.value}" for state in MergeState)
            common.say(f"{kind.value}: {told}")
    for one in entries:
        if one.state is MergeState.DIFFERENT:
            fields = ", ".join(one.changed).replace("_", " ")
            common.say(f"  {one.kind.value}: {one.name}: {fields}")


def _row_words(row: LookedRow) -> str:
    told = f"row {row.row.number}: {row.row.name or '(no name)'}"
    match row.state:
        case RowState.BAD:
            fault = row.fault.value.replace("_", " ") if row.fault else ""
            return f"{told}: left out ({fault})"
        case RowState.TAKEN | RowState.TWICE:
            return f"{told}: left out, already belongs to {', '.join(row.owners)}"
        case _:
            secret = "with secret" if row.has_secret else "no secret"
            return f"{told}: {row.host}, token {row.masked_token}, {secret}"


def _row_as_json(row: LookedRow) -> dict[str, Any]:
    return {
        "row": row.row.number,
        "name": row.row.name,
        "state": row.state.value,
        "fault": row.fault.value if row.fault else None,
        "owners": list(row.owners),
        "host": row.host or None,
        "has_secret": row.has_secret,
    }


def _entry_as_json(entry: BundleEntry) -> dict[str, Any]:
    return {
        "kind": entry.kind.value,
        "name": entry.name,
        "state": entry.state.value,
        "differs_in": list(entry.changed),
    }


def _written(done: RestoreDone) -> dict[str, int]:
    return {
        "new robots": done.robots,
        "changed robots": done.changed_robots,
        "lists": done.lists,
        "templates": done.templates,
        "contacts": done.contacts,
        "schedules": done.schedules,
    }


def _answer(options: ImportOptions, told: dict[str, Any]) -> None:
    if options.is_json:
        answer(ExitCode.DELIVERED, **told)
