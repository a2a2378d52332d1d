"""What sales reads first: how urgent it is, and what is wanted of them."""

import pytest

from bot.handoff.announcement import announcement
from tests.desk import view
from tests.talk import Talk

MENU = """
dialog: demo
title: Demo
language: en
persona: {name: Mia}
steps:
  - say: What brings you here?
    choices: [Prices, Support]
  - end: Bye!
"""
CIRCLE = MENU.replace("  - end: Bye!", "  - {step: there, tag: dizzy}\n  - go: there")


def title(reason: str, stage: str) -> str:
    return announcement(view(reason=reason, stage=stage, name="Ada")).title


@pytest.mark.parametrize("stage", ["mql", "sales_accepted", "sales_qualified", "customer"])
def test_only_who_is_qualified_is_called_hot(stage: str) -> None:
    assert title("Ready to buy", stage) == "Hot lead: Ada"


@pytest.mark.parametrize("stage", ["cold", "warm", "disqualified"])
def test_who_is_not_qualified_is_called_what_is_wanted(stage: str) -> None:
    assert title("Wants a demo", stage) == "A lead for sales: Ada"
    assert title("asked", stage) == "Somebody asks for a person: Ada"


def test_a_qualified_lead_who_asks_for_a_person_is_both() -> None:
    assert title("asked", "mql") == "A hot lead asks for a person: Ada"


@pytest.mark.parametrize(
    ("script", "words", "reasons"),
    [(MENU, "zxqv", 1), (MENU, "Do you have a parking lot?", 2), (CIRCLE, "Prices", 1)],
)
def test_who_the_bot_cannot_help_needs_help(script: str, words: str, reasons: int) -> None:
    talk = Talk.of(script)
    for _ in range(6):
        talk.says(words)
    assert len(talk.handoffs) == reasons
    for effect in talk.handoffs:
        assert title(effect.reason, "cold") == "Somebody needs help: Ada"
        assert title(effect.reason, "mql") == "Hot lead: Ada"
