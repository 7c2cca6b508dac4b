"""What the two READMEs promise is there: commands, options, words, folders, links and pictures."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path, PureWindowsPath
from xml.etree import ElementTree

import pytest

import bench
import dev
import package
from dingcomposer import __main__ as program
from dingcomposer import paths
from dingcomposer.cli.commands import commands
from dingcomposer.sandbox import __main__ as sandbox

ROOT = Path(__file__).parent.parent
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"
each_readme = pytest.mark.parametrize("readme", [ENGLISH, CHINESE], ids=lambda path: path.name)

FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
INLINE_CODE = re.compile(r"`([^`\n]+)`")
PAGES = [ENGLISH, CHINESE, ROOT / "CONTRIBUTING.md"]
PICTURE_BYTES = 150_000


def text_of(readme: Path) -> str:
    return readme.read_text(encoding="utf-8")


def prose_of(readme: Path) -> str:
    return FENCED.sub("", text_of(readme))


def headings(readme: Path) -> list[tuple[str, str]]:
    """Each heading's signs and words, in order."""
    return HEADING.findall(prose_of(readme))


def section(readme: Path, number: int) -> str:
    """What stands below the heading of that number, counted from 0 over all levels."""
    level, words = headings(readme)[number]
    return text_of(readme).partition(f"\n{level} {words}\n")[2].partition("\n## ")[0]


def number_of(english_words: str) -> int:
    return [words for _, words in headings(ENGLISH)].index(english_words)


def help_of(
    main: Callable[[Sequence[str]], object], capsys: pytest.CaptureFixture[str]
) -> set[str]:
    """The options that a command line offers."""
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    return set(OPTION.findall(capsys.readouterr().out))


def options_of_commands(capsys: pytest.CaptureFixture[str]) -> set[str]:
    """The options that all the commands together offer."""
    found: set[str] = set()
    names = [(one,) for one in program.COMMANDS if one != "sandbox"]  # it takes its own options
    for name in (*names, ("robots", "export"), ("robots", "import")):
        found |= help_of(lambda words, name=name: commands([*name, *words]), capsys)  # type: ignore[misc]
    return found


# Commands and options


