"""Pictures that a script shows, and their words for those who do not see them."""

import pytest

from bot.handoff.slack.sayings import said
from bot.messages import messages_of
from dialogs.checking import load_and_check
from tests.bot.handoff.slack.views import view
from tests.dialogs.loading_support import gate_on, problems_in
from tests.talk import Talk

DECORATES = 'add "alt: …" with what it shows, or alt: "" if it only decorates'
SHOWN = """\
dialog: chart
title: {en: A chart, de: Ein Diagramm}
language: en
languages: [en, de]
fields:
  team_size: {type: number, label: {en: Team size, de: Teamgröße}}
steps:
  - say: {en: Look at this., de: Sehen Sie.}
    picture: chart.png
    alt: {en: "A chart: half the work", de: "Ein Diagramm: halbe Arbeit"}
  - ask: team_size
    text: {en: How many are you?, de: Wie viele sind Sie?}
    picture: team.png
    alt: ""
  - end: {en: Bye, de: Tschüss}
"""


def test_a_picture_says_what_it_shows_in_the_visitors_language() -> None:
    for language, alt in (("en", "A chart: half the work"), ("de", "Ein Diagramm: halbe Arbeit")):
        talk = Talk.of(SHOWN, language=language)
        messages = messages_of(talk.script, talk.turns[-1], talk.events[-1], None, "/pictures", talk.clock())
        assert (messages[0]["picture"], messages[0]["alt"]) == ("/pictures/chart.png", alt)
        assert messages[1]["picture"] == "/pictures/team.png"
        assert "alt" not in messages[1], "it only decorates"


def test_a_question_put_in_other_words_comes_without_its_picture_and_the_pictures_words() -> None:
    talk = Talk.of(SHOWN.replace('alt: ""', "alt: {en: A team, de: Ein Team}"), language="en")
    talk.says("green")
    assert (talk.last.picture, talk.last.alt) == (None, "")


def test_a_picture_without_words_is_warned_of_until_it_is_said_to_decorate() -> None:
    warning = f"3:5: warning: visitors who do not see this picture miss it; {DECORATES}"
    body = "steps:\n  - say: Look\n    picture: https://example.com/a.png\n{}  - end: Bye\n"
    assert gate_on(body.format("")) == [warning]
    assert gate_on(body.format('    alt: ""\n')) == []
    assert gate_on(body.format("    alt: Half the work\n")) == []


def test_sales_are_told_what_a_picture_showed() -> None:
    message = {"seq": 1, "from": "bot", "at": "", "text": "Look.", "picture": "/pictures/a.png", "alt": "A chart"}
    notice, blocks = said(view(), [message])
    assert notice.endswith(": Look. [Picture: A chart]")
    assert "Look. [Picture: A chart]" in str(blocks)


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("{say: Hi, alt: A chart}", '2:15: "alt" says what a picture shows; it needs "picture"'),
        (
            "{say: Hi, picture: a.png, alt: }",
            '2:31: nothing is written after "alt:"; say what the picture shows, or write alt: "" if it only decorates',
        ),
        (
            "{say: Hi, picture: a.png, alt: {de: Ein Bild}}",
            '2:37: "de" is none of the script\'s languages (en); add it to "languages:"',
        ),
        (
            "{say: Hi, picture: a.png, alt: [A chart]}",
            '2:36: "alt" needs a text, not a list; if it is one, put it in quotes',
        ),
        ("{end: Hi, alt: A chart}", '2:15: "alt" belongs to "say" and "ask", not to "end"'),
        (
            "{say: Hi, picture: a.png, alt: " + "x" * 301 + "}",
            "2:36: a picture's words are read in one breath: 300 characters at most",
        ),
    ],
)
def test_mistakes_in_the_words_of_a_picture(step: str, told: str) -> None:
    assert problems_in(f"steps:\n  - {step}\n") == [told]


def test_words_of_a_picture_that_lack_a_language_are_warned_of() -> None:
    script = SHOWN.replace(', de: "Ein Diagramm: halbe Arbeit"', "")
    assert [str(one).partition(": ")[2] for one in load_and_check(script, "chart.yaml").problems] == [
        'warning: texts are missing in "de" in line 8; visitors see them in the script\'s own language'
    ]
