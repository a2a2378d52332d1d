"""Days counted on from others: by a length of time, and to the ends of weeks, months, quarters and years."""

import calendar
import re
from datetime import date, timedelta

from dialogs.language.calendar_words import MONTH, QUARTER, WEEK
from dialogs.language.time_spans import TimeSpan


def moved(day: date, span: TimeSpan, *, back: bool = False) -> date:
    """``day`` plus (or minus) ``span``; months end on their last day where they are shorter."""
    whole = span.whole
    sign = -1 if back else 1
    months = sign * (12 * int(whole.years) + int(whole.months))
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    year = max(1, min(year, 9998))
    shifted = date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    rest = TimeSpan(0, 0, *whole[2:]).size
    return shifted + timedelta(days=sign * int(rest // 86_400))


def period_around(today: date, period: str, step: int) -> tuple[date, date]:
    """First and last day of the week, month, quarter or year that is ``step`` from now."""
    if re.fullmatch(WEEK, period):
        first = today - timedelta(days=today.weekday()) + timedelta(days=7 * step)
        return first, first + timedelta(days=6)
    length = 1 if re.fullmatch(MONTH, period) else 3 if re.fullmatch(QUARTER, period) else 12
    months = 12 * today.year + (today.month - 1) // length * length + length * step
    first = date(months // 12, months % 12 + 1, 1)
    return first, moved(first, TimeSpan(months=length)) - timedelta(days=1)
