"""What keeps Slack from working, and what to do about it: for ``handraiser doctor``."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from bot.desk.contract import TryLater
from bot.slack.client import Identity, SlackClient
from bot.slack.needs import BOT_SCOPES, FILES_SCOPE
from bot.slack.refusals import SlackRefused
from bot.slack.settings import SlackSettings

_PATH = "/slack/events"
_PAGES_MOST = 50
_LOCAL = ("localhost", "127.0.0.1", "::1", "0.0.0.0")
_MANIFEST = "docs/slack-app-manifest.yaml has all of them"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing, how it is, and what to do."""

    subject: str
    verdict: Literal["ok", "warning", "failed"]
    message: str
    cure: str = ""


async def examine(settings: SlackSettings, base_url: str) -> AsyncIterator[Remark]:
    """Look at everything that Slack can be asked. ``base_url``: how our server is reached."""
    async with SlackClient(settings) as client:
        try:
            identity = await client.identify()
        except TryLater as error:
            cure = "may this server go out to the internet? Behind a proxy, set HTTPS_PROXY"
            if settings.api_url != SlackSettings().api_url:
                cure = f"is [slack] api_url right? It is {settings.api_url}"
            yield Remark("slack", "failed", str(error), cure)
            return
        except SlackRefused as refused:
            yield _refused("slack", refused)
            return
        yield Remark("slack", "ok", f'the bot is @{identity.name} in "{identity.team}"')
        yield _scopes(identity)
        yield await _way_in(client, base_url)
        yield await _channel(client, identity)
        if settings.visitors:
            yield await _visitors(client, identity)


def _scopes(identity: Identity) -> Remark:
    if identity.scopes is None:
        return Remark(
            "slack scopes", "warning", "Slack does not say what the bot may do", "look under OAuth & Permissions"
        )
    if missing := sorted(BOT_SCOPES - identity.scopes):
        what = "scope" if len(missing) == 1 else "scopes"
        cure = (
            f"add {'it' if len(missing) == 1 else 'them'} (OAuth & Permissions, Scopes, Bot Token Scopes), "
            f"then reinstall the app; {_MANIFEST}"
        )
        return Remark("slack scopes", "failed", f"the app lacks the {what} {', '.join(missing)}", cure)
    return Remark("slack scopes", "ok", "all that are needed")


async def _way_in(client: SlackClient, base_url: str) -> Remark:
    """How what people do in Slack reaches us."""
    settings = client.settings
    if settings.is_socket:
        try:
            await client.call("apps.connections.open", token=settings.app_token)
        except TryLater as error:
            return Remark("slack events", "failed", str(error), "try again in a minute")
        except SlackRefused as refused:
            return _refused("slack events", refused)
        return Remark("slack events", "ok", "Socket Mode can be opened")
    parts, address = urlsplit(base_url), base_url + _PATH
    if parts.hostname in _LOCAL or parts.scheme != "https":
        what = "is not reachable from outside" if parts.hostname in _LOCAL else "is not encrypted"
        cure = (
            'give [web] public_url an https address that Slack can reach, or use Socket Mode ([slack] mode = "socket")'
        )
        return Remark("slack events", "warning", f"Slack has to call {address}, which {what}", cure)
    message = f"the signing secret is set; Slack has to call {address}"
    return Remark("slack events", "ok", message)


async def _channel(client: SlackClient, identity: Identity) -> Remark:
    """Whether leads can be shown where they are to be."""
    name = client.settings.channel
    if name is None:
        cure = 'name one: [slack] channel = "#sales"'
        return Remark("slack channel", "warning", "no channel is named for leads of which nothing else is said", cure)
    try:
        found = await _find(client, name)
    except TryLater as error:
        return Remark("slack channel", "failed", str(error), "try again in a minute")
    except SlackRefused as refused:
        return _refused("slack channel", refused)
    invite = f"type /invite @{identity.name} in it"
    if found is None:
        cure = f"correct [slack] channel; if it is private, {invite}"
        return Remark("slack channel", "failed", f"there is no channel {name} that the bot can see", cure)
    if found.get("is_archived") is True:
        cure = "unarchive it, or name another: [slack] channel"
        return Remark("slack channel", "failed", f"{name} is archived", cure)
    if found.get("is_member") is False:
        return Remark("slack channel", "failed", f"the bot is not in {name}", invite)
    return Remark("slack channel", "ok", f"the bot is in {name}")


async def _visitors(client: SlackClient, identity: Identity) -> Remark:
    """Whether visitors can talk where they are to."""
    subject, names = "slack visitors", client.settings.visitor_channels
    try:
        found = {name: await _find(client, name) for name in (*names, *filter(None, [client.settings.channel]))}
    except TryLater as error:
        return Remark(subject, "failed", str(error), "try again in a minute")
    except SlackRefused as refused:
        return _refused(subject, refused)
    places = {name: found[name] or {} for name in names}
    if missing := [name for name, place in places.items() if not place.get("id") or place.get("is_archived") is True]:
        message = f"there is no channel {missing[0]} that the bot can see"
        return Remark(
            subject, "failed", message, f"correct [slack] visitor_channels, or type /invite @{identity.name} in it"
        )
    leads = (found.get(client.settings.channel or "") or {}).get("id")
    if mixed := [name for name, place in places.items() if place["id"] == leads]:
        message = f"{mixed[0]} is where leads are shown to sales"
        return Remark(subject, "failed", message, "name another channel: [slack] visitor_channels")
    if outside := [name for name, place in places.items() if place.get("is_member") is False]:
        return Remark(subject, "failed", f"the bot is not in {outside[0]}", f"type /invite @{identity.name} in it")
    where = "in direct messages" + (f" and in {', '.join(names)}" if names else "")
    if identity.scopes is not None and FILES_SCOPE not in identity.scopes:
        cure = f"add the scope {FILES_SCOPE} if their files are to be kept, then reinstall the app"
        return Remark(subject, "warning", f"they can talk {where}; files they send cannot be read", cure)
    return Remark(subject, "ok", f"they can talk {where}")


async def _find(client: SlackClient, name: str) -> Mapping[str, Any] | None:
    """The channel; None when the bot can see none of that name."""
    if not name.startswith("#"):
        try:
            answer = await client.call("conversations.info", channel=name)
        except SlackRefused as refused:
            if refused.error == "channel_not_found":
                return None
            raise
        return _mapping(answer.get("channel"))
    cursor: str | None = None
    for _ in range(_PAGES_MOST):
        answer = await client.call(
            "conversations.list", types="public_channel,private_channel", limit=1000, cursor=cursor
        )
        for channel in map(_mapping, answer.get("channels") or ()):
            if channel.get("name") == name.removeprefix("#"):
                return channel
        cursor = str(_mapping(answer.get("response_metadata")).get("next_cursor") or "") or None
        if cursor is None:
            return None
    return None


def _refused(subject: str, refused: SlackRefused) -> Remark:
    return Remark(subject, "failed", f"Slack refuses {refused.method}: {refused.error}", refused.cure)


def _mapping(given: object) -> Mapping[str, Any]:
    return given if isinstance(given, dict) else {}
