"""``handraiser doctor``: what keeps Handraiser from working, or will, and what to do about it.

A little longer than other files: one examination after the other, in the order in which they are told.
"""

import argparse
import asyncio
import errno
import os
import platform
import shlex
import shutil
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.channels import MESSENGERS
from bot.channels.contract import Remark
from bot.cli.checkup import Finding, Verdict
from bot.cli.command import DONE, FAILED, Arguments, Command
from bot.cli.finding import load_file, load_team_file
from bot.cli.links import lost_links
from bot.cli.options import add_config, add_json, configuration
from bot.cli.terminal import coloured, print_json
from bot.cli.version import handraiser_version
from bot.config import Config, ConfigError
from bot.folder import without_file
from bot.human_checks import ELSEWHERE
from bot.script_files import declared_name, files_in
from bot.visible import visible
from storage import scripts as stored
from storage.database import open_database
from storage.errors import StorageError
from storage.files import damage
from storage.scripts import LiveScript

_SQLITE = "sqlite:///"
_ROOM_MEGABYTES = 200
_SECONDS_TO_OPEN = 20.0
_SECONDS_TO_ANSWER = 1.0
_LONGEST_ANSWER = 65536


def _run(options: argparse.Namespace) -> int:
    findings = []
    for finding in _examine(options):
        findings.append(finding)
        if not options.json:
            _show(finding)
            sys.stdout.flush()
    failed = sum(finding.verdict is Verdict.FAILED for finding in findings)
    if options.json:
        print_json({"ok": not failed, "findings": [finding.dump() for finding in findings]})
    else:
        print(f"\n{_summary(findings)}")
    return FAILED if failed else DONE


def _summary(findings: list[Finding]) -> str:
    failed, warnings = (
        sum(finding.verdict is verdict for finding in findings) for verdict in (Verdict.FAILED, Verdict.WARNING)
    )
    if failed:
        return f"{failed} of these must be put right."
    if warnings:
        told = "a warning stands" if warnings == 1 else f"{warnings} warnings stand"
        return f"Nothing keeps Handraiser from working; {told} above."
    return "Everything is in order."


def _examine(options: argparse.Namespace) -> Iterator[Finding]:
    yield Finding("program", Verdict.GOOD, f"Handraiser {handraiser_version()}, Python {platform.python_version()}")
    yield _time_zones()
    try:
        config = configuration(options)
    except ConfigError as error:
        yield Finding("configuration", Verdict.FAILED, str(error), "correct these; nothing else was looked at")
        return
    yield _configured(config)
    yield from _addresses(config)
    yield from _visitors_checked(config)
    yield from _storage(config)
    yield _uploads(config)
    yield from _scripts(config)
    yield from _gone(config)
    yield from _team(config)
    yield from _links(config)
    yield _port(config)
    yield from _slack(config)
    yield from _messengers(config)


def _show(finding: Finding) -> None:
    word, colour = {
        Verdict.GOOD: ("ok", "green"),
        Verdict.WARNING: ("warning", "yellow"),
        Verdict.FAILED: ("FAILED", "red"),
    }[finding.verdict]
    lines = finding.message.split("\n")
    print(f"{coloured(f'{word:8}', colour)} {finding.subject}: {visible(lines[0])}")
    for line in lines[1:]:
        print(f"         {visible(line)}")
    if finding.cure:
        print(f"         -> {visible(finding.cure)}")


def _time_zones() -> Finding:
    try:
        for name in ("Europe/Berlin", "America/New_York", "Asia/Kolkata"):
            ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError):
        cure = "install it: pip install tzdata, or your system's package tzdata"
        return Finding("time zones", Verdict.FAILED, "there is no time zone data", cure)
    return Finding("time zones", Verdict.GOOD, "known")


def _configured(config: Config) -> Finding:
    if config.path is None:
        return Finding("configuration", Verdict.GOOD, "defaults; there is no handraiser.toml here")
    path = config.path
    holds_secrets = bool(config.secrets)
    if holds_secrets and os.name == "posix" and path.stat().st_mode & 0o004:
        message = f"{path} is right, but everybody on this machine can read the secrets in it"
        return Finding("configuration", Verdict.WARNING, message, f"chmod o-r {path}")
    return Finding("configuration", Verdict.GOOD, f"{path} is right")


