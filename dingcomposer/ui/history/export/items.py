"""What of a send is carried out: the cells of a table, a line of JSON, a part of a report."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from dingcomposer.core.delivery import Status
from dingcomposer.core.messages import mentions_of
from dingcomposer.core.payload import body_sha256
from dingcomposer.interchange.exports.json_lines import JsonLinesFile
from dingcomposer.interchange.exports.report import Facts, HtmlReport, ReportSend, ReportWords
from dingcomposer.interchange.exports.tables import Cell, CsvTable, XlsxTable
from dingcomposer.services.history.exports import ExportFile
from dingcomposer.storage.archive.reader import StoredSend
from dingcomposer.storage.evidence.records import ChainHead
from dingcomposer.storage.history import AttemptRow, SendRow
from dingcomposer.ui.texts import time
from dingcomposer.ui.texts.archive.evidence import (
    check_paragraphs,
    head_words,
    limit_sentences,
    number,
)
from dingcomposer.ui.texts.archive.exports import ExportFormat
from dingcomposer.ui.texts.attempts import attempt_words, is_by_dingtalk, what_came
from dingcomposer.ui.texts.messages import kind_name, message_lines
from dingcomposer.ui.texts.outcomes import outcome_words, own_words, status_word
from dingcomposer.ui.texts.robots import robot_words, stage_word
from dingcomposer.ui.texts.search import is_chinese
from dingcomposer.ui.texts.translate import join_sentences, translate


def file_of(chosen: ExportFormat, words: ReportWords) -> Callable[[Path], ExportFile]:
    """What makes the file of a format."""
    match chosen:
        case ExportFormat.XLSX:
            return partial(XlsxTable, headings=headings(), sheet=translate("Export", "Sends"))
        case ExportFormat.CSV:
            return partial(CsvTable, headings=headings())
        case ExportFormat.REPORT:
            return partial(HtmlReport, words=words)
        case ExportFormat.PDF:
            from dingcomposer.ui.history.export.pdf import PdfReport

            return partial(PdfReport, words=words)
        case ExportFormat.JSON_LINES:
            return JsonLinesFile


def item_of(chosen: ExportFormat, stored: StoredSend) -> object:
    """What of a send is written to the file of a format."""
    match chosen:
        case ExportFormat.XLSX | ExportFormat.CSV:
            return cells(stored)
        case ExportFormat.REPORT | ExportFormat.PDF:
            return report_send(stored)
        case ExportFormat.JSON_LINES:
            return stored.record


def headings() -> tuple[str, ...]:
    """The columns of a table, from the left."""
    return (
        translate("Export", "Time"),
        translate("Export", "Robot"),
        translate("Export", "Stage"),
        translate("Export", "Kind"),
        translate("Export", "Title"),
        translate("Export", "Message"),
        translate("Export", "Mentioned"),
        translate("Export", "Status"),
        translate("Export", "What happened"),
        translate("Export", "Code"),
        translate("Export", "Answer"),
        translate("Export", "HTTP"),
        translate("Export", "Tries"),
        translate("Export", "Duration (ms)"),
        translate("Export", "Finished"),
        "msgUuid",
        translate("Export", "SHA-256 of the body"),
        translate("Export", "Link"),
        translate("Export", "Link's digest"),
    )


def cells(stored: StoredSend) -> list[Cell]:
    """One send as a row of a table."""
    row, attempts, link = stored.row, stored.attempts, stored.link
    message = row.message
    mentions = mentions_of(message)
    everyone = (translate("Export", "everyone"),) if mentions.is_all else ()
    return [
        row.created_at,
        row.robot_name,
        _stage(row),
        kind_name(row.kind),
        row.headline,
        "\n".join(message_lines(message)),
        " ".join((*everyone, *mentions.mobiles, *mentions.user_ids)),
        status_word(row.status),
        outcome_words(row, is_dingtalk=is_by_dingtalk(row, attempts)).happened,
        row.errcode,
        row.errmsg,
        row.http_status,
        row.attempts,
        row.duration_ms,
        row.finished_at,
        row.msg_uuid,
        attempts[-1].body_sha256 if attempts else body_sha256(message),
        None if link is None else link.number,
        "" if link is None else link.digest.hex(),
    ]


def report_send(stored: StoredSend) -> ReportSend:
    """One send as a part of a report."""
    row, attempts, link = stored.row, stored.attempts, stored.link
    said = outcome_words(row, is_dingtalk=is_by_dingtalk(row, attempts))
    status = translate("Export", "{status}.").format(status=status_word(row.status))
    chained = (
        translate("Export", "not in the chain yet")
        if link is None
        else head_words(ChainHead(link.number, link.digest.hex()))
    )
    facts = [
        (translate("Export", "Kind"), kind_name(row.kind)),
        (translate("Export", "Written down"), _local(row.created_at)),
        ("msgUuid", row.msg_uuid),
        (translate("Export", "SHA-256 without msgUuid"), body_sha256(row.message)),
        (translate("Export", "Chain"), chained),
    ]
    if row.imported_at is not None:
        facts.append((translate("Export", "Read from a file"), _local(row.imported_at)))
    return ReportSend(
        row.message,
        robot_words(row.robot_name, row.stage),
        row.robot_colour,
        time.full_day_time(row.created_at),
        row.status.value,
        _SIGNS.get(row.status, "…"),
        join_sentences((status, said.happened)),
        tuple(facts),
        tuple((attempt_words(one), _attempt_facts(one)) for one in attempts),
        stored.record,
    )


def report_words(scope: str, count: int, head: ChainHead | None, now: datetime) -> ReportWords:
    """The words of a report on so many sends."""
    language = "zh-CN" if is_chinese() else "en"
    return ReportWords(
        language,
        translate("Export", "Report of messages to DingTalk groups"),
        (
            (translate("Export", "Made"), _local(now)),
            (translate("Export", "Sends"), f"{number(count)} · {scope}"),
            (translate("Export", "Newest link of the chain"), head_words(head)),
        ),
        translate("Export", "How this report is checked"),
        check_paragraphs(),
        translate("Export", "What it does not prove"),
        limit_sentences(),
        translate("Export", "The chain: number, entry, row, content, digest"),
        translate("Export", "Record, as it was hashed"),
        translate("Export", "Picture:"),
    )


def export_item(chosen: ExportFormat) -> Callable[[StoredSend], object]:
    """The same as a function of the send alone."""
    return partial(item_of, chosen)


def _attempt_facts(attempt: AttemptRow) -> Facts:
    facts = [
        (translate("Export", "Began"), _local(attempt.started_at)),
        (translate("Export", "Address"), attempt.url),
        (translate("Export", "SHA-256 of the body"), attempt.body_sha256),
        (translate("Export", "What came back"), what_came(attempt)),
    ]
    said = own_words(attempt.errcode, attempt.errmsg)
    if said:
        facts.append((translate("Export", "Said"), said))
    if attempt.answer:
        facts.append((translate("Export", "Answer"), attempt.answer))
    return tuple(facts)


def _stage(row: SendRow) -> str:
    return translate("Export", "sandbox") if row.is_sandbox else stage_word(row.stage)


def _local(at: datetime) -> str:
    """By this computer's clock, with its distance from UTC: a report travels."""
    return at.astimezone(UTC).astimezone().isoformat(" ", "milliseconds")


_SIGNS = {
    Status.DELIVERED: "✓",
    Status.REFUSED: "✗",
    Status.NOT_SENT: "⊘",
    Status.UNKNOWN: "?",
    Status.CANCELLED: "–",
}


def suggested_name(chosen: ExportFormat, now: datetime) -> str:
    """How a file is called that nobody named."""
    return f"dingcomposer-{now.astimezone():%Y%m%d-%H%M}.{chosen.value}"
