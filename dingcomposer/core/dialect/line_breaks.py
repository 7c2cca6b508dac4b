"""A line is a line: what Enter writes in a markdown text, and what is done to pasted lines.

DingTalk draws a line end inside a paragraph as a space, unless two spaces stand before it (seen on
real clients), and a line right below a list or a quote as the end of its last words.
"""

import re
from typing import Final

from dingcomposer.core.dialect import blocks
from dingcomposer.core.dialect.blocks import BlockKind, Container, Leaf
from dingcomposer.core.dialect.source import parts, tidied
from dingcomposer.core.limits import LINE_BREAK
from dingcomposer.core.lint import LintCode

_WORD: Final = "w"
_HOLDERS: Final = (BlockKind.ITEM, BlockKind.QUOTE)
_PICTURE: Final = re.compile(r"[> \t]*!\[")
_TAG_ENDS: Final = ("<br>", "<br/>", "<br />")
# A line of which more letters may still make a list, a quote, a heading, a table, code, or a rule.
_MAY_BE_MARK: Final = re.compile(
    r"(?:[ \t>#`~|].*|[-*+](?:[ \t].*)?|([-*_=])\1+[ \t]*|_|=|\d{1,9}(?:[.)](?:[ \t].*)?)?)?",
    re.DOTALL,
)
_MARK: Final = re.compile(r"(?:[-*+]|\d{1,9}[.)]|#{1,6})[ \t]|>|```|~~~|---|===")


def line_end(before: str) -> str:
    """What Enter writes behind `before`: a line end, with two spaces where the line would run on.

    Not in lists and quotes, where what the next line is decides, nor in code, tables, headings.
    """
    line = before[before.rfind("\n") + 1 :]
    if not line.strip() or line.startswith("|") or _is_ended(line):
        return "\n"
    chain = _around_end(f"{before}\n{_WORD}")
    goes_on = _goes_on(chain) and not any(one.kind in _HOLDERS for one in chain)
    return f"{LINE_BREAK}\n" if goes_on else "\n"


def may_be_mark(line: str) -> bool:
    """True while a line may still become an item, a quote or another block by what follows."""
    return bool(_MAY_BE_MARK.fullmatch(line))


def runs_into_block(before: str) -> bool:
    """True where the last line of `before` is drawn into the list or the quote above it."""
    line = before[before.rfind("\n") + 1 :]
    if may_be_mark(line) or "\n" not in before:
        return False
    chain = _around_end(before)
    return _goes_on(chain) and any(one.kind in _HOLDERS for one in chain)


def runs_on_in_quote(before: str) -> bool:
    """True where the last line of `before`, in a quote, goes on with the words of the one above."""
    above, _, line = before.rpartition("\n")
    above = above[above.rfind("\n") + 1 :]
    words = line.lstrip("> \t")
    if not line.startswith(">") or may_be_mark(words) or words.startswith("!"):
        return False
    chain = _around_end(before)
    in_item = any(one.kind is BlockKind.ITEM for one in chain)
    return _goes_on(chain) and not in_item and not _is_ended(above)


def begins_block(before: str) -> bool:
    """True where the last line of `before` is an item, a quote, a heading, or a fence.

    The line above it then needs no spaces at its end.
    """
    line = before[before.rfind("\n") + 1 :]
    if not _MARK.match(line):
        return False
    return not _goes_on(_around_end(before))


def with_line_breaks(text: str, start: int, end: int) -> tuple[str, int]:
    """The text in which every line end from `start` to `end` is one, and where `end` is now.

    A line at the left edge, below a list or a quote, gets a blank line before it.
    """
    rest = len(text) - end
    first, last = text.count("\n", 0, start), text.count("\n", 0, end)
    while first < last:
        lines = text.split("\n")
        below = [at for at in _below_blocks(lines) if first < at <= last]
        if not below:
            break
        for at in reversed(below):
            lines.insert(at, "")
        last += len(below)
        text = "\n".join(lines)
    return _broken(text, first, last, rest)


def in_markdown(text: str) -> str:
    """A plain text as markdown that draws each of its lines as one."""
    return with_line_breaks(text, 0, len(text))[0]


def in_plain_text(text: str) -> str:
    """The text without what only markdown needs at its line ends, where that brings it back."""
    plain = "\n".join(
        line[: -len(LINE_BREAK)] if line.endswith(LINE_BREAK) else line for line in text.split("\n")
    )
    return plain if in_markdown(plain) == text else text


def _broken(text: str, first: int, last: int, rest: int) -> tuple[str, int]:
    from dingcomposer.core.dialect import lints

    lines = text.split("\n")
    for lint in lints(text):
        if lint.code is LintCode.LINE_NOT_BROKEN and first <= lint.line < last:
            lines[lint.line] = lines[lint.line].rstrip(" \t") + LINE_BREAK
    text = "\n".join(lines)
    return text, len(text) - rest


def _below_blocks(lines: list[str]) -> list[int]:
    """The lines at the left edge that end an item's or a quote's words, the first of each run."""
    found: list[int] = []
    for part in parts(tidied("\n".join(lines))):
        source = part.source.split("\n")
        for leaf in _held_paragraphs(blocks.parse(source, with_tables=True)):
            rows = range(leaf.first_line + 1, leaf.last_line + 1)
            first = next((at for at in rows if source[at][:1] not in (" ", "\t", ">")), None)
            if first is not None:
                found.append(part.first_line + first)
    return sorted(found)


def _held_paragraphs(root: Container) -> list[Leaf]:
    """Every paragraph in an item or a quote."""
    found: list[Leaf] = []
    waiting = [root]
    while waiting:
        container = waiting.pop()
        for child in container.children:
            if isinstance(child, Container):
                waiting.append(child)
            elif container.kind in _HOLDERS and child.kind is BlockKind.PARAGRAPH:
                found.append(child)
    return found


def _around_end(text: str) -> list[Container | Leaf]:
    """The blocks around the last line of a text, from the outermost to its paragraph."""
    lines = tidied(text)
    cut = list(parts(lines))
    if not cut:
        return []
    block: Container | Leaf = blocks.parse(cut[-1].source.split("\n"), with_tables=True)
    chain: list[Container | Leaf] = [block]
    while isinstance(block, Container) and block.children:
        block = block.children[-1]
        chain.append(block)
    return chain


def _goes_on(chain: list[Container | Leaf]) -> bool:
    """True where the last line goes on with the words of a paragraph."""
    leaf = chain[-1] if chain else None
    return isinstance(leaf, Leaf) and leaf.kind is BlockKind.PARAGRAPH and len(leaf.lines) > 1


def _is_ended(line: str) -> bool:
    """True for a line that the next one stands apart from in any case."""
    is_broken = line.endswith((LINE_BREAK, "\\")) or line.rstrip().lower().endswith(_TAG_ENDS)
    return is_broken or bool(_PICTURE.match(line))
