"""DingTalk's markdown becomes what every client draws: cases, and CommonMark as second opinion."""

import gc
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dingcomposer.core.dialect import blocks, forget, to_blocks, to_html
from dingcomposer.core.dialect.source import tidied
from dingcomposer.core.dialect.tags import font_colour, is_colour_named, is_colour_quoted

CASES = Path(__file__).parent.parent / "cases" / "markdown"
# Where markdown-it-py is CommonMark to the letter: no tabs, no code over several lines, no deep
# indents, no link with emphasis at its edges.
COMMON = [
    *("甲", "乙 ", "a", " ", "\n", "\n\n", "  \n", "，", "：", "。", "!", "(", ")", "[", "]"),
    *("*", "**", "***", "_", "__", "`乙`", "\\*", "&lt;", "[甲](/u)", "![乙](/v)", "<http://a.b>"),
    *("\n- 丙", "\n* 丙", "\n  - 丙", "\n1. 丙", "\n   1. 丙", "\n2) 丙", "- 丙", "\n> ", "> "),
    *("\n# ", "\n### ", "\n---\n", "\n***\n", "\n===\n", "\n```\n", "\n~~~\n", "\n  乙"),
]
BLOCKS = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "blockquote", "ul", "ol", "li", "hr", "pre"}
VOID = {"br", "hr", "img"}
# Written out in the case files, since an editor may lose what they stand for.
SIGNS = {"→": "\t", "␍": "\r", "␣": " ", "⟲": "\u202e"}


@dataclass(frozen=True)
class Case:
    title: str
    source: str
    html: str


def cases_of(path: Path) -> Iterator[Case]:
    """A title, reasons in the lines below it, a dot, the source, a dot, the HTML, a dot."""
    lines = path.read_text(encoding="utf-8").split("\n")
    dots = [number for number, line in enumerate(lines) if line == "."]
    end = -1
    for first, second, third in zip(dots[::3], dots[1::3], dots[2::3], strict=True):
        head = "\n".join(lines[end + 1 : first]).strip().rsplit("\n\n", 1)[-1]
        source = "\n".join(lines[first + 1 : second])
        for sign, meant in SIGNS.items():
            source = source.replace(sign, meant)
        yield Case(head.partition("\n")[0], source, "\n".join(lines[second + 1 : third]))
        end = third


SHARED = list(cases_of(CASES / "dialect.md"))
MESSAGES = [
    case
    for path in sorted(CASES.glob("*.md"))
    if path.stem not in ("dialect", "differences")
    for case in cases_of(path)
]


@dataclass
class Node:
    """An element; what stands in it is text and elements."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    content: "list[Node | str]" = field(default_factory=list)


class TreeParser(HTMLParser):
    """Builds nodes of HTML, and insists that every tag is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self.open[-1].content.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        content = self.open[-1].content
        if content and isinstance(content[-1], str):
            content[-1] += data
        else:
            content.append(data)


def tree_of(html: str) -> Node:
    """The parsed HTML, without white space between blocks."""
    parser = TreeParser()
    parser.feed(html)
    parser.close()
    assert len(parser.open) == 1, "a tag was not closed"
    return without_space(parser.open[0])


def without_space(node: Node) -> Node:
    if node.tag == "pre":
        return node
    content: list[Node | str] = []
    for index, item in enumerate(node.content):
        if isinstance(item, Node):
            content.append(without_space(item))
            continue
        text = item.lstrip(" \n") if is_edge(node, index - 1) else item
        text = text.rstrip(" \n") if is_edge(node, index + 1) else text
        if text:
            content.append(text)
    return Node(node.tag, node.attributes, content)


def is_edge(node: Node, index: int) -> bool:
    """True where a block begins or ends, so that white space means nothing."""
    if not 0 <= index < len(node.content):
        return node.tag in BLOCKS or not node.tag
    item = node.content[index]
    return isinstance(item, Node) and item.tag in BLOCKS


def in_commonmark(source: str) -> str:
    """What CommonMark makes of it, without the attributes that no client is known to show."""
    html = MarkdownIt("commonmark").render(source if source.endswith("\n") else f"{source}\n")
    return re.sub(r' (?:title|class)="[^"]*"', "", html)


def tree_or_none(html: str) -> Node | None:
    """The tree; None where raw HTML that was let through is not well nested."""
    try:
        return tree_of(html)
    except (AssertionError, IndexError):
        return None


def listed_differences() -> set[str]:
    """The cases named in the table of differences: its last column, separated by semicolons."""
    rows = (CASES / "differences.md").read_text(encoding="utf-8").splitlines()
    cells = [row.strip("|").split("|")[-1] for row in rows if row.startswith("| ")][1:]
    titles = [title.strip() for cell in cells for title in cell.split(";") if title.strip()]
    assert len(titles) == len(set(titles)), "a case is listed twice"
    return set(titles)


