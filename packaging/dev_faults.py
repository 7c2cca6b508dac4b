"""What pip, venv and apt-get mean when they fail, each as one sentence with what helps."""

import errno
import shutil
from pathlib import Path

from dev_console import Outcome, Trouble

# What the pip in a new environment takes.
PIP_BYTES = 20_000_000

_FULL = "The disk is full. Free about 1 GB and run the command again."
_NO_NETWORK = (
    "The network does not answer, and what is missing must be fetched from it. Check the "
    "connection (behind a company's proxy: set HTTPS_PROXY) and run the command again."
)
_CERTIFICATE = (
    "The package index's certificate is not trusted. Where a company's proxy stands between: "
    "pip config set global.cert /path/to/its-certificate.pem"
)
_PROXY = "The proxy refuses. Check HTTPS_PROXY, with its user and password."
_MAY_NOT_WRITE = (
    "Something may not be written. Place the environment elsewhere by setting DINGCOMPOSER_VENV "
    "to a folder of yours."
)
_NOT_THERE = (
    "The package index that pip uses does not have one of the pinned versions, or did not answer "
    "(python -m pip config list says which index that is)."
)

# Looked for in this order: pip says "no matching distribution" also where the network is down.
_SIGNS = (
    (("No space left on device", "[Errno 28]", "not enough space on the disk"), _FULL),
    (("CERTIFICATE_VERIFY_FAILED", "SSLError", "certificate verify failed"), _CERTIFICATE),
    (("407 Proxy Authentication", "ProxyError", "Tunnel connection failed"), _PROXY),
    (
        (
            "Temporary failure in name resolution",
            "Temporary failure resolving",
            "Could not resolve",
            "Name or service not known",
            "nodename nor servname",
            "getaddrinfo failed",
            "Network is unreachable",
            "No route to host",
            "Connection refused",
            "Could not connect",
            "NewConnectionError",
            "ConnectTimeoutError",
            "ReadTimeoutError",
            "Max retries exceeded",
            "Unable to locate package",
        ),
        _NO_NETWORK,
    ),
    (("Read-only file system", "Permission denied", "[Errno 13]", "[WinError 5]"), _MAY_NOT_WRITE),
    (("No matching distribution found", "Could not find a version"), _NOT_THERE),
)
_DAMAGED_PIP = (
    "No module named pip",
    "No module named 'pip",
    "pip/_internal",
    "pip\\_internal",
    "pip/_vendor",
)


def of_pip(outcome: Outcome) -> str:
    """Why pip failed."""
    return _sentence(outcome, "pip could not install the packages.")


def of_venv(outcome: Outcome, folder: Path) -> str:
    """Why `python -m venv` failed. It hides what the pip that it installs said."""
    if shutil.disk_usage(folder).free < PIP_BYTES:
        return _FULL
    return _sentence(outcome, "Python could not make the environment.")


def of_apt(outcome: Outcome, by_hand: str) -> str:
    """Why apt-get failed. `by_hand` is the command to try."""
    return _sentence(outcome, f"apt-get failed. Try by hand: {by_hand}")


def is_damaged_pip(outcome: Outcome) -> bool:
    """Whether pip itself is broken, rather than something that it met."""
    broke = (
        "Traceback (most recent call last)" in outcome.output or "No module named" in outcome.output
    )
    return (
        broke
        and any(sign in outcome.output for sign in _DAMAGED_PIP)
        and not any(sign in outcome.output for signs, _ in _SIGNS[:4] for sign in signs)
    )


def of_folder(folder: Path, error: OSError) -> Trouble:
    """Why nothing can be written into a folder."""
    if error.errno == errno.ENOSPC:
        return Trouble(_FULL)
    return Trouble(
        f"The environment cannot be made in {folder} ({error.strerror or error}). Place it "
        "elsewhere by setting DINGCOMPOSER_VENV to a folder of yours."
    )


def _sentence(outcome: Outcome, otherwise: str) -> str:
    for signs, sentence in _SIGNS:
        if any(sign in outcome.output for sign in signs):
            return f"{sentence}\n{outcome.tail}"
    return f"{otherwise}\n{outcome.tail}"
