"""Quick replies of a ``say`` step, in their short and full forms."""

import re

from dialogs.language.folding import fold
from dialogs.loading.constants import read_values
from dialogs.loading.context import Context
from dialogs.loading.cursor import Cursor, cursor_of, shortened
from dialogs.loading.nodes import Entry, Mapping, Node, Scalar, Unreadable
from dialogs.script import StepChoice
from dialogs.texts import Text

OPTIONS = ("label", "key", "go", "when", "tag", "set", "synonyms")
"""What a choice may say."""

_LONGEST_KEY = 32
_KEY = re.compile(r"\w[\w-]{0,31}")


def read_choices(cursor: Cursor, context: Context, within: str | None) -> tuple[StepChoice, ...]:
    """Every choice that could be read, each with a key of its own."""
    choices: list[StepChoice] = []
    taken: dict[str, int] = {}
    for item in cursor.items("choices"):
        choice = _read_choice(item, context, within, taken)
        if choice is not None:
            choices.append(choice)
    return tuple(choices)


def _read_choice(item: Node, context: Context, within: str | None, taken: dict[str, int]) -> StepChoice | None:
    if isinstance(item, Scalar):
        item = Mapping(item.place, {"label": Entry(item.place, item)})
    elif isinstance(item, Mapping) and len(item.entries) == 1 and next(iter(item.entries)) not in OPTIONS:
        short = _from_short_form(item, context)
        if short is None:
            return None
        item = short
    cursor = cursor_of(item, context.report, "a choice")
    if cursor is None:
        return None
    stray = [key for key in cursor.mapping.entries if key not in OPTIONS]
    if "label" not in cursor.mapping.entries and len(stray) == 1:
        message = (
            f'put the options of "{shortened(stray[0])}" in braces after it, or write "label: {shortened(stray[0])}"'
        )
        context.report.error(cursor.key_place(stray[0]), message)
        return None
    label = context.needed_text(cursor, "label", "Yes, please")
    choice = StepChoice(
        key=_key(cursor, context, label, taken),
        label=label,
        go=context.target(cursor, "go", within),
        when=context.condition(cursor, "when"),
        synonyms=cursor.texts("synonyms"),
        tags=context.tags(cursor, "tag"),
        values=read_values(cursor, "set", context) if cursor.has("set") else {},
        place=item.place,
    )
    cursor.finish()
    return choice


def _from_short_form(item: Mapping, context: Context) -> Mapping | None:
    """``I have a question: {go: questions}`` as ``{label: I have a question, go: questions}``."""
    (label, (place, options)) = next(iter(item.entries.items()))
    if isinstance(options, Unreadable):
        return None
    if not isinstance(options, Mapping):
        shape = f'"{shortened(label)}: {{go: name_of_a_step}}"'
        context.report.error(
            place, f"after a choice's label come its options, as in {shape}; a label with a colon stands in quotes"
        )
        return None
    if "label" in options.entries:
        context.report.error(options.entries["label"].place, "this choice has two labels")
        return None
    return Mapping(
        place, {"label": Entry(place, Scalar(place, label, quoted=True)), **options.entries}, options.in_braces
    )


def _key(cursor: Cursor, context: Context, label: Text, taken: dict[str, int]) -> str:
    """The author's key, or one made from the label."""
    key = cursor.text("key")
    if key is None:
        source = label.by_language[label.default].source
        base = re.sub(r"\W+", "_", fold(source)).strip("_")[:_LONGEST_KEY].strip("_") or "choice"
        number = taken.get(base, 0) + 1
        key = base if number == 1 else f"{base}_{number}"
        taken[base] = number
        if key != base:
            taken[key] = 1
        return key
    if not _KEY.fullmatch(key):
        cursor.error("key", f'"{shortened(key)}" is no key: use up to 32 letters, digits, - and _')
    elif key in taken:
        cursor.error("key", f'the key "{key}" is taken by another choice')
    taken[key] = taken.get(key, 0) + 1
    return key
