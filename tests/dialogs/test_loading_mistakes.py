"""What an author is told about each mistake: once, where it stands, and what would be right."""
# ruff: noqa: E501 - tables of slips and messages, one a line.

import re
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from dialogs.loading import LoadResult, Problem, Severity, load_script
from dialogs.loading.problems import Report
from dialogs.script import Place
from tests.dialogs.loading_support import HEAD, added, loaded_with, problems_in, problems_of

END = "steps: [end]\n"


def test_a_problem_reads_as_file_line_column_and_message() -> None:
    result = load_script(added("steps:\n  - step: pricing\n    go: pricng\n"), "demo.yaml")
    assert isinstance(result, LoadResult)
    assert result.script is None
    assert result.problems == (Problem("demo.yaml", 15, 9, 'unknown step "pricng", did you mean "pricing"?'),)
    assert str(result.problems[0]) == 'demo.yaml:15:9: unknown step "pricng", did you mean "pricing"?'


def test_a_warning_says_that_it_is_one_and_does_not_keep_a_script_from_loading() -> None:
    result = load_script(added("steps:\n  - end: Room #1\n"), "demo.yaml")
    assert result.script is not None
    assert [problem.severity for problem in result.problems] == [Severity.WARNING]
    assert str(result.problems[0]).startswith("demo.yaml:14:10: warning: ")


HEADS = [
    ("title: Demo\n", '1:1: a script needs "dialog", such as "dialog: crm-guide"'),
    ("dialog: demo\n", '1:1: a script needs "title", such as "title: The CRM buyer\'s guide"'),
    ("dialog: demo\ntitel: Demo\n", '2:1: a script has no "titel", did you mean "title"?'),
    ("dialog: My demo\ntitle: D\n", '1:9: "My demo" is no name for a script: use small letters, digits and hyphens'),
    ("dialog:\ntitle: Demo\n", '1:1: nothing is written after "dialog:"'),
    ("dialog: demo\ntitle: [Demo]\n", '2:8: "title" needs a text, not a list; if it is one, put it in quotes'),
    ("dialog: demo\ntitle: Demo\nlanguage: english\n", '3:11: "english" is no language, did you mean "en"?'),
    (
        "dialog: demo\ntitle: Demo\nlanguages: [en, sv]\n",
        '3:12: warning: the bot\'s own phrases exist in en, de, es, fr, pt, it, nl, ar; in "sv" they are said in English',
    ),
    (
        "dialog: demo\ntitle: Demo\nlanguages: [en, pt-BR]\n",
        '3:12: warning: answers are read in en, de, es, fr; in "pt-BR" they are read as if they were in English: '
        "buttons help",
    ),
    ("dialog: demo\ntitle: Demo\npersona: {picture: a.png}\n", '3:10: the persona needs "name", such as "name: Mia"'),
    (
        "dialog: demo\ntitle: Demo\npersona: {name: Mia, picture: ../mia.png}\n",
        '3:31: "../mia.png" is no picture: write "mia.png" alone, and put the file into the folder "pictures" beside the script',
    ),
    (
        "dialog: demo\ntitle: Demo\npurposes: [share it]\n",
        '3:11: "share it" is no name for a purpose: use letters, digits and _',
    ),
    (
        "dialog: demo\ntitle: Demo\npersonas: {ben: Ben}\n",
        '3:17: the persona "ben" needs entries (key: value), not a text',
    ),
    ("dialog: demo\ntitle: Demo\npersonas: [ben]\n", '3:11: "personas" needs entries (key: value), not a list'),
]


@pytest.mark.parametrize(("head", "problem"), HEADS)
def test_mistakes_in_the_head(head: str, problem: str) -> None:
    assert problems_of(head + END) == [problem]


def test_a_script_without_steps_is_told_so() -> None:
    assert problems_of("dialog: demo\ntitle: Demo\n") == [
        '1:1: a script needs "steps", such as "steps: [{say: Hello!}]"'
    ]
    assert problems_of("dialog: demo\ntitle: Demo\nsteps: []\n") == [
        '3:8: there are no steps here; a step is a line such as "- say: Hello!"'
    ]


