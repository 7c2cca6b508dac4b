"""A row of cells as a person: who it is, how sure that is, and what is to be looked at."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from dingcomposer.core.contacts import NAME_LETTERS
from dingcomposer.core.contacts_reading.cells import Look, could_be_id, look_of, tidy
from dingcomposer.core.contacts_reading.headings import Field
from dingcomposer.core.phone_numbers import (
    NumberFault,
    is_region,
    is_region_abroad,
    plain,
    read_number,
)


class Certainty(StrEnum):
    """How sure it is whom a row means."""

    CERTAIN = "certain"
    UNCERTAIN = "uncertain"  # to be looked at before it is saved
    UNUSABLE = "unusable"  # nobody can be notified by it


class Doubt(StrEnum):
    """What is to be looked at in a row. The first group makes it unusable."""

    NO_NAME = "no_name"
    NO_NUMBER = "no_number"
    ROUNDED = "rounded"
    LANDLINE = "landline"
    WRONG_LENGTH = "wrong_length"
    SEVERAL_NAMES = "several_names"  # with one number: whose?
    TOO_MANY = "too_many"  # the list is longer than what is read

    NAME_GUESSED = "name_guessed"
    NAME_BESIDE = "name_beside"  # another name stands there, too: whose number is it?
    NUMBER_GUESSED = "number_guessed"  # words beside it make it doubtful whose it is
    FILLED = "filled"  # digits that may have been rounded away are zeros
    NAME_IS_GROUP = "name_is_group"  # a department or a job stands where the name should
    SEVERAL_NUMBERS = "several_numbers"  # the first is taken
    MASKED = "masked"
    ID_GUESSED = "id_guessed"
    ID_ROUNDED = "id_rounded"  # many zeros at its end: a sheet keeps fifteen digits
    REGION_ODD = "region_odd"
    OTHER_COLUMN = "other_column"  # the number stood in another column than the heading says
    TWO_LINES = "two_lines"  # the name stood in the line before
    SHARED_NUMBER = "shared_number"  # another name has this number, too
    SAME_NAME = "same_name"  # somebody of this name has another number


UNUSABLE_DOUBTS: Final = frozenset(
    (
        *(Doubt.NO_NAME, Doubt.NO_NUMBER, Doubt.ROUNDED, Doubt.LANDLINE, Doubt.WRONG_LENGTH),
        *(Doubt.SEVERAL_NAMES, Doubt.TOO_MANY),
    )
)
_OF_FAULT: Final = {
    NumberFault.ROUNDED: Doubt.ROUNDED,
    NumberFault.LANDLINE: Doubt.LANDLINE,
    NumberFault.WRONG_LENGTH: Doubt.WRONG_LENGTH,
    NumberFault.MASKED: Doubt.MASKED,
    NumberFault.SEVERAL: Doubt.SEVERAL_NUMBERS,
    NumberFault.REGION_ODD: Doubt.REGION_ODD,
    NumberFault.FILLED: Doubt.FILLED,
}
_NAMES: Final = (Look.NAME, Look.MAYBE_NAME)
_NO_NAMES: Final = frozenset(
    (
        *(Look.EMPTY, Look.MOBILE, Look.MIXED, Look.ODD_NUMBER, Look.LANDLINE, Look.EMAIL),
        *(Look.DATE, Look.COUNT),
    )
)
_BETWEEN_NAMES: Final = re.compile(
    r"[、,，/;；|\n+＋&＆\\]+|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])"
)
_BETWEEN_LATIN: Final = re.compile(r"[/;|\n+&\\]+|\s+and\s+")  # "Wang, Wu" is one
_WORDS_BETWEEN: Final = re.compile("[和及与跟~～→—–-]")
_IN_BRACKETS: Final = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")
_NOBODY_WORDS: Final = (
    "无 暂无 没有 空 待定 未定 未知 同上 同前 合计 总计 小计 共计 none null nan n/a na tel phone "
    "mobile 电话 手机 手机号"
)
_NOBODY: Final = frozenset(_NOBODY_WORDS.split())
_ABOUT_NUMBER: Final = re.compile(
    r"微信同号|同微信|微信|手机号?码?|电话|号码|本人|移动|联通|电信|工作|办公|个人|私人|常用|备用"
    r"|tel|phone|mobile|cell",
    re.IGNORECASE,
)
RELATIVE: Final = re.compile(
    "家属|家长|亲属|家人|紧急|代接|转接|[父母]亲|爸|妈|妻|丈夫|爱人|配偶|儿子|女儿|同事|朋友"
)
_SIGNS: Final = re.compile(r"[\W\d_]+")
_ROUNDED_ID: Final = re.compile(r"[0-9]{12,}0{2,}")
_EXPONENT: Final = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,2}")
_USER_ID: Final = re.compile(r"[!-~]{1,64}")
_SOURCE_LETTERS: Final = 300
_SHORT: Final = 2  # letters of a short Chinese name


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One person of a pasted list, or a line without one. `line` counts from 1.

    `rejected` is what stood in the place of a number that cannot be taken, "" where one was;
    `rejected_id` the same of a user ID.
    """

    line: int
    source: str
    name: str = ""
    mobile: str = ""
    user_id: str = ""
    department: str = ""
    doubts: tuple[Doubt, ...] = ()
    rejected: str = ""
    rejected_id: str = ""

    @property
    def certainty(self) -> Certainty:
        """How sure it is whom this row means."""
        if any(doubt in UNUSABLE_DOUBTS for doubt in self.doubts):
            return Certainty.UNUSABLE
        return Certainty.UNCERTAIN if self.doubts else Certainty.CERTAIN


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table has what. `scores` say how much a column looks like names, by its number.

    Of several columns with names the one with the lowest of `name_ranks` has the person's.
    """

    fields: dict[int, Field] = field(default_factory=dict)
    scores: dict[int, float] = field(default_factory=dict)
    name_ranks: dict[int, int] = field(default_factory=dict)

    def of(self, *wanted: Field) -> list[int]:
        """The columns with these fields, those of the first field first."""
        return [at for one in wanted for at, found in self.fields.items() if found is one]


@dataclass(slots=True)
class _Found:
    """A person while the cells are looked through."""

    name: str = ""
    mobile: str = ""
    user_id: str = ""
    department: str = ""
    doubts: list[Doubt] = field(default_factory=list)
    rejected: str = ""
    rejected_id: str = ""


def score_columns(rows: Sequence[Sequence[str]]) -> dict[int, float]:
    """How much each column looks like names, over the first rows of a table.

    Departments repeat and names do not, so a column with few different words counts for less.
    """
    points: Counter[int] = Counter()
    words: dict[int, set[str]] = {}
    for cells in rows:
        for at, cell in enumerate(cells):
            look = look_of(cell)
            points[at] += {Look.NAME: 4, Look.MAYBE_NAME: 1}.get(look, 0)
            words.setdefault(at, set()).add(cell)
    few = max(2, len(rows) // 2)
    return {
        at: count * (0.3 if len(rows) > few and len(words[at]) < few else 1.0)
        for at, count in points.items()
        if count
    }


def read_row(cells: Sequence[str], columns: Columns, line: int, source: str) -> list[PastedRow]:
    """The people of a row: one, as a rule; several where it has several names with a number each.

    A row without anybody gives one row that says why.
    """
    names, numbers = columns.of(Field.NAME), columns.of(Field.MOBILE, Field.PHONE)
    groups = _groups(columns.fields, len(cells)) if len(names) > 1 else []
    # A name without a number of its own may be the one whose number the next group has.
    if groups and len(numbers) > 1 and all(group & set(numbers) for group in groups):
        people = [
            _read_one([cells[at] if at in group else "" for at in range(len(cells))], columns)
            for group in groups
            if any(cells[at].strip() for at in group)
        ]
        found = [one for some in people for one in some if one.name or one.mobile]
    else:
        found = _read_one(cells, columns)
    shown = " ".join(source.split())[:_SOURCE_LETTERS]
    return [
        PastedRow(
            line,
            shown,
            one.name,
            one.mobile,
            one.user_id,
            one.department,
            tuple(dict.fromkeys(one.doubts)),
            "" if one.mobile else one.rejected,
            "" if one.user_id else one.rejected_id,
        )
        for one in found or [_Found(doubts=[Doubt.NO_NAME])]
    ]


def with_shared_numbers(rows: Sequence[PastedRow]) -> tuple[PastedRow, ...]:
    """The rows, those marked whose number or id another name of the list has, too."""
    names: dict[str, set[str]] = {}
    for row in rows:
        if row.certainty is not Certainty.UNUSABLE:
            for key in filter(None, (row.mobile, row.user_id)):
                names.setdefault(key, set()).add(row.name)
    shared = {key for key, some in names.items() if len(some) > 1}
    if not shared:
        return tuple(rows)
    return tuple(
        replace(row, doubts=(*row.doubts, Doubt.SHARED_NUMBER))
        if {row.mobile, row.user_id} & shared
        else row
        for row in rows
    )


def split_people(cells: Sequence[str]) -> list[list[str]]:
    """The cells of a row without headings, apart where each number has a name of its own."""
    looks = [look_of(cell) for cell in cells]
    ends = [at + 1 for at, look in enumerate(looks) if look is Look.MOBILE]
    if len(ends) > 1:
        starts = [0, *ends[:-1]]
        parts = [slice(start, end) for start, end in zip(starts, ends, strict=True)]
        if all(any(look in _NAMES for look in looks[part]) for part in parts):
            parts[-1] = slice(starts[-1], None)
            return [list(cells[part]) for part in parts]
    return [list(cells)]


def _groups(fields: dict[int, Field], width: int) -> list[set[int]]:
    """The columns of a row with several people, cut before each name."""
    cuts = sorted(at for at, one in fields.items() if one is Field.NAME)
    groups = [set(range(at, end)) for at, end in zip(cuts, [*cuts[1:], width], strict=True)]
    shared = {at for at, one in fields.items() if one is Field.DEPARTMENT and at < cuts[0]}
    return [{at for at in group if at < width} | shared for group in groups]


def _read_one(cells: Sequence[str], columns: Columns) -> list[_Found]:
    found = _Found()
    looks = [look_of(cell) for cell in cells]
    _find_number(found, cells, looks, columns)
    _find_user_id(found, cells, looks, columns)
    people = _find_name(found, cells, looks, columns)
    if len(people) == 1 and found.name and Doubt.SEVERAL_NAMES not in found.doubts:
        found.doubts += _doubts_beside(found, cells, looks, columns)
    _find_department(found, cells, looks, columns)
    for one in people:
        one.department = found.department
        if not one.mobile and not one.user_id and not UNUSABLE_DOUBTS & set(one.doubts):
            one.doubts.append(Doubt.NO_NUMBER)
    return people


def _doubts_beside(
    found: _Found, cells: Sequence[str], looks: Sequence[Look], columns: Columns
) -> list[Doubt]:
    """What makes it doubtful whose number this is: another name in the row or beside the number."""
    doubts: list[Doubt] = []
    told = [at for at in columns.of(Field.NAME) if at < len(cells) and looks[at] in _NAMES]
    is_sure = any(
        columns.name_ranks.get(at, 1) == 0 and tidy(cells[at]) == found.name for at in told
    )
    number_at = _number_of_the_name_before(found, cells, told, columns) if is_sure else None
    for at in told:
        is_nickname = is_sure and columns.name_ranks.get(at, 1) > 1
        is_settled = number_at is not None and at > number_at
        if tidy(cells[at]) != found.name and not is_nickname and not is_settled:
            doubts.append(Doubt.NAME_BESIDE)
    for at in range(len(cells)):
        if found.mobile and looks[at] is Look.MIXED and _has_number(found, cells[at]):
            doubts += _doubts_in(cells[at], found.name)
    return doubts


def _number_of_the_name_before(
    found: _Found, cells: Sequence[str], told: Sequence[int], columns: Columns
) -> int | None:
    """The column of the number, where the only name before it is the person's for certain.

    A name behind it ("姓名, 手机, 负责人") is somebody else's, without a number; one further left
    may own it.
    """
    places = [at for at in columns.of(Field.MOBILE, Field.PHONE) if at < len(cells)]
    places = [at for at in places if found.mobile and _has_number(found, cells[at])]
    before = [at for at in told if places and at < places[0]]
    is_own = len(before) == 1 and columns.name_ranks.get(before[0], 1) == 0
    return places[0] if is_own and tidy(cells[before[0]]) == found.name else None


def _has_number(found: _Found, cell: str) -> bool:
    return read_number(cell).mobile == found.mobile


def _doubts_in(cell: str, name: str) -> Iterator[Doubt]:
    """What the words in the cell of a number make doubtful."""
    words = plain(cell).replace(name, " ")
    if RELATIVE.search(words):
        yield Doubt.NUMBER_GUESSED
        return
    for word in _SIGNS.split(_ABOUT_NUMBER.sub(" ", words)):
        if len(word) > 1 and look_of(word) in _NAMES:
            yield Doubt.NAME_BESIDE


def _find_number(
    found: _Found, cells: Sequence[str], looks: Sequence[Look], columns: Columns
) -> None:
    region = next((cells[at] for at in columns.of(Field.REGION) if at < len(cells)), "")
    region = region if is_region(region) else ""
    faults: list[Doubt] = []
    for kind in (Field.MOBILE, Field.PHONE):
        for at in columns.of(kind):
            if at < len(cells) and cells[at].strip():
                number = read_number(cells[at], region)
                if number.mobile:
                    found.mobile = number.mobile
                    if number.fault is not None:
                        found.doubts.append(_OF_FAULT[number.fault])
                    return
                if number.fault is not None or any(map(str.isdecimal, cells[at])):
                    faults.append(_OF_FAULT[number.fault or NumberFault.WRONG_LENGTH])
                    found.rejected = found.rejected or _shown(cells[at])
    taken = columns.fields
    _find_number_anywhere(found, cells, looks, columns, is_told=Field.MOBILE in taken.values())
    if not found.mobile:
        odd = (Look.ODD_NUMBER, Look.LANDLINE)
        free = [at for at, look in enumerate(looks) if look in odd and at not in taken]
        told = [at for at in columns.of(Field.MOBILE, Field.PHONE) if at < len(cells)]
        local = [at for at in (*told, *free) if looks[at] in odd]
        place = "" if region else next(filter(is_region_abroad, cells), "")
        if place and len(local) == 1:
            found.mobile = read_number(cells[local[0]], place).mobile
            found.doubts.append(Doubt.NUMBER_GUESSED)
            return
        faults += [_OF_FAULT[read_number(cells[at]).fault or NumberFault.LANDLINE] for at in free]
        found.rejected = found.rejected or next((_shown(cells[at]) for at in free), "")
        worst = next((one for one in (Doubt.ROUNDED, *faults) if one in faults), None)
        if worst is not None:
            found.doubts.append(worst)


def _shown(cell: str) -> str:
    return " ".join(cell.split())[:NAME_LETTERS]


def _find_number_anywhere(
    found: _Found,
    cells: Sequence[str],
    looks: Sequence[Look],
    columns: Columns,
    *,
    is_told: bool,
) -> None:
    """A number in a column that no heading knows; never one of somebody else's."""
    mobiles: list[str] = []
    for at, look in enumerate(looks):
        if look in (Look.MOBILE, Look.MIXED) and columns.fields.get(at) is None:
            number = read_number(cells[at])
            mobiles += [number.mobile, *number.others]
            if number.fault in (NumberFault.MASKED, NumberFault.FILLED):
                found.doubts.append(_OF_FAULT[number.fault])
    mobiles = list(dict.fromkeys(mobiles))
    if mobiles:
        found.mobile = mobiles[0]
        if len(mobiles) > 1:
            found.doubts.append(Doubt.SEVERAL_NUMBERS)
        if is_told:
            found.doubts.append(Doubt.OTHER_COLUMN)