def _addresses(config: Config) -> Iterator[Finding]:
    web = config.web
    public = urlsplit(web.base_url)
    local = public.hostname in ("localhost", "127.0.0.1", "::1")
    if web.public_url is None and web.host not in ("localhost", "127.0.0.1", "::1"):
        yield Finding(
            "addresses",
            Verdict.WARNING,
            f"visitors get links that begin with {web.base_url}",
            'say how they reach this server: [web] public_url = "https://chat.example.com"',
        )
    elif public.scheme == "http" and not local:
        message = f"{web.base_url} is not encrypted: what visitors write can be read on its way"
        yield Finding("addresses", Verdict.WARNING, message, "use https, for example by a proxy in front")
    else:
        yield Finding("addresses", Verdict.GOOD, f"visitors use {web.base_url}")


def _visitors_checked(config: Config) -> Iterator[Finding]:
    """What visitors have to prove, and whether it can work."""
    check = config.human_check
    if check.kind is None:
        return
    where = ELSEWHERE.get(check.kind)
    asked = "in the visitor's browser; nobody else is asked" if where is None else f"by the house of {where}"
    before = ", ".join(check.before)
    yield Finding("human check", Verdict.GOOD, f"{check.kind}, before {before}: {asked}")
    if where is not None:
        message = "websites with a Content-Security-Policy must allow its script and its frame"
        yield Finding("human check", Verdict.WARNING, message, 'docs/widget.md, "Content-Security-Policy", says what')


def _storage(config: Config) -> Iterator[Finding]:
    url = config.storage.url
    if url.startswith(_SQLITE):
        path = Path(unquote(url.removeprefix(_SQLITE)))
        yield _folder_for(path)
        if not path.exists():
            yield Finding("database", Verdict.GOOD, f"{path} will be made when Handraiser runs first")
            return
    try:
        changes = asyncio.run(asyncio.wait_for(_open(url), _SECONDS_TO_OPEN))
    except StorageError as error:
        yield Finding("database", Verdict.FAILED, str(error))
        return
    except TimeoutError:
        cure = "is the address right, and is a firewall in between?"
        yield Finding("database", Verdict.FAILED, f"it does not answer within {_SECONDS_TO_OPEN:.0f} seconds", cure)
        return
    if url.startswith(_SQLITE) and (found := damage(path)):
        cure = f"restore a backup, or save what can be read: sqlite3 {path} .recover | sqlite3 rescued.db"
        yield Finding("database", Verdict.FAILED, f"{path} is damaged: {found}", cure)
        return
    where = str(path) if url.startswith(_SQLITE) else f"PostgreSQL at {_host_of(url)}"
    brought = f"; brought up to date: {', '.join(changes)}" if changes else ", up to date"
    yield Finding("database", Verdict.GOOD, f"{where}{brought}")


def _host_of(url: str) -> str:
    """The machine in an address; where there is none, the folder of a socket, or this machine."""
    parts = urlsplit(url)
    return parts.hostname or next(iter(parse_qs(parts.query).get("host", ())), "this machine")


async def _open(url: str) -> tuple[str, ...]:
    async with await open_database(url) as database:
        return database.migrated


def _gone(config: Config) -> Iterator[Finding]:
    """Scripts that visitors get although their files are not there any more."""
    url = config.storage.url
    if url.startswith(_SQLITE) and not Path(unquote(url.removeprefix(_SQLITE))).exists():
        return
    try:
        live = asyncio.run(asyncio.wait_for(_live(url), _SECONDS_TO_OPEN))
        names = {path: declared_name(path) for path in files_in(config.dialogs.folder)}
    except (StorageError, OSError, TimeoutError):
        return  # That was said already.
    for one in without_file(live, names):
        message = f"{one.name} is live, but its file {one.path} is not in {config.dialogs.folder} any more"
        cure = f"handraiser scripts retire {one.name} takes it off; or put the file back"
        yield Finding("scripts", Verdict.WARNING, message, cure)


