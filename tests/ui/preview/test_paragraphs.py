"""The way from elements and plain text to paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.dialect import to_blocks
from dingcomposer.core.messages import Mentions
from dingcomposer.core.plain_text import clean
from dingcomposer.ui.preview.images.store import never_fetched
from dingcomposer.ui.preview.richtext.element_reading import from_element
from dingcomposer.ui.preview.richtext.paragraphs import (
    Gap,
    Inside,
    Paragraph,
    Picture,
    Shape,
    Table,
    TextRun,
    common_ends,
    from_text,
    plain_text,
    split_top_picture,
)
from dingcomposer.ui.preview.richtext.rendering import Body, render
from dingcomposer.ui.texts.images import PictureFault
from tests.ui.preview.elements import from_html


def test_a_heading_keeps_its_level_and_starts_without_room_above() -> None:
    first, second = from_html("<h3>标题</h3><p>正文</p>")
    assert first == Paragraph((TextRun("标题"),), Shape.HEADING, Gap.NONE, level=3)
    assert second == Paragraph((TextRun("正文"),), gap=Gap.BLOCK)


def test_words_in_one_appearance_are_one_run() -> None:
    (only,) = from_html("<p>级别：<font color='red'><strong>严</strong>重</font> &amp; 后</p>")
    assert only.pieces == (
        TextRun("级别："),
        TextRun("严", is_bold=True, colour="red"),
        TextRun("重", colour="red"),
        TextRun(" & 后"),
    )


def test_a_newline_inside_a_paragraph_is_a_space() -> None:
    (only,) = from_html("<p>第一行\n第二行</p>\n")
    assert only.pieces == (TextRun("第一行 第二行"),)


def test_a_line_break_starts_a_paragraph_without_room_above() -> None:
    first, second = from_html("<p>第一行<br>\n第二行</p>")
    assert (first.gap, second.gap) == (Gap.NONE, Gap.NONE)
    assert plain_text((first, second)) == "第一行\n第二行"


def test_a_numbered_list_counts_from_its_start() -> None:
    found = from_html('<ol start="3"><li>丙</li><li>丁</li></ol>')
    assert [one.marker for one in found] == ["3.", "4."]
    assert all(one.inside == (Inside.LIST,) for one in found)


def test_a_nested_list_has_its_own_bullets_and_little_room_above() -> None:
    found = from_html("<p>前</p><ul><li>甲<ul><li>甲一</li></ul></li><li>乙</li></ul><p>后</p>")
    assert [one.marker for one in found] == ["", "•", "◦", "•", ""]
    assert [one.gap for one in found] == [Gap.NONE, Gap.BLOCK, Gap.ITEM, Gap.ITEM, Gap.BLOCK]
    assert found[2].inside == (Inside.LIST, Inside.LIST)


def test_a_loose_item_has_its_mark_before_the_first_paragraph_only() -> None:
    found = from_html("<ul>\n<li>\n<p>甲</p>\n<p>说明</p>\n</li>\n<li>\n<p>乙</p>\n</li>\n</ul>")
    assert [(one.marker, one.pieces) for one in found] == [
        ("•", (TextRun("甲"),)),
        ("", (TextRun("说明"),)),
        ("•", (TextRun("乙"),)),
    ]


def test_an_empty_item_is_its_mark_alone() -> None:
    assert [one.marker for one in from_html("<ul><li></li><li>乙</li></ul>")] == ["•", "•"]


def test_the_bar_of_a_quote_goes_on_between_its_paragraphs_and_not_between_two_quotes() -> None:
    one, two, other = from_html(
        "<blockquote><p>甲</p><p>乙</p></blockquote><blockquote><p>丙</p></blockquote>"
    )
    assert [p.inside for p in (one, two, other)] == [(Inside.QUOTE,)] * 3
    assert [p.shared for p in (one, two, other)] == [0, 1, 0]


def test_a_fence_is_one_paragraph_a_line_and_keeps_its_indent() -> None:
    found = from_html("<pre><code>a\n\n  b &lt;ok&gt;\n</code></pre><p>完</p>")
    assert [one.shape for one in found] == [Shape.CODE] * 3 + [Shape.PLAIN]
    assert plain_text(found) == "a\n\n  b <ok>\n完"
    assert found[3].gap is Gap.AFTER_CODE


def test_a_rule_is_a_paragraph_of_its_own() -> None:
    assert [one.shape for one in from_html("<p>上</p><hr><p>下</p>")] == [
        Shape.PLAIN,
        Shape.RULE,
        Shape.PLAIN,
    ]


def test_a_picture_in_a_link_leads_where_the_link_does() -> None:
    (only,) = from_html('<p><a href="https://a/"><img src="https://p/x.png" alt="图"></a></p>')
    assert only.pieces == (Picture("https://p/x.png", "图", "https://a/"),)


def test_a_member_stands_by_name_in_text_and_in_markdown() -> None:
    at, names = Mentions(mobiles=("13800000000",)), (("13800000000", "王伟"),)
    text = render(Body("请 @13800000000 看", mentions=at, names=names)).paragraphs
    assert text[0].pieces == (TextRun("请 "), TextRun("@王伟", is_mention=True), TextRun(" 看"))
    markdown = render(Body("请 @13800000000 看", True, True, at, names)).paragraphs
    assert markdown[0].pieces == (TextRun("请 @王伟 看"),)


def test_a_name_is_used_only_for_who_is_mentioned() -> None:
    found = render(Body("@13800000000", names=(("13800000000", "王伟"),))).paragraphs
    assert found[0].pieces == (TextRun("@13800000000"),)


def test_the_longest_number_wins_where_one_begins_like_another() -> None:
    at = Mentions(mobiles=("138", "13800000000"))
    (only,) = from_text("@13800000000", at, {"138": "短", "13800000000": "长"})
    assert only.pieces == (TextRun("@长", is_mention=True),)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\u2029"])
def test_every_newline_breaks_a_line_of_text(newline: str) -> None:
    assert plain_text(from_text(f"甲{newline}乙")) == "甲\n乙"


def test_what_a_page_cannot_hold_becomes_a_sign() -> None:
    assert clean("a\x00\ud800\ufdd0\ufffc b\t") == "a\ufffd\ufffd\ufffd\ufffd b\t"


def test_the_picture_at_the_top_is_taken_off_with_what_surrounds_it() -> None:
    top, rest = split_top_picture(from_html('<p><img src="@l" alt="s"> </p><h3>标题</h3>'))
    assert top == Picture("@l", "s")
    assert rest == from_html("<h3>标题</h3>")
    assert split_top_picture(rest) == (None, rest)
    top, rest = split_top_picture(from_html('<p><img src="@l"> 说明</p>'))
    assert rest == from_html("<p>说明</p>")


def test_what_only_the_pc_draws_is_read() -> None:
    (only,) = from_html("<p>H<sub>2</sub>O <u>u</u> <s>s</s> <span>x</span> <del>d</del></p>")
    assert only.pieces == (
        TextRun("H"),
        TextRun("2", rise=-1),
        TextRun("O "),
        TextRun("u", is_underlined=True),
        TextRun(" "),
        TextRun("s", is_struck=True),
        TextRun(" x "),
        TextRun("d", is_struck=True),
    )


def test_a_table_is_one_piece_with_its_words_and_loads_nothing() -> None:
    source = "|名|值|\n|:--|--:|\n|甲|**1** ![图](file:///etc/x.png)|"
    before, after = render(Body(f"上\n\n{source}", is_markdown=True)).paragraphs
    (table,) = after.pieces
    assert isinstance(table, Table)
    assert table.text == "名\t值\n甲\t1 图"
    assert "<img" not in table.html
    assert plain_text((before, after)) == "上\n名\t值\n甲\t1 图"
    on_phone = render(Body(source, is_markdown=True, is_for_pc=False)).paragraphs
    assert plain_text(on_phone).startswith("|名|值|")


def test_a_fence_loses_its_indentation_on_the_pc_alone() -> None:
    source = "```\na\n  b\n```"
    assert plain_text(render(Body(source, True, True)).paragraphs) == "a\nb"
    assert plain_text(render(Body(source, True, False)).paragraphs) == "a\n  b"


def test_each_paragraph_knows_its_line() -> None:
    source = "# 一\n二\n\n- 三\n- 四\n\n```\n五\n```\n> 六"
    rendering = render(Body(source, is_markdown=True))
    lines = source.split("\n")
    assert [lines[at][-1] for at in rendering.lines] == list("一二三四五六")


def test_a_line_of_absurdly_many_appearances_is_drawn_plain() -> None:
    (only,) = from_html("<p>" + "<em>甲</em>乙" * 3000 + "</p>")
    assert only.pieces == (TextRun("甲乙" * 3000),)


@given(st.text(alphabet="ab \n*#->`1.[](!)<|甲：\ud800\x00", max_size=80), st.booleans())
def test_any_text_becomes_paragraphs_that_lose_no_letter(text: str, is_for_pc: bool) -> None:
    words = plain_text(render(Body(text, True, is_for_pc)).paragraphs)
    assert words.count("甲") == text.count("甲")
    assert clean(plain_text(from_text(text))).count("甲") == text.count("甲")


@given(st.lists(st.sampled_from("abc"), max_size=9), st.lists(st.sampled_from("abc"), max_size=9))
def test_common_ends_never_overlap(old: list[str], new: list[str]) -> None:
    before, after = (tuple(Paragraph((TextRun(word),)) for word in words) for words in (old, new))
    start, end = common_ends(before, after)
    assert start + end <= min(len(old), len(new))
    assert old[:start] == new[:start]
    assert old[len(old) - end :] == new[len(new) - end :]


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("C:\\图\\a.png", PictureFault.FILE),
        ("file:///tmp/a.png", PictureFault.FILE),
        ("data:image/png;base64,AAAA", PictureFault.DATA),
        ("ftp://a.example/a.png", PictureFault.SCHEME),
    ],
)
def test_a_picture_that_nobody_sees_says_why_and_leads_nowhere(
    address: str, fault: PictureFault
) -> None:
    (block,) = to_blocks(f"![图]({address})")
    assert block.html == '<p><img alt="图"></p>'
    (only,) = from_element(block.element)
    (picture,) = only.pieces
    assert isinstance(picture, Picture)
    assert picture.alt == "图"
    assert never_fetched(picture.source) is fault
