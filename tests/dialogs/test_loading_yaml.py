"""What a file must be before it can be a script, and what is said about the slips that YAML invites."""
# ruff: noqa: E501 - tables of slips and messages, one a line.

import pytest

from dialogs.loading import load_script
from dialogs.script import DisqualifyStep, SayStep, SetStep
from tests.dialogs.loading_support import loaded_with, problems_in, problems_of

STEPS = "dialog: demo\ntitle: Demo\nsteps:\n"


def test_an_empty_file_is_told_how_a_script_begins() -> None:
    assert problems_of("") == ['1:1: the file is empty; a script begins with "dialog: its-name"']
    assert problems_of("# only a note\n") == ['1:1: the file is empty; a script begins with "dialog: its-name"']


@pytest.mark.parametrize("text", ["- a\n- b\n", "just a text", '"quoted"'])
def test_a_file_that_is_no_mapping_is_refused(text: str) -> None:
    assert problems_of(text) == ['1:1: a script consists of entries (key: value); it begins with "dialog: its-name"']


def test_the_place_of_a_byte_that_is_no_utf8_is_named() -> None:
    problems = load_script(b"dialog: demo\ntitle: caf\xe9\n", "demo.yaml").problems
    assert [str(one) for one in problems] == ["demo.yaml:2:11: this is not UTF-8 text; save the file as UTF-8"]


def test_a_text_read_with_broken_characters_is_refused() -> None:
    assert problems_of("dialog: demo\ntitle: \udcff\n") == [
        "2:8: this is not UTF-8 text; save the file as UTF-8, and write characters themselves"
    ]


def test_control_characters_are_refused() -> None:
    assert problems_of("dialog: de\x00mo\n") == [
        "1:11: a control character (U+0000) has no place in a script; delete it"
    ]


def test_escapes_cannot_smuggle_in_what_is_refused() -> None:
    assert problems_of('dialog: demo\ntitle: "a\\0b"\n' + "steps: [end]\n") == [
        "2:8: a control character (U+0000) has no place in a script; delete it"
    ]
    assert problems_of('dialog: demo\ntitle: "\\ud800"\n' + "steps: [end]\n") == [
        "2:8: this is not UTF-8 text; save the file as UTF-8, and write characters themselves"
    ]
    assert problems_of('dialog: demo\ntitle: "\\U00110000"\n') == [
        "2:9: this escape names no character; write the character itself"
    ]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    text = STEPS + "  - say: Hello\n  - end: Bye\n"
    script = load_script(("\ufeff" + text.replace("\n", "\r\n")).encode(), "demo.yaml").script
    assert script is not None
    assert list(script.steps) == ["say.1", "end.1"]


def test_a_file_of_more_than_a_mebibyte_is_refused() -> None:
    assert problems_of(STEPS + "# " + "é" * 600_000) == [
        "1:1: the file is larger than 1 MiB; split it into several scripts"
    ]


def test_ten_thousand_steps_are_refused_at_the_first_too_many() -> None:
    assert problems_of(STEPS + "- say: Hello\n" * 10_000) == [
        "2004:3: a list of more than 2,000 entries; a script has at most that many steps"
    ]


