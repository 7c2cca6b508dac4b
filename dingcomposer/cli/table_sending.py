"""One run of `send --table`: a message for each row, checked, asked about, sent, and told."""

import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import click

from dingcomposer.cli.answers import ConfigurationError, ExitCode, answer
from dingcomposer.cli.engine_session import EngineSession, engine_session
from dingcomposer.cli.filling import my_name, template_called
from dingcomposer.cli.options import CommonOptions, MessageInput, SendOptions, TableOptions
from dingcomposer.cli.outcomes import advice, code_of_findings, exit_code_of, spelt
from dingcomposer.cli.sending import robot_without_profile
from dingcomposer.core.checks import Problem, Severity
from dingcomposer.core.delivery import Status
from dingcomposer.core.draft import from_message
from dingcomposer.core.payload import body_sha256
from dingcomposer.core.robot import Robot
from dingcomposer.core.row_messages.filling import (
    RowFiller,
    RowFinding,
    RowMessage,
    RowPlan,
    RowProblem,
    mark_same,
)
from dingcomposer.core.row_messages.table import (
    MOST_ROWS,
    DataTable,
    TableError,
    TableFault,
    TableNote,
    read_table,
)
from dingcomposer.core.templates.filling import Surroundings
from dingcomposer.core.templates.template import TemplateField
from dingcomposer.interchange.row_tables import SheetRows, read_tables
from dingcomposer.interchange.sheets import SheetError, SheetFault
from dingcomposer.paths import is_there
from dingcomposer.services.table_runs.outcome_copy import read_note, rows_of, write_copy
from dingcomposer.services.table_runs.runner import TableRuns, minutes_of
from dingcomposer.services.table_runs.trial import TableTrial, TrialAnswer
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.planned.table_runs import (
    TableRowOutcome,
    TableRunState,
    TableRunStore,
)

_SHEET_FAULTS = {
    SheetFault.UNREADABLE: "it cannot be read",
    SheetFault.TOO_LARGE: "it is too large",
    SheetFault.NO_SHEET: "it is no table (CSV, XLSX, XLS, ODS), or a broken one",
    SheetFault.LOCKED: "it opens with a password only: save it without one",
}
_TABLE_FAULTS = {
    TableFault.EMPTY: "it is empty",
    TableFault.NO_ROWS: "there is no row below the headings",
    TableFault.TOO_MANY_ROWS: f"it has {{count}} rows; at most {MOST_ROWS} go out in one run",
    TableFault.TOO_MANY_COLUMNS: "it has {count} columns",
}
_NOTES = {
    TableNote.ROWS_ABOVE: "rows above the headings are passed over",
    TableNote.TWO_ROWS: "two rows of headings were joined",
    TableNote.SAME_NAME: "headings that are there twice are now called",
    TableNote.WITHOUT_NAME: "columns without a heading are called",
    TableNote.MERGED: "each row of merged cells has their words",
    TableNote.HIDDEN: "rows that the sheet hides, which are sent as well:",
}
_FINDINGS = {
    RowProblem.ROBOT_UNKNOWN: "there is no robot called {words!r} ({column})",
    RowProblem.ROBOT_AMBIGUOUS: "several robots are called {words!r} ({column})",
    RowProblem.ROBOT_MISSING: "no robot is named",
    RowProblem.FIELD_EMPTY: "{words} is empty",
    RowProblem.CELL_ERROR: "{column} holds the error {words} of a formula",
    RowProblem.PERSON_UNKNOWN: "there is no contact called {words!r} ({column})",
    RowProblem.PERSON_AMBIGUOUS: "several contacts are called {words!r} ({column}): write a number",
    RowProblem.PERSON_WITHOUT_NUMBER: "the contact {words!r} has no number ({column})",
    RowProblem.NUMBER_BROKEN: "the number {words} is not whole ({column}): the sheet rounded it",
    RowProblem.NO_MENTIONS: "messages of this kind mention nobody ({column})",
    RowProblem.NOBODY_MENTIONED: "this row mentions nobody ({column})",
    RowProblem.SAME_AS: "the same message to the same robot as row {words}",
}
_HEADINGS = ("status", "reason", "time", "msg_uuid")


def run(common: CommonOptions, given: MessageInput, options: SendOptions) -> ExitCode:
    """Send a message for each row. Raises ConfigurationError and click's own errors."""
    table = _read(common, options.table)
    plan = _plan(common, given, options.table)
    _demand_columns(plan, table)
    with engine_session(common) as session:
        robots = list(session.engine.robot_profiles.robots)
        chosen: Robot | None = None
        if options.webhook_env is not None:
            chosen = robot_without_profile(session, options.webhook_env, options.secret_env)
            robots.append(chosen)
        elif options.robots:
            chosen = session.robot(options.robots[0])
        around = Surroundings(datetime.now(UTC).astimezone(), my_name(common.data_dir))
        filler = RowFiller(
            replace(plan, robot=chosen), table, robots, session.contacts, around=around
        )
        rows = mark_same([filler.fill(row) for row in table.rows])
        sending = _TableSending(session, common, options, table=table, rows=rows, robots=robots)
        return sending.run()


