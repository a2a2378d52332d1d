"""The plain HTTP API: the socket's guarantees for clients without one."""

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import Application
from tests.application import config_for, running


class Caller:
    """A client of the HTTP API."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str) -> None:
        self.session = session
        self.base_url = base_url
        self.token = ""
        self.conversation = ""

    async def call(self, method: str, path: str, **more: Any) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with self.session.request(method, f"{self.base_url}/api/v1{path}", headers=headers, **more) as answer:
            return answer.status, await answer.json()

    async def start(self, **data: Any) -> dict[str, Any]:
        status, welcome = await self.call("POST", "/conversations", json={"script": "welcome", **data})
        assert status == 201, welcome
        self.token, self.conversation = welcome["token"], welcome["conversation"]
        return dict(welcome)

    async def say(self, client_id: str, text: str, **more: Any) -> tuple[int, Any]:
        path = f"/conversations/{self.conversation}/messages"
        return await self.call("POST", path, json={"id": client_id, "text": text, **more})


@pytest.fixture
def caller(app: Application, session: aiohttp.ClientSession) -> Caller:
    return Caller(session, app.base_url)


async def test_start_continue_catch_up(caller: Caller) -> None:
    welcome = await caller.start(language="de")
    assert [one["text"] for one in welcome["messages"]] == ["Wie darf ich Sie nennen?"]
    status, said = await caller.say("a", "Ada")
    assert status == 200
    assert said["ack"] == {"id": "a", "seq": 2}
    assert [one["seq"] for one in said["messages"]] == [3]
    status, caught_up = await caller.call("GET", f"/conversations/{caller.conversation}/messages?after=1")
    assert [one["seq"] for one in caught_up["messages"]] == [2, 3]


async def test_a_repeat_gets_the_same_answer(caller: Caller) -> None:
    await caller.start()
    first = await caller.say("a", "Ada")
    assert await caller.say("a", "Ada") == first
    assert await caller.say("a", "another text, same id") == first


async def test_who_waits_is_sent_away_when_the_server_stops(caller: Caller, app: Application) -> None:
    await caller.start()
    standing = await app.manager.find_public(caller.conversation)
    assert standing is not None
    path = f"/conversations/{caller.conversation}/messages"
    waiting = asyncio.create_task(caller.call("GET", f"{path}?after=1&wait=25"))
    async with asyncio.timeout(20):
        while not app.channel.is_here(standing.conversation_id):
            await asyncio.sleep(0.01)
    await app.stop()
    status, answer = await waiting
    assert (status, answer["error"]["code"]) == (503, "server_stopping")


async def test_waiting_for_something_new_ends_when_it_comes(caller: Caller) -> None:
    await caller.start()
    path = f"/conversations/{caller.conversation}/messages"
    waiting = asyncio.create_task(caller.call("GET", f"{path}?after=1&wait=20"))
    await asyncio.sleep(0)
    await caller.say("a", "Ada")
    async with asyncio.timeout(60):
        _, caught_up = await waiting
    assert [one["seq"] for one in caught_up["messages"]] == [2, 3]


async def test_coming_back_with_the_token_finds_the_same_conversation(caller: Caller) -> None:
    welcome = await caller.start()
    await caller.say("a", "Ada")
    status, again = await caller.call("POST", "/conversations", json={"script": "welcome"})
    assert status == 200
    assert again["conversation"] == welcome["conversation"]
    assert [one["seq"] for one in again["messages"]] == [1, 2, 3]


async def test_somebody_elses_conversation_is_the_same_404_as_none(
    caller: Caller, app: Application, session: aiohttp.ClientSession
) -> None:
    await caller.start()
    other = Caller(session, app.base_url)
    await other.start()
    other.conversation = caller.conversation
    theirs = await other.say("a", "hi")
    other.conversation = "x" * 16
    assert theirs == await other.say("a", "hi")
    assert theirs[0] == 404 and theirs[1]["error"]["code"] == "unknown_conversation"
    caller.token = ""
    assert (await caller.say("a", "hi"))[0] == 404


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b'{"id": "a"}', "application/json", 400),
        (b'{"id": "a", "text": NaN}', "application/json", 400),
        (b'{"id": "a", "text": "x"}', "text/plain", 415),
        (b'{"id": "a", "text": "' + b"x" * 20_000 + b'"}', "application/json", 413),
        (b"x" * 200_000, "application/json", 413),
    ],
)
async def test_bad_requests_get_a_clear_error(caller: Caller, body: bytes, content_type: str, status: int) -> None:
    await caller.start()
    path = f"{caller.base_url}/api/v1/conversations/{caller.conversation}/messages"
    headers = {"Authorization": f"Bearer {caller.token}", "Content-Type": content_type}
    async with caller.session.post(path, data=body, headers=headers) as answer:
        assert answer.status == status
        assert set((await answer.json())["error"]) == {"code", "message"}
    assert (await caller.say("b", "Ada"))[0] == 200


@pytest.mark.parametrize("query", ["after=-1", "after=x", "wait=99", "wait=nan", "after=1e9"])
async def test_bad_numbers_get_a_clear_error(caller: Caller, query: str) -> None:
    await caller.start()
    status, answer = await caller.call("GET", f"/conversations/{caller.conversation}/messages?{query}")
    assert status == 400 and answer["error"]["message"]


async def test_the_description_names_every_route_and_nothing_else(caller: Caller) -> None:
    status, document = await caller.call("GET", "/openapi.json")
    assert status == 200 and document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        "/api/v1/scripts",
        "/api/v1/dialling-codes",
        "/api/v1/scripts/{script}/launcher",
        "/api/v1/scripts/{script}/attract",
        "/api/v1/hello",
        "/api/v1/frames",
        "/api/v1/conversations",
        "/api/v1/conversations/{conversation}/messages",
        "/api/v1/conversations/{conversation}/acts",
        "/api/v1/conversations/{conversation}/page",
        "/api/v1/conversations/{conversation}/files",
        "/api/v1/conversations/{conversation}/files/{file}",
    }


def undescribed(value: Any, schema: dict[str, Any], schemas: dict[str, Any], where: str = "") -> list[str]:
    """What an answer holds and its description does not, or the other way round."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    wrong = [f"{where}: {value!r}"] if "enum" in schema and value not in schema["enum"] else []
    if isinstance(value, list):
        return wrong + [one for item in value for one in undescribed(item, schema["items"], schemas, f"{where}[]")]
    if not isinstance(value, dict) or schema.get("additionalProperties"):
        kinds: dict[str, Any] = {
            "string": str,
            "integer": int,
            "number": (int, float),
            "boolean": bool,
            "null": type(None),
        }
        named = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
        fits = isinstance(value, dict) or any(isinstance(value, kinds.get(kind, ())) for kind in named)
        return wrong if fits else [*wrong, f"{where}: {value!r}"]
    known = schema["properties"]
    wrong += [f"{where}.{key} is missing" for key in schema.get("required", ()) if key not in value]
    for key, one in value.items():
        wrong += undescribed(one, known[key], schemas, f"{where}.{key}") if key in known else [f"{where}.{key}"]
    return wrong


