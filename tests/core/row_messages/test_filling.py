"""The message of a row: its words, its robot, whom it mentions, and what is found in it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.contacts import Contact
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Button, Kind, Markdown, Mentions, Text, mentions_of
from dingcomposer.core.robot import Robot
from dingcomposer.core.row_messages.filling import (
    RowFiller,
    RowMessage,
    RowPlan,
    RowProblem,
    mark_same,
)
from dingcomposer.core.row_messages.table import DataTable, read_table
from dingcomposer.core.templates.filling import Surroundings

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
ROBOTS = (
    Robot("r-1", "门店一", has_token=True),
    Robot("r-2", "门店二", has_token=True),
    Robot("r-3", "门店二", has_token=True),
    Robot("r-4", "旧群", has_token=True, is_archived=True),
)
PEOPLE = (
    Contact("张三", "13800000001", "zhangsan"),
    Contact("王五", "13800000002"),
    Contact("王五", "13800000003"),
)
PLAN = RowPlan(
    Draft(Kind.MARKDOWN, "{{姓名}} 的数字", "**{{姓名}}**：{{额}} 元\n\n{{群名}} {{今天}}"),
    robot_column="群",
    mention_column="谁",
)
HEADINGS = ("群", "姓名", "额", "谁")


def table_of(*rows: tuple[str, ...]) -> DataTable:
    return read_table([HEADINGS, *rows])


def fill(*row: str, plan: RowPlan = PLAN) -> RowMessage:
    table = table_of(row)
    filler = RowFiller(plan, table, ROBOTS, PEOPLE, around=Surroundings(NOW))
    return filler.fill(table.rows[0])


def codes(one: RowMessage) -> list[RowProblem]:
    return [found.problem for found in one.findings]


def test_a_row_becomes_a_message_for_its_robot() -> None:
    made = fill("门店一", "张_三_", "1,200", "张三")
    assert made.robot == ROBOTS[0]
    assert made.findings == ()
    assert isinstance(made.message, Markdown)
    assert made.message.title == "张_三_ 的数字"
    assert (
        made.message.text.startswith("**张\\_三\\_**：1,200 元") or "1,200 元" in made.message.text
    )
    assert "门店一 12月1日（周二）" in made.message.text
    assert made.message.text.endswith("\n\n@13800000001")
    assert mentions_of(made.message).mobiles == ("13800000001",)


def test_nobody_need_be_mentioned() -> None:
    made = fill("门店一", "张三", "1", "")
    assert not made.is_blocked
    assert isinstance(made.message, Markdown)
    assert made.message.text == "**张三**：1 元\n\n门店一 12月1日（周二）"


def test_a_mention_stands_where_the_message_has_its_field() -> None:
    plan = RowPlan(Draft(text="请 {{谁}} 查收"), robot=ROBOTS[0], mention_column="谁")
    made = fill("", "", "", "张三、13900000000", plan=plan)
    assert isinstance(made.message, Text)
    assert made.message.content == "请 @13800000001 @13900000000 查收"
    assert mentions_of(made.message).mobiles == ("13800000001", "13900000000")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("没有", "张三", "1", "张三"), [RowProblem.ROBOT_UNKNOWN]),
        (("旧群", "张三", "1", "张三"), [RowProblem.ROBOT_UNKNOWN]),
        (("门店二", "张三", "1", "张三"), [RowProblem.ROBOT_AMBIGUOUS]),
        (("", "张三", "1", "张三"), [RowProblem.ROBOT_MISSING]),
        (("r-3", "张三", "1", "张三"), []),
        (("门店一", "", "1", "张三"), [RowProblem.FIELD_EMPTY]),
        (("门店一", "张三", "#N/A", "张三"), [RowProblem.CELL_ERROR]),
        (("#REF!", "张三", "1", "张三"), [RowProblem.CELL_ERROR, RowProblem.ROBOT_MISSING]),
        (("门店一", "张三", "1", "赵六"), [RowProblem.PERSON_UNKNOWN]),
        (("门店一", "张三", "1", "王五"), [RowProblem.PERSON_AMBIGUOUS]),
        (("门店一", "张三", "1", "1.38E+10"), [RowProblem.NUMBER_BROKEN]),
    ],
)
def test_what_keeps_a_row_back_is_named(row: tuple[str, ...], expected: list[RowProblem]) -> None:
    made = fill(*row)
    assert codes(made) == expected
    assert made.is_blocked is bool(expected)


def test_an_error_in_a_column_that_nothing_uses_is_nobodys_business() -> None:
    table = read_table([(*HEADINGS, "别的"), ("门店一", "张三", "1", "张三", "#N/A")])
    filler = RowFiller(PLAN, table, ROBOTS, PEOPLE, around=Surroundings(NOW))
    assert filler.fill(table.rows[0]).findings == ()


def test_what_dingtalk_would_refuse_is_found_at_its_row() -> None:
    made = fill("门店一", "张三", "9" * 21_000, "")
    assert made.is_blocked
    assert ProblemCode.TOO_LONG in [one.code for one in made.problems]


def test_an_empty_cell_takes_the_robot_of_all() -> None:
    plan = RowPlan(Draft(text="{{姓名}}"), robot=ROBOTS[1], robot_column="群")
    assert fill("", "张三", "", "", plan=plan).robot == ROBOTS[1]
    assert fill("门店一", "张三", "", "", plan=plan).robot == ROBOTS[0]


def test_a_kind_that_mentions_nobody_says_so() -> None:
    link = Draft(Kind.LINK, "标题", "{{姓名}}", message_url="https://a.example")
    made = fill("门店一", "张三", "", "张三", plan=RowPlan(link, ROBOTS[0], None, "谁"))
    assert codes(made) == [RowProblem.NO_MENTIONS]


def test_the_same_message_to_the_same_robot_is_doubtful_and_to_another_is_not() -> None:
    plan = RowPlan(Draft(text="{{姓名}}"), robot_column="群")
    table = table_of(
        ("门店一", "张三", "1", ""),
        ("r-2", "张三", "1", ""),
        ("门店一", "张三", "2", ""),
        ("没有", "张三", "2", ""),
    )
    filler = RowFiller(plan, table, ROBOTS, PEOPLE, around=Surroundings(NOW))
    made = mark_same(filler.fill(row) for row in table.rows)
    assert [one.is_doubtful for one in made] == [False, False, True, False]
    assert made[2].findings[0].words == "2"
    assert not made[2].is_blocked


def test_columns_that_are_missing_are_told_once() -> None:
    draft = Draft(text="{{姓名}} {{部门}} {{今天}} {{固定}}")
    plan = RowPlan(draft, constants=(("固定", "x"),))
    assert plan.missing(("姓名", "别的")) == ("部门",)


def test_a_constant_outdoes_the_cell() -> None:
    plan = RowPlan(Draft(text="{{姓名}}"), robot=ROBOTS[0], constants=(("姓名", "各位"),))
    made = fill("", "张三", "", "", plan=plan)
    assert isinstance(made.message, Text)
    assert made.message.content == "各位"


@given(st.text(), st.sampled_from([Kind.MARKDOWN, Kind.TEXT, Kind.INDEPENDENT, Kind.LINK]))
def test_no_cell_breaks_out_of_its_place(value: str, kind: Kind) -> None:
    draft = Draft(
        kind,
        "标题",
        "前\n\n{{姓名}}\n\n后",
        message_url="https://a.example/?q={{姓名}}",
        buttons=(Button("看", "https://a.example/{{姓名}}"), Button("好", "https://b.example")),
    )
    table = table_of(("门店一", value or "x", "1", ""))
    filler = RowFiller(RowPlan(draft, ROBOTS[0]), table, ROBOTS, around=Surroundings(NOW))
    made = filler.fill(table.rows[0])
    assert "{{姓名}}" not in str(made.message) or made.is_blocked
    assert "'https://b.example'" in str(made.message) or kind is not Kind.INDEPENDENT


@pytest.mark.parametrize("cell", ["", "  ", "、", "@"])
def test_a_row_whose_column_names_nobody_says_so_and_can_be_sent(cell: str) -> None:
    made = fill("门店一", "张三", "1", cell)
    assert codes(made) == [RowProblem.NOBODY_MENTIONED]
    assert made.findings[0].column == "谁"
    assert made.mentions_nobody and not made.is_blocked and not made.is_doubtful


def test_a_row_mentions_somebody_where_all_rows_do_or_none_is_to() -> None:
    everyone = RowPlan(
        Draft(text="{{姓名}}", mentions=Mentions(is_all=True)), ROBOTS[0], None, "谁"
    )
    assert codes(fill("门店一", "张三", "1", "", plan=everyone)) == []
    nobody = RowPlan(Draft(text="{{姓名}}"), ROBOTS[0])
    assert codes(fill("门店一", "张三", "1", "", plan=nobody)) == []
