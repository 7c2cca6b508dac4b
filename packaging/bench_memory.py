"""How much memory this process holds at this moment."""

import os
import subprocess
from pathlib import Path

_STATM = Path("/proc/self/statm")
_MIB = 1024 * 1024


def resident_mib() -> float | None:
    """Resident memory in MiB; None where this system does not say (Windows)."""
    if _STATM.exists():
        pages = int(_STATM.read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / _MIB
    if os.name == "posix":
        command = ["ps", "-o", "rss=", "-p", str(os.getpid())]
        asked = subprocess.run(command, capture_output=True, text=True, check=False)
        return int(asked.stdout) / 1024 if asked.returncode == 0 else None
    return None
