"""What other programs write: their profiles of a DingTalk robot, and other companies' messages.

A profile is any JSON or table in which a webhook, a token or a secret stands; or an address of
apprise's, `dingtalk://SECRET@TOKEN/…` (github.com/caronc/apprise/wiki/Notify_dingtalk, read
2026-11-27). The messages are those of WeCom's and Feishu's group robots, which people try here
(developer.work.weixin.qq.com/document/path/91770, open.feishu.cn, custom bot guide, read
2026-11-27).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import parse_qs, unquote

from dingcomposer.core.limits import SECRET_PREFIX


class NameMeans(StrEnum):
    """What a setting's name says about its value."""

    ADDRESS = "address"
    TOKEN = "token"  # noqa: S105 - a name, not a token
    SECRET = "secret"  # noqa: S105
    SIGNATURE = "signature"  # made anew for each message, unless somebody calls the secret so


class OtherCompany(StrEnum):
    """Whose message it is."""

    WECOM = "wecom"
    FEISHU = "feishu"


@dataclass(frozen=True, slots=True, repr=False)
class ProgramSetting:
    """One value of a profile, by its path in it; `means` None: its name says nothing."""

    path: str
    means: NameMeans | None
    value: object


@dataclass(frozen=True, slots=True, repr=False)
class AppriseAddress:
    """What `dingtalk://…` holds; `targets` are the people whom it would mention."""

    token: str
    secret: str | None
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherMessage:
    """Another company's message, and the same as DingTalk's JSON where there is the same."""

    company: OtherCompany
    payload: dict[str, object] | None


def meaning_of(name: str) -> NameMeans | None:
    """What a name such as `DD_BOT_SECRET`, `webhookUrl` or 加签密钥 says about its value."""
    folded = re.sub(r"[\W_]+", "", name).lower()
    for means, pattern in _MEANINGS:
        if pattern.search(folded):
            return means
    return None


def settings_in(value: object) -> Iterator[ProgramSetting]:
    """All values of a profile that are no tables and no lists, in their order."""
    stack: list[tuple[str, str, object]] = [("", "", value)]
    while stack:
        path, name, one = stack.pop()
        if isinstance(one, dict):
            inner = [(f"{path}.{key}" if path else str(key), str(key), v) for key, v in one.items()]
            stack += reversed(inner)
        elif isinstance(one, list):
            stack += [(path, name, item) for item in reversed(one)]
        else:
            yield ProgramSetting(path, meaning_of(name), one)


def read_apprise(address: str) -> AppriseAddress | None:
    """What an address of apprise's holds; None for any other, such as DingTalk's own links."""
    found = _APPRISE.fullmatch(address.rstrip(":"))  # in YAML, options follow the colon
    if found is None or found[2].lower() == "dingtalkclient":
        return None
    values = parse_qs(found[4] or "")
    secret = unquote(found[1] or "") or values.get("secret", [""])[0]
    targets = [unquote(one) for one in (found[3] or "").split("/") if one]
    targets += [one for value in values.get("to", []) for one in value.split(",") if one]
    token = unquote(found[2])
    if token.startswith(SECRET_PREFIX) and secret and not secret.startswith(SECRET_PREFIX):
        token, secret = secret, token  # the two were mixed up
    return AppriseAddress(token, secret or None, tuple(targets))


def other_message(value: object) -> OtherMessage | None:
    """Another company's message, named for what it is; None for DingTalk's and for all else."""
    if not isinstance(value, dict):
        return None
    if isinstance(value.get("msg_type"), str):
        return OtherMessage(OtherCompany.FEISHU, _of_feishu(value))
    msgtype = value.get("msgtype")
    body = value.get(msgtype) if isinstance(msgtype, str) else None
    if msgtype == "markdown_v2":
        return OtherMessage(OtherCompany.WECOM, _of_wecom_markdown(body))
    if msgtype in _WECOM_ONLY:
        return OtherMessage(OtherCompany.WECOM, _of_wecom_only(msgtype, body))
    if not isinstance(body, dict):
        return None
    if msgtype == "text" and not _WECOM_PEOPLE.isdisjoint(body):
        return OtherMessage(OtherCompany.WECOM, _of_wecom_text(body))
    if msgtype == "markdown" and "content" in body and "text" not in body:
        return OtherMessage(OtherCompany.WECOM, _of_wecom_markdown(body))
    return None


_MEANINGS: Final = (
    (NameMeans.SECRET, re.compile(r"secret|signkey|signtoken|秘钥|密钥|加签|^sec$")),
    (NameMeans.SIGNATURE, re.compile(r"sign$|signature$|签名")),
    (NameMeans.TOKEN, re.compile(r"token|令牌|robotkey|^key$")),
    (
        NameMeans.ADDRESS,
        re.compile(r"hook|ur[li]s?$|endpoint|addr|address|地址|钩子|链接|回调|^api$"),
    ),
)
_APPRISE: Final = re.compile(
    r"ding(?:talk|ding)://(?:([^/?#@\s:]+)@)?([^/?#@\s:]+)(?:/([^?#\s]*))?(?:\?([^#\s]*))?",
    re.IGNORECASE,
)
_WECOM_ONLY: Final = frozenset(
    ("news", "template_card", "markdown_v2", "image", "file", "voice", "mpnews", "textcard")
)
_WECOM_PEOPLE: Final = frozenset(("mentioned_list", "mentioned_mobile_list"))
_TITLE_CHARACTERS: Final = 40


