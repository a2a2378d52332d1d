"""Every state the chat can be in, and how it comes into it: for the tests of accessibility and for pictures."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import expect

from tests.browser.dialogs import choices, points
from tests.browser.standin import StandIn, Talk
from tests.browser.visitor import Visitor

LONG = (
    "This answer is long, as answers of real people are: it has a comma here, a thought there, and goes on until a "
    "line must break, and then a word that knows no end: Donaudampfschifffahrtsgesellschaftskapitänswitwenrente."
)
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 9'%3E"
    "%3Crect width='16' height='9' fill='%2398b4d8'/%3E%3Cpath d='M0 9 5 4l3 3 4-5 4 4v3z' fill='%2345658f'/%3E"
    "%3C/svg%3E"
)
CARDS: tuple[Mapping[str, Any], ...] = (
    {
        "text": "Here it is. The comparison on page 9 is the part most people like best.",
        "card": {
            "kind": "file",
            "title": "The CRM buyer's guide",
            "description": "PDF, 24 pages",
            "url": "https://example.com/guide.pdf",
        },
    },
    {
        "text": "And something for you:",
        "card": {
            "kind": "code",
            "title": "20% off your first year",
            "code": "SPRING-7KQ2",
            "url": "https://example.com",
        },
    },
    {
        "text": "A seat in our webinar:",
        "card": {
            "kind": "event",
            "title": "CRM in an hour",
            "starts": "2027-03-04T15:00:00+01:00",
            "ends": "2027-03-04T16:00:00+01:00",
            "url": "https://example.com/live",
            "calendar_url": "https://example.com/crm.ics",
            "calendars": [
                {"label": "Google", "url": "https://calendar.google.com/calendar/render?text=CRM+in+an+hour"},
                {
                    "label": "Outlook",
                    "url": "https://outlook.live.com/calendar/0/deeplink/compose?subject=CRM+in+an+hour",
                },
            ],
            "place": "Online",
        },
    },
    {
        "text": "More at https://example.com/prices, or here:",
        "links": [
            {"label": "See the prices", "url": "https://example.com/prices"},
            {"label": "Write a mail", "url": "mailto:sales@example.com"},
        ],
    },
)
COUNTRIES = ["Austria", "Belgium", "Croatia", "Denmark", "Estonia", "Finland", "Greece", "Hungary", "Ireland", "Latvia"]
INPUTS: Mapping[str, Mapping[str, Any]] = {
    "choices": {
        "text": "What matters most to your team?",
        "input": {"kind": "choices", "optional": True, "minimum": 1, "maximum": 3},
        "choices": choices(pipeline="Pipeline", mail="E-mail", reports="Reports and forecasts", mobile="Mobile app"),
    },
    "many": {
        "text": "Where is your office?",
        "input": {"kind": "choice"},
        "choices": choices(**{name.lower(): name for name in COUNTRIES}),
    },
    "date": {
        "text": "When would you like to start?",
        "input": {"kind": "date", "minimum": "2027-01-05", "maximum": "2027-12-31"},
    },
    "time": {"text": "At what time may we call?", "input": {"kind": "time", "minimum": "09:00", "maximum": "17:00"}},
    "datetime": {"text": "When shall we meet?", "input": {"kind": "datetime"}},
    "phone": {
        "text": "Which number may we call?",
        "input": {"kind": "tel", "autocomplete": "tel", "placeholder": "020 7946 0018"},
    },
    "file": {
        "text": "May we see the brief?",
        "input": {
            "kind": "file",
            "optional": True,
            "maximum": 10_000_000,
            "extra": {"accept": ".pdf,image/*", "kinds": "PDF or picture"},
        },
    },
    "number": {
        "text": "How many people would use it?",
        "input": {"kind": "number", "minimum": 1, "optional": True, "placeholder": "12", "extra": {"unit": "people"}},
    },
    "stars": {
        "text": "How helpful was this chat so far?",
        "input": {
            "kind": "rating",
            "minimum": 1,
            "maximum": 5,
            "extra": {"labels": ["Not at all", "Very"], "style": "stars"},
        },
        "choices": points(1, 5),
    },
    "scale": {
        "text": "How likely are you to recommend us?",
        "input": {"kind": "rating", "minimum": 0, "maximum": 10, "extra": {"labels": ["Never", "Surely"]}},
        "choices": points(0, 10),
    },
}
REP = {"from": "rep", "persona": {"name": "Ben Hart"}}


@dataclass(frozen=True, slots=True)
class State:
    """One state: on which page, and what happens until it is reached."""

    reach: Callable[[Visitor, StandIn], Awaitable[None]]
    path: str = "/page/talk"
    options: Mapping[str, Any] = field(default_factory=dict)
    """Of the browser profile."""


async def _closed(visitor: Visitor, server: StandIn) -> None:
    await expect(visitor.launcher).to_be_visible()


async def _opened(visitor: Visitor, server: StandIn) -> None:
    await visitor.opens()


async def _greeted(visitor: Visitor, server: StandIn) -> None:
    await visitor.greeted()


async def _begun(visitor: Visitor, server: StandIn) -> Talk:
    """The chat is open and connected; the stand-in's side of it."""
    if await visitor.launcher.is_visible():
        await visitor.launcher.click()
    await visitor.greeted()
    await visitor.says("Hello!")
    await visitor.sees("Answer 1")
    return server.talks[-1]


