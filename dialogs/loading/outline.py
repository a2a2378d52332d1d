"""The steps of a script before they are read: which lists there are, what each step is called, who may go where."""

import re
from collections import Counter
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from dialogs.loading.cursor import shortened
from dialogs.loading.nodes import Entry, Listing, Mapping, Node, Scalar, Unreadable
from dialogs.loading.other_words import ours
from dialogs.loading.problems import Report
from dialogs.loading.tree import MOST_STEPS
from dialogs.script import Place
from dialogs.spelling import did_you_mean, nearest

KINDS = (
    "say", "ask", "consent", "offer", "go", "branch", "call", "return", "set", "wait", "variant", "tag", "handoff",
    "disqualify", "end",
)  # fmt: skip
"""The keys that say what a step does."""
COMMON_KEYS = ("step", "when", "else", "persona")
"""What every step may have."""

_OPTIONS = ("text", "choices", "picture", "alt", "links", "free", "optional", "again", "retry", "yes", "no", "because")
"""Keys that stand beside those that say what a step does."""
_NAMED_AFTER = ("ask", "consent", "offer")
"""Kinds whose steps are called after what they ask for or give."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", re.ASCII)
_FEW = 20
"""How many names are compared with care when one of them was misspelt."""
_WITHOUT_VALUE = ("return", "end")


@dataclass(frozen=True, slots=True)
class Sketch:
    """A step that is not read yet."""

    id: str
    kind: str
    mapping: Mapping
    within: str | None
    """The sub-dialog it belongs to; None for the main list."""


@dataclass(slots=True)
class Outline:
    """Every list of steps, and every name a step was given."""

    lists: dict[str | None, list[Sketch]] = field(default_factory=dict)
    """Sub-dialog to its steps, None for the main list."""
    homes: dict[str, str | None] = field(default_factory=dict)
    """Name of a step to the sub-dialog it stands in."""
    dialogs: dict[str, Place] = field(default_factory=dict)
    """Every sub-dialog, also those that could not be read."""
    uncertain: bool = False
    """Whether there are lists that could not be read, so that nothing can be said about names."""
    _places: dict[str, Place] = field(default_factory=dict)
    _made: Counter[str] = field(default_factory=Counter)
    _steps: int = 0

    def add(self, within: str | None, node: Node, report: Report) -> None:
        """Take in a list of steps."""
        sketches = self.lists[within] = []
        if not isinstance(node, Listing):
            self.uncertain = True
            if not isinstance(node, Unreadable):
                report.error(node.place, 'steps are a list, each on a line with "- ", such as "- say: Hello!"')
            return
        if not node.items:
            report.error(node.place, 'there are no steps here; a step is a line such as "- say: Hello!"')
        self._steps += len(node.items)
        if self._steps > MOST_STEPS:
            report.error(node.place, f"more than {MOST_STEPS:,} steps in all; split the script")
            return
        for item in node.items:
            mapping = _as_mapping(item, report)
            if mapping is None:
                continue
            kind = _kind(mapping, report)
            name = self._name(mapping, within, report)
            if kind is not None:
                sketches.append(Sketch(name or self._make_name(kind, mapping), kind, mapping, within))

    def why_not(self, target: str, within: str | None) -> str | None:
        """Why a step in ``within`` cannot go to ``target``; None if it can."""
        if target in self.homes:
            home = self.homes[target]
            if home is None or home == within:
                return None
            return f'"{target}" is a step of the sub-dialog "{home}"; from outside, use "call: {home}"'
        if target in self.dialogs:
            return f'"{target}" is a sub-dialog; use "call: {target}"'
        if self.uncertain:
            return None
        if target in ("end", "return"):
            return f'unknown step "{target}"; to {target} here, make it a step of its own: "- {target}"'
        if any(sketch.id == target for sketches in self.lists.values() for sketch in sketches):
            return f'the step "{target}" has no name of its own; give it one with "step: …"'
        reachable = [name for name, home in self.homes.items() if home is None or home == within]
        cure = did_you_mean(target, _likeliest(target, reachable)) or '; a step gets a name with "step: …"'
        return f'unknown step "{shortened(target)}"{cure}'

    def _name(self, mapping: Mapping, within: str | None, report: Report) -> str | None:
        """The name the author gave the step."""
        entry = mapping.entries.get("step")
        if entry is None or not isinstance(entry.value, Scalar) or entry.value.is_empty:
            return None  # What is wrong with it, the step's reader says.
        name, place = entry.value.text, entry.value.place
        if name in self.homes:
            report.error(place, f'the name "{shortened(name)}" is taken by the step in line {self._places[name].line}')
            return None
        self.homes[name], self._places[name] = within, place
        if not _NAME.fullmatch(name):
            report.error(place, f'"{shortened(name)}" is no name for a step: use letters, digits, - and _')
        return name

    def _make_name(self, kind: str, mapping: Mapping) -> str:
        value = mapping.entries[kind].value
        if kind in _NAMED_AFTER and isinstance(value, Scalar):
            base = f"{kind}.{value.text}"
            self._made[base] += 1
            return base if self._made[base] == 1 else f"{base}.{self._made[base]}"
        self._made[kind] += 1
        return f"{kind}.{self._made[kind]}"


def _likeliest(word: str, names: list[str]) -> list[str]:
    """A few of many names, found quickly."""
    if len(names) <= _FEW:
        return names
    return [name for name, _, _ in process.extract(word, names, scorer=fuzz.ratio, limit=_FEW)]


def _as_mapping(item: Node, report: Report) -> Mapping | None:
    if isinstance(item, Mapping):
        return item
    if isinstance(item, Scalar) and item.text in _WITHOUT_VALUE:
        nothing = Scalar(item.place, "")
        return Mapping(item.place, {item.text: Entry(item.place, nothing)})
    if isinstance(item, Scalar):
        report.error(item.place, f'this is no step; to say it, write "- say: {shortened(item.text) or "…"}"')
    elif isinstance(item, Listing):
        report.error(item.place, "this is no step but a list; is there one - too many?")
    return None


def _kind(mapping: Mapping, report: Report) -> str | None:
    """What the step does."""
    kinds = [key for key in mapping.entries if key in KINDS]
    if len(kinds) == 1:
        return kinds[0]
    if kinds:
        second = mapping.entries[kinds[1]]
        report.error(second.place, f'"{kinds[0]}" and "{kinds[1]}" need a step each; begin a new one with "- "')
        return None
    unknown = [key for key in mapping.entries if key not in COMMON_KEYS]
    unknown = [key for key in unknown if key not in _OPTIONS] or unknown
    meant = next(((key, kind) for key in unknown if (kind := ours(key, KINDS) or nearest(key, KINDS))), None)
    if meant is not None:
        report.error(mapping.entries[meant[0]].place, f'unknown kind of step "{meant[0]}", did you mean "{meant[1]}"?')
    elif unknown:
        place = mapping.entries[unknown[0]].place
        report.error(place, f'unknown kind of step "{shortened(unknown[0])}"; there are {", ".join(KINDS)}')
    else:
        report.error(mapping.place, f"this step does nothing; it needs one of {', '.join(KINDS)}")
    return None
