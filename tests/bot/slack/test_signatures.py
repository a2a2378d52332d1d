"""Only what Slack signed just now is taken; everything odd is refused, and nothing raises."""

import json
import os
from pathlib import Path

import pytest
from multidict import CIMultiDict, CIMultiDictProxy

from bot.slack.signatures import SIGNATURE, TIMESTAMP, Signatures
from tests.slack.signing import signature

SECRET, NOW, BODY = "8f742231b10e8888abcd99yyyzzz85a5", 1790000000, b'{"type": "event_callback"}'


def accepted(timestamp: str | None, signed: str | None, body: bytes = BODY) -> bool:
    headers = {TIMESTAMP: timestamp, SIGNATURE: signed}
    given = {name.title(): value for name, value in headers.items() if value is not None}
    return Signatures(SECRET, lambda: NOW).accept(body, CIMultiDictProxy(CIMultiDict(given)))


@pytest.mark.parametrize("off", [0, 299, -299, 300, -300])
def test_what_slack_signed_within_five_minutes(off: int) -> None:
    at = str(NOW + off)
    assert accepted(at, signature(SECRET, at, BODY))


@pytest.mark.parametrize("off", [301, -301, 10**9])
def test_what_is_old_or_of_the_future(off: int) -> None:
    at = str(NOW + off)
    assert not accepted(at, signature(SECRET, at, BODY))


@pytest.mark.parametrize("changed", [BODY + b" ", BODY.replace(b" ", b""), b"", BODY.upper()])
def test_a_body_that_was_touched(changed: bytes) -> None:
    assert not accepted(str(NOW), signature(SECRET, str(NOW), BODY), changed)


@pytest.mark.parametrize("at", [None, "", "soon", "1e9", "-1", "9" * 400, "٣", "1790000000 ", "1790000000.5", "nan"])
def test_a_moment_that_is_none(at: str | None) -> None:
    assert not accepted(at, signature(SECRET, at or "", BODY))


RIGHT = signature(SECRET, str(NOW), BODY)


@pytest.mark.parametrize(
    "signed", [None, "", "v0=", "junk", "v0=ü", RIGHT.upper(), RIGHT[3:], f"{RIGHT}0", f"{RIGHT} "]
)
def test_a_signature_that_is_none(signed: str | None) -> None:
    assert not accepted(str(NOW), signed)


def test_another_secret() -> None:
    assert not accepted(str(NOW), signature(SECRET + "x", str(NOW), BODY))


def test_a_second_header_of_the_same_name() -> None:
    headers = CIMultiDict({TIMESTAMP: str(NOW), SIGNATURE: RIGHT})
    signatures = Signatures(SECRET, lambda: NOW)
    assert signatures.accept(BODY, headers)
    headers.add(SIGNATURE, "v0=" + "0" * 64)
    assert not signatures.accept(BODY, headers)


def test_bytes_that_are_no_text() -> None:
    assert not accepted(str(NOW), signature(SECRET, str(NOW), b"\xff\xfe"), b"\xff\xfe")


@pytest.mark.skipif("HANDRAISER_CORPORA" not in os.environ, reason="name Slack's examples in HANDRAISER_CORPORA")
def test_slacks_own_examples() -> None:
    cases = json.loads((Path(os.environ["HANDRAISER_CORPORA"]) / "slack/signatures.json").read_text())["cases"]
    judged = []
    clock = [NOW]
    for case in (one for one in cases if one["scheme"] == "slack-v0"):
        clock[0] = NOW if case["now"] == "real" else case["now"]
        given = {TIMESTAMP: case["timestamp"], SIGNATURE: case["signature"]}
        headers = {name: value for name, value in given.items() if value is not None}
        judged.append(Signatures(case["secret"], lambda: clock[0]).accept(case["body"].encode(), headers))
        assert judged[-1] is case["valid"], case["src"]
    assert True in judged and False in judged
