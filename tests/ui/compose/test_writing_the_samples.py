"""DingTalk's six samples, written through the forms, are exactly what stands in the draft."""

import json
from pathlib import Path
from typing import Any

import pytest

from dingcomposer.core.draft import to_message
from dingcomposer.core.messages import Kind
from dingcomposer.core.payload import to_payload

from .conftest import ComposeDriver

CASES = json.loads(
    (Path(__file__).parents[2] / "cases" / "payloads.json").read_text(encoding="utf-8")
)["cases"]


def _kind_of(payload: dict[str, Any]) -> Kind:
    if payload["msgtype"] == "actionCard":
        return Kind.INDEPENDENT if "btns" in payload["actionCard"] else Kind.WHOLE_JUMP
    return {
        "text": Kind.TEXT,
        "link": Kind.LINK,
        "markdown": Kind.MARKDOWN,
        "feedCard": Kind.FEED_CARD,
    }[payload["msgtype"]]


def _write(driver: ComposeDriver, payload: dict[str, Any]) -> None:
    driver.choose_kind(_kind_of(payload))
    body = payload[payload["msgtype"]]
    for key, name in (
        ("title", "title"),
        ("messageUrl", "message_url"),
        ("singleTitle", "jump.title"),
        ("singleURL", "jump.url"),
    ):
        if key in body:
            driver.type(name, body[key])
    if "links" not in body:
        driver.type("text", body.get("content") or body["text"])
    for number, button in enumerate(body.get("btns", ())):
        driver.type(f"buttons.{number}.title", button["title"])
        driver.paste(f"buttons.{number}.url", button["actionURL"])
    for number, item in enumerate(body.get("links", ())):
        if number:
            driver.click("feed.add")
        driver.type(f"feed.{number}.title", item["title"])
        driver.paste(f"feed.{number}.message_url", item["messageURL"])
        driver.paste(f"feed.{number}.picture_url", item["picURL"])
    for mobile in payload.get("at", {}).get("atMobiles", ()):
        driver.type("mentions", mobile + "\n")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_sample_typed_into_the_form_is_the_message_that_dingtalk_documents(
    driver: ComposeDriver, case: dict[str, Any]
) -> None:
    _write(driver, case["payload"])
    driver.page.request_broadcast()  # as before any send, what Enter began and nobody wrote goes
    assert to_payload(to_message(driver.draft)) == case["payload"]