async def _live(url: str) -> list[LiveScript]:
    async with await open_database(url) as database:
        return await database.read(stored.live)


def _links(config: Config) -> Iterator[Finding]:
    """Campaign links that do not lead where they say."""
    url = config.storage.url
    if url.startswith(_SQLITE) and not Path(unquote(url.removeprefix(_SQLITE))).exists():
        return
    try:
        lost = asyncio.run(asyncio.wait_for(lost_links(url), _SECONDS_TO_OPEN))
    except (StorageError, TimeoutError):
        return  # That was said already.
    for link, reason in lost:
        cure = f"handraiser links remove {link.code}; until then it leads to the beginning of a chat"
        yield Finding("links", Verdict.WARNING, f"{link.name} ({link.code}): {reason}", cure)


def _folder_for(path: Path) -> Finding:
    """Whether the database's folder, or where it will be made, can be written, and has room."""
    folder = path.parent
    while not folder.exists():
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        cure = "give it to the user that runs Handraiser, or name another in [storage] url"
        return Finding("disk", Verdict.FAILED, f"{folder} cannot be written: {(error.strerror or '').lower()}", cure)
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < _ROOM_MEGABYTES:
        return Finding("disk", Verdict.WARNING, f"only {free} MB are left in {folder}", "make room soon")
    return Finding("disk", Verdict.GOOD, f"{folder} can be written, {free // 1000} GB are left")


