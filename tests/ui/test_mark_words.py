"""What a mark says: what happens on computers, what on phones, and how sure that is."""

import pytest

from dingcomposer.core.dialect import Mark, MarkCode, Sureness
from dingcomposer.ui.texts.marks import mark_sentence, mark_words, sureness_word


@pytest.mark.parametrize("code", MarkCode)
def test_every_mark_speaks_of_both_and_says_how_sure_it_is(code: MarkCode) -> None:
    sentence = mark_sentence(code)
    assert "computers" in sentence
    assert "phones" in sentence
    assert sentence.endswith(f"({sureness_word(code.sureness)})")


def test_what_is_only_claimed_is_not_told_as_a_fact() -> None:
    for code in MarkCode:
        if code.sureness is Sureness.CLAIMED:
            assert "said" in mark_sentence(code) or "reports differ" in mark_sentence(code)


def test_several_marks_of_a_line_are_several_sentences() -> None:
    words = mark_words(
        (Mark(2, MarkCode.TABLE), Mark(2, MarkCode.FOOTNOTE), Mark(5, MarkCode.TABLE))
    )
    table, footnote = mark_sentence(MarkCode.TABLE), mark_sentence(MarkCode.FOOTNOTE)
    assert words == {2: f"{table}\n{footnote}", 5: table}
