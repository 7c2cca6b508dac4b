"""What a desktop on Linux finds the program by, below a folder such as /usr.

Desktop file, AppStream metadata with the releases of the changelog, icons in all sizes, file types,
man page and the completions of the shells.
"""

import gzip
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from release import icons
from release.project import NAME, Project, need, run

_HEADING = re.compile(
    r"^## (?:\[?(?P<version>\d[\w.]*)\]?(?: [-–] (?P<date>\d{4}-\d\d-\d\d))?|Unreleased)",
    re.MULTILINE,
)
_MOST_ITEMS = 12


def install(project: Project, usr: Path, python: Path) -> None:
    """Put all of it below `usr`; `python` is of an environment that can run the commands."""
    share = usr / "share"
    linux = project.source / "packaging" / "linux"
    _copy(linux / f"{NAME}.desktop", share / "applications" / f"{NAME}.desktop")
    _copy(linux / f"{NAME}.mime.xml", share / "mime" / "packages" / f"{NAME}.xml")
    metainfo = share / "metainfo" / f"{NAME}.metainfo.xml"
    _write(metainfo, filled(project, linux / f"{NAME}.metainfo.xml"))
    drawn = icons.make(project)
    for size in icons.SIZES:
        place = share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / f"{NAME}.png"
        _copy(drawn / f"{size}.png", place)
    svg = project.source / "resources" / "icons" / f"{NAME}.svg"
    _copy(svg, share / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg")
    compress(filled(project, linux / f"{NAME}.1"), share / "man" / "man1" / f"{NAME}.1.gz")
    places = {
        "bash": share / "bash-completion" / "completions" / NAME,
        "zsh": share / "zsh" / "vendor-completions" / f"_{NAME}",
        "fish": share / "fish" / "vendor_completions.d" / f"{NAME}.fish",
    }
    for shell, place in places.items():
        said = run(
            [python, "-m", NAME, "completion", shell],
            env={**project.environ, "PYTHONPATH": str(project.source)},
        )
        _write(place, said)


def validate(project: Project, usr: Path) -> None:
    """Let the desktop's own tools look at what `install` made. Raises Trouble."""
    need("desktop-file-validate", "desktop-file-utils")
    need("appstreamcli", "appstream")
    run(["desktop-file-validate", usr / "share" / "applications" / f"{NAME}.desktop"])
    run(
        [
            *("appstreamcli", "validate", "--no-net", "--explain"),
            usr / "share" / "metainfo" / f"{NAME}.metainfo.xml",
        ],
        env=project.environ,
    )


def filled(project: Project, template: Path) -> str:
    """The file's text with the version, the day, the page and the releases put in."""
    date = datetime.fromtimestamp(project.epoch, UTC)
    words = {
        "@VERSION@": project.version,
        "@DATE@": f"{date:%Y-%m-%d}",
        "@ADDRESS@": project.address,
        "@ID@": identifier(project.address),
        "@RELEASES@": releases(
            (project.source / "CHANGELOG.md").read_text(encoding="utf-8"),
            project.version,
            f"{date:%Y-%m-%d}",
        ),
    }
    text = template.read_text(encoding="utf-8")
    for name, value in words.items():
        text = text.replace(name, value)
    return text


def releases(changelog: str, version: str, date: str) -> str:
    """AppStream's entries for the releases of a changelog, the newest first.

    What is unreleased there is `version`, of `date`, unless that is released already: then it is
    left out. Of each, the first items are named.
    """
    found = list(_HEADING.finditer(changelog))
    is_released = version in {heading["version"] for heading in found}
    entries = []
    for heading, following in zip(found, [*found[1:], None], strict=True):
        if heading["version"] is None and is_released:
            continue
        body = changelog[heading.end() : following.start() if following else None]
        items = re.findall(r"^- (.+)$", body, re.MULTILINE)
        told = "".join(f"<li>{escape(_plain(item))}</li>" for item in items[:_MOST_ITEMS])
        described = f"<description><ul>{told}</ul></description>" if told else ""
        entries.append(
            f'<release version="{heading["version"] or version}" date="{heading["date"] or date}">'
            f"{described}</release>"
        )
    return "\n    ".join(entries)


def identifier(address: str) -> str:
    """The program's name in AppStream, and macOS: the host of its page backwards, and its own."""
    host = urlsplit(address).hostname or "localhost"
    return ".".join([*reversed(host.split(".")), "DingComposer"])


def compress(text: str, place: Path) -> None:
    """Write a text as gzip does with -n: no name and no hour in it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


def _plain(item: str) -> str:
    """An item of the changelog without its markdown, its first sentence."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", item)
    text = text.replace("**", "").replace("`", "")
    return re.split(r"(?<=[.:;]) ", text, maxsplit=1)[0].rstrip(":;")


def _copy(source: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, place)


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