def _find_user_id(
    found: _Found, cells: Sequence[str], looks: Sequence[Look], columns: Columns
) -> None:
    for at in columns.of(Field.USER_ID):
        words = plain(cells[at]).lstrip("@'") if at < len(cells) else ""
        if words and _USER_ID.fullmatch(words):
            if _EXPONENT.fullmatch(words):
                found.doubts += [] if found.mobile else [Doubt.ROUNDED]
                found.rejected_id = words
                return
            found.user_id = words
            if _ROUNDED_ID.fullmatch(words):
                found.doubts.append(Doubt.ID_ROUNDED)
            if looks[at] in (Look.EMAIL, Look.MOBILE, Look.DATE):
                found.doubts.append(Doubt.ID_GUESSED)
            return
    if found.mobile or found.doubts:
        return
    ids = [cell for at, cell in enumerate(cells) if at not in columns.fields and could_be_id(cell)]
    if len(ids) == 1 and not any(one in (Look.MOBILE, Look.MIXED) for one in looks):
        found.user_id = tidy(ids[0])
        found.doubts.append(Doubt.ID_GUESSED)


def _find_name(
    found: _Found, cells: Sequence[str], looks: Sequence[Look], columns: Columns
) -> list[_Found]:
    """The name, and the people: several where a cell has as many names as there are numbers."""
    told = [at for at in columns.of(Field.NAME) if at < len(cells) and cells[at].strip()]
    if told:
        told.sort(key=lambda at: (looks[at] not in _NAMES, columns.name_ranks.get(at, 1)))
        return _by_cell(found, told[0], cells, columns)
    family = [cells[at] for at in columns.of(Field.FAMILY_NAME) if at < len(cells)]
    given = [cells[at] for at in columns.of(Field.GIVEN_NAME) if at < len(cells)]
    if family or given:
        words = tidy("".join(given[:1])), tidy("".join(family[:1]))
        is_latin = "".join(words).isascii()
        found.name = " ".join(filter(None, words)) if is_latin else words[1] + words[0]
    elif not columns.of(Field.NAME):
        guessed = _guess_name(found, cells, looks, columns)
        if guessed is not None:
            return _by_cell(found, guessed, cells, columns)
    if not found.name or len(found.name) > NAME_LETTERS:
        found.name = found.name[:NAME_LETTERS]
        found.doubts.append(Doubt.NO_NAME)
    return [found]


