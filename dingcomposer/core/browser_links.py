"""A link that opens in the browser, on a PC and on a phone: the plain address, and DingTalk's form.

Sources: `page/link?url=…&pc_slide=false` opens the browser (development/message-link-description
[O]); on phones it opens inside of DingTalk, as one public project measured, and
`action/open_platform_link?pcLink=…&mobileLink=…` opens the browser on both
(jenkinsci/dingtalk-plugin, pull request 410, read 2026-11-27 [M]).
"""

from typing import Final
from urllib.parse import parse_qsl, quote

from dingcomposer.core.addresses import scheme_of

_CLIENT: Final = "dingtalk://dingtalkclient/"
_PAGE: Final = f"{_CLIENT}page/link"
_JUMP: Final = f"{_CLIENT}action/jump"
_BOTH: Final = f"{_CLIENT}action/open_platform_link"
_WEB: Final = ("http", "https")


def to_browser_link(address: str) -> str:
    """DingTalk's form of a web address that opens in the browser on a PC and on a phone.

    Whatever is no web address is given back as it is.
    """
    plain = address.strip()
    if scheme_of(plain) not in _WEB:
        return address
    try:
        inside = quote(plain, safe="")
    except UnicodeEncodeError:  # half a character, which `core.checks` tells of
        return address
    pc = quote(f"{_PAGE}?url={inside}&pc_slide=false", safe="")
    mobile = quote(f"{_JUMP}?url={inside}", safe="")
    return f"{_BOTH}?pcLink={pc}&mobileLink={mobile}"


def from_browser_link(link: str) -> str | None:
    """The plain address in a link that opens in the browser; None for every other link.

    Read are the form that `to_browser_link` writes and the older one. What holds anything more, or
    leads elsewhere on a phone than on a PC, is none of them: it stays as it is written.
    """
    link = link.strip()
    old = _values(link, _PAGE)
    if old is not None and set(old) == {"url", "pc_slide"} and old["pc_slide"].lower() == "false":
        return _web(old["url"])
    both = _values(link, _BOTH)
    if both is None or set(both) != {"pcLink", "mobileLink"}:
        return None
    pc, mobile = _inside(both["pcLink"]), _inside(both["mobileLink"])
    return pc if pc == mobile else None


def _inside(link: str) -> str | None:
    """The web address of one half, plain or in a form of DingTalk's."""
    for form in (_PAGE, _JUMP):
        values = _values(link, form)
        if values is not None and "url" in values and values.get("pc_slide", "false") == "false":
            return _web(values["url"])
    return _web(link)


def _values(link: str, form: str) -> dict[str, str] | None:
    """The parameters of a link of this form; None where it is another, or one comes twice."""
    start, _, query = link.partition("?")
    if start.rstrip("/").lower() != form.lower():
        return None
    pairs = parse_qsl(query, keep_blank_values=True)
    values = dict(pairs)
    return values if len(values) == len(pairs) else None


def _web(address: str) -> str | None:
    return address if scheme_of(address) in _WEB else None
