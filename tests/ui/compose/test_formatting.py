"""What the toolbar makes of a text. A selection is written as [so], a caret as |."""

import pytest

from dingcomposer.core.dialect import to_html
from dingcomposer.ui.compose import formatting
from dingcomposer.ui.compose.formatting import Selection


def _read(written: str) -> Selection:
    if "|" in written:
        place = written.index("|")
        return Selection(written.replace("|", ""), place, place)
    start, end = written.index("⟦"), written.index("⟧")
    return Selection(written.replace("⟦", "").replace("⟧", ""), start, end - 1)


def _write(at: Selection) -> str:
    if at.start == at.end:
        return at.text[: at.start] + "|" + at.text[at.end :]
    return at.text[: at.start] + "⟦" + at.chosen + "⟧" + at.text[at.end :]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a ⟦word⟧ b", "a **⟦word⟧** b"),
        ("a **⟦word⟧** b", "a ⟦word⟧ b"),
        ("a ⟦**word**⟧ b", "a ⟦word⟧ b"),
        ("a | b", "a **|** b"),
        ("⟦ word ⟧", " **⟦word⟧** "),
        ("⟦one\n\ntwo⟧", "⟦**one**\n\n**two**⟧"),
        ("⟦重要：⟧请看", "**⟦重要⟧**：请看"),
        ("*⟦word⟧*", "***⟦word⟧***"),
    ],
)
def test_bold(before: str, after: str) -> None:
    assert _write(formatting.bold(_read(before))) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("⟦word⟧", "*⟦word⟧*"),
        ("*⟦word⟧*", "⟦word⟧"),
        ("**⟦word⟧**", "***⟦word⟧***"),
        ("***⟦word⟧***", "**⟦word⟧**"),
    ],
)
def test_italic(before: str, after: str) -> None:
    assert _write(formatting.italic(_read(before))) == after


def test_bold_beside_chinese_words_is_bold_in_dingtalk() -> None:
    made = formatting.bold(_read("⟦重要：⟧请看"))
    assert "<strong>重要</strong>" in to_html(made.text)


@pytest.mark.parametrize(
    ("level", "before", "after"),
    [
        (3, "ti|tle", "### ti|tle"),
        (1, "### ti|tle", "# ti|tle"),
        (0, "## ti|tle", "ti|tle"),
        (2, "⟦a\nb⟧", "⟦## a\n## b⟧"),
    ],
)
def test_heading(level: int, before: str, after: str) -> None:
    assert _write(formatting.heading(_read(before), level)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("wo|rd", "> wo|rd"),
        ("> wo|rd", "wo|rd"),
        ("⟦a\nb\n⟧c", "⟦> a\n> b⟧\nc"),
        ("⟦> a\nb⟧", "⟦> > a\n> b⟧"),
    ],
)
def test_quote(before: str, after: str) -> None:
    assert _write(formatting.quote(_read(before))) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("|", "- |"),
        ("- a|", "a|"),
        ("⟦a\n\nb⟧", "⟦- a\n\n- b⟧"),
        ("⟦1. a\n2. b⟧", "⟦- a\n- b⟧"),
        ("⟦- a\n  - b⟧", "⟦a\n  b⟧"),
    ],
)
def test_bullets(before: str, after: str) -> None:
    assert _write(formatting.bullets(_read(before))) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("⟦a\nb\n\nc⟧", "⟦1. a\n2. b\n\n3. c⟧"),
        ("⟦- a\n- b⟧", "⟦1. a\n2. b⟧"),
        ("⟦1. a\n7. b⟧", "⟦a\nb⟧"),
    ],
)
def test_numbers(before: str, after: str) -> None:
    assert _write(formatting.numbers(_read(before))) == after


@pytest.mark.parametrize(
    ("before", "words", "address", "after"),
    [
        ("see ⟦this⟧ now", "that", "https://a.b/", "see [that](https://a.b/)| now"),
        ("see |", "a [b]", "https://a.b/(x)", "see [a \\[b\\]](https://a.b/%28x%29)|"),
        ("|", "", "https://a.b/", "[https://a.b/](https://a.b/)|"),
        ("|", "two\nlines", " https://a.b/ ", "[two lines](https://a.b/)|"),
    ],
)
def test_link(before: str, words: str, address: str, after: str) -> None:
    assert _write(formatting.link(_read(before), words, address)) == after


def test_a_picture_may_have_no_words() -> None:
    made = formatting.picture(_read("|"), "", "@lADOpwk3K80C0M0FoA")
    assert _write(made) == "![](@lADOpwk3K80C0M0FoA)|"


@pytest.mark.parametrize(
    ("before", "clipboard", "offered"),
    [
        ("see ⟦this\nplace⟧", "https://a.b/", ("this place", "https://a.b/")),
        ("⟦https://a.b/⟧", "https://c.d/", ("", "https://a.b/")),
        ("|", " dingtalk://dingtalkclient/x\n", ("", "dingtalk://dingtalkclient/x")),
        ("⟦甲⟧", f"https://oapi.dingtalk.com/robot/send?access_token={'a' * 64}", ("甲", "")),
        *(("⟦甲⟧", words, ("甲", "")) for words in ("https://", "一句话", "https://a.b/ 和", "")),
    ],
)
def test_selection_and_clipboard_are_offered(
    before: str, clipboard: str, offered: tuple[str, str]
) -> None:
    assert formatting.offered(_read(before), clipboard) == offered


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("|", "---\n\n|"),
        ("up|down", "up\n\n---\n\n|down"),
        ("up\n|\ndown", "up\n\n---\n\n|down"),
    ],
)
def test_rule(before: str, after: str) -> None:
    made = formatting.rule(_read(before))
    assert _write(made) == after
    assert "<hr>" in to_html(made.text)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("#FF0000", "a ⟦b⟧ c", "a <font color=#FF0000>⟦b⟧</font> c"),
        ("#00AA00", "a <font color=#FF0000>⟦b⟧</font>", "a <font color=#00AA00>⟦b⟧</font>"),
        ("", "a <font color=#FF0000>⟦b⟧</font> c", "a ⟦b⟧ c"),
        ("", "a ⟦b⟧ c", "a ⟦b⟧ c"),
    ],
)
def test_colour(name: str, before: str, after: str) -> None:
    assert _write(formatting.colour(_read(before), name)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [("|", "@138 |"), ("告警|", "告警 @138 |"), ("a | b", "a @138| b"), ("a\n|", "a\n@138 |")],
)
def test_insert_sets_words_apart(before: str, after: str) -> None:
    assert _write(formatting.insert(_read(before), "@138")) == after
