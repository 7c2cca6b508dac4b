"""The sandbox in a process that has no file handle left, by a real limit of the system's."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60

# Takes every handle, lets three connections wait in the queue, and measures what the listening
# thread costs meanwhile; then gives the handles back, and is answered.
PROGRAM = """
import http.client, json, os, resource, socket, threading, time
from dingcomposer.sandbox.server import SandboxServer

told = threading.Semaphore(0)
sandbox = SandboxServer(secret_required=False, on_exhausted=told.release)
sandbox.start()
port = int(sandbox.url.split(":")[2].split("/")[0])
callers = [socket.socket() for _ in range(3)]
ordinary = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir("/proc/self/fd")) + 8, ordinary[1]))
taken = []
try:
    while True:
        taken.append(os.open("/dev/null", os.O_RDONLY))
except OSError:
    pass
before = time.process_time()
for caller in callers:
    caller.connect(("127.0.0.1", port))
was_told = told.acquire(timeout=20)
start = time.monotonic()
told.acquire(timeout=2)  # nothing more is told: this waits
spent_s, watched_s = time.process_time() - before, time.monotonic() - start
if %(is_freed)r:
    for handle in taken:
        os.close(handle)
    body = json.dumps({"msgtype": "text", "text": {"content": "x"}})
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    target = "/robot/send?access_token=" + sandbox.access_token
    connection.request("POST", target, body, {"Content-Type": "application/json"})
    errcode = json.loads(connection.getresponse().read())["errcode"]
else:
    errcode = None
start = time.monotonic()
sandbox.stop()
stopped_s = time.monotonic() - start
print(json.dumps([was_told, spent_s, watched_s, errcode, stopped_s]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the limit and its count are Linux's")
@pytest.mark.parametrize("is_freed", [True, False])
def test_without_a_free_handle_the_server_waits_instead_of_spinning(is_freed: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM % {"is_freed": is_freed}],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        timeout=PATIENCE_S,
        check=True,
    )
    was_told, spent_s, watched_s, errcode, stopped_s = json.loads(done.stdout.splitlines()[-1])
    assert was_told
    assert watched_s >= 2
    assert spent_s < 0.3, "so much of a core for nothing"
    assert errcode == (0 if is_freed else None)
    assert stopped_s < 3
    assert "Traceback" not in done.stderr
