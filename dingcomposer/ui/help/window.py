"""The guide: contents and search at the left, a page at the right. A window beside the others."""

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QTextBrowser,
    QTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.services.translations import Language
from dingcomposer.ui import theme
from dingcomposer.ui.help.pages import CONTENTS, Guide, GuidePage, Hit, Section
from dingcomposer.ui.help.pictures import GuidePictures
from dingcomposer.ui.texts.translate import translated
from dingcomposer.ui.widgets.icons import IconButton
from dingcomposer.ui.widgets.layouts import set_tab_order_by_layout

_PICTURE = re.compile(r'<img src="([^"]+)"')
_ADDRESS = Qt.ItemDataRole.UserRole
_MARGIN_PX = 24
_LEFT_PX = 280
_SIZE = QSize(1180, 780)


class GuideWindow(QWidget):
    """Shows the guide in one language. `open_link` is asked for addresses of the net.

    It belongs to no other window, so that it can be read beside an open dialog.

    Signals:
        shown(str): the address of what is shown by now, pictures included.
    """

    shown = Signal(str)

    def __init__(self, language: Language, open_link: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("guide")
        self.setWindowTitle(self.tr("Guide — DingComposer"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._guide = Guide(language)
        self._open_link = open_link
        texts = dict(pair for page in self._guide.pages.values() for pair in page.shown)
        self._pictures = GuidePictures(language, texts, self)
        self._past: list[tuple[str, int]] = []  # address and place of the scroll bar
        self._coming: list[tuple[str, int]] = []
        self._here: Section | None = None
        self._marked = ""
        self._search = self._make_search()
        self._contents = self._make_contents()
        self._hits = self._make_hits()
        self._left = QStackedWidget(self)
        self._back = IconButton("back", self.tr("Back (Alt+Left)"), self)
        self._forward = IconButton("forward", self.tr("Forward (Alt+Right)"), self)
        self._find = FindInPage(self)
        self._page = _PageView(self._pictures, self)
        self._waiting = QTimer(self, singleShot=True, interval=0)
        self._refitting = QTimer(self, singleShot=True, interval=120)
        self._wanted: tuple[GuidePage, str, int] | None = None
        self._lay_out()
        set_tab_order_by_layout(self)
        self._connect()
        self._show_moves()

    @property
    def address(self) -> str:
        """What is shown, such as "refused#cause.keyword"."""
        return "" if self._here is None else self._here.address

    def show_topic(self, topic: str) -> None:
        """Show a page or a section; an unknown one leads to the beginning."""
        section = self._guide.find(topic) or self._guide.find("welcome")
        assert section is not None
        if section != self._here:
            self._remember(self._past)
            self._coming.clear()
            self._go(section)
        self._search.clear()

    def open_window(self) -> None:
        """Show the window, in front."""
        if not self.isVisible():
            screen = QGuiApplication.primaryScreen().availableGeometry().size()
            self.resize(_SIZE.boundedTo(screen - QSize(40, 80)))
        self.show()
        self.raise_()
        self.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes what was opened last: the bar that finds, the search, the window."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._find.isVisible():
            self._find.close_bar()
            self._page.setFocus()
        elif self._search.text():
            self._search.clear()
        else:
            self.close()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._here is not None:
            self._refitting.start()

    # Building

    def _make_search(self) -> QLineEdit:
        search = QLineEdit(self)
        search.setObjectName("guide.search")
        search.setAccessibleName(self.tr("Search the guide"))
        search.setPlaceholderText(self.tr("Search the guide"))
        search.setClearButtonEnabled(True)
        return search

    def _make_contents(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setObjectName("guide.contents")
        tree.setAccessibleName(self.tr("Contents"))
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(False)
        tree.setIndentation(12)
        tree.setProperty("rows", True)
        for group, names in CONTENTS:
            head = QTreeWidgetItem(tree, [translated(group)])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = head.font(0)
            font.setBold(True)
            head.setFont(0, font)
            for name in names:
                item = QTreeWidgetItem(head, [self._guide.pages[name].title])
                item.setData(0, _ADDRESS, name)
                item.setToolTip(0, self._guide.pages[name].title)
        tree.expandAll()
        tree.setItemsExpandable(False)
        return tree

    def _make_hits(self) -> QListWidget:
        hits = QListWidget(self)
        hits.setObjectName("guide.hits")
        hits.setAccessibleName(self.tr("Found in the guide"))
        hits.setProperty("rows", True)
        hits.setWordWrap(True)
        hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return hits

    def _lay_out(self) -> None:
        self._nothing = QLabel(self.tr("Nothing in the guide holds these words."), self)
        self._nothing.setObjectName("guide.nothing")
        self._nothing.setProperty("quiet", True)
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(8, 8, 8, 8)
        for one in (self._contents, self._hits, self._nothing):
            self._left.addWidget(one)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 0, 12)
        column.setSpacing(8)
        column.addWidget(self._search)
        column.addWidget(self._left, 1)
        self._back.setObjectName("guide.back")
        self._forward.setObjectName("guide.forward")
        find = IconButton("search", self.tr("Find on this page (Ctrl+F)"), self)
        find.setObjectName("guide.find_here")
        find.clicked.connect(self._find.open_bar)
        bar = QHBoxLayout()
        bar.setSpacing(4)
        bar.addWidget(self._back)
        bar.addWidget(self._forward)
        bar.addStretch(1)
        bar.addWidget(find)
        right = QWidget(self)
        page = QVBoxLayout(right)
        page.setContentsMargins(0, 12, 12, 12)
        page.setSpacing(8)
        page.addLayout(bar)
        page.addWidget(self._page, 1)
        page.addWidget(self._find)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setObjectName("guide.columns")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(8)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_LEFT_PX, _SIZE.width() - _LEFT_PX])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)
        self.setMinimumSize(560, 360)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._on_searched)
        self._search.returnPressed.connect(self._on_search_entered)
        self._contents.currentItemChanged.connect(self._on_contents_chosen)
        self._contents.itemClicked.connect(lambda item, _column: self._on_contents_chosen(item))
        self._hits.currentItemChanged.connect(lambda item, _before: self._on_hit_chosen(item))
        self._hits.itemClicked.connect(self._on_hit_chosen)
        self._page.anchorClicked.connect(self._on_link_clicked)
        self._page.resized.connect(self._refitting.start)
        self._back.clicked.connect(self.go_back)
        self._forward.clicked.connect(self.go_forward)
        self._find.wanted.connect(self._page.find_words)
        self._waiting.timeout.connect(self._draw_next)
        self._refitting.timeout.connect(self._refit)
        for keys, do in (
            (QKeySequence.StandardKey.Back, self.go_back),
            (QKeySequence.StandardKey.Forward, self.go_forward),
            (QKeySequence.StandardKey.Find, self._find.open_bar),
            (QKeySequence.StandardKey.FindNext, self._find.find_next),
            (QKeySequence.StandardKey.FindPrevious, self._find.find_previous),
            (QKeySequence("Ctrl+Shift+F"), self._focus_search),
            (QKeySequence.StandardKey.ZoomIn, self._page.zoomIn),
            (QKeySequence("Ctrl+="), self._page.zoomIn),
            (QKeySequence.StandardKey.ZoomOut, self._page.zoomOut),
        ):
            QShortcut(keys, self).activated.connect(do)

    # Where one is

    def go_back(self) -> None:
        """To what was read before."""
        self._travel(self._past, self._coming)

    def go_forward(self) -> None:
        """To what was left by going back."""
        self._travel(self._coming, self._past)

    def _travel(self, source: list[tuple[str, int]], other: list[tuple[str, int]]) -> None:
        if not source:
            return
        self._remember(other)
        address, place = source.pop()
        section = self._guide.find(address)
        assert section is not None
        self._go(section, place)

    def _remember(self, places: list[tuple[str, int]]) -> None:
        if self._here is not None:
            places.append((self.address, self._page.verticalScrollBar().value()))

    def _go(self, section: Section, place: int = -1) -> None:
        """Show a section; `place` is where the page was left, -1 where it was not."""
        is_same_page = self._here is not None and self._here.page == section.page
        self._here = section
        self._show_moves()
        self._mark_contents(section.page)
        page = self._guide.pages[section.page]
        if is_same_page and self._wanted is None:
            self._page.lead_to(section.anchor, place)
            self.shown.emit(section.address)
        else:
            self._wanted = page, section.anchor, place
            self._waiting.start()

    def _draw_next(self) -> None:
        """Draw one picture of the page that is wanted; with the last of them show it."""
        if self._wanted is None:
            return
        page, anchor, place = self._wanted
        is_dark = theme.current().is_dark
        for address in _PICTURE.findall(page.html):
            if not self._pictures.is_ready(address, is_dark=is_dark):
                self._pictures.picture(address, is_dark=is_dark)
                self._waiting.start()
                return
        self._wanted = None
        self._page.show_page(page)
        self._page.lead_to(anchor, place)
        self._page.mark(self._marked)
        self._find.repeat()
        self.shown.emit(self.address)

    def _refit(self) -> None:
        """Another width or another theme: the same page, at the same place."""
        if self._here is not None and self._wanted is None and self._page.needs_refit():
            place = self._page.share()
            self._page.show_page(self._guide.pages[self._here.page])
            self._page.lead_to_share(place)
            self._page.mark(self._marked)

    def _show_moves(self) -> None:
        self._back.setEnabled(bool(self._past))
        self._forward.setEnabled(bool(self._coming))

    def _mark_contents(self, name: str) -> None:
        for number in range(self._contents.topLevelItemCount()):
            group = self._contents.topLevelItem(number)
            for index in range(group.childCount() if group is not None else 0):
                item = group.child(index) if group is not None else None
                if item is not None and item.data(0, _ADDRESS) == name:
                    self._contents.blockSignals(True)
                    self._contents.setCurrentItem(item)
                    self._contents.blockSignals(False)

    # What a person does

    def _lead(self, section: Section | None) -> None:
        if section is not None and section != self._here:
            self._remember(self._past)
            self._coming.clear()
            self._go(section)
        elif section is not None:
            self._page.lead_to(section.anchor, -1)

    def _on_contents_chosen(self, item: QTreeWidgetItem | None, _before: Any = None) -> None:
        address = None if item is None else item.data(0, _ADDRESS)
        if address:
            self._marked = ""
            section = self._guide.find(str(address))
            if section is not None and (self._here is None or self._here.page != section.page):
                self._lead(section)

    def _on_searched(self, words: str) -> None:
        hits = self._guide.search(words)
        self._hits.blockSignals(True)
        self._hits.clear()
        for hit in hits:
            self._add_hit(hit)
        self._hits.blockSignals(False)
        self._marked = words if hits else ""
        self._page.mark(self._marked)
        found = self._hits if hits else self._nothing
        self._left.setCurrentWidget(found if words.strip() else self._contents)

    def _add_hit(self, hit: Hit) -> None:
        page = self._guide.pages[hit.section.page].title
        title = hit.section.title
        head = (
            title
            if title == page
            else self.tr("{page}: {section}").format(page=page, section=title)
        )
        snippet = f"{hit.before}{hit.found}{hit.after}".strip()
        item = QListWidgetItem("\n".join(filter(None, (head, snippet))), self._hits)
        item.setData(_ADDRESS, hit.section.address)

    def _on_search_entered(self) -> None:
        if self._hits.count() and self._search.text().strip():
            self._hits.setCurrentRow(0)
            self._hits.setFocus()

    def _on_hit_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._lead(self._guide.find(str(item.data(_ADDRESS))))

    def _on_link_clicked(self, url: QUrl) -> None:
        link = url.toString()
        if url.scheme() in ("http", "https"):
            self._open_link(link)
        else:
            here = "" if self._here is None else self._here.page
            self._lead(self._guide.find(link, here))

    def _focus_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()


