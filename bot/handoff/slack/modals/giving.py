"""Windows in which a colleague puts a lead off or gives it to somebody else."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.desk.contract import Colleague, DeskView
from bot.handoff.slack.modals.base import Mistakes, Place, Window, text_of
from bot.slack.kit import Block, ask, context, modal, option, picker, select, typed
from bot.slack.listening import SlackView
from bot.slack.mrkdwn import neutral
from dialogs.desk.acts import Snooze
from dialogs.desk.people import Availability

PRESET, UNTIL, COLLEAGUE, ANYBODY, CONTEXT = "preset", "until", "colleague", "anybody", "context"
_MORNING = 9
_LATEST = timedelta(days=366)
_CONTEXT_MOST = 1000
AVAILABILITIES = {
    Availability.TAKING: "taking leads",
    Availability.BUSY: "busy",
    Availability.AWAY: "away",
}
"""How each is called."""
_SIGNS = {Availability.TAKING: "🟢", Availability.BUSY: "🟡", Availability.AWAY: "⚪"}


def snooze_modal(view: DeskView, place: Place, now: datetime, zone: ZoneInfo) -> Block:
    """When to be reminded: soon by a word, or at a time of one's own. Mornings are those of ``zone``."""
    presets = [
        option(f"{label} ({at.astimezone(zone):%a %H:%M})", str(int(at.timestamp())))
        for label, at in _presets(now, zone)
    ]
    blocks = [
        ask(PRESET, "Remind me", select("preset", presets, placeholder="Choose when"), optional=True),
        ask(UNTIL, "Or at", picker("datetimepicker", "until"), optional=True),
        context("Until then nobody is told of silence. You are reminded in the thread."),
    ]
    return modal(Window.SNOOZE, "Snooze", blocks, private=place.dump(), submit="Snooze")


def read_snooze(window: SlackView, now: datetime) -> Snooze | Mistakes:
    """Until when; it lies ahead, within a year."""
    preset, own = text_of(window, PRESET), text_of(window, UNTIL)
    if preset and own:
        return Mistakes({UNTIL: "Both were chosen. Empty one of them."})
    block = PRESET if preset else UNTIL
    try:
        until = datetime.fromtimestamp(int(preset), UTC) if preset else datetime.fromisoformat(own).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return Mistakes({block if preset or own else PRESET: "Choose when you want to be reminded."})
    if until <= now:
        return Mistakes({block: "That moment has passed. Choose a later one."})
    if until > now + _LATEST:
        return Mistakes({block: "That is more than a year ahead. Choose an earlier one."})
    return Snooze(until=until)


def pass_on_modal(view: DeskView, place: Place, colleagues: Sequence[Colleague]) -> Block:
    """To whom, and what they should know. Colleagues who take leads come first."""
    order = list(Availability)
    ready = sorted(colleagues, key=lambda one: (order.index(one.availability), one.rep.name))
    owner = "" if view.desk.rep is None else view.desk.rep.key
    options = [
        option(f"{_SIGNS[one.availability]} {one.rep.name}", one.rep.key, AVAILABILITIES[one.availability])
        for one in ready
        if one.rep.key != owner and len(one.rep.key) <= 150
    ]
    blocks: list[Block] = []
    if options:
        blocks.append(
            ask(COLLEAGUE, "To", select("colleague", options, placeholder="Choose a colleague"), optional=True)
        )
    label = "Or to anybody here" if options else "To"
    blocks += [
        ask(ANYBODY, label, picker("users_select", "anybody"), optional=True),
        ask(CONTEXT, "What they should know", typed("context", lines=True, most=_CONTEXT_MOST), optional=True),
        context("They are told at once, and have the usual time to write to the visitor."),
    ]
    if view.desk.rep is not None:
        blocks.insert(0, context(f"Now with {neutral(view.desk.rep.name)}."))
    return modal(Window.PASS_ON, "Pass on", blocks, private=place.dump(), submit="Pass on")


def read_pass_on(window: SlackView) -> tuple[str, str, str] | Mistakes:
    """(key of a colleague, id of a person in Slack, context); one of the first two is "" ."""
    colleague, anybody = text_of(window, COLLEAGUE), text_of(window, ANYBODY)
    first = COLLEAGUE if COLLEAGUE in window.inputs or COLLEAGUE in window.values else ANYBODY
    if colleague and anybody:
        return Mistakes({ANYBODY: "Two people were chosen. Empty one of the two."})
    if not colleague and not anybody:
        return Mistakes({first: "Choose who takes it."})
    return colleague, anybody, text_of(window, CONTEXT)


def _presets(now: datetime, zone: ZoneInfo) -> list[tuple[str, datetime]]:
    local = now.astimezone(zone)
    morning = local.replace(hour=_MORNING, minute=0, second=0, microsecond=0)
    monday = morning + timedelta(days=7 - morning.weekday())
    presets = [
        ("In 1 hour", now + timedelta(hours=1)),
        ("In 3 hours", now + timedelta(hours=3)),
        ("Tomorrow morning", morning + timedelta(days=1)),
        ("Next Monday", monday),
        ("In two weeks", morning + timedelta(days=14)),
    ]
    if monday == morning + timedelta(days=1):
        del presets[2]
    return presets
