"""Message texts: answers are filled in as they are, and a missing one leaves no hole."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.templates import MAX_CHARACTERS, Template, TemplateError, compile_template

NAMES = ("first_name", "company", "email", "interests", "savings", "deadline", "timeline", "vip")


def template(source: str, language: str = "en") -> Template:
    return compile_template(source, NAMES, language=language)


def text(source: str, language: str = "en", **values: Any) -> str:
    return template(source, language).render(values)


def test_answers_are_filled_in() -> None:
    greeting = template("Gladly, {{ first_name }} of {{company}}.")
    assert greeting.names == {"first_name", "company"}
    assert greeting.render({"first_name": "Ada", "company": "Acme Inc."}) == "Gladly, Ada of Acme Inc.."


def test_a_text_without_answers_is_itself() -> None:
    for source in ("", "Hello!", "100 % {sure} }} %}\n", " a ", "{first_name}"):
        plain = template(source)
        assert plain.names == set()
        assert plain.render({}) == source


HOSTILE = [
    "{{ 7*7 }}",
    "{% if x %}",
    "{{ first_name }}",
    "{email}",
    "%(x)s",
    "${7*7}",
    "<script>",
    "a\x00b",
    "{# #}",
]


@pytest.mark.parametrize("answer", HOSTILE)
def test_an_answer_is_never_read_as_a_text(answer: str) -> None:
    assert text("Thanks {{ first_name }}!", first_name=answer) == f"Thanks {answer}!"
    shown = text("{% if first_name %}{{ first_name }}, {{ email }}{% endif %}", first_name=answer * 2, email=answer)
    assert shown == f"{answer * 2}, {answer}"


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("Hi {{ first_name }}!", "Hi!"),
        ("Hi {{ first_name }}, nice", "Hi, nice"),
        ("Hi {{ first_name }} , nice", "Hi, nice"),
        ("Thanks, {{ first_name }}!", "Thanks!"),
        ("Thanks, {{ first_name }}", "Thanks"),
        ("And where to, {{ first_name }}?", "And where to?"),
        ("{{ first_name }}, where to?", "Where to?"),
        ("Great. {{ first_name }}, shall we?", "Great. Shall we?"),
        ("Thanks! {{ first_name }}! Next", "Thanks! Next"),
        ("Great. {{ first_name }} – shall we?", "Great. Shall we?"),
        ("Hi {{ first_name }} and welcome", "Hi and welcome"),
        ("{{ first_name }} is here", "is here"),
        ("Hi {{ first_name }} {{ company }}!", "Hi!"),
        ("Dear {{ first_name }},\n\nhello", "Dear,\n\nhello"),
        ("Yours, {{ first_name }}\nP.S.", "Yours\nP.S."),
        ("{{ first_name }}\nNext", "Next"),
        ("One\n{{ first_name }}\nTwo", "One\nTwo"),
        ("Ada ({{ company }}) says", "Ada says"),
        ("Bonjour {{ first_name }} !", "Bonjour !"),
        ("Bonjour, {{ first_name }}\u00a0!", "Bonjour\u00a0!"),
        ("¡Hola, {{ first_name }}!", "¡Hola!"),
        ("Hello!{{ first_name }} Next", "Hello! Next"),
        ("a-{{ first_name }}-b", "a--b"),
        ("{{ first_name }}", ""),
        ("Hello {% if first_name %}{{ first_name }}{% endif %}!", "Hello!"),
        ("Dear friend,{% if first_name %} you{% endif %}\nhello", "Dear friend,\nhello"),
    ],
)
def test_a_missing_answer_leaves_no_hole(source: str, result: str) -> None:
    assert text(source) == result
    assert text(source, first_name="", company=None) == result


def test_only_the_authors_words_are_closed_up() -> None:
    assert text("{{ company }} {{ first_name }}!", company="Acme, ") == "Acme, !"
    assert text("Hi {{ first_name }} {{ company }}!", company="Acme") == "Hi Acme!"
    assert text("Hi {{ first_name }}{{ company }}, hm", company=", Acme") == "Hi , Acme, hm"


PIECES = st.lists(
    st.sampled_from(["Hi ", ", ", " ", "!", ". ", "\n", " (", ") ", "so", None, "Ada", " x, "]), max_size=8
)


@given(pieces=PIECES)
def test_an_answer_is_always_shown_whole(pieces: list[str | None]) -> None:
    names = [f"n{index}" for index in range(len(pieces))]
    source = "".join(f"{{{{ {name} }}}}{piece or ''}" for name, piece in zip(names, pieces, strict=True))
    answers = {name: f" <{name}, " for name, piece in zip(names, pieces, strict=True) if piece is not None}
    shown = compile_template(source, names).render(answers)
    place = 0
    for answer in answers.values():
        place = shown.index(answer, place) + len(answer)


@pytest.mark.parametrize(
    ("source", "value", "result"),
    [
        ('{{ first_name | default("there") }}', "Ada", "Ada"),
        ('{{ first_name | default("there") }}', None, "there"),
        ("{{ first_name | default('there') | upper }}", " ", "THERE"),
        ("{{ first_name | upper }}", "Straße", "STRASSE"),
        ("{{ first_name | lower }}", "ADA", "ada"),
        ("{{ first_name | title }}", "ada o'neil McDonald JEAN-LUC it's", "Ada O'Neil McDonald Jean-Luc It's"),
        ("{{ first_name | capitalize }}", "ada Lovelace ", "Ada Lovelace"),
        ("{{ first_name | trim }}", " Ada ", "Ada"),
        ("{{ first_name | first_word }}", " Ada Lovelace", "Ada"),
        ("{{ first_name | first_word }}", None, ""),
        ("{{ first_name }}", ["a", "b", "c"], "a, b, c"),
        ("{{ first_name | list }}", ["a", "b", "c"], "a, b and c"),
        ("{{ first_name | list('or') }}", ["a", "b"], "a or b"),
        ("{{ first_name | list }}", ["a"], "a"),
        ("{{ first_name | list }}", "a and b", "a and b"),
        ("{{ first_name | list }}", [], ""),
        ("{{ first_name }}", 5.0, "5"),
        ("{{ first_name }}", 5.25, "5.25"),
        ("{{ first_name }}", True, "yes"),
        ("{{ first_name }}", False, "no"),
        ("{{ first_name }}", {"amount": 5}, ""),
        ("{{ first_name | number }}", 1234567.5, "1,234,567.5"),
        ("{{ first_name | number(2) }}", 1234, "1,234.00"),
        ("{{ first_name | number(0) }}", "1234.6", "1,235"),
        ("{{ first_name | number }}", "about 5", "about 5"),
        ("{{ first_name | number }}", 1e300, "1e+300"),
        ("{{ first_name | money('EUR') }}", 19200, "€19,200"),
        ("{{ first_name | money('EUR') }}", 19.5, "€19.50"),
        ("{{ first_name | money('EUR') }}", "19,200.25", "€19,200.25"),
        ("{{ first_name | money('EUR') }}", "1,2", "1,2"),
        ("{{ first_name | date }}", "2026-12-24", "24 December 2026"),
        ("{{ first_name | date }}", "2026-12-24T10:00:00+01:00", "24 December 2026"),
        ("{{ first_name | date }}", "2026-13-24", "2026-13-24"),
        ("{{ first_name | date }}", "soon", "soon"),
        ('{{ "a" if first_name else "b" }}', "x", "a"),
        ('{{ "a" if first_name else "b" }}', None, "b"),
        ('Yes{{ "!" if first_name }}', None, "Yes"),
        ('{{ ("a" if first_name else company) | upper }}', "x", "A"),
    ],
)
def test_filters(source: str, value: Any, result: str) -> None:
    assert text(source, first_name=value) == result


@pytest.mark.parametrize(
    ("language", "result"),
    [
        ("de", "1.234,5 · 1.234,50 € · 1. März 2027 · a und b · ja"),
        ("es", "1.234,5 · 1.234,50 € · 1 de marzo de 2027 · a y b · sí"),
        ("fr", "1\u202f234,5 · 1\u202f234,50 € · 1er mars 2027 · a et b · oui"),
        ("nl", "1,234.5 · €1,234.50 · 1 March 2027 · a and b · yes"),
    ],
)
def test_filters_write_as_people_of_the_language_do(language: str, result: str) -> None:
    source = (
        "{{ savings|number }} · {{ savings|money('EUR') }} · {{ deadline|date }} · {{ interests|list }} · {{ vip }}"
    )
    values = {"savings": 1234.5, "deadline": "2027-03-01", "interests": ["a", "b"], "vip": True}
    assert text(source, language, **values) == result


def test_an_amount_already_written_for_people_is_understood() -> None:
    assert text("{{ savings | money('EUR') }}", "de", savings="19.200,5") == "19.200,50 €"


@pytest.mark.parametrize(
    ("condition", "values", "holds"),
    [
        ("first_name", {"first_name": "Ada"}, True),
        ("first_name", {"first_name": " "}, False),
        ("first_name", {}, False),
        ("vip", {"vip": True}, True),
        ("vip", {"vip": False}, False),
        ("not vip", {}, True),
        ('timeline == "Now "', {"timeline": "now"}, True),
        ('timeline != "now"', {"timeline": "later"}, True),
        ('timeline != "now"', {}, False),
        ("savings == 5", {"savings": 5.0}, True),
        ("vip == true", {"vip": True}, True),
        ("interests == 5", {"interests": ["5"]}, False),
        ("first_name is defined", {"first_name": "Ada"}, True),
        ("first_name is not defined", {"first_name": ""}, True),
        ("vip is defined", {"vip": False}, True),
        ("first_name and (vip or company)", {"first_name": "Ada", "company": "Acme"}, True),
        ("first_name and vip", {"vip": True}, False),
    ],
)
def test_conditions(condition: str, values: dict[str, Any], holds: bool) -> None:
    choice = template(f"{{% if {condition} %}}yes{{% else %}}no{{% endif %}}")
    assert choice.render(values) == ("yes" if holds else "no")


def test_the_first_way_that_holds_is_taken() -> None:
    source = "{% if vip %}a{% elif company %}b {{ company }}{% else %}c{% endif %}."
    assert template(source).names == {"vip", "company"}
    assert [text(source, vip=True), text(source, company="X"), text(source)] == ["a.", "b X.", "c."]


def test_conditions_look_at_the_answer_where_it_is_given() -> None:
    message = template(
        '{{ timeline }}{% if timeline == "now" %}!{% endif %} {{ savings | money("EUR") }} {{ company }}'
    )
    shown = {"timeline": "This month", "savings": "about 5", "company": "Acme"}
    assert message.render(shown, {"timeline": "now", "savings": 5}) == "This month! €5 Acme"
    assert message.render(shown) == "This month about 5 Acme"
    assert template("{% if company %}a{% endif %}").render(shown, {}) == "a"


def test_a_tag_on_its_own_line_leaves_no_empty_line() -> None:
    source = "Hi!\n  {% if vip %}\n  Dear guest\n  {% else %}\nHello {{ first_name }}\n{% endif %}\nBye\n"
    assert text(source, first_name="Ada") == "Hi!\nHello Ada\nBye\n"
    assert text(source, vip=True) == "Hi!\n  Dear guest\nBye\n"


def test_braces_can_be_shown() -> None:
    assert text("{% raw %}{{ x }} {{ {% endraw %}{{ '{{' }}{# not this #}") == "{{ x }} {{ {{"
    assert text("{# nothing #}") == ""
    assert text("{{ first_name }}{{ '' }}", first_name="Ada") == "Ada"


def test_a_text_is_never_longer_than_it_may_be() -> None:
    shown = text("{{ first_name }}{{ first_name }}", first_name="x" * MAX_CHARACTERS)
    assert len(shown) == MAX_CHARACTERS
    assert shown.endswith("x…")


@pytest.mark.parametrize(
    ("source", "message", "line", "column"),
    [
        ("Hi {{ frist_name }}", 'unknown field "frist_name", did you mean "first_name"?', 1, 7),
        ("frist_name {{ frist_name }}", "unknown field", 1, 15),
        ("Hi\n  {{ first_name }} {{ emial }}", 'unknown field "emial", did you mean "email"?', 2, 23),
        ("{{ first_name|uper }}", 'unknown filter "uper", did you mean "upper"?', 1, 15),
        ("{{ first_name|zzz }}", 'unknown filter "zzz": there are default, ', 1, 15),
        ("{% if a %}\n  b\n{% endif %}", 'unknown field "a"', 1, 7),
        ("a\n{% if vip %}\nb {{ c }}\n{% endif %}", 'unknown field "c"', 3, 6),
        ("{{ first_name | default }}", 'the filter default takes a text in quotes: default("…")', 1, 17),
        ("{{ first_name | default(email) }}", "takes a text in quotes", 1, 17),
        ("{{ first_name | default(x='a') }}", "takes a text in quotes", 1, 17),
        ("{{ first_name | number('a') }}", "takes a whole number: number(2)", 1, 17),
        ("{{ first_name | upper(1) }}", "the filter upper takes nothing in brackets", 1, 17),
        ("Hi {{ first_name }", 'this "{{" is never closed by "}}"', 1, 4),
        ("Hi\n {% if vip }", 'this "{%" is never closed by "%}"', 2, 2),
        ("{# hm", 'this "{#" is never closed by "#}"', 1, 1),
        ("Hi {% if vip %}x", 'an "{% if %}" is never closed', 1, 4),
        ("Hi {% endif %}", 'this "else" or "endif" belongs to no "{% if %}"', 1, 4),
        ("Hi {% for a in b %}", "a text has no loops", 1, 4),
        ("{{ '}} {# ' }}{% set a = 1 %}{# #}", "this has no place in a text", 1, 22),
        ("Hi {% include 'x' %}", '"include" has no place in a text', 1, 4),
        ("{% raw %}x", "this cannot be read", 1, 1),
        ("Hi {{ }}", "a name is missing here", 1, 4),
        ("{{ first_name last }}", "this cannot be read", 1, 1),
        ("{{ first_name.__class__ }}", "an answer has no parts", 1, 15),
        ("{{ first_name['x'] }}", "an answer has no parts", 1, 4),
        ("{{ first_name() }}", "nothing can be called in a text", 1, 4),
        ("{{ 7*7 }}", "a text does not calculate", 1, 4),
        ("{{ -savings }}", "a text does not calculate", 1, 5),
        ("{{ 'a' ~ company }}", "one after the other", 1, 10),
        ("{{ [] }}", "lists have no place in a text", 1, 1),
        ("{{ company, email }}", "a comma has no place here", 1, 4),
        ("{{ company == 'x' }}", "this has no place in a text", 1, 4),
        ("{% if savings > 5 %}x{% endif %}", "a text asks only for a name", 1, 7),
        ("{% if first_name is odd %}x{% endif %}", "a text asks only for a name", 1, 7),
        ("{% if company == email %}x{% endif %}", "company can only be compared with a text or number", 1, 7),
        ("{% if company == '' %}x{% endif %}", "company can only be compared", 1, 7),
        ("{{ " + "(" * 3000 + "vip" + ")" * 3000 + " }}", "this text cannot be read", 1, 1),
        ("{{ " + "9" * 5000 + " }}", "this text cannot be read", 1, 1),
        ("{% if vip %}" * 30 + "{% endif %}" * 30, "conditions are nested too deeply", 1, 1),
        ("{% if " + "not " * 30 + "vip %}{% endif %}", "conditions are nested too deeply", 1, 1),
        ("{{ vip" + "|upper" * 30 + " }}", "conditions are nested too deeply", 1, 1),
        ("x" * (MAX_CHARACTERS + 1), "this text is longer than 10000 characters", 1, 1),
    ],
)
def test_what_is_wrong_and_where(source: str, message: str, line: int, column: int) -> None:
    with pytest.raises(TemplateError) as caught:
        template(source)
    assert message in caught.value.message
    assert (caught.value.line, caught.value.column) == (line, column)
    assert str(caught.value) == f"{line}:{column}: {caught.value.message}"


TOKENS = [
    *"{}%#-+|'\"()[].,:~*=\n 0a",
    "{{ ",
    " }}",
    "{% if a %}",
    "{% else %}",
    "{% endif %}",
    "{% raw %}",
    "{% endraw %}",
]


@given(st.lists(st.sampled_from(TOKENS), max_size=12).map("".join))
def test_any_text_is_rendered_or_refused(source: str) -> None:
    try:
        found = compile_template(source, ["a"])
    except TemplateError as error:
        assert 1 <= error.line <= source.count("\n") + 1  # noqa: PT017 - both outcomes are right
        return
    assert isinstance(found.render({"a": "{{ a }}"}), str)
