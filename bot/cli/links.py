"""``handraiser links``: short links for posters, advertisements and mails, and what they bring."""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from bot.campaigns import along, destination, new_code, short_address, way_key
from bot.cli.command import DONE, Arguments, CalledWrongly, Command, CommandFailed, nearest_or_all
from bot.cli.options import add_config, add_json, configuration, now, with_database
from bot.cli.terminal import print_json, table
from bot.config import Config
from bot.magnets import MAGNET_OPTIONS
from bot.scripts import Scripts, UnknownScript
from bot.visible import visible
from dialogs.crossing import WEB, title_of
from dialogs.loading.durations import seconds_in_words
from dialogs.source import CAMPAIGN_PARTS, MAX_CHARACTERS
from dialogs.spelling import did_you_mean
from storage import links, settings
from storage.database import Database, open_database
from storage.links import Link, LinkCount
from storage.transaction import Transaction

PLACES = (WEB, "telegram", "whatsapp")
"""Where a link can lead."""
_NAME_MOST = 100
_PAGE_MOST = 2000
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """A link with what it has brought, and the addresses at which it works."""

    link: Link
    count: LinkCount
    addresses: Mapping[str, str]

    def dump(self) -> dict[str, Any]:
        """For programs."""
        link = self.link
        return {
            "code": link.code,
            "name": link.name,
            "script": link.script,
            "step": link.step,
            "page": link.page,
            "source": dict(link.source),
            "created": link.created.isoformat(),
            "expires": link.expires and link.expires.isoformat(),
            "valid": link.is_valid(now()),
            "addresses": dict(self.addresses),
            "opened": self.count.opened,
            "talks": self.count.talks,
            "leads": self.count.leads,
        }


def _add(options: argparse.Namespace) -> int:
    link = _link_of(options)

    async def add(database: Database) -> Shown:
        await _check(database, link)
        for _ in range(_TRIES):
            if await database.write(lambda tx: links.add(tx, link)):
                return await database.read(lambda tx: _shown(tx, link, configuration(options)))
        raise CommandFailed("no code is free")

    shown = with_database(options, add)
    if options.json:
        print_json(shown.dump())
    else:
        _tell(shown)
    doubt_address(configuration(options))
    return DONE


def doubt_address(config: Config) -> None:
    """Say so where a link that goes out into the world leads back to this machine."""
    if config.web.public_url is None:
        cure = 'set [web] public_url = "https://chat.example.com" before you print it or pass it on'
        print(f"warning: others may not reach {visible(config.web.base_url)}; {cure}", file=sys.stderr)


def _link_of(options: argparse.Namespace) -> Link:
    """The link that the options describe. Raises ``CalledWrongly``."""
    name = " ".join(options.name.split())
    if not name or len(name) > _NAME_MOST:
        raise CalledWrongly(f"a name has 1 to {_NAME_MOST} characters, this one {len(name)}")
    if options.script is None:
        raise CalledWrongly("--script must be given: which script is talked to?")
    source = {part: value for part in CAMPAIGN_PARTS if (value := getattr(options, part)) is not None}
    for part, value in source.items():
        if not value.strip() or len(value) > MAX_CHARACTERS or not value.isprintable():
            raise CalledWrongly(f"--{part.replace('_', '-')} has 1 to {MAX_CHARACTERS} letters, no line breaks")
    return Link(
        code=new_code(),
        name=name,
        script=options.script,
        step=options.step,
        page=None if options.page is None else _page(options.page),
        source=source,
        created=now(),
        expires=None if options.expires is None else _moment(options.expires),
    )


def _page(text: str) -> str:
    try:
        parts = urlsplit(text)
        is_page = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        is_page = False
    if not is_page or not text.isprintable() or " " in text or len(text) > _PAGE_MOST:
        raise CalledWrongly(f'--page is the whole address of a page, such as https://example.com/prices, not "{text}"')
    return text


