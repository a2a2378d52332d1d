"""A whole team file: its sections in the order in which they depend on each other."""

from dataclasses import dataclass
from datetime import time

from dialogs.desk.plan import Clocks
from dialogs.desk.team import Canned, Digest, Known, Route, Team
from dialogs.desk.team_file.context import Context
from dialogs.desk.team_file.doubts import look_at_routes
from dialogs.desk.team_file.people import read_groups, read_people, read_territories
from dialogs.desk.team_file.routes import read_booking, read_channel, read_clocks, read_escalation, read_routes
from dialogs.loading.context import is_language
from dialogs.loading.cursor import Cursor, cursor_of, shortened
from dialogs.loading.decoding import decode, readable
from dialogs.loading.nodes import Mapping
from dialogs.loading.problems import Problem, Report, TooManyProblemsError
from dialogs.loading.times import clock_time, read_schedule
from dialogs.loading.tree import Kind, read_tree

TEAM_FILE = Kind("team file", '"time_zone: Europe/Berlin" and "reps:"', "make it shorter")
"""How errors speak of it."""
_NOTHING_KNOWN = Known()
_LONGEST_TITLE = 75
"""What fits a button or an option of Slack."""


@dataclass(frozen=True, slots=True)
class TeamResult:
    """A team, or what keeps it from being one."""

    team: Team | None
    """None if any problem is an error."""
    problems: tuple[Problem, ...] = ()
    """Everything that is wrong, by place; warnings also come with a team."""


def load_team(text: str | bytes, path: str, known: Known = _NOTHING_KNOWN) -> TeamResult:
    """Read a team file; never raises for what is in it.

    ``path`` is the file's name in messages; ``known`` what scripts and configuration offer it to speak of.
    """
    report = Report(path)
    team = None
    try:
        source = decode(text, report)
        tree = None if source is None else read_tree(readable(source), report, TEAM_FILE)
        if source is not None and tree is not None:
            team = _read_team(tree, Context(source=readable(source), report=report, known=known))
    except TooManyProblemsError:
        pass
    return TeamResult(None if report.has_errors else team, report.problems)


def _read_team(tree: Mapping, context: Context) -> Team:
    root = Cursor(tree, context.report, "a team file")
    _read_language(root, context)
    context.has_hours = root.has("hours")
    context.schedule = read_schedule(root, context.report, context.schedule)
    if context.has_hours and not root.has("time_zone"):
        context.report.warn(
            root.key_place("hours"), 'these hours are in UTC; say whose they are: "time_zone: Europe/Berlin"'
        )
    context.clocks = read_clocks(root, context, Clocks())
    context.booking_url = read_booking(root)
    context.channel = read_channel(root, "channel", context)
    read_territories(root, context)
    read_people(root, context)
    read_groups(root, context)
    context.escalate_to = read_escalation(root, context)
    routes = read_routes(root, context)
    team = Team(
        schedule=context.schedule,
        members=context.members,
        groups=context.groups,
        routes=routes,
        rest=_rest(routes, context),
        canned=_canned(root, context),
        digest=_digest(root, context),
    )
    root.finish({"when": "a route", "to": "a route", "match": "a route", "slack": "a person", "email": "a person"})
    look_at_routes(routes, context)
    return team


def _read_language(root: Cursor, context: Context) -> None:
    language = root.text("language")
    if language is not None and not is_language(language):
        root.error("language", f'"{shortened(language)}" is no language; write "en", "de" or "pt-BR"')
    context.language = language or "en"


def _rest(routes: tuple[Route, ...], context: Context) -> Route:
    """Where leads go that no route takes: to everybody in turn where there are no routes, else to the channel."""
    members = () if routes else tuple(context.people)
    by_people = members and not context.has_hours
    return Route(
        name="",
        members=members,
        channel=context.channel,
        escalate_to=context.escalate_to,
        clocks=context.clocks,
        schedule=None if by_people else context.schedule,
        booking_url=context.booking_url,
    )


def _canned(root: Cursor, context: Context) -> tuple[Canned, ...]:
    found: dict[str, Canned] = {}
    for item in root.items("canned"):
        cursor = cursor_of(item, context.report, "a canned reply")
        if cursor is None:
            continue
        title = cursor.text("title") if cursor.need("title", "Prices") else None
        text = context.message(cursor, "text", ("rep_name",)) if cursor.need("text", "Our prices are at …") else None
        scripts = context.known_words(cursor, "for", "script", context.known.scripts)
        cursor.finish()
        if title is not None and not 0 < len(title.strip()) <= _LONGEST_TITLE:
            cursor.error("title", f"a title has 1 to {_LONGEST_TITLE} characters")
        elif title is not None and title.strip() in found:
            cursor.error("title", f'there is a canned reply "{title.strip()}" already')
        elif title is not None and text is not None:
            found[title.strip()] = Canned(title=title.strip(), text=text, scripts=scripts)
    return tuple(found.values())


def _digest(root: Cursor, context: Context) -> Digest | None:
    cursor = root.cursor("digest", '"digest"')
    if cursor is None:
        return None
    text = cursor.text("at") if cursor.need("at", '"08:30"') else None
    minutes = None if text is None else clock_time(text)
    if text is not None and minutes is None:
        cursor.error("at", f'"{shortened(text)}" is no time of day; write such as "08:30"')
    channel = read_channel(cursor, "channel", context)
    cursor.finish()
    return None if minutes is None else Digest(at=time(minutes // 60, minutes % 60), channel=channel)
