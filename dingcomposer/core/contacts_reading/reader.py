"""How a pasted list of people is read: sheets, markdown tables, chats, JSON, visiting cards.

Columns are told by their headings where these are known, else rated by what stands in them. What
is not certain says so, row by row; a wrong person is worse than none. Pure; never raises.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from dingcomposer.core.contacts_reading.cells import Look, look_of, tidy
from dingcomposer.core.contacts_reading.documents import read_cards, read_json
from dingcomposer.core.contacts_reading.headings import (
    Field,
    field_of,
    is_another_person,
    rank_of_name,
)
from dingcomposer.core.contacts_reading.lines import (
    cells_of,
    delimiter_of,
    is_frame,
    label_of,
    people_of_chat,
    records,
    without_marker,
)
from dingcomposer.core.contacts_reading.rows import (
    RELATIVE,
    Columns,
    Doubt,
    PastedRow,
    read_row,
    score_columns,
    split_people,
    with_shared_numbers,
)

ROWS: Final = 5_000
"""So many rows of one paste are read; a group has fewer members."""

LETTERS: Final = 500_000
"""So much of a list that is no document is read."""

_NEAR: Final = 3  # lines between a title and its table
_SAMPLE: Final = 200  # rows by which the columns of a table are rated
_NUMBERS: Final = (Look.MOBILE, Look.MIXED, Look.ODD_NUMBER, Look.LANDLINE)
_NUMBER_FIELDS: Final = (Field.MOBILE, Field.PHONE)
_NAMES: Final = (Look.NAME, Look.MAYBE_NAME)
_LABELLED: Final = re.compile("[\u3400-\u9fff][:：]")
_FEW: Final = 2  # headings that make a line one of headings


def read_rows(text: str) -> tuple[PastedRow, ...]:
    """The people of a pasted list, and the lines in which nobody was found, in order."""
    whole = text.lstrip("\ufeff").strip()
    for read in (read_json, read_cards):
        found = read(whole, ROWS + 1)
        if found is not None:
            return with_shared_numbers(_first(found))
    reader = _ContactsReader()
    lines = records(text[:LETTERS])
    for number, line in lines:
        reader.take(number, line)
        if reader.count >= ROWS:
            break
    reader.end()
    more = next((one for one in lines if one[1].strip()), None)
    if more is None and text[LETTERS:].strip():
        more = (0, text[LETTERS : LETTERS + 200])
    if more is not None:
        reader.rows.append(PastedRow(more[0], more[1].strip()[:80], doubts=(Doubt.TOO_MANY,)))
    return with_shared_numbers(reader.rows)


def read_cells(rows: Iterable[Sequence[str]]) -> tuple[PastedRow, ...]:
    """As `read_rows`, of a sheet whose cells are known. What stands above the headings is dropped.

    Any number of rows: whoever reads the file says where it ends.
    """
    reader = _ContactsReader()
    for number, cells in enumerate(rows, 1):
        reader.take_cells(number, cells)
    reader.end()
    return with_shared_numbers(reader.rows)


def _first(rows: Iterable[PastedRow]) -> list[PastedRow]:
    some = list(islice(rows, ROWS + 1))
    if len(some) > ROWS:
        some[-1] = replace(some[-1], name="", mobile="", user_id="", doubts=(Doubt.TOO_MANY,))
    return some


class _ContactsReader:
    """Goes from line to line: a table until another begins, a record of labels until it ends."""

    def __init__(self) -> None:
        self.rows: list[PastedRow] = []
        self._fields: dict[int, Field] = {}
        self._ranks: dict[int, int] = {}
        self._others: frozenset[int] = frozenset()
        self._delimiter = ""
        self._width = 0
        self._table: list[tuple[int, str, list[str]]] = []
        self._record: list[tuple[int, str, Field, str, str]] = []
        self._name: tuple[int, str, str] | None = None
        self._above: list[tuple[int, str]] = []

    @property
    def count(self) -> int:
        """How many rows were read, or are waiting."""
        return len(self.rows) + len(self._table)

    def take(self, number: int, line: str) -> None:
        """Read one line more."""
        if not line.strip("\ufeff \t,，;；|\r\n\x00"):
            self._end_record()
            return
        if is_frame(line):
            return
        labelled = label_of(line) if not self._fields else None
        if labelled is not None:
            self._end_table()
            self._take_label(number, line, *labelled)
            return
        self._end_record()
        delimiter = self._delimiter if self._delimiter in line else ""
        delimiter = delimiter or delimiter_of(line)
        cells = cells_of(line, delimiter) if delimiter else line.split()
        if delimiter:
            cells[0] = without_marker(cells[0])
        fields = _headings(cells, is_first=bool(delimiter) and not (self._fields or self._table))
        if fields:
            self._begin_table(number, fields, delimiter, cells)
        elif self._fields and (delimiter or self._is_row_of_words(cells)):
            self._end_name()
            self._table.append((number, line, cells))
        elif delimiter and _is_row(line, delimiter, cells):
            self._end_name()
            if delimiter != self._delimiter:
                self._end_table()
            self._delimiter = delimiter
            self._table.append((number, line, cells))
        else:
            self._end_table()
            self._take_chat(number, line)

    def take_cells(self, number: int, cells: Sequence[str]) -> None:
        """Read one row more, whose cells are known."""
        filled = [cell for cell in cells if cell.strip()]
        line = " ".join(filled)
        fields = _headings(list(cells), is_first=not (self._fields or self._table))
        if fields:
            self._above.clear()
            self._begin_table(number, fields, "\t", cells)
        elif self._fields or len(filled) > 1:
            if filled:
                self._table.append((number, line, list(cells)))
        elif filled:
            self._above.append((number, line))

    def _begin_table(
        self, number: int, fields: dict[int, Field], delimiter: str, cells: Sequence[str]
    ) -> None:
        self._end_table(is_headed=True)
        self._drop_title(number)
        self._fields, self._delimiter, self._width = fields, delimiter, len(cells)
        names = (at for at, field in fields.items() if field is Field.NAME)
        self._ranks = {at: rank_of_name(cells[at]) for at in names}
        self._others = frozenset(at for at, one in enumerate(cells) if is_another_person(one))

    def _is_row_of_words(self, cells: list[str]) -> bool:
        """Whether a line with spaces alone has a word for each heading of such a table."""
        return not self._delimiter and len(cells) == self._width

    def _drop_title(self, number: int) -> None:
        """The line above headings is the table's title, and nobody was looked for in it."""
        last = self.rows[-1] if self.rows else None
        if (
            last
            and last.doubts == (Doubt.NO_NAME,)
            and not last.mobile
            and number - last.line < _NEAR
        ):
            self.rows.pop()

    def end(self) -> None:
        """Read what is still waiting."""
        self._end_record()
        self._end_table()
        for number, line in self._above:  # no headings came: each may be somebody
            self._take_chat(number, line)
        self._end_name()

    def _take_label(self, number: int, line: str, label: str, words: str) -> None:
        field = field_of(label) or Field.OTHER
        if self._has_label(label, field):
            self._end_record()
        self._record.append((number, line, field, words, label))

    def _has_label(self, label: str, field: Field) -> bool:
        """Whether another person begins here: what comes again, unless it names one more person."""
        told = {one[2] for one in self._record}
        is_other_name = field is Field.NAME and all(one[4] != label for one in self._record)
        has_number = not told.isdisjoint((Field.MOBILE, Field.PHONE, Field.USER_ID))
        return field is not Field.OTHER and field in told and (has_number or not is_other_name)

    def _end_record(self) -> None:
        record, self._record = self._record, []
        if not record:
            return
        cells = [one[3] for one in record]
        source = " ".join(one[1].strip() for one in record)
        told = {at: one[2] for at, one in enumerate(record)}
        ranks = {at: rank_of_name(one[4]) for at, one in enumerate(record)}
        if Field.NAME not in told.values() and self._name is not None:
            cells.append(self._name[2])
            told[len(cells) - 1] = Field.NAME
            self._name = None
        self._end_name()
        self.rows += read_row(cells, Columns(told, name_ranks=ranks), record[0][0], source)

    def _end_table(self, *, is_headed: bool = False) -> None:
        """Read the rows that are waiting; before headings, words alone are a title."""
        table, self._table = self._table, []
        sample = [cells for _, _, cells in table[:_SAMPLE]]
        fields = _owned(self._fields, self._others, sample)
        columns = Columns(fields, score_columns(sample), self._ranks)
        for number, line, cells in table:
            if is_headed and not self._fields and _is_title(cells):
                continue
            for some in [cells] if self._fields else split_people(cells):
                self._take_row(some, columns, number, line)
        if is_headed and self._name is not None:
            self._name = None
        elif not is_headed:
            self._fields, self._ranks, self._delimiter = {}, {}, ""

    def _take_row(self, cells: list[str], columns: Columns, number: int, line: str) -> None:
        rows = read_row(cells, columns, number, line)
        mixed = [cell for cell in cells if look_of(cell) is Look.MIXED]
        is_nameless = all(Doubt.NO_NAME in row.doubts for row in rows)
        if not (mixed and is_nameless):
            self.rows += rows
            return
        for cell in mixed:  # "值班员及电话": the name stands beside the number
            self._take_chat(number, cell)

    def _take_chat(self, number: int, line: str) -> None:
        people = people_of_chat(line)
        for cells in people:
            words, told = _labelled(cells)
            looks = [look_of(cell) for cell in words]
            has_number = any(one in _NUMBERS for one in looks)
            doubts = _doubts_of_labels(looks, told)
            doubts += _doubts_of_relatives(cells)
            if not has_number and not told and len(words) == 1 and looks[0] in _NAMES:
                self._end_name()
                self._name = (number, line, tidy(words[0]))
                continue
            before = self._name
            if before and has_number and not any(look in _NAMES for look in looks):
                self._name = None
                words = [before[2], *words]
                told = {0: Field.NAME, **{at + 1: field for at, field in told.items()}}
                rows = read_row(words, Columns(told), before[0], f"{before[1]} {line}")
                self.rows += [replace(row, doubts=(*row.doubts, Doubt.TWO_LINES)) for row in rows]
                continue
            self._end_name()
            for row in read_row(words, Columns(told), number, line):
                further = [one for one in dict.fromkeys(doubts) if one not in row.doubts]
                self.rows.append(replace(row, doubts=(*row.doubts, *further)))

    def _end_name(self) -> None:
        """A line with a name alone, and no number behind it."""
        if self._name is not None:
            number, line, name = self._name
            self._name = None
            shown = line.strip()
            self.rows.append(PastedRow(number, shown, name, doubts=(Doubt.NO_NUMBER,)))


