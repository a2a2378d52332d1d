"""What people see in Telegram of what the house says, against the stand-in."""

import json
from pathlib import Path

import pytest
from aiohttp import web

from bot.channels import MESSENGERS
from bot.channels.contract import AttachedFile, Opening, SentFile, Unreachable
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.commands import LANGUAGES
from bot.channels.telegram.messenger import TelegramMessenger
from bot.channels.telegram.settings import read_settings
from bot.channels.telegram.writing import CAPABILITIES
from bot.config import ConfigError
from bot.desk.contract import TryLater, Undeliverable
from tests.bot.channels.telegram.conftest import BASE_URL, Begin, buttons, links, outgoing
from tests.bot.channels.telegram.house import DiskFull, PaperHouse
from tests.clock import StoppedClock
from tests.house import bot_says, deliver, edits
from tests.stand_ins.faults import Refused
from tests.telegram.files import PNG
from tests.telegram.people import Person
from tests.telegram.server import Telegram


async def test_words_and_buttons(messenger: TelegramMessenger, telegram: Telegram, ada: Person) -> None:
    asked = outgoing(ada.id, "When would you start?", buttons=buttons("Now", "Later"), links=links("Prices"))
    reference = await messenger.deliver(asked)
    (seen,) = ada.sees
    assert str(seen.id) == reference
    assert telegram.shown(seen) == "When would you start?\n[Now] [Later]\n[Prices]"
    assert ada.follows(seen, "Prices") == "https://www.example.com/0"


async def test_whole_messages_of_the_transcript(messenger: TelegramMessenger, telegram: Telegram, ada: Person) -> None:
    choices = [
        {"key": f"k{number}", "label": f"The {number}. of several long labels that go on and on"}
        for number in range(30)
    ]
    await deliver(messenger, bot_says("Which?", choices=choices, input={"kind": "choice"}), str(ada.id))
    await deliver(messenger, bot_says("x" * 9000, seq=2), str(ada.id))
    assert "30. The 29. of several" in ada.sees[0].text
    assert "".join(one.text for one in ada.sees[1:]) == "x" * 9000


async def test_nothing_is_formatted_and_nothing_is_previewed(
    messenger: TelegramMessenger, telegram: Telegram, ada: Person
) -> None:
    text = "<b>bold</b> *x* _y_ [z](http://evil.example) & &lt; https://evil.example"
    await messenger.deliver(outgoing(ada.id, text))
    assert ada.sees[0].text == text
    (call,) = telegram.calls_of("sendMessage")
    assert "parse_mode" not in call
    assert json.loads(call["link_preview_options"]) == {"is_disabled": True}


async def test_a_code_is_copied_by_a_touch(messenger: TelegramMessenger, telegram: Telegram, ada: Person) -> None:
    await messenger.deliver(outgoing(ada.id, "😀 Take SAVE-10 now", code="SAVE-10"))
    assert telegram.formats(ada.sees[0]) == [("code", "SAVE-10")]


async def test_the_phones_keyboard_comes_and_goes(
    messenger: TelegramMessenger, telegram: Telegram, ada: Person
) -> None:
    await messenger.deliver(outgoing(ada.id, "Your phone?", ask_contact="Share my number", buttons=buttons("Skip")))
    assert ada.keyboard == [["Share my number"], ["Skip"]]
    await messenger.deliver(outgoing(ada.id, "Or this?", buttons=buttons("Yes")))
    assert ada.keyboard
    await messenger.deliver(outgoing(ada.id, "Thanks"))
    assert ada.keyboard == []
    await messenger.deliver(outgoing(ada.id, "Bye"))
    assert "reply_markup" not in telegram.calls_of("sendMessage")[-1]


async def test_a_keyboard_that_cannot_be_remembered_does_not_send_twice(
    messenger: TelegramMessenger, house: PaperHouse, ada: Person
) -> None:
    house.broken = DiskFull()
    assert await messenger.deliver(outgoing(ada.id, "Your phone?", ask_contact="Share my number"))
    assert len(ada.sees) == 1


