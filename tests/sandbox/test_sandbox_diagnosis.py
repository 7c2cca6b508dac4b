"""What the sandbox says of the mistakes of real clients, over real HTTP."""

import base64
import gzip
import hashlib
import hmac
import http.client
import json
import re
import socket
import ssl
import string
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dingcomposer import USER_AGENT
from dingcomposer.sandbox.diagnosis import (
    Diagnosis,
    DiagnosisCode,
    Keys,
    Known,
    Moment,
    Weight,
    diagnose,
)
from dingcomposer.sandbox.diagnosis.codes import diagnosis
from dingcomposer.sandbox.diagnosis.sentences import (
    SENTENCES,
    to_sentence,
    to_span,
)
from dingcomposer.sandbox.rules import Group, Received, Rules, check_request
from dingcomposer.sandbox.server import Exchange, SandboxServer

CASES = Path(__file__).parents[1] / "cases"
NOW = datetime(2026, 8, 22, 9, 0, tzinfo=UTC)
NOW_MS = int(NOW.timestamp() * 1000)
JSON_TYPE = "application/json; charset=utf-8"
TEXT = {"msgtype": "text", "text": {"content": "你好"}}
C = DiagnosisCode


@dataclass
class Client:
    """A script of somebody's, with a mistake in it."""

    sandbox: SandboxServer

    def call(
        self,
        body: bytes | object = TEXT,
        query: str = "",
        *,
        token: str | None = None,
        path: str = "/robot/send",
        method: str = "POST",
        headers: dict[str, str] | None = None,
    ) -> Exchange:
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        connection = http.client.HTTPConnection(urlsplit(self.sandbox.url).netloc, timeout=10)
        token = quote(self.sandbox.access_token if token is None else token, safe="?=&:/;$")
        sent = {"Content-Type": JSON_TYPE} if headers is None else headers
        connection.request(method, f"{path}?access_token={token}{query}", raw, sent)
        connection.getresponse().read()
        connection.close()
        return self.sandbox.exchanges()[-1]

    def codes(self, *args: Any, **options: Any) -> list[DiagnosisCode]:
        return [one.code for one in self.call(*args, **options).diagnoses]

    def signed(self, sign: str, timestamp: int | str = NOW_MS) -> list[DiagnosisCode]:
        """What is said of a signature that stands in the query as it is handed in."""
        return self.codes(query=f"&timestamp={timestamp}&sign={sign}")


def mac(key: str, text: str, name: str = "sha256") -> bytes:
    return hmac.new(key.encode(), text.encode(), name).digest()


def as_base64(digest: bytes) -> str:
    return base64.b64encode(digest).decode()


@pytest.fixture
def client() -> Iterator[Client]:
    """Of a robot that asks for nothing but a good message."""
    with SandboxServer(secret_required=False, clock=lambda: NOW) as sandbox:
        yield Client(sandbox)


@pytest.fixture
def signing() -> Iterator[Client]:
    """Of a robot that asks for a signature."""
    with SandboxServer(clock=lambda: NOW) as sandbox:
        yield Client(sandbox)


def time_with(secret: str, pattern: str) -> int:
    """A timestamp whose signature is such a one."""
    return next(
        at
        for at in range(NOW_MS, NOW_MS + 50_000)
        if re.search(pattern, as_base64(mac(secret, f"{at}\n{secret}")))
    )


# --- the signature --------------------------------------------------------------------------------


def test_of_a_right_request_nothing_is_said(signing: Client) -> None:
    secret = signing.sandbox.secret
    assert signing.signed(quote(as_base64(mac(secret, f"{NOW_MS}\n{secret}")), safe="")) == []
    assert signing.sandbox.exchanges()[-1].is_taken


def test_a_signature_that_was_encoded_twice_is_told(signing: Client) -> None:
    secret = signing.sandbox.secret
    once = quote_plus(as_base64(mac(secret, f"{NOW_MS}\n{secret}")))
    assert signing.signed(quote_plus(once)) == [C.SIGN_ENCODED_TWICE]
    assert signing.signed(quote_plus(quote_plus(once))) == [C.SIGN_ENCODED_TWICE]
    assert signing.sandbox.exchanges()[-1].errmsg == "sign not match"


@pytest.mark.parametrize("place", [r"^[^+]+\+", r"^\+[^+]+$", r"^\+[^+]*\+"])
def test_a_plus_that_was_not_encoded_is_told_wherever_it_stands(
    signing: Client, client: Client, place: str
) -> None:
    """At the very beginning it comes as a blank before the signature."""
    secret = signing.sandbox.secret
    at = time_with(secret, place)
    sign = as_base64(mac(secret, f"{at}\n{secret}"))
    assert signing.signed(sign, at) == [C.SIGN_PLUS]
    assert signing.signed(f"{sign}%0A", at) == [C.SIGN_SPACES, C.SIGN_PLUS]
    assert client.signed(sign, at) == [C.SIGN_PLUS]


