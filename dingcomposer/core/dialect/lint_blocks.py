"""What is the matter with a text, block by block: PC and phone differ, or a reader loses something.

The blocks are those of the PC, which has tables; what stands in them is read as phones do. What
was found in a part of a text is kept, so that a key costs what its own part does.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from dingcomposer.core.dialect import blocks, lint_inlines
from dingcomposer.core.dialect.blocks import BlockKind, Container, Leaf
from dingcomposer.core.dialect.source import Part, parts, tidied
from dingcomposer.core.limits import LIST_LEVELS
from dingcomposer.core.lint import Lint, LintCode, LintReport, Span

REMEMBERED: Final = 1024
"""How many parts are kept with what was found in them: more than a message has."""

REMEMBERED_LENGTH: Final = 2000
"""The longest part, in characters, that is kept so."""

_TASK: Final = re.compile(r"\[[ xX]\][ \t]")
_HEADING_NO_SPACE: Final = re.compile(r"#{2,6}(?=[^#\s\0])")
_BREAK_TAGS: Final = ("<br>", "<br/>", "<br />")
_REFERENCE: Final = re.compile(
    r"\[[^\[\]]{1,999}\]:[ \t]*+(?:<[^<>]*+>|[^ \t]++)"
    r"(?:[ \t]++(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?[ \t]*+$"
)


@lru_cache(maxsize=4)
def report(text: str) -> LintReport:
    """Everything that there is to say about a text. Never fails; any thread may call it."""
    lints: list[Lint] = []
    links: list[Span] = []
    pictures = 0
    whole = tidied(text)
    words = [" " * len(line) for line in whole]
    for part in parts(whole):
        found = _of_part(part)
        lints += found.lints
        links += found.web_links
        pictures += found.pictures
        words[part.first_line : part.first_line + len(found.words)] = found.words
    return LintReport(tuple(lints), tuple(links), pictures, tuple(words))


def forget() -> None:
    """Drop everything that is kept of texts read before."""
    report.cache_clear()
    _remembered.cache_clear()
    lint_inlines.forget()


def _of_part(part: Part) -> LintReport:
    source = part.source
    found = _remembered(source) if len(source) <= REMEMBERED_LENGTH else _read(source)
    down = part.first_line
    if not down or not (found.lints or found.web_links):
        return found
    return LintReport(
        tuple(one.moved(down) for one in found.lints),
        tuple(one.moved(down) for one in found.web_links),
        found.pictures,
        found.words,
    )


@lru_cache(maxsize=REMEMBERED)
def _remembered(source: str) -> LintReport:
    return _read(source)


def _read(source: str) -> LintReport:
    lines = source.split("\n")
    linter = _Linter(lines)
    linter.read(blocks.parse(lines, with_tables=True), 0)
    found = sorted(linter.lints, key=lambda one: (one.line, one.code, one.start))
    return LintReport(tuple(found), tuple(linter.web_links), linter.pictures, tuple(linter.words))


class _Linter:
    """Goes through the blocks of a part and gathers what is the matter with them."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self.lints: list[Lint] = []
        self.web_links: list[Span] = []
        self.pictures = 0
        self.words = [" " * len(line) for line in lines]

    def read(self, parent: Container, level: int) -> None:
        """Read what stands in a container; `level` counts the lists around it."""
        for child in parent.children:
            if isinstance(child, Leaf):
                self._read_leaf(child)
            elif child.kind is BlockKind.LIST:
                self._read_list(child, level + 1)
            else:
                self.read(child, level)

    def _read_list(self, items: Container, level: int) -> None:
        for item in items.children:
            if level > LIST_LEVELS:
                self._add_line(LintCode.DEEP_LIST, item.first_line)
            if isinstance(item, Container):
                first = item.children[0] if item.children else None
                if isinstance(first, Leaf) and first.kind is BlockKind.PARAGRAPH:
                    self._check_task(first)
                self.read(item, level)

    def _check_task(self, leaf: Leaf) -> None:
        if task := _TASK.match(leaf.lines[0]):
            start = self._column(leaf, 0)
            self._add(LintCode.TASK_LIST, leaf.first_line, start, start + task.end())

    def _read_leaf(self, leaf: Leaf) -> None:
        match leaf.kind:
            case BlockKind.FENCE:
                self._add_block(LintCode.CODE_FENCE, leaf)
                self._check_html(leaf)
            case BlockKind.CODE:
                self._add_block(LintCode.INDENTED_CODE, leaf)
                self._check_html(leaf)
            case BlockKind.RULE:
                return
            case BlockKind.TABLE:
                self._add_block(LintCode.TABLE, leaf)
                for at, row in enumerate(leaf.lines):
                    number = leaf.first_line + at + (at > 0)  # below the head is a line of dashes
                    self._read_text(row, number, [len(self._lines[number]) - len(row)])
            case _:
                self._read_words(leaf)

    def _check_html(self, leaf: Leaf) -> None:
        if any(map(lint_inlines.holds_html, leaf.lines)):
            self._add_block(LintCode.HTML_IN_CODE, leaf)

    def _read_words(self, leaf: Leaf) -> None:
        """A paragraph or a heading."""
        columns = [self._column(leaf, at) for at in range(len(leaf.lines))]
        found = self._read_text(leaf.text, leaf.first_line, columns)
        if leaf.is_setext:
            self._add_line(LintCode.RULE_UNDER_TEXT, leaf.last_line)
        elif leaf.kind is BlockKind.HEADING:
            return
        else:
            self._check_references(leaf)
        for at, line in enumerate(found):
            if heading := _HEADING_NO_SPACE.match(line):
                place = columns[at] + heading.end()
                self._add(LintCode.HEADING_NO_SPACE, leaf.first_line + at, place, place)

    def _read_text(self, text: str, first_line: int, columns: Sequence[int]) -> Sequence[str]:
        """The lints of a text whose lines begin at `columns`; its lines without their markup."""
        found = lint_inlines.read(text)
        self.pictures += found.pictures
        self.lints += (
            one.moved(first_line, columns[one.line], columns[one.last_line]) for one in found.lints
        )
        self.web_links += (one.moved(first_line, columns[one.line]) for one in found.web_links)
        for at, line in enumerate(found.shown):
            before, length = self.words[first_line + at], len(self._lines[first_line + at])
            words = before[: columns[at]] + line.replace("\0", " ")
            self.words[first_line + at] = words.ljust(length)[:length]
        if found.soft_breaks:
            self._check_breaks(text.split("\n"), found.soft_breaks, first_line)
        return found.shown

    def _check_breaks(self, lines: list[str], breaks: Sequence[int], first_line: int) -> None:
        for at in breaks:
            above, below = lines[at], lines[at + 1]
            # A picture is as good as a line of its own.
            is_picture = above.startswith("![") or below.startswith("![")
            if not is_picture and not above.rstrip(" \t").lower().endswith(_BREAK_TAGS):
                whole = self._lines[first_line + at]
                words = len(whole.rstrip(" \t"))
                self._add(LintCode.LINE_NOT_BROKEN, first_line + at, words, len(whole))

    def _check_references(self, leaf: Leaf) -> None:
        for number, line in enumerate(leaf.lines, leaf.first_line):
            if not _REFERENCE.match(line):
                return
            self._add_line(LintCode.REFERENCE, number)

    def _column(self, leaf: Leaf, at: int) -> int:
        """Where in its line in the source a line of the leaf begins."""
        source = self._lines[leaf.first_line + at]
        if leaf.kind is BlockKind.HEADING and not leaf.is_setext:
            hashes = source.index("#") + leaf.level  # no mark of a container has one
            return hashes + len(source[hashes:]) - len(source[hashes:].lstrip(" \t"))
        return len(source) - len(leaf.lines[at])

    def _add(self, code: LintCode, line: int, start: int, end: int) -> None:
        self.lints.append(Lint(line, code, start, line, end))

    def _add_line(self, code: LintCode, line: int) -> None:
        source = self._lines[line]
        self._add(code, line, len(source) - len(source.lstrip(" \t")), len(source))

    def _add_block(self, code: LintCode, leaf: Leaf) -> None:
        end = len(self._lines[leaf.last_line])
        self.lints.append(Lint(leaf.first_line, code, 0, leaf.last_line, end))
