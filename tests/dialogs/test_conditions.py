"""What conditions and formulas mean, in the words of somebody who writes scripts."""

from typing import Any

import pytest

from dialogs.conditions import FUNCTIONS, Expression, compile_expression

NAMES = {
    "team_size": "number",
    "budget": "number",
    "first_name": "text",
    "timeline": "text",
    "starts_at": "text",
    "vip": "yes_no",
    "interests": "list",
    "deadline": "date",
    "lead_time": "duration",
    "extra": "any",
    "other": "any",
    "email": "text",
    "today": "date",
}


def compiled(source: str, wanted: str | None = None) -> Expression:
    return compile_expression(source, NAMES, wanted=wanted)


def holds(source: str, **facts: Any) -> bool:
    return compiled(source, "yes_no").holds(facts)


def formula(source: str, **facts: Any) -> Any:
    return compiled(source, "number").evaluate(facts)


def test_the_example_of_the_handbook() -> None:
    condition = compiled('team_size >= 50 and "crm" in interests', "yes_no")
    assert condition.names == {"team_size", "interests"}
    assert condition.holds({"team_size": 80, "interests": ["erp", "crm"]})
    assert not condition.holds({"team_size": 80, "interests": ["erp"]})
    assert not condition.holds({"team_size": 49, "interests": ["crm"]})


@pytest.mark.parametrize(
    ("source", "team_size", "answer"),
    [
        ("team_size == 5", 5, True),
        ("team_size == 5", 5.0, True),
        ("team_size != 5", 6, True),
        ("team_size < 5", 5, False),
        ("team_size <= 5", 5, True),
        ("team_size > 5", 5, False),
        ("team_size >= 5", 5, True),
        ("5 <= team_size", 5, True),
        ("10 <= team_size < 50", 49, True),
        ("10 <= team_size < 50", 50, False),
        ("team_size > -1", 0, True),
        ("team_size in [1, 2, 5]", 5, True),
        ("team_size not in [1, 2, 5]", 5, False),
        ("team_size in [1, 2, 5]", 6, False),
    ],
)
def test_numbers(source: str, team_size: float, answer: bool) -> None:
    assert holds(source, team_size=team_size) is answer


@pytest.mark.parametrize("comparison", ["==", "!=", "<", "<=", ">", ">="])
@pytest.mark.parametrize(
    "subject_and_constant",
    ["team_size {} 5", 'first_name {} "ada"', 'deadline {} "2026-12-24"', 'lead_time {} "3 months"', "extra {} 5"],
)
def test_no_answer_makes_every_comparison_false(subject_and_constant: str, comparison: str) -> None:
    source = subject_and_constant.format(comparison)
    assert not holds(source)
    assert not holds(source, team_size=None, first_name=None, deadline=None, lead_time=None, extra=None)
    assert holds(f"not {source}")


@pytest.mark.parametrize(
    "source",
    [
        'timeline not in ["now", "later"]',
        'timeline in ["now", "later"]',
        "team_size not in [1, 2]",
        '"crm" not in interests',
        '"a" not in first_name',
        "first_name in interests",
        "vip == yes",
        "vip != yes",
        'interests != ["crm"]',
        "extra != other",
        "len(interests) < 5",
        "days_since(deadline) < 5",
    ],
)
def test_no_answer_makes_every_test_false(source: str) -> None:
    assert not holds(source)


def test_a_blank_text_is_no_answer() -> None:
    assert not holds('first_name != "ada"', first_name="  ")
    assert not holds("known(first_name)", first_name="  ")
    assert not holds("first_name in interests or first_name not in interests", first_name=" ", interests=["crm", ""])


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        (0, True),
        (False, True),
        ("Ada", True),
        ([], True),
        ({"from": 5, "to": None}, True),
        ({"amount": 5, "currency": None}, True),
        ({"name": "plan.pdf"}, True),
        (None, False),
        ("", False),
        ({"from": None, "to": None}, False),
        ({"amount": None, "currency": "EUR"}, False),
    ],
)
def test_known_asks_whether_there_is_an_answer(value: Any, answer: bool) -> None:
    assert holds("known(extra)", extra=value) is answer


