"""A bundle as a file: it comes back as it was, and whatever is done to it ends in a sentence."""

import json
import os
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pyrage  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dingcomposer.core.bundle import Bundle, BundledRobot, BundleKind
from dingcomposer.core.contacts import Contact
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Kind, Mentions
from dingcomposer.core.robot import Credentials, ProxyMode, Robot, Stage, TrustSource
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.core.templates.template import FieldKind, Template, TemplateField
from dingcomposer.interchange.bundles import container
from dingcomposer.interchange.bundles.container import (
    BundleError,
    BundleFault,
    SealedBundle,
    is_bundle,
    is_sealed,
    read_bundle,
    read_content,
    write_plain,
    write_sealed,
    write_whole,
)

AT = datetime(2026, 11, 30, 10, tzinfo=UTC)
PASSPHRASE = "正确 马 battery staple"
TOKEN = "0123456789abcdef" * 4
SECRET = "SEC" + "f" * 64

ROBOT = Robot(
    "r-1",
    "上海门店",
    "#2B8A57",
    Stage.PRODUCTION,
    "https://oapi.dingtalk.com/robot/send",
    keywords=("通知", "值班"),
    addresses=("10.0.0.0/8",),
    default_mentions=Mentions(("13800000000",), ("u1",), is_all=True),
    expects_signature=True,
    connect_timeout_s=3.5,
    read_timeout_s=9.0,
    way=ProxyMode.PROXY,
    proxy="http://10.0.0.1:8080",
    proxy_user="me",
    trust=TrustSource.FILE,
    ca_file="/etc/ca.pem",
    is_archived=True,
    tags=("华东", "门店"),
)
TWIN = Robot(
    "r-2",
    "孪生",
    endpoint="http://127.0.0.1/robot/send",
    is_sandbox=True,
    is_twin=True,
    is_host_confirmed=True,
    sandbox_pace=None,
    sandbox_caller="10.1.1.1",
)
TEMPLATE = Template(
    "停机",
    Draft(Kind.TEXT, text="{{时间}} 停机"),
    (TemplateField("时间", FieldKind.TIME, "22:00"),),
    "运维",
    "给运维",
)
CREDENTIALS = Credentials(TOKEN, SECRET, "proxy-word")
BUNDLE = Bundle(
    tuple(BundleKind),
    (BundledRobot(ROBOT, CREDENTIALS), BundledRobot(TWIN)),
    (RobotList("l-1", "所有分店", ("r-1", "r-2"), gap_s=2.5, stops_at_failure=True),),
    (TEMPLATE,),
    (Contact("张三", "13800000000", "zs", "运维", ("值班",)),),
)
PLAIN = replace(BUNDLE, robots=tuple(BundledRobot(one.robot) for one in BUNDLE.robots))


@cache
def sealed() -> bytes:
    return write_sealed(BUNDLE, PASSPHRASE, AT)


def opened(content: bytes, passphrase: str = "") -> Bundle:
    return read_bundle(SealedBundle(content, passphrase))


def fault_of(content: bytes, passphrase: str = "") -> BundleFault:
    with pytest.raises(BundleError) as raised:
        opened(content, passphrase)
    return raised.value.fault


def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write_plain(PLAIN, AT))
    return found


def changed(**changes: Any) -> bytes:
    return json.dumps({**document(), **changes}).encode()


def with_item(kind: str, item: object) -> bytes:
    made = document()
    made["sections"][kind]["items"] = [item]
    return json.dumps(made).encode()


def test_a_sealed_bundle_comes_back_whole_and_shows_nothing_without_its_passphrase() -> None:
    found = opened(sealed(), PASSPHRASE)
    assert (found.robots, found.lists, found.contacts) == (
        BUNDLE.robots,
        BUNDLE.lists,
        BUNDLE.contacts,
    )
    assert found.templates == BUNDLE.templates
    assert (found.made_at, found.left_out) == ("2026-11-30T10:00:00+00:00", ())
    for secret in (TOKEN, SECRET, "proxy-word", "上海门店", "张三"):
        assert secret.encode() not in sealed()
    assert TOKEN not in repr(BUNDLE) + repr(BUNDLE.robots) + repr(SealedBundle(b"x", PASSPHRASE))


def test_a_sealed_file_is_of_the_age_format() -> None:
    told = json.loads(pyrage.passphrase.decrypt(sealed(), PASSPHRASE))
    assert told["format"] == "dingcomposer-bundle"
    assert told["sections"]["robots"]["items"][0]["access_token"] == TOKEN


def test_a_plain_bundle_comes_back_without_secrets_and_refuses_to_be_written_with_them() -> None:
    content = write_plain(PLAIN, AT)
    assert opened(content).robots == PLAIN.robots
    assert not opened(content).has_secrets
    with pytest.raises(ValueError, match="sealed"):
        write_plain(BUNDLE, AT)


