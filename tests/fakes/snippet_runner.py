"""Runs a copied program with its real interpreter, or skips the test and says what is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from dingcomposer.interchange.snippets import SnippetForm

TOOLS = {
    SnippetForm.BASH: ("bash", "curl", "openssl"),
    SnippetForm.REQUESTS: (),
    SnippetForm.PYTHON: (),
    SnippetForm.JAVA: ("javac", "java"),
    SnippetForm.GO: ("go",),
    SnippetForm.PHP: ("php",),
    SnippetForm.JAVASCRIPT: ("node",),
    SnippetForm.GITHUB: ("bash", "curl", "openssl"),
    SnippetForm.GITLAB: ("bash", "curl", "openssl"),
}
"""What runs here, and by what. Windows' two are read, not run; Alertmanager's has its own test."""

PATH = "/usr/local/go/bin:/usr/local/bin:/usr/bin:/bin"


class SnippetRunner:
    """Programs of one form: built where the language wants it, then run as often as wanted."""

    def __init__(self, form: SnippetForm, folder: Path) -> None:
        for tool in TOOLS[form]:
            if shutil.which(tool) is None:
                pytest.skip(f"{form.value} was not run: {tool} is not installed")
        if form is SnippetForm.PHP and "curl" not in _output("php", "-m").split():
            pytest.skip("php was not run: its curl extension is not installed")
        self._form = form
        self._folder = folder

    def build(self, program: str) -> list[str]:
        """The command that runs the program."""
        folder = self._folder
        match self._form:
            case SnippetForm.BASH:
                return ["bash", str(_write(folder / "send.sh", program))]
            case SnippetForm.GITHUB:
                workflow = yaml.safe_load(program)
                (step,) = workflow["jobs"]["notify"]["steps"]
                assert step["shell"] == "bash"
                script = _write(folder / "step.sh", step["run"])
                # As GitHub's runner starts it.
                return ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
            case SnippetForm.GITLAB:
                (lines,) = yaml.safe_load(program)["dingtalk"]["script"]
                return ["sh", str(_write(folder / "job.sh", lines))]
            case SnippetForm.REQUESTS | SnippetForm.PYTHON:
                return [sys.executable, str(_write(folder / "send.py", program))]
            case SnippetForm.PHP:
                return ["php", str(_write(folder / "send.php", program))]
            case SnippetForm.JAVASCRIPT:
                return ["node", str(_write(folder / "send.mjs", program))]
            case SnippetForm.JAVA:
                source = _write(folder / "Send.java", program)
                _run(["javac", "-encoding", "UTF-8", "-d", str(folder), str(source)])
                return ["java", "-cp", str(folder), "Send"]
            case SnippetForm.GO:
                source = _write(folder / "send.go", program)
                _run(["go", "build", "-o", str(folder / "send"), str(source)])
                return [str(folder / "send")]
            case _:
                raise AssertionError(self._form)


def run(command: list[str], **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run it with these environment variables and the path alone."""
    return subprocess.run(
        command, env={"PATH": PATH, "LC_ALL": "C", **variables}, capture_output=True, check=False
    )


def _write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def _run(command: list[str]) -> None:
    variables = {**os.environ, "GO111MODULE": "off", "GOPROXY": "off"}
    done = subprocess.run(command, env=variables, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout
