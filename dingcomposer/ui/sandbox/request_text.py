"""One request as text: its line, its headers, its body, the JSON made easy to read."""

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from dingcomposer.ui.preview.richtext.paragraphs import clean

if TYPE_CHECKING:
    from dingcomposer.sandbox.server import Exchange


def request_text(exchange: "Exchange") -> str:
    """As it came in; the values of its query are masked by the sandbox itself."""
    query = f"?{exchange.query}" if exchange.query else ""
    lines = [f"{exchange.method} {exchange.path}{query}"]
    lines += [f"{name}: {value}" for name, value in exchange.headers]
    lines += ["", _body(exchange)]
    return clean("\n".join(lines))


def answer_line(exchange: "Exchange") -> str:
    """The HTTP status of the answer; "" where none was given."""
    return "" if exchange.http_status is None else f"HTTP {exchange.http_status}"


def _body(exchange: "Exchange") -> str:
    if exchange.body_bytes > len(exchange.body):
        cut = QCoreApplication.translate("Sandbox", "(cut; {size} bytes in all)")
        size = QLocale().toString(exchange.body_bytes)
        return f"{exchange.body.decode('utf-8', 'replace')}\n{cut.format(size=size)}"
    text = exchange.body.decode("utf-8", "replace")
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return text
