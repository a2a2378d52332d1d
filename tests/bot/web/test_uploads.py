"""Files over HTTP: sent whole or not at all, kept safely, fetched by whoever may and by nobody else."""

import asyncio
import errno
import gzip
import hashlib
import io
import logging
import os
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

import bot.uploads.keeping
import bot.web.uploads
from bot.app import Application
from bot.uploads.folder import Incoming
from storage import crossings, uploads
from storage.erasing import erase_talk
from tests.application import HeardTarget, config_for, running
from tests.changes import Changes
from tests.clock import StoppedClock
from tests.colleagues import anna

SCRIPT = """
dialog: brief
title: A brief
language: en
persona: {name: Mia}
fields:
  first_name: {type: name, label: First name}
  brief: {type: file, label: The brief, types: [pdf, image], largest: 100 KB}
  email: {type: email, label: E-mail}
steps:
  - ask: first_name
    text: Your name?
  - ask: brief
    text: Send me the brief, {{ first_name }}.
  - ask: email
    text: Thank you for {{ brief }}. Your address?
  - end: Bye.
handoff:
  - {when: known(email), to: sales, because: Sent a brief}
"""
PDF = b"%PDF-1.7\n" + b"a brief " * 200
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "dialogs"
    folder.mkdir()
    (folder / "brief.yaml").write_text(SCRIPT, "utf-8")
    return folder


@pytest.fixture
def target() -> HeardTarget:
    return HeardTarget()


@pytest.fixture
def limits() -> dict[str, Any]:
    return {}


@pytest_asyncio.fixture
async def app(
    database_url: str, folder: Path, target: HeardTarget, clock: StoppedClock, limits: dict[str, Any]
) -> AsyncIterator[Application]:
    config = config_for(database_url, folder)
    config = replace(config, uploads=replace(config.uploads, **limits))
    async with running(config, targets={"terminal": target}, clock=clock) as application:
        yield application