def _read(common: CommonOptions, options: TableOptions) -> DataTable:
    assert options.path is not None
    name = options.path.name
    try:
        sheets = read_tables(options.path)
    except SheetError as error:
        if not is_there(options.path):
            raise click.UsageError(f"{name}: there is no such file.") from None
        raise click.UsageError(f"{name}: {_SHEET_FAULTS[error.fault]}.") from None
    sheet = _sheet(sheets, options)
    try:
        table = read_table(
            sheet.rows,
            heading_row=options.heading_row,
            merged=sheet.merged,
            hidden=sheet.hidden,
        )
    except TableError as error:
        told = _TABLE_FAULTS[error.fault].format(count=error.count)
        raise click.UsageError(f"{name}: {told}.") from None
    for note, names in table.notes:
        common.say(f"{name}: {_NOTES[note]} {', '.join(names)}".rstrip() + ".")
    return table


def _sheet(sheets: Sequence[SheetRows], options: TableOptions) -> SheetRows:
    if options.sheet is not None:
        found = [one for one in sheets if one.name == options.sheet]
        if not found:
            known = ", ".join(one.name for one in sheets) or "none"
            raise click.UsageError(f"There is no sheet {options.sheet!r}. Its sheets: {known}.")
        return found[0]
    return sheets[0] if sheets else SheetRows("", ())


def _plan(common: CommonOptions, given: MessageInput, options: TableOptions) -> RowPlan:
    """How rows become messages; what is given for fields is the same in every row."""
    robot_column, mention_column = options.robot_column, options.mention_column
    if given.template is None:
        draft = from_message(given.read(common))
        plan = RowPlan(draft, None, robot_column, mention_column)
        return _with_optional(plan, options.optional_columns)
    template = template_called(common.data_dir, given.template, common.say)
    values = given.field_values()
    odd = set(values) - {one.name for one in template.asked}
    if odd:
        raise click.UsageError(f"{template.name!r} has no field {min(odd)!r}.")
    plan = RowPlan(
        template.draft,
        None,
        robot_column,
        mention_column,
        template.asked,
        template.language,
        tuple(values.items()),
    )
    return _with_optional(plan, options.optional_columns)


def _with_optional(plan: RowPlan, names: Sequence[str]) -> RowPlan:
    """The plan in which these fields may be empty, too."""
    fields = {one.name: one for one in plan.fields}
    for name in names:
        if name not in plan.needed:
            raise click.UsageError(f"No field {{{{{name}}}}} stands in the message.")
        fields[name] = replace(fields.get(name, TemplateField(name)), is_optional=True)
    return replace(plan, fields=tuple(fields.values()))


def _demand_columns(plan: RowPlan, table: DataTable) -> None:
    has = ", ".join(table.headings)
    for name in (plan.robot_column, plan.mention_column):
        if name is not None and name not in table.headings:
            raise click.UsageError(f"The table has no column {name!r}. Its columns: {has}.")
    missing = plan.missing(table.headings)
    if missing:
        raise click.UsageError(
            f"No column gives {', '.join(f'{{{{{one}}}}}' for one in missing)}. The columns: {has}."
        )


