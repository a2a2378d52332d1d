"""Which lead goes to whom, in which order, and why: the rules one by one, fairness and capacity over many leads."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.desk.people import Availability, Load
from dialogs.desk.plan import Clocks, Plan, dump_plan, load_plan
from dialogs.desk.routing import Request, route
from dialogs.desk.team import Known, Member, Team
from tests.dialogs.desk.teams import team_of
from tests.thorough import times

NOON = datetime(2026, 9, 25, 10, 0, tzinfo=UTC)
"""A Friday, 12:00 in Berlin."""
TEAM = """\
time_zone: Europe/Berlin
hours: {mon-fri: "09:00-17:30"}
reps:
  anna: {name: Anna Berg, languages: [de, en], territories: [DE, AT], tags: [enterprise, crm], weight: 2, most: 5}
  ben: {name: Ben, languages: [en], territories: [GB]}
  chloe: {name: Chloé, languages: [fr-CA, en], territories: [CA], time_zone: America/Montreal}
  dan: {name: Dan}
groups: {enterprise: [anna, ben]}
channel: "#sales"
routes:
  - {name: enterprise, for: sales, when: team_size >= 50 and language == "de", to: enterprise, channel: "#big",
     offer_to: 1, escalate_to: dan, targets: [slack], clocks: {offer: 20 seconds}, booking: https://cal.example.com/a}
  - {name: matched, for: sales, when: tagged("matched"), to: everybody, match: [language, territory]}
  - {name: experts, script: crm-guide, to: everybody, with: [crm]}
  - {name: support, for: support, to: nobody, channel: "#support", hours: always}
  - {name: silent, for: silent, to: everybody, offer_to: 0}
  - {name: all, for: sales, to: everybody}
"""


@pytest.fixture(scope="module")
def team() -> Team:
    return team_of(TEAM, Known())


def keys(plan: Plan) -> list[str]:
    return [rep.key for rep in plan.reps]


def load(assigned: int = 0, **more: object) -> Load:
    return Load(assigned=assigned, **more)  # type: ignore[arg-type]


# Which route.


def test_the_first_route_that_matches_says_everything(team: Team) -> None:
    plan = route(team, Request(to="sales", facts={"team_size": 80, "language": "de"}), {}, NOON)
    assert plan.route == "enterprise"
    assert keys(plan) == ["anna"]
    assert (plan.channel, plan.targets, plan.escalate_to) == ("#big", ("slack",), "dan")
    assert plan.clocks == Clocks(offer=20)
    assert plan.booking_url == "https://cal.example.com/a"
    assert plan.opens_at is None
    assert plan.trace == (
        'Route "enterprise": for sales, team_size >= 50 and language == "de" holds.',
        "Anna Berg: first, has 0 of 5 leads, given 0 in 30 days at weight 2.",
        "Ben: free, but only 1 is asked, has 0 leads, given 0 in 30 days at weight 1.",
    )


def test_a_condition_about_what_nobody_answered_does_not_hold(team: Team) -> None:
    plan = route(team, Request(to="sales", script="demo", facts={"language": "de"}), {}, NOON)
    assert plan.route == "all"
    assert plan.trace[:6] == (
        'Route "enterprise": team_size >= 50 and language == "de" does not hold (team_size not known).',
        'Route "matched": tagged("matched") does not hold.',
        'Route "experts": not for the script demo.',
        'Route "support": not for sales.',
        'Route "silent": not for sales.',
        'Route "all": for sales.',
    )


def test_a_route_may_be_for_a_script(team: Team) -> None:
    plan = route(team, Request(to="other", script="crm-guide"), {}, NOON)
    assert (plan.route, keys(plan)) == ("experts", ["anna"])
    assert 'Route "experts": for the script crm-guide.' in plan.trace
    assert "Ben: does not have the tag crm." in plan.trace


def test_what_no_route_takes_goes_to_the_channel(team: Team) -> None:
    plan = route(team, Request(to="unheard", script="demo"), {}, NOON)
    assert (plan.route, plan.reps, plan.channel) == ("", (), "#sales")
    assert plan.trace[-2:] == ("No route matched.", "Nobody is asked: straight to the channel.")


def test_without_routes_everybody_is_asked_in_turn() -> None:
    plan = route(team_of("reps: {b: {name: B}, a: {name: A}}"), Request(to="sales"), {}, NOON)
    assert keys(plan) == ["a", "b"]
    assert plan.trace[0] == "There are no routes: everybody is asked in turn."


def test_without_a_team_file_everybody_may_take_it_at_any_hour() -> None:
    plan = route(None, Request(to="sales"), {}, datetime(2026, 12, 25, 3, tzinfo=UTC))
    assert replace(plan, trace=()) == Plan()
    assert plan.trace == ("There is no team file: everybody may take it.",)


@pytest.mark.parametrize(("to", "name"), [("support", "support"), ("silent", "silent")])
def test_nobody_and_none_lead_straight_to_the_channel(team: Team, to: str, name: str) -> None:
    plan = route(team, Request(to=to, owner="anna"), {}, NOON)
    assert (plan.route, plan.reps) == (name, ())
    assert plan.trace[-1] == "Nobody is asked: straight to the channel."


# When.


def test_outside_business_hours_nobody_is_asked_before_they_begin(team: Team) -> None:
    saturday = NOON + timedelta(days=1)
    plan = route(team, Request(to="sales"), {}, saturday)
    assert plan.opens_at == datetime(2026, 9, 28, 7, 0, tzinfo=UTC)
    assert plan.reps == ()
    assert plan.trace[-1] == (
        "Outside business hours (Saturday 26 September 12:00 in Europe/Berlin): "
        "nobody is asked before Monday 28 September 09:00 in Europe/Berlin."
    )
    assert route(team, Request(to="support"), {}, saturday).opens_at is None


def test_without_hours_of_its_own_a_route_is_open_when_one_of_its_people_works() -> None:
    team = team_of(
        """
        reps:
          anna: {name: Anna, time_zone: Europe/Berlin, hours: {mon-fri: 9-17}}
          kim: {name: Kim, time_zone: Asia/Seoul, hours: {mon-fri: 9-17}}
        """
    )
    request = Request(to="sales")
    assert keys(route(team, request, {}, NOON)) == ["anna"]
    night = datetime(2026, 9, 24, 18, 0, tzinfo=UTC)  # 20:00 in Berlin, 03:00 in Seoul.
    plan = route(team, request, {}, night)
    assert plan.reps == () and plan.opens_at == datetime(2026, 9, 25, 0, 0, tzinfo=UTC)
    assert keys(route(team, request, {}, plan.opens_at)) == ["kim"]


def test_people_outside_their_own_hours_are_not_asked(team: Team) -> None:
    morning = datetime(2026, 9, 25, 8, 0, tzinfo=UTC)
    plan = route(team, Request(to="sales"), {}, morning)
    assert keys(plan) == ["anna", "ben", "dan"]
    assert "Chloé: outside working hours until Friday 25 September 09:00 in America/Montreal." in plan.trace


# Who.


def test_only_those_are_asked_who_take_leads_and_may_have_more(team: Team) -> None:
    loads = {
        "anna": load(open=5),
        "ben": load(availability=Availability.AWAY),
        "chloe": load(availability=Availability.BUSY),
        "dan": load(open=900),
    }
    plan = route(team, Request(to="sales"), loads, NOON + timedelta(hours=4))
    assert keys(plan) == ["dan"]
    assert set(plan.trace[-3:]) == {"Anna Berg: has 5 of 5 leads.", "Ben: away.", "Chloé: busy."}


def test_when_nobody_is_free_it_goes_straight_to_the_channel_and_says_so(team: Team) -> None:
    away = load(availability=Availability.AWAY)
    plan = route(team, Request(to="sales"), dict.fromkeys(team.members, away), NOON)
    assert plan.reps == () and plan.opens_at is None and plan.channel == "#sales"
    assert plan.trace[-1] == "Nobody is free: straight to the channel."


@pytest.mark.parametrize(
    ("language", "region", "expected"),
    [
        ("de", "DE", ["anna", "dan"]),  # Dan's languages and territories are not said: he takes any.
        ("de-CH", "CH", ["dan"]),
        ("en", "GB", ["ben", "dan"]),
        ("fr", None, ["chloe", "dan"]),
        ("fr", "CA", ["chloe", "dan"]),
        ("it", "IT", ["dan"]),
        ("EN-us", None, ["anna", "ben", "chloe"]),
    ],
)
def test_people_are_matched_with_the_visitors_language_and_country(
    team: Team, language: str, region: str | None, expected: list[str]
) -> None:
    facts = {("tagged", "matched"): True}
    request = Request(to="sales", facts=facts, language=language, region=region)
    plan = route(team, request, {}, NOON + timedelta(hours=4))
    assert plan.route == "matched"
    assert keys(plan) == expected
    unknown = "The visitor's country is not known: territories are not looked at."
    assert (unknown in plan.trace) is (region is None)


def test_the_order_is_by_leads_for_the_weight_then_by_waiting_then_by_key(team: Team) -> None:
    request, afternoon = Request(to="sales"), NOON + timedelta(hours=4)
    loads = {"anna": load(4), "ben": load(3), "chloe": load(1), "dan": load(2)}
    assert keys(route(team, request, loads, afternoon)) == ["chloe", "anna", "dan"]  # 1, 4 by 2, 2.
    waited = {
        "anna": load(2, assigned_at=NOON),
        "ben": load(1, assigned_at=NOON - timedelta(hours=1)),
        "chloe": load(1, assigned_at=NOON - timedelta(hours=2)),
        "dan": load(1),
    }
    assert keys(route(team, request, waited, afternoon)) == ["dan", "chloe", "ben"]


def test_whoever_has_the_lead_is_asked_first_if_free(team: Team) -> None:
    facts = {"team_size": 80, "language": "de"}
    plan = route(team, Request(to="sales", facts=facts, owner="dan"), {}, NOON)
    assert keys(plan) == ["dan"]  # Though not in the group, and one is asked only.
    assert "Dan has the lead already and is asked first." in plan.trace
    loads = {"dan": load(availability=Availability.AWAY)}
    plan = route(team, Request(to="sales", facts=facts, owner="dan"), loads, NOON)
    assert keys(plan) == ["anna"] and "Dan has the lead already, but: away." in plan.trace
    plan = route(team, Request(to="sales", owner="ben"), {"ben": load(99)}, NOON)
    assert keys(plan) == ["ben", "anna", "dan"]
    plan = route(team, Request(to="sales", owner="slack:U1"), {}, NOON)
    assert keys(plan) == ["anna", "ben", "dan"]
    assert "Whoever has the lead already is not in the team file." in plan.trace


def test_owners_wait_their_turn_where_the_route_says_so() -> None:
    team = team_of("reps: {a: {name: A}, b: {name: B}}\nroutes: [{to: everybody, owner_first: false}]")
    assert keys(route(team, Request(to="sales", owner="b"), {"b": load(3)}, NOON)) == ["a", "b"]
    first = team_of("reps: {a: {name: A}, b: {name: B}}\nroutes: [{to: nobody, owner_first: true}]")
    assert keys(route(first, Request(to="sales", owner="b"), {}, NOON)) == ["b"]


def test_a_trace_of_hundreds_is_cut() -> None:
    reps = ", ".join(f"r{number}: {{name: R{number}}}" for number in range(300))
    routes = ", ".join(f"{{to: everybody, for: f{number}}}" for number in range(100))
    team = team_of(f"reps: {{{reps}}}\nroutes: [{routes}, {{to: everybody}}]", Known())
    loads = {f"r{number}": load(availability=Availability.AWAY) for number in range(100)}
    plan = route(team, Request(to="sales"), loads, NOON)
    assert len(plan.trace) < 70
    assert "80 more routes did not match." in plan.trace
    assert "177 more are free." in plan.trace and "80 more are not free." in plan.trace


def test_a_plan_survives_being_stored(team: Team) -> None:
    for now in (NOON, NOON + timedelta(days=1)):
        plan = route(team, Request(to="sales", facts={"team_size": 80, "language": "de"}), {}, now)
        assert load_plan(dump_plan(plan)) == plan


# Over many leads.


def crew(weights: list[int], mosts: list[int | None]) -> Team:
    people = [
        f"  r{number}: {{name: R{number}, weight: {weight}" + (f", most: {most}}}" if most else "}")
        for number, (weight, most) in enumerate(zip(weights, mosts, strict=True))
    ]
    return team_of("reps:\n" + "\n".join(people))


@settings(max_examples=times(40), deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.integers(1, 120))
def test_shares_follow_the_weights(weights: list[int], leads: int) -> None:
    """At every moment nobody is ahead of anybody else by more than the lead they were given last."""
    team, given_to = crew(weights, [None] * len(weights)), Counter[str]()
    last: dict[str, datetime] = {}
    for number in range(leads):
        loads = {key: load(given_to[key], assigned_at=last.get(key)) for key in team.members}
        first = keys(route(team, Request(to="sales"), loads, NOON))[0]
        given_to[first] += 1
        last[first] = NOON + timedelta(seconds=number)
        behind = min(Fraction(given_to[key], member.weight) for key, member in team.members.items())
        for key, member in team.members.items():
            assert Fraction(given_to[key] - 1, member.weight) <= behind
    if leads % sum(weights) == 0:
        rounds = leads // sum(weights)
        assert all(given_to[key] == member.weight * rounds for key, member in team.members.items())


@settings(max_examples=times(60), deadline=None)
@given(st.data())
def test_nobody_is_ever_given_more_than_they_may_have(data: st.DataObject) -> None:
    """Leads come and are closed; whoever is first takes them."""
    mosts = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    team = crew([1] * len(mosts), list(mosts))
    has, given_to = Counter[str](), Counter[str]()
    for _ in range(data.draw(st.integers(1, 40))):
        if data.draw(st.booleans()) and (busy := sorted(+has)):
            has[data.draw(st.sampled_from(busy))] -= 1
        loads = {key: load(given_to[key], open=has[key]) for key in team.members}
        plan = route(team, Request(to="sales"), loads, NOON)
        free = [key for key, member in team.members.items() if has[key] < (member.most or 0)]
        assert set(keys(plan)) <= set(free) and bool(plan.reps) is bool(free)
        for key in keys(plan)[:1]:
            has[key] += 1
            given_to[key] += 1
            assert has[key] <= (team.members[key].most or 0)


loads_drawn = st.builds(
    Load,
    availability=st.sampled_from(Availability),
    open=st.integers(0, 7),
    assigned=st.integers(0, 20),
    assigned_at=st.none() | st.integers(0, 10**6).map(lambda seconds: NOON - timedelta(seconds=seconds)),
)


@settings(max_examples=times(150), deadline=None)
@given(
    loads=st.dictionaries(st.sampled_from(("anna", "ben", "chloe", "dan", "gone")), loads_drawn),
    request=st.builds(
        Request,
        to=st.sampled_from(("sales", "support", "silent", "else")),
        script=st.sampled_from(("", "crm-guide")),
        facts=st.dictionaries(st.sampled_from(("team_size", ("tagged", "matched"))), st.integers(0, 99)),
        language=st.sampled_from(("en", "de", "fr", "it-CH")),
        region=st.sampled_from((None, "DE", "GB", "CA")),
        owner=st.sampled_from((None, "anna", "dan", "gone")),
    ),
    minutes=st.integers(0, 60 * 24 * 14),
    order=st.permutations(("anna", "ben", "chloe", "dan", "gone")),
)
def test_the_same_lead_and_loads_give_the_same_plan_and_only_free_people(
    loads: dict[str, Load], request: Request, minutes: int, order: list[str]
) -> None:
    team, now = team_of(TEAM, Known()), NOON + timedelta(minutes=minutes)
    plan = route(team, request, loads, now)
    shuffled = {key: loads[key] for key in order if key in loads}
    assert route(team, request, shuffled, now) == plan
    assert len(set(keys(plan))) == len(plan.reps) <= 3
    assert not (plan.opens_at and plan.reps)
    assert plan.opens_at is None or plan.opens_at > now
    assert plan.trace and all(line.endswith(".") for line in plan.trace)
    for key in keys(plan):
        one, member = loads.get(key, Load()), team.members[key]
        assert one.availability is Availability.TAKING
        assert member.most is None or one.open < member.most
        assert at_work(member, now)


def at_work(member: Member, now: datetime) -> bool:
    """Whether the clock on their wall says so: 09:00 to 17:30 on five days."""
    here = now.astimezone(member.schedule.zone)
    return here.weekday() < 5 and (9, 0) <= (here.hour, here.minute) < (17, 30)
