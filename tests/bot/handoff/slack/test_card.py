"""What colleagues see of a lead: everything they need, plain where it is missing, never more than Slack takes."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk.contract import DeskView
from bot.handoff.slack.card import Shown, card, digest_of, erased_card
from bot.handoff.slack.modals.base import Place
from bot.handoff.slack.modals.details import details_modal, trace_modal
from bot.handoff.slack.offers import erased_offer, offer, passed_on
from bot.ports import LeadFacts
from dialogs.desk.people import Rep
from dialogs.desk.plan import Plan
from dialogs.desk.standing import Desk, Phase
from tests.bot.handoff.slack.seen import buttons, reads, sound, sound_view
from tests.bot.handoff.slack.views import ANNA, AT, BEN, STANDINGS, desk, facts, file, nobody, receipt, view

LONGEST = 12_000
"""Characters that Slack takes for the blocks of one message, markup included, as people have measured."""


def size(told: Shown) -> int:
    return len(json.dumps(told[1], ensure_ascii=False, separators=(",", ":")))


def shown(view: DeskView) -> str:
    return reads(card(view))


def test_the_card_tells_who_it_is_why_it_is_hot_and_how_to_reach_them() -> None:
    text = shown(view(STANDINGS["open"]))
    for fact in (
        "Hot lead: Ada Lovelace, Analytical Engines",
        "Why: Ready to buy",
        "Company: Analytical Engines",
        "E-mail: ada@example.com",
        "Phone: +4917112345678",
        "Agreed to: call me",
        "Said no to: keep in touch",
        "Team size: 80",
        "Stage: MQL",
        "Score: 57 (fit 45, engagement 12)",
        "+30 Team of 50 or more (Team size = 80)",
        "Source: google / cpc, https://www.google.com/",
        "Page: https://www.example.com/pricing",
        "Variant: opening: short",
        "Downloaded: guide",
        "Tags: vip",
        "visitor: this month",
        "The visitor sees: the bot",
        "The visitor is here",
        "handraiser leads show lead-7",
    ):
        assert fact in text


@pytest.mark.parametrize("name", STANDINGS)
@pytest.mark.parametrize("lead", [facts(), nobody()], ids=["full", "bare"])
def test_slack_takes_the_card_at_every_point_of_its_way(name: str, lead: LeadFacts) -> None:
    told = card(replace(view(STANDINGS[name]), lead=lead))
    assert sound(told) == []
    assert "None" not in reads(told)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("offered", "Offered to Anna Berg until 10:30:30 AM, then Ben Okafor is asked."),
        ("offered to the last", "Offered to Ben Okafor, then everybody may take it."),
        ("open", "Open: whoever claims it first has it. Help is called at 10:35:00 AM."),
        ("open, closed house", "Outside business hours: clocks start Jan 5, 2027 8:30 PM."),
        ("escalated", "Nobody took it in time."),
        ("fell back", "The visitor was told that nobody is free."),
        ("claimed", "Anna Berg has it since 10:30:00 AM. Goes back to the others at 10:40:00 AM"),
        ("accepted", "Anna Berg has it since 10:30:00 AM. Accepted."),
        ("talking", "Anna Berg is talking with the visitor; the bot is silent."),
        ("waited for", "The visitor waits for an answer until 10:40:00 AM."),
        ("snoozed", "Anna Berg has it and is reminded Jan 6, 2027 10:30 AM."),
        ("won", "Won by Anna Berg, worth 12000 EUR."),
        ("lost", "Lost by Anna Berg: Price: too expensive"),
        ("not a fit", "Not a fit by Anna Berg: Too small"),
        ("no answer", "No answer by Anna Berg."),
        ("closed without a word", "Closed."),
    ],
)
def test_the_card_says_how_it_stands(name: str, line: str) -> None:
    assert line in shown(view(STANDINGS[name]))


@pytest.mark.parametrize(
    ("name", "wanted", "unwanted"),
    [
        ("offered", {"Claim", "Reply…", "Join", "Not a fit…"}, {"Give back to the bot", "Won…", "Put back"}),
        ("open", {"Claim", "Pass on…"}, {"Snooze…", "Accepted"}),
        ("claimed", {"Reply…", "Join", "Accepted", "Qualified", "Won…", "Snooze…", "Put back"}, {"Claim"}),
        ("accepted", {"Qualified"}, {"Accepted"}),
        ("talking", {"Give back to the bot", "Reply…", "Send booking link…", "Canned reply…"}, {"Join", "Claim"}),
        ("snoozed", {"Reply…", "Snooze…"}, {"Claim"}),
        ("won", {"Note…", "Details…", "Why here?"}, {"Claim", "Reply…", "Won…", "Set a field…"}),
    ],
)
def test_there_are_the_buttons_that_make_sense(name: str, wanted: set[str], unwanted: set[str]) -> None:
    found = set(buttons(card(view(STANDINGS[name]))))
    assert wanted <= found
    assert not unwanted & found
    assert {"Note…", "Details…", "Why here?"} <= found


def test_who_is_qualified_already_is_not_accepted_again() -> None:
    found = buttons(card(view(STANDINGS["claimed"], facts(stage="sales_qualified"))))
    assert not {"Accepted", "Qualified"} & set(found)


def test_there_is_no_booking_button_without_a_booking_page() -> None:
    assert "Send booking link…" not in buttons(card(view(replace(STANDINGS["claimed"], plan=Plan()))))


def test_a_lead_of_whom_nothing_is_known_is_told_plainly() -> None:
    text = shown(view(desk(reasons=("asked",)), nobody()))
    assert "Somebody asks for a person: no name yet" in text
    assert "Contact: none left; answer in the chat" in text
    assert "Name: not known yet" in text


def test_only_who_is_qualified_is_called_hot() -> None:
    assert "A lead for sales: Ada" in shown(view(lead=facts(stage="warm")))
    assert "Somebody needs help" in shown(view(desk(reasons=("Could not be understood",)), facts(stage="warm")))
    assert "A hot lead asks for a person" in shown(view(desk(reasons=("asked",))))


def test_what_the_visitor_sees_and_whether_they_are_there() -> None:
    assert "The visitor sees: Anna Berg  ·  The visitor is here" in shown(view(STANDINGS["talking"]))
    assert "The visitor has left" in shown(view(STANDINGS["left"], visitor_is_here=False))
    assert "has no window open" in shown(view(STANDINGS["open"], visitor_is_here=False))


def test_a_card_in_another_channel_says_for_which_it_was_meant() -> None:
    assert "Meant for #enterprise" in reads(card(view(), meant_for="#enterprise"))


def test_a_card_names_the_prefix_that_is_configured() -> None:
    assert "?? your words" in reads(card(view(), reply_prefix="??"))


@pytest.mark.parametrize("name", STANDINGS)
@pytest.mark.parametrize("text", ["long " * 3000, "😀" * 3000, "&<>" * 3000])
def test_a_lead_that_holds_a_flood_still_makes_a_card(name: str, text: str) -> None:
    flood = facts(
        name=text,
        company=text,
        contacts=[("email", text)] * 30,
        answers=[(f"{n} {text}", f"{n} {text}") for n in range(200)],
        receipts=[receipt(n, because=text, evidence=text) for n in range(100)],
        source={"last": {"utm_source": text, "landing_page": text}},
        variants={f"{n}": text for n in range(50)},
        tags=[text] * 100,
        magnets=[text] * 100,
        consents={f"{n} {text}": True for n in range(50)},
        last_lines=[("visitor", text)] * 8,
    )
    standing = replace(STANDINGS[name], reasons=(text,) * 40, verdict_reason=text)
    told = card(view(standing, flood))
    assert sound(told) == []
    assert len(told[1]) < 50
    assert size(told) < LONGEST
    assert "more: handraiser leads show lead-7" in reads(told), reads(told)
    assert "full talk: handraiser leads show lead-7" in reads(told)
    for window in (
        details_modal(view(standing, flood), Place(handoff=7)),
        trace_modal(view(standing), Place(handoff=7)),
    ):
        assert sound_view(window) == []
    for message in (offer(view(standing, flood), ANNA), passed_on(view(standing, flood), text, text)):
        assert sound(message) == []
        assert size(message) < LONGEST


def test_new_lines_of_the_talk_alone_do_not_change_the_card() -> None:
    now = view(STANDINGS["claimed"])
    later = replace(now, lead=facts(last_lines=[("visitor", "hello?")]), at=now.at + timedelta(hours=1))
    assert digest_of(card(now)) == digest_of(card(later))
    answered = replace(now, lead=facts(answers=[("Team size", "81")]))
    assert digest_of(card(now)) != digest_of(card(answered))


def test_what_was_erased_leaves_nothing() -> None:
    for told in (erased_card(), erased_offer()):
        assert sound(told) == []
        assert "erased" in reads(told)
        assert buttons(told) == []


def test_whoever_is_asked_sees_until_when_and_may_decline() -> None:
    told = offer(view(STANDINGS["offered"]), ANNA, card_link="https://acme.slack.com/archives/C1/p1")
    assert sound(told) == []
    assert "Offered to you. It is yours to take until 10:30:30 AM." in reads(told)
    assert buttons(told) == ["Claim", "Not now"]


@pytest.mark.parametrize(
    ("standing", "line", "left"),
    [
        (desk(phase=Phase.OFFERED, offered_to=BEN), "It went on to Ben Okafor.", ["Claim"]),
        (STANDINGS["open"], "It went on; everybody may take it now.", ["Claim"]),
        (desk(phase=Phase.CLAIMED, rep=BEN), "Ben Okafor has it.", []),
        (STANDINGS["claimed"], "It is yours.", []),
        (STANDINGS["closed without a word"], "It is closed.", []),
    ],
)
def test_an_offer_that_is_over_says_what_became_of_it(standing: Desk, line: str, left: list[str]) -> None:
    told = offer(replace(view(), desk=standing), ANNA)
    assert sound(told) == []
    assert line in reads(told)
    assert buttons(told) == left


def test_whoever_gets_a_lead_from_a_colleague_learns_what_they_should_know() -> None:
    told = passed_on(view(STANDINGS["claimed"]), "Ben Okafor", "She wants the annual plan.")
    assert sound(told) == []
    assert "From: Ben Okafor" in reads(told)
    assert "To know: She wants the annual plan." in reads(told)


def test_everybody_may_know_why_a_lead_came_here() -> None:
    window = trace_modal(view(STANDINGS["claimed"]), Place(handoff=7))
    assert sound_view(window) == []
    text = json.dumps(window, ensure_ascii=False)
    assert 'Route \\"enterprise\\": team_size >= 50 holds.' in text
    assert "Anna Berg: first, has 2 of 5 leads." in text


def test_a_colleague_whom_the_team_file_does_not_name_is_asked_by_name() -> None:
    other = Rep(key="slack:U012AB3CD", name="Cleo")
    assert "Offered to Cleo" in shown(view(desk(phase=Phase.OFFERED, offered_to=other, at=AT)))


def told_in(told: Shown) -> str:
    return told[0]


def test_a_notification_is_one_plain_line() -> None:
    assert told_in(card(view(STANDINGS["open"]))) == "Hot lead: Ada Lovelace, Analytical Engines (Ready to buy)"
    assert told_in(card(view(STANDINGS["won"]))).endswith("Won by Anna Berg, worth 12000 EUR.")


def test_files_stand_on_the_card_with_their_links_the_last_ones_first_in_sight() -> None:
    withheld = file("bad.zip", link="", withheld="the scanner objected")
    text = shown(view(STANDINGS["open"], facts(files=[file(f"{n}.pdf") for n in range(3)] + [withheld])))
    assert "0.pdf" not in text and "1 earlier" in text
    assert "File: 1.pdf (application/pdf, 48.2 KB)" in text
    assert text.replace("Downloaded", "").count("Download") == 2
    assert "withheld: the scanner objected" in text