def test_steps_of_all_sub_dialogs_count_together() -> None:
    many = "".join(f"  d{number}:\n" + "  - say: Hi\n" * 1000 for number in range(2))
    assert problems_of(STEPS + "- end\ndialogs:\n" + many) == ["1008:3: more than 2,000 steps in all; split the script"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_without_exhausting_the_stack(opening: str) -> None:
    (problem,) = problems_of(opening * 5_000)
    assert problem.endswith(": nested more than 50 levels deep")


def test_a_flood_of_keys_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialogs.loading.tree.MOST_NODES", 1_000)
    (problem,) = problems_of("{" + ", ".join(f"k{number}: {number}" for number in range(2_000)) + "}")
    assert problem.endswith(": the script has more than 1,000 keys and values; split it into several scripts")


def test_the_hundredth_error_is_the_last() -> None:
    problems = problems_of(STEPS + "  - go: nowhere\n" * 500)
    assert len(problems) == 101
    assert problems[-1] == "103:9: there may be more problems; correct these first"


def test_anchors_aliases_and_tags_are_refused() -> None:
    text = "dialog: &a demo\ntitle: *b\nsteps:\n  - say: !!python/object/apply:os.system [ls]\n  - end: !env HOME\n"
    assert problems_of(text) == [
        '1:9: a text that starts with "&" must stand in quotes',
        '2:8: a text that starts with "*" must stand in quotes',
        '4:10: a text that starts with "!" must stand in quotes',
        '5:10: a text that starts with "!" must stand in quotes',
    ]


def test_an_alias_bomb_is_refused_for_what_it_is_and_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    assert problems_of(bomb) == ['2:8: YAML aliases are not allowed: write out here what "&a" in line 1 says']


def test_two_documents_in_a_file_are_refused() -> None:
    assert problems_of("dialog: demo\n---\ndialog: other\n") == ['2:1: a file holds one script; remove the line "---"']


def test_a_key_given_twice_names_the_first() -> None:
    assert problems_of(STEPS + "  - end\ntitle: Another\n") == [
        '5:1: "title" is here twice; the first one is in line 2'
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("say: Sizes: how many?", "4:15: a colon in a text: put the text in quotes or use |"),
        ("say: {{ note }} is it", '4:10: a text that starts with "{{" must stand in quotes'),
        ('say: "Hello" she said', "4:18: the text goes on after the closing quotation mark; put all of it in 'single quotes'"),
        ("say: 'Hello", "4:10: this quotation mark is never closed"),
        ("say: - Hello", "4:10: a list begins on a line of its own; if this is a text, put it in quotes"),
        ("say: !<Hello", '4:10: a text that starts with "!", "&", "*" or "%" must stand in quotes'),
        ("say: }", "4:10: this } closes nothing; if it is text, put all of it in quotes"),
        ("say: [a]]", "4:13: this ] closes nothing; if it is text, put all of it in quotes"),
        ("say: 'It's me'", '4:14: the text goes on after this apostrophe; put all of it in "double quotes"'),
        ("[say]: Hello", "4:5: a key is a word or a text, nothing else"),
        ("say: |Hello", "4:11: after | or > the text begins in the next line, indented"),
        ("say: ,x", '4:10: a text that starts with "," must stand in quotes'),
        ("say: ? x", '4:10: a text that starts with "?" must stand in quotes'),
        ("say: @here", '4:10: a text that starts with "@" must stand in quotes'),
        ("say: `code`", '4:10: a text that starts with "`" must stand in quotes'),
        ("say: {en: Hello", "4:10: this { is never closed"),
        ("say: {en: Hi {you}}", "4:18: inside { } and [ ], a text that holds , : { } [ or ] must stand in quotes"),
        ('go: {when: "crm" in note}', "4:22: the text goes on after the closing quotation mark; put all of it in 'single quotes'"),
        ('say: "\\d"', '4:12: a backslash in "double quotes" needs another one (\\\\), or use \'single quotes\''),
    ],
)  # fmt: skip
def test_the_slips_of_texts_are_explained(line: str, problem: str) -> None:
    assert problems_of(STEPS + f"  - {line}\n") == [problem]


def test_what_nothing_is_known_of_is_told_in_the_parsers_words() -> None:
    assert problems_of("%YAML 9.1\n---\ndialog: demo\n") == [
        "1:1: this is no YAML: found incompatible YAML document (version 1.* is required)"
    ]


UNCLOSED = [
    ('    choices: ["Yes, please]\n  - ask: email\n    text: "Where, say?"\n  - end: "Bye"\n', "5:15: this quotation mark"),
    ("    choices: ['Yes, please]\n  - ask: email\n    text: It's where?\n  - end: 'Bye'\n", "5:15: this quotation mark"),
    ('    text: "Where\n  - ask: email\n  - end: "Bye"\n', "5:11: this quotation mark"),
    ('    text: "Where\n---\n  - ask: email\n', "5:11: this quotation mark"),
    ('    choices: [a, "b]\n', "5:18: this quotation mark"),
    ("    choices: [Yes, No\n  - ask: email\n  - end: Bye\n", "5:14: this ["),
    ("    choices: [Yes, No\n    free: x\n  - end: [Bye]\n", "5:14: this ["),
    ("    choices: [Yes, {No: {go: x}]\n  - ask: email\n", "5:20: this {"),
    ("    choices: [\n      Yes,\n      {label: No,\n       key: no,\n    ]\n  - ask: email\n", "7:7: this {"),
    ("    links: [{label: {en: Prices, url: x}]\n  - ask: email\n", "5:13: this {"),
    ("    choices: [Yes, No", "5:14: this ["),
]  # fmt: skip


@pytest.mark.parametrize(("rest", "problem"), UNCLOSED)
def test_what_is_never_closed_is_named_where_it_is_opened(rest: str, problem: str) -> None:
    assert problems_of(STEPS + "  - say: Hi\n" + rest) == [f"{problem} is never closed"]


