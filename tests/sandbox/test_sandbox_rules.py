"""What a sandbox robot takes and refuses, over real HTTP."""

import hashlib
import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from dingcomposer.core.answers import FACTS, Cause, Generation, missing_field
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Credentials
from dingcomposer.sandbox.diagnosis import DiagnosisCode, Weight
from dingcomposer.sandbox.rules import Rules
from dingcomposer.sandbox.server import Exchange, PortTaken, SandboxServer
from dingcomposer.sandbox.validation import REQUIRED, is_inferred
from tests.fakes.clocks import FakeClock
from tests.fakes.sandbox_client import JSON_HEADERS, call, sign

CASES = Path(__file__).parents[1] / "cases"
TEXT = {"msgtype": "text", "text": {"content": "你好, 构建完成"}}
HOUR = timedelta(hours=1)


@dataclass
class Caller:
    """Sends to one sandbox, as a script would."""

    sandbox: SandboxServer
    clock: FakeClock

    def call(
        self,
        target: str,
        body: bytes,
        *,
        method: str = "POST",
        headers: dict[str, str] | None = None,
    ) -> tuple[http.client.HTTPResponse, bytes]:
        url = self.sandbox.url.removesuffix("/robot/send") + target
        return call(url, body, method=method, headers=JSON_HEADERS if headers is None else headers)

    def post(
        self,
        payload: object = TEXT,
        *,
        query: str = "",
        token: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, str]:
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        target = f"/robot/send?access_token={token or self.sandbox.access_token}{query}"
        response, answer = self.call(target, body, headers=headers)
        assert response.status == 200
        read = json.loads(answer)
        return read["errcode"], read["errmsg"]

    def newest(self) -> Exchange:
        return self.sandbox.exchanges()[-1]

    def now_ms(self) -> int:
        return int(self.clock.now().timestamp() * 1000)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def caller(clock: FakeClock) -> Iterator[Caller]:
    """A caller of a robot that asks for nothing but a good message."""
    with SandboxServer(secret_required=False, clock=clock.now, monotonic=clock) as sandbox:
        yield Caller(sandbox, clock)


@pytest.fixture
def signed_caller(clock: FakeClock) -> Iterator[Caller]:
    with SandboxServer(clock=clock.now, monotonic=clock) as sandbox:
        yield Caller(sandbox, clock)


def samples() -> list[Any]:
    cases = json.loads((CASES / "payloads.json").read_text(encoding="utf-8"))["cases"]
    return [pytest.param(case["payload"], id=case["name"]) for case in cases]


@pytest.mark.parametrize("payload", samples())
def test_dingtalks_own_samples_are_taken(caller: Caller, payload: object) -> None:
    assert caller.post(payload) == (0, "ok")
    newest = caller.newest()
    assert newest.is_taken
    assert newest.message is not None
    assert json.loads(newest.body) == payload


def without(payload: dict[str, Any], *path: str | int) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(payload))
    place: Any = copy
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return copy


