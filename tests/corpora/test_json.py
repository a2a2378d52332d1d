"""Every entrance for JSON takes what is JSON, refuses what is none, and goes on talking."""

import contextlib
from collections.abc import Sequence
from http import HTTPStatus

import aiohttp
import pytest
import pytest_asyncio

from bot.app import Application
from tests.application import WireVisitor
from tests.corpora.reading import Corpora, JsonCase
from tests.corpora.visiting import HttpVisitor

OURS = (
    JsonCase(name="an object", body=b'{"a": 1}', expect="accept"),
    JsonCase(name="twice the same key", body=b'{"a": 1, "a": 2}', expect="accept"),
    JsonCase(name="spaces", body=b" \t\r\n{ } ", expect="accept"),
    JsonCase(name="a long number", body=b'{"a": 1' + b"0" * 400 + b"}", expect="accept"),
    JsonCase(name="a list", body=b"[[],[[]]]", expect="accept"),
    JsonCase(name="a huge exponent", body=b"[1e99999]", expect="either"),
    JsonCase(name="half a pair", body=b'["\\ud800"]', expect="either"),
    JsonCase(name="UTF-16", body='{"a": 1}'.encode("utf-16"), expect="either"),
    JsonCase(name="a mark before it", body=b"\xef\xbb\xbf{}", expect="either"),
    JsonCase(name="a number too long", body=b"1" * 5000, expect="either"),
    JsonCase(name="not a number", body=b"[NaN]", expect="reject"),
    JsonCase(name="infinite", body=b"[-Infinity]", expect="reject"),
    JsonCase(name="nothing", body=b"", expect="reject"),
    JsonCase(name="a comma too many", body=b'{"a": 1,}', expect="reject"),
    JsonCase(name="a comment", body=b"{} // nothing", expect="reject"),
    JsonCase(name="a line break in a text", body=b'["a\nb"]', expect="reject"),
    JsonCase(name="no UTF-8", body=b'["\xff"]', expect="reject"),
    JsonCase(name="very deep", body=b"[" * 60_000, expect="reject"),
    JsonCase(name="very deep objects", body=b'{"a":' * 10_000, expect="reject"),
)


def within(body: bytes, key: bytes, number: int) -> bytes:
    """A message that is right but for one value it has besides."""
    return b'{"type": "say", "id": "%s-%d", "text": "hello", "extra": ' % (key, number) + body + b"}"


def is_object(case: JsonCase) -> bool:
    """Whether this is JSON for an object."""
    return case.expect == "accept" and case.body.lstrip().startswith(b"{")


@pytest_asyncio.fixture
async def visitor(app: Application, session: aiohttp.ClientSession) -> HttpVisitor:
    visitor = HttpVisitor(session, app.base_url, "again")
    await visitor.arrives()
    return visitor


async def posted(visitor: HttpVisitor, address: str, body: bytes) -> tuple[int, str]:
    """What becomes of a body: status, and the error's words."""
    headers = {"Authorization": f"Bearer {visitor.token}", "Content-Type": "application/json"}
    async with visitor.session.post(address, data=body, headers=headers) as answer:
        data = await answer.json()
        return answer.status, data.get("error", {}).get("message", "")


async def assert_bodies_are_judged(visitor: HttpVisitor, cases: Sequence[JsonCase]) -> None:
    """As the whole body of either request, and within a message."""
    for number, case in enumerate(cases):
        for address in (visitor.conversations, visitor.messages):
            status, words = await posted(visitor, address, case.body)
            taken = status < HTTPStatus.BAD_REQUEST or "JSON object" not in words
            assert status < HTTPStatus.INTERNAL_SERVER_ERROR, case.name
            if is_object(case):
                assert taken, case.name
            elif case.expect != "either":
                assert status >= HTTPStatus.BAD_REQUEST, case.name
        status, _ = await posted(visitor, visitor.messages, within(case.body, b"body", number))
        assert status < HTTPStatus.INTERNAL_SERVER_ERROR, case.name
        if case.expect != "either":
            assert (status == HTTPStatus.OK) == (case.expect == "accept"), case.name
    assert (await visitor.says("still here"))[0] == "still here"