def test_what_is_closed_some_lines_below_is_not_blamed_for_other_slips() -> None:
    closed = '  - say: "Hello,\n      Note: this is fine"\n    choices: [\n      A,\n      {label: B,\n       key: b}\n    ]\n'
    assert problems_of(STEPS + closed + "  - ask: a: b\n  - end: [x\n") == [
        "11:11: a colon in a text: put the text in quotes or use |"
    ]
    assert problems_of(STEPS + "  - say: [a, @b]\n  - end: Bye\n") == [
        '4:14: a text that starts with "@" must stand in quotes'
    ]


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ("\n\xa0\xa0\xa0\xa0choices: [Yes, No]\n", "5:1: a non-breaking space (U+00A0) stands here; use plain spaces"),
        ("\n \xa0\xa0 choices: [Yes, No]\n", "5:2: a non-breaking space (U+00A0) stands here; use plain spaces"),
        ("\n    choices:\xa0[Yes, No]\n", "5:13: a non-breaking space (U+00A0) stands here; use plain spaces"),
        ("\n  -\xa0ask: email\n", "5:4: a non-breaking space (U+00A0) stands here; use plain spaces"),
        ("\n\u3000\u3000- end\n", "5:1: an unusual space (U+3000) stands here; use plain spaces"),
        ("\n\u200b  - end\n", "5:1: an invisible character (U+200B) stands here; delete it"),
        ("\n    choices:\n      - A\n       \xa0- B\n", "7:8: a non-breaking space (U+00A0) stands here; use plain spaces"),
    ],
)  # fmt: skip
def test_spaces_that_are_none_to_yaml_are_named_once(steps: str, problem: str) -> None:
    assert problems_of(STEPS + "  - say: Hi" + steps + "  - end: Bye\n") == [problem]


def test_unusual_spaces_within_texts_are_welcome() -> None:
    body = "steps:\n  - say: |\n      Hi\n      \xa0\xa0there\xa0:\n  - say: >-\n      a\n  - end: à\xa0bientôt\xa0!\n      \xa0ou non\n"
    assert problems_in(body) == []


@pytest.mark.parametrize(
    ("choices", "column"), [("[“Yes, please”, No]", 15), ("[No, „Ja, bitte“]", 19), ("[«Oui, merci»]", 15)]
)
def test_curly_quotes_that_hold_nothing_together_are_warned_of(choices: str, column: int) -> None:
    cut = 'this text ends at the comma: curly quotes hold no text together; use "straight" ones'
    assert problems_in(f"steps:\n  - say: Hi\n    choices: {choices}\n") == [f"3:{column}: warning: {cut}"]
    seen = 'warning: visitors see these curly quotes; to hold the text together, use "straight" ones'
    assert problems_in("steps:\n  - say: Hi\n    choices: [“Yes”, ‘Tis so, No]\n  - end: “Bye, bye”") == [
        f"3:15: {seen}", f"4:10: {seen}",
    ]  # fmt: skip
    quoting = "steps:\n  - say: '“Best of all”'\n  - say: “Best”, says Ada, “of all”\n  - end: |\n      “Bye”\n"
    assert problems_in(quoting) == [], "they are meant to be seen"


def test_curly_quotes_around_a_colon_are_told_apart_from_quotes() -> None:
    assert problems_of(STEPS + "  - say: “One: two”\n") == [
        '4:10: curly quotes hold no text together; use "straight" ones'
    ]
    assert problems_of(STEPS + "  - say: “One” and two: three\n") == [
        "4:23: a colon in a text: put the text in quotes or use |"
    ]


@pytest.mark.parametrize(
    "text", ["{{ note }}", "steps: [{{ note }}]", "steps: {{ note }}", "? {{ note }}\n: x", "{{{ note }}}"]
)
def test_braces_anywhere_are_told_to_stand_in_quotes(text: str) -> None:
    assert any('a text that starts with "{{" must stand in quotes' in problem for problem in problems_of(text))


def test_what_is_refused_as_a_whole_makes_no_further_mistakes() -> None:
    body = """
        steps:
          - !x {say: Hi}
          - say: Hi
            choices: [&a Yes, &b {No: {go: x}}, {Maybe: !x {go: y}}]
            links: [&c {url: x}]
            picture: *d
          - set: {note: &e x}
          - branch: [&f {go: x}]
          - go: &g x
          - !x end
    """
    places = ["2:5", "4:15", "4:23", "4:49", "5:13", "6:14", "7:17", "8:14", "9:9", "10:5"]
    assert [problem.split(": ")[0] for problem in problems_in(body)] == places