RANGE = {"from": 50, "to": 100}


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ("team_size >= 50", True),
        ("team_size > 50", False),
        ("team_size > 49", True),
        ("team_size >= 60", False),
        ("team_size <= 100", True),
        ("team_size < 100", False),
        ("team_size < 101", True),
        ("team_size < 60", False),
        ("team_size == 70", False),
        ("team_size != 70", False),
        ("team_size != 200", True),
        ("team_size != 20", True),
        ("70 > team_size", False),
        ("101 > team_size", True),
        ("team_size in [50, 70]", False),
        ("team_size not in [50, 70]", False),
        ("team_size not in [20, 200]", True),
        ("team_size == team_size", False),
    ],
)
def test_a_range_compares_as_far_as_it_holds_for_all_of_it(source: str, answer: bool) -> None:
    assert holds(source, team_size=RANGE) is answer


def test_an_open_end_is_infinitely_far() -> None:
    more_than_100, up_to_100 = {"from": 100, "to": None}, {"from": None, "to": 100}
    assert holds("team_size >= 100", team_size=more_than_100)
    assert not holds("team_size < 1000000", team_size=more_than_100)
    assert holds("team_size <= 100", team_size=up_to_100)
    assert not holds("team_size > 0", team_size=up_to_100)
    assert holds("team_size != 0", team_size=more_than_100)


@pytest.mark.parametrize(
    "nonsense",
    [{"from": 9, "to": 1}, {"from": "1", "to": 2}, {"from": 1, "to": True}, {}, {"amount": "5"}, True, "5", [5]],
)
def test_a_value_of_another_type_is_no_answer(nonsense: Any) -> None:
    assert not holds("team_size > 0 or team_size <= 0 or team_size != 0", team_size=nonsense)
    assert formula("team_size + 1", team_size=nonsense) is None


def test_money_compares_by_its_amount() -> None:
    assert holds("budget > 10000", budget={"amount": 12000, "currency": "EUR"})
    assert holds("budget >= 10000", budget={"from": 10000, "to": 20000, "currency": "EUR"})
    assert not holds("budget >= 15000", budget={"from": 10000, "to": 20000, "currency": "EUR"})


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ('first_name == "ada"', True),
        ('first_name == "ADA "', True),
        ("first_name != 'ada'", False),
        ('first_name in ["Grace", "Ada"]', True),
        ('first_name not in ["Grace", "Ada"]', False),
        ('first_name not in ["Grace"]', True),
        ('"d" in first_name', True),
        ('"x" not in first_name', True),
        ('lower(first_name) == "ada"', True),
        ("len(first_name) > 2", True),
        ('first_name < "b"', True),
    ],
)
def test_texts_compare_without_case_and_surrounding_space(source: str, answer: bool) -> None:
    assert holds(source, first_name=" Ada ") is answer


def test_times_of_day_compare_as_texts() -> None:
    assert holds('starts_at >= "09:00" and starts_at < "17:30"', starts_at="12:15")


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ("vip", True),
        ("vip == yes", True),
        ("vip == true", True),
        ("vip != no", True),
        ("vip == False", False),
        ("not vip", False),
        ("vip in [yes]", True),
        ("(vip if known(vip) else no) and not false", True),
    ],
)
def test_yes_and_no(source: str, answer: bool) -> None:
    assert holds(source, vip=True) is answer


def test_two_answers_may_be_compared() -> None:
    assert holds("(team_size > 5) == vip", team_size=6, vip=True)
    assert not holds("(team_size > 5) == vip", team_size=5, vip=True)


