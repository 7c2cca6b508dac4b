"""Robots out of a table or JSON of webhooks: CSV (UTF-8, GBK), XLSX, XLS, ODS, or JSON.

A table has headings, in English or Chinese, in any order: 名称, Webhook, 加签密钥, 关键词, 用途,
标签, 颜色. Without headings a column is what it looks like: the webhooks are found by their
addresses, secrets by their SEC. JSON is a list of objects with the same keys, an object of such
objects, or of webhooks, by name. A row that gives no robot says why; no row keeps another back.

Takes a second for a large file: not in the main thread.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from dingcomposer.core.bundle import MOST_ROBOTS
from dingcomposer.core.plain_text import clean
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Credentials, Robot, Stage
from dingcomposer.core.robot_lists import tags_in
from dingcomposer.core.webhook import PastedError, PastedFault, parse_pasted
from dingcomposer.interchange.sheets import SheetError, SheetFault, read_sheets, read_text

NAME_LETTERS: Final = 200


class WebhookField(StrEnum):
    """What a column holds."""

    NAME = "name"
    WEBHOOK = "webhook"
    SECRET = "secret"  # noqa: S105 - a name
    KEYWORDS = "keywords"
    STAGE = "stage"
    TAGS = "tags"
    COLOUR = "colour"


class RowFault(StrEnum):
    """Why a row gives no robot."""

    NO_WEBHOOK = "no_webhook"
    NOT_A_WEBHOOK = "not_a_webhook"
    NO_TOKEN = "no_token"  # noqa: S105 - a name
    NOT_A_SECRET = "not_a_secret"  # noqa: S105
    OTHER = "other"  # no object where JSON has one for a robot


@dataclass(frozen=True, slots=True, repr=False)
class WebhookRow:
    """A row of the file: its number there, the robot that it gives, or why it gives none.

    The robot has no id yet, and no colour where the row names none. repr hides the secrets.
    """

    number: int
    name: str
    robot: Robot | None = None
    credentials: Credentials | None = None
    fault: RowFault | None = None

    def __repr__(self) -> str:
        return f"WebhookRow({self.number}, {self.fault or 'robot'})"


@dataclass(frozen=True, slots=True, repr=False)
class WebhookTable:
    """What a file holds: its rows, or why it cannot be read. `is_whole`: nothing follows them."""

    rows: tuple[WebhookRow, ...] = ()
    fault: SheetFault | None = None
    is_whole: bool = True


_HEADINGS: Final[Mapping[WebhookField, tuple[str, ...]]] = {
    WebhookField.NAME: (
        *("name", "robot", "robotname", "group", "groupname", "title", "label", "alias"),
        *("名称", "名字", "机器人", "机器人名称", "群", "群名", "群名称", "群聊", "备注名", "门店"),
    ),
    WebhookField.WEBHOOK: (
        *("webhook", "webhookurl", "url", "hook", "address", "endpoint", "link", "accesstoken"),
        *("token", "webhook地址", "地址", "机器人地址", "链接", "钩子", "令牌", "网址"),
    ),
    WebhookField.SECRET: (
        *("secret", "signsecret", "signingsecret", "sign", "sec", "signature", "加签", "加签密钥"),
        *("密钥", "签名密钥", "签名", "秘钥"),
    ),
    WebhookField.KEYWORDS: ("keyword", "keywords", "关键词", "关键字", "自定义关键词"),
    WebhookField.STAGE: ("stage", "kind", "type", "env", "environment", "用途", "环境", "类型"),
    WebhookField.TAGS: ("tag", "tags", "labels", "标签", "分类", "区域", "大区", "region"),
    WebhookField.COLOUR: ("colour", "color", "颜色"),
}
_FIELDS: Final = {words: field for field, all_ in _HEADINGS.items() for words in all_}
_BETWEEN: Final = re.compile(r"[\s_\-（）()：:*]+")
_URL: Final = re.compile(r"https?://", re.IGNORECASE)
_SECRET: Final = re.compile(r"SEC[0-9A-Za-z]{8,}")
_TOKEN: Final = re.compile(r"[0-9a-fA-F]{64}")
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_KEYWORDS: Final = re.compile(r"[,，、;；\n|]+")
_TEST: Final = frozenset(("test", "testing", "dev", "staging", "测试", "试验", "开发"))
_DEPTH: Final = 4


def read_webhooks(path: Path) -> WebhookTable:
    """The robots of a file. Never raises."""
    try:
        if path.suffix.casefold() in (".json", ".jsonl"):
            return _read_json(read_text(path))
        rows: list[WebhookRow] = []
        is_whole = True
        for sheet in read_sheets(path):
            rows += read_cells(sheet.rows)
            is_whole = is_whole and sheet.is_whole
    except SheetError as error:
        return WebhookTable(fault=error.fault)
    return _table(rows, is_whole=is_whole)


def read_cells(rows: Sequence[Sequence[str]]) -> list[WebhookRow]:
    """The robots of a sheet's rows."""
    head = next((at for at, row in enumerate(rows[:20]) if _is_head(row)), None)
    if head is not None:
        columns, first = _columns(rows[head]), head + 1
    else:
        columns, first = _guessed(rows), 0
    found = []
    for at, row in enumerate(rows[first:], first + 1):
        cells = {
            field: row[place].strip() if place < len(row) else ""
            for place, field in columns.items()
        }
        if any(cells.values()):
            found.append(_row(at, cells))
    return found


