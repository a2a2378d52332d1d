"""The description of the script language is true: every example in it is read as it stands."""

import re
from pathlib import Path

import pytest

from bot.magnets import MAGNET_OPTIONS
from dialogs.checking import check_script
from dialogs.conditions import FUNCTIONS, compile_expression
from dialogs.knowledge import BUILTIN_TYPES
from dialogs.loading import load_script
from dialogs.loading.outline import KINDS
from dialogs.questions import QUESTION_TYPES
from dialogs.script import PURPOSES, Script
from dialogs.templating.filters import FILTERS
from dialogs.wishes import PATTERNS

DOCUMENT = (Path(__file__).parents[2] / "docs" / "scripts.md").read_text(encoding="utf-8")
BLOCKS: list[str] = re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL)
EXAMPLES = re.findall(r"^\| ((?:`- [^|]+?`(?: · | with )?)+)", DOCUMENT, re.MULTILINE)
PRELUDE = """\
fields:
  role: {type: choice, options: {student: Student, buyer: Buyer}}
  budget: number
  savings: number
  segment: text
  topic: text
"""
STEPS = """\
  - {step: questions, say: Ask away}
  - {step: pricing, say: 12 a month}
  - {step: demo, say: Here is how it works}
  - {step: contact_details, ask: email}
  - {step: a, say: A}
  - {step: b, say: B}
"""


def section_of(block: str) -> str:
    return block.split(":", 1)[0].strip()


def block_of(section: str) -> str:
    return next(block for block in BLOCKS if section_of(block) == section)


def step_examples() -> list[str]:
    """The examples of the table as YAML; what stands after "with" belongs to the same step."""
    steps = []
    for cell in EXAMPLES:
        for example in cell.split(" · "):
            lines = re.findall(r"`(.+?)`", example)
            steps.append("\n    ".join(["  " + lines[0], *lines[1:]]).replace("…", "example.com"))
    return steps


def assembled(extra_steps: str) -> str:
    """All blocks as one script."""
    main = block_of("steps").replace("steps:\n", f"steps:\n{STEPS}{extra_steps}")
    fields = block_of("fields").replace("fields:\n", PRELUDE)
    others = [block for block in BLOCKS if section_of(block) not in ("steps", "fields", "choices")]
    return "".join([*others, fields, main])


def load(text: str) -> Script:
    result = load_script(text, "scripts.md")
    assert result.script is not None, [str(problem) for problem in result.problems]
    return result.script


def test_every_section_of_a_script_is_shown_once() -> None:
    documented = (
        "dialog fields page steps choices dialogs magnets experiments scoring handoff page_acts look faq patterns"
    )
    assert sorted(map(section_of, BLOCKS)) == sorted(documented.split())


def test_the_blocks_together_are_a_script() -> None:
    script = load(assembled(""))
    assert script.name == "crm-guide"
    assert list(script.magnets) == ["guide", "discount", "pricing", "webinar"]
    assert [stage.value for stage, _ in script.stages] == ["mql", "warm"]
    assert not [one for one in check_script(script) if one.severity == "error" and "never called" not in one.message]


def test_the_choices_are_choices() -> None:
    choices = block_of("choices").replace("\n", "\n    ")
    script = load(assembled(f"  - say: Hi\n    {choices.rstrip()}\n"))
    assert len(script.steps["say.1"].choices) == 3  # type: ignore[union-attr]


@pytest.mark.parametrize("example", step_examples())
def test_every_step_of_the_table_can_be_written_so(example: str) -> None:
    example = example.replace("[{when: example.com, go: example.com}", "[{when: known(email), go: a}").replace(
        "{go: example.com}", "{go: b}"
    )
    if "consent" in example:
        example += "\n    text: May we?"
    where = "dialogs:\n  qualify:\n"
    if "return" in example:
        load(assembled("").replace(where, f"{where}  {example}\n"))
    else:
        load(assembled(example + "\n"))


def test_every_kind_of_step_is_in_the_table() -> None:
    shown = re.findall(r"- (\w+)", "\n".join(step_examples()))
    assert set(shown) == set(KINDS)


