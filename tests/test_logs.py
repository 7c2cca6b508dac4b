"""The log: where it goes, how it is rotated, and that no secret is in it."""

import base64
import json
import logging
import shutil
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from dingcomposer import logs

SECRET = "SEC-not/a+real=one, 密钥"
TOKEN = "0123456789abcdef" * 4

log = logging.getLogger("dingcomposer.test")


@pytest.fixture
def redactor() -> logs.Redactor:
    return logs.Redactor()


@pytest.fixture
def running(tmp_path: Path, redactor: logs.Redactor) -> Iterator[logs.Logging]:
    redactor.register(SECRET, TOKEN)
    running = logs.start(tmp_path, redactor)
    yield running
    running.stop()


def written(running: logs.Logging) -> str:
    return running.path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "form",
    [
        SECRET,
        f"  {SECRET}\n",
        quote(SECRET, safe=""),
        quote(SECRET),
        quote(quote(SECRET, safe=""), safe=""),
        quote(SECRET, safe="").replace("%2F", "%2f").replace("%2B", "%2b"),
        json.dumps({"key": SECRET}),
        json.dumps({"key": SECRET}, ensure_ascii=False),
        repr([SECRET]),
    ],
)
def test_a_registered_secret_is_masked_in_every_form(redactor: logs.Redactor, form: str) -> None:
    redactor.register(SECRET)
    cleaned = redactor.clean(f"before {form} after")
    assert logs.MASK in cleaned
    assert "real" not in cleaned
    assert cleaned.startswith("before ")
    assert cleaned.endswith(" after")


@pytest.mark.parametrize("before", ["", "u", "us", "use", "user:"])
def test_a_registered_secret_is_masked_inside_base64(redactor: logs.Redactor, before: str) -> None:
    redactor.register(TOKEN)
    coded = base64.b64encode(f"{before}{TOKEN}:x".encode()).decode()
    cleaned = redactor.clean(coded)
    assert logs.MASK in cleaned
    assert len(cleaned) < 20


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (
            "POST https://oapi.dingtalk.com/robot/send?access_token=abc123&timestamp=17&sign=a%2Bb%3D",
            "POST https://oapi.dingtalk.com/robot/send?access_token=•••&timestamp=17&sign=•••",
        ),
        (
            "url=https%3A%2F%2Fx%3Faccess_token%3Dabc%26sign%3Dxy%3D",
            "url=https%3A%2F%2Fx%3Faccess_token%3D•••%26sign%3D•••",
        ),
        ("%253Fsign%253Dxy%252F", "%253Fsign%253D•••"),
        ('{"access_token": "abc", "msgtype": 1}', '{"access_token": "•••", "msgtype": 1}'),
        ("{'Authorization': 'Basic dXNlcg=='}", "{'Authorization': '•••'}"),
        ("proxy http://me:pass@127.0.0.1:8080/", "proxy http://•••@127.0.0.1:8080/"),
        (f"secret SEC{TOKEN} was pasted", "secret ••• was pasted"),
        ("design=new, SECTION 4, sign not match", "design=new, SECTION 4, sign not match"),
    ],
)
def test_what_looks_like_a_secret_is_masked_without_being_registered(
    redactor: logs.Redactor, text: str, cleaned: str
) -> None:
    assert redactor.clean(text) == cleaned


def test_what_is_too_short_to_be_a_secret_masks_nothing(redactor: logs.Redactor) -> None:
    redactor.register("", None, "a", "   ")
    assert redactor.clean("a plain line") == "a plain line"


def test_secrets_are_masked_in_the_arguments_while_they_are_whole(running: logs.Logging) -> None:
    log.info("%s | %r | %s", {"body": [SECRET]}, (SECRET, 7), SECRET.encode())
    log.info("%(token)s", {"token": TOKEN})
    text = written(running)
    assert "real" not in text
    assert TOKEN not in text
    assert text.count(logs.MASK) == 4


def test_a_secret_that_only_the_finished_line_holds_is_masked(running: logs.Logging) -> None:
    log.info("half %s%s half", TOKEN[:20], TOKEN[20:])
    assert f"half {logs.MASK} half" in written(running)


def test_a_secret_registered_later_is_masked_from_then_on(
    running: logs.Logging, redactor: logs.Redactor
) -> None:
    redactor.register("a-later-secret")
    log.info("now a-later-secret is known")
    assert f"now {logs.MASK} is known" in written(running)


