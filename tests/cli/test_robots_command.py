"""`robots`: listed, carried out sealed or plain, and read back on a bare machine."""

import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from dingcomposer.cli import engine_session
from dingcomposer.cli.answers import ExitCode
from dingcomposer.core.contacts import Contact
from dingcomposer.core.robot import Stage
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.services.engine import DATABASE_NAME, EngineOptions
from dingcomposer.storage.database import Database
from dingcomposer.storage.robot_lists import RobotListStore
from dingcomposer.storage.secrets import no_keyring
from tests.fakes.fake_keyring import FakeKeyring
from tests.fakes.terminal import Terminal, told

HOOK = "https://oapi.dingtalk.com/robot/send?access_token="
PASSPHRASE = "correct horse 电池"


@pytest.fixture
def bare(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Terminal]:
    """Another computer: nothing in its data folder, nothing in its keyring."""

    def switch() -> Terminal:
        ring = FakeKeyring({})
        options = partial(EngineOptions, find_keyring=lambda: ring)
        monkeypatch.setattr(engine_session, "EngineOptions", options)
        return Terminal(tmp_path / "bare", terminal.server, ring)

    return switch


def fill(terminal: Terminal) -> None:
    terminal.environ["PASS"] = PASSPHRASE
    terminal.add_robot(Stage.TEST, "上海", "r-1")
    terminal.add_robot(Stage.TEST, "杭州", "r-2")
    terminal.add_contacts(Contact("张三", "13800000000"))
    database = Database(terminal.data_dir / DATABASE_NAME)
    RobotListStore(database).replace([RobotList("l-1", "所有分店", ("r-2", "r-1"), gap_s=0.5)])
    database.close()


def test_a_sealed_file_restores_a_bare_machine_which_sends_at_once(
    terminal: Terminal, bare: Callable[[], Terminal], tmp_path: Path
) -> None:
    fill(terminal)
    path = str(tmp_path / "all.dingcomposer")
    out = terminal.run("robots", "export", path, "--passphrase-env", "PASS")
    assert out.exit_code == ExitCode.DELIVERED, out.output
    assert "1 lists" in out.stderr
    other = bare()
    other.environ["PASS"] = PASSPHRASE
    into = other.run("robots", "import", path, "--passphrase-env", "PASS", "--yes", "--json")
    assert into.exit_code == ExitCode.DELIVERED, into.output
    assert told(into)["written"] == {
        "new robots": 2,
        "changed robots": 0,
        "lists": 1,
        "templates": 0,
        "contacts": 1,
        "schedules": 0,
    }
    sent = other.run("send", "--list", "所有分店", "--text", "搬好了", "--json")
    assert sent.exit_code == ExitCode.DELIVERED, sent.output
    assert [one["robot"] for one in told(sent)["sends"]] == ["杭州", "上海"]
    assert len(terminal.server.exchanges()) == 2
    again = other.run("robots", "import", path, "--passphrase-env", "PASS", "--yes")
    assert "Nothing in it is new here." in again.stderr


