"""No state of the chat has anything that axe-core objects to, in light and dark: WCAG 2.2 AA and best practice."""

from pathlib import Path
from typing import Any

import axe_playwright_python  # type: ignore[import-untyped]
import pytest
from playwright.async_api import Page

from tests.browser.conftest import Visits
from tests.browser.looking import FAINT_TEXTS, SMALL_TARGETS
from tests.browser.standin import StandIn
from tests.browser.states import STATES

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FINDINGS = """
async ([whole, runOnly]) => {
  const context = whole ? document : { include: [["handraiser-chat"]] };
  const { violations, passes, incomplete } = await axe.run(context, { runOnly, resultTypes: ["violations"] });
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(" ")}: ${failureSummary}`));
  // Contrast it knows within the body alone, beside which the bubble stands: FAINT_TEXTS measures it everywhere.
  return [found, passes.length + incomplete.length];
}
"""


OVERFLOW = """
(chat) => [document.scrollingElement, ...chat.shadowRoot.querySelectorAll(".panel, .log, .many")]
  .filter((node) => node.scrollWidth > node.clientWidth + 1)
  .map((node) => `${node.className || node.localName}: ${node.scrollWidth} in ${node.clientWidth}`)
"""


@pytest.mark.parametrize("name", STATES)
async def test_nobody_is_shut_out(visits: Visits, server: StandIn, name: str) -> None:
    """axe-core objects to nothing: of a page of our own as a whole, of other people's pages to nothing in the chat.

    Every text can be read, whatever the accent; nothing runs off a screen 320 pixels wide, or is hard to press.
    """
    state = STATES[name]
    visitor = await visits(state.path, color_scheme="light", reduced_motion="reduce", **state.options)
    page, chat = visitor.page, visitor.chat
    await state.reach(visitor, server)
    await page.evaluate(AXE)
    await _objects_to_nothing(page, name, {"type": "tag", "values": TAGS})
    for accent in ("#ffd400", "#0b0b0b", "#e0218a", ""):
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            await chat.evaluate("(chat, accent) => chat.style.setProperty('--handraiser-accent', accent)", accent)
            assert await chat.evaluate(FAINT_TEXTS) == [], (accent, scheme)
    await _objects_to_nothing(page, name, {"type": "rule", "values": ["color-contrast", "link-in-text-block"]})
    await page.set_viewport_size({"width": 320, "height": 568})
    assert await chat.evaluate(OVERFLOW) == []
    assert await chat.evaluate(SMALL_TARGETS) == []


async def _objects_to_nothing(page: Page, name: str, rules: dict[str, Any]) -> None:
    found, passed = await page.evaluate(FINDINGS, [name == "page", rules])
    assert found == []
    assert passed or name == "closed", "nothing was looked at"
