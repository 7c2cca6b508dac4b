"""What a mark beside a line means: what happens on PC, what on the phone, and how sure that is."""

from collections.abc import Iterable

from dingcomposer.core.dialect import Mark, MarkCode, Sureness
from dingcomposer.ui.texts.translate import QT_TRANSLATE_NOOP, Phrase, translate, translated

_SENTENCES: dict[MarkCode, Phrase] = {
    MarkCode.TABLE: QT_TRANSLATE_NOOP(
        "Marks", "Table: computers draw it; phones show its signs as text."
    ),
    MarkCode.RAW_HTML: QT_TRANSLATE_NOOP(
        "Marks", "HTML: computers draw it; phones may show an empty message."
    ),
    MarkCode.LINE_BREAK_TAG: QT_TRANSLATE_NOOP(
        "Marks",
        "<br>: reports differ; computers and phones break the line, or show it as text.",
    ),
    MarkCode.FENCED_CODE: QT_TRANSLATE_NOOP(
        "Marks", "Block of code: computers lose its indentation; older phones show its source."
    ),
    MarkCode.INDENTED_CODE: QT_TRANSLATE_NOOP(
        "Marks",
        "Four spaces make this a block of code, on computers and phones; computers lose its indentation.",
    ),
    MarkCode.QUOTED_COLOUR: QT_TRANSLATE_NOOP(
        "Marks", "Colour in quotes: computers show it; phones are said to show none."
    ),
    MarkCode.UNKNOWN_COLOUR: QT_TRANSLATE_NOOP(
        "Marks",
        "<font> without a colour that can be read: no colour, neither on computers nor on phones.",
    ),
    MarkCode.UNCLOSED_FONT: QT_TRANSLATE_NOOP(
        "Marks",
        "<font> and </font> do not pair up: computers and phones may colour more, or less.",
    ),
    MarkCode.STRIKETHROUGH: QT_TRANSLATE_NOOP(
        "Marks", "~~: said to strike nothing through; computers and phones show the signs."
    ),
    MarkCode.TASK_LIST: QT_TRANSLATE_NOOP(
        "Marks", "Task list: said to have no boxes; computers and phones show [ ] and [x]."
    ),
    MarkCode.FOOTNOTE: QT_TRANSLATE_NOOP(
        "Marks", "Footnote: said not to work; computers and phones show its signs."
    ),
    MarkCode.EMOJI_CODE: QT_TRANSLATE_NOOP(
        "Marks", "Emoji code: said not to work; computers and phones show the code."
    ),
    MarkCode.DEEP_LIST: QT_TRANSLATE_NOOP(
        "Marks", "Third level of a list: said to look poor on computers and phones."
    ),
    MarkCode.UNREACHABLE_PICTURE: QT_TRANSLATE_NOOP(
        "Marks",
        "Picture that cannot be loaded from the internet: computers and phones show nothing.",
    ),
    MarkCode.PICTURE_WITH_SPACE: QT_TRANSLATE_NOOP(
        "Marks",
        "Space in the picture's address: phones show no picture, and computers perhaps neither.",
    ),
    MarkCode.LOST_LINK: QT_TRANSLATE_NOOP(
        "Marks", "Link that leads nowhere: drawn as text here, on computers and phones perhaps too."
    ),
    MarkCode.UNDERLINE: QT_TRANSLATE_NOOP(
        "Marks",
        "Dashes right below text: a heading here; on computers and phones perhaps a line.",
    ),
    MarkCode.VISIBLE_STARS: QT_TRANSLATE_NOOP(
        "Marks",
        "Stars beside punctuation: shown as stars here; computers and phones may make them bold.",
    ),
    MarkCode.REFERENCE: QT_TRANSLATE_NOOP(
        "Marks",
        "[name]: address: shown as text here; computers and phones may leave out the whole line.",
    ),
}

_SURENESS: dict[Sureness, Phrase] = {
    Sureness.OFFICIAL: QT_TRANSLATE_NOOP("Marks", "official"),
    Sureness.SEEN: QT_TRANSLATE_NOOP("Marks", "seen"),
    Sureness.REPORTED: QT_TRANSLATE_NOOP("Marks", "reported"),
    Sureness.CLAIMED: QT_TRANSLATE_NOOP("Marks", "claimed"),
    Sureness.UNKNOWN: QT_TRANSLATE_NOOP("Marks", "inferred"),
}


def mark_sentence(code: MarkCode) -> str:
    """What happens where, and how that is known."""
    return translate("Marks", "{sentence} ({sureness})").format(
        sentence=translated(_SENTENCES[code]), sureness=sureness_word(code.sureness)
    )


def sureness_word(sureness: Sureness) -> str:
    """How a fact is known, in a word."""
    return translated(_SURENESS[sureness])


def mark_words(marks: Iterable[Mark]) -> dict[int, str]:
    """For each marked line, from 0 on, its sentences, one on a line of its own."""
    sentences: dict[MarkCode, str] = {}
    words: dict[int, list[str]] = {}
    for mark in marks:
        if mark.code not in sentences:
            sentences[mark.code] = mark_sentence(mark.code)
        words.setdefault(mark.line, []).append(sentences[mark.code])
    return {line: "\n".join(said) for line, said in words.items()}
