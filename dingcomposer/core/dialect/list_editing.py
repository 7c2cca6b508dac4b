"""Lists and quotes as they are written: what Enter goes on with, and items a level in or out.

What is a list is asked of the same reader that draws the message, and an item is counted as the
group will see it counted. Positions are code points of a text whose lines end with "\\n".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dingcomposer.core.dialect import blocks
from dingcomposer.core.dialect.blocks import BlockKind, Container, Leaf
from dingcomposer.core.dialect.source import parts, tidied
from dingcomposer.core.limits import LINE_BREAK

_WORD: Final = "w"
_TAB: Final = 4
_MARK: Final = re.compile(r"([ \t]*)([*+-]|(\d{1,9})[.)])([ \t]*)")
_QUOTE: Final = re.compile(r" {0,3}> ?")
_TYPED_MARK: Final = re.compile(r"(?:[*+-]|\d{1,9}[.)])[ \t]+|>[ \t]*")
_BEGUN_MARK: Final = re.compile(r"[*+-]|\d{1,9}[.)]?|>")
_CODE: Final = (BlockKind.FENCE, BlockKind.CODE)


@dataclass(frozen=True, slots=True)
class Edit:
    """A text after an edit, and what is selected in it; `made` is the mark that Enter wrote."""

    text: str
    start: int
    end: int
    made: str = ""


def enter(text: str, at: int, *, keeps_lines: bool, is_plain: bool = False) -> Edit | None:
    """What Enter at `at` makes of a text; None where no list or quote stands around it.

    It goes on with the next item or the quote, and ends them where nothing was written in one.
    `is_plain` ends the line within the item, with the two spaces that keep it if `keeps_lines`.
    """
    place = _HeldLine.at_end(text[:at] + _WORD)
    if place is None:
        return None
    line_start = text.rfind("\n", 0, at) + 1
    behind = text[at:].partition("\n")[0]
    if not text[line_start + place.ends[-1] : at].strip() and not behind.strip() and not is_plain:
        return _ended(text, at, place)
    above = text[line_start:at]
    breaks = keeps_lines and is_plain and place.is_in_words and not place.is_quote
    is_ended = above.endswith((LINE_BREAK, "\\"))
    made = place.next_marks(is_plain=is_plain or place.is_in_code)
    rest = text[at:] if place.is_in_code else text[at:].lstrip(" ")
    head = text[:at] + (LINE_BREAK if breaks and not is_ended else "") + "\n"
    return _counted(Edit(head + made + rest, len(head + made), len(head + made), made))


def is_mark_typed_again(made: str, line: str) -> bool | None:
    """Whether a person wrote the mark that Enter had written already; None: it may become one."""
    typed = line.removeprefix(made)
    if not line.startswith(made) or _family(typed) != _family(made.lstrip(" >") or made.strip()):
        return False
    return True if _TYPED_MARK.match(typed) else None if _BEGUN_MARK.fullmatch(typed) else False


def without_mark(made: str, line: str) -> str:
    """The line without the mark that was typed once more."""
    return made + _TYPED_MARK.sub("", line.removeprefix(made), count=1)


def is_in_list(text: str, at: int) -> bool:
    """True where the line of `at` belongs to an item of a list."""
    return _item_place(text.split("\n"), text.count("\n", 0, at)) is not None


def move_level(text: str, start: int, end: int, *, inwards: bool) -> Edit:
    """Move the items that a selection touches a level in or out, with all that stands in them.

    What cannot be moved stays: the first item of a list goes no further in, one at the left edge
    no further out.
    """
    lines = text.split("\n")
    first = text.count("\n", 0, start)
    last_place = end - 1 if end > start and text[end - 1] == "\n" else end
    last = text.count("\n", 0, last_place)
    kept = [_from_line_end(text, place) for place in (start, end)]
    number = first
    while number <= last:
        place = _item_place(lines, number)
        if place is None:
            number += 1
            continue
        moved = _moved_in(lines, place) if inwards else _moved_out(lines, place)
        number = max(number, place.shift + place.item.last_line) + 1 if moved else number + 1
    made = "\n".join(lines)
    places = [_to_place(made, *one) for one in kept]
    return _counted(Edit(made, places[0], places[1]))


# --- where a line stands ------------------------------------------------------------------------


@dataclass(slots=True)
class _HeldLine:
    """A line with the quotes and items around it, from the outermost, and where each mark ends."""

    lines: list[str]  # of the part that is read at once
    number: int  # of the line, among these
    shift: int  # of the part
    holders: list[Container]
    lists: list[Container | None]  # the list of each holder that is an item
    leaf: Container | Leaf
    ends: list[int]

    @classmethod
    def at_end(cls, text: str) -> "_HeldLine | None":
        """The last line of a text; None where nothing holds it, or only by going on lazily."""
        lines = text.split("\n")
        return cls.of(lines, len(lines) - 1)

    @classmethod
    def of(cls, lines: list[str], number: int) -> "_HeldLine | None":
        """A line among others."""
        found = None
        for part in parts(tidied("\n".join(lines))):
            if part.first_line > number:
                break
            found = part
        if found is None:
            return None
        source, at = found.source.split("\n"), number - found.first_line
        if at >= len(source):
            return None
        holders, lists, leaf = _around(blocks.parse(source, with_tables=True), at)
        ends = list(_ends(source[at], at, holders))
        if not holders or len(ends) < len(holders):
            return None
        return cls(source, at, found.first_line, holders, lists, leaf, ends)

    @property
    def is_quote(self) -> bool:
        """True where a quote is the innermost."""
        return self.holders[-1].kind is BlockKind.QUOTE

    @property
    def is_in_words(self) -> bool:
        """True in a paragraph."""
        return isinstance(self.leaf, Leaf) and self.leaf.kind is BlockKind.PARAGRAPH

    @property
    def is_in_code(self) -> bool:
        """True where marks would be code."""
        return isinstance(self.leaf, Leaf) and self.leaf.kind in _CODE

    @property
    def item(self) -> Container:
        """The innermost item."""
        return next(one for one in reversed(self.holders) if one.kind is BlockKind.ITEM)

    @property
    def is_begun_here(self) -> bool:
        """True where the innermost holder's mark stands on this line."""
        return self.is_quote or self.holders[-1].first_line == self.number

    def next_marks(self, *, upto: int | None = None, is_plain: bool = False) -> str:
        """The marks of the next line; of its holders only the first `upto`."""
        count = len(self.holders) if upto is None else upto
        line, begin, made = self.lines[self.number], 0, ""
        for depth, holder in enumerate(self.holders[:count]):
            own, begin = line[begin : self.ends[depth]], self.ends[depth]
            if holder.kind is BlockKind.QUOTE:
                made += own
            elif depth == count - 1 and not is_plain:
                made += self.next_mark(depth)
            else:
                made += " " * holder.width
        return made

    def next_mark(self, depth: int) -> str:
        """The mark of the item that would follow the one at this depth."""
        indent, marker, number, space = self.mark(depth)
        if number and not self._is_counted_alike(depth, number):
            marker = f"{int(number) + 1}{marker[-1]}"
        return f"{indent}{marker}{space or ' '}"

    def _is_counted_alike(self, depth: int, number: str) -> bool:
        """True where every item is written with the same number, which draws them as well."""
        items = self.lists[depth]
        above = items.children[: items.children.index(self.holders[depth])] if items else []
        mark = _found_mark(self.lines, above[-1], self.holders[:depth]) if above else None
        return mark is not None and mark[3] == number

    def mark(self, depth: int) -> tuple[str, str, str, str]:
        """What the mark of an item is made of: its indent, the marker, its number, the space."""
        item = self.holders[depth]
        line = self.lines[item.first_line]
        ends = list(_ends(line, item.first_line, self.holders[: depth + 1]))
        found = _MARK.match(line[ends[depth - 1] if depth else 0 : ends[depth]])
        assert found is not None
        return found[1], found[2], found[3] or "", found[4]


