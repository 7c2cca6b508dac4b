"""No text makes the dialect fail, lose a word, let something run, or take its time."""

import gc
import re
import time
from collections.abc import Callable
from html.parser import HTMLParser
from math import isqrt
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.dialect import forget, lints, to_blocks, to_html

TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "blockquote", "ul", "ol", "li", "pre", "hr"),
    *("strong", "em", "a", "img", "br", "font", "code"),
}
PC_TAGS = TAGS | {
    *("table", "thead", "tbody", "tr", "th", "td"),
    *("b", "i", "u", "s", "del", "span", "sub", "sup"),
}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "font": {"color"}, "ol": {"start"}}
PC_ATTRIBUTES = ATTRIBUTES | {"th": {"align"}, "td": {"align"}}
VOID = {"br", "hr", "img"}
FIRST, MOST = 0x4E00, 5000  # the letters that are counted, each of its own

# "字" stands for a letter of its own, at places where a reader would miss it.
FRAGMENTS = [
    *("字", "字字", " ", "\n", "\n\n", "  \n", "\\\n", "\t", "    ", "，", "：", "。", "！"),
    *(
        "*",
        "**",
        "***",
        "_",
        "__",
        "字~~字",
        "字`字",
        "字``字``字`字",
        "\\",
        "\\*",
        "&amp;",
        "&字;",
    ),
    *("[", "![", "]", "](", ")", "](/u)", "](字)", "](<字>)", "![字](/字)", "[字](javascript:1)"),
    *("[字]: ", "[字][字]", "<http://字>", "<a@b.c>", "<javascript:字>", "<", ">", "</", "/>"),
    *("<font color=red>", "<font>", "</font>", "<b>", "</b>", "<br>", "<div>", "</p>", "<x 字>"),
    *("<script>", "</script>", "<!-- 字 -->", "<!--", "-->", "<?字?>", "<![CDATA[", "]]>"),
    *("\n# ", "\n## ", " ##", "\n- ", "\n* ", "\n1. ", "\n2) ", "\n  - ", "\n> ", ">", "- ", "1. "),
    *("\n---\n", "\n===\n", "\n***\n", "\n```\n", "\n~~~\n", "|", "\n|-|-|\n", "\n|:-:|\n", "\r\n"),
]
ADDRESSES = {"](字)", "](<字>)", "![字](/字)"}
LABELS = {"![", "<![CDATA["}


def joined(fragments: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(fragments), max_size=60).map("".join)


MARKUP = joined(FRAGMENTS)
# Only the words of a picture's label are kept, not the addresses of links in it.
WORDS = joined([part for part in FRAGMENTS if part not in ADDRESSES]) | joined(
    [part for part in FRAGMENTS if part not in LABELS]
)
ANY_TEXT = st.text() | st.text(alphabet="*_`[]()<>!\\&#-+~|=:. \t\n\r甲a1\"'/\0\ud800") | MARKUP


