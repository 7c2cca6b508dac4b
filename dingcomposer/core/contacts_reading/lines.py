"""A line of a pasted list in cells: of a sheet, of a markdown table, or of a chat."""

import csv
import re
from collections.abc import Iterator
from typing import Final

from dingcomposer.core.contacts_reading.cells import Look, look_of, tidy
from dingcomposer.core.contacts_reading.headings import Field, field_of, is_label
from dingcomposer.core.contacts_reading.names import joined
from dingcomposer.core.phone_numbers import numbers_in, plain

DELIMITERS: Final = "\t|,;，；"
_MOST_CELLS: Final = 60
_MOST_JOINED: Final = 6  # lines of one quoted cell
_LONGEST: Final = 2_000
"""A longer line is read in parts."""

_MARKER: Final = re.compile(
    r"\s*(?:[-*+•·●▪◆■>#]+\s+|[(（\[【]?[0-9]{1,4}[.、)）\]】:：](?![0-9])\s*|[①-⑳㈠-㈩⑴-⒇]\s*|[\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]+\s*)+"
)
_BREAKS: Final = re.compile(
    r"[:：,，、;；|/()（）\[\]【】{}<>《》\"“”=\t\u2600-\u27bf\U0001f000-\U0001faff]+|->|=>|\s+[-—–]+\s*|[-—–]+\s+|"
    r"(?<=[\u3400-\u9fff])[-—–_~]+|[-—–_~]+(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])|\s{2,}"
)
_LEADING: Final = re.compile(
    r"^(?:(?:please|call|contact|phone|ask|reach|or|and)\s+)+|^(?:我(?:是|叫)|这是|本人)(?=[\u3400-\u9fff])"
    r"|^(?:请?(?:联系|致电|拨打|咨询|找|加|呼叫|通知)(?:人)?|或者?|以及|[和及与跟是])(?=[\u3400-\u9fff])",
    re.IGNORECASE,
)
_CIRCLED: Final = re.compile("[①-⑳]")
_BEHIND: Final = re.compile(r"(?<=\w)\s+(?:at|on|via|is)$")
_TRAILING: Final = re.compile(r"的?(?:联系)?(?:电话|手机号?码?|号码|方式)?[是为]?$")
_SEPARATORS: Final = re.compile(r".*[\s、,，;；]", re.DOTALL)
_RULE: Final = re.compile(r"[|\s:+=-]*-{2,}[|\s:+=-]*|[=_*~\s]{3,}")
_BRACKETS: Final = re.compile(r"[^\w]*")
_OPENING: Final = re.compile(r"[^\d@]{1,30}[\[({:：]")
_LABEL_LINE: Final = re.compile(r"\s*([^:：=\t]{1,20}?)\s*[:：=]\s*(\S.*)")