def _item_place(lines: list[str], number: int) -> _HeldLine | None:
    """The place of a line that belongs to an item."""
    place = _HeldLine.of(lines, number)
    if place is None or not any(one.kind is BlockKind.ITEM for one in place.holders):
        return None
    return place


def _around(
    root: Container, number: int
) -> tuple[list[Container], list[Container | None], Container | Leaf]:
    """The quotes and items around a line, their lists, and the innermost block."""
    holders: list[Container] = []
    lists: list[Container | None] = []
    block: Container | Leaf = root
    while isinstance(block, Container):
        inner = [one for one in block.children if one.first_line <= number <= one.last_line]
        if not inner:
            break
        outer, block = block, inner[-1]
        if isinstance(block, Container) and block.kind is not BlockKind.LIST:
            holders.append(block)
            lists.append(outer if outer.kind is BlockKind.LIST else None)
    return holders, lists, block


def _ends(line: str, number: int, holders: list[Container]) -> Iterator[int]:
    """Where the mark of each holder ends on a line, as far as the line has them."""
    position = 0
    for holder in holders:
        if holder.kind is BlockKind.QUOTE:
            quoted = _QUOTE.match(line, position)
            if quoted is None:
                return
            position = quoted.end()
        elif holder.first_line == number:
            marked = _MARK.match(line, position)
            if marked is None:
                return
            space = holder.width - _columns(marked[1]) - len(marked[2])
            position = min(marked.start(4) + space, marked.end())
        else:
            inner = _skipped(line, position, holder.width)
            if inner is None:
                return
            position = inner
        yield position


