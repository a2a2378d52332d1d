"""What the publish gate warns of: what is forgotten, misspelt, untranslated, or too large for a channel."""
# ruff: noqa: E501 - messages, one a line.

from dataclasses import dataclass

import pytest

from dialogs.checking import WEB_ONLY, ChannelLimits, Limits, check_script, load_and_check
from tests.dialogs.loading_support import HEAD, gate_on, loaded_with


def warnings_on(body: str) -> list[str]:
    problems = gate_on(body)
    assert all(": warning: " in problem for problem in problems), problems
    return [problem.replace("warning: ", "") for problem in problems]


def test_warnings_come_with_the_script() -> None:
    result = load_and_check(HEAD + "steps: [end]\n", "demo.yaml")
    assert result.script is not None
    assert [str(problem) for problem in result.problems] == [
        'demo.yaml:4:3: warning: the field "email" is never asked, set or used; ask for it with "- ask: email", or remove it',
        'demo.yaml:5:3: warning: the field "team_size" is never asked, set or used; ask for it with "- ask: team_size", or remove it',
        'demo.yaml:6:3: warning: the field "timeline" is never asked, set or used; ask for it with "- ask: timeline", or remove it',
        'demo.yaml:7:3: warning: the field "note" is never asked, set or used; ask for it with "- ask: note", or remove it',
        'demo.yaml:8:3: warning: the field "wants_call" is never asked, set or used; ask for it with "- ask: wants_call", or remove it',
        'demo.yaml:10:3: warning: the lead magnet "guide" is never offered; give it with "- offer: guide"',
        'demo.yaml:12:3: warning: the experiment "opening" is never used; draw one with "- variant: opening"',
    ]


def test_a_field_that_is_used_but_comes_from_nowhere_is_told_apart() -> None:
    result = load_and_check(HEAD + 'steps:\n  - end: "Bye {{ note }}"\n', "demo.yaml")
    assert any('the field "note" is used, but never asked or set' in problem.message for problem in result.problems)


def test_what_is_used_is_not_warned_of() -> None:
    body = """
        steps:
          - ask: email
          - ask: team_size
          - ask: timeline
          - {say: Hi, choices: [{label: A, set: {note: x}}, B]}
          - set: {wants_call: yes}
          - offer: guide
          - variant: opening
          - end
    """
    result = load_and_check(HEAD + body.replace("\n        ", "\n").lstrip("\n"), "demo.yaml")
    assert result.script is not None
    assert result.problems == ()


def test_an_experiment_that_is_asked_for_but_not_drawn_is_told_apart() -> None:
    body = 'steps:\n  - {end: Bye, when: variant("opening") == "short"}\n'
    result = load_and_check(HEAD + body, "demo.yaml")
    assert any(
        'the experiment "opening" is asked for, but nobody draws an arm' in one.message for one in result.problems
    )


def test_labels_and_buttons_are_held_to_every_channel() -> None:
    script = loaded_with(f"""
        languages: [de]
        steps:
          - say: {{en: Hi, de: Hallo}}
            choices:
              - {{label: {{en: Short, de: {"x" * 30}}}}}
              - {{label: "{{{{ note }}}} {"y" * 20}"}}
              - C
          - ask: timeline
          - end
    """)
    channels: dict[str, Limits] = {
        "phone": ChannelLimits(buttons=2, label_characters=20),
        "watch": ChannelLimits(buttons=5, label_characters=8),
        "post": ChannelLimits(buttons=0, label_characters=0),
    }
    found = [
        (one.line, one.message)
        for one in check_script(script, channels)
        if "button" in one.message or "label" in one.message
    ]
    assert found == [
        (6, 'the label "This month" has 10 characters, but watch shows 8; shorten it'),
        (6, 'the label "Just looking" has 12 characters, but watch shows 8; shorten it'),
        (15, "3 buttons, but phone shows 2 at most; offer fewer"),
        (17, f'the label "{"x" * 30}" has 30 characters, but phone shows 20 and watch shows 8; shorten it'),
        (18, f'the label "{"y" * 20}" has 21 characters, but phone shows 20 and watch shows 8; shorten it'),
    ]


