"""Addresses lead where a script's author said, over http, https, mailto or tel; answers have our headers alone."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import aiohttp
import pytest
from icalendar import Calendar

from bot.app import Application
from bot.magnets import MAGNET_OPTIONS
from bot.magnets.event import EventMagnet
from bot.magnets.file import FileOptions
from bot.magnets.link import LinkMagnet, LinkOptions
from bot.ports import ContentAnswer, Grant, RedirectAnswer
from bot.web.downloads import attachment
from dialogs.loading import load_script
from tests.application import config_for, running
from tests.clock import StoppedClock
from tests.corpora.raw import RawAnswer, get
from tests.corpora.reading import Corpora
from tests.corpora.test_texts import said
from tests.corpora.visiting import HttpVisitor

REDIRECTS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
    "vbscript:x", "file:///etc/passwd", "//evil.example", "/\\evil.example", "https:evil.example", "https:///evil.example",
    "http://", "https://user:password@evil.example/", "https://example.com\\@evil.example/", "ftp://example.com/",
    "https://example.com/\r\nSet-Cookie: a=b", "https://example.com/\t", "blob:https://example.com/x", "about:blank",
)  # fmt: skip
SPLITS = (
    "/%0d%0aSet-Cookie:%20a=b",
    "/%0aSet-Cookie:%20a=b",
    "/%0dSet-Cookie:%20a=b",
    "/%250d%250aSet-Cookie:%20a=b",
    "/%E5%98%8A%E5%98%8DSet-Cookie:%20a=b",
    "/?next=%0d%0aLocation:%20https://evil.example/",
    "/%0d%0a%0d%0a<script>alert(1)</script>",
)
HEADERS = {
    "access-control-allow-origin", "access-control-expose-headers", "allow", "cache-control", "connection",
    "content-disposition", "content-encoding", "content-length", "content-security-policy", "content-type",
    "cross-origin-resource-policy", "date", "etag", "last-modified", "accept-ranges", "location", "referrer-policy",
    "retry-after", "server", "vary", "x-content-type-options", "x-robots-tag",
}  # fmt: skip
"""All that we ever send."""
ATTACHMENT = re.compile(r"""attachment; filename="[ -!#-\[\]-~]*"; filename\*=UTF-8''[A-Za-z0-9._~%-]*""")
"""Two names of one file; no quotation mark or backslash within the first."""
SCHEMES = ("http", "https", "mailto", "tel")


def decoded(texts: Iterable[str]) -> list[str]:
    """As they are, decoded once, and decoded twice."""
    return [one for text in texts for one in dict.fromkeys((text, unquote(text), unquote(unquote(text))))]


def link_of_a_magnet(address: str) -> str | None:
    """Where a link magnet of this address leads; None when it is refused."""
    try:
        options = LinkOptions(url=address)
    except ValueError:
        return None
    opened = LinkMagnet().open(grant(options.model_dump()), "")
    assert isinstance(opened, RedirectAnswer)
    return opened.url


def link_of_a_step(address: str) -> str | None:
    """The address of a button; None when the script is refused."""
    say = {"say": "Look", "links": [{"label": "here", "url": address}]}
    script = {"dialog": "a", "title": "T", "language": "en", "steps": [say, {"end": "Bye"}]}
    result = load_script(json.dumps(script), "script.yaml", MAGNET_OPTIONS)
    return address if result.script is not None else None


def grant(options: Mapping[str, object], title: str = "T") -> Grant:
    """A magnet that was given."""
    return Grant(
        token="t" * 32,
        magnet="m",
        title=title,
        options=options,
        given_at=StoppedClock()(),
        language="en",
        link="https://chat.example/m/t",
    )


def assert_links_are_harmless(addresses: Iterable[str]) -> None:
    """Refused, or of a kind that runs nothing; a redirect's also in one line, to a host without credentials."""
    for address in addresses:
        if (link := link_of_a_magnet(address)) is not None:
            assert re.match(r"https?://[^/?#@\\]+([/?#]|$)", link), address
            assert link.isprintable() and "@" not in urlsplit(link).netloc
        if (link := link_of_a_step(address)) is not None:
            assert re.match(r"(https?://|mailto:|tel:)", link, re.IGNORECASE), address


def assert_headers_are_ours(answer: RawAnswer) -> None:
    """No header came from the request."""
    assert {name for name, _ in answer.headers} <= HEADERS
    assert len({name for name, _ in answer.headers}) == len(answer.headers)


