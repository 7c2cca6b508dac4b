"""The signature is the one that DingTalk computes."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from dingcomposer.dingtalk.signing import sign

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "cases" / "signatures.json").read_text(encoding="utf-8")
)["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["quoted"][:8])
def test_the_shared_vectors_are_met(case: dict[str, Any]) -> None:
    signature = sign(case["secret"], case["timestamp_ms"])
    assert signature == case["base64"]
    assert quote(signature, safe="") == case["quoted"]


def test_a_secret_beyond_ascii_is_signed_as_utf8() -> None:
    # From: printf '%s\n%s' 1 密 | openssl dgst -sha256 -hmac 密 -binary | base64
    assert sign("密", 1) == "mohB64qqOYCi70rFuv2WWivIstWoIUqZPWPFRx3pURM="
