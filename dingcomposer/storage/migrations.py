"""The schema, step after step; step N brings a file from version N - 1 to N.

A released step is never edited: a change is a step of its own. The values of `Status`, `Fault`,
`Cause`, `Stage` and `Kind` are part of the schema: a new one comes with a step, which may be empty,
so that an older program refuses the file instead of misreading it.

Times are whole microseconds since 1970-01-01 UTC. `is_…` is 0 or 1.
"""

from dingcomposer.storage.planned.schema import SCHEDULES, SEND_ORIGINS, TABLE_RUNS

Step = tuple[str, ...]

APPLICATION_ID = 0x44436D70
"""Says in the file's header whose it is: "DCmp"."""

_ROBOTS = """
CREATE TABLE robots (
    robot_id TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    stage TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    keywords TEXT NOT NULL,             -- JSON, a list
    addresses TEXT NOT NULL,            -- JSON, a list
    default_mentions TEXT NOT NULL,     -- JSON, {"mobiles": [], "user_ids": [], "is_all": false}
    expects_signature INTEGER NOT NULL,
    has_token INTEGER NOT NULL,         -- whether the secret store holds one, never which
    has_secret INTEGER NOT NULL,
    connect_timeout_s REAL NOT NULL,
    read_timeout_s REAL NOT NULL,
    is_host_confirmed INTEGER NOT NULL,
    is_sandbox INTEGER NOT NULL,
    is_archived INTEGER NOT NULL
) STRICT
"""

# The robot is written down as it was: it may be renamed or deleted later. `payload` comes last, so
# that reading a list need not walk over it.
_SENDS = """
CREATE TABLE sends (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    msg_uuid TEXT NOT NULL UNIQUE,
    robot_id TEXT NOT NULL,
    robot_name TEXT NOT NULL,
    robot_colour TEXT NOT NULL,
    stage TEXT NOT NULL,
    is_sandbox INTEGER NOT NULL,
    kind TEXT NOT NULL,
    headline TEXT NOT NULL,
    status TEXT NOT NULL,
    cause TEXT,
    fault TEXT,
    errcode TEXT NOT NULL DEFAULT '',
    errmsg TEXT NOT NULL DEFAULT '',
    wait_minutes INTEGER,
    retry_at INTEGER,
    created_at INTEGER NOT NULL,
    finished_at INTEGER,
    duration_ms REAL,
    attempts INTEGER NOT NULL DEFAULT 0,
    payload TEXT NOT NULL               -- JSON as sent, without msgUuid
) STRICT
"""

# `robot_id` and `is_sandbox` stand here too: the pace and the calls of a month are counted without
# looking at the sends.
_ATTEMPTS = """
CREATE TABLE attempts (
    send_key INTEGER NOT NULL REFERENCES sends (key) ON DELETE CASCADE,
    number INTEGER NOT NULL,            -- from 1
    robot_id TEXT NOT NULL,
    is_sandbox INTEGER NOT NULL,
    status TEXT NOT NULL,
    cause TEXT,
    fault TEXT,
    errcode TEXT NOT NULL DEFAULT '',
    errmsg TEXT NOT NULL DEFAULT '',
    wait_minutes INTEGER,
    http_status INTEGER,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    duration_ms REAL,
    url TEXT NOT NULL DEFAULT '',       -- without its query
    body_sha256 TEXT NOT NULL DEFAULT '',
    body_bytes INTEGER NOT NULL DEFAULT 0,
    answer TEXT NOT NULL DEFAULT '',
    UNIQUE (send_key, number)
) STRICT
"""

# At most one row is the draft being written; the others could not be read and are kept aside.
_DRAFTS = """
CREATE TABLE drafts (
    key INTEGER PRIMARY KEY,
    is_current INTEGER NOT NULL,
    target_robot_id TEXT,
    saved_at INTEGER NOT NULL,
    content TEXT NOT NULL               -- JSON, see storage.drafts
) STRICT
"""

# How a robot's host is reached, and what a sandbox robot enforces beside its keywords.
_NETWORK_AND_TWINS = (
    "ALTER TABLE robots ADD COLUMN way TEXT NOT NULL DEFAULT 'system'",
    "ALTER TABLE robots ADD COLUMN proxy TEXT NOT NULL DEFAULT ''",  # without user and password
    "ALTER TABLE robots ADD COLUMN proxy_user TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE robots ADD COLUMN has_proxy_password INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE robots ADD COLUMN trust TEXT NOT NULL DEFAULT 'system'",
    "ALTER TABLE robots ADD COLUMN ca_file TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE robots ADD COLUMN is_twin INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE robots ADD COLUMN sandbox_pace INTEGER DEFAULT 20",  # NULL: any number
    "ALTER TABLE robots ADD COLUMN sandbox_caller TEXT NOT NULL DEFAULT ''",
)

