"""DingTalk's answers, in all the words it ever used, are read as what they mean."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dingcomposer.core.answers import (
    FACTS,
    Cause,
    Fact,
    Generation,
    explain,
    is_delivered,
    missing_field,
)

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "cases" / "answers.json").read_text(encoding="utf-8")
)["cases"]
KNOWN_CODES = {fact.errcode for fact in FACTS}
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


def code_of(fact: Fact) -> int:
    return 987654 if fact.errcode is None else fact.errcode


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['errcode']} {case['errmsg'][:24]}")
def test_the_shared_cases_are_explained(case: dict[str, Any]) -> None:
    assert explain(case["errcode"], case["errmsg"]) == case["cause"]


@pytest.mark.parametrize("generation", Generation)
@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.errcode} {fact.wordings[0]}")
def test_every_answer_is_known_in_all_four_generations_of_words(
    fact: Fact, generation: Generation
) -> None:
    assert explain(code_of(fact), fact.errmsg(generation)) is fact.cause
    assert explain(str(code_of(fact)), fact.errmsg(generation)) is fact.cause


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.errcode} {fact.wordings[0]}")
def test_every_wording_of_an_answer_is_known(fact: Fact) -> None:
    assert [explain(code_of(fact), words) for words in fact.wordings] == [fact.cause] * len(
        fact.wordings
    )


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.errcode} {fact.wordings[0]}")
def test_every_fact_names_its_source(fact: Fact) -> None:
    assert fact.source
    assert fact.wordings


def test_every_cause_but_two_can_be_answered_by_an_errcode() -> None:
    by_other_means = {Cause.ADDRESS_BANNED, Cause.UNKNOWN}
    assert {fact.cause for fact in FACTS} == set(Cause) - by_other_means


@pytest.mark.parametrize(
    ("errcode", "errmsg", "cause"),
    [
        (310000, "invalid timestamp, more: [https://ding-doc.dingtalk.com/doc#/x]", "timestamp"),
        (310000, "错误描述:机器人发送签名过期;解决方案:签名不匹配时请看文档;", "timestamp"),
        (310000, "description:机器人发送签名不匹配;solution:invalid timestamp;", "signature"),
        (310000, "错误描述：机器人发送签名不匹配；解决方案：关键词不匹配；", "signature"),
        (310000, "Sign Not Match", "signature"),
        (310000, "ip 2001:db8::1 not in whitelist", "ip"),
        (310000, "来源IP不在白名单中", "ip"),
        (310000, "something else", "unknown"),
        (310000, "", "unknown"),
        (40035, "Missing parameter json", "not_json"),
        (40035, "缺少参数access_token", "token"),
        (40035, "缺少参数 chatid", "unknown"),
        (555, "only group admin can @all", "at_all"),
        ("555", "send  forbidden", "forbidden"),
        (987654, "sign not match", "unknown"),
        (987654, "miss param : text->content", "unknown"),
        (400599, "miss param : actionCard->btns", "missing_field"),
        (
            400601,
            "错误描述:参数 feedCard 缺失，或者参数格式不正确;解决方案:请填充;",
            "missing_field",
        ),
        (400599, "something else", "unknown"),
        (400700, "miss param : x->y", "unknown"),
        ("-1", "系统繁忙", "busy"),
        (400102, "words that nobody has seen", "robot_disabled"),
        (True, "ok", "unknown"),
        (310000.0, "sign not match", "unknown"),
        (None, "ok", "unknown"),
        (310000, None, "unknown"),
    ],
)
def test_the_words_decide_only_where_they_may(errcode: object, errmsg: object, cause: str) -> None:
    assert explain(errcode, errmsg) == cause


def test_only_the_integer_and_the_string_zero_mean_delivered() -> None:
    delivered = [0, "0"]
    not_delivered = [False, 0.0, -0.0, " 0", "0 ", "00", "+0", "-0", "", None, [], {}, "０", 1]
    assert all(is_delivered(value) for value in delivered)
    assert not any(is_delivered(value) for value in not_delivered)


@pytest.mark.parametrize(
    ("errmsg", "field"),
    [
        ("miss param : text->content", "text->content"),
        ("miss param : markdown", "markdown"),
        ("miss param : text->content, more: [https://ding-doc.dingtalk.com/]", "text->content"),
        (
            "错误描述:参数 markdown --》 title 缺失，或者参数格式不正确; 解决方案:…;",
            "markdown->title",
        ),
        ("description:参数 feedCard 缺失;solution:miss param : x;", "feedCard"),
        ("sign not match", None),
        (None, None),
    ],
)
def test_the_missing_field_is_named_as_dingtalk_spells_it(
    errmsg: object, field: str | None
) -> None:
    assert missing_field(errmsg) == field


@given(errcode=ANY_JSON, errmsg=ANY_JSON)
def test_nothing_in_an_answer_makes_it_fail(errcode: object, errmsg: object) -> None:
    assert isinstance(explain(errcode, errmsg), Cause)
    assert missing_field(errmsg) is None or isinstance(errmsg, str)


@given(errmsg=st.text(), errcode=st.integers())
def test_an_unknown_code_is_never_guessed(errcode: int, errmsg: str) -> None:
    assume(errcode not in KNOWN_CODES)
    assert explain(errcode, f"{errmsg} sign not match") is Cause.UNKNOWN
