"""The bench's own arithmetic and command line; how fast anything is belongs to the bench itself."""

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bench
import bench_editors
from bench_figures import Figure, quantile, table, unmeasured
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
        bench.main(["--only", "dance"])
    assert ended.value.code == 2
    assert "typing" in capsys.readouterr().err


def test_a_quick_run_of_one_measure_prints_its_table_and_writes_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bench.json"
    assert bench.main(["--quick", "--only", "client", "--json", str(path)]) == 0
    printed = capsys.readouterr().out
    written = json.loads(path.read_text(encoding="utf-8"))
    names = [figure["name"] for figure in written["figures"]]
    assert names == ["client", "click to DELIVERED"]
    assert all(figure["value"] > 0 and figure["floor"] > 0 for figure in written["figures"])
    assert all(name in printed for name in names)


def test_every_measure_is_there() -> None:
    packaging = Path(bench.__file__).parent
    assert all((packaging / f"{module}.py").exists() for module in bench.MEASURES.values())
    # packaging/ must never be a package itself: it would hide PyPI's `packaging`.
    assert not (packaging / "__init__.py").exists()


def test_the_long_text_is_as_long_as_a_message_may_be() -> None:
    text = bench_editors.long_markdown()
    assert BODY_BYTES - 3 <= len(text.encode()) <= BODY_BYTES
