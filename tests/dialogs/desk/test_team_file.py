"""The team file: what it means, and every mistake at once with its place and its cure."""

import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.desk.digest import next_digest
from dialogs.desk.hours import ALWAYS, is_open, opens_at
from dialogs.desk.known_names import known_names
from dialogs.desk.plan import Clocks
from dialogs.desk.team import Known, Team
from dialogs.desk.team_file import load_team
from tests.dialogs.desk.teams import KNOWN, PEOPLE, problems_of, problems_with, team_of, team_with
from tests.dialogs.loading_support import loaded_with
from tests.thorough import times

EXAMPLE = Path(__file__).parents[3] / "docs" / "team.example.yaml"
GUIDE = EXAMPLE.with_name("team.md")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# What it means.


def test_the_example_is_right_and_means_what_it_says() -> None:
    result = load_team(EXAMPLE.read_bytes(), "team.example.yaml")
    assert result.problems == ()
    team = result.team
    assert team is not None
    anna = team.members["anna"]
    assert anna.rep.name == "Anna Berg"
    assert anna.ids == {"slack": "U012AB3CD", "email": "anna@example.com"}
    assert anna.languages == {"de", "en"} and anna.territories == {"DE", "AT", "CH"}
    assert (anna.weight, anna.most) == (2, 5)
    first, second, third, last = team.routes
    assert first.members == ("anna", "ben") and first.by_language and first.by_territory
    assert first.clocks == Clocks(offer=20, unclaimed=300, fallback=600, silent=600)
    assert first.booking_url == "https://cal.example.com/enterprise"
    assert last.booking_url == "https://cal.example.com/sales" and last.escalate_to == "#sales-managers"
    assert second.tags == {"migration"} and second.members == ("anna", "ben", "chloe")
    assert third.members == () and third.schedule is not None and third.schedule.hours == ALWAYS
    assert team.digest is not None and (team.digest.at, team.digest.channel) == (time(8, 30), "#sales")
    price, call = team.canned
    assert price.text.render("en", {}).startswith("Hi there, our prices")
    assert call.text.render("de", {"rep_name": "Anna"}) == "Wollen wir zehn Minuten sprechen? Ihre Anna"
    assert call.scripts == {"demo-request"}


def test_a_team_of_one_line_takes_every_lead_at_any_hour() -> None:
    team = team_of("reps: {anna: {name: Anna Berg}}")
    assert team.rest.members == ("anna",)
    assert is_open(team.members["anna"].schedule, at("2026-12-25T03:00"))


def test_hours_of_a_person_go_by_their_own_clock_and_holidays() -> None:
    team = team_of(
        """
        time_zone: Europe/Berlin
        hours: {mon-fri: "09:00-17:00"}
        holidays: [2026-09-24]
        reps:
          anna: {name: Anna}
          chloe: {name: Chloé, time_zone: America/Montreal, holidays: [2026-09-25]}
          dan: {name: Dan, hours: always}
          eve: {name: Eve, hours: {sat: "10:00-12:00"}, holidays: [2026-09-26]}
        """
    )
    schedules = {key: member.schedule for key, member in team.members.items()}
    wednesday = at("2026-09-23T16:00")
    assert opens_at(schedules["anna"], wednesday) == at("2026-09-25T07:00")
    assert opens_at(schedules["chloe"], at("2026-09-23T12:59")) == at("2026-09-23T13:00")
    assert opens_at(schedules["chloe"], at("2026-09-24T12:59")) == at("2026-09-28T13:00")
    assert is_open(schedules["dan"], at("2026-09-24T03:00"))
    assert opens_at(schedules["eve"], wednesday) == at("2026-10-03T08:00")