async def test_the_description_tells_everything_that_is_answered(caller: Caller) -> None:
    _, document = await caller.call("GET", "/openapi.json")
    schemas = document["components"]["schemas"]
    answers = [("Scripts", (await caller.call("GET", "/scripts"))[1]), ("Welcome", await caller.start())]
    for number, text in enumerate(("Ada", "ada@example.com", "what?", "80", "now", "thanks")):
        answers.append(("Said", (await caller.say(f"say-{number}", text))[1]))
    told = {"id": "told", "fields": {"nobody": 1}}
    answers.append(("Heard", (await caller.call("POST", f"/conversations/{caller.conversation}/page", json=told))[1]))
    assert answers[-1][1]["problems"]
    path = f"/conversations/{caller.conversation}/messages"
    answers.append(("CaughtUp", (await caller.call("GET", path))[1]))
    answers.append(("Error", (await caller.call("GET", f"{path}?after=x"))[1]))
    for name, answer in answers:
        assert undescribed(answer, schemas[name], schemas, name) == []
    assert {"card", "input", "choices"} <= {key for one in answers[-2][1]["messages"] for key in one}


async def test_a_browser_says_hello_without_asking_first_and_comes_back(caller: Caller) -> None:
    """In a request that is simple (https://fetch.spec.whatwg.org/#http-cors-protocol): no header of its own."""
    first = await hello(caller, {"type": "hello", "script": "welcome", "token": None, "after": 0})
    assert first[0] == 200
    assert [message["seq"] for message in first[1]["messages"]] == list(range(1, first[1]["seq"] + 1))
    status, again = await hello(caller, {"token": first[1]["token"], "script": "welcome", "after": first[1]["seq"]})
    assert status == 200
    assert again["conversation"] == first[1]["conversation"]
    assert again["messages"] == [] and again["seq"] == first[1]["seq"]
    status, refused = await hello(caller, {"token": "x" * 40, "script": "welcome"})
    assert (status, refused["error"]["code"]) == (404, "unknown_token")
    status, refused = await hello(caller, {"script": "nobody"})
    assert (status, refused["error"]["code"]) == (404, "unknown_script")


