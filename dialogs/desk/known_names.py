"""What scripts offer a team file to speak of: their fields, options, languages and the names they hand leads off to."""

from collections.abc import Collection, Iterable, Mapping

from dialogs.desk.team import Known
from dialogs.script import HandoffStep, Script

WITHOUT_RULE = "sales"
"""Where a visitor's wish for a person goes in a script without handoff rules."""


def known_names(scripts: Iterable[Script], targets: Collection[str] | None = None) -> Known:
    """What all these scripts know together. A field that they know as different things is compared as it comes."""
    types: dict[str, str] = {}
    options: dict[str, set[str]] = {}
    handoffs, languages, names, open_fields = {WITHOUT_RULE}, set[str](), set[str](), set[str]()
    for script in scripts:
        names.add(script.name)
        languages.update(script.languages)
        handoffs.update(rule.to for rule in script.handoffs)
        handoffs.update(step.to for step in script.steps.values() if isinstance(step, HandoffStep))
        for name, field in script.fields.items():
            kind = field.type.comparable
            types[name] = kind if types.get(name, kind) == kind else "any"
            declared = getattr(field.options, "options", None)
            if isinstance(declared, Mapping):
                options.setdefault(name, set()).update(declared)
            else:
                open_fields.add(name)
    return Known(
        fields=types,
        keys={name: frozenset(keys) for name, keys in options.items() if name not in open_fields},
        languages=frozenset(languages),
        handoffs=frozenset(handoffs),
        scripts=frozenset(names),
        targets=None if targets is None else frozenset(targets),
    )
