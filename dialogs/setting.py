"""Fields and tags that a script sets by itself."""

from collections.abc import Mapping

from dialogs.conditions import Expression
from dialogs.draft import Draft
from dialogs.script import StepChoice
from dialogs.values import Value


def apply_choice(draft: Draft, choice: StepChoice) -> None:
    """Tag and set what a picked choice tags and sets."""
    if choice.tags:
        draft.tag(choice.tags)
    if choice.values:
        set_values(draft, choice.values)


def set_values(draft: Draft, values: Mapping[str, Value | Expression]) -> None:
    """Set fields to values, or to what their formulas give; a formula that gives nothing forgets the field."""
    for name, given in values.items():
        value = given.evaluate(draft.knowledge) if isinstance(given, Expression) else given
        if value is None:
            draft.forget((name,))
        else:
            draft.answer(name, value)
