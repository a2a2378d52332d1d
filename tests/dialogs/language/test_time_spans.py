"""Lengths of time as ISO 8601."""

from fractions import Fraction

import pytest

from dialogs.language.time_spans import TimeSpan, read_iso


@pytest.mark.parametrize(
    ("span", "iso"),
    [
        (TimeSpan(), "PT0S"),
        (TimeSpan(minutes=90), "PT90M"),
        (TimeSpan(weeks=2), "P2W"),
        (TimeSpan(weeks=2, days=1), "P15D"),
        (TimeSpan(years=Fraction(3, 2)), "P1Y6M"),
        (TimeSpan(months=Fraction(1, 2)), "P15D"),
        (TimeSpan(days=Fraction(1, 2)), "PT12H"),
        (TimeSpan(hours=Fraction(5, 4)), "PT1H15M"),
        (TimeSpan(seconds=Fraction(5, 2)), "PT2.5S"),
        (TimeSpan(1, 2, 0, 3, 4, 5, 6), "P1Y2M3DT4H5M6S"),
    ],
)
def test_the_unit_that_was_used_is_kept(span: TimeSpan, iso: str) -> None:
    assert span.iso == iso


@pytest.mark.parametrize("text", ["", "P", "PT", "P3", "3M", "P1.5.2Y", "P-3M", "P1H", "P99999999999Y"])
def test_other_texts_are_no_duration(text: str) -> None:
    assert read_iso(text) is None


def test_spans_compare_by_their_size() -> None:
    assert TimeSpan(years=1).size == TimeSpan(months=12).size
    assert TimeSpan(weeks=1).size == TimeSpan(days=7).size
    assert TimeSpan(hours=1).plus(TimeSpan(minutes=30)).size == TimeSpan(minutes=45).times(2).size
    assert read_iso(" p1y6m ") == TimeSpan(years=1, months=6)
