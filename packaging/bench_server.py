"""The least server that answers as DingTalk does, in a process of its own.

Whoever is measured against it pays for no work of the server's but the socket's.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

HOST = "127.0.0.1"
_ANSWER = b'{"errcode":0,"errmsg":"ok"}'
_REPLY = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(_ANSWER), _ANSWER)
)
_LENGTH = b"content-length:"


@contextmanager
def serving(delay_s: float = 0.0) -> Iterator[str]:
    """The webhook, without query, of a server that runs meanwhile, and takes so long to answer."""
    with subprocess.Popen(
        [sys.executable, str(Path(__file__)), str(delay_s)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        try:
            yield f"http://{HOST}:{int(process.stdout.readline())}/robot/send"
        finally:
            process.kill()


async def _answer(
    delay_s: float, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            at = head.index(_LENGTH) + len(_LENGTH)
            await reader.readexactly(int(head[at : head.index(b"\r\n", at)]))
            if delay_s:
                await asyncio.sleep(delay_s)
            writer.write(_REPLY)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _serve(delay_s: float) -> None:
    server = await asyncio.start_server(partial(_answer, delay_s), HOST, 0, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(float(sys.argv[1])))
