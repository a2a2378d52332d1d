"""Words in spite of a slip of the keyboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from dialogs.language.slips import Slips

KNOWN = Slips(["definitely", "certainly", "absolutely", "exactly", "perfect", "correct", "collect"])
FEW_LETTERS = st.text("abc", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("definitly", "definitely"),
        ("defintiely", "definitely"),
        ("certaintly", "certainly"),
        ("sbsolutely", "absolutely"),
        ("exactlyy", "exactly"),
        ("erfect", "perfect"),
        ("correct", "correct"),
        ("corect", "correct"),
        ("collrect", "collect"),
        ("definitively", None),
        ("prefekt", None),
        ("", None),
    ],
)
def test_the_word_that_was_meant_is_found_behind_one_slip_and_no_more(typed: str, meant: str | None) -> None:
    assert KNOWN.meant(typed) == meant


def test_of_two_words_one_slip_away_the_first_is_meant() -> None:
    assert Slips(["cart", "care"]).meant("carx") == "cart"
    assert Slips(["care", "cart"]).meant("carx") == "care"


def test_nothing_is_meant_where_nothing_is_known() -> None:
    assert Slips([]).meant("certainly") is None


@given(known=st.lists(FEW_LETTERS, max_size=8, unique=True), typed=FEW_LETTERS)
def test_no_word_one_slip_away_is_overlooked(known: list[str], typed: str) -> None:
    near = [word for word in known if OSA.distance(word, typed) <= 1]
    meant = Slips(known).meant(typed)
    assert meant == (typed if typed in known else next(iter(near), None))
