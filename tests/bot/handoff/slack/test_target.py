"""What people see in Slack agrees with how a handoff stands, however often it is shown."""

from dataclasses import replace

import pytest

from bot.desk.contract import Undeliverable
from dialogs.desk.acts import Claim, GiveBack, Join, Judge, Note, PassOn, RepAct, Speak, Verdict
from dialogs.desk.people import Rep
from dialogs.desk.plan import Plan
from tests.bot.handoff.slack.conftest import Floor
from tests.bot.handoff.slack.office import HANDOFF, Office
from tests.dialogs.desk.people import ANNA, BEN, IN_TURN
from tests.slack.workspace import Person

_NUMBERS = iter(range(10**6))


async def does(floor: Floor, rep: Rep, act: RepAct) -> tuple[str, ...]:
    """Somebody does something elsewhere, and it is shown."""
    from bot.desk.contract import Person as Ours

    ids = {"anna": "U0ANNABERG0", "ben": "U0BENOKAFOR"}
    who = Ours(target="slack", id=ids.get(rep.key, rep.key), name=rep.name)
    return (await floor.office.act(who, HANDOFF, act, f"event-{next(_NUMBERS)}")).whispers


async def test_a_hot_lead_is_told_once_however_often_it_is_shown(floor: Floor) -> None:
    await floor.hot()
    posted = [call.method for call in floor.slack.calls]
    assert posted[0] == "chat.postMessage"
    await floor.office.show_once()
    assert [call.method for call in floor.slack.calls] == posted
    assert "Hot lead: Ada Lovelace" in floor.reads
    assert "Offered to Anna Berg" in floor.reads
    assert floor.office.posts.kept["card"].reference == f"{floor.sales.id}:{floor.card.ts}"


async def test_nothing_is_previewed_and_nobody_is_pinged_by_an_alert(floor: Floor) -> None:
    floor.office.facts = {"name": "<!channel> https://evil.example/"}
    await floor.hot()
    assert floor.slack.unfurled == []
    assert floor.slack.pings == []


async def test_whoever_is_asked_gets_a_message_and_it_follows_what_becomes_of_it(
    floor: Floor, anna: Person, ben: Person
) -> None:
    await floor.hot()
    (offered,) = floor.slack.direct_messages(anna)
    assert "Offered to you." in floor.slack.shown(offered)
    assert floor.slack.direct_messages(ben) == []
    floor.office.waits()
    await floor.office.settled()
    assert "It went on to Ben Krause." in floor.slack.shown(offered)
    (asked,) = floor.slack.direct_messages(ben)
    assert "Offered to you." in floor.slack.shown(asked)
    await does(floor, ANNA, Claim())
    assert "It is yours." in floor.slack.shown(offered)
    assert "Anna Berg has it." in floor.slack.shown(asked)
    assert "Anna Berg has it since" in floor.reads


async def test_the_talk_before_the_alert_stands_in_the_thread_as_one_post(floor: Floor) -> None:
    await floor.hot()
    (talk,) = floor.thread
    assert talk.splitlines() == [
        "Mia: Name?",
        "Visitor Ada Lovelace: Ada Lovelace",
        "Mia: Team size?",
        "Visitor Ada Lovelace: 80",
        "Mia: Present CRM?",
    ]
    assert floor.office.posts.relayed_to == len(floor.office.messages)


async def test_what_is_said_comes_into_the_thread_in_order(floor: Floor, anna: Person) -> None:
    await floor.hot()
    await does(floor, ANNA, Claim())
    await does(floor, ANNA, Speak(text="Hello Ada!", reference="view:V1"))
    floor.office.says("Is it expensive?")
    await floor.office.settled()
    await does(floor, ANNA, Speak(text="In the thread already", reference=f"{floor.sales.id}:1.2", in_thread=True))
    floor.office.says("I see")
    floor.office.leaves()
    await floor.office.settled()
    floor.office.returns()
    await does(floor, ANNA, GiveBack())
    lines = floor.thread[1:]
    wanted = [
        "Anna Berg will be with you in a moment.",
        "Mia: Anna Berg has joined the chat.",
        "Anna Berg → visitor: Hello Ada!",
        "Visitor Ada Lovelace: Is it expensive?",
        "Visitor Ada Lovelace: I see",
        "The visitor has left.",
        "The visitor is back.",
        "Anna Berg gave the conversation back to the bot.",
    ]
    places = [next(n for n, line in enumerate(lines) if one in line) for one in wanted]
    assert places == sorted(places), lines
    assert not any("In the thread already" in line for line in lines)
    assert floor.office.posts.relayed_to == len(floor.office.messages)


