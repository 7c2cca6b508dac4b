"""Calls that may never come back, in turn on a thread of their own, each with a time limit.

A keyring can open a prompt and wait for a person. Such a call holds up the calls with its own key,
here a robot's; for all others a fresh thread is started after a moment.
"""

import logging
import threading
import time
from collections.abc import Callable
from math import inf
from queue import SimpleQueue
from typing import Generic, TypeVar

Result = TypeVar("Result")

TURN_S = 0.5
"""How long a call is left alone before the others stop waiting for it."""
MOST_STUCK = 8
"""No more threads than this are left behind in calls that hang."""

log = logging.getLogger(__name__)


class _Call(Generic[Result]):
    """One call: where it stands is guarded by the lock of `TimedCalls`."""

    def __init__(
        self, key: str, work: Callable[[], Result], done: Callable[[Result], None], due: float
    ) -> None:
        self.key = key
        self.work = work
        self.done = done
        self.due = due
        self.started = 0.0
        self.is_told = False


class TimedCalls(Generic[Result]):
    """Makes calls one after the other, in daemon threads. Any thread may use it.

    `overdue` is what `done` gets where a call was not back within `limit_s` of being submitted. A
    call that had not begun by then is never made; one that had goes on, and its result is dropped.
    """

    def __init__(self, name: str, *, limit_s: float, overdue: Result) -> None:
        self._name = name
        self._limit_s = limit_s
        self._turn_s = min(TURN_S, limit_s / 4)
        self._overdue = overdue
        self._changed = threading.Condition()
        self._waiting: list[_Call[Result]] = []
        self._running: dict[str, _Call[Result]] = {}
        self._inbox: SimpleQueue[_Call[Result] | None] | None = None
        self._is_started = False
        self._is_closed = False

    def submit(self, key: str, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """Make a call; `done` gets its result, exactly once, in a thread of this object.

        `work` must not raise, and `done` must not wait. Calls with the same key keep their order.
        """
        with self._changed:
            is_closed = self._is_closed
            if not is_closed:
                due = time.monotonic() + self._limit_s
                self._waiting.append(_Call(key, work, done, due))
                if not self._is_started:
                    self._is_started = True
                    self._start(self._dispatch)
                self._changed.notify_all()
        if is_closed:
            done(self._overdue)

    def close(self) -> None:
        """Give up everything that is not back yet; waits for nothing."""
        with self._changed:
            self._is_closed = True
            given_up = self._next_unreported(inf)
            if self._inbox is not None:
                self._inbox.put(None)
            self._changed.notify_all()
        for call in given_up:
            self._report(call, self._overdue)

    def _start(self, target: Callable[..., None], *values: object) -> None:
        threading.Thread(target=target, args=values, name=self._name, daemon=True).start()

    # The dispatching thread

    def _dispatch(self) -> None:
        while True:
            with self._changed:
                if self._is_closed:
                    return
                now = time.monotonic()
                overdue = self._next_unreported(now)
                if not overdue and not self._begin_next(now):
                    self._changed.wait(self._pause_s(now))
            for call in overdue:
                self._report(call, self._overdue)

    def _next_unreported(self, due: float) -> list[_Call[Result]]:
        taken = [
            call
            for call in (*self._running.values(), *self._waiting)
            if not call.is_told and call.due <= due
        ]
        for call in taken:
            call.is_told = True
        self._waiting = [call for call in self._waiting if not call.is_told]
        return taken

    def _begin_next(self, now: float) -> bool:
        is_busy = any(now < call.started + self._turn_s for call in self._running.values())
        if is_busy or len(self._running) >= MOST_STUCK:
            return False
        call = next((call for call in self._waiting if call.key not in self._running), None)
        if call is None:
            return False
        if self._running and self._inbox is not None:
            # The thread hangs in an earlier call. It ends when that comes back.
            self._inbox.put(None)
            self._inbox = None
        if self._inbox is None:
            self._inbox = SimpleQueue()
            self._start(self._serve, self._inbox)
        self._waiting.remove(call)
        call.started = now
        self._running[call.key] = call
        self._inbox.put(call)
        return True

    def _pause_s(self, now: float) -> float | None:
        """Until the next call is overdue, or the running one's turn is over; None: until woken."""
        times = [call.due for call in (*self._running.values(), *self._waiting) if not call.is_told]
        if self._waiting:
            turns = (call.started + self._turn_s for call in self._running.values())
            times += [turn for turn in turns if turn > now]
        return max(min(times) - now, 0.0) if times else None

    # The calling thread

    def _serve(self, inbox: "SimpleQueue[_Call[Result] | None]") -> None:
        while (call := inbox.get()) is not None:
            result = call.work()
            with self._changed:
                del self._running[call.key]
                is_told, call.is_told = call.is_told, True
                self._changed.notify_all()
            if not is_told:
                self._report(call, result)

    def _report(self, call: _Call[Result], result: Result) -> None:
        try:
            call.done(result)
        except Exception:
            # A fault in one caller's callback must not end the calls of all others.
            log.exception("a callback failed")