def ways(secret: str) -> dict[str, tuple[str, list[DiagnosisCode]]]:
    """Signatures as public clients make them by mistake, and what is to be said of each."""
    right = f"{NOW_MS}\n{secret}"
    digest = mac(secret, right)
    key_and_text = {
        "swapped": (right, secret, [C.SIGN_SWAPPED]),
        "feishu": (right, "", [C.SIGN_FEISHU]),
        "timestamp": (secret, str(NOW_MS), [C.SIGN_TEXT_TIMESTAMP_ONLY]),
        "secret": (secret, secret, [C.SIGN_TEXT_SECRET_ONLY]),
        "echo": (secret, f"{right}\n", [C.SIGN_TEXT_LINE_END]),
        "backslash": (secret, f"{NOW_MS}\\n{secret}", [C.SIGN_TEXT_BACKSLASH_N]),
        "no-line-end": (secret, f"{NOW_MS}{secret}", [C.SIGN_TEXT_NO_LINE_END]),
        "crlf": (secret, f"{NOW_MS}\r\n{secret}", [C.SIGN_TEXT_CRLF]),
        "reversed": (secret, f"{secret}\n{NOW_MS}", [C.SIGN_TEXT_REVERSED]),
        "body": (secret, json.dumps(TEXT, ensure_ascii=False), [C.SIGN_TEXT_BODY]),
        "line-end-in-key": (f"{secret}\n", f"{right}\n", [C.SIGN_KEY_SPACES]),
        "space-before": (f" {secret}", f"{NOW_MS}\n {secret}", [C.SIGN_KEY_SPACES]),
        "no-prefix": (secret[3:], f"{NOW_MS}\n{secret[3:]}", [C.SIGN_KEY_NO_PREFIX]),
        "upper": (secret.upper(), right.upper(), [C.SIGN_KEY_CASE]),
        "empty-key": ("", right, [C.SIGN_KEY_EMPTY]),
        "other": ("SECother", f"{NOW_MS}\nSECother", [C.SIGN_OTHER_SECRET]),
        "seconds": (secret, f"{NOW_MS // 1000}\n{secret}", [C.SIGN_OTHER_UNIT]),
        "clock-read-twice": (secret, f"{NOW_MS - 3}\n{secret}", [C.SIGN_OTHER_TIMESTAMP]),
    }
    made = {
        name: (as_base64(mac(key, text)), codes)
        for name, (key, text, codes) in key_and_text.items()
    }
    return made | {
        "hex": (digest.hex(), [C.SIGN_HEX]),
        "upper-hex": (digest.hex().upper(), [C.SIGN_HEX]),
        "base64-of-hex": (as_base64(digest.hex().encode()), [C.SIGN_BASE64_OF_HEX]),
        "no-padding": (as_base64(digest).rstrip("="), [C.SIGN_NO_PADDING]),
        "line-end": (as_base64(digest) + "\n", [C.SIGN_SPACES]),
        "quotes": (f'"{as_base64(digest)}"', [C.SIGN_QUOTES]),
        "sha1": (as_base64(mac(secret, right, "sha1")), [C.SIGN_HASH]),
        "md5-hex": (mac(secret, right, "md5").hex(), [C.SIGN_HEX, C.SIGN_HASH]),
        "plain-hash": (as_base64(hashlib.sha256(right.encode()).digest()), [C.SIGN_NOT_HMAC]),
        "hex-and-backslash": (
            mac(secret, f"{NOW_MS}\\n{secret}").hex(),
            [C.SIGN_HEX, C.SIGN_TEXT_BACKSLASH_N],
        ),
        "the-secret": (secret, [C.SIGN_IS_SECRET]),
        "variable": ("${sign}", [C.SIGN_IS_VARIABLE]),
        "nonsense": ("abc=", [C.SIGN_MALFORMED]),
    }


@pytest.mark.parametrize("name", ways("SECx"))
def test_a_wrong_signature_is_proven_by_making_it_anew(signing: Client, name: str) -> None:
    sign, codes = ways(signing.sandbox.secret)[name]
    assert signing.signed(quote(sign, safe="")) == codes
    newest = signing.sandbox.exchanges()[-1]
    assert newest.errmsg == "sign not match"
    assert all(one.weight is Weight.WRONG for one in newest.diagnoses)


def test_the_other_base64_is_told(signing: Client) -> None:
    secret = signing.sandbox.secret
    at = time_with(secret, "/")
    sign = base64.urlsafe_b64encode(mac(secret, f"{at}\n{secret}")).decode()
    assert signing.signed(quote(sign, safe=""), at) == [C.SIGN_URL_SAFE]


def test_the_token_as_the_key_is_told(signing: Client) -> None:
    token = signing.sandbox.access_token
    sign = as_base64(mac(token, f"{NOW_MS}\n{token}"))
    assert signing.signed(quote(sign, safe="")) == [C.SIGN_KEY_IS_TOKEN]


def test_the_secret_of_another_robot_is_told_by_its_name(signing: Client) -> None:
    other = signing.sandbox.add_robot("运维", Rules())
    sign = as_base64(mac(other.secret, f"{NOW_MS}\n{other.secret}"))
    assert signing.signed(quote(sign, safe="")) == [C.SIGN_OTHER_ROBOT]
    assert "运维" in to_sentence(signing.sandbox.exchanges()[-1].diagnoses[0])


def test_a_signature_beside_the_query_is_found(signing: Client) -> None:
    assert signing.codes() == [C.SIGN_MISSING, C.TIMESTAMP_MISSING]
    assert signing.codes({**TEXT, "timestamp": NOW_MS, "sign": "x"}) == [C.SIGN_IN_BODY] * 2
    headers = {"Content-Type": JSON_TYPE, "X-Timestamp": "1", "Sign": "x"}
    assert signing.codes(headers=headers) == [C.SIGN_IN_HEADER] * 2
    assert signing.codes(query="&Sign=x&timeStamp=1") == [C.SIGN_NAME] * 2
    assert signing.codes(query="&amp;timestamp=1&amp;sign=x") == [C.SIGN_NAME] * 2
    assert "the body holds one" in said(signing.call({**TEXT, "sign": "x"}))