def test_texts_and_magnets_are_held_to_every_channel() -> None:
    script = loaded_with(f"""
        languages: [de]
        steps:
          - say: {{en: Hi, de: {"x" * 90}}}
          - offer: guide
          - end: {"y" * 60}
    """)
    channels: dict[str, Limits] = {
        "Watch": ChannelLimits(buttons=5, label_characters=80, text_characters=50, files=False),
        "Phone": ChannelLimits(buttons=5, label_characters=80, text_characters=80),
    }
    found = [one.message for one in check_script(script, channels) if "Watch" in one.message or "Phone" in one.message]
    assert found == [
        "Watch cannot send files; visitors there get a link",
        "this text has 90 characters, but Watch shows 50 in one message; what is longer is split",
        "this text has 90 characters, but Phone shows 80 in one message; what is longer is split",
        "this text has 60 characters, but Watch shows 50 in one message; what is longer is split",
    ]


def test_rows_of_a_list_may_be_longer_than_buttons() -> None:
    script = loaded_with(f"""
        steps:
          - say: Hi
            choices: [A, {"b" * 21}]
          - say: Ho
            choices: [A, B, {"c" * 24}, {"d" * 25}]
          - end
    """)
    lists = ChannelLimits(buttons=10, label_characters=20, list_above=3, list_label_characters=24)
    found = [one.message for one in check_script(script, {"Lists": lists}) if "label" in one.message]
    assert [f"{'b' * 21}" in found[0], f"{'d' * 25}" in found[1], len(found)] == [True, True, 2]
    assert "Lists shows 20" in found[0]
    assert "Lists shows 24" in found[1]


SCORED = """
    steps:
      - offer: guide
      - {end: Bye, when: did("guide.opened")}
      - end
    scoring:
      engagement:
        rules:
          - {on: guide.opened, points: 5, because: Opened it}
          - {on: guide.given, points: 5, because: Took it}
"""


def test_what_depends_on_an_opening_that_is_not_seen_is_warned_of() -> None:
    blind = {"Post": ChannelLimits(buttons=5, label_characters=80, sees_opening=False)}
    found = [one for one in check_script(loaded_with(SCORED), {**WEB_ONLY, **blind}) if "opened" in one.message]
    assert len(found) == 2
    assert {one.message for one in found} == {
        'Post cannot see that the file "guide" is opened; have a link sent there by "in_messengers: link" at the magnet, or count "guide.given"'
    }
    by_link = {"Post": ChannelLimits(buttons=5, label_characters=80, files=False, sees_opening=False)}
    for channels in (WEB_ONLY, by_link):
        assert not any("opened" in one.message for one in check_script(loaded_with(SCORED), channels))


def test_a_menu_that_may_be_empty_is_warned_of() -> None:
    body = "steps:\n  - say: Hi\n    choices: [{label: A, when: known(email)}, {label: B, WHEN}]\n  - end\n"
    message = "every choice has a condition; a visitor for whom none of them holds sees no button; leave one without"
    assert warnings_on(body.replace("WHEN", "when: team_size > 5")) == [f"2:5: {message}"]
    assert warnings_on(body.replace("WHEN", "key: b")) == []


def test_any_value_with_the_numbers_is_a_channels_limits() -> None:
    @dataclass(frozen=True)
    class Elsewhere:
        name: str = "chat"
        buttons: int = 1
        label_characters: int = 80
        text_characters: int = 1000
        files: bool = True
        list_above: int | None = None
        list_label_characters: int = 0
        sees_opening: bool = True

    script = loaded_with("steps:\n  - say: Hi\n    choices: [A, B]\n  - end\n")
    assert any(
        one.message.startswith("2 buttons, but chat shows 1") for one in check_script(script, {"chat": Elsewhere()})
    )
    assert not any("buttons" in one.message for one in check_script(script, WEB_ONLY))


def test_missing_translations_are_counted_once_for_each_language() -> None:
    body = """
        languages: [de, fr]
        steps:
          - say: {en: Hi, de: Hallo}
          - say: {en: Ho, de: Ha, fr: Ho}
          - {consent: call_me, text: {en: May we?, de: Dürfen wir?, fr: Pouvons-nous ?}, why: {en: So, de: So}}
          - end: Bye
        faq: [{ask: Is it, say: It is}]
    """
    result = load_and_check(HEAD + body.replace("\n        ", "\n").lstrip("\n"), "demo.yaml")
    found = [str(one).removeprefix("demo.yaml:") for one in result.problems if "texts are missing" in one.message]
    assert found == [
        '2:1: warning: texts are missing in "de" in 9 places (lines 2, 4, 5, 6, 7 …); visitors see them in the script\'s own language',
        '2:1: warning: texts are missing in "fr" in 11 places (lines 2, 4, 5, 6, 7 …); visitors see them in the script\'s own language',
    ]


