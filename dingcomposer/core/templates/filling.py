"""A template filled in: every value at its place, in the place's own way, in one pass."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final

from dingcomposer.core.checks.markdown_fixes import fix_markdown
from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.dialect import LintCode, lint_report
from dingcomposer.core.dialect.line_breaks import in_markdown
from dingcomposer.core.draft import Draft, from_message, to_message
from dingcomposer.core.limits import PEOPLE
from dingcomposer.core.messages import (
    GROUP_NAME,
    KEPT_FIELD,
    Mentions,
    Message,
    keeps_fields,
    names_group,
)
from dingcomposer.core.phone_numbers import is_mobile
from dingcomposer.core.records import dataclass
from dingcomposer.core.templates.escaping import Place, one_line, written
from dingcomposer.core.templates.template import (
    MARKDOWN_KINDS,
    MENTIONING_KINDS,
    PLACEHOLDER,
    BuiltIn,
    FieldKind,
    Template,
    TemplateField,
    built_in_called,
    names_in,
    with_texts,
)
from dingcomposer.core.templates.working_days import next_working_day

_MARKS: Final = re.compile(r"[> \t]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+[> \t]*)*")
_NO_QUOTE_MARK: Final = re.compile(r"[^> \t]")
_SEPARATORS: Final = re.compile(r"[\s,，、;；]+")
_WEEKDAYS: Final = {
    "zh_CN": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "June",
    "July",
    "Aug",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
)


DATES: Final = (BuiltIn.TODAY, BuiltIn.TOMORROW, BuiltIn.WEEKDAY, BuiltIn.NEXT_WORKING_DAY)
"""The built-in values that are dates."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the built-in values come from. `now` is the local time; "" is what nobody knows yet."""

    now: datetime
    my_name: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """The draft as filled in, and the names of what is still empty: those stand there as fields."""

    draft: Draft
    unfilled: tuple[str, ...] = ()


class ValueFault(Exception):
    """A value that its field does not take."""


def built_in_values(around: Surroundings) -> dict[BuiltIn, str]:
    """Each built-in value that is known, a date as 2026-12-01. A group's name is never: see
    `addressed`.
    """
    today = around.now.date()
    coming = next_working_day(today)
    values = {
        BuiltIn.TODAY: today.isoformat(),
        BuiltIn.TOMORROW: date.fromordinal(today.toordinal() + 1).isoformat(),
        BuiltIn.WEEKDAY: today.isoformat(),
        BuiltIn.WEEK_NUMBER: str(today.isocalendar().week),
        BuiltIn.NOW: around.now.strftime("%H:%M"),
        BuiltIn.MY_NAME: around.my_name,
        BuiltIn.NEXT_WORKING_DAY: "" if coming is None else coming.isoformat(),
    }
    return {name: value for name, value in values.items() if value}


def fill(
    template: Template,
    values: Mapping[str, str],
    around: Surroundings,
    people: Mapping[str, str] | None = None,
) -> Filling:
    """The template's message with these values; never raises.

    `values` are given by the names of fields; a built-in one that nobody knows can be given by its
    name as well. What has no value, or none that its field takes, stays as a field. `people` are
    names by mobile number and user id.
    """
    filler = _Filler(template, values, around, people or {})
    draft = with_texts(template.draft, filler.fill)
    if filler.mentioned:
        before = draft.mentions or Mentions()
        room = max(PEOPLE - before.people, 0)
        new = [one for one in filler.mentioned if one not in (*before.mobiles, *before.user_ids)]
        mobiles = tuple(one for one in new[:room] if is_mobile(one))
        user_ids = tuple(one for one in new[:room] if not is_mobile(one))
        draft = replace(
            draft,
            mentions=replace(
                before,
                mobiles=(*before.mobiles, *mobiles),
                user_ids=(*before.user_ids, *user_ids),
            ),
        )
    return Filling(draft, tuple(filler.unfilled))


def addressed(message: Message, group_name: str | None) -> Message:
    """The message as it goes to one group: with the group's name wherever that is asked for.

    What a template, a draft or a broadcast holds keeps `{{group_name}}`: each group reads its own.
    What is to be sent as it stands, `\\{{name}}`, loses its backslash. None is a group that
    nobody knows yet.
    """
    if not (names_group(message) or keeps_fields(message)):
        return message
    draft = from_message(message)
    names = (name for name in names_in(draft) if built_in_called(name) is BuiltIn.GROUP_NAME)
    values = {} if group_name is None else dict.fromkeys(names, group_name)
    filler = _Filler(Template("", draft), values, None, {})
    return to_message(
        with_texts(draft, lambda path, text: KEPT_FIELD.sub("", filler.fill(path, text)))
    )


