"""Whole small talks, directly and in threads, through the real door: what visitors do is heard once, in order, and what
is said to them stands where they are."""

from dataclasses import replace
from typing import Any

import pytest

from bot.channels.contract import Began, Edited, Said, SentFile, Wished
from bot.desk.contract import Undeliverable
from tests.bot.channels.slack.conftest import Together, buttons
from tests.house import bot_says, deliver, edits
from tests.slack.faults import refused
from tests.slack.workspace import Message, Person

CHOICES = [{"key": "now", "label": "This month"}, {"key": "later", "label": "Just looking"}]


async def press(together: Together, user: Person, message: Message, label: str) -> None:
    """Press the button, or choose the line, that reads ``label``."""
    (one,) = [one for one in buttons(message) if one["text"]["text"] == label]
    if "action_id" in one:
        await together.slack.click(user, message, one["action_id"])
    else:
        await together.slack.click(user, message, "visitor:menu", one["value"])


async def test_a_direct_talk(together: Together) -> None:
    slack, vera, house = together.slack, together.vera, together.house
    first = await slack.say(vera, together.direct, "Hello, *I* need a CRM for <me> & <you> :wave:")
    (incoming,) = await house.wait(1)
    assert incoming.heard == Said(text="Hello, *I* need a CRM for <me> & <you> 👋")
    assert (incoming.channel, incoming.sender.address, incoming.sender.person) == (
        "slack", "U0VERAGAST0", "slack:U0VERAGAST0",
    )  # fmt: skip
    assert (incoming.sender.name, incoming.sender.language) == ("Vera Gast", "de-AT")
    assert not incoming.sender.is_group
    assert incoming.reference == f"{together.direct.id}:{first.ts}"
    assert incoming.sent_at is not None and f"{incoming.sent_at.timestamp():.6f}" == first.ts

    (reference,) = await deliver(together.messenger, bot_says("When would you start?", choices=CHOICES), "U0VERAGAST0")
    assert together.shown == ["When would you start?\n[This month] [Just looking]"]
    assert reference == f"{together.direct.id}:{together.last.ts}"
    assert not together.last.is_reply

    await press(together, vera, together.last, "Just looking")
    await slack.say(vera, together.direct, "and a second thing")
    heard = await house.wait(3)
    assert heard[1].heard == Said(text="", button="b:1:1:1")
    assert heard[2].heard == Said(text="and a second thing")
    assert heard[2].order > heard[0].order > 0
    assert house.disk == {} and slack.pings == []


async def test_a_talk_in_a_thread_after_a_mention(together: Together, walter: Person) -> None:
    slack, vera, house, community = together.slack, together.vera, together.house, together.community
    await slack.say(vera, community, "Does anybody know a good CRM?")
    root = await slack.mention(vera, community, "do you know one?")
    (incoming,) = await house.wait(1)
    address = f"{community.id}:{root.ts}:{vera.id}"
    assert (incoming.heard, incoming.sender.address) == (Said(text="do you know one?"), address)
    assert not incoming.sender.is_group

    await deliver(together.messenger, bot_says("When?", choices=CHOICES), address)
    assert together.in_thread(root) == ["When?\n[This month] [Just looking]"]
    asked = slack.thread(community, root.ts)[-1]

    # Others talk in the thread, too: with each other.
    await slack.say(walter, community, "I would take another one", root.ts)
    await press(together, walter, asked, "This month")
    (told,) = await slack.until(lambda: slack.ephemerals(walter))
    assert slack.shown(told) == "These buttons are for somebody else. Mention me, and we talk, too."
    await press(together, vera, asked, "This month")
    await slack.say(vera, community, "Soon, I hope", root.ts)
    heard = await house.wait(3)
    assert [one.heard for one in heard[1:]] == [Said(text="", button="b:1:1:0"), Said(text="Soon, I hope")]
    assert {one.sender.address for one in heard} == {address}

    # A mention in the thread comes in twice, and is heard once; it begins a talk of its own for another person.
    await slack.mention(vera, community, "are you there?", root.ts)
    await slack.mention(walter, community, "me too", root.ts)
    heard = await house.wait(5)
    await slack.settled()
    assert [one.heard for one in heard[3:]] == [Said(text="are you there?"), Said(text="me too")]
    assert heard[4].sender.address == f"{community.id}:{root.ts}:{walter.id}"
    assert len(house.received) == 5
    # Of what was not for the bot nothing is kept.
    assert not any("anybody" in raw or "another one" in raw for raw in house.kept.values())


