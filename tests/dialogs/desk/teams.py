"""What tests of the team file and of routing share."""

from textwrap import dedent

from dialogs.desk.team import Known, Team
from dialogs.desk.team_file import load_team

KNOWN = Known(
    fields={"team_size": "number", "timeline": "text", "first_name": "text", "interests": "list"},
    keys={"timeline": frozenset(("now", "later"))},
    languages=frozenset(("en", "de")),
    handoffs=frozenset(("sales", "support")),
    scripts=frozenset(("demo-request", "crm-guide")),
    targets=frozenset(("slack", "email")),
)
PEOPLE = """\
reps:
  anna: {name: Anna Berg, slack: U012AB3CD, languages: [de, en], territories: [DE, AT], tags: [enterprise]}
  ben: {name: Ben Okafor, slack: U045EF6GH, languages: [en]}
groups: {enterprise: [anna, ben]}
"""
"""Four lines that many team files below begin with."""


def problems_of(text: str, known: Known = KNOWN) -> list[str]:
    """What reading says, as ``line:column: message``."""
    return [str(one).removeprefix("team.yaml:") for one in load_team(dedent(text), "team.yaml", known).problems]


def problems_with(text: str, known: Known = KNOWN) -> list[str]:
    """What reading says of a text after ``PEOPLE``, its lines counted from 1."""
    lines = PEOPLE.count("\n")
    found = load_team(PEOPLE + dedent(text).lstrip("\n"), "team.yaml", known).problems
    return [
        f"{one.line - lines}:{one.column}: {str(one).partition(': ')[2]}" for one in found if one.line > lines
    ]  # What is said of PEOPLE, such as that nobody is asked, is not of interest.


def team_of(text: str, known: Known = KNOWN) -> Team:
    """The team of a text that must be right."""
    result = load_team(dedent(text), "team.yaml", known)
    assert result.team is not None, [str(problem) for problem in result.problems]
    return result.team


def team_with(text: str, known: Known = KNOWN) -> Team:
    """The team of a text after ``PEOPLE``, which must be right."""
    return team_of(PEOPLE + dedent(text).lstrip("\n"), known)
