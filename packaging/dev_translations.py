"""Are the translations complete and up to date? And: bring them up to date.

    python packaging/dev_translations.py check|update

Runs in the project's environment, whose PySide6 brings lupdate and lrelease.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

PROJECT = Path(__file__).resolve().parent.parent
# English needs a file for its plurals only: its words are those of the source.
PLURALS_ONLY = "dingcomposer_en.ts"


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a translation file. The first three fields are what it is known by."""

    context: str
    source: str
    comment: str
    is_translated: bool

    @property
    def identity(self) -> tuple[str, str, str]:
        """What two files have in common where they hold the same text."""
        return (self.context, self.source, self.comment)


def faults(folder: Path, sources: Path) -> list[str]:
    """What is wrong with the translations in `folder`, one line each; empty if nothing.

    `sources` is the package whose texts they translate. Nothing in `folder` is changed.
    """
    files = sorted(folder.glob("*.ts"))
    if not files:
        return [f"There are no translations in {folder}"]
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        for file in files:
            fresh = Path(scratch) / file.name
            shutil.copy(file, fresh)
            extract(sources, fresh)
            old, new = texts(file), texts(fresh)
            known, wanted = {one.identity for one in old}, {one.identity for one in new}
            found += [
                f"{file.name}: not taken in yet: {_named(one)}" for one in sorted(wanted - known)
            ]
            found += [
                f"{file.name}: no longer used: {_named(one)}" for one in sorted(known - wanted)
            ]
            found += [
                f"{file.name}: not translated: {_named(one.identity)}"
                for one in old
                if not one.is_translated and one.identity in wanted
            ]
            compiled = file.with_suffix(".qm")
            compile_one(file, fresh.with_suffix(".qm"))
            if (
                not compiled.exists()
                or compiled.read_bytes() != fresh.with_suffix(".qm").read_bytes()
            ):
                found.append(f"{compiled.name}: not compiled from the {file.name} beside it")
    return found


def update(folder: Path, sources: Path) -> None:
    """Take new texts into every translation file, drop unused ones, and compile."""
    for file in sorted(folder.glob("*.ts")):
        extract(sources, file)
        compile_one(file, file.with_suffix(".qm"))


def texts(file: Path) -> list[Text]:
    """Every text in a translation file, in its order."""
    found = []
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = [] if translation is None else list(translation.iter("numerusform"))
            words = [form.text for form in forms] if forms else [getattr(translation, "text", None)]
            found.append(
                Text(
                    context=context.findtext("name", ""),
                    source=message.findtext("source", ""),
                    comment=message.findtext("comment", ""),
                    is_translated=translation is not None
                    and translation.get("type") is None
                    and all(words),
                )
            )
    return found


def extract(sources: Path, file: Path) -> None:
    """Let lupdate bring one translation file up to date with the sources."""
    modules = sorted(str(path) for path in sources.rglob("*.py"))
    only_plurals = ["-pluralonly"] if file.name == PLURALS_ONLY else []
    _qt_tool(
        "lupdate", *modules, "-locations", "none", "-no-obsolete", *only_plurals, "-ts", str(file)
    )


def compile_one(file: Path, compiled: Path) -> None:
    """Let lrelease compile one translation file. Unfinished texts stay English."""
    _qt_tool("lrelease", "-silent", str(file), "-qm", str(compiled))


def _named(identity: tuple[str, str, str]) -> str:
    context, source, comment = identity
    return f"{context}: {source!r}" + (f" ({comment})" if comment else "")


def _qt_tool(name: str, *arguments: str) -> None:
    # The scripts in the environment's bin folder break where the environment was moved.
    call = f"from PySide6.scripts.pyside_tool import {name}; {name}()"
    done = subprocess.run(
        [sys.executable, "-c", call, *arguments], check=False, capture_output=True, text=True
    )
    if done.returncode != 0:
        raise RuntimeError(f"{name} failed: {done.stdout}{done.stderr}")


def main(arguments: list[str]) -> int:
    """Carry out `check` or `update`. Returns the exit code."""
    folder, sources = PROJECT / "resources" / "i18n", PROJECT / "dingcomposer"
    if arguments == ["update"]:
        update(folder, sources)
    found = faults(folder, sources)
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
