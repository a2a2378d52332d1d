"""Whatever is in a file, reading it gives a script or problems with places: it never raises and never says nothing."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import dialogs.library
from dialogs.checking import load_and_check
from dialogs.loading import Severity, load_script
from tests.dialogs.loading_support import added
from tests.thorough import times

LIBRARY = Path(next(iter(dialogs.library.__path__)))
GUIDE = (LIBRARY / "crm-guide.yaml").read_text(encoding="utf-8")
SMALL = added("""
    steps:
      - step: hello
        say: {en: "Hi {{ note }}!", de: Hallo}
        choices: [Yes, {No: {go: bye}}, {label: Maybe, key: m, tag: x, set: {note: y}}]
      - ask: email
        attempts: {most: 2, go: bye}
      - branch: [{when: team_size > 5, go: hello}, {go: bye}]
      - {call: qualify, when: known(email)}
      - variant: opening
        arms: {short: {go: bye}}
      - {step: bye, end: Bye}
    languages: [de]
    dialogs:
      qualify: [{ask: team_size}, return]
    scoring: {fit: {cap: 5, rules: [{when: team_size > 5, points: 3, because: x}]}}
    stages: {mql: fit > 2}
    handoff: {when: stage == "mql" and known(email), to: sales, because: y}
    faq: [{ask: [Is it], say: "It is"}]
    patterns: {stop: {say: Bye, go: bye}}
""")
FRAGMENTS = [
    ":", "- ", "  ", "\n", "\t", '"', "'", "{", "}", "[", "]", "{{", "}}", "{%", "|", ">", "#", "&a", "*a", "!t",
    "?", "~", "null", "-", "=", "step: x", "go: x", "when: ", "when: 1 <", "say: ", "ask:", "%", ",", "é", "\u2028",
    "\x85", "0", "1e999", "<<: ", "---\n", "...\n", "\\", "e" * 300, "en:", "in", "(", ")", "known(",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from([SMALL, GUIDE]))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 1, 2, 5, 20, 200])))
        kind = draw(st.integers(0, 3))
        if kind == 0:
            middle = draw(st.sampled_from(FRAGMENTS))
        elif kind == 1:
            middle = ""
        elif kind == 2:
            other = draw(st.integers(0, len(text)))
            middle = text[other : other + (end - start)]
        else:
            middle = draw(st.text(max_size=5))
        text = text[:start] + middle + text[end:]
    return text


@settings(max_examples=times(150), deadline=None)
@given(mutated())
def test_a_mutated_script_is_a_script_or_has_problems(text: str) -> None:
    loaded = load_script(text, "demo.yaml")
    lines = len(text.splitlines())
    errors = [problem for problem in loaded.problems if problem.severity is Severity.ERROR]
    assert (loaded.script is None) == bool(errors)
    for problem in loaded.problems:
        assert 1 <= problem.line <= lines + 1
        assert problem.column >= 1
        assert problem.message
        assert "\n" not in str(problem)
    if loaded.script is not None:
        load_and_check(text, "demo.yaml")


@settings(max_examples=times(150), deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_bytes_are_a_script_or_have_problems(data: bytes) -> None:
    loaded = load_script(data, "demo.yaml")
    assert (loaded.script is None) == bool(loaded.problems)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = [
    "dialog", "title", "description", "language", "languages", "persona", "personas", "purposes", "fields", "magnets",
    "experiments", "steps", "dialogs", "scoring", "stages", "disqualifiers", "handoff", "faq", "patterns",
]  # fmt: skip
STEP_KEYS = [
    "step", "when", "else", "persona", "say", "choices", "picture", "links", "free", "ask", "text", "optional", "again",
    "attempts", "retry", "gather", "consent", "version", "yes", "no", "offer", "go", "branch", "call", "return", "set",
    "wait", "variant", "arms", "tag", "handoff", "because", "disqualify", "end",
]  # fmt: skip


@settings(max_examples=times(150), deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), values, max_size=4), st.dictionaries(st.sampled_from(STEP_KEYS), values))
def test_any_value_may_stand_anywhere(head: dict[str, object], step: dict[str, object]) -> None:
    """JSON is YAML: every key is tried with values of every shape."""
    import json

    steps = {"steps": [step]} if step else {}
    text = json.dumps({"dialog": "demo", "title": "Demo", **steps, **head}, ensure_ascii=True)
    loaded = load_script(text, "demo.yaml")
    assert (loaded.script is None) == any(one.severity is Severity.ERROR for one in loaded.problems)