def records(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its number from 1 on; a quoted cell with line ends in it is one line."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        line = lines[at]
        end = at + 1
        if line.count('"') % 2 and _opens_quote(line):
            for further in range(at + 1, min(at + _MOST_JOINED, len(lines))):
                if lines[further].count('"') % 2:
                    line, end = "\n".join(lines[at : further + 1]), further + 1
                    break
        if len(line) <= _LONGEST:
            yield at + 1, line
        else:
            yield from ((at + 1, part) for part in _parts(line))
        at = end


def _parts(line: str) -> Iterator[str]:
    """A line that is too long for one person, cut between words."""
    start = 0
    while start < len(line):
        part = line[start : start + _LONGEST]
        if start + _LONGEST < len(line):
            match = _SEPARATORS.match(part)
            part = match[0] if match else part
        yield part
        start += len(part)


def _opens_quote(line: str) -> bool:
    return line.startswith('"') or any(f'{one}"' in line for one in DELIMITERS)


def delimiter_of(line: str) -> str:
    """What stands between the cells of a line; "" where they are not told apart by one sign."""
    return next((one for one in DELIMITERS if one in line), "")


def is_frame(line: str) -> bool:
    """Whether a line has nobody in it and need not be told: a rule, a bracket, a title."""
    words = line.strip()
    return bool(_RULE.fullmatch(words) or _BRACKETS.fullmatch(words) or _OPENING.fullmatch(words))


def cells_of(line: str, delimiter: str) -> list[str]:
    """The cells between the signs."""
    if delimiter == "|":
        inner = line.strip().strip("|")
        return [cell.strip() for cell in inner.split("|", _MOST_CELLS)]
    if '"' in line and len(line) <= _LONGEST * _MOST_JOINED:
        try:
            cells = next(csv.reader([line], delimiter=delimiter, strict=True), [])
            return [cell.strip() for cell in cells[:_MOST_CELLS]]
        except csv.Error:
            pass
    return [cell.strip() for cell in line.split(delimiter, _MOST_CELLS)]


def label_of(line: str) -> tuple[str, str] | None:
    """A line such as "手机：138…" as its label and what is behind it; None for any other."""
    match = _LABEL_LINE.fullmatch(line[:_LONGEST])
    if match is None or not is_label(match[1]) or len(tuple(_labels(line))) > 1:
        return None
    if field_of(match[1]) is Field.NAME and numbers_in(plain(match[2])):
        return None  # "值班：张三 138…" is a person already
    return match[1], match[2]


def _labels(line: str) -> Iterator[str]:
    pieces = re.split(r"[:：=]", line[:_LONGEST])[:-1]
    for piece in pieces:
        last = re.split(r"[\s,，、;；|]+", piece.strip())[-1]
        if is_label(last):
            yield last


def people_of_chat(line: str) -> list[list[str]]:
    """The people of a line as somebody writes it, each as cells: words, then a number.

    "张三（138…）、李四：139…" are two people, as are "张三、李四：138…、139…", and
    "1. 张三 技术部 138…" is one.
    """
    line = _CIRCLED.sub("；", line[:_LONGEST])  # in plain form it would be a digit of the number
    words = without_marker(plain(line.replace("\t", " ")))
    spans = numbers_in(words)
    if not spans:
        return [_pieces(words)]
    first = _pieces(words[: spans[0].start])
    behind = [end.start for end in spans[1:]] + [len(words)]
    if first or len(spans) == 1:
        starts = [0, *(span.end for span in spans[:-1])]
        heads = [_pieces(words[at : span.start]) for at, span in zip(starts, spans, strict=True)]
        tail = _pieces(words[spans[-1].end :])
        people = [[*head, span.mobile] for head, span in zip(heads, spans, strict=True)]
        people[-1] += tail
        if len(spans) == len(first) > 1 and not any((*heads[1:], tail)) and _are_names(first):
            people = [[name, span.mobile] for name, span in zip(first, spans, strict=True)]
    else:
        people = [
            [span.mobile, *_pieces(words[span.end : end])]
            for span, end in zip(spans, behind, strict=True)
        ]
    if len(people) > 1 and not all(_has_name(cells) for cells in people):
        return [[cell for cells in people for cell in cells][:_MOST_CELLS]]
    return people


def _are_names(cells: list[str]) -> bool:
    return all(look_of(cell) in (Look.NAME, Look.MAYBE_NAME) for cell in cells)


def _has_name(cells: list[str]) -> bool:
    return any(look_of(cell) in (Look.NAME, Look.MAYBE_NAME) for cell in cells)


def without_marker(words: str) -> str:
    """A line without the number or the point that it begins with in a list."""
    match = _MARKER.match(words)
    return words[match.end() :] if match and match.end() < len(words) else words


def _pieces(words: str) -> list[str]:
    """The words of a chat apart from each other, a name of several words whole."""
    pieces: list[str] = []
    parts = [part for part in (tidy(part) for part in _BREAKS.split(words)) if part]
    for part in parts:
        single = len(part) == 1 and "\u3400" <= part <= "\u9fff"
        last = pieces[-1] if pieces else ""
        # "张 三": the letters of a short name set apart.
        if single and len(last) == 1 and "\u3400" <= last <= "\u9fff":
            pieces[-1] = joined(f"{last} {part}")
        else:
            pieces.append(_BEHIND.sub("", _LEADING.sub("", part)))
    if pieces and pieces[-1].endswith(("是", "为", "的")):
        pieces[-1] = _TRAILING.sub("", pieces[-1])
    return [piece for piece in pieces if piece][:_MOST_CELLS]
