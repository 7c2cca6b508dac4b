"""How a message fared in several groups, in one line."""

from PySide6.QtCore import QCoreApplication

from dingcomposer.core.delivery import BroadcastSummary

CONTEXT = "Tally"


def tally_sentence(counts: BroadcastSummary) -> str:
    """The groups by outcome: "18 of 20 delivered, 2 refused"."""
    delivered = QCoreApplication.translate("Tally", "{count} of {total} delivered")
    refused = QCoreApplication.translate("Tally", "{count} refused")
    not_sent = QCoreApplication.translate("Tally", "{count} not sent")
    unknown = QCoreApplication.translate("Tally", "{count} unknown")
    cancelled = QCoreApplication.translate("Tally", "{count} cancelled")
    waiting = QCoreApplication.translate("Tally", "{count} on their way")
    parts = [delivered.format(count=counts.delivered, total=counts.total)]
    for words, count in (
        (refused, counts.refused),
        (not_sent, counts.not_sent),
        (unknown, counts.unknown),
        (cancelled, counts.cancelled),
        (waiting, counts.waiting),
    ):
        if count:
            parts.append(words.format(count=count))
    return QCoreApplication.translate("Tally", ", ").join(parts)


def unknown_sentence(counts: BroadcastSummary) -> str:
    """That what is unknown is never sent again together with the failed; "" where nothing is."""
    if not counts.unknown:
        return ""
    return QCoreApplication.translate(
        "Tally",
        "An unknown one may have arrived: it is not sent again with the others. Open its details to retry it safely.",
    )
