"""What a paste costs: copied HTML read as markdown, a command understood, a key in the JSON."""

from collections.abc import Callable
from time import perf_counter, process_time

from bs4 import BeautifulSoup

from bench_figures import Figure, quantile
from dingcomposer.core.messages import Markdown
from dingcomposer.core.pasting.content import read_content
from dingcomposer.core.pasting.lenient_json import JsonError
from dingcomposer.core.payload import to_payload
from dingcomposer.interchange.html_reader import read_html
from dingcomposer.interchange.json_positions import places_of, read_strict, write

ROUNDS, QUICK_ROUNDS = 20, 5
PARAGRAPHS = 120
AIM_MS = 8.0
_WORD = (
    "<p class=MsoNormal><b><span style='font-size:10.5pt'>放假时间：</span></b>"
    "<span lang=EN-US style='font-size:10.5pt'>10</span>"
    "<span style='font-size:10.5pt'>月一日至八日，各部门安排好值班</span></p>"
)


def measure(*, is_quick: bool) -> list[Figure]:
    """The processor's time for each, the reading of HTML beside BeautifulSoup alone."""
    rounds = QUICK_ROUNDS if is_quick else ROUNDS
    html = _WORD * PARAGRAPHS
    rich = read_html(html)
    if rich is None:
        raise RuntimeError("a page of Word's was not read")
    token = "3f0c" * 16
    command = (
        f"curl 'https://oapi.dingtalk.com/robot/send?access_token={token}'"
        ' -d \'{"msgtype": "text", "text": {"content": "hi"}}\''
    )
    if read_content(command).message is None:
        raise RuntimeError("a command was not understood")
    body = write(to_payload(Markdown("通知", "各部门请按时提交\n" * 800)))
    read = _spent(lambda: read_html(html), rounds)
    plain = _spent(lambda: BeautifulSoup(html, "html.parser"), rounds)
    size = f"{len(html) // 1000} KB of Word's HTML, {len(rich.markdown.encode()) // 1000} KB read"
    whole = _spent(lambda: read_strict(body), rounds)
    broken = _spent(lambda: _broken(body[:-2]), rounds)
    understood = _spent(lambda: read_content(command), rounds)
    return [
        Figure(
            "a page of Word's, median",
            "ms",
            quantile(read, 0.5),
            quantile(plain, 0.5),
            note=f"{size}, beside BeautifulSoup alone",
        ),
        Figure(
            "a command understood, p95",
            "ms",
            quantile(understood, 0.95),
            at_most=50.0,
            note="a curl command with a message and a webhook",
        ),
        Figure(
            "JSON read, p95",
            "ms",
            quantile(whole, 0.95),
            at_most=AIM_MS,
            note=f"{len(body.encode()) // 1000} KB, as with each key in the JSON",
        ),
        Figure(
            "a fault in JSON found, p95",
            "ms",
            quantile(broken, 0.95),
            at_most=AIM_MS,
            note="the same without its end",
        ),
    ]


def _broken(text: str) -> None:
    try:
        read_strict(text)
    except JsonError:
        places_of(text)


def _spent(work: Callable[[], object], rounds: int) -> list[float]:
    """The processor's time of each round, in ms."""
    spent = []
    work()
    for _ in range(rounds):
        begun, since = process_time(), perf_counter()
        work()
        spent.append(min(process_time() - begun, perf_counter() - since) * 1000)
    return spent
