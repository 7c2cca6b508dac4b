"""Addresses set right where there is one obvious way to do so. Pure; nothing here raises."""

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from dingcomposer.core.problems import ProblemCode

_SPACE: Final = re.compile(r"\s")
_HOST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?::\d{1,5})?(?:[/?#].*)?", re.DOTALL)
_PAGE: Final = "dingtalk://dingtalkclient/page/link?url={url}&pc_slide=false"


def without_spaces(address: str) -> str:
    """The address with its inner spaces written as browsers write them."""
    return _SPACE.sub("%20", address.strip())


def with_scheme(address: str) -> str:
    """The address with https:// before it, where it begins with a host's name."""
    address = address.strip()
    return f"https://{address}" if _HOST.fullmatch(address) else address


def in_browser(address: str) -> str:
    """DingTalk's own address that opens this one in the browser, not in the side panel.

    Source: development/message-link-description [O].
    """
    return _PAGE.format(url=quote(address.strip(), safe=""))


ADDRESS_FIXES: Final[dict[ProblemCode, Callable[[str], str]]] = {
    ProblemCode.URL_NO_SCHEME: with_scheme,
    ProblemCode.URL_SPACES: without_spaces,
    ProblemCode.PICTURE_SPACE: without_spaces,
}
"""What is done to an address, in a field of its own or in a text."""