async def sent(visitor: WireVisitor, body: bytes) -> str:
    """What becomes of a frame: acknowledged, refused, or closed. Afterwards the visitor is there again."""
    with contextlib.suppress(ConnectionError):
        await visitor.send(body)
    frame = await visitor.receive()
    while frame["type"] not in ("ack", "error", "closed"):
        frame = await visitor.receive()
    if frame["type"] == "closed":
        assert (await visitor.connect())["type"] == "welcome"
        return "closed"
    await visitor.send({"type": "ping"})
    while (await visitor.receive())["type"] != "pong":
        pass
    return "ack" if frame["type"] == "ack" else str(frame["message"])


async def assert_frames_are_judged(visitor: WireVisitor, cases: Sequence[JsonCase]) -> None:
    """As the whole frame, and within a message."""
    for number, case in enumerate(cases):
        answer = await sent(visitor, case.body)
        if is_object(case):
            assert "JSON object" not in answer, case.name
        answer = await sent(visitor, within(case.body, b"frame", number))
        if case.expect != "either":
            assert (answer == "ack") == (case.expect == "accept"), case.name
    assert (await visitor.says("still here")).startswith("still here")


async def test_ours_in_the_body_of_a_request(visitor: HttpVisitor) -> None:
    await assert_bodies_are_judged(visitor, OURS)


async def test_ours_in_a_frame(app: Application, session: aiohttp.ClientSession) -> None:
    visitor = WireVisitor(session, app.base_url, "again")
    await visitor.connect()
    await assert_frames_are_judged(visitor, OURS)
    await visitor.close()


async def test_other_peoples_in_the_body_of_a_request(visitor: HttpVisitor, corpora: Corpora) -> None:
    await assert_bodies_are_judged(visitor, corpora.json_cases())


async def test_other_peoples_in_a_frame(app: Application, session: aiohttp.ClientSession, corpora: Corpora) -> None:
    visitor = WireVisitor(session, app.base_url, "again")
    await visitor.connect()
    await assert_frames_are_judged(visitor, corpora.json_cases())
    await visitor.close()


async def test_an_error_repeats_only_an_id_that_can_be_sent(app: Application, session: aiohttp.ClientSession) -> None:
    visitor = WireVisitor(session, app.base_url, "again")
    await visitor.connect()
    for name in ('"\\ud800"', '"' + "x" * 5000 + '"', "7", "[]", "null"):
        await visitor.send('{"type": "say", "text": "", "id": ' + name + "}")
        frame = await visitor.receive()
        assert (frame["type"], frame["code"] in ("bad_frame", "too_long")) == ("error", True)
        assert len(frame.get("id", "")) <= 128
    assert (await visitor.says("still here")).startswith("still here")
    await visitor.close()


@pytest.mark.parametrize("name", ["", "\\u0000", "a\\u0000", "\\ud800", "b\\udfff"])
async def test_an_id_that_would_be_kept_as_another_is_refused(visitor: HttpVisitor, name: str) -> None:
    status, words = await posted(visitor, visitor.messages, f'{{"id": "{name}", "text": "hello"}}'.encode())
    assert (status, words[:19]) == (HTTPStatus.BAD_REQUEST, '"id" must be a text')


@pytest.mark.parametrize("name", ["timer:1", "routed:1", "opened:x"])
async def test_nobody_gives_what_they_say_the_name_of_something_that_is_to_happen(
    app: Application, session: aiohttp.ClientSession, name: str
) -> None:
    visitor = WireVisitor(session, app.base_url, "again")
    await visitor.connect()
    assert f'"id" must not begin with {name.partition(":")[0]}:' in await sent(
        visitor, f'{{"type": "say", "id": "{name}", "text": "hello"}}'.encode()
    )
    assert (await visitor.says("still here")).startswith("still here")
    await visitor.close()
