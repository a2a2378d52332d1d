"""What visitors are told when something is refused: in every language of the interface, with all its facts."""

import re
import sys
from collections.abc import Mapping

import pytest

from bot.channels import words
from bot.channels.slack import words as slack
from bot.refusals import LANGUAGES, SENTENCES, wording
from bot.web.languages import preferred_language, spoken
from bot.web.widget.__main__ import LANGUAGES as WIDGET_LANGUAGES
from dialogs.language import lookalikes
from dialogs.phrases import PHRASES
from dialogs.questions import QUESTION_TYPES, doubting


def test_the_languages_are_those_of_the_chat_on_the_website() -> None:
    assert LANGUAGES == WIDGET_LANGUAGES


EXAMPLES = ("example", "full_example")
"""The same everywhere."""


def of_questions() -> dict[str, Mapping[str, Mapping[str, str]]]:
    """What every question type says."""
    tables = {"lookalikes": lookalikes.WHAT_IT_LOOKS_LIKE, "doubting": doubting.PHRASES}
    for one in QUESTION_TYPES.values():
        module = sys.modules[type(one).__module__]
        for name in ("_PHRASES", "PHRASES"):
            tables[f"{one.name}.{name}"] = getattr(module, name, {})
    return tables


TABLES = {"refusals": SENTENCES, "bot": PHRASES, "messengers": words.WORDS, "slack": slack.WORDS, **of_questions()}


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        (f"{name}.{key}", sentence)
        for name, table in TABLES.items()
        for key, sentence in table.items()
        if key not in EXAMPLES
    ],
    ids=str,
)
def test_a_sentence_is_there_in_every_language_with_the_same_facts(key: str, sentence: Mapping[str, str]) -> None:
    assert sorted(sentence) == sorted(LANGUAGES)
    facts = {language: sorted(re.findall(r"\{(\w+)\}", text)) for language, text in sentence.items()}
    assert {tuple(sorted(set(one))) for one in facts.values()} == {tuple(sorted(set(facts["en"])))}
    assert all(text.strip() for text in sentence.values())
    assert len(set(sentence.values())) > 1


def test_kinds_of_files_are_named_in_the_same_language_as_the_sentence_around_them() -> None:
    refused = wording("wrong_type", found="text/html", kinds=("image", "pdf", ".dwg"))
    assert refused.said("it").endswith("un'immagine, un PDF, .dwg.")
    assert refused.said("pt-BR").endswith("uma imagem, um PDF, .dwg.")
    assert refused.said("xx") == refused.said("en")


@pytest.mark.parametrize(
    ("wished", "given"),
    [("pt-BR,pt;q=0.9,en;q=0.8", "pt"), ("nl-NL", "nl"), ("sv, ar;q=0.5", "ar"), ("", "en"), (";;q=x,,", "en")],
)
def test_the_first_language_that_is_spoken_is_taken(wished: str, given: str) -> None:
    assert preferred_language(wished, LANGUAGES) == given


@pytest.mark.parametrize(
    ("named", "language"), [("it-IT", "it"), ("AR", "ar"), ("sv", None), ("", None), (None, None), (["de"], None)]
)
def test_only_a_language_of_the_interface_counts(named: object, language: str | None) -> None:
    assert spoken(named) == language
