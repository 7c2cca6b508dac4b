"""The report: one HTML file with each message as its group saw it, its outcome and its hashes.

It needs nothing beside it: no script runs in it, and nothing is fetched (a picture stands as its
address). With it comes its part of the chain, and how somebody else checks that.
"""

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import IO, assert_never

from dingcomposer.core.dialect import to_html
from dingcomposer.core.messages import ActionCard, Button, FeedCard, Link, Markdown, Message, Text
from dingcomposer.core.plain_text import clean
from dingcomposer.core.records import dataclass

Facts = tuple[tuple[str, str], ...]

CHECK_SCRIPT = r"""import hashlib, html, json, re, sys

page = open(sys.argv[1], encoding="utf-8", newline="").read()
sha = lambda text: hashlib.sha256(text.encode()).hexdigest()
shown = re.findall(r'<pre class="record">(.*?)</pre>', page)
records = [html.unescape(one) for one in shown]
lines = re.search(r'<pre class="chain">\n(.*?)</pre>', page, re.S)[1].splitlines()
linked, last = set(), ""
for line in lines:
    if line.startswith("before "):
        last = line.split()[1]
        continue
    number, entry, key, content, digest = line.split()
    if sha(f"{last} {number} {entry} {key} {content}") != digest:
        sys.exit(f"link {number} does not fit")
    linked.add((entry, key, content))
    last = digest
for record in records:
    send = json.loads(record)["send"]
    fits = ("send", str(send["key"]), sha(record)) in linked
    print("fits" if fits else "DOES NOT FIT", send["msg_uuid"], send["robot_name"],
          send["created_at"], send["status"], send["payload"])
    if not fits:
        sys.exit(1)
print(len(records), "sends fit; the last link is", number, last)
"""
"""What anybody can run over a report, with Python 3 alone."""


@dataclass(frozen=True, slots=True)
class ReportSend:
    """One send as it stands in a report. `status` is the value of its status, `sign` its sign."""

    message: Message
    robot: str
    colour: str
    time: str
    status: str
    sign: str
    outcome: str
    facts: Facts
    attempts: tuple[tuple[str, Facts], ...]
    record: str


@dataclass(frozen=True, slots=True)
class ReportWords:
    """Every word of a report that is not a send's. Paragraphs are plain text."""

    language: str
    title: str
    head: Facts
    check_title: str
    check: tuple[str, ...]
    limits_title: str
    limits: tuple[str, ...]
    chain_title: str
    record_title: str
    picture: str


class HtmlReport:
    """Writes a report as it comes: the head, then each send, then its part of the chain."""

    def __init__(self, path: Path, words: ReportWords) -> None:
        self._words = words
        self._file: IO[str] = path.open("w", encoding="utf-8", newline="\n")
        head = "".join(_fact(name, value) for name, value in words.head)
        self._file.write(
            f'<!doctype html>\n<html lang="{escape(words.language)}">\n<head>\n'
            '<meta charset="utf-8">\n'
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
            " style-src 'unsafe-inline'\">\n"
            '<meta name="viewport" content="width=device-width">\n'
            f"<title>{_text(words.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
            f"<h1>{_text(words.title)}</h1>\n<dl>{head}</dl>\n"
        )

    def add(self, send: ReportSend) -> None:
        """Write one send. Raises OSError."""
        facts = "".join(_fact(name, value) for name, value in send.facts)
        attempts = "".join(
            f"<h3>{_text(title)}</h3><dl>{''.join(_fact(*one) for one in facts)}</dl>"
            for title, facts in send.attempts
        )
        self._file.write(
            f'<section class="send {escape(send.status)}">\n'
            f'<h2><span class="sign">{_text(send.sign)}</span> {_text(send.outcome)}</h2>\n'
            f'<div class="chat"><p class="who"><span class="dot" style="background:'
            f'{escape(send.colour)}"></span>{_text(send.robot)} <time>{_text(send.time)}</time></p>'
            f'<div class="bubble">{_bubble(send.message, self._words.picture)}</div></div>\n'
            f"<dl>{facts}</dl>\n{attempts}\n"
            f"<details><summary>{_text(self._words.record_title)}</summary>"
            f'<pre class="record">{escape(send.record, quote=False)}</pre></details>\n'
            "</section>\n"
        )

    def finish(self, chain: Iterable[str]) -> None:
        """Write the part of the chain, a line for each link, and how it is checked."""
        words = self._words
        self._file.write(
            f'<section class="check">\n<h1>{_text(words.check_title)}</h1>\n'
            f'{_paragraphs(words.check)}<pre class="script">{escape(CHECK_SCRIPT)}</pre>\n'
            f"<h2>{_text(words.limits_title)}</h2>\n<ul>"
            f"{''.join(f'<li>{_text(one)}</li>' for one in words.limits)}</ul>\n"
            f"<details><summary>{_text(words.chain_title)}</summary>\n"
            '<pre class="chain">\n'
        )
        for line in chain:
            self._file.write(f"{line}\n")
        self._file.write("</pre></details>\n</section>\n</body>\n</html>\n")
        self._file.close()

    def abandon(self) -> None:
        """Let go of the file, whatever it holds."""
        self._file.close()


