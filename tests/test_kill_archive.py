"""Killed while it writes, indexes, migrates, removes, backs up or exports: nothing is lost.

A program (`killed_archive`) works on a file of an earlier schema, and is killed at a step that a
seed chooses, as soon as it begins or some moments into it. Then the file opens, passes SQLite's own
check, holds every send that was reported as written and was not to go, each found by its words, and
its chain holds.
"""

import random
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from dingcomposer.interchange.exports.json_lines import read_json_lines
from dingcomposer.services.history.exports import remove_unfinished
from dingcomposer.storage.archive.reader import Reader
from dingcomposer.storage.evidence.verification import verified
from dingcomposer.storage.search.index import count_missing
from dingcomposer.storage.upkeep.backups import BackupFolder, check_backup
from tests.fakes.archives import Archive
from tests.fakes.killed_archive import EXPORTED, STEPS
from tests.fakes.old_schemas import SENDS, unpack

ROOT = Path(__file__).parents[1]
LIMIT_S = 60.0
OLD = 10
ALL, FEW = 200, 6


def test_a_kill_at_any_moment_breaks_and_loses_nothing(tmp_path: Path) -> None:
    for seed in range(FEW):
        kill_one(seed, tmp_path / str(seed))


@pytest.mark.long
def test_two_hundred_kills_break_and_lose_nothing(tmp_path: Path) -> None:
    for seed in range(FEW, FEW + ALL):
        kill_one(seed, tmp_path / str(seed))


def kill_one(seed: int, folder: Path) -> None:
    """One kill, and what it left."""
    folder.mkdir()
    path = folder / "history.sqlite3"
    unpack(OLD, path)
    told = run_and_kill(path, seed)
    written = {line.split()[2] for line in told if line.startswith("end write")}
    added = {line.split()[2] for line in told if line.startswith("added write")}
    going = {uuid for line in told if line.startswith("removing") for uuid in line.split()[2:]}
    old = {f"uuid-{number:04d}" for number in range(SENDS)}
    gone_for_sure = going - last_going(told)
    with closing(Archive(path)) as archive:
        here = {row["msg_uuid"] for row in archive.database.rows("SELECT msg_uuid FROM sends")}
        assert (old | added) - going <= here, seed
        assert not gone_for_sure & here, seed
        with closing(Reader(path)) as reader:
            assert reader.rows("PRAGMA integrity_check")[0][0] == "ok", seed
            assert count_missing(reader.rows) == 0, seed
        found = verified(path)
        assert found.is_whole, (seed, found.findings)
        archive.history.recover(archive.now)
        assert not archive.index.state.table or archive.index.check(), seed
        for uuid in sorted(written - going):
            assert len(archive.find(f'"唯一{uuid}" status:refused')) == 1, (seed, uuid)
        archive.build()
        assert archive.index.check()
        keys = [row["key"] for row in archive.database.rows("SELECT key FROM sends")]
        assert archive.find("停机") == sorted(keys, reverse=True), seed
        assert len(archive.history.all_sends()) == len(keys)
        for backup in BackupFolder(path).list():
            assert check_backup(backup.path).problem is None, seed
    exported = path.with_name(EXPORTED)
    if exported.exists():
        assert all(one.record is not None for one in read_json_lines(exported)), seed
    remove_unfinished(path)
    assert not list(folder.glob("*.part")), seed


def last_going(told: list[str]) -> set[str]:
    """What was being removed when it was killed."""
    for at, line in enumerate(reversed(told)):
        if line.startswith("end remove"):
            return set()
        if line.startswith("removing"):
            del at
            return set(line.split()[2:])
    return set()


def run_and_kill(path: Path, seed: int) -> list[str]:
    """Run the program until its moment; what it told."""
    chance = random.Random(seed + 1_000)
    step = STEPS[seed % len(STEPS)]
    time_of_step = 1 if step in ("migrate", "prepare") else chance.randint(1, 8)
    delay_s = chance.choice((0.0, chance.uniform(0, 0.004), chance.uniform(0, 0.03)))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.killed_archive", str(path), str(seed)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    overdue = threading.Timer(LIMIT_S, process.kill)
    overdue.start()
    told: list[str] = []
    times = 0
    assert process.stdout is not None
    assert process.stderr is not None
    for line in process.stdout:
        told.append(line.strip())
        times += line.startswith(f"begin {step} ")
        if times == time_of_step and line.startswith("begin"):
            time.sleep(delay_s)
            process.kill()
            break
    told += [line.strip() for line in process.stdout if line.endswith("\n")]
    overdue.cancel()
    complaint = process.stderr.read()
    process.stdout.close()
    process.stderr.close()
    process.wait()
    assert complaint == ""
    assert times == time_of_step, f"{seed}: it ended before its moment"
    assert sqlite3.sqlite_version_info >= (3, 37)
    return told
