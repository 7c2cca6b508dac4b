"""A disk that is full, really: a small file system that has no room left, in whatever is under way.

Each thing that the history does is begun with no room, a little, and some (`fakes.full_disk`): it
ends, or says that the disk is full. Then there is room again: nothing is broken or half-written,
and it can be done.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
UNSHARE = ("unshare", "--user", "--map-root-user", "--mount")
DONE = ("write", "index", "remove", "backup", "xlsx", "csv", "html", "jsonl", "migrate")


@pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run([*UNSHARE, "true"], check=False, capture_output=True).returncode != 0,
    reason="file systems of one's own are not allowed here",
)
def test_a_full_disk_is_a_sentence_and_breaks_nothing(tmp_path: Path) -> None:
    small, beside = tmp_path / "small", tmp_path / "beside"
    small.mkdir()
    beside.mkdir()
    order = 'mount -t tmpfs -o size=8m none "$1" && exec "$2" -m tests.fakes.full_disk "$1" "$3"'
    done = subprocess.run(
        [*UNSHARE, "sh", "-c", order, "sh", str(small), sys.executable, str(beside)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    told = [line.split() for line in done.stdout.splitlines()]
    assert {words[2] for words in told} == {"full", "done"}
    assert tuple(dict.fromkeys(words[0] for words in told)) == DONE
    for name in DONE:
        assert [name, "0", "full"] in told
