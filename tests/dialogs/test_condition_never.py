"""Conditions that can never hold are found before a visitor meets them; those that may are left alone."""

import pytest

from dialogs.conditions import compile_expression, why_never

NAMES = {
    "team_size": "number",
    "budget": "number",
    "first_name": "text",
    "vip": "yes_no",
    "interests": "list",
    "deadline": "date",
    "lead_time": "duration",
    "extra": "any",
}
BOUNDS = {"team_size": (1.0, 10_000.0), "budget": (0.0, None)}


def reason(source: str) -> str | None:
    return why_never(compile_expression(source, NAMES, wanted="yes_no"), BOUNDS)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("team_size > 50 and team_size < 10", "team_size cannot be over 50 and under 10 at once"),
        ("team_size < 10 and vip and 50 < team_size", "team_size cannot be under 10 and over 50 at once"),
        ("team_size >= 50 and team_size < 50", "team_size cannot be at least 50 and under 50 at once"),
        ("50 < team_size < 10", "team_size cannot be over 50 and under 10 at once"),
        ("team_size == 5 and team_size == 6", "team_size cannot be 5 and 6 at once"),
        ("team_size == 5 and team_size != 5", "team_size cannot be 5 and anything but 5 at once"),
        ("team_size > 6 and team_size in [5, 6]", "team_size cannot be over 6 and 5 or 6 at once"),
        ("team_size in [5, 6] and team_size not in [6, 5]", "at once"),
        ("team_size < 0", "team_size is never under 0: it is at least 1"),
        ("team_size < 1", "team_size is never under 1: it is at least 1"),
        ("team_size > 10000", "team_size is never over 10000: it is at most 10000"),
        ("team_size == 0", "team_size is never 0: it is at least 1"),
        ("-5 > budget", "budget is never under -5: it is at least 0"),
        ('count("visit") < 0', 'count("visit") is never under 0: it is at least 0'),
        ("len(first_name) < 0", "this is never under 0: it is at least 0"),
        ('first_name == "ada" and first_name == "grace"', 'first_name cannot be "ada" and "grace" at once'),
        ('first_name == "ada" and first_name in ["grace", "edith"]', "at once"),
        ('first_name == "ada" and first_name != "ADA"', "at once"),
        ('interests == ["crm"] and interests == ["erp"]', "at once"),
        ('deadline < "2026-01-01" and deadline > "2026-06-01"', "deadline cannot be before"),
        ('lead_time > "3 months" and lead_time < "1 week"', 'lead_time cannot be over "3 months" and under "1 week"'),
        ("vip and not vip", "vip cannot hold and not hold at once"),
        ("vip == yes and vip == no", "vip cannot be yes and no at once"),
        ("vip and vip == no", "vip cannot be yes and no at once"),
        ('consented("x") and not consented("x")', 'consented("x") cannot hold and not hold at once'),
        ("not known(team_size) and team_size > 5", "team_size has no answer there"),
        ('not known(interests) and "crm" in interests', "interests has no answer there"),
        ("not known(vip) and vip", "vip has no answer there"),
        ("false", "it is always false"),
        ("vip and 5 < 3", "it is always false"),
        ("not true", "it is always false"),
        ("team_size != team_size", "team_size is compared with itself"),
        ("team_size < 0 or team_size > 10000", "team_size is never under 0"),
        ("(team_size > 50 or budget > 50) and team_size < 10 and budget < 10", "at once"),
        ("not (vip or team_size > 5) and vip", "vip cannot hold"),
        ("not (not vip) and vip == no", "vip cannot be"),
        ("(team_size > 50 if vip else team_size > 60) and team_size < 10", "at once"),
        ("team_size * 2 > 50 and team_size * 2 < 10", "this cannot be over 50 and under 10 at once"),
    ],
)
def test_what_can_never_hold_is_told(source: str, sentence: str) -> None:
    assert sentence in (reason(source) or "may hold")


@pytest.mark.parametrize(
    "source",
    [
        "team_size > 10 and team_size < 50",
        "team_size >= 50 and team_size <= 50",
        "team_size > 50 or team_size < 10",
        "team_size > 50 and budget < 10",
        "team_size <= 1",
        "team_size != 5 and team_size != 6",
        "team_size in [5, 6] and team_size != 5",
        "not (team_size > 50) and not (team_size < 100)",
        "not (team_size > 50 and vip) and team_size > 50",
        'first_name != "ada" and first_name != "grace"',
        '"crm" in interests and "erp" in interests',
        'first_name < "b" and first_name > "c"',
        'extra == 5 or extra == "x"',
        "extra != 5 and extra",
        "known(team_size) and not vip",
        "not known(team_size) and not team_size > 5",
        "true",
        "vip == no and not vip",
        "team_size == team_size",
        "3 < 5",
        'days_since("2026-01-01") > 5',
        " and ".join(f"(team_size > {n} or vip)" for n in range(15)),
    ],
)
def test_what_may_hold_is_left_alone(source: str) -> None:
    assert reason(source) is None


def test_only_conditions_can_fail_to_hold() -> None:
    assert why_never(compile_expression("0 * team_size", NAMES, wanted="number")) is None
