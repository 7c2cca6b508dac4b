"""What came of a message in each of several groups, and what would come of it again, in words."""

from collections.abc import Sequence

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Status
from dingcomposer.core.plain_text import clean
from dingcomposer.services.recovery import SameFailure, rests_until
from dingcomposer.storage.history_rows import SendRow
from dingcomposer.ui.texts.outcomes import outcome_words, status_word
from dingcomposer.ui.texts.time import clock
from dingcomposer.ui.texts.translate import (
    QT_TRANSLATE_NOOP,
    Phrase,
    join_names,
    join_sentences,
    translate,
    translated,
)

_KEYWORDS_SHOWN = 3

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