def renamed(payload: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    text = json.dumps(payload)
    assert f'"{old}":' in text
    result: dict[str, Any] = json.loads(text.replace(f'"{old}":', f'"{new}":'))
    return result


LINK = {"msgtype": "link", "link": {"title": "t", "text": "x", "messageUrl": "https://a.example"}}
MARKDOWN = {"msgtype": "markdown", "markdown": {"title": "t", "text": "x"}}
WHOLE = {
    "msgtype": "actionCard",
    "actionCard": {
        "title": "t",
        "text": "x",
        "singleTitle": "go",
        "singleURL": "https://a.example",
    },
}
INDEPENDENT = {
    "msgtype": "actionCard",
    "actionCard": {
        "title": "t",
        "text": "x",
        "btns": [{"title": "go", "actionURL": "https://a.example"}],
    },
}
FEED = {
    "msgtype": "feedCard",
    "feedCard": {
        "links": [
            {"title": "t", "messageURL": "https://a.example", "picURL": "https://a.example/p"}
        ]
    },
}


@pytest.mark.parametrize(
    ("payload", "errcode", "field"),
    [
        (without(TEXT, "text"), 400201, "text"),
        (without(TEXT, "text", "content"), 400202, "text->content"),
        ({"msgtype": "text", "text": {"content": ""}}, 400202, "text->content"),
        ({"msgtype": "text", "text": {"content": 7}}, 400202, "text->content"),
        (renamed(TEXT, "content", "Content"), 400202, "text->content"),
        (without(LINK, "link"), 400301, "link"),
        (without(LINK, "link", "text"), 400302, "link->text"),
        (without(LINK, "link", "title"), 400303, "link->title"),
        (without(LINK, "link", "messageUrl"), 400304, "link->messageUrl"),
        (renamed(LINK, "messageUrl", "messageURL"), 400304, "link->messageUrl"),
        (without(MARKDOWN, "markdown"), 400401, "markdown"),
        (without(MARKDOWN, "markdown", "title"), 400402, "markdown->title"),
        (without(MARKDOWN, "markdown", "text"), 400403, "markdown->text"),
        (renamed(MARKDOWN, "text", "content"), 400403, "markdown->text"),
        (without(WHOLE, "actionCard"), 400501, "actionCard"),
        (renamed(WHOLE, "actionCard", "actioncard"), 400501, "actionCard"),
        (without(WHOLE, "actionCard", "text"), 400503, "actionCard->text"),
        (without(FEED, "feedCard"), 400601, "feedCard"),
        (without(FEED, "feedCard", "links"), 400602, "feedCard->links"),
        (without(FEED, "feedCard", "links", 0), 400602, "feedCard->links"),
        ({"msgtype": "feedCard", "feedCard": {"links": ["x"]}}, 400602, "feedCard->links"),
    ],
)
def test_a_field_that_is_missing_or_in_the_wrong_letter_case_is_named(
    caller: Caller, payload: object, errcode: int, field: str
) -> None:
    assert caller.post(payload) == (errcode, f"miss param : {field}")
    assert caller.newest().cause is Cause.MISSING_FIELD
    assert caller.sandbox.robot.taken() == ()


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        (without(WHOLE, "actionCard", "title"), "actionCard->title"),
        ({"msgtype": "actionCard", "actionCard": {"title": "", "text": "x"}}, "actionCard->title"),
        (without(WHOLE, "actionCard", "singleTitle"), "actionCard->singleTitle"),
        (renamed(WHOLE, "singleURL", "singleUrl"), "actionCard->singleURL"),
        (without(INDEPENDENT, "actionCard", "btns"), "actionCard->btns"),
        (without(INDEPENDENT, "actionCard", "btns", 0), "actionCard->btns"),
        (without(INDEPENDENT, "actionCard", "btns", 0, "title"), "actionCard->btns->title"),
        (renamed(INDEPENDENT, "actionURL", "actionUrl"), "actionCard->btns->actionURL"),
        (without(FEED, "feedCard", "links", 0, "title"), "feedCard->links->title"),
        (renamed(FEED, "messageURL", "messageUrl"), "feedCard->links->messageURL"),
        (renamed(FEED, "picURL", "picUrl"), "feedCard->links->picURL"),
    ],
)
def test_what_nobody_saw_refused_is_taken_and_told_as_not_known(
    caller: Caller, payload: object, field: str
) -> None:
    assert caller.post(payload) == (0, "ok")
    newest = caller.newest()
    assert newest.is_taken
    not_known = [one for one in newest.diagnoses if one.weight is Weight.NOT_KNOWN]
    assert ("path", field) in [param for one in not_known for param in one.params]


def test_every_refusal_of_a_field_was_quoted_by_somebody_or_leaves_nothing_to_post() -> None:
    quoted = {missing_field(fact.wordings[0]) for fact in FACTS}
    for msgtype, keys in REQUIRED.items():
        assert {f"{msgtype}->{key}" for key in keys} <= quoted
        assert is_inferred(msgtype) is (msgtype not in quoted)


@pytest.mark.parametrize("payload", [TEXT, LINK, MARKDOWN, WHOLE, INDEPENDENT, FEED])
def test_a_message_with_no_more_than_its_required_fields_is_taken(
    caller: Caller, payload: object
) -> None:
    assert caller.post(payload) == (0, "ok")


def test_a_single_jump_makes_the_buttons_ineffective(caller: Caller) -> None:
    card = {**WHOLE["actionCard"], "btns": [{"title": "no address"}]}  # type: ignore[dict-item]
    assert caller.post({"msgtype": "actionCard", "actionCard": card}) == (0, "ok")


