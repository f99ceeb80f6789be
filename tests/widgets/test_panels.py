"""The panels around the canvas, as real widgets driven through their comms."""

import datetime
from html import escape

import pytest

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph import KINDS, Node, StrategyGraph
from stratcraft_jupyter.market import list_samples, load_bars
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.choices import Choice, ChoiceList
from stratcraft_jupyter.widgets.diagnostics import DiagnosticsList
from stratcraft_jupyter.widgets.inspector import Inspector
from stratcraft_jupyter.widgets.models import ModelChoice, ModelSelector
from stratcraft_jupyter.widgets.palette import Palette
from stratcraft_jupyter.widgets.saving import save
from stratcraft_jupyter.widgets.settings import SettingsForm
from stratcraft_jupyter.widgets.snapshot import Failure
from stratcraft_jupyter.widgets.status import StatusLine
from stratcraft_jupyter.widgets.toolbar import Toolbar


def said(text):
    """The line below an input that says why a value was refused."""
    return f'<div role="alert"><p>{text}</p></div>'


def press(front_end, widget, label):
    """What the view of a list of buttons sends when one is pressed."""
    index = widget._options_labels.index(label)
    if widget.index != index:
        front_end.set(widget.comm, index=index)
    front_end.send(widget.comm, {"event": "click"})


class TestChoiceList:
    @pytest.fixture
    def pressed(self):
        return []

    @pytest.fixture
    def choices(self, front_end, look, pressed):
        return ChoiceList(look, pressed.append, [Choice("a", "A"), Choice("b", "B")])

    def test_each_press_is_reported_once(self, front_end, choices, pressed):
        press(front_end, choices.widget, "B")
        press(front_end, choices.widget, "A")
        assert pressed == ["b", "a"]

    def test_the_same_button_again_is_reported_again(self, front_end, choices, pressed):
        for _ in range(3):
            press(front_end, choices.widget, "B")
        assert pressed == ["b", "b", "b"]

    def test_new_buttons_are_not_a_press(self, front_end, choices, pressed):
        press(front_end, choices.widget, "B")
        choices.fill([Choice("c", "C"), Choice("d", "D")])
        assert pressed == ["b"]
        press(front_end, choices.widget, "C")
        assert pressed == ["b", "c"]

    def test_the_same_text_can_stand_twice(self, front_end, look, pressed):
        choices = ChoiceList(look, pressed.append, [Choice("a", "Same"), Choice("b", "Same")])
        front_end.set(choices.widget.comm, index=1)
        assert pressed == ["b"]