def _table(rows: list[WebhookRow], *, is_whole: bool = True) -> WebhookTable:
    return WebhookTable(tuple(rows[:MOST_ROBOTS]), is_whole=is_whole and len(rows) <= MOST_ROBOTS)


def field_of(heading: str) -> WebhookField | None:
    """What a heading names; None for any other words."""
    return _FIELDS.get(_BETWEEN.sub("", heading).casefold())


def _is_head(row: Sequence[str]) -> bool:
    """Whether a row names its columns: one of them the webhooks, and none of them holds one."""
    fields = {field_of(cell) for cell in row}
    return WebhookField.WEBHOOK in fields and not any(_URL.search(cell) for cell in row)


def _columns(row: Sequence[str]) -> dict[int, WebhookField]:
    columns: dict[int, WebhookField] = {}
    for place, cell in enumerate(row):
        field = field_of(cell)
        if field is not None and field not in columns.values():
            columns[place] = field
    return columns


def _guessed(rows: Sequence[Sequence[str]]) -> dict[int, WebhookField]:
    """The columns by their looks, where nothing names them."""
    width = max(map(len, rows), default=0)

    def share(place: int, pattern: re.Pattern[str]) -> float:
        cells = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
        return sum(pattern.match(cell) is not None for cell in cells) / max(len(cells), 1)

    columns: dict[int, WebhookField] = {}
    for field, pattern in (
        (WebhookField.WEBHOOK, _URL),
        (WebhookField.SECRET, _SECRET),
        (WebhookField.WEBHOOK, _TOKEN),
    ):
        places = [place for place in range(width) if place not in columns]
        best = max(places, key=lambda place: share(place, pattern), default=None)
        if best is not None and share(best, pattern) >= 0.5 and field not in columns.values():
            columns[best] = field
    rest = (place for place in range(width) if place not in columns)
    name = next(rest, None)
    if name is not None:
        columns[name] = WebhookField.NAME
    if WebhookField.WEBHOOK not in columns.values() and name is not None:
        columns[width] = WebhookField.WEBHOOK  # so that every row says that it has none
    return columns


# JSON


def _read_json(text: str) -> WebhookTable:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            value = [json.loads(line) for line in lines]
        except (ValueError, RecursionError):
            return WebhookTable(fault=SheetFault.NO_SHEET)
    rows = [_json_row(number, name, one) for number, (name, one) in _numbered(_items(value, 0))]
    return _table(rows) if rows else WebhookTable(fault=SheetFault.NO_SHEET)


