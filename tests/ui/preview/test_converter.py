"""Conversion off the main thread."""

import threading

import shiboken6
from pytestqt.qtbot import QtBot

from dingcomposer.ui.preview.richtext.rendering import Body, Conversion, Converter, render


def test_a_body_is_converted_elsewhere_and_arrives_in_the_main_thread(qtbot: QtBot) -> None:
    converter = Converter()
    arrived: list[tuple[Conversion, threading.Thread]] = []
    converter.converted.connect(lambda done: arrived.append((done, threading.current_thread())))
    body = Body("# 标题\n正文", is_markdown=True)
    with qtbot.waitSignal(converter.converted):
        converter.request("asker", body)
    done, thread = arrived[0]
    assert done == Conversion("asker", body, render(body))
    assert thread is threading.main_thread()
    converter.close()


def test_the_newest_body_always_arrives_last(qtbot: QtBot) -> None:
    converter = Converter()
    arrived: list[Conversion] = []
    converter.converted.connect(arrived.append)
    bodies = [Body("字" * length, is_markdown=True) for length in range(60)]
    for body in bodies:
        converter.request("asker", body)
    qtbot.waitUntil(lambda: bool(arrived) and arrived[-1].body == bodies[-1])
    assert len(arrived) <= len(bodies)
    converter.close()


def test_two_askers_do_not_overtake_each_other(qtbot: QtBot) -> None:
    converter = Converter()
    arrived: list[Conversion] = []
    converter.converted.connect(arrived.append)
    converter.request("pc", Body("一"))
    converter.request("phone", Body("二"))
    qtbot.waitUntil(lambda: {done.asker for done in arrived} == {"pc", "phone"})
    converter.close()


def test_what_did_not_change_is_the_same_object_again(qtbot: QtBot) -> None:
    converter = Converter()
    arrived: list[Conversion] = []
    converter.converted.connect(arrived.append)
    for text in ("一\n\n二\n\n三", "一\n\n改\n\n三"):
        with qtbot.waitSignal(converter.converted):
            converter.request("asker", Body(text, is_markdown=True))
    first, second = (done.rendering.paragraphs for done in arrived)
    assert first[0] is second[0]
    assert first[2] is second[2]
    assert first[1] != second[1]
    converter.close()


def test_a_closed_converter_takes_nothing_more(qtbot: QtBot) -> None:
    converter = Converter()
    converter.close()
    with qtbot.assertNotEmitted(converter.converted, wait=30):
        converter.request("asker", Body("一"))


def test_a_converter_may_go_while_its_thread_works(qtbot: QtBot) -> None:
    before = set(threading.enumerate())  # some are of windows that other tests had
    for _ in range(20):
        converter = Converter()
        converter.request("asker", Body("# 标题\n" * 200, is_markdown=True))
        shiboken6.delete(converter)
    qtbot.waitUntil(lambda: set(threading.enumerate()) <= before)
