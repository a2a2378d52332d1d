"""The publish gate finds conditions that can never hold and stages that nobody can reach."""
# ruff: noqa: E501 - messages, one a line.

import pytest

from tests.dialogs.loading_support import gate_on

ASKS = "  - ask: email\n  - ask: team_size\n  - ask: timeline\n"


def errors_on(body: str) -> list[str]:
    return [problem for problem in gate_on(body) if ": warning: " not in problem]


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        (
            "- {say: Hi, when: team_size > 1000}",
            '"team_size > 1000" can never hold: team_size is never over 1000: it is at most 1000; change it, or remove it',
        ),
        (
            "- {say: Hi, when: team_size < 1}",
            '"team_size < 1" can never hold: team_size is never under 1: it is at least 1; change it, or remove it',
        ),
        (
            "- {say: Hi, when: team_size > 50 and team_size < 10}",
            '"team_size > 50 and team_size < 10" can never hold: team_size cannot be over 50 and under 10 at once; change it, or remove it',
        ),
        (
            "- branch: [{when: known(email) and not known(email), go: x}]",
            '"known(email) and not known(email)" can never hold: this cannot hold and not hold at once; change it, or remove it',
        ),
        (
            "- {say: Hi, choices: [{label: A, when: team_size < 0}, B]}",
            '"team_size < 0" can never hold: team_size is never under 0: it is at least 1; change it, or remove it',
        ),
        (
            '- {say: Hi, when: stage == "mql"}',
            '"stage == "mql"" can never hold: "stages:" does not say when a lead is "mql"',
        ),
    ],
)
def test_a_condition_that_can_never_hold_is_named_with_its_reason(step: str, problem: str) -> None:
    (found,) = errors_on(f"steps:\n{ASKS}  {step}\n  - {{step: x, end: Bye}}\n")
    line, _, rest = found.partition(":")
    assert line == "5"
    assert rest.partition(": ")[2] == problem


@pytest.mark.parametrize(
    "section",
    [
        "scoring: {fit: {rules: [{when: team_size > 5000, points: 3, because: x}]}}",
        "disqualifiers: [{when: team_size > 5000, because: x}]",
        "handoff: [{when: team_size > 5000, to: sales, because: x}]",
    ],
)
def test_rules_are_examined_too(section: str) -> None:
    (found,) = errors_on(f"steps:\n{ASKS}  - end\n{section}\n")
    assert '"team_size > 5000" can never hold' in found


def test_a_formula_may_set_a_field_beyond_what_visitors_may_say() -> None:
    body = (
        "steps:\n  - ask: team_size\n  - set: {team_size: = team_size * 12}\n  - {say: Wow, when: team_size > 5000}\n"
    )
    assert errors_on(body) == []


SCORED = """\
scoring:
  fit:
    cap: CAP
    rules:
      - {when: team_size >= 50, points: 30, because: Large}
      - {when: known(email), points: -5, because: Why not}
    groups:
      time: {cap: 10, rules: [{when: timeline == "now", points: 20, because: Now}]}
  engagement:
    rules: [{on: visit, points: 2, most: 5, because: Came}]
stages:
  warm: engagement > WARM
  mql: fit >= MQL
"""


def scored(cap: int = 100, mql: int = 40, warm: int = 9, more: str = "") -> str:
    return (
        f"steps:\n{ASKS}  - end\n"
        + SCORED.replace("CAP", str(cap)).replace("MQL", str(mql)).replace("WARM", str(warm))
        + more
    )


def test_a_stage_that_points_can_reach_passes() -> None:
    assert errors_on(scored()) == []


def test_a_stage_beyond_all_points_is_named_with_the_most_there_are() -> None:
    assert errors_on(scored(mql=41)) == [
        '18:3: no lead can become "mql": fit is never at least 41: it is at most 40; give more points, raise a cap, or lower what the stage asks for'
    ]
    assert errors_on(scored(cap=30)) == [
        '18:3: no lead can become "mql": fit is never at least 40: it is at most 30; give more points, raise a cap, or lower what the stage asks for'
    ]
    assert errors_on(scored(warm=10)) == [
        '17:3: no lead can become "warm": engagement is never over 10: it is at most 10; give more points, raise a cap, or lower what the stage asks for'
    ]


def test_without_scoring_nobody_has_points() -> None:
    assert errors_on("steps: [end]\nstages: {mql: score > 3}\n") == [
        '2:1: no lead can become "mql": score is never over 3: it is at most 0; give more points, raise a cap, or lower what the stage asks for'
    ]


def test_points_are_added_up_for_the_score() -> None:
    both = scored().replace("mql: fit >= 40", "mql: score >= 50")
    assert errors_on(both) == []
    assert '"mql": score is never at least 51: it is at most 50' in errors_on(both.replace("50\n", "51\n"))[0]


def test_a_handoff_at_a_stage_nobody_reaches_is_an_error() -> None:
    rule = 'handoff: {when: stage == "mql" and known(email), to: sales, because: Hot}\n'
    assert errors_on(scored(more=rule)) == []
    problems = errors_on(scored(mql=41, more=rule))
    assert problems[1] == '19:10: "stage == "mql" and known(email)" can never hold: no lead can become "mql"'
    assert errors_on(f"steps:\n{ASKS}  - end\n{rule}") == [
        '6:10: "stage == "mql" and known(email)" can never hold: "stages:" does not say when a lead is "mql"'
    ]


def test_stages_that_people_speak_of_are_always_possible() -> None:
    rule = 'handoff: {when: stage == "customer" and known(email), to: sales, because: Hot}\n'
    either = rule.replace('stage == "customer"', '(stage == "mql" or stage == "customer")')
    assert errors_on(f"steps:\n{ASKS}  - end\n{rule}") == []
    assert errors_on(f"steps:\n{ASKS}  - end\n{either}") == []


def test_a_stage_in_braces_is_named_by_the_line_of_the_section() -> None:
    assert errors_on("steps: [end]\nstages: {mql: fit > 3}\nfaq: [{ask: mql, say: Yes}]\n")[0].startswith("2:1: ")
