"""The menu of commands."""

import pytest

from bot.channels.commands import WISHES
from bot.channels.telegram.commands import COMMANDS, LANGUAGES, in_language, menus


def test_every_command_is_understood_and_described_in_every_language() -> None:
    assert set(COMMANDS) == set(WISHES) | {"start"}
    assert {"start", "stop", "human", "language", "mydata", "forgetme"} <= set(COMMANDS)
    for texts in COMMANDS.values():
        assert set(texts) == set(LANGUAGES)
        assert all(0 < len(text) <= 256 for text in texts.values())


def test_the_default_menu_is_english() -> None:
    found = menus()
    assert list(found) == ["", *LANGUAGES[1:]]
    assert found[""]["human"] == "Talk to a person"
    assert found["de"]["stop"] == "Keine Nachrichten mehr bekommen"


def test_descriptions_of_our_own_go_first() -> None:
    found = menus({"en": {"human": "Talk to us"}, "sv": {"stop": "Nog"}})
    assert found[""]["human"] == "Talk to us"
    assert found["de"]["human"] == "Mit einem Menschen sprechen"
    assert (found["sv"]["stop"], found["sv"]["human"]) == ("Nog", "Talk to us")
    assert "en" not in found


@pytest.mark.parametrize(
    ("language", "text"),
    [("de-AT", "Anfangen"), ("sv", "Begin"), ("pt-BR", "Começar"), (None, "Begin"), ("DE", "Anfangen")],
)
def test_texts_by_language(language: str | None, text: str) -> None:
    assert in_language(COMMANDS["start"], language) == text