async def assert_nothing_splits(app: Application, session: aiohttp.ClientSession, texts: Iterable[str]) -> None:
    """As an address, after every address we have, as a name of a visitor."""
    visitor = HttpVisitor(session, app.base_url, "again")
    await visitor.arrives()
    for text in texts:
        for address in (text, f"/chat{text}", f"/chat/again{text}", f"/pictures{text}", f"/m{text}", f"/?{text}"):
            answer = await get(app.base_url, address)
            assert answer.status < 500, address
            assert_headers_are_ours(answer)
    for text in said(decoded(texts)):
        assert (await visitor.says(text))[0] == text.strip()


def assert_names_of_files_stay_names(names: Iterable[str]) -> None:
    """In the header that names a download, and in a calendar entry."""
    for name in names:
        header = attachment(name)
        assert ATTACHMENT.fullmatch(header), header
        event = {"starts": "2027-03-04T15:00+01:00", "url": "https://example.com/live"}
        opened = EventMagnet().open(grant(event, title=name), "calendar.ics")
        assert isinstance(opened, ContentAnswer)
        calendar = Calendar.from_ical(opened.body)
        assert [one.name for one in calendar.walk()] == ["VCALENDAR", "VEVENT"]
        assert set(calendar.walk("VEVENT")[0]) == {
            "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "URL", "DESCRIPTION",
        }  # fmt: skip


def test_our_redirects_are_refused_or_harmless() -> None:
    assert_links_are_harmless(REDIRECTS)
    assert [link_of_a_magnet(one) for one in REDIRECTS if one != "https://example.com/\t"] == [None] * 18
    assert link_of_a_magnet("https://example.com/a?b=c#d") == "https://example.com/a?b=c#d"
    assert link_of_a_step("tel:+4930901820") is not None


def test_other_peoples_redirects_are_refused_or_harmless(corpora: Corpora) -> None:
    scripting = [one for one in corpora.scripting() if re.match(r"\W*\w+:", one)]
    assert_links_are_harmless([*corpora.redirects(), *decoded(corpora.header_splits()), *scripting])


def test_what_is_taken_for_a_link_is_one_to_browsers_of_a_harmless_kind(corpora: Corpora) -> None:
    for one in corpora.addresses():
        for link in (link_of_a_magnet(one["input"]), link_of_a_step(one["input"])):
            assert link is None or one.get("failure") or one["protocol"].rstrip(":") in SCHEMES, one["input"]


def test_names_of_downloads_stay_in_their_line() -> None:
    assert_names_of_files_stay_names([*decoded(SPLITS), 'a"; filename="b.exe', "a\\b\u2028c", "\u202efdp.exe", ";;"])
    for name in decoded(SPLITS):
        with pytest.raises(ValueError, match="download"):
            FileOptions(file="guide.pdf", download_name=name)


def test_other_peoples_names_stay_in_their_line(corpora: Corpora) -> None:
    assert_names_of_files_stay_names([*decoded(corpora.header_splits()), *corpora.strings()])


async def test_our_line_breaks_add_no_header(app: Application, session: aiohttp.ClientSession) -> None:
    await assert_nothing_splits(app, session, SPLITS)


async def test_other_peoples_line_breaks_add_no_header(
    app: Application, session: aiohttp.ClientSession, corpora: Corpora
) -> None:
    await assert_nothing_splits(app, session, corpora.header_splits())
    for text in corpora.redirects():
        for name in ("next", "url", "return_to", "redirect"):
            answer = await get(app.base_url, f"/chat/again?{name}={text}".replace(" ", "%20"))
            assert answer.header("location") is None
            assert_headers_are_ours(answer)


async def test_only_our_own_magnets_send_people_elsewhere(
    tmp_path: Path, sqlite_url: str, session: aiohttp.ClientSession
) -> None:
    script = {
        "dialog": "a",
        "title": "T",
        "language": "en",
        "fields": {"note": "text"},
        "magnets": {"prices": {"kind": "link", "title": "Prices", "url": "https://example.com/prices?a=b"}},
        "steps": [{"ask": "note", "text": "Yes?"}, {"offer": "prices"}, {"end": "Bye"}],
    }
    (tmp_path / "a.yaml").write_text(json.dumps(script), "utf-8")
    async with running(config_for(sqlite_url, tmp_path), targets={}) as app:
        visitor = HttpVisitor(session, app.base_url, "a")
        await visitor.arrives()
        await visitor.says("hi")
        path = urlsplit(visitor.cards[0]["url"]).path
        for address in (path, f"{path}?url=https://evil.example", f"{path}?next=//evil.example"):
            answer = await get(app.base_url, address)
            assert (answer.status, answer.header("location")) == (302, "https://example.com/prices?a=b")
            assert_headers_are_ours(answer)
        assert (await get(app.base_url, f"{path}/https://evil.example")).status == 404
        assert (await get(app.base_url, f"{path}/%0d%0aSet-Cookie:a=b")).status == 404
