"""`dingcomposer verify`, as it is started in a terminal."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dingcomposer.core.delivery import SendJob
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Robot
from dingcomposer.storage.database import Database
from dingcomposer.storage.history import HistoryStore
from dingcomposer.storage.migrations import STEPS

NOW = datetime(2026, 8, 22, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with three finished sends."""
    path = tmp_path / "data" / "dingcomposer.sqlite3"
    with closing(Database(path)) as database:
        history = HistoryStore(database)
        for number in range(3):
            history.add(SendJob(f"u-{number}", Robot("r", "R"), Text("x"), NOW))
            history.cancel(f"u-{number}", NOW)
    return path.parent


def verify(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dingcomposer", "verify", "--data-dir", str(folder), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def test_a_whole_history_ends_with_0_and_names_its_head(folder: Path) -> None:
    done = verify(folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("whole: 3 links, 3 sends compared\nhead: 3:")


def test_a_changed_one_ends_with_1_and_says_where(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "dingcomposer.sqlite3", isolation_level=None)) as tool:
        tool.execute("UPDATE sends SET headline = 'y' WHERE key = 2")
    done = verify(folder)
    assert done.returncode == 1
    assert "link 2: send u-1 was changed after it was finished\n" in done.stdout
    assert "NOT WHOLE, 1 places do not fit" in done.stdout


def test_it_reads_while_the_program_has_it_open(folder: Path) -> None:
    with closing(Database(folder / "dingcomposer.sqlite3")) as database:
        history = HistoryStore(database)
        history.add(SendJob("new", Robot("r", "R"), Text("x"), NOW))
        history.cancel("new", NOW)
        assert "whole: 4 links" in verify(folder).stdout


def test_what_cannot_be_read_ends_with_2_and_a_sentence(folder: Path, tmp_path: Path) -> None:
    assert verify(tmp_path / "nothing").returncode == 2
    a_folder = verify(folder, "--file", str(folder))
    assert (a_folder.returncode, "is no file" in a_folder.stderr) == (2, True)
    old = tmp_path / "old.sqlite3"
    Database(old, steps=STEPS[:3]).close()
    done = verify(folder, "--file", str(old))
    assert (done.returncode, "older version" in done.stderr) == (2, True)
    spoilt = tmp_path / "spoilt.sqlite3"
    spoilt.write_bytes(b"no database at all" * 100)
    done = verify(folder, "--file", str(spoilt))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "Traceback" not in done.stderr
