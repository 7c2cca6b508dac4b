"""The blocks of a text: quotes, lists, paragraphs, headings, rules, code, as CommonMark finds them.

One pass over the lines, without recursion: a line goes on with the containers that are open, opens
new ones, and leaves the rest to a leaf. Link reference definitions and blocks of HTML do not exist
here: they are text. At most `MAX_DEPTH` containers stand inside each other; what would go deeper
is text, so that time grows with length alone and nobody's stack overflows.

Source of the rules: spec.commonmark.org/0.31.2, chapters 4 and 5 and the appendix.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Final

from dingcomposer.core.dialect.tables import alignments, cells

MAX_DEPTH: Final = 20
"""Quotes and list items inside each other; further marks are shown as they were written."""

_CODE_INDENT: Final = 4
_STARTS: Final = frozenset(">#`~=-_*+0123456789")
_TABLE_STARTS: Final = frozenset("|:-")
_HEADING: Final = re.compile(r"#{1,6}(?=[ \t]|$)")
FENCE: Final = re.compile(r"`{3,}+(?!.*`)|~{3,}+")
_SETEXT: Final = re.compile(r"(=++|-++)[ \t]*+$")
_RULE: Final = re.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)$")
_MARKER: Final = re.compile(r"([*+-]|([0-9]{1,9})[.)])(?=[ \t]|$)")


_TAB: Final = 4


class BlockKind(StrEnum):
    """What a block is: the first four hold blocks, the rest hold text."""

    DOCUMENT = "document"
    QUOTE = "quote"
    LIST = "list"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    RULE = "rule"
    FENCE = "fence"
    CODE = "code"
    TABLE = "table"


@dataclass(slots=True, eq=False)
class Leaf:
    """A block of text. Lines count from 0; `lines` is without the marks of the containers."""

    kind: BlockKind
    first_line: int
    last_line: int
    lines: list[str] = field(default_factory=list)
    level: int = 0  # of a heading
    is_setext: bool = False
    fence: str = ""  # as it was opened: ``` or longer, or tildes
    indent: int = 0  # of the fence
    aligns: tuple[str, ...] = ()  # of a table's columns: "", "left", "center", "right"

    @property
    def text(self) -> str:
        """What is to be read for inline markup; its lines are lines of the source."""
        return "\n".join(self.lines).rstrip(" \t")

    @property
    def code(self) -> str:
        """What stands in a fence or in indented code, each line with its end."""
        return "".join(f"{line}\n" for line in self.lines)


@dataclass(slots=True, eq=False)
class Container:
    """A block of blocks. `marker` and `width` are an item's, `start` is a numbered list's."""

    kind: BlockKind
    first_line: int
    last_line: int
    children: "list[Container | Leaf]" = field(default_factory=list)
    marker: str = ""  # what siblings share: the bullet, or the sign behind the number
    width: int = 0
    start: int | None = None
    is_shut: bool = False  # an item that began with two blank lines takes nothing more

    @property
    def is_loose(self) -> bool:
        """True for a list with a blank line between its items, or between an item's blocks."""
        return _has_gap(self.children) or any(
            _has_gap(item.children) for item in self.children if isinstance(item, Container)
        )


def parse(lines: Sequence[str], *, with_tables: bool = False) -> Container:
    """The document that `lines` (without their ends) make. Never fails."""
    reader = _BlockReader(with_tables)
    is_after_blank = False
    for number, line in enumerate(lines):
        is_blank = not line.strip(" \t")
        # After a blank line another one changes nothing but code; a thousand of them cost nothing.
        if is_blank and is_after_blank and (not line or not reader.is_in_code):
            reader.feed_blank(number)
        else:
            reader.feed(number, line)
        is_after_blank = is_blank
    reader.finish()
    return reader.root


def _has_gap(blocks: "Sequence[Container | Leaf]") -> bool:
    return any(after.first_line - before.last_line > 1 for before, after in pairwise(blocks))


class _Cursor:
    """What is left of a line: `rest` begins at `column`, `body` after `indent` more of them."""

    __slots__ = ("body", "column", "indent", "rest")

    def __init__(self, line: str) -> None:
        self.column = 0
        self._set(line)

    def _set(self, rest: str) -> None:
        self.rest = rest
        if rest[:1] not in (" ", "\t"):
            self.indent, self.body = 0, rest
            return
        self.body = rest.lstrip(" \t")
        space = rest[: len(rest) - len(self.body)]
        if "\t" in space:
            shift = self.column % _TAB
            self.indent = len((" " * shift + space).expandtabs(_TAB)) - shift
        else:
            self.indent = len(space)

    def skip(self, columns: int) -> None:
        """Leave `columns` of white space behind; what remains of a tab becomes spaces."""
        if not self.indent:
            return
        columns = min(columns, self.indent)
        column, used = self.column, 0
        self.column += columns
        while column < self.column:
            column += _TAB - column % _TAB if self.rest[used] == "\t" else 1
            used += 1
        self._set(" " * (column - self.column) + self.rest[used:])

    def take(self, characters: int) -> None:
        """Leave the indent and so many characters of the body behind."""
        self.column += self.indent + characters
        self._set(self.body[characters:])