FIELDS = [
    ("email: emial", '4:10: unknown type "emial", did you mean "email"?'),
    ("email: {tpe: email}", '4:11: the field "email" has no "tpe", did you mean "type"?'),
    ("email: {label: E-mail}", '4:10: the field "email" needs "type", such as "type: text"'),
    ("email: [email]", '4:10: the field "email" needs entries (key: value), not a list'),
    ("email:", '4:3: nothing is written after "email:"; write {type: …, label: …}'),
    ("e-mail: email", '4:3: "e-mail" is no name for a field: use letters, digits and _, beginning with a letter'),
    ("stage: text", '4:3: "stage" already means something in conditions; call the field otherwise'),
    ("utm_source: text", '4:3: "utm_source" already means something in conditions; call the field otherwise'),
    ("bot_name: text", '4:3: "bot_name" already means something in conditions; call the field otherwise'),
    ("size: {type: number, minn: 3}", '4:24: "number" has no option "minn", did you mean "min"?'),
    ("size: {type: number, min: few}", '4:29: "min" needs a number, not "few"'),
    ("size: {type: number, min: 1e999}", '4:29: "min" needs a number, not "1e999"'),
    ("size: {type: number, min: 5, max: 3}", '4:9: the field "size": min must not be larger than max'),
    (
        "size: {type: number, purpose: call}",
        '4:33: unknown purpose "call", did you mean "call_me"?',
    ),
    ("size: {type: number, label: Size {{ x }}}", "4:36: inside { } and [ ], a text that holds , : { } [ or ] must stand in quotes"),
    ('size: {type: number, label: "Size {{ sice }}"}', '4:40: unknown field "sice", did you mean "size"?'),
]  # fmt: skip


@pytest.mark.parametrize(("field", "problem"), FIELDS)
def test_mistakes_in_fields(field: str, problem: str) -> None:
    found = problems_of(f"dialog: demo\ntitle: Demo\nfields:\n  {field}\n" + END)
    assert found == [problem]


def test_a_broken_field_is_not_reported_again_where_it_is_used() -> None:
    text = """\
dialog: demo
title: Demo
fields:
  size: {type: numbr}
steps:
  - ask: size
  - say: "{{ size }} people"
    when: size > 5
  - set: {size: 3}
"""
    assert problems_of(text) == ['4:16: unknown type "numbr", did you mean "number"?']


def test_fields_that_cannot_be_read_make_no_further_mistakes() -> None:
    text = "dialog: demo\ntitle: Demo\nfields: [size]\nsteps:\n  - ask: size\n    when: size > 5 and knwn(size)\n"
    assert problems_of(text) == ['3:9: "fields" needs entries (key: value), not a list']


