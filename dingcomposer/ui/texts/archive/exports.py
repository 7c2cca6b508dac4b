"""The forms in which sends are carried out of the history, and how an import went."""

from enum import StrEnum

from dingcomposer.storage.archive.imports import ImportCount
from dingcomposer.ui.texts.archive.evidence import number
from dingcomposer.ui.texts.translate import join_sentences, translate

MOST_IN_PDF = 1_000
"""So many messages one PDF holds: each is a picture."""


class ExportFormat(StrEnum):
    """In which form sends are carried out."""

    XLSX = "xlsx"
    CSV = "csv"
    REPORT = "html"
    PDF = "pdf"
    JSON_LINES = "jsonl"


def format_name(chosen: ExportFormat) -> str:
    """A format's name, and what it is for."""
    match chosen:
        case ExportFormat.XLSX:
            return translate("Export", "Excel workbook (XLSX)")
        case ExportFormat.CSV:
            return translate("Export", "Table as text (CSV)")
        case ExportFormat.REPORT:
            return translate("Export", "Report with bubbles and proof (HTML)")
        case ExportFormat.PDF:
            return translate("Export", "Report with bubbles to print (PDF)")
        case ExportFormat.JSON_LINES:
            return translate("Export", "All of it, to be read back (JSON Lines)")


def format_sentence(chosen: ExportFormat) -> str:
    """What a format is good for."""
    match chosen:
        case ExportFormat.XLSX:
            return translate(
                "Export",
                "Opens in Excel, WPS and LibreOffice; times and numbers can be sorted and added up.",
            )
        case ExportFormat.CSV:
            return translate("Export", "Opens in Excel and WPS, and in nearly every other program.")
        case ExportFormat.REPORT:
            return translate(
                "Export",
                "One page with each message as its group saw it, its hashes and how they are checked. A browser prints it, as PDF too.",
            )
        case ExportFormat.PDF:
            return translate(
                "Export",
                "The same for paper, for up to {most} messages; records and chain are in the HTML report alone.",
            ).format(most=number(MOST_IN_PDF))
        case ExportFormat.JSON_LINES:
            return translate(
                "Export",
                "A line for each send with all that is known of it. The history of another computer can read it back.",
            )


def import_sentence(count: ImportCount) -> str:
    """What came of a file that was read back."""
    sentences = [translate("Export", "{added} sends were added.").format(added=number(count.added))]
    if count.known:
        words = translate("Export", "{known} were here already.")
        sentences.append(words.format(known=number(count.known)))
    if count.open:
        words = translate(
            "Export", "{open} were not over when they were exported, and were left out."
        )
        sentences.append(words.format(open=number(count.open)))
    if count.unreadable:
        words = translate("Export", "{unreadable} lines could not be read.")
        sentences.append(words.format(unreadable=number(count.unreadable)))
    return join_sentences(sentences)


def scope_all(count: int) -> str:
    """Everything that stands in the history."""
    return translate("Export", "All messages ({count})").format(count=number(count))


def scope_found(count: int) -> str:
    """What is looked for."""
    return translate("Export", "Those that were found ({count})").format(count=number(count))


def scope_chosen(count: int) -> str:
    """What is chosen in the table."""
    if count == 1:
        return translate("Export", "The chosen one")
    return translate("Export", "Those that are chosen ({count})").format(count=number(count))
