"""What a letter behind an "@" costs the main thread where the contacts are ten thousand."""

import random
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget

from bench_editors import ProgramWindow, program_window, run_for
from bench_event_loop import MainThreadTime
from bench_figures import Figure, quantile
from dingcomposer.core.contacts import Contact

CONTACTS = 10_000
ROUNDS, QUICK_ROUNDS = 12, 3
PACE_MS = 200
AIM_MS = 8.0
WORDS = ("zx", "wangxm", "lyh", "138", "xm", "chenj")
"""Initials, syllables and numbers."""

NOBODY = "qqz"

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂小晓雅文志建国华云飞红春梅海波丹宇浩欣"
_DEPARTMENTS = ("研发部", "市场部", "人事部", "财务部", "运维值班", "客服一组", "行政部", "法务部")


def people(count: int) -> list[Contact]:
    """So many people, the same at each run."""
    dice = random.Random(20)
    return [
        Contact(
            dice.choice(_SURNAMES) + "".join(dice.choices(_GIVEN, k=dice.choice((1, 2, 2)))),
            f"{13_800_000_000 + number * 7}",
            f"user{number:05}" if number % 3 == 0 else "",
            dice.choice(_DEPARTMENTS),
        )
        for number in range(count)
    ]


def measure(*, is_quick: bool) -> list[Figure]:
    """Letters behind an "@" with ten thousand contacts, in turns with letters behind none."""
    rounds = QUICK_ROUNDS if is_quick else ROUNDS
    behind: list[float] = []
    plain: list[float] = []
    nobody: list[float] = []
    with program_window() as window:
        window.program.contacts.put(people(CONTACTS))
        main_thread = MainThreadTime()
        _type(window, main_thread, "@", "w")
        while not window.program.contacts.is_spelled:
            run_for(100)
        for number in range(rounds):
            words = WORDS[number % len(WORDS)]
            plain += _type(window, main_thread, "", words)
            behind += _type(window, main_thread, "@", words)
            if not _is_offered(window):
                raise RuntimeError(f"nobody is offered for {words}")
            nobody += _type(window, main_thread, "@", NOBODY)[-1:]
    note = f"{len(behind)} letters, {CONTACTS} contacts; the floor is the same letter without the @"
    return [
        Figure(
            "a letter behind @, p95",
            "ms",
            quantile(behind, 0.95),
            quantile(plain, 0.95),
            at_most=AIM_MS,
            note=f"all that it sets off in the main thread while people are offered; {note}",
        ),
        Figure("a letter behind @, median", "ms", quantile(behind, 0.5), quantile(plain, 0.5)),
        Figure(
            "the letter that nobody is meant by, median",
            "ms",
            quantile(nobody, 0.5),
            quantile(plain, 0.5),
            note="the offer closes, and what is found in the message stands below it",
        ),
    ]


def _type(
    window: ProgramWindow, main_thread: MainThreadTime, before: str, words: str
) -> list[float]:
    """The cost of each of the words' letters, in an empty text."""
    window.write("")
    window.editor.window().activateWindow()
    window.editor.setFocus(Qt.FocusReason.OtherFocusReason)
    run_for(100)
    QTest.keyClicks(window.editor, f"a {before}")
    run_for(PACE_MS)
    return [main_thread.count(partial(window.press, letter), PACE_MS) for letter in words]


def _is_offered(window: ProgramWindow) -> bool:
    lists = window.program.window.findChildren(QListWidget, "compose.text.people")
    return any(one.isVisible() and one.count() for one in lists)
