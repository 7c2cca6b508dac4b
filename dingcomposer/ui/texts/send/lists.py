"""How a message goes to a list of robots, and what became of the list, in words."""

from collections.abc import Sequence

from dingcomposer.core.delivery import BroadcastOrder
from dingcomposer.core.robot import Robot
from dingcomposer.core.robot_lists import MembershipChange
from dingcomposer.ui.texts.time import wait_words
from dingcomposer.ui.texts.translate import join_names, join_sentences, translate

_NAMED = 4


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