async def test_files_and_links_come_as_addresses_to_be_seen(floor: Floor) -> None:
    await floor.hot()
    floor.office._note(
        {
            "from": "visitor", "text": "My plan", "at": floor.office.talk.clock().isoformat(),
            "files": [{"name": "https://bank.example", "url": "https://chat.example.com/files/abc"}],
            "links": [{"label": "x", "url": "javascript:alert(1)"}],
        }
    )  # fmt: skip
    await floor.office.show_once()
    assert floor.thread[-1].splitlines() == [
        "Visitor Ada Lovelace: My plan",
        "https://bank.example: https://chat.example.com/files/abc",
    ]
    for about in ({"url": "https://chat.example.com/files/def/x"}, {"withheld": "the scanner objected"}):
        file = {"id": "f", "name": "brief.pdf", "type": "application/pdf", "size": 9, **about}
        message = {"from": "visitor", "text": "\U0001f4ce brief.pdf", "file": file}
        floor.office._note({**message, "at": floor.office.talk.clock().isoformat()})
        await floor.office.show_once()
    assert [post.splitlines() for post in floor.thread[-2:]] == [
        ["Visitor Ada Lovelace: \U0001f4ce brief.pdf", "brief.pdf: https://chat.example.com/files/def/x"],
        ["Visitor Ada Lovelace: \U0001f4ce brief.pdf", "brief.pdf: the scanner objected, so nobody can fetch it."],
    ]
    assert not any(link.differs for link in floor.slack.links if "chat.example" in link.url)


async def test_an_unclaimed_lead_calls_those_who_were_asked(floor: Floor, anna: Person, ben: Person) -> None:
    await floor.hot()
    while not floor.office.desk.escalated:
        floor.office.waits()
    await floor.office.settled()
    assert any("Nobody has taken this lead for" in line for line in floor.thread)
    assert {ping.token for ping in floor.slack.pings} == {f"<@{anna.id}>", f"<@{ben.id}>"}
    assert "Nobody took it in time." in floor.reads


async def test_an_unclaimed_lead_calls_everybody_who_is_there_when_nobody_was_asked(
    floor: Floor,
) -> None:
    floor.office.plan = Plan()
    await floor.hot()
    floor.office.waits()
    await floor.office.settled()
    assert {ping.token for ping in floor.slack.pings} == {"<!here>"}
    called = next(one for one in floor.slack.thread(floor.sales, floor.card.ts) if "here" in one.text)
    assert called.broadcast


async def test_help_is_called_in_the_channel_that_the_team_file_names(floor: Floor, anna: Person) -> None:
    managers = floor.slack.workspace.add_channel("sales-managers", anna)
    floor.office.plan = Plan(escalate_to="#sales-managers")
    await floor.hot()
    floor.office.waits()
    await floor.office.settled()
    (call,) = floor.slack.messages(managers)
    assert "A lead waits" in floor.slack.shown(call)
    assert "Ada Lovelace" in floor.slack.shown(call)
    assert floor.card.ts.replace(".", "") in call.text or any("archives" in link.url for link in floor.slack.links)


async def test_whoever_loses_a_lead_by_silence_is_told(floor: Floor, anna: Person) -> None:
    await floor.hot()
    await does(floor, ANNA, Claim())
    floor.office.waits()
    await floor.office.settled()
    assert any("It was taken back" in line and "@anna" in line for line in floor.thread)


async def test_whoever_is_given_a_lead_is_told_with_what_they_should_know(floor: Floor, ben: Person) -> None:
    await floor.hot()
    await does(floor, ANNA, Claim())
    await does(floor, ANNA, PassOn(to=BEN, context="She wants *everything* <!channel>"))
    (told,) = floor.slack.direct_messages(ben)
    assert "Passed on to you." in floor.slack.shown(told)
    assert "To know: She wants *everything* <!channel>" in floor.slack.shown(told)
    line = next(line for line in floor.thread if "passed this lead on to you" in line)
    assert "@ben" in line
    assert {ping.token for ping in floor.slack.pings} == {f"<@{ben.id}>"}


