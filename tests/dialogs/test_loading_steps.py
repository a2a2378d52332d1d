"""What every kind of step means once it is read."""

import pytest

from dialogs.conditions import Expression
from dialogs.script import (
    AskStep,
    BranchStep,
    CallStep,
    ConsentStep,
    DisqualifyStep,
    EndStep,
    GoStep,
    HandoffStep,
    OfferStep,
    Place,
    ReturnStep,
    SayStep,
    SetStep,
    TagStep,
    VariantStep,
    WaitStep,
)
from dialogs.texts import Text
from tests.dialogs.loading_support import loaded, loaded_with
from tests.talk import Talk


def words(text: Text | None, language: str = "en") -> str:
    assert text is not None
    return text.render(language, {})


def test_each_step_goes_on_to_the_next_and_the_last_to_the_end() -> None:
    script = loaded_with("steps:\n  - say: One\n  - ask: email\n  - say: Two\n")
    assert script.first == "say.1"
    assert [(step.id, step.next) for step in script.steps.values()] == [
        ("say.1", "ask.email"),
        ("ask.email", "say.2"),
        ("say.2", ""),
    ]


def test_steps_are_called_by_the_author_or_after_what_they_do() -> None:
    script = loaded_with("""
        steps:
          - step: hello
            say: Hi
          - ask: email
          - ask: email
          - consent: call_me
            text: May we call?
          - offer: guide
          - say: One
          - tag: hot
          - end
    """)
    assert list(script.steps) == [
        "hello", "ask.email", "ask.email.2", "consent.call_me", "offer.guide", "say.1", "tag.1", "end.1",
    ]  # fmt: skip


def test_a_step_knows_its_place_condition_otherwise_and_persona() -> None:
    script = loaded_with("""
        personas: {ben: {name: Ben, picture: ben.png}}
        steps:
          - say: Large!
            when: team_size >= 50
            else: small
            persona: ben
          - step: small
            end: Bye
    """)
    step = script.steps["say.1"]
    assert step.when is not None
    assert step.when.holds({"team_size": 50})
    assert not step.when.holds({"team_size": 49})
    assert (step.otherwise, step.persona, step.place) == ("small", "ben", Place(15, 5))
    assert script.personas["ben"].name == "Ben"


def test_a_say_with_choices_in_all_their_forms() -> None:
    script = loaded_with("""
        steps:
          - say: Hi! What brings you here?
            picture: https://example.com/mia.png
            links:
              - {label: Prices, url: "https://example.com/prices?for={{ team_size }}"}
              - {label: Call, url: "tel:+49301234"}
            free: other
            choices:
              - Yes, please!
              - I have a question: {go: other}
              - label: Prices
                key: prices
                go: other
                when: known(email)
                tag: [prices, warm]
                set: {timeline: now, team_size: = 2 * 3}
                synonyms: [cost]
              - Yes, please!
          - step: other
            end:
    """)
    step = script.steps["say.1"]
    assert isinstance(step, SayStep)
    assert (step.picture, step.free) == ("https://example.com/mia.png", "other")
    assert step.links[0].url.render("en", {"team_size": "5"}) == "https://example.com/prices?for=5"
    assert [choice.key for choice in step.choices] == ["yes_please", "i_have_a_question", "prices", "yes_please_2"]
    plain, short, full, _ = step.choices
    assert (words(plain.label), plain.go) == ("Yes, please!", None)
    assert (words(short.label), short.go) == ("I have a question", "other")
    assert (full.go, full.tags, full.synonyms) == ("other", ("prices", "warm"), ("cost",))
    assert full.when is not None
    assert full.values["timeline"] == "now"
    formula = full.values["team_size"]
    assert isinstance(formula, Expression)
    assert formula.evaluate({}) == 6


def test_an_ask_with_everything() -> None:
    script = loaded_with("""
        steps:
          - ask: email
            text: Where shall it go, {{ note }}?
            optional: true
            again: yes
            attempts: {most: 5, then: {go: bye}}
            retry: Something with an @, please.
            gather: 4 seconds
            picture: mail.png
          - ask: team_size
            attempts: 2
          - ask: note
            attempts: {most: 1, go: bye}
          - ask: timeline
          - step: bye
            end:
    """)
    full, two, one, plain = (step for step in script.steps.values() if isinstance(step, AskStep))
    assert full.text is not None
    assert full.text.render("en", {"note": "Ada"}) == "Where shall it go, Ada?"
    assert (full.optional, full.again, full.attempts, full.way_out) == (True, True, 5, "bye")
    assert (words(full.retry), full.gather_seconds, full.picture) == ("Something with an @, please.", 4.0, "mail.png")
    assert (two.attempts, two.way_out) == (2, None)
    assert (one.attempts, one.way_out) == (1, "bye")
    assert (plain.text, plain.optional, plain.again, plain.attempts) == (None, False, False, 3)


