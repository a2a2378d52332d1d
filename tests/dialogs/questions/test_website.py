"""Websites, as visitors and authors meet them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.language.web_addresses import is_website, name_in_domain
from dialogs.questions.base import LANGUAGES, Accepted, Outcome, Reading, Rejected
from dialogs.questions.website import WebsiteOptions, WebsiteQuestion

WEBSITE = WebsiteQuestion()


def read(text: str, language: str = "en") -> Outcome:
    return WEBSITE.read(text, WebsiteOptions(), Reading(now=datetime(2026, 11, 22, tzinfo=UTC), language=language))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("example.com", "https://example.com"),
        ("Example.COM/", "https://example.com"),
        ("http://example.com", "http://example.com"),
        ("https://Example.com/Path?q=1#x", "https://example.com/Path?q=1#x"),
        ("our site is www.example.com/shop, thanks", "https://www.example.com/shop"),
        ("(see https://en.wikipedia.org/wiki/A_(b))", "https://en.wikipedia.org/wiki/A_(b)"),
        ("see our page at example.de!", "https://example.de"),
        ("example.com or www.example.com/x", "https://www.example.com/x"),
        ("<https://example.com>.", "https://example.com"),
        ("website:example.com", "https://example.com"),
        ("we're at acme dot co dot uk", "https://acme.co.uk"),
        ("https:/example.com", "https://example.com"),
        ("example.com:443", "https://example.com"),
        ("example.com:8080", "https://example.com:8080"),
        ("https://MÜNCHEN.de/straße", "https://münchen.de/stra%C3%9Fe"),
        ("xn--mnchen-3ya.de", "https://münchen.de"),
        ("http://президент.рф", "http://президент.рф"),
        ("acme.photography", "https://acme.photography"),
        ("https://example.com/<script>", "https://example.com/%3Cscript"),
    ],
)
def test_an_address_is_found_and_written_one_way(text: str, address: str) -> None:
    assert read(text) == Accepted(address)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_a_website"),
        ("hello", "not_a_website"),
        ("we don't have one", "not_a_website"),
        ("I use node.js, e.g. here", "not_a_website"),
        ("report.pdf", "not_a_website"),
        ("a..b.com", "not_a_website"),
        ("https://-bad.com", "not_a_website"),
        ("https://example.com\\@evil.com", "not_a_website"),
        ("https://examp\u200ble.com", "not_a_website"),
        ("https://%65xample.com", "not_a_website"),
        ("https://example.com:99999", "not_a_website"),
        ("https://example.x1", "not_a_website"),
        ("https://" + "ä" * 300 + ".de", "not_a_website"),
        ("https://ä" + "\u0300" * 3 + "--.de", "not_a_website"),
        ("javascript:alert(1)", "not_https"),
        ("click javascript:alert(1)", "not_https"),
        ("data:text/html,x", "not_https"),
        ("ftp://example.com", "not_https"),
        ("https://good.com@evil.com", "userinfo"),
        ("https://user:secret@example.com/", "userinfo"),
        ("http://127.0.0.1", "private_address"),
        ("http://2130706433/", "private_address"),
        ("0x7f.1", "private_address"),
        ("http://[::1]/", "private_address"),
        ("localhost:3000", "private_address"),
        ("http://server.local/x", "private_address"),
        ("ada@gmail.com", "email_given"),
        ("https://a.com and https://b.com", "two_websites"),
    ],
)
def test_what_is_no_public_website_is_refused_with_its_reason(text: str, code: str, language: str) -> None:
    outcome = read(text, language)
    assert isinstance(outcome, Rejected)
    assert outcome.code == code
    assert outcome.reason


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ada@example.com", "https://example.com"),
        ("my mail is ada@example.com", "https://example.com"),
        ("no.thanks", "https://no.thanks"),
        ("https://exa mple.com", "https://mple.com"),
    ],
)
def test_what_is_doubtful_is_asked_about(text: str, address: str) -> None:
    outcome = read(text)
    assert isinstance(outcome, Accepted)
    assert outcome.value == address
    assert outcome.doubt == f"Is the website {address}?"
    assert [suggestion.value for suggestion in outcome.suggestions] == [address]


def test_two_sites_ask_which_one() -> None:
    outcome = read("https://a.com and https://b.com")
    assert isinstance(outcome, Rejected)
    assert [suggestion.value for suggestion in outcome.suggestions] == ["https://a.com", "https://b.com"]


def test_values_from_elsewhere_must_be_whole_addresses() -> None:
    assert WEBSITE.check("Example.com", WebsiteOptions(), "en") == Accepted("https://example.com")
    for wrong in ("see example.com", "javascript:alert(1)", "", 7, None):
        assert isinstance(WEBSITE.check(wrong, WebsiteOptions(), "en"), Rejected)


def test_the_browser_knows_what_to_fill_in() -> None:
    hints = WEBSITE.input(WebsiteOptions(), "de")
    assert (hints.kind, hints.autocomplete, hints.placeholder) == ("url", "url", "beispiel.de")
    assert WEBSITE.show("https://example.com", WebsiteOptions(), "en") == "https://example.com"
    assert WEBSITE.show(None, WebsiteOptions(), "en") == ""


def test_a_company_is_named_after_its_domain() -> None:
    assert name_in_domain("www.acme-tools.co.uk") == "Acme Tools"
    assert name_in_domain("ibm.com") == "IBM"
    assert name_in_domain("shop.example.de") == "Example"


def test_domains_are_told_from_words() -> None:
    assert is_website("https://acme.photography/x")
    assert is_website("booking.com")
    assert not is_website("node.js")
    assert not is_website("Dr. Who")
    assert not is_website("https://localhost")


@settings(deadline=None)
@given(st.text(alphabet="ab.:/@-?#%é\\ []()wht<>\n", max_size=60))
def test_what_is_taken_is_taken_again_as_it_is(text: str) -> None:
    outcome = read(text)
    if isinstance(outcome, Accepted):
        assert WEBSITE.check(outcome.value, WebsiteOptions(), "en") == Accepted(outcome.value)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    read(text)
