"""A message as DingTalk's JSON, both ways."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dingcomposer.core.messages import (
    ActionCard,
    Button,
    Extra,
    FeedCard,
    FeedLink,
    Link,
    Markdown,
    Mentions,
    Message,
    Orientation,
    Text,
    kind_of,
)
from dingcomposer.core.payload import (
    EncodeError,
    Note,
    NoteCode,
    PayloadError,
    PayloadFault,
    body_sha256,
    encode,
    from_payload,
    size_bytes,
    to_payload,
)

ROOT = Path(__file__).parents[2]
CASES: list[dict[str, Any]] = json.loads(
    (ROOT / "tests" / "cases" / "payloads.json").read_text("utf-8")
)["cases"]
SAMPLES = ("text", "link", "markdown", "whole_jump", "independent", "feed_card")
UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"

# Every message: people are as `from_payload` leaves them, without @, commas and spaces around.
PEOPLE = st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1)).map(tuple)
AT = st.none() | st.builds(Mentions, PEOPLE, PEOPLE, st.booleans())
BUTTON = st.builds(Button, st.text(), st.text())
FLAG = st.none() | st.booleans()
MESSAGES: st.SearchStrategy[Message] = st.one_of(
    st.builds(Text, st.text(), AT),
    st.builds(Link, st.text(), st.text(), st.text(), st.none() | st.text()),
    st.builds(Markdown, st.text(), st.text(), AT),
    st.builds(
        ActionCard,
        st.text(),
        st.text(),
        BUTTON | st.lists(BUTTON).map(tuple),
        st.none() | st.sampled_from(Orientation),
        FLAG,
        AT,
    ),
    st.builds(FeedCard, st.lists(st.builds(FeedLink, st.text(), st.text(), st.text())).map(tuple)),
)

# Any JSON value, made mostly of the words that matter.
KEYS = st.sampled_from(
    (
        *("msgtype", "msgType", "text", "link", "markdown", "actionCard", "actioncard", "feedCard"),
        *("at", "At", "atMobiles", "atUserIds", "isAtAll", "content", "title", "messageUrl"),
        *("messageURL", "picUrl", "picURL", "links", "btns", "singleTitle", "singleURL"),
        *("actionURL", "btnOrientation", "hideAvatar", "msgUuid"),
    )
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.just(10**400),
    st.sampled_from(("text", "link", "markdown", "actionCard", "feedCard", "image", "0", "@1,2")),
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner) | st.dictionaries(KEYS | st.text(), inner),
    max_leaves=30,
)
BODIES = st.dictionaries(KEYS, JSON)
NEARLY = st.sampled_from(("text", "link", "markdown", "actionCard", "feedCard")).flatmap(
    lambda name: st.fixed_dictionaries(
        {"msgtype": st.just(name), name: BODIES}, optional={"at": JSON, "At": JSON, "own": JSON}
    )
)


def text(content: object = "你好", **more: object) -> dict[str, object]:
    return {"msgtype": "text", "text": {"content": content}, **more}


def card(**fields: object) -> dict[str, object]:
    return {"msgtype": "actionCard", "actionCard": {"title": "题", "text": "文", **fields}}


def read_card(action: Button | tuple[Button, ...], **more: Any) -> ActionCard:
    return ActionCard("题", "文", action, **more)


def note(code: str, path: str) -> Note:
    return Note(NoteCode(code), path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_dingtalks_own_samples_are_read_without_a_note_and_written_back_alike(
    case: dict[str, Any],
) -> None:
    reading = from_payload(case["payload"])
    assert reading.notes == ()
    assert to_payload(reading.message) == case["payload"]


def test_the_samples_that_ship_are_dingtalks_own() -> None:
    shipped = [
        json.loads((ROOT / "resources" / "samples" / f"{name}.json").read_text("utf-8"))
        for name in SAMPLES
    ]
    assert shipped == [case["payload"] for case in CASES]
    assert [kind_of(from_payload(sample).message).value for sample in shipped] == list(SAMPLES)


@given(MESSAGES)
@settings(deadline=None)
def test_every_message_survives_the_way_out_and_back(message: Message) -> None:
    written = json.loads(json.dumps(to_payload(message)))
    reading = from_payload(written)
    assert reading.message == message
    assert reading.notes == ()


@given(JSON | NEARLY)
@settings(deadline=None, max_examples=300)
@example(value={"msgtype": "text", "text": {"content": float("nan")}, "at": {"isAtAll": "maybe"}})
@example(value={1: 2, "msgtype": "text", "text": {"content": ""}})
def test_any_json_value_is_read_or_refused_and_nothing_else_happens(value: object) -> None:
    try:
        reading = from_payload(value)
    except PayloadError as error:
        assert error.reason in PayloadFault
        assert isinstance(error.path, str)
    else:
        again = from_payload(to_payload(reading.message))
        assert again.message == reading.message
        assert again.notes == ()


@pytest.mark.parametrize(
    ("at", "mentions", "notes"),
    [
        ({"atMobiles": None}, Mentions(), [("null", "at.atMobiles")]),
        ({"atMobiles": ["138", 139]}, Mentions(("138", "139")), [("number", "at.atMobiles.1")]),
        ({"atMobiles": [138.0]}, Mentions(("138",)), [("number", "at.atMobiles.0")]),
        ({"atMobiles": ["@138"]}, Mentions(("138",)), [("at_sign", "at.atMobiles.0")]),
        (
            {"atMobiles": ["138,@139，140"]},
            Mentions(("138", "139", "140")),
            [("several_in_one", "at.atMobiles.0"), ("at_sign", "at.atMobiles.0")],
        ),
        (
            {"atMobiles": "138,139"},
            Mentions(("138", "139")),
            [("not_a_list", "at.atMobiles"), ("several_in_one", "at.atMobiles.0")],
        ),
        ({"atMobiles": [" 138 "]}, Mentions(("138",)), [("spaces", "at.atMobiles.0")]),
        (
            {"atMobiles": ["", None]},
            Mentions(),
            [("empty_entry", "at.atMobiles.0"), ("empty_entry", "at.atMobiles.1")],
        ),
        (
            {"atDingtalkIds": ["u1"], "isAtAll": False},
            Mentions((), ("u1",)),
            [("at_dingtalk_ids", "at.atDingtalkIds")],
        ),
        (
            {"atUserIds": ["u1"], "atDingtalkIds": ["u1", "u2"]},
            Mentions((), ("u1", "u2")),
            [("at_dingtalk_ids", "at.atDingtalkIds")],
        ),
        ({"atUserIds": ["@u1"]}, Mentions((), ("u1",)), [("at_sign", "at.atUserIds.0")]),
        ({"atmobiles": ["138"]}, Mentions(("138",)), [("key_case", "at.atmobiles")]),
        ({"isAtAll": "false"}, Mentions(), [("boolean", "at.isAtAll")]),
        ({"isAtAll": "True"}, Mentions(is_all=True), [("boolean", "at.isAtAll")]),
        ({"isAtAll": 1}, Mentions(is_all=True), [("boolean", "at.isAtAll")]),
        ({"isAtAll": 0}, Mentions(), [("boolean", "at.isAtAll")]),
        ({"isAtAll": ""}, Mentions(), [("boolean", "at.isAtAll")]),
        ({"isAtAll": None}, Mentions(), [("null", "at.isAtAll")]),
        ({"who": ["138"], "isAtAll": True}, Mentions(is_all=True), [("unknown_key", "at.who")]),
        ({"atMobiles": [], "isAtAll": False}, Mentions(), []),
        ({}, None, [("at_empty", "at")]),
        ([], None, [("at_empty", "at")]),
        (None, None, [("at_empty", "at")]),
        ("", None, [("at_empty", "at")]),
    ],
)
def test_mentions_are_read_as_real_senders_write_them(
    at: object, mentions: Mentions | None, notes: list[tuple[str, str]]
) -> None:
    reading = from_payload(text(at=at))
    assert reading.message == Text("你好", mentions)
    assert reading.notes == tuple(note(*each) for each in notes)


@pytest.mark.parametrize(
    ("payload", "message", "notes"),
    [
        (text(msgUuid="abc"), Text("你好"), []),
        (text(msgUuid=5), Text("你好"), [("unknown_key", "msgUuid")]),
        (text(robot="mine"), Text("你好"), [("unknown_key", "robot")]),
        (text(123), Text("123"), [("number", "text.content")]),
        (text(link={}), Text("你好"), [("other_type", "link")]),
        (text(markdown={"text": "全"}), Text("你好"), [("other_type", "markdown")]),
        (
            text(At={"atMobiles": ["138"]}),
            Text("你好", Mentions(("138",))),
            [("key_case", "At")],
        ),
        (
            text(at={"isAtAll": True}, At={}),
            Text("你好", Mentions(is_all=True)),
            [("duplicate_key", "At")],
        ),
        (
            {"msgtype": "text", "text": {"content": "a", "at": {"atMobiles": ["138"]}}},
            Text("a", Mentions(("138",))),
            [("at_inside", "text.at")],
        ),
        (
            {
                "msgtype": "text",
                "text": {"content": "a", "at": {"atMobiles": ["138", "139"]}},
                "at": {"atMobiles": ["138"], "isAtAll": True},
            },
            Text("a", Mentions(("138", "139"), is_all=True)),
            [("at_inside", "text.at")],
        ),
        (
            {"msgType": "TEXT", "Text": {"Content": "a"}},
            Text("a"),
            [
                ("key_case", "msgType"),
                ("type_case", "msgtype"),
                ("key_case", "Text"),
                ("key_case", "text.Content"),
            ],
        ),
        (
            {"msgtype": "markdown", "markdown": {"content": "# 全"}},
            Markdown("", "# 全"),
            [("other_field", "markdown.content"), ("missing", "markdown.title")],
        ),
        (
            {"msgtype": "markdown", "markdown": {"text": "全", "title": None, "content": "x"}},
            Markdown("", "全"),
            [("null", "markdown.title"), ("unknown_key", "markdown.content")],
        ),
        (
            {
                "msgtype": "link",
                "link": {"title": "t", "text": "x", "messageURL": "u", "picUrl": None},
                "at": {"isAtAll": False},
            },
            Link("t", "x", "u", None),
            [
                ("at_impossible", "at"),
                ("key_case", "link.messageURL"),
                ("null", "link.picUrl"),
            ],
        ),
        (
            {"msgtype": "feedCard", "feedCard": {"links": None, "at": []}},
            FeedCard(()),
            [("at_impossible", "feedCard.at"), ("null", "feedCard.links")],
        ),
        (
            {
                "msgtype": "feedCard",
                "feedCard": {"links": [{"title": "t", "messageUrl": "u", "own": 1}]},
            },
            FeedCard((FeedLink("t", "u", ""),)),
            [
                ("key_case", "feedCard.links.0.messageUrl"),
                ("missing", "feedCard.links.0.picURL"),
                ("unknown_key", "feedCard.links.0.own"),
            ],
        ),
    ],
)
def test_what_real_senders_write_is_taken_with_notes(
    payload: object, message: Message, notes: list[tuple[str, str]]
) -> None:
    reading = from_payload(payload)
    assert reading.message == message
    assert reading.notes == tuple(note(*each) for each in notes)


ONE = [{"title": "看", "actionURL": "https://a"}]


@pytest.mark.parametrize(
    ("payload", "message", "notes"),
    [
        (card(), read_card(()), [("no_buttons", "actionCard.btns")]),
        (card(btns=[]), read_card(()), []),
        (card(btns=None), read_card(()), [("null", "actionCard.btns")]),
        (card(btns=ONE), read_card((Button("看", "https://a"),)), []),
        (
            card(btns=ONE[0]),
            read_card((Button("看", "https://a"),)),
            [("not_a_list", "actionCard.btns")],
        ),
        (
            card(btns=[{"title": "看", "actionUrl": "https://a"}]),
            read_card((Button("看", "https://a"),)),
            [("key_case", "actionCard.btns.0.actionUrl")],
        ),
        (
            card(btns=[{}]),
            read_card((Button(),)),
            [
                ("missing", "actionCard.btns.0.title"),
                ("missing", "actionCard.btns.0.actionURL"),
            ],
        ),
        (
            card(singleTitle="全文", singleURL="https://b", btns=ONE),
            read_card(Button("全文", "https://b")),
            [("buttons_ineffective", "actionCard.btns")],
        ),
        (
            card(singleTitle="", singleURL="", btns=ONE),
            read_card((Button("看", "https://a"),)),
            [
                ("single_ineffective", "actionCard.singleTitle"),
                ("single_ineffective", "actionCard.singleURL"),
            ],
        ),
        (
            card(singleTitle="全文", btns=ONE),
            read_card((Button("看", "https://a"),)),
            [("single_ineffective", "actionCard.singleTitle")],
        ),
        (
            card(singleTitle="全文"),
            read_card(Button("全文", "")),
            [("missing", "actionCard.singleURL")],
        ),
        (
            card(singleTitle="全文", singleUrl="https://b"),
            read_card(Button("全文", "https://b")),
            [("key_case", "actionCard.singleUrl")],
        ),
        (
            card(btns=[], btnOrientation=1, hideAvatar=0),
            read_card((), orientation=Orientation.HORIZONTAL, hide_avatar=False),
            [
                ("flag_spelling", "actionCard.btnOrientation"),
                ("flag_spelling", "actionCard.hideAvatar"),
            ],
        ),
        (
            card(btns=[], btnOrientation="", hideAvatar=None),
            read_card(()),
            [("flag_ignored", "actionCard.btnOrientation"), ("null", "actionCard.hideAvatar")],
        ),
        (
            card(btns=[], btnOrientation="sideways", hideAvatar=True),
            read_card((), hide_avatar=True),
            [
                ("flag_ignored", "actionCard.btnOrientation"),
                ("flag_spelling", "actionCard.hideAvatar"),
            ],
        ),
    ],
)
def test_cards_are_read_as_real_senders_write_them(
    payload: object, message: Message, notes: list[tuple[str, str]]
) -> None:
    reading = from_payload(payload)
    assert reading.message == message
    assert reading.notes == tuple(note(*each) for each in notes)


@pytest.mark.parametrize(
    ("payload", "path", "reason"),
    [
        (None, "", "not_an_object"),
        ([text()], "", "not_an_object"),
        ({}, "msgtype", "missing"),
        ({"msgtype": None}, "msgtype", "missing"),
        ({"msgtype": 1}, "msgtype", "wrong_type"),
        ({"msgtype": "image", "image": {}}, "msgtype", "unsupported"),
        ({"msgtype": "empty"}, "msgtype", "unsupported"),
        ({"msgtype": "text"}, "text", "missing"),
        ({"msgtype": "text", "text": None}, "text", "missing"),
        ({"msgtype": "text", "text": "你好"}, "text", "wrong_type"),
        ({"msgtype": "text", "text": {}}, "text.content", "missing"),
        ({"msgtype": "text", "markdown": {"text": "全"}}, "text", "other_type_filled"),
        (text(True), "text.content", "wrong_type"),
        (text(1.5), "text.content", "wrong_type"),
        (text(10**5000), "text.content", "wrong_type"),
        (text(["a"]), "text.content", "wrong_type"),
        (text(None), "text.content", "missing"),
        (text(at=["138"]), "at", "wrong_type"),
        (text(at="138"), "at", "wrong_type"),
        (text(at={"atMobiles": [True]}), "at.atMobiles.0", "wrong_type"),
        (text(at={"atMobiles": [["1"]]}), "at.atMobiles.0", "wrong_type"),
        (text(at={"atMobiles": [float("inf")]}), "at.atMobiles.0", "wrong_type"),
        (text(at={"isAtAll": "perhaps"}), "at.isAtAll", "wrong_type"),
        (text(at={"isAtAll": [1]}), "at.isAtAll", "wrong_type"),
        ({"msgtype": "markdown", "markdown": {"title": "t"}}, "markdown.text", "missing"),
        ({"msgtype": "link", "link": {"title": "t"}}, "link.text", "missing"),
        ({"msgtype": "actionCard", "actionCard": {}}, "actionCard.text", "missing"),
        (card(title=False), "actionCard.title", "wrong_type"),
        (card(btns="看"), "actionCard.btns", "wrong_type"),
        (card(btns=["看"]), "actionCard.btns.0", "wrong_type"),
        (card(btns=[{"title": {}}]), "actionCard.btns.0.title", "wrong_type"),
        ({"msgtype": "feedCard", "feedCard": {}}, "feedCard.links", "missing"),
        ({"msgtype": "feedCard", "feedCard": {"links": 3}}, "feedCard.links", "wrong_type"),
        ({"msgtype": "feedCard", "feedCard": {"links": [3]}}, "feedCard.links.0", "wrong_type"),
    ],
)
def test_what_is_no_message_is_refused_with_the_path_of_its_fault(
    payload: object, path: str, reason: str
) -> None:
    with pytest.raises(PayloadError) as caught:
        from_payload(payload)
    assert (caught.value.path, caught.value.reason) == (path, PayloadFault(reason))


def test_a_long_foreign_key_is_cut_short_in_its_note() -> None:
    (only,) = from_payload(text(**{"k" * 5000: 1})).notes
    assert only.code is NoteCode.UNKNOWN_KEY
    assert len(only.path) < 100


def test_what_was_absent_stays_absent() -> None:
    assert to_payload(Text("a")) == {"msgtype": "text", "text": {"content": "a"}}
    assert "picUrl" not in to_payload(Link("t", "x", "u"))["link"]
    assert set(to_payload(read_card(()))["actionCard"]) == {"title", "text", "btns"}
    assert to_payload(Text("a", Mentions()))["at"] == {"isAtAll": False}


def test_flags_are_written_as_strings() -> None:
    body = to_payload(read_card((), orientation=Orientation.HORIZONTAL, hide_avatar=True))
    assert body["actionCard"]["btnOrientation"] == "1"
    assert body["actionCard"]["hideAvatar"] == "1"


def test_the_body_is_raw_utf8_without_spaces_and_holds_the_uuid() -> None:
    assert encode(Text("你好 😀"), UUID) == (
        f'{{"msgtype":"text","text":{{"content":"你好 😀"}},"msgUuid":"{UUID}"}}'.encode()
    )


def test_a_nul_can_be_encoded() -> None:
    assert json.loads(encode(Text("a\0b"), UUID))["text"]["content"] == "a\0b"


@pytest.mark.parametrize(
    ("message", "path"),
    [
        (Text("a\ud800"), "text.content"),
        (read_card((Button("好", ""), Button("\udc00", ""))), "actionCard.btns.1.title"),
        (Text("a", Mentions(("1", "\udfff"))), "at.atMobiles.1"),
    ],
)
def test_half_a_character_is_refused_with_its_place(message: Message, path: str) -> None:
    with pytest.raises(EncodeError) as caught:
        encode(message, UUID)
    assert caught.value.path == path
    assert caught.value.__suppress_context__
    assert size_bytes(message) > 0


@given(MESSAGES)
@settings(deadline=None)
def test_the_size_is_that_of_the_bytes_as_sent(message: Message) -> None:
    assert size_bytes(message) == len(encode(message, UUID))


def test_half_a_character_counts_three_bytes() -> None:
    assert size_bytes(Text("\ud800")) == size_bytes(Text("abc"))


def test_keys_of_nobody_are_kept_beside_the_message_and_sent_only_with_it() -> None:
    body = {
        "msgtype": "actionCard",
        "actionCard": {
            "title": "t",
            "text": "x",
            "btns": [{"title": "a", "actionURL": "b", "id": 7}],
            "lang": None,
        },
        "at": {"isAtAll": False, "dept": ["研发"]},
        "trace": {"a": [1, 2.5, True]},
    }
    reading = from_payload(body)
    assert [one.name for one in reading.extras] == [
        "at.dept",
        "actionCard.btns.0.id",
        "actionCard.lang",
        "trace",
    ]
    assert "trace" not in to_payload(reading.message)
    assert to_payload(reading.whole) == body
    assert from_payload(to_payload(reading.whole)).whole == reading.whole
    assert b'"dept"' in encode(reading.whole, "u")
    assert body_sha256(reading.whole) != body_sha256(reading.message)


def test_a_key_of_another_type_has_no_place_and_none_is_written_over() -> None:
    extras = (
        Extra(("markdown", "lang"), '"zh"'),
        Extra(("text", "content"), '"other"'),
        Extra(("text", "x", "y"), "1"),
        Extra(("msgtype",), '"link"'),
    )
    payload = to_payload(Text("a", extras=extras))
    assert payload == {"msgtype": "text", "text": {"content": "a", "x": {"y": 1}}}