def _headings(cells: list[str], *, is_first: bool = False) -> dict[int, Field]:
    """Which column is which, where this line says so; {} where it is a row like others."""
    if any(look_of(cell) in (Look.MOBILE, Look.MIXED, Look.EMAIL) for cell in cells):
        return {}
    words = [cell.strip("\ufeff *`'\"") for cell in cells]
    fields = {at: field for at, one in enumerate(words) if one and (field := field_of(one))}
    if len(fields) >= _FEW and 2 * len(fields) >= sum(map(bool, words)):
        return fields
    return fields if is_first and _is_line_of_headings(words, fields) else {}


def _is_line_of_headings(words: list[str], fields: dict[int, Field]) -> bool:
    """Whether the first line of a table has words alone, one of which is a number's heading."""
    has_number = not {Field.MOBILE, Field.PHONE, Field.USER_ID}.isdisjoint(fields.values())
    is_name = any(look_of(one) is Look.NAME and not one.isascii() for one in words)
    is_row = is_name or any(any(map(str.isdigit, one)) for one in words)
    return has_number and not is_row and sum(map(bool, words)) > 1


def _owned(
    fields: dict[int, Field], others: frozenset[int], rows: Sequence[Sequence[str]]
) -> dict[int, Field]:
    """The fields, where several columns have numbers: each belongs to the names left of it.

    "带班领导, 电话, 值班员, 电话": the first number is not the one of whoever is on duty; and with
    "A角, 电话, B角, 电话", whose headings say nothing, there are two people.
    """
    numbers = [at for at, one in sorted(fields.items()) if one in _NUMBER_FIELDS]
    owners: dict[int, int] = {}
    start = 0
    for number in numbers:
        for at in range(number - 1, start - 1, -1):
            field = fields.get(at)
            if field is Field.NAME or at in others or (field is None and _are_names(rows, at)):
                owners[number] = at
                break
        start = number + 1
    if len(owners) < _FEW:
        return fields
    owned = dict(fields)
    for number, at in owners.items():
        if at in others:
            owned[number] = owned[at] = Field.OTHER
        else:
            owned[at] = Field.NAME
    return owned