def test_a_webhook_that_was_signed_already_is_told(signing: Client) -> None:
    secret = signing.sandbox.secret
    sign = quote(as_base64(mac(secret, f"{NOW_MS}\n{secret}")), safe="")
    old = f"&timestamp={NOW_MS - 7_200_000}&sign={sign}"
    codes = signing.codes(query=f"{old}&timestamp={NOW_MS}&sign={sign}")
    assert codes[:2] == [C.SIGN_TWICE, C.TIMESTAMP_OLD]


@pytest.mark.parametrize(
    ("timestamp", "code", "words"),
    [
        (NOW_MS // 1000, C.TIMESTAMP_SECONDS, "in seconds"),
        (NOW_MS * 1000, C.TIMESTAMP_TOO_FINE, "microseconds"),
        (NOW_MS * 1_000_000, C.TIMESTAMP_TOO_FINE, "nanoseconds"),
        (NOW_MS - 3_900_000, C.TIMESTAMP_OLD, "1 h 5 min old; at most 1 h"),
        (NOW_MS + 2 * 86_400_000, C.TIMESTAMP_AHEAD, "2 d ahead"),
        ("2026-08-22", C.TIMESTAMP_NO_NUMBER, "digits alone"),
        (f"{NOW_MS}.5", C.TIMESTAMP_NO_NUMBER, "digits alone"),
    ],
)
def test_a_wrong_time_is_told_with_how_far_it_is_off(
    signing: Client, timestamp: int | str, code: DiagnosisCode, words: str
) -> None:
    secret = signing.sandbox.secret
    sign = quote(as_base64(mac(secret, f"{timestamp}\n{secret}")), safe="")
    assert signing.signed(sign, timestamp) == [code]
    newest = signing.sandbox.exchanges()[-1]
    assert newest.errmsg == "invalid timestamp"
    assert words in said(newest)


def test_what_shows_without_the_secret_is_told_where_no_signature_is_asked_for(
    client: Client,
) -> None:
    assert client.codes(query="&timestamp=1755853200&sign=a%252Bb%253D") == [
        C.SIGN_ENCODED_TWICE,
        C.TIMESTAMP_SECONDS,
    ]
    assert client.codes(query=f"&timestamp={NOW_MS}&sign=a+b%3D") == [C.SIGN_PLUS]
    assert client.codes(query=f"&timestamp={NOW_MS}&sign=a%2Bb%3D") == []


# --- the call -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "code"),
    [
        ("{token}\n", C.TOKEN_SPACES),
        (" {token}", C.TOKEN_SPACES),
        ('"{token}"', C.TOKEN_QUOTES),
        ("https://oapi.dingtalk.com/robot/send?access_token={token}", C.TOKEN_IS_URL),
        ("access_token={token}", C.TOKEN_IS_URL),
        ("SEC0123456789", C.TOKEN_IS_SECRET),
        ("${{DINGTALK_TOKEN}}", C.TOKEN_IS_VARIABLE),
        ("<your token>", C.TOKEN_IS_VARIABLE),
        ("{upper}", C.TOKEN_CASE),
        ("{half}", C.TOKEN_CUT),
        ("{token}abc", C.TOKEN_LONG),
        ("{token},{token}", C.TOKEN_TWICE),
        ("{token}?timestamp=1", C.TOKEN_RUNS_ON),
        ("{token}×tamp=1", C.TOKEN_RUNS_ON),
        ("0123456789", C.TOKEN_UNKNOWN),
        ("", C.TOKEN_MISSING),
    ],
)
def test_a_token_that_names_no_robot_is_explained(
    client: Client, make: str, code: DiagnosisCode
) -> None:
    token = client.sandbox.access_token
    if not re.search("[a-f]", token):
        pytest.skip("a token without letters has no letter case")
    wrong = make.format(token=token, upper=token.upper(), half=token[:32])
    assert client.codes(token=wrong) == [code]
    newest = client.sandbox.exchanges()[-1]
    assert not newest.is_taken
    assert token[:32] not in repr(newest)


def test_a_token_in_another_place_is_found(client: Client) -> None:
    assert client.codes(token="", query="&token=x") == [C.TOKEN_NAME]
    assert client.codes({**TEXT, "access_token": "x"}, token="") == [C.TOKEN_IN_BODY]
    headers = {"Content-Type": JSON_TYPE, "Authorization": "Bearer x"}
    assert client.codes(token="", headers=headers) == [C.TOKEN_IN_HEADER]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/robot/send/", C.PATH_SLASH),
        ("/robot//send", C.PATH_SLASH),
        ("/robot/send/robot/send", C.PATH_DOUBLED),
        ("/robot/send&x=1", C.PATH_NO_QUESTION_MARK),
        ("/robot/sent", C.PATH_WRONG),
    ],
)
def test_another_path_is_explained(client: Client, path: str, code: DiagnosisCode) -> None:
    assert client.codes(path=path) == [code]


