"""What a script says about the page around the chat: the data it may tell, the doors it may begin at."""

import pytest

from tests.dialogs.loading_support import gate_on, loaded_with, problems_in

STEPS = "steps:\n  - say: Hello\n  - step: pricing\n    ask: email\n  - end: Bye\n"


def test_page_data_has_types_and_labels() -> None:
    script = loaded_with(f"page:\n  plan: text\n  cart: {{type: number, label: Cart}}\n{STEPS}")
    assert {name: one.type.name for name, one in script.page.items()} == {"plan": "text", "cart": "number"}
    assert "plan" not in script.fields


def test_doors_are_steps_by_name() -> None:
    assert loaded_with(f"doors: [pricing]\n{STEPS}").doors == ("pricing",)


@pytest.mark.parametrize(
    ("added", "problem"),
    [
        ("doors: [pricng]\n", '1:9: unknown step "pricng", did you mean "pricing"?'),
        ("doors: [say.1]\n", '1:9: the step "say.1" has no name of its own'),
        ("doors: [[pricing]]\n", '1:9: "doors" is a list of names of steps'),
        ("page: {email: text}\n", '1:8: "email" is a field in line 4; call what the page tells otherwise'),
        ("page: {score: number}\n", '1:8: "score" already means something in conditions'),
        ("page: {plan: email}\n", '1:8: "email" is no type for what a page tells; there are text, number'),
        ("page: {plan: txt}\n", '1:14: unknown type "txt", did you mean "text"?'),
        ("page: [plan]\n", "1:7:"),
    ],
)
def test_mistakes_are_named_with_their_place(added: str, problem: str) -> None:
    assert any(one.startswith(problem) for one in problems_in(added + STEPS)), problems_in(added + STEPS)


def test_page_data_cannot_be_asked_for() -> None:
    problems = problems_in(STEPS.replace("email", "plan") + "page: {plan: text}\n")
    assert problems == ['4:10: unknown field "plan"'] or problems[0].startswith("4:10: unknown field")


def test_conditions_know_its_type() -> None:
    wrong = (
        f"page: {{cart: number}}\n{STEPS.replace('- say: Hello', '- say: Hello' + chr(10) + '    when: cart == true')}"
    )
    assert any("cart" in one or "number" in one for one in problems_in(wrong))


def test_what_nobody_uses_is_told() -> None:
    (problem,) = gate_on(f"page: {{plan: text}}\n{STEPS}")
    assert "is never used" in problem


def test_a_step_that_only_a_door_leads_to_is_reached() -> None:
    body = "steps:\n  - say: Hello\n  - end: Bye\n  - step: demo\n    say: The demo\n  - end: Bye\n"
    assert any('"demo"' in one for one in gate_on(body))
    assert gate_on(f"doors: [demo]\n{body}") == []
