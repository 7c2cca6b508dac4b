"""Copied HTML as DingTalk's markdown, and what of it DingTalk cannot show.

From Word, WPS, Excel, documents in the browser, web pages and mails. BeautifulSoup reads it,
`html_cleaning` makes the same few blocks of it, and here they are written as the dialect wants.
"""

import unicodedata
import warnings
from dataclasses import dataclass, replace
from typing import Final

from bs4 import BeautifulSoup

from dingcomposer.core.dialect.escapes import escape, escape_start
from dingcomposer.core.dialect.tables import to_lines, to_pipes, to_table
from dingcomposer.core.limits import LINE_BREAK
from dingcomposer.interchange.html_cleaning import (
    BREAK,
    CopiedBlock,
    CopiedRun,
    TooDeepError,
    clean,
    is_code_window,
    with_closed_items,
)
from dingcomposer.interchange.html_styles import PLAIN, Loss

HTML_CHARACTERS: Final = 250_000
"""What is read at most, a second's work; ten times as long as the words that it holds."""


class TooMuchHtmlError(Exception):
    """It is too long, or nested too deeply, to be read while somebody waits."""


@dataclass(frozen=True, slots=True)
class RichText:
    """The markdown, what of the looks it cannot say, and how many tables were in it."""

    markdown: str
    losses: tuple[Loss, ...]
    tables: int


def read_html(html: str, *, tables_as_lines: bool = True) -> RichText | None:
    """What was copied. None where its plain text says as much. Raises TooMuchHtmlError."""
    html = _fragment(html)
    if _QT in html:
        return None
    if len(html) > HTML_CHARACTERS:
        raise TooMuchHtmlError
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # text that looks like an address is text all the same
        soup = BeautifulSoup(with_closed_items(html), "html.parser")
    if is_code_window(soup):
        return None
    losses: set[Loss] = set()
    try:
        blocks = clean(soup, losses)
        if not _has_looks(blocks):
            return None
        writer = _Writer(losses, as_lines=tables_as_lines)
        markdown = "\n\n".join(writer.blocks(blocks))
    except TooDeepError:
        raise TooMuchHtmlError from None
    return RichText(markdown, tuple(one for one in Loss if one in losses), writer.tables)


_QT: Final = "-qt-block-indent"  # what was copied from a field of this very program
_START: Final = "<!--StartFragment"
_END: Final = "<!--EndFragment"


def _fragment(html: str) -> str:
    """What was selected, with the style sheets in front of it."""
    start, end = html.find(_START), html.rfind(_END)
    if start < 0:
        return html.replace("\x00", "")
    sheets = html[:start].split("<style")[1:]
    styles = "".join(f"<style{sheet.partition('</style>')[0]}</style>" for sheet in sheets)
    body = html[html.find(">", start) + 1 : end if end > start else len(html)]
    # Excel marks within its table.
    opened = "<table>" if body.lstrip()[:4].lower() in ("<tr>", "<tr ", "<col") else ""
    return f"{styles}{opened}{body}".replace("\x00", "")


def _has_looks(blocks: list[CopiedBlock]) -> bool:
    return any(
        block.name not in ("p", "line")
        or any(run.picture or run.look != PLAIN for run in block.runs)
        for block in blocks
    )


class _Writer:
    """Writes blocks as DingTalk's markdown."""

    def __init__(self, losses: set[Loss], *, as_lines: bool) -> None:
        self._as_lines = as_lines
        self._losses = losses
        self.tables = 0

    def blocks(self, blocks: list[CopiedBlock]) -> list[str]:
        """Each block's markdown; what came out empty is left out."""
        return [made for made in map(self._block, blocks) if made]

    def _block(self, block: CopiedBlock) -> str:
        match block.name:
            case "h":
                words = [CopiedRun(" ") if run is BREAK else run for run in block.runs]
                return f"{'#' * block.level} {_inline(words)}"
            case "hr":
                return "---"
            case "pre":
                self._losses.add(Loss.CODE)
                return _fenced("".join(run.text for run in block.runs))
            case "blockquote":
                lines = "\n\n".join(self.blocks(block.blocks)).split("\n")
                return "\n".join(f"> {line}" if line else ">" for line in lines)
            case "ul" | "ol":
                return self._list(block)
            case "table":
                return self._table(block)
            case _:
                return _inline(block.runs)

    def _list(self, block: CopiedBlock) -> str:
        items = []
        full = [item for item in block.blocks if item.blocks]
        for number, item in enumerate(full, block.start):
            mark = f"{number}. " if block.name == "ol" else "- "
            indent = " " * len(mark)
            lines = self._item(item).split("\n")
            items.append(
                mark + "\n".join(indent * bool(at and line) + line for at, line in enumerate(lines))
            )
        return "\n".join(items)

    def _item(self, item: CopiedBlock) -> str:
        """An item's blocks, close together: a blank line would make the whole list wide."""
        made = ""
        for block in item.blocks:
            written = self._block(block)
            if not written:
                continue
            if not made:
                made = written
            elif block.name in ("p", "line"):
                made += f"{LINE_BREAK}\n{written}"
            elif block.name in ("ul", "ol", "h"):
                made += f"\n{written}"
            else:
                made += f"\n\n{written}"
        return made

    def _table(self, block: CopiedBlock) -> str:
        self.tables += 1
        grid = block.table or []
        if block.has_headings:  # they are headings without being bold
            grid = [[_unbold(cell) for cell in grid[0]], *grid[1:]]
        table = to_table(
            [[_inline(cell) for cell in row] for row in grid], has_headings=block.has_headings
        )
        return to_lines(table) if self._as_lines else to_pipes(table)