def test_kinds_that_are_left_out_are_not_there() -> None:
    content = write_plain(replace(PLAIN, kinds=(BundleKind.LISTS,)), AT)
    assert opened(content).kinds == (BundleKind.LISTS,)
    assert b"r-1" in content
    assert b"robots/send" not in content


def test_the_wrong_passphrase_a_cut_and_a_changed_file_are_told_apart() -> None:
    content = sealed()
    assert fault_of(content) is BundleFault.NEEDS_PASSPHRASE
    assert fault_of(content, "wrong passphrase") is BundleFault.WRONG_PASSPHRASE
    assert fault_of(content[:-7], PASSPHRASE) is BundleFault.CUT
    assert fault_of(content[:100], PASSPHRASE) is BundleFault.CUT
    assert fault_of(content[:-3] + b"abc", PASSPHRASE) is BundleFault.CUT
    assert fault_of(write_plain(PLAIN, AT)[:-100]) is BundleFault.CUT


def test_foreign_empty_newer_and_hostile_files_are_told_apart() -> None:
    assert fault_of(b"") is BundleFault.EMPTY
    assert fault_of(b" \n") is BundleFault.EMPTY
    for foreign in (b"PK\x03\x04", b"\xff\xfe\x00", b"[1]", b'{"format": "x"}', b"SQLite format 3"):
        assert fault_of(foreign) is BundleFault.FOREIGN
    assert fault_of(b"[" * 200_000) is BundleFault.FOREIGN
    assert fault_of(b'{"a":' * 100_000) is BundleFault.FOREIGN
    assert fault_of(changed(version=2)) is BundleFault.NEWER
    assert fault_of(changed(version=True)) is BundleFault.FOREIGN
    assert fault_of(sealed().replace(b"/v1\n", b"/v2\n"), PASSPHRASE) is BundleFault.NEWER
    key = pyrage.x25519.Identity.generate().to_public()
    assert fault_of(pyrage.encrypt(b"x", [key]), PASSPHRASE) is BundleFault.OTHER_KEY


def test_where_nothing_can_be_sealed_it_is_told_and_plain_files_are_as_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = sealed()
    monkeypatch.setitem(sys.modules, "pyrage", None)  # an import fails, as on Windows on ARM
    assert fault_of(content, PASSPHRASE) is BundleFault.NO_SEAL
    with pytest.raises(BundleError) as raised:
        write_sealed(BUNDLE, PASSPHRASE, AT)
    assert raised.value.fault is BundleFault.NO_SEAL
    assert opened(write_plain(PLAIN, AT)).robots == PLAIN.robots


def test_a_file_that_wants_hours_of_work_is_not_begun() -> None:
    header, rest = sealed().split(b"\n", 1)
    recipient, rest = rest.split(b"\n", 1)
    hard = recipient.rsplit(b" ", 1)[0] + b" 30"
    content = b"\n".join((header, hard, rest))
    with pytest.raises(BundleError) as raised:
        is_sealed(content)
    assert raised.value.fault is BundleFault.TOO_MUCH_WORK
    assert fault_of(content, PASSPHRASE) is BundleFault.TOO_MUCH_WORK


def test_a_file_without_bounds_is_read_to_a_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.dingcomposer"
    path.write_bytes(b"x" * 1_001)
    monkeypatch.setattr(container, "MOST_BYTES", 1_000)
    with pytest.raises(BundleError) as raised:
        read_content(path)
    assert raised.value.fault is BundleFault.TOO_LARGE
    with pytest.raises(BundleError) as raised:
        read_content(tmp_path)
    assert raised.value.fault is BundleFault.UNREADABLE


def test_an_unknown_or_newer_section_is_left_out_and_named() -> None:
    made = document()
    made["sections"]["schedules"] = {"version": 1, "items": []}
    made["sections"]["gadgets"] = 7
    made["sections"]["contacts"]["version"] = 99
    found = opened(json.dumps(made).encode())
    assert set(found.left_out) >= {"gadgets", "contacts"}
    assert found.contacts == ()
    assert found.lists == PLAIN.lists


