"""Puts the pieces of a line into an element, so that every tag is closed where it belongs."""

from collections import Counter
from collections.abc import Iterable
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from dingcomposer.core.dialect import links
from dingcomposer.core.dialect.html import REFUSED
from dingcomposer.core.dialect.inlines import Piece, PieceKind

MAX_TAGS: Final = 50
"""Tags of a line inside each other; what would go deeper is shown without its tags."""
_LONGEST_REFUSED: Final = 200


def fill(element: Element, pieces: Iterable[Piece]) -> None:
    """Append `pieces` to what stands in `element`.

    A tag that is never closed ends with the element; the end of a tag that was never opened is
    left out; where two tags cross, the inner one is closed and opened again, as browsers do.
    """
    filling = _Filling(element)
    for piece in pieces:
        filling.add(piece)
    filling.flush()


class _Filling:
    def __init__(self, element: Element) -> None:
        self._here = element
        self._open: list[tuple[Piece, Element]] = []  # with the element that holds it
        self._too_deep: Counter[str] = Counter()
        self._text: list[str] = []
        self._is_new_line = True
        self._wants_line = False

    def add(self, piece: Piece) -> None:
        """Append one piece."""
        match piece.kind:
            case PieceKind.TEXT | PieceKind.TAG:
                if not (self._wants_line and not piece.text.strip()):
                    self._begin_line()
                    self._text.append(piece.text)
            case PieceKind.OPEN:
                self._begin_line()
                self._enter(piece)
            case PieceKind.CLOSE:
                self._leave(piece.text)
            case PieceKind.CODE:
                self._put("code").text = piece.text
            case PieceKind.PICTURE:
                picture = self._put("img")
                if links.is_picture(piece.address):
                    picture.set("src", piece.address)
                elif piece.address:
                    picture.set(REFUSED, piece.address[:_LONGEST_REFUSED])
                picture.set("alt", piece.text)
            case PieceKind.BREAK:
                self._put("br")
                self._text.append("\n")
            case PieceKind.LINE:
                self._wants_line = not self._is_new_line
            case PieceKind.LOST_LINK:
                pass

    def flush(self) -> None:
        """Write the text that was collected."""
        text = "".join(self._text)
        self._text.clear()
        if not text:
            return
        if len(self._here):
            last = self._here[-1]
            last.tail = (last.tail or "") + text
        else:
            self._here.text = (self._here.text or "") + text

    def _begin_line(self) -> None:
        self._is_new_line = False
        if self._wants_line:
            self._wants_line = False
            self.flush()
            SubElement(self._here, "br")

    def _put(self, tag: str) -> Element:
        self._begin_line()
        self.flush()
        return SubElement(self._here, tag)

    def _enter(self, piece: Piece) -> None:
        if len(self._open) == MAX_TAGS:
            self._too_deep[piece.text] += 1
            return
        self._open.append((piece, self._here))
        self.flush()
        self._here = SubElement(self._here, piece.text)
        if piece.text == "a":
            self._here.set("href", piece.address)
        if piece.colour is not None:
            self._here.set("color", piece.colour)

    def _leave(self, tag: str) -> None:
        if self._too_deep[tag]:
            self._too_deep[tag] -= 1
            return
        index = len(self._open) - 1
        while index >= 0 and self._open[index][0].text != tag:
            index -= 1
        if index < 0:
            return
        self.flush()
        self._here = self._open[index][1]
        inner = [piece for piece, _ in self._open[index + 1 :]]
        del self._open[index:]
        for piece in inner:
            self._enter(piece)