STEPS = [
    ("- aks: email", '2:5: unknown kind of step "aks", did you mean "ask"?'),
    ("- frobnicate: email", '2:5: unknown kind of step "frobnicate"; there are say, ask, consent, offer, go, branch, call, return, set, wait, variant, tag, handoff, disqualify, end'),
    ("- when: team_size > 5", "2:5: this step does nothing; it needs one of say, ask, consent, offer, go, branch, call, return, set, wait, variant, tag, handoff, disqualify, end"),
    ("- Hello there", '2:5: this is no step; to say it, write "- say: Hello there"'),
    ("- - say: Hi", "2:5: this is no step but a list; is there one - too many?"),
    ("- {say: Hi, ask: email}", '2:15: "say" and "ask" need a step each; begin a new one with "- "'),
    ("- {say: Hi, attempts: 3}", '2:15: "attempts" belongs to "ask", not to "say"'),
    ("- {ask: email, choices: [a]}", '2:18: "choices" belongs to "say", not to "ask"'),
    ("- {wait: 1 day, text: Hi}", '2:19: "text" belongs to "ask" and "consent" and "offer" and "handoff" and "disqualify", not to "wait"'),
    ("- {ask: email, why: So}", '2:18: "why" belongs to "consent" and to what stands under "fields:", not to "ask"'),
    ("- {consent: call_me, text: May we?, why: 'Ask {{ nte }}'}", '2:52: unknown field "nte", did you mean "note"?'),
    ("- {ask: email, opional: true}", '2:18: "ask" has no "opional", did you mean "optional"?'),
    ("- {ask: email, optional: maybe}", '2:28: "optional" is yes or no, not "maybe"'),
    ("- ask: emial", '2:10: unknown field "emial", did you mean "email"?'),
    ("- ask:", '2:5: nothing is written after "ask:"'),
    ("- ask: [email]", '2:10: "ask" needs a text, not a list; if it is one, put it in quotes'),
    ("- say:", '2:5: nothing is written after "say:"'),
    ('- say: " "', '2:10: the text after "say" is blank'),
    ("- {say: Hi, persona: bne}", '2:24: unknown persona "bne"; the script has no persona at all'),
    ("- {step: x, say: Hi, else: x}", '2:24: "else" needs a "when"'),
    ("- {say: Hi, step: a.b}", '2:21: "a.b" is no name for a step: use letters, digits, - and _'),
    ("- {say: Hi, picture: a/b.png}", '2:24: "a/b.png" is no picture: write "b.png" alone, and put the file into the folder "pictures" beside the script'),
    ("- {say: Hi, links: [{label: X, url: 'javascript:alert(1)'}]}", '2:39: "javascript:alert(1)" is no link: a link begins with https://, http://, mailto: or tel:, and its host is written out'),
    ('- {say: Hi, links: [{label: X, url: "https://{{ note }}/"}]}', '2:39: "https://{{ note }}/" is no link: a link begins with https://, http://, mailto: or tel:, and its host is written out'),
    ("- {say: Hi, links: [{label: X}]}", '2:23: a link needs "url", such as "url: https://example.com/prices"'),
    ("- {ask: email, attempts: many}", '2:28: "attempts" needs a whole number, not "many"'),
    ("- {ask: email, attempts: 0}", '2:28: "attempts" is a whole number from 1 to 20, not 0'),
    ("- {ask: email, attempts: {mots: 3}}", '2:29: "attempts" has no "mots", did you mean "most"?'),
    ("- {ask: email, gather: 4s}", '2:26: "4s" is no duration, did you mean "4 seconds"?'),
    ("- {ask: email, gather: 10 minutes}", '2:26: "gather" is at most 60 seconds'),
    ("- wait: 3 years", '2:11: a wait is at most a year'),
    ("- wait: 0 days", '2:11: "0 days" is no duration; write "30 seconds", "10 minutes", "2 hours", "3 days", "2 weeks" or "1 month"'),
    ("- {consent: calls, text: May we?}", '2:15: unknown purpose "calls", did you mean "call_me"?'),
    ("- {consent: zzz, text: May we?}", '2:15: unknown purpose "zzz"; there are answer_me, keep_in_touch, call_me; add more to "purposes:"'),
    ("- consent: call_me", '2:5: "consent" needs "text", such as "text: May we write to you now and then?"'),
    ("- offer: giude", '2:12: unknown lead magnet "giude", did you mean "guide"?'),
    ("- go: nowhere", '2:9: unknown step "nowhere"; a step gets a name with "step: …"'),
    ("- go: end", '2:9: unknown step "end"; to end here, make it a step of its own: "- end"'),
    ("- go: go.1", '2:9: the step "go.1" has no name of its own; give it one with "step: …"'),
    ("- go: [a, b]", '2:9: "go" names one step, not a list'),
    ("- branch: [{when: team_size > 5}]", '2:14: a case of the branch needs "go", such as "go: name_of_a_step"'),
    ("- {step: x, branch: [{go: x}, {when: team_size > 5, go: x}]}", '2:24: a case without "when" always holds; it must be the last one'),
    ("- call: qualfy", '2:11: unknown sub-dialog "qualfy"; sub-dialogs stand under "dialogs:"'),
    ("- {step: x, call: x}", '2:21: "x" is a step, not a sub-dialog; use "go: x"'),
    ("- return", '2:5: "return" belongs in a sub-dialog; here, use "end"'),
    ("- set: {notes: x}", '2:11: unknown field "notes", did you mean "note"?'),
    ("- set: {note: = team_sice}", '2:19: unknown field "team_sice", did you mean "team_size"?'),
    ("- set: {note: }", '2:11: nothing is written after "note:"; "null" forgets the answer'),
    ("- set: {team_size: = note}", '2:24: a number is needed here, but note is a text'),
    ("- set: 5", '2:10: "set" needs entries (key: value), not a text'),
    ("- set:", '2:5: nothing is written after "set:"'),
    ("- set: {timeline: soon}", '2:21: "soon" is no value for "timeline" (choice): WHY'),
    ("- set: {timeline: [now, later]}", '2:21: this is no value for "timeline" (choice): WHY'),
    ("- set: {team_size: 0}", '2:22: "0" is no value for "team_size" (number): WHY'),
    ("- say: [Hi]", '2:10: "say" needs a text, not a list; if it is one, put it in quotes'),
    ("- {say: Hi, step: {a: b}}", '2:21: "step" needs a text, not entries (key: value); if it is one, put it in quotes'),
    ("- {say: Hi, links: [https://example.com]}", "2:23: a link is written {label: Prices, url: https://example.com}"),
    ("- branch: [x]", "2:14: a case of the branch needs entries (key: value), not a text"),
    ("- branch:", '2:5: nothing is written after "branch:"'),
    ("- {say: Hi, when: }", '2:15: nothing is written after "when:"'),
    ("- {ask: email, text: }", '2:18: nothing is written after "text:"'),
    ("- {ask: email, attempts: {most: 2, go: }}", '2:38: nothing is written after "go:"'),
    ("- {ask: email, attempts: {most: 2, then: {goo: x}}}", '2:45: "then" with { } has no "goo", did you mean "go"?'),
    ("- {ask: email, attempts: 3, optional: }", '2:31: nothing is written after "optional:"; write "optional: yes"'),
    ("- {variant: opening, arms: {short: [a]}}", '2:38: "short" names one step, not a list'),
    ("- {step: x, variant: opening, arms: {short: !x x}}", '2:47: a text that starts with "!" must stand in quotes'),
    ("- {step: x, variant: openings, arms: {shrt: x}}", '2:24: unknown experiment "openings", did you mean "opening"?'),
    ("- variant:", '2:5: nothing is written after "variant:"'),
    ("- {consent: , text: May we?}", '2:6: nothing is written after "consent:"'),
    ("- offer:", '2:5: nothing is written after "offer:"'),
    ("- call:", '2:5: nothing is written after "call:"'),
    ("- tag: !x hot", '2:10: a text that starts with "!" must stand in quotes'),
    ("- tag:", '2:5: nothing is written after "tag:"'),
    ("- variant: openings", '2:14: unknown experiment "openings", did you mean "opening"?'),
    ("- {step: x, variant: opening, arms: {shrt: {go: x}}}", '2:40: the experiment "opening" has no arm "shrt", did you mean "short"?'),
    ("- tag: {ad: hot}", '2:11: "tag" has no "ad", did you mean "add"?'),
    ("- handoff:", '2:5: nothing is written after "handoff:"'),
    ("- {end: Bye, choices: [a]}", '2:16: "choices" belongs to "say", not to "end"'),
    ("- {say: Hi, when: team_sice > 5}", '2:21: unknown field "team_sice", did you mean "team_size"?'),
    ("- {say: Hi, when: 'timeline == \"soon\"'}", '2:34: timeline is never "soon": it is one of later, now'),
    ("- {say: Hi, when: stage == \"hot\"}", '2:30: stage is never "hot": it is one of cold, customer, disqualified, mql, sales_accepted, sales_qualified, warm'),
    ("- {say: Hi, when: consented(\"calls\")}", '2:31: consented() does not know "calls", did you mean "call_me"?'),
    ("- {say: Hi, when: has(\"guid\")}", '2:25: has() does not know "guid", did you mean "guide"?'),
    ("- {say: Hi, when: variant(\"opening\") == \"shrt\"}", '2:43: variant("opening") is never "shrt", did you mean "short"?'),
]  # fmt: skip