@pytest.mark.parametrize(
    ("kind", "item", "place"),
    [
        ("robots", {"id": "r-1"}, "robots 1: name"),
        ("robots", {"id": "list:x", "name": "a"}, "robots 1: id"),
        ("robots", {"id": "r", "name": "a", "colour": "red"}, "robots 1: colour"),
        ("robots", {"id": "r", "name": "a", "stage": "x"}, "robots 1: stage"),
        (
            "robots",
            {"id": "r", "name": "a", "endpoint": "https://h/?a=1"},
            "robots 1: endpoint",
        ),
        ("robots", {"id": "r", "name": "a", "endpoint": "https://u:p@h/x"}, "robots 1: endpoint"),
        ("robots", {"id": "r", "name": "a", "endpoint": "file:///x"}, "robots 1: endpoint"),
        ("robots", {"id": "r", "name": "a", "read_timeout_s": 1e999}, "robots 1: read_timeout_s"),
        ("robots", {"id": "r", "name": "a", "proxy": "http://u:p@h"}, "robots 1: proxy"),
        ("robots", {"id": "r", "name": "a", "keywords": "x"}, "robots 1: keywords"),
        ("robots", {"id": "r", "name": "a", "default_mentions": []}, "robots 1: default_mentions"),
        ("robots", {"id": "r", "name": "a", "is_archived": 1}, "robots 1: is_archived"),
        ("robots", {"id": "r", "name": "a", "sandbox_pace": -1}, "robots 1: sandbox_pace"),
        ("robots", {"id": "r", "name": "x" * 3_000}, "robots 1: name"),
        ("lists", {"id": "l", "name": "a", "gap_s": -1}, "lists 1: gap_s"),
        ("lists", {"id": "l", "name": "a", "robots": [1]}, "lists 1: robots"),
        ("templates", {"name": "a"}, "templates 1: not_one"),
        ("contacts", {"name": "a", "mobile": 138}, "contacts 1: mobile"),
        ("contacts", 7, "contacts 1"),
    ],
)
def test_an_item_that_is_not_as_it_should_be_is_named_by_its_place(
    kind: str, item: object, place: str
) -> None:
    with pytest.raises(BundleError) as raised:
        opened(with_item(kind, item))
    assert (raised.value.fault, raised.value.place) == (BundleFault.ITEM, place)


def test_that_a_foreign_host_was_confirmed_is_not_believed() -> None:
    item = {**document()["sections"]["robots"]["items"][0], "is_host_confirmed": True}
    item["endpoint"] = "https://evil.example/robot/send"
    (robot,) = opened(with_item("robots", item)).robots
    assert not robot.robot.is_host_confirmed


@given(st.integers(0, 10_000), st.integers(0, 255), st.integers(0, 4))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_a_plain_file_with_any_byte_changed_is_a_bundle_or_a_sentence(
    at: int, byte: int, cut: int
) -> None:
    content = bytearray(write_plain(PLAIN, AT))
    content[at % len(content)] = byte
    del content[len(content) - cut * 37 :]
    _ends_in_a_bundle_or_a_sentence(bytes(content))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["robots", "dingcomposer-bundle", "\ud800", "\0", "1" * 5_000]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=6) | st.sampled_from(["id", "name", "items"]), inner)
    ),
    max_leaves=8,
)


@given(st.data())
@settings(max_examples=150)
def test_a_file_with_any_value_anywhere_is_a_bundle_or_a_sentence(data: st.DataObject) -> None:
    made: Any = document()
    place: Any = made
    while True:
        keys = list(place) if isinstance(place, dict) else range(len(place))
        key = data.draw(st.sampled_from(list(keys)))
        inner = place[key]
        if isinstance(inner, dict | list) and inner and data.draw(st.booleans()):
            place = inner
            continue
        place[key] = data.draw(JSON)
        break
    _ends_in_a_bundle_or_a_sentence(json.dumps(made).encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=300))
@settings(max_examples=100)
def test_any_bytes_are_a_sentence(content: bytes) -> None:
    for start in (b"", b"age-encryption.org/v1\n", b'{"format": "dingcomposer-bundle", '):
        with pytest.raises(BundleError):
            opened(start + content, "x")


def _ends_in_a_bundle_or_a_sentence(content: bytes) -> None:
    try:
        found = opened(content)
    except BundleError as error:
        assert error.fault in set(BundleFault)
        return
    assert not found.has_secrets or b"access_token" in content
    write_sealed_items(found)


def write_sealed_items(found: Bundle) -> None:
    """What was read can be written again: nothing in it is of a kind that could not be stored."""
    plain = replace(found, robots=tuple(BundledRobot(one.robot) for one in found.robots))
    assert opened(write_plain(plain, AT)).robots == plain.robots


def test_a_file_is_written_whole_for_its_owner_alone_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "mine.dingcomposer"
    write_whole(path, b"content")
    assert path.read_bytes() == b"content"
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(OSError):
        write_whole(tmp_path / "nowhere" / "x", b"content")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes")
def test_what_is_no_file_is_written_to_and_stays_what_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    came: list[bytes] = []
    reader = threading.Thread(target=lambda: came.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write_whole(pipe, b"content")
    reader.join(10)
    assert came == [b"content"]
    assert pipe.is_fifo(), "as /dev/stdout would have to stay"
    assert [one.name for one in tmp_path.iterdir()] == ["pipe"]


def test_a_bundle_is_known_by_its_name_or_by_how_it_begins() -> None:
    assert is_bundle(Path("x.dingcomposer"), b"")
    assert is_bundle(Path("x.age"), sealed())
    assert is_bundle(Path("x.json"), write_plain(PLAIN, AT))
    assert not is_bundle(Path("x.json"), b'[{"webhook": "x"}]')
