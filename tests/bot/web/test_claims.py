"""The link in a mail shows the lead; only a button takes it, once, and whoever comes later learns who has it."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.app import Application
from bot.claim_links import ClaimLinks
from bot.web.claims_page import Standing
from bot.web.claims_page import page as whole_page
from dialogs.desk.standing import Phase
from storage.erasing import erase_lead
from tests.application import HeardTarget, WireVisitor, config_for, running
from tests.bot.handoff.test_terminal import HOSTILE, everywhere
from tests.clock import StoppedClock
from tests.desk import view

TEAM = """
reps:
  anna: {name: Anna Berg, email: Anna@example.com}
  ben: {name: Ben Okafor, email: ben@example.com}
routes:
  - {to: nobody}
"""


@pytest_asyncio.fixture
async def app(database_url: str, folder: Path, target: HeardTarget, clock: StoppedClock) -> AsyncIterator[Application]:
    """The application with a team of two."""
    (folder.parent / "team.yaml").write_text(TEAM, "utf-8")
    config = config_for(database_url, folder)
    config = replace(config, handoff=replace(config.handoff, team=folder.parent / "team.yaml"))
    async with running(config, targets={"terminal": target}, clock=clock) as application:
        yield application


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest_asyncio.fixture
async def handoff(visitor: WireVisitor, target: HeardTarget) -> int:
    """The number of a hot lead's handoff."""
    await hot(visitor, "Ada Lovelace")
    return (await target.wait()).handoff


async def hot(visitor: WireVisitor, name: str) -> None:
    for words in (name, "ada@example.com", "80", "This month"):
        await visitor.says(words)


