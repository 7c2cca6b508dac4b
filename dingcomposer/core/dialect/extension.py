"""DingTalk's markdown as an extension of Python-Markdown: the only module that imports `markdown`.

Every step of the engine is there, with a processor of ours in it: the lines are tidied by a
preprocessor, a block processor finds the blocks, a tree processor reads what stands in them, and
a serializer writes them. The stock processors are taken out: they differ from CommonMark in what
begins a list or a quote, in nesting, emphasis, escapes and links, and take minutes for some texts
of 20 KB.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString, Registry

from dingcomposer.core.dialect import blocks, inlines, tables
from dingcomposer.core.dialect.blocks import BlockKind, Container, Leaf
from dingcomposer.core.dialect.source import tidied
from dingcomposer.core.dialect.tree import fill

_READ: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "th", "td"})
_TIGHT: Final = "tight"  # a paragraph whose text stands in the list item itself
_VOID: Final = frozenset({"br", "hr", "img"})


class DialectExtension(Extension):
    """Makes an engine DingTalk's: one engine, one extension, one text at a time.

    After `convert`, `spans` holds first line and count of lines of every block at the top, and
    `fragments` its HTML.
    """

    def __init__(self, *, for_pc: bool) -> None:
        super().__init__()
        self.for_pc = for_pc
        self.spans: list[tuple[int, int]] = []
        self.fragments: list[str] = []

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

    def serialize(self, root: Element) -> str:
        """What the engine is to use as its serializer; keeps the `fragments`."""
        self.fragments = [_html(element) for element in root]
        return "\n".join(self.fragments)


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
    found = tables.cells(row)
    if len(found) > len(aligns):
        # Cells without a column would be lost: they go on in the last one.
        found[len(aligns) - 1 :] = [" | ".join(found[len(aligns) - 1 :])]
    line = SubElement(parent, "tr")
    for text, align in zip(found, aligns, strict=False):
        cell = SubElement(line, tag)
        cell.text = text
        if align:
            cell.set("align", align)


def _html(element: Element) -> str:
    # The stock serializer leaves `&amp;` alone where the text is meant to show just that.
    tag = element.tag
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.items())
    if tag in _VOID:
        return f"<{tag}{attributes}>"
    parts = [f"<{tag}{attributes}>"]
    if element.text:
        parts.append(escape(element.text, quote=False))
    for child in element:
        parts.append(_html(child))
        if child.tail:
            parts.append(escape(child.tail, quote=False))
    parts.append(f"</{tag}>")
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Converted:
    """The top-level blocks of a text: for each its first line, how many it has, and its HTML."""

    spans: list[tuple[int, int]]
    fragments: list[str]


def convert(text: str, *, for_pc: bool) -> Converted:
    """Every top-level block of `text`, read by the engine.

    Each call has an engine of its own (0.2 ms), so any thread may call it.
    """
    extension = DialectExtension(for_pc=for_pc)
    engine = Markdown(extensions=[extension])
    engine.serializer = extension.serialize  # only now: the constructor ends by setting its own
    engine.convert(text)
    done = Converted(extension.spans, extension.fragments)
    # The engine is full of cycles. What is large must not wait in it for the garbage collector.
    extension.spans, extension.fragments = [], []
    engine.parser.root = Element("div")
    return done