def test_every_line_end_counts_as_editors_count() -> None:
    for end in ("\n", "\r\n", "\r"):
        assert problems_of(f"dialog: demo{end}title: Demo\u2028two\x85three{end}steps: [go]{end}") == [
            '3:9: this is no step; to say it, write "- say: go"'
        ]


def test_a_text_that_is_only_a_name_in_braces_is_told_to_stand_in_quotes() -> None:
    assert problems_in("steps:\n  - say: {{ note }}\n  - end\n") == [
        '2:10: a text that starts with "{{" must stand in quotes'
    ]


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ("  - say: Hi\n\tend: x\n", "5:1: a tab cannot indent; use spaces"),
        ("  - say: Hi\n   choices:\n    - A\n", "5:4: this line is indented unlike its neighbours"),
        ("  - say: Hi\n      choices:\n", "5:14: this line belongs to the text above it; indent it like its neighbours, or if it is text, put the text in quotes or use |"),
        ("  - say: Hi\n    choices\n    text: x\n", '5:5: this line is no "key: value"; is a colon missing?'),
    ],
)  # fmt: skip
def test_slips_of_indentation_are_explained(steps: str, problem: str) -> None:
    assert problems_of(STEPS + steps) == [problem]


def test_a_comma_inside_braces_that_cuts_a_text_is_explained() -> None:
    assert problems_in("steps:\n  - say: {en: Hello, you}\n") == [
        '2:22: a comma inside { } begins a new entry, here "you"; put the text in quotes'
    ]
    body = "steps: [end]\nscoring: {fit: {rules: [{when: team_size > 5, points: 1, because: Over 10,000 a year}]}}\n"
    assert problems_in(body) == [
        '2:75: a comma inside { } begins a new entry, here "000 a year"; put the text in quotes'
    ]


def test_a_hash_that_cuts_a_text_is_warned_of() -> None:
    assert problems_in("steps:\n  - end: We are the #1 choice\n") == [
        '2:10: warning: what follows " #" is a comment and is not said; put the text in quotes'
    ]
    assert problems_in("steps:\n  - end: Bye # a note for colleagues\n") == []


def test_texts_are_taken_as_they_are_written() -> None:
    script = loaded_with("steps:\n  - say: 0123\n  - say: 1.10\n  - say: 2026-11-22\n  - say: no\n  - end: null-safe\n")
    assert [step.text.render("en", {}) for step in script.steps.values()] == [  # type: ignore[union-attr]
        "0123",
        "1.10",
        "2026-11-22",
        "no",
        "null-safe",
    ]


def test_a_text_of_several_lines_ends_with_its_last_word() -> None:
    body = """
        faq:
          - ask: Is it free
            say: |
              Yes.
        scoring: {fit: {rules: [{when: team_size > 5, points: 1, because: Big}]}}
        steps:
          - say: |
              Hi,
              there
            choices:
              - label: |
                  Yes
                go: x
          - step: x
            when: |
              team_size > 5
            say: >
              One
              two
          - set:
              note: |
                noted
          - disqualify: |
              Student
            text: |+
              Bye

    """
    script = loaded_with(body)
    said = [step.text.render("en", {}) for step in script.steps.values() if isinstance(step, SayStep)]
    assert said == ["Hi,\nthere", "One two"]
    menu, _, noted, last = script.steps.values()
    assert isinstance(menu, SayStep)
    assert isinstance(noted, SetStep)
    assert isinstance(last, DisqualifyStep)
    assert menu.choices[0].label.render("en", {}) == "Yes"
    assert noted.values == {"note": "noted"}
    assert last.because == "Student"
    assert last.text is not None
    assert last.text.render("en", {}) == "Bye"
    assert script.faq[0].answer.render("en", {}) == "Yes."


def test_every_problem_of_a_file_is_told_at_once_in_order() -> None:
    body = """
        stage:
          mql: fit > 3
        steps:
          - aks: email
          - say: Hi {{ emial }}
          - go: goodby
          - step: goodbye
            end
    """
    assert problems_in(body)[0].startswith("8:")  # What is no YAML comes alone.
    assert problems_in(body.replace("            end", "            end:")) == [
        '1:1: a script has no "stage", did you mean "stages"?',
        '4:5: unknown kind of step "aks", did you mean "ask"?',
        '5:16: unknown field "emial", did you mean "email"?',
        '6:9: unknown step "goodby", did you mean "goodbye"?',
    ]
