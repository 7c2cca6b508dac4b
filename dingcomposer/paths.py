"""Where files live: data, settings, logs, cache and what ships with the program.

The only module that guesses a place. It makes no folder until it is asked to.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from platformdirs.api import PlatformDirsABC

_PACKAGE = Path(__file__).parent
_OWNER_ONLY = 0o700

DATABASE_NAME = "dingcomposer.sqlite3"


class FolderError(OSError):
    """A folder that cannot be made or used. `path` is the folder, `code` the system's errno."""

    def __init__(self, path: Path, code: int, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Places:
    """The program's folders, absolute. They need not exist yet."""

    data: Path
    config: Path
    logs: Path
    cache: Path

    @property
    def database(self) -> Path:
        """The file that holds robots, history, drafts, schedules and contacts."""
        return self.data / DATABASE_NAME

    def make(self) -> None:
        """Make the folders that are not there, for their owner's eyes alone.

        Settings, log and cache can be done without.

        Raises:
            FolderError: the one for the data cannot be made.
        """
        for folder in (self.data, self.config, self.logs, self.cache):
            try:
                folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
            except OSError as error:
                if folder == self.data:
                    reason = error.strerror or type(error).__name__
                    raise FolderError(folder, error.errno or 0, reason) from error


def places(data_dir: Path | None = None, *, platform: str = sys.platform) -> Places:
    """The program's folders: all below `data_dir` where one is given, else the system's habit.

    `platform` is a value of `sys.platform`.
    """
    if data_dir is not None:
        root = data_dir.expanduser().absolute()
        return Places(root, root / "config", root / "logs", root / "cache")
    folders = _system_folders(platform)
    return Places(
        data=folders.user_data_path,
        config=folders.user_config_path,
        logs=folders.user_log_path,
        cache=folders.user_cache_path,
    )


def is_there(path: Path) -> bool:
    """Whether there is such a file or folder; False where no file can have that name."""
    try:
        return path.exists()
    except OSError:  # it is too long, for example
        return False


def resource(name: str) -> Path:
    """The file or folder `name` ("styles/window.qss") of what ships and is not Python.

    An installed program has it inside the package; in a checkout it stands beside the package.
    """
    installed = _PACKAGE / "resources" / name
    return installed if installed.exists() else _PACKAGE.parent / "resources" / name


def changelog() -> Path:
    """What has changed, version by version: it stands at the top of a checkout."""
    installed = _PACKAGE / "resources" / "CHANGELOG.md"
    return installed if installed.exists() else _PACKAGE.parent / "CHANGELOG.md"


def _system_folders(platform: str) -> "PlatformDirsABC":
    if platform == "win32":
        from platformdirs.windows import Windows

        # Without an author: %LOCALAPPDATA%\DingComposer, not …\DingComposer\DingComposer.
        return Windows("DingComposer", appauthor=False)
    if platform == "darwin":
        from platformdirs.macos import MacOS

        return MacOS("DingComposer")
    from platformdirs.unix import Unix

    return Unix("dingcomposer")
