"""A line that PC and phone draw differently, or that somebody loses, carries its mark."""

import subprocess
import sys

import pytest

from dingcomposer.core.dialect import Mark, MarkCode, Sureness, marks


def codes_of(text: str) -> list[tuple[int, str]]:
    return [(mark.line, mark.code) for mark in marks(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲\n\n|a|b|\n|-|-|\n|1|2|\n\n乙", [(2, "table"), (3, "table"), (4, "table")]),
        ("甲 <b>乙</b>\n丙", [(0, "raw_html")]),
        ("甲\n<!-- 乙 -->", [(1, "raw_html")]),
        ("甲<br/>乙", [(0, "line_break_tag")]),
        ("```\na\n```\n甲", [(0, "fenced_code"), (1, "fenced_code"), (2, "fenced_code")]),
        ("甲\n\n    乙", [(2, "indented_code")]),
        ("<font color='red'>甲</font>", [(0, "quoted_colour")]),
        ("<font color=red>甲</font>", []),
        ("<font color=“red”>甲</font>", [(0, "unknown_colour")]),
        ("甲\n<font color=red>乙", [(1, "unclosed_font")]),
        ("甲</font>", [(0, "unclosed_font")]),
        ("~~甲~~", [(0, "strikethrough")]),
        ("- 甲\n- [ ] 乙\n- [x] 丙", [(1, "task_list"), (2, "task_list")]),
        ("甲[^1]", [(0, "footnote")]),
        (":smile: 甲", [(0, "emoji_code")]),
        ("10:20:30 a:b:c std::map::x", []),
        ("- 甲\n  - 乙\n    - 丙\n    - 丁", [(2, "deep_list"), (3, "deep_list")]),
        ("- 甲\n  > - 乙\n  >   1. 丙", [(2, "deep_list")]),
        ("甲\n---\n乙", [(1, "underline")]),
        ("甲\n乙\n===", [(2, "underline")]),
        ("甲\n\n---\n乙", []),
        ("甲\n**重要：**请看", [(1, "visible_stars")]),
        ("请看**《手册》**后签字", [(0, "visible_stars")]),
        ("**[详情](https://a.example.com)**请看", [(0, "visible_stars")]),
        ("**重要**：请看 **重要：** 请看", []),
        ("2 ** 3 与 f(**kwargs)", []),
        ("[点](javascript:a) <ftp://a>", [(0, "lost_link")]),
        ("[告警]: 磁盘满\n甲\n[乙]: 丙", [(0, "reference")]),
        ("[告警]: 磁盘 已满", []),
        ("`~~甲~~ <b> [^1]` \\~~乙~~", []),
    ],
)
def test_each_kind_of_line_is_marked_where_it_stands(
    text: str, found: list[tuple[int, str]]
) -> None:
    assert codes_of(text) == found


@pytest.mark.parametrize(
    "address",
    [
        *("http://192.168.1.8/a.png", "http://10.0.0.1:8080/a.png", "https://127.0.0.1/a.png"),
        *("http://localhost:3000/a.png", "http://[::1]/a.png", "http://jenkins/a.png"),
        *("http://nas.local/a.png", "file:///tmp/a.png", "data:image/png;base64,aGk="),
        *("C:\\a.png", "/tmp/a.png", "a.png", "", "http://[bad/a.png"),
    ],
)
def test_a_picture_that_the_group_cannot_load_is_marked(address: str) -> None:
    assert codes_of(f"甲\n![]({address})") == [(1, "unreachable_picture")]


@pytest.mark.parametrize("address", ["https://a.example.com/a.png", "@lADOpwk3K80C0M0FoA"])
def test_a_picture_of_the_net_and_a_media_id_are_not_marked(address: str) -> None:
    assert codes_of(f"![]({address})") == []


@pytest.mark.parametrize("source", ["![](https://a.com/b c.png)", "![](<https://a.com/b c.png>)"])
def test_a_space_in_a_pictures_address_is_marked(source: str) -> None:
    assert codes_of(source) == [(0, "picture_with_space")]


def test_a_line_bears_each_mark_once_and_several_of_them() -> None:
    text = '<b>甲</b> <i>乙</i> <font color="red">~~丙~~</font>'
    assert codes_of(text) == [(0, "quoted_colour"), (0, "raw_html"), (0, "strikethrough")]


def test_a_mark_inside_a_cell_stands_on_the_line_of_its_row() -> None:
    assert (3, "line_break_tag") in codes_of("|a|\n|-|\n|1|\n|2<br>3|")


def test_marks_say_how_sure_they_are() -> None:
    assert Mark(0, MarkCode.TABLE).sureness is Sureness.REPORTED
    assert Mark(0, MarkCode.STRIKETHROUGH).sureness is Sureness.CLAIMED
    assert Mark(0, MarkCode.VISIBLE_STARS).sureness is Sureness.UNKNOWN


def test_an_ordinary_message_bears_no_mark() -> None:
    text = "# 标题\n正文 **粗** `码`  \n- 甲\n  - 乙\n> 引\n\n---\n[详](https://a.example.com)"
    assert marks(text) == ()


def test_importing_the_dialect_does_not_import_the_engine() -> None:
    code = "import sys, dingcomposer.core.dialect; sys.exit('markdown' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
