"""Every text and every condition of a script, with its place."""

from collections.abc import Iterator
from typing import NamedTuple, assert_never

from dialogs.conditions import Expression
from dialogs.script import (
    START,
    AnyStep,
    AskStep,
    BranchStep,
    CallStep,
    ConsentStep,
    Disqualifier,
    DisqualifyStep,
    EndStep,
    GoStep,
    HandoffRule,
    HandoffStep,
    OfferStep,
    Place,
    ReturnStep,
    SayStep,
    Script,
    SetStep,
    StepChoice,
    TagStep,
    VariantStep,
    WaitStep,
)
from dialogs.texts import Text


class PlacedText(NamedTuple):
    """A text, and where what it belongs to begins."""

    place: Place
    text: Text


class PlacedCondition(NamedTuple):
    """A condition or formula, and where what it belongs to begins."""

    place: Place
    condition: Expression


def texts_of(script: Script) -> Iterator[PlacedText]:
    """Every text of the author's, addresses of links among them, but for those among the options of fields and lead
    magnets."""
    yield from words_of(script)
    for step in script.steps.values():
        if isinstance(step, SayStep):
            yield from _texts(step.place, *(link.url for link in step.links))


def words_of(script: Script) -> Iterator[PlacedText]:
    """The same without addresses, which are one for all languages."""
    for key, text in (("title", script.title), ("description", script.description), ("alt", script.alt)):
        yield from _texts(script.places.get(key, START), text)
    for field in script.fields.values():
        yield from _texts(field.place, field.label, field.why)
    for magnet in script.magnets.values():
        yield from _texts(magnet.place, magnet.title, magnet.description, magnet.already, magnet.empty)
    for step in script.steps.values():
        yield from _texts(step.place, *_texts_of_step(step))
        for choice in step.choices if isinstance(step, SayStep) else ():
            yield PlacedText(choice.place, choice.label)
    for entry in script.faq:
        yield PlacedText(entry.place, entry.answer)
    for pattern in script.patterns.values():
        yield from _texts(pattern.place, pattern.say)
    for teaser in script.attract:
        yield from _texts(teaser.place, teaser.text, *teaser.choices)
    judging: tuple[Disqualifier | HandoffRule, ...] = (*script.disqualifiers, *script.handoffs)
    for rule in judging:
        yield from _texts(rule.place, rule.say)


def _texts(place: Place, *texts: Text | None) -> Iterator[PlacedText]:
    yield from (PlacedText(place, text) for text in texts if text is not None)


def _texts_of_step(step: AnyStep) -> tuple[Text | None, ...]:
    match step:
        case SayStep():
            return (step.text, step.alt, *(link.label for link in step.links))
        case AskStep():
            return (step.text, step.retry, step.alt)
        case ConsentStep():
            return (step.text, step.yes, step.no, step.why)
        case OfferStep() | HandoffStep() | DisqualifyStep() | EndStep():
            return (step.text,)
        case GoStep() | BranchStep() | CallStep() | ReturnStep() | SetStep() | WaitStep() | VariantStep() | TagStep():
            return ()
        case _:
            assert_never(step)


def conditions_of(script: Script) -> Iterator[PlacedCondition]:
    """Every condition that decides something, but for those of stages."""
    for magnet in script.magnets.values():
        yield from _conditions(magnet.place, magnet.when)
    for step in script.steps.values():
        yield from _conditions(step.place, step.when)
        match step:
            case BranchStep():
                yield from _conditions(step.place, *(case.when for case in step.cases))
            case SayStep():
                for choice in step.choices:
                    yield from _conditions(choice.place, choice.when)
            case _:
                pass
    for axis in script.axes:
        for group in axis.groups:
            for rule in group.rules:
                yield from _conditions(rule.place, rule.when)
    judging: tuple[Disqualifier | HandoffRule, ...] = (*script.disqualifiers, *script.handoffs)
    for one in judging:
        yield PlacedCondition(one.place, one.when)


def _conditions(place: Place, *conditions: Expression | None) -> Iterator[PlacedCondition]:
    yield from (PlacedCondition(place, condition) for condition in conditions if condition is not None)


def formulas_of(script: Script) -> Iterator[PlacedCondition]:
    """Every formula that sets a field."""
    for setter in setters_of(script):
        for value in setter.values.values():
            if isinstance(value, Expression):
                yield PlacedCondition(setter.place, value)


def setters_of(script: Script) -> Iterator[SetStep | StepChoice]:
    """Whatever sets fields."""
    for step in script.steps.values():
        if isinstance(step, SetStep):
            yield step
        elif isinstance(step, SayStep):
            yield from (choice for choice in step.choices if choice.values)