@pytest.mark.parametrize(("step", "problem"), STEPS)
def test_mistakes_in_steps(step: str, problem: str) -> None:
    found = problems_in(f"steps:\n  {step}\n")
    assert [re.sub(r"(is no value for .*?: ).+", r"\1WHY", one) for one in found] == [problem]


CHOICES = [
    ("- Yes: no", '4:9: after a choice\'s label come its options, as in "Yes: {go: name_of_a_step}"; a label with a colon stands in quotes'),
    ("- {Yes: {go: nowhere}}", '4:20: unknown step "nowhere"; a step gets a name with "step: …"'),
    ("- {Yes: {goo: x}}", '4:16: a choice has no "goo", did you mean "go"?'),
    ("- {Yes: {go: x}, key: y}", '4:10: put the options of "Yes" in braces after it, or write "label: Yes"'),
    ("- {go: x}", '4:9: a choice needs "label", such as "label: Yes, please"'),
    ("- {label: Yes, key: a b}", '4:27: "a b" is no key: use up to 32 letters, digits, - and _'),
    ("- {label: Yes, tag: ''}", '4:27: a tag has 1 to 64 characters, "" has 0'),
    ("- [Yes]", "4:9: a choice needs entries (key: value), not a list"),
    ("- {Yes: {label: No}}", "4:16: this choice has two labels"),
]  # fmt: skip