class Page:
    """A page as a browser has it: with its form."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url
        self.status = 0
        self.html = ""
        self.headers: dict[str, str] = {}

    async def opens(self) -> "Page":
        async with self._session.get(self._url, headers={"Accept": "text/html"}) as answer:
            return await self._shows(answer)

    async def presses(self, label: str, **fields: str) -> "Page":
        """Send the form by its button of this label."""
        (do,) = re.findall(rf'<button name="do" value="(\w+)"[^>]*>{label}</button>', self.html)
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', self.html))
        return await self.posts({**{name: unescape(value) for name, value in hidden.items()}, **fields, "do": do})

    async def posts(self, form: dict[str, str] | aiohttp.FormData) -> "Page":
        self.form = form
        async with self._session.post(self._url, data=form, headers={"Accept": "text/html"}) as answer:
            return await self._shows(answer)

    async def _shows(self, answer: aiohttp.ClientResponse) -> "Page":
        self.status, self.html, self.headers = answer.status, await answer.text(), dict(answer.headers)
        return self

    @property
    def text(self) -> str:
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.html)).split())

    @property
    def buttons(self) -> list[str]:
        return re.findall(r"<button[^>]*>(.*?)</button>", self.html)


async def page(app: Application, session: aiohttp.ClientSession, handoff: int, address: str) -> Page:
    return await Page(session, app._links.link(handoff, address)).opens()


async def test_the_page_shows_the_lead_to_whoever_has_the_link_alone(
    app: Application, session: aiohttp.ClientSession, handoff: int
) -> None:
    shown = await page(app, session, handoff, "anna@example.com")
    assert shown.status == 200
    for fact in ("Hot lead", "ada@example.com", "Team size", "80", "Ready to buy", "Nobody has it yet."):
        assert fact in shown.text
    assert shown.buttons == ["Take this lead"]
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in shown.headers["X-Robots-Tag"]
    assert shown.headers["Cache-Control"] == "no-store"
    policy = shown.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy
    async with session.get(f"{app.base_url}/desk.css") as style:
        assert style.status == 200


@pytest.mark.parametrize(
    "text", [*HOSTILE, "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</dl></main>"]
)
def test_whatever_a_visitor_types_is_text_of_the_page(text: str) -> None:
    facts = view(company=text, **everywhere(text))
    html = whole_page(facts, Standing(once="0" * 32, told=(text,)))
    tags = set(re.findall(r"<[/!]?(\w+)", html))
    assert tags <= {
        "doctype", "html", "head", "meta", "title", "link", "body", "main", "h1", "p", "dl", "div", "dt", "dd", "form",
        "input", "label", "button",
    }  # fmt: skip
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", html)
    assert len(html) < 200_000


async def test_looking_changes_nothing(app: Application, session: aiohttp.ClientSession, handoff: int) -> None:
    before = await app.desk.view(handoff)
    link = app._links.link(handoff, "anna@example.com")
    for _ in range(3):
        await page(app, session, handoff, "anna@example.com")
        async with session.head(link) as answer:
            assert answer.status == 200
    after = await app.desk.view(handoff)
    assert before is not None
    assert after is not None
    assert after.desk == before.desk


async def test_the_first_one_has_it_and_the_second_one_learns_who(
    app: Application, session: aiohttp.ClientSession, handoff: int, visitor: WireVisitor
) -> None:
    anna, ben = [await page(app, session, handoff, f"{name}@example.com") for name in ("anna", "ben")]
    await anna.presses("Take this lead")
    assert "You have it. If you do not get in touch by" in anna.text
    await ben.presses("Take this lead")
    assert "Anna Berg has it already." in ben.text
    assert ben.buttons == []
    now = await app.desk.view(handoff)
    assert now is not None
    assert now.desk.rep is not None
    assert (now.desk.rep.key, now.desk.phase) == ("anna", Phase.CLAIMED)
    assert "Anna Berg has it." in (await page(app, session, handoff, "sales@example.com")).text


async def test_whoever_works_on_it_keeps_it_and_may_give_it_back(
    app: Application, session: aiohttp.ClientSession, handoff: int
) -> None:
    anna = await page(app, session, handoff, "anna@example.com")
    await anna.presses("Take this lead")
    await anna.presses("I am on it")
    assert "You have it." in anna.text
    assert anna.buttons == ["Give it back"]
    now = await app.desk.view(handoff)
    assert now is not None
    assert (now.lead.stage, now.desk.until) == ("sales_accepted", None)
    await anna.presses("Give it back")
    assert "Nobody has it yet." in anna.text
    await anna.presses("Take this lead")
    assert "You have it." in anna.text, "taking it again is no repeat of the first time"


async def test_a_button_that_is_pressed_twice_is_pressed_once(
    app: Application, session: aiohttp.ClientSession, handoff: int
) -> None:
    anna = await page(app, session, handoff, "anna@example.com")
    await anna.presses("Take this lead")
    await anna.posts(anna.form)
    assert "already" not in anna.text
    now = await app.desk.view(handoff)
    assert now is not None
    assert [entry.what for entry in now.desk.entries].count("claimed") == 1


async def test_in_a_shared_mailbox_people_say_who_they_are(
    app: Application, session: aiohttp.ClientSession, handoff: int
) -> None:
    shared = await page(app, session, handoff, "sales@example.com")
    assert "Anna Berg" in shared.html
    await shared.presses("Take this lead")
    assert "Say who you are first." in shared.text
    await shared.presses("Take this lead", who="ben")
    assert "You have it." in shared.text
    await shared.presses("Give it back")
    await shared.presses("Take this lead")
    now = await app.desk.view(handoff)
    assert now is not None
    assert now.desk.rep is not None
    assert (now.desk.rep.key, now.desk.rep.name) == ("ben", "Ben Okafor")


async def test_somebody_whom_the_team_file_does_not_name_can_take_it_too(
    app: Application, session: aiohttp.ClientSession, handoff: int
) -> None:
    shared = await page(app, session, handoff, "sales@example.com")
    await shared.presses("Take this lead", who="", name=" Cleo <i>Day</i> ")
    assert "You have it." in shared.text
    assert "<i>" not in shared.html
    other = await page(app, session, handoff, "sales@example.com")
    assert "Cleo <i>Day</i> has it." in other.text


@pytest.mark.parametrize("name", ["", "x" * 81, "a\x07b", "\u202eevil"])
async def test_a_name_that_cannot_be_shown_is_none(
    app: Application, session: aiohttp.ClientSession, handoff: int, name: str
) -> None:
    shared = await page(app, session, handoff, "sales@example.com")
    await shared.presses("Take this lead", name=name)
    assert "Say who you are first." in shared.text


async def test_a_link_that_is_forged_changed_or_old_leads_nowhere(
    app: Application, session: aiohttp.ClientSession, handoff: int, clock: StoppedClock
) -> None:
    link = app._links.link(handoff, "anna@example.com")
    forged = ClaimLinks(app.base_url, "another key", clock).link(handoff, "anna@example.com")
    changed = f"{link[:-5]}{'A' if link[-5] != 'A' else 'B'}{link[-4:]}"  # The last one has bits that say nothing.
    for bad in (forged, changed, f"{link}x", f"{app.base_url}/desk/claim/x", f"{app.base_url}/desk/claim/{'a' * 5000}"):
        shown = await Page(session, bad).opens()
        assert shown.status == 404
        assert "Ada" not in shown.html
        assert (await shown.posts({"do": "claim", "once": "0" * 32})).status == 404
    clock.now += timedelta(days=31)
    assert (await Page(session, link).opens()).status == 404


async def test_a_page_that_was_not_sent_by_us_takes_nothing(
    app: Application, session: aiohttp.ClientSession, handoff: int
) -> None:
    anna = await page(app, session, handoff, "anna@example.com")
    for form in ({"do": "claim"}, {"do": "erase", "once": "0" * 32}, {"do": "claim", "once": "x"}, {}):
        assert (await anna.posts(form)).status == 400
    parts = aiohttp.FormData({"do": "claim", "once": "0" * 32}, default_to_multipart=True)
    assert (await anna.posts(parts)).status == 400
    now = await app.desk.view(handoff)
    assert now is not None
    assert now.desk.rep is None


async def test_who_was_erased_is_gone(
    app: Application, session: aiohttp.ClientSession, handoff: int, clock: StoppedClock
) -> None:
    anna = await page(app, session, handoff, "anna@example.com")
    now = await app.desk.view(handoff)
    assert now is not None
    await app.database.write(lambda tx: erase_lead(tx, now.lead.id, clock()))
    assert (await anna.presses("Take this lead")).status == 410
    assert (await anna.opens()).status == 410
    assert "erased" in anna.text
    assert "Ada" not in anna.html


async def test_a_lead_that_is_closed_is_only_shown(
    app: Application, session: aiohttp.ClientSession, handoff: int
) -> None:
    from bot.desk.contract import Person
    from dialogs.desk.acts import Judge, Verdict

    ben = Person(target="email", id="ben@example.com", name="Ben")
    await app.desk.act(ben, handoff, Judge(verdict=Verdict.LOST, reason="price"), "e-1")
    shown = await page(app, session, handoff, "anna@example.com")
    assert "This one is closed." in shown.text
    assert shown.buttons == []
