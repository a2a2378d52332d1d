"""Colleagues press buttons and send windows, in the real requests of Slack; the desk and the card follow."""

import asyncio
from typing import Any

from dialogs.desk.people import Availability
from tests.bot.handoff.slack.conftest import Floor
from tests.slack.core import View
from tests.slack.delivering import Delivery
from tests.slack.faults import refused
from tests.slack.workspace import Message, Person


async def press(floor: Floor, person: Person, action: str, where: Message | View | None = None) -> Delivery:
    """Press a button, and wait until it was dealt with."""
    delivery = await floor.slack.click(person, where or floor.card, action)
    assert delivery.accepted
    await dealt_with(floor)
    return delivery


async def dealt_with(floor: Floor) -> None:
    """Wait until everything that came in was dealt with."""
    async with asyncio.timeout(60):
        while floor.office.waiting:
            await asyncio.sleep(0.002)


async def window(floor: Floor, person: Person, action: str) -> View:
    """Open a window with a button."""
    await press(floor, person, action)
    return floor.slack.modals(person)[-1]


async def send(floor: Floor, person: Person, view: View, **values: Any) -> dict[str, str]:
    """Fill a window in and send it; what was wrong, by field."""
    delivery = await floor.slack.submit(
        person, view, {name.replace("__", ":"): value for name, value in values.items()}
    )
    await dealt_with(floor)
    errors: dict[str, str] = delivery.answer.get("errors", {}) if delivery.answer else {}
    return errors