def test_a_field_may_be_called_yes() -> None:
    assert compile_expression("yes == 3", {"yes": "number"}).holds({"yes": 3})


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ('"CRM" in interests', True),
        ('"erp" not in interests', True),
        ('interests == ["ERP ", "crm"]', False),
        ('interests == ["mail", "CRM"]', True),
        ('interests != ["mail", "crm"]', False),
        ("len(interests) == 2", True),
        ("first_name in interests", True),
        ("interests == interests", True),
    ],
)
def test_lists(source: str, answer: bool) -> None:
    assert holds(source, interests=["crm", "mail"], first_name="Mail") is answer


def test_none_of_these_is_an_answer() -> None:
    assert holds('"crm" not in interests and len(interests) == 0', interests=[])


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ('deadline == "2026-12-24"', True),
        ('deadline < "2026-12-25"', True),
        ('"2026-12-25" > deadline', True),
        ('deadline > "2027-01-01"', False),
        ('deadline in ["2026-12-24", "2026-12-31"]', True),
        ("deadline >= today", True),
        ("days_since(deadline) == -23", True),
        ('days_since("2026-11-30") == 1', True),
    ],
)
def test_dates_compare_by_the_day(source: str, answer: bool) -> None:
    assert holds(source, deadline="2026-12-24", today="2026-12-01") is answer
    assert holds(source, deadline="2026-12-24T23:30:00+01:00", today="2026-12-01") is answer


@pytest.mark.parametrize("nonsense", ["24.12.2026", "2026-13-40", "tomorrow", "2026-12-245", 20261224, "9" * 500])
def test_what_is_no_date_is_no_answer(nonsense: Any) -> None:
    assert not holds('deadline != "2026-12-24"', deadline=nonsense)


def test_days_since_needs_today() -> None:
    assert formula("days_since(deadline)", deadline="2026-12-24") is None
    assert formula("days_since(deadline)", deadline="2026-12-24", today="2026-12-31") == 7


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ('lead_time == "3 months"', True),
        ('lead_time <= "P3M"', True),
        ('lead_time < "1 quarter"', False),
        ('lead_time > "12 weeks"', True),
        ('lead_time < "1 year and 6 months"', True),
        ('lead_time > "2 months, 3 days"', True),
        ('lead_time > "an hour"', True),
        ('lead_time in ["1 month", "3 months"]', True),
        ("days(lead_time) > 91", True),
        ('days("2 weeks") == 14', True),
        ('lead_time > "PT36H"', True),
    ],
)
def test_durations_compare_by_their_length(source: str, answer: bool) -> None:
    assert holds(source, lead_time="P3M") is answer


@pytest.mark.parametrize("nonsense", ["3 months", "P", "PT", "", "P3", 3, "P" + "1" * 80 + "D"])
def test_what_is_no_iso_duration_is_no_answer(nonsense: Any) -> None:
    assert not holds('lead_time != "3 months"', lead_time=nonsense)


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("team_size * 12 * 40", 2400),
        ("team_size + 0.1 + 0.2", 5.3),
        ("team_size / 2", 2.5),
        ("team_size / 5", 1),
        ("team_size % 3", 2),
        ("-team_size - -2", -3),
        ("(team_size + 1) * 2", 12),
        ("team_size / 0", None),
        ("team_size % 0", None),
        ("budget + 1", None),
        ("min(team_size, 3)", 3),
        ("max(team_size, 3, 9)", 9),
        ("max(team_size, budget)", None),
        ("round(team_size / 2)", 3),
        ("round(-team_size / 2)", -3),
        ("round(2.675, 2)", 2.68),
        ("round(team_size, 99)", None),
        ("team_size if team_size > 3 else 0", 5),
        ("budget if known(budget) else 7", 7),
        ("0.1 + 0.2", 0.3),
        ("1000000000 * 1000000000", None),
    ],
)
def test_formulas_calculate_like_a_spreadsheet(source: str, result: float | None) -> None:
    value = formula(source, team_size=5)
    assert value == result
    assert type(value) is type(result)


