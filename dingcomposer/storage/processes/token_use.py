"""Whether an access token may be used now, whichever program used it before.

DingTalk counts a robot's messages by its token (`core.limits`), so several programs on one data
folder must count together: in the transaction that writes an attempt down.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Status
from dingcomposer.core.limits import PACE_PENALTY_S, PACE_PER_MINUTE, PACE_WINDOW_S
from dingcomposer.core.robot import Robot, leads_here
from dingcomposer.storage.database import Database, Row, from_micros, to_micros
from dingcomposer.storage.history_rows import read_time

HAS_LEFT = f"status NOT IN ('{Status.NOT_SENT}', '{Status.CANCELLED}')"
"""Whether something of an attempt may have left, in SQL."""
_WINDOW = timedelta(seconds=PACE_WINDOW_S)
_REST = timedelta(seconds=PACE_PENALTY_S)
_LONGEST_ATTEMPT = timedelta(minutes=10)  # longer than any robot's time-outs
_KILLED_MICROS = 2_000_000  # what a killed process had handed to the system has arrived by then


class TokenInUse(Exception):
    """The attempt must wait: its token's minute is used up, or it rests.

    `ages_s`: how many seconds ago each attempt of the last minute was over, whichever program made
    it; `rest_age_s`: how many ago DingTalk said "too fast" to it, None where not lately.
    """

    def __init__(self, ages_s: tuple[float, ...], rest_age_s: float | None) -> None:
        super().__init__(len(ages_s), rest_age_s)
        self.ages_s = ages_s
        self.rest_age_s = rest_age_s


def demand_turn(database: Database, token: str, now: datetime) -> None:
    """Raise TokenInUse where this token may not be used now, whoever used it before.

    An attempt counts from the moment that it was over, one under way as just now. So does what lies
    a little ahead of `now`, which was read before the database was asked; what lies further ahead
    was written before somebody set the clock back, and tells nothing.
    """
    since, until = to_micros(now - _WINDOW), to_micros(now)
    started = "token_fingerprint = ? AND started_at BETWEEN ? AND ?"
    bounds = (token, to_micros(now - _WINDOW - _LONGEST_ATTEMPT), to_micros(now + _WINDOW))
    attempts = database.rows(
        f"SELECT status, started_at, ended_at FROM attempts WHERE {started} AND {HAS_LEFT}",
        *bounds,
    )
    probes = database.rows(f"SELECT started_at FROM probes WHERE {started}", *bounds)
    times = [
        *(_over_at(row, until) for row in attempts),
        *(min(int(row["started_at"]), until) for row in probes),
    ]
    over = [at for at in times if at > since]
    refused = database.rows(
        "SELECT coalesce(ended_at, started_at) AS at, url FROM attempts"
        " WHERE token_fingerprint = ? AND started_at > ? AND cause = ? AND is_sandbox = 0",
        *(token, to_micros(now - _REST), Cause.TOO_FAST),
    )
    # DingTalk is not on this machine: a sandbox is, and what it imposes ends with it.
    too_fast = max((int(row["at"]) for row in refused if not leads_here(row["url"])), default=None)
    rest_age_s = None if too_fast is None else (until - too_fast) / 1_000_000
    is_resting = rest_age_s is not None and -PACE_WINDOW_S <= rest_age_s < PACE_PENALTY_S
    if is_resting or len(over) >= PACE_PER_MINUTE:
        ages_s = tuple((until - at) / 1_000_000 for at in over)
        raise TokenInUse(ages_s, rest_age_s if is_resting else None)


def _over_at(attempt: Row, now: int) -> int:
    """When an attempt was over, in microseconds; of one that was killed, when it surely was."""
    if attempt["ended_at"] is not None:
        return min(int(attempt["ended_at"]), now)
    if attempt["status"] == Status.SENDING:
        return now
    return min(int(attempt["started_at"]) + _KILLED_MICROS, now)


def sent_times(
    database: Database, robots: Sequence[Robot], since: datetime
) -> tuple[datetime, ...]:
    """When attempts left with the token that these robots share, through whichever profile.

    Oldest first: what the token's pace has to remember.
    """
    times = [
        row["started_at"]
        for table, condition in (("attempts", f" AND {HAS_LEFT}"), ("probes", ""))
        for owner, value in _owners(robots)
        for row in database.rows(
            f"SELECT started_at FROM {table} WHERE {owner} AND started_at >= ?{condition}",
            *(value, to_micros(since)),
        )
    ]
    return tuple(from_micros(one) for one in sorted(times))


def last_too_fast(database: Database, robots: Sequence[Robot], since: datetime) -> datetime | None:
    """When DingTalk last said "too fast" to the token that these robots share; if since."""
    found = (
        database.rows(
            "SELECT max(coalesce(ended_at, started_at)) FROM attempts"
            f" WHERE {owner} AND started_at >= ? AND cause = ?",
            *(value, to_micros(since), Cause.TOO_FAST),
        )[0][0]
        for owner, value in _owners(robots)
    )
    return read_time(max((one for one in found if one is not None), default=None))


def calls_since(database: Database, at: datetime) -> int:
    """How many attempts of all robots went out to DingTalk since then; the sandbox is free."""
    counts = (
        f"SELECT count(*) FROM attempts WHERE is_sandbox = 0 AND started_at >= ? AND {HAS_LEFT}",
        "SELECT count(*) FROM probes WHERE is_sandbox = 0 AND started_at >= ?",
    )
    return sum(int(database.rows(count, to_micros(at))[0][0]) for count in counts)


def _owners(robots: Sequence[Robot]) -> list[tuple[str, str]]:
    """Where to look for what a token was used for: conditions, each with its value.

    By the token, and by its robots' ids among the rows that do not know theirs.
    """
    tokens = {robot.token_fingerprint for robot in robots} - {""}
    return [
        *(("token_fingerprint = ?", one) for one in sorted(tokens)),
        *(("token_fingerprint = '' AND robot_id = ?", one.robot_id) for one in robots),
    ]
