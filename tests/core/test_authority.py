"""An address leads to one host, whoever reads it; what two readers read differently is refused."""

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from dingcomposer.core.addresses import host_of, is_loopback, is_readers_own
from dingcomposer.core.authority import (
    Authority,
    AuthorityError,
    AuthorityFault,
    read_authority,
)
from dingcomposer.core.checks.problems import Severity
from dingcomposer.core.checks.robots import check_robot
from dingcomposer.core.robot import Robot
from dingcomposer.core.webhook import PastedError, parse_pasted

TOKEN = "3f0c" * 16
F = AuthorityFault


@pytest.mark.parametrize(
    ("address", "authority"),
    [
        ("https://oapi.dingtalk.com/robot/send", Authority("https", "oapi.dingtalk.com")),
        ("HTTPS://OAPI.DingTalk.com:443", Authority("https", "oapi.dingtalk.com", 443)),
        ("http://127.0.0.1:8080/x", Authority("http", "127.0.0.1", 8080)),
        ("http://[::1]:8080/x", Authority("http", "::1", 8080)),
        ("http://[2001:DB8::1]", Authority("http", "2001:db8::1")),
        ("https://my_host-1/robot?x=1", Authority("https", "my_host-1")),
        ("https://xn--fiq228c.example#x", Authority("https", "xn--fiq228c.example")),
        ("https://1.example.com", Authority("https", "1.example.com")),
    ],
)
def test_a_host_with_or_without_port_is_read(address: str, authority: Authority) -> None:
    assert read_authority(address) == authority


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("http://evil.example:81\\[::1]/robot/send", F.BACKSLASH),
        ("http://evil.example\\@127.0.0.1/", F.BACKSLASH),
        ("https://oapi.dingtalk.com/robot\\send", F.BACKSLASH),
        ("http://evil[::1]/", F.BRACKETS),
        ("http://[::1]evil/", F.BRACKETS),
        ("http://[::1]:80]/", F.BRACKETS),
        ("http://[[::1]]/", F.BRACKETS),
        ("http://[::1/", F.BRACKETS),
        ("http://[127.0.0.1]/", F.BRACKETS),
        ("http://[localhost]/", F.BRACKETS),
        ("http://[fe80::1%25eth0]/", F.BRACKETS),
        ("http://::1/", F.BRACKETS),
        ("https://me:pw@oapi.dingtalk.com/", F.USER),
        ("https://oapi.dingtalk.com@evil.example/", F.USER),
        ("https:///robot/send", F.EMPTY),
        ("https://:443/robot/send", F.EMPTY),
        ("https://a.com:/", F.PORT),
        ("https://a.com:0/", F.PORT),
        ("https://a.com:065/", F.PORT),
        ("https://a.com:65536/", F.PORT),
        ("https://a.com:８０/", F.PORT),
        ("https://x.com:80:90/", F.PORT),
        ("https://a\tb.com/", F.SPACE),
        (" https://a.com/", F.SPACE),
        ("https://a.com/\n", F.SPACE),
        ("https://a.com\u2028/", F.SPACE),
        ("https://a\u200b.com/", F.SPACE),
        ("https://a\u202e.com/", F.SPACE),
        ("http://127.1/", F.NUMBER),
        ("http://2130706433/", F.NUMBER),
        ("http://0x7f.0.0.1/", F.NUMBER),
        ("http://127.0.0.01/", F.NUMBER),
        ("http://a.256/", F.NUMBER),
        ("http://１２７.0.0.1/", F.NUMBER),
        ("https://оapi.dingtalk.com/", F.LETTERS),
        ("https://oapi。dingtalk。com/", F.LETTERS),
        ("https://oapi%2edingtalk.com/", F.LETTERS),
        ("https://a..com/", F.NAME),
        ("https://*.a.com/", F.NAME),
        ("https://a;b.com/", F.NAME),
        (f"https://{'x' * 64}.com/", F.NAME),
        (f"https://{'x.' * 127}com/", F.NAME),
        ("ftp://a.com/", F.NO_SCHEME),
        ("https:/a.com/", F.NO_SCHEME),
        ("//a.com/", F.NO_SCHEME),
        ("https:a.com", F.NO_SCHEME),
    ],
)
def test_anything_else_between_the_slashes_is_refused_with_its_reason(
    address: str, fault: AuthorityFault
) -> None:
    with pytest.raises(AuthorityError) as caught:
        read_authority(address)
    assert caught.value.fault is fault


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.255.0.9", "::1", "0:0::0:1"])
def test_this_very_machine_is_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        *("foo.localhost", "localhost.", "localhost.evil.example", "LOCALHOST", ""),
        *("0.0.0.0", "::", "::ffff:127.0.0.1", "::ffff:7f00:1", "128.0.0.1", "127.1", "127.0.0.1."),
    ],
)
def test_what_may_lead_elsewhere_is_not_loopback(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("host", ["foo.localhost", "0.0.0.0", "::ffff:127.0.0.1", "::1"])
def test_a_link_to_the_readers_own_machine_is_told_as_that(host: str) -> None:
    assert is_readers_own(host)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://钉钉.example/图", "钉钉.example"),
        ("https://me:pw@a.com/", "a.com"),
        ("https://a.com/b c.png", "a.com"),
        ("https://evil.example\\[::1]/a.png", ""),
        ("https://a..com/", ""),
        ("mailto:a@b.com", ""),
    ],
)
def test_what_is_only_shown_may_have_a_host_of_any_alphabet(address: str, host: str) -> None:
    assert host_of(address) == host


