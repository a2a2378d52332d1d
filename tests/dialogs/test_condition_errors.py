"""An author is told where a condition is wrong, and what would be right."""

import pytest

from dialogs.conditions import MAX_CHARACTERS, ConditionError, compile_expression

NAMES = {
    "team_size": "number",
    "first_name": "text",
    "timeline": "text",
    "vip": "yes_no",
    "interests": "list",
    "deadline": "date",
    "lead_time": "duration",
    "extra": "any",
}
KEYS = {"timeline": ("now", "quarter"), "interests": ("crm", "erp"), ("variant", "opening"): ("short", "long")}
ARGUMENTS = {"consented": ("keep_in_touch", "call_me"), "has": ()}


def error_of(source: str, wanted: str | None = "yes_no") -> ConditionError:
    with pytest.raises(ConditionError) as caught:
        compile_expression(source, NAMES, wanted=wanted, keys=KEYS, arguments=ARGUMENTS)
    return caught.value


@pytest.mark.parametrize(
    ("source", "message"),
    [
        # Names
        ("tem_size > 3", 'unknown field "tem_size", did you mean "team_size"?'),
        ("Team_Size > 3", 'unknown field "Team_Size", did you mean "team_size"?'),
        ("qqq > 3", 'unknown field "qqq"'),
        ("timeline == now", 'unknown field "now": a text stands in quotes, "now"'),
        ("known", 'unknown field "known": known is a function, write known(…)'),
        ("nown(vip)", 'unknown function "nown", did you mean "known"?'),
        ("team_size(3)", 'unknown function "team_size": there are known, '),
        # Types
        ('team_size >= "x"', "compares a number with a text"),
        ('team_size >= "50"', "compares a number with a text: write 50 without quotes"),
        ('vip == "Yes"', "compares yes or no with a text: write yes without quotes"),
        ('interests == "crm"', 'compares a list with a text: write "crm" in it'),
        ("deadline > 5", 'compares a date with a number: write a date as "2026-12-24"'),
        ("lead_time > 5", 'compares a duration with a number: write a duration as "3 months"'),
        ("deadline == lead_time", "compares a date with a duration"),
        ("deadline == first_name", "compares a date with a text"),
        ("5 < 3 < vip", "compares a number with yes or no"),
        ("vip > no", "yes or no has no order: compare with == or !="),
        ('deadline < "24.12.2026"', '"24.12.2026" is no date: write it as "2026-12-24"'),
        ('lead_time < "3 moons"', '"3 moons" is no duration: write it as "3 months" or "P3M"'),
        ('lead_time < "3 months and"', '"3 months and" is no duration'),
        ('days("P3") > 1', '"P3" is no duration'),
        ('first_name == ""', 'no text is blank: ask "known(…)" or "not known(…)"'),
        ("first_name", "yes or no is needed here, but first_name is a text: compare it, or ask known(first_name)"),
        ('timeline == "now" or "quarter"', 'yes or no is needed here, but "quarter" is a text: compare it'),
        ("not 5", "yes or no is needed here, but 5 is a number"),
        ('variant("opening")', 'yes or no is needed here, but variant("opening") is a text'),
        ("vip + 1 > 2", "a number is needed here, but vip is yes or no"),
        ("-first_name > 1", "a number is needed here, but first_name is a text"),
        ("vip if team_size else vip", "yes or no is needed here, but team_size is a number"),
        ('(5 if vip else "x") == 5', "both ways must give the same: one is a number, the other a text"),
        ("lower(5) == first_name", "a text is needed here, but 5 is a number"),
        ("len(team_size) > 1", "a text or a list is needed here, but team_size is a number"),
        ("known(team_size, vip)", "known() takes one value"),
        ("round() > 1", "round() takes 1 or 2 values"),
        ("min(1) > 1", "min() takes 2 to 10 values"),
        ("known(x=vip)", '"=" has no meaning here'),
        # What can never be
        ('timeline == "nwo"', 'timeline is never "nwo", did you mean "now"?'),
        ('timeline in ["now", "quater"]', 'timeline is never "quater", did you mean "quarter"?'),
        ('timeline != "zzz"', 'timeline is never "zzz": it is one of now, quarter'),
        ('"crn" in interests', 'interests is never "crn", did you mean "crm"?'),
        ('interests == ["crm", "erb"]', 'interests is never "erb", did you mean "erp"?'),
        ('variant("opening") == "shrt"', 'variant("opening") is never "shrt", did you mean "short"?'),
        ('consented("keep_in_tuch")', 'consented() does not know "keep_in_tuch", did you mean "keep_in_touch"?'),
        ('has("guide")', 'has() does not know "guide"'),
        ("consented(first_name)", 'consented() takes a text in quotes, such as consented("…")'),
        ('free_mail("first_name")', "free_mail() takes the name of a field"),
        # Lists
        ("timeline in [vip]", 'a list holds constants only, such as ["now", "later"]'),
        ("interests == [first_name]", 'a list holds constants only, such as ["now", "later"]'),
        ("interests == [5]", "a text is needed here, but 5 is a number"),
        ("timeline in []", "this list is empty"),
        ("timeline in [5]", "compares a text with a number"),
        ('extra in [5, "five"]', "a list holds values of one type"),
        ('interests in ["crm"]', 'interests is a list: ask for one item at a time, such as "crm" in it'),
        ("[5] == extra and [vip]", "a text is needed here"),
        ("[team_size] or vip", 'a list may only stand after "in" or "=="'),
        ('"crm" in team_size', '"in" needs a list or a text, but team_size is a number'),
        ("team_size in interests", 'only a text can be "in" something, but team_size is a number'),
        # What was learnt elsewhere
        ("team_size = 5", '"=" has no meaning here: write == to compare'),
        ("team_size => 5", '"=>" has no meaning here: write >='),
        ("team_size <> 5", '"<>" has no meaning here: write !='),
        ("vip && vip", '"&&" has no meaning here: write "and"'),
        ("vip || vip", '"||" has no meaning here: write "or"'),
        ("!vip", '"!" has no meaning here: write "not"'),
        ("vip AND vip", 'write "and" in small letters'),
        ("vip == TRUE", 'unknown field "TRUE", did you mean "true"?'),
        ("vip is yes", '"is" has no meaning here: write == to compare'),
        ("vip == None", '"None" has no meaning here: ask "not known(…)" for a missing answer'),
        ("team_size > 10,000", "a comma has no place here: write numbers without it, and lists in [ ]"),
        ("team_size > 10k", 'write an operator before "k"; a duration stands in quotes, "3 months"'),
        ("lead_time < 3 months", 'write an operator before "months"; a duration stands in quotes, "3 months"'),
        ("vip vip", 'write an operator before "vip"'),
        ("vip if 1else vip", 'write a space before "else"'),
        ("first_name == “ada”", '"“" has no meaning here: texts stand in straight quotes: "now"'),
        ('first_name == "ada', 'this text is never closed by another "'),
        ('first_name == "a\\d"', r"a backslash inside a text is written twice: \\"),
        ("team_size > 5 # big", '"#" has no meaning here: comments have no place inside a condition'),
        # Form
        ("", "the expression is empty"),
        (" \n ", "the expression is empty"),
        ("team_size > ", "the expression is unfinished"),
        ("vip and", "the expression is unfinished"),
        ("(vip", 'this "(" is never closed'),
        ("vip)", 'this ")" closes nothing'),
        ("(vip]", 'this "]" closes nothing'),
        ("vip ) ( vip", 'this ")" closes nothing'),
        ("and vip", 'cannot be read from "and" on'),
        ("vip if vip", 'cannot be read from "vip" on'),
        ("9999999999999999 > team_size", "this number is too large"),
        ("007 > team_size", 'cannot be read from "007" on'),
        ('first_name == "' + "x" * MAX_CHARACTERS + '"', "the expression is longer than 500 characters"),
        ("(" * 21 + "vip" + ")" * 21, "brackets are nested too deeply"),
        ("not " * 60 + "vip", "the expression is too complicated"),
        ("+".join(["1"] * 100) + " > 3", "the expression is too complicated"),
        # Python
        ("first_name.upper()", '"." has no meaning here'),
        ("().__class__", '"." has no meaning here'),
        ("team_size ** 9", '"**" has no meaning here'),
        ("1 << 9", '"<<" has no meaning here'),
        ("lambda: vip", '"lambda" has no meaning here'),
        ("[x for x in interests]", '"for" has no meaning here'),
        ('f"{vip}"', "write an operator before this text"),
        ('b"x"', "write an operator before this text"),
        ('"a" "b"', "write an operator before this text"),
        ('"""a"""', "write an operator before this text"),
        ("(team_size := 5)", '":=" has no meaning here'),
        ("interests[0]", "this has no place in an expression"),
        ("vip in [*interests]", "this has no place in an expression"),
        ("+team_size > 1", "this has no place in an expression"),
        ("known(*interests)", "this has no place in an expression"),
        ("(known)(vip)(vip)", "only functions can be called"),
        ("vip\0", '"U+0000" has no meaning here'),
        ("vip; vip", '";" has no meaning here'),
        ("`vip`", '"`" has no meaning here'),
        ("\ud800", '"U+D800" has no meaning here'),
        ('first_name == "\ud800"', '"U+D800" has no meaning here'),
        ('first_name == "a\rb"', "cannot be read from"),
    ],
)
def test_what_is_wrong(source: str, message: str) -> None:
    assert message in error_of(source).message


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("tem_size > 3", 1, 1),
        ('team_size >= "x"', 1, 14),
        ("   tem_size", 1, 4),
        ("vip\nand\n  tem_size > 3", 3, 3),
        ("vip and (\r\n\ttem_size > 3)", 2, 2),
        ('"äöü€😀" == tem_size', 1, 12),
        ('first_name == "é" and\n\u00a0"é" == tem_size', 2, 9),
        ("vip\n  and team_size = 5", 2, 17),
        ("vip and\n(vip", 2, 1),
        ("vip and\n", 1, 8),
        ("vip\nvip", 2, 1),
    ],
)
def test_where_it_is_wrong(source: str, line: int, column: int) -> None:
    error = error_of(source)
    assert (error.line, error.column) == (line, column)
    assert str(error) == f"{line}:{column}: {error.message}"


def test_a_formula_must_give_what_is_wanted() -> None:
    assert error_of("first_name", "number").message == "a number is needed here, but first_name is a text"
    assert error_of("team_size > 1", "number").message == "a number is needed here, but this is yes or no"
    assert error_of('5 if vip else "x"', None).column == 15


def test_a_key_may_be_written_in_any_case() -> None:
    assert compile_expression('timeline == "Now"', NAMES, keys=KEYS).holds({"timeline": "now"})


def test_functions_without_a_list_of_arguments_take_any() -> None:
    assert compile_expression('did("signed_up")', NAMES, arguments=ARGUMENTS).calls == {("did", "signed_up")}
