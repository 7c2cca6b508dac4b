"""The guide's pages: their order, what stands in them in a language, and what is found in them.

A page is a piece of HTML in `resources/guide/LANGUAGE/NAME.html`. What the program says itself is
not written there a second time: an empty heading `<h3 id="cause.keyword"></h3>` is filled in with
the sentence of that code, and what helps stands below it. `[[Context|Text]]` is a text of the
window, in the language that is on. `<pre class="shown">` is markdown: the guide shows it, and below
it how a PC and a phone draw it.
"""

import html
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from dingcomposer import paths
from dingcomposer.core.answers import Cause
from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.checkup.report import CheckupStep
from dingcomposer.core.delivery import Fault, Status
from dingcomposer.core.dialect import to_html
from dingcomposer.core.records import dataclass
from dingcomposer.services.translations import Language
from dingcomposer.storage.database import StorageFault
from dingcomposer.storage.secrets import SecretsReason
from dingcomposer.ui.texts.checkup import step_label
from dingcomposer.ui.texts.outcomes import explain, status_word
from dingcomposer.ui.texts.problems import problem_pattern
from dingcomposer.ui.texts.storage import (
    FolderFault,
    already_open_sentence,
    folder_sentence,
    secrets_sentence,
    storage_sentence,
)
from dingcomposer.ui.texts.translate import QT_TRANSLATE_NOOP, Phrase, translate, translated

