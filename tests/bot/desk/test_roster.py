"""The team at hand: a good save is taken up, a bad one is told and changes nothing, people are known by their names."""

import asyncio
import os
from dataclasses import replace
from pathlib import Path

import pytest

from bot.desk.contract import Person
from bot.desk.roster import Gone, Outcome, Refused, Roster, Taken, told
from dialogs.desk.people import Availability, Rep
from dialogs.desk.team import Known
from storage.errors import StorageBusy

KNOWN = Known(fields={"team_size": "number", "first_name": "text"}, scripts=frozenset(("demo", "guide")))
TEAM = """\
reps:
  anna: {name: Anna Berg, picture: "https://example.com/anna.jpg", slack: U012AB3CD, email: anna@example.com}
  ben: {name: Ben, slack: U045EF6GH}
routes:
  - {to: anna, when: team_size >= 50}
  - {to: everybody}
canned:
  - {title: Hello, text: "Hi {{ first_name | default(\\"there\\") }}, {{ rep_name }} here"}
  - {title: Demo, for: demo, text: {en: A demo?, de: Eine Demo?}}
"""


class Knowing:
    """What scripts are known to offer; may be out of reach."""

    def __init__(self) -> None:
        self.known = KNOWN
        self.trouble: StorageBusy | None = None
        self.asked = asyncio.Event()

    async def __call__(self) -> Known:
        self.asked.set()
        if self.trouble is not None:
            raise self.trouble
        return self.known


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "team.yaml"
    path.write_text(TEAM)
    return path


@pytest.fixture
def knowing() -> Knowing:
    return Knowing()


@pytest.fixture
def roster(path: Path, knowing: Knowing) -> Roster:
    return Roster(path, knowing)


def save(path: Path, text: str) -> None:
    """Save with a new time, whatever the file system's clock does."""
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text)
    os.utime(path, ns=(before + 1_000_000_000, before + 1_000_000_000))


def lines(outcome: Outcome | None) -> list[str]:
    assert outcome is not None
    return list(told(outcome))


def first_route(roster: Roster) -> tuple[str, ...]:
    assert roster.team is not None
    return roster.team.routes[0].members


async def test_a_good_file_is_in_use_and_read_again_when_it_is_saved(roster: Roster, path: Path) -> None:
    assert lines(await roster.look()) == ["Team: team.yaml, people: 2, routes: 2"]
    assert first_route(roster) == ("anna",)
    before = roster.team
    assert await roster.look() is None
    assert roster.team is before
    save(path, TEAM.replace("{to: anna,", "{to: ben,"))
    assert isinstance(await roster.look(), Taken)
    assert first_route(roster) == ("ben",)


async def test_a_broken_file_is_told_once_with_its_places_and_the_last_good_team_goes_on(
    roster: Roster, path: Path
) -> None:
    await roster.look()
    before = roster.team
    save(path, TEAM.replace("{to: anna,", "{to: ana,"))
    assert lines(await roster.look()) == [
        'team.yaml:5:10: unknown person or group "ana", did you mean "anna"?',
        "team.yaml is not used; the team from before goes on.",
    ]
    assert roster.team is before
    assert await roster.look() is None
    save(path, TEAM)
    assert isinstance(await roster.look(), Taken)


async def test_a_file_that_is_broken_from_the_start_leaves_no_team(roster: Roster, path: Path) -> None:
    save(path, "reps: []")
    assert lines(await roster.look())[-1] == "team.yaml is not used; until it is right, leads go to the usual channel."
    assert roster.team is None
    assert roster.rep_of("slack", "U012AB3CD") is None
    assert roster.colleagues({}) == []
    assert roster.canned_replies("demo", "en", {}, {}, Rep(key="a", name="A")) == []


async def test_what_no_script_has_yet_is_told_and_does_no_harm(roster: Roster, path: Path) -> None:
    save(path, TEAM.replace("team_size", "team_sise").replace("for: demo", "for: dmeo"))
    assert lines(await roster.look()) == [
        'team.yaml:5:22: unknown field "team_sise", did you mean "team_size"?',
        'team.yaml:9:24: unknown script "dmeo", did you mean "demo"?',
        "What no live script has matches nothing until one has it.",
        "Team: team.yaml, people: 2, routes: 2",
    ]
    assert roster.team is not None