@pytest.mark.parametrize(("choice", "problem"), CHOICES)
def test_mistakes_in_choices(choice: str, problem: str) -> None:
    body = f"steps:\n  - say: Hi\n    choices:\n      {choice}\n      - Other\n  - step: x\n    end:\n"
    assert problems_in(body) == [problem]


def test_steps_that_cannot_be_read_make_no_further_mistakes() -> None:
    assert problems_in("steps: {say: Hi}\nfaq: [{ask: Is it, say: Yes, go: hello}]\n") == [
        '1:8: steps are a list, each on a line with "- ", such as "- say: Hello!"'
    ]


def test_the_right_name_is_found_among_many() -> None:
    names = [f"{word}_{number}" for word in ("prices", "trial", "contact") for number in range(10)]
    steps = "".join(f"  - {{step: {name}, say: Hi}}\n" for name in names)
    assert problems_in(f"steps:\n{steps}  - go: contcat_7\n") == [
        '32:9: unknown step "contcat_7", did you mean "contact_7"?'
    ]


def test_two_choices_cannot_share_a_key() -> None:
    body = "steps:\n  - say: Hi\n    choices:\n      - {label: A, key: x}\n      - {label: B, key: x}\n"
    assert problems_in(body) == ['5:25: the key "x" is taken by another choice']


def test_two_steps_cannot_share_a_name() -> None:
    body = "steps:\n  - {step: a, say: Hi}\n  - {step: a, say: Ho}\n"
    assert problems_in(body) == ['3:12: the name "a" is taken by the step in line 14']


SUB_DIALOGS = [
    ("- {call: qualify}", "other: [return: now]", '6:19: "return" has nothing after it'),
    ("- {call: qualify}", "other: !x [return]", '6:10: a text that starts with "!" must stand in quotes'),
    ("- go: inner", "", '2:9: "inner" is a step of the sub-dialog "qualify"; from outside, use "call: qualify"'),
    ("- go: qualify", "", '2:9: "qualify" is a sub-dialog; use "call: qualify"'),
    ("- call: qualify", "other: [{go: inner}]", '6:16: "inner" is a step of the sub-dialog "qualify"; from outside, use "call: qualify"'),
    ("- call: qualify", "other: []", '6:10: there are no steps here; a step is a line such as "- say: Hello!"'),
    ("- call: qualify", "other: {say: Hi}", '6:10: steps are a list, each on a line with "- ", such as "- say: Hello!"'),
]  # fmt: skip


@pytest.mark.parametrize(("step", "other", "problem"), SUB_DIALOGS)
def test_mistakes_with_sub_dialogs(step: str, other: str, problem: str) -> None:
    body = f"steps:\n  {step}\ndialogs:\n  qualify:\n    - {{step: inner, ask: email}}\n  {other}\n"
    assert problems_in(body) == [problem]


TEXTS = [
    ("{de: Hallo}", '2:11: "de" is none of the script\'s languages (en, fr); add it to "languages:"'),
    ("{en: 'Hi {{ emial }}', fr: Salut}", '2:22: unknown field "emial", did you mean "email"?'),
    ("{fr: Salut}", '2:10: the text is missing in the script\'s own language, "en"'),
    ("{Note: this is new}", '2:11: "Note" is no language: a text, or one per language such as {en: …}, is due here; is a colon in a text?'),
    ("{en: Hi, fr: }", '2:19: nothing is written after "fr:"'),
    ('"\\u00e9 {{ emial }}"', '2:21: unknown field "emial", did you mean "email"?'),
    ("Hi {{ emial }}", '2:16: unknown field "emial", did you mean "email"?'),
    ('"Hi {{ email | uper }}"', '2:25: unknown filter "uper", did you mean "upper"?'),
    ("|\n      Hi {{ email }},\n      and {{ emial }}!", '4:14: unknown field "emial", did you mean "email"?'),
    (">-\n      Hi there\n      and {{ emial }}!", '4:14: unknown field "emial", did you mean "email"?'),
    ("Hi there\n      and {{ emial }}!", '3:14: unknown field "emial", did you mean "email"?'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "problem"), TEXTS)
def test_mistakes_in_texts(text: str, problem: str) -> None:
    assert problems_in(f"steps:\n  - say: {text}\nlanguages: [fr]\n") == [problem]


