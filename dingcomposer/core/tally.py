"""How one message fared in several groups: counted by outcome."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Status


@dataclass(frozen=True, slots=True)
class Tally:
    """So many groups for each outcome; `waiting` are those whose outcome is still to come."""

    delivered: int = 0
    refused: int = 0
    not_sent: int = 0
    unknown: int = 0
    cancelled: int = 0
    waiting: int = 0

    @property
    def total(self) -> int:
        """All groups."""
        return self.over + self.waiting

    @property
    def over(self) -> int:
        """The groups whose outcome is known, or known never to come."""
        return self.delivered + self.refused + self.not_sent + self.unknown + self.cancelled

    @property
    def status(self) -> Status:
        """The outcome that matters most to whoever looks at all of them."""
        if self.waiting:
            return Status.SENDING
        for count, status in (
            (self.unknown, Status.UNKNOWN),
            (self.refused, Status.REFUSED),
            (self.not_sent, Status.NOT_SENT),
            (self.delivered, Status.DELIVERED),
        ):
            if count:
                return status
        return Status.CANCELLED


def tally(outcomes: Iterable[Status]) -> Tally:
    """Count them."""
    counts = Counter(outcomes)
    return Tally(
        delivered=counts[Status.DELIVERED],
        refused=counts[Status.REFUSED],
        not_sent=counts[Status.NOT_SENT],
        unknown=counts[Status.UNKNOWN],
        cancelled=counts[Status.CANCELLED],
        waiting=counts[Status.QUEUED] + counts[Status.SENDING],
    )


def has_failed(status: Status, cause: Cause | None) -> bool:
    """Whether the group certainly did not get it, so that it may be sent there again.

    "Busy" does not say whether the message was taken, and UNKNOWN is just that.
    """
    is_refused = status is Status.REFUSED and cause is not Cause.BUSY
    return is_refused or status is Status.NOT_SENT
