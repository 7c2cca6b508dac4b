"""What may go goes for good: from the tables, from the index, from the file; the rest stays."""

from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Status
from dingcomposer.core.messages import Mentions, Text
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.storage.archive.reader import Reader
from dingcomposer.storage.database import StorageError, StorageFault
from dingcomposer.storage.evidence.chain import RemovalReason
from dingcomposer.storage.evidence.verification import verified
from dingcomposer.storage.upkeep.retention import (
    PersonPlace,
    Removal,
    RemovalPlan,
    RetentionRule,
    find_traces,
    plan_removal,
    plan_retention,
)
from tests.fakes.archives import NOW, Archive

TEST_GROUP = Robot("t", "测试群", "#00B042", Stage.TEST)
WORD = "zxqvkjwyplmnb"


def plan(archive: Archive, *rules: RetentionRule) -> RemovalPlan:
    with closing(Reader(archive.path)) as reader:
        return plan_retention(reader, rules, NOW)


def remove(archive: Archive, keys: Sequence[int]) -> int:
    removal = Removal(archive.database)
    count = removal.remove(keys, RemovalReason.RETENTION, NOW)
    removal.begin_purge()
    while removal.purge_slice():
        pass
    removal.end_purge()
    return count


def bytes_of(archive: Archive) -> bytes:
    """Everything that the file and its WAL hold."""
    wal = archive.path.with_name(f"{archive.path.name}-wal")
    return archive.path.read_bytes() + (wal.read_bytes() if wal.exists() else b"")


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """Ten days of sends, one of each class a day, the oldest first."""
    archive.index.prepare()
    for days in range(10, 0, -1):
        at = NOW - timedelta(days=days) + timedelta(hours=1)
        archive.add(f"正式 {days}", at=at)
        archive.add(f"正式 {days}", status=Status.REFUSED, cause=Cause.KEYWORD, at=at)
        archive.add(f"测试 {days}", TEST_GROUP, at=at)
        archive.add(f"测试 {days}", TEST_GROUP, status=Status.NOT_SENT, at=at)
    return archive


def test_for_ever_lets_nothing_go(filled: Archive) -> None:
    rules = [RetentionRule(a, b) for a in (True, False) for b in Status]
    assert not plan(filled, *rules).keys


def test_days_and_rows_hold_for_their_class_alone(filled: Archive) -> None:
    days = plan(filled, RetentionRule(is_production=True, status=Status.DELIVERED, days=7))
    assert list(days.keys) == [1, 5, 9]
    assert days.counts == ((True, Status.DELIVERED, 3),)
    assert days.examples == ("正式 10", "正式 9", "正式 8")
    assert days.oldest_at == NOW - timedelta(days=10) + timedelta(hours=1)
    assert days.newest_at == NOW - timedelta(days=8) + timedelta(hours=1)
    rows = plan(filled, RetentionRule(is_production=False, status=Status.NOT_SENT, rows=7))
    assert list(rows.keys) == [4, 8, 12]
    assert rows.counts == ((False, Status.NOT_SENT, 3),)


@pytest.mark.parametrize(
    ("is_production", "status", "going"),
    [
        (True, Status.DELIVERED, [1, 5]),
        (True, Status.REFUSED, [2, 6]),
        (False, Status.DELIVERED, [3, 7]),
        (False, Status.NOT_SENT, [4, 8]),
        (True, Status.NOT_SENT, []),
        (True, Status.UNKNOWN, []),
        (False, Status.CANCELLED, []),
        (True, Status.QUEUED, []),
    ],
)
def test_each_outcome_is_a_class_of_its_own(
    filled: Archive, is_production: bool, status: Status, going: list[int]
) -> None:
    assert list(plan(filled, RetentionRule(is_production, status, days=8)).keys) == going