def test_a_plain_file_has_no_secret_and_neither_has_anything_that_is_said(
    terminal: Terminal, tmp_path: Path
) -> None:
    fill(terminal)
    path = tmp_path / "plain.dingcomposer"
    result = terminal.run("robots", "export", str(path))
    assert result.exit_code == ExitCode.DELIVERED
    assert "without webhooks" in result.stderr
    sealed = terminal.run("robots", "export", str(tmp_path / "s"), "--passphrase-env", "PASS")
    look = terminal.run(
        "--verbose",
        "robots",
        "import",
        str(tmp_path / "s"),
        "--passphrase-env",
        "PASS",
        "--dry-run",
    )
    assert look.exit_code == ExitCode.DELIVERED, look.output
    for secret in (terminal.server.access_token, terminal.server.secret, PASSPHRASE):
        assert secret not in result.output + sealed.output + look.output
        assert secret.encode() not in path.read_bytes()
        for file in terminal.data_dir.rglob("*"):
            assert not file.is_file() or secret.encode() not in file.read_bytes(), file


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (b"PK", "it is no file of DingComposer's"),
        (b"age-encryption.org/v1\n-> scrypt", "its end is missing"),
        (b"age-encryption.org/v9\n", "a newer version has written it"),
        (b'{"format": "dingcomposer-bundle", "version": 2}', "a newer version has written it"),
        (b'{"format": "dingcomposer-bundle", "version": 1, "sec', "its end is missing"),
    ],
)
def test_a_file_that_is_no_bundle_is_a_sentence_and_a_usage_error(
    terminal: Terminal, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "x.dingcomposer"
    path.write_bytes(content)
    result = terminal.run("robots", "import", str(path), "--yes")
    assert result.exit_code == ExitCode.USAGE
    assert words in result.stderr
    missing = terminal.run("robots", "import", str(tmp_path / "nowhere.dingcomposer"))
    assert (missing.exit_code, "it cannot be read" in missing.stderr) == (ExitCode.USAGE, True)


def test_where_nothing_can_be_sealed_the_command_says_so(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(terminal)
    monkeypatch.setitem(sys.modules, "pyrage", None)  # an import fails, as on Windows on ARM
    path = tmp_path / "x.dingcomposer"
    sealed = terminal.run("robots", "export", str(path), "--passphrase-env", "PASS")
    assert sealed.exit_code == ExitCode.CONFIGURATION
    assert "which Windows on ARM lacks" in sealed.stderr
    assert not path.exists()


def test_passphrases_come_from_a_variable_or_a_file_and_wrong_ones_are_told(
    terminal: Terminal, tmp_path: Path
) -> None:
    fill(terminal)
    terminal.environ |= {"SHORT": "abc", "OTHER": "another passphrase"}
    path = str(tmp_path / "x.dingcomposer")
    short = terminal.run("robots", "export", path, "--passphrase-env", "SHORT")
    assert (short.exit_code, "8 characters" in short.stderr) == (ExitCode.USAGE, True)
    unset = terminal.run("robots", "export", path, "--passphrase-env", "NOT_THERE")
    assert unset.exit_code == ExitCode.CONFIGURATION
    nobody = terminal.run("robots", "export", path, "--sealed")
    assert (nobody.exit_code, "nobody is here" in nobody.stderr) == (ExitCode.USAGE, True)
    word = tmp_path / "word"
    word.write_text(f"{PASSPHRASE}\nmore\n", encoding="utf-8")
    assert not Path(path).exists()
    out = terminal.run("robots", "export", path, "--passphrase-file", str(word))
    assert out.exit_code == ExitCode.DELIVERED, out.output
    twice = terminal.run("robots", "export", path)
    assert (twice.exit_code, "--force" in twice.stderr) == (ExitCode.USAGE, True)
    wrong = terminal.run("robots", "import", path, "--passphrase-env", "OTHER", "--yes")
    assert (wrong.exit_code, "is not the one" in wrong.stderr) == (ExitCode.USAGE, True)
    right = terminal.run("robots", "import", path, "--passphrase-file", str(word), "--yes")
    assert right.exit_code == ExitCode.DELIVERED


def test_a_table_is_looked_at_row_by_row_and_imported_with_a_tag(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.data_dir.mkdir()
    path = tmp_path / "hooks.csv"
    lines = ["名称,Webhook,密钥", f"上海,{HOOK}{'a' * 64},", f"杭州,{HOOK}{'a' * 64},", "坏,无,"]
    path.write_bytes("\n".join(lines).encode("gb18030"))
    dry = terminal.run("robots", "import", str(path), "--dry-run", "--json")
    assert [one["state"] for one in told(dry)["rows"]] == ["new", "twice", "bad"]
    assert terminal.run("robots", "list").stdout.count("\n") == 1, "the sandbox alone"
    nobody = terminal.run("robots", "import", str(path))
    assert nobody.exit_code == ExitCode.USAGE
    done = terminal.run("robots", "import", str(path), "--yes", "--tag", "门店")
    assert done.exit_code == ExitCode.DELIVERED, done.output
    assert "already belongs to 上海" in done.stderr
    (robot,) = [one for one in told(terminal.run("robots", "--json"))["robots"] if one["has_token"]]
    assert (robot["name"], robot["tags"]) == ("上海", ["门店"])
    assert "a" * 64 not in done.output + dry.output


def test_a_foreign_host_needs_a_word(terminal: Terminal, tmp_path: Path) -> None:
    terminal.data_dir.mkdir()
    path = tmp_path / "hooks.json"
    hook = f"https://ding.corp.example/robot/send?access_token={'a' * 64}"
    path.write_text(json.dumps({"自建": hook}), encoding="utf-8")
    result = terminal.run("robots", "import", str(path), "--yes")
    assert result.exit_code == ExitCode.CONFIGURATION
    assert "ding.corp.example" in result.stderr
    allowed = terminal.run(
        "robots", "import", str(path), "--yes", "--allow-host", "ding.corp.example"
    )
    assert allowed.exit_code == ExitCode.DELIVERED, allowed.output


def test_without_a_keyring_nothing_is_imported(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = partial(EngineOptions, find_keyring=no_keyring)
    monkeypatch.setattr(engine_session, "EngineOptions", options)
    path = tmp_path / "hooks.json"
    path.write_text(json.dumps({"上海": HOOK + "a" * 64}), encoding="utf-8")
    terminal.data_dir.mkdir()
    result = terminal.run("robots", "import", str(path), "--yes")
    assert result.exit_code == ExitCode.CONFIGURATION
    assert "no keyring" in result.stderr
    assert "上海" not in terminal.run("robots", "list").stdout


def test_a_file_that_is_neither_table_nor_bundle(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"no workbook")
    terminal.data_dir.mkdir()
    result = terminal.run("robots", "import", str(path), "--yes")
    assert (result.exit_code, "neither a table" in result.stderr) == (ExitCode.USAGE, True)


def test_lists_are_listed_with_who_is_in_them(terminal: Terminal) -> None:
    fill(terminal)
    assert terminal.run("robots", "lists").stdout == "所有分店 (gap 0.5 s): 杭州, 上海\n"
    (found,) = told(terminal.run("robots", "lists", "--json"))["lists"]
    assert [one["name"] for one in found["robots"]] == ["杭州", "上海"]


def test_neither_the_seal_nor_qt_is_loaded_for_the_help() -> None:
    script = (
        "import sys\n"
        "from dingcomposer.__main__ import run\n"
        "try: run(['robots', 'import', '--help'])\n"
        "except SystemExit: pass\n"
        "assert not {'pyrage', 'PySide6', 'keyring'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
