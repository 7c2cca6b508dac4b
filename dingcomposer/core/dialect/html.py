"""A block as HTML: the element that it became, written out."""

from dataclasses import field
from html import escape
from typing import TYPE_CHECKING, Final

from dingcomposer.core.records import dataclass

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

REFUSED: Final = "refused"
"""What a picture has in place of `src` where that leads nowhere in the net: never written out."""

_VOID: Final = frozenset({"br", "hr", "img"})


@dataclass(frozen=True, slots=True)
class Block:
    """One block at the top of a text: its lines in the source (the first one is 0), and what it is.

    `source` is what stands in these lines; where that is the same, the element is the same. The
    element is shared: it is not to be changed.
    """

    first_line: int
    line_count: int
    source: str
    element: "Element" = field(compare=False)

    @property
    def html(self) -> str:
        """The element as HTML."""
        return _html(self.element)


def _html(element: "Element") -> str:
    # The engine's own serializer leaves `&amp;` alone where the text is meant to show just that.
    tag = element.tag
    written = ((name, value) for name, value in element.items() if name != REFUSED)
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in written)
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
