"""Exports: every form holds what was sent, nothing half-written stays, and a file is read back."""

import csv
import hashlib
import html
import json
import random
import re
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Report, SendJob, Status
from dingcomposer.core.messages import (
    ActionCard,
    Button,
    FeedCard,
    FeedLink,
    Link,
    Markdown,
    Mentions,
    Message,
    Text,
)
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.interchange.exports.json_lines import NotOurs, read_json_lines
from dingcomposer.interchange.exports.report import CHECK_SCRIPT
from dingcomposer.services.history.exports import ExportTask, export, remove_unfinished
from dingcomposer.services.history.long_task import LongTask
from dingcomposer.storage.archive.imports import ImportCount, SendImporter
from dingcomposer.storage.archive.reader import MOST_GAP, LinkStretches, Reader, stored_sends
from dingcomposer.storage.database import Database, StorageError
from dingcomposer.storage.evidence.chain import Chain, RemovalReason
from dingcomposer.storage.evidence.verification import verified
from dingcomposer.storage.history import HistoryStore
from dingcomposer.ui.history.export.items import export_item, file_of, headings, report_words
from dingcomposer.ui.texts.archive.exports import ExportFormat

NOW = datetime(2026, 8, 22, 10, 32, tzinfo=UTC)
DUTY = Robot("duty", "运维值班", "#C5302B", Stage.PRODUCTION)
MESSAGES: tuple[Message, ...] = (
    Text("通知 😀\n第二行", Mentions(("13800000000",), ("manager",), is_all=True)),
    Link("标题", "文字", "https://example.com/a?b=1&c=2", "https://example.com/p.png"),
    Markdown("周报", "### 周报 <b>粗</b>\n> 引用\n\n![图](https://example.com/q.png)"),
    ActionCard("卡片", "正文 **重点**", Button("查看", "https://example.com/1")),
    ActionCard(
        "卡片", "正文", (Button("同意", "https://x.cn/1"), Button("拒绝", "https://x.cn/2"))
    ),
    FeedCard((FeedLink("一", "https://x.cn/3", "https://x.cn/4.png"),)),
    Text('=HYPERLINK("https://evil.example","x")'),
    Text("+86 138"),
    Text("-2+3"),
    Text("@SUM(A1)"),
    Text("\t=1"),
    Text("＝1+1"),
    Text('</pre><script>alert("x")</script> & "quotes" \u2028 \r\n end'),
    Text("长" * 40_000),
)


IN_THE_BACKGROUND = [one for one in ExportFormat if one is not ExportFormat.PDF]