@pytest.mark.parametrize("case", SHARED, ids=lambda case: case.title)
def test_the_shared_cases_are_drawn_as_agreed(case: Case) -> None:
    assert tree_of(to_html(case.source)) == tree_of(case.html)


@pytest.mark.parametrize("case", MESSAGES, ids=lambda case: case.title)
def test_messages_that_are_really_sent_are_drawn_as_held_right(case: Case) -> None:
    assert tree_of(to_html(case.source)) == tree_of(case.html)


def test_the_collection_is_large_and_every_title_is_there_once() -> None:
    titles = [case.title for case in (*SHARED, *MESSAGES)]
    assert len(MESSAGES) >= 80
    assert len(titles) == len(set(titles))


def test_every_disagreement_with_commonmark_is_in_the_table_and_no_other() -> None:
    found = {
        case.title
        for case in (*SHARED, *MESSAGES)
        if tree_or_none(in_commonmark(case.source)) != tree_of(to_html(case.source))
    }
    assert found == listed_differences()


# Always the same texts: what they show of markdown-it-py's own bugs is not to come by chance.
@settings(derandomize=True, max_examples=1000)
@given(st.lists(st.sampled_from(COMMON), max_size=40).map("".join))
def test_without_what_is_listed_the_dialect_is_commonmark(text: str) -> None:
    # An empty item before two blank lines ends a list in markdown-it-py, and in no other reader.
    source = re.sub(r"\n(\s*\n){2,}", "\n\n", text)
    assert tree_of(to_html(source)) == tree_of(in_commonmark(source))


@pytest.mark.parametrize("case", (*SHARED, *MESSAGES), ids=lambda case: case.title)
@pytest.mark.parametrize("for_pc", [False, True])
def test_the_blocks_together_are_the_whole(case: Case, for_pc: bool) -> None:
    blocks = to_blocks(case.source, for_pc=for_pc)
    joined = "".join(block.html for block in blocks)
    assert tree_of(joined) == tree_of(to_html(case.source, for_pc=for_pc))


def test_the_pc_draws_tables_with_their_alignment() -> None:
    html = to_html("说明\n| 名 | 值 |\n|:-|-:|\n| 甲 \\| 乙 | **1** |\n| 丙 |\n\n完", for_pc=True)
    assert html.replace("\n", "") == (
        "<p>说明</p><table><thead><tr>"
        '<th align="left">名</th><th align="right">值</th></tr></thead><tbody>'
        '<tr><td align="left">甲 | 乙</td><td align="right"><strong>1</strong></td></tr>'
        '<tr><td align="left">丙</td></tr></tbody></table><p>完</p>'
    )


def test_cells_without_a_column_are_not_lost() -> None:
    html = to_html("|a|b|\n|-|:-:|\n|1|2|3|4|", for_pc=True)
    assert '<td>1</td><td align="center">2 | 3 | 4</td>' in html


def test_a_table_needs_as_many_columns_in_both_of_its_first_lines() -> None:
    assert "<table>" not in to_html("|a|b|\n|-|\n|1|", for_pc=True)
    assert "<table>" not in to_html("a\n-\n", for_pc=True)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<b>注意</b>", "<p><b>注意</b></p>"),
        ('<span style="color:red" onclick="x()">a</span>', "<p><span>a</span></p>"),
        ("H<sub>2</sub>O<br>x", "<p>H<sub>2</sub>O<br>\nx</p>"),
        ("<div>a</div><div>b</div>", "<p>a<br>b</p>"),
        ("<p>a</p>\n<p>b</p>", "<p>a<br>b</p>"),
        ("<u>**a</u>b**", "<p><u><strong>a</strong></u><strong>b</strong></p>"),
        ("<iframe src=x></iframe>", "<p>&lt;iframe src=x&gt;&lt;/iframe&gt;</p>"),
        ("<b onclick='x()'>a", "<p><b>a</b></p>"),
        ("</b>a<!-- b -->", "<p>a&lt;!-- b --&gt;</p>"),
    ],
)
def test_the_pc_draws_a_few_harmless_tags(source: str, html: str) -> None:
    assert to_html(source, for_pc=True) == html


def test_each_block_knows_the_lines_it_came_from() -> None:
    text = "# 甲\n正文\n继续\n\n\n- 一\n\n- 二\n> 引\n\n```\na\n\nb\n```\n---\n标题\n==="
    spans = [(block.first_line, block.line_count) for block in to_blocks(text)]
    assert spans == [(0, 1), (1, 2), (5, 3), (8, 1), (10, 5), (15, 1), (16, 2)]


