"""Hot leads whom nobody can reach: people are brought in, and no e-mail address or phone number was ever asked for."""

from dialogs.checking.contents import setters_of
from dialogs.checking.ways import Way, Ways
from dialogs.loading.problems import Report
from dialogs.script import AskStep, HandoffRule, HandoffStep, Script

_CONTACTS = ("email", "phone")
_CURE = "ask for an e-mail address or a phone number on the way"


def check_contacts(script: Script, ways: Ways, report: Report) -> None:
    """Report every handoff that a visitor can come to, and leave, without being asked how to reach them."""
    contacts = frozenset(name for name, field in script.fields.items() if field.type.name in _CONTACTS)
    if any(name in contacts for setter in setters_of(script) for name in setter.values):
        return  # The contact is taken from elsewhere.
    asks = [step for step in script.steps.values() if isinstance(step, AskStep) and step.id in ways.reached]
    asking = frozenset(step.id for step in asks if step.field in contacts)

    def is_silent(step_id: str, way: Way) -> bool:
        """Whether who goes this way is not asked for a contact, and nothing on it looks at one."""
        return step_id not in asking and not any(contacts & condition.names for condition, _ in way.guards)

    silent = ways.restricted(is_silent)
    unasked = (silent.reached & silent.can_end()) - asking
    for step in script.steps.values():
        if isinstance(step, HandoffStep) and step.id in unasked:
            report.error(step.place, f"people are brought in here without a way to reach the visitor; {_CURE}")
    for rule in script.handoffs:
        if not asking or _fires_on(rule, asks, unasked, contacts):
            report.error(rule.place, f"this rule can bring in people without a way to reach the visitor; {_CURE}")


def _fires_on(rule: HandoffRule, asks: list[AskStep], unasked: frozenset[str], contacts: frozenset[str]) -> bool:
    """Whether every answer that the rule looks at may be given where nobody asks for a contact."""
    asked = [step for step in asks if step.field in rule.when.names]
    fields = {step.field for step in asked}
    if not fields or contacts & rule.when.names:
        return False
    return fields == {step.field for step in asked if step.id in unasked}
