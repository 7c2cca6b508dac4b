"""The message of each row, the robot that posts it, and what keeps it from being sent.

The columns are the fields of the message: `{{姓名}}` gets the cell below the heading 姓名, escaped
as in every template. One column may name the robot, one whom to mention.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from dingcomposer.core.checks import check
from dingcomposer.core.checks.problems import Problem, ProblemCode, Severity
from dingcomposer.core.contacts import Contact, names_of
from dingcomposer.core.contacts.resolving import PeopleByWords, PersonFault
from dingcomposer.core.draft import Draft, to_message
from dingcomposer.core.messages import Message, mentions_of
from dingcomposer.core.payload import body_sha256
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot
from dingcomposer.core.row_messages.table import DataTable, TableRow, is_cell_error
from dingcomposer.core.templates.filling import Surroundings, addressed, fill
from dingcomposer.core.templates.template import (
    MARKDOWN_KINDS,
    MENTIONING_KINDS,
    FieldKind,
    Template,
    TemplateField,
    built_in_called,
    names_in,
)


class RowProblem(StrEnum):
    """What is found in a row itself; what is found in its message is a `Problem`."""

    ROBOT_UNKNOWN = "robot_unknown"
    ROBOT_AMBIGUOUS = "robot_ambiguous"
    ROBOT_MISSING = "robot_missing"  # the cell is empty, and no robot is chosen for all
    FIELD_EMPTY = "field_empty"  # of a column that the message needs
    CELL_ERROR = "cell_error"  # #N/A in a column that the message needs
    PERSON_UNKNOWN = "person_unknown"
    PERSON_AMBIGUOUS = "person_ambiguous"
    PERSON_WITHOUT_NUMBER = "person_without_number"
    NUMBER_BROKEN = "number_broken"
    NO_MENTIONS = "no_mentions"  # messages of this kind mention nobody
    NOBODY_MENTIONED = "nobody_mentioned"  # the cell names nobody, and nobody is mentioned anyway
    SAME_AS = "same_as"  # the same message to the same robot as an earlier row

    @property
    def blocks(self) -> bool:
        """Whether the row cannot be sent as it is."""
        return self not in (RowProblem.SAME_AS, RowProblem.NOBODY_MENTIONED)

    @property
    def is_doubtful(self) -> bool:
        """Whether a person decides, before it is sent; else it is only told."""
        return self is RowProblem.SAME_AS


@dataclass(frozen=True, slots=True)
class RowFinding:
    """Something found in a row. `words` are what it is about: a name, a column, a row's number."""

    problem: RowProblem
    words: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class RowMessage:
    """What becomes of a row. `message` and `robot` may be there although something blocks it."""

    row: TableRow
    message: Message
    robot: Robot | None = None
    findings: tuple[RowFinding, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_blocked(self) -> bool:
        """Whether it cannot be sent as it is."""
        return any(one.problem.blocks for one in self.findings) or any(
            one.severity is Severity.BLOCKS for one in self.problems
        )

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should decide, before it is sent."""
        return any(one.problem.is_doubtful for one in self.findings)

    @property
    def mentions_nobody(self) -> bool:
        """Whether it was to mention somebody and does not."""
        return any(one.problem is RowProblem.NOBODY_MENTIONED for one in self.findings)


@dataclass(frozen=True, slots=True)
class RowPlan:
    """How rows become messages. `draft` has the fields; `fields` says what is known of them.

    `robot_column` names the robot, by its name or id; where that is None, or its cell is empty,
    `robot` posts it. `mention_column` names whom to mention. `constants` are values that every row
    has, whatever its cells say.
    """

    draft: Draft
    robot: Robot | None = None
    robot_column: str | None = None
    mention_column: str | None = None
    fields: tuple[TemplateField, ...] = ()
    language: str = "zh_CN"
    constants: tuple[tuple[str, str], ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """The names of the fields that a table is to give, in their order."""
        known = {one.name for one in self.fields}
        return tuple(
            name for name in names_in(self.draft) if name in known or built_in_called(name) is None
        )

    def missing(self, headings: Collection[str]) -> tuple[str, ...]:
        """The fields that no column has the name of, and that have no value of their own."""
        given = {one.name for one in self.fields if one.is_optional or one.default}
        given.update(dict(self.constants))
        return tuple(name for name in self.needed if name not in headings and name not in given)


_PERSON_PROBLEMS: Final = {
    PersonFault.UNKNOWN: RowProblem.PERSON_UNKNOWN,
    PersonFault.AMBIGUOUS: RowProblem.PERSON_AMBIGUOUS,
    PersonFault.NO_NUMBER: RowProblem.PERSON_WITHOUT_NUMBER,
    PersonFault.NUMBER_BROKEN: RowProblem.NUMBER_BROKEN,
}


class RowFiller:
    """Makes the messages of rows. Made once for a table, used row by row; in any one thread."""

    def __init__(
        self,
        plan: RowPlan,
        table: DataTable,
        robots: Sequence[Robot],
        contacts: Sequence[Contact] = (),
        *,
        around: Surroundings,
        switched_off: Collection[ProblemCode] = (),
    ) -> None:
        self._plan, self._table, self._around = plan, table, around
        self._switched_off = switched_off
        self._constants = dict(plan.constants)
        self._template = _template(plan, table.headings)
        self._kinds = {one.name: one.kind for one in self._template.asked}
        used = {*self._kinds, plan.robot_column, plan.mention_column}
        self._used = [name for name in table.headings if name in used]
        self._people = PeopleByWords(contacts)
        self._names = names_of(contacts)
        self._robots = _robots_by_name(robots)

    def fill(self, row: TableRow) -> RowMessage:
        """The message of a row, with what is found in it. Never raises."""
        values = self._table.values(row) | self._constants
        findings: list[RowFinding] = []
        for name in self._used:
            if is_cell_error(values[name]):
                findings.append(RowFinding(RowProblem.CELL_ERROR, values[name].strip(), name))
                values[name] = ""
        robot = self._robot_of(values, findings)
        names = self._find_people(values, findings)
        filling = fill(self._template, values, self._around, names)
        draft = filling.draft
        if any(one.is_optional for one in self._template.asked):
            # Where the last line is left out, the gap before it goes as well.
            draft = replace(draft, text=draft.text.rstrip())
        told_already = {one.column for one in findings}
        findings += (
            RowFinding(RowProblem.FIELD_EMPTY, name, name)
            for name in filling.unfilled
            if name not in told_already
        )
        message = to_message(draft)
        findings += self._nobody_mentioned(message, findings)
        message = addressed(message, None if robot is None else robot.name)
        problems = check(message, robot, now=self._now, switched_off=self._switched_off)
        # A field without its value is told as such, in the row's own words.
        told = tuple(one for one in problems if one.code is not ProblemCode.FIELD_UNFILLED)
        is_left = len(told) < len(problems) and not filling.unfilled
        return RowMessage(row, message, robot, tuple(findings), problems if is_left else told)

    @property
    def _now(self) -> datetime:
        return self._around.now

    def _robot_of(self, values: Mapping[str, str], findings: list[RowFinding]) -> Robot | None:
        column = self._plan.robot_column
        words = "" if column is None else " ".join(values.get(column, "").split())
        if not words or column is None:
            if self._plan.robot is None:
                findings.append(RowFinding(RowProblem.ROBOT_MISSING, column=column or ""))
            return self._plan.robot
        found = self._robots.get(words.casefold(), ())
        if len(found) == 1:
            return found[0]
        problem = RowProblem.ROBOT_AMBIGUOUS if found else RowProblem.ROBOT_UNKNOWN
        findings.append(RowFinding(problem, words, column))
        return None

    def _find_people(self, values: dict[str, str], findings: list[RowFinding]) -> Mapping[str, str]:
        """Put numbers and ids in the place of names, and give the names of all who are meant."""
        names: dict[str, str] = {}
        for field, kind in self._kinds.items():
            if kind is not FieldKind.PERSON or not values.get(field, "").strip():
                continue
            meant = self._people.find(values[field])
            findings += (
                RowFinding(_PERSON_PROBLEMS[fault], words, field) for fault, words in meant.faults
            )
            names.update((one, self._names.get(one, one)) for one in meant.people)
            values[field] = " ".join(meant.people)
        column = self._plan.mention_column
        if column is not None and self._plan.draft.kind not in MENTIONING_KINDS:
            findings.append(RowFinding(RowProblem.NO_MENTIONS, column=column))
        return names

    def _nobody_mentioned(
        self, message: Message, findings: Sequence[RowFinding]
    ) -> tuple[RowFinding, ...]:
        """What is told of a row that was to mention somebody and does not."""
        column = self._plan.mention_column
        is_told = any(one.column == column for one in findings)
        at = mentions_of(message)
        if column is None or is_told or at.people or at.is_all:
            return ()
        return (RowFinding(RowProblem.NOBODY_MENTIONED, column=column),)


def mark_same(messages: Iterable[RowMessage]) -> list[RowMessage]:
    """The messages, where each that an earlier row has to the same robot says so."""
    seen: dict[tuple[str, str], int] = {}
    marked = []
    for one in messages:
        if one.robot is None or one.is_blocked:
            marked.append(one)
            continue
        key = one.robot.pace_key, body_sha256(one.message)
        first = seen.setdefault(key, one.row.number)
        if first != one.row.number:
            finding = RowFinding(RowProblem.SAME_AS, str(first))
            marked.append(replace(one, findings=(*one.findings, finding)))
        else:
            marked.append(one)
    return marked


def _template(plan: RowPlan, headings: Collection[str]) -> Template:
    """The plan's message as a template in which people are mentioned, once for each row."""
    fields = {one.name: one for one in plan.fields}
    for name in plan.needed:
        fields.setdefault(name, TemplateField(name))
    draft, column = plan.draft, plan.mention_column
    if column is not None and column in headings and draft.kind in MENTIONING_KINDS:
        # Nobody need be mentioned in a row: then the line for it goes as well.
        known = fields.get(column, TemplateField(column, is_optional=True))
        fields[column] = replace(known, kind=FieldKind.PERSON)
        if column not in names_in(draft):
            gap = "\n\n" if draft.kind in MARKDOWN_KINDS else "\n"
            draft = replace(draft, text=f"{draft.text.rstrip()}{gap}{{{{{column}}}}}")
    return Template("", draft, tuple(fields.values()), language=plan.language)


def _robots_by_name(robots: Sequence[Robot]) -> dict[str, tuple[Robot, ...]]:
    found: dict[str, tuple[Robot, ...]] = {}
    for robot in robots:
        if robot.is_archived:
            continue
        for key in {" ".join(robot.name.split()).casefold(), robot.robot_id.casefold()}:
            found[key] = (*found.get(key, ()), robot)
    return found