def _by_cell(found: _Found, place: int, cells: Sequence[str], columns: Columns) -> list[_Found]:
    cell = cells[place]
    look = look_of(cell)
    names = _names_in(tidy(cell))
    if len(names) > 1:
        mobiles: list[str] = []
        for at in columns.of(Field.MOBILE, Field.PHONE) or range(len(cells)):
            if at < len(cells) and not mobiles:
                number = read_number(cells[at])
                mobiles = [number.mobile, *number.others] if number.mobile else []
        if len(mobiles) == len(names):
            pairs = zip(names, mobiles, strict=True)
            return [_Found(name, mobile, doubts=[Doubt.NAME_GUESSED]) for name, mobile in pairs]
        found.name = "、".join(names)[:NAME_LETTERS]
        found.doubts.append(Doubt.SEVERAL_NAMES)
        return [found]
    words = tidy(cell)
    is_nobody = words.casefold() in _NOBODY or not any(map(str.isalpha, words))
    if look in _NO_NAMES or is_nobody or len(words) > NAME_LETTERS:
        found.doubts.append(Doubt.NO_NAME)
        return [found]
    found.name = words
    if look in (Look.GROUP, Look.TITLE):
        found.doubts.append(Doubt.NAME_IS_GROUP)
    elif look is Look.OTHER or _may_be_two(words):
        found.doubts.append(Doubt.NAME_GUESSED)
    return [found]


