"""The real program, and what can happen to the folder that it keeps everything in."""

import errno
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from dingcomposer.core.contacts import Contact
from dingcomposer.core.delivery import Fault, Status
from dingcomposer.core.messages import Text
from dingcomposer.runtime import AlreadyOpen, StartError
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.storage.history import SendRow
from dingcomposer.ui.texts.storage import folder_sentence
from tests.fakes.fake_dialogs import Answer
from tests.fakes.programs import Person, Start

NOBODY = 65534
on_posix = pytest.mark.skipif(os.name != "posix", reason="files of POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def database_in(folder: Path) -> Path:
    return folder / "dingcomposer.sqlite3"


def said(person: Person) -> str:
    label = person.program.window.status.findChild(QLabel, "status.said")
    assert label is not None
    return label.text()


def row_of(person: Person, uuid: str) -> SendRow:
    row = person.program.history.row(uuid)
    assert row is not None
    return row


# While it runs


def delete(folder: Path) -> None:
    database_in(folder).unlink()


def delete_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def replace(folder: Path) -> None:
    other = folder / "other"
    other.write_bytes(b"somebody else's")
    other.replace(database_in(folder))


def overwrite(folder: Path) -> None:
    database_in(folder).write_bytes(b"garbage!" * 5_000)


def displace(person: Person, folder: Path, do: Callable[[Path], None]) -> None:
    """Do it once all that was committed so far is on the disk: a sync would find out first."""
    is_there = threading.Event()
    person.program.engine.wal_sync.when_on_disk(lambda _fault: is_there.set())
    person.wait(is_there.is_set)
    do(folder)


WAYS = [
    (delete, "was deleted while the program ran"),
    (delete_folder, "was deleted while the program ran"),
    (replace, "Another file was put in the place"),
    (overwrite, "was overwritten while the program ran"),
]
displaced = pytest.mark.parametrize(("do", "words"), WAYS, ids=[do.__name__ for do, _ in WAYS])


@pytest.fixture
def _displaced(expect_log: Callable[[str], None]) -> None:
    expect_log("the database was .* while it was open")


@pytest.fixture
def _not_written(expect_log: Callable[[str], None]) -> None:
    expect_log("not written: ")


def prepare(start: Start) -> Person:
    """A program with a robot, a contact, and a message that was sent."""
    person = start()
    person.add_group("值班", person.robot_called("Sandbox").stage)
    person.program.contacts.put((Contact("王芳", "13800000000", ""),))
    person.write_text("the first")
    assert person.send().status is Status.DELIVERED
    return person


def check_all_is_there(person: Person, texts: list[str]) -> None:
    rows = person.program.history.page()
    assert [row.headline for row in reversed(rows)] == texts
    assert [one.name for one in person.program.robot_profiles.robots] == ["Sandbox", "值班"]
    assert [one.name for one in person.program.contacts.contacts] == ["王芳"]


@on_posix
@displaced
@pytest.mark.usefixtures("_displaced")
def test_nothing_leaves_while_the_database_is_not_where_it_was_and_then_all_is_there_again(
    start: Start, folder: Path, answer: Answer, do: Callable[[Path], None], words: str
) -> None:
    answers = answer()
    person = prepare(start)
    person.write_text(" again")
    person.program.session.flush()
    displace(person, folder, do)
    person.driver.click("compose.send")
    (question,) = answers.asked
    assert words in f"{question.text} {question.details}"
    assert len(person.sandbox.exchanges()) == 1
    assert person.send().status is Status.DELIVERED
    assert len(person.sandbox.exchanges()) == 2
    person.program.shut_down()
    again = start()
    check_all_is_there(again, ["the first", "the first again"])
    assert again.program.session.draft.text == "the first again"
    assert again.send().status is Status.DELIVERED


@on_posix
@displaced
@pytest.mark.usefixtures("_displaced")
def test_what_waits_does_not_leave_after_the_database_went_away(
    start: Start,
    folder: Path,
    do: Callable[[Path], None],
    words: str,
    expect_log: Callable[[str], None],
) -> None:
    expect_log("not written: ")
    person = prepare(start)
    outbox = person.program.outbox
    outbox.pause()
    uuid = outbox.submit(Text("the second"), person.robot_called("Sandbox"))
    displace(person, folder, do)
    outbox.resume()
    person.wait(lambda: row_of(person, uuid).status.is_final)
    assert words in said(person)
    assert len(person.sandbox.exchanges()) == 1
    row = row_of(person, uuid)
    assert (row.status, row.fault) == (Status.NOT_SENT, Fault.HISTORY_NOT_WRITTEN)
    person.program.shut_down()
    check_all_is_there(start(), ["the first", "the second"])


@on_posix
@displaced
@pytest.mark.usefixtures("_displaced")
def test_an_outcome_that_comes_after_it_is_kept_in_the_new_file(
    start: Start,
    folder: Path,
    do: Callable[[Path], None],
    words: str,
    expect_log: Callable[[str], None],
) -> None:
    expect_log("not written: ")
    person = prepare(start)
    person.sandbox.robot.faults = (FaultPlan(FaultKind.SLOW, seconds=1.0),)
    uuid = person.program.outbox.submit(Text("the second"), person.robot_called("Sandbox"))
    person.wait(lambda: len(person.sandbox.exchanges()) == 2)
    displace(person, folder, do)
    person.wait(lambda: words in said(person))
    person.program.shut_down()
    assert row_of(start(), uuid).status is Status.DELIVERED


@on_posix
@displaced
@pytest.mark.usefixtures("_displaced", "_not_written")
def test_what_a_save_found_out_stays_until_it_was_read(
    start: Start, folder: Path, answer: Answer, do: Callable[[Path], None], words: str
) -> None:
    answers = answer()
    person = prepare(start)
    displace(person, folder, do)
    person.write_text(" again")
    assert not person.program.autosave.save()
    assert person.program.autosave.save()
    # The next word of the status line comes at once.
    assert person.send().status is Status.DELIVERED
    assert words not in said(person)
    assert "database" in person.driver.read("status.rescued")
    person.driver.click("status.rescued")
    (question,) = (one for one in answers.asked if one.name == "rescued")
    assert words in question.text
    rescued = person.program.window.status.findChild(QWidget, "status.rescued")
    assert rescued is not None and rescued.isHidden()


@on_posix
@pytest.mark.usefixtures("_displaced")
def test_the_new_folder_is_held_like_the_old_one(
    start: Start, folder: Path, qtbot: QtBot, expect_log: Callable[[str], None]
) -> None:
    expect_log("not written: deleted")
    expect_log(r"does not support raise\(\)")
    person = prepare(start)
    shutil.rmtree(folder)
    assert not person.program.autosave.save()
    assert person.program.autosave.save()
    assert (folder / "dingcomposer.lock").exists()
    with qtbot.waitSignal(person.program.instance.raised), pytest.raises(AlreadyOpen):
        start()


@on_posix
@pytest.mark.usefixtures("_displaced")
def test_a_program_that_ends_leaves_what_it_held_where_the_next_one_looks(
    start: Start, folder: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("not written: deleted")
    person = prepare(start)
    person.write_text(", and on")
    shutil.rmtree(folder)
    person.program.shut_down()
    again = start()
    check_all_is_there(again, ["the first"])
    assert again.program.session.draft.text == "the first, and on"


# At the start


@pytest.mark.parametrize("left", [b"", b"no lock at all\n", b"\0" * 4_096])
def test_a_lock_file_left_by_a_power_cut_bars_no_start(
    start: Start, folder: Path, left: bytes
) -> None:
    folder.mkdir()
    lock = folder / "dingcomposer.lock"
    lock.write_bytes(left)
    person = start()
    person.write_text("hello")
    assert person.send().status is Status.DELIVERED
    person.program.shut_down()
    assert not lock.exists()


def test_a_program_that_does_not_answer_is_named_with_the_way_out(
    start: Start, folder: Path
) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from dingcomposer.storage.folder_lock import FolderLock\n"
        "FolderLock(Path(sys.argv[1])).acquire()\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    folder.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", script, str(folder / "dingcomposer.lock")],
        cwd=Path(__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(AlreadyOpen, match=rf"does not answer.*{other.pid}.*\n.*--data-dir"):
            start()
        other.communicate("")


@on_posix
def test_a_lock_that_is_no_file_is_told_with_its_folder(start: Start, folder: Path) -> None:
    (folder / "dingcomposer.lock").mkdir(parents=True)
    with pytest.raises(StartError, match=f"{folder}.*dingcomposer.lock"):
        start()


@on_posix
def test_a_pipe_in_the_place_of_the_database_is_told_and_not_waited_for(
    start: Start, folder: Path
) -> None:
    folder.mkdir()
    os.mkfifo(database_in(folder))
    with pytest.raises(StartError, match="no file") as caught:
        start()
    assert str(database_in(folder)) in str(caught.value)
    assert not (folder / "dingcomposer.lock").exists()


@on_posix
def test_a_start_without_a_handle_blames_neither_the_folder_nor_its_drive(folder: Path) -> None:
    told = folder_sentence(folder, errno.EMFILE)
    assert "no handles are left" in told
    assert str(folder) not in told


@on_posix
def test_a_folder_that_may_only_be_read_is_told_as_such(start: Start) -> None:
    folder = Path(tempfile.mkdtemp())  # below tmp_path nobody but its owner gets in
    try:
        for name in ("config", "logs", "cache"):
            (folder / name).mkdir()
        folder.chmod(0o555)
        with unprivileged(), pytest.raises(StartError, match=rf"{folder} may only be read"):
            start(data_dir=folder)
    finally:
        shutil.rmtree(folder)


@contextmanager
def unprivileged() -> Iterator[None]:
    """As somebody to whom the permissions apply."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


@contextmanager
def small_disk(at: Path) -> Iterator[Callable[[], None]]:
    """A disk of a few pages; call what it gives to fill it."""
    at.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(at)]
    try:
        done = subprocess.run(mount, check=False, capture_output=True)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if done.returncode:
        pytest.skip("this system lets nobody mount")

    def fill() -> None:
        with suppress(OSError), (at / "filling").open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 4_096)

    try:
        yield fill
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


@on_posix
def test_a_disk_that_is_full_at_the_start_is_told_as_such(start: Start, folder: Path) -> None:
    with small_disk(folder) as fill:
        fill()
        with pytest.raises(StartError, match="disk is full") as caught:
            start()
        assert str(folder) in str(caught.value)
        (folder / "filling").unlink()
        assert not (folder / "dingcomposer.lock").exists()


# Without a log, without settings


def test_neither_log_nor_settings_nor_cache_are_needed(start: Start, folder: Path) -> None:
    folder.mkdir()
    for name in ("config", "logs", "cache"):
        (folder / name).write_text("in the way")
    person = start()
    person.write_text("hello")
    assert person.send().status is Status.DELIVERED
    person.program.shut_down()
    assert not (folder / "dingcomposer.lock").exists()


@on_posix
def test_pipes_in_the_place_of_log_and_settings_are_not_waited_for(
    start: Start, folder: Path
) -> None:
    for name in ("config/dingcomposer.ini", "logs/dingcomposer.log"):
        (folder / name).parent.mkdir(parents=True)
        os.mkfifo(folder / name)
    person = start()
    person.write_text("hello")
    assert person.send().status is Status.DELIVERED
    person.program.shut_down()
    assert (folder / "config" / "dingcomposer.ini").is_fifo()


@on_posix
@pytest.mark.parametrize("name", ["logs", "config"])
def test_a_full_disk_of_log_or_settings_changes_nothing_about_the_end(
    start: Start, folder: Path, name: str
) -> None:
    with small_disk(folder / name) as fill:
        person = start(is_debug=True)
        fill()
        person.write_text("hello")
        assert person.send().status is Status.DELIVERED
        person.program.shut_down()
        assert not (folder / "dingcomposer.lock").exists()
        person = start(is_debug=True)
        person.program.shut_down()


def test_a_log_folder_that_is_deleted_is_made_anew(start: Start, folder: Path) -> None:
    person = start()
    shutil.rmtree(folder / "logs")
    person.program.shut_down()
    person = start()
    person.program.shut_down()
    assert (folder / "logs" / "dingcomposer.log").exists()
