"""What the page around the chat calls and hears: in a real browser, against the real server, under a strict policy."""

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import BrowserContext, Page, Route, expect

from bot.app import Application
from bot.config import HumanCheckSettings, OutboundSettings
from tests.application import HeardTarget, config_for, running
from tests.browser.visitor import Visitor
from tests.receiver import LOOPBACK, receiver
from tests.site import SECRET, claims, signed

pytestmark = pytest.mark.browser

Contexts = Callable[..., Awaitable[BrowserContext]]
EXAMPLES = Path(__file__).parents[2] / "docs" / "widget-examples.md"
SCRIPT = """
dialog: crm-guide
title: The guide
page: {plan: text}
doors: [pricing, demo]
fields:
  first_name: {type: name, label: First name}
  email: {type: email, label: E-mail}
magnets:
  guide: {kind: link, title: The guide, url: "https://example.com/guide"}
steps:
  - ask: first_name
    text: What may I call you?
  - ask: email
    text: "{% if plan == 'pro' %}All right, {{ first_name }} of pro?{% else %}Where to, {{ first_name }}?{% endif %}"
  - end: Thank you, {{ first_name }}!
  - step: pricing
    say: It costs 80.
  - ask: email
    text: Shall we write to you?
  - end: Goodbye.
  - step: demo
    say: Here is the demo.
  - ask: email
    text: And your address?
  - end: Goodbye.
stages: {warm: known(email)}
"""


class Site:
    """A website of another origin, on a port of its own: a browser trusts no page that is only made up."""

    def __init__(self) -> None:
        self.address = ""
        self.pages: dict[str, tuple[str, str]] = {}
        """Path to type and text."""
        self.policy = ""

    async def serve(self, request: web.Request) -> web.Response:
        kind, text = self.pages.get(request.path, ("text/html", "<title>Site</title>"))
        headers = {"Content-Security-Policy": self.policy} if self.policy else {}
        return web.Response(text=text, content_type=kind, headers=headers)

    def show(self, body: str, policy: str = "") -> None:
        page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Site</title><body data-plan="pro">{body}'
        self.pages["/"] = ("text/html", page)
        self.policy = policy


