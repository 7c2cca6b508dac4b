"""What is found in the history: the same as by reading every text, and true while rows change."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Report, SendJob, Status
from dingcomposer.core.messages import (
    ActionCard,
    Button,
    FeedCard,
    FeedLink,
    Markdown,
    Mentions,
    Text,
)
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.core.search.matching import matches
from dingcomposer.core.search.query import parse_query
from dingcomposer.storage.database import StorageError, StorageFault
from dingcomposer.storage.search.index import count_missing
from dingcomposer.storage.search.reader import SearchTask
from tests.fakes.archives import NOW, Archive

PEOPLE = {"13800138000": "王芳", "manager7": "李雷"}
ALPHABET = [
    *"停机通知演练网络的一是，。！「」", *"abcABC01９ａＢé", *"\"'*%_-+^():{}\\/&|~\u3000 \n\t",
    "NEAR", "AND", "OR", "NOT", "deploy", "Deploy", "😀", "👨\u200d👩", "e\u0301", "ß", "İ",
    "ﬁ", "㎏",
    "13800138000", "王芳", "robot:", "\x00", "\ud83d", "\ue000", "x" * 70,
]  # fmt: skip


def test_questions_over_random_texts_find_what_a_plain_scan_finds(archive: Archive) -> None:
    chance = random.Random(12)
    archive.index.prepare()
    for _ in range(250):
        words = "".join(chance.choices(ALPHABET, k=chance.randint(1, 14)))
        mentions = Mentions(("13800138000",)) if chance.random() < 0.2 else None
        archive.add(Text(words, mentions))
    documents = archive.history.documents(range(1, 251))
    found = 0
    for _ in range(600):
        question = "".join(chance.choices(ALPHABET, k=chance.randint(1, 4)))
        expected = [
            key
            for key in range(250, 0, -1)
            if matches(parse_query(question), documents[key], PEOPLE, archive.now.astimezone())
        ]
        if not parse_query(question):
            continue
        assert archive.find(question, PEOPLE) == expected, repr(question)
        found += bool(expected)
    assert found > 120


def test_what_no_syntax_of_sqlites_would_take_is_just_words(archive: Archive) -> None:
    archive.index.prepare()
    archive.add('NEAR(a "b") 50%_* -x ^y: {z}')
    archive.add("x" * 10_000 + "终")
    for question in ("NEAR(a", '"b")', "50%", "%_*", "_", "*", '"', "-", "^y:", "{z}", "NEAR AND"):
        archive.find(question)
    assert archive.find("50%_*") == archive.find("NEAR(") == archive.find("^y: {z}") == [1]
    assert archive.find("-") == [1]
    assert archive.find("*") == archive.find('"') == [1]
    assert archive.find("😀") == []
    assert archive.find("x" * 10_000) == [2]
    assert archive.find("停" * 3_400) == []
    assert archive.find(f"{'x' * 10_000}终") == [2]
    assert archive.find(f"{'x' * 9_999}终") == []


def test_case_width_and_accents_make_no_difference_and_punctuation_does(archive: Archive) -> None:
    archive.index.prepare()
    archive.add("Ｃａｆé，停机")
    archive.add("停，机")
    assert archive.find("CAFE") == archive.find("cafe\u0301") == archive.find("ｃａｆｅ") == [1]
    assert archive.find("停机") == [1]
    assert archive.find("停，机") == archive.find("停,机") == [2]
    assert archive.find("停 机") == [2, 1]


def test_words_are_found_by_their_beginning_and_in_quotes_whole(archive: Archive) -> None:
    archive.index.prepare()
    archive.add("redeploy deployed")
    archive.add("deploy now")
    assert archive.find("deplo") == [2, 1]
    assert archive.find('"deploy"') == [2]
    assert archive.find("eploy") == []
    assert archive.find('"deploy now"') == [2]
    assert archive.find('"now deploy"') == []
    assert archive.find("now deploy") == [2]
    assert archive.find("deploy -now") == [1]


def test_every_field_is_searched(archive: Archive) -> None:
    archive.index.prepare()
    card = ActionCard("标题甲", "正文乙", (Button("按钮丙", "https://a.example/path?q=7"),) * 2)
    archive.add(card, Robot("x", "机器丁", "#00B042"))
    feed = FeedCard((FeedLink("条目戊", "https://b.example/", "https://c.example/p.png"),))
    archive.add(feed, status=Status.REFUSED, cause=Cause.KEYWORD, errmsg="keywords not in content")
    archive.add("己", status=Status.UNKNOWN, fault=Fault.NOT_DINGTALK, answer="<html>网关庚</html>")
    mentions = Mentions(("13800138000",), ("manager7",))
    archive.add(Markdown("辛", "@13800138000", mentions))
    for words in ("标题甲", "正文乙", "按钮丙", "a.example/path?q=7", "丁"):
        assert archive.find(words) == [1], words
    for words in ("戊", "b.example", "p.png", "keywords not in"):
        assert archive.find(words) == [2], words
    assert archive.find("网关庚") == [3]
    assert archive.find("13800138000") == archive.find("manager7") == [4]
    assert archive.find("王芳", PEOPLE) == archive.find("李雷", PEOPLE) == [4]
    assert archive.find("王芳") == []
    assert archive.find("msgtype") == archive.find("isAtAll") == []


def test_filters_of_one_field_are_alternatives_and_fields_go_together(archive: Archive) -> None:
    archive.index.prepare()
    test_group = Robot("t", "测试群", "#00B042", Stage.TEST)
    archive.add("一", status=Status.REFUSED, cause=Cause.KEYWORD)
    archive.add("二", test_group, status=Status.NOT_SENT, fault=Fault.NAME_NOT_FOUND)
    archive.add("三")
    archive.add(Markdown("四", "", Mentions(is_all=True)), test_group)
    archive.add("五", status=None)
    assert archive.find("status:refused 状态:未发出") == [2, 1]
    assert archive.find("status:refused robot:测试") == []
    assert archive.find("-status:delivered") == [5, 2, 1]
    assert archive.find("stage:test") == archive.find("环境：测试") == [4, 2]
    assert archive.find("kind:markdown") == archive.find("person:all") == [4]
    assert archive.find("原因:关键词") == [1]
    assert archive.find("cause:name-not-found") == [2]
    assert archive.find("status:waiting") == [5]
    assert archive.find("-status:waiting 五") == []
    assert archive.find("robot:没有") == []
    assert archive.find("robot:值班 -kind:markdown") == [5, 3, 1]


def test_the_newest_state_is_what_is_found(archive: Archive) -> None:
    archive.index.prepare()
    uuid = archive.add("停机", status=Status.UNKNOWN, fault=Fault.READ_TIMEOUT)
    assert archive.find("status:unknown 停机") == [1]
    archive.history.queue_again(uuid)
    assert archive.find("status:unknown") == []
    assert archive.find("status:waiting") == archive.find("停机") == [1]
    archive.history.recover(archive.now)
    assert archive.find("status:unknown") == [1]
    assert archive.find("status:waiting") == []


def test_times_are_exact_whatever_order_they_were_written_in(archive: Archive) -> None:
    archive.index.prepare()
    archive.now = datetime(2026, 3, 18, 12, 0, tzinfo=UTC).astimezone()
    today = archive.now.replace(hour=0, minute=0, second=0)
    days = [0, -1, -2, -40, 0, -400]
    for number, days_ago in enumerate(days):
        archive.add(f"通知{number}", at=today + timedelta(days=days_ago, hours=1))
    assert archive.find("time:today") == [5, 1]
    assert archive.find("时间:昨天") == [2]
    assert archive.find("time:week") == [5, 3, 2, 1]
    archive.now += timedelta(days=7)
    assert archive.find("time:last-week") == archive.find("时间:上周") == [5, 3, 2, 1]
    archive.now += timedelta(days=7)
    assert archive.find("time:last-week") == []
    archive.now -= timedelta(days=14)
    assert archive.find("time:2026-02") == archive.find("time:last-month") == [4]
    assert archive.find("time:2026-02-01..2026-03-16") == [4, 3]
    assert archive.find("time:2025") == [6]
    assert archive.find("-time:today") == [6, 4, 3, 2]
    assert archive.find("通知 time:today") == [5, 1]
    assert archive.find("time:..2026-02") == [6, 4]


def test_what_is_not_indexed_yet_is_found_all_the_same(archive: Archive) -> None:
    for number in range(100):
        archive.add(f"通知{number % 10}停机")
    archive.add("等", status=None)
    archive.index.prepare()
    archive.index.build_slice(30)
    archive.add("通知7新")
    expected = [102, *range(98, 0, -10)]
    assert archive.find("通知7") == expected
    assert archive.find("status:waiting") == [101]
    while archive.index.build_slice(30):
        pass
    assert archive.index.is_complete
    assert archive.find("通知7") == expected


def test_what_is_read_through_tells_what_it_found_so_far(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dingcomposer.storage.search.reader._LONGEST_S", 0.0)
    archive.add("稀有")
    for number in range(450):
        archive.add(f"通知{number}")
    archive.add("稀有")
    archive.reader.want(1)
    task = SearchTask(1, parse_query("稀有"), (), NOW.astimezone())
    pieces = [archive.reader.begin(task)]
    while pieces[-1] is not None and not pieces[-1].is_last:
        pieces.append(archive.reader.go_on(task))
    assert [list(one.keys) for one in pieces if one] == [[452], [], [1], []]


def test_a_send_that_changes_while_its_slice_is_made_is_indexed_as_it_is_then(
    archive: Archive,
) -> None:
    uuid = archive.add("停机", status=None)
    archive.index.prepare()
    archive.history.cancel(uuid, archive.now)
    archive.index.build_slice()
    assert archive.find("status:cancelled") == [1]
    archive.index.check()
    assert archive.index.is_complete


_DAMAGED = "the index of the history is damaged"


@pytest.mark.parametrize(
    ("damage", "logged"),
    [
        ("DROP TABLE {0}_data", (_DAMAGED, "could not be dropped")),
        ("DELETE FROM {0}_data WHERE id > 10", ()),  # a check finds it
        ("UPDATE {0}_data SET block = zeroblob(40) WHERE id > 10", ()),
        ("DROP TABLE {0}", (_DAMAGED,)),
    ],
)
def test_a_damaged_index_keeps_nothing_from_being_written_and_is_built_anew(
    archive: Archive,
    damage: str,
    logged: tuple[str, ...],
    expect_log: Callable[[str], None],
) -> None:
    archive.index.prepare()
    for number in range(20):
        archive.add(f"停机{number}")
    with closing(sqlite3.connect(archive.path)) as other:
        other.execute(damage.format(archive.index.state.table))
        other.commit()
    archive.add("后来", status=Status.REFUSED, cause=Cause.KEYWORD)
    row = archive.history.row(f"{21:08d}-0000-4000-8000-000000000000")
    assert row is not None
    assert row.status is Status.REFUSED
    archive.index.check()
    archive.build()
    assert archive.find("停机") == list(range(20, 0, -1))
    assert archive.find("后来") == [21]
    assert archive.index.check()
    for pattern in logged:
        expect_log(pattern)


def test_an_index_that_says_what_is_not_so_is_found_out(archive: Archive) -> None:
    archive.index.prepare()
    archive.add("停机")
    archive.add("会议")
    table = archive.index.state.table
    archive.database.run(f"INSERT INTO {table} (rowid, words) VALUES (2, '停 机')")
    with pytest.raises(AssertionError):  # it says so, instead of an answer
        archive.find("停机")


def test_what_goes_to_many_groups_at_once_is_found_in_each(archive: Archive) -> None:
    archive.index.prepare()
    robots = [Robot(f"r-{number}", f"群{number % 3}班", "#00B042") for number in range(7)]
    said = Markdown("停机", "今晚 **停机**", Mentions(("13800138000",)))
    jobs = [SendJob(f"u-{one.robot_id}", one, said, archive.now) for one in robots]
    archive.history.add_all(jobs, "g")
    archive.add("会议")
    assert archive.find("停机") == archive.find("person:13800138000") == [7, 6, 5, 4, 3, 2, 1]
    assert archive.find("robot:群1班 停机") == [5, 2]
    assert archive.index.check()
    report = Report("u-r-1", 0, Status.CANCELLED, archive.now)
    archive.history.complete(report)  # what stood in the index is what is taken out of it
    assert archive.find("status:cancelled") == [2]
    assert archive.find("status:waiting 停机") == [7, 6, 5, 4, 3, 1]
    assert archive.index.check()


def held(archive: Archive) -> list[int]:
    """The sends whose words stand in the index."""
    table = archive.index.state.table
    return [row[0] for row in archive.database.rows(f"SELECT id FROM {table}_docsize ORDER BY id")]


def test_a_send_goes_into_the_index_when_it_is_over_and_out_when_it_is_tried_again(
    archive: Archive,
) -> None:
    archive.add("停机", status=None)  # before there is an index: left out when it is built
    archive.build()
    waiting = archive.add("停机", status=None)
    unknown = archive.add("停机", status=Status.UNKNOWN, fault=Fault.INTERRUPTED)
    assert held(archive) == [3]
    assert count_missing(archive.database.rows) == 0, "what is under way is not missing"
    assert archive.find("停机") == [3, 2, 1]
    archive.history.queue_again(unknown)
    assert held(archive) == []
    assert archive.find("停机") == [3, 2, 1]
    archive.history.cancel(waiting, archive.now)
    assert held(archive) == [2]
    archive.history.recover(archive.now)
    assert held(archive) == [1, 2, 3]
    assert archive.find("status:cancelled 停机") == [2]
    assert archive.find("停机") == [3, 2, 1]
    assert archive.index.check()


def test_what_an_earlier_version_put_in_while_it_was_under_way_is_found_once(
    archive: Archive,
) -> None:
    archive.index.prepare()
    uuid = archive.add("停机", status=Status.SENDING)
    archive.index.add((1,))  # as that did
    assert archive.find("停机") == [1]
    report = Report(uuid, 1, Status.REFUSED, archive.now, cause=Cause.KEYWORD, errmsg="没有关键词")
    archive.history.complete(report)
    assert held(archive) == [1]
    assert archive.find("停机") == archive.find("没有关键词 status:refused") == [1]
    assert archive.index.check()
    archive.index.remove((1,))
    archive.database.run("DELETE FROM sends")
    assert archive.index.check()
    assert held(archive) == []


def test_a_full_disk_stops_the_index_and_nothing_else(archive: Archive) -> None:
    for number in range(300):
        archive.add(f"停机{number} {'检修通知' * 40}")
    archive.index.prepare()
    archive.database.max_pages = archive.database.pages
    with pytest.raises(StorageError) as caught:
        while archive.index.build_slice():
            pass
    assert caught.value.fault is StorageFault.FULL
    assert archive.find("停机") == list(range(300, 0, -1))  # read through, where no index is
    archive.database.max_pages += 10_000
    archive.build()
    assert archive.index.check()
    assert archive.find("停机299") == [300]
