"""A turn as the terminal shows it: what the bot says, and beside it what it understood, counted and decided."""

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from bot.cli.rehearsal import Rehearsal
from bot.cli.terminal import coloured
from bot.visible import visible, visible_lines
from dialogs.effects import (
    CancelTimer,
    Effect,
    GiveMagnet,
    HandOff,
    OfferCrossing,
    RepSay,
    Say,
    SetTimer,
    ShowDesk,
    Whisper,
    dump_effect,
)
from dialogs.facts import FactKind
from dialogs.script import Persona, Script
from dialogs.state import dump_receipt
from dialogs.turn import Turn

_WIDTH = 100


def turn_lines(turn: Turn, talk: Rehearsal) -> Iterator[str]:
    """The lines of one turn: first what was understood, then what is said, then what it is worth."""
    for line in _understood(turn):
        yield coloured(f"      {visible(line)}", "dim")
    for effect in turn.effects:
        yield from _effect_lines(effect, turn, talk)
    for line in _counted(turn):
        yield coloured(f"      {visible(line)}", "green")


def turn_as_json(said: str | None, turn: Turn) -> dict[str, Any]:
    """The turn for programs."""
    state, lead = turn.state, turn.lead
    return {
        "said": said,
        "effects": [dump_effect(effect) for effect in turn.effects],
        "answers": dict(lead.answers) if lead else {},
        "receipts": [dump_receipt(receipt) for receipt in lead.receipts_added] if lead else [],
        "withdrawn": list(lead.receipts_withdrawn) if lead else [],
        "fit": state.fit,
        "engagement": state.engagement,
        "stage": state.stage.value,
        "status": state.status.value,
        "step": state.step,
    }


def _understood(turn: Turn) -> Iterator[str]:
    lead = turn.lead
    if lead is not None:
        for name, (label, shown) in lead.labels.items():
            yield f"{name} = {shown} ({label})" if name != label else f"{name} = {shown}"
        for name in lead.forgotten:
            yield f"{name} no longer holds"
        for purpose, record in lead.consents.items():
            yield f"consent {purpose}: {'yes' if record.given else 'no'}"
    for fact in turn.facts:
        if fact.kind is FactKind.INVALID:
            yield f"not understood: {fact.detail}"
        elif fact.kind is FactKind.VARIANT:
            yield f"variant {fact.detail}"


def _counted(turn: Turn) -> Iterator[str]:
    state, lead = turn.state, turn.lead
    if lead is not None:
        for receipt in lead.receipts_added:
            yield f"{receipt.points:+g} {receipt.axis}: {receipt.because} ({receipt.evidence})"
        for rule in lead.receipts_withdrawn:
            yield f"points of {rule} withdrawn"
        if lead.tags_added or lead.tags_removed:
            yield "tags: " + ", ".join(
                (*(f"+{tag}" for tag in lead.tags_added), *(f"-{tag}" for tag in lead.tags_removed))
            )
    moved = [fact.detail for fact in turn.facts if fact.kind in (FactKind.STAGE, FactKind.DISQUALIFIED)]
    if moved or (lead is not None and (lead.receipts_added or lead.receipts_withdrawn)):
        why = f" ({state.disqualified})" if state.disqualified else ""
        yield f"= fit {state.fit}, engagement {state.engagement}, {state.stage.value}{why}"


def _effect_lines(effect: Effect, turn: Turn, talk: Rehearsal) -> Iterator[str]:
    script = talk.script
    match effect:
        case Say():
            yield from _spoken(_persona(script, effect.persona), effect.text)
            if effect.picture:
                yield f"  [picture {visible(': '.join(filter(None, (effect.picture, effect.alt))))}]"
            for link in effect.links:
                yield f"  [{visible(link.label)}: {visible(link.url)}]"
            if effect.choices:
                yield coloured(_buttons(effect, numbered=talk.numbered), "blue")
            if effect.input is not None and effect.input.optional:
                yield coloured("  (may be skipped)", "dim")
        case GiveMagnet():
            yield from _spoken(_persona(script, effect.persona), effect.text or effect.title)
            yield coloured(f"  [gives {visible(_gift(effect, script, turn.state.language))}]", "blue")
        case HandOff(to=to, reason=reason):
            yield coloured(f"      -> {visible(to)}: {visible(reason)}", "yellow")
        case SetTimer(name=name, due=due):
            yield coloured(f"      waits until {due:%Y-%m-%d %H:%M:%S} UTC ({name}); /wait lets it pass", "dim")
        case RepSay(rep=rep, text=text):
            yield from _spoken(Persona(key=rep.key, name=rep.name), text)
        case OfferCrossing(to=to):
            yield coloured(f"  [offers to go on in {visible(to)}]", "blue")
        case CancelTimer() | ShowDesk() | Whisper():
            return
        case _:
            assert_never(effect)


def _spoken(persona: Persona, text: str) -> Iterator[str]:
    name = f"{visible(persona.name)}: "
    indent = " " * len(name)
    first = coloured(name, "bold")
    for line in visible_lines(text):
        for part in textwrap.wrap(line, _WIDTH - len(name), break_long_words=False, break_on_hyphens=False) or [""]:
            yield f"{first}{part}"
            first = indent


def _persona(script: Script, key: str | None) -> Persona:
    return script.personas.get(key, script.persona) if key else script.persona


def _buttons(say: Say, *, numbered: bool) -> str:
    labels = [visible(option.label) for option in say.choices]
    shown = (
        [f"[{place}] {label}" for place, label in enumerate(labels, 1)] if numbered else [f"[{one}]" for one in labels]
    )
    return textwrap.fill("   ".join(shown), _WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False)


def _gift(effect: GiveMagnet, script: Script, language: str) -> str:
    """What is given, in a few words: its title, its kind, and where it comes from."""
    options = script.magnets[effect.magnet].options
    for key in ("file", "codes", "url"):
        value = options.get(key)
        if isinstance(value, Mapping):
            value = value.get(language, next(iter(value.values()), None))
        if value:
            return f'"{effect.title}": {effect.kind}, {value}'
    return f'"{effect.title}": {effect.kind}'
