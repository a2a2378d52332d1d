"""What is over already, so that nobody will ever meet it."""

from datetime import date, datetime

from dialogs.loading.problems import Report
from dialogs.script import Script


def check_dates(script: Script, today: date | None, report: Report) -> None:
    """Warn of teasers whose days have passed, and of events that have begun."""
    if today is None:
        return
    for teaser in script.attract:
        times = teaser.audience.times
        last = times.only.last if times is not None and times.only is not None else None
        if last is not None and last < today:
            message = f'the teaser "{teaser.name}" is over since {last.isoformat()}, and nobody sees it'
            report.warn(teaser.place, f"{message}; give it new dates, days of every year such as 12-24, or remove it")
    for key, magnet in script.magnets.items():
        starts = _day_of(magnet.options.get("starts")) if magnet.kind == "event" else None
        if starts is not None and starts < today:
            message = f'the event "{key}" was on {starts.isoformat()}, and visitors are still invited'
            report.warn(magnet.place, f"{message}; write when the next one starts, or offer something else")


def _day_of(moment: object) -> date | None:
    """The day that a moment says; None for what says none."""
    try:
        return datetime.fromisoformat(str(moment)).date()
    except ValueError:
        return None
