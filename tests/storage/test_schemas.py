"""A file of every earlier schema opens, keeps everything, and is searched, chained and summed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dingcomposer.storage.archive.reader import Reader
from dingcomposer.storage.archive.sums import SumStore
from dingcomposer.storage.evidence.chain import Chain
from dingcomposer.storage.evidence.verification import hash_unjoined, verified
from dingcomposer.storage.migrations import STEPS
from tests.fakes.archives import Archive
from tests.fakes.old_schemas import FOLDER, SENDS, unpack

VERSIONS = [int(path.name[1:3]) for path in sorted(FOLDER.glob("v*.sqlite3.gz"))]
KEPT = ("robots", "sends", "attempts", "drafts", "contacts", "rehearsals", "probes")
Table = tuple[list[str], list[dict[str, object]]]


def tables(path: Path) -> dict[str, Table]:
    """Every table of a file, with its rows."""
    with closing(sqlite3.connect(path)) as file:
        file.row_factory = sqlite3.Row
        found = file.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        names = [row["name"] for row in found if row["name"] in KEPT]
        return {
            name: (
                [column["name"] for column in file.execute(f"PRAGMA table_info({name})")],
                [dict(row) for row in file.execute(f"SELECT * FROM {name} ORDER BY rowid")],
            )
            for name in names
        }


def test_there_is_a_file_of_every_schema_up_to_the_newest_of_them() -> None:
    assert list(range(1, max(VERSIONS) + 1)) == VERSIONS
    assert max(VERSIONS) < len(STEPS)


@pytest.mark.parametrize("version", VERSIONS)
def test_an_earlier_schema_opens_and_keeps_everything(version: int, tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    unpack(version, path)
    before = tables(path)
    assert len(before["sends"][1]) == SENDS
    with closing(Archive(path)) as archive:
        after = tables(path)
        for name, (columns, rows) in before.items():
            now_columns, now = after[name]
            still = [one for one in columns if one in now_columns]
            assert [{one: row[one] for one in still} for row in now] == [
                {one: row[one] for one in still} for row in rows
            ], name
        # Usable at once: all places are known, and words are found without an index.
        assert len(archive.history.all_sends()) == SENDS
        assert archive.find("停机") == list(range(SENDS, 0, -1))
        # Each piece of the background's work is interrupted, and goes on.
        archive.index.prepare()
        assert archive.index.build_slice(7) == 7
        assert archive.find("第 3 条") == [40 - 36]
        archive.build()
        assert archive.index.is_complete
        assert archive.find("status:refused 停机") == list(range(37, 0, -5))
        assert archive.find("maintenance 13800000039") == [40]
        join(archive)
        sums = SumStore(archive.database)
        while not sums.add_slice(9):
            pass
        total = archive.database.rows("SELECT sum(sends) FROM daily_sums")[0][0]
        assert total == SENDS
        found = verified(path)
        assert found.is_whole
        assert found.sends == SENDS
    copy = path.with_name(f"{path.name}.v{version}")
    assert tables(copy) == before


def join(archive: Archive) -> None:
    chain = Chain(archive.database)
    while not (progress := chain.progress()).is_over:
        with closing(Reader(archive.path)) as reader:
            contents, key = hash_unjoined(reader, progress.joined_key, progress.born_key, 11)
        chain.join(contents, key)