def test_a_traceback_holds_neither_secrets_nor_local_variables(
    running: logs.Logging, expect_log: Callable[[str], None]
) -> None:
    expect_log("it failed")
    hidden = "value-of-a-local"
    try:
        raise ValueError(f"cannot reach https://x/?access_token={TOKEN} ({len(hidden)})")
    except ValueError:
        log.exception("it failed")
    text = written(running)
    assert "ValueError: cannot reach https://x/?access_token=•••" in text
    assert "Traceback" in text
    assert TOKEN not in text
    assert hidden not in text.replace('hidden = "value-of-a-local"', "")


def test_a_line_that_does_not_fit_its_arguments_leaks_none_of_them(
    running: logs.Logging, capsys: pytest.CaptureFixture[str]
) -> None:
    log.handle(log.makeRecord(log.name, logging.INFO, __file__, 1, "%d", (SECRET,), None))
    assert "does not fit its arguments (TypeError)" in written(running)
    assert "real" not in written(running)
    assert "real" not in capsys.readouterr().err


def test_a_lone_surrogate_costs_no_line(running: logs.Logging) -> None:
    log.info("broken \ud83d here")
    assert "broken \\ud83d here" in written(running)


def test_what_nobody_caught_is_logged(
    running: logs.Logging, expect_log: Callable[[str], None]
) -> None:
    expect_log("Nobody caught this$")
    error = RuntimeError(f"with {TOKEN}")
    sys.excepthook(RuntimeError, error, None)
    assert f"RuntimeError: with {logs.MASK}" in written(running)


def test_what_nobody_caught_in_a_thread_is_logged_with_its_name(
    running: logs.Logging, expect_log: Callable[[str], None]
) -> None:
    expect_log("Nobody caught this in postman")

    def fail() -> None:
        raise RuntimeError(f"with {TOKEN}")

    thread = threading.Thread(target=fail, name="postman")
    thread.start()
    thread.join()
    text = written(running)
    assert "RuntimeError: with •••" in text
    assert TOKEN not in text


def test_an_interrupt_from_the_keyboard_is_no_fault(
    running: logs.Logging, capsys: pytest.CaptureFixture[str]
) -> None:
    log.info("something")
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert "Nobody caught" not in written(running)
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_qt_messages_are_logged_under_their_category(running: logs.Logging) -> None:
    logs.log_qt_message(logging.INFO, "qt.qpa", f"opened {TOKEN}")
    assert f"qt.qpa: opened {logs.MASK}" in written(running)


def test_stopping_gives_back_the_hooks_and_closes_the_file(
    tmp_path: Path, redactor: logs.Redactor
) -> None:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    running = logs.start(tmp_path, redactor)
    assert sys.excepthook is not before[0]
    running.stop()
    running.stop()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
    log.info("after the end")
    assert not running.path.exists()


def test_however_much_is_logged_the_files_stay_below_ten_megabytes(running: logs.Logging) -> None:
    line = "x" * 50_000
    for _ in range(300):
        log.info(line)
    files = list(running.path.parent.glob("*.log*"))
    assert len(files) > 1
    assert sum(file.stat().st_size for file in files) < 10_000_000


def test_a_line_of_megabytes_is_cut(running: logs.Logging) -> None:
    log.info("y" * 5_000_000)
    assert running.path.stat().st_size < 100_000


def test_a_log_that_cannot_be_written_does_not_disturb_the_program(
    tmp_path: Path, redactor: logs.Redactor, capsys: pytest.CaptureFixture[str]
) -> None:
    running = logs.start(tmp_path / "gone", redactor)
    log.info("nobody reads this")
    running.stop()
    assert capsys.readouterr().err == ""


def test_what_ended_the_program_is_told_in_the_terminal_too_and_without_secrets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], expect_log: Callable[[str], None]
) -> None:
    expect_log("Nobody caught this")
    redactor = logs.Redactor()
    redactor.register("canary-in-a-traceback")
    running = logs.start(tmp_path, redactor)
    error = ValueError("canary-in-a-traceback")
    sys.excepthook(type(error), error, None)
    running.stop()
    told = capsys.readouterr().err
    assert "ValueError" in told
    assert "canary" not in told


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_folder_that_is_made_anew_is_for_its_owners_eyes_alone(
    tmp_path: Path, redactor: logs.Redactor
) -> None:
    (tmp_path / "data" / "logs").mkdir(parents=True)
    running = logs.start(tmp_path / "data" / "logs", redactor)
    log.info("there")
    shutil.rmtree(tmp_path / "data")
    log.info("gone")
    running.stop()
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (tmp_path / "data", running.path.parent)]
    assert modes == [0o700, 0o700]
