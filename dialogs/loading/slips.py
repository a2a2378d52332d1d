"""What an author probably did when a file is no YAML: the parser's words turned into what is wrong and what helps."""

import re

from ruamel.yaml.error import MarkedYAMLError

from dialogs.loading.odd_characters import CURLY, odd_space, open_curly_quote
from dialogs.loading.positions import place_at
from dialogs.loading.unclosed import find_unclosed
from dialogs.script import Place

_TWO_COLONS = re.compile(r"^[\s-]*[^\s:][^:]*:\s.*\S:(\s|$)")
_KEY_IN_A_TEXT = re.compile(
    r"^[\s-]*[a-z_]+:\s+([a-z]{2}|[a-z]+_[a-z_]+|visit|label|go|did|scrolled|leaving):\s+(\S[^{}]*)$"
)
_STAR_ALONE = re.compile(r"[:\[,{-]\s*(\*)\s*(?:[}\],]|$)")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]{}]+)\]\(([^()\s]+)\)")
_DASH_WITHOUT_SPACE = re.compile(r"\s*(-)([a-z_]+:(?:\s.*)?|[{\[].*)$")
_COLON_WITHOUT_SPACE = re.compile(r"(\s*(?:- +)?)([A-Za-z_]+):(?!//)([^\s:][^:]*)$")
_NEXT_KEY = re.compile(r"\s*([A-Za-z_-]+):\s")
_OPENS_WITH_TEMPLATE = re.compile(r":\s+\{\{|-\s+\{\{")
_NO_BEGINNING = ("cannot start any token", "expected the node content", "mapping keys are not allowed")
_QUOTE_THEN_TEXT = re.compile(r"""(?:^|[\s:,{\[-])(["']).*\1\s*$""")


def explain(error: MarkedYAMLError, text: str) -> tuple[Place, str]:
    """Where the author should look, and what to do there."""
    mark = error.problem_mark
    place = Place(mark.line + 1, mark.column + 1)
    return _odd_space(error, text) or find_unclosed(text, place) or _by_the_parser(error, text, place)


def _odd_space(error: MarkedYAMLError, text: str) -> tuple[Place, str] | None:
    """An unusual space in the lines that the parser speaks of."""
    for mark in (error.context_mark, error.problem_mark):
        if mark is None:
            continue
        start, end = text.rfind("\n", 0, mark.index) + 1, text.find("\n", mark.index)
        found = odd_space(text, start, end if end >= 0 else len(text))
        if found is not None:
            return place_at(text, found[0]), found[1]
    return None


def _by_the_parser(error: MarkedYAMLError, text: str, place: Place) -> tuple[Place, str]:
    """What the parser's own words mean."""
    mark = error.problem_mark
    line = [*text.split("\n"), ""][mark.line]
    problem, context = error.problem or "", error.context or ""
    opened = error.context_mark
    if match := _OPENS_WITH_TEMPLATE.search(line):
        return Place(place.line, match.end() - 1), 'a text that starts with "{{" must stand in quotes'
    if match := _STAR_ALONE.search(line):
        return Place(place.line, match.start(1) + 1), 'a star must stand in quotes: "*"'
    if match := _MARKDOWN_LINK.search(line):
        cure = f"{{label: {match[1]}, url: {match[2]}}}"
        return Place(
            place.line, match.start() + 1
        ), f"a link is written {cure}; if this is text, put all of it in quotes"
    if match := _DASH_WITHOUT_SPACE.match(line):
        return Place(place.line, match.start(1) + 1), f'a space is missing after the dash: "- {match[2]}"'
    if (curly := open_curly_quote(line[: mark.column])) is not None:
        return Place(place.line, curly + 1), CURLY
    if line[mark.column : mark.column + 1] in _CLOSING and "flow" not in context:
        return place, f"this {line[mark.column]} closes nothing; if it is text, put all of it in quotes"
    if problem.startswith("mapping values are not allowed"):
        above = [*text.split("\n")][mark.line - 1] if mark.line else ""
        if match := _COLON_WITHOUT_SPACE.match(above):
            cure = f'a space is missing after the colon; write "{match[2]}: {match[3].strip()}"'
            return Place(place.line - 1, len(match[1]) + 1), cure
        return place, _colon(line)
    if problem.startswith("sequence entries are not allowed"):
        return place, "a list begins on a line of its own; if this is a text, put it in quotes"
    if any(words in problem for words in _NO_BEGINNING):
        return place, _start(line[mark.column : mark.column + 1])
    if "quoted scalar" in context:
        return place, "a backslash in \"double quotes\" needs another one (\\\\), or use 'single quotes'"
    if "block scalar" in context:
        return place, "after | or > the text begins in the next line, indented"
    if "simple key" in context and opened is not None:
        return Place(opened.line + 1, opened.column + 1), 'this line is no "key: value"; is a colon missing?'
    if "flow" in context:
        return place, _braces(line[: mark.column], line[mark.column :])
    if problem.startswith("expected <block end>"):
        return place, _block_end(problem, line[: mark.column], text, mark.line)
    if opened is not None and any(word in context for word in ("tag", "anchor", "alias", "directive")):
        return Place(
            opened.line + 1, opened.column + 1
        ), 'a text that starts with "!", "&", "*" or "%" must stand in quotes'
    return place, f"this is no YAML: {' '.join((context, problem)).strip()}"


def _colon(line: str) -> str:
    cure = "put the text in quotes or use |"
    if match := _KEY_IN_A_TEXT.match(line):
        return f'a colon in a text: {cure}; or if "{match[1]}" is a key, in braces: {{{match[1]}: {match[2].strip()}}}'
    if _TWO_COLONS.match(line):
        return f"a colon in a text: {cure}"
    return f"this line belongs to the text above it; indent it like its neighbours, or if it is text, {cure}"


def _start(character: str) -> str:
    if character == "\t":
        return "a tab cannot indent; use spaces"
    return f'a text that starts with "{character}" must stand in quotes'


def _braces(before: str, after: str) -> str:
    if match := _NEXT_KEY.match(after):
        return f'a comma is missing before "{match[1]}"'
    if match := _QUOTE_THEN_TEXT.search(before):
        return _AFTER_QUOTE[match[1]]
    return "inside { } and [ ], a text that holds , : { } [ or ] must stand in quotes"


def _block_end(problem: str, before: str, text: str, number: int) -> str:
    if "<scalar>" in problem and (match := _QUOTE_THEN_TEXT.search(before)):
        return _AFTER_QUOTE[match[1]]
    lines = text.split("\n")
    if not before.strip() and _begins_without_dash(lines, number):
        return 'this line stands among others that begin with "- "; add the dash, or indent it further'
    return "this line is indented unlike its neighbours"


def _begins_without_dash(lines: list[str], number: int) -> bool:
    """Whether a line is indented like the entries of the list above it, and is none."""
    indent = len(lines[number]) - len(lines[number].lstrip(" "))
    for line in reversed(lines[:number]):
        deep = len(line) - len(line.lstrip(" "))
        if line.strip() and deep <= indent:
            return deep == indent and line.lstrip(" ").startswith("- ")
    return False


_AFTER_QUOTE = {
    '"': "the text goes on after the closing quotation mark; put all of it in 'single quotes'",
    "'": 'the text goes on after this apostrophe; put all of it in "double quotes"',
}
"""What to say where one of these marks ends a text too early."""
_CLOSING = ("]", "}")
