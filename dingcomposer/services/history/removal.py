"""Removal of sends for good: planned off the main thread, carried out a few at a time."""

import logging
import time
from array import array
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from dingcomposer.core.delivery import Status
from dingcomposer.services.background import Background
from dingcomposer.services.settings import RETENTION, TEMPLATE_FOLDER, Settings
from dingcomposer.storage.archive.reader import Reader
from dingcomposer.storage.database import Database, StorageError
from dingcomposer.storage.evidence.chain import RemovalReason
from dingcomposer.storage.upkeep.retention import (
    PersonTraces,
    Removal,
    RemovalPlan,
    RetentionRule,
    find_traces,
    plan_person,
    plan_retention,
)

log = logging.getLogger(__name__)

OWN_TEMPLATES = "templates"
"""The folder beside the database."""
SLICE_S = 0.008
REST = 1.5
_ATTEMPTS = 50  # to empty the WAL, which a reader keeps for as long as it reads
LOOK_MS = 6 * 3_600_000
"""So often what the rules let go is removed."""


class HistoryRemoval(QObject):
    """Plans and carries out what is to go. Main thread; ended at any moment, it goes on later.

    Signals:
        planned(RemovalPlan): what would go.
        person_planned(RemovalPlan, tuple[str, ...], PersonTraces): what mentions a person, by which
            words, and where else they are named.
        progressed(int, int): so many are gone, of so many.
        completed(int): all are gone, and nothing of them is left in the index.
        failed(StorageError): it could not be planned, or not be carried out to the end.
    """

    planned = Signal(object)
    person_planned = Signal(object, object, object)
    progressed = Signal(int, int)
    completed = Signal(int)
    failed = Signal(object)

    def __init__(
        self,
        database: Database,
        settings: Settings,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self._database, self._settings = database, settings
        self._removal = Removal(database)
        self._background = Background(self)
        self._now = now
        self._turn = QTimer(self, singleShot=True)
        self._turn.timeout.connect(self._on_turn)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.apply_rules)
        self._keys: array[int] = array("q")
        self._reason = RemovalReason.RETENTION
        self._total = self._gone = 0
        self._rows = 8
        self._is_purging = False
        self._attempts_left = 0

    @property
    def rules(self) -> tuple[RetentionRule, ...]:
        """The rules that are set."""
        return tuple(rule for text in self._settings.value(RETENTION) for rule in _read_rules(text))

    def set_rules(self, rules: Sequence[RetentionRule]) -> None:
        """Keep sends by these from now on; nothing is removed yet."""
        self._settings.set(RETENTION, tuple(_write_rule(one) for one in rules))

    @property
    def is_busy(self) -> bool:
        """True while something is being removed."""
        return self._turn.isActive()

    def start(self) -> None:
        """Remove what the rules let go, now and from time to time."""
        self._look.start()
        self.apply_rules()

    def stop(self) -> None:
        """Do nothing more."""
        self._look.stop()
        self._turn.stop()
        self._background.close()

    def apply_rules(self) -> None:
        """Remove what the rules let go."""
        if not self.is_busy and any(not one.is_for_ever for one in self.rules):
            task = _Plan(self._database.path, self._now(), self.rules)
            self._background.run("apply", _plan, task, self._on_rules_planned)

    def plan(self, rules: Sequence[RetentionRule]) -> None:
        """Find out what rules would remove."""
        task = _Plan(self._database.path, self._now(), tuple(rules))
        self._background.run("plan", _plan, task, self._on_planned)

    def plan_person(self, person: str, names: Mapping[str, str]) -> None:
        """Find out which sends mention a person, by name, number or id."""
        templates = [self._database.path.with_name(OWN_TEMPLATES)]
        if shared := self._settings.value(TEMPLATE_FOLDER):
            templates.append(Path(shared))
        task = _Person(
            self._database.path, person, tuple(names.items()), self._now(), tuple(templates)
        )
        self._background.run("person", _plan_person, task, self._on_person_planned)

    def carry_out(self, plan: RemovalPlan, reason: RemovalReason) -> None:
        """Remove what was planned."""
        self._keys = array("q", plan.keys)
        self._reason = reason
        self._total, self._gone = len(self._keys), 0
        self._is_purging = False
        if self._keys:
            self._turn.start(0)

    def forget_person(self, words: Sequence[str]) -> int:
        """Delete what else is of the past and holds these words; how much."""
        try:
            return self._removal.forget_person([one for one in words if one])
        except StorageError as error:
            self.failed.emit(error)
            return 0

    def _on_planned(self, outcome: RemovalPlan | StorageError) -> None:
        if isinstance(outcome, StorageError):
            self.failed.emit(outcome)
        else:
            self.planned.emit(outcome)

    def _on_person_planned(
        self, outcome: tuple[RemovalPlan, tuple[str, ...], PersonTraces] | StorageError
    ) -> None:
        if isinstance(outcome, StorageError):
            self.failed.emit(outcome)
        else:
            self.person_planned.emit(*outcome)

    def _on_rules_planned(self, outcome: RemovalPlan | StorageError) -> None:
        if isinstance(outcome, RemovalPlan) and not self.is_busy:
            self.carry_out(outcome, RemovalReason.RETENTION)

    def _on_turn(self) -> None:
        begun_s = time.perf_counter()
        try:
            is_over = self._step()
        except StorageError as error:
            log.warning("sends could not be removed (%s)", error.fault.value)
            self._keys = array("q")
            self.failed.emit(error)
            return
        took_s = time.perf_counter() - begun_s
        if is_over:
            self.completed.emit(self._gone)
            return
        if not self._is_purging:
            self._rows = min(max(int(self._rows * SLICE_S / max(took_s, 1e-4)), 4), 400)
        self._turn.start(max(int(took_s * REST * 1000), 1))

    def _step(self) -> bool:
        """Remove a few, or bring a part of the index into one piece; True once all is done."""
        if self._keys:
            some = self._keys[: self._rows]
            self._gone += self._removal.remove(some, self._reason, self._now())
            self._keys = self._keys[len(some) :]
            self.progressed.emit(self._total - len(self._keys), self._total)
            return False
        if not self._is_purging:
            self._is_purging = True
            self._attempts_left = _ATTEMPTS
            self._removal.begin_purge()
            return False
        if self._removal.purge_slice():
            return False
        self._attempts_left -= 1
        return self._removal.end_purge() or self._attempts_left <= 0


