"""Places of sends: exact, and without a look at the disk where no send is missing."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from dingcomposer.core.delivery import SendJob
from dingcomposer.core.messages import Text
from dingcomposer.storage.database import Database, Row, Value
from dingcomposer.storage.history import HistoryStore
from tests.fakes.archives import DUTY, NOW

SENDS = 2_600
GONE = 2_060


class CountingDatabase(Database):
    """Knows how often it was asked for rows."""

    asked = 0

    def rows(self, sql: str, *values: Value) -> list[Row]:
        self.asked += 1
        return super().rows(sql, *values)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two blocks of 1024 keys in which none is missing, and one in which one is."""
    path = tmp_path_factory.mktemp("positions") / "history.sqlite3"
    with closing(Database(path)) as database:
        history = HistoryStore(database)
        with database.transaction():
            for number in range(1, SENDS + 1):
                at = NOW + timedelta(minutes=number)
                history.add(SendJob(f"uuid-{number}", DUTY, Text("通知"), at))
            database.run("DELETE FROM sends WHERE key = ?", GONE)
    return path


def test_every_place_is_exact_across_blocks(path: Path) -> None:
    keys = [key for key in range(SENDS, 0, -1) if key != GONE]
    with closing(Database(path)) as database:
        sends = HistoryStore(database).all_sends()
        assert len(sends) == len(keys)
        for number in range(0, len(keys), 7):
            assert list(sends.keys(number, 16)) == keys[number : number + 16]
            assert sends.number_of(keys[number]) == number
            at = NOW + timedelta(minutes=keys[number], seconds=30)
            assert sends.number_before(at) == number
        assert sends.number_of(GONE) is None
        assert sends.number_of(SENDS + 1) is None
        assert sends.number_before(NOW) == len(keys) - 1


def test_where_none_is_missing_nothing_is_read(path: Path) -> None:
    with closing(CountingDatabase(path)) as database:
        sends = HistoryStore(database).all_sends()
        before = database.asked
        for key in range(1_980, 16, -31):
            number = sends.number_of(key)
            assert number == SENDS - 1 - key
            assert list(sends.keys(number, 16)) == list(range(key, key - 16, -1))
        assert database.asked == before


def test_a_day_is_found_by_a_few_looks(path: Path) -> None:
    with closing(CountingDatabase(path)) as database:
        sends = HistoryStore(database).all_sends()
        before = database.asked
        assert sends.number_before(NOW + timedelta(minutes=1_500)) == SENDS - 1 - 1_500
        assert database.asked - before <= 20