@pytest.mark.parametrize("msgtype", ["Text", "actioncard", "image", "", 1, ["text"]])
def test_another_message_type_is_refused(caller: Caller, msgtype: object) -> None:
    assert caller.post({**TEXT, "msgtype": msgtype})[0] == 400105


@pytest.mark.parametrize(
    "payload",
    [{"test": "true"}, {"text": {"content": "hi"}}, {**TEXT, "msgtype": None}, {}],
)
def test_a_message_without_its_type_is_answered_as_the_server_was_quoted(
    caller: Caller, payload: object
) -> None:
    assert caller.post(payload) == (300001, "msgtype is null")
    assert caller.newest().cause is Cause.MESSAGE_TYPE


def test_a_message_type_is_not_looked_for_under_another_letter_case(caller: Caller) -> None:
    assert caller.post(renamed(TEXT, "msgtype", "msgType"))[0] == 300001


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\t", "\x0b"])
def test_raw_line_ends_inside_a_text_are_taken(caller: Caller, sign: str) -> None:
    body = f'{{"msgtype":"text","text":{{"content":"一{sign}二"}}}}'.encode()
    assert caller.post(body) == (0, "ok")
    assert caller.newest().message == Text(f"一{sign}二")
    assert [one.weight for one in caller.newest().diagnoses] == [Weight.NOT_KNOWN]


@pytest.mark.parametrize("announced", ["gbk", "GB2312", "iso-8859-1", "nonsense"])
def test_another_charset_is_remarked_on_and_read_as_utf_8(caller: Caller, announced: str) -> None:
    headers = {"Content-Type": f"application/json; charset={announced}"}
    assert caller.post(json.dumps(TEXT, ensure_ascii=False).encode(), headers=headers)[0] == 0
    assert caller.newest().message == Text("你好, 构建完成")
    (only,) = caller.newest().diagnoses
    assert (only.code, dict(only.params)) == (DiagnosisCode.CHARSET_OTHER, {"charset": announced})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"[]",
        b'"text"',
        b"{'msgtype':'text'}",
        b'{"msgtype":"text","text":{"content":NaN}}',
        "{}".encode("utf-16"),
        b"\xef\xbb\xbf{}",
        b"\xff\xfe",
        b"[" * 19_000,
    ],
)
def test_a_body_that_is_no_json_object_is_refused(caller: Caller, body: bytes) -> None:
    assert caller.post(body)[0] == 40035
    assert caller.newest().cause is Cause.NOT_JSON


@pytest.mark.parametrize("over", [0, 1])
def test_20_000_bytes_are_taken_and_one_more_is_not(caller: Caller, over: int) -> None:
    frame = len(json.dumps({"msgtype": "text", "text": {"content": ""}}))
    payload = {"msgtype": "text", "text": {"content": "x" * (20_000 - frame + over)}}
    assert len(json.dumps(payload)) == 20_000 + over
    assert caller.post(payload)[0] == (460101 if over else 0)
    assert caller.newest().body_bytes == 20_000 + over


def test_a_body_of_two_megabytes_is_read_to_its_end_and_remembered_in_part(caller: Caller) -> None:
    assert caller.post(b"x" * 2_000_000)[0] == 460101
    newest = caller.newest()
    assert newest.body_bytes == 2_000_000
    assert len(newest.body) == 32_768
    assert newest.is_cut


def test_a_body_in_chunks_is_read(caller: Caller) -> None:
    body = json.dumps(TEXT).encode()
    connection = http.client.HTTPConnection(urlsplit(caller.sandbox.url).netloc, timeout=10)
    connection.request(
        "POST",
        f"/robot/send?access_token={caller.sandbox.access_token}",
        iter([body[:10], body[10:]]),
        JSON_HEADERS,
        encode_chunked=True,
    )
    assert json.loads(connection.getresponse().read())["errcode"] == 0
    connection.close()
    assert caller.newest().body == body


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "", None]
)
def test_another_content_type_is_refused(caller: Caller, content_type: str | None) -> None:
    headers = {} if content_type is None else {"Content-Type": content_type}
    assert caller.post(headers=headers)[0] == 43004


@pytest.mark.parametrize("content_type", ["application/json", "Application/JSON;charset=UTF-8"])
def test_json_may_be_announced_in_several_ways(caller: Caller, content_type: str) -> None:
    assert caller.post(headers={"Content-Type": content_type})[0] == 0


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_post_is_accepted(caller: Caller, method: str) -> None:
    target = f"/robot/send?access_token={caller.sandbox.access_token}"
    _, answer = caller.call(target, json.dumps(TEXT).encode(), method=method)
    assert json.loads(answer) == {"errcode": 43002, "errmsg": "需要POST请求"}


