"""Robots out of CSV, XLSX and JSON of webhooks: headings in both languages, each bad row named."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.robot import DEFAULT_ENDPOINT, Stage
from dingcomposer.interchange.bundles.webhook_tables import (
    RowFault,
    WebhookRow,
    read_cells,
    read_webhooks,
)
from dingcomposer.interchange.sheets import SheetFault
from tests.fakes.workbooks import workbook

T1, T2 = "a" * 64, "b" * 64
HOOK = "https://oapi.dingtalk.com/robot/send?access_token="
SECRET = "SEC" + "c" * 64


def only(rows: list[WebhookRow]) -> WebhookRow:
    (row,) = rows
    return row


@pytest.mark.parametrize(
    "headings",
    [
        ("名称", "Webhook 地址", "加签密钥", "自定义关键词", "用途", "标签", "颜色"),
        ("Name", "Webhook URL", "Secret", "Keywords", "Stage", "Tags", "Colour"),
        ("群名称", "url", "sign", "关键字", "环境", "区域", "color"),
    ],
)
def test_headings_are_understood_in_both_languages(headings: tuple[str, ...]) -> None:
    cells = ("上海", HOOK + T1, SECRET, "通知，值班", "测试", "华东、门店", "#2b8a57")
    row = only(read_cells([("机器人清单",), headings, cells]))
    assert row.robot is not None and row.credentials is not None
    assert (row.number, row.name, row.robot.endpoint) == (3, "上海", DEFAULT_ENDPOINT)
    assert (row.credentials.access_token, row.credentials.secret) == (T1, SECRET)
    assert row.robot.keywords == ("通知", "值班")
    assert (row.robot.stage, row.robot.tags) == (Stage.TEST, ("华东", "门店"))
    assert (row.robot.colour, row.robot.expects_signature) == ("#2B8A57", True)
    assert T1 not in repr(row)


def test_without_headings_a_column_is_what_it_looks_like() -> None:
    first, second = read_cells([(HOOK + T1, "上海", SECRET), (HOOK + T2, "杭州", "")])
    assert (first.name, second.name) == ("上海", "杭州")
    assert first.credentials is not None and first.credentials.secret == SECRET
    assert second.robot is not None and not second.robot.expects_signature
    bare = only(read_cells([("成都", T1)]))
    assert bare.credentials is not None and bare.credentials.access_token == T1


def test_what_a_row_does_not_say_is_the_safer_of_the_two() -> None:
    row = only(read_cells([("name", "webhook"), ("x", HOOK + T1)]))
    assert row.robot is not None and row.robot.stage is Stage.PRODUCTION


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (("a", "", ""), RowFault.NO_WEBHOOK),
        (("a", "call me", ""), RowFault.NOT_A_WEBHOOK),
        (("a", "https://oapi.dingtalk.com/robot/send", ""), RowFault.NO_TOKEN),
        (("a", HOOK + T1, "ask the admin"), RowFault.NOT_A_SECRET),
    ],
)
def test_a_bad_row_says_why_and_keeps_no_other_back(
    cells: tuple[str, ...], fault: RowFault
) -> None:
    rows = read_cells([("name", "webhook", "secret"), cells, ("b", HOOK + T2, "")])
    assert [one.fault for one in rows] == [fault, None]
    assert rows[0].number == 2


def test_a_csv_of_a_chinese_excel_and_one_of_utf8_are_read(tmp_path: Path) -> None:
    text = f"名称,Webhook,密钥\n上海门店,{HOOK}{T1},{SECRET}\n"
    for name, encoding in (("gbk.csv", "gb18030"), ("utf8.csv", "utf-8-sig")):
        (tmp_path / name).write_bytes(text.encode(encoding))
        table = read_webhooks(tmp_path / name)
        assert [one.name for one in table.rows] == ["上海门店"]
        assert table.is_whole


def test_a_workbook_is_read(tmp_path: Path) -> None:
    path = tmp_path / "robots.xlsx"
    path.write_bytes(workbook({"机器人": [["名称", "Webhook"], ["上海", HOOK + T1]]}))
    assert [one.name for one in read_webhooks(path).rows] == ["上海"]


@pytest.mark.parametrize(
    "value",
    [
        [{"name": "上海", "webhook": HOOK + T1, "secret": SECRET}],
        {"robots": [{"名称": "上海", "Webhook": HOOK + T1, "密钥": SECRET}], "version": 3},
        {"上海": {"access_token": T1, "secret": SECRET}},
        {"name": "上海", "url": HOOK + T1, "secret": SECRET},
    ],
)
def test_json_is_read_in_the_forms_in_which_people_keep_it(tmp_path: Path, value: object) -> None:
    path = tmp_path / "hooks.json"
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    (row,) = read_webhooks(path).rows
    assert row.name == "上海"
    assert row.credentials is not None
    assert (row.credentials.access_token, row.credentials.secret) == (T1, SECRET)


def test_json_of_names_and_webhooks_and_a_thing_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "hooks.json"
    path.write_text(json.dumps({"上海": HOOK + T1, "杭州": HOOK + T2}), encoding="utf-8")
    assert [one.name for one in read_webhooks(path).rows] == ["上海", "杭州"]
    path.write_text(json.dumps([HOOK + T1, 7]), encoding="utf-8")
    assert [one.fault for one in read_webhooks(path).rows] == [None, RowFault.OTHER]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"7", b"[" * 100_000, b"\xff\x00\xfe"])
def test_json_that_gives_nothing_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "hooks.json"
    path.write_bytes(content)
    assert read_webhooks(path).fault is SheetFault.NO_SHEET
    assert read_webhooks(tmp_path / "none.csv").fault is SheetFault.UNREADABLE


CELL = st.text(max_size=20) | st.sampled_from(["webhook", "名称", HOOK + T1, T2, SECRET, "测试"])


@given(st.lists(st.lists(CELL, max_size=5), max_size=6))
def test_any_cells_give_rows_and_never_a_traceback(rows: list[list[str]]) -> None:
    for row in read_cells(rows):
        assert (row.robot is None) == (row.fault is not None)


JSON = st.recursive(
    st.none() | st.integers() | CELL, lambda inner: st.lists(inner) | st.dictionaries(CELL, inner)
)


@given(JSON)
def test_any_json_gives_rows_or_says_that_it_has_none(
    tmp_path_factory: pytest.TempPathFactory, value: object
) -> None:
    path = tmp_path_factory.getbasetemp() / "hooks.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    table = read_webhooks(path)
    assert table.rows or table.fault is not None