class Reader(HTMLParser):
    """Notes what stands in HTML, and insists on tags in their turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.addresses: list[str] = []
        self.labels: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            assert value is not None
            self.attributes.add((tag, name))
            (self.addresses if name in ("href", "src") else self.labels).append(value)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader


def is_harmless(address: str) -> bool:
    scheme = re.match(r"[a-z][a-z0-9+.-]*:", re.sub(r"[\0- ]", "", address.lower()))
    return scheme is None or scheme[0] in (
        *("http:", "https:", "dingtalk:", "dtmd:", "mailto:", "tel:"),
    )


def numbered(source: str) -> str:
    """`source` with a letter of its own in the place of every 字."""
    letters = iter(range(FIRST, FIRST + MOST))
    return re.sub("字", lambda _: chr(next(letters)), source)


def letters_of(text: str) -> list[str]:
    return [letter for letter in text if FIRST <= ord(letter) < FIRST + MOST]


@given(ANY_TEXT)
def test_any_text_gives_the_tags_that_every_client_draws_and_no_other(text: str) -> None:
    reader = read(to_html(text))
    assert reader.tags <= TAGS
    assert reader.attributes <= {(tag, name) for tag in ATTRIBUTES for name in ATTRIBUTES[tag]}
    assert all(map(is_harmless, reader.addresses))


@given(ANY_TEXT)
def test_any_text_gives_harmless_tags_on_the_pc(text: str) -> None:
    reader = read(to_html(text, for_pc=True))
    assert reader.tags <= PC_TAGS
    assert reader.attributes <= {
        (tag, name) for tag in PC_ATTRIBUTES for name in PC_ATTRIBUTES[tag]
    }
    assert all(map(is_harmless, reader.addresses))


@given(WORDS, st.booleans())
def test_no_word_is_lost_and_none_changes_its_place(text: str, for_pc: bool) -> None:
    source = numbered(text)
    reader = read(to_html(source, for_pc=for_pc))
    shown = letters_of("".join(reader.text))
    assert shown == sorted(set(shown))
    elsewhere = set("".join((*reader.addresses, *reader.labels)))
    assert set(letters_of(source)) <= set(shown) | elsewhere


@given(ANY_TEXT, st.booleans())
def test_blocks_are_in_the_order_of_their_lines_and_make_up_the_whole(
    text: str, for_pc: bool
) -> None:
    blocks = to_blocks(text, for_pc=for_pc)
    end = 0
    for block in blocks:
        assert block.first_line >= end
        assert block.line_count >= 1
        end = block.first_line + block.line_count
    assert end <= len(re.split("\r\n|\r|\n", text))
    assert "\n".join(block.html for block in blocks) == to_html(text, for_pc=for_pc)


@given(ANY_TEXT)
def test_a_block_alone_is_drawn_as_it_is_among_others(text: str) -> None:
    lines = re.split("\r\n|\r|\n", text)
    for block in to_blocks(text):
        own = lines[block.first_line : block.first_line + block.line_count]
        assert to_html("".join(f"{line}\n" for line in own)) == block.html


@given(ANY_TEXT)
def test_lints_are_of_lines_that_exist_and_from_the_top(text: str) -> None:
    found = lints(text)
    assert len(found) == len(set(found))
    assert list(found) == sorted(found, key=lambda lint: (lint.line, lint.code, lint.start))
    assert all(0 <= lint.line < len(re.split("\r\n|\r|\n", text)) for lint in found)


def test_many_threads_may_convert_at_once() -> None:
    texts = [f"# {number}\n- **{number}**\n  - [a](/{number})" for number in range(8)]
    found: dict[int, list[str]] = {}

    def convert(number: int) -> None:
        found[number] = [to_html(texts[number]) for _ in range(50)]

    threads = [Thread(target=convert, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: [to_html(texts[number])] * 50 for number in range(8)}


@pytest.mark.parametrize("sign", ["> ", "- ", "1. ", "*a ", "**a", "[", "![", "<font color=red>"])
def test_depth_without_end_is_no_failure(sign: str) -> None:
    read(to_html(sign * 5000 + "字"))
    assert "字" in to_html(sign * 5000 + "字", for_pc=True)


def repeated(unit: str) -> Callable[[int], str]:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def rising(unit: str, behind: str) -> Callable[[int], str]:
    return lambda size: "".join(unit * n + behind for n in range(1, isqrt(2 * size)))[:size]


UNITS = [
    *(
        "[",
        "![",
        "]",
        "](",
        "![](",
        "[a](",
        "[[a]",
        "[](a ",
        '[a](b "',
        "[a](b (",
        "[a](<",
        "[a]((",
    ),
    *("[a](b)", "![x](b)", "[![a](b)](c)", "*", "_", "* a ", "**a", "***a", "a**", "a* ", "*a_ "),
    *(
        "*_",
        "**x* ",
        "_a_ ",
        "a**b",
        "：**",
        "**：",
        "`",
        "``a`",
        "`a",
        "\\`",
        "`\\",
        "\\",
        "a\\\n",
    ),
    *("<", "<a ", "<a b='", '<a b="', "<font ", "<font color=red>", "</font>", "<b></i>", "<!--"),
    *(
        "<?",
        "<![CDATA[",
        "<http:",
        "<a@b.",
        "<font color=red>**</font>",
        "<div>",
        "&",
        "&#",
        "&amp;",
    ),
    *(">", "> ", "- ", "+ +\n", "1. ", "> - ", "- > 1. ", "-\t", "1)a\n2.b\n", "*\n-\n", "-\n\n"),
    *(
        "- a\n",
        "> a\n",
        "# ",
        "#\n",
        "a\n=\n",
        "---\n",
        "- -",
        "\t",
        " ",
        "\n",
        "a\n",
        "a\n\n",
        "a  \n",
    ),
    *("|", "|a|\n|-|\n", "~~a", ":a", "![a](b c)", "[a]: b\n", "x```\n", "[^a]"),
]
SHAPES: dict[str, Callable[[int], str]] = {
    **{repr(unit): repeated(unit) for unit in UNITS},
    "backticks, more and more": rising("`", " "),
    "stars, more and more": rising("*", "a "),
    "quotes, deeper and deeper": rising(">", "a\n"),
    "lists, deeper and deeper": rising("  ", "- a\n"),
    "a fence that is never closed": lambda size: "```\n" + "a\n" * (size // 2),
    "blank lines in a fence in deep lists": lambda size: "- " * 20 + "```\n" + "\n" * size,
    "blank lines in deep lists": lambda size: "- " * 20 + "a\n" + "\n" * size,
    "spaces in code in deep lists": lambda size: "- " * 20 + "```\n" + " \n" * (size // 2),
    "lazy lines in deep quotes": lambda size: "> " * 20 + "a\n" + "a\n" * (size // 2),
    "brackets that close": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "links that close": lambda size: "[" * (size // 5) + "](a)" * (size // 5),
    "pictures that close": lambda size: "![x" * (size // 7) + "](a)" * (size // 7),
    "emphasis inside emphasis": lambda size: "*a " * (size // 6) + "a* " * (size // 6),
    "bold inside bold": lambda size: "**a " * (size // 8) + "a** " * (size // 8),
    "stars around a letter": lambda size: "*" * (size // 2) + "a" + "*" * (size // 2),
    "colours that close": lambda size: "<font color=red>" * (size // 23) + "</font>" * (size // 23),
    "addresses that never end": repeated("[a](" + "x" * 600),
    "tags that cross": lambda size: "<font>**" * (size // 19) + "</font>**" * (size // 19),
    "a wide table": lambda size: (
        "|a" * (size // 6) + "|\n" + "|-" * (size // 6) + "|\n" + "|\n" * 99
    ),
    "one long word": lambda size: "字" * size,
}
# Prose with markup, as it is sent; a message of 20 KB is about 10,000 letters of it.
PROSE = (
    "### 发布通知：订单服务\n\n**时间**：22:00，**负责人**：张三，影响范围见[发布单](https://a.example.com/1)。\n"
    "本次发布包含登录改造、支付重试与报表导出三项变更，预计耗时三十分钟，如有问题请在群内及时反馈。\n\n"
    "- 登录：改为短信验证码\n- 支付：失败后自动重试 `3` 次\n\n> 回滚方案：五分钟内完成。\n\n"
)
SIZE = 20_000
FLOOR_S = 0.008  # a span so short says more about the machine than about the text


def on_pc(text: str) -> str:
    return to_html(text, for_pc=True)


CONVERTERS: dict[str, Callable[[str], object]] = {"phone": to_html, "pc": on_pc, "lints": lints}


def time_of(convert: Callable[[str], object], text: str) -> float:
    """How long it takes, in seconds of this process."""
    gc.disable()  # what the whole test run holds in memory is not the dialect's to sweep
    forget()  # else a text that was read a moment ago would cost nothing
    try:
        start = time.process_time()
        convert(text)
        return time.process_time() - start
    finally:
        gc.enable()


@pytest.fixture(scope="module")
def prose() -> dict[str, float]:
    """How long each of the converters takes for prose without a repetition, at its best."""
    text = "".join(PROSE.replace("22:00", f"{number}:00") for number in range(SIZE))[:SIZE]
    return {
        name: min(time_of(convert, text) for _ in range(5)) for name, convert in CONVERTERS.items()
    }


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("converter", CONVERTERS)
def test_time_grows_with_length_alone(shape: str, converter: str, prose: dict[str, float]) -> None:
    convert = CONVERTERS[converter]
    half, whole = SHAPES[shape](SIZE // 2), SHAPES[shape](SIZE)
    ratios, times = [], []
    for _ in range(5):  # the best counts, since other programs disturb; a good one is enough
        # The half twice, so that both spans are as long and as likely to be disturbed.
        halves = time_of(convert, half) + time_of(convert, half)
        times.append(time_of(convert, whole))
        ratios.append(times[-1] / max(halves / 2, FLOOR_S))
        if ratios[-1] <= 2.5 and times[-1] <= 30 * prose[converter]:
            break
    assert min(ratios) <= 2.5
    assert min(times) <= 30 * prose[converter]