def test_a_consents_version_follows_its_wording_in_every_language() -> None:
    def version(text: str, more: str = "") -> str:
        body = f"steps:\n  - consent: call_me\n    text: {text}\n{more}"
        step = loaded_with("languages: [en, de]\n" + body).steps["consent.call_me"]
        assert isinstance(step, ConsentStep)
        return step.version

    first = version("{en: May we call?, de: Ruf an?}")
    assert len(first) == 12
    assert int(first, 16) >= 0
    assert version("{de: Ruf an?, en: May we call?}", "    yes: Sure\n") == first
    assert version("{en: May we call?, de: Ruf mich an?}") != first
    assert version("May we call?") != first
    assert version("May we call?", "    version: 2027-01\n") == "2027-01"


def test_a_consent_asks_for_a_purpose_of_the_script() -> None:
    script = loaded_with("""
        purposes: [share_with_partners]
        steps:
          - consent: share_with_partners
            text: May we share it?
            yes: Sure
            no: Rather not
            why: So that nobody asks you twice, {{ email }}.
    """)
    step = script.steps["consent.share_with_partners"]
    assert isinstance(step, ConsentStep)
    assert (words(step.yes), words(step.no)) == ("Sure", "Rather not")
    assert words(step.why) == "So that nobody asks you twice."
    assert script.purposes == ("answer_me", "keep_in_touch", "call_me", "share_with_partners")


def test_the_other_steps() -> None:
    script = loaded_with("""
        steps:
          - offer: guide
            text: Here it is.
          - variant: opening
            arms: {short: {go: a}, long: b}
          - step: a
            branch: [{when: team_size > 5, go: b}, {go: c}]
          - step: b
            set: {note: 0123, team_size: = team_size * 2, wants_call: yes, timeline: later, email: null}
          - step: c
            wait: 1 day and 2 hours
          - tag: {add: [hot], remove: [cold, stale]}
          - tag: [x, y]
          - handoff: sales
            because: Asked for a quote
            text: I get somebody.
          - handoff: support
          - disqualify: Student
            text: The free plan is for you.
          - when: known(email)
            go: a
          - end: Bye, {{ note }}!
    """)
    steps = script.steps
    offer, variant, branch, setter, wait = (steps[one] for one in ("offer.guide", "variant.1", "a", "b", "c"))
    assert isinstance(offer, OfferStep)
    assert (offer.magnet, words(offer.text)) == ("guide", "Here it is.")
    assert isinstance(variant, VariantStep)
    assert (variant.experiment, variant.ways) == ("opening", {"short": "a", "long": "b"})
    assert isinstance(branch, BranchStep)
    assert [(case.when and case.when.source, case.go) for case in branch.cases] == [("team_size > 5", "b"), (None, "c")]
    assert isinstance(setter, SetStep)
    assert {name: value for name, value in setter.values.items() if name != "team_size"} == {
        "note": "0123",
        "wants_call": True,
        "timeline": "later",
        "email": None,
    }
    assert isinstance(wait, WaitStep)
    assert wait.seconds == 26 * 3600
    first, second = steps["tag.1"], steps["tag.2"]
    assert isinstance(first, TagStep)
    assert isinstance(second, TagStep)
    assert (first.add, first.remove, second.add) == (("hot",), ("cold", "stale"), ("x", "y"))
    sales, support = steps["handoff.1"], steps["handoff.2"]
    assert isinstance(sales, HandoffStep)
    assert isinstance(support, HandoffStep)
    assert (sales.to, sales.because, words(sales.text)) == ("sales", "Asked for a quote", "I get somebody.")
    assert (support.to, support.because) == ("support", 'Came to the step "handoff.2"')
    disqualify, go, end = steps["disqualify.1"], steps["go.1"], steps["end.1"]
    assert isinstance(disqualify, DisqualifyStep)
    assert (disqualify.because, words(disqualify.text)) == ("Student", "The free plan is for you.")
    assert isinstance(go, GoStep)
    assert go.target == "a"
    assert go.when is not None
    assert isinstance(end, EndStep)
    assert words(end.text) == "Bye!"