# What a check-up asks DingTalk posts nothing, but counts for the pace and the month. With it came
# Fault.RETRY_CANCELLED.
_PROBES = (
    """
CREATE TABLE probes (
    robot_id TEXT NOT NULL,
    is_sandbox INTEGER NOT NULL,
    started_at INTEGER NOT NULL
) STRICT
""",
    "CREATE INDEX probes_by_robot ON probes (robot_id, started_at)",
    "CREATE INDEX probes_by_time ON probes (started_at) WHERE is_sandbox = 0",
)

# What was tried in a test group. `is_of_draft` is 1 where it was the draft that is being written.
_REHEARSALS = (
    """
CREATE TABLE rehearsals (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    body_sha256 TEXT NOT NULL,          -- of the body without msgUuid
    robot_name TEXT NOT NULL,
    rehearsed_at INTEGER NOT NULL,
    is_of_draft INTEGER NOT NULL,
    payload TEXT NOT NULL               -- JSON as sent, without msgUuid
) STRICT
""",
    "CREATE INDEX rehearsals_by_body ON rehearsals (body_sha256)",
)

# Sends of one message to several robots at once share a group_id.
_SEVERAL = (
    "ALTER TABLE sends ADD COLUMN group_id TEXT",
    "CREATE INDEX sends_by_group ON sends (group_id) WHERE group_id IS NOT NULL",
)

# People that can be mentioned by name; one of number and id may be "".
_CONTACTS = (
    """
CREATE TABLE contacts (
    position INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    mobile TEXT NOT NULL,
    user_id TEXT NOT NULL
) STRICT
""",
)

# Two people of one name are told apart by it; "" where it is not known.
_DEPARTMENTS = ("ALTER TABLE contacts ADD COLUMN department TEXT NOT NULL DEFAULT ''",)

# What went over the wire, without secrets; all NULL where it was not recorded. A send says of its
# last attempt which HTTP status came, and whether it was signed.
_WIRE = (
    "ALTER TABLE attempts ADD COLUMN query TEXT",  # as sent; token and signature masked
    "ALTER TABLE attempts ADD COLUMN request_headers TEXT",  # JSON, [[name, value]]
    "ALTER TABLE attempts ADD COLUMN status_line TEXT",
    "ALTER TABLE attempts ADD COLUMN response_headers TEXT",  # JSON, [[name, value]]
    "ALTER TABLE attempts ADD COLUMN received_bytes INTEGER",
    "ALTER TABLE attempts ADD COLUMN announced_bytes INTEGER",
    "ALTER TABLE sends ADD COLUMN http_status INTEGER",
    "ALTER TABLE sends ADD COLUMN is_signed INTEGER",
    "UPDATE sends SET http_status = (SELECT http_status FROM attempts"
    " WHERE send_key = sends.key ORDER BY number DESC LIMIT 1)",
)

# Which webhook a send was confirmed for and an attempt went to, as fingerprints tell
# them apart: pace, rest and safe retries belong to the token, not to the profile. "" where that is
# not known, as in all rows from before. With it came Fault.TOKEN_CHANGED.
_FINGERPRINTS = (
    """
CREATE TABLE installation (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    fingerprint_key TEXT NOT NULL       -- hex, random
) STRICT
""",
    "ALTER TABLE robots ADD COLUMN token_fingerprint TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE sends ADD COLUMN token_fingerprint TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE attempts ADD COLUMN token_fingerprint TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE probes ADD COLUMN token_fingerprint TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX attempts_by_token ON attempts (token_fingerprint, started_at)",
    "CREATE INDEX probes_by_token ON probes (token_fingerprint, started_at)",
    "CREATE INDEX sends_by_token ON sends (token_fingerprint) WHERE token_fingerprint != ''",
)

# Which send a correction sets right, by its msg_uuid; NULL where it corrects nothing.
_CORRECTIONS = (
    "ALTER TABLE sends ADD COLUMN corrects TEXT",
    "CREATE INDEX sends_by_corrected ON sends (corrects) WHERE corrects IS NOT NULL",
)

# How long each part of an attempt took, NULL where it did not take place (a kept connection needs
# no name), or was not measured; the robot's profile as it was, without secrets; and when a send was
# read from a file, NULL where it was made here.
_PHASES = (
    *(
        f"ALTER TABLE attempts ADD COLUMN {phase}_ms REAL"
        for phase in ("queue", "name", "connect", "tls", "wait")
    ),
    "ALTER TABLE sends ADD COLUMN robot_then TEXT",  # JSON, see storage.robots
    "ALTER TABLE sends ADD COLUMN imported_at INTEGER",
)