def _bubble(message: Message, picture: str) -> str:
    """A message as its group sees it, as far as a page can show that."""
    match message:
        case Text(content):
            return f"<p>{_lines(content)}</p>"
        case Link(title, text, url, picture_url):
            pictured = _picture(picture_url, picture) if picture_url else ""
            return f"<h4>{_text(title)}</h4><p>{_lines(text)}</p>{pictured}{_address(url)}"
        case Markdown(_, text):
            return _markdown(text, picture)
        case ActionCard(_, text, buttons):
            several = (buttons,) if isinstance(buttons, Button) else buttons
            drawn = "".join(
                f'<p class="button">{_text(one.title)}{_address(one.url)}</p>' for one in several
            )
            return f"{_markdown(text, picture)}{drawn}"
        case FeedCard(links):
            return "".join(
                f'<p class="feed">{_text(one.title)}{_address(one.message_url)}'
                f"{_picture(one.picture_url, picture)}</p>"
                for one in links
            )
        case _:
            assert_never(message)


def _markdown(text: str, picture: str) -> str:
    # The dialect lets nothing through that runs, and writes its tags in one way.
    return clean(_IMAGE.sub(lambda tag: _picture_of(tag[0], picture), to_html(text, for_pc=True)))


def _picture_of(tag: str, word: str) -> str:
    """A picture of the text: its words and its address, which are escaped already."""
    found = dict(_ATTRIBUTE.findall(tag))
    words = " ".join(filter(None, (_text(word), found.get("alt"), found.get("src"))))
    return f'<span class="picture">{words}</span>'


def _picture(url: str, word: str) -> str:
    return f'<span class="picture">{_text(word)} {_text(url)}</span>'


def _address(url: str) -> str:
    return f' <span class="address">{_text(url)}</span>'


def _fact(name: str, value: str) -> str:
    return f"<dt>{_text(name)}</dt><dd>{_lines(value)}</dd>"


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{_text(one)}</p>\n" for one in texts)


def _lines(text: str) -> str:
    return _text(text).replace("\n", "<br>")


def _text(text: str) -> str:
    return escape(clean(text))


_IMAGE = re.compile(r"<img\b[^>]*>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')

_STYLE = """
body{font:14px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;
 color:#1f2329;background:#fff;max-width:860px;margin:24px auto;padding:0 24px}
h1{font-size:22px}h2{font-size:16px;margin:0 0 8px}h3{font-size:13px;margin:12px 0 2px}
h4{margin:0 0 4px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:4px 0}
dt{color:#646a73}dd{margin:0;overflow-wrap:anywhere}
.send{border-top:1px solid #dee0e3;padding:16px 0;break-inside:avoid-page}
.sign{display:inline-block;min-width:1.4em;font-weight:bold}
.delivered .sign{color:#1a7f37}.refused .sign{color:#b42318}.unknown .sign{color:#9a6700}
.chat{background:#f0f1f3;padding:8px 12px 12px;border-radius:8px;margin:8px 0}
.who{margin:0 0 4px;color:#646a73}.dot{display:inline-block;width:10px;height:10px;
 border-radius:5px;margin-right:6px}
.bubble{background:#fff;border-radius:8px;padding:10px 14px;max-width:480px;overflow-wrap:anywhere}
.bubble p{margin:0 0 6px}
.bubble blockquote{margin:0 0 6px;padding-left:8px;border-left:3px solid #c9cdd4;color:#646a73}
.button{border-top:1px solid #e5e6eb;padding-top:6px;text-align:center;color:#1677ff}
.address,.picture{display:block;font-size:11px;color:#8f959e}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:11px;background:#f5f6f7;padding:8px;
 border-radius:6px}
summary{color:#646a73;cursor:pointer}
.check{break-before:page;border-top:2px solid #1f2329}
@media print{body{margin:0;max-width:none}.chat,.dot{print-color-adjust:exact;
 -webkit-print-color-adjust:exact}}
"""