async def test_a_bare_mention_begins(together: Together) -> None:
    await together.slack.mention(together.vera, together.community, "")
    (incoming,) = await together.house.wait(1)
    assert incoming.heard == Began()


async def test_a_mention_where_visitors_are_not(together: Together) -> None:
    elsewhere = together.slack.workspace.add_channel("random", together.vera)
    await together.slack.mention(together.vera, elsewhere, "hello?")
    (incoming,) = await together.house.wait(1)
    assert incoming.sender.is_group and incoming.sender.address == f"{elsewhere.id}:{together.vera.id}"
    assert await deliver(together.messenger, bot_says("Write to me directly."), incoming.sender.address) == [""]
    assert [together.slack.shown(one) for one in together.slack.ephemerals(together.vera)] == ["Write to me directly."]
    assert [one for one in together.slack.messages(elsewhere) if one.by_the_app] == []


async def test_edits_follow_both_ways(together: Together) -> None:
    slack, vera, house, direct = together.slack, together.vera, together.house, together.direct
    written = await slack.say(vera, direct, "ada@exmaple.com https://example.com/")
    await slack.unfurl(written)
    await slack.edit(written, "ada@example.com")
    await house.wait(2)
    await slack.settled()
    assert house.heard == [
        Said(text="ada@exmaple.com https://example.com/"),
        Edited(reference=f"{direct.id}:{written.ts}", text="ada@example.com"),
    ]
    (reference,) = await deliver(together.messenger, bot_says("We are open till 5"), vera.id)
    assert await together.messenger.deliver(edits(reference, "We are open till 6", vera.id)) == reference
    assert together.shown == ["We are open till 6"]
    assert await together.messenger.deliver(edits(reference, "", vera.id, number=2)) == reference
    assert together.shown == []
    # Again, as after a crash; and what is gone is no error.
    assert await together.messenger.deliver(edits(reference, "", vera.id, number=2)) == reference
    assert await together.messenger.deliver(edits(reference, "Too late", vera.id, number=3)) == reference


async def test_an_edit_in_a_thread(together: Together) -> None:
    slack, community = together.slack, together.community
    root = await slack.mention(together.vera, community, "we are 15")
    loose = await slack.say(together.vera, community, "by the way")
    await slack.edit(root, "@handraiser we are 50")
    await slack.edit(loose, "never mind")
    heard = await together.house.wait(2)
    await slack.settled()
    assert [one.heard for one in heard] == [
        Said(text="we are 15"), Edited(reference=f"{community.id}:{root.ts}", text="we are 50"),
    ]  # fmt: skip
    assert heard[1].sender.address == heard[0].sender.address


async def test_files_both_ways(together: Together) -> None:
    slack, vera, house = together.slack, together.vera, together.house
    await slack.shares(vera, together.direct, "plan.pdf", "our plan", content=b"%PDF-1.7 plan")
    (incoming,) = await house.wait(1)
    file = incoming.heard
    assert isinstance(file, SentFile)
    assert (file.name, file.content_type, file.size, file.caption) == ("plan.pdf", "application/pdf", 13, "our plan")
    assert await together.messenger.fetch(file, 1000) == b"%PDF-1.7 plan"
    card = {"kind": "file", "title": "The guide", "url": "/d/abc"}
    await deliver(together.messenger, bot_says("Here it is.", card=card), vera.id)
    assert together.shown == ["Here it is.\n\nThe guide\n[Download]"]
    (button,) = buttons(together.last)
    assert button["url"] == "https://chat.example.com/d/abc"
    # Slack tells that it was pressed; that is nothing to be heard.
    assert (await slack.click(vera, together.last, button["action_id"])).accepted
    await slack.settled()
    assert len(house.kept) == 1


async def test_a_file_that_cannot_be_had(together: Together) -> None:
    slack, vera = together.slack, together.vera
    await slack.shares(vera, together.direct, "plan.pdf", content=b"x" * 2000)
    (incoming,) = await together.house.wait(1)
    file = incoming.heard
    assert isinstance(file, SentFile)
    with pytest.raises(ValueError, match="larger than 1,000 bytes"):
        await together.messenger.fetch(file, 1000)
    slack.bot.scopes -= {"files:read"}
    with pytest.raises(Undeliverable, match="lacks the scope files:read"):
        await together.messenger.fetch(file, 10_000)
    with pytest.raises(Undeliverable, match="no address of Slack's"):
        await together.messenger.fetch(replace(file, fetch="https://evil.example/x"), 10)


