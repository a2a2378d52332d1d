"""One conversation, another channel: at the very question, with everything that is known; and back."""

from typing import Any

import pytest

from dialogs.crossing import COME_BACK, read_crossing_wish
from dialogs.desk.acts import Claim, Join, Speak
from dialogs.desk.dealing import DESK_TIMER
from dialogs.desk.people import Rep
from dialogs.effects import CancelTimer, OfferCrossing, SetTimer
from dialogs.events import VisitorCameOver, VisitorWentOver
from dialogs.language.plain_words import plain_words
from dialogs.state import Status, dump_state
from tests.dialogs.engine.scripts import GUIDE, script
from tests.talk import Talk, spoken

ANNA = Rep(key="anna", name="Anna Berg")


def at_email() -> Talk:
    talk = Talk.of(GUIDE, page="https://example.com/?utm_source=ads")
    talk.presses("Yes, please")
    talk.says("Ada")
    return talk


def cross(talk: Talk, channel: str = "telegram", person: str = "telegram:4711") -> tuple[Talk, str]:
    """Go on on another channel; the talk there, and what was said there first."""
    state = dump_state(talk.here)
    talk.clock.pass_(seconds=1)
    talk.take(VisitorWentOver(at=talk.clock(), channel=channel))
    there = Talk(talk.script, clock=talk.clock)
    came = VisitorCameOver(at=talk.clock(), person=person, channel=channel, came_from="web", state=state)
    return there, spoken(there.take(came))


@pytest.mark.parametrize(
    ("said", "channel"),
    [
        ("continue on Telegram", "telegram"),
        ("Can we go on in WhatsApp, please?", "whatsapp"),
        ("I'd like to continue this on the website", "web"),
        ("Weiter auf Telegram", "telegram"),
        ("Können wir auf WhatsApp weitermachen?", "whatsapp"),
        ("lieber in Telegram weiter", "telegram"),
        ("Seguir por WhatsApp", "whatsapp"),
        ("continuer sur Telegram", "telegram"),
        ("switch to my browser", "web"),
    ],
)
def test_the_wish_to_go_on_elsewhere_is_understood(said: str, channel: str) -> None:
    talk = at_email()
    talk.says(said)
    assert talk.turns[-1].effects == (OfferCrossing(to=channel, step=talk.here.step),)
    assert talk.here.status is Status.ASKING


@pytest.mark.parametrize(
    "said",
    ["Telegram", "I saw you on Telegram", "we talk to customers on WhatsApp", "continue", "go on in peace", "web"],
)
def test_naming_a_channel_is_no_wish(said: str) -> None:
    assert read_crossing_wish(plain_words(said)) is None


def test_the_talk_goes_on_at_the_very_question_with_all_that_is_known() -> None:
    talk = at_email()
    there, said = cross(talk)
    assert said == "Here we are. Let's go on where we were.\nWhere shall it go, Ada?"
    assert there.answers == {"first_name": "Ada"}
    assert (there.here.channel, there.here.person) == ("telegram", "telegram:4711")
    assert there.here.source is not None
    assert there.here.source.first.utm_source == "ads"
    assert there.here.trail == talk.here.trail
    there.says("ada@example.com")
    assert there.answers["email"] == "ada@example.com"


def test_the_place_that_was_left_says_so_and_offers_the_way_back_whatever_is_said_there() -> None:
    talk = at_email()
    cross(talk)
    for _ in range(2):
        assert [one.key for one in talk.choices] == [COME_BACK]
        assert talk.last.text == "We go on in Telegram."
        assert talk.says("ada@example.com") == "We go on in Telegram."
    assert (talk.answers, talk.here.status) == ({"first_name": "Ada"}, Status.ENDED)
    assert talk.says("", "wish.restart") == "We go on in Telegram."
    assert not talk.handoffs


def test_coming_back_goes_on_where_the_other_channel_was() -> None:
    talk = at_email()
    there, _ = cross(talk)
    there.says("ada@example.com")
    state = dump_state(there.here)
    came = VisitorCameOver(at=talk.clock(), person="p1", channel="web", came_from="telegram", state=state)
    assert spoken(talk.take(came)).startswith("Here we are.")
    assert talk.answers == {"first_name": "Ada", "email": "ada@example.com"}
    assert (talk.here.went_over, talk.here.channel) == ("", "web")


def test_a_person_who_talks_goes_along() -> None:
    talk = at_email()
    talk.says("a person please")
    talk.goes_to()
    talk.rep(ANNA, Claim())
    talk.rep(ANNA, Join())
    talk.says("hello?")
    there, said = cross(talk)
    assert said == "Here we are. Let's go on where we were."
    assert there.here.status is Status.TALKING
    assert there.shown
    assert SetTimer(name=DESK_TIMER, due=there.desk.until) in there.turns[-1].effects
    assert CancelTimer(name=DESK_TIMER) in talk.turns[-1].effects
    assert talk.here.desk is None
    assert there.rep_says(ANNA, "Hello Ada") == ["Hello Ada"]
    there.rep(ANNA, Speak(text="Still here", reference="m99"))
    assert talk.says("hm") == "We go on in Telegram."


def test_a_wait_goes_on_where_the_visitor_is() -> None:
    talk = Talk.of(script("- say: One moment.\n- wait: 10 minutes\n- end: Bye"))
    there, _ = cross(talk)
    assert there.here.status is Status.WAITING
    assert there.waits() == "Bye"
    assert any(isinstance(one, CancelTimer) for one in talk.turns[-1].effects)


def test_somebody_who_had_said_stop_is_asked_again_where_they_went_on_purpose() -> None:
    talk = at_email()
    talk.says("stop")
    _, said = cross(talk)
    assert said.endswith("Where shall it go, Ada?")


def test_a_script_that_has_changed_meanwhile_goes_on_at_the_first_open_question() -> None:
    talk = Talk.of(script("- {ask: a}\n- end: Bye", fields="a: {type: text, label: A}"))
    state: dict[str, Any] = dump_state(talk.here)
    newer = Talk.of(script("- {ask: b, text: B please}\n- end: Bye", fields="b: {type: text, label: B}"))
    there = Talk(newer.script, clock=talk.clock)
    came = VisitorCameOver(at=talk.clock(), person="p2", channel="slack", came_from="web", state=state)
    assert spoken(there.take(came)).endswith("B please")
