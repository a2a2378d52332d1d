"""Makes the pictures of the documentation from the real thing: ``python -m docs.make_screenshots``.

Starts the server on an empty database with the starter scripts, talks to it in a real browser, and saves what is
seen below ``docs/pictures``. Needs Chromium. ``python -m docs.make_screenshots FOLDER`` makes pictures of every state
of the chat instead, light and dark, on a phone and on a desktop, with sheets to look at: nothing of it is kept here.
"""

import asyncio
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from bot.app import Application
from bot.config import Config, StorageSettings, WebSettings
from bot.desk.contract import Person
from dialogs.desk.acts import Claim, Speak
from docs.states_in_pictures import picture_inputs, picture_states
from tests.application import HeardTarget
from tests.browser.conftest import FLAGS
from tests.browser.visitor import Visitor
from tests.browser_setup import CHROMIUM_NAMES

PICTURES = Path(__file__).parent / "pictures"
DESKTOP = {"width": 1280, "height": 760}
PHONE = {"width": 390, "height": 760}


async def main(folder: Path | None = None) -> None:
    """Make every picture of the documentation; with a folder, those of every state into it."""
    async with async_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        await (_documentation(browser) if folder is None else picture_states(browser, folder))
        await browser.close()


async def _documentation(browser: Browser) -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        config = replace(
            Config(),
            storage=StorageSettings(url=f"sqlite:///{folder}/pictures.db"),
            web=replace(WebSettings(), port=0),
        )
        people = HeardTarget()
        application = Application(config, targets={"terminal": people}, quiet=True)
        await application.start()
        try:
            await _demo(browser, application.base_url)
            await _phone(browser, application.base_url)
            await _takeover(browser, application, people)
            await picture_inputs(browser, Path(folder), PICTURES / "inputs.png")
        finally:
            await application.stop()


async def _demo(browser: Browser, base_url: str) -> None:
    page = await browser.new_page(viewport=DESKTOP, device_scale_factor=1.5)
    await page.goto(f"{base_url}/")
    visitor = Visitor(page)
    await page.evaluate("window.Handraiser.open()")
    await visitor.greeted()
    await visitor.presses("Yes, please")
    await visitor.sees("What may I call you?")
    await visitor.says("I'm Ada")
    await visitor.sees("where shall it go, Ada?")
    await visitor.says("ada@example.com")
    await visitor.sees("write to you now and then")
    await visitor.presses("Yes")
    await visitor.sees("quick questions")
    await _save(page, "demo.png")


async def _phone(browser: Browser, base_url: str) -> None:
    page = await browser.new_page(viewport=PHONE, device_scale_factor=2, color_scheme="dark", locale="de-DE")
    await page.goto(f"{base_url}/chat/crm-guide")
    visitor = Visitor(page)
    await visitor.greeted()
    await visitor.presses("Ja, bitte")
    await visitor.sees("Wie darf ich Sie nennen?")
    await visitor.says("Ada")
    await visitor.sees("wohin darf er gehen, Ada?")
    await visitor.says("warum fragst du?")
    await visitor.sees("Alles andere nur")
    await visitor.says("ada@gmial.com")
    await visitor.sees("gmail.com")
    await _save(page, "phone-dark.png")


async def _save(page: Page, name: str) -> None:
    """When nothing moves any more."""
    await page.evaluate("Promise.all(document.getAnimations({subtree: true}).map((one) => one.finished))")
    await page.wait_for_timeout(400)
    await page.screenshot(path=PICTURES / name)
    await page.close()


async def _takeover(browser: Browser, application: Application, people: HeardTarget) -> None:
    """A person talks with the visitor."""
    page = await browser.new_page(viewport=PHONE, device_scale_factor=2)
    await page.goto(f"{application.base_url}/chat/demo-request")
    visitor = Visitor(page)
    await visitor.greeted()
    await visitor.says("Can I talk to a person, please?")
    await visitor.sees("a person, please")
    anna = Person(target="slack", id="U012AB3CD", name="Anna Berg")
    await people.wait()
    await application.desk.act(anna, 1, Claim(), "claim")
    hello = "Hello, Anna here. I have set up a few of these; what would you like to know?"
    await application.desk.act(anna, 1, Speak(text=hello, reference="1"), "hello")
    await visitor.sees("Hello, Anna here.")
    await visitor.says("Does it work with Outlook?")
    await visitor.sees_state("Does it work with Outlook?", "sent")
    answer = "It does, both ways. Shall I show you? Twenty minutes are enough."
    await application.desk.act(anna, 1, Speak(text=answer, reference="2"), "answer")
    await visitor.sees("Twenty minutes are enough.")
    await _save(page, "takeover.png")


def _folder(arguments: list[str]) -> Path | None:
    if not arguments:
        return None
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    asyncio.run(main(_folder(sys.argv[1:])))