def _numbered(items: Iterable[tuple[str, Any]]) -> Iterator[tuple[int, tuple[str, Any]]]:
    for number, one in enumerate(items, 1):
        if number > MOST_ROBOTS + 1:
            return
        yield number, one


def _items(value: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """The robots in a value, each with the name of its key."""
    if isinstance(value, list):
        for one in value:
            yield "", one
        return
    if not isinstance(value, Mapping) or depth > _DEPTH:
        return
    if any(field_of(key) is WebhookField.WEBHOOK for key in value):
        yield "", value
        return
    lists = [one for one in value.values() if isinstance(one, list)]
    if len(lists) == 1:  # {"robots": […]}, whatever else is said beside them
        yield from _items(lists[0], depth + 1)
        return
    for key, one in value.items():
        if isinstance(one, str | Mapping):
            yield str(key), one


def _json_row(number: int, name: str, value: Any) -> WebhookRow:
    if isinstance(value, str):
        return _row(number, {WebhookField.NAME: name, WebhookField.WEBHOOK: value})
    if not isinstance(value, Mapping):
        return WebhookRow(number, clean(name)[:NAME_LETTERS], fault=RowFault.OTHER)
    cells = {WebhookField.NAME: name}
    for key, one in value.items():
        field = field_of(str(key))
        if field is not None and not cells.get(field):
            cells[field] = _joined(one)
    return _row(number, cells)


def _joined(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(str(one) for one in value if isinstance(one, str | int))
    return str(value).strip() if isinstance(value, str | int) else ""


# A row


def _row(number: int, cells: Mapping[WebhookField, str]) -> WebhookRow:
    name = " ".join(clean(cells.get(WebhookField.NAME, "")).split())[:NAME_LETTERS]
    webhook = cells.get(WebhookField.WEBHOOK, "")
    if not webhook:
        return WebhookRow(number, name, fault=RowFault.NO_WEBHOOK)
    try:
        pasted = parse_pasted(webhook)
    except PastedError as error:
        is_address = error.fault is PastedFault.NO_TOKEN
        fault = RowFault.NO_TOKEN if is_address else RowFault.NOT_A_WEBHOOK
        return WebhookRow(number, name, fault=fault)
    if not pasted.access_token:
        fault = RowFault.NO_TOKEN if pasted.endpoint else RowFault.NOT_A_WEBHOOK
        return WebhookRow(number, name, fault=fault)
    secret = pasted.secret or ""
    if cells.get(WebhookField.SECRET):
        secret = _secret(cells[WebhookField.SECRET])
        if not secret:
            return WebhookRow(number, name, fault=RowFault.NOT_A_SECRET)
    keywords = (one.strip() for one in _KEYWORDS.split(cells.get(WebhookField.KEYWORDS, "")))
    stage = cells.get(WebhookField.STAGE, "").strip().casefold()
    colour = cells.get(WebhookField.COLOUR, "").strip()
    robot = Robot(
        "",
        name,
        colour=colour.upper() if _COLOUR.fullmatch(colour) else "",
        # The safer of the two where the row does not say it.
        stage=Stage.TEST if stage in _TEST else Stage.PRODUCTION,
        endpoint=pasted.endpoint or Robot("", "").endpoint,
        keywords=tuple(dict.fromkeys(clean(one)[:NAME_LETTERS] for one in keywords if one)),
        expects_signature=bool(secret),
        tags=tags_in(clean(cells.get(WebhookField.TAGS, ""))),
    )
    return WebhookRow(number, name, robot, Credentials(pasted.access_token, secret or None))


def _secret(words: str) -> str:
    """The signing secret in a cell, of whatever form; "" where these words are none."""
    try:
        found = parse_pasted(words).secret
    except PastedError:
        found = None
    is_one = not _URL.search(words) and len(words.split()) == 1 and len(words) <= NAME_LETTERS
    return found or (words.strip() if is_one else "")
