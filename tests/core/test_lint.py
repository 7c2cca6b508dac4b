"""The one reader of markdown: what is the matter with a text, and from where to where."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.addresses import is_public
from dingcomposer.core.checks import check
from dingcomposer.core.checks.problems import Problem, ProblemCode
from dingcomposer.core.dialect import Lint, LintCode, Sureness, lint_report, lints
from dingcomposer.core.messages import Markdown

RUNS_ON = LintCode.LINE_NOT_BROKEN


def codes_of(text: str) -> list[tuple[int, str]]:
    """Each code with each line that it reaches over, once, but for lines that run on."""
    found = {
        (line, lint.code.value)
        for lint in lints(text)
        if lint.code is not RUNS_ON
        for line in range(lint.line, lint.last_line + 1)
    }
    return sorted(found)


def reached(text: str, lint: Lint) -> str:
    """What a lint reaches over, as it was written."""
    lines = text.split("\n")[lint.line : lint.last_line + 1]
    lines[-1] = lines[-1][: lint.end]
    lines[0] = lines[0][lint.start :]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲\n\n|a|b|\n|-|-|\n|1|2|\n\n乙", [(2, "table"), (3, "table"), (4, "table")]),
        ("甲 <b>乙</b>\n丙", [(0, "html_tag")]),
        ("甲\n<!-- 乙 -->", [(1, "html_tag")]),
        ("甲 <某某> <name>", [(0, "angle_swallowed")]),
        ("甲<br/>乙", [(0, "br_tag")]),
        ("```\na\n```\n甲", [(0, "code_fence"), (1, "code_fence"), (2, "code_fence")]),
        ("甲\n\n    乙", [(2, "indented_code")]),
        ("<font color='#FF0000'>甲</font>", [(0, "font_quoted")]),
        ("<font color=#FF0000>甲</font>", []),
        ("<font color=red>甲</font>", [(0, "colour_named")]),
        ("<font color=#1>甲</font>", [(0, "unknown_colour")]),
        ("<font color=“red”>甲</font>", [(0, "colour_named")]),
        ("甲\n<font color=#FF0000>乙", [(1, "unclosed_font")]),
        ("甲</font>", [(0, "unclosed_font")]),
        ("~~甲~~", [(0, "strikethrough")]),
        ("- 甲\n- [ ] 乙\n- [x] 丙", [(1, "task_list"), (2, "task_list")]),
        ("甲[^1]", [(0, "footnote")]),
        (":smile: 甲", [(0, "emoji_code")]),
        ("甲:smile:乙", [(0, "emoji_code")]),
        ("10:20:30 a:b:c std::map::x", []),
        ("- 甲\n  - 乙\n    - 丙\n    - 丁", [(2, "deep_list"), (3, "deep_list")]),
        ("- 甲\n  > - 乙\n  >   1. 丙", [(2, "deep_list")]),
        ("甲\n---\n乙", [(1, "rule_under_text")]),
        ("甲\n乙\n===", [(2, "rule_under_text")]),
        ("甲\n\n---\n乙", []),
        ("甲\n**重要：**请看", [(1, "stars_shown")]),
        ("请看**《手册》**后签字", [(0, "stars_shown")]),
        ("**[详情](https://a.example.com)**请看", [(0, "stars_shown")]),
        ("**重要：**请看**这里**后", [(0, "stars_shown")]),
        ("**重要**：请看 **重要：** 请看", []),
        ("2 ** 3 与 f(**kwargs)", []),
        ("3*4*5=60", [(0, "stars_swallowed")]),
        ("甲*乙*丙", []),
        ("改了 __init__.py", [(0, "underscores_swallowed")]),
        ("##标题", [(0, "heading_no_space")]),
        ("#标签 `##标题`", []),
        ("[点](javascript:a)", [(0, "url_unsafe")]),
        ("<ftp://a> [信](sms:1)", [(0, "url_unknown_scheme")]),
        ("[告警]: 磁盘满\n甲\n[乙]: 丙", [(0, "reference")]),
        ("[告警]: 磁盘 已满", []),
        ("`~~甲~~ <b> [^1]` \\~~乙~~", []),
        (
            "[点](https://a.com/b c) 见 https://u:p@a.com/",
            [(0, "url_credentials"), (0, "url_spaces")],
        ),
        ('> [点](https://a.com/b c "题")', [(0, "url_spaces")]),
        ("`[点](https://a.com/b c)`", []),
    ],
)
def test_each_kind_of_line_is_found_where_it_stands(
    text: str, found: list[tuple[int, str]]
) -> None:
    assert codes_of(text) == found


# The two readers that there were judged these differently.
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ok :thumbs_up2: done", [(0, "emoji_code")]),  # digits are common in such codes
        ("> 正文\n> ---", [(1, "rule_under_text")]),  # a heading inside the quote
        ("***重点。***后", [(0, "stars_shown")]),  # three stars obey the same rule as two
        # Four spaces below a text go on with it: no list, but a line that runs on.
        ("text\n    - [x] a", [(0, "line_not_broken")]),
    ],
)
def test_what_was_judged_in_two_ways_is_judged_once(
    text: str, found: list[tuple[int, str]]
) -> None:
    assert [(lint.line, lint.code.value) for lint in lints(text)] == found


# Each code that marked a line, with the codes that do so now, and a text for each of these.
FORMER = {
    "table": {"table": "|a|\n|-|\n|1|"},
    "raw_html": {"html_tag": "甲 <b>乙</b>", "angle_swallowed": "部署 <name>"},
    "line_break_tag": {"br_tag": "甲<br>乙"},
    "fenced_code": {"code_fence": "```\n甲\n```"},
    "indented_code": {"indented_code": "    甲"},
    "quoted_colour": {"font_quoted": "<font color='red'>甲</font>"},
    "unknown_colour": {"unknown_colour": "<font>甲</font>"},
    "unclosed_font": {"unclosed_font": "甲</font>"},
    "strikethrough": {"strikethrough": "~~甲~~"},
    "task_list": {"task_list": "- [x] 甲"},
    "footnote": {"footnote": "甲[^1]"},
    "emoji_code": {"emoji_code": "甲 :smile:"},
    "deep_list": {"deep_list": "- 甲\n  - 乙\n    - 丙"},
    "unreachable_picture": {"picture_unreachable": "![](a.png)", "url_broken": "![](http://[a)"},
    "picture_with_space": {"picture_space": "![](https://a.com/b c.png)"},
    "lost_link": {"url_unsafe": "[甲](data:a)", "url_unknown_scheme": "<ftp://a>"},
    "underline": {"rule_under_text": "甲\n---"},
    "visible_stars": {"stars_shown": "**甲：**乙"},
    "reference": {"reference": "[甲]: 乙"},
}


@pytest.mark.parametrize("former", FORMER)
def test_nothing_that_was_found_is_lost(former: str) -> None:
    for code, text in FORMER[former].items():
        assert LintCode(code) in {lint.code for lint in lints(text)}
        assert ProblemCode(code) in {one.code for one in check(Markdown("题", text), None)}


def test_every_lint_is_a_problem_of_the_same_value() -> None:
    assert len(FORMER) == 19
    assert {code.value for code in LintCode} <= {code.value for code in ProblemCode}


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("> - 甲 <name>", LintCode.ANGLE_SWALLOWED, "<name>"),
        ("甲\r\n乙 <br> 丙", LintCode.BR_TAG, "<br>"),
        ("###   [点](<https://a.com/b c> '题')", LintCode.URL_SPACES, "https://a.com/b c"),
        ("- 甲\n\t[点]( www.a.com )", LintCode.URL_NO_SCHEME, "www.a.com"),
        ("|甲|\n|-|\n|~~乙~~|", LintCode.STRIKETHROUGH, "~~乙~~"),
        ("> 甲<!-- 乙\n> 丙 -->丁", LintCode.HTML_TAG, "<!-- 乙\n> 丙 -->"),
        ("甲\x00 2*3*4", LintCode.STARS_SWALLOWED, "*"),
        ("甲  \n乙 \n丙", RUNS_ON, " "),
        ("> **甲：**乙", LintCode.STARS_SHOWN, ""),
        ("#\n##甲", LintCode.HEADING_NO_SPACE, ""),
    ],
)
def test_a_lint_reaches_over_what_it_is_about(text: str, code: LintCode, words: str) -> None:
    found = [lint for lint in lints(text) if lint.code is code]
    assert reached(text.replace("\r\n", "\n"), found[0]) == words


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一\n二\n三\n\n四", [0, 1]),
        ("- 甲\n乙", [0]),
        ("> 甲\n> 乙", [0]),
        ("甲\n2. 乙", [0]),
        ("甲  \n乙\\\n丙<br>\n丁", []),
        ("甲\n![图](https://a.example.com/a.png)\n乙", []),
        ("`甲\n乙`", []),
        ("甲\n- 乙\n> 丙\n# 丁", []),
    ],
)
def test_a_line_that_runs_on_into_the_next_is_found(text: str, lines: list[int]) -> None:
    assert [lint.line for lint in lints(text) if lint.code is RUNS_ON] == lines
    assert not RUNS_ON.is_marked


@pytest.mark.parametrize(
    "address",
    [
        *("http://192.168.1.8/a.png", "http://10.0.0.1:8080/a.png", "https://127.0.0.1/a.png"),
        *("http://localhost:3000/a.png", "http://[::1]/a.png", "http://jenkins/a.png"),
        *("http://nas.local/a.png", "file:///tmp/a.png", "data:image/png;base64,aGk="),
        *("C:\\a.png", "/tmp/a.png", "a.png", "", "http://nas.localdomain./a.png"),
        *("http://a.localhost/a.png", "http://[fe80::1%25eth0]/a.png"),
    ],
)
def test_a_picture_that_the_group_cannot_load_is_found(address: str) -> None:
    assert codes_of(f"甲\n![]({address})") == [(1, "picture_unreachable")]


@pytest.mark.parametrize("address", ["https://a.example.com/a.png", "@lADOpwk3K80C0M0FoA"])
def test_a_picture_of_the_net_and_a_media_id_are_fine(address: str) -> None:
    assert codes_of(f"![]({address})") == []


@pytest.mark.parametrize("source", ["![](https://a.com/b c.png)", "![](<https://a.com/b c.png>)"])
def test_a_space_in_a_pictures_address_is_found(source: str) -> None:
    assert codes_of(source) == [(0, "picture_space")]


def test_one_list_of_endings_says_what_is_no_place_of_the_internet() -> None:
    assert [
        is_public(host) for host in ("a.com", "8.8.8.8", "nas", "a.internal.", "a.home.arpa")
    ] == [
        *(True, True),
        *(False, False, False),
    ]


def test_a_line_may_have_several_and_one_of_them_often() -> None:
    text = '<b>甲</b> <i>乙</i> <font color="red">~~丙~~</font>'
    assert codes_of(text) == [
        (0, "colour_named"),
        (0, "font_quoted"),
        (0, "html_tag"),
        (0, "strikethrough"),
    ]
    assert [lint.word for lint in lints(text) if lint.code is LintCode.HTML_TAG] == [*"bbii"]


def test_what_stands_in_a_cell_is_found_on_the_line_of_its_row() -> None:
    assert (3, "br_tag") in codes_of("|a|\n|-|\n|1|\n|2<br>3|")


def test_pictures_and_links_to_the_web_are_reported_beside() -> None:
    text = "> [甲](http://a.com/) ![](@l) <https://b.com/> [乙](dingtalk://c)\n\n![](@m)"
    report = lint_report(text)
    assert report.pictures == 2
    (link,) = report.web_links
    assert text[link.start : link.end] == "http://a.com/"


def test_a_code_says_how_sure_it_is() -> None:
    assert LintCode.TABLE.sureness is Sureness.REPORTED
    assert LintCode.STRIKETHROUGH.sureness is Sureness.CLAIMED
    assert LintCode.STARS_SHOWN.sureness is Sureness.UNKNOWN


def test_an_ordinary_message_has_none() -> None:
    text = "# 标题\n正文 **粗** `码`  \n- 甲\n  - 乙\n> 引\n\n---\n[详](https://a.example.com)"
    assert lints(text) == ()


def test_importing_the_dialect_does_not_import_the_engine() -> None:
    code = "import sys, dingcomposer.core.dialect; sys.exit('markdown' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- a line is judged by its words, not by its number, nor by what was looked at before ----------

LINES = (
    *(
        "",
        "文字",
        "**重要：**请看",
        "- 甲",
        "  - 乙",
        "    - 丙",
        "> 引",
        "---",
        "===",
        "```",
        "~~~",
    ),
    *("| a | b |", "|---|---|", "x | y", "##标题", "<br>", "~~删~~", "[a](http://u:p@h/x)", "行\r"),
    *("![图](x y.png)", "`代码 **` *a*b*", "x" * 600 + " <b>", "1. 一", "7. 七", ":smile: [^1]"),
    *("  ```", "   ~~~", "    码", "字" * 2100, "<font color='red'>红", "[甲]: 乙", "\t- 丁"),
)
TEXTS = st.lists(st.sampled_from(LINES), max_size=12).map("\n".join)


def places(problems: tuple[Problem, ...], *, before: int) -> list[tuple[object, ...]]:
    """The problems with their line numbers less the lines that stand before."""
    found: list[tuple[object, ...]] = []
    for one in problems:
        params: dict[str, str | int] = dict(one.params)
        if "line" in params:
            params["line"] = int(params["line"]) - before
            lines = str(params["lines"]).split(", ")
            params["lines"] = ", ".join(str(int(line) - before) for line in lines)
        found.append((one.code, one.severity, sorted(params.items())))
    return found


def problems_of(text: str) -> tuple[Problem, ...]:
    return tuple(one for one in check(Markdown("题", text), None) if one.field == "text")


@given(TEXTS.filter(str.strip), st.integers(1, 5))
def test_a_line_further_down_has_the_same_problems(text: str, before: int) -> None:
    alone = places(problems_of(text), before=0)
    assert places(problems_of("\n" * before + text), before=before) == alone


@given(TEXTS, TEXTS)
def test_what_was_looked_at_before_changes_nothing(text: str, other: str) -> None:
    first = problems_of(text)
    problems_of(f"{other}\n{text}\n{other}")
    assert problems_of(text) == first


@given(TEXTS, TEXTS, st.sampled_from(["段", "# 题", "> 引", "|a|"]))
def test_what_is_typed_below_leaves_the_lints_above_alone(
    text: str, below: str, start: str
) -> None:
    is_open = any(mark in text for mark in ("```", "~~~"))
    found = lints(f"{text}\n\n{start}\n{below}")
    end = text.count("\n")
    if not is_open:
        assert [lint for lint in found if lint.line <= end] == list(lints(text))


SIGNS = st.text("*_`[]()!<>#-~|:@\\/ \t\n\r=+ab1.中：\0\ud800")


@given(st.text() | SIGNS | TEXTS)
def test_any_text_is_read_and_every_place_is_in_it(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = lints(text)
    assert [lint.line for lint in found] == sorted(lint.line for lint in found)
    for lint in found:
        assert 0 <= lint.line <= lint.last_line < len(lines)
        assert 0 <= lint.start <= len(lines[lint.line])
        assert 0 <= lint.end <= len(lines[lint.last_line])
        assert (lint.line, lint.start) <= (lint.last_line, lint.end)


@pytest.mark.parametrize(
    "code",
    [
        "<font color=#FF0000>甲</font>",
        "甲<br>乙",
        '<img src="https://a.b/c.png">',
        "<div>",
        "</div>",
    ],
)
def test_a_single_tag_in_code_is_html_too(code: str) -> None:
    assert LintCode.HTML_IN_CODE in {one.code for one in lints(f"甲 `{code}` 乙")}
    assert LintCode.HTML_IN_CODE in {one.code for one in lints(f"```\n{code}\n```")}


@pytest.mark.parametrize("code", ["a < b > c", "List<div>", "git switch <name>", "<a>"])
def test_what_only_looks_like_a_tag_in_code_is_none(code: str) -> None:
    assert LintCode.HTML_IN_CODE not in {one.code for one in lints(f"甲 `{code}` 乙")}
