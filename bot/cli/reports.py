"""``handraiser reports``: how fast people answer leads, and where visitors stop."""

import argparse
import sys
from dataclasses import asdict
from functools import partial
from typing import Any, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.cli.command import DONE, Arguments, CalledWrongly, Command
from bot.cli.lead_filters import since_of
from bot.cli.options import add_config, add_json, with_database
from bot.cli.terminal import print_json, table
from storage.reports import By, Funnel, SpeedBy, SpeedToLead, Wait, funnel, speed_to_lead
from storage.tallies import teasers

_GROUPS = {"rep": "PERSON", "hour": "HOUR", "source": "SOURCE", "script": "SCRIPT", None: ""}


def _speed(options: argparse.Namespace) -> int:
    since = since_of(options.since)
    unit = partial(speed_to_lead, since=since, by=options.by, zone=_zone(options.zone), script=options.script)
    found: list[SpeedToLead] = with_database(options, lambda db: db.read(unit))
    if options.json:
        print_json([asdict(one) for one in found])
        return DONE
    if not any(one.handoffs for one in found):
        print("No lead became hot in this time.", file=sys.stderr)
        return DONE
    heads = (_GROUPS[options.by], "LEADS", "ALERTED", "SEEN", "CLAIMED", "FIRST WORD")
    rows = [
        (
            one.group or "-",
            str(one.handoffs),
            *(_wait(wait) for wait in (one.alerted, one.seen, one.claimed, one.spoken)),
        )
        for one in found
    ]
    print(table(heads, rows))
    print(
        "Each: half within, nine of ten within (how many). Counted from the moment the lead became hot.",
        file=sys.stderr,
    )
    return DONE


def _wait(wait: Wait) -> str:
    if wait.median is None or wait.ninetieth is None:
        return "-"
    return f"{_lasting(wait.median)}, {_lasting(wait.ninetieth)} ({wait.count})"


def _lasting(seconds: float) -> str:
    """A span of time at a glance."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 120:
        return f"{seconds:.0f} s"
    if seconds < 7200:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.0f} h" if seconds < 172_800 else f"{seconds / 86400:.0f} d"


def _funnel(options: argparse.Namespace) -> int:
    since = since_of(options.since)
    if options.by == "variant" and options.experiment is None:
        raise CalledWrongly("--by variant needs the name of the experiment: --experiment opening")
    unit = partial(funnel, script=options.script, since=since, by=options.by, experiment=options.experiment)
    found: list[Funnel] = with_database(options, lambda db: db.read(unit))
    if options.json:
        print_json([asdict(one) for one in found])
        return DONE
    if not found:
        print(f'Nobody talked to "{options.script}" in this time.', file=sys.stderr)
        return DONE
    for number, one in enumerate(found):
        if number:
            print()
        _show_funnel(one, options.by)
    return DONE


def _show_funnel(one: Funnel, by: str | None) -> None:
    if by is not None:
        print(f"{by}: {one.group or '(none)'}")
    counted: dict[str, Any] = {name: count for name, count in one.milestones.items() if count}
    print(table(tuple(name.replace("_", " ").upper() for name in counted), [tuple(map(str, counted.values()))]))
    heads = ("STEP", "REACHED", "ANSWERED", "SKIPPED", "LEFT", "INVALID")
    rows = [
        (step.step, str(step.reached), _share(step.answered, step.reached), str(step.skipped),
         _share(step.left, step.reached), str(step.invalid))
        for step in one.steps
    ]  # fmt: skip
    if rows:
        print(table(heads, rows))


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.0%})" if whole else str(part)


def _teasers(options: argparse.Namespace) -> int:
    since = since_of(options.since)
    found = with_database(options, lambda db: db.read(lambda tx: teasers(tx, options.script, since)))
    named = {name: {kind.partition(".")[2]: often for kind, often in one.items()} for name, one in found.items()}
    if options.json:
        print_json([{"teaser": name, **one} for name, one in named.items()])
    elif named:
        rows = [
            (name, str(one["shown"]), _share(one["closed"], one["shown"]), _share(one["engaged"], one["shown"]))
            for name, one in named.items()
        ]
        print(table(("TEASER", "SHOWN", "CLOSED", "BEGAN A TALK"), rows))
    else:
        print(f'No teaser of "{options.script}" was shown in this time.', file=sys.stderr)
    return DONE


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CalledWrongly(f'there is no time zone "{name}"; write it like Europe/Berlin') from None


def _add_common(arguments: Arguments) -> None:
    arguments.add_argument("--since", metavar="WHEN", default="30 days", help="2027-01-05, or 7 days; default: 30 days")
    add_config(arguments)
    add_json(arguments)


def _speed_arguments(arguments: Arguments) -> None:
    arguments.add_argument("--by", choices=get_args(SpeedBy), help="one line for each")
    arguments.add_argument("--script", metavar="NAME", help="only leads of this script")
    arguments.add_argument("--zone", metavar="ZONE", default="UTC", help="whose hours --by hour means: Europe/Berlin")
    _add_common(arguments)


def _teaser_arguments(arguments: Arguments) -> None:
    arguments.add_argument("script", metavar="SCRIPT", help="name of a script")
    _add_common(arguments)


def _funnel_arguments(arguments: Arguments) -> None:
    arguments.add_argument("script", metavar="SCRIPT", help="name of a script")
    arguments.add_argument("--by", choices=get_args(By), help="one funnel for each")
    arguments.add_argument("--experiment", metavar="NAME", help="whose arms --by variant means")
    _add_common(arguments)


SPEED = Command(
    description="Show how fast people answer: from a hot lead to its alert, a first look, a claim, a first human word.",
    examples="reports speed\nreports speed --by rep --since '7 days'\nreports speed --by hour --zone Europe/Berlin",
    arguments=_speed_arguments,
    run=_speed,
)
FUNNEL = Command(
    description="Show how far visitors of a script come, and at which question they leave.",
    examples="reports funnel crm-guide\nreports funnel crm-guide --by source --since 2027-01-01",
    arguments=_funnel_arguments,
    run=_funnel,
)
TEASERS = Command(
    description="Show how often each teaser of a script was shown and closed, and how often a talk began with it.",
    examples="reports teasers crm-guide\nreports teasers crm-guide --since '7 days' --json",
    arguments=_teaser_arguments,
    run=_teasers,
)
