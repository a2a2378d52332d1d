"""Texts are filled in once, with answers alone: nobody reaches a program through them, neither author nor visitor."""

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

import pytest

from bot.magnets import MAGNET_OPTIONS
from dialogs.loading import load_script
from tests.application import config_for, running
from tests.corpora.raw import get
from tests.corpora.reading import Corpora
from tests.corpora.strings import OURS, SCRIPTING, TEMPLATES
from tests.talk import Talk

ANSWER = "what somebody said"


def script_with(text: str, **more: object) -> str:
    """A script whose last words are ``text``."""
    steps = [{"ask": "note", "text": "Yes?"}, {"end": text}]
    return json.dumps(
        {"dialog": "a", "title": "T", "language": "en", "fields": {"note": "text"}, "steps": steps, **more}
    )


def said_by(text: str) -> str | None:
    """What a script with this text says; None when it is refused, with the place and the reason."""
    result = load_script(script_with(text), "script.yaml", MAGNET_OPTIONS)
    if result.script is None:
        assert all(str(problem).startswith("script.yaml:1:") for problem in result.problems)
        return None
    talk = Talk(result.script)
    talk.arrive()
    return talk.says(ANSWER)


def assert_nothing_runs(texts: Sequence[str]) -> None:
    """Refused, or said as it is written, or a part of it; nothing is worked out, and no answer comes in unasked."""
    for text in texts:
        words = said_by(text)
        assert words is None or words in text, text


def test_ours_are_refused_or_said_as_they_are() -> None:
    assert_nothing_runs([text for text in OURS if text != "{{ note }}{{ first_name }}"])
    assert said_by("{{ note }}") == ANSWER
    assert [said_by(text) for text in (TEMPLATES[0], "{{ note.__class__ }}", "{{ note() }}", "{{ self }}")] == [
        None
    ] * 4


def test_other_peoples_are_refused_or_said_as_they_are(corpora: Corpora) -> None:
    assert_nothing_runs([*corpora.templates(), *corpora.strings(), *corpora.scripting()])


@pytest.mark.parametrize("answer", [*TEMPLATES, "{{ copy }}", "= 7 * 7", "{note}"])
def test_an_answer_is_never_filled_in_again(answer: str) -> None:
    text = """
        dialog: a
        title: T
        language: en
        fields: {note: text, copy: text}
        steps:
          - {ask: note, text: Yes?}
          - set: {copy: = note}
          - end: "{{ copy }} and {{ note }}"
    """
    assert Talk.of(text).says(answer) == f"{answer} and {answer}"


async def test_a_title_stays_a_title_in_the_page(tmp_path: Path, sqlite_url: str) -> None:
    title, description = f"{SCRIPTING[0]} {{{{description}}}}", f"{SCRIPTING[1]} &amp; {{{{script}}}}"
    (tmp_path / "a.yaml").write_text(script_with("Bye", title=title, description=description), "utf-8")
    async with running(config_for(sqlite_url, tmp_path), targets={}) as app:
        page = (await get(app.base_url, "/chat/a")).body.decode()
    assert f"<title>{escape(title)}</title>" in page
    assert f'content="{escape(description)}"' in page