def _are_names(rows: Sequence[Sequence[str]], at: int) -> bool:
    words = [row[at] for row in rows if at < len(row) and row[at].strip()]
    return bool(words) and 2 * sum(look_of(one) is Look.NAME for one in words) > len(words)


def _is_row(line: str, delimiter: str, cells: list[str]) -> bool:
    """Whether the cells of a line are a table's; else it is as somebody writes it in a chat."""
    if line[:1] in "([{<" or Look.MIXED in map(look_of, cells):
        return False
    return delimiter in "\t|" or _LABELLED.search(line) is None


def _doubts_of_labels(looks: list[Look], told: dict[int, Field]) -> list[Doubt]:
    """What labels of a chat's line make doubtful; `told` is set right.

    "值班人：张三 李四 138…" has two names, and "张三 家属 138…" a number that may be another's.
    """
    if Field.NAME in told.values():
        told.update(
            {
                at: Field.NAME
                for at, look in enumerate(looks)
                if look is Look.NAME and at not in told
            }
        )
    numbers = [at for at, look in enumerate(looks) if look is Look.MOBILE]
    others = [at for at in numbers if told.get(at) in (Field.OTHER, Field.LANDLINE)]
    if not others or len(others) < len(numbers):
        return []
    for at in others:
        del told[at]
    return [Doubt.NUMBER_GUESSED]