def _skipped(line: str, position: int, width: int) -> int | None:
    """Behind so many columns of white space; None where there are fewer."""
    columns = 0
    while columns < width:
        if position >= len(line) or line[position] not in " \t":
            return None
        columns += _TAB - columns % _TAB if line[position] == "\t" else 1
        position += 1
    return position


def _columns(space: str) -> int:
    return len(space.expandtabs(_TAB))


# --- ending what nothing was written in ---------------------------------------------------------


def _ended(text: str, at: int, place: _HeldLine) -> Edit:
    """The line without its innermost mark: of an inner item, the next one of the list around it."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    count = len(place.holders) - 1
    if not place.is_begun_here:
        made = place.next_marks()
    elif count and not place.is_quote and place.holders[count - 1].kind is BlockKind.ITEM:
        made = place.next_marks(upto=count)
    else:
        made = place.lines[place.number][: place.ends[count - 1] if count else 0]
    head = text[:start]
    made_text = head + made + text[end:]
    return _counted(Edit(made_text, len(head + made), len(head + made)))


def _family(mark: str) -> str:
    """Which kind of mark a text begins with: a bullet, a number, a quote's; "" for none."""
    first = mark[:1]
    return "1" if first.isdecimal() else "-" if first and first in "*+-" else first


# --- levels -------------------------------------------------------------------------------------


def _moved_in(lines: list[str], place: _HeldLine) -> bool:
    """Make the item the last one of the item before it; False where there is none."""
    depth = place.holders.index(place.item)
    items = place.lists[depth]
    assert items is not None
    index = items.children.index(place.item)
    if index == 0:
        return False
    before = items.children[index - 1]
    assert isinstance(before, Container)
    inner = before.children[-1] if before.children else None
    indent, marker, number, space = place.mark(depth)
    if isinstance(inner, Container) and inner.kind is BlockKind.LIST:
        last = inner.children[-1]
        assert isinstance(last, Container)
        count = "" if inner.start is None else str(inner.start + len(inner.children))
        marker = count + last.marker
    elif number:
        marker = f"1{marker[-1]}"
    mark = f"{marker}{space or ' '}"
    _rewrite(lines, place, depth, indent=" " * before.width, mark=mark, taken=len(indent))
    return True


def _moved_out(lines: list[str], place: _HeldLine) -> bool:
    """Make the item the next one after the item that it stands in; False where it is outermost."""
    depth = place.holders.index(place.item)
    outer = place.holders[depth - 1] if depth else None
    is_inner = outer is not None and outer.kind is BlockKind.ITEM
    if outer is None or not is_inner or outer.first_line == place.item.first_line:
        return False
    items = place.lists[depth]
    assert items is not None
    following = items.children[items.children.index(place.item) + 1 :]
    if following and items.start is not None:  # they are counted anew, in the item that went out
        _renumber(lines, place, depth, following[0].first_line, 1)
    mark = place.next_mark(depth - 1)
    _rewrite(lines, place, depth - 1, indent="", mark=mark, taken=outer.width)
    return True


def _rewrite(
    lines: list[str], place: _HeldLine, depth: int, *, indent: str, mark: str, taken: int
) -> None:
    """Give an item another mark, and its other lines the place that belongs to it.

    `taken` columns behind the marks of the holders before `depth` are left out of each line.
    """
    item, shift = place.item, place.shift
    inner = place.holders.index(item)
    wanted = indent + mark
    for number in range(item.first_line, item.last_line + 1):
        line = place.lines[number]
        ends = list(_ends(line, number, place.holders[: inner + 1]))
        begin = 0 if depth == 0 else ends[depth - 1] if len(ends) >= depth else None
        if begin is None or not line[begin:].strip():
            continue
        if number == item.first_line:
            lines[shift + number] = line[:begin] + wanted + line[ends[inner] :]
        elif len(ends) > inner:
            lines[shift + number] = line[:begin] + " " * len(wanted) + line[ends[inner] :]
        elif (rest := _skipped(line, begin, taken)) is not None:
            lines[shift + number] = line[:begin] + indent + line[rest:]


