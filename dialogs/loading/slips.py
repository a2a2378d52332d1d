"""What an author probably did when a file is no YAML: the parser's words turned into what is wrong and what helps."""

import re

from ruamel.yaml.error import MarkedYAMLError

from dialogs.script import Place

_TWO_COLONS = re.compile(r"^[\s-]*[^\s:][^:]*:\s.*\S:(\s|$)")
_OPENS_WITH_TEMPLATE = re.compile(r":\s+\{\{|-\s+\{\{")
_QUOTE_THEN_TEXT = re.compile(r"""(?:^|[\s:,{\[-])(["']).*\1\s*$""")


def explain(error: MarkedYAMLError, text: str) -> tuple[Place, str]:
    """Where the author should look, and what to do there."""
    mark = error.problem_mark
    place = Place(mark.line + 1, mark.column + 1)
    line = [*text.split("\n"), ""][mark.line]
    problem, context = error.problem or "", error.context or ""
    opened = error.context_mark
    if match := _OPENS_WITH_TEMPLATE.search(line):
        return Place(place.line, match.end() - 1), 'a text that starts with "{{" must stand in quotes'
    if problem.startswith("mapping values are not allowed"):
        return place, _colon(line)
    if problem.startswith("sequence entries are not allowed"):
        return place, "a list begins on a line of its own; if this is a text, put it in quotes"
    if "cannot start any token" in problem:
        return place, _start(line[mark.column : mark.column + 1])
    if "quoted scalar" in context and opened is not None:
        return _quotes(problem, place, Place(opened.line + 1, opened.column + 1))
    if "simple key" in context and opened is not None:
        return Place(opened.line + 1, opened.column + 1), 'this line is no "key: value"; is a colon missing?'
    if "flow" in context:
        return place, _braces(problem, line[: mark.column])
    if problem.startswith("expected <block end>"):
        return place, _block_end(problem, line[: mark.column])
    if opened is not None and any(word in context for word in ("tag", "anchor", "alias", "directive")):
        return Place(
            opened.line + 1, opened.column + 1
        ), 'a text that starts with "!", "&", "*" or "%" must stand in quotes'
    return place, f"this is no YAML: {' '.join((context, problem)).strip()}"


def _colon(line: str) -> str:
    cure = "put the text in quotes or use |"
    if _TWO_COLONS.match(line):
        return f"a colon in a text: {cure}"
    return f"this line belongs to the text above it; indent it like its neighbours, or if it is text, {cure}"


def _start(character: str) -> str:
    if character == "\t":
        return "a tab cannot indent; use spaces"
    return f'a text that starts with "{character}" must stand in quotes'


def _quotes(problem: str, place: Place, opened: Place) -> tuple[Place, str]:
    if "escape" in problem:
        return place, "a backslash in \"double quotes\" needs another one (\\\\), or use 'single quotes'"
    return opened, "this quotation mark is never closed"


def _braces(problem: str, before: str) -> str:
    if "<stream end>" in problem or "document" in problem:
        return "a closing } or ] is missing"
    if _QUOTE_THEN_TEXT.search(before):
        return _AFTER_QUOTE
    return "inside { } and [ ], a text that holds , : { } [ or ] must stand in quotes"


def _block_end(problem: str, before: str) -> str:
    if "<scalar>" in problem and _QUOTE_THEN_TEXT.search(before):
        return _AFTER_QUOTE
    return "this line is indented unlike its neighbours"


_AFTER_QUOTE = "the text goes on after the closing quotation mark; put all of it in 'single quotes'"
