"""What of a message may become fields of a template: days, times, people, and what differs.

Two sends of one notice differ in what belongs to the day: just that is worth a field. Pure.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from string import ascii_letters, digits
from typing import Final

from dingcomposer.core.checks.dates import find_dates
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Mentions
from dingcomposer.core.payload.word_diff import changed_spans
from dingcomposer.core.records import dataclass
from dingcomposer.core.templates.template import (
    PLACEHOLDER,
    FieldKind,
    TemplateField,
    names_in,
    texts_of,
    with_texts,
)

_TIME: Final = re.compile(
    r"(?<![0-9.])(?<![0-9][:：])(?:[01]?[0-9]|2[0-3])[:：][0-5][0-9](?![0-9:：])"
)
_MENTION: Final = re.compile(r"@(1[0-9]{10}|\+[0-9]{1,4}-[0-9]{4,14})(?![0-9A-Za-z_])")
_NUMBER: Final = re.compile(r"[-+]?[0-9][0-9,.]*%?")
_LABEL: Final = re.compile(
    r"([^\s*_：:>#|（(，。、；【】\-]{1,12})[*_]{0,3}[ \t]?[：:][*_]{0,3}[ \t]?$"
)
_IN_WORDS: Final = frozenset(ascii_letters + digits + "._/-")
_MOST: Final = 30
_NAME_LETTERS: Final = 20
_MOST_LETTERS: Final = 200


_Part = tuple[str, FieldKind, str, bool]
"""Words, what they are, the text before them, and whether they differ."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words of a message that may become a field: wherever they stand, `{{name}}` will."""

    words: str
    field: TemplateField
    differs: bool = False


def proposals_of(draft: Draft, names: Mapping[FieldKind, str]) -> tuple[Proposal, ...]:
    """Days, times and people in a draft. `names` are what fields of a kind are called."""
    return _named(
        (
            (words, kind, text[:start], False)
            for _, text in texts_of(draft)
            for start, words, kind in _found(text)
        ),
        names_in(draft),
        names,
    )


def differing_parts(
    before: Draft, draft: Draft, names: Mapping[FieldKind, str]
) -> tuple[Proposal, ...]:
    """What a draft has otherwise than another message, then the other days, times and people."""
    old = dict(texts_of(before))
    parts: list[_Part] = []
    for path, text in texts_of(draft):
        if path not in old or old[path] == text:
            continue
        found = _found(text)
        for start, end in changed_spans(old[path], text)[1]:
            parts += _whole(text, start, end, found)
    parts += [
        (words, kind, text[:start], False)
        for _, text in texts_of(draft)
        for start, words, kind in _found(text)
    ]
    return _named(parts, names_in(draft), names)


def with_fields(draft: Draft, chosen: Sequence[Proposal]) -> Draft:
    """The draft with fields in the place of these words; who became one is mentioned no more."""
    by_words = {one.words: f"{{{{{one.field.name}}}}}" for one in chosen if one.words}
    if not by_words:
        return draft
    longest_first = sorted(by_words, key=len, reverse=True)
    pattern = re.compile("|".join([PLACEHOLDER.pattern, *map(re.escape, longest_first)]))
    made = with_texts(
        draft, lambda _path, text: pattern.sub(lambda match: by_words.get(match[0], match[0]), text)
    )
    gone = {one.words.removeprefix("@") for one in chosen if one.field.kind is FieldKind.PERSON}
    if made.mentions is None or not gone:
        return made
    left = Mentions(
        tuple(one for one in made.mentions.mobiles if one not in gone),
        tuple(one for one in made.mentions.user_ids if one not in gone),
        made.mentions.is_all,
    )
    return replace(made, mentions=left or None)


def name_after(title: str) -> str:
    """A name for a template: its message's title without the days and times in it."""
    for one in reversed(find_dates(title)):
        title = title[: one.start] + title[one.end :]
    words = _TIME.sub("", PLACEHOLDER.sub("", title)).strip(" -–—~至，,、：:（）()")
    return " ".join(words.split())[:_NAME_LETTERS]


def _found(text: str) -> list[tuple[int, str, FieldKind]]:
    """Days, times and people in a text: where each begins, its words, its kind."""
    found: list[tuple[int, str, FieldKind]] = []
    place = 0
    for line in text.split("\n"):
        found += ((place + one.start, one.words, FieldKind.DATE) for one in find_dates(line))
        found += ((place + m.start(), m[0], FieldKind.TIME) for m in _TIME.finditer(line))
        found += ((place + m.start(), m[0], FieldKind.PERSON) for m in _MENTION.finditer(line))
        place += len(line) + 1
    return sorted(found)


def _whole(
    text: str, start: int, end: int, found: Sequence[tuple[int, str, FieldKind]]
) -> Iterator[_Part]:
    """A part that differs, as the whole day, time or person that it is a piece of."""
    around = [one for one in found if one[0] < end and start < one[0] + len(one[1])]
    for begin, words, kind in around:
        yield words, kind, text[:begin], True
    if around:
        return
    while start and text[start - 1] in _IN_WORDS:
        start -= 1
    while text[end : end + 1] and text[end] in _IN_WORDS:
        end += 1
    for line in text[start:end].split("\n"):
        words = line.strip(" \t*_#>-|，。；,;")
        if words and len(words) <= _MOST_LETTERS:
            kind = FieldKind.NUMBER if _NUMBER.fullmatch(words) else FieldKind.TEXT
            yield words, kind, text[: text.index(words, start)], True


def _named(
    parts: Iterable[_Part],
    taken: Sequence[str],
    names: Mapping[FieldKind, str],
) -> tuple[Proposal, ...]:
    """Each part once, with a name of its own: its label, else that of its kind."""
    found: dict[str, Proposal] = {}
    used = set(taken)
    for words, kind, before, differs in parts:
        if words in found or PLACEHOLDER.search(words) or len(found) >= _MOST:
            continue
        label = _LABEL.search(before.rpartition("\n")[2])
        wanted = label[1] if label else names.get(kind, kind.value)
        name, number = wanted, 2
        while name in used:
            name, number = f"{wanted}{number}", number + 1
        used.add(name)
        found[words] = Proposal(words, TemplateField(name, kind), differs)
    return tuple(found.values())
