"""The signature (加签) that a robot with a signing secret wants on each request."""

import base64
import hashlib
import hmac


def sign(secret: str, timestamp_ms: int) -> str:
    """The signature for that moment, in base64, not yet quoted for an URL.

    `secret` with its prefix `SEC`; `timestamp_ms` in milliseconds, at most an hour from the
    server's clock. Source: open.dingtalk.com/document/dingstart/customize-robot-security-settings,
    read 2026-08-22.
    """
    key = secret.encode()
    # Not `hmac.digest`: that hands Python's lock to another thread for these few microseconds.
    signed = hmac.new(key, f"{timestamp_ms}\n{secret}".encode(), hashlib.sha256)
    return base64.b64encode(signed.digest()).decode()