class _TableSending:
    """One run of the command."""

    def __init__(
        self,
        session: EngineSession,
        common: CommonOptions,
        options: SendOptions,
        *,
        table: DataTable,
        rows: Sequence[RowMessage],
        robots: Sequence[Robot],
    ) -> None:
        self._session, self._common, self._options = session, common, options
        self._table, self._rows = table, rows
        engine = session.engine
        known = {one.robot_id: one for one in robots}
        self._store = TableRunStore(engine.database, engine.lease)
        self._runs = TableRuns(self._store, engine.outbox, known.get, engine.history.add)

    def run(self) -> ExitCode:
        """Check, try or ask, send, wait, say; the exit code."""
        good = [one for one in self._rows if self._is_good(one)]
        self._tell_findings()
        if self._options.is_dry_run:
            return self._try(good)
        bad = len(self._rows) - len(good)
        if bad and not self._options.table.only_good_rows:
            code = self._code_of_kept_back()
            self._tell_rows((), code)
            rows_are = _counted(bad, "row is", "rows are")
            self._common.say(f"Nothing was sent: {rows_are} kept back (--only-good-rows).")
            return code
        if not good:
            code = self._code_of_kept_back()
            self._tell_rows((), code)
            self._common.say("Nothing was sent: no row can be.")
            return code
        self._demand_agreement(good)
        try:
            run_id = self._begin(good)
            self._session.run_until(self._is_over)
            if self._session.was_interrupted:
                self._runs.stop()
                self._common.say("Interrupted. The same command goes on where it was.")
                self._session.finish(lambda: self._session.engine.outbox.is_idle)
            found = tuple(rows_of(self._store, run_id))
        except StorageError as error:
            raise ConfigurationError(f"The run cannot be written: {error.fault}.") from None
        self._runs.detach()
        self._write_outcome(found)
        code = exit_code_of([one for one in found if not one.left_out])
        self._tell_rows(found, code)
        return code

    def _is_good(self, one: RowMessage) -> bool:
        return not one.is_blocked and (self._options.is_insisting or not one.is_doubtful)

    def _code_of_kept_back(self) -> ExitCode:
        """Whether the robots, the table or what is made of it has to be set right."""
        code = code_of_findings(one for row in self._rows for one in row.problems)
        is_bad_input = any(
            one.problem.blocks or (one.problem.is_doubtful and not self._options.is_insisting)
            for row in self._rows
            for one in row.findings
        )
        return ExitCode.USAGE if is_bad_input and code is not ExitCode.CONFIGURATION else code

    def _is_over(self) -> bool:
        progress = self._runs.progress
        return progress is not None and progress.is_over

    def _begin(self, good: Sequence[RowMessage]) -> str:
        """Begin the run, or go on with the same one where it was left behind."""
        numbers = {one.row.number for one in good}
        left_out = frozenset(one.row.number for one in self._rows if one.row.number not in numbers)
        digest = hashlib.sha256()
        for one in good:
            robot_id = one.robot.robot_id if one.robot is not None else ""
            digest.update(f"{one.row.number} {robot_id} {body_sha256(one.message)}\n".encode())
        self._store.tidy_up(self._runs.now())
        count = 0
        while True:  # the same table may have been sent before, to its end
            run_id = str(uuid5(NAMESPACE_URL, f"dingcomposer:{digest.hexdigest()}:{count}"))
            before = self._store.run(run_id)
            if before is None:
                break
            count += 1
            if before.state in (TableRunState.RUNNING, TableRunState.STOPPED):
                if not self._runs.go_on(run_id):
                    raise ConfigurationError("Another program is carrying out this very run.")
                self._common.say(f"It goes on: {before.done} of {before.rows} rows were sent.")
                return run_id
        assert self._options.table.path is not None
        name, headings = self._options.table.path.name, self._table.headings
        self._runs.begin(name, headings, self._rows, left_out, run_id=run_id)
        return run_id

    def _demand_agreement(self, good: Sequence[RowMessage]) -> None:
        robots = {one.robot.robot_id: one.robot for one in good if one.robot is not None}
        counts = Counter(one.robot.robot_id for one in good if one.robot is not None)
        told = ", ".join(f"{robots[robot_id].name} {count}" for robot_id, count in counts.items())
        minutes = minutes_of(good, self._session.engine.outbox.left)
        takes = f", in about {minutes} min" if minutes else ""
        messages = _counted(len(good), "message", "messages")
        to = _counted(len(robots), "robot", "robots")
        self._common.say(f"{messages} to {to}{takes}: {told}.")
        nobody = sum(one.mentions_nobody for one in good)
        if nobody:
            self._common.say(f"{_counted(nobody, 'message mentions', 'messages mention')} nobody.")
        production = [one.name for one in robots.values() if one.is_production]
        if not production or self._options.is_agreed:
            return
        names = ", ".join(production)
        if not sys.stdin.isatty():
            raise click.UsageError(f"{names}: production. There is nobody to ask here: give --yes.")
        click.confirm(f"Send to {names} (production)?", abort=True, err=True)

    # A dry run

    def _try(self, good: Sequence[RowMessage]) -> ExitCode:
        answers: dict[int, TrialAnswer] = {}
        ends: list[bool] = []
        trial = TableTrial()
        trial.answered.connect(lambda some: answers.update({one.number: one for one in some}))
        trial.ended.connect(ends.append)
        trial.begin(good)
        self._session.finish(lambda: bool(ends) or self._session.was_interrupted)
        trial.stop()
        if not (ends and ends[0]):
            raise ConfigurationError("The sandbox could not be started, or was interrupted.")
        rows = []
        for one in self._rows:
            tried = answers.get(one.row.number)
            rows.append(
                {
                    **_row_as_json(one),
                    "sandbox": None if tried is None else tried.status.value,
                    "cause": tried.cause.value if tried and tried.cause else None,
                    "errmsg": (tried.errmsg or None) if tried else None,
                }
            )
            if tried is not None and tried.status is not Status.DELIVERED:
                why = tried.cause or tried.fault or ""
                self._common.say(f"row {tried.number}: {spelt(tried.status)} ({spelt(why)})")
        taken = sum(one.status is Status.DELIVERED for one in answers.values())
        self._common.say(f"The sandbox took {taken} of {len(self._rows)}. Nothing left.")
        code = ExitCode.DELIVERED if taken == len(self._rows) else ExitCode.REFUSED
        if self._options.is_json:
            answer(code, dry_run=True, **_head_as_json(self._rows), rows=rows)
        return code

    # What is told

    def _tell_findings(self) -> None:
        for one in self._rows:
            for finding in one.findings:
                self._common.say(f"row {one.row.number}: {_finding_words(finding)}")
            for problem in one.problems:
                if problem.severity is Severity.BLOCKS:
                    self._common.say(f"row {one.row.number}: {self._common.sentence(problem)}")

    def _tell_rows(self, found: Sequence[TableRowOutcome], code: ExitCode = ExitCode.USAGE) -> None:
        by_number = {one.number: one for one in found}
        if self._options.is_json:
            rows = [
                {**_row_as_json(one), **_outcome_as_json(by_number.get(one.row.number))}
                for one in self._rows
            ]
            answer(code, **_head_as_json(self._rows), rows=rows)
        for one in found:
            if one.status is not None and one.status is not Status.DELIVERED:
                why = one.cause or one.fault or ""
                told = f"row {one.number}: {one.robot_name}: {spelt(one.status)} ({spelt(why)})"
                self._common.say(f"{told}{advice(one.status, one.cause)}")
        counts = Counter(str(one.status) for one in found if one.status is not None)
        if counts:
            told = ", ".join(f"{count} {status}" for status, count in counts.items())
            self._common.say(f"{told.replace('_', ' ')}.")

    def _write_outcome(self, found: Sequence[TableRowOutcome]) -> None:
        path = self._options.table.outcome
        if path is None:
            return
        try:
            rows = ([*one.cells, *_copied(one, self._common.sentence)] for one in found)
            write_copy(path, self._table.headings, _HEADINGS, rows)
        except OSError as error:
            self._common.say(f"{path} cannot be written: {error.strerror}.")