def test_names_that_are_listed_are_all_there_are() -> None:
    types = re.search(r"Types: `([^`]+)`", DOCUMENT)
    patterns = re.search(r"Patterns: `([^`]+)`", DOCUMENT)
    assert types is not None
    assert patterns is not None
    assert types[1].split() == list(QUESTION_TYPES)
    assert patterns[1].split() == [str(pattern) for pattern in PATTERNS]
    assert all(f"`{purpose}`" in DOCUMENT for purpose in PURPOSES)


def test_every_filter_of_texts_is_told_and_every_text_shown_can_be_read() -> None:
    (listed,) = re.findall(r"^- Filters change .+: (.+)$", DOCUMENT, re.MULTILINE)
    examples = re.findall(r"`([^`]+)`", listed)
    assert {example.partition("(")[0] for example in examples} == set(FILTERS)
    for example in examples:
        load(
            assembled(f"  - {{end: '{{{{ role | {example} }}}}'}}\n").replace(
                "  budget: number\n", "  budget: number\n  phone: phone\n"
            )
        )
    (chooses, short) = re.findall(r"^- `(\{%.+%\})` chooses; in short `(.+)`", DOCUMENT, re.MULTILINE)[0]
    for text in (chooses, short):
        load(assembled(f"  - end: '{text}'\n").replace("  budget: number\n", "  budget: number\n  phone: phone\n"))


def test_every_option_of_a_type_is_told() -> None:
    (listed,) = re.findall(r"^Options of the types: (.+)$", DOCUMENT, re.MULTILINE)
    told = {}
    for part in listed.split(" · "):
        types, _, rest = part.partition(" (")
        for kind in re.findall(r"`(\w+)`", types):
            told[kind] = {name for names in re.findall(r"`([^`]+)`", rest) for name in re.findall(r"\w+", names)}
    for kind, question in QUESTION_TYPES.items():
        assert set(question.options.model_fields) <= told.get(kind, set())
    example = re.findall(r"of its own: `(.+)`", listed)[0]
    load(assembled("").replace("{student: Student, buyer: Buyer}", f"{{student: Student, buyer: Buyer, {example}}}"))


def test_every_function_of_conditions_is_told() -> None:
    for name in FUNCTIONS:
        assert f"`{name}(" in DOCUMENT


def test_what_is_told_of_conditions_holds() -> None:
    types = {"size": "number", "when": "date", "span": "duration", "cost": "number", "note": "text"}
    facts = {"size": {"from": 50, "to": 100}, "span": "P2M", "note": "CRM", "cost": {"amount": 10, "currency": "USD"}}

    def holds(condition: str) -> bool:
        return compile_expression(condition, types, wanted="yes_no").holds(facts)

    for condition in (
        "size >= 50",
        "not size >= 60",
        "size / 1 == 75",
        'span < "3 months"',
        'note == "crm"',
        "cost == 10",
    ):
        assert holds(condition), condition
    for condition in ('when != "2026-12-24"', 'when < "2026-12-24"', "known(when)"):
        assert not holds(condition), condition


def test_every_option_of_lead_magnets_is_told_with_whether_it_has_languages() -> None:
    table = dict(re.findall(r"^\| `(\w+)` \| (`.+) \|$", DOCUMENT, re.MULTILINE))
    assert set(MAGNET_OPTIONS) <= set(table)
    for kind, model in MAGNET_OPTIONS.items():
        told = dict(re.findall(r"`([a-z_]+)`(°?)", table[kind]))
        per_language = {name for name, option in model.model_fields.items() if "dict" in str(option.annotation).lower()}
        assert set(model.model_fields) <= set(told)
        assert {name for name in model.model_fields if told[name]} == per_language


def test_every_name_for_conditions_is_known() -> None:
    (listed,) = re.findall(r"^In conditions you may also use (.+)$", DOCUMENT, re.MULTILINE)
    examples = re.findall(r"`([^`]+)`", listed)
    assert set(BUILTIN_TYPES) <= set(examples)
    for example in examples:
        load(assembled(f"  - {{end: Bye, when: 'known({example})'}}\n"))
