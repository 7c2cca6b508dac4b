"""What changed between two messages, to be read."""

from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.messages import ActionCard, Button, Markdown, Mentions, Text
from dingcomposer.core.payload.edits import diff


def test_a_changed_line_shows_alone_with_its_neighbours() -> None:
    before = Markdown("发布", "# 今晚\n第一行\n第二行\n第三行\n第四行")
    after = Markdown("发布", "# 今晚\n第一行\n第二行改了\n第三行\n第四行")
    assert diff(before, after)[1:] == (
        "     # 今晚",
        "     第一行",
        "-    第二行",
        "+    第二行改了",
        "     第三行",
        "     第四行",
    )


def test_people_buttons_and_a_change_of_kind_show_too() -> None:
    assert "+at.atMobiles.1: 13800000000" in diff(Text("a"), Text("a", Mentions(("13800000000",))))
    one, two = (ActionCard("t", "x", (Button("go", url),)) for url in ("https://a", "https://b"))
    found = diff(one, two)
    assert "-actionCard.btns.1.actionURL: https://a" in found
    assert "+actionCard.btns.1.actionURL: https://b" in found
    assert "+msgtype: markdown" in diff(Text("a"), Markdown("a", "a"))


@given(st.text(), st.text())
def test_there_is_a_difference_exactly_where_the_words_differ(before: str, after: str) -> None:
    assert bool(diff(Text(before), Text(after))) == (before != after)
