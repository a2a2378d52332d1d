"""Nobody is called to a lead whom they cannot reach."""
# ruff: noqa: E501 - messages, one a line.

import pytest

from tests.dialogs.loading_support import gate_on

STEP = "people are brought in here without a way to reach the visitor; ask for an e-mail address or a phone number on the way"
RULE = "this rule can bring in people without a way to reach the visitor; ask for an e-mail address or a phone number on the way"


def errors_on(body: str) -> list[str]:
    return [problem for problem in gate_on(body) if ": warning: " not in problem]


def test_a_handoff_where_nobody_asks_for_a_contact_is_an_error() -> None:
    assert errors_on("steps:\n  - handoff: sales\n  - end\n") == [f"2:5: {STEP}"]


@pytest.mark.parametrize("steps", ["- ask: email\n  - handoff: sales", "- handoff: sales\n  - ask: email"])
def test_asking_before_or_after_is_enough(steps: str) -> None:
    assert errors_on(f"steps:\n  {steps}\n  - end\n") == []


def test_one_way_that_asks_does_not_excuse_another_that_does_not() -> None:
    body = """
        steps:
          - say: Hi
            choices: [The guide, {A person: {go: person}}]
          - ask: email
          - offer: guide
          - end
          - step: person
            handoff: sales
          - end
    """
    assert errors_on(body) == [f"7:5: {STEP}"]


def test_a_way_that_looks_whether_the_contact_is_known_passes() -> None:
    body = """
        steps:
          - say: Hi
            choices: [The guide, {A person: {go: person}}]
          - ask: email
          - offer: guide
          - end
          - step: person
            branch: [{when: known(email), go: call}]
          - ask: email
          - step: call
            handoff: sales
          - end
    """
    assert errors_on(body) == []


@pytest.mark.parametrize(("question", "problems"), [("email", []), ("timeline", [f"2:5: {STEP}"])])
def test_a_sub_dialog_that_asks_is_seen(question: str, problems: list[str]) -> None:
    body = f"steps:\n  - handoff: sales\n  - call: contact\n  - end\ndialogs:\n  contact:\n    - ask: {question}\n"
    assert errors_on(body) == problems


def test_a_rule_in_a_script_that_never_asks_is_an_error() -> None:
    body = 'steps:\n  - ask: timeline\n  - end\nhandoff: {when: timeline == "now", to: sales, because: Hot}\n'
    assert errors_on(body) == [f"4:10: {RULE}"]


def test_a_rule_that_may_fire_on_a_way_without_a_contact_is_an_error() -> None:
    body = """
        steps:
          - say: Hi
            choices: [The guide, {Prices: {go: prices}}]
          - ask: email
          - ask: timeline
          - end
          - step: prices
            ask: ANSWER
          - end
        handoff: {when: timeline == "now", to: sales, because: Hot}
    """
    assert errors_on(body.replace("ANSWER", "timeline")) == [f"10:10: {RULE}"]
    assert errors_on(body.replace("ANSWER", "team_size")) == []


def test_a_rule_that_asks_for_the_contact_itself_passes() -> None:
    rule = 'handoff: {when: timeline == "now" and known(email), to: sales, because: Hot}\n'
    body = f"steps:\n  - say: Hi\n    choices: [{{A: {{go: a}}}}, B]\n  - ask: email\n  - step: a\n    ask: timeline\n{rule}"
    assert errors_on(body) == []


def test_a_contact_that_is_set_from_elsewhere_counts() -> None:
    assert errors_on("steps:\n  - set: {email: ada@example.com}\n  - handoff: sales\n  - end\n") == []
