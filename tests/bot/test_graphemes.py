"""Text is cut between characters as people see them, and to Slack's measure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.graphemes import cut, units

FAMILY = "👩‍👩‍👧‍👦"
FLAG = "🇩🇪"
THUMB = "👍🏽"
ACCENTED = "e\u0301"
HANGUL = "\u1112\u1161\u11ab"
KEYCAP = "1\ufe0f\u20e3"


def test_what_fits_stays_as_it_is() -> None:
    assert cut("Ada", 3) == "Ada"
    assert cut("", 0) == ""


def test_what_is_too_long_ends_with_dots() -> None:
    assert cut("Ada Lovelace", 6) == "Ada L…"
    assert cut("Ada Lovelace", 5) == "Ada…"


@pytest.mark.parametrize("whole", [FAMILY, FLAG, THUMB, ACCENTED, HANGUL, KEYCAP, "\r\n"])
def test_what_people_see_as_one_is_never_torn(whole: str) -> None:
    text = f"ab{whole}cd"
    for most in range(1, units(text) + 1):
        left = cut(text, most).removesuffix("…")
        assert left in ("", "a", "ab", f"ab{whole}", f"ab{whole}c", text)


def test_a_row_of_flags_is_cut_between_flags() -> None:
    assert cut(FLAG * 5, 14) == f"{FLAG * 3}…"


def test_characters_beyond_the_basic_plane_count_twice_as_in_slacks_clients() -> None:
    assert units("😀") == 2
    assert cut("😀😀😀", 5) == "😀😀…"


@given(st.text(max_size=200), st.integers(1, 120))
def test_a_cut_fits_and_is_a_beginning(text: str, most: int) -> None:
    found = cut(text, most)
    assert units(found) <= most
    assert found == text or (found.endswith("…") and text.startswith(found.removesuffix("…")))


def test_a_letter_under_a_mountain_of_accents_is_cut_all_the_same() -> None:
    assert units(cut("z" + "\u0301" * 5000, 100)) <= 100
