#!/usr/bin/env python3
"""Set up, run, test, check and measure DingComposer: python3 packaging/dev.py COMMAND.

Needs nothing but Python 3.11 or later; the first command sets up the rest. This file must be
readable by older Pythons, so that it can say so to them: no newer syntax here.
"""

import sys

if sys.version_info < (3, 11):
    import shutil

    NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
    FOUND = [name for name in NEWER if shutil.which(name)]
    HELP = (
        f"There is a newer one here: {FOUND[0]} {' '.join(sys.argv)}"
        if FOUND
        else "Install Python 3.11 or later from python.org or with your system's package manager, "
        "and start this command with it."
    )
    VERSION = ".".join(map(str, sys.version_info[:3]))
    sys.exit(
        f"DingComposer needs Python 3.11 or later; this is {VERSION}, {sys.executable}. {HELP}"
    )

import os
import shutil
import subprocess
from pathlib import Path

import dev_system
from dev_console import Trouble, detail, listen, speak_in_any_encoding, step
from dev_display import Display, find_display
from dev_environment import Environment

PROJECT = Path(__file__).resolve().parent.parent
TOUR = PROJECT / "build" / "tour"
USAGE = """\
python3 packaging/dev.py COMMAND

  run [arguments]              start the program; without a screen, play its tour
  test [--long] [arguments]    run the tests; the arguments are pytest's
  check                        lint, formatting, types, import contracts, translations
  translate                    bring resources/i18n up to date with the sources
  package [--check]            make the packages in dist; try each in a clean root
  pictures                     take the pictures of windows in the guide anew
  bench [NAME …]               measure start, typing, sending and memory; "bench start" says
                               where the start's time goes

The environment is made in .venv; DINGCOMPOSER_VENV places it elsewhere.
"""
CHECKS = (
    ("ruff check", ["-m", "ruff", "check"]),
    ("ruff format", ["-m", "ruff", "format", "--check"]),
    ("mypy", ["-m", "mypy"]),
    (
        "import contracts",
        ["-c", "from importlinter.cli import lint_imports_command as main; main()"],
    ),
    ("translations", ["packaging/dev_translations.py", "check"]),
)


def main(arguments: list[str]) -> int:
    """Carry out a command. Returns the exit code."""
    speak_in_any_encoding()
    commands = {
        "run": run,
        "test": test,
        "check": check,
        "translate": translate,
        "pictures": pictures,
        "package": package,
        "bench": bench,
    }
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(USAGE, end="")
        return 0 if arguments else 2
    if arguments[0] not in commands:
        print(f"dev.py knows no command {arguments[0]!r}.\n\n{USAGE}", end="", file=sys.stderr)
        return 2
    try:
        return commands[arguments[0]](arguments[1:])
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """Start the program, or its tour where there is no screen."""
    display = find_display(os.environ, sys.platform)
    python = _prepared(for_screen=display.is_there)
    words = program_arguments(arguments, display)
    if not display.is_there:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        if words != arguments:
            step(f"There is no screen ({display.why_not}): playing the tour")
            detail(f"The pictures will be in {TOUR}")
    return _become([python, "-m", "dingcomposer", *words])


def program_arguments(arguments: list[str], display: Display) -> list[str]:
    """What the program is started with: without a screen, the tour, unless asked for otherwise."""
    asks_no_window = {"--tour", "--help", "-h", "--version"}.intersection(arguments)
    if display.is_there or asks_no_window:
        return arguments
    return ["--tour", str(TOUR), *arguments]


def test(arguments: list[str]) -> int:
    """Run the tests, without a screen."""
    python = _prepared()
    dev_system.prepare_tests(is_long="--long" in arguments)
    os.chdir(PROJECT)
    # The short tests draw the same examples each time: what fails there is a change's, not luck's.
    chosen = ["--hypothesis-profile=repeatable"]
    if "--long" in arguments:
        chosen = ["-m", "long or not long"]
    rest = [argument for argument in arguments if argument != "--long"]
    return _become([python, "-m", "pytest", *chosen, *rest])


def check(arguments: list[str]) -> int:
    """Run every check, and say of each how it went."""
    if arguments:
        raise Trouble("check takes no arguments.")
    python = _prepared()
    failed = []
    for name, command in CHECKS:
        outcome = listen([python, *command], cwd=PROJECT)
        step(f"{name}: {'ok' if outcome.returncode == 0 else 'FAILED'}")
        if outcome.returncode != 0:
            failed.append(name)
            print(outcome.output.rstrip(), flush=True)
    detail(f"Failed: {', '.join(failed)}" if failed else "All checks passed")
    return 1 if failed else 0


def translate(arguments: list[str]) -> int:
    """Take new texts into the translation files, and compile what is translated."""
    python = _prepared()
    return _become([python, PROJECT / "packaging" / "dev_translations.py", "update", *arguments])


def package(arguments: list[str]) -> int:
    """Make what people install, and try it."""
    python = _prepared()
    return _become([python, PROJECT / "packaging" / "package.py", *arguments])


def pictures(arguments: list[str]) -> int:
    """Take the guide's pictures of windows anew, in both languages."""
    if arguments:
        raise Trouble("pictures takes no arguments.")
    python = _prepared()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.chdir(PROJECT)
    for language in ("en", "zh_CN"):
        folder = PROJECT / "resources" / "guide" / language / "pictures"
        words = [python, "-m", "dingcomposer.tour.guide_pictures", folder, language]
        if (status := subprocess.call([str(word) for word in words])) != 0:
            return status
    return 0


def bench(arguments: list[str]) -> int:
    """Measure, as ratios to a floor measured beside."""
    display = find_display(os.environ, sys.platform)
    # Start and close are measured on a screen of Xvfb's where there is no other.
    has_xvfb = bool(shutil.which("Xvfb")) and dev_system.can_install()
    python = _prepared(for_screen=display.is_there or has_xvfb)
    if not display.is_there:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return _become([python, PROJECT / "packaging" / "bench.py", *arguments])


def _prepared(for_screen: bool = False) -> Path:
    """The environment's Python, with all it needs around it."""
    environment = Environment(PROJECT, os.environ, sys.platform)
    environment.prepare()
    os.environ["PYTHONPATH"] = environment.search_path(os.environ)
    dev_system.prepare(for_screen=for_screen)
    return environment.python


def _become(command: list[str | Path]) -> int:
    """Run the command in place of this process, where the system can; else as its child."""
    words = [str(word) for word in command]
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(words[0], words)
    return subprocess.call(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
