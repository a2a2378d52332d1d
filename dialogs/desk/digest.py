"""When the list of what there is to do goes out."""

from datetime import datetime, timedelta

from dialogs.desk.hours import FARTHEST, moment_of
from dialogs.desk.team import Team


def next_digest(team: Team, after: datetime) -> datetime | None:
    """The next moment, in UTC, at which the digest is due: once on every day on which the team begins to work.

    A time that the clocks skip is due when they jump, one that comes twice is due the first time. None where the team
    has no digest. ``after`` must have a time zone.
    """
    if team.digest is None:
        return None
    schedule = team.schedule
    today = after.astimezone(schedule.zone).date()
    for days in range(FARTHEST.days):
        day = today + timedelta(days=days)
        if day in schedule.holidays or not schedule.hours.days[day.weekday()]:
            continue
        due = moment_of(schedule.zone, datetime.combine(day, team.digest.at))
        if due > after:
            return due
    return None
