"""Clocks for the tests: one that only the test moves, and the machine's own."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import time_ns


@dataclass
class FakeClock:
    """Called, it tells monotonic seconds; `now` tells the day and hour that belong to them."""

    now_s: float = 0.0
    start: datetime = datetime(2026, 8, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> float:
        return self.now_s

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.now_s)


def machine_clock_ms() -> int:
    """Milliseconds since 1970, as the machine counts them."""
    return time_ns() // 1_000_000
