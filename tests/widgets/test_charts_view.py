"""The charts as the page gets them: models, traits and messages of the real bqplot widgets."""

import asyncio

import pytest
from made_results import cross_fills, make_bars, make_result

from stratcraft_jupyter.widgets.charts import view as charts_view
from stratcraft_jupyter.widgets.charts.data import chart_data
from stratcraft_jupyter.widgets.charts.view import ChartsView
from stratcraft_jupyter.widgets.charts.window import Window, full_window

COUNT = 3000
BARS = make_bars(COUNT)


@pytest.fixture
def view(front_end, look):
    data = chart_data(make_result(BARS, cross_fills(BARS, short=True)), BARS)
    return ChartsView(data, look, lambda callback: callback)


def model(page, name, **traits):
    """The one model of this kind with these traits."""
    found = [
        item
        for item in page.models(name)
        if all(item.state.get(key) == value for key, value in traits.items())
    ]
    assert len(found) == 1, [item.state for item in found]
    return found[0]


def bar_axis(page):
    """The scale that the candles stand on."""
    return refer(page, page.models("OHLCModel")[0].state["scales"]["x"])


def refer(page, reference):
    return next(item for item in page.comms if f"IPY_MODEL_{item.comm_id}" == reference)


def brush(page):
    return model(page, "BrushIntervalSelectorModel")


def button(page, tooltip):
    return model(page, "ButtonModel", tooltip=tooltip)


def click(page, tooltip):
    page.send(button(page, tooltip), {"event": "click"})


def brushed(view):
    """What the brush lies over."""
    return view.children[-1].interaction.selected.tolist()


def test_all_bars_are_in_view_at_first(view, front_end):
    assert view.window == full_window(COUNT)
    assert bar_axis(front_end).state["min"] == full_window(COUNT).first
    assert brushed(view) == [full_window(COUNT).first, full_window(COUNT).last]


def test_every_mark_of_the_bars_stands_on_one_scale(view, front_end):
    kinds = ("OHLCModel", "ScatterModel")
    scales = {item.state["scales"]["x"] for kind in kinds for item in front_end.models(kind)}
    assert len(scales) == 1
    axes = view.children[2].axes
    assert [axis.side for axis in axes] == ["bottom", "right", "right", "right", "right"]
    assert scales == {f"IPY_MODEL_{axes[0].scale.model_id}"}


def test_both_figures_have_the_same_margins_at_their_sides(view, front_end):
    sides = {
        (item.state["fig_margin"]["left"], item.state["fig_margin"]["right"])
        for item in front_end.models("FigureModel")
    }
    assert len(sides) == 1


def test_the_figure_has_a_title(view, front_end):
    titles = [item.state["title"] for item in front_end.models("FigureModel")]
    assert "TEST, 1d: price, volume, equity and drawdown" in titles


def test_brushing_moves_the_charts(view, front_end):
    front_end.set(brush(front_end), brushing=True, selected=[500.0, 900.0])
    assert view.window == Window(500, 900)
    assert bar_axis(front_end).state["min"] == 500
    assert bar_axis(front_end).state["max"] == 900
    assert brushed(view) == [500, 900]


def test_a_click_that_clears_the_brush_leaves_the_window_and_brings_the_brush_back(view, front_end):
    front_end.set(brush(front_end), brushing=True, selected=[500.0, 900.0])
    front_end.set(brush(front_end), brushing=False, selected=[500.0, 900.0])
    front_end.set(brush(front_end), brushing=True, selected=None)
    front_end.set(brush(front_end), brushing=False)
    assert view.window == Window(500, 900)
    assert brushed(view) == [500, 900]


def test_a_brush_too_narrow_is_widened_when_let_go(view, front_end):
    front_end.set(brush(front_end), brushing=True, selected=[500.0, 502.0])
    front_end.set(brush(front_end), brushing=False, selected=[500.0, 502.0])
    assert brushed(view) == [491, 511]


def test_buttons_move_the_window(view, front_end):
    click(front_end, "Show 1Y up to the right edge")
    year = view.window
    assert 255 < year.span < 265
    click(front_end, "Earlier")
    assert view.window.last == pytest.approx(year.last - year.span / 2)
    click(front_end, "Zoom in")
    assert view.window.span == pytest.approx(year.span / 2)
    click(front_end, "Show all bars")
    assert view.window == full_window(COUNT)


