"""What is said of a table and its rows: findings, faults of files, outcomes, progress."""

from collections.abc import Sequence

from dingcomposer.core.checks.problems import Problem, Severity
from dingcomposer.core.delivery import BroadcastSummary, Status
from dingcomposer.core.row_messages.filling import RowFinding, RowMessage, RowProblem
from dingcomposer.core.row_messages.table import (
    MOST_COLUMNS,
    MOST_ROWS,
    TableError,
    TableFault,
    TableNote,
)
from dingcomposer.interchange.sheets import SheetFault
from dingcomposer.services.table_runs.outcome_copy import BLOCKED, read_note
from dingcomposer.services.table_runs.trial import TrialAnswer
from dingcomposer.storage.planned.table_runs import TableRowOutcome
from dingcomposer.ui.texts.outcomes import check_group, explain, status_word
from dingcomposer.ui.texts.problems import field_label, problem_sentence
from dingcomposer.ui.texts.translate import (
    QT_TRANSLATE_NOOP,
    Phrase,
    join_names,
    join_sentences,
    translate,
    translated,
)

_FINDINGS: dict[RowProblem, Phrase] = {
    RowProblem.ROBOT_UNKNOWN: QT_TRANSLATE_NOOP("TableSend", "No robot is called “{words}”."),
    RowProblem.ROBOT_AMBIGUOUS: QT_TRANSLATE_NOOP(
        "TableSend", "Several robots are called “{words}”."
    ),
    RowProblem.ROBOT_MISSING: QT_TRANSLATE_NOOP("TableSend", "No robot is named."),
    RowProblem.FIELD_EMPTY: QT_TRANSLATE_NOOP("TableSend", "“{words}” is empty."),
    RowProblem.CELL_ERROR: QT_TRANSLATE_NOOP(
        "TableSend", "“{column}” holds the error {words} of a formula."
    ),
    RowProblem.PERSON_UNKNOWN: QT_TRANSLATE_NOOP("TableSend", "No contact is called “{words}”."),
    RowProblem.PERSON_AMBIGUOUS: QT_TRANSLATE_NOOP(
        "TableSend", "Several contacts are called “{words}”: write a number instead."
    ),
    RowProblem.PERSON_WITHOUT_NUMBER: QT_TRANSLATE_NOOP(
        "TableSend", "The contact “{words}” has no number."
    ),
    RowProblem.NUMBER_BROKEN: QT_TRANSLATE_NOOP(
        "TableSend", "The number {words} is not whole: the sheet rounded or hid some of it."
    ),
    RowProblem.NO_MENTIONS: QT_TRANSLATE_NOOP("TableSend", "Messages of this kind mention nobody."),
    RowProblem.NOBODY_MENTIONED: QT_TRANSLATE_NOOP(
        "TableSend", "This row mentions nobody: “{column}” names nobody."
    ),
    RowProblem.SAME_AS: QT_TRANSLATE_NOOP(
        "TableSend", "The same message to the same robot as row {words}."
    ),
}
_SHEETS: dict[SheetFault, Phrase] = {
    SheetFault.UNREADABLE: QT_TRANSLATE_NOOP("TableSend", "{file} cannot be read."),
    SheetFault.TOO_LARGE: QT_TRANSLATE_NOOP("TableSend", "{file} is too large."),
    SheetFault.NO_SHEET: QT_TRANSLATE_NOOP(
        "TableSend", "{file} is no table (XLSX, XLS, ODS, CSV), or a broken one."
    ),
    SheetFault.LOCKED: QT_TRANSLATE_NOOP(
        "TableSend", "{file} opens with a password only. Save it without one, then choose it again."
    ),
}
_FAULTS: dict[TableFault, Phrase] = {
    TableFault.EMPTY: QT_TRANSLATE_NOOP("TableSend", "There is nothing in this table."),
    TableFault.NO_ROWS: QT_TRANSLATE_NOOP("TableSend", "There is no row below the headings."),
    TableFault.TOO_MANY_ROWS: QT_TRANSLATE_NOOP(
        "TableSend", "{count} rows are too many: at most {most} go out in one run. Split the table."
    ),
    TableFault.TOO_MANY_COLUMNS: QT_TRANSLATE_NOOP(
        "TableSend", "{count} columns are too many: at most {most} can be read."
    ),
}
_NOTES: dict[TableNote, Phrase] = {
    TableNote.ROWS_ABOVE: QT_TRANSLATE_NOOP(
        "TableSend", "What stands above the headings is passed over."
    ),
    TableNote.TWO_ROWS: QT_TRANSLATE_NOOP("TableSend", "Two rows of headings were joined."),
    TableNote.SAME_NAME: QT_TRANSLATE_NOOP(
        "TableSend", "Headings that are there twice are called {names} now."
    ),
    TableNote.WITHOUT_NAME: QT_TRANSLATE_NOOP(
        "TableSend", "Columns without a heading are called {names}."
    ),
    TableNote.HIDDEN: QT_TRANSLATE_NOOP(
        "TableSend",
        "The sheet hides {names} of these rows: they are sent as well, unless you clear them.",
    ),
    TableNote.MERGED: QT_TRANSLATE_NOOP(
        "TableSend", "Each row of a merged cell gets what stands in it."
    ),
}
_LEFT_OUT: dict[str, Phrase] = {
    BLOCKED: QT_TRANSLATE_NOOP("TableSend", "Left out: it could not be sent"),
    "by_hand": QT_TRANSLATE_NOOP("TableSend", "Left out by hand"),
    "robot_gone": QT_TRANSLATE_NOOP("TableSend", "Left out: its robot is gone"),
    "cancelled": QT_TRANSLATE_NOOP("TableSend", "Taken out of the queue"),
}


