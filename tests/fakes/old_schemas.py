"""Small database files of earlier schemas, as the programs of their time left them.

`python -m tests.fakes.old_schemas` adds those that are missing to `tests/cases/schemas`: one for
each schema before today's. Those that are there are never made anew: a released step stays as it
was, and so does its file.
"""

import gzip
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from dingcomposer.storage.database import Database
from dingcomposer.storage.migrations import STEPS

FOLDER = Path(__file__).parents[1] / "cases" / "schemas"
SENDS = 40
AT = 1_760_000_000_000_000
STATUSES = ("delivered", "refused", "not_sent", "unknown", "cancelled")


def path_of(version: int) -> Path:
    """Where the file of a schema lies."""
    return FOLDER / f"v{version:02d}.sqlite3.gz"


def unpack(version: int, to: Path) -> None:
    """Write a file of this schema."""
    to.write_bytes(gzip.decompress(path_of(version).read_bytes()))


def make(version: int, path: Path) -> None:
    """A file of this schema with some of everything that it knew.

    From the chain on it is one that was brought up from the schema before the chain, and whose
    sends have not joined it yet.
    """
    chain = next(at for at, step in enumerate(STEPS) if any("TABLE chain " in one for one in step))
    Database(path, steps=STEPS[: min(version, chain)]).close()
    with closing(sqlite3.connect(path)) as file, file:
        _fill(file, "robots", [{"robot_id": f"r-{n}", "position": n, "name": f"运维{n}群",
                                "stage": "production", "keywords": "[]", "addresses": "[]",
                                "default_mentions": '{"mobiles":[],"user_ids":[],"is_all":false}',
                                "connect_timeout_s": 5.0, "read_timeout_s": 10.0,
                                "endpoint": "https://oapi.dingtalk.com/robot/send"}
                               for n in range(3)])  # fmt: skip
        for number in range(SENDS):
            status = STATUSES[number % len(STATUSES)]
            text = f"第 {number} 条 停机维护 maintenance @1380000{number:04d}"
            verdict = {
                "status": status,
                "cause": "delivered" if status == "delivered" else "keyword",
                "errcode": "0" if status == "delivered" else "310000",
                "errmsg": "ok" if status == "delivered" else "keywords not in content",
                "robot_id": f"r-{number % 3}",
                "duration_ms": 41.5,
            }
            _fill(file, "sends", [{
                **verdict, "key": number + 1, "msg_uuid": f"uuid-{number:04d}",
                "robot_name": f"运维{number % 3}群", "robot_colour": "#00B042",
                "stage": "production", "kind": "text", "headline": text,
                "created_at": AT + number * 60_000_000, "finished_at": AT + number * 60_000_000 + 9,
                "attempts": 1,
                "payload": f'{{"msgtype":"text","text":{{"content":"{text}"}}}}',
            }])  # fmt: skip
            _fill(file, "attempts", [{
                **verdict, "send_key": number + 1, "number": 1, "started_at": AT + number,
                "url": "https://oapi.dingtalk.com/robot/send", "body_sha256": "ab" * 32,
            }])  # fmt: skip
        _fill(file, "drafts", [{"key": 1, "is_current": 1, "saved_at": AT, "content": "{}",
                                "draft_id": "d-1"}])  # fmt: skip
        _fill(file, "contacts", [{"position": 0, "name": "王芳", "mobile": "13800138000",
                                  "user_id": "wf"}])  # fmt: skip

    if version > chain:
        Database(path, steps=STEPS[:version]).close()


def _fill(file: sqlite3.Connection, table: str, rows: list[dict[str, object]]) -> None:
    """Add rows as far as the table has such columns; what else must be there is 0 or empty."""
    columns = file.execute(f"PRAGMA table_info({table})").fetchall()
    for row in rows if columns else ():
        values = {}
        for _, name, kind, is_needed, default, _ in columns:
            if name in row:
                values[name] = row[name]
            elif is_needed and default is None:
                values[name] = "" if kind == "TEXT" else 0
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        file.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))


def main() -> int:
    """Add the files that are missing."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for version in range(1, len(STEPS)):
        if not path_of(version).exists():
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder, "old.sqlite3")
                make(version, path)
                path_of(version).write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    return 0


if __name__ == "__main__":
    sys.exit(main())
