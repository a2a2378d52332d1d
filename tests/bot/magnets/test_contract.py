"""Every kind of lead magnet keeps the contract: whoever adds one adds an example here."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from bot.magnets import MAGNET_OPTIONS, MAGNETS
from bot.ports import ContentAnswer, FileAnswer, Grant, RedirectAnswer

GIVEN_AT = datetime(2027, 1, 5, 10, 0, tzinfo=UTC)
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "file": {"file": "crm-guide.pdf"},
    "code": {"codes": "spring-codes.txt", "url": "https://example.com/basket"},
    "link": {"url": "https://example.com/prices"},
    "event": {"starts": "2027-03-04T15:00+01:00", "url": "https://example.com/live"},
}
KINDS = sorted(MAGNETS)


def granted(kind: str, options: Mapping[str, Any] | None = None, **changes: Any) -> Grant:
    read = MAGNET_OPTIONS[kind].model_validate(EXAMPLES[kind] if options is None else options)
    facts: dict[str, Any] = {
        "token": "0123456789abcdef0123456789abcdef",
        "magnet": "guide",
        "title": "The guide",
        "options": read.model_dump(mode="json"),
        "given_at": GIVEN_AT,
        "language": "en",
        "link": "https://bot.example.com/m/0123456789abcdef0123456789abcdef",
        "code": "SPRING-1" if kind == "code" else None,
    }
    return Grant(**{**facts, **changes})


def test_every_kind_has_an_example_and_options() -> None:
    assert set(EXAMPLES) == set(MAGNETS) == set(MAGNET_OPTIONS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_registered_under_its_own_word(kind: str) -> None:
    assert MAGNETS[kind].kind == kind
    assert MAGNET_OPTIONS[kind] is MAGNETS[kind].options


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_is_json_of_its_kind_and_leads_to_nobody_elses_copy(kind: str) -> None:
    grant = granted(kind)
    card = MAGNETS[kind].card(grant)
    assert json.loads(json.dumps(card)) == card
    assert card["kind"] == kind
    assert card["title"] == "The guide"
    addresses = [value for key, value in card.items() if key.endswith("url")]
    assert addresses
    assert all(address.startswith(grant.link) for address in addresses)


@pytest.mark.parametrize("kind", KINDS)
def test_every_address_of_a_card_opens_something(kind: str) -> None:
    grant = granted(kind)
    for key, address in MAGNETS[kind].card(grant).items():
        if key.endswith("url"):
            part = address.removeprefix(grant.link).removeprefix("/")
            assert isinstance(MAGNETS[kind].open(grant, part), FileAnswer | RedirectAnswer | ContentAnswer)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "part",
    ["nothing", "../calendar.ics", "calendar.ics/", "CALENDAR.ICS", "calendar.ics\0", "%00", "/", ".", "/etc/passwd"],
)
def test_a_part_that_is_none_opens_nothing(kind: str, part: str) -> None:
    assert MAGNETS[kind].open(granted(kind), part) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_works_when_it_is_given_and_stops_later_or_never(kind: str) -> None:
    options = granted(kind).options
    expires_at = MAGNETS[kind].expires_at(options, GIVEN_AT)
    assert expires_at is None or expires_at > GIVEN_AT


@pytest.mark.parametrize("kind", KINDS)
def test_only_codes_are_drawn_from_a_pool(kind: str) -> None:
    pool = MAGNETS[kind].pool("guide", granted(kind).options)
    assert pool == ("spring-codes.txt" if kind == "code" else None)


@pytest.mark.parametrize("kind", KINDS)
def test_options_survive_being_stored(kind: str) -> None:
    read = MAGNET_OPTIONS[kind].model_validate(EXAMPLES[kind])
    stored = json.loads(json.dumps(read.model_dump(mode="json")))
    assert MAGNET_OPTIONS[kind].model_validate(stored) == read


@pytest.mark.parametrize("kind", KINDS)
def test_a_misspelt_option_is_an_error(kind: str) -> None:
    with pytest.raises(ValidationError):
        MAGNET_OPTIONS[kind].model_validate({**EXAMPLES[kind], "fiel": "x"})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("given", [12, True, [], ["a"], {}, {"en": 5}, "", "   ", "x" * 10_000, "a\nb\x1b[31m"])
def test_nonsense_for_any_option_is_refused_with_a_sentence(kind: str, given: Any) -> None:
    for name in EXAMPLES[kind]:
        with pytest.raises(ValidationError) as refused:
            MAGNET_OPTIONS[kind].model_validate({**EXAMPLES[kind], name: given})
        assert all(error["loc"] and error["msg"] for error in refused.value.errors())


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_grant_gives_the_same_card_and_answer(kind: str) -> None:
    grant = granted(kind)
    assert MAGNETS[kind].card(grant) == MAGNETS[kind].card(grant)
    assert MAGNETS[kind].open(grant, "") == MAGNETS[kind].open(grant, "")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_made_on_the_spot_names_its_bare_media_type(kind: str) -> None:
    for part in ("", "calendar.ics"):
        opened = MAGNETS[kind].open(granted(kind), part)
        if isinstance(opened, ContentAnswer):
            assert ";" not in opened.content_type  # aiohttp adds parameters itself
            assert opened.body
