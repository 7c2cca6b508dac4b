"""How a message goes to several groups, and what came of it in each, or would again, in words."""

from collections.abc import Sequence

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import BroadcastOrder, Status
from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import Robot
from dingcomposer.core.robot_lists import MembershipChange
from dingcomposer.services.recovery import SameFailure, rests_until
from dingcomposer.storage.history_rows import SendRow
from dingcomposer.ui.texts.outcomes import outcome_words, status_word
from dingcomposer.ui.texts.time import clock, wait_words
from dingcomposer.ui.texts.translate import (
    QT_TRANSLATE_NOOP,
    Phrase,
    join_names,
    join_sentences,
    translate,
    translated,
)

_KEYWORDS_SHOWN = 3
_NAMED = 4

_SAME: dict[SameFailure, Phrase] = {
    SameFailure.KEYWORD: QT_TRANSLATE_NOOP("Broadcast", "Would be refused again: {reason}"),
    SameFailure.MESSAGE: QT_TRANSLATE_NOOP(
        "Broadcast", "Would be refused again, for what was refused is still in it: {reason}"
    ),
    SameFailure.ROBOT: QT_TRANSLATE_NOOP(
        "Broadcast", "Would fail again unless it was set right: {reason}"
    ),
    SameFailure.TOO_EARLY: QT_TRANSLATE_NOOP(
        "Broadcast", "Would be refused again before {time}: {reason}"
    ),
}


def group_sentence(row: SendRow, keywords: Sequence[str]) -> str:
    """Which group it is and why it did not get the message: "Sales: the keyword “sale” is missing".

    `keywords` are those that the group's robot is known to want.
    """
    words = translate("Broadcast", "{group}: {reason}")
    return words.format(group=clean(row.robot_name), reason=reason_words(row, keywords))


def reason_words(row: SendRow, keywords: Sequence[str]) -> str:
    """Why a group did not get the message, without its name; for an unknown one what to do too."""
    if row.cause is Cause.KEYWORD and row.fault is None and keywords:
        return _missing(keywords)
    said = outcome_words(row, is_dingtalk=not row.is_sandbox)
    if row.may_have_been_taken:
        return join_sentences((said.happened, said.helps))
    return said.happened or status_word(row.status)


def same_failure_sentence(same: SameFailure, row: SendRow, keywords: Sequence[str]) -> str:
    """Why this group would refuse it again."""
    until = rests_until(row)
    return translated(_SAME[same]).format(
        reason=reason_words(row, keywords), time="" if until is None else clock(until)
    )


def first_time_sentence(row: SendRow, keywords: Sequence[str]) -> str:
    """Why a group did not get it the first time, where nothing says that it would be so again."""
    words = (
        translate("Broadcast", "Was not sent: {reason}")
        if row.status is Status.NOT_SENT
        else translate("Broadcast", "Was refused: {reason}")
    )
    return words.format(reason=reason_words(row, keywords))


def _missing(keywords: Sequence[str]) -> str:
    quoted = [
        translate("Broadcast", "“{keyword}”").format(keyword=clean(one))
        for one in keywords[:_KEYWORDS_SHOWN]
    ]
    if len(keywords) == 1:
        return translate("Broadcast", "the keyword {keyword} is missing").format(keyword=quoted[0])
    more = " …" if len(keywords) > _KEYWORDS_SHOWN else ""
    words = translate("Broadcast", "one of the keywords {keywords} is missing")
    return words.format(keywords=join_names(quoted) + more)


# Lists of robots


def order_sentence(order: BroadcastOrder, count: int) -> str:
    """How so many groups follow each other, and how long that takes at least."""
    told = [translate("Lists", "One group after the other.")]
    if order.gap_s > 0:
        words = translate("Lists", "{gap} between two of them, so that it takes {time} at least.")
        total = wait_words(order.gap_s * max(count - 1, 0))
        told.append(words.format(gap=wait_words(order.gap_s), time=total))
    if order.stops_at_failure:
        told.append(translate("Lists", "It stops at the first that does not get it."))
    return join_sentences(told)


def change_sentences(change: MembershipChange) -> tuple[str, ...]:
    """Who joined a list and who left it since it was chosen; () where nobody did."""
    told = []
    if change.joined:
        words = translate("Lists", "New in the list since you chose it: {names}.")
        told.append(words.format(names=some_names(change.joined)))
    if change.left:
        words = translate("Lists", "No longer in the list since you chose it: {names}.")
        told.append(words.format(names=some_names(change.left)))
    return tuple(told)


def missing_sentences(members: Sequence[Robot]) -> tuple[str, ...]:
    """Who is left out for want of a webhook; () where nobody is."""
    missing = [one.name for one in members if not one.has_token]
    if not missing:
        return ()
    words = translate("Lists", "Left out, for want of a webhook: {names}.")
    return (words.format(names=some_names(missing)),)


def some_names(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    if len(names) <= _NAMED:
        return join_names(names)
    words = translate("Lists", "{names} and {count} more")
    return words.format(names=join_names(names[:_NAMED]), count=len(names) - _NAMED)
