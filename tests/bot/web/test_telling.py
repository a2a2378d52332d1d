"""What the page around the chat tells, over the socket and over plain HTTP."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.app import Application
from storage import conversations, identities
from tests.application import HeardTarget, WireVisitor, config_for, running
from tests.bot.web.test_api import Caller
from tests.site import SECRET, claims, signed


@pytest.fixture
def folder(folder: Path) -> Path:
    text = (folder / "welcome.yaml").read_text("utf-8")
    for old, new in (
        ("steps:\n", "page: {plan: text}\ndoors: [prices]\nsteps:\n"),
        ("  - ask: email\n", "  - step: prices\n    ask: email\n"),
        ("warm: engagement > 0,", 'warm: engagement > 0 or plan == "pro",'),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "welcome.yaml").write_text(text, "utf-8")
    (folder / "second.yaml").write_text(text.replace("dialog: welcome", "dialog: second"), "utf-8")
    return folder


@pytest_asyncio.fixture
async def app(database_url: str, folder: Path, target: HeardTarget) -> AsyncIterator[Application]:
    config = config_for(database_url, folder, identity_secret=SECRET)
    async with running(config, targets={"terminal": target}) as application:
        yield application


async def tell(visitor: WireVisitor, **told: Any) -> dict[str, Any]:
    """Tell, and wait for the answer to it."""
    client_id = told.pop("id", f"tell-{len(visitor.frames)}")
    await visitor.send({"type": "tell", "id": client_id, **told})
    frame = await visitor.receive()
    while not (frame["type"] in ("ack", "error") and frame.get("id") == client_id):
        frame = await visitor.receive()
    return frame


async def catch_up(visitor: WireVisitor, last: str) -> None:
    while not visitor.transcript[-1][1].startswith(last):
        await visitor.receive()


async def came(app: Application, session: aiohttp.ClientSession, script: str = "welcome", **hello: Any) -> WireVisitor:
    visitor = WireVisitor(session, app.base_url, script)
    visitor.token = hello.pop("token", None)
    visitor.welcome = await visitor.connect(**hello)
    return visitor


async def lead_of(app: Application, visitor: WireVisitor) -> int | None:
    standing = await app.manager.find_public(visitor.welcome["conversation"])
    assert standing is not None
    stored = await app.database.read(lambda tx: conversations.find_by_id(tx, standing.conversation_id))
    return None if stored is None else stored.lead_id


async def test_a_hello_may_bring_answers_data_and_a_door(app: Application, session: aiohttp.ClientSession) -> None:
    told: dict[str, Any] = {
        "fields": {"first_name": "Ada", "email": "no address"},
        "data": {"plan": "pro", "nothing": 1},
    }
    visitor = await came(app, session, **told, start="prices")
    assert visitor.transcript == [("bot", "Where shall it go, Ada?")]
    assert [one["about"] for one in visitor.welcome["problems"]] == ["email", "nothing"]
    assert visitor.messages[1]["happened"] == [{"event": "stage", "detail": {"stage": "warm"}}]
    await visitor.close()


async def test_a_mistake_of_the_page_keeps_nobody_from_talking(
    app: Application, session: aiohttp.ClientSession
) -> None:
    for told, code in (
        ({"identity": signed(claims(aud="second"))}, "bad_identity"),
        ({"fields": [], "data": {"plan": "pro"}}, "bad_frame"),
        ({"data": {"plan": "x" * 2000}}, "too_long"),
    ):
        visitor = await came(app, session, **told)
        assert visitor.transcript == [("bot", "What may I call you?")]
        assert [one["code"] for one in visitor.welcome["problems"]] == [code]
        await visitor.close()


async def test_what_is_told_later_is_acknowledged_when_it_is_saved_and_answered_once(visitor: WireVisitor) -> None:
    frame = await tell(visitor, id="one", fields={"first_name": "Ada", "agreed": True})
    assert (frame["type"], frame["seq"]) == ("ack", 1)
    assert [one["code"] for one in frame["problems"]] == ["undeclared"]
    await catch_up(visitor, "Where shall it go, Ada?")
    again = await tell(visitor, id="one", fields={"first_name": "Eve"})
    assert (again["type"], again["seq"]) == ("ack", 1)
    assert await visitor.says("what did you call me?") != ""
    assert "Eve" not in json.dumps(visitor.frames)


async def test_what_is_no_news_leaves_no_trace(app: Application, session: aiohttp.ClientSession) -> None:
    first = await came(app, session, data={"plan": "pro"})
    again = await came(app, session, token=first.token, data={"plan": "pro"}, start="prices")
    assert again.transcript == first.transcript
    standing = await app.manager.find_public(first.welcome["conversation"])
    assert standing is not None
    assert len(await app.database.read(lambda tx: conversations.history(tx, standing.conversation_id))) == 1
    for one in (first, again):
        await one.close()


async def test_an_address_that_the_page_only_claims_opens_nobodys_file(
    app: Application, session: aiohttp.ClientSession
) -> None:
    ada = await came(app, session)
    await ada.says("Ada")
    await ada.says("ada@example.com")
    stranger = await came(app, session, fields={"email": "ada@example.com"})
    assert stranger.transcript == [("bot", "What may I call you?")]
    assert await lead_of(app, stranger) != await lead_of(app, ada)
    assert "Ada" not in json.dumps(stranger.frames)
    for one in (ada, stranger):
        await one.close()


async def test_who_is_signed_in_is_recognised_on_another_device(
    app: Application, session: aiohttp.ClientSession
) -> None:
    laptop = await came(app, session)
    token = signed(claims(email="ada@example.com", email_verified=True))
    assert (await tell(laptop, identity=token))["type"] == "ack"
    await laptop.says("Ada")
    await catch_up(laptop, "How many people?")
    phone = await came(app, session, script="second", identity=signed(claims(aud="second")))
    assert phone.transcript[-1] == ("bot", "How many people?")
    assert await lead_of(app, phone) == await lead_of(app, laptop) is not None
    for one in (laptop, phone):
        await one.close()


async def test_two_people_at_one_browser_are_not_mixed_up(app: Application, session: aiohttp.ClientSession) -> None:
    ada = await came(app, session, identity=signed(claims(sub="ada")))
    assert (await tell(ada, identity=signed(claims(sub="eve"))))["code"] == "other_person"
    for script in ("welcome", "second"):
        eve = await came(app, session, script, token=ada.token, identity=signed(claims(sub="eve", aud=script)))
        assert eve.welcome["code"] == "other_person"
        await eve.close()
    signed_as = await app.database.read(lambda tx: identities.signed_as(tx, _person(ada)))
    assert signed_as == {"ada"}
    await ada.close()


def _person(visitor: WireVisitor) -> str:
    from bot.channels.web import person_of

    assert visitor.token is not None
    return person_of(visitor.token)


RUBBISH: list[tuple[dict[str, Any], str]] = [
    ({}, "bad_frame"),
    ({"fields": []}, "bad_frame"),
    ({"fields": "email"}, "bad_frame"),
    ({"data": {"plan": [[1]]}}, "bad_frame"),
    ({"data": {"plan": {"a": {"b": 1}}}}, "bad_frame"),
    ({"data": {"plan": 1e300}}, "bad_frame"),
    ({"data": {"plan": "x" * 1001}}, "too_long"),
    ({"data": {f"n{number}": 1 for number in range(51)}}, "too_long"),
    ({"data": {"n" * 65: 1}}, "too_long"),
    ({"start": 7}, "bad_frame"),
    ({"start": "x" * 65}, "bad_frame"),
    ({"identity": "no.token.really"}, "bad_identity"),
    ({"identity": signed(claims(aud="second"))}, "bad_identity"),
]


async def test_rubbish_is_refused_and_the_talk_goes_on(visitor: WireVisitor) -> None:
    for told, code in RUBBISH:
        frame = await tell(visitor, **told)
        assert (frame["type"], frame["code"]) == ("error", code), told
        assert frame["message"]
    assert await visitor.says("Ada") == "Where shall it go, Ada?"


async def test_half_letters_and_nul_are_stored_as_they_can_be(visitor: WireVisitor) -> None:
    frame = await tell(visitor, data={"plan": "a\ud800b\0c"}, fields={"first_name": "A\0da"})
    assert frame["type"] == "ack"
    await catch_up(visitor, "Where shall it go, Ada?")


async def test_over_plain_http(app: Application, session: aiohttp.ClientSession) -> None:
    caller = Caller(session, app.base_url)
    welcome = await caller.start(data={"plan": "pro"}, fields={"nobody": 1})
    assert [one["about"] for one in welcome["problems"]] == ["nobody"]
    path = f"/conversations/{caller.conversation}/page"
    status, heard = await caller.call("POST", path, json={"id": "1", "fields": {"first_name": "Ada"}})
    assert (status, heard["ack"], heard["problems"]) == (200, {"id": "1", "seq": 1}, [])
    assert [one["text"] for one in heard["messages"]] == ["Where shall it go, Ada?"]
    status, error = await caller.call("POST", path, json={"id": "2", "identity": "x.y.z"})
    assert (status, error["error"]["code"]) == (403, "bad_identity")
    caller.token = "somebody-elses-token"
    assert (await caller.call("POST", path, json={"id": "3", "start": "prices"}))[0] == 404


async def test_what_happened_comes_with_the_messages_once(visitor: WireVisitor) -> None:
    await visitor.says("Ada")
    await visitor.says("ada@example.com")
    await visitor.says("80")
    await visitor.presses("This month")
    heard = [(one["event"], one["detail"]) for _, message in sorted(visitor.messages.items())
             for one in message.get("happened", ())]  # fmt: skip
    assert ("lead", {"known": ["email"]}) in heard
    assert ("stage", {"stage": "mql"}) in heard
    assert ("handoff", {"state": "asked"}) in heard
    assert ("ended", {}) in heard
    assert len(heard) == len({json.dumps(one) for one in heard})
    assert not any(word in json.dumps(heard) for word in ("points", "fit", "Ready to buy", "ada@"))
