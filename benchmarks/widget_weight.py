"""What the chat weighs on a website: the closed bubble, everything until the first message, all parts.

Sizes are those of the gzipped bodies, as our server sends them. Where there is a Chromium, what it really loads until
the bot's first message is on screen is counted too, headers included. Others' figures are what their own pages loaded
until the first message when they were looked at; they were not measured here.
"""

import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from benchmarks.effort import Effort
from benchmarks.lead_dialog import NAME
from benchmarks.servers import our_server
from benchmarks.table import Figures, Result, Section

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
LANGUAGE = "en"
OPTIONAL = ("attract", "check", "page", "upload")
"""Parts for what a script or a website has to ask for: teasers, a human check, what the page tells, files."""
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
            sizes = await _served(address)
            loaded = await _loaded(address) if CHROMIUM else None
    closed = sizes["widget.js"]
    first = sum(sizes[one] for one in ("widget.js", "widget-greeting.js", f"widget-core-{LANGUAGE}.js"))
    spoken = max((size, one) for one, size in sizes.items() if one.startswith("widget-core-"))[1]
    parts = {one: size for one, size in sizes.items() if one == spoken or not re.match(r"widget-(core|words)-", one)}
    everything = sum(parts.values())
    conversation = everything - sum(parts.get(f"widget-{one}.js", 0) for one in OPTIONAL)
    rows = [
        ("closed bubble, KiB", f"{closed / KIBIBYTE:.2f}"),
        ("until the first message, KiB", f"{first / KIBIBYTE:.2f}"),
        ("the same in a browser, with headers and answers, KiB", "-" if loaded is None else f"{loaded / KIBIBYTE:.2f}"),
        ("a whole conversation, KiB", f"{conversation / KIBIBYTE:.2f}"),
        ("all parts, in one language, KiB", f"{everything / KIBIBYTE:.2f}"),
        *((f"{peer}, as looked up, KiB", f"{size:.0f}") for peer, size in PEERS.items()),
    ]
    figures: Figures = {
        "widget_closed_kib": round(closed / KIBIBYTE, 2),
        "widget_first_message_kib": round(first / KIBIBYTE, 2),
        "widget_first_message_transferred_kib": None if loaded is None else round(loaded / KIBIBYTE, 2),
        "widget_conversation_kib": round(conversation / KIBIBYTE, 2),
        "widget_all_parts_kib": round(everything / KIBIBYTE, 2),
        "widget_ratio_to_lightest_peer": round(first / KIBIBYTE / min(PEERS.values()), 3),
    }
    return Result(section=Section(title="The widget's weight", columns=("", "gzipped"), rows=rows), figures=figures)


async def _served(address: str) -> dict[str, int]:
    """Bytes of each script's body as it is sent."""
    folder = Path(__file__).parent.parent / "bot" / "web" / "static"
    sizes = {}
    async with aiohttp.ClientSession(auto_decompress=False) as session:
        for name in sorted(path.name for path in folder.glob("widget*.js")):
            async with session.get(f"{address}/{name}", headers={"Accept-Encoding": "gzip"}) as answer:
                answer.raise_for_status()
                assert answer.headers["Content-Encoding"] == "gzip", name
                sizes[name] = len(await answer.read())
    return sizes


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
    return counted


def _of_the_chat(asked: Mapping[str, str], received: Mapping[str, float]) -> float:
    chat: Iterable[str] = ("widget", "api/v1/hello", "/launcher")
    return sum(size for one, size in received.items() if any(word in asked.get(one, "") for word in chat))
