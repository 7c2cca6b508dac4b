"""Killed at any moment while somebody writes in three drafts: at most the last second is missing.

The real window runs in a process of its own (`killed_writer`) and says after each act what every
draft holds. It is killed, `SIGKILL`, at a moment that a seed chooses, twice in the same folder: the
second life begins with what the first left. Then the database is opened as at the next start.
"""

import json
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dingcomposer.core.draft import Draft
from dingcomposer.core.undo.history import UndoHistory
from dingcomposer.storage.database import Database
from dingcomposer.storage.drafts import DraftStore, SavedDraft
from tests.fakes.killed_writer import DRAFTS, LONGEST_MS, Told, told_of

ROOT = Path(__file__).parents[1]
LIMIT_S = 120.0
ALLOWED_S = 1.0
# A process that waits for a core, or for the disk, does nothing meanwhile: a longer gap between two
# acts counts as this.
TURN_S = 3 * LONGEST_MS / 1000
LIVES = 2


@dataclass(slots=True)
class Act:
    """When something was done, and what each draft that it changed held then."""

    at_s: float
    drafts: tuple[Told, ...]


@dataclass(slots=True)
class Life:
    """What was written until the kill."""

    acts: list[Act]
    killed_at_s: float

    def states(self, draft_id: str) -> list[tuple[float, Told]]:
        """What a draft held, one after the other, each with the time from which it did."""
        return [
            (act.at_s, one) for act in self.acts for one in act.drafts if one.draft_id == draft_id
        ]

    def own_s(self, since_s: float) -> float:
        """How much time the program itself had from then to the kill."""
        times = [act.at_s for act in self.acts if act.at_s >= since_s] + [self.killed_at_s]
        pairs = zip([since_s, *times], times, strict=False)
        return sum(min(after - before, TURN_S) for before, after in pairs)


@dataclass(slots=True)
class Figures:
    """Of all kills together."""

    kills: int = 0
    acts: int = 0
    drafts: int = 0
    whole: int = 0
    missing_s: list[float] = field(default_factory=list)
    missing_own_s: list[float] = field(default_factory=list)
    steps: int = 0

    def lines(self) -> list[str]:
        behind = sorted(self.missing_s) or [0.0]
        middle = behind[len(behind) // 2]
        return [
            f"{self.kills} kills after {self.acts} acts; {self.drafts} drafts looked at,"
            f" {self.whole} with nothing missing",
            f"  missing of the others: median {middle * 1000:.0f} ms, most {behind[-1] * 1000:.0f}"
            f" ms; of the program's own time at most"
            f" {max(self.missing_own_s, default=0) * 1000:.0f} ms",
            f"  {self.steps} steps undone to the beginning and made again",
        ]


@pytest.fixture(scope="module")
def figures(request: pytest.FixtureRequest) -> Iterator[Figures]:
    """Collects the figures, and prints them at the end."""
    figures = Figures()
    yield figures
    capture = request.config.pluginmanager.get_plugin("capturemanager")
    with capture.global_and_fixture_disabled() if capture else nullcontext():
        print("", *figures.lines(), sep="\n")  # noqa: T201


def live(folder: Path, seed: int) -> Life:
    """Let somebody write, and kill the program after some acts and some moments more."""
    chance = random.Random(seed)
    most = chance.randint(8, 70)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.killed_writer", str(folder), str(seed)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stderr is not None
    begun_s = time.monotonic()
    acts: list[Act] = []
    for line in process.stdout:
        acts.append(_act(line))
        if len(acts) == most or time.monotonic() - begun_s > LIMIT_S:
            break
    wait_until_s = time.monotonic() + chance.uniform(0.0, 0.06)
    while time.monotonic() < wait_until_s:
        pass
    process.kill()
    killed_at_s = time.monotonic()
    acts += [_act(line) for line in process.stdout if line.endswith("\n")]
    complaint = process.stderr.read()
    process.stdout.close()
    process.stderr.close()
    process.wait()
    assert len(acts) >= most, complaint
    return Life([one for one in acts if one.at_s <= killed_at_s], killed_at_s)


def _act(line: str) -> Act:
    read = json.loads(line)
    drafts = (Told(**{**one, "caret": tuple(one["caret"])}) for one in read["drafts"])
    return Act(read["at_s"], tuple(drafts))


def check(life: Life, folder: Path, figures: Figures) -> None:
    """What must be true, whenever it was killed."""
    path = folder / "dingcomposer.sqlite3"
    with closing(sqlite3.connect(path)) as reader:
        assert reader.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert reader.execute("PRAGMA foreign_key_check").fetchall() == []
    with closing(Database(path)) as database:
        store = DraftStore(database)
        found = store.open_drafts()
        assert not found.has_unreadable
        # Within the first second nothing may be there at all.
        ids = [one.draft_id for one in found.drafts]
        assert found.current_id in ids or not ids
        saved = {
            one.draft_id: told_of(one.draft_id, one.draft, one.target_robot_id, one.caret)
            for one in found.drafts
        }
        for draft_id in {one.draft_id for act in life.acts for one in act.drafts}:
            check_one(life, draft_id, saved.get(draft_id), figures)
        for one in found.drafts:
            check_steps(one, store, figures)
    figures.kills += 1
    figures.acts += len(life.acts)


def check_one(life: Life, draft_id: str, saved: Told | None, figures: Figures) -> None:
    """A draft as it was saved is one that was in the window: content, robot and caret together."""
    states = life.states(draft_id)
    figures.drafts += 1
    told = [one for _, one in states]
    if saved is None:
        first_missing = 0
    else:
        assert saved in told, "a draft that never was"
        first_missing = len(told) - told[::-1].index(saved)
    if first_missing == len(states):
        figures.whole += 1
        return
    since_s = states[first_missing][0]
    figures.missing_s.append(life.killed_at_s - since_s)
    figures.missing_own_s.append(life.own_s(since_s))
    assert life.own_s(since_s) <= ALLOWED_S


def check_steps(saved: SavedDraft, store: DraftStore, figures: Figures) -> None:
    """Undoing all leads to the beginning, redoing all back to the draft and on to the end."""
    history = UndoHistory(saved.steps, lambda: store.steps(saved.draft_id))
    draft, back, forth = saved.draft, 0, 0
    while (before := history.undo(draft)) is not None:
        draft, back = before, back + 1
    assert back == saved.steps.done - saved.steps.first
    assert draft == Draft()
    while (after := history.redo(draft)) is not None:
        draft, forth = after, forth + 1
        assert forth != back or draft == saved.draft
    assert forth == saved.steps.end - saved.steps.first
    figures.steps += back


@pytest.mark.parametrize("seed", range(2))
def test_killed_while_writing_at_most_the_last_second_is_missing(
    seed: int, tmp_path: Path, figures: Figures
) -> None:
    for life in range(LIVES):
        check(live(tmp_path, seed * LIVES + life), tmp_path, figures)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 52))
def test_killed_at_a_hundred_moments_at_most_the_last_second_is_missing(
    seed: int, tmp_path: Path, figures: Figures
) -> None:
    for life in range(LIVES):
        check(live(tmp_path, seed * LIVES + life), tmp_path, figures)


def test_the_writer_writes_in_three_drafts(tmp_path: Path) -> None:
    """Else the tests above would show little."""
    life = live(tmp_path, 4)
    ids = [one.draft_id for act in life.acts for one in act.drafts]
    assert len(set(ids)) >= DRAFTS
    assert len({one.target_id for act in life.acts for one in act.drafts}) > 1