def _doubts_of_relatives(cells: list[str]) -> list[Doubt]:
    """ "张三 138…（家属）": a word behind the name that says whose number it is."""
    looks = [look_of(cell) for cell in cells]
    behind = cells[looks.index(Look.NAME) + 1 :] if Look.NAME in looks else []
    is_doubtful = Look.MOBILE in looks and any(map(RELATIVE.match, behind))
    return [Doubt.NUMBER_GUESSED] if is_doubtful else []


def _is_title(cells: list[str]) -> bool:
    looks = [look_of(cell) for cell in cells]
    return not any(look in _NUMBERS or look is Look.USER_ID for look in looks)


def _labelled(cells: list[str]) -> tuple[list[str], dict[int, Field]]:
    """The words of a chat without their labels, and what the labels say: "电话", "138…"."""
    words: list[str] = []
    told: dict[int, Field] = {}
    waiting: Field | None = None
    for cell in _apart(cells):
        look = look_of(cell)
        field = field_of(cell) if look not in (*_NUMBERS, Look.NAME, Look.DATE) else None
        if field is not None:
            waiting = field
            continue
        if waiting in _NUMBER_FIELDS and look in _NAMES:  # "mobiles = {'张三': 138…"
            waiting = None
        if waiting is not None:
            told[len(words)] = waiting
            waiting = None
        words.append(cell)
    return words, told


def _apart(cells: list[str]) -> Iterator[str]:
    """The cells, a label that clings to a word apart from it: "张三电话"."""
    for cell in cells:
        for label in ("联系电话", "手机号码", "手机号", "电话", "手机"):
            head = cell.removesuffix(label)
            if head and head != cell and field_of(cell) and look_of(head) is Look.NAME:
                yield head
                yield label
                break
        else:
            yield cell
