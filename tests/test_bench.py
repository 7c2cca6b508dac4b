"""The bench's own arithmetic and command line; how fast anything is belongs to the bench itself."""

import json
import os
import sys
from pathlib import Path
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QTimer, SignalInstance
from pytestqt.qtbot import QtBot

import bench
import bench_editors
from bench_event_loop import StallMonitor
from bench_figures import Figure, quantile, table, unmeasured
from bench_start import Run, compiled_into, start_window
from bench_start_profile import import_lines, phase_lines, read_importtime
from dingcomposer.core.limits import BODY_BYTES


def test_a_figure_is_told_as_a_ratio_to_its_floor() -> None:
    figure = Figure("client", "ms", 0.5, 0.8, at_most_ratio=0.7)
    assert figure.ratio == 0.625
    assert (figure.is_ok, figure.verdict) == (True, "ok")


def test_every_aim_must_be_met() -> None:
    def verdict(value: float, floor: float) -> str:
        return Figure("a key", "ms", value, floor, at_most_ratio=0.2, at_most=8.0).verdict

    assert verdict(8.0, 40.0) == "ok"
    assert verdict(8.1, 80.0) == "over"
    assert verdict(7.0, 20.0) == "over"


def test_without_an_aim_there_is_no_verdict() -> None:
    assert (Figure("x", "ms", 3.0, 2.0).is_ok, Figure("x", "ms", 3.0).verdict) == (None, "")


def test_what_could_not_be_measured_says_so_and_is_not_ok() -> None:
    figure = unmeasured("memory", "this system does not say")
    assert (figure.ratio, figure.is_ok, figure.verdict) == (None, None, "not measured")
    assert "this system does not say" in table([figure])


def test_a_quantile_is_a_value_that_was_measured() -> None:
    values = [float(number) for number in range(1, 101)]
    assert quantile(reversed(values), 0.95) == 95.0
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert quantile([4.0], 0.95) == 4.0
    assert quantile([1.0, 2.0], 1.0) == 2.0


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1.0))
def test_so_many_do_not_exceed_a_quantile(values: list[float], share: float) -> None:
    found = quantile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-6


def test_figures_survive_the_way_between_the_processes() -> None:
    figure = Figure("a key", "ms", 2.1, 41.0, 0.2, 8.0, "95 of 100 keys")
    assert Figure.from_dict(json.loads(json.dumps(figure.to_dict()))) == figure


def test_the_table_has_every_figure_with_its_floor_ratio_and_aims() -> None:
    shown = table(
        [
            Figure("按键", "ms", 2.104, 41.06, 0.2, 8.0, "of 20 KB"),
            Figure("start", "ms", 1286.4, 235.0, 1.3),
        ]
    )
    lines = [line.split() for line in shown.splitlines()]
    assert [" ".join(words) for words in lines[1:]] == [
        "按键 2.10 ms 41.1 ms 0.05 x <= 8.00 ms, <= 0.20 x ok",
        "of 20 KB",
        "start 1286 ms 235 ms 5.47 x <= 1.30 x over",
    ]


def test_the_report_says_on_what_it_was_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    told = bench.report([Figure("x", "ms", 1.0, 2.0, 0.4)], is_quick=True)
    assert told["screen"] == "offscreen"
    assert told["is_quick"] is True
    (figure,) = told["figures"]
    assert (figure["value"], figure["ratio"], figure["is_ok"]) == (1.0, 0.5, False)


def test_a_measure_that_fails_is_told_with_its_reason() -> None:
    command = [sys.executable, "-c", "raise RuntimeError('no such thing')"]
    (figure,) = bench.measure_apart("start", is_quick=True, command=command)
    assert figure.verdict == "not measured"
    assert figure.note == "RuntimeError: no such thing"


def test_a_measure_runs_in_a_process_of_its_own_and_what_it_prints_before_is_ignored() -> None:
    figure = Figure("x", "ms", 1.0, 2.0)
    speak = f"print('noise'); print({json.dumps([figure.to_dict()])!r})"
    command = [sys.executable, "-c", speak]
    assert bench.measure_apart("start", is_quick=True, command=command) == [figure]


def test_an_unknown_measure_is_answered_with_the_known_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        bench.main(["dance"])
    assert ended.value.code == 2
    assert "typing" in capsys.readouterr().err


def test_a_quick_run_of_one_measure_prints_its_table_and_writes_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bench.json"
    status = bench.main(["--quick", "client", "--json", str(path)])
    printed = capsys.readouterr().out
    written = json.loads(path.read_text(encoding="utf-8"))
    names = [figure["name"] for figure in written["figures"]]
    assert names == ["client", "client beside http.client", "click to DELIVERED"]
    assert all(figure["value"] > 0 and figure["floor"] > 0 for figure in written["figures"])
    assert all(name in printed for name in names)
    assert status == any(figure["is_ok"] is False for figure in written["figures"])


def test_what_is_over_its_aim_or_not_measured_is_told_last_and_fails_the_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    figures = [
        Figure("start", "ms", 462.0, 200.0, at_most_ratio=1.6),
        Figure("a key, p95", "ms", 2.0, 1.0, at_most=8.0),
        Figure("click to DELIVERED", "ms", 9.0, 1.0),
        unmeasured("memory", "this system does not say"),
    ]
    assert bench.verdict(figures) == 1
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "Over their aims:",
        "  start: 462 ms, 2.31 x (aim <= 1.60 x)",
        "  memory: not measured, this system does not say",
    ]