async def test_commands(together: Together) -> None:
    slack, vera, house = together.slack, together.vera, together.house
    for words in ("human", "Language Deutsch", "stop please", "", "start Ab_c-9", "I would like a demo"):
        await slack.command(vera, "/handraiser", words, together.community)
    await slack.say(vera, together.direct, " /mydata")
    await house.wait(7)
    assert house.heard == [
        Wished(command="human"),
        Wished(command="language", words="Deutsch"),
        Wished(command="stop", words="please"),
        Wished(command="help"),
        Began(code="Ab_c-9"),
        Said(text="I would like a demo"),
        Wished(command="mydata"),
    ]
    assert {one.sender.address for one in house.received} == {vera.id}
    told = [slack.shown(one) for one in slack.ephemerals(vera)]
    assert set(told) == {"Ich antworte Ihnen in einer Direktnachricht."}


async def test_a_command_that_cannot_be_saved_asks_to_be_given_again(together: Together) -> None:
    together.house.busy = 1
    await together.slack.command(together.vera, "/handraiser", "human", together.direct)
    told = [together.slack.shown(one) for one in together.slack.ephemerals(together.vera)]
    assert told == ["That could not be saved just now. Please try again."]
    assert together.house.received == [] and len(await together.house.wait_aside(1)) == 1


async def test_their_home_says_how_to_talk_and_nothing_of_leads(together: Together) -> None:
    await together.office.settled()
    together.office.becomes_hot()
    await together.slack.open_home(together.vera)
    await together.slack.until(lambda: together.slack.home(together.vera))
    home = together.slack.home(together.vera)
    assert home is not None
    shown = together.slack.shown(home)
    assert shown.startswith("Schreiben Sie mir unter „Nachrichten“") and "Ada" not in shown and "Lead" not in shown
    assert together.house.received == []


async def test_many_or_long_choices_are_a_menu_and_more_are_numbered(together: Together) -> None:
    slack, vera = together.slack, together.vera
    many: list[dict[str, Any]] = [{"key": f"k{n}", "label": f"Choice number {n} " + "x" * 40} for n in range(100)]
    await deliver(together.messenger, bot_says("Which?", choices=many), vera.id)
    lines = buttons(together.last)
    assert len(lines) == 100 and lines[99]["text"]["text"] == many[99]["label"]
    await slack.click(vera, together.last, "visitor:menu", lines[99]["value"])
    (incoming,) = await together.house.wait(1)
    assert incoming.heard == Said(text="", button="b:1:1:99")
    await deliver(together.messenger, bot_says("Which?", seq=2, choices=[*many, {"key": "z", "label": "Z"}]), vera.id)
    shown = "\n".join(together.shown)
    assert "101. Z" in shown and "A number is enough." in shown and buttons(together.last) == []


async def test_long_texts_are_split_and_nothing_gets_lost(together: Together) -> None:
    text = "\n\n".join(f"{number}: " + "words & <more> " * 60 for number in range(9))
    references = await deliver(together.messenger, bot_says(text), together.vera.id)
    assert len(references) == len(set(references)) > 2
    assert "".join("".join(together.shown).split()) == "".join(text.split())


async def test_what_slack_cannot_show_as_a_picture_is_sent_as_its_address(together: Together) -> None:
    picture = "https://chat.example.com/pictures/plan.png"
    await deliver(together.messenger, bot_says("The plan", picture=picture), together.vera.id)
    assert [block["type"] for block in together.last.payload()["blocks"]] == ["image", "rich_text"]
    together.slack.fails("chat.postMessage", refused("invalid_blocks"), times=1)
    await deliver(together.messenger, bot_says("The plan", seq=2, picture=picture), together.vera.id)
    assert together.shown[-1] == f"The plan\n\n{picture}"
    await deliver(together.messenger, bot_says(seq=3, picture="/pictures/odd name.png"), together.vera.id)
    assert together.shown[-1] == "https://chat.example.com/pictures/odd name.png"
