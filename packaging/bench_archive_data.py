"""A history as large as it gets, drawn from a seed: the same rows each time."""

import json
import random
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from dingcomposer.storage.database import Database, Value, to_micros

NEWEST = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
YEARS = 3
ROBOTS = 300
RARE_WORD = "鸑鷟"
"""Stands in one send of ten thousand."""

_CHINESE = [
    "今晚",
    "系统",
    "维护",
    "服务",
    "停机",
    "更新",
    "数据库",
    "发布",
    "请",
    "各位",
    "同事",
    "注意",
    "考勤",
    "打卡",
    "工资",
    "已",
    "发放",
    "会议",
    "室",
    "改到",
    "三楼",
    "明天",
    "上午",
    "九点",
    "开会",
    "报销",
    "截止",
    "本周五",
    "请",
    "尽快",
    "提交",
    "生产",
    "环境",
    "告警",
    "磁盘",
    "使用率",
    "超过",
    "阈值",
    "已",
    "恢复",
    "正常",
    "体检",
    "通知",
    "端午",
    "放假",
    "安排",
    "值班",
    "表",
    "培训",
    "报名",
    "运维",
    "值班",
    "人员",
    "变更",
    "网络",
    "抖动",
    "订单",
    "支付",
    "失败",
    "重试",
    "成功",
    "新",
    "员工",
    "入职",
    "欢迎",
    "加入",
    "团队",
    "财务",
    "部",
    "人事",
    "行政",
    "采购",
    "审批",
    "流程",
    "上线",
    "灰度",
    "回滚",
    "版本",
    "说明",
    "客户",
    "投诉",
    "处理",
]
_ENGLISH = [
    "deploy",
    "release",
    "build",
    "failed",
    "passed",
    "pipeline",
    "server",
    "database",
    "restarted",
    "alert",
    "cpu",
    "memory",
    "disk",
    "latency",
    "rollback",
    "version",
    "ticket",
    "incident",
    "resolved",
    "please",
    "review",
    "merge",
    "request",
    "nightly",
    "backup",
    "finished",
    "schedule",
    "holiday",
    "payroll",
    "training",
    "meeting",
    "moved",
    "room",
    "floor",
    "order",
    "payment",
    "retry",
]
_TEAMS = [
    "运维",
    "人事",
    "行政",
    "财务",
    "研发",
    "测试",
    "客服",
    "销售",
    "采购",
    "仓储",
    "法务",
    "市场",
    "安全",
    "数据",
    "前端",
    "后端",
]
_KINDS = ("text", "link", "markdown", "whole_jump", "independent", "feed_card")
_SHARES = (40, 6, 34, 8, 7, 5)


class Outcome(NamedTuple):
    """How a send ended, and how often that happens among a thousand."""

    share: int
    status: str
    cause: str | None
    fault: str | None
    errcode: str
    errmsg: str


OUTCOMES = (
    Outcome(930, "delivered", "delivered", None, "0", "ok"),
    Outcome(25, "refused", "keyword", None, "310000", "keywords not in content"),
    Outcome(10, "refused", "too_fast", None, "130101", "send too fast, exceed 20 times per minute"),
    Outcome(6, "refused", "signature", None, "310000", "sign not match"),
    Outcome(4, "refused", "token", None, "300005", "token is not exist"),
    Outcome(10, "not_sent", None, "connection_refused", "", ""),
    Outcome(4, "not_sent", None, "name_not_found", "", ""),
    Outcome(7, "unknown", None, "read_timeout", "", ""),
    Outcome(4, "cancelled", None, None, "", ""),
)


def fill(database: Database, rows: int, *, seed: int = 1, first: int = 0) -> None:
    """Write so many sends with their attempts, the oldest first, as they stand when they are over.

    `first` is the number of the first one: a history can be filled piece by piece.
    """
    chance = random.Random(f"{seed}/{first}")
    robots = tuple(_robots(random.Random(seed)))
    step = timedelta(days=365 * YEARS) / max(rows + first, 1)
    for start in range(first, first + rows, 5_000):
        sends, attempts = [], []
        for number in range(start, min(start + 5_000, first + rows)):
            at = NEWEST - step * (first + rows - number)
            send, attempt = _send(chance, number + 1, at, robots)
            sends.append(send)
            attempts += attempt
        with database.transaction():
            for send in sends:
                database.insert("sends", send)
            for one in attempts:
                database.insert("attempts", one)


def msg_uuid(number: int) -> str:
    """The msgUuid of the send of this number, from 1 on."""
    return str(uuid.UUID(int=number * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128, version=4))


class _Robot(NamedTuple):
    robot_id: str
    name: str
    colour: str
    stage: str


def _robots(chance: random.Random) -> Iterator[_Robot]:
    for number in range(ROBOTS):
        name = f"{chance.choice(_TEAMS)}{chance.choice(('通知', '告警', '值班', '日报'))}{number}群"
        stage = "test" if number % 4 == 0 else "production"
        yield _Robot(f"r-{number}", name, f"#{chance.randrange(0x1000000):06x}", stage)