def test_a_head_request_has_no_body(caller: Caller) -> None:
    response, answer = caller.call("/robot/send", b"", method="HEAD")
    assert (response.status, answer) == (200, b"")


@pytest.mark.parametrize("path", ["/", "/robot/send/", "/robot/sent", "/v1/robot/send"])
def test_another_path_is_refused(caller: Caller, path: str) -> None:
    token = caller.sandbox.access_token
    _, answer = caller.call(f"{path}?access_token={token}", json.dumps(TEXT).encode())
    assert json.loads(answer)["errcode"] == 404


@pytest.mark.parametrize("path", ["/", "/robot/send"])
def test_a_get_without_a_token_tells_the_servers_time(caller: Caller, path: str) -> None:
    response, _ = caller.call(path, b"", method="GET", headers={})
    assert parsedate_to_datetime(response.headers["Date"]) == caller.clock.now()


@pytest.mark.parametrize("query", ["", "?", "?access_token=", "?Access_Token=1"])
def test_a_call_without_a_token_is_told_so(caller: Caller, query: str) -> None:
    _, answer = caller.call(f"/robot/send{query}", json.dumps(TEXT).encode())
    assert json.loads(answer) == {"errcode": 40035, "errmsg": "缺少参数 access_token"}


def test_a_wrong_token_is_refused(caller: Caller) -> None:
    assert caller.post(token=caller.sandbox.access_token[:-1]) == (300005, "token is not exist")
    assert caller.newest().robot == ""


@pytest.mark.parametrize("case", json.loads((CASES / "signatures.json").read_text())["cases"])
def test_the_known_signatures_are_accepted_encoded_once(case: dict[str, Any]) -> None:
    at = datetime.fromtimestamp(case["timestamp_ms"] / 1000, UTC)
    credentials = Credentials("t" * 64, case["secret"])
    with SandboxServer(credentials=credentials, clock=lambda: at) as sandbox:
        caller = Caller(sandbox, FakeClock())
        query = f"&timestamp={case['timestamp_ms']}&sign="
        assert caller.post(query=query + case["quoted"]) == (0, "ok")
        twice = quote(case["quoted"], safe="")
        assert caller.post(query=query + twice) == (310000, "sign not match")


def test_a_signature_that_is_not_encoded_fails_by_its_plus(signed_caller: Caller) -> None:
    timestamp = next(
        at
        for at in range(signed_caller.now_ms(), signed_caller.now_ms() + 1000)
        if "+" in sign(signed_caller.sandbox.secret, at)
    )
    raw = sign(signed_caller.sandbox.secret, timestamp)
    query = f"&timestamp={timestamp}&sign="
    assert signed_caller.post(query=query + raw) == (310000, "sign not match")
    assert signed_caller.post(query=query + quote(raw, safe="")) == (0, "ok")


@pytest.mark.parametrize(
    ("off", "is_taken"),
    [(HOUR, True), (-HOUR, True), (HOUR * 1.001, False), (HOUR * -1.001, False)],
)
def test_a_timestamp_may_be_an_hour_off(
    signed_caller: Caller, off: timedelta, is_taken: bool
) -> None:
    timestamp = signed_caller.now_ms() + int(off.total_seconds() * 1000)
    made = quote(sign(signed_caller.sandbox.secret, timestamp), safe="")
    answer = signed_caller.post(query=f"&timestamp={timestamp}&sign={made}")
    assert answer == ((0, "ok") if is_taken else (310000, "invalid timestamp"))


