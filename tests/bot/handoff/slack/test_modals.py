"""Windows are read carefully: what is wrong is said at its field, what is right becomes an act."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.desk.contract import Question
from bot.handoff.slack.modals.base import Mistakes, Place, read_place, short_title
from bot.handoff.slack.modals.filling import read_fill
from bot.handoff.slack.modals.giving import read_pass_on, read_snooze, snooze_modal
from bot.handoff.slack.modals.judging import read_not_a_fit, read_won
from bot.handoff.slack.modals.replying import read_reply
from bot.slack.listening import SlackView, Value
from dialogs.desk.acts import Fill, Judge, Snooze, Speak, Verdict
from tests.bot.handoff.slack.views import AT, view

BERLIN = ZoneInfo("Europe/Berlin")


def window(**fields: Value) -> SlackView:
    values: Mapping[str, Mapping[str, Value]] = {
        name.replace("__", ":"): {"x": value} for name, value in fields.items()
    }
    return SlackView(id="V1", inputs=tuple(values), values=values)


def mistakes(read: object) -> set[str]:
    assert isinstance(read, Mistakes)
    return set(read.errors)


def test_a_window_knows_where_it_was_opened() -> None:
    place = Place(handoff=7, channel="C1", ts="1.2", thread="1.1")
    assert read_place(place.dump()) == place
    for nonsense in ("", "{}", "[]", "7", '{"h": "x"}', '{"h": null}'):
        assert read_place(nonsense) is None


def test_a_title_holds_a_name_where_there_is_room() -> None:
    assert short_title("Reply to", "Ada Lovelace") == "Reply to Ada Lovelace"
    assert short_title("Reply to", "Augusta Ada King-Noel, Countess of Lovelace") == "Reply to"


@pytest.mark.parametrize("amount", ["abc", "-1", "NaN", "Infinity", "1e400", "1 000"])
def test_what_is_no_amount(amount: str) -> None:
    assert mistakes(read_won(window(amount=amount, currency="EUR"))) == {"amount"}


@pytest.mark.parametrize(("amount", "worth"), [("0", "0"), ("12000.50", "12000.50"), ("1e3", "1000")])
def test_an_amount_with_its_currency(amount: str, worth: str) -> None:
    read = read_won(window(amount=amount, currency="EUR", words="At last"))
    assert read == Judge(verdict=Verdict.WON, reason="At last", amount=worth, currency="EUR")


def test_an_amount_and_a_currency_need_each_other() -> None:
    assert mistakes(read_won(window(amount="5", currency=None))) == {"currency"}
    assert mistakes(read_won(window(amount=None, currency="EUR"))) == {"amount"}
    assert mistakes(read_won(window(amount="5", currency="XXL"))) == {"currency"}


def test_a_reason_may_be_chosen_written_or_both() -> None:
    assert mistakes(read_not_a_fit(window(reason=None, words="  "))) == {"reason"}
    assert read_not_a_fit(window(reason=None, words="No")) == Judge(verdict=Verdict.NOT_A_FIT, reason="No")
    both = read_not_a_fit(window(reason="Too small", words="Two people"))
    assert both == Judge(verdict=Verdict.NOT_A_FIT, reason="Too small: Two people")


def test_a_moment_to_be_reminded_at() -> None:
    later = AT + timedelta(days=1)
    assert read_snooze(window(preset=None, until=later.isoformat()), AT) == Snooze(until=later)
    assert read_snooze(window(preset=str(int(later.timestamp())), until=None), AT) == Snooze(until=later)
    assert mistakes(read_snooze(window(preset="1", until=later.isoformat()), AT)) == {"until"}
    assert mistakes(read_snooze(window(preset=None, until=None), AT)) == {"preset"}
    assert mistakes(read_snooze(window(preset=None, until=AT.isoformat()), AT)) == {"until"}
    assert mistakes(read_snooze(window(preset=None, until=(AT + timedelta(days=400)).isoformat()), AT)) == {"until"}
    assert mistakes(read_snooze(window(preset="9" * 30, until=None), AT)) == {"preset"}


@pytest.mark.parametrize("day", range(1, 15))
def test_every_preset_lies_ahead_and_mornings_are_mornings(day: int) -> None:
    now = datetime(2027, 3, 20, 22, 30, tzinfo=UTC) + timedelta(days=day)  # Over the change of the clocks.
    options = snooze_modal(view(), Place(handoff=7), now, BERLIN)["blocks"][0]["element"]["options"]
    moments = {one["text"]["text"]: datetime.fromtimestamp(int(one["value"]), UTC) for one in options}
    assert all(moment > now for moment in moments.values())
    assert len(set(moments.values())) == len(moments)
    mornings = [moment for label, moment in moments.items() if not label.startswith("In 1") and "hours" not in label]
    assert {moment.astimezone(BERLIN).strftime("%H:%M") for moment in mornings} == {"09:00"}
    monday = next(moment for label, moment in moments.items() if label.startswith("Next Monday"))
    assert monday.astimezone(BERLIN).weekday() == 0


def test_somebody_to_pass_on_to() -> None:
    assert read_pass_on(window(colleague="ben", anybody=None, context=" Knows us ")) == ("ben", "", "Knows us")
    assert read_pass_on(window(colleague=None, anybody="U1", context=None)) == ("", "U1", "")
    assert mistakes(read_pass_on(window(colleague="ben", anybody="U1", context=None))) == {"anybody"}
    assert mistakes(read_pass_on(window(colleague=None, anybody=None, context=None))) == {"colleague"}
    assert mistakes(read_pass_on(window(anybody=None, context=None))) == {"anybody"}


QUESTIONS = [
    Question(field="start", label="Start", type="choice", options=(("now", "This month"), ("later", "Later"))),
    Question(field="interests", label="Interests", type="choices", options=(("crm", "CRM"), ("erp", "ERP, too"))),
    Question(field="ready", label="Ready", type="yes_no"),
    Question(field="day", label="Day", type="date"),
]


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("start", "now", "This month"),
        ("interests", ("crm", "erp"), "CRM, ERP, too"),
        ("ready", "no", "No"),
        ("day", "2027-03-04", "2027-03-04"),
        ("day", None, ""),
    ],
)
def test_an_answer_is_handed_on_as_a_visitor_would_give_it(field: str, value: Value, text: str) -> None:
    filled = window(field=field, **{f"answer__{field}": value})
    assert read_fill(filled, QUESTIONS) == Fill(field=field, text=text)


def test_an_answer_needs_its_question() -> None:
    assert mistakes(read_fill(window(field="start"), QUESTIONS)) == {"field"}
    assert mistakes(read_fill(window(field="unknown", answer__unknown="x"), QUESTIONS)) == {"field"}
    assert mistakes(read_fill(window(field="start", answer__day="2027-03-04"), QUESTIONS)) == {"field"}


def test_words_are_known_by_their_window() -> None:
    assert read_reply(window(text=" Hello ")) == Speak(text="Hello", reference="view:V1")
    assert mistakes(read_reply(window(canned="0"))) == {"canned"}
    assert mistakes(read_reply(window(canned="0", text__0=" "))) == {"text:0"}
