"""Which leads: the options that lists and exports share."""

import argparse
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.cli.command import Arguments, CalledWrongly, nearest_or_all
from bot.cli.options import now
from dialogs.loading.durations import seconds_in_words
from dialogs.stages import Stage
from storage.lead_lines import LeadLine, ShownAnswer
from storage.leads import LeadFilter

_NAMES = ("full_name", "name", "your_name")
_FIRST_NAMES, _LAST_NAMES = (
    ("first_name", "firstname", "given_name"),
    ("last_name", "lastname", "surname", "family_name"),
)


def add_filters(arguments: Arguments) -> None:
    """Options that say which leads are meant."""
    arguments.add_argument("--hot", action="store_true", help="only leads that people were brought in for")
    arguments.add_argument("--stage", metavar="STAGE", help=f"only this stage: {', '.join(Stage)}")
    arguments.add_argument("--script", metavar="NAME", help="only leads of this script")
    arguments.add_argument("--tag", metavar="TAG", help="only leads with this tag")
    arguments.add_argument("--owner", metavar="NAME", help="only leads that this person has taken")
    arguments.add_argument("--search", metavar="WORDS", default="", help="only leads whose answers hold these words")
    arguments.add_argument("--since", metavar="WHEN", help="only leads that changed since: 2027-01-05, or 7 days")


def filters_of(options: argparse.Namespace) -> LeadFilter:
    """The filter that the options describe. Raises ``CalledWrongly``."""
    return LeadFilter(
        hot=True if options.hot else None,
        stage=_stage(options.stage) if options.stage is not None else None,
        script=options.script,
        tag=options.tag,
        owner=options.owner,
        search=options.search,
        since=since_of(options.since) if options.since is not None else None,
    )


def name_in(answers: Iterable[ShownAnswer]) -> str:
    """The lead's name, as far as it is known; "" when it is not."""
    shown = {answer.field.lower(): answer.shown for answer in answers}

    def first_of(fields: Iterable[str]) -> str:
        return next((shown[field] for field in fields if shown.get(field)), "")

    others = [text for field, text in shown.items() if "name" in field and "company" not in field and text]
    return (
        first_of(_NAMES)
        or " ".join(filter(None, (first_of(_FIRST_NAMES), first_of(_LAST_NAMES))))
        or next(iter(others), "")
    )


def contacts_of(lead: LeadLine) -> str:
    """E-mail address and phone number, those given last."""
    newest = dict(reversed(lead.identities))
    return ", ".join(newest.values())


def _stage(text: str) -> Stage:
    try:
        return Stage(text.lower())
    except ValueError:
        raise CalledWrongly(f'unknown stage "{text}"{nearest_or_all(text, list(Stage))}') from None


def since_of(text: str) -> datetime:
    """The moment that ``--since`` names: a day, or how long ago. Raises ``CalledWrongly``."""
    seconds = seconds_in_words(text)
    if seconds is not None:
        return now() - timedelta(seconds=seconds)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CalledWrongly(
            f'--since must be a day such as 2027-01-05, or a time such as "7 days", not "{text}"'
        ) from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