@pytest.mark.parametrize("form", ["{seconds}", "{ms}.0", "-{ms}", "abc", "٣{ms}", "9" * 30])
def test_a_timestamp_in_another_form_is_invalid(signed_caller: Caller, form: str) -> None:
    ms = signed_caller.now_ms()
    timestamp = form.format(seconds=ms // 1000, ms=ms)
    made = quote(sign(signed_caller.sandbox.secret, timestamp), safe="")
    answer = signed_caller.post(query=f"&timestamp={quote(timestamp)}&sign={made}")
    assert answer == (310000, "invalid timestamp")


def test_a_signature_is_asked_for_in_the_query_only(signed_caller: Caller) -> None:
    timestamp = signed_caller.now_ms()
    made = sign(signed_caller.sandbox.secret, timestamp)
    assert signed_caller.post() == (310000, "sign not match")
    assert signed_caller.post(query=f"&timestamp={timestamp}") == (310000, "sign not match")
    headers = {**JSON_HEADERS, "timestamp": str(timestamp), "sign": made}
    assert signed_caller.post(headers=headers) == (310000, "sign not match")


@pytest.mark.parametrize(
    "body",
    [
        '{{"msgtype":"text","text":{{"content":"好"}},"timestamp":"1","sign":"{sign}"}}',
        '{{"sign" : "{sign}", "secret": "{secret}", "access_token":"{token}"}}',
        "{{'sign': '{sign}', 'token': '{other}'}}",
        '{{"msgtype":"text","text":{{"content":"{{\\"sign\\": \\"{sign}\\"}}"}}}}',
        "timestamp=1&sign={quoted}&access_token={token}",
        '{{"Sign":"{slashes}","signature":"{sign}"}}',
        '{{"msgtype":"text","text":{{"content":"{secret} {sign} {token}"}}}}',
        '{{"msgtype":"link","link":{{"messageUrl":"https://x.cn/?a=1&sign={quoted}"}}}}',
        '{{"sign":"{sign}',
    ],
)
def test_no_signature_stands_in_what_is_kept_of_a_body(signed_caller: Caller, body: str) -> None:
    sandbox = signed_caller.sandbox
    ms = int(signed_caller.clock.now().timestamp() * 1000)
    signature = sign(sandbox.secret, ms)
    words = {
        "sign": signature,
        "quoted": quote(signature, safe=""),
        "slashes": signature.replace("/", "\\/"),
        "secret": sandbox.secret,
        "token": sandbox.access_token,
        "other": "0ther" * 8,
    }
    filled = body.format(**words)
    signed_caller.post(filled.encode(), query=f"&timestamp={ms}&sign={words['quoted']}")
    exchange = signed_caller.newest()
    kept = exchange.body.decode()
    assert "…" in kept
    assert not [name for name, word in words.items() if word in kept]
    assert (exchange.body_bytes, exchange.is_cut) == (len(filled.encode()), False)


@pytest.mark.parametrize(
    "content",
    [
        "Signature: ____________________",
        "design=modern-architecture-2026",
        "签名 sign: 请在此处签字",
    ],
)
def test_words_that_only_look_like_a_signature_stay_byte_for_byte(
    caller: Caller, content: str
) -> None:
    body = json.dumps({"msgtype": "text", "text": {"content": content}}).encode()
    caller.post(body)
    assert caller.newest().body == body


def test_a_signature_by_another_secret_does_not_match(signed_caller: Caller) -> None:
    timestamp = signed_caller.now_ms()
    made = quote(sign(signed_caller.sandbox.secret + " ", timestamp), safe="")
    answer = signed_caller.post(query=f"&timestamp={timestamp}&sign={made}")
    assert answer == (310000, "sign not match")
    assert signed_caller.newest().cause is Cause.SIGNATURE


@pytest.mark.parametrize(
    ("payload", "is_taken"),
    [
        ({"msgtype": "text", "text": {"content": "一条通知"}}, True),
        ({"msgtype": "text", "text": {"content": "alert"}}, True),
        ({"msgtype": "text", "text": {"content": "Alert"}}, False),
        ({"msgtype": "text", "text": {"content": "x"}, "markdown": {"title": "通知"}}, False),
        ({**MARKDOWN, "markdown": {"title": "通知", "text": "x"}}, True),
        ({**LINK, "link": {"title": "t", "text": "x", "messageUrl": "https://通知"}}, False),
        (renamed(FEED, "title", "title"), False),
        (
            {
                "msgtype": "feedCard",
                "feedCard": {"links": [{"title": "通知", "messageURL": "u", "picURL": "p"}]},
            },
            True,
        ),
    ],
)
def test_one_of_the_keywords_must_stand_in_a_title_or_text(
    caller: Caller, payload: object, is_taken: bool
) -> None:
    caller.sandbox.rules = replace(caller.sandbox.rules, keywords=("通知", "alert"))
    answer = caller.post(payload)
    assert answer == ((0, "ok") if is_taken else (310000, "keywords not in content"))


@pytest.mark.parametrize(
    ("addresses", "is_taken"),
    [
        ((), True),
        (("127.0.0.1",), True),
        (("203.0.113.7", "127.0.0.0/8"), True),
        (("203.0.113.0/24",), False),
        (("not an address",), False),
    ],
)
def test_an_address_list_lets_only_its_own_in(
    caller: Caller, addresses: tuple[str, ...], is_taken: bool
) -> None:
    caller.sandbox.rules = replace(caller.sandbox.rules, addresses=addresses)
    answer = caller.post()
    assert answer == ((0, "ok") if is_taken else (310000, "ip 127.0.0.1 not in whitelist"))


def test_the_21st_message_within_a_minute_starts_ten_minutes_of_rest(caller: Caller) -> None:
    for _ in range(20):
        assert caller.post()[0] == 0
        caller.clock.now_s += 2.9
    assert caller.post() == (130101, "send too fast, exceed 20 times per minute")
    caller.clock.now_s += 599
    assert caller.post()[0] == 130101
    caller.clock.now_s += 1
    assert caller.post()[0] == 0


def test_the_minute_slides(caller: Caller) -> None:
    for _ in range(19):
        assert caller.post()[0] == 0
    caller.clock.now_s += 59
    assert caller.post()[0] == 0
    caller.clock.now_s += 1
    for _ in range(19):
        assert caller.post()[0] == 0
    assert caller.post()[0] == 130101


def test_what_is_refused_does_not_count_for_the_pace(caller: Caller) -> None:
    for _ in range(25):
        assert caller.post({"msgtype": "text"})[0] == 400201
    assert caller.post()[0] == 0


def test_lifting_the_pace_ends_a_rest(caller: Caller) -> None:
    caller.sandbox.rules = replace(caller.sandbox.rules, pace_per_minute=1)
    assert [caller.post()[0] for _ in range(2)] == [0, 130101]
    caller.sandbox.rules = replace(caller.sandbox.rules, pace_per_minute=None)
    assert [caller.post()[0] for _ in range(3)] == [0, 0, 0]


def test_a_repeated_msg_uuid_is_answered_and_not_added_again(caller: Caller) -> None:
    payload = {**TEXT, "msgUuid": "one"}
    assert [caller.post(payload) for _ in range(3)] == [(0, "ok")] * 3
    assert [(e.is_taken, e.is_repeat) for e in caller.sandbox.exchanges()] == [
        (True, False),
        (False, True),
        (False, True),
    ]
    (taken,) = caller.sandbox.robot.taken()
    assert (taken.msg_uuid, taken.calls) == ("one", 3)
    assert taken.body_sha256 == hashlib.sha256(json.dumps(payload).encode()).hexdigest()
    assert caller.newest().message == Text("你好, 构建完成")


def test_a_refused_msg_uuid_may_be_sent_again(caller: Caller) -> None:
    assert caller.post({"msgtype": "text", "msgUuid": "one"})[0] == 400201
    assert caller.post({**TEXT, "msgUuid": "one"})[0] == 0
    assert caller.newest().is_taken


def test_messages_without_msg_uuid_are_all_taken(caller: Caller) -> None:
    for payload in (TEXT, TEXT, {**TEXT, "msgUuid": ""}, {**TEXT, "msgUuid": 7}):
        caller.post(payload)
    assert [taken.calls for taken in caller.sandbox.robot.taken()] == [1, 1, 1, 1]


def test_51_people_are_let_through(caller: Caller) -> None:
    at = {"atMobiles": [str(13_800_000_000 + n) for n in range(51)]}
    assert caller.post({**TEXT, "at": at}) == (0, "ok")


def test_robots_of_one_server_have_rules_groups_and_paces_of_their_own(caller: Caller) -> None:
    twin = caller.sandbox.add_robot(
        "twin", Rules(keywords=("通知",), secret_required=False, pace_per_minute=1)
    )
    assert caller.post(token=twin.access_token)[0] == 310000
    twin.rules = replace(twin.rules, keywords=())
    payload = {**TEXT, "msgUuid": "one"}
    assert caller.post(payload, token=twin.access_token)[0] == 0
    assert caller.post(payload)[0] == 0
    assert caller.post(token=twin.access_token)[0] == 130101
    assert caller.post()[0] == 0
    assert [exchange.robot for exchange in caller.sandbox.exchanges()] == [
        "twin",
        "twin",
        "Sandbox",
        "twin",
        "Sandbox",
    ]
    caller.sandbox.remove_robot(twin)
    assert caller.post(token=twin.access_token)[0] == 300005
    assert caller.sandbox.robots == (caller.sandbox.robot,)


def test_answers_can_be_worded_as_the_later_servers_do(caller: Caller) -> None:
    caller.sandbox.rules = replace(
        caller.sandbox.rules, keywords=("通知",), generation=Generation.CHINESE
    )
    errcode, errmsg = caller.post()
    assert errcode == 310000
    assert errmsg.startswith("错误描述:关键词不匹配;解决方案:")
    assert caller.post({"msgtype": "text", "text": {"content": "通知"}}) == (0, "ok")


def test_each_exchange_is_reported_before_its_answer_leaves(caller: Caller) -> None:
    reported: list[Exchange] = []
    caller.sandbox.on_exchange = reported.append
    caller.post()
    assert tuple(reported) == caller.sandbox.exchanges()
    newest = reported[0]
    assert (newest.number, newest.method, newest.path) == (1, "POST", "/robot/send")
    assert newest.at == caller.clock.now()
    assert (newest.http_status, newest.errcode, newest.errmsg) == (200, 0, "ok")
    assert ("Content-Type", "application/json; charset=utf-8") in newest.headers


def test_only_the_newest_exchanges_are_kept_while_counting_goes_on() -> None:
    with SandboxServer(secret_required=False, kept=2) as sandbox:
        caller = Caller(sandbox, FakeClock())
        for _ in range(3):
            caller.post()
        assert [exchange.number for exchange in sandbox.exchanges()] == [2, 3]
        assert len(sandbox.robot.taken()) == 3


def test_no_exchange_and_no_repr_holds_a_secret(signed_caller: Caller) -> None:
    sandbox = signed_caller.sandbox
    timestamp = signed_caller.now_ms()
    made = sign(sandbox.secret, timestamp)
    once, twice = quote(made, safe=""), quote(quote(made, safe=""), safe="")
    headers = {
        **JSON_HEADERS,
        "sign": made,
        "Authorization": sandbox.access_token,
        "Referer": f"{sandbox.url}?access_token={sandbox.access_token}",
        "X-Secret": sandbox.secret,
    }
    signed_caller.post(query=f"&timestamp={timestamp}&sign={once}", headers=headers)
    signed_caller.post(query=f"&timestamp={made}&sign={twice}&{once}=1")
    signed_caller.post(token=quote(f"{sandbox.url}?access_token={sandbox.access_token}"))
    signed_caller.call(f"/{sandbox.access_token}?ACCESS_TOKEN={sandbox.access_token}", b"")

    first = sandbox.exchanges()[0]
    assert first.errcode == 0
    assert first.query == f"access_token=…&timestamp={timestamp}&sign=…"
    shown = repr((sandbox.exchanges(), sandbox, sandbox.robots))
    for canary in (sandbox.access_token, sandbox.secret, made, once, twice):
        assert canary not in shown


def test_tokens_and_secrets_are_made_anew_for_each_server() -> None:
    first, second = SandboxServer(), SandboxServer()
    assert first.access_token != second.access_token
    assert first.secret != second.secret
    assert len(bytes.fromhex(first.access_token)) == 32
    assert first.secret.startswith("SEC")


def test_a_port_that_is_taken_is_told_apart() -> None:
    with SandboxServer() as sandbox:
        port = urlsplit(sandbox.url).port or 0
        with pytest.raises(PortTaken) as caught:
            SandboxServer(port=port).start()
    assert caught.value.port == port


def test_a_stopped_server_can_be_started_again_on_its_port() -> None:
    with SandboxServer(secret_required=False) as first:
        port = urlsplit(first.url).port or 0
    sandbox = SandboxServer(secret_required=False, port=port)
    caller = Caller(sandbox, FakeClock())
    for _ in range(2):
        sandbox.start()
        sandbox.start()
        assert urlsplit(sandbox.url).port == port
        assert caller.post()[0] == 0
        sandbox.stop()
        sandbox.stop()
        with pytest.raises(ConnectionRefusedError):
            caller.post()
    assert len(sandbox.exchanges()) == 2
