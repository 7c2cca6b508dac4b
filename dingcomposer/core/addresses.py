"""What is odd about a link or a picture's address, as far as that shows without the network.

Links: nothing is refused for its form as far as is known, apart from unsafe ones (430101), whose
rule is not documented. Pictures must be reachable from the internet: local paths, base64 and LAN
addresses show nothing [M]; a space in the address neither [M].
"""

import ipaddress
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from dingcomposer.core.authority import AuthorityError, AuthorityFault, read_authority
from dingcomposer.core.lint import LintCode
from dingcomposer.core.records import lazy_pattern

Finding = tuple[LintCode, str]

_UNSAFE = frozenset(("javascript", "vbscript", "data", "file", "blob", "about"))
_LOCAL_PATH = lazy_pattern(r"[A-Za-z]:[\\/]|\\\\[\w.$-]|file:", re.IGNORECASE)
_KNOWN = frozenset(("http", "https", "dingtalk", "dtmd", "mailto", "tel", "sms"))
_LOCAL_ENDINGS = (
    *(".local", ".localdomain", ".localhost", ".lan", ".internal", ".intranet", ".home.arpa"),
)
_SCHEME = lazy_pattern(r"([A-Za-z][A-Za-z0-9+.\-]*+):")
_HOST_AND_PORT = lazy_pattern(r"[^/?#@]*:\d{1,5}(?:[/?#]|$)")
_SPACE = lazy_pattern(r"\s")
_USER = lazy_pattern(r"^([A-Za-z]+://)[^/?#\\]*@")
# All that an address may hold behind its host without being percent-encoded (RFC 3986).
_ENCODED = lazy_pattern(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*+")
# Signed for a time: Aliyun, Amazon, Google, Tencent, Qiniu, Azure, by their own parameters.
_EXPIRES = lazy_pattern(
    r"[?&](?:(?:x-(?:amz|oss|goog|cos|tos|obs)-)?expires(?:in)?=|x-oss-signature=|q-sign-time="
    r"|sign-time=|auth_key=\d|e=\d{9,}&(?:amp;)?token=|se=\d{4}-\d\d|(?:token|sign)=[^&]*&(?:t|ts)=\d{9,})",
    re.IGNORECASE,
)
_WORD_CHARACTERS = 40


def link_findings(url: str) -> list[Finding]:
    """What is odd about where a link leads: codes, each with a word that holds no secret."""
    if not url:
        return []
    found: list[Finding] = []
    if _SPACE.search(url):
        found.append((LintCode.URL_SPACES, _word(url)))
    url = url.strip()
    if _LOCAL_PATH.match(url):
        return [*found, (LintCode.URL_FILE, url.partition(":")[0] if ":" in url else "\\\\")]
    scheme = scheme_of(url)
    if not url.partition(":")[2].strip("/") and scheme:
        found.append((LintCode.URL_BROKEN, url[:_WORD_CHARACTERS]))
    elif not scheme:
        found.append((LintCode.URL_NO_SCHEME, _word(url)))
    elif scheme in _UNSAFE:
        found.append((LintCode.URL_UNSAFE, scheme))
    elif scheme not in _KNOWN:
        found.append((LintCode.URL_UNKNOWN_SCHEME, scheme[:_WORD_CHARACTERS]))
    elif scheme in ("http", "https"):
        found += _web_findings(url, scheme)
    return found


def picture_findings(url: str) -> list[Finding]:
    """What keeps a picture from being shown. A media id ("@lADO…") is always fine."""
    if not url or url.startswith("@"):
        return []
    if _SPACE.search(url):
        return [(LintCode.PICTURE_SPACE, _word(url))]
    scheme = scheme_of(url)
    if scheme not in ("http", "https"):
        is_path = len(scheme) < 2 or scheme == "file"
        return [(LintCode.PICTURE_UNREACHABLE, _word(url) if is_path else f"{scheme}:")]
    host, found = _host_findings(url)
    if not host and _is_local_spelling(_word(url)):
        return [(LintCode.PICTURE_UNREACHABLE, _word(url))]
    if host and not _ENCODED.fullmatch(url.partition("://")[2].partition("/")[2]):
        found.append((LintCode.PICTURE_NOT_ENCODED, _word(url)))
    if _EXPIRES.search(url):
        found.append((LintCode.PICTURE_EXPIRES, _word(url)))
    if host and not is_public(host):
        found.append((LintCode.PICTURE_UNREACHABLE, _word(url)))
    return found


def scheme_of(url: str) -> str:
    """The scheme in lower case; "" where there is none ("www.example.com:8080" has none)."""
    match = _SCHEME.match(url)
    scheme = match[1].lower() if match else ""
    if scheme in _KNOWN or scheme in _UNSAFE:
        return scheme
    return "" if _HOST_AND_PORT.match(url) else scheme


@lru_cache(maxsize=256)
def is_loopback(host: str) -> bool:
    """True for this machine itself, whoever is asked: 127.0.0.0/8, ::1, the name `localhost`.

    Only there may a token go in plain http. `foo.localhost` is looked up by DNS, which may answer
    anything; 0.0.0.0 leads elsewhere on other systems.
    """
    address = _address(host)
    if address is None:
        return host == "localhost"
    return address.is_loopback if address.version == 4 else int(address) == 1


def is_readers_own(host: str) -> bool:
    """True for what a browser looks for on the machine of whoever reads the message."""
    address = _address(host)
    if address is None:
        return host == "localhost" or host.endswith(".localhost")
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_loopback or address.is_unspecified


def host_of(url: str) -> str:
    """The host of an http or https address as a browser reads it; "" where it names none.

    For what is shown and checked only: a name before an `@` is passed over here.
    """
    return _host_findings(url.strip())[0]


def is_public(host: str) -> bool:
    """False for this computer and for a network of a home or a company.

    Nobody of the group could load a picture from there, as users of several libraries report,
    read 2026-08-22.
    """
    host = host.rstrip(".")
    address = _address(host)
    if address is not None:
        return address.is_global
    return "." in host and not host.endswith(_LOCAL_ENDINGS)


def _is_local_spelling(word: str) -> bool:
    """True for `nas.local.` and `[fe80::1%25eth0]`: browsers read a root's dot and a zone."""
    host = word.strip("[]").partition("%25")[0].rstrip(".")
    address = _address(host)
    return host.endswith(_LOCAL_ENDINGS) if address is None else not address.is_global


def _web_findings(url: str, scheme: str) -> list[Finding]:
    host, found = _host_findings(url)
    if host and is_readers_own(host):
        found.append((LintCode.URL_LOOPBACK, _word(url)))
    elif host and not is_public(host):
        found.append((LintCode.URL_LAN, _word(url)))
    elif scheme == "http" and not any(code is LintCode.URL_BROKEN for code, _ in found):
        found.append((LintCode.URL_HTTP, _word(url)))
    return found


def _host_findings(url: str) -> tuple[str, list[Finding]]:
    """The host, and what is odd about how it is written. User and password are told, and passed."""
    found: list[Finding] = []
    for spelling in (url, _USER.sub(r"\1", url)):
        try:
            authority = read_authority(_SPACE.sub("%20", spelling), allows_other_alphabets=True)
        except AuthorityError as error:
            if error.fault is not AuthorityFault.USER or found:
                return "", [*found, (LintCode.URL_BROKEN, _word(url))]
            found.append((LintCode.URL_CREDENTIALS, _word(url)))
        else:
            return authority.host, found
    return "", found


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _word(url: str) -> str:
    """The host, or how it begins: neither path, query nor user:password, where secrets stand.

    Of what begins with a slash, a file of the writer's, it is the path.
    """
    rest = url.strip().partition("://")[2] or url.strip()
    host = re.split(r"[/?#\s]", rest, maxsplit=1)[0] or re.split(r"[?#\s]", rest, maxsplit=1)[0]
    return host.rpartition("@")[2][:_WORD_CHARACTERS]


_HOST: Final = lazy_pattern(
    r"[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?::\d{1,5})?(?:[/?#].*)?", re.DOTALL
)


def without_spaces(address: str) -> str:
    """The address with its inner spaces written as browsers write them."""
    return _SPACE.sub("%20", address.strip())


def with_scheme(address: str) -> str:
    """The address with https:// before it, where it begins with a host's name."""
    address = address.strip()
    return f"https://{address}" if _HOST.fullmatch(address) else address


def encoded(address: str) -> str:
    """The address percent-encoded as browsers do it, where it is not; its host stays."""
    start = address.find("/", address.find("://") + 3)
    if start < 0:
        return address
    return address[:start] + quote(address[start:], safe="%/?#:@!$&'()*+,;=~-._[]")


ADDRESS_FIXES: Final[dict[LintCode, Callable[[str], str]]] = {
    LintCode.URL_NO_SCHEME: with_scheme,
    LintCode.URL_SPACES: without_spaces,
    LintCode.PICTURE_SPACE: without_spaces,
    LintCode.PICTURE_NOT_ENCODED: encoded,
}
"""What is done to an address, in a field of its own or in a text."""
