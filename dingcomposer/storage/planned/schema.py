"""The steps of the schema for what is planned: schedules, runs over tables, where a send came from.

As in `storage.migrations`: a released step is never edited.
"""

# What is sent at a set time. The row that says that a run was taken stands in
# the same transaction as the rows of its sends. What was due up to `settled_until` is decided.
SCHEDULES = (
    """
CREATE TABLE schedules (
    schedule_id TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL,
    document TEXT NOT NULL,             -- JSON, see core.scheduling.documents
    is_paused INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    settled_until INTEGER NOT NULL,
    removed_at INTEGER
) STRICT
""",
    """
CREATE TABLE planned_runs (
    run_id INTEGER PRIMARY KEY AUTOINCREMENT,
    schedule_id TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    is_by_hand INTEGER NOT NULL,
    state TEXT NOT NULL,
    earlier INTEGER NOT NULL DEFAULT 0, -- so many before it were missed as well
    decided_at INTEGER NOT NULL,
    UNIQUE (schedule_id, due_at, is_by_hand)
) STRICT
""",
    "CREATE INDEX open_runs ON planned_runs (state) WHERE state IN ('missed', 'unknown_day')",
    """
CREATE TABLE planned_sends (
    run_id INTEGER NOT NULL REFERENCES planned_runs (run_id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    robot_id TEXT NOT NULL,
    robot_name TEXT NOT NULL,
    msg_uuid TEXT,                      -- NULL where nothing could leave
    obstacle TEXT,
    PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE calendar_days (
    day TEXT NOT NULL PRIMARY KEY,
    is_worked INTEGER NOT NULL
) STRICT, WITHOUT ROWID
""",
    "CREATE TABLE calendar_years (year INTEGER NOT NULL PRIMARY KEY) STRICT",
)

# Runs over a table: what is to be sent (`payload`, as in `sends`), and the send of each row by now.
TABLE_RUNS = (
    """
CREATE TABLE table_runs (
    run_id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    headings TEXT NOT NULL,
    lease TEXT
) STRICT
""",
    """
CREATE TABLE table_run_rows (
    run_id TEXT NOT NULL REFERENCES table_runs (run_id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    number INTEGER NOT NULL,
    cells TEXT NOT NULL,
    payload TEXT,
    robot_id TEXT NOT NULL,
    token_fingerprint TEXT NOT NULL,
    left_out TEXT NOT NULL,             -- why it is not sent, "" where it is
    msg_uuid TEXT UNIQUE,
    PRIMARY KEY (run_id, position)
) STRICT
""",
)

# What a send was one of, for good: schedules are deleted, and tables kept for a week only.
SEND_ORIGINS = (
    """
CREATE TABLE send_origins (
    msg_uuid TEXT NOT NULL PRIMARY KEY
        REFERENCES sends (msg_uuid) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,                 -- see storage.planned.origins
    name TEXT NOT NULL,
    due_at INTEGER,                     -- of a schedule: NULL where a person sent it then
    row_number INTEGER                  -- of a table
) STRICT, WITHOUT ROWID
""",
    """
INSERT OR IGNORE INTO send_origins
SELECT msg_uuid, 'schedule', coalesce(json_extract(document, '$.name'), ''),
    CASE WHEN is_by_hand THEN NULL ELSE due_at END, NULL
FROM planned_sends JOIN planned_runs USING (run_id) JOIN schedules USING (schedule_id)
WHERE msg_uuid IN (SELECT msg_uuid FROM sends)
""",
    """
INSERT OR IGNORE INTO send_origins
SELECT msg_uuid, 'table', name, NULL, number
FROM table_run_rows JOIN table_runs USING (run_id)
WHERE msg_uuid IN (SELECT msg_uuid FROM sends)
""",
)
