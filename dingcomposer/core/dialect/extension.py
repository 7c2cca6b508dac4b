"""DingTalk's markdown as an extension of Python-Markdown: the only module that imports `markdown`.

The project is built on Python-Markdown, and here is the whole of it that is used: the engine runs
its steps in their order, and in each of them stands a processor of ours. A preprocessor tidies the
lines, a block processor finds the blocks, a tree processor reads what stands in them, and in the
place of a serializer the elements are handed over. The stock processors are taken out, registries
and all: they differ from CommonMark in what begins a list or a quote, in nesting, emphasis, escapes
and links, they know no place within a line, which the lint needs, and they take minutes for some
texts of 20 KB. What is left is the engine's frame, in which those who know Python-Markdown find
each step where they look for it, and which a processor of theirs can be put into.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString, Registry

from dingcomposer.core.dialect import blocks, inlines
from dingcomposer.core.dialect.blocks import BlockKind, Container, Leaf
from dingcomposer.core.dialect.html import Block
from dingcomposer.core.dialect.source import Part, parts, tidied
from dingcomposer.core.dialect.tree import fill

REMEMBERED: Final = 1024
"""How many parts are kept as they were converted: more than a message has."""

REMEMBERED_LENGTH: Final = 2000
"""The longest part, in characters, that is kept so."""

_READ: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "th", "td"})
_TIGHT: Final = "tight"  # a paragraph whose text stands in the list item itself


class DialectExtension(Extension):
    """Makes an engine DingTalk's: one engine, one extension, one text at a time.

    After `convert`, `blocks` holds every block at the top: its first line, how many lines it has,
    and its element.
    """

    def __init__(self, *, for_pc: bool) -> None:
        super().__init__()
        self.for_pc = for_pc
        self.spans: list[tuple[int, int]] = []
        self.blocks: list[tuple[int, int, Element]] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the engine's spelling
        """Put our processors in the place of the stock ones."""
        md.preprocessors = Registry()
        md.preprocessors.register(_Tidy(md), "tidy", 10)
        md.parser.blockprocessors = Registry()
        md.parser.blockprocessors.register(_Structure(md, self), "structure", 10)
        md.treeprocessors = Registry()
        md.treeprocessors.register(_Reading(md, self), "reading", 10)
        md.postprocessors = Registry()
        md.inlinePatterns = Registry()
        md.stripTopLevelTags = False

    def hand_over(self, root: Element) -> str:
        """What the engine is to use as its serializer; keeps the `blocks`."""
        self.blocks = [(*span, element) for span, element in zip(self.spans, root, strict=True)]
        return ""


class _Tidy(Preprocessor):
    """Sets right what no client could show."""

    def run(self, lines: list[str]) -> list[str]:
        return tidied("\n".join(lines))


class _Structure(BlockProcessor):
    """Takes the whole text at once, since CommonMark's blocks do not end at blank lines."""

    def __init__(self, md: Markdown, extension: DialectExtension) -> None:
        super().__init__(md.parser)
        self._extension = extension

    def test(self, parent: Element, block: str) -> bool:
        return True

    def run(self, parent: Element, blocks_: list[str]) -> None:
        lines = "\n\n".join(blocks_).split("\n")
        blocks_.clear()
        document = blocks.parse(lines, with_tables=self._extension.for_pc)
        self._extension.spans = [
            (block.first_line, block.last_line - block.first_line + 1)
            for block in document.children
        ]
        for block in document.children:
            _append(parent, block)


class _Reading(Treeprocessor):
    """Reads the inline markup of every block that has any."""

    def __init__(self, md: Markdown, extension: DialectExtension) -> None:
        super().__init__(md)
        self._for_pc = extension.for_pc

    def run(self, root: Element) -> None:
        for element in list(root.iter()):
            if element.tag in _READ:
                self._read(element, element.text or "")
            elif element.tag == "li":
                self._read_item(element)

    def _read(self, element: Element, text: str) -> None:
        element.text = None
        fill(element, inlines.parse(text, for_pc=self._for_pc))

    def _read_item(self, item: Element) -> None:
        children = list(item)
        del item[:]
        for child in children:
            if child.tag == _TIGHT:
                fill(item, inlines.parse(child.text or "", for_pc=self._for_pc))
            else:
                item.append(child)


