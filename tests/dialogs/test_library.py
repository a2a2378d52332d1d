"""The starter scripts: they load without a word of complaint, talk as they should, and lose nobody."""

import random
import re
import runpy
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

import dialogs
from bot.magnets import MAGNET_OPTIONS
from dialogs.checking import load_and_check
from dialogs.effects import GiveMagnet, Say
from dialogs.events import VisitorSaid
from dialogs.facts import FactKind
from dialogs.questions.base import Reading, Rejected
from dialogs.script import AskStep, OfferStep, SayStep, Script
from dialogs.state import Status
from dialogs.variants import draw
from tests.dialogs.library_stories import STORIES, Story
from tests.talk import Talk

LIBRARY = Path(dialogs.__file__).parent / "library"
NAMES = sorted(path.stem for path in LIBRARY.glob("*.yaml"))
GUIDES = Path(__file__).parents[2] / "docs" / "make_guides.py"
MOST_TURNS = 60


def script_named(name: str) -> Script:
    path = LIBRARY / f"{name}.yaml"
    result = load_and_check(path.read_bytes(), path.name, MAGNET_OPTIONS)
    assert result.script is not None, "\n".join(map(str, result.problems))
    return result.script


@pytest.fixture(scope="module")
def scripts() -> Mapping[str, Script]:
    return {name: script_named(name) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_starter_script_passes_the_gate_without_error_or_warning(name: str) -> None:
    path = LIBRARY / f"{name}.yaml"
    result = load_and_check(path.read_bytes(), path.name, MAGNET_OPTIONS)
    assert [str(problem) for problem in result.problems] == []
    assert result.script is not None
    assert result.script.name == name
    assert result.script.description is not None
    for text in (result.script.title, result.script.description):
        assert set(text.by_language) == set(result.script.languages)


# Talks from beginning to end.


def person_of(script: Script, arm: str | None) -> str:
    """A visitor who draws this arm of the script's experiment."""
    if arm is None:
        return "p1"
    (experiment,) = script.experiments.values()
    return next(person for person in map(str, range(1000)) if draw(experiment, person) == arm)


def played(story: Story, script: Script) -> Talk:
    talk = Talk(script)
    talk.arrive(language=story.language, person=person_of(script, story.arm), unavailable=story.unavailable)
    for line in story.lines.split(" | "):
        if line == "...":
            talk.waits()
        elif line.startswith(">"):
            talk.does(line[1:])
        elif line.startswith("["):
            talk.presses(line[1:-1])
        else:
            talk.take(VisitorSaid(at=talk.clock(), text=line, unavailable=story.unavailable))
    return talk


@pytest.mark.parametrize("story", STORIES, ids=[f"{story.script}: {story.about}" for story in STORIES])
def test_a_talk_leads_where_it_should(story: Story, scripts: Mapping[str, Script]) -> None:
    talk = played(story, scripts[story.script])
    state = talk.here
    assert {name: state.answers.get(name) for name in story.answers} == dict(story.answers)
    assert state.stage == story.stage
    assert tuple(one.reason for one in talk.handoffs) == story.handoffs
    assert all(one.to == "sales" for one in talk.handoffs)
    assert state.magnets == story.given
    assert {purpose: state.consents[purpose].given for purpose in story.consents} == dict(story.consents)
    assert state.disqualified == story.disqualified
    assert state.status is Status.ENDED
    said = everything_said(talk)
    for part in story.hears:
        assert part in said
    if "-" not in story.language:
        assert state.language == story.language


def everything_said(talk: Talk) -> str:
    return "\n".join(effect.text for effect in talk.effects() if isinstance(effect, Say | GiveMagnet))


def test_every_script_and_language_is_played(scripts: Mapping[str, Script]) -> None:
    played_ones = {(story.script, story.language.partition("-")[0]) for story in STORIES}
    spoken = {(name, language) for name, script in scripts.items() for language in script.languages}
    assert {name for name, _ in played_ones} == set(NAMES)
    assert spoken <= played_ones


def test_both_openings_of_the_demo_are_drawn_about_as_often(scripts: Mapping[str, Script]) -> None:
    experiment = scripts["demo-request"].experiments["opening"]
    arms = [draw(experiment, f"visitor {n}") for n in range(1000)]
    assert 400 < arms.count("promise") < 600


OPENINGS: list[tuple[str, str | None]] = [(name, None) for name in NAMES if name != "demo-request"]
OPENINGS += [("demo-request", "promise"), ("demo-request", "question")]
GLADLY = {
    "en": ("ok", "sure", "yes", "yeah, why not", "go ahead"),
    "de": ("ok", "ja", "gern", "klar", "ja gerne"),
    "es": ("vale", "sí", "claro"),
    "fr": ("ok", "oui", "volontiers"),
}
NO_THANKS = {"en": "no thanks", "de": "nein danke", "es": "no, gracias", "fr": "non merci"}


def arrived(script: Script, arm: str | None, language: str) -> Talk:
    talk = Talk(script)
    talk.arrive(language=language, person=person_of(script, arm))
    return talk


@pytest.mark.parametrize(("name", "arm"), OPENINGS)
def test_whoever_declines_at_the_door_is_let_go_with_a_kind_word(
    name: str, arm: str | None, scripts: Mapping[str, Script]
) -> None:
    for language in scripts[name].languages:
        talk = arrived(scripts[name], arm, language)
        said = talk.says(NO_THANKS[language])
        assert talk.here.status is Status.ENDED
        assert said
        assert not talk.here.magnets
        assert not any(word in said for word in ("Enjoy the guide", "Viel Freude damit"))


@pytest.mark.parametrize(("name", "arm"), [one for one in OPENINGS if one[1] != "question"])
def test_whoever_says_yes_in_any_words_at_the_door_is_asked_the_first_question(
    name: str, arm: str | None, scripts: Mapping[str, Script]
) -> None:
    for language in scripts[name].languages:
        for word in GLADLY[language]:
            talk = arrived(scripts[name], arm, language)
            talk.says(word)
            assert talk.last.step.startswith(("ask.", "get_guide", "start", "seat", "numbers")), word


@pytest.mark.parametrize("word", [*GLADLY["en"], *GLADLY["de"]])
@pytest.mark.parametrize(
    ("name", "ask", "then"),
    [
        ("savings-estimate", "how do you work it out?", "numbers"),
        ("webinar", "what will I learn?", "seat"),
        ("crm-guide", "I have a question", "get_guide"),
    ],
)
def test_a_yes_after_an_explanation_goes_on(
    name: str, ask: str, then: str, word: str, scripts: Mapping[str, Script]
) -> None:
    talk = arrived(scripts[name], None, "en")
    talk.says(ask)
    talk.says(word)
    assert talk.last.step == then


ROLES = {
    "en": ("CEO", "boss", "owner", "founder", "managing director", "I'm the decision maker", "it's my decision",
           "I make the decision", "I'm the boss"),
    "de": ("Geschäftsführer", "Geschäftsführerin", "Chef", "Chefin", "Inhaber", "Inhaberin", "meine Entscheidung",
           "ich bin die Entscheiderin"),
}  # fmt: skip
ADVISERS = {"en": ("consultant", "I'm a consultant", "my boss decides"), "de": ("Berater", "Beraterin", "meine Chefin")}
STUDENTS = {"en": ("student", "I am a student", "I study"), "de": ("Student", "Studentin", "ich studiere")}


@pytest.mark.parametrize(("name", "advises"), [("crm-guide", "advises"), ("demo-request", "prepares")])
def test_people_say_what_they_are_and_are_understood(name: str, advises: str, scripts: Mapping[str, Script]) -> None:
    field = scripts[name].fields["role"]
    for words, key in ((ROLES, "decides"), (ADVISERS, advises), (STUDENTS, "student")):
        for language, said in words.items():
            reading = Reading(language=language, now=datetime(2027, 1, 5, tzinfo=UTC))
            read = {one: field.type.read(one, field.options, reading) for one in said}
            assert {one: getattr(outcome, "value", None) for one, outcome in read.items()} == dict.fromkeys(said, key)


@pytest.mark.parametrize("name", ["crm-guide", "demo-request"])
def test_small_words_decide_nobodys_role(name: str, scripts: Mapping[str, Script]) -> None:
    field = scripts[name].fields["role"]
    for word in ("with", "those", "do", "who", "would", "am", "work", "nothing", "somebody else"):
        outcome = field.type.read(word, field.options, Reading(now=datetime(2027, 1, 5, tzinfo=UTC)))
        assert isinstance(outcome, Rejected), word


@pytest.mark.parametrize("name", NAMES)
def test_every_card_comes_with_a_word_above_it(name: str, scripts: Mapping[str, Script]) -> None:
    offers = [step for step in scripts[name].steps.values() if isinstance(step, OfferStep)]
    assert offers
    assert all(step.text is not None for step in offers)


@pytest.mark.parametrize("name", NAMES)
def test_people_are_addressed_by_their_first_name(name: str, scripts: Mapping[str, Script]) -> None:
    assert not re.search(r"\{\{\s*first_name\s*}}", scripts[name].source)


# Visitors as they are.

NONSENSE = (
    "asdf qwer",
    "???",
    "…",
    "🦄🦄🦄",
    "-",
    "why not",
    "<script>alert(1)</script>",
    "{{ email }}",
    "0",
    "x" * 5000,
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("line", NONSENSE, ids=[line[:12] for line in NONSENSE])
def test_a_visitor_who_answers_nonsense_comes_to_an_end_or_to_a_person(
    name: str, line: str, scripts: Mapping[str, Script]
) -> None:
    for language in scripts[name].languages:
        talk = Talk(scripts[name])
        talk.arrive(language=language)
        for _ in range(MOST_TURNS):
            if talk.here.status is Status.ENDED or talk.handoffs:
                break
            before = len(talk.turns)
            talk.waits() if talk.here.status is Status.WAITING or talk.here.fragments else talk.says(line)
            assert talk.heard or talk.here.fragments or talk.here.status is Status.WAITING, f"silence at turn {before}"
        assert talk.here.status is Status.ENDED or talk.handoffs
        assert_no_circle(talk)
        assert not talk.here.answers.get("email")


def test_no_consent_comes_of_nonsense(scripts: Mapping[str, Script]) -> None:
    for script in scripts.values():
        talk = Talk(script)
        talk.arrive()
        for _ in range(MOST_TURNS):
            talk.waits() if talk.here.status is Status.WAITING or talk.here.fragments else talk.says("asdf qwer")
        assert not any(record.given for record in talk.here.consents.values())


SENSIBLE: Mapping[str, tuple[str, ...]] = {
    "text": ("Tell me about imports", "nothing special", "Ada Lovelace", "Acme Ltd"),
    "email": ("ada@example.org", "kim@gmail.com"),
    "tel": ("+49 171 1234567",),
    "number": ("3", "12", "80", "10-20", "about 200"),
    "decimal": ("3", "12", "80", "1000", "a few hundred"),
    "rating": ("4", "1"),
}
"""What a visitor types, by the kind of input."""
ASIDES = ("back", "why do you ask?", "repeat", "help", "skip", "sorry, I meant 20", "what does it cost?", "hmm")


def wander(talk: Talk, chance: random.Random) -> None:
    """One thing that a visitor might do."""
    if talk.here.status is Status.WAITING or talk.here.fragments:
        talk.waits()
        return
    last = talk.last
    kind = last.input.kind if last.input else "text"
    if chance.random() < 0.15:
        talk.says(chance.choice(ASIDES))
    elif last.choices and chance.random() < 0.9:
        option = chance.choice(last.choices)
        talk.says(option.label, option.key, last.step)
    else:
        talk.says(chance.choice(SENSIBLE.get(kind, SENSIBLE["text"] + SENSIBLE["decimal"])))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", range(30))
def test_whatever_a_visitor_does_the_talk_stays_sound_and_ends(
    name: str, seed: int, scripts: Mapping[str, Script]
) -> None:
    chance = random.Random(f"{name} {seed}")
    script = scripts[name]
    talk = Talk(script)
    talk.arrive(language=chance.choice(script.languages), person=str(seed))
    for _ in range(150):
        if talk.here.status is Status.ENDED:
            break
        wander(talk, chance)
    assert talk.here.status is Status.ENDED
    assert_no_circle(talk)
    for text in everything_said(talk).splitlines():
        assert not any(slip in text for slip in ("{{", "{%", "  ", " ,", " .", "None", "[]")), text


def assert_no_circle(talk: Talk) -> None:
    facts = [fact for turn in talk.turns for fact in turn.facts]
    assert not [fact for fact in facts if fact.kind is FactKind.INVALID and fact.detail == "loop"]


@pytest.mark.parametrize("name", NAMES)
def test_whoever_asks_for_a_person_gets_one_at_any_question(name: str, scripts: Mapping[str, Script]) -> None:
    script = scripts[name]
    for seed in range(10):
        chance = random.Random(seed)
        talk = Talk(script)
        talk.arrive(person=str(seed))
        for _ in range(seed):
            wander(talk, chance)
        if talk.here.status is Status.ENDED:
            continue
        talk.says("a person, please")
        assert "asked" in talk.here.handoffs


@pytest.mark.parametrize("name", NAMES)
def test_questions_that_might_puzzle_say_why_they_are_asked(name: str, scripts: Mapping[str, Script]) -> None:
    script = scripts[name]
    asked = {step.field for step in script.steps.values() if isinstance(step, AskStep)}
    personal = [one for one in asked if script.fields[one].type.name in ("email", "money")]
    assert all(script.fields[one].why is not None for one in personal)
    contacts = [one for one in asked if script.fields[one].type.name in ("email", "phone")]
    assert all(script.fields[one].purpose is not None for one in contacts)


# What the scripts give and show.


@pytest.mark.parametrize("name", NAMES)
def test_everything_a_script_gives_or_shows_is_there(name: str, scripts: Mapping[str, Script]) -> None:
    script = scripts[name]
    for magnet in script.magnets.values():
        written = magnet.options.get("file") or magnet.options.get("codes") or {}
        for file in [written] if isinstance(written, str) else written.values():
            assert (LIBRARY / "files" / file).is_file()
    pictures = [script.persona.picture, *(persona.picture for persona in script.personas.values())]
    pictures += [step.picture for step in script.steps.values() if isinstance(step, AskStep | SayStep)]
    for picture in filter(None, pictures):
        assert (LIBRARY / "pictures" / picture).is_file()


def test_there_are_fifty_codes_and_no_two_alike() -> None:
    codes = (LIBRARY / "files" / "spring-codes.txt").read_text().split()
    assert len(codes) == len(set(codes)) == 50


def test_the_guides_are_what_their_texts_say() -> None:
    """Whoever changes a text makes the files anew: ``python docs/make_guides.py``."""
    made = runpy.run_path(str(GUIDES))
    for source in made["GUIDES"].glob("*.txt"):
        assert (LIBRARY / "files" / f"{source.stem}.pdf").read_bytes() == made["made"](source)


def test_a_guide_is_a_document_with_every_object_where_its_table_says() -> None:
    for path in (LIBRARY / "files").glob("*.pdf"):
        pdf = path.read_bytes()
        assert pdf.startswith(b"%PDF-1.7")
        table = int(pdf.rpartition(b"startxref\n")[2].split()[0])
        assert pdf[table:].startswith(b"xref\n")
        places = [int(line[:10]) for line in pdf[table:].splitlines() if line.endswith(b" n ")]
        for number, place in enumerate(places, 1):
            assert pdf[place:].startswith(f"{number} 0 obj\n".encode())


def test_pictures_hold_nothing_but_a_drawing() -> None:
    for path in (LIBRARY / "pictures").glob("*.svg"):
        drawing = path.read_text()
        assert drawing.startswith("<svg ")
        assert not any(word in drawing for word in ("<script", "href", "onload", "style", "<foreignObject", "<!"))
