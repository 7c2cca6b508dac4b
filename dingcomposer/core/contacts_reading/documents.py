"""People in what is no sheet: a JSON document or a file of visiting cards (vCard)."""

import json
import quopri
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from dingcomposer.core.contacts_reading.cells import Look, look_of, tidy
from dingcomposer.core.contacts_reading.headings import Field, field_of, rank_of_name
from dingcomposer.core.contacts_reading.rows import Columns, PastedRow, read_row
from dingcomposer.core.phone_numbers import read_number

_DEEPEST: Final = 8
_REACHED: Final = (Field.MOBILE, Field.PHONE, Field.USER_ID)
_CARD_LINE: Final = re.compile(r"(?:[\w-]+\.)?([A-Za-z-]+)((?:;[^:]*)?):(.*)")


def read_json(text: str, most: int) -> list[PastedRow] | None:
    """The people of a JSON document; None where this is none, or has no list of people."""
    if text[:1] not in ("{", "["):
        return None
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return list(islice(_people_in(document, 0), most)) or None


def _people_in(thing: Any, depth: int) -> Iterator[PastedRow]:
    if depth > _DEEPEST:
        return
    if isinstance(thing, list):
        for one in thing:
            if isinstance(one, list) and all(isinstance(cell, str | int) for cell in one):
                yield from _row([str(cell) for cell in one], {})
            else:
                yield from _people_in(one, depth + 1)
    elif isinstance(thing, dict):
        fields = {key: field_of(key) for key in thing}
        names = (Field.NAME, Field.FAMILY_NAME)
        if any(fields[key] in names and not _has_more(one) for key, one in thing.items()):
            own = list(_record(thing, fields))
            inner = [
                row
                for key, one in thing.items()
                if fields[key] is None and _has_more(one)
                for row in _people_in(one, depth + 1)
                if row.mobile or row.user_id
            ]
            # "name" may be a group's, with its people inside.
            yield from [row for row in own if not inner or row.mobile or row.user_id]
            yield from inner
        else:
            for key, value in thing.items():
                yield from _pair(key, value, depth)


def _has_words(value: Any) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _has_more(value: Any) -> bool:
    """Whether there are tables inside, as below "oncall", which is no name then."""
    return isinstance(value, dict) or (isinstance(value, list) and any(map(_has_more, value)))


def _record(record: dict[str, Any], fields: dict[str, Field | None]) -> Iterator[PastedRow]:
    cells: list[str] = []
    told: dict[int, Field] = {}
    ranks: dict[int, int] = {}
    for key, value in record.items():
        field = fields[key]
        if field is None:
            continue
        is_several = field is Field.NAME and isinstance(value, list)
        for one in value[:9] if is_several else [value]:
            told[len(cells)] = field
            ranks[len(cells)] = rank_of_name(key)
            cells.append(_words(one, field))
    yield from _row(cells, told, ranks)


def _words(value: Any, field: Field | None) -> str:
    """The words of a value: of a list the first that has any, of an object its number."""
    if _has_words(value):
        return str(value)
    if isinstance(value, list):
        if field in (Field.MOBILE, Field.PHONE):
            return " / ".join(filter(None, (_words(one, field) for one in value[:9])))
        return next(filter(None, (_words(one, field) for one in value[:9])), "")
    if isinstance(value, dict):
        words = {key: str(one) for key, one in value.items() if _has_words(one)}
        parts = {field_of(key): one for key, one in words.items()}
        if field is Field.DEPARTMENT:
            return parts.get(Field.NAME, "")
        # As in {"areaCode": 86, "number": "138…"}: whichever is a number.
        mobiles = (one for one in words.values() if read_number(one).mobile)
        return parts.get(Field.MOBILE) or next(mobiles, parts.get(Field.PHONE, ""))
    return ""


def _pair(key: str, value: Any, depth: int) -> Iterator[PastedRow]:
    """A name with its number, a number with its name, or a name with a record."""
    if isinstance(value, dict):
        fields = {one: field_of(one) for one in value}
        has_number = any(one in _REACHED for one in fields.values())
        if has_number and look_of(key) in (Look.NAME, Look.MAYBE_NAME):
            fields["\0name"] = Field.NAME
            yield from _record({"\0name": key, **value}, fields)
        else:
            yield from _people_in(value, depth + 1)
    elif isinstance(value, list) and not all(_has_words(one) for one in value):
        yield from _people_in(value, depth + 1)
    elif (field := field_of(key)) is not Field.OTHER and (_has_words(value) or value):
        words = " / ".join(map(str, value)) if isinstance(value, list) else str(value)
        looks = (look_of(key), look_of(words))
        is_name = field is None and not key.isascii() and looks[0] in (Look.NAME, Look.MAYBE_NAME)
        if is_name or Look.MOBILE in looks:
            yield from _row([words] if field else [key, words], {})


def _row(
    cells: list[str], told: dict[int, Field], ranks: dict[int, int] | None = None
) -> list[PastedRow]:
    source = " ".join(cell for cell in cells if cell)
    columns = Columns(told, name_ranks=ranks or {})
    return read_row(cells, columns, 0, source) if source else []


def read_cards(text: str, most: int) -> list[PastedRow] | None:
    """The people of visiting cards; None where there are none."""
    if "begin:vcard" not in text.casefold():
        return None
    found: list[PastedRow] = []
    card: dict[Field, list[str]] = {}
    last = 0
    for number, name, parameters, value in _card_lines(text):
        match name:
            case "begin":  # of the card before, where its end is missing
                found += _card(card, number)
                card = {}
            case "fn":
                card.setdefault(Field.NAME, []).insert(0, value)
            case "n":
                family, given, *_ = (*value.split(";"), "", "")
                card[Field.FAMILY_NAME], card[Field.GIVEN_NAME] = [family], [given]
            case "tel":
                is_mobile = any(one in parameters for one in ("cell", "iphone", "mobile"))
                card.setdefault(Field.MOBILE if is_mobile else Field.PHONE, []).append(value)
            case "org":
                parts = [one for one in value.split(";") if one]
                card[Field.DEPARTMENT] = parts[-1:]
            case "end":
                found += _card(card, number)
                card = {}
        last = number
        if len(found) >= most:
            return found
    return found + _card(card, last)


def _card(card: dict[Field, list[str]], number: int) -> list[PastedRow]:
    names = [one for one in card.get(Field.NAME, ()) if tidy(one)]
    if names:
        card = {key: value for key, value in card.items() if not key.value.endswith("_name")}
        card[Field.NAME] = names[:1]
    cells: list[str] = []
    told: dict[int, Field] = {}
    for field, values in card.items():
        told[len(cells)] = field
        cells.append(" / ".join(one for one in values if one))
    source = " ".join(cells)
    return read_row(cells, Columns(told), number, source) if source.strip() else []


def _card_lines(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Each line of a card that says something, whole: long ones are folded."""
    waiting, begun = "", 0
    for number, line in enumerate([*text.splitlines(), ""], 1):
        is_printable = "quoted-printable" in waiting.casefold()
        if line[:1] in (" ", "\t") and waiting:
            waiting += line[1:]
            continue
        if is_printable and waiting.endswith("="):
            waiting = waiting[:-1] + line
            continue
        match = _CARD_LINE.fullmatch(waiting)
        if match:
            parameters = match[2].casefold()
            value = match[3]
            if "quoted-printable" in parameters:
                value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
            value = value.replace("\\,", ",").replace("\\;", ";").replace("\\n", " ")
            yield begun, match[1].casefold(), parameters, value.strip()
        waiting, begun = line, number
