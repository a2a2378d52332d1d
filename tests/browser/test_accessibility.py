"""No state of the chat has anything that axe-core objects to, in light and dark: WCAG 2.2 AA and best practice."""

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.async_api import Page

from tests.browser.conftest import Visits
from tests.browser.standin import StandIn
from tests.browser.states import STATES

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FINDINGS = """
async ([whole, runOnly]) => {
  const context = whole ? document : { include: [["handraiser-chat"]] };
  const { violations, passes } = await axe.run(context, { runOnly, resultTypes: ["violations"] });
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(" ")}: ${failureSummary}`));
  return [found, passes.length];
}
"""


@pytest.mark.parametrize("name", STATES)
async def test_axe_objects_to_nothing(visits: Visits, server: StandIn, name: str) -> None:
    """Of a page of our own to nothing at all; of other people's pages to nothing in the chat."""
    state = STATES[name]
    visitor = await visits(state.path, color_scheme="light", reduced_motion="reduce", **state.options)
    await state.reach(visitor, server)
    await visitor.page.evaluate(AXE)
    await _objects_to_nothing(visitor.page, name, {"type": "tag", "values": TAGS})
    await visitor.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    await _objects_to_nothing(visitor.page, name, {"type": "rule", "values": ["color-contrast", "link-in-text-block"]})


async def _objects_to_nothing(page: Page, name: str, rules: dict[str, Any]) -> None:
    found, passed = await page.evaluate(FINDINGS, [name == "page", rules])
    assert found == []
    assert passed or name == "closed", "nothing was looked at"
