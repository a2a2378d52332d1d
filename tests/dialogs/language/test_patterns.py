"""Patterns: the same answers as regular expressions give, without their traps."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.language.patterns import compile_pattern

PATTERNS = [
    *(r"[A-Z]{2}\d{4}", r"^(AT)?U\d{8}$", r"\d{5}(-\d{4})?", r"(a+)+b", r"(a|aa)*", r"a?a?aaa", r".*", r"(|a)b"),
    *(r"[A-Za-z0-9._%+-]+@[a-z]+\.(com|de)", r"(?:ab|cd)+x{2,3}", r"[^\d]+", r"[\]\\]+", r"a{2,}", r"\w \W\s?"),
]


@settings(deadline=None)
@given(st.sampled_from(PATTERNS), st.text(alphabet="aAbBU1T9-@.cdexm]\\ \n", max_size=10))
def test_a_pattern_matches_what_the_regular_expression_matches(pattern: str, text: str) -> None:
    assert compile_pattern(pattern).matches(text) is (re.compile(pattern, re.DOTALL).fullmatch(text) is not None)


@settings(deadline=None)
@given(
    st.sampled_from(PATTERNS).flatmap(
        lambda pattern: st.tuples(st.just(pattern), st.from_regex(pattern, fullmatch=True))
    )
)
def test_what_follows_a_pattern_is_taken(example: tuple[str, str]) -> None:
    pattern, text = example
    expected = re.compile(pattern, re.DOTALL).fullmatch(text) is not None
    assert compile_pattern(pattern).matches(text) is expected


WRONG = [
    *("(", "a)", "[", "[a", "*a", "a**", "a+?", "(?=a)", "(?P<n>a)", r"\1", r"\b", "a\\", "^a^", "a$b", "[b-a]"),
    *("a{3,2}", "a{200}", "x{0}", "(a{50}){50}", "(" * 30 + "a" + ")" * 30, "[[a]]"),
]


@pytest.mark.parametrize("pattern", WRONG)
def test_what_is_slow_surprising_or_wrong_is_refused_with_a_reason(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        compile_pattern(pattern)


def test_the_classic_trap_is_walked_straight_through() -> None:
    assert not compile_pattern("(a|a|a)*(a?){60}(aa|a)*b").matches("a" * 200)