def test_sub_dialogs_are_called_return_and_may_leave_for_the_main_list() -> None:
    script = loaded_with("""
        steps:
          - call: qualify
          - step: bye
            end:
        dialogs:
          qualify:
            - ask: team_size
              attempts: {most: 2, go: bye}
            - return
            - step: inner
              ask: timeline
            - return:
              when: known(email)
            - go: inner
    """)
    call = script.steps["call.1"]
    assert isinstance(call, CallStep)
    assert (call.dialog, call.first, call.next) == ("qualify", "ask.team_size", "bye")
    assert script.dialogs == {"qualify": ("ask.team_size", "return.1", "inner", "return.2", "go.1")}
    assert script.steps["bye"].next == ""
    assert script.steps["go.1"].next == ""
    conditional = script.steps["return.2"]
    assert isinstance(conditional, ReturnStep)
    assert conditional.when is not None


@pytest.mark.parametrize(("end", "text"), [("end", None), ("end:", None), ("end: Bye", "Bye"), ("end: ~", None)])
def test_an_end_may_say_something(end: str, text: str | None) -> None:
    step = loaded_with(f"steps:\n  - {end}\n").steps["end.1"]
    assert isinstance(step, EndStep)
    assert (None if step.text is None else words(step.text)) == text


def test_the_head_of_a_script() -> None:
    text = """\
dialog: demo-2
title: 20% off
description: All of it.
language: de
languages: [en]
persona: {name: Mia, picture: https://example.com/mia.png}
steps:
  - say: {en: "Hello, {{ bot_name }} of {{ script_title }}", de: Hallo}
"""
    script = loaded(text)
    assert script.description is not None
    assert (script.name, words(script.title, "en"), words(script.description)) == ("demo-2", "20% off", "All of it.")
    assert (script.language, script.languages) == ("de", ("de", "en"))
    assert (script.persona.name, script.persona.picture) == ("Mia", "https://example.com/mia.png")
    step = script.steps["say.1"]
    assert isinstance(step, SayStep)
    assert (words(step.text, "de"), words(step.text, "fr")) == ("Hallo", "Hallo")
    assert step.text.render("en", {"bot_name": "Mia", "script_title": "X"}) == "Hello, Mia of X"
    assert (script.source, script.path, len(script.version)) == (text, "demo.yaml", 16)


def test_a_title_and_a_description_are_written_per_language() -> None:
    text = """\
dialog: demo
title: {en: The guide, de: Der Leitfaden}
description:
  en: All of it.
  de: |
    Alles davon.
languages: [en, de]
steps:
  - say: {en: "Welcome to {{ script_title }}", de: "Willkommen bei {{ script_title }}"}
"""
    script = loaded(text)
    assert [words(script.title, language) for language in ("en", "de", "fr")] == [
        "The guide", "Der Leitfaden", "The guide",
    ]  # fmt: skip
    assert [words(script.description, language) for language in ("en", "de")] == ["All of it.", "Alles davon."]
    assert [Talk.of(text, language=one).heard for one in ("en-GB", "de-AT")] == [
        "Welcome to The guide", "Willkommen bei Der Leitfaden",
    ]  # fmt: skip


@pytest.mark.parametrize("blank", ["", 'description: ""\n', 'description: " "\n'])
def test_a_script_need_not_describe_itself(blank: str) -> None:
    assert loaded(f"dialog: demo\ntitle: Demo\n{blank}steps:\n  - end\n").description is None


def test_a_version_is_the_texts_own() -> None:
    first = loaded_with("steps: [end]\n").version
    assert loaded_with("steps: [end]\n").version == first
    assert loaded_with("steps: [end]  # a note\n").version != first


def test_a_bare_script_has_an_assistant_who_speaks_english() -> None:
    script = loaded("dialog: demo\ntitle: Demo\nsteps:\n  - end\n")
    assert (script.persona.name, script.language, script.languages) == ("Assistant", "en", ("en",))
    assert loaded("dialog: demo\ntitle: Demo\npersona: Mia\nsteps:\n  - end\n").persona.name == "Mia"
