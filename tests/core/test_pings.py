"""Who is pinged, who is not, and why."""

from dingcomposer.core.messages import FeedCard, Link, Markdown, Mentions, Text
from dingcomposer.core.pings import NotPinged, Pings, pings

ONE, TWO = "13800000000", "13900000000"


def test_who_is_listed_and_stands_in_the_text_is_pinged() -> None:
    message = Markdown("t", f"@{ONE} @u1 please look", Mentions((ONE, TWO), ("u1",)))
    assert pings(message) == Pings(False, (ONE, "u1"), ((TWO, NotPinged.NOT_IN_TEXT),))


def test_who_stands_in_the_text_only_is_not_pinged() -> None:
    assert pings(Text(f"@{TWO} hello")) == Pings(False, (), ((TWO, NotPinged.NOT_IN_LIST),))


def test_a_kind_that_cannot_mention_leaves_out_all_that_the_draft_holds() -> None:
    expected = Pings(False, (), ((ONE, NotPinged.KIND_CANNOT), ("u1", NotPinged.KIND_CANNOT)))
    for message in (Link("t", f"@{ONE}", "https://a.cn"), FeedCard(())):
        assert pings(message, Mentions((ONE,), ("u1",))) == expected
        assert pings(message) == Pings(False, (), ())


def test_after_the_fiftieth_nobody_is_pinged() -> None:
    mobiles = tuple(f"138{number:08}" for number in range(52))
    found = pings(Text(" ".join(f"@{one}" for one in mobiles), Mentions(mobiles)))
    assert found.pinged == mobiles[:50]
    assert found.not_pinged == tuple((one, NotPinged.TOO_MANY) for one in mobiles[50:])


def test_everyone_holds_for_whoever_is_named_beside_it() -> None:
    assert pings(Text("hello", Mentions((ONE,), is_all=True))) == Pings(True, (), ())
