"""Which colour a new robot gets, beside those that are there."""

import pytest

from dingcomposer.core.robot import CLEARLY_APART, COLOURS, distance, unlike

SANDBOX = "#12A594"


def test_distance_is_by_the_eye() -> None:
    assert distance("#123456", "#123456") == 0
    assert distance("#000000", "#FFFFFF") == pytest.approx(1, abs=1e-3)
    assert distance(SANDBOX, "#0E8F9C") < CLEARLY_APART < distance(SANDBOX, "#3370FF")


def test_no_offered_colour_is_taken_for_another() -> None:
    pairs = [(one, other) for one in COLOURS for other in COLOURS if one < other]
    assert min(distance(one, other) for one, other in pairs) > 0.08


def test_the_first_robot_is_blue() -> None:
    assert unlike([]) == COLOURS[0]


def test_what_is_nearly_taken_is_as_good_as_taken() -> None:
    almost_all = [*(colour for colour in COLOURS if colour != "#0E8F9C"), SANDBOX]
    assert unlike(almost_all) != "#0E8F9C"


@pytest.mark.parametrize("first", [(SANDBOX,), ("#123456",), ("#ffffff", "#000000"), COLOURS])
def test_one_robot_after_another_is_clearly_apart_from_all_before(first: tuple[str, ...]) -> None:
    taken = list(first)
    while len(taken) < 12:
        new = unlike(taken)
        assert new == unlike(tuple(taken)), "the same each time"
        assert min(distance(new, other) for other in taken) >= CLEARLY_APART
        taken.append(new)
