"""A Debian of its own below a folder, without Python and Qt: what packages are tried in.

`debootstrap` fetches it once for each suite; every try gets a copy. Needs root, as chroot does.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

import dev_system
from dev_console import Trouble, detail
from release.project import Project, need, run

MIRROR = "http://deb.debian.org/debian"
USER = "tester"
FONT = "fonts-wqy-microhei"
SCREENLESS = {
    "QT_QPA_PLATFORM": "offscreen",
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
}
LIMIT_S = 600.0
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


class CleanRoot:
    """A copy of a suite with some packages; use it in a `with`: it is removed at the end."""

    def __init__(self, project: Project, suite: str, packages: Sequence[str] = ()) -> None:
        self._project = project
        self._suite, self._packages = suite, packages
        self.folder = project.work / "roots" / f"{suite}-copy"

    def __enter__(self) -> "CleanRoot":
        pristine = _pristine(self._project, self._suite)
        shutil.rmtree(self.folder, ignore_errors=True)
        run(["cp", "--archive", "--reflink=auto", f"{pristine}/.", self.folder])
        shutil.copyfile("/etc/resolv.conf", self.folder / "etc" / "resolv.conf")
        if (
            CERTIFICATES.exists()
        ):  # a company's among them: pip goes through its proxy in there, too
            shutil.copyfile(CERTIFICATES, self.folder / CERTIFICATES.relative_to("/"))
        if self._packages:
            self.apt(["install", *self._packages])
        return self

    def __exit__(self, *_error: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def apt(self, words: Sequence[str]) -> str:
        """Run apt-get in there, as root. Raises Trouble."""
        return self.run(
            ["apt-get", "-q", "-y", "--no-install-recommends", *words],
            as_root=True,
            environ={"DEBIAN_FRONTEND": "noninteractive"},
        )

    def run(
        self, words: Sequence[str], *, as_root: bool = False, environ: dict[str, str] | None = None
    ) -> str:
        """Run a command in there, as a plain user with a home; what it printed. Raises Trouble."""
        home = "/root" if as_root else f"/home/{USER}"
        settings = {**SCREENLESS, "HOME": home, **(environ or {})}
        user = [] if as_root else [f"--userspec={USER}:{USER}"]
        changed = [f"{name}={value}" for name, value in settings.items()]
        inside = ["/usr/bin/env", "-i", "--chdir=/tmp", *changed, *words]
        # /proc is mounted for this one command: nothing is left mounted when the folder goes.
        begin = 'mount -t proc proc "$0/proc" && exec chroot "$@"'
        return run(
            [
                *("unshare", "--mount", "sh", "-c", begin, self.folder),
                *user,
                self.folder,
                *inside,
            ],
            limit_s=LIMIT_S,
        )

    def allow_fuse(self) -> None:
        """Let everybody in there mount with FUSE, as on a desktop. Raises Trouble."""
        self.apt(["install", "fuse3"])
        mounts = self.folder / "etc" / "mtab"
        if not mounts.is_symlink():  # debootstrap leaves to the installer what fusermount reads
            mounts.symlink_to("../proc/self/mounts")
        device = self.folder / "dev" / "fuse"
        if not device.exists():
            run(["mknod", "--mode=666", device, "c", "10", "229"])

    def put(self, source: Path, place: str) -> str:
        """Copy a file or folder to a path in there; that path."""
        target = self.folder / place.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, symlinks=True)
        else:
            shutil.copyfile(source, target)
        return place


def can_be_made() -> str:
    """ "" where clean roots can be made here, else why not."""
    return "" if dev_system.can_install() else "it needs root on Debian (chroot, debootstrap)"


def _pristine(project: Project, suite: str) -> Path:
    folder = project.work / "roots" / suite
    mark = folder / "etc" / "dingcomposer-root"
    if not mark.exists():
        need("debootstrap", "debootstrap")
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        detail(f"fetching a clean root of {suite}")
        run(
            [
                "debootstrap",
                "--variant=minbase",
                "--include=ca-certificates",
                suite,
                folder,
                MIRROR,
            ],
            limit_s=LIMIT_S,
        )
        run(["chroot", folder, "useradd", "--create-home", USER])
        if (folder / "usr" / "bin" / "python3").exists():
            raise Trouble(f"The clean root of {suite} has a Python.")
        mark.write_text("", encoding="ascii")
    return folder
