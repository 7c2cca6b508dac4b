"""What is said of a line: the same in the list and beside the line, and on the same lines."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.checks.problems import Problem, ProblemCode, problem
from dingcomposer.core.dialect import Lint, LintCode, Sureness, lints
from dingcomposer.core.messages import ActionCard, Markdown
from dingcomposer.core.payload import from_payload
from dingcomposer.services.live_checks import CheckInput, check_input
from dingcomposer.ui.texts.lints import lint_sentence, mark_sentence, mark_words, sureness_word
from dingcomposer.ui.texts.problems import problem_sentence

ROOT = Path(__file__).parents[3]
# What keeps an address from working does so everywhere.
OF_CLIENTS = [
    code
    for code in LintCode
    if not code.value.startswith(("url_", "picture_"))
    and code
    not in (
        *(LintCode.LINE_NOT_BROKEN, LintCode.HEADING_NO_SPACE, LintCode.ANGLE_SWALLOWED),
        *(LintCode.STARS_SWALLOWED, LintCode.UNDERSCORES_SWALLOWED),
    )
]


@pytest.mark.parametrize("code", OF_CLIENTS)
def test_what_clients_draw_differently_is_told_of_both(code: LintCode) -> None:
    sentence = lint_sentence(code, "b")
    assert "computers" in sentence
    assert "phones" in sentence


@pytest.mark.parametrize("code", LintCode)
def test_the_list_and_the_mark_say_the_same_and_the_mark_how_sure_it_is(code: LintCode) -> None:
    sentence = lint_sentence(code, "b")
    told = problem(ProblemCode(code), "text", line=3, count=1, lines="3", word="b")
    assert problem_sentence(told) == f"Line 3: {sentence}"
    mark = mark_sentence(Lint(2, code, 0, 2, 1, "b"))
    assert mark == f"{sentence} ({sureness_word(code.sureness)})"


def test_an_address_in_a_field_of_its_own_is_on_no_line() -> None:
    told = problem(ProblemCode.URL_HTTP, "message_url", word="a.com")
    assert problem_sentence(told) == lint_sentence(LintCode.URL_HTTP, "a.com")


def test_what_is_only_claimed_is_not_told_as_a_fact() -> None:
    for code in LintCode:
        if code.sureness is Sureness.CLAIMED:
            sentence = lint_sentence(code, "b")
            assert "said" in sentence or "reports differ" in sentence


def test_several_marks_of_a_line_are_several_sentences() -> None:
    table = Lint(2, LintCode.TABLE, 0, 3, 1)
    footnote = Lint(2, LintCode.FOOTNOTE, 0, 2, 1)
    tables, footnotes = mark_sentence(table), mark_sentence(footnote)
    words = mark_words((footnote, table, footnote))
    assert words == {2: f"{footnotes}\n{tables}", 3: tables}


def test_lines_that_run_on_show_so_in_the_preview_and_bear_no_mark() -> None:
    assert mark_words(lints("一\n二\n三")) == {}


# --- the list and the gutter name the same lines --------------------------------------------------


def lines_of(told: Problem) -> list[int]:
    """The lines that a problem names, from 0 on; ten of them at most."""
    params = dict(told.params)
    return [int(number) - 1 for number in str(params["lines"]).split(", ")]


def agree(text: str) -> None:
    """The list names exactly the lines at which marks of that code begin."""
    judgement = check_input(CheckInput(Markdown("题", text), None))
    gutter = mark_words(judgement.lints)
    begun: dict[str, dict[int, str]] = {}
    for lint in judgement.lints:
        if lint.code.is_marked:
            begun.setdefault(lint.code.value, {})[lint.line] = mark_sentence(lint)
    listed: set[str] = set()
    for told in judgement.problems:
        if told.field != "text" or told.code.value not in {code.value for code in LintCode}:
            continue
        if not LintCode(told.code).is_marked:
            continue
        listed.add(told.code.value)
        named = begun[told.code.value]
        assert lines_of(told) == sorted(named)[:10]
        assert dict(told.params)["count"] == len(named)
        for line in lines_of(told):
            assert named[line] in gutter[line].split("\n")
    assert listed == set(begun)
    reached = {
        line
        for lint in judgement.lints
        if lint.code.is_marked
        for line in range(lint.line, lint.last_line + 1)
    }
    assert reached == set(gutter)


LINES = st.sampled_from(
    [
        *(
            "",
            "文字",
            "**重要：**请看",
            "***重点。***后",
            "- 甲",
            "  - 乙",
            "    - 丙",
            "> 引",
            "> ---",
        ),
        *(
            "---",
            "===",
            "```",
            "~~~",
            "| a | b |",
            "|---|---|",
            "##标题",
            "甲<br>乙",
            "~~删~~ [^1]",
        ),
        *("[a](http://u:p@h/x)", "![图](x y.png)", "    - [x] a", "- [x] 甲", ":thumbs_up2:"),
        *(
            "<font color='red'>红",
            "</font>",
            "<name>",
            "2*3*4",
            "[甲]: 乙",
            "    码",
            "<!-- 甲",
            "-->",
        ),
    ]
)
ANY = (
    st.text("*_`[]()!<>#-~|:@\\/ \t\n\r=+ab1.中：\0")
    | st.text()
    | st.lists(LINES, max_size=14).map("\n".join)
)


@given(ANY)
def test_the_list_and_the_gutter_name_the_same_lines_of_any_text(text: str) -> None:
    agree(text)


def collected() -> Iterator[tuple[str, str]]:
    """Every text in markdown among the cases and the samples."""
    for path in sorted((ROOT / "tests" / "cases" / "markdown").glob("*.md")):
        lines = path.read_text(encoding="utf-8").split("\n")
        dots = [number for number, line in enumerate(lines) if line == "."]
        for first, second in zip(dots[::3], dots[1::3], strict=False):
            yield f"{path.stem}, line {first}", "\n".join(lines[first + 1 : second])
    cases = (ROOT / "tests" / "cases" / "payloads.json").read_text(encoding="utf-8")
    payloads = [(case["name"], case["payload"]) for case in json.loads(cases)["cases"]]
    for path in sorted((ROOT / "resources" / "samples").glob("*.json")):
        payloads.append((path.stem, json.loads(path.read_text(encoding="utf-8"))))
    for name, payload in payloads:
        message = from_payload(payload).message
        if isinstance(message, Markdown | ActionCard):
            yield name, message.text


COLLECTED = list(collected())


def test_the_list_and_the_gutter_name_the_same_lines_of_every_collected_message() -> None:
    assert len(COLLECTED) > 100
    assert any(lints(text) for _, text in COLLECTED)
    for name, text in COLLECTED:
        try:
            agree(text)
        except AssertionError as error:
            error.add_note(name)
            raise
