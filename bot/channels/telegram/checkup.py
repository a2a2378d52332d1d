"""What keeps Telegram from working, and what to do about it: for ``handraiser doctor``."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from bot.channels.checkups import cure_for_calls, trouble
from bot.channels.contract import Remark
from bot.channels.telegram.client import Identity, TelegramClient, Webhook
from bot.channels.telegram.commands import menus
from bot.channels.telegram.reading import UPDATES
from bot.channels.telegram.refusals import Conflict
from bot.channels.telegram.settings import API_URL, TelegramSettings
from bot.channels.telegram.webhook import PATH
from bot.desk.contract import TryLater, Undeliverable

_PORTS = (443, 80, 88, 8443)
"""To which Telegram brings updates: https://core.telegram.org/bots/api#setwebhook."""


async def examine(settings: TelegramSettings, base_url: str) -> AsyncIterator[Remark]:
    """Look at everything that Telegram can be asked; changes nothing. ``base_url``: how our server is reached."""
    async with TelegramClient(settings) as client:
        try:
            identity = await client.identify()
            yield Remark("telegram", "ok", f"the bot is @{identity.username}, https://t.me/{identity.username}")
            yield _groups(settings, identity)
            yield _way_in(settings, await client.webhook(), base_url)
            yield await _commands(client)
        except TryLater as error:
            cure = "may this server go out to the internet? Behind a proxy, set HTTPS_PROXY"
            if settings.api_url != API_URL:
                cure = f"is [telegram] api_url right? It is {settings.api_url}"
            yield trouble("telegram", error, cure)
        except (Undeliverable, Conflict) as error:
            yield trouble("telegram", error, "")


def _groups(settings: TelegramSettings, identity: Identity) -> Remark:
    if not settings.groups:
        return Remark("telegram groups", "ok", "the bot talks with people one to one")
    if not identity.joins_groups:
        cure = "in Telegram, tell @BotFather: /setjoingroups, Enable; or set [telegram] groups = false"
        return Remark("telegram groups", "failed", "the bot may not be added to groups", cure)
    if identity.reads_groups:
        cure = "switch privacy mode on: tell @BotFather /setprivacy, Enable; then add the bot to the groups again"
        message = "in groups the bot is shown every message, and takes each for an answer"
        return Remark("telegram groups", "warning", message, cure)
    return Remark("telegram groups", "ok", "in groups the bot hears what is said to it (privacy mode is on)")


def _way_in(settings: TelegramSettings, webhook: Webhook, base_url: str) -> Remark:
    """How what people write reaches us."""
    subject = "telegram updates"
    if settings.mode == "polling":
        if webhook.url:
            message = f"they go to {_host(webhook.url)} by a webhook, until Handraiser runs and takes that away"
            return Remark(subject, "warning", message, 'or keep the webhook: [telegram] mode = "webhook"')
        return Remark(subject, "ok", f"fetched by us; waiting: {webhook.waiting}")
    if cure := cure_for_calls(base_url, "Telegram", _PORTS):
        return Remark(subject, "failed", f"Telegram cannot call {base_url}{PATH}", cure)
    if webhook.url != base_url + PATH:
        now = f"Telegram calls {_host(webhook.url)}" if webhook.url else "Telegram calls nobody yet"
        return Remark(subject, "warning", f"{now}; {base_url}{PATH} is set when Handraiser runs", "handraiser run")
    if webhook.error:
        cure = "is that address reachable from outside, with a certificate that browsers accept?"
        return Remark(subject, "warning", f"the last call failed: {webhook.error}; waiting: {webhook.waiting}", cure)
    if missing := set(UPDATES) - set(webhook.kinds):
        message = f"Telegram does not bring {', '.join(sorted(missing))}; it is set when Handraiser runs"
        return Remark(subject, "warning", message, "handraiser run")
    return Remark(subject, "ok", f"Telegram brings them to {webhook.url}; waiting: {webhook.waiting}")


async def _commands(client: TelegramClient) -> Remark:
    settings = client.settings
    ours = menus(settings.commands)[""]
    if await client.commands(everywhere=settings.groups) == ours:
        return Remark("telegram commands", "ok", " ".join(f"/{command}" for command in ours))
    message = "the menu of commands is not set yet; that is done when Handraiser runs"
    return Remark("telegram commands", "warning", message, "handraiser run")


def _host(url: str) -> str:
    """Of an address, what may be shown."""
    return urlsplit(url).hostname or "another address"
