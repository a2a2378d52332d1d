"""Who is in the team: people, groups of them, and names for several countries."""

import re
from collections.abc import Collection

from dialogs.desk.people import Rep
from dialogs.desk.team import Member
from dialogs.desk.team_file.context import EVERYBODY, NOBODY, Context
from dialogs.language.mail_addresses import valid_address
from dialogs.language.phone_numbers import REGIONS
from dialogs.loading.context import is_language
from dialogs.loading.cursor import Cursor, cursor_of, shortened
from dialogs.loading.nodes import Listing, Node
from dialogs.loading.times import read_schedule
from dialogs.loading.words import Word, entries_of
from dialogs.script import Place
from dialogs.spelling import did_you_mean

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}", re.ASCII)
_HTTPS = re.compile(r"https://[^\s/]+\S*")
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,30}", re.ASCII)
_LONGEST_NAME = 80
_LONGEST_TAG = 64
_HEAVIEST = 1000
_MOST_LEADS = 10_000
_OTHER_NAMES = {"UK": "GB", "EN": "GB"}
"""What people write for a country beside its code."""


def read_territories(root: Cursor, context: Context) -> None:
    """Names for several countries."""
    section = root.cursor("territories", '"territories"')
    for key, place, value in entries_of(section):
        _check_key(key, place, "a territory", context)
        if key.upper() in REGIONS:
            context.report.error(place, f'"{key}" is a country; give the territory a name of its own')
        countries = (_country(word, context) for word in context.words_at(value, f'the territory "{shortened(key)}"'))
        context.territories[key] = frozenset(one for one in countries if one is not None)


def read_people(root: Cursor, context: Context) -> None:
    """Everybody of the team."""
    section = root.cursor("reps", '"reps"')
    taken: dict[tuple[str, str], str] = {}
    for key, place, value in section.entries() if section else ():
        context.people[key] = place
        _check_key(key, place, "a person", context)
        cursor = cursor_of(value, context.report, f'the person "{shortened(key)}"')
        if cursor is not None:
            context.members[key] = _member(key, place, cursor, taken, context)
            cursor.finish()


def read_groups(root: Cursor, context: Context) -> None:
    """Groups of people."""
    section = root.cursor("groups", '"groups"')
    for key, place, value in section.entries() if section else ():
        _check_key(key, place, "a group", context)
        if context.is_person(key):
            context.report.error(place, f'"{key}" is the name of a person; give the group another one')
        context.group_places[key] = place
        context.groups[key] = _group(key, place, value, context)


def _group(key: str, place: Place, value: Node, context: Context) -> tuple[str, ...]:
    words = context.words_at(value, f'the group "{shortened(key)}"')
    people = tuple(context.people)
    if isinstance(value, Listing) and not value.items:
        context.report.error(place, f'nobody is in the group "{shortened(key)}"; write such as {key}: [anna, ben]')
    for word in words:
        if word.text in (EVERYBODY, NOBODY):
            context.report.error(word.place, f'a group names people, not "{word.text}"')
        elif not context.is_person(word.text):
            context.report.error(word.place, f'unknown person "{shortened(word.text)}"{who(word.text, people)}')
    return tuple(dict.fromkeys(word.text for word in words if context.is_person(word.text)))


def who(word: str, people: Collection[str]) -> str:
    """Who was probably meant, or what would be right."""
    if "," in word:
        return f"; write several as a list: [{word}]"
    return did_you_mean(word, people) or '; people stand under "reps:"'


def _check_key(key: str, place: Place, called: str, context: Context) -> None:
    if key in (EVERYBODY, NOBODY):
        context.report.error(place, f'"{key}" has a meaning of its own; name {called} otherwise')
    elif not _KEY.fullmatch(key):
        allowed = "use letters, digits, - and _, beginning with a letter"
        context.report.error(place, f'"{shortened(key)}" is no name for {called}: {allowed}')


def _member(key: str, place: Place, cursor: Cursor, taken: dict[tuple[str, str], str], context: Context) -> Member:
    name = cursor.text("name") if cursor.need("name", "Anna Berg") else None
    if name is not None and len(name) > _LONGEST_NAME:
        cursor.error("name", f"a name has at most {_LONGEST_NAME} characters")
    picture = cursor.text("picture")
    if picture is not None and not _HTTPS.fullmatch(picture):
        cursor.error(
            "picture", f'"{shortened(picture)}" is no picture that visitors can load; write an https:// address'
        )
    return Member(
        rep=Rep(key=key, name=(name or key).strip() or key, picture=picture),
        ids=_ids(key, cursor, taken, context),
        languages=_languages(cursor, context),
        territories=_territories(cursor, context),
        tags=_tags(cursor, context),
        weight=cursor.whole("weight", 1, _HEAVIEST) or 1,
        most=cursor.whole("most", 1, _MOST_LEADS),
        schedule=read_schedule(cursor, context.report, context.schedule),
        place=place,
    )


def _ids(key: str, cursor: Cursor, taken: dict[tuple[str, str], str], context: Context) -> dict[str, str]:
    """Their names on the handoff targets, each of one person only."""
    ids = {}
    slack, email = cursor.text("slack"), cursor.text("email")
    if slack is not None:
        if _SLACK_ID.fullmatch(slack.strip()):
            ids["slack"] = slack.strip()
        else:
            cure = 'in Slack, open the profile and choose "Copy member ID"'
            cursor.error("slack", f'"{shortened(slack)}" is no member ID such as U012AB3CD; {cure}')
    if email is not None:
        address = valid_address(email.strip())
        if address is None:
            cursor.error("email", f'"{shortened(email)}" is no e-mail address')
        else:
            ids["email"] = address
    for target, id in ids.items():
        other = taken.setdefault((target, id.casefold()), key)
        if other != key:
            cursor.error(target, f'this is also the {target} of "{other}"; each person has one of their own')
    return ids


def _languages(cursor: Cursor, context: Context) -> frozenset[str]:
    words = context.words(cursor, "languages")
    for word in words:
        if not is_language(word.text):
            context.report.error(word.place, f'"{shortened(word.text)}" is no language; write "en", "de" or "pt-BR"')
    return frozenset(word.text.partition("-")[0].lower() for word in words)


def _territories(cursor: Cursor, context: Context) -> frozenset[str]:
    countries: set[str] = set()
    for word in context.words(cursor, "territories"):
        if word.text in context.territories:
            countries |= context.territories[word.text]
        elif (country := _country(word, context)) is not None:
            countries.add(country)
    return frozenset(countries)


def _country(word: Word, context: Context) -> str | None:
    code = word.text.upper()
    if code in REGIONS:
        return code
    other = _OTHER_NAMES.get(code)
    meant = f', did you mean "{other}"?' if other else did_you_mean(word.text, context.territories)
    cure = meant or '; write two letters such as DE, GB or US, or a name that stands under "territories:"'
    context.report.error(word.place, f'"{shortened(word.text)}" is no country{cure}')
    return None


def _tags(cursor: Cursor, context: Context) -> frozenset[str]:
    words = context.words(cursor, "tags")
    for word in words:
        if len(word.text) > _LONGEST_TAG:
            context.report.error(word.place, f"a tag has at most {_LONGEST_TAG} characters")
    return frozenset(word.text for word in words)