def with_kept_names(message: Message) -> Message:
    """The message with `{{group_name}}` to be sent as it stands."""
    draft = from_message(message)
    return to_message(with_texts(draft, lambda _path, text: GROUP_NAME.sub(r"\\\g<0>", text)))


def as_it_stands(draft: Draft) -> Draft:
    """The draft with every field in it to be sent as it is written, but for the group's name."""

    def kept(match: re.Match[str]) -> str:
        is_group = built_in_called(match[1]) is BuiltIn.GROUP_NAME
        return match[0] if is_group else f"\\{match[0]}"

    return with_texts(draft, lambda _path, text: PLACEHOLDER.sub(kept, text))


def shown_value(field: TemplateField, value: str, template: Template, today: date) -> str:
    """A value as readers see it: a date with its weekday. Raises ValueFault."""
    value = value if field.is_markdown else value.strip()
    try:
        if field.kind is FieldKind.DATE:
            return date_words(date.fromisoformat(value), template.language, today)
        if field.kind is FieldKind.TIME:
            return time.fromisoformat(value.replace("：", ":").zfill(5)).strftime("%H:%M")
    except ValueError:
        raise ValueFault from None
    if field.kind is FieldKind.NUMBER and not re.fullmatch(r"[-+]?[0-9][0-9,.]*%?", value):
        raise ValueFault
    return value


def date_words(day: date, language: str, today: date) -> str:
    """A date with its weekday, and its year where that is another one than today's."""
    is_this_year = day.year == today.year
    if language == "zh_CN":
        year = "" if is_this_year else f"{day.year}年"
        return f"{year}{day.month}月{day.day}日（{_WEEKDAYS['zh_CN'][day.weekday()]}）"
    year = "" if is_this_year else f" {day.year}"
    weekday = _WEEKDAYS["en"][day.weekday()][:3]
    return f"{weekday}, {day.day} {_MONTHS[day.month - 1]}{year}"