class Sender:
    """A visitor who sends files over the HTTP API."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str) -> None:
        self.session = session
        self.base_url = base_url
        self.token = self.conversation = ""
        self.forwarded = ""
        """The network address that a proxy vouches for."""

    @property
    def headers(self) -> dict[str, str]:
        proxy = {"X-Forwarded-For": self.forwarded} if self.forwarded else {}
        return {"Authorization": f"Bearer {self.token}"} | proxy

    @property
    def address(self) -> str:
        return f"{self.base_url}/api/v1/conversations/{self.conversation}"

    async def start(self, script: str = "brief") -> "Sender":
        async with self.session.post(f"{self.base_url}/api/v1/conversations", json={"script": script}) as answer:
            welcome = await answer.json()
            assert answer.status == 201, welcome
        self.token, self.conversation, self.welcome = welcome["token"], welcome["conversation"], welcome
        return self

    async def at_brief(self) -> "Sender":
        await self.start()
        await self.say("n", "Ada")
        return self

    async def say(self, client_id: str, text: str = "", **more: Any) -> tuple[int, Any]:
        body = {"id": client_id, "text": text, **more}
        async with self.session.post(f"{self.address}/messages", json=body, headers=self.headers) as answer:
            return answer.status, await answer.json()

    async def send(self, data: Any = PDF, name: str = "brief.pdf", client_id: str = "u1", **more: Any) -> Any:
        headers = self.headers | {"Content-Type": "application/octet-stream"}
        query = {"id": client_id, "name": name}
        sending = self.session.post(f"{self.address}/files", params=query, data=data, headers=headers, **more)
        async with sending as answer:
            return answer.status, await answer.json()

    async def messages(self) -> list[dict[str, Any]]:
        async with self.session.get(f"{self.address}/messages", headers=self.headers) as answer:
            return list((await answer.json())["messages"])

    async def fetch(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes, Any]:
        url = path if path.startswith("http") else f"{self.base_url}{path}"
        async with self.session.get(url, headers=headers) as answer:
            return answer.status, await answer.read(), answer.headers


@pytest.fixture
def ada(app: Application, session: aiohttp.ClientSession) -> Sender:
    return Sender(session, app.base_url)


def kept(app: Application) -> list[Path]:
    """Every file in the folder of uploads, parts too."""
    folder = app.config.uploads.folder
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


async def test_a_file_is_sent_then_said_and_reaches_the_people_as_a_link(
    app: Application, ada: Sender, target: HeardTarget
) -> None:
    await ada.at_brief()
    status, sent = await ada.send()
    assert status == 201
    file = sent["file"]
    assert (file["name"], file["type"], file["size"]) == ("brief.pdf", "application/pdf", len(PDF))
    (path,) = kept(app)
    assert (path.name, path.read_bytes(), path.stat().st_mode & 0o777) == (file["id"], PDF, 0o600)
    _, said = await ada.say("m1", "here it is", file=file["id"])
    assert said["messages"][0]["text"] == "Thank you for brief.pdf (1.6 KB). Your address?"
    own = (await ada.messages())[3]
    assert own["file"] == file
    assert own["text"] == "\U0001f4ce brief.pdf (1.6 KB)\nhere it is"
    await ada.say("m2", "ada@example.com")
    view = await target.wait()
    (shown,) = view.lead.files
    assert (shown.name, shown.type, shown.size) == ("brief.pdf", "application/pdf", len(PDF))
    status, content, headers = await ada.fetch(shown.link)
    assert (status, content) == (200, PDF)
    assert headers["Content-Disposition"].startswith('attachment; filename="brief.pdf"')
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox")
    assert headers["Cache-Control"].startswith("private")
    stored = await app.database.read(lambda tx: uploads.find(tx, file["id"]))
    assert stored is not None and stored.sha256 == hashlib.sha256(PDF).hexdigest()


async def test_a_repeat_is_answered_from_the_record_and_keeps_one_file(app: Application, ada: Sender) -> None:
    await ada.at_brief()
    first = await ada.send()
    assert await ada.send() == first
    assert await ada.send(PNG, "other.png") == first
    together = await asyncio.gather(*(ada.send(client_id="u2") for _ in range(3)))
    assert len({answer["file"]["id"] for _, answer in together}) == 1
    assert len(kept(app)) == 2
    _, said = await ada.say("m1", file=first[1]["file"]["id"])
    assert await ada.say("m1", file=first[1]["file"]["id"]) == (200, said)
    assert (await ada.send()) == first  # Also when nobody asks for a file any more.


async def test_a_form_is_taken_as_browsers_send_it(app: Application, ada: Sender) -> None:
    await ada.at_brief()
    form = aiohttp.FormData()
    form.add_field("id", "u1")
    form.add_field("file", PDF, filename="brief.pdf", content_type="text/html")
    async with ada.session.post(f"{ada.address}/files", data=form, headers=ada.headers) as answer:
        assert answer.status == 201
        file = (await answer.json())["file"]
    assert (file["type"], kept(app)[0].read_bytes()) == ("application/pdf", PDF)
    two = aiohttp.FormData()
    two.add_field("id", "u2")
    two.add_field("file", PDF, filename="a.pdf")
    two.add_field("more", PDF, filename="b.pdf")
    async with ada.session.post(f"{ada.address}/files", data=two, headers=ada.headers) as answer:
        assert (answer.status, (await answer.json())["error"]["code"]) == (400, "bad_frame")
    empty = aiohttp.FormData()
    empty.add_field("id", "u3")
    empty.add_field("note", "x" * 20)
    async with ada.session.post(f"{ada.address}/files", data=empty(), headers=ada.headers) as answer:
        assert answer.status == 400
    assert len(kept(app)) == 1


def part_of(headers: bytes, body: bytes = b"hello") -> bytes:
    return b"--b\r\n" + headers + b"\r\n\r\n" + body + b"\r\n"


FIELD = b'Content-Disposition: form-data; name="note"'
FILE = b'Content-Disposition: form-data; name="file"; filename="a.pdf"'


@pytest.mark.parametrize(
    "form",
    [
        part_of(FIELD) * 5000 + part_of(FILE, PDF),
        part_of(FILE, PDF) + part_of(FIELD) * 5000,
        part_of(b"\r\n".join(b"X-%d: a" % number for number in range(5000))) + part_of(FILE, PDF),
        part_of(FILE.replace(b"a.pdf", b"a" * 9000 + b".pdf"), PDF),
        part_of(FILE.replace(b'"a.pdf"', b"\xff"), PDF),
        part_of(FILE.replace(b'filename="a.pdf"', b"filename*=utf-16''%00%ff%"), PDF),
        part_of(b"no header at all", PDF),
        part_of(FILE + b"\r\nContent-Transfer-Encoding: bogus", PDF),
        part_of(FILE + b"\r\nContent-Transfer-Encoding: base64", b"\xff!" * 999),
        part_of(b"Content-Type: multipart/mixed; boundary=c", b"--c\r\n\r\nhello\r\n--c--"),
    ],
    ids=range(10),
)
@pytest.mark.filterwarnings("ignore::aiohttp.BadContentDispositionHeader")
@pytest.mark.filterwarnings("ignore::aiohttp.BadContentDispositionParam")
async def test_a_form_that_no_browser_sends_is_refused_at_once_and_leaves_nothing(
    app: Application, ada: Sender, form: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    await ada.at_brief()
    url, kind = f"{ada.address}/files?id=u1", {"Content-Type": "multipart/form-data; boundary=b"}
    async with ada.session.post(url, data=form + b"--b--\r\n", headers={**ada.headers, **kind}) as answer:
        assert answer.status in (400, 413, 415)
        assert (await answer.json())["error"]["message"]
    assert kept(app) == []
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\ada\\brief.pdf", "brief.pdf"),
        ("brief\0.pdf\r\nSet-Cookie: a=b", "brief.pdf Set-Cookie_ a=b.pdf"),
        ("photo\u202egnp.exe", "photognp.exe.pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "_img src=x onerror=alert(1)_.pdf"),
        ("n" * 1000 + ".pdf", "n" * 115 + "….pdf"),
        ("Übersicht «neu» 好.pdf", "Übersicht «neu» 好.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ("brief", "brief.pdf"),
        ("brief.pdf.hta", "brief.pdf.hta.pdf"),
        ("BRIEF.PDF", "BRIEF.PDF"),
        ("n" * 200 + ".exe", "n" * 115 + "….pdf"),
    ],
)
async def test_a_name_is_only_shown_and_never_a_path(app: Application, ada: Sender, given: str, shown: str) -> None:
    await ada.at_brief()
    status, sent = await ada.send(name=given)
    assert (status, sent["file"]["name"]) == (201, shown)
    (path,) = kept(app)
    assert path.parent.parent == app.config.uploads.folder
    status, _, headers = await ada.fetch(f"{ada.address}/files/{sent['file']['id']}", ada.headers)
    assert status == 200
    assert headers.getall("Content-Disposition") == [headers["Content-Disposition"]]
    assert "\n" not in headers["Content-Disposition"] and "Set-Cookie" not in headers


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "photo.png", "image/svg+xml"),
        (b"<!-- -->\n<!DOCTYPE html><script>alert(1)</script>", "photo.jpg", "text/html"),
        (b"%PDX", "brief.pdf", "text/plain"),
        (b"MZ\x90\x00" + b"\0" * 60, "brief.pdf", "application/x-executable"),
        (b"PK\x03\x04" + b"\0" * 60, "brief.pdf", "application/zip"),
        (b"GIF8" + b"\0" * 10, "a.gif", "application/octet-stream"),
    ],
)
async def test_what_is_not_what_it_says_is_refused_with_what_it_is(
    app: Application, ada: Sender, content: bytes, name: str, found: str
) -> None:
    await ada.at_brief()
    status, answer = await ada.send(content, name)
    assert (status, answer["error"]["code"]) == (415, "wrong_type")
    assert answer["error"]["message"] == f"By its content this is {found}. These are taken: a PDF, a picture."
    assert kept(app) == []


async def test_two_things_in_one_file_are_downloaded_as_the_one_they_are_taken_for(ada: Sender) -> None:
    await ada.at_brief()
    both = b"GIF89a/*" + b"<html><script>alert(1)</script>*/=1;"
    _, sent = await ada.send(both, "both.html")
    assert sent["file"]["type"] == "image/gif"
    _, content, headers = await ada.fetch(f"{ada.address}/files/{sent['file']['id']}", ada.headers)
    assert (content, headers["Content-Type"]) == (both, "image/gif")
    assert headers["Content-Disposition"].startswith("attachment") and headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("asked", "status", "range_"),
    [
        ("bytes=0-3", 206, "bytes 0-3/1609"),
        ("bytes=-4", 206, "bytes 1605-1608/1609"),
        ("bytes=1600-", 206, "bytes 1600-1608/1609"),
        ("bytes=1609-", 416, "bytes */1609"),
        # None that can be read, or several: all of it, as if nothing had been asked.
        ("bytes=0-0,4-5", 200, None),
        ("bytes=x", 200, None),
        ("lines=1-2", 200, None),
        (f"bytes=0-{'9' * 400}", 200, None),
    ],
)
async def test_a_part_of_a_file_is_given_to_whoever_asks_for_one(
    ada: Sender, asked: str, status: int, range_: str | None
) -> None:
    await ada.at_brief()
    _, sent = await ada.send()
    path = f"{ada.address}/files/{sent['file']['id']}"
    given, content, headers = await ada.fetch(path, ada.headers | {"Range": asked})
    assert (given, headers.get("Content-Range")) == (status, range_)
    if status == 200:
        assert content == PDF
    elif range_ and status == 206:
        start, end = range_.removeprefix("bytes ").partition("/")[0].split("-")
        assert content == PDF[int(start) : int(end) + 1]
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["X-Content-Type-Options"] == "nosniff"
    async with ada.session.head(path, headers=ada.headers | {"Range": asked}) as answer:
        assert (answer.status, await answer.read()) == (status, b"")


async def test_a_form_that_no_browser_sends_is_refused_cheaply_and_leaves_nothing(
    app: Application, ada: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    await ada.at_brief()
    field = b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\ny\r\n'
    file = b'--b\r\nContent-Disposition: form-data; name="f"; filename="a.pdf"\r\n\r\n' + PDF + b"\r\n"
    forms = {
        "many fields": field * 50_000,
        "many fields behind the file": file + field * 50_000,
        "a long header": b"--b\r\nX: " + b"y" * 100_000 + b"\r\n\r\nz\r\n",
        "many headers": b"--b\r\n" + b"X: y\r\n" * 50_000 + b"\r\nz\r\n",
    }
    async with asyncio.timeout(20):
        for what, form in forms.items():
            headers = ada.headers | {"Content-Type": "multipart/form-data; boundary=b"}
            data, query = io.BytesIO(form + b"--b--\r\n"), {"id": what}
            async with ada.session.post(f"{ada.address}/files", params=query, data=data, headers=headers) as answer:
                assert answer.status == 400, what
    assert (kept(app), caplog.records) == ([], [])
    headers["Content-Type"] = "multipart/form-data"
    async with ada.session.post(f"{ada.address}/files?id=x", data=file, headers=headers) as answer:
        assert "where its parts end" in (await answer.json())["error"]["message"]


async def test_what_is_packed_is_measured_unpacked(app: Application, ada: Sender) -> None:
    await ada.at_brief()
    bomb = gzip.compress(PDF + b"\0" * 30_000_000, 9)
    part = b'--b\r\nContent-Disposition: form-data; name="f"; filename="a.pdf"\r\nContent-Encoding: gzip\r\n\r\n'
    for content_type, extra, data, refusal in (
        ("application/pdf", {"Content-Encoding": "gzip"}, bomb, (413, "too_large")),
        # Parts of forms are never encoded (RFC 7578): this is an archive.
        ("multipart/form-data; boundary=b", {}, part + bomb + b"\r\n--b--\r\n", (415, "wrong_type")),
    ):
        headers = ada.headers | {"Content-Type": content_type} | extra
        query = {"id": content_type, "name": "a.pdf"}
        async with ada.session.post(f"{ada.address}/files", params=query, data=data, headers=headers) as answer:
            said = await answer.json()
            assert (answer.status, said["error"]["code"]) == refusal, said
    assert kept(app) == []


async def test_too_large_is_refused_before_and_while_it_comes_and_leaves_nothing(app: Application, ada: Sender) -> None:
    await ada.at_brief()
    large = PDF + b"x" * 100_000
    status, answer = await ada.send(large)
    assert (status, answer["error"]["code"]) == (413, "too_large")
    assert "100 KB" in answer["error"]["message"]

    async def unannounced() -> AsyncIterator[bytes]:
        for start in range(0, len(large), 10_000):
            yield large[start : start + 10_000]

    status, answer = await ada.send(unannounced())
    assert (status, answer["error"]["code"]) == (413, "too_large")
    status, answer = await ada.send(b"")
    assert (status, answer["error"]["code"]) == (400, "empty_file")
    assert kept(app) == []


async def test_half_a_file_is_none(app: Application, ada: Sender) -> None:
    await ada.at_brief()
    host, port = app.base_url.removeprefix("http://").split(":")
    path = f"/api/v1/conversations/{ada.conversation}/files?id=u1&name=a.pdf"
    head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {ada.token}\r\n"
    boundary = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    form = f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len(boundary + PDF)}\r\n\r\n"
    bodies = [
        (f"{head}Content-Length: 5000\r\n\r\n".encode(), PDF, True),  # Less than it said.
        (f"{head}Transfer-Encoding: chunked\r\n\r\n".encode(), b"10\r\n%PDF-1.7\n", True),  # Ends within a chunk.
        ((head + form).encode(), boundary + PDF, False),  # Whole as a request, half as a form.
    ]
    for start, body, hangs_up in bodies:
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(start + body)
        await writer.drain()
        if hangs_up:
            writer.write_eof()
        async with asyncio.timeout(60):
            answered = await reader.read(4096)
        if not hangs_up:
            assert b" 400 " in answered and b"half_a_file" in answered
        writer.close()
    async with asyncio.timeout(60):
        while kept(app):
            await asyncio.sleep(0.01)
    assert (await ada.send())[0] == 201  # The same id is free.


async def test_a_body_that_comes_too_slowly_is_let_go(
    app: Application, ada: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ada.at_brief()
    held = asyncio.Event()

    async def never_ends() -> AsyncIterator[bytes]:
        yield PDF
        await held.wait()

    monkeypatch.setattr(bot.web.uploads, "STALL_SECONDS", 0.05)
    status, answer = await ada.send(never_ends())
    assert (status, answer["error"]["code"]) == (408, "too_slow")
    held.set()

    async def drips() -> AsyncIterator[bytes]:
        for byte in PDF:
            yield bytes([byte])
            await asyncio.sleep(0)

    monkeypatch.setattr(bot.web.uploads, "STALL_SECONDS", 20)
    monkeypatch.setattr(bot.web.uploads, "START_SECONDS", 0)
    monkeypatch.setattr(bot.web.uploads, "SLOWEST", 10**9)
    status, answer = await ada.send(drips())
    assert (status, answer["error"]["code"]) == (408, "too_slow")
    assert kept(app) == []


async def test_strangers_get_nothing_and_learn_nothing(
    app: Application, ada: Sender, session: aiohttp.ClientSession, clock: StoppedClock
) -> None:
    await ada.at_brief()
    _, sent = await ada.send()
    file = sent["file"]["id"]
    eve = await Sender(session, app.base_url).at_brief()
    assert (await eve.say("m1", file=file))[1]["error"]["code"] == "unknown_file"
    assert (await eve.fetch(f"{eve.address}/files/{file}", eve.headers))[0] == 404
    assert (await eve.fetch(f"{ada.address}/files/{file}", eve.headers))[0] == 404
    assert (await eve.fetch(f"{ada.address}/files/{file}"))[0] == 404
    eve.conversation = ada.conversation
    status, answer = await eve.send(client_id="u9")
    assert (status, answer["error"]["code"]) == (404, "unknown_conversation")

    links = app._file_links
    stored = await app.uploads.find(file)
    assert stored is not None
    good = links.link(file, stored.at).removeprefix(app.base_url)
    other = links.link("0" * 32, stored.at).rpartition("/")[2]
    assert (await ada.fetch(good))[0] == 200
    changed = f"{good[:-5]}{'A' if good[-5] != 'A' else 'B'}{good[-4:]}"
    for wrong in (
        changed,
        f"/files/{file}/{other}",
        f"/files/{file}/x",
        f"/files/../{file}/{other}",
        good[:-1] + "%00",
    ):
        assert (await ada.fetch(wrong))[0] == 404
    clock.pass_(days=61)
    assert (await ada.fetch(good))[0] == 404
    assert (await ada.fetch(links.link(file, stored.at)))[0] == 200


async def test_who_sent_a_file_may_fetch_it_also_when_the_talk_has_gone_on_elsewhere(
    app: Application, ada: Sender, session: aiohttp.ClientSession, clock: StoppedClock
) -> None:
    await ada.at_brief()
    _, sent = await ada.send()
    file = sent["file"]["id"]
    await ada.say("m1", file=file)
    standing = await app.manager.find_public(ada.conversation)
    assert standing is not None
    expires = clock() + timedelta(minutes=5)
    await app.database.write(lambda tx: crossings.offer(tx, "a" * 22, standing.conversation_id, expires))
    phone = Sender(session, app.base_url)
    page = f"{app.base_url}/chat/brief?hrc={'a' * 22}"
    async with session.post(f"{app.base_url}/api/v1/conversations", json={"script": "brief", "page": page}) as answer:
        welcome = await answer.json()
    phone.token, phone.conversation = welcome["token"], welcome["conversation"]
    assert phone.token != ada.token
    for sender in (ada, phone):
        assert (await sender.fetch(f"{sender.address}/files/{file}", sender.headers))[:2] == (200, PDF)
    eve = await Sender(session, app.base_url).at_brief()
    assert (await eve.fetch(f"{eve.address}/files/{file}", eve.headers))[0] == 404
    # What is sent where it goes on is not the affair of the place that was left.
    await phone.say("m2", "back")
    status, later = await phone.send(client_id="u2")
    assert status == 201
    assert (await ada.fetch(f"{ada.address}/files/{later['file']['id']}", ada.headers))[0] == 404
    await app.database.write(lambda tx: erase_talk(tx, standing.conversation_id, clock()))
    assert (await phone.fetch(f"{phone.address}/files/{file}", phone.headers))[0] == 404


async def test_a_file_that_nobody_wants_is_not_taken(app: Application, ada: Sender) -> None:
    await ada.start()
    assert ada.welcome["uploads"]["in_talks"] is True
    status, answer = await ada.send()
    assert (status, answer["error"]["code"]) == (409, "no_file_wanted")
    assert (await ada.say("m1", file="0" * 32))[0] == 404
    assert (await ada.say("m2", file="0" * 32, choice="x", step="y"))[0] == 400
    assert kept(app) == []


@pytest.mark.parametrize("limits", [{"files_in_conversation": 2}])
async def test_a_flood_of_small_files_stays_within_the_limits(app: Application, ada: Sender) -> None:
    await ada.at_brief()
    answers = await asyncio.gather(*(ada.send(client_id=f"u{number}") for number in range(300)))
    statuses = [status for status, _ in answers]
    assert set(statuses) == {201, 429}
    assert 1 <= statuses.count(201) <= 2
    assert len(kept(app)) == statuses.count(201)
    status, answer = await ada.send(client_id="another")
    assert statuses.count(201) < 2 or (status, answer["error"]["code"]) == (429, "too_many")


async def test_whoever_sends_slowly_from_one_place_keeps_nobody_elsewhere_from_sending(
    app: Application, ada: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.uploads.keeping, "AT_ONCE_FROM_ADDRESS", 2)
    monkeypatch.setattr(app._visitors, "_trusted", (ip_network("127.0.0.0/8"),))
    await ada.at_brief()
    arrived, go_on = Changes(), asyncio.Event()

    class Heard(Counter[str]):
        def __setitem__(self, key: str, count: int) -> None:
            super().__setitem__(key, count)
            arrived.tell()

    monkeypatch.setattr(app.uploads, "_coming_from", Heard())

    async def slowly() -> AsyncIterator[bytes]:
        yield PDF
        await go_on.wait()

    slow = [asyncio.create_task(ada.send(slowly(), client_id=f"slow{number}")) for number in range(2)]
    await arrived.until(lambda: app.uploads._coming_from.total() == 2)
    status, answer = await ada.send(client_id="another")
    assert (status, answer["error"]["code"]) == (429, "too_many")
    elsewhere = await Sender(ada.session, app.base_url).at_brief()
    elsewhere.forwarded = "203.0.113.7"
    assert (await elsewhere.send())[0] == 201
    go_on.set()
    assert [status for status, _ in await asyncio.gather(*slow)] == [201, 201]
    assert (await ada.send(client_id="another"))[0] == 201


@pytest.mark.parametrize("limits", [{"keep_days": 30}])
async def test_files_go_when_they_were_kept_long_enough(app: Application, ada: Sender, clock: StoppedClock) -> None:
    await ada.at_brief()
    _, sent = await ada.send()
    await ada.say("m1", file=sent["file"]["id"])
    stored = await app.uploads.find(sent["file"]["id"])
    assert stored is not None
    clock.pass_(days=29)
    assert await app.uploads.sweep() == 0
    clock.pass_(days=2)
    link = app._file_links.link(stored.id, stored.at)
    assert (await ada.fetch(link))[0] == 200
    assert await app.uploads.sweep() == 1
    assert kept(app) == []
    assert await app.database.read(uploads.total) == 0
    assert (await ada.fetch(link))[0] == 404
    assert (await ada.fetch(f"{ada.address}/files/{stored.id}", ada.headers))[0] == 404
    assert (await ada.messages())[3]["text"].endswith("brief.pdf (1.6 KB)")


@pytest.mark.parametrize(
    ("limits", "refused"),
    [
        ({"a_day": 2_500}, (429, "too_many", "2.5 KB a day")),
        ({"in_all": 2_500}, (507, "no_room", "no room")),
        ({"files_in_conversation": 1}, (429, "too_many", "1 files at most")),
    ],
)
async def test_every_limit_holds_and_says_what_it_is(app: Application, ada: Sender, refused: Any) -> None:
    await ada.at_brief()
    assert (await ada.send())[0] == 201
    status, answer = await ada.send(client_id="u2")
    assert (status, answer["error"]["code"]) == refused[:2]
    assert refused[2] in answer["error"]["message"]
    assert len(kept(app)) == 1


async def test_what_nobody_refers_to_is_swept_and_what_somebody_does_stays(
    app: Application, ada: Sender, clock: StoppedClock
) -> None:
    await ada.at_brief()
    _, said = await ada.send(client_id="said")
    _, unsaid = await ada.send(client_id="unsaid")
    await ada.say("m1", file=said["file"]["id"])
    clock.pass_(hours=23)
    assert await app.uploads.sweep() == 0
    clock.pass_(hours=2)
    assert await app.uploads.sweep() == 1
    assert [path.name for path in kept(app)] == [said["file"]["id"]]
    status, answer = await ada.say("m2", file=unsaid["file"]["id"])
    assert (status, answer["error"]["code"]) == (404, "unknown_file")


async def test_bytes_that_belong_to_nobody_are_swept_when_they_are_a_day_old(app: Application, ada: Sender) -> None:
    await ada.at_brief()
    _, sent = await ada.send()
    await ada.say("m1", file=sent["file"]["id"])
    (own,) = kept(app)
    names = {"half": "ab" * 16 + ".part", "lost": "ab" * 16, "young": "ac" * 16, "foreign": "README"}
    folder = app.config.uploads.folder / "ab"
    folder.mkdir(exist_ok=True)
    for which, name in names.items():
        (folder / name).write_bytes(b"x")
        if which != "young":
            os.utime(folder / name, (0, 0))
    os.utime(own, (0, 0))
    assert await app.uploads.sweep() == 2
    assert sorted(kept(app)) == sorted([own, folder / names["young"], folder / names["foreign"]])


async def test_a_disk_without_room_is_told_and_nothing_is_left(
    app: Application, ada: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ada.at_brief()

    def full(self: Incoming, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Incoming, "write", full)
        status, answer = await ada.send()
    assert (status, answer["error"]["code"]) == (507, "no_room")
    assert kept(app) == []
    assert (await ada.send())[0] == 201


async def test_erasing_somebody_removes_their_files(app: Application, ada: Sender) -> None:
    await ada.at_brief()
    _, sent = await ada.send()
    await ada.say("m1", file=sent["file"]["id"])
    standing = await app.manager.find_public(ada.conversation)
    assert standing is not None
    now = app.clock()
    erasure = await app.database.write(lambda tx: erase_talk(tx, standing.conversation_id, now))
    assert erasure is not None and erasure.files == (sent["file"]["id"],)
    app.outbox.hint()
    async with asyncio.timeout(60):
        while kept(app):
            await asyncio.sleep(0.01)
    assert (await ada.fetch(app._file_links.link(sent["file"]["id"], now)))[0] == 404


@pytest.mark.parametrize("limits", [{"scan": "false"}, {"scan": "no-such-scanner {file}"}])
async def test_what_a_scanner_objects_to_is_withheld_and_people_are_told(
    app: Application, ada: Sender, target: HeardTarget
) -> None:
    await ada.at_brief()
    _, sent = await ada.send()
    await ada.say("m1", file=sent["file"]["id"])
    await ada.say("m2", "ada@example.com")
    (shown,) = (await target.wait()).lead.files
    assert shown.link == "" and shown.withheld in ("the scanner objected", "the scanner did not answer")
    assert (await ada.fetch(app._file_links.link(sent["file"]["id"], app.clock())))[0] == 403


async def test_a_file_may_be_sent_while_a_person_talks_and_is_theirs(
    app: Application, ada: Sender, target: HeardTarget
) -> None:
    await ada.start()
    await ada.say("p", "a person, please")
    rep = anna(app)
    await rep.alerted(target)
    await rep.says("Show me the plan.")
    status, sent = await ada.send(PNG, "plan.png")
    assert status == 201
    assert (await ada.say("m1", file=sent["file"]["id"]))[1] == {
        "ack": {"id": "m1", "seq": (await ada.messages())[-1]["seq"]}, "messages": [], "status": "talking",
    }  # fmt: skip
    view = await target.sees(lambda view: any("file" in one for one in view.messages))
    (shown,) = [one["file"] for one in view.messages if "file" in one]
    assert (await ada.fetch(shown["url"]))[:2] == (200, PNG)
    status, answer = await ada.send(b"MZ\x90\0", "setup.exe", "u2")
    assert (status, answer["error"]["code"]) == (415, "wrong_type")


@pytest.mark.parametrize("limits", [{"in_talks": False}])
async def test_files_in_talks_can_be_turned_off(app: Application, ada: Sender, target: HeardTarget) -> None:
    await ada.start()
    assert ada.welcome["uploads"]["in_talks"] is False
    await ada.say("p", "a person, please")
    rep = anna(app)
    await rep.alerted(target)
    await rep.says("Show me the plan.")
    assert (await ada.send(PNG, "plan.png"))[0] == 409
