"""The command line: `python -m dingcomposer`, or `dingcomposer`."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import dingcomposer
from dingcomposer import paths, process
from dingcomposer.compiled import CompiledModules

if TYPE_CHECKING:
    import argparse

    from dingcomposer import app
    from dingcomposer.core.checks.problems import Problem
    from dingcomposer.services.translations import Language
    from dingcomposer.ui.preview.unattended import MessageRenderer

COMMANDS = (
    *("send", "check", "preview", "history", "robots", "templates", "schedule"),
    *("verify", "sandbox", "completion"),
)
"""What runs without a window; `dingcomposer.cli.commands` knows where."""
_COMPLETION = "_DINGCOMPOSER_COMPLETE"
_HELP = {"-h", "--help", "completion"}
_WINDOW_ONLY = ("--language", "--theme", "--tour")


def run(arguments: list[str] | None = None) -> NoReturn:
    """What the installed command starts: a command, or `main`, after which the process ends."""
    process.settle_streams()
    given = sys.argv[1:] if arguments is None else arguments
    if _COMPLETION in os.environ or is_command(given):
        process.end(_run_command(given))
    options = _parser().parse_args(arguments)
    if options.tour is not None:
        sys.exit(_play_tour(options))
    process.end(_run_window(options))


def _run_command(arguments: list[str]) -> int:
    """Run a command; its exit code."""
    if not (_HELP & {*arguments} or _COMPLETION in os.environ):
        process.forbid_core_files()
        process.forbid_dumps()
        process.hasten_imports()  # with Qt's own, for which help need not wait
    from dingcomposer.cli import commands

    try:
        commands.main(arguments, _make_renderer, problem_words)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Start the program, or play the tour; the exit status. `run` knows the commands too."""
    options = _parser().parse_args(arguments)
    return _run_window(options) if options.tour is None else _play_tour(options)


def is_command(arguments: list[str]) -> bool:
    """Whether one of the commands is meant, which may stand behind the options of all of them.

    A word that looks like one and is no file's name is one that was mistyped: no window is opened
    for it, where a script may be running.
    """
    words = iter(arguments)
    for word in words:
        if word == "--data-dir":
            next(words, None)
        elif not word.startswith("-"):
            is_word = word.isascii() and word.islower() and word.replace("-", "").isalpha()
            return word in COMMANDS or (is_word and not paths.is_there(Path(word)))
        elif word in _WINDOW_ONLY:
            return False
    return False


def problem_words(problem: "Problem") -> str:
    """What a check found, for a command: the field and the window's sentence, in English."""
    from dingcomposer.ui.texts.problems import field_label, problem_sentence

    return f"{field_label(problem.field)}: {problem_sentence(problem)}"


def _make_renderer(data_dir: Path | None) -> "MessageRenderer":
    """What draws for `preview`, the one command that needs Qt's widgets: a bubble is made of them.

    Where no screen is needed to draw as on one, none is asked for.
    """
    if sys.platform not in ("win32", "darwin"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from dingcomposer.runtime import log_message, make_application
    from dingcomposer.services.settings import Settings
    from dingcomposer.ui.preview.unattended import MessageRenderer

    settings = Settings(paths.places(data_dir).config / "dingcomposer.ini")
    return MessageRenderer(make_application(sys.argv[:1]), settings, log_message=log_message)


def _play_tour(options: "argparse.Namespace") -> int:
    from dingcomposer.tour import play

    return play.play(
        options.tour, language=options.language, theme=options.theme, pace=options.pace
    )


def _run_window(options: "argparse.Namespace") -> int:
    compiled = CompiledModules()
    compiled.use()
    process.hasten_imports()
    from dingcomposer import app
    from dingcomposer.runtime import (
        AlreadyOpen,
        DamagedDatabase,
        StartError,
        close_application,
        make_application,
    )
    from dingcomposer.services.settings import ThemeName
    from dingcomposer.services.translations import Language

    process.forbid_core_files()
    application = make_application(sys.argv[:1])
    chosen = app.Options(
        data_dir=options.data_dir,
        file=options.file.absolute() if options.file else None,
        language=Language(options.language) if options.language else None,
        theme=ThemeName(options.theme) if options.theme else None,
        is_debug=options.debug,
        is_in_tray=options.in_tray,
    )
    try:
        try:
            program = app.build(application, chosen)
        except DamagedDatabase as damaged:
            if not _is_seen() or not _finds_way_back(damaged.path, damaged.language):
                return _refuse(damaged, chosen, is_known=_is_seen())
            program = app.build(application, chosen)
    except AlreadyOpen as already:
        if already.was_raised:
            print(already)
            return 0
        return _refuse(already, chosen)
    except StartError as error:
        return _refuse(error, chosen)
    application.file_opened.connect(program.instance.raised)
    program.window.painted.connect(process.forbid_dumps)
    status = program.run()
    close_application(application)
    compiled.keep()
    return status


def _is_seen() -> bool:
    """Whether a person would see a question."""
    return os.environ.get("QT_QPA_PLATFORM") != "offscreen"


def _finds_way_back(path: Path, language: "Language") -> bool:
    from dingcomposer.ui.help.launcher import read_guide
    from dingcomposer.ui.history.backup_form import ask_at_the_start

    return ask_at_the_start(path, language, read_guide)


def _refuse(error: Exception, options: "app.Options", *, is_known: bool = False) -> int:
    """Say why the program cannot start, where a person will see it, if that is not known yet."""
    with suppress(OSError):  # it may lead to a full disk
        print(error, file=sys.stderr)
    if _is_seen() and not is_known:
        from dingcomposer.services.settings import LANGUAGE, Settings
        from dingcomposer.ui.help.launcher import tell_at_the_start

        settings = Settings(paths.places(options.data_dir).config / "dingcomposer.ini")
        tell_at_the_start(str(error), options.language or settings.value(LANGUAGE))
    return 1


def _parser() -> "argparse.ArgumentParser":
    import argparse  # the commands have a parser of their own

    parser = argparse.ArgumentParser(
        prog="dingcomposer",
        description="Write a message for a DingTalk group robot, see it, send it, prove it.",
        epilog=f"Without a window: dingcomposer {{{','.join(COMMANDS)}}} --help",
    )
    parser.add_argument(
        "--version", action="version", version=f"DingComposer {dingcomposer.__version__}"
    )
    parser.add_argument(
        "--data-dir",
        type=Path,
        metavar="DIR",
        help=f"keep everything in this folder (default: {paths.places().data})",
    )
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="open a message (.dingmsg), a template (.template.json) or any other file",
    )
    parser.add_argument("--language", choices=("en", "zh_CN"), help="for this run only")
    parser.add_argument("--theme", choices=("light", "dark"), help="for this run only")
    parser.add_argument(
        "--in-tray", action="store_true", help="start in the tray, without showing the window"
    )
    parser.add_argument("--debug", action="store_true", help="write a more talkative log")
    parser.add_argument(
        "--tour",
        type=Path,
        metavar="DIR",
        help="play a tour through the real window, with a picture of each step in DIR",
    )
    parser.add_argument(
        "--pace",
        type=float,
        default=1.0,
        metavar="N",
        help="play the tour's first minute N times as fast as a person is; it counts the same",
    )
    return parser


if __name__ == "__main__":
    run()
