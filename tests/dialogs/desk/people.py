"""People of ours, and a talk with a visitor who becomes a hot lead."""

from dialogs.desk.acts import Claim, Join
from dialogs.desk.people import Rep
from dialogs.desk.plan import Clocks, Plan
from tests.dialogs.engine.scripts import script
from tests.talk import Talk

ANNA = Rep(key="anna", name="Anna Berg", picture="https://example.com/anna.png")
BEN = Rep(key="ben", name="Ben Krause")
CLARA = Rep(key="slack:U03", name="Clara Diaz")
IN_TURN = Plan(route="enterprise", reps=(ANNA, BEN), clocks=Clocks(offer=30, unclaimed=120, fallback=300, silent=60))

FIELDS = """
name: {type: name, label: Name}
size: {type: number, label: Team size, min: 1}
mail: {type: email, label: E-mail}
phone: {type: phone, label: Phone, region: DE}
crm: {type: text, label: Present CRM}
start: {type: choice, label: Start, options: {now: This month, later: Later}}
"""
STEPS = """
- ask: name
- ask: size
- ask: crm
- ask: mail
- ask: start
- end: Thank you, {{ name }}!
"""
MORE = """
languages: [en, de]
scoring:
  fit: {rules: [{when: size >= 50, points: 60, because: Large team}]}
stages: {mql: fit >= 50}
handoff:
  - {when: stage == "mql", to: sales, because: Large team}
  - {when: start == "now", to: sales, because: Wants to start now, say: I will hurry.}
"""
SALES = script(STEPS, fields=FIELDS, more=MORE)


def hot(plan: Plan | None = None, *, more: str = "", **arrival: object) -> Talk:
    """A visitor of a large team, at the question which CRM they have; the handoff is routed by ``plan``."""
    talk = Talk.of(SALES + more, **arrival)
    talk.says("Ada")
    assert talk.says("80") == "Present CRM?"
    talk.goes_to(plan)
    return talk


def claimed(plan: Plan | None = None) -> Talk:
    """Anna has it."""
    talk = hot(plan or IN_TURN)
    assert talk.rep(ANNA, Claim()) == "Anna Berg will be with you in a moment."
    return talk


def talking(plan: Plan | None = None) -> Talk:
    """Anna has it, has come in, and has not said a word."""
    talk = claimed(plan)
    assert talk.rep(ANNA, Join()) == "Anna Berg has joined the chat."
    return talk
