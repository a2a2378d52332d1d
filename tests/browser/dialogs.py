"""What the stand-in server says: canned dialogs that show everything a message can hold."""

from dataclasses import dataclass
from typing import Any

Message = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog:
    """A script reduced to its surface: each thing the visitor says is answered by the next turn, whatever it was."""

    name: str
    title: str
    turns: tuple[tuple[Message, ...], ...]
    description: str = ""
    language: str = "en"
    direction: str = "ltr"
    persona: tuple[str, str | None] | None = ("Mia Winter", None)

    @property
    def script(self) -> dict[str, Any]:
        """The ``script`` of a welcome."""
        name, picture = self.persona or (None, None)
        persona = {"name": name, "picture": picture} if name else None
        return {
            "name": self.name,
            "title": self.title,
            "language": self.language,
            "direction": self.direction,
            "persona": persona,
        }


def choices(**labels: str) -> list[dict[str, str]]:
    return [{"key": key, "label": label} for key, label in labels.items()]


def points(lowest: int, highest: int) -> list[dict[str, str]]:
    """The choices of a rating."""
    return choices(**{str(point): str(point) for point in range(lowest, highest + 1)})


GUIDE = Dialog(
    name="crm-guide",
    title="The CRM buyer's guide",
    description="Sends the guide and finds out who is about to buy.",
    turns=(
        (
            {"text": "Hi, I'm Mia. Choosing a CRM is a jungle, so we wrote a map."},
            {
                "text": "Shall I send you the buyer's guide? It is free, and 24 pages short.",
                "step": "ask.welcome",
                "choices": choices(yes="Yes, please", question="I have a question", no="Not today"),
            },
        ),
        (
            {
                "text": "Gladly. What may I call you?",
                "step": "ask.name",
                "input": {"kind": "text", "autocomplete": "given-name", "placeholder": "Your first name"},
            },
        ),
        (
            {
                "text": "Nice to meet you! And where shall it go?",
                "step": "ask.email",
                "input": {"kind": "email", "autocomplete": "email", "placeholder": "ada@example.com"},
            },
        ),
        (
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
                "text": "What matters most to your team?",
                "step": "ask.interests",
                "input": {"kind": "choices", "optional": True},
                "choices": choices(pipeline="Pipeline", mail="E-mail", reports="Reports", mobile="Mobile app"),
            },
        ),
        (
            {
                "text": "How many people would use it?",
                "step": "ask.team_size",
                "input": {"kind": "number", "minimum": 1, "optional": True, "placeholder": "For example 12"},
            },
        ),
        (
            {
                "text": "And when would you like to start?",
                "step": "ask.start",
                "input": {"kind": "date", "minimum": "2027-01-05", "maximum": "2027-12-31"},
            },
        ),
        (
            {
                "text": "How helpful was this chat so far?",
                "step": "ask.rating",
                "input": {
                    "kind": "rating",
                    "minimum": 1,
                    "maximum": 5,
                    "extra": {"labels": ["Not at all", "Very"]},
                },
                "choices": points(1, 5),
            },
        ),
        (
            {
                "text": "Thank you! Two things for you.",
                "card": {"kind": "code", "title": "20% off your first year", "code": "SPRING-7KQ2"},
            },
            {
                "text": "And a seat in our webinar:",
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
                "text": "More at https://example.com/prices (from 12 € a month).\nOr talk to us:",
                "links": [
                    {"label": "See the prices", "url": "https://example.com/prices"},
                    {"label": "Write a mail", "url": "mailto:sales@example.com"},
                ],
            },
        ),
        (
            {
                "text": "Hello, this is Ben from sales. I read along; ask me anything.",
                "from": "rep",
                "persona": {"name": "Ben Hart"},
            },
        ),
    ),
)

ARABIC = Dialog(
    name="arabic",
    title="دليل شراء نظام إدارة العملاء",
    language="ar",
    direction="rtl",
    persona=("ليلى", None),
    turns=(
        (
            {"text": "مرحبًا، أنا ليلى. اختيار نظام إدارة العملاء ليس سهلًا، لذلك كتبنا دليلًا."},
            {
                "text": "هل أرسله إليك؟",
                "step": "ask.welcome",
                "choices": choices(yes="نعم، من فضلك", question="لدي سؤال", no="ليس اليوم"),
            },
        ),
        ({"text": "بكل سرور. ما بريدك الإلكتروني؟", "input": {"kind": "email", "placeholder": "ada@example.com"}},),
        (
            {
                "text": "شكرًا! ها هو الدليل: https://example.com",
                "card": {
                    "kind": "file",
                    "title": "الدليل",
                    "description": "PDF, 24",
                    "url": "https://example.com/a.pdf",
                },
            },
        ),
    ),
)

HOSTILE = "<img src=x onerror=\"window.harmed='markup'\"><script>window.harmed='script'</script>"

TRAP = Dialog(
    name="trap",
    title=HOSTILE,
    persona=(HOSTILE, "javascript:window.harmed='picture'"),
    turns=(
        (
            {
                "text": f"{HOSTILE} javascript:window.harmed='text' [x](javascript:alert(1)) https://example.com/\"onclick=x",
                "picture": "javascript:window.harmed='picture'",
                "links": [
                    {"label": HOSTILE, "url": "javascript:window.harmed='link'"},
                    {"label": "data", "url": "data:text/html,<script>opener.harmed='data'</script>"},
                    {"label": "blank", "url": " \tjava\nscript:window.harmed='spaced'"},
                    {"label": "good", "url": "https://example.com/good"},
                ],
                "card": {
                    "kind": "file",
                    "title": HOSTILE,
                    "description": HOSTILE,
                    "url": "javascript:window.harmed='card'",
                },
            },
            {
                "text": "Press one",
                "step": HOSTILE,
                "choices": [{"key": HOSTILE, "label": HOSTILE}],
                "input": {"kind": "email", "placeholder": HOSTILE, "autocomplete": HOSTILE},
                "persona": {"name": HOSTILE, "picture": "vbscript:x"},
            },
        ),
        ({"text": "Still here."},),
    ),
)

TALK = Dialog(
    name="talk",
    title="Just talking",
    turns=(
        ({"text": "Hello! What is on your mind?"},),
        *(({"text": f"Answer {number}"},) for number in range(1, 40)),
    ),
)

ALL = (GUIDE, ARABIC, TRAP, TALK)