class _BlockReader:
    """The state between two lines: the containers that are open, and the open leaf."""

    def __init__(self, with_tables: bool) -> None:
        self.root = Container(BlockKind.DOCUMENT, 0, 0)
        self._open = [self.root]
        self._leaf: Leaf | None = None
        self._with_tables = with_tables
        self._starts = _STARTS | _TABLE_STARTS if with_tables else _STARTS

    def feed_blank(self, number: int) -> None:
        """Read an empty line that follows a blank one."""
        if self._leaf is not None and self.is_in_code:
            self._leaf.lines.append("")
            if self._leaf.kind is BlockKind.FENCE:
                self._leaf.last_line = number

    @property
    def is_in_code(self) -> bool:
        """True where blank lines count."""
        return self._leaf is not None and self._leaf.kind in (BlockKind.FENCE, BlockKind.CODE)

    def feed(self, number: int, line: str) -> None:
        """Read the next line."""
        cursor = _Cursor(line)
        depth = self._match(cursor)
        is_inside = depth == len(self._open)
        if is_inside and self._leaf is not None and self._goes_on(self._leaf, cursor, number):
            return
        if not cursor.body:
            self._end_at_blank(depth, number)
            return
        while cursor.body:
            if cursor.indent >= _CODE_INDENT:
                if self._has_paragraph:
                    break
                self._close(depth)
                cursor.skip(_CODE_INDENT)
                self._add(Leaf(BlockKind.CODE, number, number, [cursor.rest]))
                return
            if cursor.body[0] not in self._starts or self._start_leaf(cursor, number, depth):
                break
            if not self._start_container(cursor, number, depth):
                break
            depth = len(self._open)
        self._add_text(cursor, number, depth)

    def finish(self) -> None:
        """End what is still open after the last line."""
        self._end_leaf()

    @property
    def _has_paragraph(self) -> bool:
        return self._leaf is not None and self._leaf.kind is BlockKind.PARAGRAPH

    def _match(self, cursor: _Cursor) -> int:
        """How many of the open containers go on with this line, whose marks are taken off."""
        depth = 1
        for container in self._open[1:]:
            if container.kind is BlockKind.QUOTE:
                if cursor.indent >= _CODE_INDENT or not cursor.body.startswith(">"):
                    break
                cursor.take(1)
                cursor.skip(1)
            elif container.is_shut:
                break
            elif not cursor.body:
                if not container.children:
                    container.is_shut = True
                    break
                cursor.skip(container.width)
            elif cursor.indent >= container.width:
                cursor.skip(container.width)
            else:
                break
            depth += 1
        return depth

    def _goes_on(self, leaf: Leaf, cursor: _Cursor, number: int) -> bool:
        """True where the open code, fence or table took the line."""
        if leaf.kind is BlockKind.FENCE:
            leaf.last_line = number
            if cursor.indent < _CODE_INDENT and closes_fence(leaf.fence, cursor.body):
                self._end_leaf()
            else:
                cursor.skip(leaf.indent)
                leaf.lines.append(cursor.rest)
            return True
        if leaf.kind is BlockKind.CODE and (cursor.indent >= _CODE_INDENT or not cursor.body):
            cursor.skip(_CODE_INDENT)
            leaf.lines.append(cursor.rest)
            if cursor.body:
                self._touch(number, leaf)
            return True
        return False

    def _end_at_blank(self, depth: int, number: int) -> None:
        """A blank line ends the paragraph, and what did not go on with it."""
        for index in range(depth - 1, 0, -1):
            if self._open[index].kind is BlockKind.QUOTE:
                # The line has the quote's mark, so it belongs to the quote and to what holds it.
                for container in self._open[: index + 1]:
                    container.last_line = number
                break
        is_shut = depth < len(self._open) and self._open[depth].is_shut
        self._close(depth + is_shut)
        self._end_leaf()

    def _start_leaf(self, cursor: _Cursor, number: int, depth: int) -> bool:
        """True where the line is a heading, a rule, or opens a fence or a table."""
        body = cursor.body
        leaf = self._leaf if depth == len(self._open) and self._has_paragraph else None
        if leaf is not None and self._turn(leaf, body, number):
            cursor.take(len(body))
            return True
        if heading := _HEADING.match(body):
            level = heading.end()
            found = Leaf(BlockKind.HEADING, number, number, [_without_hashes(body[level:])], level)
        elif fence := FENCE.match(body):
            found = Leaf(BlockKind.FENCE, number, number, fence=fence[0], indent=cursor.indent)
        elif _RULE.match(body):
            found = Leaf(BlockKind.RULE, number, number)
        else:
            return False
        self._close(depth)
        cursor.take(len(body))
        self._add(found)
        if found.kind is not BlockKind.FENCE:
            self._leaf = None
        return True

    def _turn(self, leaf: Leaf, body: str, number: int) -> bool:
        """True where the line turns the paragraph above it into a heading or a table."""
        if underline := _SETEXT.match(body):
            leaf.kind = BlockKind.HEADING
            leaf.is_setext = True
            leaf.level = 1 if underline[0].startswith("=") else 2
            self._touch(number, leaf)
            self._leaf = None
            return True
        aligns = alignments(body) if self._with_tables else ()
        if not aligns or len(cells(leaf.lines[-1])) != len(aligns):
            return False
        header = leaf.lines.pop()
        if leaf.lines:
            leaf.last_line = number - 2
        else:
            self._open[-1].children.pop()
        self._add(Leaf(BlockKind.TABLE, number - 1, number, [header], aligns=aligns))
        return True

    def _start_container(self, cursor: _Cursor, number: int, depth: int) -> bool:
        """True where the line opens a quote or a list item; its mark is taken off."""
        if depth > MAX_DEPTH:
            return False
        if cursor.body.startswith(">"):
            self._close(depth)
            self._enter(Container(BlockKind.QUOTE, number, number))
            cursor.take(1)
            cursor.skip(1)
            return True
        marker = _MARKER.match(cursor.body)
        if marker is None:
            return False
        ordinal = int(marker[2]) if marker[2] else None
        is_in_paragraph = depth == len(self._open) and self._has_paragraph
        is_empty = not cursor.body[marker.end() :].strip(" \t")
        if is_in_paragraph and (is_empty or ordinal not in (None, 1)):
            return False
        self._enter_item(cursor, number, depth, marker[1], ordinal)
        return True

    def _enter_item(
        self, cursor: _Cursor, number: int, depth: int, marker: str, ordinal: int | None
    ) -> None:
        """Open an item, in the list of the item before it where both have the same marker."""
        before = self._open[depth] if depth < len(self._open) else None
        self._close(depth)
        self._end_leaf()
        width = cursor.indent + len(marker)
        cursor.take(len(marker))
        space = cursor.indent if cursor.body and cursor.indent <= _CODE_INDENT else 1
        cursor.skip(space)
        item = Container(BlockKind.ITEM, number, number, marker=marker[-1], width=width + space)
        if before is None or before.marker != item.marker:
            items = Container(BlockKind.LIST, number, number, start=ordinal)
            self._open[-1].children.append(items)
        else:
            last = self._open[-1].children[-1]
            assert isinstance(last, Container)
            items = last
        items.children.append(item)
        self._open.append(item)
        self._touch(number)

    def _add_text(self, cursor: _Cursor, number: int, depth: int) -> None:
        """Add what is left of the line to the paragraph that is open, or make one of it."""
        if not cursor.body:
            return
        is_row = self._leaf is not None and self._leaf.kind is BlockKind.TABLE
        if self._leaf is not None and (
            self._has_paragraph or (is_row and depth == len(self._open))
        ):
            # Where containers did not go on, this is CommonMark's lazy continuation.
            self._leaf.lines.append(cursor.body)
            self._touch(number, self._leaf)
            return
        self._close(depth)
        self._add(Leaf(BlockKind.PARAGRAPH, number, number, [cursor.body]))

    def _enter(self, container: Container) -> None:
        self._end_leaf()
        self._open[-1].children.append(container)
        self._open.append(container)
        self._touch(container.first_line)

    def _add(self, leaf: Leaf) -> None:
        self._end_leaf()
        self._open[-1].children.append(leaf)
        self._leaf = leaf
        self._touch(leaf.last_line, leaf)

    def _touch(self, number: int, leaf: Leaf | None = None) -> None:
        """Note that the line belongs to all that is open."""
        if leaf is not None:
            leaf.last_line = number
        outer = self.root
        for container in self._open:
            container.last_line = number
            if container.kind is BlockKind.ITEM:
                outer.children[-1].last_line = number  # its list
            outer = container

    def _close(self, depth: int) -> None:
        """Close the containers that did not go on, and the leaf that stood in them."""
        if depth < len(self._open):
            self._end_leaf()
            del self._open[depth:]

    def _end_leaf(self) -> None:
        leaf = self._leaf
        self._leaf = None
        if leaf is None:
            return
        if leaf.kind is BlockKind.FENCE:
            self._touch(leaf.last_line)
        elif leaf.kind is BlockKind.CODE:
            while not leaf.lines[-1].strip(" \t"):
                leaf.lines.pop()


def closes_fence(fence: str, body: str) -> bool:
    """True where `body` is a fence at least as long as the one that `fence` opened."""
    rest = body.lstrip(fence[0])
    return len(body) - len(rest) >= len(fence) and not rest.strip(" \t")


def _without_hashes(content: str) -> str:
    """A heading's text, without the hashes that may close it."""
    content = content.strip(" \t")
    bare = content.rstrip("#")
    return bare.rstrip(" \t") if not bare or bare[-1] in " \t" else content