RULES = [
    ("scoring: {fti: {}}", '2:11: "scoring" has no "fti", did you mean "fit"?'),
    ("scoring: {fit: {cap: 60}}", '2:16: "fit" needs "rules", such as "rules: [{when: team_size >= 50, points: 30, because: Team of 50 or more}]"'),
    ("scoring: {fit: {rules: [{points: 3, because: x}]}}", '2:25: a rule needs "when" (a condition) or "on" (an act such as guide.opened)'),
    ("scoring: {fit: {rules: [{on: visit, because: x}]}}", '2:25: a rule needs "points", such as "points: 10"'),
    ("scoring: {fit: {rules: [{on: visit, points: 3}]}}", '2:25: a rule needs "because", such as "because: Team of 50 or more"'),
    ("scoring: {fit: {rules: [{on: visit, points: 0, because: x}]}}", "2:45: 0 points make no difference"),
    ("scoring: {fit: {rules: [{on: visit, points: 1.5, because: x}]}}", '2:45: "points" needs a whole number, not "1.5"'),
    ("scoring: {fit: {rules: [{when: team_size > 5, points: 3, most: 2, because: x}]}}", '2:58: "most" counts occurrences of an act; it needs "on"'),
    ("scoring: {fit: {rules: [{when: engagement > 5, points: 3, because: x}]}}", '2:32: points cannot depend on "engagement", which depends on them'),
    ("scoring: {fit: {half_life: soon, rules: []}}", '2:28: "soon" is no duration; write "30 seconds", "10 minutes", "2 hours", "3 days", "2 weeks" or "1 month"'),
    ("scoring: {fit: {groups: {a: {cap: 3}}}}", '2:29: the group "a" needs "rules", such as "rules: [{when: …, points: 10, because: …}]"'),
    ("scoring: {fit: {groups: {a b: {rules: [{on: visit, points: 1, because: x}]}}}}", '2:26: "a b" is no name for a group: use letters, digits and _'),
    ("scoring: {fit: {groups: {a: 3}}}", '2:29: the group "a" needs entries (key: value), not a text'),
    ("scoring: {fit: {rules: [visit]}}", "2:25: a rule needs entries (key: value), not a text"),
    ("patterns: {stop: Bye}", '2:18: the pattern "stop" needs entries (key: value), not a text'),
    ("faq: [Is it]", '2:7: an entry of "faq" needs entries (key: value), not a text'),
    ("dialogs: [x]", '2:10: "dialogs" needs entries (key: value), not a list'),
    ("patterns: {stop: {phrases: {a: b}}}", '2:28: "phrases" needs a list, each entry on a line with "- "'),
    ("patterns: {stop: {phrases: [[a]]}}", '2:29: an entry of "phrases" needs a text, not a list; if it is one, put it in quotes'),
    ("disqualifiers: [{when: , because: x}]", '2:18: nothing is written after "when:"'),
    ("stages: {hot: fit > 3}", '2:10: unknown stage "hot"; a script may define warm and mql'),
    ("stages: {mlq: fit > 3}", '2:10: unknown stage "mlq", did you mean "mql"?'),
    ("stages: {customer: fit > 3}", '2:10: "customer" is said by people; a script may define warm and mql'),
    ("stages: {cold: fit > 3}", '2:10: "cold" is where everybody begins; a script may define warm and mql'),
    ("stages: {disqualified: fit < 3}", '2:10: "disqualified" is given by "disqualifiers:"; a script may define warm and mql'),
    ('stages: {mql: stage == "warm"}', "2:15: a stage cannot depend on the stage"),
    ("disqualifiers: [{because: x}]", '2:17: an entry of "disqualifiers" needs "when", such as "when: team_size >= 50"'),
    ("disqualifiers: [{when: fit < 3}]", '2:17: an entry of "disqualifiers" needs "because", such as "because: Student"'),
    ("handoff: {when: fit > 3, because: x}", '2:10: an entry of "handoff" needs "to", such as "to: sales"'),
    ("handoff: [{when: fit > 3, to: sales, because: x, go: y}]", '2:50: an entry of "handoff" has no "go"; it may have when, to, because, say'),
    ("faq: [{say: Yes}]", '2:7: an entry of "faq" needs "ask", such as "ask: [Is there a free plan?]"'),
    ("faq: [{ask: Is it}]", '2:7: an entry of "faq" needs "say", such as "say: Yes, for teams of up to three."'),
    ("faq: {ask: Is it}", '2:6: "faq" needs a list, each entry on a line with "- "'),
    ("patterns: {bak: {say: Hi}}", '2:12: unknown pattern "bak", did you mean "back"?'),
    ("patterns: {back: {of: true}}", '2:19: the pattern "back" has no "of", did you mean "off"?'),
    ("patterns: {stop: {go: nowhere}}", '2:23: unknown step "nowhere"; a step gets a name with "step: …"'),
]  # fmt: skip