def test_a_run_in_which_every_aim_is_met_succeeds(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.verdict([Figure("x", "ms", 1.0, 2.0, at_most_ratio=0.5)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Every aim is met."


def test_only_the_measures_that_are_named_run_each_once_and_their_verdict_is_the_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[str, bool]] = []

    def measure(name: str, *, is_quick: bool) -> list[Figure]:
        ran.append((name, is_quick))
        return [Figure(name, "ms", 2.0, 1.0, at_most_ratio=3.0 if name == "client" else 1.0)]

    monkeypatch.setattr(bench, "measure_apart", measure)
    told = ["--json", str(tmp_path / "bench.json")]
    assert bench.main([*told, "typing", "client", "--quick"]) == 1
    assert ran == [("typing", True), ("client", True)]
    assert capsys.readouterr().out.splitlines()[-1].startswith("  typing: 2.00 ms")
    assert bench.main([*told, "client"]) == 0
    ran.clear()
    monkeypatch.setattr(bench, "profile", lambda *, is_quick: f"the start, quick: {is_quick}")
    bench.main(told)
    assert [name for name, _ in ran] == list(bench.MEASURES)
    assert "the start, quick: False" in capsys.readouterr().out


@pytest.fixture(scope="module")
def bare_start(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, str]:
    """One real start and close of the bare window, its imports told."""
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return start_window(
        "bare",
        environ=compiled_into(tmp_path_factory.mktemp("compiled"), environ),
        options=("-X", "importtime"),
    )


def test_a_windows_moments_come_one_after_the_other(bare_start: tuple[Run, str]) -> None:
    run, _ = bare_start
    named = ["began", "imported", "building", "built", "answers", "settled"]
    assert list(run.moments) == named
    assert sorted(run.moments.values()) == list(run.moments.values())
    assert run.moments["began"] > 0
    assert run.close_ms > 0
    if sys.platform == "linux":
        assert run.memory_mib is not None
        assert run.resident_mib is not None
        assert 10 < run.memory_mib <= run.resident_mib
        assert run.cpu_ms is not None
        assert run.cpu_ms > 0


def test_the_program_settles_and_closes_as_the_bench_starts_it(tmp_path: Path) -> None:
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    run, said = start_window("program", str(tmp_path / "data"), environ=environ)
    assert run.moments["answers"] <= run.moments["settled"]
    assert "Traceback" not in said
    assert (tmp_path / "data" / "dingcomposer.sqlite3").exists()


def test_a_window_that_cannot_start_is_told_with_its_reason(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with pytest.raises(RuntimeError, match="the window program ended with 1"):
        start_window("program", str(blocked / "data"), environ=environ)


def test_the_starts_phases_add_up_to_the_settled_window(bare_start: tuple[Run, str]) -> None:
    run, _ = bare_start
    lines = phase_lines([run], [run])
    numbers = [float(line.split()[-3]) for line in lines[1:]]
    assert sum(numbers) == pytest.approx(run.moments["settled"], abs=0.5)
    assert {line.split()[-1] for line in lines[1:]} == {"0.0"}


def test_the_heaviest_imports_are_told_by_their_own_time(bare_start: tuple[Run, str]) -> None:
    _, said = bare_start
    assert "PySide6.QtWidgets" in {one.name for one in read_importtime(said)}
    told = """\
import time: self [us] | cumulative | imported package
import time:       100 |        100 |   json.decoder
import time:      1500 |       1600 | json
import time:      9000 |      10600 | dingcomposer.app
"""
    lines = import_lines(read_importtime(told), {"json"})
    assert [" ".join(line.split()) for line in lines[1:3]] == [
        "dingcomposer.app 1 modules 9.0 ms",
        "Python's own 2 modules 1.6 ms",
    ]
    assert [" ".join(line.split()) for line in lines[-3:-1]] == [
        "dingcomposer.app 9.0 ms, with them 10.6",
        "* json 1.5 ms, with them 1.6",
    ]


def test_a_stall_is_the_longest_one_and_says_how_much_of_it_was_work(qtbot: QtBot) -> None:
    monitor = StallMonitor()
    monitor.begin()
    ends_at = thread_time() + 0.05
    while thread_time() < ends_at:
        pass
    with qtbot.waitSignal(after(20), timeout=5_000):
        pass
    longest_ms = monitor.end()
    assert longest_ms >= 45
    assert monitor.worked_ms >= 45


def after(ms: int) -> SignalInstance:
    """A signal that comes after so many ms."""
    timer = QTimer(QCoreApplication.instance(), singleShot=True)
    timer.start(ms)
    return timer.timeout


def test_every_measure_is_there() -> None:
    packaging = Path(bench.__file__).parent
    assert all((packaging / f"{module}.py").exists() for module in bench.MEASURES.values())
    # packaging/ must never be a package itself: it would hide PyPI's `packaging`.
    assert not (packaging / "__init__.py").exists()


def test_the_long_text_is_as_long_as_a_message_may_be() -> None:
    text = bench_editors.long_markdown()
    assert BODY_BYTES - 3 <= len(text.encode()) <= BODY_BYTES
