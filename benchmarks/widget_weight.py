"""What the chat weighs on a website: the closed bubble, everything until the first message, all parts.

Sizes are those of the bodies, as our server sends them to browsers that take gzip alone (and all do), and to those that
take Brotli (all of today, over HTTPS). Where there is a Chromium, what it really loads until
the bot's first message is on screen is counted too, headers included. Others' figures are what their own pages loaded
until the first message when they were looked at; they were not measured here.
"""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from benchmarks.effort import Effort
from benchmarks.lead_dialog import NAME
from benchmarks.servers import our_server
from benchmarks.table import Figures, Result, Section
from bot.web.widget_parts import ALONG

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
PEERS: Mapping[str, float] = {
    "conversational-form": 27,
    "Papercups": 123,
    "Typebot": 192,
    "Botpress": 224,
    "Web Chat": 472,
    "Tiledesk": 660,
}
"""KiB gzipped."""
KIBIBYTE = 1024


async def measure(effort: Effort) -> Result:
    """Weigh what is served, and what a browser loads."""
    with TemporaryDirectory(prefix="handraiser-bench-") as name:
        async with our_server(Path(name)) as server:
            address = f"http://127.0.0.1:{server.port}"
            gzipped, brotli = await _served(address, "gzip"), await _served(address, "br")
            loaded = await _loaded(address) if CHROMIUM else None
    rows = [
        ("closed bubble, KiB", f"{gzipped.closed:.2f}", f"{brotli.closed:.2f}"),
        ("until the first message, KiB", f"{gzipped.first:.2f}", f"{brotli.first:.2f}"),
        ("the same in a browser, with headers and answers, KiB", "", "-" if loaded is None else f"{loaded:.2f}"),
        ("a whole conversation, KiB", f"{gzipped.conversation:.2f}", f"{brotli.conversation:.2f}"),
        ("all parts, in one language, KiB", f"{gzipped.everything:.2f}", f"{brotli.everything:.2f}"),
        *((f"{peer}, as looked up, KiB", f"{size:.0f}", "") for peer, size in PEERS.items()),
    ]
    figures: Figures = {
        "widget_closed_kib": round(gzipped.closed, 2),
        "widget_first_message_kib": round(gzipped.first, 2),
        "widget_first_message_transferred_kib": None if loaded is None else round(loaded, 2),
        "widget_conversation_kib": round(gzipped.conversation, 2),
        "widget_all_parts_kib": round(gzipped.everything, 2),
        "widget_all_parts_brotli_kib": round(brotli.everything, 2),
        "widget_ratio_to_lightest_peer": round(gzipped.first / min(PEERS.values()), 3),
    }
    section = Section(title="The widget's weight", columns=("", "gzip", "Brotli"), rows=rows)
    return Result(section=section, figures=figures)


@dataclass(frozen=True)
class Weights:
    """What a visitor loads, in KiB."""

    closed: float
    first: float
    conversation: float
    """Without what a script or a website has to ask for."""
    everything: float


async def _served(address: str, coding: str) -> Weights:
    """The bodies of the scripts as they are sent; of the languages, the heaviest."""
    folder = Path(__file__).parent.parent / "bot" / "web" / "static"
    talk = f"widget-talk.{'.'.join(ALONG)}.js"
    sizes = {}
    async with aiohttp.ClientSession(auto_decompress=False) as session:
        for name in (*(path.name for path in folder.glob("widget*.js")), talk):
            async with session.get(f"{address}/{name}", headers={"Accept-Encoding": coding}) as answer:
                answer.raise_for_status()
                assert answer.headers["Content-Encoding"] == coding, name
                sizes[name] = len(await answer.read()) / KIBIBYTE
    closed = sizes["widget.js"]
    core = max(size for name, size in sizes.items() if name.startswith("widget-core-"))
    first = closed + sizes["widget-greeting.js"] + core
    beside = sum(sizes[f"widget-{name}.js"] for name in ("attract", "popup"))
    return Weights(closed, first, first + sizes["widget-talk.js"], first + sizes[talk] + beside)


async def _loaded(address: str) -> float:
    """Bytes that a browser with nothing in its cache receives for the bubble until the first message is on screen."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page(locale="en-GB")
        session = await page.context.new_cdp_session(page)
        await session.send("Network.enable")
        asked: dict[str, str] = {}
        received: dict[str, float] = {}
        session.on(
            "Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]})
        )
        session.on(
            "Network.loadingFinished", lambda event: received.update({event["requestId"]: event["encodedDataLength"]})
        )
        await page.goto(f"{address}/")
        await page.locator("handraiser-chat").evaluate(f"(chat) => chat.setAttribute('script', {NAME!r})")
        await page.locator("button.launcher").click()
        await page.locator("handraiser-chat p.bubble").first.wait_for()
        counted = _of_the_chat(asked, received)
        await browser.close()
    return counted / KIBIBYTE


def _of_the_chat(asked: Mapping[str, str], received: Mapping[str, float]) -> float:
    chat: Iterable[str] = ("widget", "api/v1/hello", "/launcher")
    return sum(size for one, size in received.items() if any(word in asked.get(one, "") for word in chat))
