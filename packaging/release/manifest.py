"""The list of contents beside the packages: each one's size and sha256, and the bundle's files."""

import json
from pathlib import Path

from release.project import NAME, Project, sha256


def write(project: Project, bundle: Path | None) -> Path:
    """Write SHA256SUMS for `sha256sum --check`, and contents.json with all sizes; the latter."""
    packages = [
        path
        for path in sorted(project.out.iterdir())
        if path.is_file() and path.name not in ("SHA256SUMS", "contents.json")
    ]
    sums = "".join(f"{sha256(path)}  {path.name}\n" for path in packages)
    (project.out / "SHA256SUMS").write_text(sums, encoding="utf-8")
    contents = {
        "name": NAME,
        "version": project.version,
        "commit": project.commit,
        "packages": {
            path.name: {"bytes": path.stat().st_size, "sha256": sha256(path)} for path in packages
        },
        "bundle": {}
        if bundle is None
        else {
            str(path.relative_to(bundle)): path.stat().st_size
            for path in sorted(bundle.rglob("*"))
            if path.is_file() and not path.is_symlink()
        },
    }
    listed = project.out / "contents.json"
    listed.write_text(json.dumps(contents, indent=1) + "\n", encoding="utf-8")
    return listed


def compare(first: Path, second: Path) -> list[str]:
    """The packages of one folder that have other bytes in the other."""
    return [
        path.name
        for path in sorted(first.iterdir())
        if path.name not in ("SHA256SUMS", "contents.json")
        and (not (second / path.name).exists() or sha256(path) != sha256(second / path.name))
    ]
