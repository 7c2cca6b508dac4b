"""DingTalk's markdown: what every client draws, what the PC draws, and what is the matter with it.

The tags are h1 to h6, p, blockquote, ul, ol, li, strong, em, a, img, br, hr, font, code and pre,
with href, src, alt, color and start, and nothing else; for the PC also tables and a few tags that
are let through. Everything else that was written is shown as text; nothing of it can run.
"""

from dingcomposer.core.dialect.html import Block
from dingcomposer.core.lint import Lint, LintCode, LintReport, Span, Sureness

__all__ = [
    "Block",
    "Lint",
    "LintCode",
    "LintReport",
    "Span",
    "Sureness",
    "forget",
    "lint_report",
    "lints",
    "to_blocks",
    "to_html",
]


def to_html(text: str, *, for_pc: bool = False) -> str:
    """The fragment of HTML that `text` becomes. Never fails; any thread may call it."""
    return "\n".join(block.html for block in to_blocks(text, for_pc=for_pc))


def to_blocks(text: str, *, for_pc: bool = False) -> tuple[Block, ...]:
    """The same in pieces, one for each block at the top, with the lines that it came from.

    No block depends on another, so a change inside one leaves the others as they are.
    """
    # The engine takes 28 ms to import, and our part 10: not on the way to the first window.
    from dingcomposer.core.dialect.extension import convert

    return convert(text, for_pc=for_pc)


def lints(text: str) -> tuple[Lint, ...]:
    """Everything that is the matter with `text`, from the top. Never fails; any thread."""
    return lint_report(text).lints


def lint_report(text: str) -> LintReport:
    """The lints of `text` with its pictures and its links to the web. Never fails; any thread."""
    from dingcomposer.core.dialect import lint_blocks

    return lint_blocks.report(text)


def forget() -> None:
    """Drop all that is kept of texts read before, to see what it costs to read them anew."""
    from dingcomposer.core.dialect import extension, lint_blocks

    lint_blocks.forget()
    extension.forget()