@pytest.mark.parametrize(
    ("hours", "open_at", "closed_at"),
    [
        ('{mon-fri: "09:00-17:30"}', "2026-09-25T17:29", "2026-09-25T17:30"),
        ('{mon-fri: ["09:00-12:00", "13:00-17:00"]}', "2026-09-25T13:00", "2026-09-25T12:30"),
        ('{"mon, wed": 9-17}', "2026-09-23T09:00", "2026-09-22T09:00"),
        ('{monday: 9am-5:30pm}', "2026-09-21T17:29", "2026-09-21T18:00"),
        ('{mon–fri: 9.00–17.00}', "2026-09-25T09:00", "2026-09-26T09:00"),
        ('{fri-mon: "09:00 to 17:00"}', "2026-09-27T09:00", "2026-09-29T09:00"),
        ('{daily: "00:00-24:00"}', "2026-09-27T23:59", None),
        ('{weekend: "22:00-06:00"}', "2026-09-28T05:59", "2026-09-28T06:00"),
        ('{mon-fri: "09:00-17:00", fri: "09:00-13:00"}', "2026-09-24T16:00", "2026-09-25T16:00"),
        ('{mon-fri: "09:00-17:00", wed: closed}', "2026-09-24T16:00", "2026-09-23T16:00"),
        ("always", "2026-09-27T03:00", None),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(hours: str, open_at: str, closed_at: str | None) -> None:
    schedule = team_of(f"time_zone: UTC\nhours: {hours}\n").schedule
    assert is_open(schedule, at(open_at))
    assert closed_at is None or not is_open(schedule, at(closed_at))


def test_holidays_are_read_as_days_years_and_spans() -> None:
    team = team_of("holidays: [2026-12-25, 05-01, {from: 2026-12-28, to: 2027-01-01}]")
    holidays = team.schedule.holidays
    assert date(2026, 12, 25) in holidays and date(2027, 12, 25) not in holidays
    assert date(2031, 5, 1) in holidays
    assert date(2026, 12, 31) in holidays and date(2027, 1, 2) not in holidays


def test_a_route_takes_from_the_file_what_it_does_not_say_itself() -> None:
    team = team_with(
        """
        channel: "#sales"
        clocks: {silent: 2 minutes}
        escalate_to: anna
        routes:
          - {to: ben, clocks: {offer: 10 seconds}, channel: "#bens", escalate_to: "#all"}
          - {to: [ben, enterprise], offer_to: 0}
          - {to: nobody, script: demo-request}
        """
    )
    first, second, third = team.routes
    assert (first.channel, second.channel) == ("#bens", "#sales")
    assert (first.escalate_to, second.escalate_to) == ("#all", "anna")
    assert first.clocks == Clocks(silent=120, offer=10) and second.clocks == Clocks(silent=120)
    assert second.members == ("ben", "anna")
    assert first.owner_first and not second.owner_first and not third.owner_first
    assert (first.name, third.name) == ("route 1", "route 3")


def test_whose_hours_a_route_keeps() -> None:
    text = """
    time_zone: Europe/Berlin
    holidays: [2026-09-25]
    reps: {anna: {name: Anna}}
    routes:
      - {to: anna, for: sales, hours: {daily: "09:00-17:00"}}
      - {to: anna, for: support, hours: always}
      - {to: nobody, script: crm-guide}
      - {to: anna}
    """
    own, always, channel, people = (route.schedule for route in team_of(text).routes)
    assert own is not None and opens_at(own, at("2026-09-25T03:00")) == at("2026-09-26T07:00")
    assert always is not None and is_open(always, at("2026-09-25T03:00"))
    assert channel is not None and not is_open(channel, at("2026-09-25T03:00"))
    assert people is None
    with_hours = team_of(text.replace("holidays:", 'hours: {daily: "08:00-20:00"}\n    holidays:'))
    last = with_hours.routes[-1].schedule
    assert last is not None and opens_at(last, at("2026-09-24T03:00")) == at("2026-09-24T06:00")


def test_people_are_found_by_the_names_that_targets_have_for_them() -> None:
    team = team_of("reps: {anna: {name: Anna, slack: U012AB3CD, email: Anna@example.com}}")
    for target, id in (("slack", "U012AB3CD"), ("email", "anna@EXAMPLE.com")):
        found = team.member_of(target, id)
        assert found is not None and found.key == "anna"
    assert team.member_of("slack", "U999") is None and team.member_of("telegram", "U012AB3CD") is None
    assert team.member_of("slack", "") is None


def test_nothing_is_asked_of_names_while_the_scripts_are_not_known() -> None:
    nothing = Known()
    team = team_with(
        """
        routes:
          - {to: ben, for: anything, script: some, targets: [pigeon], when: plan == "pro" and not known(seats)}
          - {to: everybody}
        canned: [{title: A, text: "{{ seats }} at {{ plan | upper }}"}]
        """,
        nothing,
    )
    when = team.routes[0].when
    assert when is not None and when.names == {"plan", "seats"}
    assert when.holds({"plan": "pro"}) and not when.holds({"plan": "pro", "seats": 3})
    assert problems_with("routes: [{to: everybody, when: team_size = 3}]", nothing) != []


def test_what_scripts_offer_is_gathered_from_all_of_them() -> None:
    steps = "steps:\n  - say: Hi\n  - handoff: support\nhandoff: {when: team_size > 5, to: enterprise, because: Big}\n"
    known = known_names([loaded_with(steps)], ["slack"])
    assert known.fields is not None
    assert known.fields["team_size"] == "number" and known.fields["timeline"] == "text"
    assert known.keys["timeline"] == {"now", "later"}
    assert known.handoffs == frozenset(("sales", "support", "enterprise"))
    assert known.scripts == frozenset(("demo",)) and known.targets == frozenset(("slack",))
    assert known.languages == frozenset(("en",))


# What is wrong, one at a time.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("time_zone: Berlin", '1:12: unknown time zone "Berlin", did you mean "Europe/Berlin"?'),
        ("time_zone: Europe/Berlni", '1:12: unknown time zone "Europe/Berlni", did you mean "Europe/Berlin"?'),
        ("time_zone: ../../etc/passwd", "1:12: unknown time zone"),
        ("time_zone: new york", 'did you mean "America/New_York"?'),
        ("hours: sometimes", '1:8: hours are "always", or say when, such as {mon-fri: "09:00-17:00"}'),
        ("hours: {mno: 9-17}", '1:9: "mno" is no day, did you mean "mon"?'),
        ("hours: {mon: 9-25}", '1:14: "9-25" are no hours; write such as "09:00-17:30"'),
        ("hours: {mon: 9-5pm}", '1:14: "9-5pm" are no hours'),
        ("hours: {mon: 24:00-06:00}", "are no hours"),
        ("hours: {mon: 09:00-09:00}", '1:14: "09:00-09:00" ends when it begins; the whole day is "00:00-24:00"'),
        ("hours: {mon: 17:00-09:00}", "1:14: warning: \"17:00-09:00\" goes on until the next day, for 16 hours"),
        ("hours: {mon: [9-12, 11-13]}", "1:21: these hours overlap others on Monday"),
        ("hours: {mon: 22:00-06:00, tue: 05:00-07:00}", "1:32: these hours overlap others from Monday to Tuesday"),
        ("hours: {sun: 22:00-06:00, mon: 05:00-07:00}", "1:32: these hours overlap others from Sunday to Monday"),
        ("hours: {mon-wed: 9-17, tue-fri: 9-17}", '1:24: Tuesday is in "mon-wed" already; say its hours once'),
        ("hours: {mon: closed}", "1:8: these hours never come"),
        ("hours: {mon: [9-12, {a: b}]}", "hours needs a text, not entries (key: value)"),
        ("hours:", '1:1: nothing is written after "hours:"'),
        ("hours: {mon: 9-17}", '1:1: warning: these hours are in UTC; say whose they are: "time_zone: Europe/Berlin"'),
        ("holidays: [2026-02-30]", '1:12: "2026-02-30" is no day; write 2026-12-25, or 12-25 for every year'),
        ("holidays: [13-01]", '1:12: "13-01" is no day'),
        ("holidays: [{from: 2026-12-28, to: 2026-12-27}]", "1:35: this holiday ends before it begins, on 2026-12-28"),
        ("holidays: [{from: 2026-12-28, to: 2036-12-27}]", "a holiday lasts a year at most"),
        ("holidays: [{from: 2026-12-28}]", '1:12: a holiday needs "to", such as "to: 2027-01-01"'),
        ("language: german", '1:11: "german" is no language'),
        ("channel: sales", '1:10: "sales" is no channel; write "#its-name" in quotes'),
        ("channel: #sales", '1:1: a text that begins with "#" must stand in quotes: channel: "#sales"'),
        ("booking: cal.example.com", '1:10: "cal.example.com" is no address that visitors can open'),
        ("clocks: {offr: 3 minutes}", '1:10: "clocks" has no "offr", did you mean "offer"?'),
        ("clocks: {offer: soon}", '1:17: "soon" is no time to wait; write such as "30 seconds" or "10 minutes"'),
        ("clocks: {offer: 1 second}", "from 5 seconds to 30 days"),
        ("clocks: {fallback: 1 minute}", '1:10: warning: "fallback" comes before "unclaimed"'),
        ("reps: [anna]", '1:7: "reps" needs entries (key: value), not a list'),
        ("reps: {anna: Anna}", '1:14: the person "anna" needs entries (key: value), not a text'),
        ("reps: {anna: {}}", '1:14: the person "anna" needs "name", such as "name: Anna Berg"'),
        ("reps: {everybody: {name: E}}", '1:8: "everybody" has a meaning of its own'),
        ("reps: {a b: {name: E}}", '1:8: "a b" is no name for a person'),
        ("reps: {a: {name: A, picture: a.png}}", '1:30: "a.png" is no picture that visitors can load'),
        ("reps: {a: {name: A, slack: '@anna'}}", "is no member ID such as U012AB3CD; in Slack, open the profile"),
        ("reps: {a: {name: A, email: anna}}", '1:28: "anna" is no e-mail address'),
        ("reps: {a: {name: A, slack: U12345}, b: {name: B, slack: U12345}}", '1:57: this is also the slack of "a"'),
        ("reps: {a: {name: A, email: a@x.de}, b: {name: B, email: A@X.DE}}", 'this is also the email of "a"'),
        ("reps: {a: {name: A, languages: [german]}}", '1:33: "german" is no language'),
        ("reps: {a: {name: A, territories: [UK]}}", '1:35: "UK" is no country, did you mean "GB"?'),
        ("reps: {a: {name: A, territories: [dahc]}}\nterritories: {dach: [DE]}", 'no country, did you mean "dach"?'),
        ("territories: {dach: [DE, Austria]}", '1:26: "Austria" is no country; write two letters such as DE'),
        ("territories: {de: [DE]}", '1:15: "de" is a country; give the territory a name of its own'),
        ("reps: {a: {name: A, weight: 0}}", '1:29: "weight" is a whole number from 1 to 1000, not 0'),
        ("reps: {a: {name: A, most: many}}", '1:27: "most" needs a whole number, not "many"'),
        ("reps: {a: {name: A, wieght: 2}}", '1:21: the person "a" has no "wieght", did you mean "weight"?'),
        ("raps: {a: {name: A}}", '1:1: a team file has no "raps", did you mean "reps"?'),
        ("when: a", '1:1: "when" belongs to a route, not to a team file'),
        ("digest: {at: noon}", '1:14: "noon" is no time of day; write such as "08:30"'),
        ("", '1:1: the file is empty; a team file begins with "time_zone: Europe/Berlin"'),
        ("- a", "1:1: a team file consists of entries"),
        ("a: &x 1\nb: *x", "YAML"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_its_cure(text: str, expected: str) -> None:
    problems = problems_of(text)
    assert any(expected in problem for problem in problems), problems
    assert len(problems) <= 2, problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("routes: [{to: enterprize}]", '1:15: unknown person or group "enterprize", did you mean "enterprise"?'),
        ("routes: [{to: 'anna, ben'}]", "write several as a list: [anna, ben]"),
        ("routes: [{to: [nobody, ben]}]", '1:16: "nobody" stands alone'),
        ("routes: [{to: '#sales'}]", '1:15: "to" names people; write to: nobody and channel: "#sales"'),
        ("routes: [{for: sales}]", '1:10: a route needs "to", such as "to: everybody"'),
        ("routes: [{to: ben, for: slaes}]", '1:25: unknown handoff "slaes", did you mean "sales"?'),
        ("routes: [{to: ben, script: demo}]", 'unknown script "demo"'),
        ("routes: [{to: ben, when: team_sise > 3}]", '1:26: unknown field "team_sise", did you mean "team_size"?'),
        ("routes: [{to: ben, when: timeline == 'nwo'}]", 'timeline is never "nwo", did you mean "now"?'),
        ("routes: [{to: ben, when: language == 'fr'}]", 'language is never "fr"'),
        ("routes: [{to: ben, when: team_size}]", "yes or no is needed here"),
        ("routes: [{to: ben, when: team_size > 3 and team_size < 2}]", "warning: this never holds"),
        ("routes: [{to: ben, match: langauge}]", '1:27: people cannot be matched by "langauge", did you mean'),
        ("routes: [{to: ben, with: enterprize}]", 'unknown tag "enterprize", did you mean "enterprise"?'),
        ("routes: [{to: ben, with: enterprise}]", '1:26: warning: nobody whom "to" names has enterprise'),
        ("routes: [{to: ben, targets: [slak]}]", 'unknown handoff target "slak", did you mean "slack"?'),
        ("routes: [{to: ben, escalate_to: enterprise}]", '1:33: "enterprise" is a group; call one person'),
        ("routes: [{to: ben, escalate_to: bne}]", 'unknown person "bne", did you mean "ben"?'),
        ("routes: [{to: ben, offer_to: 99}]", '"offer_to" is a whole number from 0 to 50, not 99'),
        ("routes: [{to: ben, ofer_to: 1}]", 'a route has no "ofer_to", did you mean "offer_to"?'),
        ("routes: [{to: ben, languages: [de]}]", '"languages" belongs to a person, not to a route'),
        ("routes: [{to: ben, time_zone: Asia/Tokyo}]", 'warning: without "hours" a time zone makes no difference'),
        ("routes: [{to: ben, name: x}, {to: anna, name: x}]", 'the name "x" is taken by the route in line 5'),
        ("routes: [{to: ben}, {to: anna}]", '1:21: warning: this route is never reached: "route 1" in line 5'),
        ("routes: [{to: ben, for: [sales, support]}, {to: anna, for: sales}]", "this route is never reached"),
        ("routes: [{to: ben, when: fit > 3}, {to: anna, when: fit > 3}]", "this route is never reached"),
        ("routes: [{to: enterprise, for: sales}]", "warning: no route takes the leads that match none of these"),
        ("canned: [{title: A, text: '{{ first_nam }}'}]", 'unknown field "first_nam", did you mean "first_name"?'),
        ("canned: [{title: A, text: {english: Hi}}]", '"english" is no language'),
        ("canned: [{title: A, text: Hi, for: dmo-request}]", 'unknown script "dmo-request", did you mean'),
        ("canned: [{title: A, text: Hi}, {title: A, text: Ho}]", 'there is a canned reply "A" already'),
        ("canned: [{title: A}]", 'a canned reply needs "text"'),
    ],
)  # fmt: skip
def test_a_mistake_in_routing_is_told(text: str, expected: str) -> None:
    problems = problems_with(text)
    assert any(expected in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ("{big: [anna, bne]}", 'unknown person "bne", did you mean "ben"?'),
        ("{big: []}", 'nobody is in the group "big"; write such as big: [anna, ben]'),
        ("{anna: [ben]}", '"anna" is the name of a person; give the group another one'),
        ("{big: everybody}", 'a group names people, not "everybody"'),
    ],
)
def test_a_mistake_in_a_group_is_told(groups: str, expected: str) -> None:
    problems = problems_of(PEOPLE.replace("{enterprise: [anna, ben]}", groups))
    assert len(problems) == 1 and expected in problems[0], problems


