"""Paragraphs beside those of another message: the words that it has not are marked. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from dingcomposer.core.payload.word_diff import Token, changed_tokens, split_words
from dingcomposer.ui.preview.richtext.paragraphs import ChangeMark, Paragraph, Piece, TextRun


def mark_changes(
    paragraphs: tuple[Paragraph, ...], others: tuple[Paragraph, ...], mark: ChangeMark
) -> tuple[Paragraph, ...]:
    """The paragraphs with marks on the words that the others have not, or in another look."""
    mine, theirs = _tokens(paragraphs), _tokens(others)
    # The one that was there before comes first: which of two equal words is the new one follows.
    is_before = mark is ChangeMark.REMOVED
    found = changed_tokens(*((mine, theirs) if is_before else (theirs, mine)))
    changed = {at for start, end in found[0 if is_before else 1] for at in range(start, end)}
    at, marked = 0, []
    for paragraph in paragraphs:
        pieces: list[Piece] = []
        for piece in paragraph.pieces:
            if not isinstance(piece, TextRun):
                pieces.append(piece)
                at += 1
                continue
            words = split_words(piece.text)
            numbered = [(at + number in changed, word) for number, word in enumerate(words)]
            at += len(words)
            for is_changed, group in groupby(numbered, key=lambda one: one[0]):
                text = "".join(word for _, word in group)
                pieces.append(
                    replace(piece, text=text, mark=mark if is_changed else ChangeMark.NONE)
                )
        at += 1  # the end of the line
        marked.append(replace(paragraph, pieces=tuple(pieces)))
    return tuple(marked)


def marked_words(paragraphs: tuple[Paragraph, ...]) -> tuple[str, ...]:
    """The words that are marked, in their order."""
    return tuple(
        piece.text
        for paragraph in paragraphs
        for piece in paragraph.pieces
        if isinstance(piece, TextRun) and piece.mark is not ChangeMark.NONE
    )


def _tokens(paragraphs: tuple[Paragraph, ...]) -> list[Token]:
    return [token for paragraph in paragraphs for token in _line(paragraph)]


def _line(paragraph: Paragraph) -> Iterator[Token]:
    place = (paragraph.shape, paragraph.level)
    for piece in paragraph.pieces:
        if isinstance(piece, TextRun):
            look = (place, replace(piece, text=""))
            yield from ((word, look) for word in split_words(piece.text))
        else:
            yield "\ufffc", piece
    yield "\n", None
