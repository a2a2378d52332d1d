"""How each handoff target is made for a test, and how to see what people were told."""

import contextlib
import io
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager

from bot.claim_links import ClaimLinks
from bot.desk.contract import Colleague, HandoffTarget
from bot.handoff.email import EmailTarget
from bot.handoff.slack.target import SlackTarget
from bot.handoff.terminal import TerminalTarget
from bot.handoff.webhook import WebhookTarget
from bot.outbound import MailServer, Outbound
from bot.settings.outside import Mailbox
from bot.slack.client import SlackClient
from bot.slack.pacing import Pacer
from bot.slack.settings import SlackSettings
from dialogs.desk.people import Availability, Rep
from tests.bot.slack.desk import InboxDesk
from tests.desk import AT
from tests.mail_server import MailBox, mail_server, trusting
from tests.receiver import LOOPBACK, receiver
from tests.slack.server import Slack

Told = Callable[[], str]
Made = AbstractAsyncContextManager[tuple[HandoffTarget, Told]]
SECRET = b"0123456789abcdef01234567"
ANNA, BEN = Rep(key="anna", name="Anna Berg"), Rep(key="ben", name="Ben Okafor")
DOOR = Outbound(allowed=LOOPBACK, tls=trusting())
"""One for all: to read whose certificates are believed takes a while."""
LINKS = ClaimLinks("https://chat.example.com", "a-key-of-the-tests", lambda: AT)


@contextlib.asynccontextmanager
async def terminal() -> AsyncIterator[tuple[HandoffTarget, Told]]:
    stream = io.StringIO()
    yield TerminalTarget(stream), stream.getvalue


@contextlib.asynccontextmanager
async def email() -> AsyncIterator[tuple[HandoffTarget, Told]]:
    async with mail_server() as box:
        yield email_target(box), lambda: "\n".join(text_of(box))


@contextlib.asynccontextmanager
async def webhook() -> AsyncIterator[tuple[HandoffTarget, Told]]:
    async with receiver() as taking:

        def told() -> str:
            return "\n".join(json.dumps(json.loads(one.body), ensure_ascii=False) for one in taking.deliveries)

        yield WebhookTarget(DOOR, taking.url, [SECRET]), told


@contextlib.asynccontextmanager
async def slack() -> AsyncIterator[tuple[HandoffTarget, Told]]:
    async with Slack() as running:
        sales = running.workspace.add_channel("sales", running.workspace.add_person("Anna Berg"))
        settings = SlackSettings(
            bot_token=running.bot_token, app_token=running.app_token, api_url=running.api_url, channel="#sales"
        )

        def told() -> str:
            return "\n".join(running.shown(one) for one in running.messages(sales))

        async with SlackClient(settings, pacer=Pacer(burst=1000)) as client:
            yield SlackTarget(client, InboxDesk(), clock=lambda: AT), told
        await running.settled()
    assert running.violations == []


MAKERS: Mapping[str, Callable[[], Made]] = {"terminal": terminal, "slack": slack, "email": email, "webhook": webhook}


async def colleagues() -> Sequence[Colleague]:
    """Two people, both with an address."""
    return [
        Colleague(rep=rep, availability=Availability.TAKING, ids={"email": f"{rep.key}@example.com"})
        for rep in (ANNA, BEN)
    ]


def email_target(box: MailBox, *to: str) -> EmailTarget:
    """Sends to a server of the tests."""
    return EmailTarget(
        DOOR,
        MailServer(host="127.0.0.1", port=box.port, security="none"),
        Mailbox("bot@example.com", "Handraiser"),
        [Mailbox(one) for one in to or ("sales@example.com",)],
        LINKS,
        colleagues,
    )


def text_of(box: MailBox) -> list[str]:
    """What people read of the mails that came: subject and plain text."""
    texts = []
    for mail in box.mails:
        plain = mail.get_body(("plain",))
        assert plain is not None
        texts.append(f"{mail['Subject']}\n{plain.get_content()}")
    return texts
