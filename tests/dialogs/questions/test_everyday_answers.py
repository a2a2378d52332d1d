"""Everyday answers are told at a glance; what is told at a glance is what a closer look would have told."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.language import choosing, introductions
from dialogs.language.contractions import CONTRACTED, spelled_out
from dialogs.language.vocabulary import words
from dialogs.questions import company, name
from dialogs.questions.base import LANGUAGES
from dialogs.questions.choice import ChoiceOptions, ChoiceQuestion
from dialogs.questions.company import CompanyOptions, CompanyQuestion
from dialogs.questions.name import NameOptions, NameQuestion
from tests.dialogs.questions.readings import reading

PIECES = [
    *words("Ada Bob Lovelace Éléonore Müller O'Neill Jean-Luc Ann Tess Acme Analytical Engines GmbH Ltd & H&M R2D2 3M"),
    *words(
        "I'm im i am it's this is my name is call me from at called named we're our company hi hello and but von bei"
    ),
    *words(
        "yes no sure surre yesss definitly absolutly maybe ok not good great perfect nein ne oui claro vale jo will"
    ),
    *words("simon roger love why what who please thanks the a of none test looking want need cost ich je yo you"),
    *words(
        "one two half second last third a an over number option zweite letzte dos tercero dernier vingt zwölf dritte"
    ),
    *words("im dont cant its lets ca not wo cannot isnt thats thatll 2 10 #"),
]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).flatmap(
    lambda pieces: st.sampled_from(
        [
            " ".join(pieces),
            " ".join(pieces).title(),
            " ".join(pieces).upper(),
            ", ".join(pieces),
            "  ".join(pieces) + "?",
        ]
    )
)
OPTIONS = ChoiceOptions.model_validate(
    {"options": {"demo": "A demo, please", "two": "Two numbers", "no": "No, thanks", "other": "Something else"}}
)


def never(*_: object) -> bool:
    return False


def always(*_: object) -> bool:
    return True


@settings(max_examples=200)
@given(text=TEXTS, language=st.sampled_from(LANGUAGES), full=st.booleans())
def test_a_name_is_the_same_at_a_glance_and_at_a_closer_look(text: str, language: str, full: bool) -> None:
    question, options, circumstances = NameQuestion(), NameOptions(full=full), reading(language)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(name, "is_plainly_a_name", never)
        patched.setattr(introductions, "_is_bare", never)
        closer = question.read(text, options, circumstances)
    assert question.read(text, options, circumstances) == closer


@settings(max_examples=200)
@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_a_company_is_the_same_at_a_glance_and_at_a_closer_look(text: str, language: str) -> None:
    question, options, circumstances = CompanyQuestion(), CompanyOptions(), reading(language)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(company, "_is_plain", never)
        patched.setattr(introductions, "_is_bare", never)
        closer = question.read(text, options, circumstances)
    assert question.read(text, options, circumstances) == closer


@settings(max_examples=200)
@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_no_number_is_overlooked_in_a_choice(text: str, language: str) -> None:
    question = ChoiceQuestion()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(choosing, "may_name_a_place", always)
        closer = question.read(text, OPTIONS, reading(language))
    assert question.read(text, OPTIONS, reading(language)) == closer


@given(pieces=st.lists(st.sampled_from([piece for piece in PIECES if "'" not in piece]), max_size=6))
def test_a_text_without_words_that_are_contractions_is_in_full(pieces: list[str]) -> None:
    folded = " ".join(pieces).lower()
    if CONTRACTED.isdisjoint(folded.split()):
        assert spelled_out(folded) == folded


@pytest.mark.parametrize(
    ("question", "options", "text"),
    [
        (NameQuestion(), NameOptions(), "Ada Lovelace"),
        (NameQuestion(), NameOptions(), "ada lovelace"),
        (NameQuestion(), NameOptions(), "Éléonore Müller"),
        (CompanyQuestion(), CompanyOptions(), "Analytical Engines Ltd"),
        (CompanyQuestion(), CompanyOptions(), "Müller & Söhne"),
    ],
)
def test_everyday_names_are_told_at_a_glance(
    question: Any, options: Any, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_closer(_: str) -> None:
        raise AssertionError("looked closer")

    monkeypatch.setattr(name, "introduced_name", look_closer)
    monkeypatch.setattr(company, "introduced_company", look_closer)
    assert question.read(text, options, reading("en"))