def below(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from below(child)


def is_heading(widget):
    return "jp-StratCraft-shelf-heading" in getattr(widget, "_dom_classes", ())


def labels(widget):
    """The titles of all kinds that can be pressed within a widget."""
    lists = [item for item in below(widget) if hasattr(item, "_options_labels")]
    return [label for item in lists for label in item._options_labels]


def shelf_of(palette, title):
    shelves = [item for item in below(palette.widget) if is_heading((*_children(item), None)[0])]
    return next(item for item in shelves if item.children[0].description == title)


def open_shelf(palette, find, title):
    find(palette.widget, description=title).value = True
    return shelf_of(palette, title)


def _children(widget):
    return getattr(widget, "children", ())


class TestPalette:
    @pytest.fixture
    def palette(self, front_end, state, look):
        return Palette(state, look)

    def test_every_kind_is_on_the_shelf_of_its_family_and_group(self, palette, find):
        open_shelf(palette, find, "Indicators")
        trend = open_shelf(palette, find, "Volatility")
        assert "Average true range" in labels(trend)
        for kind in KINDS.values():
            if kind.family == "condition" and not kind.group:
                assert kind.title in labels(open_shelf(palette, find, "Conditions"))
        for shelf in (item for item in below(palette.widget) if is_heading(item)):
            shelf.value = True
        for shelf in (item for item in below(palette.widget) if is_heading(item)):
            shelf.value = True  # the groups within the families
        assert sorted(labels(palette.widget)) == sorted(kind.title for kind in KINDS.values())

    def test_closed_shelves_hold_nothing_until_they_are_opened(self, palette, find, is_shown):
        assert labels(palette.widget) == []
        shelf = open_shelf(palette, find, "Logic")
        assert is_shown(shelf.children[1])
        find(palette.widget, description="Logic").value = False
        assert not is_shown(shelf.children[1])

    def test_a_press_adds_the_node_and_selects_it(self, front_end, state, palette, find):
        logic = open_shelf(palette, find, "Logic").children[1].children[0]
        press(front_end, logic, "And")
        press(front_end, logic, "And")
        assert state.snapshot.selected_nodes == ("and_2",)
        assert {"and", "and_2"} <= {node.id for node in state.graph.nodes}

    @pytest.mark.parametrize("text", ["RSI", "relative strength", "overbought"])
    def test_search_finds_by_name_alias_and_help(self, palette, find, is_shown, text):
        find(palette.widget, placeholder="Search, Enter adds").value = text
        found = find(palette.widget, description="Found")
        assert found._options_labels[0] == "Relative strength index"
        assert is_shown(found)
        assert not is_shown(palette.widget.children[2])

    def test_enter_adds_the_best_match_and_clears_the_search(
        self, front_end, state, palette, find, is_shown
    ):
        search = find(palette.widget, placeholder="Search, Enter adds")
        search.value = "macd"
        front_end.send(search.comm, {"event": "submit"})
        assert state.snapshot.selected_nodes == ("macd",)
        assert search.value == ""
        assert is_shown(palette.widget.children[2])
        assert not is_shown(palette.widget.children[1])

    def test_nothing_found_is_said_as_text(self, palette, find, is_shown):
        find(palette.widget, placeholder="Search, Enter adds").value = "<b>zzz</b>"
        said = palette.widget.children[1].children[1]
        assert "&lt;b&gt;zzz" in said.value
        assert is_shown(said)

    def test_enter_without_a_match_does_nothing(self, front_end, state, palette, find):
        search = find(palette.widget, placeholder="Search, Enter adds")
        search.value = "zzz"
        front_end.send(search.comm, {"event": "submit"})
        front_end.send(search.comm, {"event": "submit"})
        assert state.snapshot.history.undo_name is None


def field_of(form, control):
    return next(item for item in form.children if control in _children(item))


class TestInspector:
    @pytest.fixture
    def inspector(self, front_end, state, look):
        return Inspector(state, look)

    def test_without_a_selection_it_reads_the_strategy_aloud(self, inspector):
        assert "Enter long when SMA(10)" in inspector.widget.children[1].value

    def test_a_node_is_shown_with_its_reading_and_parameters(self, state, inspector, find):
        state.select(["fast"])
        head = inspector.widget.children[1].children[0].children[0].value
        assert "SMA(10) of close" in head
        assert find(inspector.widget, description="Period (1 to 5,000 bars)").value == "10"

    def test_a_new_value_changes_the_strategy_and_the_reading(self, state, inspector, find):
        state.select(["fast"])
        find(inspector.widget, description="Period (1 to 5,000 bars)").value = "12"
        assert state.graph.node("fast").params["period"] == 12
        assert "SMA(12)" in inspector.widget.children[1].children[0].children[0].value
        state.undo()
        assert find(inspector.widget, description="Period (1 to 5,000 bars)").value == "10"

    def test_a_bad_value_is_refused_in_place_with_the_reason(
        self, state, inspector, find, is_shown
    ):
        state.select(["fast"])
        control = find(inspector.widget, description="Period (1 to 5,000 bars)")
        control.value = "0"
        assert control.value == "0"
        assert state.graph.node("fast").params["period"] == 10
        error = find(inspector.widget, value=said("Period of Fast SMA: use 1 or more."))
        assert is_shown(error)
        control.value = "11"
        assert state.graph.node("fast").params["period"] == 11
        assert not is_shown(error)

    def test_an_expression_that_cannot_be_read_says_so_at_its_text(
        self, state, inspector, find, is_shown
    ):
        node_id = actions.add_node(state, "condition.expression")
        control = find(inspector.widget, description="Text")
        control.value = "close > smma(close, 20)"
        assert state.graph.node(node_id).params["text"] == "close > smma(close, 20)"
        control.value = "close > sna(close, 20)"
        (finding,) = [item for item in state.snapshot.diagnostics if item.code == "SC112"]
        error = find(inspector.widget, value=said(escape(f"{finding.message} {finding.hint}")))
        assert is_shown(error)
        assert "column 9" in error.value
        control.value = "close > sma(close, 20)"
        assert not is_shown(error)

    def test_the_old_value_typed_again_takes_the_complaint_away(
        self, state, inspector, find, is_shown
    ):
        state.select(["fast"])
        control = find(inspector.widget, description="Period (1 to 5,000 bars)")
        control.value = "0"
        error = find(inspector.widget, value=said("Period of Fast SMA: use 1 or more."))
        control.value = "10"
        assert not is_shown(error)

    @pytest.mark.parametrize(
        ("typed", "reason"),
        [
            ("2.5", "Period of Fast SMA must be a whole number, such as 2."),
            ("", "Period of Fast SMA must be a whole number: the field is empty."),
            ("ten", "Period of Fast SMA must be a whole number, such as 20."),
            ("1,000", "Period of Fast SMA must be a whole number, such as 20."),
        ],
    )
    def test_what_is_no_whole_number_is_said_and_not_made_one(
        self, state, inspector, find, is_shown, typed, reason
    ):
        state.select(["fast"])
        control = find(inspector.widget, description="Period (1 to 5,000 bars)")
        control.value = typed
        assert control.value == typed
        assert state.graph.node("fast").params["period"] == 10
        assert is_shown(find(inspector.widget, value=said(reason)))

    def test_what_was_refused_is_still_there_after_other_edits_and_selections(
        self, state, inspector, find
    ):
        state.select(["fast"])
        find(inspector.widget, description="Period (1 to 5,000 bars)").value = "2.5"
        actions.set_param(state, "slow", "period", 40)
        assert find(inspector.widget, description="Period (1 to 5,000 bars)").value == "2.5"
        state.select(["slow"])
        assert find(inspector.widget, description="Period (1 to 5,000 bars)").value == "40"
        state.select(["fast"])
        assert find(inspector.widget, description="Period (1 to 5,000 bars)").value == "2.5"
        actions.set_param(state, "fast", "period", 12)
        assert find(inspector.widget, description="Period (1 to 5,000 bars)").value == "12"
        assert state.snapshot.refused == ()

    def test_the_button_beside_a_refused_value_brings_the_present_one_back(
        self, state, inspector, find
    ):
        state.select(["fast"])
        control = find(inspector.widget, description="Period (1 to 5,000 bars)")
        control.value = "2.5"
        find(inspector.widget, tooltip="Back to 10").click()
        assert control.value == "10"
        assert state.snapshot.refused == ()
        find(inspector.widget, tooltip="Back to 14").click()
        assert control.value == "14"

    def test_a_number_without_effect_need_not_be_corrected(self, state, inspector, find):
        actions.start_from(state, "donchian_turtle")
        state.select(["break_up"])
        find(inspector.widget, description="Right (series, optional)").value = ""
        find(inspector.widget, description="Value").value = "high"
        assert len(state.snapshot.refused) == 1
        state.undo()
        assert find(inspector.widget, description="Value").value == "0"
        assert state.snapshot.refused == ()

    def test_a_deleted_node_has_nothing_to_correct(self, state, inspector, find):
        state.select(["fast"])
        find(inspector.widget, description="Period (1 to 5,000 bars)").value = "2.5"
        actions.delete(state, ["fast"])
        assert state.snapshot.refused == ()

    def test_reset_sets_the_default(self, state, inspector, find, is_shown):
        state.select(["fast"])
        reset = find(inspector.widget, tooltip="Back to 14")
        assert is_shown(reset)
        reset.click()
        assert state.graph.node("fast").params["period"] == 14
        assert not is_shown(reset)

    def test_a_number_that_is_not_in_effect_is_hidden(self, state, inspector, find, is_shown):
        actions.start_from(state, "donchian_turtle")
        state.select(["break_up"])
        find(inspector.widget, description="Is").value = ">="
        assert state.graph.node("break_up").params["operator"] == ">="
        form = inspector.widget.children[1].children[2]
        value = find(form, description="Value")
        assert not is_shown(field_of(form, value))
        more = form.children[-1]
        assert "1 more setting, used when Right is not connected." in more.value
        find(inspector.widget, description="Right (series, optional)").value = ""
        assert is_shown(field_of(form, value))
        assert not is_shown(more)

    def test_the_form_of_an_entry_shows_what_counts(self, state, inspector, find, is_shown):
        state.select(["enter_long"])
        form = inspector.widget.children[1].children[2]

        def shown():
            return [item.children[0].description for item in form.children[:-1] if is_shown(item)]

        assert shown() == [
            "Order",
            "Entries at most (1 to 50)",
            "Priority (1 to 1,000)",
            "Weight (0 to 1,000)",
        ]
        assert "5 more settings, used with another choice in Order" in form.children[-1].value
        assert "or when Confirm is connected." in form.children[-1].value
        find(form, description="Order").value = "stop_limit"
        assert "Limit (0 to 50 %)" in shown()

    def test_name_and_note(self, state, inspector, find):
        state.select(["fast"])
        find(inspector.widget, description="Name").value = "Quick"
        find(inspector.widget, description="Note").value = "because"
        assert state.graph.node("fast").label == "Quick"
        assert state.graph.node("fast").note == "because"

    def test_text_of_the_user_is_never_markup(self, state, inspector):
        state.select(["fast"])
        actions.set_label(state, "fast", "<img src=x onerror=alert(1)>")
        head = inspector.widget.children[1].children[0].children[0].value
        assert "<img" not in head
        assert "&lt;img" in head

    def test_an_input_is_connected_by_a_drop_down(self, state, inspector, find):
        state.select(["fast"])
        source = find(inspector.widget, description="Source (series)")
        assert source.label == "Bars: Close"
        assert "Slow SMA" in source._options_labels
        assert "Fast above slow" not in source._options_labels
        source.value = "bars.high"
        assert [edge.source for edge in state.graph.edges_into("fast")] == ["bars.high"]
        assert state.snapshot.history.undo_name == "connect Bars → Fast SMA"

    def test_an_input_is_disconnected_by_its_button(self, state, inspector, find):
        state.select(["fast"])
        find(inspector.widget, description="Disconnect").click()
        assert state.graph.edges_into("fast") == ()
        source = find(inspector.widget, description="Source (series)")
        assert source.label == "not connected"
        source.value = "bars.close"
        assert [edge.source for edge in state.graph.edges_into("fast")] == ["bars.close"]

    def test_an_output_that_would_make_a_loop_is_not_offered(self, state, inspector, find):
        actions.add_node(state, "indicator.ema")
        actions.connect(state, "fast.value", "ema.source")
        state.select(["fast"])
        source = find(inspector.widget, description="Source (series)")
        assert not any("Exponential" in label for label in source._options_labels)

    def test_an_input_for_many_has_one_row_each_and_one_more(self, state, inspector, find):
        actions.add_node(state, "logic.and")
        find(inspector.widget, description="Signals (signal)").value = "cross_up.signal"
        find(inspector.widget, description="and").value = "cross_down.signal"
        assert len(state.graph.edges_into("and")) == 2
        first = find(inspector.widget, description="Signals (signal)")
        first.value = ""
        assert len(state.graph.edges_into("and")) == 1

    def test_an_input_for_many_with_nothing_left_to_connect_has_no_empty_row(
        self, state, inspector, find
    ):
        actions.start_from(state, "donchian_turtle")
        state.select(["stop"])
        assert find(inspector.widget, description="Entry (order)").label == "Enter long"
        assert find(inspector.widget, description="and").label == "Enter short"

    def test_nodes_of_one_name_can_be_told_apart(self, state, inspector, find):
        for _ in range(2):
            actions.add_node(state, "indicator.ema")
        actions.add_node(state, "math.shift")
        labels = find(inspector.widget, description="Source (series)")._options_labels
        assert "Exponential moving average [ema]" in labels
        assert "Exponential moving average [ema_2]" in labels

    def test_several_nodes_can_be_copied_and_deleted(self, state, inspector, find):
        state.select(["fast", "slow"])
        assert "2 nodes selected" in inspector.widget.children[1].value
        find(inspector.widget, description="Duplicate").click()
        assert state.snapshot.selected_nodes == ("fast_2", "slow_2")
        find(inspector.widget, description="Delete").click()
        assert len(state.graph.nodes) == 7

    def test_a_connection_can_be_deleted_but_not_copied(self, state, inspector, find):
        state.select([], ["bars.close->fast.source"])
        assert find(inspector.widget, description="Duplicate").disabled
        find(inspector.widget, description="Delete").click()
        assert state.graph.edges_into("fast") == ()

    def test_forms_do_not_pile_up(self, front_end, state, inspector):
        for node_id in ("slow", "fast"):  # the form before lives on for a while
            state.select([node_id])
        open_now = len(front_end.comms)
        for _ in range(10):
            state.select(["slow"])
            state.select(["fast"])
        assert len(front_end.comms) == open_now

    def test_a_node_of_an_unknown_kind_can_still_be_seen_and_deleted(
        self, front_end, state, look, find
    ):
        odd = Node(id="odd", kind="indicator.future")
        graph = StrategyGraph(nodes=(*state.graph.nodes, odd), edges=state.graph.edges)
        actions.replace_graph(state, graph)
        inspector = Inspector(state, look)
        state.select(["odd"])
        assert "indicator.future" in inspector.widget.children[1].children[0].children[0].value
        find(inspector.widget, description="Delete").click()
        assert all(node.id != "odd" for node in state.graph.nodes)


class TestDiagnosticsList:
    @pytest.fixture
    def panel(self, front_end, state, look):
        return DiagnosticsList(state, look)

    def test_nothing_wrong_is_said(self, panel, is_shown):
        assert "No problems found" in panel.widget.children[0].value
        assert not is_shown(panel.widget.children[1])

    def test_a_press_selects_the_node(self, front_end, state, panel, is_shown):
        actions.delete(state, ["fast"])
        assert "2 errors" in panel.widget.children[0].value
        listed = panel.widget.children[1]
        assert is_shown(listed)
        label = next(text for text in listed._options_labels if "Fast below slow" in text)
        press(front_end, listed, label)
        assert state.snapshot.selected_nodes == ("cross_down",)
        state.undo()
        assert not is_shown(listed)

    def test_a_field_to_correct_is_counted_and_a_press_leads_to_it(
        self, front_end, state, look, panel, find
    ):
        inspector = Inspector(state, look)
        state.select(["fast"])
        control = find(inspector.widget, description="Period (1 to 5,000 bars)")
        control.value = "2.5"
        assert panel.widget.children[0].value == "<p>1 field to correct</p>"
        state.select([])
        press(
            front_end,
            panel.widget.children[1],
            "To correct: Period of Fast SMA must be a whole number, such as 2.",
        )
        assert state.snapshot.selected_nodes == ("fast",)
        control = find(inspector.widget, description="Period (1 to 5,000 bars)")
        assert control.value == "2.5"
        assert {"do": "focus"} in front_end.sent_to("TextModel")
        control.value = "25"
        assert "No problems found" in panel.widget.children[0].value

    def test_the_same_said_of_two_nodes_says_which(self, state, panel):
        for _ in range(2):
            actions.add_node(state, "indicator.sma")
        labels = panel.widget.children[1]._options_labels
        told = [text for text in labels if "Simple moving average" in text]
        assert len(told) == len(set(told)) >= 2

    def test_what_the_run_found_is_listed_and_leads_to_its_node(self, front_end, state, panel):
        finding = Diagnostic("SC301", "warning", "Never true.", "Loosen it.", "cross_up")
        state.update(run_findings=(finding,))
        assert "1 warning" in panel.widget.children[0].value
        press(front_end, panel.widget.children[1], "Warning: Never true. Loosen it.")
        assert state.snapshot.selected_nodes == ("cross_up",)
        actions.set_label(state, "fast", "Quick")
        assert "1 warning" in panel.widget.children[0].value
        actions.set_param(state, "fast", "period", 12)
        assert "No problems found" in panel.widget.children[0].value


class TestSettings:
    @pytest.fixture
    def form(self, front_end, state, look):
        return SettingsForm(state, look)

    def test_percent_on_screen_is_a_fraction_inside(self, state, form, find):
        commission = find(form.widget, description="Commission (% of value)")
        assert commission.value == "0.1"
        commission.value = "0.3"
        assert state.graph.backtest.commission == 0.003
        assert state.snapshot.history.undo_name == "set commission"

    def test_every_sample_can_be_chosen_and_brings_its_timeframe(self, state, form, find):
        symbol = find(form.widget, description="Symbol")
        samples = {sample.name: sample for sample in list_samples()}
        assert {value for _, value in symbol.options} == set(samples)
        symbol.value = "SYNTH-5M"
        assert state.graph.backtest.symbol == "SYNTH-5M"
        assert state.graph.backtest.timeframe == samples["SYNTH-5M"].timeframe == "5m"

    def test_another_symbol_of_the_document_is_kept_and_not_changed(self, state, form, find):
        actions.set_backtest(state, symbol="OTHER")
        assert find(form.widget, description="Symbol").value == "OTHER"
        assert state.graph.backtest.symbol == "OTHER"
        state.undo()
        assert find(form.widget, description="Symbol").value == "AAPL"

    def test_undo_to_a_symbol_that_is_not_the_first_one_keeps_it(self, state, form, find):
        actions.set_backtest(state, symbol="IBM")
        actions.set_backtest(state, symbol="OTHER")
        state.undo()
        assert state.graph.backtest.symbol == "IBM"
        assert find(form.widget, description="Symbol").value == "IBM"

    def test_dates_in_the_wrong_order_are_refused_in_place(self, state, form, find, is_shown):
        find(form.widget, description="Last day").value = datetime.date(2005, 1, 1)
        find(form.widget, description="First day").value = datetime.date(2006, 1, 1)
        assert state.graph.backtest.start is None
        reason = "The first day must not be after the last day, 2005-01-01."
        error = find(form.widget, value=said(reason))
        assert is_shown(error)
        find(form.widget, description="Last day").value = datetime.date(2007, 1, 1)
        assert state.graph.backtest.start == datetime.date(2006, 1, 1)
        assert state.graph.backtest.end == datetime.date(2007, 1, 1)
        assert not is_shown(error)

    @pytest.mark.parametrize(
        ("field", "typed", "reason"),
        [
            ("Cash at the start", "-5", "Cash must be more than 0."),
            ("Cash at the start", "", "Cash must be a number: the field is empty."),
            ("Cash at the start", "1e999", "Cash is too large."),
            ("Cash at the start", "1e16", "Cash must be at most 1,000,000,000,000,000."),
            (
                "Cash at the start",
                "10,000",
                "Cash must be a number without commas, such as 1000 or 0.5.",
            ),
            ("Commission (% of value)", "200", "Commission must be less than 100 %."),
            ("Commission (% of value)", "-1", "Commission must be 0 % or more."),
            ("Slippage (% of price)", "100", "Slippage must be less than 100 %."),
            ("Slippage (% of price)", "much", "Slippage must be a number, such as 1000 or 0.5."),
            ("Default size (% of equity)", "101", "Default size must be at most 100 % of equity."),
            ("Default size (% of equity)", "0", "Default size must be more than 0 % of equity."),
        ],
    )
    def test_a_setting_that_cannot_be_is_refused_in_plain_words(
        self, state, form, find, is_shown, field, typed, reason
    ):
        before = state.graph
        control = find(form.widget, description=field)
        control.value = typed
        assert is_shown(find(form.widget, value=said(reason)))
        assert control.value == typed
        assert state.graph == before
        actions.set_backtest(state, symbol="IBM")
        assert control.value == typed
        assert [item.message for item in state.snapshot.refused] == [reason]
        control.value = "7"
        assert state.snapshot.refused == ()
        control.value = typed
        find(form.widget, tooltip="Back to 7").click()
        assert control.value == "7"
        assert state.snapshot.refused == ()
        assert state.snapshot.failure is None

    def test_being_led_to_a_setting_opens_the_form(self, front_end, state, form, find, is_shown):
        fields = form.widget.children[1]
        find(form.widget, description="Cash at the start").value = "-5"
        assert not is_shown(fields)
        for _ in range(2):
            state.point_at(state.snapshot.refused[0])
            assert is_shown(fields)
            find(form.widget, description="Backtest settings").click()
            assert not is_shown(fields)

    def test_undo_brings_the_field_back(self, state, form, find):
        cash = find(form.widget, description="Cash at the start")
        cash.value = "5000"
        assert state.graph.backtest.cash == 5_000.0
        state.undo()
        assert cash.value == "100000"

    def test_given_bars_are_named_in_place_of_a_symbol(self, front_end, state, look, find):
        form = SettingsForm(state, look, bars=load_bars("sample:IBM"))
        find(form.widget, value="<p>Bars given in Python: IBM, 1d, 3,270 bars.</p>")


class TestToolbar:
    @pytest.fixture
    def bar(self, front_end, state, look):
        return Toolbar(state, look)

    def test_undo_and_redo_say_what_they_do(self, state, bar, find):
        undo, redo = find(bar.widget, description="Undo"), find(bar.widget, description="Redo")
        assert undo.disabled
        actions.set_param(state, "fast", "period", 12)
        assert undo.tooltip == "Undo: set period of Fast SMA 10 → 12"
        undo.click()
        assert redo.tooltip == "Redo: set period of Fast SMA 10 → 12"
        redo.click()
        assert state.graph.node("fast").params["period"] == 12

    def test_a_template_replaces_the_strategy_in_one_step(self, state, bar, find):
        before = state.graph
        templates = find(bar.widget, tooltip=bar._templates.tooltip)
        templates.value = "macd_cross"
        assert state.graph.name == "MACD cross"
        templates.value = "macd_cross"
        state.undo()
        assert state.graph == before

    def test_an_empty_name_is_refused_in_place(self, state, bar, find, is_shown):
        name = find(bar.widget, placeholder="Name of the strategy")
        name.value = ""
        assert state.graph.name == "SMA cross"
        assert is_shown(find(bar.widget, value=said("The name of the strategy must not be empty.")))
        name.value = "Mine"
        assert state.graph.name == "Mine"


def test_the_model_selector_takes_more_models(front_end, state, look):
    more = [ModelChoice("builtin", "Built-in compiler"), ModelChoice("replay:one", "Replay")]
    selector = ModelSelector(state, look, more)
    selector.widget.value = "replay:one"
    assert state.snapshot.model == "replay:one"
    state.choose_model("builtin")
    assert selector.widget.label == "Built-in compiler"


class TestStatus:
    def test_an_error_shows_place_reason_and_what_to_do(
        self, front_end, state, look, find, is_shown
    ):
        line = StatusLine(state, look)
        state.update(failure=Failure("<b>It</b> broke.", "Mend it.", line=7))
        box = line.failure
        assert is_shown(box)
        assert box.children[0].value == (
            '<div role="alert"><p>Line 7 of the code: &lt;b&gt;It&lt;/b&gt; broke.</p>'
            "<p>Mend it.</p></div>"
        )
        find(line.failure, icon="times").click()
        assert not is_shown(box)

    def test_a_line_that_is_told_already_is_not_told_twice(self, front_end, state, look):
        line = StatusLine(state, look)
        state.update(failure=Failure("It failed (line 7: x = y).", line=7))
        text = line.failure.children[0].value
        assert text == '<div role="alert"><p>It failed (line 7: x = y).</p></div>'

    def test_an_error_in_a_callback_ends_in_the_panel(
        self, front_end, state, look, find, is_shown, tmp_path
    ):
        line = StatusLine(state, look)
        bar = Toolbar(state, look)
        path = tmp_path / "mine.strategy.json"
        save(state, path)
        actions.set_name(state, "Mine")
        path.unlink()
        path.mkdir()
        find(bar.widget, description="Save").click()
        assert is_shown(line.failure)
        assert path.name in line.failure.children[0].value
