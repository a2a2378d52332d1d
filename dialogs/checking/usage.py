"""What is declared and never used, used and never declared, or said twice."""

from collections.abc import Collection, Iterable, Iterator

from dialogs.attracting import PAGE_ACT
from dialogs.checking.contents import PlacedCondition, conditions_of, formulas_of, setters_of, texts_of
from dialogs.language.folding import fold_words
from dialogs.loading.cursor import shortened
from dialogs.loading.problems import Report
from dialogs.script import START, AskStep, ConsentStep, OfferStep, Place, SayStep, Script, TagStep, VariantStep
from dialogs.spelling import did_you_mean, nearest

_ACTS = ("visit", "returned", "asked_for_person")


def check_usage(script: Script, report: Report) -> None:
    """Warn of what is probably forgotten."""
    conditions = list(all_conditions(script))
    calls = {call for _, condition in conditions for call in condition.calls}
    _check_fields(script, conditions, report)
    _check_magnets(script, report)
    _check_experiments(script, calls, report)
    _check_acts(script, conditions, report)
    _check_consents(script, conditions, report)
    _check_tags(script, conditions, report)
    _check_faq(script, report)


def all_conditions(script: Script) -> Iterator[PlacedCondition]:
    """Every condition and formula of a script."""
    yield from conditions_of(script)
    yield from formulas_of(script)
    yield from (PlacedCondition(START, condition) for _, condition in script.stages)


def _check_fields(script: Script, conditions: list[PlacedCondition], report: Report) -> None:
    asked = {step.field for step in script.steps.values() if isinstance(step, AskStep)}
    filled = asked | {name for setter in setters_of(script) for name in setter.values}
    used = {name for _, condition in conditions for name in condition.names}
    used |= {name for _, text in texts_of(script) for name in text.names}
    for name, field in script.fields.items():
        if name not in filled:
            what = "is used, but never asked or set" if name in used else "is never asked, set or used"
            report.warn(field.place, f'the field "{name}" {what}; ask for it with "- ask: {name}", or remove it')
    for name, told in script.page.items():
        if name not in used:
            report.warn(told.place, f'what the page tells as "{name}" is never used; use it in a condition or a text')


def _check_magnets(script: Script, report: Report) -> None:
    offered = {step.magnet for step in script.steps.values() if isinstance(step, OfferStep)}
    offered |= {magnet.otherwise for magnet in script.magnets.values() if magnet.otherwise is not None}
    for key, magnet in script.magnets.items():
        if key not in offered:
            report.warn(magnet.place, f'the lead magnet "{key}" is never offered; give it with "- offer: {key}"')


def _check_experiments(script: Script, calls: Collection[tuple[str, str]], report: Report) -> None:
    drawn = {step.experiment for step in script.steps.values() if isinstance(step, VariantStep)}
    for name, experiment in script.experiments.items():
        if name not in drawn:
            asked = ("variant", name) in calls
            what = "is asked for, but nobody draws an arm" if asked else "is never used"
            report.warn(experiment.place, f'the experiment "{name}" {what}; draw one with "- variant: {name}"')


def _check_acts(script: Script, conditions: list[PlacedCondition], report: Report) -> None:
    """An act that nothing reports never earns points; one that is nearly a known act is a slip."""
    known = [*_ACTS, *(f"answered.{name}" for name in script.fields)]
    known += [f"consented.{purpose}" for purpose in script.purposes]
    known += [f"{magnet}.{verb}" for magnet in script.magnets for verb in ("given", "opened")]
    known += [f"{PAGE_ACT}{act}" for act in script.page_acts]
    for place, act in acts_used(script, conditions):
        ours = act.partition(".")[0] in ("answered", "consented", *script.magnets)
        if act.startswith(PAGE_ACT) and act not in known:
            cure = did_you_mean(act, known) or f'; add "{shortened(act.removeprefix(PAGE_ACT))}" to "page_acts:"'
            report.warn(place, f'no page reports "{shortened(act)}"{cure}')
        elif act not in known and (ours or nearest(act, known)):
            report.warn(place, f'unknown act "{shortened(act)}"{did_you_mean(act, known)}')


def acts_used(script: Script, conditions: Iterable[PlacedCondition]) -> Iterator[tuple[Place, str]]:
    """Every act that gives points or is asked about, with its place."""
    for axis in script.axes:
        for group in axis.groups:
            yield from ((rule.place, rule.on) for rule in group.rules if rule.on)
    for place, condition in conditions:
        yield from ((place, act) for name, act in condition.calls if name in ("did", "count"))


def _check_consents(script: Script, conditions: list[PlacedCondition], report: Report) -> None:
    asked = {step.purpose for step in script.steps.values() if isinstance(step, ConsentStep)}
    asked |= {field.purpose for field in script.fields.values() if field.type.name == "consent" and field.purpose}
    for place, condition in conditions:
        for name, purpose in sorted(condition.calls):
            if name == "consented" and purpose not in asked:
                cure = f'add "- consent: {purpose}"'
                report.warn(place, f'nobody is ever asked for consent to "{purpose}"; {cure}')


def _check_tags(script: Script, conditions: list[PlacedCondition], report: Report) -> None:
    """People may give tags of their own; one that is nearly a tag of the script's is a slip."""
    given = {tag for step in script.steps.values() if isinstance(step, TagStep) for tag in step.add}
    given |= {
        tag
        for step in script.steps.values()
        if isinstance(step, SayStep)
        for choice in step.choices
        for tag in choice.tags
    }
    for place, condition in conditions:
        for name, tag in sorted(condition.calls):
            if name == "tagged" and tag not in given and nearest(tag, given):
                report.warn(place, f'nobody is ever tagged "{shortened(tag)}"{did_you_mean(tag, given)}')


def _check_faq(script: Script, report: Report) -> None:
    seen: dict[str, Place] = {}
    for entry in script.faq:
        for question in entry.questions:
            folded = fold_words(question)
            first = seen.setdefault(folded, entry.place)
            if first is not entry.place:
                message = (
                    f'"{shortened(question)}" is asked in line {first.line}, too, and only one answer can be given'
                )
                report.warn(entry.place, f"{message}; remove one")