CONTENTS: tuple[tuple[Phrase, tuple[str, ...]], ...] = (
    (
        QT_TRANSLATE_NOOP("Guide", "First steps"),
        ("welcome", "first-message", "real-robot", "security-settings"),
    ),
    (
        QT_TRANSLATE_NOOP("Guide", "Writing"),
        ("kinds", "mentions", "markdown", "pictures-and-links", "drafts", "templates"),
    ),
    (
        QT_TRANSLATE_NOOP("Guide", "Sending"),
        (
            *("sending", "several-groups", "schedules", "tables", "verdicts", "history"),
            *("evidence", "sandbox", "scripts"),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Guide", "When something is wrong"),
        (
            *("refused", "not-sent", "unknown", "findings", "markdown-findings"),
            *("robot-findings", "checkup", "data-folder", "chinese-input"),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Guide", "This computer"),
        ("secrets", "moving", "privacy", "keyboard", "whats-new"),
    ),
)
"""The groups of the contents, and the pages in each."""

PAGE_NAMES = tuple(name for _group, names in CONTENTS for name in names)

WINDOW_TEXT = re.compile(r"\[\[(\w+)\|(.+?)\]\]")
"""A text of the window in a page's source: its context, and its English."""

_CODE_HEADING = re.compile(
    r'<h3 id="((cause|fault|problem|checkup|verdict|storage|secrets|folder|start)\.(\w+))"></h3>'
)
_SENTENCE_END = re.compile(r"(?<=。)|(?<=\.) ")
_SHOWN = re.compile(r'<pre class="shown">\n?(.*?)</pre>', re.DOTALL)
_CHANGES = "<!-- changes -->"
_AROUND = 60
"""So many characters of the text stand before and behind what was found."""


class Section(NamedTuple):
    """A heading and what stands below it. `anchor` is "" for the head of a page."""

    page: str
    anchor: str
    title: str
    text: str

    @property
    def address(self) -> str:
        """What a link to it says."""
        return f"{self.page}#{self.anchor}" if self.anchor else self.page


class Hit(NamedTuple):
    """A section in which all words were found, and the first of them with what is round it."""

    section: Section
    before: str
    found: str
    after: str


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page, filled in. `shown` are the texts that are drawn as messages, by their address."""

    name: str
    title: str
    html: str
    sections: tuple[Section, ...]
    shown: tuple[tuple[str, str], ...]


class Guide:
    """All pages in one language. It is read when it is made."""

    def __init__(self, language: Language) -> None:
        self.language = language
        folder = paths.resource(f"guide/{language}")
        sources = {name: (folder / f"{name}.html").read_text("utf-8") for name in PAGE_NAMES}
        self.pages = {name: _page(name, source, language) for name, source in sources.items()}
        self._places = {
            section.anchor: section
            for page in self.pages.values()
            for section in page.sections
            if section.anchor
        }

    def find(self, address: str, page: str = "") -> Section | None:
        """What an address leads to: a page, `page#anchor`, an anchor, or `#anchor` on `page`.

        None where there is nothing of that name.
        """
        name, _, anchor = address.partition("#")
        name = name or page
        if name not in self.pages:
            return self._places.get(address)
        if not anchor:
            return self.pages[name].sections[0]
        sections = self.pages[name].sections
        return next((one for one in sections if one.anchor == anchor), None)

    def search(self, words: str) -> tuple[Hit, ...]:
        """The sections that hold all the words, those first that have them in their heading."""
        wanted = words.casefold().split()
        if not wanted:
            return ()
        ranked = []
        for number, section in enumerate(self._sections()):
            title, text = section.title.casefold(), section.text.casefold()
            if all(word in title or word in text for word in wanted):
                rank = sum(word not in title for word in wanted)
                ranked.append((rank, number, _hit(section, wanted)))
        return tuple(hit for _rank, _number, hit in sorted(ranked, key=lambda one: one[:2]))

    def _sections(self) -> Iterator[Section]:
        for name in PAGE_NAMES:
            yield from self.pages[name].sections


def _hit(section: Section, wanted: list[str]) -> Hit:
    text = section.text
    lowered = text.casefold()
    # Casefolding may change the length of some scripts' words, and of none that stand here.
    places = [(lowered.find(word), word) for word in wanted if word in lowered]
    if not places or len(lowered) != len(text):
        return Hit(section, text[: 2 * _AROUND], "", "")
    at, word = min(places)
    end = at + len(word)
    start = max(0, at - _AROUND)
    before = ("…" if start else "") + text[start:at]
    return Hit(section, before, text[at:end], text[end : end + _AROUND])


# --- reading ------------------------------------------------------------------------------------


def _page(name: str, source: str, language: Language) -> GuidePage:
    shown: list[tuple[str, str]] = []

    def draw(found: re.Match[str]) -> str:
        address = f"shown:{name}/{len(shown)}"
        shown.append((address, html.unescape(found[1]).rstrip("\n")))
        words = translate("Guide", "How a PC (left) and a phone (right) draw it")
        return (
            f'<pre class="source">{found[1]}</pre>'
            f'<p class="picture"><img src="{address}" alt="{html.escape(words)}"></p>'
        )

    if _CHANGES in source:
        source = source.replace(_CHANGES, _changes(language))
    source = WINDOW_TEXT.sub(_window_text, source)
    source = _SHOWN.sub(draw, _CODE_HEADING.sub(_filled_in, source))
    reader = _SectionReader(name)
    reader.feed(source)
    reader.close()
    sections = reader.sections()
    return GuidePage(name, sections[0].title, source, sections, tuple(shown))


def _window_text(found: re.Match[str]) -> str:
    """The words of a menu or a button, without what is there for the keyboard or the eye."""
    words = translated((found[1], found[2]))
    return html.escape(re.sub(r"\(&\w\)|&|^\+ |…$", "", words))


def _filled_in(found: re.Match[str]) -> str:
    """The heading of a code, in the program's words, and what helps in the program's words."""
    happened, helps = _WORDS[found[2]](found[3])
    heading = f'<h3 id="{found[1]}">{html.escape(happened)}</h3>'
    return heading + (f'<p class="helps">→ {html.escape(helps)}</p>' if helps else "")


def _words_of_cause(code: str) -> tuple[str, str]:
    words = explain(Cause(code), None)
    return words.happened, words.helps


def _words_of_fault(code: str) -> tuple[str, str]:
    words = explain(None, Fault(code))
    return words.happened, words.helps


def _halves(sentence: str) -> tuple[str, str]:
    """Of what the program says: what happened, which comes first, and what helps."""
    happened, *helps = _SENTENCE_END.split(sentence.partition("\n")[0], maxsplit=1)
    return happened, "".join(helps)


_WORDS: dict[str, Callable[[str], tuple[str, str]]] = {
    "cause": _words_of_cause,
    "fault": _words_of_fault,
    "problem": lambda code: (problem_pattern(ProblemCode(code)), ""),
    "checkup": lambda code: (step_label(CheckupStep(code)), ""),
    "verdict": lambda code: (status_word(Status(code)), ""),
    "storage": lambda code: _halves(storage_sentence(StorageFault(code))),
    "secrets": lambda code: _halves(secrets_sentence(SecretsReason(code))),
    "folder": lambda code: _halves(folder_sentence("…", FolderFault(code))),
    "start": lambda _code: _halves(already_open_sentence("", was_raised=False)),
}


def changes_source(language: Language) -> str:
    """What has changed, version by version, as markdown."""
    if language is Language.CHINESE:
        return paths.resource("guide/zh_CN/changes.md").read_text("utf-8")
    return paths.changelog().read_text("utf-8")


def _changes(language: Language) -> str:
    """The versions as HTML: each has a heading that can be led to."""
    _head, _, versions = changes_source(language).partition("\n## ")
    parts = []
    for version in versions.split("\n## "):
        title, _, text = version.strip().partition("\n")
        anchor = title.partition(" ")[0].lower()
        shown = translate("Guide", "Not yet released") if anchor == "unreleased" else title
        body = to_html(text.strip()).replace("<h3>", "<h4>").replace("</h3>", "</h4>")
        parts.append(f'<h2 id="version.{anchor}">{html.escape(shown)}</h2>{body}')
    return "".join(parts)


class _SectionReader(HTMLParser):
    """Takes a page apart at its headings; everything else is text."""

    _HEADINGS = ("h1", "h2", "h3")
    _BLOCKS = frozenset(("p", "li", "td", "th", "tr", "pre", "div", "table", "ul", "ol", "h4"))

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self._page = page
        self._parts: list[tuple[str, list[str], list[str]]] = []
        self._is_heading = False

    def sections(self) -> tuple[Section, ...]:
        """What was read."""
        return tuple(
            Section(self._page, anchor, _line(title), _line(text))
            for anchor, title, text in self._parts
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A heading begins a section."""
        if tag in self._HEADINGS:
            anchor = dict(attrs).get("id") or ""
            self._parts.append((anchor, [], []))
            self._is_heading = True
        elif tag in self._BLOCKS and self._parts:
            self._parts[-1][2].append(" ")

    def handle_endtag(self, tag: str) -> None:
        """What follows a heading is its text."""
        if tag in self._HEADINGS:
            self._is_heading = False

    def handle_data(self, data: str) -> None:
        """Words, of the heading or of its text."""
        if self._parts:
            _anchor, title, text = self._parts[-1]
            (title if self._is_heading else text).append(data)


def _line(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())