async def test_one_click_claims_and_everybody_sees_it(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    await press(staffed, anna, "claim")
    assert staffed.office.desk.rep.key == "anna"
    assert "Anna Berg has it since" in staffed.reads
    assert "[Claim]" not in staffed.reads
    assert staffed.whispers(anna) == []


async def test_of_two_clicks_at_once_one_wins_and_the_other_is_told_who_has_it(
    staffed: Floor, anna: Person, ben: Person
) -> None:
    await staffed.hot()
    card = staffed.card
    await asyncio.gather(staffed.slack.click(anna, card, "claim"), staffed.slack.click(ben, card, "claim"))
    await dealt_with(staffed)
    owner = staffed.office.desk.rep.name
    loser = ben if owner == "Anna Berg" else anna
    winner = anna if loser is ben else ben
    assert staffed.whispers(loser) == [f"{owner} has it already."]
    assert staffed.whispers(winner) == []


async def test_a_click_on_an_old_screen_is_answered_and_changes_nothing(
    staffed: Floor, anna: Person, ben: Person
) -> None:
    await staffed.hot()
    await press(staffed, anna, "claim")
    await staffed.slack.click(ben, staffed.card, "claim", version=0)
    await dealt_with(staffed)
    assert staffed.whispers(ben) == ["Anna Berg has it already."]
    assert staffed.office.desk.rep.key == "anna"


async def test_a_click_on_a_card_that_shows_old_things_puts_it_right(staffed: Floor, anna: Person, ben: Person) -> None:
    await staffed.hot()
    await press(staffed, anna, "claim")
    await staffed.client.call(
        "chat.update",
        channel=staffed.sales.id,
        ts=staffed.card.ts,
        text="old",
        blocks=staffed.card.versions[0]["blocks"],
    )
    assert "[Claim]" in staffed.reads
    await press(staffed, ben, "claim")
    assert "Anna Berg has it since" in staffed.reads


async def test_a_click_after_the_lead_was_erased_is_answered_and_the_card_rewritten(
    staffed: Floor, anna: Person
) -> None:
    await staffed.hot()
    staffed.office.erased()
    for action in ("claim", "reply", "details"):
        await press(staffed, anna, action)
        assert staffed.whispers(anna)[-1] == "This lead was erased; nothing about them is left."
        assert "This lead was erased" in staffed.reads
        if action != "details":
            await staffed.client.call(
                "chat.update", channel=staffed.sales.id, ts=staffed.card.ts, text="old",
                blocks=staffed.card.versions[0]["blocks"],
            )  # fmt: skip


async def test_not_now_passes_the_offer_on(staffed: Floor, anna: Person, ben: Person) -> None:
    await staffed.hot()
    (offered,) = staffed.slack.direct_messages(anna)
    await press(staffed, anna, "not_now", offered)
    assert "Offered to Ben Krause" in staffed.reads
    assert "It went on to Ben Krause." in staffed.slack.shown(offered)
    (asked,) = staffed.slack.direct_messages(ben)
    await press(staffed, ben, "claim", asked)
    assert staffed.office.desk.rep.key == "ben"
    assert "It is yours." in staffed.slack.shown(asked)


async def test_join_give_back_put_back(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    await press(staffed, anna, "join")
    assert staffed.office.phase == "talking"
    await press(staffed, anna, "give_back")
    assert staffed.office.phase == "claimed"
    await press(staffed, anna, "release")
    assert staffed.office.desk.rep is None
    assert any("Put back by Anna Berg" in line for line in staffed.thread)


async def test_accepted_then_qualified_then_no_answer(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    await press(staffed, anna, "claim")
    await press(staffed, anna, "accepted")
    assert staffed.office.talk.here.stage == "sales_accepted"
    await press(staffed, anna, "qualified")
    assert staffed.office.talk.here.stage == "sales_qualified"
    await press(staffed, anna, "no_answer")
    assert staffed.office.phase == "closed"
    assert "No answer by Anna Berg." in staffed.reads


async def test_whom_the_team_file_names_need_not_be_looked_up(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    await press(staffed, anna, "claim")
    assert "users.info" not in {call.method for call in staffed.slack.calls}


async def test_somebody_whom_slack_does_not_name_now_goes_by_their_handle(staffed: Floor) -> None:
    cleo = staffed.slack.workspace.add_person("Cleo Ito")
    staffed.sales.members.add(cleo.id)
    staffed.slack.fails("users.info", refused("internal_error"))
    await staffed.hot()
    await press(staffed, cleo, "claim")
    assert staffed.office.desk.rep.name == "cleo"


async def test_a_visitor_sees_that_somebody_is_about_to_write(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    await window(staffed, anna, "reply")
    assert staffed.office.typing_by == [anna.id]


async def test_a_press_that_slack_answers_too_late_asks_to_press_again(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    staffed.slack.fails("views.open", refused("expired_trigger_id"), times=1)
    await press(staffed, anna, "reply")
    assert staffed.whispers(anna) == ["That took too long for Slack, and nothing was done. Press it again."]
    staffed.slack.violations.clear()


async def test_the_home_tab_says_whether_i_take_leads(staffed: Floor, anna: Person) -> None:
    await staffed.slack.open_home(anna)
    await dealt_with(staffed)
    home = staffed.slack.home(anna)
    assert home is not None and "You take leads" in staffed.slack.shown(home)
    await press(staffed, anna, "availability:away", home)
    assert staffed.office.availabilities == {anna.id: Availability.AWAY}
    home = staffed.slack.home(anna)
    assert home is not None and "You are away" in staffed.slack.shown(home)


async def test_the_command_looks_up_sets_and_helps(staffed: Floor, anna: Person) -> None:
    async def answer(text: str) -> str:
        before = len(staffed.slack.ephemerals(anna))
        await staffed.slack.command(anna, "/handraiser", text, staffed.sales)
        await dealt_with(staffed)
        return "\n".join(staffed.whispers(anna)[before:])

    assert "Ada Lovelace, Analytical Engines" in await answer("ada")
    assert 'No lead has "zoe" in it' in await answer("zoe")
    assert 'No lead has "<!channel>" in it' in await answer("<!channel>")
    assert "You are busy" in await answer("Busy")
    assert staffed.office.availabilities == {anna.id: Availability.BUSY}
    assert "begin with !" in await answer("help")
    assert "begin with !" in await answer("")
    assert "two letters" in await answer("a")
    assert staffed.slack.pings == []


async def test_a_desk_that_cannot_save_is_asked_again(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    view = await window(staffed, anna, "reply")
    staffed.office.full_for = 1
    errors = await send(staffed, anna, view, text="Hello")
    assert list(errors.values()) == ["That could not be saved just now. Please try again."]
    assert await send(staffed, anna, view, text="Hello") == {}
    assert staffed.office.heard == ["Hello"]