class _Plan(NamedTuple):
    path: Path
    now: datetime
    rules: tuple[RetentionRule, ...]


class _Person(NamedTuple):
    path: Path
    person: str
    names: tuple[tuple[str, str], ...]
    now: datetime
    templates: tuple[Path, ...]


def _plan(task: _Plan) -> RemovalPlan | StorageError:
    try:
        with closing(Reader(task.path)) as reader:
            return plan_retention(reader, task.rules, task.now)
    except StorageError as error:
        return error


def _plan_person(
    task: _Person,
) -> tuple[RemovalPlan, tuple[str, ...], PersonTraces] | StorageError:
    try:
        plan, words = plan_person(task.path, task.person, dict(task.names), task.now.astimezone())
        with closing(Reader(task.path)) as reader:
            return plan, words, find_traces(reader, words, task.templates)
    except StorageError as error:
        return error


def _write_rule(rule: RetentionRule) -> str:
    stage = "production" if rule.is_production else "test"
    limit = f"{rule.days}d" if rule.days is not None else str(rule.rows or "")
    return f"{stage}/{rule.status.value}={limit}"


def _read_rules(text: str) -> tuple[RetentionRule, ...]:
    """None where it is none: nothing goes by a rule that cannot be read.

    `failed` is how earlier versions wrote all that was not delivered.
    """
    scope, _, limit = text.partition("=")
    stage, _, outcome = scope.partition("/")
    number = limit.removesuffix("d")
    if stage not in ("production", "test") or not number.isdecimal() or int(number) < 1:
        return ()
    kept = {"days": int(number)} if limit.endswith("d") else {"rows": int(number)}
    statuses = [
        one
        for one in Status
        if one.is_final
        and (outcome == one.value or (outcome == "failed" and one is not Status.DELIVERED))
    ]
    return tuple(RetentionRule(stage == "production", one, **kept) for one in statuses)
