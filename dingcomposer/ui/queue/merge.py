"""Merging the messages that wait for one robot into one draft: asked once, none is sent twice."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from dingcomposer.core.messages import Message
from dingcomposer.core.payload.edits import Merged, merge
from dingcomposer.services.outbox import Outbox
from dingcomposer.storage.history import HistoryStore, SendRow
from dingcomposer.ui import questions
from dingcomposer.ui.texts.translate import translate


def merge_waiting(
    window: QWidget | None, outbox: Outbox, history: HistoryStore, robot_id: str
) -> Message | None:
    """Ask, take the waiting messages back, and give the one that says it all.

    None where the person did not want it, or nothing could be taken back any more. Only what was
    really taken back is in the message: the rest stays on its way. Raises StorageError.
    """
    rows = _unsent(outbox, history, robot_id)
    planned = merge([row.message for row in rows])
    if planned is None:
        _show_impossible(window)
        return None
    if not _ask(window, rows, planned):
        return None
    # The question may have stood for a while: look again at what still waits.
    rows = _unsent(outbox, history, robot_id)
    planned = merge([row.message for row in rows])
    if planned is None:
        _show_impossible(window)
        return None
    taken = [rows[index] for index in planned.parts if outbox.cancel(rows[index].msg_uuid)]
    if len(taken) == 1:
        return taken[0].message
    # All of them fitted, so some of them do.
    merged = merge([row.message for row in taken])
    return merged.message if merged else None


def _unsent(outbox: Outbox, history: HistoryStore, robot_id: str) -> list[SendRow]:
    """What waits for its first attempt: of anything else a part may have arrived already."""
    waiting = [one.msg_uuid for one in outbox.waiting() if one.robot_id == robot_id]
    rows = [history.row(msg_uuid) for msg_uuid in waiting]
    return [row for row in rows if row is not None and row.attempts == 0]


def _ask(window: QWidget | None, rows: Sequence[SendRow], planned: Merged) -> bool:
    count, rest = len(planned.parts), len(rows) - len(planned.parts)
    text = translate("Queue", "Merge {count} messages into one?")
    details = translate(
        "Queue",
        "They are taken out of the queue and open as one draft. Choose the group, look it over,"
        " and send it. The history keeps each of them as cancelled.",
    )
    if rest:
        stays = translate(
            "Queue", "Left in the queue, of another kind or too much for one: {count}."
        )
        details = f"{details}\n\n{stays.format(count=rest)}"
    question = questions.Question(
        "merge",
        translate("Queue", "Merge"),
        text.format(count=count),
        (
            questions.Choice("back", translate("Queue", "Leave them"), is_default=True),
            questions.Choice("merge", translate("Queue", "Merge")),
        ),
        "back",
        details,
    )
    return questions.ask(window, question) == "merge"


def _show_impossible(window: QWidget | None) -> None:
    question = questions.Question(
        "no_merge",
        translate("Queue", "Merge"),
        translate("Queue", "These messages cannot be merged."),
        (questions.ok(),),
        "ok",
        translate(
            "Queue", "Only texts or only markdown messages that nothing was sent of go together."
        ),
    )
    questions.ask(window, question)