def test_what_waits_or_may_still_change_stays(filled: Archive) -> None:
    filled.add("等", at=NOW - timedelta(days=99), status=None)
    rule = RetentionRule(is_production=True, status=Status.REFUSED, days=1)
    with closing(Reader(filled.path)) as reader:
        assert 41 not in plan_retention(reader, [rule], NOW).keys
        assert list(plan_removal(reader, [41, 40]).keys) == [40]
    assert remove(filled, [41, 40]) == 1
    assert filled.find("等") == [41]


def test_what_goes_is_gone_from_tables_index_and_file_and_the_chain_holds(
    filled: Archive,
) -> None:
    filled.add(Text(f"{WORD} 机密", Mentions(("13800138000",))), Robot("s", f"{WORD}群"))
    for number in range(30):
        filled.add(f"之后 {number}")
    assert filled.find(WORD) == [41]
    assert WORD.encode() in bytes_of(filled)
    filled.reader.close()
    assert remove(filled, [41]) == 1
    assert WORD.encode() not in bytes_of(filled)
    assert filled.history.row(f"{41:08d}-0000-4000-8000-000000000000") is None
    assert filled.index.check()
    found = verified(filled.path)
    assert found.is_whole
    assert found.removed == 1
    sends = filled.history.all_sends()
    assert len(sends) == 70
    assert list(sends.keys(0, 70)) == [*range(71, 41, -1), *range(40, 0, -1)]


def test_places_are_exact_with_holes_in_between(filled: Archive) -> None:
    for number in range(3_000):
        filled.add(f"更多 {number}", status=None)
    gone = [key for key in range(1, 41) if key % 3]
    assert remove(filled, gone) == len(gone)
    sends = filled.history.all_sends()
    keys = [*range(3_040, 40, -1), *range(39, 0, -3)]
    assert len(sends) == len(keys)
    for number in (0, 1, 63, 64, 1_500, 2_999, 3_000, len(keys) - 1):
        assert list(sends.keys(number, 5)) == keys[number : number + 5], number
        assert sends.number_of(keys[number]) == number
    assert sends.number_of(40) is None


def test_rehearsals_and_versions_with_a_persons_number_go_too(archive: Archive) -> None:
    archive.database.run(
        "INSERT INTO rehearsals (body_sha256, robot_name, rehearsed_at, payload)"
        " VALUES ('x', 'y', 1, '@13800138000'), ('x', 'y', 1, '@13900139000')"
    )
    assert Removal(archive.database).forget_person(["13800138000", "王芳"]) == 1
    assert len(archive.database.rows("SELECT 1 FROM rehearsals")) == 1


