"""The widget as it is served: what the sources say, small, and in every language it speaks."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.web.widget.__main__ import LANGUAGES, LOOKED_UP, SERVED, SOURCES, build, weigh
from bot.web.widget.declaring import UsedTooEarly, check_order
from bot.web.widget_parts import ALONG

DOCS = Path(__file__).parents[1] / "docs"
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
    assert sum(weigh(made[name]) for name in first_message(language)) <= 12 * KIBIBYTE


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_conversation_is_not_much(made: Mapping[str, str], language: str) -> None:
    assert sum(weigh(made[name]) for name in (*first_message(language), "widget-talk.js")) <= 25 * KIBIBYTE


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_parts_together_are_bounded(made: Mapping[str, str], language: str) -> None:
    """Teasers and a pop-up by themselves; what comes along with the talk is packed together with it."""
    talk = "\n".join(made[f"widget-{name}.js"] for name in ("talk", *ALONG))
    alone = (*first_message(language), "widget-attract.js", "widget-popup.js")
    assert sum(weigh(made[name]) for name in alone) + weigh(talk) <= 25 * KIBIBYTE


def test_the_documentation_says_what_each_part_weighs(made: Mapping[str, str]) -> None:
    rows = [line for line in (DOCS / "widget.md").read_text("utf-8").splitlines() if line.startswith("|")]
    told = {
        name.replace("LANGUAGE", "en"): float(weight)
        for row in rows
        if (names := re.findall(r"`(widget[\w-]*\.js)`", row)) and (weights := re.findall(r"\d\.\d", row))
        for name, weight in zip(names, weights, strict=True)
    }
    assert {"widget.js", "widget-core-en.js", "widget-talk.js"} < told.keys()
    for name, weight in told.items():
        # So much may change before it has to be written anew.
        assert weigh(made[name]) / KIBIBYTE == pytest.approx(weight, rel=0.07, abs=0.1), name


def first_message(language: str) -> tuple[str, ...]:
    return ("widget.js", "widget-greeting.js", f"widget-core-{language}.js")


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


def test_what_is_said_are_words_that_exist() -> None:
    """They are called otherwise in what is served, unless they are looked up by a name that is made up as it runs."""
    said = {name for path in SOURCES.glob("*.js") for name in re.findall(r"\bwords\.(\w+)", path.read_text("utf-8"))}
    assert (said | LOOKED_UP) - words_of("en").keys() == set()


def test_the_sources_can_be_read() -> None:
    sources = [path for path in SOURCES.rglob("*.*") if path.suffix in (".js", ".css", ".py")]
    long = {path.name for path in sources if len(path.read_text("utf-8").splitlines()) > 400}
    assert long == set()


@pytest.mark.parametrize(
    ("made", "late"),
    [
        ("const t=await e(),{code:n}=(await t.json())[0]", None),
        ("const{code:n}=(await t.json())[0],t=await e()", "t"),
        ('let[n]=e("t;"),t=1;const{a:o}=s,i=()=>o', None),
        ("if(a){const{a:n}=`${r}`,[o]=i(x=>({x})),r=1,i=2}", "i"),
    ],
)
def test_a_pattern_taken_from_what_is_not_made_yet_is_found(made: str, late: str | None) -> None:
    if late is None:
        check_order(made)
        return
    with pytest.raises(UsedTooEarly, match=f"^{late} is used before it is made"):
        check_order(made)
