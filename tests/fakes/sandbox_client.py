"""A script of the tests' own that posts to a webhook: it shares no line with the program."""

import base64
import hashlib
import hmac
import http.client
from collections.abc import Mapping
from urllib.parse import urlsplit

LIMIT_S = 20.0
JSON_HEADERS = {"Content-Type": "application/json; charset=utf-8"}


def sign(secret: str, timestamp: int | str) -> str:
    """The signature that belongs to a timestamp in milliseconds, before percent-encoding."""
    digest = hmac.digest(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256)
    return base64.b64encode(digest).decode()


def call(
    url: str, body: bytes, *, method: str = "POST", headers: Mapping[str, str] = JSON_HEADERS
) -> tuple[http.client.HTTPResponse, bytes]:
    """The answer to one request over a connection of its own, and the answer's body."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=LIMIT_S)
    try:
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request(method, target, body, dict(headers))
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()