def test_people_and_groups_that_no_route_leads_to_are_warned_of() -> None:
    text = PEOPLE.replace("enterprise: [anna, ben]", "enterprise: [anna], rest: [ben]") + "routes: [{to: enterprise}]\n"
    assert problems_of(text) == [
        '3:3: warning: "ben" is never offered a lead: no route leads there',
        '4:30: warning: no route leads to the group "rest"',
    ]


def test_routes_that_differ_in_what_they_are_for_are_all_reached() -> None:
    assert (
        problems_with(
            """
            routes:
              - {to: ben, for: sales, when: fit > 3}
              - {to: ben, for: sales}
              - {to: anna, for: support, script: demo-request}
              - {to: anna, for: support}
              - {to: everybody, when: fit > 3}
              - {to: everybody}
            """
        )
        == []
    )


def test_all_mistakes_come_at_once_in_their_order() -> None:
    problems = problems_of(
        """\
        time_zone: Berlin
        hours: {mon-fri: 9-25}
        reps:
          anna: {nmae: Anna, territories: [UK]}
          ben: {name: Ben}
        groups: {big: [bne]}
        routes:
          - {to: bgi, when: team_sise > 3}
        """
    )
    places = [problem.split(": ")[0] for problem in problems]
    assert places == ["1:12", "2:18", "4:10", "4:36", "6:16", "8:10", "8:21"]


