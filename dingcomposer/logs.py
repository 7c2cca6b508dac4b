"""What is logged, where to, and that no secret is in it.

One handler writes one rotated file. Its filter is the one choke point: every record passes it, and
leaves it with its text and its traceback cleaned. Importing this module logs and hooks nothing.
"""

import errno
import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any

from dingcomposer.core.redaction import SHORTEST, SecretPattern, mask_by_looks, mask_dingtalk

ROOT = "dingcomposer"
FILE_NAME = "dingcomposer.log"
# However much is logged, the files together stay below 4 x 2 MB.
FILE_BYTES = 2_000_000
OLD_FILES = 3
RECORD_CHARACTERS = 64_000
MASK = "•••"


class Redactor(logging.Filter):
    """Takes secrets out of log records: the registered ones and whatever looks like one.

    Any thread may call it. It masks a registered secret in every spelling that `core.redaction`
    knows.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._known: set[str] = set()
        self._registered: tuple[SecretPattern, ...] = ()

    def register(self, *secrets: str | None) -> None:
        """From now on none of these is written. None and what is very short is passed over."""
        with self._lock:
            for secret in secrets:
                for one in {secret or "", (secret or "").strip()} - self._known:
                    if len(one) >= SHORTEST:
                        self._known.add(one)
                        self._registered += (SecretPattern(one),)
            longest_first = sorted(self._registered, key=len, reverse=True)
            self._registered = tuple(longest_first)

    def clean(self, text: str) -> str:
        """The text with every secret masked, and all that may be one."""
        return mask_by_looks(self._hidden(text), MASK)

    def hide(self, text: str) -> str:
        """The text with what is certainly a secret masked; all else is a person's own words."""
        return mask_dingtalk(self._hidden(text), MASK)

    def _hidden(self, text: str) -> str:
        lowered = text.lower()
        for secret in self._registered:
            if secret.may_be_in(lowered):
                text = secret.mask(text, MASK)
        return text

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the record in place, so that whoever formats it later has nothing to leak."""
        try:
            record.args = self._cleaned(record.args)
            message = self.clean(record.getMessage())
        except (TypeError, ValueError, KeyError) as error:
            # Logging's own report of it would print the arguments.
            message = f"a log line that does not fit its arguments ({type(error).__name__})"
        record.msg, record.args = message[:RECORD_CHARACTERS], ()
        if record.exc_info:
            record.exc_text = self._traceback(record.exc_info)
            record.exc_info = None
        elif record.exc_text:
            record.exc_text = self.clean(record.exc_text)
        if record.stack_info:
            record.stack_info = self.clean(record.stack_info)
        return True

    def _cleaned(self, value: Any) -> Any:
        """The value with its texts masked while they are still whole: `repr` would escape them."""
        if isinstance(value, str):
            return self.clean(value)
        if isinstance(value, bytes):
            text = value.decode("utf-8", "replace")
            cleaned = self.clean(text)
            return value if cleaned == text else cleaned
        if isinstance(value, Mapping):
            return {self._cleaned(key): self._cleaned(one) for key, one in value.items()}
        if type(value) in (tuple, list, set, frozenset):
            return type(value)(self._cleaned(one) for one in value)
        if isinstance(value, BaseException):
            return self.clean(str(value))
        return value

    def _traceback(self, exc_info: Any) -> str:
        # format_exception knows no local variables; the exception's own text is cleaned with it.
        text = self.clean("".join(traceback.format_exception(*exc_info)).rstrip())
        return text if len(text) <= RECORD_CHARACTERS else "…" + text[-RECORD_CHARACTERS:]


class Logging:
    """The running log: made by `start`, ended by `stop`. Main thread.

    `uncaught` is called, in the main thread, with what nobody caught there, once it is logged.
    """

    def __init__(
        self,
        folder: Path,
        redactor: Redactor,
        *,
        level: int = logging.INFO,
        terminal_level: int = logging.ERROR,
    ) -> None:
        self.path = folder / FILE_NAME
        self._logger = logging.getLogger(ROOT)
        self._handler = _RotatedFile(
            self.path,
            encoding="utf-8",
            errors="backslashreplace",  # a lone surrogate must not cost the line
            delay=True,
        )
        self._handler.setFormatter(
            logging.Formatter("%(asctime)s %(levelname)s %(name)s [%(threadName)s] %(message)s")
        )
        self._handlers: list[logging.Handler] = [self._handler]
        if sys.stderr is not None:  # a windowed program on Windows has none
            # Whoever started it from a terminal sees why it ended, as redacted as the file.
            terminal = logging.StreamHandler(sys.stderr)
            terminal.setLevel(terminal_level)
            self._handlers.append(terminal)
        for handler in self._handlers:
            handler.addFilter(redactor)
        self._level = level
        self.uncaught: Callable[[BaseException], None] = lambda _error: None
        self._hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)

    def start(self) -> None:
        """Write to the file from now on, and catch what nobody caught, in every thread."""
        for handler in self._handlers:
            self._logger.addHandler(handler)
        self._logger.setLevel(self._level)
        self._hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_uncaught
        threading.excepthook = _on_uncaught_in_thread
        sys.unraisablehook = _on_unraisable

    def _on_uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._logger.critical("Nobody caught this", exc_info=(kind, error, trace))
        self.uncaught(error)

    def stop(self) -> None:
        """Close the file and give back the hooks. Does nothing the second time."""
        if self._handler not in self._logger.handlers:
            return
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks
        for handler in self._handlers:
            self._logger.removeHandler(handler)
        self._logger.setLevel(logging.NOTSET)
        self._handler.close()


def start(
    folder: Path,
    redactor: Redactor,
    *,
    level: int = logging.INFO,
    terminal_level: int = logging.ERROR,
) -> Logging:
    """The running log, in a folder that exists. The caller stops it.

    What is as grave as `terminal_level` is said on standard error, too.
    """
    running = Logging(folder, redactor, level=level, terminal_level=terminal_level)
    running.start()
    return running


def recent(lines: int) -> list[str]:
    """The last lines of the log that is being written, cleaned once more; none without a log."""
    for handler in logging.getLogger(ROOT).handlers:
        if isinstance(handler, _RotatedFile):
            handler.flush()
            text = _end_of(Path(handler.baseFilename))
            for one in handler.filters:
                if isinstance(one, Redactor):
                    text = one.clean(text)
            return text.splitlines()[-lines:]
    return []


def _end_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - RECORD_CHARACTERS))
            end = file.read()
    except OSError:
        return ""
    text = end.decode("utf-8", "replace")
    return text if size <= RECORD_CHARACTERS else text.partition("\n")[2]


def log_qt_message(level: int, category: str, text: str) -> None:
    """Log what Qt says. `level` is one of logging's; app maps Qt's own to it. Any thread."""
    logging.getLogger(f"{ROOT}.qt").log(level, "%s: %s", category, text)


class _RotatedFile(logging.FileHandler):
    """Begins a new file where the old one is full, and keeps `OLD_FILES` old ones.

    A log that cannot be written (full disk, a file held by another) must not end the program, nor
    make it end otherwise. A file that was deleted is begun anew. `logging.handlers` rotates, too,
    and brings sockets, selectors and pickles along with it, for which each start would wait.
    """

    @property
    def _path(self) -> Path:
        return Path(self.baseFilename)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, into a new file where it would be too much for this one."""
        try:
            if self.stream is not None and not self._path.exists():
                self.close()
                with suppress(OSError):  # the mode is the last folder's alone, not its parents'
                    for folder in (self._path.parent.parent, self._path.parent):
                        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self.stream is None:
                self.stream = self._open()
            size = self.stream.seek(0, os.SEEK_END)
            if size and size + len(self.format(record)) >= FILE_BYTES:
                self._rotate()
        except OSError:
            self.handleError(record)
        else:
            super().emit(record)

    def _rotate(self) -> None:
        if self.stream is not None:
            self.stream.close()
        self.stream = None  # opened again by the next record
        files = [
            self._path,
            *(Path(f"{self._path}.{number}") for number in range(1, OLD_FILES + 1)),
        ]
        for newer, older in reversed(tuple(pairwise(files))):
            if newer.exists():
                newer.replace(older)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        del record

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            super().flush()

    def close(self) -> None:
        try:
            super().close()
        except OSError:
            # What it still held could not be written; another try at the exit would fail too.
            self.stream = None

    def _open(self) -> TextIOWrapper:
        if self._path.exists() and not self._path.is_file():
            raise OSError(errno.EISDIR, "no file")  # a pipe would be waited for
        return super()._open()


def _on_uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if issubclass(args.exc_type, SystemExit):
        return
    name = args.thread.name if args.thread is not None else "a thread that is gone"
    error = args.exc_value if args.exc_value is not None else args.exc_type()
    logging.getLogger(ROOT).critical(
        "Nobody caught this in %s", name, exc_info=(args.exc_type, error, args.exc_traceback)
    )


def _on_unraisable(args: "sys.UnraisableHookArgs") -> None:
    error = args.exc_value if args.exc_value is not None else args.exc_type()
    # Without args.object: its repr may hold anything.
    logging.getLogger(ROOT).error(
        "%s",
        args.err_msg or "An error where none can be raised",
        exc_info=(args.exc_type, error, args.exc_traceback),
    )