@pytest.mark.parametrize(
    ("method", "body", "code"),
    [
        ("GET", b"", C.METHOD_NOT_POST),
        ("GET", b"{}", C.METHOD_GET_WITH_BODY),
        ("OPTIONS", b"", C.METHOD_PREFLIGHT),
        ("PUT", TEXT, C.METHOD_NOT_POST),
    ],
)
def test_another_method_is_explained(
    client: Client, method: str, body: object, code: DiagnosisCode
) -> None:
    assert client.codes(body, method=method)[0] == code


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_whoever_only_looks_whether_a_server_is_there_did_nothing_wrong(
    client: Client, method: str
) -> None:
    for path in ("/", "/favicon.ico"):
        connection = http.client.HTTPConnection(urlsplit(client.sandbox.url).netloc, timeout=10)
        connection.request(method, path)
        connection.getresponse().read()
        connection.close()
        (said,) = client.sandbox.exchanges()[-1].diagnoses
        assert (said.code, said.weight) == (C.ONLY_LOOKED, Weight.NOTE)


def test_the_question_of_a_check_up_is_told_as_one_unless_it_found_something(
    client: Client, signing: Client
) -> None:
    ours = {"Content-Type": JSON_TYPE, "User-Agent": USER_AGENT}
    (said,) = client.call(b"{}", headers=ours).diagnoses
    assert (said.code, said.weight) == (C.CHECKUP_ASKED, Weight.NOTE)
    assert C.CHECKUP_ASKED not in client.codes(b"{}")
    assert C.CHECKUP_ASKED not in client.codes(b"{ }", headers=ours)
    assert C.CHECKUP_ASKED not in signing.codes(b"{}", headers=ours)  # it was not signed


def test_a_client_that_speaks_https_is_let_go_at_once_and_told(client: Client) -> None:
    parts = urlsplit(client.sandbox.url)
    connection = http.client.HTTPSConnection(parts.netloc, timeout=10)
    for _ in range(5):  # one handshake in seven holds no line end
        with pytest.raises((ssl.SSLError, ConnectionError)):
            connection.connect()
    assert len(client.sandbox.exchanges()) == 5
    newest = client.sandbox.exchanges()[-1]
    assert [one.code for one in newest.diagnoses] == [C.METHOD_TLS]
    assert (newest.errcode, newest.http_status, newest.is_taken) == (None, None, False)
    assert client.call().is_taken


def say_raw(client: Client, length: int | str | None, body: bytes, then: bytes = b"") -> bytes:
    """A request whose length is announced as it is given; what came back until it was closed."""
    parts = urlsplit(client.sandbox.url)
    line = "" if length is None else f"Content-Length: {length}\r\n"
    head = f"POST /robot/send?access_token={client.sandbox.access_token} HTTP/1.1\r\nHost: x\r\n"
    with socket.create_connection((str(parts.hostname), parts.port or 0), timeout=10) as raw:
        raw.sendall(f"{head}Content-Type: {JSON_TYPE}\r\n{line}\r\n".encode() + body + then)
        raw.shutdown(socket.SHUT_WR)
        came = b""
        while piece := raw.recv(65_536):
            came += piece
    return came


CHINESE = '{"msgtype":"text","text":{"content":"你好，今晚停机维护"}}'


@pytest.mark.parametrize(
    ("length", "code"), [(len(CHINESE), C.LENGTH_TOO_SHORT), (None, C.LENGTH_MISSING)]
)
def test_a_length_that_counts_characters_is_told_and_not_what_it_made_of_the_json(
    client: Client, length: int | None, code: DiagnosisCode
) -> None:
    came = say_raw(client, length, CHINESE.encode())
    (exchange,) = client.sandbox.exchanges()
    assert [one.code for one in exchange.diagnoses] == [code]
    assert exchange.errcode == 40035
    # The rest of the body is not taken for a request of its own.
    assert came.count(b"HTTP/1.1") == 1


def test_a_length_that_is_too_long_is_told_once_the_client_gives_up(client: Client) -> None:
    body = CHINESE.encode()
    assert say_raw(client, len(body) + 20, body) == b""
    (exchange,) = client.sandbox.exchanges()
    (said,) = exchange.diagnoses
    assert said.code is C.LENGTH_TOO_LONG
    assert dict(said.params) == {"announced": len(body) + 20, "came": len(body)}
    assert (exchange.is_taken, exchange.errcode, exchange.http_status) == (False, None, None)


@pytest.mark.parametrize("then", [b"", b"\r\n"])
def test_a_right_length_is_not_remarked_on_whatever_follows(client: Client, then: bytes) -> None:
    body = CHINESE.encode()
    assert b'"errcode":0' in say_raw(client, len(body), body, then)
    (exchange,) = client.sandbox.exchanges()
    assert exchange.diagnoses == ()


def test_the_next_request_on_a_connection_is_no_leftover_of_the_one_before(client: Client) -> None:
    body = CHINESE.encode()
    head = f"POST /robot/send?access_token={client.sandbox.access_token} HTTP/1.1\r\nHost: x\r\n"
    again = f"{head}Content-Type: {JSON_TYPE}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    assert say_raw(client, len(body), body, again + body).count(b'"errcode":0') == 2
    assert [one.diagnoses for one in client.sandbox.exchanges()] == [(), ()]


