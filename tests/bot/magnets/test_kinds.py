"""What each kind of lead magnet does for the visitor, and what it refuses of the author."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from icalendar import Calendar
from pydantic import ValidationError

from bot.magnets import MAGNET_OPTIONS, MAGNETS
from bot.ports import ContentAnswer, FileAnswer, RedirectAnswer
from tests.bot.magnets.test_contract import GIVEN_AT, granted


def refusal(kind: str, options: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as refused:
        MAGNET_OPTIONS[kind].model_validate(options)
    (error,) = refused.value.errors()
    return error["msg"]


# Files.


@pytest.mark.parametrize(
    "path",
    [
        "../secrets.toml",
        "guides/../../secrets.toml",
        "..",
        "/etc/passwd",
        "//server/share",
        "~/notes.txt",
        "guides\\..\\secrets.toml",
        "C:\\secrets.txt",
        "C:secrets.txt",
        "guide.pdf\0.png",
        "guide\n.pdf",
        "guides//guide.pdf",
        "./guide.pdf",
        ".env",
        "guides/.git/config",
        "guides/",
        " ",
        "a" * 201,
        "\u202efdp.exe",
    ],
)
@pytest.mark.parametrize("kind", ["file", "code"])
def test_a_file_stays_in_its_folder(kind: str, path: str) -> None:
    name = {"file": "file", "code": "codes"}[kind]
    assert refusal(kind, {name: path})


@pytest.mark.parametrize(
    "path", ["guide.pdf", "guides/2027/CRM guide (final).pdf", "Leitfaden für Käufer.pdf", "指南.pdf"]
)
def test_a_file_may_have_any_ordinary_name(path: str) -> None:
    answer = MAGNETS["file"].open(granted("file", {"file": path}), "")
    assert answer == FileAnswer(name=path, download_name=path.rpartition("/")[2])


@pytest.mark.parametrize(
    ("name", "shown"), [("Buyer's guide", "Buyer's guide.pdf"), ("guide.pdf", "guide.pdf"), ("GUIDE.PDF", "GUIDE.PDF")]
)
def test_a_download_is_called_as_the_script_says_and_keeps_its_extension(name: str, shown: str) -> None:
    grant = granted("file", {"file": "crm-guide.pdf", "download_name": name})
    assert MAGNETS["file"].open(grant, "") == FileAnswer(name="crm-guide.pdf", download_name=shown)


def test_a_script_may_have_messengers_show_the_link_instead_of_the_file() -> None:
    for said, attached in (({}, True), ({"in_messengers": "file"}, True), ({"in_messengers": "link"}, False)):
        answer = MAGNETS["file"].open(granted("file", {"file": "guide.pdf", **said}), "")
        assert answer == FileAnswer(name="guide.pdf", download_name="guide.pdf", attached=attached)
    assert refusal("file", {"file": "guide.pdf", "in_messengers": "mail"})


@pytest.mark.parametrize("name", ["../guide", 'gui"de', "guide\r\nX-Header: 1", ".htaccess"])
def test_a_download_name_cannot_break_out_of_its_header(name: str) -> None:
    assert refusal("file", {"file": "crm-guide.pdf", "download_name": name})


def test_the_visitor_gets_the_file_in_their_language_or_the_first_one() -> None:
    options = {"file": {"en": "guide.pdf", "de": "leitfaden.pdf"}}
    given = {
        language: MAGNETS["file"].open(granted("file", options, language=language), "")
        for language in ("de", "de-AT", "fr")
    }
    assert given == {
        "de": FileAnswer("leitfaden.pdf", "leitfaden.pdf"),
        "de-AT": FileAnswer("leitfaden.pdf", "leitfaden.pdf"),
        "fr": FileAnswer("guide.pdf", "guide.pdf"),
    }


@pytest.mark.parametrize(
    ("expires", "after"),
    [
        (None, timedelta(days=30)),
        ("2 weeks", timedelta(weeks=2)),
        ("36 hours", timedelta(hours=36)),
        ("never", None),
    ],
)
def test_a_file_can_be_fetched_as_long_as_the_script_says(expires: str | None, after: timedelta | None) -> None:
    options = granted("file", {"file": "a.pdf"} | ({"expires": expires} if expires else {})).options
    assert MAGNETS["file"].expires_at(options, GIVEN_AT) == (after and GIVEN_AT + after)


@pytest.mark.parametrize("expires", ["30", 30, "soon", "0 days", "-1 day", "5 fortnights"])
def test_an_expiry_that_is_no_duration_is_refused_with_examples(expires: Any) -> None:
    assert '"3 days"' in refusal("file", {"file": "a.pdf", "expires": expires})


# Links.


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "ftp://example.com",
        "//example.com/prices",
        "/prices",
        "example.com/prices",
        "https://",
        "https:///prices",
        "https://example.com:99999/",
        "https://ada:secret@example.com/",
        "https://example.com\\@evil.example/",
        "https://example.com/a b",
        "https://example.com/\r\nSet-Cookie: a=b",
        "https://example.com/\u202e",
        "https://[::1",
        "https://example.com/" + "a" * 2000,
    ],
)
@pytest.mark.parametrize("kind", ["link", "code", "event"])
def test_only_web_addresses_are_linked_to(kind: str, address: str) -> None:
    others = {"link": {}, "code": {"codes": "a.txt"}, "event": {"starts": "2027-03-04T15:00Z"}}[kind]
    assert refusal(kind, {**others, "url": address})


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com",
        "http://localhost:8000/x?a=1&b=%20#top",
        "https://münchen.example/ö",
        "https://[2001:db8::1]:8443/",
    ],
)
def test_following_a_link_leads_to_the_page(address: str) -> None:
    assert MAGNETS["link"].open(granted("link", {"url": address}), "") == RedirectAnswer(address)


def test_a_link_may_lead_to_a_page_per_language() -> None:
    options = {"url": {"en": "https://example.com/prices", "de": "https://example.com/preise"}}
    assert MAGNETS["link"].open(granted("link", options, language="de"), "") == RedirectAnswer(
        "https://example.com/preise"
    )


def test_a_language_that_is_none_is_refused() -> None:
    assert '"deutsch!" is no language' in refusal("link", {"url": {"deutsch!": "https://example.com"}})


# Codes.


def test_a_code_is_shown_with_what_to_do_with_it() -> None:
    options = {"codes": "a.txt", "instructions": {"en": "Type it at the till.", "de": "An der Kasse eingeben."}}
    card = MAGNETS["code"].card(granted("code", options, language="de", code="SPRING-7K2M"))
    assert card == {
        "kind": "code",
        "title": "The guide",
        "code": "SPRING-7K2M",
        "description": "An der Kasse eingeben.",
    }


def test_a_code_without_a_page_leads_nowhere() -> None:
    assert MAGNETS["code"].open(granted("code", {"codes": "a.txt"}), "") is None


def test_nobody_is_shown_an_empty_code() -> None:
    with pytest.raises(ValueError, match="took no code"):
        MAGNETS["code"].card(granted("code", code=None))


# Events.


def calendar_of(options: dict[str, Any], **changes: Any) -> tuple[Any, bytes]:
    answer = MAGNETS["event"].open(granted("event", options, **changes), "calendar.ics")
    assert isinstance(answer, ContentAnswer)
    (event,) = Calendar.from_ical(answer.body).walk("VEVENT")
    return event, answer.body


def test_an_event_shows_its_times_where_it_takes_place() -> None:
    options = {
        "starts": "2027-03-04T15:00",
        "time_zone": "Europe/Berlin",
        "length": "90 minutes",
        "url": "https://example.com/live",
        "place": {"en": "Online", "de": "Im Netz"},
    }
    card = MAGNETS["event"].card(granted("event", options, language="de"))
    assert (card["starts"], card["ends"]) == ("2027-03-04T15:00:00+01:00", "2027-03-04T16:30:00+01:00")
    assert card["place"] == "Im Netz"
    assert card["calendar_url"] == card["url"] + "/calendar.ics"


def test_an_event_goes_into_calendars_on_the_web() -> None:
    options = {"starts": "2027-03-04T15:00+01:00", "url": "https://example.com/live", "place": "Hall 4 & 5"}
    grant = granted("event", options)
    calendars = MAGNETS["event"].card(grant)["calendars"]
    google, outlook = (parse_qs(urlsplit(one["url"]).query) for one in calendars)
    assert [one["label"] for one in calendars] == ["Google", "Outlook"]
    assert google["text"] == outlook["subject"] == ["The guide"]
    assert google["dates"] == ["20270304T140000Z/20270304T150000Z"]
    assert (outlook["startdt"], outlook["enddt"]) == (["2027-03-04T14:00:00Z"], ["2027-03-04T15:00:00Z"])
    assert google["location"] == outlook["location"] == ["Hall 4 & 5"]
    assert google["details"] == outlook["body"] == [grant.link]


def test_the_seat_leads_to_the_event() -> None:
    assert MAGNETS["event"].open(granted("event"), "") == RedirectAnswer("https://example.com/live")


def test_a_calendar_gets_the_event_in_universal_time_with_the_personal_link() -> None:
    event, body = calendar_of(
        {"starts": "2027-07-01T15:00", "time_zone": "Europe/Berlin", "url": "https://example.com"}
    )
    assert event["DTSTART"].dt == datetime(2027, 7, 1, 13, 0, tzinfo=UTC)
    assert event["DTEND"].dt == datetime(2027, 7, 1, 14, 0, tzinfo=UTC)
    assert str(event["SUMMARY"]) == "The guide"
    assert event["URL"] == granted("event").link
    assert b"DTSTART:20270701T130000Z\r\n" in body


def test_an_event_over_the_clocks_change_lasts_as_long_as_it_says() -> None:
    event, _ = calendar_of({"starts": "2027-03-28T01:30", "time_zone": "Europe/Berlin", "url": "https://example.com"})
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=1)
    card = MAGNETS["event"].card(
        granted("event", {"starts": "2027-03-28T01:30", "time_zone": "Europe/Berlin", "url": "https://example.com"})
    )
    assert card["ends"] == "2027-03-28T03:30:00+02:00"


def test_importing_the_same_seat_twice_makes_one_entry_and_another_persons_seat_another() -> None:
    options = {"starts": "2027-03-04T15:00Z", "url": "https://example.com/live"}
    mine, mine_again = calendar_of(options), calendar_of(options)
    others, _ = calendar_of(options, token="f" * 32)
    assert mine == mine_again
    assert mine[0]["UID"] != others["UID"]


def test_a_calendar_that_is_shared_does_not_name_the_secret_in_its_identity() -> None:
    event, _ = calendar_of({"starts": "2027-03-04T15:00Z", "place": "Hall 4"})
    assert granted("event").token not in event.to_ical().decode()


def test_what_a_visitor_typed_into_a_title_stays_text_in_the_calendar() -> None:
    title = "For Ada; \r\nATTENDEE:mailto:eve@example.com\nBEGIN:VALARM, \\n \x1b[31m\u2028END:VEVENT"
    event, body = calendar_of({"starts": "2027-03-04T15:00Z", "place": "A, B; C"}, title=title)
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION"}
    assert not event.subcomponents
    assert str(event["SUMMARY"]) == "For Ada; ATTENDEE:mailto:eve@example.com BEGIN:VALARM, \\n [31m END:VEVENT"
    assert str(event["LOCATION"]) == "A, B; C"
    assert b"\x1b" not in body
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))


def test_an_event_in_the_world_alone_needs_no_page() -> None:
    grant = granted("event", {"starts": "2027-03-04T15:00Z", "place": "Hall 4, stand 12"})
    assert "url" not in MAGNETS["event"].card(grant)
    assert MAGNETS["event"].open(grant, "") == MAGNETS["event"].open(grant, "calendar.ics")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"starts": "2027-03-04T15:00"}, "whose 15:00 is it?"),
        ({"starts": "2027-03-04"}, "day and time are written"),
        ({"starts": "4 March 2027, 3 pm"}, "day and time are written"),
        ({"starts": "2027-02-30T15:00Z"}, "no such day or time"),
        ({"starts": "2027-03-04T25:00Z"}, "no such day or time"),
        ({"starts": "2027-03-04T15:00", "time_zone": "Europe/Berlinn"}, "no time zone"),
        ({"starts": "2027-03-04T15:00", "time_zone": "../../etc/passwd"}, "no time zone"),
        ({"starts": "2027-03-28T02:30", "time_zone": "Europe/Berlin"}, "the clocks go forward"),
        ({"starts": "2027-03-04T15:00Z", "length": "an age"}, '"10 minutes"'),
    ],
)
def test_an_event_without_a_certain_time_is_refused(options: dict[str, Any], said: str) -> None:
    assert said in refusal("event", options)


def test_a_time_that_the_clocks_change_makes_twice_is_the_first_one() -> None:
    options = {"starts": "2027-10-31T02:30", "time_zone": "Europe/Berlin", "url": "https://example.com"}
    assert MAGNETS["event"].card(granted("event", options))["starts"] == "2027-10-31T02:30:00+02:00"


def test_a_time_with_an_offset_is_shown_in_the_named_zone() -> None:
    options = {"starts": "2027-03-04T15:00Z", "time_zone": "America/New_York", "url": "https://example.com"}
    assert MAGNETS["event"].card(granted("event", options))["starts"] == "2027-03-04T10:00:00-05:00"