def finding_sentence(finding: RowFinding) -> str:
    """What is found in a row."""
    words = translated(_FINDINGS[finding.problem])
    return words.format(words=finding.words, column=finding.column)


def message_sentence(problem: Problem) -> str:
    """What is found in the message of a row."""
    words = translate("TableSend", "{field}: {problem}")
    return words.format(field=field_label(problem.field), problem=problem_sentence(problem))


def row_sentences(row: RowMessage) -> tuple[str, ...]:
    """All that is found in a row, what blocks it first."""
    blocking = [one for one in row.problems if one.severity is Severity.BLOCKS]
    others = [one for one in row.problems if one.severity is not Severity.BLOCKS]
    return (
        *(finding_sentence(one) for one in row.findings if one.problem.blocks),
        *map(message_sentence, blocking),
        *(finding_sentence(one) for one in row.findings if not one.problem.blocks),
        *map(message_sentence, others),
    )


def sheet_sentence(fault: SheetFault, name: str) -> str:
    """Why a file gives no table."""
    return translated(_SHEETS[fault]).format(file=name)


def table_sentence(error: TableError) -> str:
    """Why rows are no table."""
    most = MOST_COLUMNS if error.fault is TableFault.TOO_MANY_COLUMNS else MOST_ROWS
    return translated(_FAULTS[error.fault]).format(count=error.count, most=most)


def note_sentences(notes: Sequence[tuple[TableNote, tuple[str, ...]]]) -> str:
    """What was made of the headings."""
    return join_sentences(
        translated(_NOTES[note]).format(names=join_names(names)) for note, names in notes
    )


def missing_sentence(names: Sequence[str]) -> str:
    """The fields of the message that no column gives."""
    fields = join_names(f"{{{{{name}}}}}" for name in names)
    return translate("TableSend", "No column is called as {fields}.").format(fields=fields)


def left_out_words(why: str) -> str:
    """Why a row of a run is not sent."""
    word, _, _ = why.partition(" ")
    return translated(_LEFT_OUT.get(word, _LEFT_OUT[BLOCKED]))


def kept_back_sentence(left_out: str) -> str:
    """What kept a row of a run back, as far as it was written down."""
    found = read_note(left_out)
    if found is None:
        return ""
    return finding_sentence(found) if isinstance(found, RowFinding) else message_sentence(found)


def trial_words(answer: TrialAnswer) -> str:
    """What the sandbox said to a row."""
    if answer.status is Status.DELIVERED:
        return translate("TableSend", "The sandbox took it")
    happened = explain(answer.cause, answer.fault).happened
    return translate("TableSend", "The sandbox: {words}").format(words=happened)


def outcome_sentence(one: TableRowOutcome) -> str:
    """What has become of a row and why, for the copy of the table."""
    if one.left_out:
        return left_out_words(one.left_out)
    if one.status is None:
        return translate("TableSend", "Not sent yet")
    return status_word(one.status)


def reason_sentence(one: TableRowOutcome) -> str:
    """Why a row has not arrived; "" where it has, and where nothing is known."""
    if one.left_out:
        return kept_back_sentence(one.left_out)
    if one.status is None or one.status is Status.DELIVERED:
        return ""
    happened = explain(one.cause, one.fault).happened
    return join_sentences((happened, check_group(one.status, one.cause)))


def progress_sentence(summary: BroadcastSummary, left: int) -> str:
    """How many rows have which outcome."""
    parts = (
        (summary.delivered, translate("TableSend", "{count} delivered")),
        (summary.refused, translate("TableSend", "{count} refused")),
        (summary.not_sent, translate("TableSend", "{count} not sent")),
        (summary.unknown, translate("TableSend", "{count} unknown")),
        (summary.cancelled, translate("TableSend", "{count} cancelled")),
        (summary.waiting, translate("TableSend", "{count} on their way")),
        (left, translate("TableSend", "{count} still to be sent")),
    )
    return join_names(words.format(count=f"{count:,}") for count, words in parts if count)