def test_a_range_calculates_by_its_middle() -> None:
    assert formula("team_size * 2", team_size=RANGE) == 150
    assert formula("team_size", team_size=RANGE) == 75
    assert formula("budget", budget={"amount": 99.5, "currency": "EUR"}) == 99.5
    assert formula("team_size * 2", team_size={"from": 50, "to": None}) is None
    assert formula("team_size", team_size={"from": None, "to": 50}) is None


@pytest.mark.parametrize("huge", [10**400, 1e308, float("inf"), float("nan"), {"from": -(10**400), "to": 10**400}])
def test_results_are_bounded(huge: Any) -> None:
    for source in ("team_size * team_size", "team_size / 3", "team_size", "round(team_size)", "max(team_size, 1) + 1"):
        assert formula(source, team_size=huge) is None


def test_a_formula_may_also_give_a_text() -> None:
    segment = compiled('"enterprise" if team_size >= 250 else "business"', "text")
    assert segment.evaluate({"team_size": 300}) == "enterprise"
    assert segment.evaluate({}) == "business"


def test_names_without_a_type_compare_by_what_they_hold() -> None:
    assert holds("extra > 5", extra=6)
    assert not holds("extra > 5", extra="6")
    assert holds('extra == "GOLD"', extra="gold")
    assert holds("extra == other", extra=["a", "b"], other=["B", "A"])
    assert holds("extra < other", extra=1, other={"from": 2, "to": 3})
    assert holds("extra == other", extra=True, other=True)
    assert not holds("extra < other", extra=[1], other=[2])
    assert not holds("extra != other", extra=1, other="one")
    assert not holds("extra == other", extra={"plan": "gold"}, other={"plan": "gold"})
    assert holds("extra == deadline", extra="2026-12-24", deadline="2026-12-24")
    assert holds('extra in ["gold", "silver"]', extra="Gold")
    assert holds("5 in extra", extra=[4, 5])
    assert not holds("5 in extra", extra="five")
    assert holds("other in extra", other=2, extra=[1, 2.0])
    assert not holds("vip or extra")
    assert holds("extra", extra="anything")


def test_facts_of_the_conversation_are_looked_up_by_function_and_argument() -> None:
    condition = compiled('consented("call_me") and count("visit") >= 2 and variant("opening") == "Short"', "yes_no")
    assert condition.calls == {("consented", "call_me"), ("count", "visit"), ("variant", "opening")}
    facts = {("consented", "call_me"): True, ("count", "visit"): 3, ("variant", "opening"): "short"}
    assert condition.holds(facts)
    assert not condition.holds({**facts, ("consented", "call_me"): False})
    assert not condition.holds({**facts, ("variant", "opening"): "long"})


def test_what_nobody_told_did_not_happen() -> None:
    assert compiled('not tagged("hot") and not has("guide") and not did("visit")').holds({})
    assert compiled('count("visit") == 0').holds({})
    assert not compiled('variant("opening") != "short"').holds({})
    assert compiled('tagged("hot")').evaluate({}) is False


def test_remarks_about_an_answer_name_the_field() -> None:
    condition = compiled("free_mail(email) and not disposable(email)", "yes_no")
    assert condition.names == {"email"}
    assert condition.calls == {("free_mail", "email"), ("disposable", "email")}
    assert condition.holds({("free_mail", "email"): True})


def test_an_expression_tells_its_type() -> None:
    assert compiled("team_size * 2").type == "number"
    assert compiled("first_name").type == "text"
    assert compiled("extra").type == "any"
    assert compiled("extra", "number").type == "number"
    assert compiled("first_name").evaluate({"first_name": " Ada "}) == " Ada "
    assert compiled("first_name").evaluate({}) is None


def test_it_may_stand_on_several_lines() -> None:
    assert holds('team_size > 5\n  and\u00a0vip\r\n  or first_name == "ada"\n', team_size=6, vip=True)


def test_every_function_is_described() -> None:
    assert all(function.about and function.parameters for function in FUNCTIONS.values())