@pytest.mark.parametrize(
    ("announced", "code"),
    [
        (None, C.CONTENT_TYPE_MISSING),
        ("", C.CONTENT_TYPE_MISSING),
        ("application/x-www-form-urlencoded", C.CONTENT_TYPE_FORM),
        ("multipart/form-data; boundary=x", C.CONTENT_TYPE_FORM),
        ("text/plain", C.CONTENT_TYPE_OTHER),
    ],
)
def test_another_content_type_is_explained(
    client: Client, announced: str | None, code: DiagnosisCode
) -> None:
    headers = {} if announced is None else {"Content-Type": announced}
    assert client.codes(headers=headers) == [code]
    assert client.sandbox.exchanges()[-1].errcode == 43004


def test_a_caller_that_is_not_listed_is_told_who_is(client: Client) -> None:
    client.sandbox.rules = replace(client.sandbox.rules, addresses=("203.0.113.0/24",))
    words = said(client.call())
    assert "127.0.0.1" in words
    assert "203.0.113.0/24" in words


def test_a_rest_says_how_long_it_lasts() -> None:
    with SandboxServer(secret_required=False, pace_per_minute=1, monotonic=lambda: 5.0) as sandbox:
        client = Client(sandbox)
        assert client.codes() == []
        assert client.codes() == [C.TOO_FAST]
        assert "rests for another 10 min" in said(sandbox.exchanges()[-1])


# --- the body -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "code", "line", "column"),
    [
        ('{msgtype: "text"}', C.JSON_NAME_QUOTES, 1, 2),
        ("{'msgtype': 'text'}", C.JSON_SINGLE_QUOTES, 1, 2),
        ("{\"msgtype\": 'text'}", C.JSON_SINGLE_QUOTES, 1, 13),
        ('{"msgtype"\n: “text”}', C.JSON_TYPOGRAPHIC_QUOTES, 2, 3),
        ('{\\"msgtype\\": \\"text\\"}', C.JSON_ESCAPED_QUOTES, 1, 2),
        ('{"a": "he said "hi" there"}', C.JSON_QUOTE_INSIDE, 1, 17),
        ('{"a": 1,\n "b": 2,\n}', C.JSON_TRAILING_COMMA, 3, 1),
        ('{"a": [1, 2, ]}', C.JSON_TRAILING_COMMA, 1, 14),
        ('{"a": 1\n "b": 2}', C.JSON_MISSING_COMMA, 2, 2),
        ('{"a": "x" "b": 2}', C.JSON_MISSING_COMMA, 1, 11),
        ('{"a" 1}', C.JSON_MISSING_COLON, 1, 6),
        ('{"a": , "b": 1}', C.JSON_MISSING_VALUE, 1, 7),
        ('{"a": }', C.JSON_MISSING_VALUE, 1, 7),
        ('{"a": 1, // no\n "b": 2}', C.JSON_COMMENT, 1, 10),
        ('{"a": 1 /* no */}', C.JSON_COMMENT, 1, 9),
        ('{"a": True}', C.JSON_WORD, 1, 7),
        ('{"a": None}', C.JSON_WORD, 1, 7),
        ('{"a": $MESSAGE}', C.JSON_VARIABLE, 1, 7),
        ('{"a": {{ message }}}', C.JSON_VARIABLE, 1, 7),
        ('{"a": 你好}', C.JSON_VALUE_QUOTES, 1, 7),
        ('{"a": "b}', C.JSON_UNTERMINATED, 1, 7),
        ('{"a": {"b": 1}', C.JSON_CUT, 1, 15),
        ('{"a": "C:\\dir"}', C.JSON_ESCAPE, 1, 10),
        ('{"a": 1}\n{"b": 2}', C.JSON_EXTRA, 2, 1),
    ],
)
def test_broken_json_is_told_with_line_and_column(
    client: Client, body: str, code: DiagnosisCode, line: int, column: int
) -> None:
    exchange = client.call(body.encode())
    assert exchange.errcode == 40035
    (only,) = exchange.diagnoses
    params = dict(only.params)
    assert (only.code, params["line"], params["column"]) == (code, line, column)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", C.BODY_EMPTY),
        (b" \n", C.BODY_EMPTY),
        (gzip.compress(b"{}"), C.BODY_COMPRESSED),
        (b"\xef\xbb\xbf{}", C.BODY_BOM),
        ("{}".encode("utf-16"), C.BODY_UTF16),
        ("{}".encode("utf-16-le"), C.BODY_UTF16),
        ('{"a": "你好"}'.encode("gbk"), C.BODY_GBK),
        (b'{"a": "\xff\xff\xff"}', C.BODY_NOT_UTF8),
        (b"payload=%7B%22msgtype%22%3A%22text%22%7D", C.BODY_FORM),
        (b"%7B%22msgtype%22%3A%22text%22%7D", C.BODY_PERCENT),
        (b"@body.json", C.BODY_FILE_NAME),
        (b"<xml><a/></xml>", C.BODY_MARKUP),
        (b"'{msgtype:text}'", C.BODY_IN_QUOTES),
        (json.dumps(json.dumps(TEXT)).encode(), C.BODY_ENCODED_TWICE),
        (b"[]", C.BODY_NOT_AN_OBJECT),
        (b"7", C.BODY_NOT_AN_OBJECT),
        (b'{"a": NaN}', C.JSON_NUMBER_WORD),
        (b'{"a": ' + b"9" * 5_000 + b"}", C.JSON_NUMBER_LONG),
        (b"[" * 19_000, C.BODY_TOO_DEEP),
    ],
)
def test_a_body_that_is_something_else_is_told_for_what_it_is(
    client: Client, body: bytes, code: DiagnosisCode
) -> None:
    exchange = client.call(body)
    assert exchange.errcode == 40035
    assert [one.code for one in exchange.diagnoses] == [code]


