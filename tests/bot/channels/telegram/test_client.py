"""Calls of the Bot API against the stand-in: each failure is what we can act upon."""

import logging

import pytest

from bot.channels.contract import Unreachable
from bot.channels.telegram.addresses import Address
from bot.channels.telegram.client import Moved, TelegramClient
from bot.channels.telegram.outgoing import Text
from bot.channels.telegram.refusals import TooLate
from bot.channels.telegram.settings import TelegramSettings
from bot.desk.contract import TryLater, Undeliverable
from tests.bot.channels.telegram.conftest import quick, settings_for
from tests.stand_ins.faults import Cut, Fault, Garbage, Hang, Nonsense, Status, TooMany
from tests.telegram.people import Person
from tests.telegram.server import Telegram

HELLO = Text(text="Hello")


def at(person: Person) -> Address:
    return Address(chat=person.id)


async def test_who_we_are(client: TelegramClient) -> None:
    identity = await client.identify()
    assert (identity.username, identity.name) == ("ava_acme_bot", "Ava")
    assert not identity.reads_groups


async def test_words_arrive_and_their_number_comes_back(client: TelegramClient, ada: Person) -> None:
    number = await client.perform(HELLO, at(ada))
    assert [(one.id, one.text) for one in ada.sees] == [(number, "Hello")]


async def test_who_blocks_us_or_is_gone_is_unreachable(client: TelegramClient, telegram: Telegram, ada: Person) -> None:
    await ada.blocks_the_bot()
    with pytest.raises(Unreachable, match="blocked by the user"):
        await client.perform(HELLO, at(ada))
    await ada.unblocks()
    await ada.leaves_telegram()
    with pytest.raises(Unreachable, match="deactivated"):
        await client.perform(HELLO, at(ada))
    with pytest.raises(Unreachable, match="chat not found"):
        await client.perform(HELLO, at(telegram.person("Stranger")))


async def test_a_wrong_token_needs_somebody_to_put_it_right(telegram: Telegram, ada: Person) -> None:
    api_url = telegram.base_url.removesuffix("/bot")
    settings = TelegramSettings(token="110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALwrong", api_url=api_url)
    async with TelegramClient(settings, pacer=quick()) as client:
        with pytest.raises(Undeliverable, match="does not know"):
            await client.perform(HELLO, at(ada))
    telegram.violations.clear()


async def test_a_rest_is_as_long_as_telegram_says_and_for_everybody(
    client: TelegramClient, telegram: Telegram, ada: Person, max_: Person
) -> None:
    telegram.fails("sendMessage", TooMany(17), times=1)
    with pytest.raises(TryLater) as raised:
        await client.perform(HELLO, at(ada))
    assert raised.value.seconds == 17.0
    calls = len(telegram.calls)
    with pytest.raises(TryLater) as raised:
        await client.perform(HELLO, at(max_))
    assert raised.value.seconds == pytest.approx(17.0, abs=1.0)
    assert len(telegram.calls) == calls


@pytest.mark.parametrize("fault", [Status(500), Status(502), Status(403), Cut(), Garbage(), Nonsense(), Status(200)])
async def test_trouble_passes(client: TelegramClient, telegram: Telegram, ada: Person, fault: Fault) -> None:
    telegram.fails("sendMessage", fault, times=1)
    with pytest.raises(TryLater) as raised:
        await client.perform(HELLO, at(ada))
    assert raised.value.seconds is None
    assert telegram.token not in str(raised.value)
    await client.perform(HELLO, at(ada))


async def test_whoever_does_not_answer_is_not_waited_for(telegram: Telegram, ada: Person) -> None:
    telegram.fails("sendMessage", Hang(), times=1)
    async with TelegramClient(settings_for(telegram), pacer=quick(), seconds=0.2) as client:
        with pytest.raises(TryLater, match="did not answer sendMessage in time"):
            await client.perform(HELLO, at(ada))
        telegram.release()


async def test_telegram_that_is_away(client: TelegramClient, telegram: Telegram, ada: Person) -> None:
    await telegram.goes_down()
    with pytest.raises(TryLater, match="cannot be reached"):
        await client.perform(HELLO, at(ada))


async def test_a_group_that_moved_names_its_new_place(client: TelegramClient, telegram: Telegram, ada: Person) -> None:
    group = telegram.group("Friends", ada)
    await telegram.adds_the_bot(group, ada)
    new = await telegram.upgrades(group, ada)
    with pytest.raises(Moved) as raised:
        await client.perform(HELLO, Address(chat=group.id))
    assert raised.value.chat == new.id


async def test_a_button_that_waited_too_long(client: TelegramClient) -> None:
    with pytest.raises(TooLate):
        await client.answer_button("12345")


async def test_files_are_fetched_and_too_large_ones_are_not(
    client: TelegramClient, telegram: Telegram, ada: Person
) -> None:
    sent = await ada.sends_file("plan.pdf", b"%PDF-1.7 plan")
    assert sent.file is not None
    file_id = sent.content["document"]["file_id"]
    assert await client.fetch(file_id, 100) == b"%PDF-1.7 plan"
    with pytest.raises(ValueError, match="13 bytes"):
        await client.fetch(file_id, 12)
    assert len(telegram.downloads) == 1


async def test_nothing_private_is_logged(
    client: TelegramClient, telegram: Telegram, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await client.perform(Text(text="the canary sings"), at(ada))
    telegram.fails("sendMessage", Nonsense(), times=1)
    with pytest.raises(TryLater):
        await client.perform(Text(text="the canary sings"), at(ada))
    assert telegram.token not in caplog.text
    assert "canary" not in caplog.text


async def test_the_proxy_of_the_environment_is_used_and_left_out(
    telegram: Telegram, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "localhost")
    async with TelegramClient(settings_for(telegram), pacer=quick()) as client:
        with pytest.raises(TryLater, match="cannot be reached"):
            await client.perform(HELLO, at(ada))
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    async with TelegramClient(settings_for(telegram), pacer=quick()) as client:
        await client.perform(HELLO, at(ada))
