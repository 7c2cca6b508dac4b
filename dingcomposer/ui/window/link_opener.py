"""What a link in a message leads to, shown before it is opened; nothing opens by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qs, unquote, urlsplit

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from dingcomposer.core.addresses import host_of, scheme_of
from dingcomposer.core.browser_links import from_browser_link
from dingcomposer.ui import questions
from dingcomposer.ui.questions import Choice, Question

_OPENED = frozenset(("http", "https", "mailto", "tel"))
_MOST_SHOWN = 1_500
_BREAKS = "/?&=-_.%+,"
_LONGEST_RUN = 24


class Opens(StrEnum):
    """What DingTalk does with a link."""

    BROWSER = "browser"
    SIDE_PANEL = "side_panel"
    DINGTALK = "dingtalk"  # as it likes
    POSTS = "posts"
    OTHER = "other"
    NOTHING = "nothing"


_BY_SLIDE = {"true": Opens.SIDE_PANEL, "false": Opens.BROWSER}


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """Where a link leads: `address` as written, or the one inside it; for POSTS what it posts."""

    opens: Opens
    address: str

    @property
    def can_open(self) -> bool:
        """Whether this program may hand it to the system: not where its host is in doubt."""
        scheme = scheme_of(self.address)
        if scheme in ("http", "https") and not host_of(self.address):
            return False
        return scheme in _OPENED and self.opens is not Opens.POSTS


def target_of(link: str) -> LinkTarget:
    """Take a link apart.

    `dingtalk://dingtalkclient/page/link?url=…&pc_slide=true|false` wraps an address: true opens
    it at the side of the chat, as a plain one in a card does on a PC [O], false in the browser
    [O]; `…/action/open_platform_link?pcLink=…&mobileLink=…` does that on phones too [M].
    `dtmd://dingtalkclient/sendMessage?content=…` posts the content as the reader [S].
    """
    link = link.strip()
    scheme = scheme_of(link)
    if not link:
        return LinkTarget(Opens.NOTHING, "")
    if scheme in ("dingtalk", "dtmd"):
        try:
            parts = urlsplit(link)
        except ValueError:
            return LinkTarget(Opens.OTHER, link)
        values = parse_qs(parts.query, keep_blank_values=True)
        if scheme == "dtmd":
            return LinkTarget(Opens.POSTS, values.get("content", [""])[0])
        plain = from_browser_link(link)
        if plain is not None:
            return LinkTarget(Opens.BROWSER, _inner(plain))
        if parts.path.rstrip("/").endswith("page/link") and "url" in values:
            slide = values.get("pc_slide", [""])[0].lower()
            opens = _BY_SLIDE.get(slide, Opens.DINGTALK)
            return LinkTarget(opens, _inner(values["url"][0]))
        return LinkTarget(Opens.OTHER, link)
    if scheme in ("http", "https"):
        return LinkTarget(Opens.SIDE_PANEL, link)
    return LinkTarget(Opens.OTHER, link)


def _inner(url: str) -> str:
    """A wrapped address; encoded twice by mistake it is still readable."""
    return url if scheme_of(url) else unquote(url)


class LinkOpener(QObject):
    """Asks before it opens a link that was clicked on in a message."""

    def __init__(
        self,
        window: QWidget,
        say: Callable[[str], None],
        open_url: Callable[[QUrl], bool] | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._say = say
        self._open_url = open_url or QDesktopServices.openUrl

    def ask(self, link: str) -> None:
        """Show where a link leads; open or copy it, if the person says so."""
        target = target_of(link)
        if target.opens is Opens.NOTHING:
            self._say(self.tr("No address is written there yet"))
            return
        answer = questions.ask(self._window, self._question(target, link))
        if answer == "copy":
            QGuiApplication.clipboard().setText(target.address)
            self._say(self.tr("Copied"))
        elif answer == "open" and target.can_open and not self._open_url(QUrl(target.address)):
            self._say(self.tr("The system has no program that opens this address"))

    def _question(self, target: LinkTarget, link: str) -> Question:
        is_post = target.opens is Opens.POSTS
        copy = self.tr("Copy text") if is_post else self.tr("Copy address")
        choices = [
            Choice("copy", copy),
            Choice("close", self.tr("Close"), is_default=not target.can_open),
        ]
        if target.can_open:
            choices.insert(0, Choice("open", self.tr("Open"), is_default=True))
        details = self._meaning(target.opens)
        if target.address != link.strip():
            details += "\n\n" + self.tr("As written: {link}").format(link=_readable(link.strip()))
        title = self.tr("A button that posts") if is_post else self.tr("Where this leads")
        shown = _readable(target.address) or self.tr("(nothing)")
        return Question("link", title, shown, tuple(choices), "close", details)

    def _meaning(self, opens: Opens) -> str:
        match opens:
            case Opens.BROWSER:
                return self.tr("DingTalk opens it in the reader's browser.")
            case Opens.SIDE_PANEL:
                return self.tr("On a PC, DingTalk opens it at the side of the chat.")
            case Opens.DINGTALK:
                return self.tr("DingTalk decides where to open it.")
            case Opens.POSTS:
                return self.tr(
                    "A click posts this text into the chat, in the reader's name."
                    " Nothing is opened."
                )
            case _:
                return self.tr("It may not work for every reader.")


def _readable(text: str) -> str:
    """A text of one line for a dialog: bounded, with places to break it, and nothing hidden."""
    cut = text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"
    # What would turn the letters around, or is not seen, is shown by its number.
    shown = (one if one.isprintable() else f"\\u{ord(one):04x}" for one in cut)
    # A dialog breaks a line only where it may; a long token has no such place of its own.
    made, since = [], 0
    for one in shown:
        made.append(one)
        since += 1
        if one in _BREAKS or since >= _LONGEST_RUN:
            made.append("\u200b")
            since = 0
    return "".join(made)
