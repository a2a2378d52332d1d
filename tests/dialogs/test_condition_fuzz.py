"""Whatever an author writes and whatever the facts hold: an error with its place, or an answer; nothing else."""

from typing import Any

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dialogs.conditions import TYPES, ConditionError, Expression, compile_expression, why_never
from tests.thorough import times

NAMES = {
    "n": "number",
    "m": "number",
    "s": "text",
    "l": "list",
    "b": "yes_no",
    "d": "date",
    "u": "duration",
    "a": "any",
}
TOKENS = [
    *NAMES, "1", "2.5", "0", "'x'", "''", '"2026-12-24"', '"3 months"', "true", "no", "None", "(", ")", "[", "]", ",",
    "and", "or", "not", "in", "is", "==", "!=", "<", ">=", "+", "-", "*", "/", "%", "if", "else", "known", "len",
    "lower", "round", "min", "days_since", "days", "consented", "count", "variant", "free_mail", ".", "__class__",
    "lambda", ":", "**", "@", ":=", "f'{n}'", "yield", "await", "for", "\n", "\t", "\u00a0", "#", "\\", "b'x'", "...",
    "1j", "~", "{", "}", "9" * 30, "é", "ﬁ", '"', "\ud800", "\0", "0x1", "1e9",
]  # fmt: skip
SOURCES = st.lists(st.sampled_from(TOKENS), max_size=14).map(" ".join) | st.lists(
    st.sampled_from(TOKENS), max_size=10
).map("".join)

CONSTANTS = {"n": ["1", "2", "-1.5"], "s": ['"x"', '"y"'], "d": ['"2026-12-24"', '"2027-01-01"'], "u": ['"1 month"']}
COMPARED = st.sampled_from([(name, constant) for name, all_of in CONSTANTS.items() for constant in all_of]).flatmap(
    lambda pair: st.sampled_from(["==", "!=", "<", "<=", ">", ">="]).map(lambda sign: f"{pair[0]} {sign} {pair[1]}")
)
ATOMS = COMPARED | st.sampled_from(
    [
        "b", "a", "true", "false", "n < m", "n < n", "'x' in l", "'x' not in l", "s in ['x', 'y']", "s not in ['x']",
        "n in [1, 2]", "n not in [1]", "known(n)", "known(s)", "known(b)", "tagged('x')", "count('x') < 2",
        "len(l) < 1", "-n > 1", "n + m > 2", "1 < n < 2", "a == 1", "a == 'x'", "l == ['x']", "b == no", "b != no",
    ]
)  # fmt: skip
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda part: f"not ({part})"),
        st.tuples(inner, inner, inner).map(lambda parts: f"({parts[0]} if {parts[1]} else {parts[2]})"),
    ),
    max_leaves=6,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**40), 10**40) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["from", "to", "amount", "x"]), inner),
    max_leaves=4,
)
ENDS = st.none() | st.integers(-2, 3)
PLAIN = {
    "n": st.none() | st.sampled_from([-2, -1.5, 0, 1, 1.5, 2, 3]) | st.fixed_dictionaries({"from": ENDS, "to": ENDS}),
    "s": st.sampled_from([None, "", "x", "Y ", "z"]),
    "l": st.sampled_from([None, [], ["x"], ["X", "y"]]),
    "b": st.sampled_from([None, True, False]),
    "d": st.sampled_from([None, "2026-12-24", "2026-12-25T10:00:00+01:00", "2027-01-01", "2028-01-01", "soon"]),
    "u": st.sampled_from([None, "P1M", "P30D", "PT1H", "P1Y", "soon"]),
    "a": st.sampled_from([None, True, False, 0, 1, "x", "yes", [], ["x"], {}]),
}
PLAIN["m"] = PLAIN["n"]
CALLS = {("tagged", "x"): st.sampled_from([None, True, False]), ("count", "x"): st.sampled_from([None, 0, 1, 5])}
ANSWERS = st.fixed_dictionaries(PLAIN | CALLS)


def attempt(source: str) -> Expression | ConditionError:
    try:
        return compile_expression(source, NAMES)
    except ConditionError as error:
        return error


@settings(max_examples=times(700), deadline=None)
@given(source=SOURCES)
@example(source="n ) ( n")
@example(source='""""""')
@example(source="n # and b")
@example(source="not " * 100 + "b")
@example(source="-" * 400 + "n")
@example(source="[" * 200)
@example(source="n if b else " * 30 + "n")
@example(source="(" * 19 + "n" + ")" * 19)
def test_any_text_is_compiled_or_refused_with_its_place(source: str) -> None:
    found = attempt(source)
    if isinstance(found, Expression):
        assert found.names <= NAMES.keys()
        assert found.type in TYPES
    else:
        lines = source.split("\n")
        assert found.message
        assert 1 <= found.line <= len(lines)
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1


CALCULATED = [
    f"{left} {sign} {right}" for left in ("a", "n", "1", "-n") for sign in "+-*/%" for right in ("a", "n", "2.5", "0")
]
ODD = ["a == n", "a in l", "a in a", "round(a, a)", "min(a, n, 3)", "len(a)", "lower(a)", "days_since(a)", "days(a)"]


@settings(max_examples=times(300), deadline=None)
@given(
    source=st.sampled_from(CALCULATED + ODD) | CONDITIONS,
    facts=st.dictionaries(st.sampled_from([*NAMES, "today", *CALLS]), JSON),
)
def test_no_facts_make_an_expression_raise(source: str, facts: dict[Any, Any]) -> None:
    expression = attempt(source)
    assume(isinstance(expression, Expression))
    assert isinstance(expression, Expression)
    value = expression.evaluate(facts)
    assert expression.holds(facts) is bool(value)
    if expression.type == "yes_no":
        assert value in (True, False)
    if expression.type == "number":
        assert value is None or isinstance(value, int | float)


@settings(max_examples=times(300), deadline=None)
@given(sources=st.lists(CONDITIONS, min_size=1, max_size=3), all_facts=st.lists(ANSWERS, min_size=5, max_size=20))
def test_what_is_called_impossible_never_holds(sources: list[str], all_facts: list[dict[Any, Any]]) -> None:
    condition = attempt(" and ".join(sources))
    assume(isinstance(condition, Expression))
    assert isinstance(condition, Expression)
    if why_never(condition):
        assert not any(condition.holds(facts) for facts in all_facts)