def _copied(
    one: TableRowOutcome, sentence: Callable[[Problem], str]
) -> tuple[str | datetime | None, ...]:
    left_out, _, _ = one.left_out.partition(" ")
    status = one.status.value if one.status is not None else left_out or "not sent"
    reason = one.errmsg or str(one.cause or one.fault or "")
    if one.status is Status.DELIVERED:
        reason = ""
    if (found := read_note(one.left_out)) is not None:
        reason = _finding_words(found) if isinstance(found, RowFinding) else sentence(found)
    return status, reason, one.finished_at, one.msg_uuid


def _head_as_json(rows: Sequence[RowMessage]) -> dict[str, Any]:
    """`mentions_nobody`: how many rows were to mention somebody and do not."""
    return {"mentions_nobody": sum(one.mentions_nobody for one in rows)}


def _row_as_json(one: RowMessage) -> dict[str, Any]:
    """A row as the JSON output has it: `row` (its number in the sheet), `robot`, `findings`."""
    findings = [
        {"code": found.problem.value, "column": found.column or None, "words": found.words}
        for found in one.findings
    ]
    findings += [
        {"code": problem.code.value, "column": None, "words": problem.field}
        for problem in one.problems
        if problem.severity is Severity.BLOCKS
    ]
    robot = None if one.robot is None else one.robot.name
    return {"row": one.row.number, "robot": robot, "findings": findings}


def _outcome_as_json(one: TableRowOutcome | None) -> dict[str, Any]:
    """`status` (as of a send, or null where it was not sent), `cause`, `fault`, `msg_uuid`."""
    if one is None:
        return {"status": None, "cause": None, "fault": None, "errmsg": None, "msg_uuid": None}
    return {
        "status": one.status.value if one.status else None,
        "cause": one.cause.value if one.cause else None,
        "fault": one.fault.value if one.fault else None,
        "errmsg": one.errmsg or None,
        "msg_uuid": one.msg_uuid,
    }


def _finding_words(finding: RowFinding) -> str:
    words = _FINDINGS[finding.problem].format(words=finding.words, column=finding.column)
    return f"warning: {words}" if not finding.problem.blocks else words


def _counted(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
