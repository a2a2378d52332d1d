"""The work that everything here is measured by: one dialog script, and a visitor who answers it in eight messages."""

from typing import NamedTuple

NAME = "quote"
TURNS = 8
"""Messages of the visitor in one conversation."""

GREETING = "Hello! I can get you a quote in two minutes. Shall we?"
ASK_NAME = "Gladly. What may I call you?"
ASK_EMAIL = "Where shall the quote go,"
RETRY_EMAIL = "That does not look like an e-mail address."
ASK_COMPANY = "Which company are you with?"
ASK_TEAM_SIZE = "How big is your team?"
ASK_BUDGET = "What is your monthly budget, in dollars?"
ASK_CONSENT = "May we write to you about it?"
GOODBYE = "Thank you! The quote is on its way."

TEAM_SIZES = ("Solo", "Startup", "Midsize", "Enterprise")

SCRIPT = f"""\
dialog: {NAME}
title: A quote in two minutes
language: en
persona: {{name: Mia}}

fields:
  first_name: {{type: name, label: First name}}
  email: {{type: email, label: Work e-mail}}
  company: {{type: company, label: Company}}
  team_size:
    type: choice
    label: Team size
    options: {{{", ".join(f"{one.lower()}: {one}" for one in TEAM_SIZES)}}}
  budget: {{type: number, label: Monthly budget, min: 0}}

steps:
  - say: {GREETING}
    choices: ["Yes, please"]
    free: name
  - step: name
    ask: first_name
    text: {ASK_NAME}
  - ask: email
    text: {ASK_EMAIL} {{{{ first_name }}}}?
    retry: {RETRY_EMAIL} Would you try again?
  - ask: company
    text: {ASK_COMPANY}
  - ask: team_size
    text: {ASK_TEAM_SIZE}
  - ask: budget
    text: {ASK_BUDGET}
  - consent: keep_in_touch
    text: {ASK_CONSENT}
  - end: {GOODBYE}
"""


class Line(NamedTuple):
    """What the visitor says, and the words that must stand in the answer."""

    text: str
    expected: str


def email_of(number: int) -> str:
    """The address that the visitor of this number gives."""
    return f"visitor{number}@analytical-engines.com"


def lines(number: int) -> list[Line]:
    """Everything the visitor of this number says, in order."""
    return [
        Line("hello there", ASK_NAME),
        Line(f"Ada{'abcdefghij'[number % 10]}", ASK_EMAIL),
        Line("ada.analytical-engines.com", RETRY_EMAIL),
        Line(email_of(number), ASK_COMPANY),
        Line("Analytical Engines Ltd", ASK_TEAM_SIZE),
        Line("Midsize", ASK_BUDGET),
        Line("25000", ASK_CONSENT),
        Line("yes", GOODBYE),
    ]


class WrongAnswer(AssertionError):
    """The bot did not say what it must: a fast wrong answer is no answer."""


def check(line: Line, answer: str) -> None:
    """Raise ``WrongAnswer`` unless the answer holds what it must."""
    if line.expected not in answer:
        raise WrongAnswer(f"after {line.text!r} the bot must say {line.expected!r}, and said {answer!r}")
