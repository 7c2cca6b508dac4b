"""Copied HTML as DingTalk's markdown: samples of many programs' clipboards, and hostile ones."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest

from dingcomposer.core.dialect import lints, to_html
from dingcomposer.interchange.html_reader import HTML_CHARACTERS, TooMuchHtmlError, read_html
from dingcomposer.interchange.html_styles import Loss

CASES = Path(__file__).parent.parent / "cases" / "clipboard"
PLAIN = "(plain)"


class Sample(NamedTuple):
    title: str
    html: str
    markdown: str
    losses: tuple[str, ...]


def samples() -> Iterator[Sample]:
    """As in `cases/markdown`: head, HTML, markdown, with dots between; ␣ is a space at an end."""
    for path in sorted(CASES.glob("*.md")):
        lines = path.read_text(encoding="utf-8").split("\n")
        dots = [number for number, line in enumerate(lines) if line == "."]
        end = -1
        for first, second, third in zip(dots[::3], dots[1::3], dots[2::3], strict=True):
            head = "\n".join(lines[end + 1 : first]).strip().rsplit("\n\n", 1)[-1]
            lost = re.search(r"^Lost: (.*)\.$", head, re.MULTILINE)
            yield Sample(
                head.partition("\n")[0],
                "\n".join(lines[first + 1 : second]),
                "\n".join(lines[second + 1 : third]).replace("␣", " "),
                tuple(lost[1].replace(" ", "_").replace(",_", ",").split(",")) if lost else (),
            )
            end = third


SAMPLES = list(samples())
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.title)


class _Words(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def letters(html: str) -> str:
    return re.sub(r"\s+", "", "".join(_Words(html).words))


def test_there_are_samples_of_many_programs() -> None:
    assert len(SAMPLES) >= 40
    assert len({one.title for one in SAMPLES}) == len(SAMPLES)


@each_sample
def test_a_sample_becomes_the_markdown_that_it_must_give(sample: Sample) -> None:
    read = read_html(sample.html)
    assert (PLAIN if read is None else read.markdown) == sample.markdown
    assert (() if read is None else tuple(one.value for one in read.losses)) == sample.losses


@each_sample
def test_no_sign_of_markdown_shows_and_none_of_the_words_is_lost(sample: Sample) -> None:
    """What DingTalk draws has the letters that were copied, in their order, and no others."""
    read = read_html(sample.html)
    if read is None or read.tables:
        return
    body = re.sub(r"<style.*?</style>|<!--.*?-->", "", sample.html, flags=re.DOTALL)
    drawn = letters(to_html(read.markdown)).replace("☐", "").replace("☑", "")
    if "mso-list" not in sample.html:  # its signs are not to be words
        assert drawn == letters(re.sub(r"<!\[.*?\]>", "", body))
    assert not re.search(r"\*\*|<font color|</font", drawn)


@each_sample
def test_both_ways_of_a_table_hold_the_same_words(sample: Sample) -> None:
    lines, table = (read_html(sample.html, tables_as_lines=one) for one in (True, False))
    assert (lines is None) == (table is None)
    if lines is None or table is None or not table.tables:
        return
    cells = re.findall(r"<td>(.*?)</td>", to_html(table.markdown, for_pc=True))
    assert cells, table.markdown
    drawn = to_html(lines.markdown)
    for cell in cells:
        assert letters(cell) in letters(drawn)


def test_a_cell_never_ends_its_table() -> None:
    read = read_html(
        "<table><tr><th>a</th><th>b</th></tr><tr><td>x | y</td><td>---</td></tr></table>",
        tables_as_lines=False,
    )
    assert read is not None
    assert read.markdown == "| a | b |\n| --- | --- |\n| x \\| y | \\--- |"
    assert to_html(read.markdown, for_pc=True).count("<td>") == 2


def test_lines_are_right_in_the_dialect() -> None:
    for sample in SAMPLES:
        read = read_html(sample.html)
        if read is not None and Loss.CODE not in read.losses:
            codes = {lint.code.value for lint in lints(read.markdown)}
            assert not codes & {"stars_shown", "table", "html", "broken_link"}, sample.title


@pytest.mark.parametrize(
    "html",
    [
        "<b>" * 5_000 + "x",
        "<div>" * 5_000 + "<b>x</b>",
        "<ul><li>" * 3_000 + "<b>x</b>",
        "<ul>" + "<li><b>x</b>" * 15_000,
        "<table><tr><td>" * 2_000 + "x",
        "<b>x</b>" + "y" * HTML_CHARACTERS,
        "<!--StartFragment",
        "<style>a{",
        "",
        "<b>\x00</b>",
    ],
    ids=[
        "bold",
        "boxes",
        "lists",
        "items",
        "tables",
        "too long",
        "cut",
        "cut style",
        "nothing",
        "nul",
    ],
)
def test_hostile_html_is_pasted_plainly_or_read(html: str) -> None:
    try:
        read = read_html(html)
    except TooMuchHtmlError:
        return
    assert read is None or read.markdown


def test_too_much_is_told_apart_from_nothing_to_gain() -> None:
    assert read_html("<p>x</p>") is None
    with pytest.raises(TooMuchHtmlError):
        read_html("<b>x</b>" * HTML_CHARACTERS)


def test_items_that_nobody_closed_stand_beside_each_other() -> None:
    read = read_html("<ul><li>一<ul><li>二<li>三</ul><li><b>四</b></ul><ol><li>五<li>六</li></ol>")
    assert read is not None
    assert read.markdown == "- 一\n  - 二\n  - 三\n- **四**\n\n1. 五\n2. 六"


def test_a_script_is_never_words() -> None:
    read = read_html("<b>a</b><script>alert(1)</script><style>b{}</style><!-- c -->")
    assert read is not None
    assert read.markdown == "**a**"