async def test_a_message_says_that_the_conversation_has_changed_its_language(caller: Caller) -> None:
    _, document = await caller.call("GET", "/openapi.json")
    _, welcome = await hello(caller, {"script": "welcome", "language": "en"})
    caller.token, caller.conversation = welcome["token"], welcome["conversation"]
    _, answer = await caller.say("a", "Deutsch, bitte", choice="language:de")
    assert answer["messages"][0]["language"] == "de"
    assert not any("language" in message for message in answer["messages"][1:])
    assert undescribed(answer, document["components"]["schemas"]["Said"], document["components"]["schemas"]) == []


async def hello(caller: Caller, frame: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    headers = {"Content-Type": "text/plain;charset=UTF-8", "Origin": caller.base_url}
    url = f"{caller.base_url}/api/v1/hello"
    async with caller.session.post(url, data=json.dumps(frame), headers=headers) as answer:
        return answer.status, await answer.json()


async def test_a_foreign_website_begins_nothing(caller: Caller) -> None:
    headers = {"Content-Type": "text/plain", "Origin": "https://evil.example"}
    async with caller.session.post(f"{caller.base_url}/api/v1/hello", data="{}", headers=headers) as answer:
        assert answer.status == 403
        assert "Access-Control-Allow-Origin" not in answer.headers


async def test_an_allowed_website_may_use_the_api_and_a_foreign_one_not(
    database_url: str, folder: Any, session: aiohttp.ClientSession
) -> None:
    from tests.application import config_for, running

    config = config_for(database_url, folder, allowed_origins=("https://*.shop.example", "https://www.example.com"))
    async with running(config, targets={}) as app:
        url = f"{app.base_url}/api/v1/scripts"
        for origin, status in (
            ("https://www.example.com", 200),
            ("https://a.b.shop.example", 200),
            ("https://shop.example", 403),
            ("https://evilshop.example", 403),
            ("http://www.example.com", 403),
            ("https://www.example.com:444", 403),
            ("https://www.example.com.evil.example", 403),
        ):
            async with session.get(url, headers={"Origin": origin}) as answer:
                assert answer.status == status, origin
                allowed = answer.headers.get("Access-Control-Allow-Origin")
                assert allowed == (origin if status == 200 else None)


async def test_dialling_codes_come_with_the_visitors_country(caller: Caller) -> None:
    status, known = await caller.call("GET", "/dialling-codes", params={"time_zone": "Europe/Vienna"})
    assert status == 200
    assert known["here"] == "AT"
    assert {region: known["codes"][region] for region in ("AT", "DE", "GB", "US")} == {
        "AT": 43, "DE": 49, "GB": 44, "US": 1,
    }  # fmt: skip
    shared = [region for region, code in known["codes"].items() if code == 44]
    assert shared[0] == "GB", "a code that several countries share is first of all the biggest one's"
    for zone in ("", "UTC", "Nowhere/At_All", "../" * 1000):
        status, known = await caller.call("GET", "/dialling-codes", params={"time_zone": zone})
        assert (status, known["here"]) == (200, None)


async def test_a_link_to_a_chat_has_a_preview(app: Application, session: aiohttp.ClientSession) -> None:
    async with session.get(f"{app.base_url}/chat/welcome") as answer:
        page = await answer.text()
    address = f"{app.base_url}/chat/welcome"
    for line in (
        "<title>Welcome</title>",
        '<meta name="description" content="A small welcome.">',
        '<meta name="robots" content="noindex">',
        '<meta property="og:title" content="Welcome">',
        '<meta property="og:description" content="A small welcome.">',
        f'<meta property="og:url" content="{address}">',
        '<meta name="twitter:card" content="summary">',
        f'<link rel="canonical" href="{address}">',
    ):
        assert line in page
    assert "og:image" not in page, "there is no picture"


async def test_a_preview_shows_what_the_script_says(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    script = r"""dialog: maps
title: Maps <b>& more
picture: two maps.png
alt: "\"Here\" & there"
indexed: true
steps: [{say: Hello}, {end: Goodbye}]
"""
    (tmp_path / "maps.yaml").write_text(script, "utf-8")
    async with running(config_for(f"sqlite:///{tmp_path}/maps.db", tmp_path)) as app:
        async with session.get(f"{app.base_url}/chat/maps") as answer:
            page = await answer.text()
        assert f'<meta property="og:image" content="{app.base_url}/pictures/two%20maps.png">' in page
    assert '<meta property="og:image:alt" content="&quot;Here&quot; &amp; there">' in page
    assert "description" not in page, "there is none"
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    assert '<meta name="robots" content="index, follow">' in page
    assert "<title>Maps &lt;b&gt;&amp; more</title>" in page


IN_TWO_LANGUAGES = """dialog: maps
title: {en: Maps, pt-BR: Mapas}
description: {en: All of them., pt-BR: Todos.}
language: en
languages: [en, pt-BR]
attract: [{tease: {en: "{{ script_title }}?", pt-BR: "{{ script_title }}?"}, when: {seen_for: 1 second}}]
steps: [{say: {en: Hello, pt-BR: Olá}}]
"""


@pytest.mark.parametrize(
    ("accepted", "language", "title", "description"),
    [
        ("pt-br,en;q=0.5", "pt-BR", "Mapas", "Todos."),
        ("de, pt-PT;q=0.8, en;q=0.5", "pt-BR", "Mapas", "Todos."),
        ("en-GB, pt", "en", "Maps", "All of them."),
        ("de", "en", "Maps", "All of them."),
    ],
)
async def test_a_chat_is_called_as_in_the_language_of_whoever_asks(
    tmp_path: Path, session: aiohttp.ClientSession, accepted: str, language: str, title: str, description: str
) -> None:
    (tmp_path / "maps.yaml").write_text(IN_TWO_LANGUAGES, "utf-8")
    async with running(config_for(f"sqlite:///{tmp_path}/maps.db", tmp_path)) as app:
        async with session.get(f"{app.base_url}/chat/maps", headers={"Accept-Language": accepted}) as answer:
            page, vary = await answer.text(), answer.headers["Vary"]
        assert f'<html lang="{language}">' in page
        assert f"<title>{title}</title>" in page
        assert f'<meta property="og:title" content="{title}">' in page
        assert f'<meta name="description" content="{description}">' in page
        assert f'<meta property="og:description" content="{description}">' in page
        assert vary == "Accept-Language", "caches keep one for each language"
        caller = Caller(session, app.base_url)
        for address, headers in (("/scripts", {"Accept-Language": accepted}), (f"/scripts?language={accepted}", {})):
            async with session.get(f"{app.base_url}/api/v1{address}", headers=headers) as answer:
                assert (await answer.json())["scripts"] == [
                    {"name": "maps", "title": title, "description": description, "language": "en"}
                    | {"languages": ["en", "pt-BR"]}
                ]
        _, card = await caller.call("GET", f"/scripts/maps/launcher?language={accepted}")
        assert (card["title"], card["attract"]["teasers"][0]["tease"]) == (title, f"{title}?")
        wished = accepted.partition(",")[0]
        _, welcome = await caller.call("POST", "/hello", json={"script": "maps", "language": wished})
        assert welcome["script"]["title"] == ("Mapas" if wished == "pt-br" else "Maps")


async def test_pages_and_health_answer(app: Application, session: aiohttp.ClientSession) -> None:
    for path, status in (
        ("/", 200), ("/widget.js", 200), ("/chat/welcome", 200), ("/chat/nowhere", 404), ("/healthz", 200),
        ("/readyz", 200), ("/metrics", 200), ("/nowhere", 404), ("/pictures/../welcome.yaml", 404),
        ("/pictures/..%2fwelcome.yaml", 404), ("/m/", 404),
    ):  # fmt: skip
        async with session.get(f"{app.base_url}{path}") as answer:
            assert answer.status == status, path
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "Content-Security-Policy" in answer.headers
