"""Moments as people say them."""

from datetime import datetime, timedelta

_MINUTE, _HOUR = 60, 3_600


def ago_in_words(moment: datetime, now: datetime | None = None) -> str:
    """A moment with a time zone, such as ``"5 minutes ago"`` or ``"yesterday at 14:30"``."""
    here = moment.astimezone()
    present = (now or datetime.now().astimezone()).astimezone()
    seconds = (present - here).total_seconds()
    if seconds < _MINUTE:
        return "just now"
    if seconds < _HOUR:
        minutes = int(seconds // _MINUTE)
        return "1 minute ago" if minutes == 1 else f"{minutes} minutes ago"
    clock = f"{here:%H:%M}"
    if here.date() == present.date():
        return f"today at {clock}"
    if here.date() == present.date() - timedelta(days=1):
        return f"yesterday at {clock}"
    return f"on {here:%Y-%m-%d} at {clock}"
