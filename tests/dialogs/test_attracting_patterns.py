"""Patterns as browsers read them; Python's expressions agree with JavaScript's for all that is used here."""

import re

import pytest

from dialogs.attracting_patterns import pages_expression, source_expression


@pytest.mark.parametrize(
    ("pattern", "pages", "others"),
    [
        ("/pricing", ["a.example/pricing", "a.example/pricing/", "a.example/pricing?x=1", "A.example/PRICING"],
         ["a.example/pricing/b", "a.example/pricings", "a.example/a/pricing"]),
        ("/pricing*", ["a.example/pricing", "a.example/pricing-2027/b?x"], ["a.example/a/pricing"]),
        ("/plans/*", ["a.example/plans/", "a.example/plans/b/c"], ["a.example/plan"]),
        ("/", ["a.example/", "a.example/?x=1"], ["a.example/b"]),
        ("shop.example/*", ["shop.example/", "shop.example/a"], ["a.shop.example/", "shop-example/a"]),
        ("*/checkout*", ["a.example/en/checkout/1", "a.example/checkout"], ["a.example/check"]),
        ("/search?q=*", ["a.example/search?q=crm"], ["a.example/search", "a.example/search?x=q"]),
        ("/a+b(c)[d]$", ["a.example/a+b(c)[d]$"], ["a.example/aab(c)d"]),
    ],
)  # fmt: skip
def test_a_page_is_recognised(pattern: str, pages: list[str], others: list[str]) -> None:
    found = re.compile(pages_expression(["/never", pattern], []), re.IGNORECASE)
    assert [page for page in pages if not found.search(page)] == []
    assert [page for page in others if found.search(page)] == []
    elsewhere = re.compile(pages_expression([], ["/never", pattern]), re.IGNORECASE)
    assert [page for page in pages if elsewhere.search(page)] == []
    assert [page for page in others if not elsewhere.search(page)] == []
    nowhere = re.compile(pages_expression([pattern], ["*"]), re.IGNORECASE)
    assert [page for page in (*pages, *others) if nowhere.search(page)] == []


PAGE = "https://a.example/?utm_source=google&utm_campaign=a%20b&gclid=x&hr=k7m2p9qxwd https://www.linkedin.com/feed"


@pytest.mark.parametrize(
    ("source", "matches"),
    [
        ({"utm_source": ["bing", "google"]}, True),
        ({"utm_source": ["goog*"]}, True),
        ({"utm_source": ["goog"]}, False),
        ({"utm_source": ["oogle"]}, False),
        ({"utm_source": ["google&utm_campaign*"]}, False),
        ({"utm_campaign": ["a b"]}, True),
        ({"utm_medium": ["*"]}, False),
        ({"referrer": ["*.linkedin.com"]}, True),
        ({"referrer": ["linkedin.com"]}, False),
        ({"referrer": ["*.linkedin"]}, False),
        ({"referrer": ["a.example"]}, False),
        ({"click_id": ["fbclid", "gclid"]}, True),
        ({"click_id": ["msclkid"]}, False),
        ({"campaign": ["k7m2p9qxwd"]}, True),
        ({"utm_source": ["google"], "referrer": ["example.net"]}, False),
    ],
)
def test_how_a_visit_began_is_recognised(source: dict[str, list[str]], matches: bool) -> None:
    assert bool(re.search(source_expression(source), PAGE, re.IGNORECASE)) is matches
