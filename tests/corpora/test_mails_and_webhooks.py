"""What visitors type stays what it is in mails and webhooks; webhooks are signed as others sign them."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from bot.handoff.signing import signed_headers
from bot.settings.outside import read_webhook_secret
from tests.bot.handoff.makers import email_target
from tests.bot.handoff.test_email import SPLITS, assert_one_harmless_mail
from tests.bot.handoff.test_terminal import everywhere
from tests.bot.handoff.test_webhook import target
from tests.corpora.reading import Corpora
from tests.corpora.test_addresses import decoded
from tests.desk import MemoryPosts, view
from tests.mail_server import mail_server
from tests.receiver import receiver


async def assert_mails_are_harmless(texts: Iterable[str]) -> None:
    async with mail_server() as box:
        for text in texts:
            await email_target(box).show(view(company=text, **everywhere(text)), MemoryPosts())
            assert_one_harmless_mail(box, text)
            box.taken.clear()


async def assert_webhooks_carry(texts: Iterable[str]) -> None:
    """JSON that says the very same."""
    async with receiver() as taking:
        telling = target(taking)
        for text in texts:
            await telling.show(view(**everywhere(text)), MemoryPosts())
            lead = json.loads(taking.deliveries.pop().body)["data"]["lead"]
            assert lead["name"] == text.encode("utf-8", "replace").decode() or len(text) > 1000


async def test_our_strings_stay_in_their_line() -> None:
    await assert_mails_are_harmless(SPLITS)
    await assert_webhooks_carry(SPLITS)


async def test_other_peoples_header_splits_stay_in_their_line(corpora: Corpora) -> None:
    await assert_mails_are_harmless(decoded(corpora.header_splits())[::2])


async def test_other_peoples_strings_arrive_as_they_are(corpora: Corpora) -> None:
    await assert_webhooks_carry([*decoded(corpora.header_splits()), *corpora.strings()[:500]])


async def test_other_peoples_scripts_are_no_tags_of_a_mail(corpora: Corpora) -> None:
    await assert_mails_are_harmless(corpora.scripting()[::25])


def test_signatures_are_those_that_others_make_and_verify(corpora: Corpora) -> None:
    checked = 0
    for one in corpora.webhooks():
        if one["do"] == "sign":
            id, timestamp, expected = one["id"], one["timestamp"], one["signature"]
        elif one["valid"] and {"webhook-id", "webhook-timestamp"} <= set(one["headers"]):
            headers = one["headers"]
            id, timestamp, expected = headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"]
        else:
            continue
        at = datetime.fromtimestamp(int(timestamp), UTC)
        made = signed_headers([read_webhook_secret(one["secret"])], id, at, one["body"].encode())
        assert made["webhook-signature"] in expected.split(" ")
        checked += 1
    assert checked >= 2
