"""What stands behind an "@" in a text and notifies nobody: found, and set right."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from dingcomposer.core.checks import check
from dingcomposer.core.checks.fixes import can_fix, fix
from dingcomposer.core.checks.mentions import NotNotified, notified
from dingcomposer.core.checks.problems import Problem, ProblemCode
from dingcomposer.core.contacts import Contact
from dingcomposer.core.draft import Draft, from_message
from dingcomposer.core.messages import Markdown, Mentions, Text
from dingcomposer.core.payload import from_payload
from dingcomposer.core.robot import Robot
from dingcomposer.ui.texts.problems import problem_sentence

CASES = json.loads((Path(__file__).parents[1] / "cases/reports_people.json").read_text("utf-8"))
CHECKED = [case for case in CASES["cases"] if case["via"] == "check"]
NAMED = (
    ProblemCode.MENTION_BY_NAME,
    ProblemCode.MENTION_NAME_SHARED,
    ProblemCode.MENTION_NAME_UNKNOWN,
    ProblemCode.MENTION_NUMBER_LOOSE,
)
ZHANG = Contact("张三", "13800000001")
LI = Contact("李四", "", "li4")
WANG = Contact("Wang Wu", "13700000001")
TWINS = (Contact("赵六", "13600000001"), Contact("赵六", "13600000002", "", "人事部"))
PEOPLE = (ZHANG, LI, WANG, *TWINS)


@pytest.mark.parametrize("case", CHECKED, ids=[case["id"] for case in CHECKED])
def test_a_reported_message_has_its_finding(case: dict[str, Any]) -> None:
    found = check(from_payload(case["input"]).message, None)
    lines = [f"{one.code}|{one.field}|{one.severity}" for one in found]
    for pattern in case["expected"]["some"]:
        assert any(re.search(pattern, line) for line in lines), lines


def test_a_list_alone_in_a_plain_text_is_not_said_to_notify_nobody() -> None:
    (case,) = (case for case in CASES["cases"] if case["via"] == "pings")
    found = notified(from_payload(case["input"]).message)
    assert found.perhaps == tuple(case["expected"]["not_flatly"])
    assert (found.pinged, found.not_pinged) == ((), ())
    markdown = Markdown("t", "测试", Mentions((), ("manager01",)))
    assert notified(markdown).not_pinged == (("manager01", NotNotified.NOT_IN_TEXT),)


def _named(text: str, mentions: Mentions | None = None) -> list[tuple[ProblemCode, str]]:
    found = check(Text(text, mentions), None, PEOPLE)
    return [(one.code, str(dict(one.params)["name"])) for one in found if one.code in NAMED]


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("请 @张三 查收", ProblemCode.MENTION_BY_NAME, "张三"),
        ("@ 张三 请提交", ProblemCode.MENTION_BY_NAME, "张三"),
        ("＠张三请提交", ProblemCode.MENTION_BY_NAME, "张三"),
        ("@张三：好", ProblemCode.MENTION_BY_NAME, "张三"),
        ("@wang wu, please", ProblemCode.MENTION_BY_NAME, "wang wu"),
        ("@li4 看", ProblemCode.MENTION_BY_NAME, "li4"),
        ("@赵六 看", ProblemCode.MENTION_NAME_SHARED, "赵六"),
        ("@张三丰 看", ProblemCode.MENTION_NAME_UNKNOWN, "张三丰"),
        ("@孙七 @周八", ProblemCode.MENTION_NAME_UNKNOWN, "孙七、@周八"),
        ("@Tom 看", ProblemCode.MENTION_NAME_UNKNOWN, "Tom"),
        ("@\u200b张三 看", ProblemCode.MENTION_BY_NAME, "张三"),
        ("@【张三】看", ProblemCode.MENTION_BY_NAME, "张三"),
        ("@(张三) 看", ProblemCode.MENTION_BY_NAME, "张三"),
        ('@"张三" 看', ProblemCode.MENTION_BY_NAME, "张三"),
        ("@张三13800000001", ProblemCode.MENTION_BY_NAME, "张三"),
        ("@张三辛苦了", ProblemCode.MENTION_BY_NAME, "张三"),
        ("@张三老师", ProblemCode.MENTION_BY_NAME, "张三"),
        ("@138 0000 0001 看", ProblemCode.MENTION_NUMBER_LOOSE, "@138 0000 0001"),
        ("@+86 13800000001 看", ProblemCode.MENTION_NUMBER_LOOSE, "@+86 13800000001"),
        ("＠13800000001 看", ProblemCode.MENTION_NUMBER_LOOSE, "＠13800000001"),
        ("@ 13800000001 看", ProblemCode.MENTION_NUMBER_LOOSE, "@ 13800000001"),
        ("@138\u200b00000001 看", ProblemCode.MENTION_NUMBER_LOOSE, "@138\u200b00000001"),
        ("@１３８０0000001 看", ProblemCode.MENTION_NUMBER_LOOSE, "@１３８０0000001"),
    ],
)
def test_what_notifies_nobody_is_told(text: str, code: ProblemCode, name: str) -> None:
    assert _named(text) == [(code, name)]


@pytest.mark.parametrize(
    "text",
    [
        "a@张三.com",
        "git@github.com:a/b.git",
        "npm i @types/node",
        "@Override public",
        "https://medium.com/@zhangsan",
        "icon@2x.png @2x",
        "@所有人 @all 开会",
        "@13800000001 看",
        "@+852-12345678 看",
        "会议 @ 三楼会议室 @ home",
        "@ ",
        "@",
        "@张三 @13800000001",
        "订单 @138000000012345",
    ],
)
def test_what_is_no_mention_by_name_is_left_alone(text: str) -> None:
    assert _named(text) == []


def test_whoever_is_notified_anyway_is_not_told() -> None:
    assert _named("@张三 看 @13800000001", Mentions(("13800000001",))) == []
    assert _named("@bob 看", Mentions((), ("bob",))) == []


def test_code_in_markdown_mentions_nobody() -> None:
    text = "`@张三`\n```\n@张三\n```\n> @李四 看"
    found = [one for one in check(Markdown("t", text), None, PEOPLE) if one.code in NAMED]
    assert [dict(one.params)["name"] for one in found] == ["李四"]
    assert [dict(one.params)["line"] for one in found] == [5]


def _fixed(text: str, mentions: Mentions | None = None) -> Draft:
    draft = from_message(Text(text, mentions))
    for one in _problems(draft):
        assert can_fix(draft, one)
        draft = fix(draft, one) or draft
    assert not _problems(draft)
    return draft


def _problems(draft: Draft) -> list[Problem]:
    message = Text(draft.text, draft.mentions)
    fixable = (ProblemCode.MENTION_BY_NAME, ProblemCode.MENTION_NUMBER_LOOSE)
    return [one for one in check(message, None, PEOPLE) if one.code in fixable]


def test_the_fix_puts_the_number_for_the_name_into_text_and_list() -> None:
    draft = _fixed("请@张三和 @ 李四 看，@张三丰 不必")
    assert draft.text == "请@13800000001 和 @li4 看，@张三丰 不必"
    assert draft.mentions == Mentions(("13800000001",), ("li4",))


def test_the_fix_writes_numbers_as_dingtalk_reads_them() -> None:
    draft = _fixed("请 @138 0000 0001 和 @+86 13800000002查收", Mentions(("13800000001",)))
    assert draft.text == "请 @13800000001 和 @13800000002 查收"
    assert draft.mentions == Mentions(("13800000001", "13800000002"))


def test_a_full_list_takes_nobody_more() -> None:
    mobiles = tuple(f"139{number:08}" for number in range(50))
    draft = from_message(
        Text("@张三 看 " + " ".join(f"@{one}" for one in mobiles), Mentions(mobiles))
    )
    (problem,) = _problems(draft)
    assert not can_fix(draft, problem)
    assert fix(draft, problem) is None


@pytest.mark.parametrize("text", ["@张三" * 30_000, "@" * 100_000, "@ " * 50_000, "@1" * 50_000])
def test_a_text_full_of_ats_is_checked_in_moments(text: str) -> None:
    people = tuple(
        Contact(f"员工{number}", f"{13_000_000_000 + number}") for number in range(2_000)
    )
    begun = time.process_time()
    check(Markdown("t", text), None, (*people, ZHANG))
    assert time.process_time() - begun < 6


@pytest.mark.parametrize("text", ["@全体成员 开会", "@全员开会", "@大家 看"])
def test_words_for_all_are_no_person(text: str) -> None:
    assert _named(text) == []
    codes = [one.code for one in check(Text(text), None, PEOPLE)]
    assert ProblemCode.ALL_NOT_IN_LIST in codes
    ticked = [one.code for one in check(Text(text, Mentions(is_all=True)), None, PEOPLE)]
    assert ProblemCode.ALL_NOT_IN_LIST not in ticked


@pytest.mark.parametrize("text", ["会议@三楼", "@大家电 促销"])
def test_a_place_is_no_person(text: str) -> None:
    assert not any(name in ("三楼", "大家") for _, name in _named(text))


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("@\u200b张三 看", "@13800000001 看"),
        ("@【张三】看", "@13800000001 看"),
        ('@"张三" 看', "@13800000001 看"),
        ("@张三13800000001 看", "@13800000001 看"),
        ("@张三辛苦了", "@13800000001 辛苦了"),
        ("@张三老师", "@13800000001 老师"),
    ],
)
def test_a_name_in_marks_or_with_more_behind_it_is_set_right(text: str, fixed: str) -> None:
    problem = next(
        one for one in check(Text(text), None, PEOPLE) if one.code is ProblemCode.MENTION_BY_NAME
    )
    draft = fix(from_message(Text(text)), problem)
    assert draft is not None
    assert draft.text == fixed
    assert draft.mentions == Mentions(("13800000001",))


def test_a_plain_texts_list_alone_may_notify_who_is_only_named() -> None:
    for message, is_listed in (
        (Text("@张三 看", Mentions(("13800000001",))), 1),
        (Text("@张三 看"), 0),
        (Markdown("t", "@张三 看", Mentions(("13800000001",))), 0),
    ):
        (problem,) = (
            one for one in check(message, None, PEOPLE) if one.code is ProblemCode.MENTION_BY_NAME
        )
        assert dict(problem.params)["is_listed"] == is_listed
        assert ("may not be notified" in problem_sentence(problem)) == bool(is_listed)


def test_of_a_plain_text_whose_list_may_notify_nobody_is_told_flatly_that_it_does_not() -> None:
    """Whoever is named: one contact, one of several of that name, or nobody who is known."""
    bearers = (Contact("张三", "13800000001"), Contact("张三", "13800000002"))
    robot = Robot("1", "x", has_token=True)
    at = Mentions(mobiles=("13800000001",))
    for contacts in ((), bearers[:1], bearers):
        for message, may_notify in (
            (Text("@张三 请提交", at), True),
            (Text("@张三 请提交"), False),
            (Markdown("题目", "@张三 请提交", at), False),
        ):
            told = [
                problem_sentence(one)
                for one in check(message, robot, contacts)
                if one.code.value.startswith(("mention_by_name", "mention_name"))
            ]
            assert len(told) == 1
            assert ("notifies nobody" not in told[0]) == may_notify, told
            assert ("may" in told[0]) == may_notify
