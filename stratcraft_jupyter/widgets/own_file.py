"""Whether the file that a strategy belongs to is still there. No widgets."""

from pathlib import Path

from stratcraft_jupyter.widgets.state import BuilderState

_GONE = "{} is no longer there: it was deleted or moved. Save writes it again."


def look_for_file(state: BuilderState) -> None:
    """Says so if the strategy's file has gone; what it held counts as unsaved from then on."""
    with state.lock:
        path = state.snapshot.path
        if path is not None and state.snapshot.saved is not None and _is_gone(path):
            state.update(saved=None, failure=None, notice=_GONE.format(path.name))


def _is_gone(path: Path) -> bool:
    """False as well where nobody can tell, such as in a folder that may not be read."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
