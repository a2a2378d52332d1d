"""How a step puts its question: the words, the buttons, the input."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from dialogs import phrases
from dialogs.draft import Draft
from dialogs.effects import Link, Say
from dialogs.facts import FactKind
from dialogs.questions.base import Input, Option
from dialogs.questions.choice import ChoiceOptions
from dialogs.script import AskStep, ConsentStep, Field, SayStep, StepChoice
from dialogs.state import Status

OpenStep = SayStep | AskStep | ConsentStep
"""Steps that wait for the visitor's word."""


def pose(draft: Draft, step: OpenStep) -> None:
    """Put the question of ``step``; the conversation stands there until it is answered."""
    draft.status = Status.ASKING
    draft.step = step.id
    draft.attempts = draft.asides = 0
    draft.doubt = None
    draft.fragments = ()
    draft.note(FactKind.REACHED, _subject(step))
    draft.posed_at = len(draft.effects)
    draft.say(question(draft, step))


def pose_again(draft: Draft, step: OpenStep, text: str | None = None, choices: Sequence[Option] | None = None) -> None:
    """Put the open question once more, in other words or with other buttons where they are given."""
    asked = question(draft, step)
    if text is not None:
        asked = asked._replace(text=text, picture=None, alt="", links=())
    if choices is not None:
        asked = asked._replace(choices=tuple(choices))
    draft.posed_at = len(draft.effects)
    draft.say(asked)


def question(draft: Draft, step: OpenStep) -> Say:
    """The message that asks what ``step`` asks."""
    language = draft.language
    match step:
        case SayStep():
            return Say(
                text=draft.words(step.text),
                step=step.id,
                persona=step.persona,
                choices=tuple(Option(one.key, draft.words(one.label)) for one in open_choices(draft, step)),
                input=_MENU if step.choices else None,
                picture=step.picture,
                alt=draft.words(step.alt) if step.alt else "",
                links=tuple(Link(draft.words(one.label), draft.words(one.url)) for one in step.links),
            )
        case AskStep():
            field = draft.script.fields[step.field]
            asked = input_of(field, step.optional, language)
            return Say(
                text=_ask_text(draft, step, field),
                step=step.id,
                persona=step.persona,
                choices=asked.options,
                input=asked,
                picture=step.picture,
                alt=draft.words(step.alt) if step.alt else "",
            )
        case ConsentStep():
            return Say(
                text=draft.words(step.text),
                step=step.id,
                persona=step.persona,
                choices=(
                    Option("yes", step.yes.render(language, {}) if step.yes else phrases.say("yes", language)),
                    Option("no", step.no.render(language, {}) if step.no else phrases.say("no", language)),
                ),
                input=_MENU,
            )


def open_choices(draft: Draft, step: SayStep) -> list[StepChoice]:
    """The choices of a menu whose conditions hold now."""
    return [one for one in step.choices if one.when is None or one.when.holds(draft.knowledge)]


@lru_cache(maxsize=4096)
def input_of(field: Field, optional: bool, language: str) -> Input:
    """How ``field`` is asked on a screen; the same object every time."""
    asked = field.type.input(field.options, language)
    return replace(asked, optional=True) if optional else asked


@lru_cache(maxsize=4096)
def menu_options(step: SayStep, keys: tuple[str, ...], language: str) -> ChoiceOptions:
    """The choices ``keys`` of a menu as the choice question reads them."""
    options = {
        one.key: {"label": one.label.render(language, {}), "synonyms": list(one.synonyms)}
        for one in step.choices
        if one.key in keys
    }
    return ChoiceOptions.model_validate({"options": options})


def _ask_text(draft: Draft, step: AskStep, field: Field) -> str:
    if step.text is not None:
        return draft.words(step.text)
    return phrases.say("ask", draft.language, label=draft.words(field.label))


def _subject(step: OpenStep) -> str:
    match step:
        case AskStep():
            return step.field
        case ConsentStep():
            return step.purpose
        case SayStep():
            return ""


_MENU = Input(kind="choice")