class _Filler:
    """Fills text after text, and gathers who is mentioned and what is empty."""

    def __init__(
        self,
        template: Template,
        values: Mapping[str, str],
        around: Surroundings | None,
        people: Mapping[str, str],
    ) -> None:
        """Without `around`, only `values` are filled in."""
        self._template, self._values, self._people = template, values, people
        self._today = date.min if around is None else around.now.date()
        self._built_in = built_in_values(around) if around and template.built_in else {}
        self._fields = {one.name: one for one in template.asked}
        self.mentioned: dict[str, None] = {}
        self.unfilled: dict[str, None] = {}

    def fill(self, path: str, text: str) -> str:
        """The text at a path with its values."""
        if "{{" not in text:
            return text
        kind = self._template.draft.kind
        if path != "text":
            place = Place.WHOLE_ADDRESS if path.endswith("url") else Place.LINE
            return PLACEHOLDER.sub(
                lambda match: self._outside(
                    match,
                    Place.ADDRESS
                    if place is Place.WHOLE_ADDRESS and match.string[: match.start()].strip()
                    else place,
                ),
                text,
            )
        if kind not in MARKDOWN_KINDS:
            lines = text.split("\n")
            return self._joined(
                lines, [[Place.PLAIN for _ in PLACEHOLDER.finditer(line)] for line in lines]
            )
        return self._fill_markdown(text)

    def _fill_markdown(self, text: str) -> str:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        # As it is read where the values have no signs of their own.
        harmless = [PLACEHOLDER.sub(lambda match: "x" * len(match[0]), line) for line in lines]
        report = lint_report("\n".join(harmless))
        words = [*report.words, *harmless[len(report.words) :]]
        places = [
            [_place_in(line, match, words[number]) for match in PLACEHOLDER.finditer(line)]
            for number, line in enumerate(lines)
        ]
        made = self._joined(lines, places)
        if any(lint.code is LintCode.STARS_SHOWN for lint in report.lints):
            return made
        # A value may end with a sign behind which stars are no longer bold.
        return fix_markdown(made, ProblemCode.STARS_SHOWN)

    def _joined(self, lines: list[str], places: list[list[Place]]) -> str:
        made = []
        for line, of_line in zip(lines, places, strict=True):
            if any(self._is_left_out(match[1]) for match in PLACEHOLDER.finditer(line)):
                continue
            pieces, end = [], 0
            for match, place in zip(PLACEHOLDER.finditer(line), of_line, strict=True):
                pieces += [line[end : match.start()], self._outside(match, place)]
                end = match.end()
            made.append("".join((*pieces, line[end:])))
        return "\n".join(made)

    def _outside(self, match: re.Match[str], place: Place) -> str:
        """What is written instead of a placeholder; the placeholder where there is no value."""
        name = match[1]
        before, behind = match.string[: match.start()], match.string[match.end() :]
        field = self._fields.get(name)
        if field is not None and field.kind is FieldKind.PERSON:
            return self._people_words(match, place)
        value = self._value(name)
        if value is None:
            if field is not None and field.is_optional:
                return ""
            if built_in_called(name if field is None else field.default) is BuiltIn.GROUP_NAME:
                return match[0] if field is None else f"{{{{{BuiltIn.GROUP_NAME}}}}}"
            self.unfilled[name] = None
            return match[0]
        if field is not None and field.is_markdown and place is Place.WORDS:
            return _in_block(value, before)
        return written(value, place, before=before, behind=behind)

    def _people_words(self, match: re.Match[str], place: Place) -> str:
        """People as they are mentioned where that notifies them, else by their names."""
        given = [one for one in _SEPARATORS.split(self._values.get(match[1], "")) if one]
        if not given:
            if self._fields[match[1]].is_optional:
                return ""
            self.unfilled[match[1]] = None
            return match[0]
        can_mention = place in (Place.PLAIN, Place.WORDS)
        can_mention = can_mention and self._template.draft.kind in MENTIONING_KINDS
        words = []
        for one in (person.removeprefix("@") for person in given):
            if can_mention and (is_mobile(one) or one in self._people):
                self.mentioned[one] = None
                words.append(f"@{one}")
            else:
                before, behind = match.string[: match.start()], match.string[match.end() :]
                name = self._people.get(one, one)
                words.append(written(name, place, before=before, behind=behind))
        spaced = " ".join(words) if can_mention else "、".join(words)
        needs_space = can_mention and match.string[match.end() : match.end() + 1].isalnum()
        return f"{spaced} " if needs_space else spaced

    def _is_left_out(self, name: str) -> bool:
        field = self._fields.get(name)
        if field is None or not field.is_optional:
            return False
        if field.kind is FieldKind.PERSON:
            return not self._values.get(name, "").strip()
        return self._value(name) is None

    def _value(self, name: str) -> str | None:
        """The value of a name as readers see it; None where there is none that can be taken."""
        given = self._values.get(name, "")
        field = self._fields.get(name)
        if field is None:
            built_in = built_in_called(name)
            return None if built_in is None else self._built_in_words(built_in, given)
        if not given.strip():
            default = built_in_called(field.default)
            given = field.default if default is None else self._built_in.get(default, "")
        if not one_line(given):
            return None
        try:
            return shown_value(field, given, self._template, self._today)
        except ValueFault:
            return None

    def _built_in_words(self, built_in: BuiltIn, given: str) -> str | None:
        value = given.strip() or self._built_in.get(built_in, "")
        if not value:
            return None
        if built_in not in DATES:
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return None
        language = self._template.language
        if built_in is BuiltIn.WEEKDAY:
            return _WEEKDAYS.get(language, _WEEKDAYS["en"])[day.weekday()]
        return date_words(day, language, self._today)


def _place_in(line: str, match: re.Match[str], words: str) -> Place:
    """What a placeholder of a markdown line stands in; `words` is the line without its markup."""
    if words[match.start() : match.end()].strip():
        return Place.WORDS
    before, behind = line[: match.start()], line[match.end() :]
    if before.rpartition("<")[2].rpartition(">")[1] == "" and "<" in before and ">" in behind:
        return Place.TAG
    opened = before.rpartition("](")
    if opened[1] and ")" not in opened[2] and ")" in behind:
        return Place.ADDRESS if opened[2].strip(" <") else Place.WHOLE_ADDRESS
    return Place.CODE


def _in_block(value: str, before: str) -> str:
    """Markdown of several lines, each in the quote or the item in which the first one stands.

    Each is a line for the group, too: whoever fills in a field writes no spaces at its ends.
    """
    value = value.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    lines = in_markdown(value).split("\n")
    marks = _MARKS.match(before)
    indent = _NO_QUOTE_MARK.sub(" ", marks[0]) if marks else ""
    return f"\n{indent}".join(lines)
