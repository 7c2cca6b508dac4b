"""Who is pinged, who is not, and why."""

from dingcomposer.core.checks.mentions import Notified, NotNotified, notified
from dingcomposer.core.messages import FeedCard, Link, Markdown, Mentions, Text

ONE, TWO = "13800000000", "13900000000"


def test_who_is_listed_and_stands_in_the_text_is_pinged() -> None:
    message = Markdown("t", f"@{ONE} @u1 please look", Mentions((ONE, TWO), ("u1",)))
    assert notified(message) == Notified(False, (ONE, "u1"), ((TWO, NotNotified.NOT_IN_TEXT),))


def test_who_stands_in_the_text_only_is_not_pinged() -> None:
    assert notified(Text(f"@{TWO} hello")) == Notified(False, (), ((TWO, NotNotified.NOT_IN_LIST),))


def test_a_name_behind_an_at_pings_nobody() -> None:
    message = Markdown("t", f"@张三 @李四（@{ONE}） `@王五` @Override", Mentions((ONE,)))
    assert notified(message) == Notified(False, (ONE,), (("张三", NotNotified.NAME_ONLY),))
    assert notified(Text("@张三 看", Mentions(is_all=True))).not_pinged == ()


def test_a_kind_that_cannot_mention_leaves_out_all_that_the_draft_holds() -> None:
    expected = Notified(
        False, (), ((ONE, NotNotified.KIND_CANNOT), ("u1", NotNotified.KIND_CANNOT))
    )
    for message in (Link("t", f"@{ONE}", "https://a.cn"), FeedCard(())):
        assert notified(message, Mentions((ONE,), ("u1",))) == expected
        assert notified(message) == Notified(False, (), ())


def test_after_the_fiftieth_nobody_is_pinged() -> None:
    mobiles = tuple(f"138{number:08}" for number in range(52))
    found = notified(Text(" ".join(f"@{one}" for one in mobiles), Mentions(mobiles)))
    assert found.pinged == mobiles[:50]
    assert found.not_pinged == tuple((one, NotNotified.TOO_MANY) for one in mobiles[50:])


def test_everyone_holds_for_whoever_is_named_beside_it() -> None:
    assert notified(Text("hello", Mentions((ONE,), is_all=True))) == Notified(True, (), ())