def test_a_body_that_is_too_long_only_for_its_escapes_is_told_so(client: Client) -> None:
    body = {"msgtype": "text", "text": {"content": "好" * 4_000}}
    assert client.codes(json.dumps(body).encode()) == [C.BODY_TOO_LONG, C.BODY_ESCAPES]
    body["text"] = {"content": "x" * 20_000}
    assert client.codes(json.dumps(body).encode()) == [C.BODY_TOO_LONG]


def test_a_raw_line_end_is_taken_with_a_note_of_its_place(client: Client) -> None:
    exchange = client.call('{"msgtype":"text",\n"text":{"content":"一\n二"}}'.encode())
    assert exchange.is_taken
    (only,) = exchange.diagnoses
    assert only == diagnosis(C.JSON_RAW_LINE_END, line=2, column=21)
    assert only.weight is Weight.NOT_KNOWN


def test_a_key_that_stands_twice_is_told(client: Client) -> None:
    body = '{"msgtype":"text","text":{"content":"a"},"text":{"content":"b"}}'
    assert client.codes(body.encode()) == [C.JSON_KEY_TWICE]


# --- the message ----------------------------------------------------------------------------------

GARBLED = "你好".encode().decode("latin-1")
BARE = {"title": "t", "text": "x"}
LINK = {"title": "t", "text": "x", "messageUrl": "https://a.example"}
CARD = {"title": "t", "text": "x", "singleTitle": "go", "singleURL": "https://a.example"}
ITEM = {"title": "t", "messageURL": "https://a.example", "picURL": "https://a.example/p"}


@pytest.mark.parametrize(
    ("payload", "errcode", "codes"),
    [
        ({"text": {"content": "hi"}}, 300001, [C.MSGTYPE_MISSING]),
        ({"test": "true"}, 300001, [C.MSGTYPE_MISSING]),
        ({"msgtype": None, "text": {"content": "hi"}}, 300001, [C.MSGTYPE_IS_NULL]),
        ({"msgType": "text", "text": {"content": "hi"}}, 300001, [C.KEY_CASE]),
        ({"text": {"content": "hi", "msgtype": "text"}}, 300001, [C.MSGTYPE_INSIDE]),
        ({"msgtype": "Markdown", "markdown": {}}, 400105, [C.MSGTYPE_CASE]),
        ({"msgtype": "action_card", "actionCard": CARD}, 400105, [C.MSGTYPE_CASE]),
        ({"msgtype": "image", "image": {}}, 400105, [C.MSGTYPE_OF_OTHERS]),
        ({"msgtype": "md"}, 400105, [C.MSGTYPE_UNKNOWN]),
        ({"msgtype": "text", "markdown": {"title": "t"}}, 400201, [C.OTHER_TYPE_FILLED]),
        ({"msgtype": "text", "text": "hi"}, 400201, [C.OBJECT_IS_TEXT]),
        ({"msgtype": "text", "text": '{"content":"hi"}'}, 400201, [C.OBJECT_IS_JSON_TEXT]),
        ({"msgtype": "text", "content": "hi"}, 400201, [C.KEY_AT_TOP]),
        ({"msgtype": "text"}, 400201, [C.OBJECT_MISSING]),
        ({"msgtype": "link"}, 400301, [C.OBJECT_MISSING, C.REFUSAL_INFERRED]),
        ({"msgtype": "text", "text": {}}, 400202, [C.FIELD_MISSING]),
        ({"msgtype": "text", "text": {"content": ""}}, 400202, [C.FIELD_EMPTY]),
        ({"msgtype": "text", "text": {"content": 7}}, 400202, [C.FIELD_TYPE]),
        ({"msgtype": "text", "text": {"Content": "x"}}, 400202, [C.KEY_CASE]),
        (
            {"msgtype": "markdown", "markdown": {"title": "t", "context": "", "content": "x"}},
            400403,
            [C.KEY_NAME, C.FIELD_MISSING],
        ),
        (
            {"msgtype": "link", "link": {"title": "t", "text": "x", "messageURL": "u"}},
            400304,
            [C.KEY_CASE],
        ),
        ({"msgtype": "link", "link": {"title": "t", "text": "x", "url": "u"}}, 400304, None),
        ({"msgtype": "feedCard", "feedCard": {"articles": [ITEM]}}, 400602, None),
        ({"msgtype": "actionCard", "actionCard": {"title": "t", "text": "x"}}, 0, None),
        ({"json": TEXT}, 300001, [C.BODY_WRAPPED]),
        ({"msg_type": "text", "content": {"text": "hi"}}, 300001, [C.BODY_OF_FEISHU]),
        ({"text": "hi"}, 300001, [C.BODY_OF_SLACK]),
        ({"msgtype": "markdown", "markdown": {"content": "hi"}}, 400402, [C.BODY_OF_WECOM]),
    ],
)
def test_what_is_wrong_with_a_message_is_told(
    client: Client, payload: object, errcode: int, codes: list[DiagnosisCode] | None
) -> None:
    exchange = client.call(payload)
    assert exchange.errcode == errcode
    assert exchange.diagnoses
    if codes is not None:
        assert [one.code for one in exchange.diagnoses] == codes