# Each finished send has a link, see storage.evidence.chain. `number` has no gaps. What was finished
# up to `born_key` when the chain began joins it slice by slice, up to `joined_key` so far.
_CHAIN = (
    """
CREATE TABLE chain (
    number INTEGER NOT NULL PRIMARY KEY,
    entry TEXT NOT NULL,
    send_key INTEGER NOT NULL,          -- 0 where it is no send's
    content BLOB NOT NULL,              -- SHA-256 of the record
    digest BLOB NOT NULL                -- SHA-256 of the link before and of this one
) STRICT
""",
    "CREATE INDEX chain_by_send ON chain (send_key) WHERE send_key > 0",
    """
CREATE TABLE chain_removals (
    number INTEGER NOT NULL PRIMARY KEY,
    record TEXT NOT NULL                -- JSON: which links lost their sends, when and why
) STRICT
""",
    """
CREATE TABLE chain_state (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    number INTEGER NOT NULL,            -- of the last link, 0 where there is none yet
    digest BLOB NOT NULL,
    joined_key INTEGER NOT NULL,
    born_key INTEGER NOT NULL
) STRICT
""",
    "INSERT INTO chain_state SELECT 1, 0, zeroblob(32), 0, coalesce(max(key), 0) FROM sends",
)

_BEIJING = "{row}.created_at / 1000000 + 28800, 'unixepoch'"
SUM_DAY = f"CAST(strftime('%Y%m%d', {_BEIJING}) AS INTEGER)"
"""The day of a send as 20261130, by Beijing time: the same on every computer."""
SUM_MONTH = f"CAST(strftime('%Y%m', {_BEIJING}) AS INTEGER)"

_SUM_KEYS = "day, is_sandbox, stage, status, cause, fault"
_SUM_VALUES = (
    f"{SUM_DAY}, {{row}}.is_sandbox, {{row}}.stage, {{row}}.status,"
    " coalesce({row}.cause, ''), coalesce({row}.fault, '')"
)
_IS_SUMMED = "(SELECT {row}.key <= summed_key OR {row}.key > born_key FROM sums_state)"
_TAKE_ONE = tuple(
    one.replace("{row}", "OLD")
    for one in (
        f"UPDATE daily_sums SET sends = sends - 1 WHERE ({_SUM_KEYS}) = ({_SUM_VALUES});",
        f"DELETE FROM daily_sums WHERE ({_SUM_KEYS}) = ({_SUM_VALUES}) AND sends <= 0;",
    )
)
_ADD_ONE = (
    f"INSERT INTO daily_sums VALUES ({_SUM_VALUES}, 1) ON CONFLICT DO UPDATE SET sends = sends + 1;"
).replace("{row}", "NEW")

# How many sends there were, kept by triggers in whatever transaction changes a send. What is older
# than the sums, up to `born_key`, is added slice by slice, up to `summed_key` so far.
_SUMS = (
    """
CREATE TABLE daily_sums (
    day INTEGER NOT NULL,               -- 20261130, by Beijing time
    is_sandbox INTEGER NOT NULL,
    stage TEXT NOT NULL,
    status TEXT NOT NULL,
    cause TEXT NOT NULL,                -- "" for none
    fault TEXT NOT NULL,                -- "" for none
    sends INTEGER NOT NULL,
    PRIMARY KEY (day, is_sandbox, stage, status, cause, fault)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE robot_sums (
    month INTEGER NOT NULL,             -- 202611, by Beijing time
    robot_id TEXT NOT NULL,
    sends INTEGER NOT NULL,
    PRIMARY KEY (month, robot_id)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE sums_state (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    summed_key INTEGER NOT NULL,
    born_key INTEGER NOT NULL
) STRICT
""",
    "INSERT INTO sums_state SELECT 1, 0, coalesce(max(key), 0) FROM sends",
    f"CREATE TRIGGER sums_add AFTER INSERT ON sends WHEN {_IS_SUMMED.replace('{row}', 'NEW')}"
    f" BEGIN {_ADD_ONE} INSERT INTO robot_sums VALUES ({SUM_MONTH.replace('{row}', 'NEW')},"
    " NEW.robot_id, 1) ON CONFLICT DO UPDATE SET sends = sends + 1; END",
    "CREATE TRIGGER sums_change AFTER UPDATE OF status, cause, fault ON sends"
    f" WHEN {_IS_SUMMED.replace('{row}', 'NEW')} AND (OLD.status, OLD.cause, OLD.fault)"
    " IS NOT (NEW.status, NEW.cause, NEW.fault)"
    f" BEGIN {' '.join(_TAKE_ONE)} {_ADD_ONE} END",
    f"CREATE TRIGGER sums_take AFTER DELETE ON sends WHEN {_IS_SUMMED.replace('{row}', 'OLD')}"
    f" BEGIN {' '.join(_TAKE_ONE)} UPDATE robot_sums SET sends = sends - 1"
    f" WHERE (month, robot_id) = ({SUM_MONTH.replace('{row}', 'OLD')}, OLD.robot_id);"
    f" DELETE FROM robot_sums WHERE (month, robot_id) ="
    f" ({SUM_MONTH.replace('{row}', 'OLD')}, OLD.robot_id) AND sends <= 0; END",
)