def test_a_missing_translation_of_an_option_is_seen() -> None:
    text = """\
dialog: demo
title: {en: Demo, de: Demo}
languages: [de]
fields:
  size:
    type: choice
    label: {en: Size, de: Größe}
    options: {s: {en: Small, de: Klein}, l: {en: Large}}
steps:
  - ask: size
"""
    problems = load_and_check(text, "demo.yaml").problems
    assert [str(one) for one in problems] == [
        'demo.yaml:5:3: warning: texts are missing in "de" in line 5; visitors see them in the script\'s own language'
    ]


def test_a_question_in_two_entries_of_the_faq_is_told() -> None:
    body = "steps: [end]\nfaq:\n  - {ask: [Is it free, What is it], say: It is}\n  - {ask: '  is it FREE?', say: No}\n"
    assert warnings_on(body) == [
        '4:5: "is it FREE?" is asked in line 15, too, and only one answer can be given; remove one'
    ]


@pytest.mark.parametrize(
    ("act", "message"),
    [
        ("visits", 'unknown act "visits", did you mean "visit"?'),
        ("guide.openend", 'unknown act "guide.openend", did you mean "guide.opened"?'),
        ("answered.emial", 'unknown act "answered.emial", did you mean "answered.email"?'),
        ("consented.calls", 'unknown act "consented.calls"'),
    ],
)
def test_acts_that_are_nearly_known_are_slips(act: str, message: str) -> None:
    (warning,) = warnings_on(
        f"steps: [end]\nscoring: {{engagement: {{rules: [{{on: {act}, points: 1, because: x}}]}}}}\n"
    )
    assert warning.startswith(f"2:32: {message}")
    (warning,) = warnings_on(f"steps:\n  - {{end: Bye, when: 'did(\"{act}\")'}}\n")
    assert warning.startswith(f"2:5: {message}")


@pytest.mark.parametrize("act", ["visit", "guide.given", "answered.email", "asked_for_person", "pricing_page.seen"])
def test_acts_of_ours_and_of_the_page_pass(act: str) -> None:
    assert (
        warnings_on(f"steps: [end]\nscoring: {{engagement: {{rules: [{{on: {act}, points: 1, because: x}}]}}}}\n") == []
    )


def test_consent_that_nobody_asks_for_is_told() -> None:
    body = 'steps:\n  - {end: Bye, when: consented("call_me")}\n'
    assert warnings_on(body) == ['2:5: nobody is ever asked for consent to "call_me"; add "- consent: call_me"']
    assert warnings_on("steps:\n  - {consent: call_me, text: May we?}\n" + body.removeprefix("steps:\n")) == []


def test_a_tag_that_is_nearly_one_of_the_scripts_is_a_slip() -> None:
    body = 'steps:\n  - tag: prices\n  - {end: Bye, when: tagged("TAG")}\n'
    assert warnings_on(body.replace("TAG", "price")) == ['3:5: nobody is ever tagged "price", did you mean "prices"?']
    assert warnings_on(body.replace("TAG", "prices")) == []
    assert warnings_on(body.replace("TAG", "by_hand")) == []


def test_a_script_that_cannot_be_read_does_not_come_to_the_gate() -> None:
    result = load_and_check("dialog: demo\n", "demo.yaml")
    assert result.script is None
    assert [problem.message.split(",")[0] for problem in result.problems] == [
        'a script needs "title"',
        'a script needs "steps"',
    ]


def test_the_gate_stops_at_the_hundredth_error() -> None:
    script = loaded_with("steps:\n" + "  - {say: Hi, when: team_size > 1000}\n" * 150)
    errors = [problem for problem in check_script(script) if problem.severity == "error"]
    assert len(errors) == 101
    assert errors[-1].message == "there may be more problems; correct these first"