@pytest.mark.parametrize(
    ("payload", "sentence"),
    [
        (
            {"msgtype": "link", "link": {"title": "t", "text": "x", "messageURL": "u"}},
            "Key “messageURL”: “link” wants “messageUrl”. Letter case counts.",
        ),
        (
            {"msgtype": "feedCard", "feedCard": {"links": [{**ITEM, "picUrl": "u"}]}},
            "Key “picUrl”: “links” wants “picURL”. Letter case counts.",
        ),
        (
            {"msgtype": "link", "link": {"title": "t", "text": "x", "url": "u"}},
            "Key “url”: “link” calls it “messageUrl”.",
        ),
        (
            {"msgtype": "text", "text": {"content": "x"}, "at": {"is_at_all": True}},
            "wants “isAtAll”",
        ),
    ],
)
def test_a_key_in_another_spelling_names_the_right_one(
    client: Client, payload: object, sentence: str
) -> None:
    assert sentence in said(client.call(payload))


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"msgtype": "actionCard", "actionCard": BARE}, C.CARD_WITHOUT_BUTTON),
        ({"msgtype": "actionCard", "actionCard": {**CARD, "title": ""}}, C.FIELD_UNPROVEN),
        (
            {
                "msgtype": "actionCard",
                "actionCard": {**BARE, "btns": [{"title": "t", "actionURL": ""}]},
            },
            C.FIELD_UNPROVEN,
        ),
        (
            {"msgtype": "actionCard", "actionCard": {**CARD, "btns": [{"title": "t"}]}},
            C.BUTTONS_INEFFECTIVE,
        ),
        ({"msgtype": "actionCard", "actionCard": {**CARD, "hideAvatar": 0}}, C.FLAG_NOT_TEXT),
        ({"msgtype": "text", "text": {"content": "a\\nb"}}, C.TEXT_LINE_ENDS),
        ({"msgtype": "text", "text": {"content": GARBLED}}, C.TEXT_MOJIBAKE),
        ({"msgtype": "text", "text": {"content": "????: build 17 is ok"}}, C.TEXT_QUESTION_MARKS),
        ({"msgtype": "text", "text": {"content": "?? ok"}}, C.TEXT_QUESTION_MARKS),
        ({"msgtype": "text", "text": {"content": "a\ufffd"}}, C.TEXT_LOST),
        ({"msgtype": "text", "text": {"content": "x", "at": {"isAtAll": True}}}, C.AT_INSIDE),
        ({**TEXT, "isAtAll": True}, C.AT_AT_TOP),
        ({"msgtype": "link", "link": LINK, "at": {"isAtAll": True}}, C.AT_IMPOSSIBLE),
        ({**TEXT, "at": []}, C.AT_NO_OBJECT),
        ({**TEXT, "at": {"isAtAll": "true"}}, C.AT_ALL_TEXT),
        ({**TEXT, "at": {"atMobiles": ["13800000001"]}}, C.AT_NOT_IN_TEXT),
        ({"msgtype": "text", "text": {"content": "@7"}, "at": {"atMobiles": [7]}}, C.AT_NUMBERS),
        ({"msgtype": "text", "text": {"content": "@7"}, "at": {"atMobiles": "7"}}, C.AT_LIST),
        ({"msgtype": "text", "text": {"content": "@7"}, "at": {"atMobiles": ["@7"]}}, C.AT_SIGN),
        ({"msgtype": "text", "text": {"content": "@7"}, "at": {"atDingtalkIds": ["7"]}},
         C.AT_DINGTALK_IDS),
        ({"msgtype": "text", "text": {"content": "@所有人 开会"}}, C.AT_ALL_NOT_SET),
    ],
)  # fmt: skip
def test_what_is_taken_and_odd_is_remarked_on(
    client: Client, payload: object, code: DiagnosisCode
) -> None:
    exchange = client.call(payload)
    assert exchange.is_taken
    assert [one.code for one in exchange.diagnoses] == [code]
    assert exchange.diagnoses[0].weight is not Weight.WRONG


def test_a_repeated_msg_uuid_with_another_body_is_told(client: Client) -> None:
    assert client.codes({**TEXT, "msgUuid": "one"}) == []
    assert client.codes({**TEXT, "msgUuid": "one"}) == []
    other = {"msgtype": "text", "text": {"content": "other"}, "msgUuid": "one"}
    assert client.codes(other) == [C.MSG_UUID_OTHER_BODY]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nothing", C.KEYWORD_NONE),
        ("an ALERT", C.KEYWORD_CASE),
        ("ａｌｅｒｔ", C.KEYWORD_WIDTH),
        ("告 警", C.KEYWORD_WIDTH),
        ("\\u544a\\u8b66", C.KEYWORD_ESCAPED),
    ],
)
def test_a_missing_keyword_is_told_by_what_stands_there(
    client: Client, text: str, code: DiagnosisCode
) -> None:
    client.sandbox.rules = replace(client.sandbox.rules, keywords=("告警", "alert"))
    codes = client.codes({"msgtype": "text", "text": {"content": text}})
    assert codes[0] == code
    assert client.sandbox.exchanges()[-1].errcode == 310000


def test_a_keyword_on_a_button_is_told(client: Client) -> None:
    client.sandbox.rules = replace(client.sandbox.rules, keywords=("go",))
    assert client.codes({"msgtype": "actionCard", "actionCard": CARD}) == [C.KEYWORD_ELSEWHERE]


