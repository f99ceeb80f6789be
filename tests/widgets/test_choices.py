"""Lists of push buttons: a press means what the page showed, whatever Python shows by now."""

import pytest

from stratcraft_jupyter.widgets.choices import Choice, ChoiceList

SMA, EMA, RSI = (Choice(key, key.upper()) for key in ("sma", "ema", "rsi"))


class Listed:
    """A list, what was pressed in it, and a page that shows it with some delay."""

    def __init__(self, front_end, look):
        self._front_end = front_end
        self.pressed = []
        self.choices = ChoiceList(look, self.pressed.append, [SMA, EMA])

    @property
    def fill(self):
        """The number that the page reads from the classes."""
        prefix = "jp-StratCraft-fill-"
        (found,) = [name for name in self.choices.widget._dom_classes if name.startswith(prefix)]
        return int(found.removeprefix(prefix))

    def press(self, index, fill=None, clicks=1):
        shown = self.fill if fill is None else fill
        content = {"event": "press", "fill": shown, "index": index, "clicks": clicks}
        self._front_end.send(self.choices.widget.comm, content)

    def press_plainly(self, index):
        """As ipywidgets alone tells it."""
        widget = self.choices.widget
        if widget.index != index:
            self._front_end.set(widget.comm, index=index)
        self._front_end.send(widget.comm, {"event": "click"})


@pytest.fixture
def listed(front_end, look):
    return Listed(front_end, look)


def test_each_press_counts_also_of_the_same_button(listed):
    for index in (1, 1, 0):
        listed.press(index)
    assert listed.pressed == ["ema", "ema", "sma"]


def test_without_the_labextension_each_press_counts_too(listed):
    for index in (1, 1, 0):
        listed.press_plainly(index)
    assert listed.pressed == ["ema", "ema", "sma"]


def test_a_press_on_buttons_that_moved_meanwhile_means_what_was_seen(listed):
    before = listed.fill
    listed.choices.fill([RSI, SMA, EMA])
    assert listed.fill != before
    listed.press(0, fill=before)
    assert listed.pressed == ["sma"]


def test_a_press_on_what_is_no_longer_offered_does_nothing(listed):
    before = listed.fill
    listed.choices.fill([RSI])
    listed.press(0, fill=before)
    assert listed.pressed == []
    listed.press(0)
    assert listed.pressed == ["rsi"]


def test_the_same_buttons_for_something_else_are_others(listed):
    before = listed.fill
    listed.choices.fill([SMA, EMA], about="in:cross.right")
    listed.press(0, fill=before)
    assert listed.pressed == []


def test_the_same_buttons_for_the_same_are_no_new_fill(listed):
    before = listed.fill
    listed.choices.fill([SMA, EMA])
    assert listed.fill == before


def test_a_double_click_does_not_press_what_its_first_click_brought_up(listed):
    listed.press(0)
    listed.choices.fill([RSI])
    listed.press(0, clicks=2)
    listed.press(0, clicks=3)
    assert listed.pressed == ["sma"]
    listed.press(0)
    assert listed.pressed == ["sma", "rsi"]


def test_two_quick_presses_in_a_list_that_stays_are_two(listed):
    listed.press(0)
    listed.press(0, clicks=2)
    assert listed.pressed == ["sma", "sma"]


@pytest.mark.parametrize(("fill", "index"), [(99, 0), (0, 5), (0, -1), (0, "0"), ("x", 0)])
def test_what_no_page_sends_is_ignored(listed, fill, index):
    listed.press(index, fill=fill)
    assert listed.pressed == []


def test_old_fills_are_forgotten(listed):
    before = listed.fill
    for _ in range(20):
        listed.choices.fill([RSI, SMA])
        listed.choices.fill([SMA, EMA])
    listed.press(0, fill=before)
    assert listed.pressed == []