def _uploads(config: Config) -> Finding:
    """Whether files of visitors can be kept."""
    folder = config.uploads.folder
    there = next(one for one in (folder, *folder.parents) if one.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        cure = f"let the user that runs Handraiser write to {there}, or set [uploads] folder"
        return Finding("uploads", Verdict.FAILED, f"files of visitors cannot be kept in {folder}", cure)
    scan = config.uploads.scan
    if scan and shutil.which(shlex.split(scan)[0]) is None:
        message = f"the scanner {shlex.split(scan)[0]} is not here, so that every file is withheld"
        return Finding("uploads", Verdict.FAILED, message, "install it, or correct [uploads] scan")
    return Finding("uploads", Verdict.GOOD, f"files of visitors stand in {folder}")


def _scripts(config: Config) -> Iterator[Finding]:
    folder = config.dialogs.folder
    try:
        results = [(path, load_file(path)) for path in files_in(folder)]
    except OSError as error:
        cure = "give it to the user that runs Handraiser"
        yield Finding("scripts", Verdict.FAILED, f"{error.filename} cannot be read: {error.strerror}", cure)
        return
    if not results:
        cure = f"put one there, or make a folder with one: handraiser init {folder.with_name('chats')}"
        yield Finding("scripts", Verdict.FAILED, f"there is no script (*.yaml) in {folder}", cure)
        return
    broken = [path.name for path, result in results if result.script is None]
    if broken:
        cure = f"handraiser check {folder}"
        yield Finding("scripts", Verdict.FAILED, f"mistakes keep {', '.join(broken)} from going live", cure)
    remarks = sum(len(result.problems) for _, result in results if result.script is not None)
    good = [result.script.name for _, result in results if result.script is not None]
    if good:
        verdict = Verdict.WARNING if remarks else Verdict.GOOD
        told = f", with {remarks} warnings" if remarks else ""
        cure = f"handraiser check {folder}" if remarks else ""
        yield Finding("scripts", verdict, f"{', '.join(good)} can go live{told}", cure)
    first = config.dialogs.first
    if first is not None and first not in good:
        cure = f'[dialogs] first = "{good[0]}"' if good else ""
        yield Finding("scripts", Verdict.WARNING, f'there is no script "{first}", which should be the first', cure)


def _team(config: Config) -> Iterator[Finding]:
    """Who takes leads."""
    path = config.handoff.team
    if path is None:
        return
    try:
        result = load_team_file(path, [load_file(script) for script in files_in(config.dialogs.folder)])
    except OSError:
        return  # That the scripts cannot be read was said already.
    team, cure = result.team, "handraiser check"
    if team is None:
        message = f"mistakes keep {path.name} from being used"
        yield Finding("team", Verdict.FAILED, message, cure)
        return
    found = f"{path.name}, people: {len(team.members)}, routes: {len(team.routes)}"
    if result.problems:
        yield Finding("team", Verdict.WARNING, f"{found}, warnings: {len(result.problems)}", cure)
    else:
        yield Finding("team", Verdict.GOOD, found)
    unknown = [member.rep.name for member in team.members.values() if "slack" not in member.ids]
    if unknown and "slack" in config.sections:
        message = f"{path.name} does not say who these are in Slack: {', '.join(unknown)}"
        cure = 'add their member ID, such as slack: U012AB3CD; in Slack, open the profile and choose "Copy member ID"'
        yield Finding("team", Verdict.WARNING, message, cure)


def _port(config: Config) -> Finding:
    host, port = config.web.host, config.web.port
    if port == 0:
        return Finding("port", Verdict.GOOD, "the system chooses one")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            if os.name == "posix":
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return _taken(host, port)
        cures = {
            errno.EACCES: "ports below 1024 need special rights; take another one and put a proxy in front",
            errno.EADDRNOTAVAIL: 'this machine has no such address; [web] host = "0.0.0.0" listens on all it has',
        }
        cure = cures.get(error.errno or 0, "name another [web] host")
        return Finding("port", Verdict.FAILED, f"cannot listen on {host}:{port}: {error.strerror}", cure)
    return Finding("port", Verdict.GOOD, f"{host}:{port} is free")


def _taken(host: str, port: int) -> Finding:
    """Who has the port: Handraiser itself, or somebody else."""
    reach = "127.0.0.1" if host in ("0.0.0.0", "::", "localhost") else host
    if _answers_as_handraiser(reach, port):
        return Finding("port", Verdict.GOOD, f"Handraiser is running on {host}:{port}")
    cure = "stop that program, or choose another port with [web] port or HANDRAISER_WEB__PORT"
    return Finding("port", Verdict.FAILED, f"another program listens on {host}:{port}", cure)


def _answers_as_handraiser(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=_SECONDS_TO_ANSWER) as talk:
            talk.sendall(f"GET /metrics HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
            answer = b""
            while len(answer) < _LONGEST_ANSWER and (part := talk.recv(4096)):
                answer += part
    except OSError:
        return False
    return b"\nhandraiser_" in answer


def _slack(config: Config) -> Iterator[Finding]:
    """What Slack says of us, where it is configured."""
    section = config.sections.get("slack")
    if not section:
        return
    from bot.slack.checkup import examine
    from bot.slack.settings import read_settings

    try:
        settings = read_settings(section, config.path)
    except ConfigError as error:
        yield Finding("slack", Verdict.FAILED, str(error), "correct these; until then there is no Slack")
        return

    async def look() -> list[Finding]:
        remarks = examine(settings, config.web.base_url)
        return [Finding(one.subject, Verdict(one.verdict), one.message, one.cure) async for one in remarks]

    yield from asyncio.run(look())


def _messengers(config: Config) -> Iterator[Finding]:
    """What the platforms say of us that are configured."""
    for name, load in MESSENGERS.items():
        section = config.sections.get(name)
        kind = load() if section else None
        if not section or kind is None or kind.examine is None:
            continue
        try:
            yield from asyncio.run(_found(kind.examine(section, config.path, config.web.base_url)))
        except ConfigError as error:
            cure = f"correct these; until then there is no {kind.capabilities.title}"
            yield Finding(name, Verdict.FAILED, str(error), cure)


async def _found(remarks: AsyncIterator[Remark]) -> list[Finding]:
    return [Finding(one.subject, Verdict(one.verdict), one.message, one.cure) async for one in remarks]


def _arguments(arguments: Arguments) -> None:
    add_config(arguments)
    add_json(arguments)


DOCTOR = Command(
    description="""\
Look at everything that Handraiser needs: configuration, database (which is brought up to date, as `run` would do),
disk, scripts, port, time zones, Slack, Telegram, WhatsApp. Says what is wrong and what to do about it.""",
    examples="doctor\ndoctor --config handraiser.toml --json",
    arguments=_arguments,
    run=_run,
)
