"""Business hours against an independent calculation that walks minute by minute, in thirty zones."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.desk.hours import ALWAYS, FARTHEST, Days, Hours, Schedule, Span, is_open, moment_of, opens_at
from tests.thorough import times

ZONES = (
    "UTC", "Europe/Berlin", "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Atlantic/Azores", "Europe/Kyiv",
    "America/New_York", "America/Los_Angeles", "America/Phoenix", "America/St_Johns", "America/Havana",
    "America/Santiago", "America/Asuncion", "America/Sao_Paulo", "America/Nuuk", "Africa/Casablanca", "Africa/Cairo",
    "Asia/Beirut", "Asia/Gaza", "Asia/Tehran", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Australia/Sydney",
    "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Auckland", "Pacific/Apia", "Antarctica/Troll",
)  # fmt: skip
MINUTE = timedelta(minutes=1)

Week = list[tuple[int, int, int]]
"""(weekday, first minute, minute after the last), which may be after midnight."""


def schedule_of(week: Week, zone: str, holidays: frozenset[date] = frozenset()) -> Schedule:
    days = tuple(tuple(Span(start=start, end=end) for day, start, end in week if day == number) for number in range(7))
    return Schedule(
        hours=Hours(days=days),
        zone=ZoneInfo(zone),
        holidays=Days(spans=tuple((day, day) for day in sorted(holidays))),
    )


def is_open_on_the_wall(week: Week, zone: str, holidays: frozenset[date], at: datetime) -> bool:
    """What somebody says who looks at the clock on the wall, at the calendar, and at yesterday's."""
    wall = at.astimezone(ZoneInfo(zone))
    today, minute = wall.date(), wall.hour * 60 + wall.minute
    yesterday = today - timedelta(days=1)
    if today in holidays:
        return False
    for day, start, end in week:
        if day == today.weekday() and start <= minute < end:
            return True
        if day == yesterday.weekday() and yesterday not in holidays and minute + 1440 < end:
            return True
    return False


def transitions(zone: str, first: int = 2026, last: int = 2028) -> list[datetime]:
    """The moments at which the clocks jump, found in steps of three hours and then minute by minute."""
    info, found = ZoneInfo(zone), []
    at = datetime(first, 1, 1, tzinfo=UTC)
    while at.year < last:
        following = at + timedelta(hours=3)
        if at.astimezone(info).utcoffset() != following.astimezone(info).utcoffset():
            jump = at
            while jump.astimezone(info).utcoffset() == at.astimezone(info).utcoffset():
                jump += MINUTE
            found.append(jump)
        at = following
    return found


JUMPS = {zone: transitions(zone) for zone in ZONES}
JUMPS["Pacific/Apia"] = transitions("Pacific/Apia", 2011, 2012)  # A day that was left out.


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    """Spans that do not overlap: cuts through the 10,080 minutes of a week, none longer than a day."""
    cuts = sorted(draw(st.sets(st.integers(0, 7 * 96 - 1), max_size=16)))
    minutes = [cut * 15 for cut in cuts]
    week = [
        (start // 1440, start % 1440, start % 1440 + end - start)
        for start, end in zip(minutes[::2], minutes[1::2], strict=False)
        if end - start <= 1440
    ]
    return draw(st.permutations(week))


@st.composite
def moments(draw: st.DrawFn) -> tuple[str, datetime]:
    """A zone and a moment, mostly near a jump of its clocks."""
    zone = draw(st.sampled_from(ZONES))
    jumps = JUMPS[zone]
    near = draw(st.sampled_from(jumps)) if jumps else datetime(2026, 3, 1, tzinfo=UTC)
    return zone, near + timedelta(minutes=draw(st.integers(-3000, 1500)))


def holidays_near(at: datetime) -> st.SearchStrategy[frozenset[date]]:
    return st.frozensets(st.integers(-2, 4).map(lambda days: at.date() + timedelta(days=days)), max_size=3)


@settings(max_examples=times(100), deadline=None)
@given(st.data(), weeks(), moments())
def test_opening_is_what_the_clock_on_the_wall_says(
    data: st.DataObject, week: Week, moment: tuple[str, datetime]
) -> None:
    zone, at = moment
    holidays = data.draw(holidays_near(at))
    week.sort()
    schedule = schedule_of(week, zone, holidays)
    end = at + timedelta(days=3)
    first, walked = None, at
    while walked < end:
        expected = is_open_on_the_wall(week, zone, holidays, walked)
        if walked.minute % 15 == 0 or walked - at < timedelta(hours=2):
            assert is_open(schedule, walked) is expected, walked
        if expected:
            first = walked
            break
        walked += MINUTE
    found = opens_at(schedule, at)
    if first is not None:
        assert found == first
    else:
        assert found is None or found >= end


@pytest.mark.parametrize("zone", ZONES)
def test_every_jump_of_the_clocks_is_walked_through(zone: str) -> None:
    """Three rule sets around each jump of the years 2026 and 2027, minute by minute for three hours on either side."""
    rules: tuple[Week, ...] = (
        [(day, 150, 240) for day in range(7)],
        [(day, 60, 150) for day in range(7)],
        [(day, 1320, 1440 + 90) for day in range(7)],
    )
    for week in rules:
        schedule = schedule_of(week, zone)
        for jump in JUMPS[zone] or [datetime(2026, 1, 1, tzinfo=UTC)]:
            openings = []
            at = jump - timedelta(hours=3)
            before = True  # What was open at the beginning is no opening.
            while at < jump + timedelta(hours=3):
                now = is_open_on_the_wall(week, zone, frozenset(), at)
                assert is_open(schedule, at) is now, at
                assert is_open(schedule, at + timedelta(seconds=59, microseconds=999_999)) is now, at
                if now and not before:
                    openings.append(at)
                before = now
                at += MINUTE
            for opening in openings:
                assert opens_at(schedule, opening - timedelta(microseconds=1)) == opening


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))


