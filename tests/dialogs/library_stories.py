"""Talks with the starter scripts from beginning to end: what visitors say, and what must come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Story:
    """What a visitor says, and what comes of it.

    Lines are parted by " | ". A line in [brackets] is a pressed button, "..." lets time pass, a line after ">" is an
    act outside the chat.
    """

    about: str
    script: str
    lines: str
    language: str = "en"
    arm: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    stage: str
    handoffs: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    consents: Mapping[str, bool] = field(default_factory=dict)
    unavailable: tuple[str, ...] = ()
    disqualified: str | None = None
    hears: tuple[str, ...] = ()
    """Parts of what the bot says on the way."""


STORIES = (
    Story(
        about="a director of a large team who wants to start soon",
        script="demo-request",
        arm="promise",
        lines=(
            "[Yes, let's] | Ada King | ada@lovelace-engines.com | Lovelace Engines Ltd | I'm the decision maker | 80 | "
            "25.000 € | in two months | [Yes, call me] | +49 171 1234567 | [In the morning]"
        ),
        answers={
            "first_name": "Ada King",
            "email": "ada@lovelace-engines.com",
            "role": "decides",
            "team_size": 80,
            "budget": {"amount": 25000, "currency": "EUR"},
            "timeline": "P2M",
            "phone": "+491711234567",
            "best_time": "morning",
            "segment": "large",
        },
        stage="mql",
        handoffs=("Hot, and waits for a call",),
        consents={"call_me": True},
        hears=(
            "Thank you, Ada. Where shall",
            "Omar here",
            "For 80 people",
            "I have just told a colleague",
            "We will call",
        ),
    ),
    Story(
        about="somebody who asks on the side, corrects herself and prefers mail",
        script="demo-request",
        arm="question",
        lines=(
            "[Our tool no longer fits] | Grace | how long does the demo take? | "
            "grace@hopper-compilers.com | Hopper Compilers | I prepare the decision | 20 | "
            "sorry, I meant 25 | skip | next month | [By e-mail, please]"
        ),
        answers={"topic": "replace", "team_size": 25, "segment": "small", "role": "prepares", "timeline": "P1M"},
        stage="warm",
        handoffs=("Wants a demo, arranges it by e-mail",),
        consents={"call_me": False},
        hears=("Half an hour. If you have", "That is soon", "You will hear from us at grace@hopper-compilers.com"),
    ),
    Story(
        about="a user without hurry and without a say in the budget",
        script="demo-request",
        arm="promise",
        lines="demo | Linus | linus@gmail.com | Torvalds GmbH | I'd use it | 5 | in a year | no",
        answers={"role": "uses", "team_size": 5, "timeline": "P1Y"},
        stage="cold",
        handoffs=("Wants a demo, arranges it by e-mail",),
        given=("tour",),
        consents={"keep_in_touch": False},
    ),
    Story(
        about="a student",
        script="demo-request",
        arm="promise",
        lines="[Yes, let's] | Alan | alan@uni.example.org | King's College | [I'm a student]",
        answers={"role": "student"},
        stage="disqualified",
        disqualified="Student",
        given=("tour",),
        hears=("For students everything is free", "Good luck with your studies!"),
    ),
    Story(
        about="somebody who gives no address",
        script="demo-request",
        arm="promise",
        lines="[Yes, let's] | Eve | no way | never | not telling you that",
        stage="cold",
        handoffs=("Wants a demo, left no e-mail address",),
        hears=("they will answer you here",),
    ),
    Story(
        about="somebody who looks for herself",
        script="demo-request",
        arm="question",
        lines="[I am just curious] | [Not now]",
        answers={"topic": "curious"},
        stage="cold",
        given=("tour",),
    ),
    Story(
        about="somebody who wants nothing",
        script="demo-request",
        arm="promise",
        lines="[No, thanks]",
        stage="cold",
        hears=("Should a demo make sense one day",),
    ),
    Story(
        about="somebody whom nothing brings here, in German",
        script="demo-request",
        language="de",
        arm="question",
        lines="nichts",
        stage="cold",
        hears=("Falls eine Vorführung einmal sinnvoll wird",),
    ),
    Story(
        about="a German visitor with a large team",
        script="demo-request",
        language="de-AT",
        arm="promise",
        lines=(
            "klar | Jörg | joerg@weinbau-huber.at | Weinbau Huber GmbH | Ich bin Geschäftsführer | sechzig | "
            "etwa 10.000 Euro | in drei Monaten | Ja, rufen Sie an | +43 660 1234567 | egal"
        ),
        answers={"team_size": 60, "timeline": "P3M", "phone": "+436601234567", "segment": "large"},
        stage="mql",
        handoffs=("Hot, and waits for a call",),
        hears=("Hier ist Omar", "Bei 60 Personen"),
    ),
    Story(
        about="a new customer",
        script="discount",
        lines="[Yes, please] | yes it is | mia.berg@posteo.de | no thanks | about 80 euros",
        answers={"first_order": True, "order_value": {"amount": 80, "currency": "EUR"}},
        stage="warm",
        given=("discount",),
        consents={"keep_in_touch": False},
        hears=("Lovely.", "Enjoy looking around!"),
    ),
    Story(
        about="a customer who was here before",
        script="discount",
        lines="discount | no, I order every year | kim@web.de | yes | skip",
        answers={"first_order": False},
        stage="cold",
        given=("outlet",),
        consents={"keep_in_touch": True},
    ),
    Story(
        about="a new customer for whom no code is left",
        script="discount",
        lines="yes please | yes | kim@web.de | no | skip",
        unavailable=("discount",),
        stage="cold",
        given=("outlet",),
    ),
    Story(
        about="a large order, in Spanish",
        script="discount",
        language="es",
        lines="sí, por favor | sí | lucia@tienda-sol.es | no | 2.500 € | sí | +34 612 345 678",
        answers={"phone": "+34612345678", "order_value": {"amount": 2500, "currency": "EUR"}},
        stage="mql",
        handoffs=("Order of 1,000 € or more, wants a call",),
        given=("discount",),
        hears=("Para eso podemos ofrecerle", "Le llamarán hoy o mañana", "¡Disfrute mirando!"),
    ),
    Story(
        about="a small order, in French",
        script="discount",
        language="fr",
        lines="[Oui, volontiers] | oui | zoe@maison-verte.fr | oui | 120 euros",
        answers={"first_order": True},
        stage="warm",
        given=("discount",),
        consents={"keep_in_touch": True},
        hears=("Très bien.", "Bonne visite !"),
    ),
    Story(
        about="a large order by mail, in German",
        script="discount",
        language="de",
        lines="Ja, bitte | ja | einkauf@kanzlei-nord.de | nein | etwa 3000 Euro | nein",
        answers={"first_order": True, "order_value": {"amount": 3000, "currency": "EUR"}},
        stage="mql",
        given=("discount",),
        consents={"keep_in_touch": False, "call_me": False},
        hears=("Da geht mehr als ein Code.", "Viel Freude beim Stöbern!"),
    ),
    Story(
        about="somebody without interest",
        script="discount",
        lines="no, thank you",
        stage="cold",
        hears=("Enjoy looking around!",),
    ),
    Story(
        about="a project manager who comes to the webinar",
        script="webinar",
        lines=(
            "[Yes, a seat please] | Nora | nora@fjordbank.no | [Yes, remind me] | ... | "
            "How do you handle | duplicates? | ... | yes, in autumn | 150 | yes | +47 406 12 345"
        ),
        answers={
            "first_name": "Nora",
            "question": "How do you handle\nduplicates?",
            "has_project": True,
            "team_size": 150,
            "phone": "+4740612345",
        },
        stage="mql",
        handoffs=("Has a project and wants a call before the webinar",),
        given=("webinar",),
        consents={"remind_me": True, "call_me": True},
        hears=("Thank you, Nora.", "Omar will call you", "See you on 15 April, Nora!"),
    ),
    Story(
        about="somebody who only listens",
        script="webinar",
        lines="what will I learn? | ok | Sam Ramirez | sam@gmail.com | no | ... | skip | no",
        answers={"has_project": False},
        stage="warm",
        given=("webinar",),
        consents={"remind_me": False},
        hears=("Three things.", "See you on 15 April, Sam!"),
    ),
    Story(
        about="somebody who cannot come",
        script="webinar",
        language="de",
        lines="[Da kann ich nicht] | [Ja, per E-Mail] | uwe@stadtwerke-x.de | ja",
        answers={"email": "uwe@stadtwerke-x.de"},
        stage="cold",
        given=("recording",),
        consents={"remind_me": True},
        hears=("Dann nehmen Sie die Aufzeichnung",),
    ),
    Story(
        about="somebody who signs up, has a project, and comes",
        script="webinar",
        lines="seat | Pat | pat@acme-tools.com | yes | ... | skip | yes | 30 | no | >webinar.opened",
        stage="mql",
        handoffs=("Came to the webinar and has a project",),
        given=("webinar",),
    ),
    Story(
        about="somebody who has no interest",
        script="webinar",
        lines="no thanks",
        stage="cold",
        hears=("Thank you for stopping by!",),
    ),
    Story(
        about="a company that loses a fortune",
        script="savings-estimate",
        lines=(
            "[Let's see] | 40 | 5 hours | 50 | 5 | [Yes, please] | cfo@northwind-ships.com | yes | +44 20 7946 0958"
        ),
        answers={
            "people": 40,
            "hours": 5,
            "hours_a_year": 9200,
            "cost_a_year": 460000,
            "savings": 153333,
            "usefulness": 5,
        },
        stage="mql",
        handoffs=("Could save 20,000 € a year or more, wants a call",),
        given=("worksheet",),
        hears=("9,200 hours a year", "460,000", "153,333", "A colleague will have your numbers at hand."),
    ),
    Story(
        about="a company that loses little",
        script="savings-estimate",
        lines="sure | 2 | 1 | 40",
        answers={"savings": 1227},
        stage="cold",
        given=("templates",),
        hears=("a new tool is hardly worth it",),
    ),
    Story(
        about="a German company in the middle",
        script="savings-estimate",
        language="de",
        lines=(
            "Wie rechnen Sie das? | [Gut, sehen wir nach] | zehn | 3 | 45 Euro | 4 | ja bitte | ina@buchwald.de | nein"
        ),
        answers={"hours_a_year": 1380, "cost_a_year": 62100, "savings": 20700},
        stage="mql",
        given=("worksheet",),
        hears=("1.380 Stunden", "62.100", "20.700"),
    ),
    Story(
        about="somebody whose second thoughts change the result",
        script="savings-estimate",
        lines="let's see | 10 | 3 | 45 | sorry, I meant 30 euros | skip | no thank you",
        answers={"cost_a_year": 41400, "savings": 13800},
        stage="cold",
        hears=("20,700", "13,800"),
    ),
    Story(
        about="somebody who would rather not",
        script="savings-estimate",
        lines="how do you work it out? | [Another time]",
        stage="cold",
        hears=("The three numbers can wait.",),
    ),
    Story(
        about="a managing director of a large team who wants to start at once",
        script="crm-guide",
        lines="[Yes, please] | Ada Lovelace | ada@lovelace-engines.com | yes | CEO | 80 | as soon as possible | yes",
        answers={
            "first_name": "Ada Lovelace",
            "email": "ada@lovelace-engines.com",
            "role": "decides",
            "team_size": 80,
            "timeline": "now",
        },
        stage="mql",
        handoffs=("Ready to buy this month", "Wants a call"),
        given=("guide",),
        consents={"keep_in_touch": True, "call_me": True},
        hears=(
            "And where shall it go, Ada?",
            "The checklist on the last page",
            "That sounds close.",
            "Then chapter 5 is for you. It is about moving 80 people",
            "Enjoy the guide, Ada!",
        ),
    ),
    Story(
        about="a consultant of a small team who asks first and gives no name",
        script="crm-guide",
        lines=(
            "[I have a question] | what does it cost? | send me the guide | skip | sam@bakery-miller.com | "
            "why do you ask? | no thanks | I'm a consultant | 12 | just looking"
        ),
        answers={"role": "advises", "team_size": 12, "timeline": "later"},
        stage="warm",
        given=("guide",),
        consents={"keep_in_touch": False},
        hears=(
            "From 12 € a month",
            "And where shall it go?",
            "The guide is yours either way.",
            "Then chapter 2 is for you.",
            "Enjoy the guide!",
        ),
    ),
    Story(
        about="the owner of a German winery",
        script="crm-guide",
        language="de-AT",
        lines="gern | Jörg Huber | joerg@weinbau-huber.at | nein | Ich bin der Inhaber | sechs | dieses Quartal",
        answers={"first_name": "Jörg Huber", "role": "decides", "team_size": 6, "timeline": "quarter"},
        stage="warm",
        given=("guide",),
        consents={"keep_in_touch": False},
        hears=("Und wohin darf er gehen, Jörg?", "Dann ist Kapitel 2 das richtige.", "Viel Freude damit, Jörg!"),
    ),
    Story(
        about="somebody who wants no guide",
        script="crm-guide",
        lines="[No, thanks]",
        stage="cold",
        hears=("Thank you for stopping by. The guide is here whenever you want it.",),
    ),
    Story(
        about="somebody who only has a question",
        script="crm-guide",
        lines="[I have a question] | is there a free trial? | [That is all]",
        stage="cold",
        hears=("Yes, 30 days with everything", "Thank you for stopping by."),
    ),
    Story(
        about="somebody who gives no address",
        script="crm-guide",
        lines="[Yes, please] | skip | no way | never | not telling you that",
        stage="cold",
        hears=("That is quite all right.",),
    ),
    Story(
        about="a student",
        script="crm-guide",
        language="de",
        lines="Ja, bitte | Ida | ida@uni.example.org | nein | Studentin",
        answers={"role": "student"},
        stage="disqualified",
        disqualified="Student",
        given=("guide",),
        hears=("Für Studierende", "Viel Freude damit, Ida!"),
    ),
    Story(
        about="a buyer who starts this month",
        script="crm-guide",
        lines=(
            "[Yes, please] | Ada | ada@lovelace-engines.com | yes | I decide | 80 | this month | yes | >guide.opened"
        ),
        answers={"team_size": 80, "timeline": "now", "role": "decides"},
        stage="mql",
        handoffs=("Ready to buy this month", "Wants a call"),
        given=("guide",),
    ),
)
