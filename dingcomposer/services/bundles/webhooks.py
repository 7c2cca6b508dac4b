"""Robots out of a table of webhooks: looked at row by row, then added like those of a bundle."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject

from dingcomposer.core.bundle import BundledRobot
from dingcomposer.core.bundle.comparison import Here
from dingcomposer.core.bundle.merging import Merge, free_name
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import COLOURS, unlike
from dingcomposer.interchange.bundles.webhook_tables import (
    RowFault,
    WebhookRow,
    WebhookTable,
    read_webhooks,
)
from dingcomposer.services.background import Background
from dingcomposer.services.robot_profiles import new_robot_id
from dingcomposer.storage.token_fingerprint import FingerprintOf

TOLD_APART = 24
"""Among more robots no colour is apart from all others, and looking for one takes its time."""


class RowState(StrEnum):
    """How a row stands to what is here."""

    NEW = "new"
    TAKEN = "taken"  # its webhook belongs to a robot that is here: `owners`
    TWICE = "twice"  # its webhook stands in an earlier row: `owners`
    BAD = "bad"  # it gives no robot: `fault`


@dataclass(frozen=True, slots=True, repr=False)
class LookedRow:
    """A row with what is known of it. `owners` are the names of those who have its webhook."""

    row: WebhookRow
    state: RowState
    owners: tuple[str, ...] = ()

    @property
    def fault(self) -> RowFault | None:
        """Why it gives no robot."""
        return self.row.fault

    @property
    def host(self) -> str:
        """Where its webhook leads; "" where it has none."""
        return self.row.robot.host if self.row.robot is not None else ""

    @property
    def has_secret(self) -> bool:
        """Whether a signing secret stands in it."""
        return self.row.credentials is not None and bool(self.row.credentials.secret)

    @property
    def masked_token(self) -> str:
        """The token, of which only the end is shown: enough to know it again."""
        token = self.row.credentials.access_token if self.row.credentials is not None else ""
        return f"…{token[-4:]}" if len(token) >= 16 else "…" if token else ""


class WebhookImporter(QObject):
    """Reads files in the background. Main thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)

    def read(self, path: Path, done: "Callable[[WebhookTable], None]") -> None:
        """Read a file; `done` gets its rows in this thread."""
        self._background.run("webhooks", read_webhooks, path, done)


def look_at(
    rows: Sequence[WebhookRow], here: Here, fingerprint_of: FingerprintOf
) -> tuple[LookedRow, ...]:
    """Each row, with whoever has its webhook already."""
    owners: dict[str, list[str]] = {}
    for robot in here.robots:
        if robot.token_fingerprint and not robot.is_sandbox:
            owners.setdefault(robot.token_fingerprint, []).append(robot.name)
    before: dict[str, str] = {}
    looked = []
    for row in rows:
        if row.robot is None or row.credentials is None:
            looked.append(LookedRow(row, RowState.BAD))
            continue
        found = fingerprint_of(row.credentials.access_token)
        name = row.name or f"#{row.number}"
        if found in owners:
            looked.append(LookedRow(row, RowState.TAKEN, tuple(owners[found])))
        elif found in before:
            looked.append(LookedRow(row, RowState.TWICE, (before[found],)))
        else:
            looked.append(LookedRow(row, RowState.NEW))
        before.setdefault(found, name)
    return tuple(looked)


def _next_colour(taken: Sequence[str]) -> str:
    """A colour for the next of many: apart from the others, while so many can be told apart."""
    return unlike(taken) if len(taken) < TOLD_APART else COLOURS[len(taken) % len(COLOURS)]


def merge_of(
    rows: Sequence[LookedRow], here: Here, fingerprint_of: FingerprintOf, nameless: str
) -> Merge:
    """The robots of these rows, as they are to be added. `nameless` names those without a name."""
    names = {one.name.casefold() for one in here.robots}
    colours = [one.colour for one in here.robots]
    made = []
    for looked in rows:
        robot, known = looked.row.robot, looked.row.credentials
        if robot is None or known is None:
            continue
        name = free_name(robot.name or nameless, names)
        names.add(name.casefold())
        colour = robot.colour or _next_colour(colours)
        colours.append(colour)
        robot = replace(
            robot,
            robot_id=new_robot_id(),
            name=name,
            colour=colour,
            has_token=True,
            has_secret=bool(known.secret),
            token_fingerprint=fingerprint_of(known.access_token),
        )
        made.append(BundledRobot(robot, known))
    return Merge(tuple(made))
