"""What the page around the chat tells: taken where the visitor said nothing, never instead of them."""

from typing import Any

import pytest

from dialogs.effects import Whisper
from dialogs.events import PageTold, Profile
from dialogs.told import Identity, Told
from tests.talk import Talk

SCRIPT = """
dialog: page
title: Page
page:
  plan: {type: choice, options: {free: Free, pro: Pro}}
  cart_value: number
doors: [pricing]
fields:
  first_name: {type: name, label: First name}
  email: {type: email, label: E-mail}
  team_size: {type: number, label: Team size, min: 1, max: 1000}
  agreed: {type: consent, label: Agreed}
steps:
  - ask: first_name
    text: What may I call you?
  - ask: email
    text: Where shall it go, {{ first_name }}?
  - ask: team_size
    text: How many?
  - ask: agreed
  - end: Thank you!
  - step: pricing
    say: "{% if plan == 'pro' %}You have {{ plan }}, {{ cart_value | number }} in the cart.{% else %}Prices.{% endif %}"
  - ask: team_size
    text: For how many?
  - end: Goodbye.
scoring:
  fit: {rules: [{when: plan == "pro", points: 20, because: Has the pro plan}]}
stages: {warm: fit >= 20}
handoff: [{when: cart_value >= 500 and known(email), to: sales, because: A full cart}]
"""


def begun(**told: Any) -> Talk:
    return Talk.of(SCRIPT, told=Told(**told))


def tells(talk: Talk, profile: Profile | None = None, **told: Any) -> str:
    talk.clock.pass_(seconds=1)
    talk.take(PageTold(at=talk.clock(), told=Told(**told), profile=profile or Profile()))
    return talk.heard


def refused(talk: Talk) -> list[tuple[str, str]]:
    return [(one.about, one.code) for one in talk.turns[-1].effects if isinstance(one, Whisper)]


def happened(talk: Talk) -> list[tuple[str, Any]]:
    return [(one["event"], one["detail"]) for turn in talk.turns for one in turn.happened]


def test_what_the_page_knows_is_not_asked() -> None:
    talk = begun(fields={"first_name": "Ada", "email": " Ada@Example.com "})
    assert talk.heard == "How many?"
    assert talk.answers == {"first_name": "Ada", "email": "Ada@example.com"}
    assert ("prefilled", "email") in talk.facts
    change = talk.turns[-1].lead
    assert change is not None and change.identities == (("email", "Ada@example.com"),)
    assert talk.turns[-1].proven == ()
    assert happened(talk) == [("lead", {"known": ["email"]})]


def test_it_answers_the_open_question_later_in_the_talk() -> None:
    talk = begun()
    assert tells(talk, fields={"first_name": "Ada"}) == "Where shall it go, Ada?"
    assert tells(talk, fields={"team_size": "about 50"}) == ""
    assert talk.says("ada@example.com") != "How many?"


def test_it_never_replaces_what_the_visitor_said() -> None:
    talk = begun(fields={"first_name": "Eve"})
    talk.says("sorry, my name is Ada")
    assert talk.answers["first_name"] == "Ada"
    tells(talk, fields={"first_name": "Eve"})
    assert talk.answers["first_name"] == "Ada"


def test_it_may_correct_itself() -> None:
    talk = begun(fields={"first_name": "Eve"})
    tells(talk, fields={"first_name": "Ada"})
    assert talk.answers["first_name"] == "Ada"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"email": "nonsense"}, "not_an_email"),
        ({"email": "ada@gmial.com"}, "doubtful"),
        ({"team_size": 0}, "too_small"),
        ({"team_sise": 5}, "undeclared"),
        ({"agreed": True}, "visitors_own"),
        ({"first_name": ""}, "empty"),
        ({"first_name": "x" * 5000}, "too_long"),
        ({"first_name": {"from": 1}}, "not_a_name"),
    ],
)
def test_what_cannot_be_an_answer_is_left_for_the_visitor(fields: dict[str, Any], code: str) -> None:
    talk = begun(fields=fields)
    ((about, found),) = refused(talk)
    assert about == next(iter(fields))
    if code != "not_a_name":
        assert found == code
    assert talk.answers == {}
    assert talk.heard == "What may I call you?"