async def test_notes_and_verdicts_stand_in_the_thread(floor: Floor) -> None:
    await floor.hot()
    await does(floor, BEN, Note(text="Called twice <@U0ANNABERG0>"))
    await does(floor, ANNA, Claim())
    await does(floor, ANNA, Judge(verdict=Verdict.WON, amount="12000", currency="EUR"))
    assert any("Note by Ben Krause:\nCalled twice <@U0ANNABERG0>" in line for line in floor.thread)
    assert any("Anna Berg:\nWon, 12000 EUR" in line for line in floor.thread)
    assert "Won by Anna Berg, worth 12000 EUR." in floor.reads
    assert floor.slack.pings == []


async def test_a_lead_goes_into_the_channel_of_its_plan(floor: Floor, anna: Person) -> None:
    enterprise = floor.slack.workspace.add_channel("enterprise", anna)
    floor.office.plan = replace(IN_TURN, channel="#enterprise")
    await floor.hot()
    assert floor.slack.messages(floor.sales) == []
    assert "Hot lead" in floor.slack.shown(floor.slack.messages(enterprise)[0])


@pytest.mark.parametrize("channel", ["#no-such-channel", "#archived", "#foreign"])
async def test_a_channel_that_is_gone_keeps_no_lead_from_people(floor: Floor, anna: Person, channel: str) -> None:
    floor.slack.archives(floor.slack.workspace.add_channel("archived", anna))
    floor.slack.workspace.add_channel("foreign", anna, with_app=False)
    floor.office.plan = replace(IN_TURN, channel=channel)
    await floor.hot()
    assert f"Meant for {channel}, which could not be reached." in floor.reads
    await does(floor, ANNA, Claim())
    assert f"Meant for {channel}, which could not be reached." in floor.reads
    assert floor.office.dead == []


async def test_a_channel_that_is_archived_later_hands_its_leads_over(floor: Floor, anna: Person) -> None:
    enterprise = floor.slack.workspace.add_channel("enterprise", anna)
    floor.office.plan = replace(IN_TURN, channel="#enterprise")
    await floor.hot()
    floor.slack.archives(enterprise)
    await does(floor, ANNA, Claim())
    assert "Anna Berg has it since" in floor.reads
    assert any("Anna Berg will be with you" in line for line in floor.thread)


async def test_a_card_that_somebody_deleted_comes_again_with_its_thread(floor: Floor) -> None:
    await floor.hot()
    await floor.slack.delete(floor.card)
    await does(floor, ANNA, Claim())
    cards = [one for one in floor.slack.messages(floor.sales) if one.by_the_app]
    assert len(cards) == 1
    assert "Anna Berg has it since" in floor.slack.shown(cards[0])


async def test_without_any_channel_it_is_said_what_to_set(floor: Floor, office: Office) -> None:
    floor.slack.archives(floor.sales)
    office.becomes_hot()
    await office.settled()
    (dead,) = office.dead
    assert isinstance(dead, Undeliverable)
    assert "archived" in str(dead)


async def test_a_colleague_whom_slack_does_not_know_keeps_nothing_from_the_others(floor: Floor) -> None:
    floor.office.plan = replace(IN_TURN, reps=(Rep(key="nora", name="Nora"), Rep(key="slack:U0NOBODY", name="No One")))
    await floor.hot()
    assert "Offered to Nora" in floor.reads
    floor.office.waits()
    await floor.office.settled()
    assert "Offered to No One" in floor.reads
    assert floor.office.dead == []


async def test_what_was_erased_is_taken_down(floor: Floor, anna: Person) -> None:
    await floor.hot()
    floor.office.says("My canary is 4711")
    await floor.office.settled()
    await floor.target.forget(floor.office.erased())
    left = "\n".join(
        floor.slack.shown(one) + one.text
        for channel in floor.slack.workspace.channels.values()
        for one in channel.lasting
    )
    assert "This lead was erased" in floor.reads
    assert "Ada" not in left and "4711" not in left and "canary" not in left
    assert floor.slack.direct_messages(anna) == []
    await floor.target.forget([("card", "nonsense"), ("offer:x", "-"), ("card", f"{floor.sales.id}:1.000001")])


async def test_a_talk_before_anybody_joined_goes_on_with_the_bot(floor: Floor) -> None:
    await floor.hot()
    await does(floor, ANNA, Join())
    assert "Anna Berg is talking with the visitor" in floor.reads
    assert "The visitor sees: Anna Berg" in floor.reads
