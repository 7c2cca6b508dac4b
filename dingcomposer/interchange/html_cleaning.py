"""Copied HTML as a plain tree: paragraphs, headings, lists, quotes, tables, and runs in them.

Every program wraps what it copies in a way of its own: Word writes lists as paragraphs, mails lay
themselves out in tables, editors in the browser put each line into a box. Here all of them become
the same few tags, with letters that look the same in one run.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from dingcomposer.interchange.html_styles import (
    INLINE,
    PLAIN,
    Css,
    LetterStyle,
    Loss,
    StyleSheet,
    is_hidden,
    look_within,
    web_address,
)


class TooDeepError(Exception):
    """More boxes within boxes than anybody writes."""


@dataclass(frozen=True, slots=True)
class CopiedRun:
    """Letters that look the same; `picture` is an address, and then `text` says what is seen."""

    text: str
    look: LetterStyle = PLAIN
    picture: str = ""


BREAK: Final = CopiedRun("\n")


@dataclass(slots=True)
class CopiedBlock:
    """A paragraph, a heading (`level`), code, or a rule; or a holder of blocks: list, item, quote.

    `name` is the tag's: p, h, pre, hr, ul, ol, li, blockquote, table; or line, a paragraph that the
    next line belongs to. `start` is a numbered list's first number.
    """

    name: str
    runs: list[CopiedRun]
    blocks: "list[CopiedBlock]"
    level: int = 0
    start: int = 1
    table: "list[list[list[CopiedRun]]] | None" = None
    has_headings: bool | None = None


def clean(soup: BeautifulSoup, losses: set[Loss]) -> list[CopiedBlock]:
    """The blocks of a document. What cannot be shown goes into `losses`. Raises TooDeepError."""
    cleaner = _Cleaner(StyleSheet(soup), losses)
    cleaner.read(soup)
    return cleaner.done()


def with_closed_items(html: str) -> str:
    """The same, with the ends of items that nobody wrote, as LibreOffice does not.

    HTML lets them be left out; the parser would have each item within the one before.
    """
    made: list[str] = []
    opened: list[str] = []
    at = 0
    for tag in _LIST_TAG.finditer(html):
        name, is_end = tag[2].lower(), bool(tag[1])
        if opened[-1:] == ["li"] and is_end is (name != "li"):
            made += [html[at : tag.start()], "</li>"]
            at = tag.start()
            opened.pop()
        if not is_end:
            opened.append(name)
        elif opened[-1:] == [name]:
            opened.pop()
    return "".join((*made, html[at:])) if made else html


_LIST_TAG: Final = re.compile(r"<(/?)(ul|ol|li)\b[^<>]{0,2000}>", re.IGNORECASE)
_DEEPEST: Final = 100
_SKIPPED: Final = frozenset(
    (
        *("head", "script", "style", "meta", "title", "link", "noscript", "template", "button"),
        *("input", "select", "textarea", "svg", "lake-card", "xml"),
    )
)
_MEDIA: Final = frozenset(("video", "audio", "iframe", "object", "embed", "canvas"))
_TRANSPARENT: Final = INLINE | {"o:p", "html", "body", "picture", "ruby", "w:sdt"}
_HEADING: Final = re.compile(r"h([1-6])")
_WORD_HEADING: Final = re.compile(r"(?:Mso)?Heading\s?([1-9])|标题\s?([1-9])", re.IGNORECASE)
_WORD_LIST: Final = re.compile(r"l\d+ level(\d)")
_MARKER: Final = re.compile(
    r"[(（]?(?:(\d{1,4})|[a-z]{1,4}|[一二三四五六七八九十]{1,3})[.)、．）]", re.IGNORECASE
)
_SPACE: Final = re.compile(r"[ \t\r\n\f\u00a0]+")
_MONOSPACE: Final = re.compile(r"mono|consol|menlo|courier|source code", re.IGNORECASE)
_SIZE: Final = re.compile(r"([\d.]+)(pt|px)")


class _Cleaner:
    """Walks through a tree and builds blocks."""

    def __init__(self, sheet: StyleSheet, losses: set[Loss]) -> None:
        self._sheet = sheet
        self._losses = losses
        self._root = CopiedBlock("root", [], [])
        self._holder = self._root
        self._runs: list[CopiedRun] = []
        self._leaf = ("p", 0)
        self._word_lists: list[CopiedBlock] = []  # open ones, by level, within one holder
        self._sizes: set[str] = set()
        self._depth = 0

    def done(self) -> list[CopiedBlock]:
        """The blocks, once all is read."""
        self._flush()
        if len(self._sizes) > 1:
            self._losses.add(Loss.SIZES)
        return self._root.blocks

    def read(self, node: Tag, look: LetterStyle = PLAIN, *, is_raw: bool = False) -> None:
        """All that stands in a node. Raises TooDeepError."""
        if self._depth > _DEEPEST:
            raise TooDeepError
        self._depth += 1
        for child in node.children:
            if isinstance(child, Tag):
                self._element(child, look, is_raw=is_raw)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self._text(str(child), look, is_raw=is_raw)
        self._depth -= 1

    # --- letters --------------------------------------------------------------------------------

    def _text(self, text: str, look: LetterStyle, *, is_raw: bool) -> None:
        if is_raw:
            lines = text.replace("\r\n", "\n").split("\n")
            for number, line in enumerate(lines):
                if number:
                    self._runs.append(BREAK)
                if line:
                    self._runs.append(CopiedRun(line, look))
            return
        words = _SPACE.sub(" ", text)
        if words:
            self._runs.append(CopiedRun(words, look))

    def _element(self, element: Tag, look: LetterStyle, *, is_raw: bool) -> None:
        name = element.name
        css = self._sheet.css_of(element)
        if name in _SKIPPED or is_hidden(css) or "ignore" in css.get("mso-list", ""):
            return
        if name in _MEDIA:
            self._losses.add(Loss.MEDIA)
        elif name == "br":
            self._runs.append(BREAK)
        elif name in ("img", "v:imagedata"):
            self._picture(element, look)
        elif name in _TRANSPARENT:
            inner = look_within(look, element, css, self._losses)
            self._note_size(css, element)
            self.read(element, inner, is_raw=is_raw)
        else:
            self._block(element, css, look, is_raw=is_raw)

    def _picture(self, element: Tag, look: LetterStyle) -> None:
        address = web_address(str(element.get("src") or ""))
        words = str(element.get("alt") or "")
        if str(element.get("width")) == "1" or str(element.get("height")) == "1":
            return  # counts who opened a mail
        if address:
            self._runs.append(CopiedRun(" ".join(words.split()), replace(look, colour=""), address))
        else:
            self._losses.add(Loss.PICTURES)

    def _note_size(self, css: Css, element: Tag) -> None:
        found = _SIZE.fullmatch(css.get("font-size", ""))
        if found and self._leaf[0] == "p" and element.get_text(strip=True):
            points = float(found[1]) * (0.75 if found[2] == "px" else 1)
            self._sizes.add(f"{round(points)}")

    # --- blocks ---------------------------------------------------------------------------------

    def _block(self, element: Tag, css: Css, look: LetterStyle, *, is_raw: bool) -> None:
        name = element.name
        self._flush()
        if name == "table":
            self._table(element, look)
        elif name == "hr":
            self._add(CopiedBlock("hr", [], []))
        elif name == "pre" and not is_raw:
            self._code(element)
        elif name in ("ul", "ol"):
            self._list(element, look)
        elif name == "li":
            self._item(element, look)
        elif name == "blockquote":
            self._inside(CopiedBlock("blockquote", [], []), element, look)
        elif name in ("p", "h1", "h2", "h3", "h4", "h5", "h6") and self._word_item(element, css):
            pass
        else:
            self._paragraph(element, css, look, is_raw=is_raw)

    def _paragraph(self, element: Tag, css: Css, look: LetterStyle, *, is_raw: bool) -> None:
        before = self._leaf
        level = _heading_level(element, css)
        if level:
            self._leaf = ("h", level)
        inner = look_within(look, element, css, self._losses)
        self._note_size(css, element)
        keeps = is_raw or css.get("white-space", "") in ("pre", "pre-wrap", "pre-line")
        self.read(element, inner, is_raw=keeps and "\n" in element.get_text())
        self._flush(is_line=element.name == "div" and _is_line(element))
        self._leaf = before

    def _inside(self, holder: CopiedBlock, element: Tag, look: LetterStyle) -> None:
        """Read an element into a block of its own."""
        self._add(holder)
        before = (self._holder, self._word_lists, self._leaf)
        self._holder, self._word_lists, self._leaf = holder, [], ("p", 0)
        inner = look_within(look, element, self._sheet.css_of(element), self._losses)
        self.read(element, inner)
        self._flush()
        self._holder, self._word_lists, self._leaf = before
        if not holder.blocks:
            self._holder.blocks.remove(holder)

    def _list(self, element: Tag, look: LetterStyle) -> None:
        start = str(element.get("start") or "")
        made = CopiedBlock(element.name, [], [], start=int(start) if start.isdecimal() else 1)
        before = self._holder
        if before.name in ("ul", "ol") and before.blocks:
            self._holder = before.blocks[-1]  # a list right in a list belongs to the item above
        last = self._holder.blocks[-1] if self._holder.blocks else None
        if last is not None and last.name == made.name:
            self._go_on(last, element, look)  # some make a list of each item
        else:
            self._inside(made, element, look)
        self._holder = before

    def _go_on(self, made: CopiedBlock, element: Tag, look: LetterStyle) -> None:
        before, self._holder = self._holder, made
        self.read(element, look)
        self._flush()
        self._holder = before

    def _item(self, element: Tag, look: LetterStyle) -> None:
        before = self._holder
        if before.name not in ("ul", "ol"):  # an item without a list
            last = before.blocks[-1] if before.blocks else None
            if last is None or last.name != "ul":
                last = CopiedBlock("ul", [], [])
                self._add(last)
            self._holder = last
        box = _checkbox(element)
        if box:
            element.insert(0, NavigableString(box))
        self._inside(CopiedBlock("li", [], []), element, look)
        self._holder = before

    def _word_item(self, element: Tag, css: Css) -> bool:
        """Word's and WPS's items are paragraphs that name their list and their level."""
        found = _WORD_LIST.search(css.get("mso-list", ""))
        if found is None or _heading_level(element, css):
            return False
        ignored = element.find(style=re.compile(r"mso-list:\s*ignore", re.IGNORECASE))
        marker = _MARKER.match(ignored.get_text().strip()) if ignored else None
        level, name = int(found[1]), "ol" if marker else "ul"
        lists = self._word_lists = self._word_lists[:level]
        if lists and (len(lists) == level and lists[-1].name != name):
            lists.pop()
        while len(lists) < level:
            start = int(marker[1]) if marker and marker[1] else 1
            made = CopiedBlock(name, [], [], start=start)
            parent = lists[-1].blocks[-1] if lists and lists[-1].blocks else self._holder
            parent.blocks.append(made)
            lists.append(made)
            level = min(level, len(lists))  # of levels that are left out, one is made
        item = CopiedBlock("li", [], [])
        lists[-1].blocks.append(item)
        before, self._holder = self._holder, item
        self.read(element, look_within(PLAIN, element, css, self._losses))
        self._flush(keeps_lists=True)
        self._holder = before
        if not item.blocks:
            lists[-1].blocks.remove(item)
        return True

    def _code(self, element: Tag) -> None:
        before, self._leaf = self._leaf, ("pre", 0)
        self.read(element, PLAIN, is_raw=True)
        while self._runs and self._runs[-1] is BREAK:
            self._runs.pop()
        while self._runs and self._runs[0] is BREAK:
            self._runs.pop(0)
        self._flush()
        self._leaf = before

    def _add(self, block: CopiedBlock) -> None:
        self._word_lists = []
        self._holder.blocks.append(block)

    def _flush(self, *, is_line: bool = False, keeps_lists: bool = False) -> None:
        runs, self._runs = self._runs, []
        name, level = self._leaf
        runs = runs if name == "pre" else tidy(runs)
        last = self._holder.blocks[-1] if self._holder.blocks else None
        if not runs:
            if is_line and last is not None and last.name == "line":
                last.name = "p"  # an empty line ends it
            return
        if name == "h":
            runs = [replace(run, look=replace(run.look, is_bold=False)) for run in runs]
        if is_line and last is not None and last.name == "line":
            last.runs += [BREAK, *runs]
            return
        made = CopiedBlock("line" if is_line else name, runs, [], level=level)
        if keeps_lists:
            self._holder.blocks.append(made)
        else:
            self._add(made)

    # --- tables ---------------------------------------------------------------------------------

    def _table(self, element: Tag, look: LetterStyle) -> None:
        cells = [
            [cell for cell in row.children if isinstance(cell, Tag) and cell.name in ("td", "th")]
            for row in _rows(element)
            if not is_hidden(self._sheet.css_of(row))
        ]
        width = max(map(len, cells), default=0)
        if width <= 1 or element.find(["table", "h1", "h2", "h3", "ul", "ol", "blockquote"]):
            for row in cells:  # it only lays something out
                for cell in row:
                    self._paragraph(cell, self._sheet.css_of(cell), look, is_raw=False)
            return
        caption = element.find("caption")
        if isinstance(caption, Tag):
            self._paragraph(caption, {}, look, is_raw=False)
        grid = [[self._cell(cell, look) for cell in row] for row in cells]
        is_head = bool(cells) and all(
            cell.name == "th" or cell.find_parent("thead") for cell in cells[0]
        )
        is_bold = bool(grid) and _is_all_bold(grid[0]) and not all(map(_is_all_bold, grid))
        made = CopiedBlock("table", [], [], table=self._spread(cells, grid))
        if is_head or is_bold:
            made.has_headings = True
        elif any(_span(cell, "rowspan") > 1 for cell in cells[0]):
            made.has_headings = False
        self._add(made)

    def _cell(self, cell: Tag, look: LetterStyle) -> list[CopiedRun]:
        """What stands in a cell, on one line."""
        before = (self._holder, self._runs, self._leaf, self._word_lists)
        holder = CopiedBlock("cell", [], [])
        self._holder, self._runs, self._leaf, self._word_lists = holder, [], ("p", 0), []
        self._paragraph(cell, self._sheet.css_of(cell), look, is_raw=False)
        self._holder, self._runs, self._leaf, self._word_lists = before
        runs: list[CopiedRun] = []
        for block in holder.blocks:
            runs += [*([CopiedRun(" ")] if runs else []), *block.runs]
        return [CopiedRun(" ") if run is BREAK else run for run in runs]

    def _spread(
        self, cells: list[list[Tag]], grid: list[list[list[CopiedRun]]]
    ) -> list[list[list[CopiedRun]]]:
        """The grid with each merged cell where it begins, and nothing in the rest of its place."""
        taken: dict[tuple[int, int], list[CopiedRun]] = {}
        for down, (row, contents) in enumerate(zip(cells, grid, strict=True)):
            across = 0
            for cell, runs in zip(row, contents, strict=True):
                while (down, across) in taken:
                    across += 1
                width, height = _span(cell, "colspan"), _span(cell, "rowspan")
                if width > 1 or height > 1:
                    self._losses.add(Loss.MERGED_CELLS)
                for y in range(height):
                    for x in range(width):
                        taken[down + y, across + x] = runs if not x else []
        bottom = len(cells)
        right = max((x for _, x in taken), default=-1) + 1
        return [[taken.get((y, x), []) for x in range(right)] for y in range(bottom)]


def tidy(runs: list[CopiedRun]) -> list[CopiedRun]:
    """Runs without spaces at the edges of lines, those of the same look in one."""
    made: list[CopiedRun] = []
    for run in runs:
        last = made[-1] if made else None
        if run is BREAK or run.picture:
            made.append(run)
            continue
        text = run.text
        if last is None or last is BREAK or (not last.picture and last.text.endswith(" ")):
            text = text.lstrip(" ")
        if not text:
            continue
        look = run.look if text.strip() or last is None or last is BREAK else last.look
        if last is not None and last is not BREAK and not last.picture and last.look == look:
            made[-1] = replace(last, text=last.text + text)
        else:
            made.append(replace(run, text=text, look=look))
    for place, run in enumerate(made):
        is_end = place + 1 == len(made) or made[place + 1] is BREAK
        if is_end and run is not BREAK and not run.picture:
            made[place] = replace(run, text=run.text.rstrip(" "))
    made = [run for run in made if run is BREAK or run.picture or run.text]
    while made and made[-1] is BREAK:
        made.pop()
    while made and made[0] is BREAK:
        made.pop(0)
    return made


def is_code_window(soup: BeautifulSoup) -> bool:
    """True for what an editor of programs copied: its colours say nothing to readers."""
    first = next((one for one in soup.find_all(["div", "pre", "span"]) if one.get("style")), None)
    style = str(first.get("style")) if first else ""
    return bool(_MONOSPACE.search(style)) and "white-space" in style and "pre" in style


def _heading_level(element: Tag, css: Css) -> int:
    found = _HEADING.fullmatch(element.name)
    if found:
        return int(found[1])
    names = element.get("class")
    named = " ".join(names) if isinstance(names, list) else str(names or "")
    if "MsoTitle" in named:
        return 1
    word = _WORD_HEADING.search(named)
    if word:
        return min(int(word[1] or word[2]), 6)
    outline = css.get("mso-outline-level", "")
    return min(int(outline), 6) if outline.isdecimal() and element.name == "p" else 0


def _is_line(element: Tag) -> bool:
    """True for a box of one line among boxes of empty lines, as mail programs write."""
    if element.find(["div", "p", "ul", "ol", "table", "blockquote", "pre"]):
        return False
    parent = element.parent
    boxes = parent.find_all("div", recursive=False) if parent else []
    return any(not box.get_text(strip=True) and box.find("br") for box in boxes)


def _rows(table: Tag) -> list[Tag]:
    rows: list[Tag] = []
    for child in table.children:
        if isinstance(child, Tag) and child.name == "tr":
            rows.append(child)
        elif isinstance(child, Tag) and child.name in ("thead", "tbody", "tfoot"):
            rows += [row for row in child.children if isinstance(row, Tag) and row.name == "tr"]
    return rows


def _checkbox(item: Tag) -> str:
    """The sign of a task; "" for an item that is none."""
    state = str(item.get("data-list") or item.get("data-checked") or "")
    box = item.find("input", type="checkbox")
    if isinstance(box, Tag) and box.find_parent("li") is item:
        state = "checked" if box.has_attr("checked") else "unchecked"
    return {"checked": "☑ ", "true": "☑ ", "unchecked": "☐ ", "false": "☐ "}.get(state, "")


def _is_all_bold(row: list[list[CopiedRun]]) -> bool:
    runs = [run for cell in row for run in cell if run.text.strip()]
    return bool(runs) and all(run.look.is_bold for run in runs)


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name) or "1")
    return max(1, min(int(value), 100)) if value.isdecimal() else 1