def test_page_data_counts_in_conditions_texts_scoring_and_handoffs() -> None:
    talk = begun(data={"plan": "pro", "cart_value": 120}, start="pricing")
    assert talk.heard == "You have Pro, 120 in the cart.\nFor how many?"
    assert talk.here.stage == "warm"
    assert talk.here.receipts[0].evidence == "plan = Pro"
    tells(talk, fields={"email": "ada@example.com"}, data={"cart_value": "600"})
    assert [one.reason for one in talk.handoffs] == ["A full cart"]
    tells(talk, data={"cart_value": None, "coupon": "x", "plan": "gold"})
    assert talk.here.page == {"plan": "pro"}
    assert [about for about, _ in refused(talk)] == ["coupon", "plan"]


def test_a_door_is_where_the_talk_begins_and_corrections_come_back_to() -> None:
    talk = begun(start="pricing")
    assert ("started", "pricing") in talk.facts
    assert talk.says("5") == "Goodbye."
    assert "first_name" not in talk.answers
    talk.says("sorry, I meant 7")
    assert talk.answers == {"team_size": 7}
    assert "What may I call you?" not in talk.heard


def test_only_doors_can_be_entered() -> None:
    talk = begun(start="end.1")
    assert talk.heard == "What may I call you?"
    assert refused(talk) == [("end.1", "no_door")]


def test_a_door_later_keeps_what_was_answered() -> None:
    talk = begun()
    talk.says("Ada")
    talk.says("ada@example.com")
    assert tells(talk, start="pricing").endswith("For how many?")
    assert ("entered", "pricing") in talk.facts
    talk.says("12")
    talk.says("sorry, I meant 13")
    assert talk.answers == {"first_name": "Ada", "email": "ada@example.com", "team_size": 13}


def test_a_signed_identity_is_proven_and_fills_what_is_open() -> None:
    talk = begun()
    identity = Identity(subject="c-42", email="ada@example.com", email_verified=True, name="Ada Byron")
    tells(talk, identity=identity)
    assert list(talk.turns[-1].proven) == [("external", "c-42"), ("visitor", "p1"), ("email", "ada@example.com")]
    assert talk.answers == {"first_name": "Ada Byron", "email": "ada@example.com"}
    assert talk.heard == "How many?"
    assert happened(talk) == [("lead", {"known": ["email", "signed"]})]
    tells(talk, identity=Identity(subject="c-43", email="eve@example.com"))
    assert refused(talk) == [("identity", "other_person")]
    assert list(talk.turns[-1].proven) == []
    assert talk.here.identity == "c-42"


def test_an_address_that_the_site_has_not_verified_proves_nothing() -> None:
    talk = begun(identity=Identity(subject="c-42", email="ada@example.com"))
    assert talk.turns[-1].proven == (("external", "c-42"), ("visitor", "p1"))


def test_what_is_known_of_a_recognised_person_is_not_asked_again() -> None:
    talk = begun()
    tells(talk, Profile(answers={"email": "ada@example.com", "gone": 1}), identity=Identity(subject="c-42"))
    assert talk.says("Ada") == "How many?"


def test_what_happened_waits_for_the_next_message() -> None:
    talk = begun()
    tells(talk, data={"plan": "pro"})
    assert happened(talk) == []
    talk.says("Ada")
    assert happened(talk) == [("stage", {"stage": "warm"})]
    talk.says("ada@example.com")
    assert happened(talk)[1:] == [("lead", {"known": ["email"]})]


def test_the_end_is_told_once() -> None:
    talk = begun(start="pricing")
    talk.says("5")
    talk.says("thanks")
    assert happened(talk) == [("ended", {})]