@each_readme
def test_every_option_that_is_named_exists(
    readme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = (
        help_of(lambda words: program.main(list(words)), capsys)
        | help_of(sandbox.main, capsys)
        | help_of(bench.main, capsys)
        | help_of(lambda words: package.main(list(words)), capsys)
        | options_of_commands(capsys)
        | set(OPTION.findall(dev.USAGE))
        | {"--strict"}  # mypy's
    )
    named = set(OPTION.findall(text_of(readme)))
    assert named
    assert named <= known


@each_readme
def test_every_option_of_the_program_is_named_in_its_own_place(
    readme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    offered = help_of(lambda words: program.main(list(words)), capsys)
    assert set(OPTION.findall(section(readme, number_of("Command line")))) == offered


@each_readme
def test_every_command_is_named_with_options_that_it_has(
    readme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = section(readme, number_of("From a script"))
    assert set(re.findall(r"^\| `([^|]+)` \|", told, re.MULTILINE)) == {
        "send",
        "check",
        "preview",
        "templates",
        "schedule",
        "history",
        "robots",
        "verify",
        "sandbox",
        "completion",
    }
    assert set(OPTION.findall(told)) <= options_of_commands(capsys) | {"--help"}


@each_readme
def test_every_option_of_the_sandbox_is_named_in_its_own_place(
    readme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    offered = help_of(sandbox.main, capsys)
    assert set(OPTION.findall(section(readme, number_of("The sandbox by itself")))) == offered


@each_readme
def test_every_command_of_dev_that_is_named_exists_and_all_are_named(readme: Path) -> None:
    offered = set(re.findall(r"^  ([a-z]+) ", dev.USAGE, re.MULTILINE))
    named = set(re.findall(r"dev\.py ([a-z]+)", text_of(readme)))
    assert "run" in offered
    assert named == offered


# Links, pictures, files


@each_readme
def test_every_local_link_and_picture_is_there(readme: Path) -> None:
    anchors = {anchor_of(words) for _, words in headings(readme)}
    targets = LINK.findall(prose_of(readme))
    assert targets
    for target in targets:
        if target.startswith("#"):
            assert target[1:] in anchors, target
        elif "://" not in target:
            assert (ROOT / target).is_file(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_file_of_the_project_that_is_named_is_there(page: Path) -> None:
    top = {path.name for path in ROOT.iterdir()} - {"build", ".venv"}
    named = [code.replace("\\", "/") for code in INLINE_CODE.findall(prose_of(page))]
    files = [word for code in named for word in code.split() if word.partition("/")[0] in top]
    assert "packaging/dev.py" in files
    assert [file for file in files if not (ROOT / file).exists()] == []


@each_readme
def test_the_drawn_folders_are_there(readme: Path) -> None:
    tree = next(block for block in FENCED.findall(text_of(readme)) if "core/" in block)
    drawn = re.findall(r"^( *)([\w./]+)  ", tree, re.MULTILINE)
    assert any(len(indent) == 4 for indent, _ in drawn), "the rooms of the window are drawn too"
    folders = [ROOT]
    for indent, name in drawn:
        depth = len(indent) // 2
        here = folders[depth] / name
        assert here.exists(), here
        folders[depth + 1 :] = [here]


@each_readme
def test_every_folder_of_the_window_is_drawn(readme: Path) -> None:
    tree = next(block for block in FENCED.findall(text_of(readme)) if "core/" in block)
    drawn = set(re.findall(r"^    (\w+)/  ", tree, re.MULTILINE))
    there = {path.parent.name for path in (ROOT / "dingcomposer" / "ui").glob("*/__init__.py")}
    assert there
    assert drawn >= there


def test_no_picture_is_heavy() -> None:
    pictures = list((ROOT / "packaging" / "screenshots").iterdir())
    assert pictures
    assert [one.name for one in pictures if one.stat().st_size >= PICTURE_BYTES] == []


def test_every_picture_is_shown() -> None:
    shown = text_of(ENGLISH) + text_of(CHINESE)
    for picture in (ROOT / "packaging" / "screenshots").iterdir():
        assert f"packaging/screenshots/{picture.name}" in shown


# One page in two languages


def test_both_have_the_same_headings() -> None:
    assert [level for level, _ in headings(ENGLISH)] == [level for level, _ in headings(CHINESE)]


def test_both_say_the_same_in_code() -> None:
    def code(readme: Path) -> list[str]:
        return sorted(INLINE_CODE.findall(prose_of(readme)))

    assert code(ENGLISH) == code(CHINESE)


def test_both_lead_to_each_other() -> None:
    assert CHINESE.name in LINK.findall(text_of(ENGLISH))
    assert ENGLISH.name in LINK.findall(text_of(CHINESE))


# The program's own words and folders


def test_the_words_in_bold_are_those_of_the_window() -> None:
    catalogue = ElementTree.parse(ROOT / "resources" / "i18n" / "dingcomposer_zh_CN.ts").getroot()
    for readme, language in ((ENGLISH, "source"), (CHINESE, "translation")):
        known = [label(message.findtext(language, "")) for message in catalogue.iter("message")]
        words = in_bold(readme)
        assert words
        assert [one for one in words if not any(each.fullmatch(one) for each in known)] == []


@each_readme
@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_the_folders_are_the_programs_own(
    readme: Path, platform: str, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name)
    told = section(readme, number_of("What is stored where"))
    places = paths.places(platform=platform)
    for place in (places.data, places.config, places.logs):
        assert f"`~/{place.relative_to(own_folders).as_posix()}`" in told


@each_readme
def test_the_folders_on_windows_are_the_programs_own(
    readme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = PureWindowsPath(r"C:\Users\王芳\AppData\Local")
    monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", str(local))
    told = section(readme, number_of("What is stored where"))
    places = paths.places(platform="win32")
    for place in (places.data, places.config, places.logs):
        inside = PureWindowsPath(str(place)).relative_to(local)
        assert f"`%LOCALAPPDATA%\\{inside}`" in told


def anchor_of(heading: str) -> str:
    """As GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def in_bold(readme: Path) -> list[str]:
    """What is set in bold and is no sentence or label of the page's own."""
    found = re.findall(r"\*\*(.+?)\*\*", prose_of(readme))
    own = (".", ":", "：", "。")
    return [words for words in found if not words.endswith(own)]


def label(text: str) -> re.Pattern[str]:
    """Fits a text of the window without its marks, with any name for each placeholder."""
    words = re.sub(r"\(&\w\)|&", "", text).removeprefix("+ ").removesuffix("…")
    return re.compile(".+".join(map(re.escape, re.split(r"\{\w+\}", words))))