# Several drafts at once: the open ones have a `place`, closed ones a time; what has neither could
# not be read and is kept aside. What was rehearsed is remembered by draft.
_SEVERAL_DRAFTS = (
    "ALTER TABLE drafts ADD COLUMN draft_id TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE drafts ADD COLUMN place INTEGER",
    "ALTER TABLE drafts ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE drafts ADD COLUMN sent_at INTEGER",
    "ALTER TABLE drafts ADD COLUMN closed_at INTEGER",
    # The caret is JSON: the field's path, and what is selected in it.
    "ALTER TABLE drafts ADD COLUMN caret TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE drafts ADD COLUMN steps_first INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE drafts ADD COLUMN steps_done INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE drafts ADD COLUMN steps_end INTEGER NOT NULL DEFAULT 0",
    "UPDATE drafts SET draft_id = lower(hex(randomblob(16))), changed_at = saved_at",
    "UPDATE drafts SET place = 0 WHERE is_current = 1",
    "CREATE UNIQUE INDEX drafts_by_id ON drafts (draft_id)",
    "CREATE INDEX drafts_by_closing ON drafts (closed_at) WHERE closed_at IS NOT NULL",
    """
CREATE TABLE draft_steps (
    draft_id TEXT NOT NULL REFERENCES drafts (draft_id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    content TEXT NOT NULL,              -- JSON, see storage.drafts
    PRIMARY KEY (draft_id, number)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE draft_versions (
    key INTEGER PRIMARY KEY,
    draft_id TEXT NOT NULL REFERENCES drafts (draft_id) ON DELETE CASCADE,
    kept_at INTEGER NOT NULL,           -- when it was what the draft said
    taken_at INTEGER NOT NULL,          -- when it became a version
    was_sent INTEGER NOT NULL,
    content TEXT NOT NULL               -- JSON, as in drafts
) STRICT
""",
    "CREATE INDEX versions_by_draft ON draft_versions (draft_id, kept_at)",
    "ALTER TABLE rehearsals ADD COLUMN draft_id TEXT",
    "UPDATE rehearsals SET draft_id = (SELECT draft_id FROM drafts WHERE is_current = 1)"
    " WHERE is_of_draft = 1",
    "CREATE INDEX rehearsals_by_draft ON rehearsals (draft_id) WHERE draft_id IS NOT NULL",
    "ALTER TABLE rehearsals DROP COLUMN is_of_draft",
)

# Where the sends stand among each other, and the index of their words, which is made and kept by
# storage.search. A block is 1024 keys; NULL times: not known yet. `from_key`: the sends from it on
# stand in the index's table, "send_words_" and its generation; with another version it is none.
_FINDING = (
    """
CREATE TABLE send_blocks (
    block INTEGER NOT NULL PRIMARY KEY,
    sends INTEGER NOT NULL,
    first_at INTEGER,
    last_at INTEGER
) STRICT
""",
    # Where no key is missing the blocks are known at once; a count of each takes seconds.
    """
INSERT INTO send_blocks (block, sends)
    WITH ends (low, high) AS (SELECT (SELECT min(key) FROM sends), (SELECT max(key) FROM sends)),
    blocks (block) AS (
        SELECT low >> 10 FROM ends
        WHERE (SELECT count(*) FROM sends) = high - low + 1
        UNION ALL SELECT block + 1 FROM blocks, ends WHERE block < high >> 10
    )
    SELECT block, min(high, (block << 10) + 1023) - max(low, block << 10) + 1 FROM blocks, ends
""",
    """
INSERT INTO send_blocks (block, sends)
    SELECT key >> 10, count(*) FROM sends WHERE NOT EXISTS (SELECT 1 FROM send_blocks) GROUP BY 1
""",
    """
CREATE TRIGGER send_counted AFTER INSERT ON sends BEGIN
    INSERT INTO send_blocks VALUES (NEW.key >> 10, 1, NEW.created_at, NEW.created_at)
        ON CONFLICT (block) DO UPDATE SET sends = sends + 1,
            first_at = min(first_at, NEW.created_at), last_at = max(last_at, NEW.created_at);
END
""",
    """
CREATE TRIGGER send_uncounted AFTER DELETE ON sends BEGIN
    UPDATE send_blocks SET sends = sends - 1 WHERE block = OLD.key >> 10;
END
""",
    """
CREATE TABLE search_state (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    version INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    from_key INTEGER NOT NULL
) STRICT
""",
    "INSERT INTO search_state VALUES (1, 0, 0, 1)",
    """
CREATE TABLE search_facets (
    number INTEGER NOT NULL PRIMARY KEY,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (field, value)
) STRICT
""",
    # Typed questions that were kept, in their order.
    """
CREATE TABLE searches (
    position INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    question TEXT NOT NULL
) STRICT
""",
)