@pytest_asyncio.fixture
async def site() -> AsyncIterator[Site]:
    made = Site()
    app = web.Application()
    app.router.add_get("/{path:.*}", made.serve)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "dialogs"
    (folder / "files").mkdir(parents=True)
    for name in ("crm-guide", "webinar"):
        (folder / f"{name}.yaml").write_text(SCRIPT.replace("crm-guide", name), "utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path, folder: Path, site: Site) -> Any:
    url = f"sqlite:///{tmp_path}/handraiser.db"
    return config_for(url, folder, identity_secret=SECRET, allowed_origins=(site.address,))


@pytest_asyncio.fixture
async def app(settings: Any) -> AsyncIterator[Application]:
    async with running(settings, targets={"terminal": HeardTarget()}) as application:
        yield application


async def visit(
    app: Application,
    site: Site,
    context: BrowserContext,
    body: str = "",
    script: str | None = "crm-guide",
    more: str = "",
) -> Visitor:
    """The website, in another tab. ``more`` may run there, too."""
    server = app.base_url
    tag = f' data-script="{script}"' if script is not None else ""
    policy = (
        f"default-src 'none'; script-src {server} {more}; connect-src {server} {server.replace('http', 'ws')}; "
        "require-trusted-types-for 'script'; trusted-types handraiser"
    )
    site.show(f'{body}<script src="{server}/widget.js"{tag}></script>', policy)
    page = await context.new_page()
    await page.goto(site.address)
    await page.evaluate("""() => {
        window.heard = [];
        for (const event of ["lead", "stage", "handoff", "ended", "error"])
            Handraiser.on(event, (detail) => heard.push([event, detail]));
    }""")
    return Visitor(page)


async def heard(visitor: Visitor) -> list[tuple[str, Any]]:
    return [(event, detail) for event, detail in await visitor.page.evaluate("heard")]


async def hears(visitor: Visitor, event: str) -> None:
    await visitor.page.wait_for_function("(name) => heard.some(([event]) => event === name)", arg=event)


async def test_what_is_told_before_the_opening_goes_along_with_it(
    app: Application, site: Site, contexts: Contexts
) -> None:
    context = await contexts()
    visitor = await visit(app, site, context)
    await visitor.page.evaluate("Handraiser.set({first_name: 'Ada', nonsense: 1}); Handraiser.data({plan: 'pro'})")
    assert await visitor.page.evaluate("localStorage.length") == 0
    await visitor.opens()
    await visitor.sees("All right, Ada of pro?")
    await hears(visitor, "error")
    (problem,) = [detail for event, detail in await heard(visitor) if event == "error"]
    assert (problem["code"], problem["about"]) == ("undeclared", "nonsense")


async def test_what_is_told_during_the_talk_answers_what_is_asked(
    app: Application, site: Site, contexts: Contexts
) -> None:
    visitor = await visit(app, site, await contexts())
    warnings: list[str] = []
    visitor.page.on("console", lambda one: warnings.append(one.text) if one.type == "warning" else None)
    await visitor.opens()
    await visitor.sees("What may I call you?")
    await visitor.page.evaluate("Handraiser.set({first_name: 'Ada', email: 'nowhere'})")
    await visitor.sees("Where to, Ada?")
    await hears(visitor, "error")
    await visitor.page.evaluate("Handraiser.set({first_name: 'Eve'}); Handraiser.set({email: 'ada@example.com'})")
    await visitor.sees("Thank you, Eve!")
    assert any('"email" was not taken' in one for one in warnings)


async def test_a_door_is_where_the_talk_begins_or_goes_on(app: Application, site: Site, contexts: Contexts) -> None:
    context = await contexts()
    visitor = await visit(app, site, context)
    await visitor.page.evaluate("Handraiser.start('pricing')")
    await visitor.sees_exactly("It costs 80.", "Shall we write to you?")
    await visitor.page.evaluate("Handraiser.start('demo')")
    await visitor.sees("And your address?")
    await expect(visitor.bubbles).to_have_count(4)
    again = await visit(app, site, context)
    await again.page.evaluate("Handraiser.start('pricing')")
    await expect(again.bubbles).to_have_count(6)
    await again.sees("Shall we write to you?")


async def test_who_is_signed_in_is_known_and_somebody_else_begins_anew(
    app: Application, site: Site, contexts: Contexts
) -> None:
    context = await contexts()
    visitor = await visit(app, site, context)
    ada = signed(claims(sub="ada", aud="crm-guide", name="Ada"))
    await visitor.page.evaluate("(token) => Handraiser.identify(token)", ada)
    await visitor.opens()
    await visitor.sees("Where to, Ada?")
    before = (await visitor.remembers("talk"))["token"]
    eve = signed(claims(sub="eve", aud="crm-guide", name="Eve"))
    await visitor.page.evaluate("(token) => Handraiser.identify(token)", eve)
    await visitor.sees("Where to, Eve?")
    assert "Ada" not in await visitor.log.inner_text()
    assert (await visitor.remembers("talk"))["token"] != before
    later = await visit(app, site, context)
    await later.page.evaluate("(token) => Handraiser.identify(token)", ada)
    await later.opens()
    await later.sees("Where to, Ada?")
    assert "Eve" not in await later.log.inner_text()


async def test_a_bad_token_keeps_nobody_from_talking(app: Application, site: Site, contexts: Contexts) -> None:
    visitor = await visit(app, site, await contexts())
    await visitor.page.evaluate("Handraiser.identify('no.token.really')")
    await visitor.opens()
    await visitor.sees("What may I call you?")
    await hears(visitor, "error")
    assert (await heard(visitor))[0][1]["code"] == "bad_identity"


async def test_after_a_reset_a_stranger_sits_there_in_every_tab(
    app: Application, site: Site, contexts: Contexts
) -> None:
    context = await contexts()
    visitor, other = await visit(app, site, context), await visit(app, site, context)
    for one in (visitor, other):
        await one.opens()
    await visitor.says("Ada")
    await other.sees("Where to, Ada?")
    before = await visitor.page.evaluate("JSON.stringify(localStorage)")
    token = (await visitor.remembers("talk"))["token"]
    assert token in before
    await visitor.page.evaluate("Handraiser.set({first_name: 'Ada'}); Handraiser.reset()")
    for one in (visitor, other):
        await expect(one.bubbles).to_have_count(1)
        await one.sees("What may I call you?")
        assert token not in await one.page.evaluate("JSON.stringify([localStorage, sessionStorage])")


async def test_a_reset_needs_no_open_chat(app: Application, site: Site, contexts: Contexts) -> None:
    visitor = await visit(app, site, await contexts())
    await visitor.page.evaluate("Handraiser.set({first_name: 'Ada'}); Handraiser.reset()")
    await visitor.opens()
    await visitor.sees("What may I call you?")


async def test_what_comes_of_it_is_told_once(app: Application, site: Site, contexts: Contexts) -> None:
    context = await contexts()
    visitor = await visit(app, site, context)
    await visitor.opens()
    await visitor.says("Ada")
    await visitor.says("ada@example.com")
    await hears(visitor, "ended")
    told = [("lead", {"known": ["email"]}), ("stage", {"stage": "warm"}), ("ended", {})]
    assert await heard(visitor) == told
    again = await visit(app, site, context)
    await again.opens()
    await again.sees("Thank you, Ada!")
    assert await heard(again) == []


async def test_two_chats_are_two_talks_of_one_visitor(app: Application, site: Site, contexts: Contexts) -> None:
    body = (
        '<handraiser-chat script="crm-guide" name="guide" mode="inline" class="first"></handraiser-chat>'
        '<handraiser-chat script="webinar" name="webinar" mode="inline"></handraiser-chat>'
    )
    context = await contexts()
    visitor = await visit(app, site, context, body=body, script=None)
    page = visitor.page
    one, other = Visitor(page, "[name=guide]"), Visitor(page, "[name=webinar]")
    for chat in (one, other):
        await chat.greeted()
    names = "[Handraiser.chat('webinar'), Handraiser.chat('.first'), Handraiser.chat()].map((one) => one.script)"
    assert await page.evaluate(names) == ["webinar", "crm-guide", "crm-guide"]
    await page.evaluate("Handraiser.chat('webinar').set({first_name: 'Ada'})")
    await other.sees("Where to, Ada?")
    await expect(one.bubbles).to_have_count(1)
    kept = await page.evaluate("Object.values(localStorage).filter((one) => one.includes('token'))")
    assert len({json.loads(one)["token"] for one in kept}) == 1 < len(kept)
    await page.evaluate("Handraiser.chat('webinar').destroy()")
    await expect(page.locator("handraiser-chat")).to_have_count(1)
    await one.says("Eve")
    await one.sees("Where to, Eve?")


async def test_over_plain_requests_it_is_the_same_and_no_address_holds_a_secret(
    app: Application, site: Site, contexts: Contexts
) -> None:
    context = await contexts()
    addresses: list[str] = []
    context.on("request", lambda request: addresses.append(request.url))
    await context.add_init_script("window.WebSocket = class { constructor() { throw new Error('blocked'); } }")
    visitor = await visit(app, site, context)
    token = signed(claims(sub="ada", aud="crm-guide"))
    await visitor.opens()
    await visitor.page.evaluate("(token) => Handraiser.identify(token)", token)
    await visitor.page.evaluate("Handraiser.set({first_name: 'Ada'})")
    await visitor.sees("Where to, Ada?")
    await visitor.says("ada@example.com")
    await hears(visitor, "ended")
    assert any(url.endswith("/frames") for url in addresses)
    secrets = [token, (await visitor.remembers("talk"))["token"]]
    assert not [url for url in addresses for secret in secrets if secret in url]


@pytest.fixture
def checked(settings: Any) -> Any:
    return replace(settings, human_check=HumanCheckSettings(kind="puzzle", after=0))


@pytest.mark.parametrize("sockets", [True, False])
async def test_a_puzzle_is_solved_unseen(checked: Any, site: Site, contexts: Contexts, sockets: bool) -> None:
    async with running(checked, targets={"terminal": HeardTarget()}) as app:
        context = await contexts()
        if not sockets:
            await context.add_init_script("window.WebSocket = class { constructor() { throw new Error('blocked'); } }")
        visitor = await visit(app, site, context)
        await visitor.opens()
        await visitor.says("Ada")
        await visitor.sees("Where to, Ada?")
        assert await heard(visitor) == []


async def test_a_puzzle_before_people_are_brought_in_loses_no_word(
    settings: Any, site: Site, contexts: Contexts
) -> None:
    checked = replace(settings, human_check=HumanCheckSettings(kind="puzzle", before=("handoff",)))
    async with running(checked, targets={"terminal": HeardTarget()}) as app:
        visitor = await visit(app, site, await contexts())
        await visitor.opens()
        await visitor.says("Ada")
        await visitor.says("a person please")
        await hears(visitor, "handoff")
        await visitor.sees_state("a person please", "sent")
        assert await heard(visitor) == [("handoff", {"state": "asked"})]


HOUSE = """
window.turnstile = {
  ready: (then) => then(),
  render(box, { sitekey, callback }) {
    box.textContent = "Are you a person? ";
    const button = document.createElement("button");
    button.textContent = "I am";
    button.onclick = () => callback(`token for ${sitekey}`);
    box.append(button);
  },
};
"""


async def test_another_houses_check_stands_above_the_field(settings: Any, site: Site, contexts: Contexts) -> None:
    async with receiver() as house:
        house.body = b'{"success": true}'
        house.answers += [(200, {})] * 3
        check = HumanCheckSettings(
            kind="turnstile", site_key="our-site", secret="s", url=house.url, before=("handoff",)
        )
        outbound = OutboundSettings(allow_private=tuple(LOOPBACK))
        config = replace(settings, human_check=check, outbound=outbound)
        async with running(config, targets={"terminal": HeardTarget()}) as app:
            context = await contexts()

            async def script(route: Route) -> None:
                await route.fulfill(body=HOUSE, content_type="text/javascript")

            await context.route("https://challenges.cloudflare.com/**", script)
            visitor = await visit(app, site, context, more="https://challenges.cloudflare.com")
            await visitor.opens()
            await visitor.says("a person please")
            await visitor.page.get_by_role("button", name="I am").click()
            await hears(visitor, "handoff")
            await expect(visitor.page.get_by_text("Are you a person?")).to_have_count(0)
        assert b"response=token+for+our-site" in house.deliveries[0].body


def example(heading: str, language: str, number: int = 0) -> str:
    """An example of the documentation, for the server that runs here."""
    text = EXAMPLES.read_text("utf-8")
    section = text[text.index(f"## {heading}") :].split("\n## ")[0]
    return str(re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)[number])