def _title_of(text: str) -> str:
    """A title out of a text: its first line, without the signs of markdown."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return re.sub(r"^[#>\s*-]+|[*`]|</?font[^>]*>", "", first)[:_TITLE_CHARACTERS]


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _of_wecom_text(body: dict[object, object]) -> dict[str, object] | None:
    content = body.get("content")
    if not isinstance(content, str):
        return None
    people, mobiles = (_texts(body.get(f"mentioned_{key}list")) for key in ("", "mobile_"))
    is_all = "@all" in (*people, *mobiles)
    mobiles = [one for one in mobiles if one != "@all"]
    people = [one for one in people if one != "@all"]
    missing = [f"@{one}" for one in (*mobiles, *people) if f"@{one}" not in content]
    at: dict[str, object] = {"atMobiles": mobiles, "isAtAll": is_all}
    if people:
        at["atUserIds"] = people
    return {"msgtype": "text", "text": {"content": " ".join((content, *missing))}, "at": at}


def _of_wecom_markdown(body: object) -> dict[str, object] | None:
    text = body.get("content") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(text, str):
        return None
    title = body.get("title")
    markdown = {"title": title if isinstance(title, str) else _title_of(text), "text": text}
    return {"msgtype": "markdown", "markdown": markdown}


def _of_wecom_only(msgtype: object, body: object) -> dict[str, object] | None:
    if msgtype == "news":
        return _of_news(body)
    if msgtype == "textcard":
        return _of_news({"articles": [body]})
    return None


def _of_news(body: object) -> dict[str, object] | None:
    articles = body.get("articles") if isinstance(body, dict) else None
    items = [one for one in articles if isinstance(one, dict)] if isinstance(articles, list) else []
    if not items:
        return None
    links = [
        {
            "title": str(one.get("title") or ""),
            "messageURL": str(one.get("url") or ""),
            "picURL": str(one.get("picurl") or ""),
        }
        for one in items
    ]
    if len(items) > 1:
        return {"msgtype": "feedCard", "feedCard": {"links": links}}
    link = {
        "title": links[0]["title"],
        "text": str(items[0].get("description") or links[0]["title"]),
        "messageUrl": links[0]["messageURL"],
        "picUrl": links[0]["picURL"],
    }
    return {"msgtype": "link", "link": link}


def _of_feishu(value: dict[object, object]) -> dict[str, object] | None:
    if value["msg_type"] == "interactive":
        return _of_feishu_card(value.get("card"))
    content = _table(value.get("content"))
    if content is None:
        return None
    text = content.get("text")
    if value["msg_type"] == "text" and isinstance(text, str):
        is_all = 'user_id="all"' in text
        text = re.sub(r"<at user_id=\"all\">.*?</at>", "@所有人", text)
        at = {"isAtAll": is_all}
        return {"msgtype": "text", "text": {"content": text}, "at": at}
    post = content.get("post")
    if value["msg_type"] != "post" or not isinstance(post, dict):
        return None
    written = post.get("zh_cn") or next(iter(post.values()), None)
    if not isinstance(written, dict) or not isinstance(written.get("content"), list):
        return None
    lines = [_of_post_line(line) for line in written["content"] if isinstance(line, list)]
    title = str(written.get("title") or "")
    written_text = "\n\n".join(lines)
    markdown = {"title": title or _title_of(written_text), "text": written_text}
    payload: dict[str, object] = {"msgtype": "markdown", "markdown": markdown}
    pieces = (one for line in written["content"] if isinstance(line, list) for one in line)
    if any(map(_is_at_all, pieces)):
        payload["at"] = {"isAtAll": True}
    return payload


def _table(value: object) -> dict[str, object] | None:
    """A table, or one that is written in a string, as Feishu's other interfaces have it."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    return value if isinstance(value, dict) else None


def _of_feishu_card(value: object) -> dict[str, object] | None:
    """A card that is a title and texts; None for one with buttons, columns or pictures."""
    card = _table(value) or {}
    header = _table(card.get("header")) or {}
    body = _table(card.get("body")) or card
    elements = body.get("elements")
    texts = [_text_of_card(one) for one in elements] if isinstance(elements, list) else []
    if not texts or None in texts:
        return None
    text = "\n\n".join(one for one in texts if one is not None)
    title = (_table(header.get("title")) or {}).get("content")
    markdown = {"title": title if isinstance(title, str) else _title_of(text), "text": text}
    return {"msgtype": "markdown", "markdown": markdown}


def _text_of_card(element: object) -> str | None:
    if not isinstance(element, dict):
        return None
    if element.get("tag") == "hr":
        return "---"
    holder = element.get("text") if element.get("tag") == "div" else element
    is_text = element.get("tag") in ("div", "markdown") and isinstance(holder, dict)
    words = holder.get("content") if is_text and isinstance(holder, dict) else None
    is_plain = set(element) <= {"tag", "text", "content", "text_align", "text_size", "element_id"}
    return words if isinstance(words, str) and is_plain and "<at" not in words else None


def _is_at_all(piece: object) -> bool:
    return isinstance(piece, dict) and piece.get("tag") == "at" and piece.get("user_id") == "all"


def _of_post_line(line: list[object]) -> str:
    parts = []
    for piece in line:
        if not isinstance(piece, dict):
            continue
        text = str(piece.get("text") or "")
        if piece.get("tag") == "a":
            text = f"[{text}]({piece.get('href') or ''})"
        elif _is_at_all(piece):
            text = "@所有人 "
        elif piece.get("tag") == "at":
            text = f"@{piece.get('user_name') or piece.get('user_id') or ''} "
        parts.append(text)
    return "".join(parts)
