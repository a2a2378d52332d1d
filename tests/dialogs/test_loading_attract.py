"""``attract``, ``page_acts`` and ``look``: what may be written, and what is said of mistakes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dialogs.attracting import Until, teasers_for
from dialogs.attracting_patterns import pages_expression, source_expression
from dialogs.checking import load_and_check
from dialogs.desk.hours import Hours, Schedule, Span
from dialogs.events import VisitorArrived, VisitorDid, dump_event, load_event
from dialogs.looks import colour_of, contrast
from dialogs.source import CLICK_IDS
from tests.clock import StoppedClock
from tests.dialogs.loading_support import HEAD, gate_on, loaded_with, problems_in

MONDAY = datetime(2026, 11, 30, 11, 0, tzinfo=UTC)
TEAM = Schedule(hours=Hours(days=((Span(start=9 * 60, end=17 * 60),),) * 5 + ((), ())), zone=ZoneInfo("Europe/Berlin"))
"""Monday to Friday from nine to five."""

STEPS = "steps: [ask: email, ask: team_size, ask: timeline, ask: note, ask: wants_call, offer: guide]\n"


def attract(lines: str) -> str:
    return f"page_acts: [calculator]\nattract:\n{lines}{STEPS}"


def test_a_teaser_says_everything_it_may() -> None:
    script = loaded_with(
        attract(
            "  - name: prices\n"
            "    pages: [/pricing*, shop.example.com/plans/*]\n"
            "    not_on: /pricing/enterprise\n"
            "    when: {seen_for: 20 seconds, scrolled: 60%, leaving: yes, idle_for: 1 minute, did: calculator}\n"
            "    only_if: {visit: 2+, hours: open, language: de, utm_source: [ads, mail], click_id: '*'}\n"
            "    tease: Questions?\n"
            "    choices: [Prices]\n"
            "    wait: 2 seconds\n"
            "    at_most: [twice a day, 5 times]\n"
            "    until: engaged\n"
        )
    )
    (told,) = teasers_for(script, "en", "de-CH", MONDAY, TEAM)
    assert told == {
        "name": "prices",
        "where": pages_expression(["/pricing*", "shop.example.com/plans/*"], ["/pricing/enterprise"]),
        "came": source_expression({"utm_source": ["ads", "mail"], "click_id": CLICK_IDS}),
        "visits": [2],
        "when": {"seen_for": 20.0, "scrolled": 60, "leaving": True, "idle_for": 60.0, "page.calculator": 1},
        "tease": "Questions?",
        "choices": ["Prices"],
        "wait": 2.0,
        "at_most": {"day": 2, "ever": 5},
        "ends": ["engaged"],
    }
    assert teasers_for(script, "en", "de", MONDAY - timedelta(hours=4), TEAM) == []
    assert teasers_for(script, "en", "en", MONDAY, TEAM) == []
    assert teasers_for(script, "en", None, MONDAY, TEAM) == []


def shown_at(only_if: str, *moments: str) -> list[bool]:
    """Whether a teaser is shown at each of these moments (``2026-12-01T10:00+01:00``); the team's clock is Berlin's."""
    script = loaded_with(attract(f"  - {{tease: Hi, only_if: {{{only_if}}}}}\n"))
    return [teasers_for(script, "en", None, datetime.fromisoformat(one), TEAM) != [] for one in moments]


def test_a_teaser_may_have_hours_and_a_clock_of_its_own() -> None:
    """A Tuesday, and the Saturday of the same week."""
    moments = ("2026-12-01T08:30+01:00", "2026-12-01T14:30+01:00", "2026-12-05T14:30+01:00")
    assert shown_at('hours: {mon-fri: "14:00-16:00"}', *moments) == [False, True, False]
    assert shown_at('hours: {mon-fri: "14:00-16:00"}, time_zone: Asia/Kolkata', *moments) == [False, False, False]
    assert shown_at('hours: {mon-fri: "13:00-16:00"}, time_zone: Asia/Kolkata', *moments) == [True, False, False]
    assert shown_at('hours: {weekend: "00:00-24:00"}', *moments) == [False, False, True]
    assert shown_at("hours: closed", *moments) == [True, False, True], "the team begins at nine"


def test_a_campaign_has_its_days() -> None:
    moments = ("2026-11-30T23:59+01:00", "2026-12-01T00:00+01:00", "2026-12-24T23:59+01:00", "2026-12-25T00:00+01:00")
    for dates in (
        "{from: 2026-12-01, to: 2026-12-24}",
        "{from: 12-01, to: 12-24}",
        "[{from: 2026-12-01, to: 2026-12-20}, {from: 12-21, to: 12-24}]",
    ):
        assert shown_at(f"dates: {dates}", *moments) == [False, True, True, False]
        assert shown_at(f"dates: {dates}, time_zone: Europe/London", *moments) == [False, False, True, True]
    assert shown_at("dates: {from: 2026-12-01}", *moments) == [False, True, True, True]
    assert shown_at("dates: {to: 2026-12-24}", *moments) == [True, True, True, False]
    assert shown_at("dates: 12-25", *moments) == [False, False, False, True]
    assert shown_at("dates: {from: 12-25, to: 11-30}", *moments) == [True, False, False, True], "over New Year"
    assert shown_at('dates: {from: 12-01}, hours: {daily: "00:00-12:00"}'.replace("12-01", "2026-12-01"), *moments) == [
        False, True, False, True,
    ]  # fmt: skip


def test_a_campaign_that_is_over_is_warned_of() -> None:
    lines = "  - {name: advent, tease: Hi, only_if: {dates: DATES}}\n"
    over = '3:5: warning: the teaser "advent" is over since 2026-12-24, and nobody sees it; '
    cure = "give it new dates, days of every year such as 12-24, or remove it"
    for dates, day, said in (
        ("{from: 2026-12-01, to: 2026-12-24}", 25, [over + cure]),
        ("[2026-12-24, 2026-12-06]", 25, [over + cure]),
        ("{to: 2026-12-24}", 25, [over + cure]),
        ("{from: 2026-12-01, to: 2026-12-24}", 24, []),
        ("{from: 12-01, to: 12-24}", 25, []),
        ("{from: 2026-12-01}", 25, []),
    ):
        assert gate_on(attract(lines.replace("DATES", dates)), date(2026, 12, day)) == said


def test_an_event_that_was_is_warned_of() -> None:
    text = HEAD.replace("magnets:\n", "magnets:\n  live: {kind: event, title: Live, starts: 2026-12-01T15:00+01:00}\n")
    text += STEPS.replace("]", ", offer: live]")
    said = [one.message for day in (1, 2) for one in load_and_check(text, "x", today=date(2026, 12, day)).problems]
    assert [one for one in said if "event" in one] == [
        'the event "live" was on 2026-12-01, and visitors are still invited; '
        "write when the next one starts, or offer something else"
    ]


def test_a_teaser_needs_nothing_but_its_words() -> None:
    (teaser,) = loaded_with(attract("  - tease: Hello!\n")).attract
    assert (teaser.name, teaser.until, [(cap.times, cap.within) for cap in teaser.caps]) == (
        "teaser-1", Until.CLOSED, [(1, "visit")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{tease: Hi, names: x}", '3:17: an entry of "attract" has no "names", did you mean "name"?'),
        ("{tease: Hi, pages: pricing}", '3:24: "pricing" is no page: write its path (/…), or host/path'),
        ("{tease: Hi, pages: 'https://example.com/'}", '3:24: write the page without "https://", such as /pricing*'),
        ("{tease: Hi, pages: '/*a*b*c*d*e*f'}", "no spaces, at most five *"),
        ("{tease: Hi, when: {scrolled: 101%}}", '"scrolled" is a part of the page such as 60%, not "101%"'),
        ("{tease: Hi, when: {seen_for: soon}}", '"soon" is no duration'),
        ("{tease: Hi, when: {did: calculater}}", 'no page reports "calculater", did you mean "calculator"?'),
        ("{tease: Hi, when: {did: video}}", 'no page reports "video"; name it under "page_acts:"'),
        ("{tease: Hi, seen_for: 20 seconds}", '"seen_for" belongs to "when:", not to an entry of "attract"'),
        ("{tease: Hi, only_if: {visit: third}}", "first, returning, a number such as 3"),
        ("{tease: Hi, only_if: {hours: late}}", '"hours" is "open" or "closed"'),
        ("{tease: Hi, only_if: {hours: 9-17}}", 'or hours of its own such as {mon-fri: "09:00-17:00"}, not "9-17"'),
        ("{tease: Hi, only_if: {hours: {mo-fr: 9-17}}}", '3:35: "mo-fr" is no day'),
        ("{tease: Hi, only_if: {hours: {mon: 25-26}}}", '"25-26" are no hours; write such as "09:00-17:30"'),
        ("{tease: Hi, only_if: {dates: 24.12.2026}}", '"24.12.2026" is no day, did you mean 2026-12-24?'),
        (
            "{tease: Hi, only_if: {dates: {from: 2026-12-24, to: 2026-12-01}}}",
            "this ends before it begins",
        ),
        ("{tease: Hi, only_if: {dates: {from: 2026-12-01, to: 12-24}}}", "give both a year, or none"),
        ("{tease: Hi, only_if: {dates: {until: 2026-12-01}}}", 'an entry of "dates" has no "until"'),
        ("{tease: Hi, only_if: {from: 2026-12-01}}", '"from" belongs to "dates:", not to "only_if"'),
        ("{tease: Hi, only_if: {days: mon-fri}}", '"days" belongs to "hours:", such as {mon-fri: "00:00-24:00"}'),
        ("{tease: Hi, only_if: {dates: 12-24, time_zone: Berlin}}", 'did you mean "Europe/Berlin"?'),
        ("{tease: Hi, only_if: {hours: open, time_zone: Europe/Berlin}}", "the team's go by the team's clock"),
        ("{tease: Hi, only_if: {language: German}}", '"German" is no language'),
        ("{tease: Hi, only_if: {click_id: gclidd}}", '"gclidd" is no click id, did you mean "gclid"?'),
        ("{tease: Hi, only_if: {utm_sorce: x}}", '"only_if" has no "utm_sorce", did you mean "utm_source"?'),
        ("{tease: Hi, at_most: often}", '"often" is not how often; write "once a visit"'),
        ("{tease: Hi, at_most: [3 times, twice]}", '"at_most" says twice how often in all'),
        ("{tease: Hi, until: engage}", 'unknown end "engage", did you mean "engaged"?'),
        ("{open: true, choices: [Yes]}", '"choices" stand under a teaser; it needs "tease"'),
        ("{tease: Hi, open: true}", 'either "tease" or "open"'),
        ("{tease: Hi, wait: 2 hours}", "nobody waits for a teaser for more than an hour"),
        ("{tease: Hi, choices: [A, B, C, D, E]}", "a teaser has room for 4 choices, these are 5"),
        ("{tease: Hi, persona: ben}", 'unknown persona "ben"'),
        ("{tease: '" + "x" * 201 + "'}", "200 characters at most"),
        ("{tease: {en: Hi, de: Hallo}}", '"de" is none of the script\'s languages'),
        ("{tease: 'Hi {{ emial }}'}", "emial"),
        ("{tease: Hi, name: Preise!}", '"Preise!" is no name for a teaser'),
    ],
)
def test_a_mistake_is_named_where_it_stands(line: str, said: str) -> None:
    (problem,) = problems_in(attract(f"  - {line}\n"))
    assert said in problem
    assert problem.startswith("3:")


def test_two_teasers_have_two_names() -> None:
    (problem,) = problems_in(attract("  - {name: a, tease: Hi}\n  - {name: a, tease: Ho}\n"))
    assert problem == '4:12: there is a teaser "a" already; give this one a name of its own'


def test_a_teaser_that_lacks_a_language_is_warned_of() -> None:
    head = "dialog: demo\ntitle: {en: Demo, de: Demo}\n"
    text = f"{head}languages: [en, de]\nattract:\n  - tease: Hi\nsteps:\n  - say: {{en: A, de: B}}\n"
    (problem,) = load_and_check(text, "demo.yaml").problems
    assert str(problem).startswith('demo.yaml:5:5: warning: texts are missing in "de"')


@pytest.mark.parametrize(
    ("look", "said"),
    [
        ("{accent: blu}", '1:16: "blu" is no colour, did you mean "blue"?'),
        ("{accent: '#12345'}", '"#12345" is no colour'),
        ("{radius: 50}", '"radius" is a number of pixels from 0 to 40'),
        ("{font: 'x; } body {'}", "is no list of fonts"),
        ("{acent: red}", '"look" has no "acent", did you mean "accent"?'),
        ("\n  accent: #0b6b57", '"#" begins a comment in YAML; put the colour in quotes'),
    ],
)
def test_a_look_is_checked(look: str, said: str) -> None:
    (problem,) = problems_in(f"look: {look}\n{STEPS}")
    assert said in problem


def test_what_can_hardly_be_read_is_warned_of() -> None:
    (problem,) = gate_on(f"look: {{accent: '#FFA500', on_accent: white, surface: '#fff', text: '#111'}}\n{STEPS}")
    assert "warning: buttons are hard to read: #ffffff on #ffa500 has a contrast of 2.0, 4.5 is needed" in problem
    assert loaded_with(f"look: {{accent: 'ABC', radius: 8}}\n{STEPS}").look.dump() == {
        "accent": "#aabbcc", "radius": "8px",
    }  # fmt: skip


def test_contrast_is_measured_as_the_standard_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert (colour_of(" #AbC "), colour_of("transparent"), colour_of("#ffff")) == ("#aabbcc", None, None)


def test_a_rule_for_an_act_that_no_page_reports_is_warned_of() -> None:
    rules = "scoring: {engagement: {rules: [{on: page.%s, points: 1, because: x}]}}\n"
    assert gate_on(attract("  - tease: Hi\n") + rules % "calculator") == []
    (problem,) = gate_on(attract("  - tease: Hi\n") + rules % "video")
    assert 'warning: no page reports "page.video"; add "video" to "page_acts:"' in problem
    (problem,) = gate_on(attract("  - tease: Hi\n") + rules % "calculater")
    assert 'did you mean "page.calculator"?' in problem


def test_names_of_acts_are_checked() -> None:
    assert problems_in(f"page_acts: [a b]\n{STEPS}") == ['1:12: "a b" is no name for an act, did you mean "a_b"?']


def test_an_arrival_by_a_link_that_is_too_old_can_be_stored() -> None:
    at = StoppedClock()()
    arrived = VisitorArrived(at=at, person="p", channel="web", stale_link=True)
    assert load_event(dump_event(arrived)) == arrived
    assert "stale_link" not in dump_event(VisitorArrived(at=at, person="p", channel="web"))
    assert load_event(dump_event(VisitorDid(at=at, act="page.calculator"))).act == "page.calculator"  # type: ignore[union-attr]


def test_hostile_patterns_cost_nothing() -> None:
    stars = "*" * 5000
    (problem,) = problems_in(attract(f"  - {{tease: Hi, pages: '{stars}'}}\n"))
    assert "is no pattern: no spaces, at most five *, at most 200 characters" in problem
