"""Texts and answers out of public reports: each is told, drawn or explained as it should be."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from dingcomposer.core.answers import explain, missing_field
from dingcomposer.core.checks import check
from dingcomposer.core.checks.fixes import can_fix, fix
from dingcomposer.core.checks.problems import Problem
from dingcomposer.core.dialect import lints, to_html
from dingcomposer.core.draft import Draft, from_message, to_message
from dingcomposer.core.payload import from_payload
from dingcomposer.dingtalk.errors import BadReply, Refused
from dingcomposer.dingtalk.responses import read_response

FILE = Path(__file__).parents[1] / "cases" / "reports_texts.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["cases"]


def of(via: str) -> pytest.MarkDecorator:
    """The cases that go one way, by name."""
    return pytest.mark.parametrize(
        "case", [pytest.param(one, id=one["id"]) for one in CASES if one["via"] == via]
    )


def hold(found: list[str], expected: dict[str, Any]) -> None:
    for pattern in expected.get("some", ()):
        assert any(re.search(pattern, one) for one in found), found
    for pattern in expected.get("none", ()):
        assert not any(re.search(pattern, one) for one in found), found


def told_of(problem: Problem) -> str:
    return f"{problem.code.value}|{problem.field}|{problem.severity.value}"


@of("check")
def test_what_readers_would_miss_is_told(case: dict[str, Any]) -> None:
    message = from_payload(case["input"]).message
    problems = check(message, None)
    hold([told_of(one) for one in problems], case["expected"])
    if case["expected"].get("fixed"):
        draft = from_message(message, Draft())
        found = [one for one in problems if re.search(case["expected"]["some"][0], one.code)]
        assert all(can_fix(draft, one) for one in found)
        for one in found:
            draft = fix(draft, one) or draft
        after = check(to_message(draft), None)
        assert not {one.code for one in found} & {one.code for one in after}


@of("marks")
def test_a_line_bears_its_mark(case: dict[str, Any]) -> None:
    hold([lint.code.value for lint in lints(case["input"])], case["expected"])


@of("html")
def test_a_text_is_drawn_as_its_writer_saw_it(case: dict[str, Any]) -> None:
    html = pieces(to_html(case["input"]))
    for piece in case["expected"].get("has", ()):
        assert pieces(piece) in html
    for piece in case["expected"].get("lacks", ()):
        assert piece not in to_html(case["input"])


def pieces(html: str) -> str:
    """The fragment without what means nothing: white space between blocks, slashes of tags."""

    class Pieces(HTMLParser):
        def __init__(self) -> None:
            super().__init__(convert_charrefs=True)
            self.found: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.found.append(f"<{tag}{sorted(attrs)}>")

        def handle_endtag(self, tag: str) -> None:
            self.found.append(f"</{tag}>")

        def handle_data(self, data: str) -> None:
            self.found.append(data.strip("\n"))

    parser = Pieces()
    parser.feed(html + (">" if html.count("<") > html.count(">") else ""))
    parser.close()
    return "".join(parser.found)


@of("explain")
def test_an_answers_words_are_understood(case: dict[str, Any]) -> None:
    code, words = case["input"]
    expected = case["expected"]
    wanted = expected["cause"] if isinstance(expected["cause"], list) else [expected["cause"]]
    assert explain(code, words).value in wanted
    if "field" in expected:
        assert missing_field(words) == expected["field"]


@of("answer")
def test_an_answer_over_http_means_what_it_says(case: dict[str, Any]) -> None:
    status, body = case["input"]
    expected = case["expected"]
    try:
        read_response(status, body.encode(), 1.0, str)
    except BadReply:
        assert expected["outcome"] == "unknown"
    except Refused as refused:
        assert (expected["outcome"], expected["cause"]) == ("refused", refused.cause.value)
    else:
        assert expected["outcome"] == "delivered"
