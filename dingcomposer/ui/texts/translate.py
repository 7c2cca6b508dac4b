"""Sentences one after the other, as the language sets them: Chinese puts no space between."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication


def join_sentences(sentences: Iterable[str]) -> str:
    """The sentences that are not empty, in one paragraph."""
    both = QCoreApplication.translate("Sentences", "{before} {after}")
    whole = ""
    for sentence in filter(None, sentences):
        whole = both.format(before=whole, after=sentence) if whole else sentence
    return whole