def _names_in(words: str) -> list[str]:
    """The names in a cell of names: several where they stand apart from each other."""
    for between in (_BETWEEN_LATIN if words.isascii() else _BETWEEN_NAMES, _IN_BRACKETS):
        names = [tidy(one) for one in _outside(between, words)]
        names = [one for one in names if one]
        if len(names) > 1 and all(look_of(one) in _NAMES for one in names):
            return names
    names = _WORDS_BETWEEN.split(words)  # these letters and signs are in names, too
    is_several = len(names) > 1 and all(look_of(one) is Look.NAME for one in names)
    return names if is_several else [words]


def _outside(between: re.Pattern[str], words: str) -> list[str]:
    return between.sub("\n", words).split("\n")


def _may_be_two(words: str) -> bool:
    """Whether what looks like one name may be two: "张三李四", "张三（李四）"."""
    inner = _IN_BRACKETS.search(words)
    if inner:
        return not inner[1].isascii() and look_of(inner[1].lstrip("代替")) is Look.NAME
    half = len(words) // 2
    is_even = len(words) == 2 * _SHORT and look_of(words) is Look.MAYBE_NAME
    return is_even and all(look_of(one) is Look.NAME for one in (words[:half], words[half:]))


def _guess_name(
    found: _Found, cells: Sequence[str], looks: Sequence[Look], columns: Columns
) -> int | None:
    """Where the name is in a row whose headings say nothing: what looks like one, and best so."""
    taken = {at for at, one in columns.fields.items() if one is not Field.PHONE}
    places = [at for at, look in enumerate(looks) if look in _NAMES and at not in taken]
    places = [at for at in places if tidy(cells[at]) != found.user_id]
    if not places:
        return None
    strong = [at for at in places if looks[at] is Look.NAME] or places
    scores = sorted((-columns.scores.get(at, 0.0), at) for at in strong)
    best = scores[0][1]
    is_close = len(scores) > 1 and scores[1][0] <= scores[0][0] * 0.5
    total = max(columns.scores.values(), default=0.0)
    is_usual = columns.scores.get(best, 0.0) >= total * 0.9 and total >= 8
    if is_close or (looks[best] is Look.MAYBE_NAME and (len(places) > 1 or not is_usual)):
        found.doubts.append(Doubt.NAME_GUESSED)
    return best


def _find_department(
    found: _Found, cells: Sequence[str], looks: Sequence[Look], columns: Columns
) -> None:
    told = [
        tidy(cells[at])
        for at in columns.of(Field.DEPARTMENT)
        if at < len(cells) and looks[at] not in _NO_NAMES
    ]
    told = [one for one in told if one]
    if not told and not columns.of(Field.DEPARTMENT):
        told = [
            tidy(cell)
            for at, cell in enumerate(cells)
            if looks[at] is Look.GROUP and at not in columns.fields
        ]
    if told and told[0] != found.name:
        found.department = told[0][:NAME_LETTERS]
