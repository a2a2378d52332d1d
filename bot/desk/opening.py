"""Makes the handoff targets that are configured."""

import sys
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from bot.claim_links import ClaimLinks
from bot.config import Config
from bot.desk.acting import DeskAtWork
from bot.desk.contract import HandoffTarget, SalesDesk
from bot.handoff.email import EmailTarget
from bot.handoff.terminal import TerminalTarget
from bot.handoff.webhook import WebhookTarget
from bot.outbound import MailServer, Outbound
from bot.ports import Clock
from bot.redaction import Redaction
from bot.settings.outside import read_webhook_secret
from bot.slack.settings import SlackSettings

if TYPE_CHECKING:
    from bot.slack.door import SlackDoor


def open_targets(config: Config, desk: DeskAtWork, links: ClaimLinks) -> Mapping[str, HandoffTarget]:
    """The terminal, and mail and webhooks where they are configured."""
    redaction = Redaction(config.secrets)
    targets: dict[str, HandoffTarget] = {"terminal": TerminalTarget(sys.stdout, redaction=redaction)}
    door = Outbound(allowed=config.outbound.allow_private, seconds=config.outbound.timeout_seconds)
    email, webhook = config.email, config.webhook
    if email.host is not None and email.from_ is not None:
        server = MailServer(
            host=email.host,
            port=email.usual_port,
            security=email.security,
            username=email.username,
            password=email.password,
            greets_as=email.from_.address.rpartition("@")[2],
        )
        targets["email"] = EmailTarget(door, server, email.from_, email.to, links, desk.colleagues, redaction=redaction)
    if webhook.url is not None:
        keys = [read_webhook_secret(one) for one in (webhook.secret, webhook.previous_secret) if one is not None]
        targets["webhook"] = WebhookTarget(door, webhook.url, keys, webhook.events)
    return targets


async def open_slack(
    closing: AsyncExitStack, settings: SlackSettings, desk: SalesDesk, clock: Clock, *, shared: bool
) -> tuple[HandoffTarget, "SlackDoor"]:
    """Slack as a target, and the door through which it comes in; ``closing`` lets go of both.

    ``shared``: visitors are in the workspace, too.

    Imported here: who does not use Slack need not wait for its libraries.
    """
    from bot.handoff.slack.colleagues import Colleagues
    from bot.handoff.slack.listener import DeskListener
    from bot.handoff.slack.target import SlackTarget
    from bot.slack.client import SlackClient
    from bot.slack.door import SlackDoor

    client = await closing.enter_async_context(SlackClient(settings))
    colleagues = Colleagues(client, desk)
    listener = DeskListener(client, desk, clock, colleagues)
    door = SlackDoor(client, desk, listener, now=lambda: clock().timestamp())
    return SlackTarget(client, desk, colleagues, clock=clock, shared=shared), door