def test_a_table_begins_at_its_head_and_leaves_the_paragraph_above_alone() -> None:
    blocks = to_blocks("甲\n乙\n|a|\n|-|\n|1|\n\n丙", for_pc=True)
    spans = [(block.first_line, block.line_count) for block in blocks]
    assert spans == [(0, 2), (2, 3), (6, 1)]


@pytest.mark.parametrize("scheme", ["JaVaScRiPt", "java\tscript", "\x01javascript", "vbscript"])
def test_no_disguise_makes_a_link_of_a_script(scheme: str) -> None:
    for source in (f"[a](<{scheme}:alert(1)>)", f"[a]({scheme}:alert)", f"<{scheme}:alert>"):
        assert "href" not in to_html(source)


@pytest.mark.parametrize(
    "address", ["javascript&colon;a", "&#106;avascript:a", "java&Tab;script:a"]
)
def test_entities_do_not_hide_a_scheme(address: str) -> None:
    assert to_html(f"[a]({address})") == "<p>a</p>"


def test_a_lone_surrogate_and_a_nul_are_shown_as_missing() -> None:
    assert to_html("a\ud83d\x00b") == "<p>a\ufffd\ufffdb</p>"


def test_an_attribute_cannot_be_left_through_its_quotes() -> None:
    html = to_html('![" onerror="x](https://a.example.com/"onerror=x) [a](<https://b/" c="d>)')
    assert html == (
        '<p><img src="https://a.example.com/&quot;onerror=x" alt="&quot; onerror=&quot;x"> '
        '<a href="https://b/&quot; c=&quot;d">a</a></p>'
    )


def test_a_conversion_leaves_no_tree_for_the_garbage_collector() -> None:
    text = "\n\n".join(
        f"- **{number}** [链](https://example.com/{number})" for number in range(200)
    )
    to_html(text)
    was_enabled = gc.isenabled()
    gc.disable()  # it would be collected unseen
    try:
        gc.collect()
        to_html(text)
        assert gc.collect() < 150  # the engine itself; the tree has more than a thousand
    finally:
        if was_enabled:
            gc.enable()


def test_what_was_kept_of_a_text_leaves_no_tree_for_the_garbage_collector_either() -> None:
    text = "\n\n".join(
        f"第 {number} 段 **[链](https://example.com/{number})**" for number in range(200)
    )
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        to_html(text)
        gc.collect()
        forget()
        assert gc.collect() < 50
    finally:
        if was_enabled:
            gc.enable()


def test_a_part_that_did_not_change_is_the_same_elements_again() -> None:
    before, after = to_blocks("# 题\n\n甲\n\n- 乙"), to_blocks("# 题\n\n甲丙\n\n- 乙")
    assert before[0].element is after[0].element
    assert before[1] != after[1]


PIECES = [
    *("甲", "> 乙", "- 丙", "  丁", "    码", "1. 一", "# 题", "---", "===", "|a|b|", "|-|-|", ""),
    *("```", "````", "~~~", "``` a`b", "  ```", "   ~~~~", "- ```", "> ```", "  戊", "\t己", " "),
    *("", "", "0", "*", "\x0b"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.booleans())
def test_a_text_that_is_read_in_parts_is_read_as_a_whole(lines: list[str], for_pc: bool) -> None:
    forget()
    text = "".join(f"{line}\n" for line in lines) + "末\n"  # without a word there is no block
    whole = blocks.parse(tidied(text), with_tables=for_pc)
    spans = [(one.first_line, one.last_line) for one in whole.children]
    found = to_blocks(text, for_pc=for_pc)
    assert [(one.first_line, one.first_line + one.line_count - 1) for one in found] == spans
    assert found == to_blocks(text, for_pc=for_pc)
    for one in found:
        own = "".join(f"{line}\n" for line in one.source.split("\n"))
        assert not own.strip() or to_html(own, for_pc=for_pc) == one.html


@pytest.mark.parametrize(
    ("tag", "colour", "is_named"),
    [
        ("<font color=#FF0000>", "#FF0000", False),
        ("<font color=green>", "green", True),
        ("<font color='Red'>", "Red", True),
        ("<font color=comment>", None, True),
        ("<font color=warning>", None, True),
        ("<font color=info>", None, True),
        ("<font color=nosuch>", None, True),
        ('<font face="黑体">', None, False),
    ],
)
def test_colours_are_known_by_number_or_by_a_name_of_css(
    tag: str, colour: str | None, is_named: bool
) -> None:
    assert (font_colour(tag), is_colour_named(tag)) == (colour, is_named)


def test_quotes_of_another_attribute_are_no_quoted_colour() -> None:
    assert not is_colour_quoted('<font color=#FF0000 size=8 face="黑体">')
    assert is_colour_quoted('<font face=x color="#FF0000">')
