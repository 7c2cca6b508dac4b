"""What is odd about a link or a picture's address, as far as that shows without the network.

Links: nothing is refused for its form as far as is known, apart from unsafe ones (430101), whose
rule is not documented. Pictures must be reachable from the internet: local paths, base64 and LAN
addresses show nothing [M]; a space in the address neither [M].
"""

import ipaddress
import re
from collections.abc import Callable
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit

from dingcomposer.core.checks.problems import ProblemCode

Finding = tuple[ProblemCode, str]

_UNSAFE = frozenset(("javascript", "vbscript", "data", "file", "blob", "about"))
_KNOWN = frozenset(("http", "https", "dingtalk", "dtmd", "mailto", "tel", "sms"))
_LOCAL_ENDINGS = (".local", ".lan", ".internal", ".intranet", ".localdomain", ".home.arpa")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*+):")
_HOST_AND_PORT = re.compile(r"[^/?#@]*:\d{1,5}(?:[/?#]|$)")
_SPACE = re.compile(r"\s")
_WORD_CHARACTERS = 40


def link_findings(url: str) -> list[Finding]:
    """What is odd about where a link leads: codes, each with a word that holds no secret."""
    if not url:
        return []
    found: list[Finding] = []
    if _SPACE.search(url):
        found.append((ProblemCode.URL_SPACES, _word(url)))
    url = url.strip()
    scheme = scheme_of(url)
    if not scheme:
        found.append((ProblemCode.URL_NO_SCHEME, _word(url)))
    elif scheme in _UNSAFE:
        found.append((ProblemCode.URL_UNSAFE, scheme))
    elif scheme not in _KNOWN:
        found.append((ProblemCode.URL_UNKNOWN_SCHEME, scheme[:_WORD_CHARACTERS]))
    elif scheme in ("http", "https"):
        found += _web_findings(url, scheme)
    return found


def picture_findings(url: str) -> list[Finding]:
    """What keeps a picture from being shown. A media id ("@lADO…") is always fine."""
    if not url or url.startswith("@"):
        return []
    if _SPACE.search(url):
        return [(ProblemCode.PICTURE_SPACE, _word(url))]
    scheme = scheme_of(url)
    if scheme not in ("http", "https"):
        return [(ProblemCode.PICTURE_UNREACHABLE, scheme if len(scheme) > 1 else _word(url))]
    parts = _split(url)
    if parts is None or not parts.hostname:
        return [(ProblemCode.URL_BROKEN, _word(url))]
    found: list[Finding] = []
    if "@" in parts.netloc:
        found.append((ProblemCode.URL_CREDENTIALS, _word(url)))
    if is_loopback(parts.hostname) or _is_lan(parts.hostname):
        found.append((ProblemCode.PICTURE_UNREACHABLE, _word(url)))
    return found


def scheme_of(url: str) -> str:
    """The scheme in lower case; "" where there is none ("www.example.com:8080" has none)."""
    match = _SCHEME.match(url)
    scheme = match[1].lower() if match else ""
    if scheme in _KNOWN or scheme in _UNSAFE:
        return scheme
    return "" if _HOST_AND_PORT.match(url) else scheme


def is_loopback(host: str) -> bool:
    """True for what leads to the reader's own machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    address = _address(host)
    return address is not None and (address.is_loopback or address.is_unspecified)


def _web_findings(url: str, scheme: str) -> list[Finding]:
    parts = _split(url)
    if parts is None or not parts.hostname:
        return [(ProblemCode.URL_BROKEN, _word(url))]
    found: list[Finding] = []
    if "@" in parts.netloc:
        found.append((ProblemCode.URL_CREDENTIALS, _word(url)))
    if is_loopback(parts.hostname):
        found.append((ProblemCode.URL_LOOPBACK, _word(url)))
    elif scheme == "http":
        found.append((ProblemCode.URL_HTTP, _word(url)))
    return found


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where it is no port
    except ValueError:
        return None
    return parts


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _is_lan(host: str) -> bool:
    address = _address(host)
    if address is not None:
        return not address.is_global
    return "." not in host or host.endswith(_LOCAL_ENDINGS)


def _word(url: str) -> str:
    """The host, or how it begins: neither path, query nor user:password, where secrets stand."""
    rest = url.strip().partition("://")[2] or url.strip()
    host = re.split(r"[/?#\s]", rest, maxsplit=1)[0]
    return host.rpartition("@")[2][:_WORD_CHARACTERS]


_ANY_SPACE: Final = re.compile(r"\s")
_HOST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?::\d{1,5})?(?:[/?#].*)?", re.DOTALL)
_PAGE: Final = "dingtalk://dingtalkclient/page/link?url={url}&pc_slide=false"


def without_spaces(address: str) -> str:
    """The address with its inner spaces written as browsers write them."""
    return _ANY_SPACE.sub("%20", address.strip())


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
