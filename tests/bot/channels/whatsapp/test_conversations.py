"""Whole small conversations: what people do is heard, what is said is seen, and the 24 hours are kept."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.channels.contract import (
    AttachedFile,
    Began,
    Edited,
    Left,
    OutsideWindow,
    Said,
    SentFile,
    SharedContact,
    SharedLocation,
    Unreachable,
    Wished,
)
from bot.channels.whatsapp import CAPABILITIES, WhatsAppMessenger
from bot.desk.contract import TryLater, Undeliverable
from tests.bot.channels.whatsapp.conftest import Begin, MindfulHouse
from tests.house import HouseDouble, bot_says, deliver
from tests.stand_ins.faults import Cut, Nonsense, Status
from tests.whatsapp.faults import refused
from tests.whatsapp.people import Person
from tests.whatsapp.server import WhatsApp

SIZES = [{"key": str(number), "label": f"{number * 10} people"} for number in range(1, 13)]
DAY = 24 * 3600


def choices(count: int) -> dict[str, Any]:
    return {"choices": SIZES[:count]}


async def test_a_conversation(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person
) -> None:
    await wanda.says("Hello")
    (hello,) = await house.wait()
    assert hello.heard == Said(text="Hello")
    assert (hello.sender.address, hello.sender.person) == ("491701234567", "whatsapp:491701234567")
    assert (hello.sender.name, hello.sender.phone) == ("Wanda Maximoff", "+491701234567")
    assert hello.event_id == hello.reference

    await messenger.show_typing(hello.sender.address)
    assert wanda.typing == 1
    assert wanda.log[0].seen_by_business

    (reference,) = await deliver(messenger, bot_says("How many are you?", seq=3, **choices(3)), hello.sender.address)
    (question,) = wanda.sees
    assert (question.id, question.kind) == (reference, "interactive")
    assert whatsapp.shown(question) == "How many are you?\n[10 people] [20 people] [30 people]"
    await wanda.presses(question, "20 people")
    assert (await house.wait(2))[1].heard == Said(text="20 people", button="b:1:3:1")


@pytest.mark.parametrize(
    ("count", "kind"), [(1, "button_reply"), (3, "button_reply"), (4, "list_reply"), (10, "list_reply")]
)
async def test_choices_are_buttons_or_a_list(
    messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person, count: int, kind: str
) -> None:
    await wanda.says("Hello")
    await house.wait()
    await deliver(messenger, bot_says("How many?", **choices(count)), wanda.wa_id)
    assert [one["kind"] for one in wanda.sees[0].buttons] == [kind] * count
    await wanda.presses(wanda.sees[0], SIZES[count - 1]["label"])
    assert (await house.wait(2))[1].heard == Said(text=SIZES[count - 1]["label"], button=f"b:1:1:{count - 1}")


async def test_more_choices_than_a_list_holds_are_numbered(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person
) -> None:
    await wanda.says("Hello")
    await house.wait()
    labels = [{"key": one, "label": one} for one in "abcdefghijk"]
    await deliver(messenger, bot_says("Which?", choices=labels), wanda.wa_id)
    assert "1. a\n2. b" in whatsapp.shown(wanda.sees[0])
    assert "11. k" in whatsapp.shown(wanda.sees[0])
    assert wanda.sees[0].buttons == []


async def test_a_long_question_keeps_its_buttons(
    messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person
) -> None:
    await wanda.says("Hello")
    await house.wait()
    await deliver(messenger, bot_says("word " * 1500, **choices(2)), wanda.wa_id)
    assert "".join(one.text for one in wanda.sees).count("word") == 1500
    assert [bool(one.buttons) for one in wanda.sees] == [False, True]


@pytest.mark.parametrize(
    "text", ["*bold* _lines_ ~x~ ```", "\u202e👩‍👩‍👧‍👦" * 500, "a" * 9000, "{{1}} %s \\n <b>&amp;"]
)
async def test_any_text_arrives(messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person, text: str) -> None:
    await wanda.says(text)
    assert (await house.wait())[0].heard == Said(text=text)
    await deliver(messenger, bot_says(text, **choices(2)), wanda.wa_id)
    assert "".join(one.text for one in wanda.sees) == text


async def test_a_file_of_ours_is_a_document(
    messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person, tmp_path: Path
) -> None:
    await wanda.says("Hello")
    await house.wait()
    (tmp_path / "g.pdf").write_bytes(b"%PDF-1.7 guide")
    file = AttachedFile(name="The guide.pdf", content_type="application/pdf", path=tmp_path / "g.pdf")
    card = {"kind": "file", "title": "The guide", "url": "/m/abc"}
    await deliver(messenger, bot_says("Here you are.", card=card), wanda.wa_id, file=file)
    (sent,) = wanda.sees
    assert sent.file is not None
    assert (sent.kind, sent.file.name, sent.file.data) == ("document", "The guide.pdf", b"%PDF-1.7 guide")
    assert sent.text.startswith("Here you are.")

    await deliver(messenger, bot_says("And now?", seq=2, card=card, **choices(5)), wanda.wa_id, file=file)
    assert [one.kind for one in wanda.sees[1:]] == ["document", "interactive"]
    gone = AttachedFile(name="x.pdf", content_type="application/pdf", path=tmp_path / "none.pdf")
    with pytest.raises(Undeliverable, match=r"x\.pdf cannot be read"):
        await deliver(messenger, bot_says("Here.", seq=3, card=card), wanda.wa_id, file=gone)


async def test_a_picture_stands_above_its_buttons_or_its_address_is_written(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person
) -> None:
    await wanda.says("Hello")
    await house.wait()
    await deliver(messenger, bot_says("Us.", picture="/pictures/team.png", **choices(2)), wanda.wa_id)
    assert wanda.sees[0].body["header"]["image"]["link"] == "https://chat.example.com/pictures/team.png"
    await deliver(messenger, bot_says("Us.", seq=2, picture="/pictures/team.webp", **choices(2)), wanda.wa_id)
    assert wanda.sees[1].text == "Us.\n\nhttps://chat.example.com/pictures/team.webp"


async def test_everything_that_people_send(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person
) -> None:
    first = await wanda.says("/start from_pricing")
    await house.wait(1)
    await wanda.says("/start")
    await house.wait(2)
    await wanda.says("/Language Deutsch")
    await house.wait(3)
    await wanda.shares_location(52.5, 13.4)
    await house.wait(4)
    await wanda.shares_contact()
    await house.wait(5)
    await wanda.shares_contact("Bob", "+4930123456")
    await house.wait(6)
    await wanda.sends_audio()
    await house.wait(7)
    inner = {"type": "text", "text": {"body": "changed"}}
    await wanda.sends("edit", {"original_message_id": first.id, "message": inner})
    await house.wait(8)
    await wanda.sends("request_welcome", {})
    await house.wait(9)
    assert house.heard[:6] == [
        Began(code="from_pricing"),
        Began(),
        Wished(command="language", words="Deutsch"),
        SharedLocation(latitude=52.5, longitude=13.4),
        SharedContact(phone="+491701234567", own=True),
        SharedContact(phone="+4930123456", own=False),
    ]
    assert isinstance(house.heard[6], SentFile)
    assert house.heard[6].content_type == "audio/ogg"
    assert house.heard[6].name in ("audio.ogg", "audio.oga")
    assert house.heard[7:] == [Edited(reference=first.id, text="changed"), Began()]


async def test_files_that_people_send_are_fetched_within_bounds(
    messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person
) -> None:
    await wanda.sends_file("../../Offer.pdf", b"%PDF-1.7 " + b"x" * 1000)
    sent = (await house.wait())[0].heard
    assert isinstance(sent, SentFile)
    assert (sent.name, sent.content_type) == ("Offer.pdf", "application/pdf")
    assert await messenger.fetch(sent, 1009) == b"%PDF-1.7 " + b"x" * 1000
    with pytest.raises(ValueError, match="1009 bytes"):
        await messenger.fetch(sent, 1008)
    await wanda.sends_photo(caption="Our office")
    photo = (await house.wait(2))[1].heard
    assert isinstance(photo, SentFile)
    assert (photo.name, photo.caption) == ("image.jpg", "Our office")


async def test_what_is_no_answer_is_put_aside(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person
) -> None:
    message = await wanda.says("Hello")
    await house.wait()
    await wanda.reacts(message, "👍")
    await wanda.sends("revoke", {"original_message_id": message.id})
    poll = await wanda.sends_what_is_not_supported()
    odd = await wanda.sends("hologram", {"id": "1"})
    aside = await house.wait_aside(4)
    assert sorted(aside.values())[:2] == ["", ""]
    assert "unsupported" in aside["whatsapp", poll.id]
    assert "hologram" in aside["whatsapp", odd.id]
    assert len(house.received) == 1


async def test_after_a_day_there_is_no_free_text(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person
) -> None:
    await wanda.says("Hello")
    await house.wait()
    whatsapp.pass_(DAY - 60)
    await deliver(messenger, bot_says("Still there?"), wanda.wa_id)
    whatsapp.pass_(60)
    with pytest.raises(OutsideWindow):
        await deliver(messenger, bot_says("And now?", seq=2), wanda.wa_id)
    assert [one.text for one in wanda.sees] == ["Still there?"]
    await wanda.says("Yes")
    await house.wait(2)
    await deliver(messenger, bot_says("And now?", seq=2), wanda.wa_id)
    assert wanda.sees[-1].text == "And now?"


async def test_after_a_day_they_are_invited_once_and_come_back(
    whatsapp: WhatsApp, begin: Begin, house: HouseDouble, wanda: Person
) -> None:
    whatsapp.template("come_back", "Hello {{1}}, shall we go on?", language="en_US", buttons=("Continue",))
    messenger = await begin(template="come_back", template_language="en_US")
    await wanda.says("Hello")
    await house.wait()
    whatsapp.pass_(DAY)
    for _ in range(2):
        with pytest.raises(OutsideWindow):
            await deliver(messenger, bot_says("Your offer is ready."), wanda.wa_id)
    assert [whatsapp.shown(one) for one in wanda.sees] == ["Hello Wanda, shall we go on?\n[Continue]"]
    await wanda.presses(wanda.sees[0], "Continue")
    assert (await house.wait(2))[1].heard == Began()
    await deliver(messenger, bot_says("Your offer is ready."), wanda.wa_id)
    assert wanda.sees[-1].text == "Your offer is ready."
    whatsapp.pass_(DAY)
    with pytest.raises(OutsideWindow):
        await deliver(messenger, bot_says("Still there?", seq=2), wanda.wa_id)
    assert wanda.sees[-1].kind == "template"


async def test_who_answers_an_invitation_at_once_is_not_invited_again(
    whatsapp: WhatsApp, begin: Begin, house: MindfulHouse, wanda: Person
) -> None:
    whatsapp.template("come_back", "Hello {{1}}!", language="en_US", buttons=("Continue",))
    messenger = await begin(template="come_back", template_language="en_US")
    await wanda.says("Hello")
    await house.wait()
    whatsapp.pass_(DAY)
    house.may_note.clear()
    inviting = asyncio.ensure_future(deliver(messenger, bot_says("Your offer is ready."), wanda.wa_id))
    await whatsapp.until(lambda: wanda.sees)
    await wanda.presses(wanda.sees[0], "Continue")
    await house.wait(2)
    house.may_note.set()
    with pytest.raises(OutsideWindow):
        await inviting
    await deliver(messenger, bot_says("Your offer is ready."), wanda.wa_id)
    assert [one.kind for one in wanda.sees] == ["template", "text"]


async def test_a_window_that_only_whatsapp_knows_to_be_closed(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person
) -> None:
    await wanda.says("Hello")
    await house.wait()
    whatsapp.fails("messages", refused(131047), times=1)
    with pytest.raises(OutsideWindow):
        await deliver(messenger, bot_says("Hi"), wanda.wa_id)
    wanda.last_wrote = None
    (reference,) = await deliver(messenger, bot_says("Hi"), wanda.wa_id)
    aside = await house.wait_aside()
    assert "more than 24 hours" in aside["whatsapp", f"failed:{reference}"]


async def test_of_whom_nothing_is_known_whatsapp_decides_and_nobody_is_invited(
    whatsapp: WhatsApp, begin: Begin, house: HouseDouble, wanda: Person
) -> None:
    whatsapp.template("come_back", "Hello {{1}}!", language="en_US", buttons=("Continue",))
    messenger = await begin(template="come_back", template_language="en_US")
    whatsapp.refuses_at_once = True
    with pytest.raises(OutsideWindow):
        await deliver(messenger, bot_says("Out of the blue"), wanda.wa_id)
    assert wanda.sees == []
    await wanda.says("Forget me")
    await house.wait()
    house.memory.clear()
    await deliver(messenger, bot_says("Everything about you is erased."), wanda.wa_id)
    assert [one.kind for one in wanda.sees] == ["text"]


async def test_a_template_that_does_not_fit_says_what_to_do(
    whatsapp: WhatsApp, begin: Begin, house: HouseDouble, wanda: Person
) -> None:
    whatsapp.template("bare", "Hello!", language="en_US")
    messenger = await begin(template="bare", template_language="en_US")
    await wanda.says("Hello")
    await house.wait()
    whatsapp.pass_(DAY)
    with pytest.raises(Undeliverable, match="needs one variable in its text and one quick reply button"):
        await deliver(messenger, bot_says("Hi"), wanda.wa_id)
    whatsapp.violations.clear()


async def test_who_blocks_us_has_left_until_they_write(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person
) -> None:
    await wanda.says("Hello")
    await house.wait()
    await wanda.blocks_the_business()
    await deliver(messenger, bot_says("Are you there?"), wanda.wa_id)
    left = (await house.wait(2))[1]
    assert (left.heard, left.sender.address) == (Left(), wanda.wa_id)
    whatsapp.refuses_at_once = True
    with pytest.raises(Unreachable):
        await deliver(messenger, bot_says("Are you there?"), wanda.wa_id)


async def test_who_changes_the_number_is_not_written_to_at_the_old_one(
    messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person
) -> None:
    await wanda.says("Hello")
    await house.wait()
    await wanda.changes_number("491709999999")
    left = (await house.wait(2))[1]
    assert (left.heard, left.sender.address) == (Left(), "491701234567")
    await wanda.says("It is me")
    assert (await house.wait(3))[2].sender.address == "491709999999"


async def test_who_hides_the_number_is_known_and_reached_by_an_id(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble
) -> None:
    ines = whatsapp.person("Ines", user_id="DE.13491208655302741918")
    await ines.says("Hello")
    first = (await house.wait())[0].sender
    assert (first.address, first.phone) == ("DE.13491208655302741918", f"+{ines.wa_id}")
    ines.hides_number = True
    await ines.says("And now?")
    assert (await house.wait(2))[1].sender.address == first.address
    await deliver(messenger, bot_says("Here"), first.address)

    karl = whatsapp.person("Karl", user_id="DE.42", hides_number=True)
    await karl.says("Hello")
    assert (await house.wait(3))[2].sender == first.__class__(address="DE.42", person="whatsapp:DE.42", name="Karl")
    await deliver(messenger, bot_says("Hi Karl"), "DE.42")
    assert ([one.text for one in ines.sees], [one.text for one in karl.sees]) == (["Here"], ["Hi Karl"])
    await karl.blocks_the_business()
    await deliver(messenger, bot_says("Bye"), "DE.42")
    assert (await house.wait(4))[3].sender.address == "DE.42"


@pytest.mark.parametrize(
    "fault", [Status(502), refused(131056), refused(130429), refused(131016), Nonsense(), Cut(applied=False)], ids=repr
)
async def test_trouble_passes(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person, fault: Any
) -> None:
    await wanda.says("Hello")
    await house.wait()
    whatsapp.fails("messages", fault, times=1)
    with pytest.raises(TryLater):
        await deliver(messenger, bot_says("Hi"), wanda.wa_id)
    await deliver(messenger, bot_says("Hi"), wanda.wa_id)
    assert [one.text for one in wanda.sees] == ["Hi"]


async def test_a_token_that_is_over_is_for_people_to_replace(
    whatsapp: WhatsApp, messenger: WhatsAppMessenger, house: HouseDouble, wanda: Person
) -> None:
    await wanda.says("Hello")
    await house.wait()
    whatsapp.revokes_the_token()
    with pytest.raises(Undeliverable, match=r"make a new token, .* set it as \[whatsapp\] token"):
        await deliver(messenger, bot_says("Hi"), wanda.wa_id)
    await messenger.show_typing(wanda.wa_id)
    assert whatsapp.token not in str(house.aside)


async def test_links_bring_a_code(whatsapp: WhatsApp, begin: Begin, house: MindfulHouse) -> None:
    whatsapp.fails("number", Status(500), times=2)
    messenger = await begin()
    assert messenger.link("abc") is None
    await house.wait_remembered()
    assert messenger.link("a_b-1") == "https://wa.me/15550783881?text=/start%20a_b-1"
    await messenger.stop()
    whatsapp.fails("number", Status(500))
    assert (await begin()).link("a") is not None


def test_the_table_says_what_whatsapp_allows() -> None:
    assert (CAPABILITIES.buttons, CAPABILITIES.window_hours) == (10, 24)
    assert [CAPABILITIES.label_most(count) for count in (1, 3, 4, 10)] == [20, 20, 24, 24]