def _send(
    chance: random.Random, number: int, at: datetime, robots: tuple[_Robot, ...]
) -> tuple[dict[str, Value], list[dict[str, Value]]]:
    robot = robots[min(int(chance.paretovariate(0.6)) - 1, ROBOTS - 1)]
    kind = chance.choices(_KINDS, _SHARES)[0]
    headline, payload = _payload(chance, kind, number)
    outcome = chance.choices(OUTCOMES, [one.share for one in OUTCOMES])[0]
    has_left = outcome.status not in ("not_sent", "cancelled")
    took_ms = round(chance.lognormvariate(4.8, 0.5), 1)
    created, ended = to_micros(at), to_micros(at) + int(took_ms * 1000)
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    said = {
        "status": outcome.status,
        "cause": outcome.cause,
        "fault": outcome.fault,
        "errcode": outcome.errcode,
        "errmsg": outcome.errmsg,
        "http_status": 200 if outcome.cause else None,
        "duration_ms": took_ms,
    }
    send: dict[str, Value] = {
        "key": number,
        "msg_uuid": msg_uuid(number),
        "robot_id": robot.robot_id,
        "robot_name": robot.name,
        "robot_colour": robot.colour,
        "stage": robot.stage,
        "is_sandbox": 0,
        "kind": kind,
        "headline": headline,
        "created_at": created,
        "finished_at": ended,
        "attempts": int(outcome.status != "cancelled"),
        "payload": body,
        "is_signed": 1 if has_left else None,
        "token_fingerprint": f"{crc32(robot.robot_id.encode()):064x}",
        **said,
    }
    if outcome.status == "cancelled":
        return send, []
    answer = f'{{"errcode":{outcome.errcode},"errmsg":"{outcome.errmsg}"}}' if outcome.cause else ""
    attempt: dict[str, Value] = {
        "send_key": number,
        "number": 1,
        "robot_id": robot.robot_id,
        "is_sandbox": 0,
        "started_at": created,
        "ended_at": ended,
        "url": "https://oapi.dingtalk.com/robot/send",
        "body_sha256": f"{number:064x}",
        "body_bytes": len(body),
        "answer": answer,
        "query": "access_token=***&timestamp=1761987600000&sign=***" if has_left else None,
        "request_headers": _REQUEST if has_left else None,
        "status_line": "HTTP/1.1 200 OK" if outcome.cause else None,
        "response_headers": _RESPONSE if outcome.cause else None,
        "received_bytes": len(answer) if has_left else None,
        "token_fingerprint": send["token_fingerprint"],
        **said,
    }
    return send, [attempt]


def _payload(chance: random.Random, kind: str, number: int) -> tuple[str, dict[str, object]]:
    title, text = _words(chance, 3, 8), _words(chance, 12, 70)
    if number % 10_000 == 0:
        text += RARE_WORD
    people = [f"13{chance.randrange(10**9):09d}" for _ in range(chance.choice((0, 0, 0, 1, 2)))]
    at: dict[str, object] = {}
    if people and kind not in ("link", "feed_card"):
        text = f"{text} {' '.join(f'@{one}' for one in people)}"
        at = {"at": {"atMobiles": people, "isAtAll": False}}
    url = f"https://ops.example.com/t/{number}?from=ding"
    match kind:
        case "text":
            return text[:80], {"msgtype": kind, kind: {"content": text}, **at}
        case "link":
            body: object = {"title": title, "text": text, "messageUrl": url, "picUrl": ""}
            return title, {"msgtype": kind, kind: body}
        case "markdown":
            marked = f"### {title}\n> {text}\n\n- [详情]({url})\n- **{_words(chance, 2, 5)}**"
            return title, {"msgtype": kind, kind: {"title": title, "text": marked}, **at}
        case "whole_jump":
            body = {"title": title, "text": text, "singleTitle": "查看详情", "singleURL": url}
        case "independent":
            buttons = [{"title": one, "actionURL": url} for one in ("同意", "拒绝")]
            body = {"title": title, "text": text, "btnOrientation": "1", "btns": buttons}
        case _:
            links = [
                {"title": _words(chance, 4, 9), "messageURL": url, "picURL": f"{url}&p={at}"}
                for at in range(chance.randint(1, 4))
            ]
            return links[0]["title"], {"msgtype": "feedCard", "feedCard": {"links": links}}
    return title, {"msgtype": "actionCard", "actionCard": body, **at}


def _words(chance: random.Random, least: int, most: int) -> str:
    count = chance.randint(least, most)
    if chance.random() < 0.3:
        return " ".join(chance.choices(_ENGLISH, k=count))
    words = chance.choices(_CHINESE, k=count)
    for _ in range(count // 6):  # names, places: what is met less often
        words[chance.randrange(count)] = chr(0x4E00 + int(chance.expovariate(1 / 900)) % 6_000)
    if chance.random() < 0.3:
        words[chance.randrange(count)] = f" {chance.choice(_ENGLISH)} {chance.randrange(10_000)} "
    return "".join(words[: count // 2]) + "，" + "".join(words[count // 2 :]) + "。"


_REQUEST = json.dumps(
    [
        ["Host", "oapi.dingtalk.com"],
        ["User-Agent", "DingComposer/1.0"],
        ["Content-Type", "application/json; charset=utf-8"],
        ["Connection", "keep-alive"],
        ["Content-Length", "412"],
    ]
)
_RESPONSE = json.dumps(
    [
        ["Date", "Sun, 01 Nov 2026 09:00:00 GMT"],
        ["Content-Type", "application/json"],
        ["Content-Length", "27"],
        ["Connection", "keep-alive"],
        ["Cache-Control", "no-cache"],
    ]
)


def make(path: Path, rows: int, *, seed: int = 1) -> None:
    """A file with so many sends."""
    with closing(Database(path)) as database:
        database.run("PRAGMA synchronous = OFF")
        fill(database, rows, seed=seed)


def make_or_copy(path: Path, rows: int, kept: str | None) -> None:
    """The same, copied from the folder where `bench archive` kept its files, if it did."""
    source = Path(kept, f"archive-{rows}.plain") if kept else None
    if source is None or not source.exists():
        make(path, rows)
        return
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(path)) as copy:
        one.backup(copy)
