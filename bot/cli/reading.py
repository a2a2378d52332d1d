"""``handraiser read``: what a question of some type would understand.

One JSON object for each answer: ``text``, ``accepted``, ``value``, ``reason`` (of a refusal, or the doubt of an
answer that is asked back about), and where there are any ``remarks``, ``doubt`` and ``suggestions``.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from pydantic import ValidationError

from bot.cli.command import DONE, Arguments, CalledWrongly, Command, nearest_or_all
from bot.cli.terminal import json_line
from dialogs.phrases import say
from dialogs.questions import QUESTION_TYPES
from dialogs.questions.base import Accepted, Options, Outcome, QuestionType, Reading, Rejected
from dialogs.values import ANSWER_MAX_CHARACTERS

_CHUNK = 65536


def _arguments(arguments: Arguments) -> None:
    arguments.add_argument("type", metavar="TYPE", help="the question type: email, number, date ...")
    arguments.add_argument(
        "text", metavar="TEXT", nargs="*", help="an answer; without any, standard input has one a line"
    )
    arguments.add_argument("--options", metavar="JSON", default="{}", help="what a script says about the field")
    arguments.add_argument(
        "--language", metavar="TAG", default="en", help="the visitor's: en, de, es, fr (default: en)"
    )
    arguments.add_argument("--region", metavar="COUNTRY", help="the visitor's country: DE, US ...")
    arguments.add_argument("--now", metavar="ISO", help="the visitor's present moment: 2027-01-05T10:00+01:00")


def _run(options: argparse.Namespace) -> int:
    question = _question_type(options.type)
    declared = _declared(question, options.options)
    reading = _reading(options)
    if options.text:
        for text in options.text:
            plain = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            sys.stdout.write(f"{_line(plain, question, declared, reading)}\n")
        return DONE
    if sys.stdin.isatty():
        print("One answer a line; Ctrl-D ends.", file=sys.stderr)
    for lines in _lines(sys.stdin.buffer):
        sys.stdout.write("".join(f"{_line(text, question, declared, reading)}\n" for text in lines))
        sys.stdout.flush()  # Whoever writes line by line may wait for the answer.
    return DONE


def _line(text: str, question: QuestionType[Any], declared: Options, reading: Reading) -> str:
    return json_line(_shown(text, _outcome(text, question, declared, reading)))


def _outcome(text: str, question: QuestionType[Any], declared: Options, reading: Reading) -> Outcome:
    if len(text) > ANSWER_MAX_CHARACTERS:
        return Rejected(say("too_long", reading.language), "too_long")
    return question.read(text, declared, reading)


def _shown(text: str, outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, Accepted):
        shown = {"text": text, "accepted": True, "value": outcome.value, "reason": outcome.doubt}
        if outcome.remarks:
            shown["remarks"] = outcome.remarks
        if outcome.doubt is not None:
            shown["doubt"] = outcome.doubt
    else:
        shown = {"text": text, "accepted": False, "value": None, "reason": outcome.reason}
    if outcome.suggestions:
        shown["suggestions"] = [{"value": one.value, "label": one.label} for one in outcome.suggestions]
    return shown


def _lines(stream: BinaryIO) -> Iterator[list[str]]:
    """Complete lines as they come in, as many at a time as there are; bytes that are no UTF-8 become U+FFFD."""
    rest = b""
    while chunk := stream.read1(_CHUNK):  # type: ignore[attr-defined]  # Standard input is a buffered reader.
        *lines, rest = (rest + chunk).split(b"\n")
        yield [_decoded(line) for line in lines]
    if rest:
        yield [_decoded(rest)]


def _decoded(line: bytes) -> str:
    return line.removesuffix(b"\r").decode("utf-8", "replace")


def _question_type(name: str) -> QuestionType[Any]:
    question = QUESTION_TYPES.get(name)
    if question is None:
        raise CalledWrongly(f'unknown question type "{name}"{nearest_or_all(name, QUESTION_TYPES)}')
    return question


def _declared(question: QuestionType[Any], text: str) -> Options:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CalledWrongly(f"--options is no JSON: {error}") from None
    known = [field.alias or name for name, field in question.options.model_fields.items()]
    if _are_choices(given, known):
        given = {"options": given}
    if not isinstance(given, dict):
        raise CalledWrongly('--options must be a JSON object such as {"min": 1}')
    try:
        declared: Options = question.options.model_validate(given)
    except ValidationError as error:
        mistakes = dict.fromkeys(_mistake(one, given, known) for one in error.errors())
        raise CalledWrongly(f"--options: {'; '.join(mistakes)}") from None
    return declared


def _are_choices(given: Any, known: list[str]) -> bool:
    """Whether these are the choices themselves, as a script has them under ``options``."""
    if not given or "options" not in known:
        return False
    return isinstance(given, list) or (isinstance(given, dict) and given.keys().isdisjoint(known))


def _mistake(error: Any, given: Any, known: list[str]) -> str:
    """What pydantic found, in words."""
    key = ".".join(_inside(error["loc"], given)) or "the whole"
    if error["type"] == "extra_forbidden":
        return f'unknown option "{key}"{nearest_or_all(key, known)}'
    if error["type"] == "missing":
        return f'"{error["loc"][-1]}" is missing'
    message = str(error.get("ctx", {}).get("error") or error["msg"])
    return f'"{key}": {message[:1].lower()}{message[1:]}'


def _inside(location: Iterable[Any], given: Any) -> Iterator[str]:
    """The parts of a location that were given; pydantic adds which of several kinds it tried."""
    for part in location:
        try:
            given = given[part]
        except (LookupError, TypeError):
            continue
        yield str(part)


def _reading(options: argparse.Namespace) -> Reading:
    language, _, rest = options.language.replace("_", "-").partition("-")
    region = options.region or next((part for part in rest.split("-") if len(part) == 2), None)
    if region is not None and not (len(region) == 2 and region.isascii() and region.isalpha()):
        raise CalledWrongly(f'--region must be a country\'s two letters such as DE, not "{region}"')
    return Reading(now=_moment(options.now), language=language.lower(), region=region.upper() if region else None)


_FIRST_YEAR, _LAST_YEAR = 1970, 2999


def _moment(text: str | None) -> datetime:
    if text is None:
        return datetime.now().astimezone()
    try:
        moment = datetime.fromisoformat(text)
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:  # From there, some answers lead out of all calendars.
            raise ValueError
    except ValueError:
        raise CalledWrongly(f'--now must be a moment such as 2027-01-05T10:00+01:00, not "{text}"') from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


READ = Command(
    description="Show what a question of some type would understand, as one JSON object for each answer.",
    examples="""\
read email 'you can write to ada@example.com'
read number --options '{"min": 1}' 'about fifty'
read date --language de --now 2027-01-05T10:00+01:00 'morgen in einer Woche'
read choice --options '{"now": "This month", "later": "Just looking"}' 'in a few weeks'
read phone --region DE < numbers.txt""",
    arguments=_arguments,
    run=_run,
)
