"""Which spoken language is meant by one that is wished for."""

import pytest

from dialogs.language.language_tags import nearest_language
from tests.talk import Talk


@pytest.mark.parametrize(
    ("wished", "spoken", "nearest"),
    [
        ("de", ["en", "de"], "de"),
        ("de-AT", ["en", "de"], "de"),
        ("DE-at", ["en", "de", "de-AT"], "de-AT"),
        ("pt-br", ["en", "pt-BR"], "pt-BR"),
        ("pt", ["en", "pt-BR"], "pt-BR"),
        ("pt-PT", ["en", "pt-BR"], "pt-BR"),
        ("pt-PT", ["en", "pt-BR", "pt"], "pt"),
        ("zh-Hant-TW", ["zh-Hans", "zh-Hant"], "zh-Hant"),
        ("fr", ["en", "de"], None),
        ("den", ["en", "de"], None),
        ("", ["en"], None),
        ("-", ["en"], None),
        ("*", ["en"], None),
        ("x" * 100_000, ["en"], None),
    ],
)
def test_the_nearest_language_is_spoken(wished: str, spoken: list[str], nearest: str | None) -> None:
    assert nearest_language(wished, spoken) == nearest


BRAZILIAN = """
    dialog: demo
    title: {en: Demo, pt-BR: Demo}
    language: en
    languages: [en, pt-BR]
    fields: {note: text}
    steps:
      - ask: note
        text: {en: "Yes?", pt-BR: Sim?}
"""


@pytest.mark.parametrize("language", ["pt-BR", "pt-br", "pt", "pt-PT"])
def test_a_visitor_is_spoken_to_in_another_kind_of_their_language(language: str) -> None:
    assert Talk.of(BRAZILIAN, language=language).heard == "Sim?"


@pytest.mark.parametrize(
    ("wish", "command"),
    [
        ("/language pt-br", "language:pt-br"),
        ("/language Português", "language:Português"),
        ("Can we speak Portuguese?", None),
    ],
)
def test_a_visitor_may_go_over_to_it(wish: str, command: str | None) -> None:
    talk = Talk.of(BRAZILIAN, language="en")
    assert talk.says(wish, command).endswith("Sim?")
    assert talk.here.language == "pt-BR"
