"""Makes the edits that were made on the canvas."""

from typing import assert_never

from stratcraft_jupyter.notebook import canvas_edits as edits
from stratcraft_jupyter.widgets import actions, canvas_actions, preferring
from stratcraft_jupyter.widgets.state import BuilderState


def make_edit(state: BuilderState, edit: edits.Edit) -> None:
    """Makes one edit.

    Raises:
        StratCraftError: The strategy does not take it.
    """
    match edit:
        case edits.Undo():
            state.undo()
        case edits.Redo():
            state.redo()
        case edits.Add():
            place = edit.position.x, edit.position.y
            actions.add_node(state, edit.kind, place, join=_port(edit.join), into=edit.into)
            preferring.note_use(state, edit.kind)
        case edits.Connect():
            actions.connect(state, edit.source, edit.target)
        case edits.Reconnect():
            actions.move_end(state, edit.edge, edit.source, edit.target)
        case edits.Delete():
            actions.delete(state, edit.nodes, edit.edges, edit.areas, word=edit.how)
        case edits.Bridge():
            actions.delete_and_reconnect(state, edit.nodes)
        case edits.Enable():
            actions.enable(state, edit.nodes, edit.enabled)
        case _:
            _arrange(state, edit)


def _arrange(
    state: BuilderState,
    edit: edits.Move
    | edits.Duplicate
    | edits.Paste
    | edits.Frame
    | edits.Comment
    | edits.Write
    | edits.Resize,
) -> None:
    match edit:
        case edits.Move():
            positions = {name: (at.x, at.y) for name, at in edit.positions.items()}
            areas = {
                name: _area(at) if isinstance(at, edits.Area) else (at.x, at.y)
                for name, at in edit.areas.items()
            }
            canvas_actions.move(state, positions, areas, how=edit.how, into=edit.into)
        case edits.Duplicate():
            canvas_actions.duplicate(state, edit.nodes, edit.areas)
        case edits.Paste():
            at = edit.position
            canvas_actions.paste(state, edit.text, None if at is None else (at.x, at.y))
        case edits.Frame():
            canvas_actions.add_frame(state, edit.nodes, _area(edit.area), edit.title)
        case edits.Comment():
            canvas_actions.add_comment(state, _area(edit.area), edit.text)
        case edits.Write():
            canvas_actions.write(state, edit.id, edit.text)
        case edits.Resize():
            canvas_actions.resize(state, edit.id, _area(edit.area))
        case _:
            assert_never(edit)


def _port(join: edits.Join | None) -> actions.Port | None:
    return None if join is None else actions.Port(join.endpoint, join.side == "output")


def _area(area: edits.Area) -> canvas_actions.Area:
    return area.x, area.y, area.width, area.height