@pytest.mark.parametrize(("section", "problem"), RULES)
def test_mistakes_in_rules_and_side_questions(section: str, problem: str) -> None:
    assert problems_in(f"steps: [end]\n{section}\n") == [problem]


def test_an_empty_section_is_as_good_as_none() -> None:
    script = loaded_with("steps: [end]\nscoring:\nstages:\nfaq:\npatterns:\nhandoff:\ndialogs:\npersonas:\n")
    assert (script.axes, script.stages, script.faq, script.dialogs) == ((), (), (), {})


class Cover(BaseModel):
    model_config = ConfigDict(extra="forbid")

    colour: str


class GuideOptions(BaseModel):
    model_config = ConfigDict(extra="forbid")

    file: str
    pages: int = Field(default=1, ge=1)
    formats: list[str] = []
    size: Literal["a4", "letter"] = "a4"
    weight: float = Field(default=1.0, gt=0, le=4)
    depth: float = Field(default=1.0, lt=5)
    code: str = Field(default="ab", min_length=2, max_length=4, pattern="[a-z]+")
    words: str = Field(default="x", min_length=1)
    cover: Cover | None = None
    labels: dict[str, str] = {}
    expires: str | None = None

    @field_validator("expires")
    @classmethod
    def _in_days(cls, value: str | None) -> str | None:
        if value and not value.endswith("days"):
            raise ValueError("write it in days")
        if value == "0 days":
            raise PydanticCustomError("never", "{days} is never", {"days": value})
        return value


MAGNETS = [
    ("{kind: flie, title: G, file: a.pdf}", '2:17: unknown kind of lead magnet "flie", did you mean "file"?'),
    ("{kind: zip, title: G, file: a.pdf}", '2:17: unknown kind of lead magnet "zip"; there are file, link'),
    ("{title: G, file: a.pdf}", '2:10: the lead magnet "other" needs "kind", such as "kind: file"'),
    ("{kind: file, file: a.pdf}", '2:10: the lead magnet "other" needs "title", such as "title: The CRM buyer\'s guide"'),
    ("{kind: file, title: G}", '2:10: a lead magnet of kind "file" needs "file"'),
    ("{kind: file, title: G, flie: a.pdf}", '2:33: a lead magnet of kind "file" has no option "flie", did you mean "file"?'),
    ("{kind: file, title: G, file: a, pages: x}", '2:49: "pages" needs a whole number, not "x"'),
    ("{kind: file, title: G, file: a, pages: 0}", '2:49: "pages": must be 1 or more'),
    ("{kind: file, title: G, file: a, formats: pdf}", '2:51: "formats" needs a list, not "pdf"'),
    ("{kind: file, title: G, file: a, formats: [[b]]}", '2:52: "formats" needs a text, not "[\'b\']"'),
    ("{kind: file, title: G, file: a, expires: soon}", '2:51: "expires": write it in days'),
    ("{kind: file, title: G, file: a, expires: 0 days}", '2:51: "expires": 0 days is never'),
    ("{kind: file, title: G, file: a, size: a5}", '2:48: "a5" is not possible for "size"; it may be \'a4\' or \'letter\''),
    ("{kind: file, title: G, file: a, weight: 0}", '2:50: "weight": must be more than 0.0'),
    ("{kind: file, title: G, file: a, weight: 4.5}", '2:50: "weight": must be 4.0 or less'),
    ("{kind: file, title: G, file: a, depth: 5}", '2:49: "depth": must be less than 5.0'),
    ("{kind: file, title: G, file: a, code: x}", '2:48: "code": needs at least 2'),
    ("{kind: file, title: G, file: a, code: xxxxx}", '2:48: "code": may have at most 4'),
    ("{kind: file, title: G, file: a, code: XX}", '2:48: "code": must have the form [a-z]+'),
    ("{kind: file, title: G, file: a, words: ''}", '2:49: "words": must not be empty'),
    ("{kind: file, title: G, file: a, cover: {}}", '2:49: "cover" needs "colour"'),
    ("{kind: file, title: G, file: a, cover: {colour: x, size: 3}}", '2:61: a lead magnet of kind "file" has no option "size"'),
    ("{kind: file, title: G, file: a, cover: red}", '2:49: "cover" needs entries (key: value), not "red"'),
    ("{kind: file, title: G, file: }", '2:38: nothing is written after "file:"'),
    ("{kind: file, title: G, file: a, pages: 1.5}", '2:49: "pages" needs a whole number, not "1.5"'),
    ("{kind: file, title: G, file: &a b}", '2:39: a text that starts with "&" must stand in quotes'),
    ("{kind: file, title: G, file: a, when: }", '2:42: nothing is written after "when:"'),
    ("file.pdf", '2:10: the lead magnet "other" needs entries (key: value), not a text'),
    ("{kind: file, title: G, file: a, otherwise: giude}", '2:53: unknown lead magnet "giude", did you mean "guide"?'),
    ("{kind: file, title: G, file: a, otherwise: other}", '2:53: the lead magnet "other" cannot stand in for itself'),
]  # fmt: skip


