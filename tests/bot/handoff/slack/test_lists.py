"""Leads in lists: the home tab, the morning's work list, look-ups, and the command that asks for them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk.contract import Board, BoardLine, TryLater
from bot.handoff.slack.digest import digest
from bot.handoff.slack.home import home
from bot.handoff.slack.lookup import Help, LookUp, found, help_text, read_command
from bot.handoff.slack.target import SlackTarget
from dialogs.desk.people import Availability
from tests.bot.handoff.slack.conftest import Floor
from tests.bot.handoff.slack.seen import buttons, plain_json, reads, reads_view, sound, sound_view
from tests.bot.handoff.slack.test_clicks import dealt_with, press
from tests.bot.handoff.slack.views import ANNA, AT, facts, nobody
from tests.slack.workspace import Person
from tests.stand_ins.faults import Cut

LINE = BoardLine(
    handoff=7, lead="lead-7", name="Ada Lovelace", company="Analytical Engines", reason="Ready to buy", stage="mql",
    score=57, phase="claimed", rep=ANNA, at=AT, moved_at=AT,
)  # fmt: skip
NEW = replace(LINE, handoff=8, name="Grace Hopper", company=None, rep=None, phase="open")
FOR_ANNA = "digest:2027-01-05:anna"
LATER = replace(LINE, handoff=9, name=None, company=None, phase="snoozed", snoozed_until=AT + timedelta(hours=3))


def test_home_says_what_there_is_to_do_and_whether_i_take_leads() -> None:
    view = home(Board(mine=[LINE, LATER], unclaimed=[NEW], cooling=[LINE], today=[LATER]), Availability.BUSY, AT)
    assert sound_view(view, "home") == []
    text = reads_view(view)
    assert "You are busy: nothing new is offered to you." in text
    for part in ("My leads (2)", "Unclaimed (1)", "Cooling: mine, untouched for a day (1)", "Today (1)"):
        assert part in text
    assert "Ada Lovelace, Analytical Engines" in text
    assert "MQL, score 57, with Anna Berg" in text
    assert "No name yet" in text
    assert '"claim:8"' in plain_json(view) and '"reply:7"' in plain_json(view)


def test_an_empty_home_says_so_plainly() -> None:
    view = home(Board(), Availability.TAKING, AT)
    assert sound_view(view, "home") == []
    assert "You have no leads at present." in reads_view(view)
    assert "Everybody is taken care of." in reads_view(view)


def test_a_home_full_of_leads_stays_within_slacks_limits() -> None:
    many = [replace(LINE, handoff=n, name="x" * 500) for n in range(300)]
    view = home(Board(mine=many, unclaimed=many, cooling=many, today=many), Availability.AWAY, AT)
    assert sound_view(view, "home") == []
    assert "… and 290 more" in reads_view(view)


def test_the_morning_list_puts_first_what_nobody_has() -> None:
    told = digest(Board(mine=[LINE, LATER], unclaimed=[NEW], cooling=[LINE], today=[LATER]), "Anna Berg")
    assert told is not None and sound(told) == []
    text = reads(told)
    assert "Good morning, Anna Berg: 3 leads to see to" in text
    places = [text.index(part) for part in ("Nobody has these yet", "Grace Hopper", "Promised for today", "Cooling")]
    assert places == sorted(places)
    assert text.count("Ada Lovelace") == 1, "each lead stands in one list"
    assert buttons(told) == ["Claim", "Details…", "Reply…", "Details…", "Reply…", "Details…"]


def test_there_is_no_morning_list_when_there_is_nothing_to_do() -> None:
    assert digest(Board()) is None


def test_a_long_morning_list_says_what_it_leaves_out() -> None:
    told = digest(Board(unclaimed=[replace(NEW, handoff=n) for n in range(50)]))
    assert told is not None and sound(told) == []
    assert "… and 38 more: handraiser leads list" in reads(told)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("", Help()),
        ("help", Help()),
        (" HELP ", Help()),
        ("busy", Availability.BUSY),
        ("Away", Availability.AWAY),
        ("taking", Availability.TAKING),
        ("ada", LookUp("ada")),
        ("busy bee", LookUp("busy bee")),
        ("  ada@example.com\n", LookUp("ada@example.com")),
    ],
)
def test_what_a_command_asks_for(text: str, wish: object) -> None:
    assert read_command(text) == wish


def test_one_letter_is_too_little_to_look_for() -> None:
    assert isinstance(read_command("a"), Help)
    assert "at least two letters" in help_text("/handraiser", "!", "Give at least two letters to look for.")


def test_leads_that_were_found() -> None:
    told = found("ada", [facts(), nobody()], 10)
    assert sound(told) == []
    assert '2 leads with "ada" in them' in reads(told)
    assert "Ada Lovelace, Analytical Engines\nada@example.com, +4917112345678, MQL, score 57" in reads(told)
    assert "no name yet" in reads(told)
    assert "newest 2" in reads(found("ada", [facts(), nobody()], 2))


def test_nothing_found_says_what_may_have_been_meant() -> None:
    assert 'did you mean "busy"?' in reads(found("bussy", [], 10))
    assert "Look for less" in reads(found("zoe", [], 10))


async def test_the_morning_list_is_sent_once_to_each_and_its_buttons_work(staffed: Floor, anna: Person) -> None:
    await staffed.hot()
    board = Board(unclaimed=[replace(NEW, name="Ada Lovelace")])
    await staffed.target.send_digest(None, board, "2027-01-05:channel")
    await staffed.target.send_digest(anna.id, board, "2027-01-05:anna", "Anna Berg")
    await staffed.target.send_digest(anna.id, board, "2027-01-05:anna", "Anna Berg")
    lists = [one for one in staffed.slack.direct_messages(anna) if "Good morning" in one.text]
    assert len(lists) == 1
    assert any("Good morning: 1 lead to see to" in one.text for one in staffed.slack.messages(staffed.sales))
    await press(staffed, anna, "claim:8", lists[0])
    assert staffed.whispers(anna) == ["This is not the lead's present alert; nothing was changed."]
    assert "Good morning" in staffed.slack.shown(lists[0]), "a list stays as it is"


async def test_yesterdays_list_goes_when_todays_comes_or_there_is_nothing_to_do(floor: Floor, anna: Person) -> None:
    board = Board(unclaimed=[NEW])
    await floor.target.send_digest(anna.id, board, "2027-01-05:anna")
    await floor.target.send_digest(None, board, "2027-01-05:channel")
    await floor.target.send_digest(anna.id, board, "2027-01-06:anna")
    assert len(floor.slack.direct_messages(anna)) == 1
    assert len(floor.slack.messages(floor.sales)) == 1
    await floor.target.send_digest(anna.id, Board(), "2027-01-07:anna")
    assert floor.slack.direct_messages(anna) == []


async def test_a_list_whose_outcome_was_unknown_is_not_sent_again(floor: Floor, anna: Person) -> None:
    floor.slack.fails("chat.postMessage", Cut(), times=1)
    with pytest.raises(TryLater):
        await floor.target.send_digest(anna.id, Board(unclaimed=[NEW]), "2027-01-05:anna")
    await floor.target.send_digest(anna.id, Board(unclaimed=[NEW]), "2027-01-05:anna")
    assert len(floor.slack.direct_messages(anna)) == 1


async def test_a_list_for_somebody_who_has_gone_keeps_nobody_elses_back(floor: Floor) -> None:
    await floor.target.send_digest("U0NOBODY00", Board(unclaimed=[NEW]), "2027-01-05:nobody")
    await floor.target.send_digest("#no-such-channel", Board(unclaimed=[NEW]), "2027-01-05:channel")
    assert floor.slack.messages(floor.sales) == []


async def test_a_work_list_is_shown_anew_without_somebody_who_was_erased(floor: Floor, anna: Person) -> None:
    both = Board(unclaimed=[NEW, replace(LINE, rep=None)], mine=[LINE, LATER])
    await floor.target.send_digest(None, both.of_nobody, "2027-01-05:channel")
    await floor.target.send_digest(anna.id, both.of_reader, "2027-01-05:anna", "Anna Berg")
    assert floor.office.lists.keys() == {
        ("digest:2027-01-05:channel", channels(floor)),
        (FOR_ANNA, direct(floor, anna)),
    }
    assert sorted(map(sorted, floor.office.lists.values())) == [[7, 8], [7, 9]]
    floor.office.listed = Board(unclaimed=[NEW], mine=[LATER])
    for key, reference in list(floor.office.lists):
        await floor.target.renew(key, reference)
        await floor.target.renew(key, reference)
    (in_channel,) = floor.slack.messages(floor.sales)
    (alone,) = floor.slack.direct_messages(anna)
    assert "Grace Hopper" in floor.slack.shown(in_channel) and "Ada" not in floor.slack.shown(in_channel)
    assert "Anna Berg: 1 lead to see to" in floor.slack.shown(alone) and "Ada" not in floor.slack.shown(alone)
    assert "Ada" not in in_channel.text + alone.text
    assert sorted(map(sorted, floor.office.lists.values())) == [[8], [9]]
    await floor.target.send_digest(anna.id, both.of_reader, "2027-01-05:anna", "Anna Berg")
    assert len(floor.slack.direct_messages(anna)) == 1, "it is still known as today's list"


@pytest.mark.parametrize("reader", ["anna", "somebody who has left"])
async def test_a_work_list_with_nothing_left_on_it_is_taken_down(floor: Floor, anna: Person, reader: str) -> None:
    key = f"2027-01-05:{reader}"
    await floor.target.send_digest(anna.id, Board(mine=[LINE]), key, "Anna Berg")
    if reader != "anna":
        floor.office.listed = Board(mine=[LINE])
    await floor.target.renew(f"digest:{key}", direct(floor, anna))
    assert floor.slack.direct_messages(anna) == []
    assert floor.office.lists == {}


async def test_a_work_list_that_somebody_deleted_is_left_alone(floor: Floor, anna: Person) -> None:
    await floor.target.send_digest(anna.id, Board(mine=[LINE]), "2027-01-05:anna", "Anna Berg")
    floor.office.listed = Board(mine=[LATER])
    reference = direct(floor, anna)
    await floor.slack.delete(floor.slack.direct_messages(anna)[0])
    await floor.target.renew(FOR_ANNA, reference)
    await floor.target.renew(FOR_ANNA, "nonsense")
    assert floor.slack.direct_messages(anna) == []
    assert floor.office.lists == {}


async def test_a_list_is_shown_anew_later_where_slack_is_away(floor: Floor, anna: Person) -> None:
    await floor.target.send_digest(anna.id, Board(mine=[LINE]), "2027-01-05:anna", "Anna Berg")
    floor.office.listed = Board(mine=[LATER])
    floor.slack.fails("chat.update", Cut(), times=1)
    with pytest.raises(TryLater):
        await floor.target.renew(FOR_ANNA, direct(floor, anna))
    await floor.target.renew(FOR_ANNA, direct(floor, anna))
    assert "Ada" not in floor.slack.shown(floor.slack.direct_messages(anna)[0])


async def test_an_opened_home_is_shown_anew_without_somebody_who_was_erased(staffed: Floor, ben: Person) -> None:
    staffed.office.listed = Board(unclaimed=[NEW, replace(LINE, rep=None)])
    await staffed.slack.open_home(ben)
    await dealt_with(staffed)
    assert "Ada Lovelace" in home_of(staffed, ben)
    assert staffed.office.lists == {(f"home:{ben.id}", ben.id): {7, 8}}
    staffed.office.listed = Board(unclaimed=[NEW])
    await staffed.target.renew(f"home:{ben.id}", ben.id)
    assert "Ada" not in home_of(staffed, ben) and "Grace Hopper" in home_of(staffed, ben)
    staffed.office.listed = Board()
    await staffed.target.renew(f"home:{ben.id}", ben.id)
    assert staffed.office.lists == {}


async def test_beside_visitors_only_the_team_is_shown_lists_that_it_did_not_ask_for(floor: Floor, ben: Person) -> None:
    vera = floor.slack.workspace.add_person("Vera Visitor", id="U0VERAVISI0")
    target = SlackTarget(floor.client, floor.office, shared=True)
    floor.office.listed = Board(unclaimed=[NEW])
    for person in (ben, vera):
        await target.renew(f"home:{person.id}", person.id)
    assert "Grace Hopper" in home_of(floor, ben)
    assert "Grace" not in home_of(floor, vera) and "out of date" in home_of(floor, vera)


def home_of(floor: Floor, person: Person) -> str:
    """What somebody reads in their home tab."""
    found = floor.slack.home(person)
    assert found is not None
    return floor.slack.shown(found)


def direct(floor: Floor, person: Person) -> str:
    """The reference of the only message to somebody."""
    (message,) = floor.slack.direct_messages(person)
    return f"{message.channel.id}:{message.ts}"


def channels(floor: Floor) -> str:
    """The reference of the only message in the channel."""
    (message,) = floor.slack.messages(floor.sales)
    return f"{floor.sales.id}:{message.ts}"


async def test_buttons_in_the_home_tab_work_and_renew_it(staffed: Floor, anna: Person, ben: Person) -> None:
    await staffed.hot()
    staffed.office.listed = Board(unclaimed=[replace(NEW, handoff=7)])
    await staffed.slack.open_home(ben)
    await dealt_with(staffed)
    await press(staffed, anna, "claim")
    home_of_ben = staffed.slack.home(ben)
    assert home_of_ben is not None
    await press(staffed, ben, "claim:7", home_of_ben)
    assert "Anna Berg has it already." in staffed.slack.shown(staffed.slack.modals(ben)[-1])
    staffed.office.listed = Board()
    home_of_ben = staffed.slack.home(ben)
    assert home_of_ben is not None
    await press(staffed, ben, "refresh", home_of_ben)
    home_of_ben = staffed.slack.home(ben)
    assert home_of_ben is not None and "Everybody is taken care of." in staffed.slack.shown(home_of_ben)
