"""People learn of leads by mail: everything they need, a link to take one, and no flood."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import pytest_asyncio

from bot.claim_links import Claimant
from bot.desk.contract import DeskView, TryLater, Undeliverable
from bot.handoff.email import EmailTarget
from bot.handoff.letters import subject_of
from bot.outbound import MailServer, Outbound
from bot.redaction import Redaction
from bot.settings.outside import Mailbox
from dialogs.desk.acts import Entry
from dialogs.desk.plan import Plan
from dialogs.desk.standing import Phase
from tests.bot.handoff.makers import ANNA, BEN, LINKS, colleagues, email_target, text_of
from tests.bot.handoff.slack.views import FILE_LINK, file
from tests.bot.handoff.test_terminal import everywhere
from tests.desk import AT, MemoryPosts, desk, view
from tests.mail_server import MailBox, mail_server
from tests.receiver import LOOPBACK

HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "In-Reply-To", "References", "Auto-Submitted",
    "MIME-Version", "Content-Type",
}  # fmt: skip
"""All that we ever write."""
SPLITS = [
    "Bob\r\nBcc: all@example.net", "Bob\nBcc: all@example.net", "Bob\rBcc: all@example.net",
    "Bob\u2028Bcc: a@example.net", "Bob\x0bBcc: a", "=?utf-8?q?=0ABcc:?= a@example.net",
    "=?utf-8?b?DQpCY2M6IGFAYi5jCg==?=", "=?=?utf-8?q?=0D=0A?=?utf-8?q?x?=", "\r\n\r\nbody", "\r\n.\r\n", "a" * 5000,
    "\x00\x08", "\ud800", "<script>alert(1)</script>", '"><img src=x>', "\u202eevil", "",
]  # fmt: skip
CLAIMED = {"rep": ANNA, "phase": Phase.CLAIMED, "claimed_at": AT, "entries": (Entry(at=AT, what="claimed", by="Anna"),)}


@pytest_asyncio.fixture
async def box() -> AsyncIterator[MailBox]:
    async with mail_server() as box:
        yield box


def standing(**changes: Any) -> DeskView:
    return view(standing=desk(**changes))


def plain(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def page(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def subjects(box: MailBox, address: str) -> list[str]:
    return [str(mail["Subject"]).partition(":")[0] for mail in box.to(address)]


def link_in(mail: EmailMessage) -> Claimant | None:
    """Whose link is in a mail; the same one in both of its forms."""
    (link,) = set(re.findall(r"https://chat\.example\.com/desk/claim/(\S+)", plain(mail)))
    assert f'href="https://chat.example.com/desk/claim/{link}"' in page(mail)
    return LINKS.read(link)


async def test_the_alert_says_everything_and_how_to_take_it(box: MailBox) -> None:
    await email_target(box).show(view(), MemoryPosts())
    (mail,) = box.mails
    assert mail["Subject"] == "Hot lead: Ada Lovelace (Analytical Engines)"
    assert mail["From"] == "Handraiser <bot@example.com>"
    assert mail["Reply-To"] == "ada@example.com"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert set(mail.keys()) <= HEADERS
    for text in (plain(mail), page(mail)):
        for fact in ("Ready to buy", "+4917112345678", "Team size", "MQL", "google / cpc", "this month"):
            assert fact in text
    assert link_in(mail) == Claimant(1, "sales@example.com")


async def test_files_come_as_links_of_ours_and_as_nothing_else(box: MailBox) -> None:
    named = file("<a href=https://evil.example>.pdf\r\nBcc: a@b.example")
    withheld = file("bad.zip", link="", withheld="the scanner objected")
    await email_target(box).show(view(files=[named, withheld]), MemoryPosts())
    (mail,) = box.mails
    assert f'<a href="{FILE_LINK}">{FILE_LINK}</a>' in page(mail)
    assert FILE_LINK in plain(mail) and "withheld: the scanner objected" in plain(mail)
    assert "<a href=https://evil" not in page(mail) and "Bcc" not in mail


async def test_everybody_gets_a_link_of_their_own(box: MailBox) -> None:
    await email_target(box, "one@example.com", "two@example.com", "one@example.com").show(view(), MemoryPosts())
    assert [recipients for _, recipients, _ in box.taken] == [["one@example.com"], ["two@example.com"]]
    assert [link_in(mail) for mail in box.mails] == [Claimant(1, "one@example.com"), Claimant(1, "two@example.com")]


async def test_a_route_may_name_other_addresses(box: MailBox) -> None:
    target = email_target(box)
    await target.show(standing(plan=Plan(channel="dach@example.com, Ben <b@example.com>")), MemoryPosts())
    await target.show(standing(plan=Plan(channel="#enterprise")), MemoryPosts())
    assert [one for _, recipients, _ in box.taken for one in recipients] == [
        "dach@example.com", "b@example.com", "sales@example.com",
    ]  # fmt: skip


async def test_whoever_is_asked_is_told_that_it_is_their_turn(box: MailBox) -> None:
    target, posts = email_target(box), MemoryPosts()
    asked = {"phase": Phase.OFFERED, "until": AT + timedelta(seconds=30)}
    await target.show(standing(offered_to=ANNA, **asked), posts)
    await target.show(standing(offered_to=BEN, **asked), posts)
    await target.show(standing(phase=Phase.OPEN), posts)
    assert subjects(box, "sales@example.com") == ["Hot lead"]
    assert "Anna Berg is asked first." in plain(box.to("sales@example.com")[0])
    for rep in (ANNA, BEN):
        (mail,) = box.to(f"{rep.key}@example.com")
        assert mail["Subject"] == "For you: Hot lead: Ada Lovelace (Analytical Engines)"
        assert "It is your turn until 10:30:30 UTC" in plain(mail)
        assert link_in(mail) == Claimant(1, f"{rep.key}@example.com")


async def test_whoever_has_the_alert_gets_no_second_one_when_it_is_their_turn(box: MailBox) -> None:
    asked = standing(phase=Phase.OFFERED, offered_to=ANNA)
    await email_target(box, "anna@example.com").show(asked, MemoryPosts())
    assert subjects(box, "anna@example.com") == ["For you"]


async def test_that_it_is_taken_and_free_again_is_said_once_in_the_same_thread(box: MailBox) -> None:
    target, posts = email_target(box, "sales@example.com", "anna@example.com"), MemoryPosts()
    for one in [standing(), standing(**CLAIMED), standing(), standing(**CLAIMED), standing()] * 2:
        await target.show(one, posts)
    assert subjects(box, "sales@example.com") == ["Hot lead", "Taken", "Free again"]
    assert subjects(box, "anna@example.com") == ["Hot lead"], "she knows that she has it"
    alert, taken, free = box.to("sales@example.com")
    assert taken["In-Reply-To"] == free["In-Reply-To"] == alert["Message-ID"]
    assert "Anna Berg has taken it." in plain(taken)
    assert "ada@example.com" not in plain(taken)
    assert taken["Reply-To"] is None
    assert link_in(free) == Claimant(1, "sales@example.com")


async def test_the_second_of_several_has_a_thread_too(box: MailBox) -> None:
    target, posts = email_target(box, "one@example.com", "two@example.com"), MemoryPosts()
    await target.show(standing(), posts)
    await target.show(standing(**CLAIMED), posts)
    for address in ("one@example.com", "two@example.com"):
        alert, taken = box.to(address)
        assert taken["In-Reply-To"] == alert["Message-ID"]
    assert len({mail["Message-ID"] for mail in box.mails}) == 4


async def test_whoever_comes_late_learns_in_one_mail_that_it_is_taken(box: MailBox) -> None:
    target, posts = email_target(box), MemoryPosts()
    await target.show(standing(**CLAIMED), posts)
    await target.show(standing(**CLAIMED), posts)
    (mail,) = box.mails
    assert "Anna Berg has taken it." in plain(mail)
    assert "/desk/claim/" not in plain(mail)
    await target.show(standing(), posts)
    assert subjects(box, "sales@example.com") == ["Hot lead", "Free again"]


async def test_whom_it_was_given_to_learns_it_with_the_words_that_came_along(box: MailBox) -> None:
    target, posts = email_target(box), MemoryPosts()
    given = Entry(at=AT, what="passed_on", by="Anna Berg", text="Ben Okafor: knows Babbage: call him")
    passed = standing(rep=BEN, phase=Phase.CLAIMED, claimed_at=AT, entries=(given,))
    await target.show(standing(**CLAIMED), posts)
    await target.show(passed, posts)
    await target.show(passed, posts)
    (mail,) = box.to("ben@example.com")
    assert mail["Subject"].startswith("Yours: Hot lead")
    assert "Anna Berg has given it to you: knows Babbage: call him" in plain(mail)
    assert link_in(mail) == Claimant(1, "ben@example.com")


@pytest.mark.parametrize(
    ("called", "address"),
    [("ben", "ben@example.com"), ("boss@example.com", "boss@example.com"), ("#chiefs", "sales@example.com")],
)
async def test_who_is_called_when_nobody_takes_it(box: MailBox, called: str, address: str) -> None:
    target, posts = email_target(box), MemoryPosts()
    await target.show(standing(), posts)
    waiting = standing(escalated=True, plan=Plan(escalate_to=called))
    await target.show(waiting, posts)
    await target.show(waiting, posts)
    mail = box.to(address)[-1]
    assert mail["Subject"].startswith("Still waiting: Hot lead")
    assert link_in(mail) == Claimant(1, address)
    assert len(box.mails) == 2


async def test_a_talk_causes_no_mails_and_neither_does_its_end(box: MailBox) -> None:
    target, posts = email_target(box), MemoryPosts()
    talking = standing(**{**CLAIMED, "phase": Phase.TALKING}, spoken_at=AT)
    await target.show(standing(), posts)
    for number in range(50):
        said = [{"seq": number, "from": "visitor", "text": "hello?"}]
        await target.show(replace(talking, messages=said, last_seq=number), posts)
    await target.show(standing(**{**CLAIMED, "phase": Phase.CLOSED}), posts)
    await target.show(standing(phase=Phase.CLOSED), MemoryPosts())
    assert subjects(box, "sales@example.com") == ["Hot lead", "Taken"]


@pytest.mark.parametrize("text", SPLITS, ids=repr)
async def test_nothing_a_visitor_types_adds_a_header_a_recipient_or_a_tag(box: MailBox, text: str) -> None:
    await email_target(box).show(view(company=text, **everywhere(text)), MemoryPosts())
    assert_one_harmless_mail(box, text)


def assert_one_harmless_mail(box: MailBox, text: str) -> None:
    """Our headers, each in one line; one recipient; no tag but ours."""
    ((_, recipients, mail),) = box.taken
    assert recipients == ["sales@example.com"]
    assert mail["To"] == "sales@example.com"
    assert set(mail.keys()) <= HEADERS
    assert len(mail.keys()) == len(set(mail.keys()))
    assert mail.defects == []
    for value in mail.values():
        assert str(value).isprintable()
    assert len(" ".join(mail["Subject"].split())) <= 120  # Python's folding may add a blank.
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert set(re.findall(r"<[/!]?(\w+)", page(mail))) <= {
        "doctype", "html", "head", "meta", "title", "body", "h1", "p", "a", "table", "tr", "th", "td",
    }  # fmt: skip
    assert link_in(mail) == Claimant(1, "sales@example.com")
    assert "handraiser leads show lead-7" in plain(mail)


@pytest.mark.parametrize(
    ("address", "reply_to"),
    [
        ("ada@example.com", "ada@example.com"), ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("zoë@example.com", None), ("a@example.com\r\nBcc: b@example.com", None), ("<a@example.com>", None),
        ("a@example.com, b@example.com", None), ("nobody", None), ("", None),
    ],
)  # fmt: skip
async def test_an_answer_goes_to_the_visitor_where_their_address_is_good(
    box: MailBox, address: str, reply_to: str | None
) -> None:
    await email_target(box).show(view(contacts=[("phone", "+49"), ("email", address)]), MemoryPosts())
    assert box.mails[0]["Reply-To"] == reply_to


def test_a_subject_is_one_bounded_line() -> None:
    assert subject_of("a\r\nb\u2028c") == "a b c"
    assert subject_of("=?utf-8?q?x?=") == "= ?utf-8?q?x?="
    assert len(subject_of("x" * 500)) == 120


async def test_secrets_are_left_out(box: MailBox) -> None:
    target = EmailTarget(
        Outbound(allowed=LOOPBACK),
        MailServer(host="127.0.0.1", port=box.port, security="none"),
        Mailbox("bot@example.com"),
        [Mailbox("sales@example.com")],
        LINKS,
        colleagues,
        redaction=Redaction(["hunter22"]),
    )
    await target.show(view(answers=[("Pain", "it says hunter22")]), MemoryPosts())
    assert "hunter22" not in text_of(box)[0]


async def test_a_mail_of_which_nobody_knows_whether_it_arrived_is_sent_again_under_the_same_id(box: MailBox) -> None:
    target, posts = email_target(box), MemoryPosts()
    box.drop_after_data = True
    with pytest.raises(TryLater, match=r"e-mail: .* broke off"):
        await target.show(view(), posts)
    assert posts.kept == {}
    await target.show(replace(view(), at=AT + timedelta(minutes=1)), posts)
    first, second = box.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert re.fullmatch(r"<[0-9a-f]{40}@example\.com>", first["Message-ID"])


@pytest.mark.parametrize(
    ("reply", "trouble"), [("451 Later, please", TryLater), ("550 No such mailbox here", Undeliverable)]
)
async def test_a_server_that_says_no_is_told_apart_from_one_that_says_later(
    box: MailBox, reply: str, trouble: type[Exception]
) -> None:
    target, posts = email_target(box), MemoryPosts()
    box.recipient_reply = reply
    with pytest.raises(trouble, match=f"e-mail to sales@example.com: 127.0.0.1 says: {reply}"):
        await target.show(view(), posts)
    assert posts.kept == {}
    box.recipient_reply = "250 OK"
    await target.show(view(), posts)
    assert len(box.mails) == 1


async def test_one_mailbox_that_refuses_keeps_no_other_from_being_told(box: MailBox) -> None:
    box.refused = {"gone@example.com"}
    target, posts = email_target(box, "gone@example.com", "here@example.com"), MemoryPosts()
    for _ in range(2):
        with pytest.raises(Undeliverable, match=r"gone@example\.com"):
            await target.show(view(), posts)
    assert [recipients for _, recipients, _ in box.taken] == [["here@example.com"]]


async def test_a_server_within_is_never_reached_unless_it_is_named(box: MailBox) -> None:
    target = EmailTarget(
        Outbound(), MailServer(host="localhost", port=box.port, security="none"), Mailbox("bot@example.com"),
        [Mailbox("sales@example.com")], LINKS, colleagues,
    )  # fmt: skip
    with pytest.raises(Undeliverable, match=r"e-mail: localhost leads to .* \[outbound\] allow_private"):
        await target.show(view(), MemoryPosts())
    assert box.taken == []
