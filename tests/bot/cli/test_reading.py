"""``handraiser read``: answers in, one JSON object for each out."""

import io
import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.bot.cli.conftest import REPOSITORY, Call, Done


def objects(done: Done) -> list[dict[str, Any]]:
    assert done.status == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


def piped(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_each_text_becomes_one_object(call: Call) -> None:
    accepted, refused = objects(call("read", "number", "42", "dunno"))
    assert accepted == {"text": "42", "accepted": True, "value": 42, "reason": None}
    assert set(refused) == {"text", "accepted", "value", "reason"}
    assert (refused["accepted"], refused["value"]) == (False, None)
    assert refused["reason"]


def test_options_may_stand_before_between_and_after_the_texts(call: Call) -> None:
    done = call("read", "--language", "de", "number", "fünf", "--options", '{"min": 10}', "sechzig", "--region=DE")
    low, enough = objects(done)
    assert (low["accepted"], enough["value"]) == (False, 60)


def test_a_text_may_begin_with_a_hyphen(call: Call) -> None:
    assert objects(call("read", "number", "-5"))[0]["value"] == -5
    assert objects(call("read", "number", "--", "-5k"))[0]["value"] == -5000
    assert "put -- before values that begin with a hyphen" in call("read", "number", "-5k").err


def test_without_a_text_each_line_of_the_input_is_one_answer(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, "5\r\nabout 50\n\n\u2028six\x0b\u20287".encode())
    texts = [one["text"] for one in objects(call("read", "number"))]
    assert texts == ["5", "about 50", "", "\u2028six\x0b\u20287"]


def test_no_input_at_all_is_no_answer(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"")
    assert objects(call("read", "number")) == []


def test_bytes_that_are_no_text_are_read_around(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"\xff\xfe 12\n\x00\n\xed\xa0\x80\n")
    first, second, third = objects(call("read", "number"))
    assert first["text"] == "\ufffd\ufffd 12"
    assert second["text"] == "\x00"
    assert not third["accepted"]


def test_an_argument_that_is_no_text_is_read_around(command: Call) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "read", "number", b"\xff 12"],
        capture_output=True,
        cwd=REPOSITORY,
        timeout=60,
        check=True,
    )
    assert json.loads(done.stdout)["text"] == "\ufffd 12"


def test_an_answer_that_is_too_long_is_refused_as_in_a_chat(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"1" * 5000 + b"\n" + b"7\n")
    long, short = objects(call("read", "number"))
    assert not long["accepted"]
    assert short["value"] == 7


def test_what_is_remarked_is_shown(call: Call) -> None:
    assert objects(call("read", "number", "about fifty"))[0]["remarks"] == ["approximate"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["numbr", "5"], 'unknown question type "numbr", did you mean "number"?'),
        (["number", "5", "--options", "{"], "--options is no JSON"),
        (["number", "5", "--options", "[]"], "--options must be a JSON object"),
        (["number", "5", "--options", '{"mni": 1}'], 'unknown option "mni", did you mean "min"?'),
        (["number", "5", "--options", '{"min": "lots"}'], '"min": '),
        (["number", "5", "--options", '{"min": 1e999}'], '"min": '),
        (["number", "5", "--options", '{"max": NaN}'], '"max": '),
        (["date", "tomorrow", "--now", "9999-12-31T12:00+00:00"], "--now must be a moment such as"),
        (["number", "5", "--region", "Germany"], "--region must be a country's two letters"),
        (["number", "5", "--now", "tomorrow"], "--now must be a moment such as 2027-01-05T10:00+01:00"),
        ([], "TYPE must be given"),
    ],
)
def test_a_wrong_call_names_what_is_wrong(call: Call, words: list[str], expected: str) -> None:
    done = call("read", *words)
    assert done.status == 2
    assert expected in done.err
    assert "Traceback" not in done.err


def test_thousands_of_lines_come_back_in_order(command: Call) -> None:
    done = command("read", "number", stdin="".join(f"{number}\n" for number in range(20_000)).encode())
    assert [one["value"] for one in objects(done)] == list(range(20_000))


def test_whoever_stops_reading_is_not_complained_to(command: Call, folder: object) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "read", "number"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b"1\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["value"] == 1  # Answered although more may come.
        process.stdout.close()
        process.stdin.write(b"2\n")
        process.stdin.close()
        assert process.wait(60) == 0
        assert process.stderr.read() == b""


def test_letters_of_all_languages_survive_a_terminal_that_only_knows_ascii(command: Call) -> None:
    done = command("read", "number", "fünf €", environ={"PYTHONIOENCODING": "ascii"})
    assert objects(done)[0]["text"] == "fünf €"
    assert done.out.isascii()


@pytest.mark.parametrize("options", ['{"now": "This month", "later": "Just looking"}', '["Just looking"]'])
@pytest.mark.parametrize("kind", ["choice", "choices"])
def test_choices_may_be_given_without_their_frame(call: Call, kind: str, options: str) -> None:
    plain = objects(call("read", kind, "--options", options, "just looking"))
    framed = objects(call("read", kind, "--options", f'{{"options": {options}}}', "just looking"))
    assert plain == framed
    assert plain[0]["accepted"]


@pytest.mark.parametrize("options", ["{}", '{"min": 1}'])
def test_choices_that_were_forgotten_are_missed(call: Call, options: str) -> None:
    done = call("read", "choices", "--options", options, "x")
    assert done.status == 2
    assert '"options" is missing' in done.err