def test_a_file_that_is_no_text_is_told_so() -> None:
    result = load_team(b"time_zone: \xff", "team.yaml")
    assert [str(one) for one in result.problems] == ["team.yaml:1:12: this is not UTF-8 text; save the file as UTF-8"]
    assert result.team is None


@settings(max_examples=times(150), deadline=None)
@given(st.data())
def test_no_damage_to_a_file_is_more_than_problems(data: st.DataObject) -> None:
    """Whatever is cut out of the example or put into it: a team without errors, or errors with places."""
    text = EXAMPLE.read_text()
    start = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 40))
    new = data.draw(st.text(st.sampled_from(":-[]{}\"'#&*!,|> \n\tab0é"), max_size=8))
    result = load_team(text[:start] + new + text[start + length :], "team.yaml", KNOWN)
    lines = text.count("\n") + 10
    assert all(1 <= one.line <= lines and one.column >= 1 for one in result.problems)
    assert (result.team is None) is any(one.severity == "error" for one in result.problems)


# The digest.


def digest_team(text: str = "") -> Team:
    return team_of(f'time_zone: Europe/Berlin\nhours: {{mon-fri: "09:00-17:00"}}\ndigest: {{at: "08:30"}}\n{text}')


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2026-09-24T06:29:59", "2026-09-24T06:30"),
        ("2026-09-24T06:30", "2026-09-25T06:30"),  # Not the same one again.
        ("2026-09-25T06:30", "2026-09-28T06:30"),  # After the weekend.
        ("2026-10-23T12:00", "2026-10-26T07:30"),  # The clocks went back.
        ("2026-12-24T12:00", "2026-12-28T07:30"),  # After a holiday and the weekend.
    ],
)
def test_the_digest_is_due_on_working_days(after: str, expected: str) -> None:
    assert next_digest(digest_team("holidays: [12-25]"), at(after)) == at(expected)


