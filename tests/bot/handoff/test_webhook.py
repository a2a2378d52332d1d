"""Another program learns of leads: signed, once for each change, in a form that is written down."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.desk.contract import DeskView, TryLater, Undeliverable
from bot.handoff.signing import signed_headers
from bot.handoff.webhook import WebhookTarget
from bot.handoff.webhook_body import LARGEST
from bot.outbound import Outbound
from dialogs.desk.acts import Verdict
from dialogs.desk.standing import Phase
from dialogs.state import Receipt
from tests.bot.handoff.makers import ANNA, BEN, DOOR, SECRET
from tests.bot.handoff.slack.views import FILE_LINK, file
from tests.desk import AT, MemoryPosts, desk, view
from tests.receiver import Receiver, receiver

OTHER = b"another-secret-of-the-same-size!"


def target(taking: Receiver, **more: Any) -> WebhookTarget:
    return WebhookTarget(DOOR, taking.url, more.pop("secrets", [SECRET]), **more)


def kinds(taking: Receiver) -> list[str]:
    return [json.loads(one.body)["type"] for one in taking.deliveries]


def ids(taking: Receiver) -> list[str]:
    return [one.headers["webhook-id"] for one in taking.deliveries]


def standing(**changes: Any) -> DeskView:
    return view(standing=desk(**changes))


CLAIMED = {"rep": ANNA, "phase": Phase.CLAIMED, "claimed_at": AT}


def test_signatures_are_those_of_the_standard() -> None:
    """Its own example."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = AT.fromtimestamp(1614265330, AT.tzinfo)
    headers = signed_headers([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


async def test_a_delivery_is_signed_with_every_secret() -> None:
    async with receiver() as taking:
        await target(taking, secrets=[SECRET, OTHER]).show(view(), MemoryPosts())
    (delivery,) = taking.deliveries
    assert delivery.headers["Content-Type"] == "application/json"
    signed = f"{delivery.headers['webhook-id']}.{delivery.headers['webhook-timestamp']}.".encode() + delivery.body
    expected = [base64.b64encode(hmac.digest(one, signed, hashlib.sha256)).decode() for one in (SECRET, OTHER)]
    assert delivery.headers["webhook-signature"].split(" ") == [f"v1,{one}" for one in expected]
    assert int(delivery.headers["webhook-timestamp"]) == int(AT.timestamp())


async def test_the_body_tells_the_lead_and_where_its_handoff_stands() -> None:
    async with receiver() as taking:
        await target(taking).show(view(), MemoryPosts())
    body = json.loads(taking.deliveries[0].body)
    assert (body["type"], body["timestamp"]) == ("lead.handed_off", "2027-01-05T10:30:00Z")
    lead, handoff = body["data"]["lead"], body["data"]["handoff"]
    assert body["data"]["shortened"] is False
    assert (lead["name"], lead["company"], lead["stage"], lead["score"]) == (
        "Ada Lovelace", "Analytical Engines", "mql", 57,
    )  # fmt: skip
    assert lead["contacts"][0] == {"kind": "email", "value": "ada@example.com"}
    assert lead["answers"][2] == {"label": "Team size", "value": "80"}
    assert lead["receipts"][0]["because"] == "Team of 50 or more"
    assert lead["consents"] == {"call_me": True, "keep_in_touch": False}
    assert lead["last_lines"][-1] == {"from": "visitor", "text": "this month"}
    assert (handoff["id"], handoff["to"], handoff["reasons"]) == ("handoff-1", "sales", ["Ready to buy"])
    assert (handoff["phase"], handoff["rep"], handoff["verdict"]) == ("open", None, None)


async def test_a_lead_is_told_from_its_alert_to_its_end() -> None:
    async with receiver() as taking:
        telling, posts = target(taking), MemoryPosts()
        later = AT + timedelta(minutes=5)
        for one in (
            standing(),
            standing(**CLAIMED),
            standing(**CLAIMED, spoken_at=later),
            standing(phase=Phase.OPEN, spoken_at=later),
            standing(rep=BEN, phase=Phase.CLAIMED, claimed_at=later, spoken_at=later),
            standing(rep=BEN, phase=Phase.CLOSED, claimed_at=later, spoken_at=later, verdict=Verdict.WON, amount="900"),
        ):
            await telling.show(one, posts)
            await telling.show(one, posts)
    assert kinds(taking) == [
        "lead.handed_off", "handoff.claimed", "handoff.answered", "handoff.released", "handoff.claimed", "lead.changed",
        "handoff.closed",
    ]  # fmt: skip
    assert len(set(ids(taking))) == 7
    last = json.loads(taking.deliveries[-1].body)["data"]["handoff"]
    assert (last["rep"]["name"], last["verdict"], last["amount"]) == ("Ben Okafor", "won", "900")


async def test_everything_that_happened_meanwhile_is_told_in_order() -> None:
    async with receiver() as taking:
        closed = standing(**{**CLAIMED, "phase": Phase.CLOSED}, spoken_at=AT, verdict=Verdict.LOST)
        await target(taking).show(closed, MemoryPosts())
    assert kinds(taking) == ["lead.handed_off", "handoff.claimed", "handoff.answered", "handoff.closed"]


async def test_what_becomes_known_is_told_and_what_is_only_said_is_not() -> None:
    async with receiver() as taking:
        telling, posts = target(taking), MemoryPosts()
        await telling.show(view(), posts)
        await telling.show(view(last_lines=[("visitor", "and one more thing")], engagement=11), posts)
        assert kinds(taking) == ["lead.handed_off"]
        await telling.show(view(stage="sales_accepted"), posts)
        await telling.show(view(), posts)
        await telling.show(view(stage="sales_accepted"), posts)
    assert kinds(taking) == ["lead.handed_off", *["lead.changed"] * 3]
    assert len(set(ids(taking))) == 4, "the same is true again: that is news, no repeat"


async def test_files_are_told_with_links_and_another_link_is_no_news() -> None:
    async with receiver() as taking:
        telling, posts = target(taking), MemoryPosts()
        await telling.show(view(files=[file()]), posts)
        await telling.show(view(files=[file(link=f"{FILE_LINK}x")]), posts)
        assert kinds(taking) == ["lead.handed_off"]
        await telling.show(view(files=[file(), file("more.pdf", link="", withheld="the scanner objected")]), posts)
    assert kinds(taking) == ["lead.handed_off", "lead.changed"]
    one, more = json.loads(taking.deliveries[-1].body)["data"]["lead"]["files"]
    assert one == {
        "name": "brief.pdf", "type": "application/pdf", "size": 48_211, "at": "2027-01-05T10:30:00Z",
        "url": FILE_LINK, "withheld": None,
    }  # fmt: skip
    assert (more["url"], more["withheld"]) == (None, "the scanner objected")


async def test_a_repeat_has_the_same_id() -> None:
    async with receiver() as taking:
        telling, posts = target(taking), MemoryPosts()
        taking.answers = [(500, {}), (503, {"Retry-After": "17"})]
        with pytest.raises(TryLater, match=r"127\.0\.0\.1 answered 500") as first:
            await telling.show(view(), posts)
        with pytest.raises(TryLater) as second:
            await telling.show(replace(view(), at=AT + timedelta(seconds=9)), posts)
        assert (first.value.seconds, second.value.seconds) == (None, 17.0)
        assert posts.kept == {}
        await telling.show(view(), posts)
    assert len(set(ids(taking))) == 1
    assert len(taking.deliveries) == 3
    assert taking.deliveries[0].headers["webhook-timestamp"] != taking.deliveries[1].headers["webhook-timestamp"]


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 404, 429, 500, 503])
async def test_only_2xx_counts(status: int) -> None:
    async with receiver() as taking:
        taking.answers = [(status, {"Location": taking.url})]
        with pytest.raises(TryLater, match=str(status)):
            await target(taking).show(view(), MemoryPosts())
        assert len(taking.deliveries) == 1