async def test_words_are_changed_and_taken_back(messenger: TelegramMessenger, ada: Person) -> None:
    (reference,) = await deliver(messenger, bot_says("Tuesday"), str(ada.id))
    assert await messenger.deliver(edits(reference, "Wednesday", str(ada.id))) == reference
    assert [one.text for one in ada.sees] == ["Wednesday"]
    assert await messenger.deliver(edits(reference, "Wednesday", str(ada.id))) == reference
    await messenger.deliver(edits(reference, "", str(ada.id)))
    assert ada.sees == []
    assert await messenger.deliver(edits(reference, "", str(ada.id))) == reference
    assert await messenger.deliver(edits(reference, "Too late", str(ada.id))) == reference


async def test_files_come_as_files_under_their_names(
    messenger: TelegramMessenger, telegram: Telegram, ada: Person, tmp_path: Path
) -> None:
    path = tmp_path / "7f3a.bin"
    content = b"%PDF-1.7 guide" + b" " * 3_000_000
    path.write_bytes(content)
    for name in ("guide.pdf", 'Führer "für" CRM.pdf'):
        file = AttachedFile(name=name, content_type="application/pdf", path=path)
        await messenger.deliver(outgoing(ada.id, "Here it is", file=file, links=links("Prices")))
        seen = ada.sees[-1]
        assert seen.file is not None and (seen.file.name, seen.file.data) == (name, content)
        assert telegram.shown(seen).endswith("Here it is\n[Prices]")


async def test_pictures_of_our_own_are_brought_along(
    messenger: TelegramMessenger, telegram: Telegram, ada: Person, tmp_path: Path
) -> None:
    app = web.Application()

    async def picture(_: web.Request) -> web.Response:
        return web.Response(body=PNG, content_type="image/png")

    app.router.add_get("/pictures/mia.png", picture)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        messenger._base_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        await messenger.deliver(outgoing(ada.id, "Mia", picture=f"{messenger._base_url}/pictures/mia.png"))
        await messenger.deliver(outgoing(ada.id, "Gone", picture=f"{messenger._base_url}/pictures/gone.png"))
    finally:
        await runner.cleanup()
    shown, gone = ada.sees
    assert shown.file is not None and shown.file.data == PNG
    assert (shown.text, gone.file) == ("Mia", None)
    assert gone.text == f"Gone\n\n{messenger._base_url}/pictures/gone.png"
    telegram.violations.clear()


