"""What a text looks like without the secrets in it."""

import base64
import re
from urllib.parse import quote

MASK = "***"
# A shorter value would hide ordinary letters and figures, and is no secret.
_SHORTEST = 4


def spellings(secret: str) -> tuple[str, ...]:
    """Every way in which a secret is met in URLs, bodies and echoes; the longest first."""
    once = quote(secret, safe="")
    encoded = base64.b64encode(secret.encode("utf-8", "replace")).decode()
    return tuple(
        sorted({secret, once, quote(once, safe=""), encoded}, key=lambda text: (-len(text), text))
    )


def mask(text: str, *secrets: str | None) -> str:
    """The text with each spelling of each secret replaced by `MASK`, whatever its letter case."""
    for secret in secrets:
        if secret is None or len(secret) < _SHORTEST:
            continue
        for spelling in spellings(secret):
            if spelling.lower() in text.lower():
                text = re.sub(re.escape(spelling), MASK, text, flags=re.IGNORECASE)
    return text
