"""Where the bundle begins: the same command line as everywhere."""

import os
import sys

# The bundle leaves pypinyin's dictionary of phrases out, which is read at its import otherwise.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
if sys.platform == "linux":
    from release import start_modules

    start_modules.install(sys._MEIPASS)  # type: ignore[attr-defined]  # PyInstaller's: its folder
    from release import secret_service_cipher

    secret_service_cipher.install()

from dingcomposer.__main__ import run

if __name__ == "__main__":
    run()
