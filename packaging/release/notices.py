"""Licences of all that the packages carry, gathered by pip-licenses, and the bill of materials.

`write` makes the folder `licences` of the bundle; `bill_of_materials` the CycloneDX file.
"""

import json
import platform
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from dev_console import Trouble
from release.bundle_contents import MODULES_LEFT_OUT
from release.project import NAME, Project, run

TOOLS = ("pip-licenses", "cyclonedx-bom")
ONLY_BUILDS = frozenset(
    ("pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "packaging", "pip", "setuptools")
)
"""What makes the bundle. Of it only PyInstaller's start code is inside, as its licence allows."""

_WITHOUT_TEXT = {
    # The package brings no text of its own: where it stands among those that are here.
    "PySide6_Essentials": "See LGPL-3.0.txt, GPL-3.0.txt and qt.txt in this folder.",
    "shiboken6": "See LGPL-3.0.txt, GPL-3.0.txt and qt.txt in this folder.",
    "chinesecalendar": "MIT, as its metadata says; the package brings no text.",
}
_BESIDE = """\
Beside the packages listed below, the bundle carries:

Python {python}
    Python Software Foundation License, python.txt in this folder
OpenSSL, on Windows and macOS; on Linux it is the system's
    Apache License 2.0, Apache-2.0.txt in this folder
ICU, as Qt brings it
    Unicode License, https://www.unicode.org/copyright.html
SQLite, zlib, bzip2 and XZ, on Windows and macOS; libffi, expat, libxkbcommon, XCB's helper
libraries, Brotli
    public domain, zlib, BSD or MIT licences
Microsoft's Visual C++ runtime, on Windows
    as Python and Qt hand it on, under Microsoft's terms for redistributable code
PyInstaller's start code, but for Windows' installer, which has Python's own
    GPL 2 with an exception that allows its use in programs of any licence

"""


def write(
    project: Project, folder: Path, python: Path, version: str = platform.python_version()
) -> None:
    """Gather every licence of the environment that `python` is of, and Qt's, into a folder.

    `version` is that of the Python that goes with it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((project.source / "packaging" / "licences").iterdir()):
        shutil.copyfile(path, folder / path.name)
    shutil.copyfile(project.source / "LICENSE", folder / f"{NAME}.txt")
    shutil.copyfile(_python_licence(), folder / "python.txt")
    entries = gathered(project, python)
    lines = [_BESIDE.format(python=version)]
    for entry in entries:
        lines += [
            "=" * 80,
            f"{entry['Name']} {entry['Version']}   {entry['License']}",
            entry["URL"],
            "",
            _text_of(entry),
            "",
        ]
        if entry.get("NoticeText", "UNKNOWN") != "UNKNOWN":
            lines += [entry["NoticeText"].strip(), ""]
    (folder / "notices.txt").write_text("\n".join(lines), encoding="utf-8")
    names = [
        {"name": entry["Name"], "version": entry["Version"], "license": entry["License"]}
        for entry in entries
    ]
    (folder / "dependencies.json").write_text(
        json.dumps(names, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def gathered(project: Project, python: Path) -> list[dict[str, str]]:
    """What pip-licenses says of each package that the bundle carries."""
    tools = project.environment("notices", TOOLS)
    said = run(
        [
            *(tools, "-m", "piplicenses", "--python", python, "--format=json", "--with-urls"),
            *("--with-license-file", "--with-notice-file", "--no-license-path"),
        ],
        env=project.environ,
    )
    left_out = {NAME} | ONLY_BUILDS | set(MODULES_LEFT_OUT)
    entries: list[dict[str, str]] = json.loads(said)
    kept = [entry for entry in entries if entry["Name"].lower() not in left_out]
    silent = [
        entry["Name"]
        for entry in kept
        if entry["LicenseText"] == "UNKNOWN" and entry["Name"] not in _WITHOUT_TEXT
    ]
    if silent:
        raise Trouble(f"No licence text came with {', '.join(silent)}: say what holds.")
    return sorted(kept, key=lambda entry: entry["Name"].lower())


def bill_of_materials(
    project: Project,
    python: Path,
    beside: Sequence[Mapping[str, object]],
    ending: str = "",
    version: str = platform.python_version(),
) -> Path:
    """The CycloneDX file of the same packages, and the components `beside` them, in `out`.

    Raises:
        Trouble: it is not what CycloneDX asks of such a file.
    """
    tools = project.environment("notices", TOOLS)
    said = run(
        [
            *(tools, "-m", "cyclonedx_py", "environment", python),
            *("--output-reproducible", "--of", "JSON"),
        ],
        env=project.environ,
    )
    bill = json.loads(said)
    left_out = {NAME} | ONLY_BUILDS | set(MODULES_LEFT_OUT)
    bill["components"] = [one for one in bill["components"] if one["name"].lower() not in left_out]
    kept = {one["bom-ref"] for one in bill["components"]}
    bill["dependencies"] = [
        {**one, "dependsOn": [name for name in one.get("dependsOn", ()) if name in kept]}
        for one in bill.get("dependencies", ())
        if one["ref"] in kept
    ]
    bill.setdefault("metadata", {})["component"] = {
        "type": "application",
        "bom-ref": NAME,
        "name": NAME,
        "version": project.version,
        "licenses": [{"license": {"id": "MIT"}}],
    }
    declared = {_plain(re.split(r"[^\w.-]", one)[0]) for one in project.about()["dependencies"]}
    direct = sorted(one["bom-ref"] for one in bill["components"] if _plain(one["name"]) in declared)
    within = {str(one["bom-ref"]): one for one in (*_within(bill["components"], version), *beside)}
    bill["dependencies"].insert(0, {"ref": NAME, "dependsOn": [*direct, *within]})
    bill["components"] += within.values()
    path = project.out / f"{NAME}-{project.version}{ending}.cdx.json"
    path.write_text(json.dumps(bill, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    run([tools, "-c", _VALIDATE, path], env=project.environ)
    return path


_VALIDATE = """\
import json, sys
from pathlib import Path
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
text = Path(sys.argv[1]).read_text(encoding="utf-8")
version = SchemaVersion.from_version(json.loads(text)["specVersion"])
if fault := JsonStrictValidator(version).validate_str(text):
    sys.exit(str(fault))
"""


def component(package: str, source: str, version: str, description: str) -> dict[str, object]:
    """A package of Debian's, as CycloneDX has it."""
    return {
        "type": "library",
        "bom-ref": f"pkg:deb/debian/{source}@{version}#{package}",
        "name": source,
        "version": version,
        "purl": f"pkg:deb/debian/{source}@{version}?arch=source",
        "description": description,
    }


def of_the_system(folder: Path) -> list[dict[str, object]]:
    """What the bundle in `folder` took from this Debian: the libraries beside its Python."""
    packages = set()
    for library in (folder / "_internal").glob("*.so*"):
        with suppress(Trouble):  # Python's own, which no package brings
            said = run(["dpkg-query", "--search", f"*/{library.name}"])
            packages.add(said.partition(":")[0].partition(",")[0])
    fields = "${Package} ${source:Package} ${source:Version}\n"
    said = run(["dpkg-query", "--show", "--showformat", fields, *sorted(packages)])
    found = [line.split() for line in sorted(said.splitlines())]
    return [
        component(package, source, version, "beside the program in the bundle")
        for package, source, version in found
    ]


def _within(components: Sequence[Mapping[str, str]], version: str) -> list[dict[str, object]]:
    """What the packages hold without being packages: Python itself, and Qt in PySide6's wheel."""
    qt = next(one["version"] for one in components if one["name"].startswith("PySide6"))
    return [
        {
            "type": "library",
            "bom-ref": f"pkg:generic/{name}@{number}",
            "name": name,
            "version": number,
            "purl": f"pkg:generic/{name}@{number}",
            "description": description,
        }
        for name, number, description in (
            ("python", version, "runs the program"),
            ("qt", qt, "in PySide6's wheel, of the same version"),
        )
    ]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _text_of(entry: dict[str, str]) -> str:
    own = entry["LicenseText"].strip()
    return _WITHOUT_TEXT.get(entry["Name"], own) if own == "UNKNOWN" else own


def _python_licence() -> Path:
    """Python's own licence, wherever this Python has it."""
    library = Path(sys.base_prefix, "lib", f"python{sys.version_info[0]}.{sys.version_info[1]}")
    places = (
        library / "LICENSE.txt",
        Path(sys.base_prefix, "LICENSE.txt"),
        Path("/usr/share/doc", f"python{sys.version_info[0]}.{sys.version_info[1]}", "copyright"),
    )
    for place in places:
        if place.exists():
            return place
    raise Trouble("Python's licence is not where it usually is beside Python.")