def _renumber(lines: list[str], place: _HeldLine, depth: int, first_line: int, count: int) -> None:
    line = place.lines[first_line]
    begin = list(_ends(line, first_line, place.holders[:depth]))
    found = _MARK.match(line, begin[-1] if begin else 0)
    if found is not None and found[3]:
        made = line[: found.start(3)] + str(count) + line[found.end(3) :]
        lines[place.shift + first_line] = made


# --- counting -----------------------------------------------------------------------------------


def _counted(edit: Edit) -> Edit:
    """The lists around the selection counted on from their first number, as they are drawn."""
    lines = edit.text.split("\n")
    number = edit.text.count("\n", 0, edit.start)
    kept = [_from_line_end(edit.text, place) for place in (edit.start, edit.end)]
    found = None
    for part in parts(tidied(edit.text)):
        if part.first_line > number:
            break
        found = part
    if found is None:
        return edit
    source, at = found.source.split("\n"), number - found.first_line
    root = blocks.parse(source, with_tables=True)
    for block in _outermost_lists(root):
        if block.first_line <= at <= block.last_line + 1:
            _ListCounter(lines, source, found.first_line).count(block, _holders_of(root, block))
    made = "\n".join(lines)
    if made == edit.text:
        return edit
    places = [_to_place(made, *one) for one in kept]
    return Edit(made, places[0], places[1], edit.made)


def _outermost_lists(container: Container) -> Iterator[Container]:
    for child in container.children:
        if isinstance(child, Container):
            if child.kind is BlockKind.LIST:
                yield child
            else:
                yield from _outermost_lists(child)


def _holders_of(root: Container, wanted: Container) -> list[Container]:
    """The quotes around an outermost list."""
    holders, _, _ = _around(root, wanted.first_line)
    return [one for one in holders if one.kind is BlockKind.QUOTE][: _depth(root, wanted)]


def _depth(container: Container, wanted: Container, depth: int = 0) -> int:
    for child in container.children:
        if child is wanted:
            return depth
        if isinstance(child, Container) and child.first_line <= wanted.first_line:
            found = _depth(child, wanted, depth + 1)
            if found >= 0:
                return found
    return -1


class _ListCounter:
    """Writes the numbers of lists into `lines`, of which a part was read as `source`."""

    def __init__(self, lines: list[str], source: list[str], shift: int) -> None:
        self._lines, self._source, self._shift = lines, source, shift

    def count(self, items: Container, holders: list[Container]) -> None:
        """Count a list on; of lists in it first, for they stand further right."""
        for item in items.children:
            if isinstance(item, Container):
                for inner in _outermost_lists(item):
                    self.count(inner, [*holders, item])
        if items.start is None:
            return
        marks = [_found_mark(self._source, one, holders) for one in items.children]
        numbers = [int(one[3]) for one in marks if one is not None and one[3]]
        is_alike = len(numbers) > 1 and numbers[0] == numbers[1] == numbers[-1]
        if len(numbers) < len(marks) or is_alike:
            return
        for count, (item, mark) in enumerate(zip(items.children, marks, strict=True), numbers[0]):
            if mark is not None and mark[3] != str(count):
                self._write(item, mark, str(count), holders)

    def _write(
        self, item: Container | Leaf, mark: re.Match[str], wanted: str, holders: list[Container]
    ) -> None:
        lines, shift = self._lines, self._shift
        line = lines[shift + item.first_line]
        lines[shift + item.first_line] = line[: mark.start(3)] + wanted + line[mark.end(3) :]
        more = len(wanted) - len(mark[3])
        for number in range(item.first_line + 1, item.last_line + 1) if more else ():
            ends = list(_ends(self._source[number], number, holders))
            begin = ends[-1] if ends else 0
            line = lines[shift + number]
            if len(ends) == len(holders) and line[begin : begin + 1] in (" ", "\t"):
                inset = " " * more + line[begin:] if more > 0 else line[begin - more :]
                lines[shift + number] = line[:begin] + inset


def _found_mark(
    source: list[str], item: Container | Leaf, holders: list[Container]
) -> re.Match[str] | None:
    ends = list(_ends(source[item.first_line], item.first_line, holders))
    if len(ends) < len(holders):
        return None
    return _MARK.match(source[item.first_line], ends[-1] if ends else 0)


def _from_line_end(text: str, place: int) -> tuple[int, int]:
    """A place as its line and how many characters of the line stand behind it."""
    end = text.find("\n", place)
    return text.count("\n", 0, place), (len(text) if end < 0 else end) - place


def _to_place(text: str, line: int, behind: int) -> int:
    lines = text.split("\n")
    start = sum(len(one) + 1 for one in lines[:line])
    return start + max(0, len(lines[line]) - behind)
