"""What tests of reading scripts share."""

from datetime import date
from textwrap import dedent

from dialogs.checking import load_and_check
from dialogs.loading import load_script
from dialogs.script import Script

HEAD = """\
dialog: demo
title: Demo
fields:
  email: {type: email, label: E-mail}
  team_size: {type: number, label: Team size, min: 1, max: 1000}
  timeline: {type: choice, label: Timeline, options: {now: This month, later: Just looking}}
  note: {type: text, label: Note}
  wants_call: {type: yes_no, label: Wants a call}
magnets:
  guide: {kind: file, title: The guide, file: guide.pdf}
experiments:
  opening: {short: 50, long: 50}
"""
"""Twelve lines that most scripts below begin with: line 13 is the first line of what a test adds."""

ADDED = HEAD.count("\n")


def added(body: str) -> str:
    """HEAD with ``body`` after it."""
    return HEAD + dedent(body).lstrip("\n")


def problems_of(text: str) -> list[str]:
    """What reading says, as ``line:column: message``."""
    return [str(problem).removeprefix("demo.yaml:") for problem in load_script(text, "demo.yaml").problems]


def problems_in(body: str) -> list[str]:
    """What reading says about ``body`` after HEAD, its lines counted from 1."""
    return [_moved(problem) for problem in problems_of(added(body))]


def gate_on(body: str, today: date | None = None) -> list[str]:
    """What reading and the gate say about ``body`` after HEAD, its lines counted from 1; HEAD's own are left out."""
    problems = load_and_check(added(body), "demo.yaml", today=today).problems
    return [_moved(str(one).removeprefix("demo.yaml:")) for one in problems if one.line > ADDED]


def loaded(text: str) -> Script:
    """The script of a text that must be right."""
    result = load_script(text, "demo.yaml")
    assert result.script is not None, [str(problem) for problem in result.problems]
    return result.script


def loaded_with(body: str) -> Script:
    """The script of HEAD with ``body`` after it, which must be right."""
    return loaded(added(body))


def _moved(problem: str) -> str:
    line, _, rest = problem.partition(":")
    return f"{int(line) - ADDED}:{rest}"
