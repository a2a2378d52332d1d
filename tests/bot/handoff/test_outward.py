"""From the answer that makes a lead hot to the mail and the webhook, through the whole application and real servers."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp

from bot.config import Config, load_config
from storage.erasing import erase_lead
from tests.application import WireVisitor, config_for, running
from tests.mail_server import MailBox, mail_server
from tests.receiver import Receiver, receiver
from tests.test_docs import ROOT, blocks

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


SCRIPT = """
dialog: welcome
title: Welcome
language: en
fields:
  first_name: {type: name, label: First name}
  email: {type: email, label: E-mail}
  team_size: {type: number, label: Team size}
steps:
  - {ask: first_name, text: What may I call you?}
  - {ask: email, text: Where can we write to?}
  - {ask: team_size, text: How many people?}
  - end: Thank you!
scoring:
  fit: {rules: [{when: team_size >= 50, points: 30, because: Team of 50 or more}]}
stages: {mql: fit >= 30}
handoff:
  - {when: stage == "mql", to: sales, because: Ready to buy}
"""


def configured(url: str, tmp_path: Path, box: MailBox, taking: Receiver) -> Config:
    """What somebody would write into their configuration."""
    folder = tmp_path / "dialogs"
    folder.mkdir()
    (folder / "welcome.yaml").write_text(SCRIPT, "utf-8")
    path = tmp_path / "handraiser.toml"
    path.write_text(
        f'[email]\nhost = "127.0.0.1"\nport = {box.port}\nsecurity = "none"\nfrom = "bot@example.com"\n'
        f'to = ["anna@example.com", "ben@example.com"]\n[webhook]\nurl = "{taking.url}"\nsecret = "{SECRET}"\n'
        '[outbound]\nallow_private = ["127.0.0.1"]\n',
        "utf-8",
    )
    read = load_config(path, {})
    return replace(config_for(url, folder), email=read.email, webhook=read.webhook, outbound=read.outbound)


async def test_a_hot_lead_is_mailed_taken_and_told_to_another_program(database_url: str, tmp_path: Path) -> None:
    async with mail_server() as box, receiver() as taking, aiohttp.ClientSession() as session:
        config = configured(database_url, tmp_path, box, taking)

        def told() -> list[str]:
            return [json.loads(one.body)["type"] for one in taking.deliveries]

        async with running(config) as app:
            assert app.problems == []
            visitor = WireVisitor(session, app.base_url, "welcome")
            await visitor.connect()
            for words in ("Ada Lovelace", "ada@example.com", "80"):
                await visitor.says(words)
            await box.changes.until(lambda: len(box.mails) == 2)
            await taking.changes.until(lambda: told() == ["lead.handed_off"])
            assert {"anna@example.com", "ben@example.com"} == {one for _, to, _ in box.taken for one in to}
            (mail,) = box.to("ben@example.com")
            assert mail["Reply-To"] == "ada@example.com"

            plain = mail.get_body(("plain",))
            assert plain is not None
            (link,) = re.findall(r"http\S+/desk/claim/\S+", plain.get_content())
            async with session.get(link) as answer:
                (once,) = re.findall(r'name="once" value="(\w+)"', await answer.text())
            async with session.post(link, data={"do": "claim", "once": once, "name": "Ben Okafor"}) as answer:
                assert "You have it." in await answer.text()
            await box.changes.until(lambda: len(box.mails) == 4)
            await taking.changes.until(lambda: "handoff.claimed" in told())
            assert [str(one["Subject"])[:6] for one in box.mails[2:]] == ["Taken:"] * 2

            lead = json.loads(taking.deliveries[0].body)["data"]["lead"]
            await app.database.write(lambda tx: erase_lead(tx, lead["id"], app.clock()))
            await taking.changes.until(lambda: told()[-1] == "lead.erased")
            assert json.loads(taking.deliveries[-1].body)["data"] == {"lead": {"id": lead["id"]}}
            await visitor.close()
        for one in taking.deliveries:
            assert genuine()(SECRET, {name.lower(): value for name, value in one.headers.items()}, one.body)


def genuine() -> Callable[[str, dict[str, str], bytes], bool]:
    """The check that the documentation shows."""
    (code,) = blocks(ROOT / "docs" / "webhooks.md", "python")
    names: dict[str, Any] = {}
    exec(code, names)
    check: Callable[[str, dict[str, str], bytes], bool] = names["is_genuine"]
    return check


async def test_the_check_in_the_documentation_knows_what_is_not_genuine() -> None:
    from datetime import UTC, datetime, timedelta

    from bot.handoff.signing import signed_headers
    from bot.settings.outside import read_webhook_secret

    now, key = datetime.now(UTC), read_webhook_secret(SECRET)
    other = "whsec_" + "QUFB" * 10
    good = signed_headers([key, read_webhook_secret(other)], "msg_1", now, b"{}")
    check = genuine()
    assert check(SECRET, good, b"{}")
    assert check(other, good, b"{}")
    assert not check(SECRET, good, b"{ }")
    assert not check(SECRET, {**good, "webhook-id": "msg_2"}, b"{}")
    assert not check("whsec_" + "QUJD" * 10, good, b"{}")
    assert not check(SECRET, signed_headers([key], "msg_1", now - timedelta(minutes=6), b"{}"), b"{}")


def test_the_documented_body_has_the_fields_of_a_real_one() -> None:
    from bot.handoff.webhook_body import body
    from tests.desk import AT, view

    (shown,) = blocks(ROOT / "docs" / "webhooks.md", "json")
    real, written = json.loads(body("lead.handed_off", view(), AT)), json.loads(shown)
    assert shape(written) == shape(real)
    assert set(written) == set(real)


def shape(body: dict[str, Any]) -> dict[str, list[str]]:
    """Every field of the two objects, and those of what their lists hold."""
    data = body["data"]
    found = {name: list(data[name]) for name in ("handoff", "lead")} | {"data": list(data)}
    for name in ("contacts", "answers", "receipts", "last_lines"):
        found[name] = list(data["lead"][name][0])
    return found
