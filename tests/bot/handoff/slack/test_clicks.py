"""Colleagues press buttons and send windows, in the real requests of Slack; the desk and the card follow."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dialogs.desk.people import Availability
from tests.bot.handoff.slack.conftest import Floor
from tests.slack.core import View
from tests.slack.delivering import Delivery
from tests.slack.faults import Refused
from tests.slack.workspace import Message, Person


async def press(floor: Floor, person: Person, action: str, where: Message | View | None = None) -> Delivery:
    """Press a button, and wait until it was dealt with."""
    delivery = await floor.slack.click(person, where or floor.card, action)
    assert delivery.accepted
    await dealt_with(floor)
    return delivery


async def dealt_with(floor: Floor) -> None:
    """Wait until everything that came in was dealt with."""
    async with asyncio.timeout(10):
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


async def test_a_reply_comes_into_the_chat_with_the_colleagues_name(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    view = await window(staffed, anna, "reply")
    assert "Visitor" in staffed.slack.shown(view) or "visitor" in staffed.slack.shown(view)
    assert await send(staffed, anna, view, text="Hello & welcome <Ada>") == {}
    assert staffed.office.heard == ["Hello & welcome <Ada>"]
    assert "Anna Berg → visitor: Hello & welcome <Ada>" in staffed.thread
    assert staffed.slack.modals(anna) == []


async def test_an_empty_reply_is_told_at_the_field(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    view = await window(staffed, anna, "reply")
    assert "Write something" in (await send(staffed, anna, view, text="   "))["text"]
    assert staffed.office.heard == []


async def test_words_to_somebody_elses_visitor_are_kept_in_the_window(
    staffed: Floor, anna: Person, ben: Person
) -> None:
    await staffed.hot()
    view = await window(staffed, ben, "reply")
    await press(staffed, anna, "claim")
    assert await send(staffed, ben, view, text="Hello") == {"text": "Anna Berg has it already."}
    assert staffed.slack.modals(ben) != []
    assert staffed.office.heard == []


async def test_a_window_that_is_sent_after_the_lead_was_erased_says_so(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    view = await window(staffed, anna, "reply")
    staffed.office.erased()
    await send(staffed, anna, view, text="Hello")
    assert "This lead was erased" in staffed.slack.shown(view)
    assert "This lead was erased" in staffed.reads


async def test_ready_words_are_chosen_changed_and_sent(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    await press(staffed, anna, "claim")
    view = await window(staffed, anna, "canned")
    assert "Choose the words first" in (await send(staffed, anna, view))["canned"]
    await staffed.slack.click(anna, view, "choose", "0")
    await dealt_with(staffed)
    assert "Our prices: https://example.com/prices" in staffed.slack.shown(view)
    await staffed.slack.click(anna, view, "choose", "1")
    await dealt_with(staffed)
    assert await send(staffed, anna, view, text__1="Hello! How can we help?") == {}
    assert staffed.office.heard == ["Hello! How can we help?"]


async def test_without_ready_words_it_is_said_where_they_would_stand(staffed: Floor, anna: Person) -> None:
    staffed.office.canned = ()
    await staffed.hot()
    await press(staffed, anna, "claim")
    assert "team file" in staffed.slack.shown(await window(staffed, anna, "canned"))


async def test_a_booking_link_is_written_in_the_visitors_language(staffed: Floor, anna: Person) -> None:
    from dataclasses import replace

    staffed.office.plan = replace(staffed.office.plan, booking_url="https://cal.example.com/anna")
    staffed.office.facts = {"language": "de-AT"}
    await staffed.hot()
    await press(staffed, anna, "claim")
    view = await window(staffed, anna, "booking")
    assert "Hier können Sie einen Termin mit uns wählen: https://cal.example.com/anna" in staffed.slack.shown(view)
    assert await send(staffed, anna, view) == {}
    assert staffed.office.heard == ["Hier können Sie einen Termin mit uns wählen: https://cal.example.com/anna"]


async def test_not_a_fit_wants_a_reason(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    view = await window(staffed, anna, "not_a_fit")
    assert set(await send(staffed, anna, view)) == {"reason"}
    assert await send(staffed, anna, view, reason="Too small", words="Two people") == {}
    assert staffed.office.talk.here.stage == "disqualified"
    assert "Not a fit by Anna Berg: Too small: Two people" in staffed.reads


async def test_won_with_its_worth(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    await press(staffed, anna, "claim")
    view = await window(staffed, anna, "won")
    assert set(await send(staffed, anna, view, amount="12000.50")) == {"currency"}
    assert set(await send(staffed, anna, view, amount="-3", currency="EUR")) == {"amount"}
    assert await send(staffed, anna, view, amount="12000.50", currency="CHF") == {}
    assert (staffed.office.desk.amount, staffed.office.desk.currency) == ("12000.50", "CHF")
    assert "Won by Anna Berg, worth 12000.50 CHF." in staffed.reads
    assert staffed.office.talk.here.stage == "customer"


async def test_won_without_saying_what_it_is_worth(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    await press(staffed, anna, "claim")
    assert await send(staffed, anna, await window(staffed, anna, "won")) == {}
    assert "Won by Anna Berg." in staffed.reads


async def test_lost_with_a_reason_of_ones_own(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    await press(staffed, anna, "claim")
    assert await send(staffed, anna, await window(staffed, anna, "lost"), words="They <!channel> merged") == {}
    assert "Lost by Anna Berg: They <!channel> merged" in staffed.reads
    assert staffed.slack.pings == []


async def test_a_lead_is_put_off_and_comes_back(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    await press(staffed, anna, "claim")
    view = await window(staffed, anna, "snooze")
    assert set(await send(staffed, anna, view)) == {"preset"}
    past = int((staffed.office.talk.clock() - timedelta(days=1)).timestamp())
    assert "passed" in (await send(staffed, anna, view, until=past))["until"]
    later = int((staffed.office.talk.clock() + timedelta(days=2)).timestamp())
    assert await send(staffed, anna, view, until=later) == {}
    assert staffed.office.desk.snoozed_until == datetime.fromtimestamp(later, UTC)
    assert "is reminded" in staffed.reads
    staffed.office.waits()
    await staffed.office.settled()
    assert any("You wanted to be reminded" in line and "@anna" in line for line in staffed.thread)


async def test_mornings_are_those_of_the_one_who_puts_off(staffed: Floor, ben: Person) -> None:
    await staffed.hot()
    await press(staffed, ben, "claim")
    view = await window(staffed, ben, "snooze")
    options = view.blocks[0]["element"]["options"]
    assert any("09:00" in one["text"]["text"] for one in options)
    monday = next(one for one in options if one["text"]["text"].startswith("Next Monday"))
    assert datetime.fromtimestamp(int(monday["value"]), UTC).hour == 14, "nine in New York"
    assert await send(staffed, ben, view, preset=monday["value"]) == {}
    assert staffed.office.phase == "snoozed"


async def test_a_lead_is_passed_on_to_a_colleague_of_the_team(staffed: Floor, anna: Person, ben: Person) -> None:
    await staffed.hot()
    await press(staffed, anna, "claim")
    view = await window(staffed, anna, "pass_on")
    assert "Ben Krause" in staffed.slack.shown(view)
    assert "Anna Berg |" not in staffed.slack.shown(view), "she has it"
    assert set(await send(staffed, anna, view)) == {"colleague"}
    assert await send(staffed, anna, view, colleague="ben", context="Wants the annual plan") == {}
    assert staffed.office.desk.rep.key == "ben"
    assert any("Wants the annual plan" in staffed.slack.shown(one) for one in staffed.slack.direct_messages(ben))


async def test_a_lead_is_passed_on_to_anybody_here_but_not_to_an_app(staffed: Floor, anna: Person) -> None:
    cleo = staffed.slack.workspace.add_person("Cleo Ito")
    await staffed.hot()
    await press(staffed, anna, "claim")
    view = await window(staffed, anna, "pass_on")
    assert set(await send(staffed, anna, view, anybody="U0HANDRAISE")) == {"anybody"}
    assert await send(staffed, anna, view, anybody=cleo.id) == {}
    assert (staffed.office.desk.rep.key, staffed.office.desk.rep.name) == (f"slack:{cleo.id}", "Cleo Ito")
    assert any("Passed on to you." in staffed.slack.shown(one) for one in staffed.slack.direct_messages(cleo))


async def test_a_note_stays_among_colleagues(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    view = await window(staffed, anna, "note")
    assert set(await send(staffed, anna, view, note="  ")) == {"note"}
    assert await send(staffed, anna, view, note="Knows our founder") == {}
    assert any("Note by Anna Berg:\nKnows our founder" in line for line in staffed.thread)
    assert staffed.office.heard == []


@pytest.mark.parametrize(
    ("field", "element", "value", "answer"),
    [
        ("size", "number_input", "120", 120),
        ("start", "static_select", "later", "later"),
        ("mail", "email_text_input", "ada@analytical.com", "ada@analytical.com"),
        ("crm", "plain_text_input", "None at all", "None at all"),
    ],
)
async def test_a_question_is_answered_for_the_visitor_in_a_field_that_fits(
    staffed: Floor, anna: Person, field: str, element: str, value: str, answer: object
) -> None:
    await staffed.hot()
    view = await window(staffed, anna, "fill")
    assert "field for its answer" in next(iter((await send(staffed, anna, view, field=field)).values()))
    await staffed.slack.click(anna, view, "field", field)
    await dealt_with(staffed)
    assert view.blocks[-2]["element"]["type"] == element
    assert await send(staffed, anna, view, **{f"answer__{field}": value}) == {}
    assert staffed.office.talk.answers[field] == answer
    assert staffed.slack.modals(anna) == []


async def test_an_answer_that_is_not_understood_is_told_at_its_field(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    view = await window(staffed, anna, "fill")
    await staffed.slack.click(anna, view, "field", "phone")
    await dealt_with(staffed)
    errors = await send(staffed, anna, view, answer__phone="no number at all")
    assert set(errors) == {"answer:phone"}
    assert errors["answer:phone"].startswith("Phone:")


async def test_details_and_the_way_it_came_here(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    details = await window(staffed, anna, "details")
    assert "Team of 50 or more" in staffed.slack.shown(details)
    assert staffed.office.desk.seen_at is not None
    trace = await window(staffed, anna, "trace")
    assert 'Rule "enterprise" matched.' in staffed.slack.shown(trace)


async def test_whom_the_team_file_names_need_not_be_looked_up(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    await press(staffed, anna, "claim")
    assert "users.info" not in {call.method for call in staffed.slack.calls}


async def test_somebody_whom_slack_does_not_name_now_goes_by_their_handle(staffed: Floor) -> None:
    cleo = staffed.slack.workspace.add_person("Cleo Ito")
    staffed.sales.members.add(cleo.id)
    staffed.slack.fails("users.info", Refused("internal_error"))
    await staffed.hot()
    await press(staffed, cleo, "claim")
    assert staffed.office.desk.rep.name == "cleo"


async def test_a_visitor_sees_that_somebody_is_about_to_write(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    await window(staffed, anna, "reply")
    assert staffed.office.typing_by == [anna.id]


async def test_a_press_that_slack_answers_too_late_asks_to_press_again(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    staffed.slack.fails("views.open", Refused("expired_trigger_id"), times=1)
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