@pytest.mark.parametrize(("magnet", "problem"), MAGNETS)
def test_mistakes_in_lead_magnets(magnet: str, problem: str) -> None:
    head = HEAD.replace("magnets:\n", f"magnets:\n  other: {magnet}\n")
    kinds: dict[str, type[BaseModel]] = {"file": GuideOptions, "link": GuideOptions}
    problems = load_script(head + END, "demo.yaml", kinds).problems
    assert [f"{one.line - 8}:{one.column}: {one.message}" for one in problems] == [problem]


def test_what_looks_like_a_number_is_a_text_where_a_text_is_due() -> None:
    head = HEAD.replace("file: guide.pdf", "file: 0123, formats: [1.10, 2027-01-01], pages: 12")
    result = load_script(head + END, "demo.yaml", {"file": GuideOptions})
    assert result.script is not None
    options = result.script.magnets["guide"].options
    assert options == {"file": "0123", "formats": ["1.10", "2027-01-01"], "pages": 12}
    assert GuideOptions.model_validate(options).pages == 12


def test_a_section_that_cannot_be_read_makes_no_further_mistakes() -> None:
    head = HEAD.replace("  guide: {", "  - {").replace("  opening: {", "  - {")
    body = """steps:
  - offer: gift
  - {variant: place, when: has("gift")}
  - {end: Bye, when: variant("place") == "top"}
"""
    assert [problem.partition(": ")[2] for problem in problems_of(head + body)] == [
        '"magnets" needs entries (key: value), not a list',
        '"experiments" needs entries (key: value), not a list',
    ]


def test_without_models_a_lead_magnet_may_be_of_any_kind() -> None:
    script = loaded_with("steps: [end]\n")
    guide = script.magnets["guide"]
    assert (guide.kind, guide.options, guide.again) == ("file", {"file": "guide.pdf"}, False)


EXPERIMENTS = [
    ("{short: 50}", '11:12: the experiment "opening" needs two arms or more: {short: 50, long: 50}'),
    ("{short: half, long: half}", '11:20: the weight of "short" needs a whole number, not "half"'),
    ("{short: [1], long: 2}", '11:20: the weight of "short" needs a text, not a list; if it is one, put it in quotes'),
    ("{short: 0, long: []}", '11:29: the weight of "long" needs a text, not a list; if it is one, put it in quotes'),
    ("{short: !x 1, long: 2}", '11:20: a text that starts with "!" must stand in quotes'),
    ("!x {short: 1}", '11:12: a text that starts with "!" must stand in quotes'),
    ("{short: 0, long: 0}", '11:12: the experiment "opening" has no arm with a weight above 0'),
    ("{short: -1, long: 2}", '11:20: the weight of "short" is a whole number from 0 to 1000000, not -1'),
]


@pytest.mark.parametrize(("arms", "problem"), EXPERIMENTS)
def test_mistakes_in_experiments(arms: str, problem: str) -> None:
    head = HEAD.replace("{short: 50, long: 50}", arms)
    assert problems_of(head + END)[0].replace("12:", "11:", 1) == problem


def test_a_full_report_says_where_reading_stopped() -> None:
    report = Report("demo.yaml")
    report.error(Place(2, 1), "one")
    report.error(Place(1, 1), "two")
    report.error(Place(1, 1), "two")
    assert [str(one) for one in report.problems] == ["demo.yaml:1:1: two", "demo.yaml:2:1: one"]
    assert report.has_errors


def test_the_models_of_this_test_are_as_strict_as_it_says() -> None:
    with pytest.raises(ValidationError):
        GuideOptions.model_validate({"file": 123})