async def test_gone_is_for_good_and_says_what_to_do() -> None:
    async with receiver() as taking:
        taking.answers = [(410, {})]
        taking.body = b"the answer's body is nobody's business"
        with pytest.raises(Undeliverable, match=r"410.*\[webhook\] url") as gone:
            await target(taking).show(view(), MemoryPosts())
    assert "business" not in str(gone.value)
    assert "/hook" not in str(gone.value)


async def test_an_address_within_is_never_called() -> None:
    async with receiver() as taking:
        telling = WebhookTarget(Outbound(), taking.url, [SECRET])
        with pytest.raises(Undeliverable, match=r"\[outbound\] allow_private"):
            await telling.show(view(), MemoryPosts())
    assert taking.deliveries == []


async def test_only_the_events_that_are_wanted_are_told() -> None:
    async with receiver() as taking:
        telling, posts = target(taking, events=["handoff.released", "lead.changed"]), MemoryPosts()
        await telling.show(standing(), posts)
        await telling.show(standing(**CLAIMED), posts)
        await telling.show(standing(), posts)
        await telling.show(view(stage="customer"), posts)
        assert kinds(taking) == ["handoff.released", "lead.changed"]
        assert posts.find("card") is None, "nobody was alerted"
        await telling.forget([(key, post.reference) for key, post in posts.kept.items()])
        assert len(taking.deliveries) == 2


async def test_that_somebody_was_erased_is_told_without_a_word_about_them() -> None:
    async with receiver() as taking:
        telling, posts = target(taking), MemoryPosts()
        await telling.show(standing(**CLAIMED), posts)
        references = [(key, post.reference) for key, post in posts.kept.items()]
        await telling.forget(references)
        await telling.forget(references)
    told = [json.loads(one.body) for one in taking.deliveries[-2:]]
    assert [one["type"] for one in told] == ["lead.erased"] * 2
    assert told[0]["data"] == {"lead": {"id": "lead-7"}}
    assert len(set(ids(taking)[-2:])) == 1


@pytest.mark.parametrize("text", ["\x00" * 5000, "😀" * 5000, "\ud800" * 5000, '"\\' * 5000])
async def test_a_body_is_never_larger_than_receivers_must_take(text: str) -> None:
    many = [(f"{text}{n}", text) for n in range(250)]
    receipts = [
        Receipt(rule=str(n), axis="fit", points=1, because=text, evidence=text, at=AT, version="v") for n in range(250)
    ]
    async with receiver() as taking:
        flooded = view(
            answers=many, contacts=many, last_lines=many, receipts=receipts, tags=[text] * 250, name=text,
            variants=dict(many), source={"first": dict(many), "last": dict(many)},
        )  # fmt: skip
        await target(taking).show(flooded, MemoryPosts())
    body = taking.deliveries[0].body
    assert len(body) <= LARGEST
    told = json.loads(body)["data"]
    assert told["shortened"] is True
    assert told["lead"]["id"] == "lead-7"
    assert told["lead"]["answers"]