OFFICE: Week = [(day, 540, 1050) for day in range(5)]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-09-25T08:59:59", "2026-09-25T07:00:00"),
        ("2026-09-25T09:00:00", "2026-09-25T07:00:00"),
        ("2026-09-25T17:29:59", "2026-09-25T15:29:59"),
        ("2026-09-25T17:30:00", "2026-09-28T07:00:00"),  # Friday evening: Monday.
        ("2026-12-24T18:00:00", "2026-12-28T08:00:00"),  # Friday is a holiday.
        ("2026-03-27T18:00:00", "2026-03-30T07:00:00"),  # The clocks go forward on Sunday.
    ],
)
def test_office_hours_in_berlin(at: str, expected: str) -> None:
    schedule = schedule_of(OFFICE, "Europe/Berlin", frozenset({date(2026, 12, 25)}))
    assert opens_at(schedule, berlin(at)) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_hours_that_a_jump_skips_begin_with_it() -> None:
    schedule = schedule_of([(6, 150, 240)], "Europe/Berlin")  # Sunday, 02:30 to 04:00.
    assert opens_at(schedule, berlin("2026-03-28T12:00")) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    skipped = schedule_of([(6, 120, 180)], "Europe/Berlin")
    assert opens_at(skipped, berlin("2026-03-28T12:00")) == datetime(2026, 4, 5, 0, 0, tzinfo=UTC)


def test_hours_that_come_twice_count_twice() -> None:
    schedule = schedule_of([(6, 60, 150)], "Europe/Berlin")  # Sunday, 01:00 to 02:30.
    start = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    opened = [minute for minute in range(360) if is_open(schedule, start + minute * MINUTE)]
    assert opened == [*range(60, 150), *range(180, 210)]


def test_the_holiday_ends_the_evening_before_and_the_night_after() -> None:
    nights: Week = [(day, 1320, 1440 + 360) for day in range(7)]  # 22:00 to 06:00.
    schedule = schedule_of(nights, "Europe/Berlin", frozenset({date(2026, 12, 25)}))
    assert is_open(schedule, berlin("2026-12-24T23:59:59"))
    assert not is_open(schedule, berlin("2026-12-25T00:00"))
    assert not is_open(schedule, berlin("2026-12-25T23:00"))
    assert not is_open(schedule, berlin("2026-12-26T05:00"))
    assert opens_at(schedule, berlin("2026-12-25T00:00")) == berlin("2026-12-26T22:00")


def test_holidays_of_every_year_and_of_several_days() -> None:
    holidays = Days(spans=((date(2026, 12, 28), date(2027, 1, 2)),), yearly=frozenset({(12, 25), (2, 29)}))
    assert date(2031, 12, 25) in holidays and date(2028, 2, 29) in holidays
    assert date(2026, 12, 28) in holidays and date(2027, 1, 2) in holidays
    assert date(2026, 12, 27) not in holidays and date(2027, 1, 3) not in holidays
    both = holidays | Days(yearly=frozenset({(5, 1)}))
    assert date(2030, 5, 1) in both and date(2030, 12, 25) in both


def test_always_is_always_and_nothing_is_never() -> None:
    at = datetime(2026, 9, 25, 3, 7, 11, tzinfo=UTC)
    assert opens_at(Schedule(hours=ALWAYS), at) == at
    nothing = Schedule(hours=Hours(days=((),) * 7))
    assert not is_open(nothing, at)
    assert opens_at(nothing, at) is None


def test_what_is_closed_for_years_does_not_open() -> None:
    closed = Days(spans=((date(2026, 1, 1), date(2030, 1, 1)),))
    at = datetime(2026, 9, 25, tzinfo=UTC)
    assert opens_at(Schedule(holidays=closed), at) is None
    assert opens_at(Schedule(holidays=closed), datetime(2029, 1, 1, tzinfo=UTC)) == datetime(2030, 1, 2, tzinfo=UTC)
    assert timedelta(days=365 * 2) < FARTHEST


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        is_open(Schedule(), datetime(2026, 9, 25))  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        opens_at(Schedule(), datetime(2026, 9, 25))  # noqa: DTZ001


@pytest.mark.parametrize("zone", ZONES)
def test_a_time_on_the_wall_is_the_first_moment_that_shows_it_or_a_later_one(zone: str) -> None:
    info = ZoneInfo(zone)
    for jump in JUMPS[zone]:
        for minutes in range(-150, 151, 10):
            wall = jump.astimezone(info).replace(tzinfo=None, fold=0) + timedelta(minutes=minutes)
            at = jump - timedelta(hours=30)
            while at.astimezone(info).replace(tzinfo=None) < wall:
                at += timedelta(minutes=10)
            assert moment_of(info, wall) == at, (jump, wall)
