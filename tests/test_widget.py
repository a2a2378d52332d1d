"""The widget as it is served: what the sources say, small, and in every language it speaks."""

import re
from collections.abc import Mapping

import pytest

from bot.web.widget.__main__ import LANGUAGES, SERVED, SOURCES, build, weigh

KIBIBYTE = 1024
WORD = re.compile(r"^  (\w+): \"(.+)\",$", re.MULTILINE)


def words_of(language: str) -> dict[str, str]:
    return dict(WORD.findall((SOURCES / "words" / f"{language}.js").read_text("utf-8")))


@pytest.fixture(scope="module")
def made() -> Mapping[str, str]:
    return build()


def test_what_is_served_is_what_the_sources_say(made: Mapping[str, str]) -> None:
    served = {path.name: path.read_text("utf-8") for path in SERVED.glob("widget*.js")}
    stale = sorted(name for name in made.keys() | served.keys() if made.get(name) != served.get(name))
    assert stale == [], "run `make widget`"


def test_what_every_page_loads_is_small(made: Mapping[str, str]) -> None:
    assert weigh(made["widget.js"]) <= 3 * KIBIBYTE


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_message_comes_with_little(made: Mapping[str, str], language: str) -> None:
    first = ("widget.js", "widget-greeting.js", f"widget-core-{language}.js")
    assert sum(weigh(made[name]) for name in first) <= 12 * KIBIBYTE


OPTIONAL = ("attract", "page", "phone", "popup", "upload")
"""Parts for what a script or a website has to ask for: teasers, what the page tells and a human check, phone numbers,
pop-ups, files."""


def test_a_whole_conversation_is_not_much(made: Mapping[str, str]) -> None:
    """A visitor speaks one language; the one with the heaviest words counts."""
    without = {f"widget-{name}.js" for name in OPTIONAL}
    assert sum(size for name, size in loaded(made).items() if name not in without) <= 25 * KIBIBYTE


def test_all_parts_together_are_bounded(made: Mapping[str, str]) -> None:
    assert sum(loaded(made).values()) <= 32 * KIBIBYTE


def loaded(made: Mapping[str, str]) -> dict[str, int]:
    """What one visitor may load at most, and what it weighs."""
    spoken = max(LANGUAGES, key=lambda language: weigh(made[f"widget-core-{language}.js"]))
    names = [name for name in made if not re.match(r"widget-(core|words)-", name)]
    return {name: weigh(made[name]) for name in [*names, f"widget-core-{spoken}.js"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_word(language: str) -> None:
    english, words = (
        dict(WORD.findall((SOURCES / "words" / f"{one}.js").read_text("utf-8"))) for one in ("en", language)
    )
    assert words.keys() == english.keys()
    assert all(word.strip() == word for word in words.values())


def test_every_word_is_said_somewhere() -> None:
    said = "".join(path.read_text("utf-8") for path in SOURCES.glob("*.js"))
    assert [name for name in words_of("en") if not re.search(rf"\b{name}\b", said)] == []


def test_the_sources_can_be_read() -> None:
    sources = [path for path in SOURCES.rglob("*.*") if path.suffix in (".js", ".css", ".py")]
    long = {path.name for path in sources if len(path.read_text("utf-8").splitlines()) > 400}
    assert long == set()