class _PageView(QTextBrowser):
    """One page, with its pictures no wider than the page.

    Signals:
        resized(): its width is another.
    """

    resized = Signal()

    def __init__(self, pictures: GuidePictures, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("guide.page")
        self.setAccessibleName(self.tr("Page of the guide"))
        self.setOpenLinks(False)
        self.setTabChangesFocus(False)
        self._pictures = pictures
        self._fitted: tuple[int, bool] = (0, False)

    def show_page(self, page: GuidePage) -> None:
        """Show it from its beginning."""
        self._fitted = self._room_px(), theme.current().is_dark
        document = QTextDocument(self)
        document.setDefaultFont(self.font())
        document.setDocumentMargin(_MARGIN_PX)
        document.setDefaultStyleSheet(_style_sheet())
        self.document().deleteLater()
        self.setDocument(document)
        self.setHtml(self._sized(page.html))

    def needs_refit(self) -> bool:
        """Whether the page was laid out for another width or theme."""
        return self._fitted != (self._room_px(), theme.current().is_dark)

    def share(self) -> float:
        """How far down the page one is, from 0 to 1."""
        bar = self.verticalScrollBar()
        return bar.value() / max(bar.maximum(), 1)

    def lead_to_share(self, share: float) -> None:
        """Go as far down as `share` says."""
        bar = self.verticalScrollBar()
        bar.setValue(round(share * bar.maximum()))

    def lead_to(self, anchor: str, place: int) -> None:
        """Go to an anchor, or to where the page was left."""
        if place >= 0:
            self.verticalScrollBar().setValue(place)
        elif anchor:
            self.scrollToAnchor(anchor)
        else:
            self.verticalScrollBar().setValue(0)

    def mark(self, words: str) -> None:
        """Lay a colour under each of the words, wherever they stand."""
        marks = []
        look = QTextCharFormat()
        look.setBackground(QColor(theme.current().warn_soft))
        for word in words.split():
            cursor = QTextCursor(self.document())
            while not (cursor := self.document().find(word, cursor)).isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = cursor, look
                marks.append(mark)
        self.setExtraSelections(marks)

    def find_words(self, words: str, is_backward: bool, is_anew: bool) -> None:
        """Select the next place of the words, from the page's other end if there is none."""
        self.mark(words)
        flags = QTextDocument.FindFlag.FindBackward if is_backward else QTextDocument.FindFlag(0)
        cursor = self.textCursor()
        if is_anew:
            cursor.setPosition(cursor.selectionStart())
            self.setTextCursor(cursor)
        if not words or self.find(words, flags):
            return
        end = QTextCursor.MoveOperation.End if is_backward else QTextCursor.MoveOperation.Start
        self.moveCursor(end)
        self.find(words, flags)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture of the guide; nothing is ever fetched."""
        if kind == QTextDocument.ResourceType.ImageResource.value:
            address = name if isinstance(name, str) else name.toString()
            return self._fitting(address)
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wants other sizes of the pictures."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.resized.emit()

    def _fitting(self, address: str) -> QImage:
        """The picture as large as it is drawn: Qt's text would leave lines of pixels out."""
        image = self._pictures.picture(address, is_dark=theme.current().is_dark)
        size, ratio = self._size_of(image), self.devicePixelRatioF()
        fitting = image.scaled(
            size * ratio,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        fitting.setDevicePixelRatio(ratio)
        return fitting

    def _size_of(self, image: QImage) -> QSize:
        """How large a picture is drawn: in its own size, or as wide as the page."""
        size = image.deviceIndependentSize()
        width = min(self._room_px(), round(size.width()))
        return QSize(width, round(size.height() * width / max(size.width(), 1)))

    def _room_px(self) -> int:
        bar = self.verticalScrollBar().sizeHint().width()  # it comes with a long page
        return max(self.width() - 2 * self.frameWidth() - bar - 2 * _MARGIN_PX - 8, 1)

    def _sized(self, html: str) -> str:
        is_dark = theme.current().is_dark

        def sized(found: re.Match[str]) -> str:
            size = self._size_of(self._pictures.picture(found[1], is_dark=is_dark))
            return f'<img width="{size.width()}" height="{size.height()}" src="{found[1]}"'

        return _PICTURE.sub(sized, html)


class FindInPage(QWidget):
    """A line below the page: words, the next place, the one before.

    Signals:
        wanted(str, bool, bool): the words, whether backwards, whether they are new.
    """

    wanted = Signal(str, bool, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("guide.find")
        self._words = QLineEdit(self)
        self._words.setObjectName("guide.find.words")
        self._words.setAccessibleName(self.tr("Find on this page"))
        self._words.setPlaceholderText(self.tr("Find on this page"))
        self._words.setClearButtonEnabled(True)
        before = IconButton("up", self.tr("The place before (Shift+F3)"), self)
        after = IconButton("down", self.tr("The next place (F3)"), self)
        close = IconButton("remove", self.tr("Close (Esc)"), self)
        for button, name in ((before, "before"), (after, "next"), (close, "close")):
            button.setObjectName(f"guide.find.{name}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._words, 1)
        for button in (before, after, close):
            row.addWidget(button)
        self._words.textChanged.connect(lambda words: self.wanted.emit(words, False, True))
        self._words.returnPressed.connect(self.find_next)
        before.clicked.connect(self.find_previous)
        after.clicked.connect(self.find_next)
        close.clicked.connect(self.close_bar)
        self.hide()

    def open_bar(self) -> None:
        """Show it with the keyboard in it."""
        self.show()
        self._words.setFocus()
        self._words.selectAll()

    def close_bar(self) -> None:
        """Hide it; nothing is marked any more."""
        self.hide()
        self.wanted.emit("", False, False)

    def repeat(self) -> None:
        """Another page: look for the words on it, too."""
        if self.isVisible():
            self.wanted.emit(self._words.text(), False, True)

    def find_next(self) -> None:
        """The next place."""
        self.wanted.emit(self._words.text(), False, False)

    def find_previous(self) -> None:
        """The place before."""
        self.wanted.emit(self._words.text(), True, False)


def _style_sheet() -> str:
    """How the pages look, in the colours of the theme that is on."""
    now = theme.current()
    return f"""
        h1 {{ font-size: xx-large; font-weight: 700; margin-top: 0; margin-bottom: 12px; }}
        h2 {{ font-size: x-large; font-weight: 700; margin-top: 28px; margin-bottom: 8px; }}
        h3 {{ font-size: large; font-weight: 700; margin-top: 22px; margin-bottom: 4px; }}
        h4 {{ font-weight: 700; margin-top: 14px; margin-bottom: 4px; }}
        p {{ margin-top: 4px; margin-bottom: 8px; line-height: 140%; }}
        li {{ margin-bottom: 4px; line-height: 140%; }}
        a {{ color: {now.accent}; text-decoration: none; }}
        code {{ background-color: {now.window}; }}
        pre {{ background-color: {now.window}; margin: 8px 0 8px 0; white-space: pre-wrap; }}
        .picture {{ line-height: 100%; margin-top: 8px; margin-bottom: 12px; }}
        th {{ background-color: {now.window}; text-align: left; }}
        td, th {{ padding: 5px 8px; }}
        .helps {{ color: {now.quiet}; }}
        .quiet {{ color: {now.quiet}; }}
        .good {{ color: {now.good}; }}
        .bad {{ color: {now.bad}; }}
        .warn {{ color: {now.warn}; }}
    """
