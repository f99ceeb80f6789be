"""Where this product keeps its own files of a user: settings, and what was spent."""

import os
from pathlib import Path

HOME_VARIABLE = "STRATCRAFT_HOME"
_NAME = "stratcraft-jupyter"


def settings_folder() -> Path:
    """The folder of settings; it may not exist yet."""
    return _home() or _platform_folder("user_config_path")


def records_folder() -> Path:
    """The folder of what is recorded; it may not exist yet."""
    return _home() or _platform_folder("user_data_path")


def _home() -> Path | None:
    chosen = os.environ.get(HOME_VARIABLE, "").strip()
    return Path(chosen).expanduser() if chosen else None


def _platform_folder(function: str) -> Path:
    import platformdirs

    # a roaming profile would carry the files to machines where they are already open
    path: Path = getattr(platformdirs, function)(_NAME, appauthor=False, roaming=False)
    return path
