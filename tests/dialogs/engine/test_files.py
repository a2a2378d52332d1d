"""Files that visitors send: as an answer, and when nobody asked."""

from typing import Any

from dialogs.events import Profile, VisitorSaid
from dialogs.files import wanted_file
from tests.talk import Talk, spoken

SCRIPT = """
dialog: brief
title: A brief
language: en
fields:
  first_name: {type: name, label: First name}
  brief: {type: file, label: The brief, types: [pdf, image], largest: 1 MB}
  team_size: {type: number, label: Team size}
steps:
  - ask: first_name
    text: Your name?
  - ask: brief
    text: Send me the brief, {{ first_name }}.
    optional: true
  - ask: team_size
    text: I have {{ brief | default("nothing") }}. How many are you?
  - end: Bye.
"""
PDF: dict[str, Any] = {"id": "f1", "name": "brief.pdf", "type": "application/pdf", "size": 1200}
PAGE: dict[str, Any] = {"id": "f2", "name": "brief.pdf", "type": "text/html", "size": 1200}


def sends(talk: Talk, file: dict[str, Any], text: str = "") -> str:
    talk.clock.pass_(seconds=1)
    return spoken(talk.take(VisitorSaid(at=talk.clock(), text=text, file=file)))


def test_a_file_answers_the_question_that_asks_for_one() -> None:
    talk = Talk.of(SCRIPT)
    assert wanted_file(talk.script, talk.here) is None
    talk.says("Ada")
    wanted = wanted_file(talk.script, talk.here)
    assert wanted is not None and wanted.largest == 1_000_000
    assert sends(talk, PDF, "here it is, 50 of us") == "I have brief.pdf (1.2 KB). How many are you?"
    assert talk.answers["brief"] == PDF


def test_another_kind_of_file_and_words_are_refused_with_what_would_be_right() -> None:
    talk = Talk.of(SCRIPT)
    talk.says("Ada")
    assert sends(talk, PAGE) == "I can't take that kind of file here. These work: a PDF, a picture."
    assert "as a file here (a PDF, a picture)" in talk.says("it is all in my head")
    assert "brief" not in talk.answers
    assert talk.says("skip", "skip", talk.last.step).endswith("I have nothing. How many are you?")


def test_a_file_that_nobody_asked_for_is_thanked_for_and_the_question_put_again() -> None:
    talk = Talk.of(SCRIPT)
    assert sends(talk, PDF) == "Thank you, I have got brief.pdf.\nYour name?"
    assert sends(talk, PDF, "Ada") == "Send me the brief, Ada."  # The words beside it are an answer.
    assert talk.answers == {"first_name": "Ada"}


def test_a_file_after_the_end_is_thanked_for() -> None:
    talk = Talk.of(SCRIPT)
    talk.says("Ada")
    sends(talk, PDF)
    talk.says("12")
    assert sends(talk, PDF) == "Thank you, I have got brief.pdf."


def test_a_file_kept_from_an_earlier_talk_is_not_asked_for_again() -> None:
    talk = Talk.of(SCRIPT, profile=Profile(answers={"first_name": "Ada", "brief": PDF}))
    assert talk.heard == "I have brief.pdf (1.2 KB). How many are you?"