async def test_a_file_that_is_replaced_is_missed_only_when_it_stays_away(roster: Roster, path: Path) -> None:
    await roster.look()
    before = roster.team
    path.unlink()
    assert await roster.look() is None
    assert await roster.look() == Gone("team.yaml")
    assert lines(Gone("team.yaml")) == ["team.yaml is gone; the team from before goes on."]
    assert await roster.look() is None
    assert roster.team is before
    save(path, TEAM)
    assert isinstance(await roster.look(), Taken)


async def test_a_file_that_was_never_there_is_told_once(path: Path, knowing: Knowing) -> None:
    path.unlink()
    roster = Roster(path, knowing)
    outcome = await roster.look()
    assert isinstance(outcome, Refused)
    assert lines(outcome)[0] == "team.yaml:1:1: there is no such file"
    assert await roster.look() is None and await roster.look() is None
    save(path, TEAM)
    assert isinstance(await roster.look(), Taken)


async def test_without_a_file_there_is_no_team_and_nothing_to_tell(knowing: Knowing) -> None:
    roster = Roster(None, knowing)
    assert await roster.look() is None
    assert roster.team is None


async def test_a_file_is_read_once_the_database_answers_again(roster: Roster, knowing: Knowing) -> None:
    knowing.trouble = StorageBusy("not now")
    with pytest.raises(StorageBusy):
        await roster.look()
    knowing.trouble = None
    assert isinstance(await roster.look(), Taken)


async def test_watching_tells_of_each_save_and_outlives_trouble(roster: Roster, path: Path, knowing: Knowing) -> None:
    outcomes: asyncio.Queue[Outcome] = asyncio.Queue()
    knowing.trouble = StorageBusy("not now")
    watching = asyncio.create_task(roster.watch(0.005, outcomes.put_nowait))
    try:
        await asyncio.wait_for(knowing.asked.wait(), 20)
        knowing.trouble = None
        assert isinstance(await asyncio.wait_for(outcomes.get(), 20), Taken)
        save(path, TEAM.replace("to: anna", "to: ana"))
        assert isinstance(await asyncio.wait_for(outcomes.get(), 20), Refused)
        save(path, TEAM)
        assert isinstance(await asyncio.wait_for(outcomes.get(), 20), Taken)
    finally:
        watching.cancel()


async def test_people_are_known_by_the_names_that_targets_have_for_them(roster: Roster) -> None:
    await roster.look()
    anna = Rep(key="anna", name="Anna Berg", picture="https://example.com/anna.jpg")
    assert roster.rep_of("slack", "U012AB3CD") == anna
    assert roster.rep_of("email", "ANNA@example.com") == anna
    assert roster.rep_of("email", "U012AB3CD") is None
    person = Person(target="slack", id="U012AB3CD", name="anna.b")
    assert roster.rep_for(person) == anna
    stranger = replace(person, id="U999", name="Zoe", picture="https://example.com/z.png")
    assert roster.rep_for(stranger) == Rep(key="slack:U999", name="Zoe", picture="https://example.com/z.png")


async def test_colleagues_come_with_what_they_say_of_themselves(roster: Roster) -> None:
    await roster.look()
    anna, ben = roster.colleagues({"ben": Availability.BUSY, "gone": Availability.AWAY})
    assert (anna.rep.key, anna.availability) == ("anna", Availability.TAKING)
    assert (ben.rep.key, ben.availability, ben.ids) == ("ben", Availability.BUSY, {"slack": "U045EF6GH"})


async def test_canned_replies_are_those_of_the_script_in_the_visitors_language(roster: Roster) -> None:
    await roster.look()
    rep = Rep(key="anna", name="Anna Berg")
    shown = {"first_name": "Kim"}
    replies = roster.canned_replies("demo", "de", shown, shown, rep)
    assert [(one.title, one.text) for one in replies] == [
        ("Hello", "Hi Kim, Anna Berg here"),
        ("Demo", "Eine Demo?"),
    ]
    (only,) = roster.canned_replies("guide", "fr", {}, {}, rep)
    assert only.text == "Hi there, Anna Berg here"
