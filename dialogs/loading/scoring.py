"""Points, stages, disqualifiers and handoffs: the rules that judge a lead."""

from dialogs.conditions import Expression
from dialogs.loading.context import FIELD_NAME, Context
from dialogs.loading.cursor import Cursor, cursor_of, shortened
from dialogs.loading.nodes import Mapping, Node
from dialogs.script import Axis, Disqualifier, Group, HandoffRule, Rule
from dialogs.spelling import did_you_mean
from dialogs.stages import Stage

AXES = ("fit", "engagement")
STAGES = ("mql", "warm")
"""Stages a script may define, from the highest; all others are said by people."""

_MOST_POINTS = 1000
_MOST_OCCURRENCES = 1000
_POINTS = frozenset(("fit", "engagement", "score", "stage"))


def read_axes(root: Cursor, context: Context) -> tuple[Axis, ...]:
    """Fit and engagement."""
    scoring = root.cursor("scoring", '"scoring"')
    if scoring is None:
        return ()
    axes = []
    for name in AXES:
        cursor = scoring.cursor(name, f'"{name}"')
        if cursor is None:
            continue
        cap, half_life = cursor.whole("cap", 1, _MOST_POINTS), cursor.seconds("half_life")
        groups = [Group(name="", rules=_rules(cursor, name, context))] if cursor.has("rules") else []
        groups += _groups(cursor, name, context)
        if not cursor.has("rules") and not cursor.has("groups"):
            cursor.need("rules", "[{when: team_size >= 50, points: 30, because: Team of 50 or more}]")
        cursor.finish()
        axes.append(Axis(name=name, groups=tuple(groups), cap=cap, half_life=half_life))
    scoring.finish()
    return tuple(axes)


def _groups(axis: Cursor, axis_name: str, context: Context) -> list[Group]:
    groups = []
    section = axis.cursor("groups", '"groups"')
    for name, place, value in section.entries() if section else ():
        if not FIELD_NAME.fullmatch(name):
            context.report.error(place, f'"{shortened(name)}" is no name for a group: use letters, digits and _')
        cursor = cursor_of(value, context.report, f'the group "{shortened(name)}"')
        if cursor is None:
            continue
        cap = cursor.whole("cap", 1, _MOST_POINTS)
        cursor.need("rules", "[{when: …, points: 10, because: …}]")
        groups.append(Group(name=name, rules=_rules(cursor, f"{axis_name}.{name}", context), cap=cap))
        cursor.finish()
    return groups


def _rules(cursor: Cursor, prefix: str, context: Context) -> tuple[Rule, ...]:
    rules = []
    for number, item in enumerate(cursor.items("rules"), 1):
        rule = cursor_of(item, context.report, "a rule")
        if rule is not None:
            rules.append(_rule(rule, f"{prefix}.{number}", context))
            rule.finish()
    return tuple(rules)


def _rule(cursor: Cursor, key: str, context: Context) -> Rule:
    when, act = context.condition(cursor, "when"), cursor.text("on")
    if when is not None and (used := sorted(_POINTS & when.names)):
        cursor.error("when", f'points cannot depend on "{used[0]}", which depends on them')
    if not cursor.has("when") and not cursor.has("on"):
        context.report.error(cursor.place, 'a rule needs "when" (a condition) or "on" (an act such as guide.opened)')
    points = cursor.whole("points", -_MOST_POINTS, _MOST_POINTS) if cursor.need("points", "10") else None
    if points == 0:
        cursor.error("points", "0 points make no difference")
    because = cursor.text("because") if cursor.need("because", "Team of 50 or more") else None
    most = cursor.whole("most", 1, _MOST_OCCURRENCES)
    if cursor.has("most") and not cursor.has("on"):
        context.report.error(cursor.key_place("most"), '"most" counts occurrences of an act; it needs "on"')
    return Rule(
        id=key, points=points or 0, because=because or "", when=when, on=act, most=most or 1, place=cursor.place
    )


def read_stages(root: Cursor, context: Context) -> tuple[tuple[Stage, Expression], ...]:
    """The conditions of the stages that the bot may give a lead, from the highest."""
    cursor = root.cursor("stages", '"stages"')
    if cursor is None:
        return ()
    stages = []
    for name in STAGES:
        condition = context.condition(cursor, name)
        if condition is None:
            continue
        if "stage" in condition.names:
            cursor.error(name, "a stage cannot depend on the stage")
        stages.append((Stage(name), condition))
    for name in cursor.rest():
        if name in tuple(Stage):
            who = "is where everybody begins" if name == Stage.COLD else "is said by people"
            who = 'is given by "disqualifiers:"' if name == Stage.DISQUALIFIED else who
            context.report.error(cursor.key_place(name), f'"{name}" {who}; a script may define warm and mql')
        else:
            cure = did_you_mean(name, STAGES) or "; a script may define warm and mql"
            context.report.error(cursor.key_place(name), f'unknown stage "{shortened(name)}"{cure}')
    return tuple(stages)


def read_disqualifiers(root: Cursor, context: Context) -> tuple[Disqualifier, ...]:
    """Rules that end the courtship."""
    found = []
    for number, cursor in enumerate(_entries(root, "disqualifiers", context), 1):
        when = context.needed_condition(cursor, "when")
        because = cursor.text("because") if cursor.need("because", "Student") else None
        say, go = context.text(cursor, "say"), context.target(cursor, "go")
        cursor.finish()
        if when is not None:
            key = f"disqualifier.{number}"
            found.append(Disqualifier(id=key, when=when, because=because or "", say=say, go=go, place=cursor.place))
    return tuple(found)


def read_handoffs(root: Cursor, context: Context) -> tuple[HandoffRule, ...]:
    """Rules that bring in people."""
    found = []
    for number, cursor in enumerate(_entries(root, "handoff", context), 1):
        when = context.needed_condition(cursor, "when")
        target = cursor.text("to") if cursor.need("to", "sales") else None
        because = cursor.text("because") if cursor.need("because", "Ready to buy") else None
        say = context.text(cursor, "say")
        cursor.finish()
        if when is not None:
            # Not "handoff.1": steps are called so, and each rule and step fires once by its id.
            key = f"rule.{number}"
            found.append(
                HandoffRule(id=key, when=when, to=target or "", because=because or "", say=say, place=cursor.place)
            )
    return tuple(found)


def _entries(root: Cursor, key: str, context: Context) -> list[Cursor]:
    """The mappings of a list; a single one needs no list."""
    node = root.node(key)
    items: list[Node] = [node] if isinstance(node, Mapping) else root.items(key)
    cursors = (cursor_of(item, context.report, f'an entry of "{key}"') for item in items)
    return [cursor for cursor in cursors if cursor is not None]
