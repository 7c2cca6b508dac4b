"""What was tried in a test group is found again, by what was said and by which draft it was."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dingcomposer.core.messages import Markdown, Mentions, Text
from dingcomposer.storage.database import Database
from dingcomposer.storage.rehearsals import KEPT, Rehearsal, RehearsalStore

AT = datetime(2026, 8, 22, 10, 32, tzinfo=UTC)
FIRST = Rehearsal(Markdown("发布", "# 今晚", Mentions(("13800000000",))), "测试群", AT)
SECOND = Rehearsal(Text("hello"), "测试群", AT + timedelta(minutes=1))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RehearsalStore]:
    with closing(Database(tmp_path / "dingcomposer.db")) as database:
        yield RehearsalStore(database)


def test_exactly_this_message_is_found_and_no_other(store: RehearsalStore) -> None:
    store.add(FIRST, draft_id="d-1")
    assert store.find(FIRST.message) == FIRST
    assert store.find(Markdown("发布", "# 今晚 ", Mentions(("13800000000",)))) is None
    assert store.find(Text("hello")) is None


def test_the_newest_of_several_is_told(store: RehearsalStore) -> None:
    again = Rehearsal(FIRST.message, "另一个测试群", AT + timedelta(hours=1))
    store.add(FIRST, draft_id="d-1")
    store.add(again, draft_id="d-1")
    assert store.find(FIRST.message) == again
    assert store.of_draft("d-1") == again


def test_another_draft_was_not_rehearsed_by_the_rehearsal_of_the_one_before(
    store: RehearsalStore,
) -> None:
    store.add(FIRST, draft_id="d-1")
    assert store.of_draft("d-2") is None
    assert store.find(FIRST.message) == FIRST
    store.add(SECOND, draft_id="d-2")
    assert store.of_draft("d-1") == FIRST
    assert store.of_draft("d-2") == SECOND


def test_only_the_newest_are_kept(store: RehearsalStore) -> None:
    store.add(FIRST, draft_id="d-1")
    for number in range(KEPT):
        store.add(Rehearsal(Text(str(number)), "测试群", AT), draft_id="d-1")
    assert store.find(FIRST.message) is None
    assert store.find(Text("0")) is not None