async def test_what_telegram_cannot_read_is_sent_again_plainly_with_an_alarm(
    messenger: TelegramMessenger, telegram: Telegram, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    told = {"ok": False, "error_code": 400, "description": "Bad Request: can't parse entities: oh"}
    telegram.fails("sendMessage", Refused(400, told), times=1)
    await messenger.deliver(outgoing(ada.id, "Hello", buttons=buttons("Now"), links=links("Prices")))
    assert telegram.shown(ada.sees[0]) == "Hello\n\nPrices: https://www.example.com/0\n[Now]"
    assert "refused and is sent again without its formatting" in caplog.text
    telegram.fails("sendMessage", Refused(400, told), times=2)
    with pytest.raises(Undeliverable):
        await messenger.deliver(outgoing(ada.id, "Hello"))


async def test_who_blocks_us_is_unreachable(messenger: TelegramMessenger, ada: Person) -> None:
    await ada.blocks_the_bot()
    with pytest.raises(Unreachable):
        await messenger.deliver(outgoing(ada.id))


async def test_an_address_that_is_none_is_undeliverable(messenger: TelegramMessenger) -> None:
    for address in ("", "ada", "1:2:3"):
        with pytest.raises(Undeliverable):
            await messenger.deliver(outgoing(address))
        await messenger.show_typing(address)


async def test_a_group_that_moved_is_followed(
    messenger: TelegramMessenger, telegram: Telegram, ada: Person, house: PaperHouse
) -> None:
    group = telegram.group("Friends", ada)
    await telegram.adds_the_bot(group, ada)
    new = await telegram.upgrades(group, ada)
    for _ in range(2):
        await messenger.deliver(outgoing(f"{group.id}:{ada.id}"))
    assert [one.text for one in telegram.messages(new) if one.author is telegram.bot] == ["Hello", "Hello"]
    assert len(telegram.calls_of("sendMessage")) == 3


async def test_typing_is_shown_and_never_fails(messenger: TelegramMessenger, telegram: Telegram, ada: Person) -> None:
    await messenger.show_typing(str(ada.id))
    assert ada.doings == ["typing"]
    await telegram.goes_down()
    await messenger.show_typing(str(ada.id))


async def test_files_of_visitors_are_fetched(messenger: TelegramMessenger, ada: Person) -> None:
    sent = await ada.sends_file("plan.pdf", b"%PDF-1.7 plan")
    file = SentFile(name="plan.pdf", content_type="application/pdf", size=13, fetch=sent.content["document"]["file_id"])
    assert await messenger.fetch(file, 100) == b"%PDF-1.7 plan"
    with pytest.raises(ValueError, match="bytes"):
        await messenger.fetch(file, 5)


async def test_it_introduces_itself_and_sets_its_menu_once(telegram: Telegram, house: PaperHouse, begin: Begin) -> None:
    messenger = await begin(house)
    await telegram.until(lambda: len(telegram.calls_of("setMyCommands")) == len(LANGUAGES))
    await messenger._introducing.done()
    assert messenger.link("aB3_-x") == "https://t.me/ava_acme_bot?start=aB3_-x"
    german = telegram.commands["all_private_chats", "de"]
    assert {"command": "human", "description": "Mit einem Menschen sprechen"} in german
    assert telegram.commands["all_private_chats", ""][0]["command"] == "start"
    again = await begin(house)
    await again._introducing.done()
    assert len(telegram.calls_of("setMyCommands")) == len(LANGUAGES)


async def test_links_work_while_telegram_is_away(telegram: Telegram, house: PaperHouse, begin: Begin) -> None:
    messenger = await begin(house)
    await messenger._introducing.done()
    await messenger.stop()
    await telegram.goes_down()
    again = await begin(house)
    assert again.link("abc") == "https://t.me/ava_acme_bot?start=abc"
    fresh = await begin(PaperHouse())
    assert fresh.link("abc") is None


async def test_the_registry_opens_it(telegram: Telegram, house: PaperHouse, ada: Person) -> None:
    kind = MESSENGERS["telegram"]()
    assert kind.capabilities is CAPABILITIES
    section = {"token": telegram.token, "api_url": telegram.base_url.removesuffix("/bot")}
    opening = Opening(section=section, path=None, house=house, clock=StoppedClock(), base_url=BASE_URL)
    async with kind.open(opening) as messenger:
        await messenger.deliver(outgoing(ada.id))
        assert list(messenger.routes()) == []
    assert [one.text for one in ada.sees] == ["Hello"]
    with pytest.raises(ConfigError):
        async with kind.open(Opening(section={}, path=None, house=house, clock=StoppedClock(), base_url=BASE_URL)):
            pass


async def test_flood_limits_are_kept(telegram: Telegram, house: PaperHouse, ada: Person, max_: Person) -> None:
    """With our own pace, and Telegram's limits: what it refuses is sent when it said, and nothing before."""
    telegram.rate_limits = True
    settings = read_settings({"token": telegram.token, "api_url": telegram.base_url.removesuffix("/bot")})
    async with TelegramClient(settings) as client:
        messenger = TelegramMessenger(client, house, BASE_URL)
        await messenger.deliver(outgoing(ada.id, "1"))
        with pytest.raises(TryLater) as raised:
            await messenger.deliver(outgoing(ada.id, "2"))
        assert raised.value.seconds == 1.0
        with pytest.raises(TryLater):
            await messenger.deliver(outgoing(max_.id, "3"))
    assert telegram.impatient == []
    assert [one.text for one in ada.sees] == ["1"]
