"""What a script can give and try out: lead magnets and experiments."""

from dialogs.loading.context import Context
from dialogs.loading.cursor import Cursor, cursor_of, shortened, text_of, whole_number
from dialogs.loading.durations import seconds_in_words
from dialogs.loading.nodes import Node, plain
from dialogs.loading.options import read_options
from dialogs.script import Experiment, Magnet, Place
from dialogs.spelling import did_you_mean

_HEAVIEST = 1_000_000


def declare_magnets(root: Cursor, context: Context) -> Cursor | None:
    """Take the names of the lead magnets into account; their section is read later, when the fields are known."""
    section = root.cursor("magnets", '"magnets"')
    context.magnets.uncertain = section is None and root.node("magnets") is not None
    for key, place, _ in section.entries() if section else ():
        context.magnets.declare(key, place, context.report)
    return section


def read_magnets(section: Cursor | None, context: Context) -> dict[str, Magnet]:
    """Every lead magnet that could be read."""
    magnets = {}
    for key, place, value in section.entries() if section else ():
        magnet = _read_magnet(key, place, value, context)
        if magnet is not None:
            magnets[key] = magnet
    return magnets


def _read_magnet(key: str, place: Place, value: Node, context: Context) -> Magnet | None:
    called = f'the lead magnet "{shortened(key)}"'
    cursor = cursor_of(value, context.report, called)
    if cursor is None:
        return None
    kind = cursor.text("kind") if cursor.need("kind", "file") else None
    title = context.needed_text(cursor, "title", "The CRM buyer's guide")
    description = context.text(cursor, "description")
    when = context.condition(cursor, "when")
    otherwise = cursor.text("otherwise")
    if otherwise == key:
        cursor.error("otherwise", f"{called} cannot stand in for itself")
    elif otherwise is not None:
        context.magnets.check(otherwise, cursor.place_of("otherwise"), context.report)
    again = cursor.flag("again")
    already, empty = context.text(cursor, "already"), context.text(cursor, "empty")
    if kind is None or context.magnet_kinds is None:
        cursor.finish_missing()
    read = None if kind is None else _read_options(cursor, kind, context)
    if kind is None or read is None:
        return None
    options, lasts = read
    return Magnet(
        key=key,
        kind=kind,
        title=title,
        options=options,
        lasts=lasts,
        description=description,
        when=when,
        otherwise=otherwise,
        again=again,
        already=already,
        empty=empty,
        place=place,
    )


def _read_options(cursor: Cursor, kind: str, context: Context) -> tuple[dict[str, object], float | None] | None:
    """The kind's own options as they are written, having been checked by the kind's model; for how long it lasts."""
    if context.magnet_kinds is None:
        return {key: plain(entry.value) for key, entry in cursor.rest().items()}, None
    model = context.magnet_kinds.get(kind)
    if model is None:
        cure = did_you_mean(kind, context.magnet_kinds) or f"; there are {', '.join(context.magnet_kinds)}"
        cursor.error("kind", f'unknown kind of lead magnet "{shortened(kind)}"{cure}')
        return None
    found = read_options(cursor, model, f'a lead magnet of kind "{kind}"')
    if found is None:
        return None
    expires = getattr(found[0], "expires", None)
    return found[1], seconds_in_words(expires) if isinstance(expires, str) else None


def read_experiments(root: Cursor, context: Context) -> dict[str, Experiment]:
    """Every experiment that could be read."""
    section = root.cursor("experiments", '"experiments"')
    context.experiments.uncertain = section is None and root.node("experiments") is not None
    experiments = {}
    for name, place, value in section.entries() if section else ():
        context.experiments.declare(name, place, context.report)
        cursor = cursor_of(value, context.report, f'the experiment "{shortened(name)}"')
        if cursor is not None:
            experiments[name] = Experiment(name=name, arms=_read_arms(cursor, name), place=place)
    return experiments


def _read_arms(cursor: Cursor, name: str) -> dict[str, int]:
    arms: dict[str, int] = {}
    readable = True
    for arm, _, value in cursor.entries():
        called = f'the weight of "{shortened(arm)}"'
        text = text_of(value, cursor.report, called)
        weight = None if text is None else whole_number(text, value.place, cursor.report, called, 0, _HEAVIEST)
        arms[arm] = weight or 0
        readable = readable and weight is not None
    if len(arms) < 2:
        cursor.report.error(cursor.place, f'the experiment "{name}" needs two arms or more: {{short: 50, long: 50}}')
    elif readable and not any(arms.values()):
        cursor.report.error(cursor.place, f'the experiment "{name}" has no arm with a weight above 0')
    return arms
