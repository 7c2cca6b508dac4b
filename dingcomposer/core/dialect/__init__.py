"""DingTalk's markdown as HTML: what every client draws, or what the PC draws.

The tags are h1 to h6, p, blockquote, ul, ol, li, strong, em, a, img, br, hr, font, code and pre,
with href, src, alt, color and start, and nothing else; for the PC also tables and a few tags that
are let through. Everything else that was written is shown as text; nothing of it can run.
"""

from dingcomposer.core.dialect.mark import Mark, MarkCode, Sureness
from dingcomposer.core.records import dataclass

__all__ = ["Block", "Mark", "MarkCode", "Sureness", "marks", "to_blocks", "to_html"]


@dataclass(frozen=True, slots=True)
class Block:
    """One block at the top of a text: its lines in the source (the first one is 0) and its HTML."""

    first_line: int
    line_count: int
    html: str


def to_html(text: str, *, for_pc: bool = False) -> str:
    """The fragment of HTML that `text` becomes. Never fails; any thread may call it."""
    return "\n".join(block.html for block in to_blocks(text, for_pc=for_pc))


def to_blocks(text: str, *, for_pc: bool = False) -> tuple[Block, ...]:
    """The same in pieces, one for each block at the top, with the lines that it came from.

    No block depends on another, so a change inside one leaves the others as they are.
    """
    # The engine takes 28 ms to import, and our part 10: not on the way to the first window.
    from dingcomposer.core.dialect.extension import convert

    done = convert(text, for_pc=for_pc)
    return tuple(
        Block(first, count, html)
        for (first, count), html in zip(done.spans, done.fragments, strict=True)
    )


def marks(text: str) -> tuple[Mark, ...]:
    """Every mark of `text`, from the top; each code once a line at most. Never fails."""
    from dingcomposer.core.dialect import marking

    return marking.find(text)
