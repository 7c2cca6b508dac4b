"""Sentences in the person's language: marked where they are written, translated when shown."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

Phrase = tuple[str, str]
"""A text of the source, with its context before it."""

translate = QCoreApplication.translate


def QT_TRANSLATE_NOOP(context: str, text: str) -> Phrase:  # noqa: N802 - Qt's name
    """Mark a text to be translated. `pyside6-lupdate` looks for this name."""
    return context, text


def translated(phrase: Phrase) -> str:
    """The phrase in the language that is on."""
    return translate(*phrase)


def join_names(names: Iterable[str]) -> str:
    """The names in a row."""
    return translate("Sentences", ", ").join(names)


def in_brackets(words: str, more: str) -> str:
    """Words with more of them in brackets behind, which Chinese writes wide."""
    return translate("Sentences", "{words} ({more})").format(words=words, more=more)


def join_sentences(sentences: Iterable[str]) -> str:
    """The sentences that are not empty, in one paragraph; Chinese puts no space between."""
    both = translate("Sentences", "{before} {after}")
    whole = ""
    for sentence in filter(None, sentences):
        whole = both.format(before=whole, after=sentence) if whole else sentence
    return whole