def test_a_digest_at_a_time_that_the_clocks_skip_is_due_once() -> None:
    team = team_of('time_zone: Europe/Berlin\ndigest: {at: "02:30"}')
    due = [at("2026-03-27T12:00")]
    for _ in range(3):
        following = next_digest(team, due[-1])
        assert following is not None
        due.append(following)
    assert due[1:] == [at("2026-03-28T01:30"), at("2026-03-29T01:00"), at("2026-03-30T00:30")]
    assert next_digest(team_of("time_zone: UTC"), due[0]) is None


# The documentation.


def test_the_documentations_examples_are_one_team_file_without_mistakes() -> None:
    blocks = re.findall(r"^```yaml\n(.*?)^```$", GUIDE.read_text(), re.DOTALL | re.MULTILINE)
    result = load_team("\n".join(blocks), "team.md")
    assert [str(problem) for problem in result.problems] == []
    assert result.team is not None and len(result.team.routes) == 4


def test_the_documentation_leaves_nothing_out() -> None:
    """Every key that may be written somewhere stands on the page."""
    strange = "x: 1\nreps: {a: {x: 1, name: A}}\nroutes: [{to: a, x: 1}]\nclocks: {x: 1}\ndigest: {at: 8am, x: 1}\n"
    text = GUIDE.read_text()
    listed = [found[1] for one in problems_of(strange) if (found := re.search(r"it may have (.*)", one))]
    assert len(listed) == 5
    keys = {key for line in listed for key in line.split(", ")}
    assert {key for key in keys if not re.search(rf"\b{key}\b(:|`)", text)} == set()
