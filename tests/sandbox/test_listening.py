"""The sandbox's socket listens at once; what answers is loaded when the first connection comes."""

import subprocess
import sys

PROGRAM = """
import sys, threading, urllib.request
from dingcomposer.sandbox.server import SandboxServer

HEAVY = {"http.server", "socketserver", "email.message"}
sandbox = SandboxServer()
sandbox.start()
assert sandbox.url.startswith("http://127.0.0.1:")
before = HEAVY & set(sys.modules)
sandbox.stop()
assert not [one for one in threading.enumerate() if one.name == "sandbox"]
sandbox.start()
unasked = HEAVY & set(sys.modules)
"""
ASKING = """
answer = urllib.request.urlopen(f"{sandbox.url}?access_token=x", b"{}", timeout=20).read()
assert b"errcode" in answer
sandbox.stop()
"""


def _run(program: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60
    ).stdout


def test_nothing_that_answers_is_loaded_while_nobody_asks() -> None:
    # Not urllib: it would load them itself.
    program = PROGRAM.replace(", urllib.request", "")
    assert _run(f"{program}\nprint(before | unasked)\nsandbox.stop()").strip() == "set()"


def test_the_first_who_asks_is_answered() -> None:
    _run(f"{PROGRAM}{ASKING}")
