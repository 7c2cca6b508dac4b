"""How one message fared in several groups."""

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Status, has_failed, summarize


def test_every_outcome_is_counted_once() -> None:
    counts = summarize(Status)
    assert counts.total == len(Status)
    assert (counts.delivered, counts.refused, counts.unknown, counts.waiting) == (1, 1, 1, 2)


def test_the_outcome_that_matters_most_stands_for_all() -> None:
    delivered, refused = Status.DELIVERED, Status.REFUSED
    assert summarize([delivered, Status.QUEUED, refused]).status is Status.SENDING
    assert summarize([delivered, refused, Status.UNKNOWN]).status is Status.UNKNOWN
    assert summarize([delivered, refused, Status.NOT_SENT]).status is refused
    assert summarize([delivered, delivered]).status is delivered
    assert summarize([Status.CANCELLED]).status is Status.CANCELLED


def test_only_what_certainly_did_not_arrive_has_failed() -> None:
    assert has_failed(Status.REFUSED, Cause.KEYWORD)
    assert has_failed(Status.NOT_SENT, None)
    assert not has_failed(Status.REFUSED, Cause.BUSY)
    for status in (Status.UNKNOWN, Status.DELIVERED, Status.CANCELLED, Status.SENDING):
        assert not has_failed(status, None)
