"""Gathers every text in which a key could show itself."""

import logging
import traceback
import warnings

from IPython.core.ultratb import VerboseTB

from canary.finding import find_canaries


class Evidence:
    """Texts, each with where it is from; also a log handler that takes everything."""

    def __init__(self):
        self.texts = []
        self._handler = logging.Handler(level=0)
        self._handler.emit = self._log
        self._levels = {}

    def add(self, place, value):
        """Keeps a text, or the repr of anything else."""
        self.texts.append((place, value if isinstance(value, str | bytes) else repr(value)))

    def add_object(self, place, value):
        """Keeps what an object shows of itself: repr, text, attributes."""
        self.add(f"repr of {place}", repr(value))
        self.add(f"text of {place}", str(value))
        self.add(f"attributes of {place}", repr(getattr(value, "__dict__", "")))

    def add_error(self, place, error):
        """Keeps an exception as Python and IPython show it, with all local variables."""
        self.add(f"text of {place}", f"{error} {error!r} {error.args!r}")
        trace = traceback.TracebackException.from_exception(error, capture_locals=True)
        self.add(f"locals of {place}", "".join(trace.format()))
        shown = VerboseTB("nocolor", tb_offset=0).text(type(error), error, error.__traceback__)
        self.add(f"verbose traceback of {place}", shown)

    def canaries(self, *, but_for=()):
        """Where a key shows itself; empty if nowhere.

        Args:
            but_for: Beginnings of places that are not looked at.
        """
        return [
            f"{place}: {found}"
            for place, text in self.texts
            for found in find_canaries(text)
            if not place.startswith(tuple(but_for))
        ]

    def __enter__(self):
        names = [None, *logging.root.manager.loggerDict]
        self._levels = {name: logging.getLogger(name).level for name in names}
        for name in names:
            logging.getLogger(name).setLevel(logging.DEBUG)
        logging.root.addHandler(self._handler)
        self._warnings = warnings.catch_warnings(record=True)
        self._warned = self._warnings.__enter__()
        warnings.simplefilter("always")
        return self

    def __exit__(self, *details):
        self._warnings.__exit__(*details)
        for warning in self._warned:
            self.add("warning", str(warning.message))
        logging.root.removeHandler(self._handler)
        for name, level in self._levels.items():
            logging.getLogger(name).setLevel(level)

    def _log(self, record):
        text = logging.Formatter().format(record)  # with the traceback, if there is one
        self.add(f"log of {record.name}", f"{text} {record.args!r}")