def test_what_is_past_goes_with_a_person_and_what_is_in_use_is_counted(
    archive: Archive, tmp_path: Path
) -> None:
    """Each table that can hold a message's words, once with the name and once without."""
    run = archive.database.run
    for word in ("王芳", "别人"):
        for place, draft in ((None, "closed"), (0 if word == "王芳" else 1, "open")):
            run(
                "INSERT INTO drafts (is_current, saved_at, content, draft_id, place)"
                " VALUES (0, 1, ?, ?, ?)",
                *(f'{{"text": "{word}"}}', f"{draft} {word}", place),
            )
            for step in ("王", "x"):
                run(
                    "INSERT INTO draft_steps VALUES (?, ?, ?)",
                    *(f"{draft} {word}", step == "x", f'[["text", 0, "", "{step}"]]'),
                )
        run(
            "INSERT INTO draft_versions (draft_id, kept_at, taken_at, was_sent, content)"
            " VALUES (?, 1, 1, 0, ?)",
            *(f"open {word}", word),
        )
        run("INSERT INTO field_values VALUES ('t', 'name', ?, 1)", word)
        run("INSERT INTO searches (name, question) VALUES (?, ?)", word, f'"{word}" status:refused')
        for removed_at in (None, 5):
            run(
                "INSERT INTO schedules (schedule_id, revision, document, created_at,"
                " settled_until, removed_at) VALUES (?, 1, ?, 1, 1, ?)",
                *(f"{word} {removed_at}", word, removed_at),
            )
        for ended_at in (None, 5):
            run(
                "INSERT INTO table_runs (run_id, name, state, created_at, ended_at, headings)"
                " VALUES (?, ?, 'x', 1, ?, '[]')",
                *(f"{word} {ended_at}", "工资", ended_at),
            )
            run(
                "INSERT INTO table_run_rows (run_id, position, number, cells, robot_id,"
                " token_fingerprint, left_out) VALUES (?, 1, 1, ?, 'r', '', '')",
                *(f"{word} {ended_at}", f'["{word}"]'),
            )
        person = {"position": ord(word[0]), "name": word, "mobile": "", "user_id": ""}
        archive.database.insert("contacts", person)
        (tmp_path / f"{word}.template.json").write_text(f'"@{word}"', encoding="utf-8")
    with closing(Reader(archive.path)) as reader:
        traces = find_traces(reader, ["王芳", "13800138000"], [tmp_path])
    assert traces.staying == tuple((one, 1) for one in PersonPlace)
    assert traces.going == 6
    assert Removal(archive.database).forget_person(["王芳", "13800138000"]) == traces.going

    def left(table: str, column: str) -> list[str]:
        return [str(row[0]) for row in archive.database.rows(f"SELECT {column} FROM {table}")]

    assert set(left("drafts", "draft_id")) == {"open 王芳", "closed 别人", "open 别人"}
    assert set(left("draft_steps", "draft_id")) == {"closed 别人", "open 别人"}
    assert left("draft_versions", "content") == ["别人"]
    assert left("field_values", "value") == ["别人"]
    assert left("searches", "name") == ["别人"]
    assert set(left("schedules", "schedule_id")) == {"王芳 None", "别人 None", "别人 5"}
    assert set(left("table_run_rows", "run_id")) == {"王芳 None", "别人 None", "别人 5"}
    with closing(Reader(archive.path)) as reader:
        assert find_traces(reader, ["王芳"], [tmp_path]).going == 0


def test_rows_of_a_table_that_was_sent_go_with_the_person_and_what_is_to_be_sent_stays(
    archive: Archive,
) -> None:
    for run, ended_at in (("over", 5), ("under way", None)):
        archive.database.run(
            "INSERT INTO table_runs (run_id, name, state, created_at, ended_at, headings)"
            " VALUES (?, '工资', 'x', 1, ?, '[]')",
            *(run, ended_at),
        )
        for position, name in enumerate(("王芳", "李四")):
            archive.database.run(
                "INSERT INTO table_run_rows (run_id, position, number, cells, robot_id,"
                " token_fingerprint, left_out) VALUES (?, ?, 1, ?, 'r', '', '')",
                *(run, position, f'["{name}", "5000"]'),
            )
    assert Removal(archive.database).forget_person(["王芳", "13800138000"]) == 1
    left = archive.database.rows("SELECT run_id, cells FROM table_run_rows ORDER BY run_id, cells")
    assert [(row["run_id"], "王芳" in row["cells"]) for row in left] == [
        ("over", False),
        ("under way", False),
        ("under way", True),
    ]


def test_a_full_disk_removes_nothing_and_breaks_nothing(filled: Archive) -> None:
    filled.database.max_pages = filled.database.pages
    with pytest.raises(StorageError) as caught:
        for number in range(10_000):
            filled.add(f"{number} {'满' * 3_000}")
    assert caught.value.fault is StorageFault.FULL
    before = [row["key"] for row in filled.database.rows("SELECT key FROM sends")]
    try:
        remove(filled, [1, 2, 3])
    except StorageError as error:
        assert error.fault is StorageFault.FULL  # the stone needs room, and there is none
    filled.database.max_pages += 100
    now = [row["key"] for row in filled.database.rows("SELECT key FROM sends")]
    assert now in (before, before[3:])
    remove(filled, [1, 2, 3])
    assert filled.index.check()
    assert filled.find("正式") == [key for key in range(38, 3, -1) if (key - 1) % 4 < 2]
