"""How far closes are moved until two values meet."""

import pytest

from stratcraft_jupyter.verify.touch_tries import Target, Try

STEPS = 14


def met_after(curve, steps=STEPS):
    """A try at values that follow a curve, after the first numbers and some steps."""
    item = Try(Target(None, 0, 0.0), None, 5, {5: 1.0}, {0.0: curve(0.0)})
    for number in (-0.004, 0.004):
        item.points[number] = curve(number)
    for _ in range(steps):
        number = item.next()
        if number is None:
            break
        item.points[number] = curve(number)
    return item


CURVES = {
    "a line": lambda x: 100 * x - 0.1,
    "a bend": lambda x: (1 + x) ** 3 - 1.011,
    "a kink": lambda x: 40 * max(x, -0.0013) + (300 if x < -0.0002 else 250) * (x + 0.0002),
    "flat but on one side": lambda x: 0.5 + 90 * min(0.0, x + 0.011),
    "flat but far up": lambda x: -0.3 + 60 * max(0.0, x - 0.009),
}


@pytest.mark.parametrize("curve", CURVES.values(), ids=CURVES)
def test_values_are_met_whatever_their_curve(curve):
    item = met_after(curve)
    assert item.is_near
    assert abs(curve(item.best)) <= 1e-9


def test_values_that_never_meet_are_given_up():
    item = met_after(lambda x: 1.0 + x * x, steps=40)
    assert item.next() is None
    assert not item.is_near
    assert len(item.points) < 12


def test_what_is_met_is_left_alone():
    assert met_after(lambda x: 100 * x).next() is None