def readings(address: str) -> set[tuple[str | None, str | None, int | None]]:
    """What urllib3 and the standard library read, each by itself."""
    found: set[tuple[str | None, str | None, int | None]] = set()
    try:
        by_urllib3 = parse_url(address)
        found.add((by_urllib3.scheme, (by_urllib3.host or "").strip("[]"), by_urllib3.port))
    except LocationParseError:
        found.add((None, None, None))
    try:
        parts = urlsplit(address)
        found.add((parts.scheme, parts.hostname, parts.port))
    except ValueError:
        found.add((None, None, None))
    return found


HOSTS = st.sampled_from(
    [
        *("evil.example", "[::1]", "127.0.0.1", "localhost", "foo.localhost", "oapi.dingtalk.com"),
        *("[::ffff:127.0.0.1]", "127.1", "0x7f.1", "2130706433", "a_b", "xn--fiq228c", "钉钉", "ß"),
    ]
)
SIGNS = st.sampled_from(
    [*"\\/?#@:[]%.-_;,'\"`|^~!$&()*+=<>{} \t\n\r\x00\x7f\u00a0\u3002\uff0f\uff0e\uff20\u200b\u202e"]
)
PARTS = HOSTS | SIGNS | st.sampled_from([":80", ":0", "%2e", "%5c", "%00", "\\@", "]:", "[v1.a]"])
AUTHORITIES = st.lists(PARTS | st.text(max_size=2), max_size=5).map("".join)
SCHEMES = st.sampled_from(["http://", "https://", "HTTP://", "http:/", "http:", "//", " http://"])


@settings(max_examples=4000, deadline=None)
@given(SCHEMES, AUTHORITIES, st.sampled_from(["", "/robot/send", "/a\\b", "?x=1", "#y"]))
@example("http://", "evil.example:81\\[::1]", "/robot/send")
@example("http://", "evil[::1]", "/robot/send")
def test_every_host_that_is_taken_is_read_alike_by_the_libraries(
    scheme: str, authority: str, path: str
) -> None:
    address = f"{scheme}{authority}{path}"
    try:
        found = read_authority(address)
    except AuthorityError:
        return
    assert readings(address) == {(found.scheme, found.host, found.port)}
    assert read_authority(f"{found.scheme}://{found}") == found


@settings(max_examples=3000, deadline=None)
@given(AUTHORITIES)
@example("evil.example:81\\[::1]")
@example("[::1]evil")
@example("evil[::1]")
@example("foo.localhost")
def test_no_token_is_taken_for_plain_http_to_another_machine(authority: str) -> None:
    endpoint = f"http://{authority}/robot/send"
    problems = check_robot(Robot("1", "x", endpoint=endpoint), ())
    if not any(problem.severity is Severity.BLOCKS for problem in problems):
        assert all(is_loopback(host or "") for _, host, _ in readings(endpoint))
    try:
        pasted = parse_pasted(f"{endpoint}?access_token={TOKEN}")
    except PastedError:
        return
    if pasted.endpoint and pasted.endpoint.startswith("http://"):
        assert all(is_loopback(host or "") for _, host, _ in readings(pasted.endpoint))
