"""Colleagues open windows, fill them in and send them, in the real requests of Slack."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.bot.handoff.slack.conftest import Floor
from tests.bot.handoff.slack.test_clicks import dealt_with, press, send, window
from tests.slack.workspace import Person


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