class Past:
    """A history with each kind of message and each end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = Database(path)
        self.history = HistoryStore(self.database)
        self.count = 0

    def send(self, message: Message, status: Status = Status.DELIVERED) -> str:
        self.count += 1
        at = NOW + timedelta(seconds=self.count)
        uuid = f"{self.count:08d}-0000-4000-8000-000000000000"
        self.history.add(SendJob(uuid, DUTY, message, at))
        if status is Status.QUEUED:
            return uuid
        self.history.announce(
            Report(
                uuid, 1, Status.SENDING, at, "https://oapi.dingtalk.com/robot/send", "ab" * 32, 9
            )
        )
        cause, fault = {
            Status.DELIVERED: (Cause.DELIVERED, None),
            Status.REFUSED: (Cause.KEYWORD, None),
            Status.UNKNOWN: (None, Fault.READ_TIMEOUT),
        }[status]
        self.history.complete(
            Report(
                uuid,
                1,
                status,
                at + timedelta(milliseconds=182),
                cause=cause,
                fault=fault,
                errcode="0" if status is Status.DELIVERED else "310000",
                errmsg="=cmd|' /C calc'!A0" if status is Status.REFUSED else "ok",
                http_status=200,
                answer='{"errcode":0,"errmsg":"ok"}',
                duration_ms=182.5,
            )
        )
        return uuid


@pytest.fixture
def past(tmp_path: Path) -> Iterator[Past]:
    past = Past(tmp_path / "history.sqlite3")
    for number, message in enumerate(MESSAGES):
        status = (Status.DELIVERED, Status.REFUSED, Status.UNKNOWN)[number % 3]
        past.send(message, status)
    yield past
    past.database.close()


def task(past: Past, chosen: ExportFormat, keys: list[int] | None = None) -> ExportTask:
    target = past.path.with_name(f"out.{chosen.value}")
    words = report_words("all", past.count, Chain(past.database).head(), NOW)
    return ExportTask(past.path, target, keys, file_of(chosen, words), export_item(chosen))


def carry_out(past: Past, chosen: ExportFormat, keys: list[int] | None = None) -> Path:
    one = task(past, chosen, keys)
    work = export(one)
    while True:
        try:
            next(work)
        except StopIteration as end:
            assert end.value == (past.count if keys is None else len(keys))
            return one.target


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if "sqlite3" not in path.name)


# Tables


def test_a_csv_is_read_as_it_was_written_and_holds_no_formula(past: Past) -> None:
    path = carry_out(past, ExportFormat.CSV)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert b"\r\r\n" not in path.read_bytes()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(MESSAGES)
    assert rows[-1]["Message"].startswith("通知 😀\n第二行")
    assert rows[-1]["Mentioned"] == "everyone 13800000000 manager"
    assert rows[-1]["Duration (ms)"] == "182.5"
    for row in rows:
        for cell in row.values():
            assert not re.match(r"\s*[=+\-@＝＋－＠]|[\t\r]", cell), cell
    titles = [row["Title"] for row in rows]
    assert '\'=HYPERLINK("https://evil.example","x")' in titles
    assert {"'+86 138", "'-2+3", "'@SUM(A1)", "'＝1+1"} <= set(titles)


def test_a_workbook_holds_texts_numbers_and_times_and_no_formula(past: Past) -> None:
    path = carry_out(past, ExportFormat.XLSX)
    book = CalamineWorkbook.from_path(str(path))
    sheet = book.get_sheet_by_index(0)
    rows = sheet.to_python()
    assert tuple(rows[0]) == headings()
    newest_first = list(reversed(MESSAGES))
    assert len(rows) == len(MESSAGES) + 1
    columns = {name: at for at, name in enumerate(rows[0])}
    first = rows[-1]
    sent = NOW + timedelta(seconds=1)
    assert first[columns["Time"]] == sent.astimezone().replace(tzinfo=None)
    assert first[columns["Duration (ms)"]] == 182.5
    assert first[columns["Link"]] == 1.0
    assert first[columns["Code"]] == "0"
    formula = newest_first.index(MESSAGES[6]) + 1
    assert rows[formula][columns["Message"]] == '=HYPERLINK("https://evil.example","x")'
    longest = str(rows[1][columns["Message"]])
    assert len(longest) == 32_767
    assert longest.endswith("…")
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in archive.read(name) for name in sheets)


# JSON Lines


def records_of(past: Past) -> list[str]:
    with closing(Reader(past.path)) as reader:
        return [one.record for one in stored_sends(reader)]


def test_json_lines_are_read_back_losslessly_and_once(past: Past, tmp_path: Path) -> None:
    past.send(Text("waits"), Status.QUEUED)
    path = carry_out(past, ExportFormat.JSON_LINES)
    other = Past(tmp_path / "other.sqlite3")
    other.send(Text("own"))
    importer = SendImporter(other.database)
    # One send is known here already: by its msgUuid, whatever else it says.
    lines = [one.record for one in read_json_lines(path)]
    assert importer.add(lines, NOW) == ImportCount(len(MESSAGES) - 1, known=1, open=1)
    assert importer.add(lines, NOW) == ImportCount(0, known=len(MESSAGES), open=1)

    def told(record: str) -> dict[str, object]:
        read = json.loads(record)
        for name in ("key", "imported_at"):
            del read["send"][name]
        for one in read["attempts"]:
            del one["send_key"]
        return dict(read)

    theirs = {told(one)["send"]["msg_uuid"]: told(one) for one in records_of(past)}  # type: ignore[index]
    ours = {told(one)["send"]["msg_uuid"]: told(one) for one in records_of(other)}  # type: ignore[index]
    assert len(ours) == len(MESSAGES)
    own = "00000001-0000-4000-8000-000000000000"
    assert {uuid: one for uuid, one in ours.items() if uuid != own} == {
        uuid: theirs[uuid] for uuid in ours if uuid != own
    }
    row = other.history.row("00000003-0000-4000-8000-000000000000")
    assert row is not None
    assert row.imported_at == NOW
    assert row.message == MESSAGES[2]
    assert verified(other.path).is_whole
    other.database.close()


def test_a_line_that_is_no_send_is_counted_and_changes_nothing(past: Past) -> None:
    record = json.loads(records_of(past)[0])
    importer = SendImporter(past.database)
    before = records_of(past)
    spoilt = []
    for harm in (
        {"status": "sunk"},
        {"payload": "{}"},
        {"payload": 7},
        {"created_at": "yesterday"},
        {"headline": None},
        {"key": None},
        {"is_sandbox": True},
        {"created_at": 10**30},
    ):
        one = json.loads(json.dumps(record))
        one["send"] |= {"msg_uuid": "new", **harm}
        spoilt.append(one)
    spoilt += [{}, {"form": 1}, {"form": 2, **record}, None, {**record, "attempts": [{}]}]
    del spoilt[5]["send"]["kind"]
    count = importer.add(spoilt, NOW)
    assert count == ImportCount(unreadable=len(spoilt) - 1, known=1)
    assert records_of(past) == before


@pytest.mark.parametrize("text", ["", "{}\n", "time,robot\n", '{"format":"dingcomposer-sends"}\n'])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NotOurs):
        list(read_json_lines(path))


# The report


def check(path: Path) -> subprocess.CompletedProcess[str]:
    """Run the lines that stand in the report, as somebody who has nothing but Python."""
    page = path.read_text(encoding="utf-8")
    found = re.search(r'<pre class="script">(.*?)</pre>', page, re.S)
    assert found is not None
    script = path.with_name("check.py")
    script.write_text(html.unescape(found[1]), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-I", str(script), str(path)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
    )


def test_a_report_can_be_checked_with_the_lines_that_stand_in_it(past: Past) -> None:
    path = carry_out(past, ExportFormat.REPORT)
    done = check(path)
    assert done.returncode == 0, done.stderr
    head = Chain(past.database).head()
    assert head is not None
    assert f"{len(MESSAGES)} sends fit; the last link is {head.number} {head.digest}" in done.stdout
    assert html.unescape(CHECK_SCRIPT) == CHECK_SCRIPT


@pytest.mark.parametrize(
    ("what", "instead"),
    [("第二行", "第三行"), ('"status":"refused"', '"status":"delivered"'), ("send 3 ", "send 4 ")],
)
def test_a_report_that_was_changed_does_not_fit(past: Past, what: str, instead: str) -> None:
    path = carry_out(past, ExportFormat.REPORT)
    page = path.read_text(encoding="utf-8")
    assert what in page
    path.write_text(page.replace(what, instead), encoding="utf-8")
    assert check(path).returncode != 0


def test_a_report_of_some_sends_holds_the_links_between_them(past: Past) -> None:
    done = check(carry_out(past, ExportFormat.REPORT, [3, 9]))
    assert done.returncode == 0, done.stderr
    assert "2 sends fit" in done.stdout
    assert "00000003" in done.stdout
    assert "00000004" not in done.stdout


def test_nothing_runs_in_a_report_and_nothing_is_fetched(past: Past) -> None:
    page = carry_out(past, ExportFormat.REPORT).read_text(encoding="utf-8")
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert page.count("<section") == len(MESSAGES) + 1
    for text in ("查看", "同意", "https://x.cn/2", "引用", "https://example.com/p.png"):
        assert text in page
    assert "<img" not in page
    assert "Picture: 图 https://example.com/q.png" in page
    digest = hashlib.sha256(records_of(past)[0].encode()).hexdigest()
    assert digest in page


def test_links_are_kept_as_the_stretches_that_they_stand_in() -> None:
    chance = random.Random(5)
    for _ in range(200):
        numbers = [chance.randint(1, chance.choice((50, 9_000, 10**6))) for _ in range(40)]
        links = LinkStretches()
        for number in numbers:
            links.add(number)
        expected: list[list[int]] = []
        for number in sorted(numbers):
            if expected and number - expected[-1][1] <= MOST_GAP:
                expected[-1][1] = number
            else:
                expected.append([number, number])
        assert links.all() == [tuple(one) for one in expected]


# Nothing half-written


def test_a_cancelled_export_leaves_nothing_behind(past: Past, qtbot: QtBot) -> None:
    for _ in range(300):
        past.send(Text("more"))
    for chosen in IN_THE_BACKGROUND:
        one = task(past, chosen)
        one.target.write_text("what stood here before", encoding="utf-8")
        work = LongTask((OSError, StorageError), slice_s=0.0)
        seen: list[tuple[int, int]] = []
        work.progressed.connect(lambda *step, seen=seen: seen.append(step))
        work.progressed.connect(lambda done, _all, work=work: work.cancel() if done else None)
        with qtbot.waitSignal(work.cancelled):
            work.start(partial(export, one))
        assert not work.is_running
        assert seen == [(0, past.count), (50, past.count)]
        assert leftovers(past.path.parent) == [one.target.name]
        assert one.target.read_text(encoding="utf-8") == "what stood here before"
        one.target.unlink()


@pytest.mark.parametrize("chosen", IN_THE_BACKGROUND)
def test_a_fault_in_the_middle_leaves_nothing_behind(past: Past, chosen: ExportFormat) -> None:
    one = task(past, chosen)

    def fail(stored: object) -> object:
        fail.count += 1  # type: ignore[attr-defined]
        if fail.count == 7:  # type: ignore[attr-defined]
            raise OSError(28, "no space left")
        return one.item_of(stored)

    fail.count = 0  # type: ignore[attr-defined]
    broken = ExportTask(one.database, one.target, None, one.begin, fail)
    with pytest.raises(OSError, match="no space"):
        list(export(broken))
    assert leftovers(past.path.parent) == []


def test_what_was_removed_meanwhile_is_left_out(past: Past) -> None:
    Chain(past.database).remove([4], RemovalReason.CHOSEN, NOW)
    with closing(Reader(past.path)) as reader:
        found = [one.row.key for one in stored_sends(reader, [5, 4, 3])]
    assert found == [5, 3]


def test_what_a_killed_program_left_half_written_goes_at_the_next_start(past: Past) -> None:
    work = export(task(past, ExportFormat.CSV))
    next(work)
    next(work)
    half, note = leftovers(past.path.parent)
    assert half == ".out.csv.part"
    kept = {name: past.path.with_name(name).read_bytes() for name in (half, note)}
    work.close()
    assert leftovers(past.path.parent) == []
    for name, content in kept.items():  # as a kill leaves it
        past.path.with_name(name).write_bytes(content)
    remove_unfinished(past.path)
    assert leftovers(past.path.parent) == []


@pytest.mark.parametrize("note", ["", "7", '"/etc/hostname"', "{"])
def test_a_note_that_is_none_removes_nothing(past: Past, note: str) -> None:
    past.path.with_name("unfinished-export.json").write_text(note)
    remove_unfinished(past.path)
    assert Path("/etc/hostname").exists() or note != '"/etc/hostname"'


@contextmanager
def full_disk() -> Iterator[None]:
    """No file grows beyond two kilobytes: what a full disk does to a program."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_048, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("chosen", IN_THE_BACKGROUND)
def test_a_full_disk_ends_an_export_and_leaves_what_stood_there(
    past: Past, chosen: ExportFormat
) -> None:
    one = task(past, chosen)
    one.target.write_text("what stood here before", encoding="utf-8")
    with full_disk(), pytest.raises(OSError):
        for _ in export(one):
            pass
    assert leftovers(past.path.parent) == [one.target.name]
    assert one.target.read_text(encoding="utf-8") == "what stood here before"
