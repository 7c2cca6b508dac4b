"""The links of a markdown text in two forms: plain, as a person writes them, and as they are sent.

Sent, a link to the web is the long one that opens in the browser (core.browser_links).
"""

import re
from typing import Final

from dingcomposer.core.browser_links import from_browser_link, to_browser_link
from dingcomposer.core.dialect.escapes import unescape
from dingcomposer.core.dialect.source import tidied

_LONG: Final = re.compile(r"(?<=\]\()dingtalk://[^()\s<>\\]+(?=\))")


def with_browser_links(text: str) -> str:
    """The text with every link to the web opening in the browser, not in the side panel."""
    if "](" not in text:
        return text
    from dingcomposer.core.dialect import lint_report

    lines = text.split("\n") if "\r" not in text else tidied(text)
    for span in reversed(lint_report(text).web_links):
        line = lines[span.line]
        made = to_browser_link(unescape(line[span.start : span.end]))
        lines[span.line] = line[: span.start] + made + line[span.end :]
    if "\r" in text and "\n".join(lines) == "\n".join(tidied(text)):
        return text
    return "\n".join(lines)


def without_browser_links(text: str) -> str | None:
    """The text that `with_browser_links` makes this one of; None where there is none."""
    plain = _LONG.sub(lambda found: from_browser_link(found[0]) or found[0], text)
    return plain if plain != text and with_browser_links(plain) == text else None
