"""The publish gate finds steps nobody reaches and circles nobody leaves, before a visitor does."""
# ruff: noqa: E501 - messages, one a line.

import pytest

from dialogs.checking import check_script, load_and_check
from dialogs.checking.ways import circles
from tests.dialogs.loading_support import added, gate_on, loaded_with


def test_a_script_without_mistakes_passes() -> None:
    result = load_and_check(added("steps:\n  - ask: email\n  - offer: guide\n  - end: Bye\n"), "demo.yaml")
    assert result.script is not None
    assert not any(problem.severity == "error" for problem in result.problems)


def test_what_stands_after_a_go_is_reached_only_by_name() -> None:
    body = """
        steps:
          - say: Hi
          - go: bye
          - say: Never heard
          - say: Nor this
          - step: bye
            end:
          - step: lost
            end: Never
    """
    assert gate_on(body) == [
        '4:5: nobody can reach this step and the one after it: what comes before always goes elsewhere; let some step "go" here, or remove it',
        '8:5: nobody can reach "lost": what comes before always goes elsewhere; let some step "go" here, or remove it',
    ]


@pytest.mark.parametrize(
    "sent",
    [
        "faq: [{ask: Is it, say: Yes, go: bye}]",
        "patterns: {stop: {go: bye}}",
        "disqualifiers: [{when: team_size < 2, because: Alone, go: bye}]",
    ],
)
def test_a_step_is_reached_from_anywhere_it_is_named(sent: str) -> None:
    body = f"steps:\n  - ask: team_size\n  - end\n  - step: bye\n    end: Bye\n{sent}\n"
    assert gate_on(body) == []


def test_a_pattern_that_is_off_leads_nowhere() -> None:
    body = "steps:\n  - end\n  - step: bye\n    end: Bye\npatterns: {stop: {go: bye, off: true}}\n"
    (problem,) = gate_on(body)
    assert problem.startswith('3:5: nobody can reach "bye"')


def test_every_arm_choice_and_case_reaches_its_step() -> None:
    body = """
        steps:
          - variant: opening
            arms: {short: {go: a}}
          - say: Long
            choices: [{A: {go: a}}, {label: B, go: b}]
            free: c
          - step: a
            branch: [{when: team_size > 5, go: b}, {go: c}]
          - step: b
            ask: team_size
            attempts: {most: 2, go: c}
          - step: c
            end:
    """
    assert gate_on(body) == []


def test_a_menu_whose_choices_all_go_elsewhere_hides_what_follows() -> None:
    body = """
        steps:
          - say: Hi
            choices: [{A: {go: a}}]
          - say: Never
          - step: a
            end:
    """
    (problem,) = gate_on(body)
    assert problem.startswith("4:5: nobody can reach this step:")


def test_an_experiment_whose_arms_all_go_elsewhere_hides_what_follows() -> None:
    body = """
        steps:
          - variant: opening
            arms: {short: {go: a}, long: {go: a}}
          - say: Never
          - step: a
            end:
    """
    (problem,) = gate_on(body)
    assert problem.startswith("4:5: nobody can reach this step:")


def test_a_sub_dialog_must_be_called() -> None:
    body = "steps: [end]\ndialogs:\n  qualify:\n    - ask: email\n    - ask: team_size\n"
    problems = [problem for problem in gate_on(body) if "warning" not in problem]
    assert problems == ['4:7: the sub-dialog "qualify" is never called; call it with "call: qualify", or remove it']


def test_what_follows_a_call_is_reached_only_if_the_sub_dialog_returns() -> None:
    body = """
        steps:
          - call: inner
          - say: Only if it returns
          - step: bye
            end:
        dialogs:
          inner:
            - {when: known(email), go: bye}
            - call: deeper
          deeper:
            - ask: email
            - INSTEAD
    """
    assert gate_on(body.replace("INSTEAD", "return")) == []
    (problem,) = gate_on(body.replace("INSTEAD", "go: bye"))
    assert problem.startswith("3:5: nobody can reach this step:")


def test_sub_dialogs_may_not_call_themselves() -> None:
    body = """
        steps:
          - call: one
        dialogs:
          one:
            - ask: email
            - {call: two, when: known(email)}
          two:
            - {call: one, when: known(email)}
    """
    assert gate_on(body) == [
        '6:7: the sub-dialogs "one" and "two" call each other in a circle; use "go" to repeat steps'
    ]
    alone = "steps:\n  - call: one\ndialogs:\n  one:\n    - ask: email\n    - {call: one, when: known(email)}\n"
    assert gate_on(alone) == ['6:7: the sub-dialog "one" calls itself; use "go" to repeat steps']