def test_dragging_moves_the_charts_at_our_pace(view, front_end):
    view.show(Window(1000, 1500))
    front_end.set(model(front_end, "ToggleButtonModel"), value=True)
    hand = refer(front_end, front_end.models("PanZoomModel")[0].state["scales"]["x"][0])
    assert (hand.state["min"], hand.state["max"]) == (1000, 1500)
    assert hand is not bar_axis(front_end)
    front_end.set(hand, min=900.0, max=1400.0)
    assert view.window == Window(900, 1400)
    assert bar_axis(front_end).state["min"] == 900


async def test_dragging_redraws_at_our_pace_and_does_not_pull_at_the_mouse(
    front_end, look, monkeypatch
):
    monkeypatch.setattr(charts_view, "_SETTLE", 3600)
    data = chart_data(make_result(BARS), BARS)
    view = ChartsView(data, look, lambda callback: callback)
    front_end.set(model(front_end, "ToggleButtonModel"), value=True)
    hand = refer(front_end, front_end.models("PanZoomModel")[0].state["scales"]["x"][0])

    def told(sender):
        found = [one for one, _, data in front_end.messages if data.get("method") == "update"]
        return found.count(sender)

    for step in range(40):
        front_end.set(hand, min=1000.0 + 10 * step, max=1500.0 + 10 * step)
    front_end.set(hand, min=4000.0, max=4500.0)  # far beyond the last bar
    async with asyncio.timeout(60):
        while bar_axis(front_end).state["max"] != view.window.last:
            await asyncio.sleep(0.01)
    assert view.window.bars(COUNT) == (2505, COUNT)
    assert told(front_end.models("OHLCModel")[0]) <= 20
    assert told(hand) == 0


def test_dragging_beyond_the_end_springs_back(view, front_end):
    view.show(Window(2400, 2900))
    front_end.set(model(front_end, "ToggleButtonModel"), value=True)
    hand = refer(front_end, front_end.models("PanZoomModel")[0].state["scales"]["x"][0])
    front_end.set(hand, min=4000.0, max=4500.0)
    assert view.window.bars(COUNT)[1] == COUNT
    assert hand.state["max"] == view.window.last


def test_new_tick_labels_are_known_before_the_ticks_come(view, front_end):
    # bqplot labels a tick when it comes; the order within one message is not ours to choose
    front_end.messages.clear()
    view.show(Window(1000, 1200))
    axis = model(front_end, "AxisModel", side="bottom", grid_lines="solid")
    sent = [
        set(data["state"]) & {"tick_labels", "tick_values"}
        for sender, _, data in front_end.messages
        if sender is axis
    ]
    assert sent == [{"tick_labels"}, {"tick_values"}]
    ticks = view.children[2].axes[0].tick_values
    assert {str(int(value)) for value in ticks} <= set(axis.state["tick_labels"])


def test_the_mouse_over_a_strip_fills_the_tooltip(view, front_end):
    view.show(Window(999.5, 1099.5))
    strips = model(front_end, "BarsModel")
    front_end.send(strips, {"event": "hover", "data": {"index": 120}})
    tooltip = refer(front_end, strips.state["tooltip"])
    day = str(BARS.time[1050])[:10]
    assert f"<caption>{day}</caption>" in tooltip.state["value"]
    assert f"{BARS.close[1050]:.2f}" in tooltip.state["value"]


def test_a_small_move_sends_few_messages(view, front_end):
    view.show(Window(1000, 1500))
    front_end.set(brush(front_end), brushing=True, selected=[1000.0, 1500.0])
    front_end.messages.clear()
    front_end.set(brush(front_end), brushing=True, selected=[1001.0, 1501.0])
    assert 0 < len(front_end.messages) <= 18


def test_other_results_are_drawn_in_the_same_figures(view, front_end):
    models = len(front_end.comms)
    view.show(Window(1000, 1500))
    view.update(chart_data(make_result(BARS, cross_fills(BARS, 5, 20)), BARS))
    assert view.window == Window(1000, 1500)
    other = make_bars(400, seed=9, symbol="OTHER")
    view.update(chart_data(make_result(other), other))
    assert view.window == full_window(400)
    assert len(front_end.comms) == models
    titles = [item.state["title"] for item in front_end.models("FigureModel")]
    assert "OTHER, 1d: price, volume, equity and drawdown" in titles


def test_bars_of_other_length_bring_other_periods(view, front_end):
    other = make_bars(500, timeframe="5m")
    view.update(chart_data(make_result(other), other))
    assert button(front_end, "Show 1W up to the right edge")