def test_every_fault_of_a_request_is_told_at_once(client: Client) -> None:
    codes = client.codes(b"{'a':1}", token="nobody", headers={"Content-Type": "text/plain"})
    assert codes == [C.CONTENT_TYPE_OTHER, C.TOKEN_UNKNOWN, C.JSON_SINGLE_QUOTES]


# --- public reports -------------------------------------------------------------------------------

REPORTS = json.loads((CASES / "sandbox.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", REPORTS, ids=lambda case: case["id"])
def test_it_answers_as_public_reports_have_it(case: dict[str, Any]) -> None:
    rules = case.get("rules", {})
    body = case["input"] if isinstance(case["input"], str) else json.dumps(case["input"])
    with SandboxServer(
        secret_required=rules.get("signed", False),
        keywords=tuple(rules.get("keywords", ())),
        clock=lambda: NOW,
    ) as sandbox:
        exchange = Client(sandbox).call(body.encode(), rules.get("query", ""))
    assert exchange.errcode == case["expected"]["errcode"]
    assert exchange.errmsg == case["expected"].get("errmsg", exchange.errmsg)
    codes = [one.code for one in exchange.diagnoses]
    is_plain = case["expected"].get("is_plain", False)
    assert bool(codes) is not is_plain, "nothing is said about it"
    assert is_plain or case["expected"].get("diagnosis", codes[0]) in codes


# --- whatever comes -------------------------------------------------------------------------------

WORDS = [
    "msgtype",
    "text",
    "link",
    "markdown",
    "actionCard",
    "feedCard",
    "links",
    "btns",
    "at",
    "content",
    "title",
    "isAtAll",
    "atMobiles",
    "msgUuid",
    "Text",
    "url",
    "sign",
]
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)
PAYLOADS = st.builds(
    lambda msgtype, content, rest: {**rest, "msgtype": msgtype, msgtype: content},
    st.sampled_from(("text", "link", "markdown", "actionCard", "feedCard", "Text", "image")),
    ANY_JSON,
    st.dictionaries(st.sampled_from(("at", "text", "msgUuid", "title")), ANY_JSON),
)
BODIES = (
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
    | (ANY_JSON | PAYLOADS).map(lambda value: json.dumps(value).encode())
)
VALUES = st.text(max_size=50) | st.sampled_from((str(NOW_MS), "1", "abc=", "%25", "SECx", "a" * 44))
NAMES = st.sampled_from(("access_token", "sign", "timestamp", "Sign", "amp;sign")) | st.text()


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # on a busy machine
@given(
    body=BODIES,
    query=st.lists(st.tuples(NAMES, VALUES), max_size=4),
    headers=st.lists(st.tuples(st.sampled_from(("Content-Type", "sign", "X")), VALUES), max_size=3),
    method=st.sampled_from(("POST", "GET", "PUT", "OPTIONS", "TLS")),
    is_signed=st.booleans(),
)
def test_whatever_comes_is_explained_in_words(
    body: bytes,
    query: list[tuple[str, str]],
    headers: list[tuple[str, str]],
    method: str,
    is_signed: bool,
) -> None:
    group = Group("SECx", Rules(keywords=("通知",), secret_required=is_signed))
    received = Received(
        method, "/robot/send", tuple(query), tuple(headers), body, len(body), "127.0.0.1"
    )
    verdict = check_request(received, {"1": group}, now_ms=NOW_MS, now_s=0.0)
    known = Known(Keys("SECx", "1", (("other", "SECy"),)), group.rules)
    found = diagnose(received, verdict, known, tokens=("1",), now=Moment(NOW_MS, 0.0))
    assert len(set(found)) == len(found)
    assert all(map(to_sentence, found))
    if verdict.answer.errcode != 0:
        assert found, "refused without a word"


# --- the words ------------------------------------------------------------------------------------


def said(exchange: Exchange) -> str:
    return "\n".join(map(to_sentence, exchange.diagnoses))


def test_every_code_has_a_sentence_of_its_own() -> None:
    assert set(SENTENCES) == set(DiagnosisCode)
    assert len({*SENTENCES.values()}) >= len(SENTENCES) - 1  # both parameters may have other names


def test_a_sentence_asks_for_no_more_than_its_code_gives() -> None:
    for code, sentence in SENTENCES.items():
        names = [name for _, name, _, _ in string.Formatter().parse(sentence) if name]
        words = to_sentence(Diagnosis(code, tuple((name, 61) for name in names)))
        assert "{" not in words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59, "59 s"), (60, "1 min"), (3_661, "1 h 1 min"), (90_000, "1 d 1 h")],
)
def test_a_span_of_time_is_told_in_two_units(seconds: int, words: str) -> None:
    assert to_span(seconds) == words


def test_no_diagnosis_holds_what_may_be_a_secret(signing: Client) -> None:
    secret, token = signing.sandbox.secret, signing.sandbox.access_token
    sign = as_base64(mac(secret, f"{NOW_MS}\n{secret}"))
    payload = {"msgtype": f"text{token}", secret: {}, "at": {sign: 1}}
    signing.call(payload, f"&Sign={quote(sign)}&{token}=1", headers={"Content-Type": secret})
    signing.call(payload, f"&timestamp={NOW_MS}&sign={quote(quote(sign))}")
    signing.call(f'{{"a": {secret}}}'.encode(), token=f"{token}x")
    for exchange in signing.sandbox.exchanges():
        shown = repr(replace(exchange, body=b"")) + said(exchange)
        for canary in (secret, token, sign):
            assert canary not in shown