def _moment(text: str) -> datetime:
    """When a link ends: a day (its end, in UTC), a moment, or how long from now."""
    seconds = seconds_in_words(text)
    if seconds is not None:
        return now() + timedelta(seconds=seconds)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        message = f'--expires must be a day such as 2027-12-31, or a time such as "90 days", not "{text}"'
        raise CalledWrongly(message) from None
    if len(text) <= len("2027-12-31"):
        moment += timedelta(days=1)
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    if moment <= now():
        raise CalledWrongly(f"--expires is over already: {text}")
    return moment


async def _check(database: Database, link: Link) -> None:
    """Raise ``CommandFailed`` unless the link's script is live, and may be begun at its step."""
    scripts = Scripts(database, MAGNET_OPTIONS)
    await scripts.refresh()
    try:
        script = await scripts.current(link.script)
    except UnknownScript:
        raise CommandFailed(
            f'no script "{link.script}" is live{nearest_or_all(link.script, scripts.names())}'
        ) from None
    if link.step is None or link.step in script.doors:
        return
    if link.step in script.steps:
        cure = f'add it to the script: "doors: [{", ".join((*script.doors, link.step))}]"'
        raise CommandFailed(f'the step "{link.step}" of {script.name} is no door; {cure}')
    meant = did_you_mean(link.step, script.doors or script.steps)
    raise CommandFailed(f'{script.name} has no step "{link.step}"{meant}')


async def lost_links(url: str) -> list[tuple[Link, str]]:
    """Links that are valid and do not lead where they say, with the reason. Raises ``StorageError``."""
    lost = []
    async with await open_database(url) as database:
        for link in await database.read(links.every):
            if link.is_valid(now()):
                try:
                    await _check(database, link)
                except CommandFailed as error:
                    lost.append((link, str(error)))
    return lost


def _list(options: argparse.Namespace) -> int:
    config = configuration(options)
    found = with_database(options, lambda db: db.read(lambda tx: [_shown(tx, one, config) for one in links.every(tx)]))
    if options.json:
        print_json([one.dump() for one in found])
        return DONE
    if not found:
        print("There is no link yet; `handraiser links add` makes one.", file=sys.stderr)
        return DONE
    heads = ("CODE", "NAME", "SCRIPT", "STEP", "OPENED", "TALKS", "LEADS", "EXPIRES (UTC)")
    rows = [
        (one.link.code, one.link.name, one.link.script, one.link.step or "",
         *map(str, (one.count.opened, one.count.talks, one.count.leads)), _expiry(one.link))
        for one in found
    ]  # fmt: skip
    print(table(heads, rows))
    return DONE


def _show(options: argparse.Namespace) -> int:
    shown = _found(options)
    if options.json:
        print_json(shown.dump())
    else:
        _tell(shown)
        print(f"{'brought':9} opened: {shown.count.opened}, talks: {shown.count.talks}, leads: {shown.count.leads}")
    return DONE


def _remove(options: argparse.Namespace) -> int:
    shown = _found(options)
    code = shown.link.code
    with_database(options, lambda db: db.write(lambda tx: links.remove(tx, code)))
    print(f"{code} ({visible(shown.link.name)}) leads nowhere any more. Who came by it keeps it in their source.")
    return DONE


def _found(options: argparse.Namespace) -> Shown:
    """The link that the options name, by its code or its name. Raises ``CommandFailed``."""
    config, wanted = configuration(options), options.link

    def find(tx: Transaction) -> Shown:
        if (link := links.find(tx, wanted)) is not None:
            return _shown(tx, link, config)
        known = links.every(tx)
        called = [one for one in known if one.name.casefold() == wanted.casefold()]
        if len(called) == 1:
            return _shown(tx, called[0], config)
        if called:
            codes = ", ".join(one.code for one in called)
            raise CommandFailed(f'several links are called "{wanted}"; name one by its code: {codes}')
        meant = did_you_mean(wanted, [one.code for one in known] + [one.name for one in known])
        raise CommandFailed(f'there is no link "{wanted}"{meant or "; `handraiser links list` shows all"}')

    return with_database(options, lambda db: db.read(find))