def test_a_circle_of_questions_needs_a_way_out() -> None:
    body = """
        steps:
          - say: Welcome
          - step: menu
            say: What now?
            choices:
              - Prices
              - {About us: {go: about}}
          - say: 12 a month
          - go: menu
          - step: about
            say: We are three people
          - go: menu
    """
    assert gate_on(body) == [
        '3:5: there is no way out of this circle: lines 15, 20, 21, 22, 24; add a choice or a condition that leads to an "end", or attempts that go there'
    ]


def test_a_circle_with_a_way_out_passes() -> None:
    body = """
        steps:
          - step: menu
            say: What now?
            choices: [{Prices: {go: prices}}, {Nothing: {go: bye}}]
          - step: prices
            say: 12 a month
          - go: menu
          - step: bye
            end:
    """
    assert gate_on(body) == []


def test_a_circle_that_never_asks_is_told_so() -> None:
    body = "steps:\n  - step: a\n    say: Hi\n  - go: a\n"
    assert gate_on(body) == [
        "2:5: this circle never asks anything and never ends: lines 14, 16; let it ask, wait, or go elsewhere"
    ]


def test_a_circle_through_a_sub_dialog_is_seen() -> None:
    body = """
        steps:
          - step: a
            call: inner
          - go: a
        dialogs:
          inner:
            - ask: email
    """
    (problem,) = gate_on(body)
    assert "there is no way out of this circle" in problem


def test_a_sub_dialog_that_never_ends_is_a_circle_too() -> None:
    body = """
        steps:
          - call: inner
        dialogs:
          inner:
            - step: again
              say: More?
              choices: [Yes]
            - go: again
    """
    assert gate_on(body) == [
        '5:7: there is no way out of this circle: lines 17, 20; add a choice or a condition that leads to an "end", or attempts that go there'
    ]


def test_only_the_circle_itself_is_named_not_the_way_into_it() -> None:
    body = "steps:\n  - say: One\n  - say: Two\n  - step: a\n    ask: email\n    again: true\n  - go: a\n"
    (problem,) = gate_on(body)
    assert problem.startswith("4:5: there is no way out of this circle: lines 16, 19;")


def test_a_silent_circle_that_a_condition_lets_in_is_warned_of() -> None:
    body = """
        steps:
          - ask: team_size
          - step: a
            say: Hi
          - {when: team_size > 5, go: a}
    """
    assert gate_on(body) == [
        "3:5: warning: whoever comes round this circle never gets out: lines 15, 17; let it ask something"
    ]


@pytest.mark.parametrize(
    "steps",
    [
        # It counts.
        "- ask: team_size\n  - {step: a, set: {team_size: = team_size + 1}}\n  - {when: team_size < 5, go: a}\n",
        # It asks while something is not known.
        "- {step: a, ask: email, when: not known(email)}\n  - {when: not known(email), go: a}\n",
        # It waits.
        "- {step: a, wait: 1 day}\n  - {when: not known(email), go: a}\n",
    ],
)
def test_circles_that_go_on_by_themselves_pass(steps: str) -> None:
    assert [problem for problem in gate_on(f"steps:\n  {steps}") if "circle" in problem] == []


def test_two_thousand_steps_in_a_row_are_no_depth_too_great() -> None:
    script = loaded_with("steps:\n" + "  - say: Hi\n" * 1_998 + "  - ask: email\n  - end\n")
    assert [problem for problem in check_script(script) if problem.severity == "error"] == []


def test_circles_are_the_largest_sets_that_reach_each_other() -> None:
    ways = {"a": ["b"], "b": ["c", "d"], "c": ["a"], "d": ["d", "e"], "e": []}
    assert sorted(map(sorted, circles(ways, ways))) == [["a", "b", "c"], ["d"]]


def test_a_long_circle_is_named_by_its_first_lines_and_a_short_one_by_its_line() -> None:
    long = "steps:\n  - {step: a, ask: email, again: true}\n" + "  - say: Hi\n" * 10 + "  - go: a\n"
    assert "lines 14, 15, 16, 17, 18, …;" in gate_on(long)[0]
    short = "steps: [{step: a, ask: email, again: true}, {go: a}]\n"
    assert "line 13;" in gate_on(short)[0]


def test_a_circle_inside_a_larger_way_round_is_told_once() -> None:
    body = """
        steps:
          - step: a
            say: Again?
            choices: [{Again: {go: a}}, {A: {go: b}}, {B: {go: c}}]
          - step: b
            ask: email
            again: true
          - go: b
          - step: c
            ask: team_size
            again: true
          - go: c
    """
    assert [problem.split(":")[0] for problem in gate_on(body)] == ["5", "9"]