async def serve(page: Page, app: Application, site: Site, html: str, script: str = "") -> None:
    """A website as the documentation shows it."""
    site.show(html.replace("https://chat.example.com", app.base_url))
    site.pages["/chat.js"] = ("text/javascript", script)
    await page.goto(site.address)


async def test_the_example_in_plain_html_works(app: Application, site: Site, contexts: Contexts) -> None:
    page = await (await contexts()).new_page()
    await serve(page, app, site, example("Plain HTML", "html"), example("Plain HTML", "js"))
    await page.evaluate("window.dataLayer = []")
    visitor = Visitor(page)
    await page.get_by_role("button", name="What does it cost?").click()
    await visitor.sees("It costs 80.")
    await visitor.says("ada@example.com")
    await page.wait_for_function("dataLayer.length > 0")
    assert await page.evaluate("dataLayer") == [{"event": "chat_lead"}]
    assert await page.evaluate("Handraiser.chat('guide').script") == "crm-guide"


async def test_the_example_with_two_chats_works(app: Application, site: Site, contexts: Contexts) -> None:
    page = await (await contexts()).new_page()
    await serve(page, app, site, example("Plain HTML", "html", 1))
    await page.add_script_tag(content=example("Plain HTML", "js", 1))
    webinar, guide = Visitor(page, "[name=webinar]"), Visitor(page, "[name=guide]")
    for chat in (webinar, guide):
        await chat.greeted()
    await webinar.says("Ada")
    await webinar.sees("Where to, Ada?")
    await webinar.says("ada@example.com")
    await guide.sees("Here is the demo.")


async def test_the_example_for_a_tag_manager_works(app: Application, site: Site, contexts: Contexts) -> None:
    page = await (await contexts()).new_page()
    tag = example("A tag manager", "html").replace("https://chat.example.com", app.base_url)
    await serve(page, app, site, "<h1>A page</h1>")
    # As a tag manager does: its HTML is put into a page that is there already, its scripts made anew.
    await page.evaluate(
        """(html) => {
            const made = document.createRange().createContextualFragment(html);
            document.body.append(made);
        }""",
        tag,
    )
    visitor = Visitor(page)
    await visitor.opens()
    await visitor.says("Ada")
    await visitor.says("ada@example.com")
    await page.wait_for_function("window.dataLayer?.some((one) => one.event === 'chat_ended')")
    events = await page.evaluate("dataLayer")
    assert events[0] == {"event": "chat_lead", "chat": {"known": ["email"]}}
    assert "ada@" not in json.dumps(events)