def _shown(tx: Transaction, link: Link, config: Config) -> Shown:
    base_url = config.web.base_url
    addresses = {WEB: short_address(base_url, link.code)}
    for place in PLACES[1:]:
        way = settings.get(tx, way_key(place)) if place in config.sections else None
        if way is not None:
            addresses[place] = along(way, link.code)
    return Shown(link, links.count(tx, link.code), addresses)


def _tell(shown: Shown) -> None:
    link = shown.link
    print(f"{'code':9} {link.code}")
    print(f"{'name':9} {visible(link.name)}")
    print(f"{'script':9} {visible(link.script)}" + (f", from step {visible(link.step)}" if link.step else ""))
    for place, address in shown.addresses.items():
        print(f"{place:9} {visible(address)}")
    if link.page is not None:
        print(f"{'opens':9} {visible(destination(link, '', None))}")
    for part, value in link.source.items():
        print(f"{part:9} {visible(value)}")
    if link.expires is not None:
        print(f"{'expires':9} {_expiry(link)} UTC")


def _expiry(link: Link) -> str:
    if link.expires is None:
        return ""
    over = "" if link.is_valid(now()) else ", over"
    return f"{link.expires:%Y-%m-%d %H:%M}{over}"


def address_for(options: argparse.Namespace) -> tuple[Link, str]:
    """A link, and its address at the place that the options name. Raises ``CommandFailed``."""
    shown, place = _found(options), options.place
    address = shown.addresses.get(place)
    if address is None:
        configured = place in configuration(options).sections
        title = title_of(place)
        cure = (
            f"`handraiser run` remembers it as soon as it has reached {title}"
            if configured
            else f"there is no [{place}] in the configuration"
        )
        raise CommandFailed(f"it is not known how {title} is reached: {cure}")
    return shown.link, address


def add_link(arguments: Arguments) -> None:
    """The link, by code or name."""
    arguments.add_argument("link", metavar="LINK", help="its code, or its name")


def _add_arguments(arguments: Arguments) -> None:
    arguments.add_argument("name", metavar="NAME", help="what you call it: 'Fair, booth poster'")
    arguments.add_argument("--script", metavar="SCRIPT", help="the script that is talked to")
    arguments.add_argument("--step", metavar="STEP", help='where the talk begins: one of the script\'s "doors:"')
    arguments.add_argument("--page", metavar="URL", help="a page with the chat on it, instead of the chat alone")
    for part in CAMPAIGN_PARTS:
        option = f"--{part.replace('_', '-')}"
        arguments.add_argument(option, dest=part, metavar="TEXT", help=f"{part} of whoever comes by it")
    arguments.add_argument("--expires", metavar="WHEN", help="2027-12-31, or '90 days'; default: never")
    add_config(arguments)
    add_json(arguments)


def _list_arguments(arguments: Arguments) -> None:
    add_config(arguments)
    add_json(arguments)


def _one_arguments(arguments: Arguments) -> None:
    add_link(arguments)
    add_config(arguments)
    add_json(arguments)


def _remove_arguments(arguments: Arguments) -> None:
    add_link(arguments)
    add_config(arguments)


ADD = Command(
    description="Make a short link for a poster, an advertisement or a mail; it says where people come from.",
    examples="links add 'Fair, booth poster' --script crm-guide --utm-source fair --expires '90 days'\n"
    "links add 'Newsletter, May' --script crm-guide --step pricing --page https://example.com/prices",
    arguments=_add_arguments,
    run=_add,
)
LIST = Command(
    description="Show every link, how often it was opened, and how many talks and leads it has brought.",
    examples="links list\nlinks list --json",
    arguments=_list_arguments,
    run=_list,
)
SHOW = Command(
    description="Show a link, the addresses at which it works, and what it has brought.",
    examples="links show k7m2p9qxwd\nlinks show 'Fair, booth poster' --json",
    arguments=_one_arguments,
    run=_show,
)
REMOVE = Command(
    description="Have a link lead nowhere any more. Who came by it keeps that in their source.",
    examples="links remove k7m2p9qxwd",
    arguments=_remove_arguments,
    run=_remove,
)