def _append(parent: Element, block: Container | Leaf, *, is_tight: bool = False) -> None:
    if isinstance(block, Leaf):
        _append_leaf(parent, block, is_tight)
        return
    if block.kind is BlockKind.LIST:
        _append_list(parent, block)
        return
    quote = SubElement(parent, "blockquote")
    for child in block.children:
        _append(quote, child)


def _append_list(parent: Element, block: Container) -> None:
    items = SubElement(parent, "ul" if block.start is None else "ol")
    if block.start not in (None, 1):
        items.set("start", str(block.start))
    is_tight = not block.is_loose
    for item in block.children:
        element = SubElement(items, "li")
        if isinstance(item, Container):
            for child in item.children:
                _append(element, child, is_tight=is_tight)


def _append_leaf(parent: Element, leaf: Leaf, is_tight: bool) -> None:
    match leaf.kind:
        case BlockKind.RULE:
            SubElement(parent, "hr")
        case BlockKind.FENCE | BlockKind.CODE:
            SubElement(SubElement(parent, "pre"), "code").text = AtomicString(leaf.code)
        case BlockKind.HEADING:
            SubElement(parent, f"h{leaf.level}").text = leaf.text
        case BlockKind.TABLE:
            _append_table(parent, leaf)
        case _:
            SubElement(parent, _TIGHT if is_tight else "p").text = leaf.text


def _append_table(parent: Element, leaf: Leaf) -> None:
    table = SubElement(parent, "table")
    head, *rows = leaf.lines
    _append_row(SubElement(table, "thead"), "th", head, leaf.aligns)
    if rows:
        body = SubElement(table, "tbody")
        for row in rows:
            _append_row(body, "td", row, leaf.aligns)


def _append_row(parent: Element, tag: str, row: str, aligns: Sequence[str]) -> None:
    found = blocks.cells(row)
    if len(found) > len(aligns):
        # Cells without a column would be lost: they go on in the last one.
        found[len(aligns) - 1 :] = [" | ".join(found[len(aligns) - 1 :])]
    line = SubElement(parent, "tr")
    for text, align in zip(found, aligns, strict=False):
        cell = SubElement(line, tag)
        cell.text = text
        if align:
            cell.set("align", align)


def convert(text: str, *, for_pc: bool) -> tuple[Block, ...]:
    """Every block at the top of `text`. Any thread may call it; the elements are not to be changed.

    A part of the text that was converted before is not read again: it becomes the same elements.
    """
    converter: _Converter | None = None
    found: list[Block] = []
    for part in parts(tidied(text)):
        is_short = len(part.source) <= REMEMBERED_LENGTH
        kept = _kept(part.source, for_pc) if is_short else []
        if not kept:
            converter = converter or _Converter(for_pc)
            kept.append(converter.convert(part))
        down = part.first_line
        found += (
            Block(one.first_line + down, one.line_count, one.source, one.element) for one in kept[0]
        )
    if converter is not None:
        converter.close()
    return tuple(found)


@lru_cache(maxsize=REMEMBERED)
def _kept(source: str, for_pc: bool) -> list[tuple[Block, ...]]:
    """Where the blocks of a part are kept: empty until whoever asked has put them there.

    So one engine can serve all parts that are not known yet.
    """
    return []


def forget() -> None:
    """Drop all that is kept of texts converted before."""
    _kept.cache_clear()


class _Converter:
    """An engine for the parts of one text (0.2 ms), so that any thread may have its own."""

    def __init__(self, for_pc: bool) -> None:
        self._extension = DialectExtension(for_pc=for_pc)
        self._engine = Markdown(extensions=[self._extension])
        # Only now: the constructor ends by setting its own.
        self._engine.serializer = self._extension.hand_over

    def convert(self, part: Part) -> tuple[Block, ...]:
        """The blocks of a part, as if the text began with it."""
        self._extension.blocks = []
        self._engine.convert(f"{part.source}\n")  # its last line, too, ends
        lines = part.source.split("\n")
        return tuple(
            Block(first, count, "\n".join(lines[first : first + count]), element)
            for first, count, element in self._extension.blocks
        )

    def close(self) -> None:
        """Let go of what is large: an engine is full of cycles, and waits for the collector."""
        self._extension.spans, self._extension.blocks = [], []
        self._engine.parser.root = Element("div")
