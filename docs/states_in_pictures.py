"""Pictures of every state of the chat, for whoever changes its looks: light and dark, on a phone and on a desktop."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from playwright.async_api import Browser

from tests.browser.standin import StandIn
from tests.browser.states import STATES
from tests.browser.visitor import Visitor

SCREENS: Mapping[str, Mapping[str, Any]] = {
    "desktop": {"viewport": {"width": 960, "height": 800}},
    "phone": {"viewport": {"width": 360, "height": 700}, "has_touch": True, "is_mobile": True},
}
SHOWN = ("choices", "stars", "phone", "cards")
"""States that docs/widget.md shows, side by side."""
HEIGHT = 640
"""Of a picture in a row, in pixels."""


async def picture_states(browser: Browser, folder: Path) -> None:
    """Make ``STATE-SCREEN-SCHEME.png`` of everything, and a sheet of each screen and scheme."""
    for screen, scheme in product(SCREENS, ("light", "dark")):
        made = [await _picture(browser, folder, name, screen, scheme) for name in STATES]
        await lay_out(browser, made, folder / f"all-{screen}-{scheme}.png")


async def picture_inputs(browser: Browser, folder: Path, path: Path) -> None:
    """The states that the documentation shows, in a row; half of them dark."""
    schemes = ("light", "dark")
    made = [
        await _picture(browser, folder, name, "phone", schemes[number % 2], scale=2)
        for number, name in enumerate(SHOWN)
    ]
    await lay_out(browser, made, path)


async def lay_out(browser: Browser, pictures: Sequence[Path], path: Path) -> None:
    """Put pictures beside each other, in one."""
    page = await browser.new_page(viewport={"width": 1600, "height": 400}, device_scale_factor=1)
    await page.goto(pictures[0].parent.resolve().as_uri())
    await page.set_content(f"<!doctype html><body>{''.join(_frames(pictures))}")
    await page.evaluate("Promise.all([...document.images].map((image) => image.decode()))")
    await page.locator("body").screenshot(path=path)
    await page.close()


def _frames(pictures: Iterable[Path]) -> Iterable[str]:
    yield "<style>body { margin: 0; display: inline-flex; flex-wrap: wrap; gap: 8px; max-width: 1600px }</style>"
    for picture in pictures:
        yield f'<img src="{picture.resolve().as_uri()}" height="{HEIGHT}">'


async def _picture(browser: Browser, folder: Path, name: str, screen: str, scheme: Any, scale: int = 1) -> Path:
    server = StandIn()
    await server.start()
    context = await browser.new_context(
        locale="en-GB", reduced_motion="reduce", color_scheme=scheme, device_scale_factor=scale, **SCREENS[screen]
    )
    page = await context.new_page()
    await page.goto(f"{server.address}{STATES[name].path}")
    await STATES[name].reach(Visitor(page), server)
    await page.wait_for_timeout(300)
    path = folder / f"{name}-{screen}-{scheme}.png"
    await page.screenshot(path=path)
    await context.close()
    await server.stop()
    return path