def _unbold(cell: list[CopiedRun]) -> list[CopiedRun]:
    return [replace(run, look=replace(run.look, is_bold=False)) for run in cell]


def _fenced(code: str) -> str:
    fence = "```"
    while fence in code:
        fence += "`"
    return f"{fence}\n{code}\n{fence}"


def _inline(runs: list[CopiedRun]) -> str:
    """Runs as markdown; a line that ends within a paragraph keeps its end."""
    lines: list[list[CopiedRun]] = [[]]
    for run in runs:
        if run is BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    written = [_line(line) for line in lines]
    made = ""
    for line in written:
        if not line:
            made += "\n\n" if made and not made.endswith("\n\n") else ""
        elif not made or made.endswith("\n\n"):
            made += line
        else:
            made += f"{LINE_BREAK}\n{line}"
    return made.rstrip("\n")


def _line(runs: list[CopiedRun]) -> str:
    """One line: runs that lead to the same place are one link."""
    made = ""
    place = 0
    while place < len(runs):
        href = runs[place].look.href
        end = place + 1
        while end < len(runs) and runs[end].look.href == href:
            end += 1
        after = runs[end].text[:1] if end < len(runs) else ""
        if href:
            words = _letters(runs[place:end], made[-1:], ")", is_link=True)
            core = words.strip()
            # A space at its edge parts it from its neighbour: it belongs beside the link.
            made += words.replace(core, f"[{core}]({href})", 1) if core else ""
        else:
            made += _letters(runs[place:end], made[-1:], after, is_link=False)
        place = end
    is_literal = bool(runs) and runs[0].look == PLAIN and not runs[0].picture
    return escape_start(made) if is_literal else made


def _letters(runs: list[CopiedRun], before: str, after: str, *, is_link: bool) -> str:
    made = ""
    for place, run in enumerate(runs):
        follows = runs[place + 1].text[:1] if place + 1 < len(runs) else after
        made += _run(run, made[-1:] or before, follows, is_link=is_link)
    return made


def _run(run: CopiedRun, before: str, after: str, *, is_link: bool) -> str:
    if run.picture:
        return f"![{_escaped(run.text, is_link=True)}]({run.picture})"
    look = run.look
    if look.is_code and "`" not in run.text and run.text.strip():
        return f"`{run.text}`"
    mark = "*" * (2 * look.is_bold + look.is_italic)
    if before == "*":  # marks side by side would be read as one
        mark = mark.replace("*", "_") if _is_apart(after) else ""
    if not mark and not look.colour:
        return _escaped(run.text, is_link=is_link)
    head, core, tail = _core(run.text, "" if look.colour else before, "" if look.colour else after)
    words = _escaped(core, is_link=is_link)
    if core:
        words = f"{mark}{words}{mark}"
    if core and look.colour and not is_link:
        words = f"<font color={look.colour}>{words}</font>"
    return _escaped(head, is_link=is_link) + words + _escaped(tail, is_link=is_link)


def _escaped(text: str, *, is_link: bool) -> str:
    words = escape(text)
    if is_link:
        words = words.replace("\\[", "[").replace("[", "\\[").replace("]", "\\]")
    return words


def _core(text: str, before: str, after: str) -> tuple[str, str, str]:
    """What of a text can stand between marks: not its spaces, nor punctuation beside a letter."""
    start, end = 0, len(text)
    while start < end and (
        text[start].isspace() or _is_shut(text[start], text[:start][-1:] or before)
    ):
        start += 1
    while start < end and (
        text[end - 1].isspace() or _is_shut(text[end - 1], text[end : end + 1] or after)
    ):
        end -= 1
    return text[:start], text[start:end], text[end:]


def _is_shut(sign: str, neighbour: str) -> bool:
    """True where a mark between the two would be shown as it is written."""
    return _is_apart(sign) and not _is_apart(neighbour)


def _is_apart(sign: str) -> bool:
    """True for no letter at all, a space, or punctuation."""
    return not sign or sign.isspace() or unicodedata.category(sign)[0] in "PS"