# Which teams somebody is in, a line each.
_TEAMS = ("ALTER TABLE contacts ADD COLUMN teams TEXT NOT NULL DEFAULT ''",)

# Which process has a send under way: the id of its lease (`storage.processes`).
_LEASES = (
    """
CREATE TABLE leases (
    send_key INTEGER NOT NULL PRIMARY KEY,
    lease TEXT NOT NULL
) STRICT
""",
)

# What was given to the fields of templates: `template` is the name of its file.
_FIELD_VALUES = (
    """
CREATE TABLE field_values (
    template TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (template, field, value)
) STRICT, WITHOUT ROWID
""",
)

# Lists of robots, by hand or by a tag. A robot that is deleted leaves them. `list_choices` says who
# was in a list when it was chosen for a draft; `broadcasts` how the sends of one group_id go out.
_ROBOT_LISTS = (
    "ALTER TABLE robots ADD COLUMN tags TEXT NOT NULL DEFAULT '[]'",
    """
CREATE TABLE robot_lists (
    list_id TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    tag TEXT NOT NULL,                  -- "": by hand
    gap_ms INTEGER NOT NULL,
    stops_at_failure INTEGER NOT NULL
) STRICT
""",
    """
CREATE TABLE robot_list_members (
    list_id TEXT NOT NULL REFERENCES robot_lists (list_id) ON DELETE CASCADE,
    robot_id TEXT NOT NULL REFERENCES robots (robot_id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (list_id, robot_id)
) STRICT
""",
    "CREATE INDEX lists_by_robot ON robot_list_members (robot_id)",
    """
CREATE TABLE list_choices (
    draft_id TEXT NOT NULL PRIMARY KEY,
    list_id TEXT NOT NULL,
    members TEXT NOT NULL               -- JSON, [[robot_id, name], …]
) STRICT
""",
    """
CREATE TABLE broadcasts (
    group_id TEXT NOT NULL PRIMARY KEY,
    list_name TEXT NOT NULL,
    gap_ms INTEGER NOT NULL,
    stops_at_failure INTEGER NOT NULL
) STRICT
""",
)

STEPS: tuple[Step, ...] = (
    (
        _ROBOTS,
        _SENDS,
        "CREATE INDEX sends_by_robot ON sends (robot_id)",  # each ends in the key: a page in order
        "CREATE INDEX sends_by_status ON sends (status)",
        "CREATE INDEX sends_by_kind ON sends (kind)",
        _ATTEMPTS,
        "CREATE INDEX attempts_by_robot ON attempts (robot_id, started_at)",
        "CREATE INDEX calls_by_time ON attempts (started_at, status) WHERE is_sandbox = 0",
        _DRAFTS,
        "CREATE UNIQUE INDEX one_current_draft ON drafts (is_current) WHERE is_current = 1",
    ),
    _NETWORK_AND_TWINS,
    _PROBES,
    _REHEARSALS,
    _SEVERAL,
    _CONTACTS,
    _DEPARTMENTS,
    _WIRE,
    _FINGERPRINTS,
    _CORRECTIONS,
    (*_PHASES, *_CHAIN, *_SUMS),
    _SEVERAL_DRAFTS,
    _FINDING,
    # The msgUuid of the send that a draft is to set right.
    ("ALTER TABLE drafts ADD COLUMN corrects TEXT NOT NULL DEFAULT ''",),
    _TEAMS,
    _LEASES,
    _FIELD_VALUES,
    _ROBOT_LISTS,
    SCHEDULES,
    TABLE_RUNS,
    SEND_ORIGINS,
)
"""Each a tuple of single statements, run with its version in one transaction."""
