"""The robots' profiles. Their tokens and secrets are not here: see `storage.secrets`."""

from collections.abc import Sequence
from typing import Any

from dingcomposer.core.messages import Mentions
from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import ProxyMode, Robot, Stage, TrustSource
from dingcomposer.storage.database import (
    Database,
    Row,
    StorageError,
    StorageFault,
    Value,
    from_json,
    to_json,
)

LOOKED_BACK_ROWS = 2_000
"""Among so many sends, the newest ones, the last broadcast is looked for."""


class RobotStore:
    """The robots in the order that the person gave them. Main thread; StorageError throughout.

    Names may occur twice: `core.checks` tells the person, and nothing here hangs on a name.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, *, include_archived: bool = False) -> tuple[Robot, ...]:
        """Every robot, in order."""
        where = "" if include_archived else "WHERE is_archived = 0"
        rows = self._database.rows(f"SELECT * FROM robots {where} ORDER BY position")
        return tuple(_robot(row) for row in rows)

    def get(self, robot_id: str) -> Robot | None:
        """One robot, archived or not; None where it is not known (any more)."""
        rows = self._database.rows("SELECT * FROM robots WHERE robot_id = ?", robot_id)
        return _robot(rows[0]) if rows else None

    def add(self, robot: Robot) -> None:
        """Put a new robot at the end. Raises ValueError where its endpoint could hold a secret."""
        columns = _columns(robot)
        with self._database.joined_transaction():
            last = self._database.rows("SELECT max(position) FROM robots")[0][0]
            self._database.insert(
                "robots", {**columns, "position": 0 if last is None else last + 1}
            )

    def save(self, robot: Robot) -> None:
        """Replace what is known of a robot; its place stays. Raises ValueError like `add`."""
        if not self._database.update("robots", _columns(robot), "robot_id = ?", robot.robot_id):
            raise LookupError(robot.robot_id)

    def reorder(self, robot_ids: Sequence[str]) -> None:
        """Put these robots first, in this order; the others follow in theirs."""
        with self._database.transaction():
            known = [robot.robot_id for robot in self.all(include_archived=True)]
            first = [robot_id for robot_id in robot_ids if robot_id in known]
            rest = [robot_id for robot_id in known if robot_id not in first]
            for position, robot_id in enumerate([*first, *rest]):
                self._database.update("robots", {"position": position}, "robot_id = ?", robot_id)

    def archive(self, robot_id: str, *, is_archived: bool = True) -> None:
        """Take a robot out of the list, or back into it; its place stays."""
        self._database.update("robots", {"is_archived": is_archived}, "robot_id = ?", robot_id)

    def delete(self, robot_id: str) -> None:
        """Forget a robot. What was sent through it stays in the history."""
        self._database.run("DELETE FROM robots WHERE robot_id = ?", robot_id)


def _columns(robot: Robot) -> dict[str, Value]:
    netloc = robot.endpoint.partition("//")[2].partition("/")[0]
    if "?" in robot.endpoint or "#" in robot.endpoint or "@" in netloc:
        raise ValueError("an endpoint is stored without query, fragment and user")
    if "@" in robot.proxy:
        raise ValueError("a proxy is stored without user and password")
    mentions = robot.default_mentions
    return {
        "robot_id": robot.robot_id,
        "name": robot.name,
        "colour": robot.colour,
        "stage": robot.stage,
        "endpoint": robot.endpoint,
        "keywords": to_json(robot.keywords),
        "addresses": to_json(robot.addresses),
        "default_mentions": to_json(
            {
                "mobiles": mentions.mobiles,
                "user_ids": mentions.user_ids,
                "is_all": mentions.is_all,
            }
        ),
        "expects_signature": robot.expects_signature,
        "has_token": robot.has_token,
        "has_secret": robot.has_secret,
        "connect_timeout_s": robot.connect_timeout_s,
        "read_timeout_s": robot.read_timeout_s,
        "is_host_confirmed": robot.is_host_confirmed,
        "is_sandbox": robot.is_sandbox,
        "is_archived": robot.is_archived,
        "way": robot.way,
        "proxy": robot.proxy,
        "proxy_user": robot.proxy_user,
        "has_proxy_password": robot.has_proxy_password,
        "trust": robot.trust,
        "ca_file": robot.ca_file,
        "is_twin": robot.is_twin,
        "sandbox_pace": robot.sandbox_pace,
        "sandbox_caller": robot.sandbox_caller,
        "token_fingerprint": robot.token_fingerprint,
        "tags": to_json(robot.tags),
    }


def _robot(row: Row) -> Robot:
    try:
        mentions = from_json(row["default_mentions"])
        return Robot(
            robot_id=row["robot_id"],
            name=clean(row["name"]),
            colour=row["colour"],
            stage=Stage(row["stage"]),
            endpoint=row["endpoint"],
            keywords=_texts(from_json(row["keywords"])),
            addresses=_texts(from_json(row["addresses"])),
            default_mentions=Mentions(
                _texts(mentions["mobiles"]),
                _texts(mentions["user_ids"]),
                bool(mentions["is_all"]),
            ),
            expects_signature=bool(row["expects_signature"]),
            has_token=bool(row["has_token"]),
            has_secret=bool(row["has_secret"]),
            connect_timeout_s=row["connect_timeout_s"],
            read_timeout_s=row["read_timeout_s"],
            is_host_confirmed=bool(row["is_host_confirmed"]),
            is_sandbox=bool(row["is_sandbox"]),
            is_archived=bool(row["is_archived"]),
            way=ProxyMode(row["way"]),
            proxy=row["proxy"],
            proxy_user=row["proxy_user"],
            has_proxy_password=bool(row["has_proxy_password"]),
            trust=TrustSource(row["trust"]),
            ca_file=row["ca_file"],
            is_twin=bool(row["is_twin"]),
            sandbox_pace=row["sandbox_pace"],
            sandbox_caller=row["sandbox_caller"],
            token_fingerprint=row["token_fingerprint"],
            tags=tuple(map(clean, _texts(from_json(row["tags"])))),
        )
    except (KeyError, TypeError, ValueError):
        raise StorageError(StorageFault.DAMAGED) from None


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in value)


def last_recipients(database: Database, headline: str) -> tuple[str, ...]:
    """The robots of the newest send to several groups at once, by their ids, in its order.

    Of one that was called the same, where there is one among the newest sends; () where nothing
    went to several groups yet. Raises StorageError.
    """
    rows = database.rows(
        "SELECT robot_id FROM sends WHERE group_id = (SELECT group_id FROM"
        " (SELECT key, group_id, headline FROM sends ORDER BY key DESC LIMIT ?)"
        " WHERE group_id IS NOT NULL ORDER BY headline = ? DESC, key DESC LIMIT 1) ORDER BY key",
        LOOKED_BACK_ROWS,
        headline,
    )
    return tuple(dict.fromkeys(str(row["robot_id"]) for row in rows))