def _asked(message: Mapping[str, Any]) -> Callable[[Visitor, StandIn], Awaitable[None]]:
    async def reach(visitor: Visitor, server: StandIn) -> None:
        talk = await _begun(visitor, server)
        await server.push(talk, talk.add(**message))
        await visitor.sees(message["text"])
        if message["input"]["kind"] != "number":
            await expect(visitor.chat.locator(".answers input, .extra > *").first).to_be_visible()

    return reach


async def _cards(visitor: Visitor, server: StandIn) -> None:
    talk = await _begun(visitor, server)
    await server.push(talk, *(talk.add(**message) for message in CARDS))
    await expect(visitor.chat.locator(".card")).to_have_count(3)
    await expect(visitor.chat.locator(".links a")).to_have_count(2)


async def _long(visitor: Visitor, server: StandIn) -> None:
    talk = await _begun(visitor, server)
    await visitor.says(LONG)
    await visitor.sees("Answer 2")
    await server.push(
        talk,
        talk.add(text=LONG, picture=PICTURE),
        talk.add(text="👍", choices=[{"key": "a", "label": "x"}, {"key": "b", "label": LONG[:140]}]),
    )
    await expect(visitor.button("x")).to_be_visible()


async def _failed(visitor: Visitor, server: StandIn) -> None:
    await _begun(visitor, server)
    server.refusals = [{"code": "too_long"}]
    await visitor.says("This is far too long.")
    await visitor.sees_state("far too long", "failed")


async def _offline(visitor: Visitor, server: StandIn) -> None:
    await _begun(visitor, server)
    await visitor.page.context.set_offline(True)
    await server.stop()
    await expect(visitor.chat.locator(".banner")).not_to_be_empty()
    await visitor.says("Are you there?")
    await visitor.sees_state("Are you there?", "waiting")


async def _ended(visitor: Visitor, server: StandIn) -> None:
    talk = await _begun(visitor, server)
    talk.status = "ended"
    await server.push(talk, talk.add(text="Goodbye, and enjoy the guide!"))
    await expect(visitor.chat.locator(".ended")).to_be_visible()


async def _person(visitor: Visitor, server: StandIn) -> None:
    talk = await _begun(visitor, server)
    talk.status = "talking"
    back = [{"key": "leave_person", "label": "Back to the bot"}]
    joined = {"text": "Ben Hart has joined the chat.", "joined": {"name": "Ben Hart"}, "choices": back}
    await server.push(
        talk,
        talk.add(**joined),
        talk.add(text="Hello, Ben here. I read along; ask me anything.", id="1", **REP),
        talk.add(text="It costs 80.", id="2", **REP),
        talk.add(text="It costs 90.", id="2", revises=True, **REP),
    )
    await expect(visitor.person).to_be_visible()
    await visitor.sees("It costs 90.")


async def _teased(visitor: Visitor, server: StandIn) -> None:
    persona = {"name": "Mia Winter", "picture": None}
    teaser = {
        "name": "prices",
        "tease": "Questions about prices?",
        "ends": ["closed", "engaged"],
        "persona": persona,
        "choices": ["What does it cost?"],
    }
    attract = {"teasers": [teaser], "acts": [], "close": "Close"}
    server.cards["talk"] = {"name": "talk", "title": "Just talking", "persona": persona, "look": {}, "attract": attract}
    await visitor.page.reload()
    await expect(visitor.chat.get_by_role("button", name="What does it cost?")).to_be_visible()


async def _popup(visitor: Visitor, server: StandIn) -> None:
    await visitor.page.get_by_role("link", name="Talk to us").click()
    await visitor.greeted()
    await visitor.connected()


PHONE: Mapping[str, Any] = {"viewport": {"width": 390, "height": 760}, "has_touch": True, "is_mobile": True}

STATES: Mapping[str, State] = {
    "closed": State(_closed),
    "teased": State(_teased),
    "opened": State(_opened),
    "options": State(_opened, "/page/shop"),
    **{name: State(_asked(message)) for name, message in INPUTS.items()},
    "cards": State(_cards),
    "long": State(_long),
    "failed": State(_failed),
    "offline": State(_offline),
    "ended": State(_ended),
    "person": State(_person),
    "popup": State(_popup, "/page/popup"),
    "inline": State(_greeted, "/page/inline"),
    "page": State(_greeted, "/chat/crm-guide"),
    "arabic": State(_opened, "/page/arabic"),
}
