"""What a visitor can always say, and corrections, in the many wordings that people use."""

import pathlib

import pytest

from dialogs.language.plain_words import plain_words
from dialogs.side_questions import find_answer
from dialogs.small_talk import SmallTalk, read_small_talk
from dialogs.wishes import Wish, asks_why, read_correction, read_wish
from tests.dialogs.engine.scripts import GUIDE
from tests.talk import Talk, script_of

SCRIPT = script_of(GUIDE)
LIBRARY = pathlib.Path(__file__).parents[3] / "dialogs" / "library"

WISHES = {
    Wish.BACK: """
        can you go back|could we go back one step|one back|prev|undo that|oops go back|take me back to the previous
        question
        |can I go back to the last question|I want to change my last answer|I'd like to go back|go one step back
        |zur vorherigen Frage|ich möchte zurück|rückgängig|quiero volver|je veux revenir en arrière
    """,
    Wish.SKIP: """
        can I skip this|can we skip this|let's skip this one|I'd like to skip|pass on this|move on|not answering that
        |I'd rather not answer|prefer not to answer|kann ich das überspringen|siguiente pregunta|passer cette question
    """,
    Wish.REPEAT: """
        could you repeat|please repeat the question|what was the question again|what did you say|once more please
        |one more time|I forgot the question|wie war die Frage|können Sie das wiederholen|puedes repetir
        |pouvez-vous répéter la question|encore une fois
    """,
    Wish.STOP: """
        stop this chat|stop asking me questions|stop messaging me|end this conversation|abort|go away|I'm done
        here|opt out
        |that's enough|hören Sie auf|Chat beenden|Schluss jetzt|basta ya|ça suffit
    """,
    Wish.PERSON: """
        let me speak to your manager|give me a person|can someone call me|call me back|please call me|transfer me
        |is there someone I can talk to|someone from your team|no bots please|I hate bots|kann mich jemand anrufen
        |rufen Sie mich an|que me llame alguien|rappelez-moi|human being
    """,
    Wish.RESTART: "start from scratch|from the top|nochmal von vorne|recommencer depuis le début",
    Wish.HELP: "what are my options|hilf mir",
}
NO_WISHES = """
    back office|back in 2019|last year|next month|next step consulting|call me Bob|I answer phones|skip level meetings
    |stop motion studio|the end|end of Q2|close to 50|once a month|change management|move to the cloud|talk show|one
    more
    |human resources|sales team of 5|support team|una persona|eine Person|5 people|never mind|no more|go on|repeat
    customers
    |exit strategy|enough for 50 people|para 50 personas|fin de mes|weiterbildung|I have to ask my boss
"""


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("|")]


@pytest.mark.parametrize(("wish", "said"), [(wish, said) for wish, text in WISHES.items() for said in lines(text)])
def test_a_wish_is_heard_in_other_words(wish: Wish, said: str) -> None:
    assert read_wish(SCRIPT, plain_words(said)) is wish


@pytest.mark.parametrize("said", lines(NO_WISHES))
def test_an_answer_that_holds_the_words_of_a_wish_is_none(said: str) -> None:
    assert read_wish(SCRIPT, plain_words(said)) is None


@pytest.mark.parametrize(
    "said",
    [
        "why is this needed",
        "what will you do with my number",
        "how come you ask",
        "is this really necessary",
        "do you really need that",
        "do I have to tell you",
        "but why",
        "wofür brauchst du das",
        "ist das nötig",
        "es necesario",
        "à quoi ça sert",
    ],
)
def test_why_is_heard_in_other_words(said: str) -> None:
    assert asks_why(SCRIPT, plain_words(said))


@pytest.mark.parametrize(
    ("said", "talk"),
    [
        ("thank you so much for your help", SmallTalk.THANKS),
        ("hello bot", SmallTalk.GREETING),
        ("is this automated?", SmallTalk.IDENTITY),
        ("are you ChatGPT", SmallTalk.IDENTITY),
        ("please delete all my data", SmallTalk.DATA),
        ("remove me from your database", SmallTalk.DATA),
        ("what data do you store about me?", SmallTalk.DATA),
        ("bitte löschen Sie meine Daten", SmallTalk.DATA),
    ],
)
def test_small_talk_is_heard_in_other_words(said: str, talk: SmallTalk) -> None:
    assert read_small_talk(said) is talk


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("scratch that, 60", "60"),
        ("on second thought, 60", "60"),
        ("I said 50 but meant 60", "60"),
        ("instead of 50 put 60", "60"),
        ("let me correct that: 60", "60"),
        ("actually make that 60", "60"),
        ("could you change my email to ada@example.com please", "ada@example.com"),
        ("I'd like to change my email to ada@example.com", "ada@example.com"),
        ("my email was wrong, it's ada@example.com", "ada@example.com"),
        ("I misspelled my name, it's Bob", "Bob"),
        ("kannst du meine E-Mail auf ada@example.com ändern", "ada@example.com"),
        ("meine E-Mail ist falsch, richtig ist ada@example.com", "ada@example.com"),
        ("puedes cambiar mi correo a ada@example.com", "ada@example.com"),
        ("pouvez-vous changer mon email en ada@example.com", "ada@example.com"),
    ],
)
def test_a_correction_is_certain_in_many_wordings(said: str, rest: str) -> None:
    found = read_correction(said)
    assert found is not None and found.certain and found.rest == rest


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("no, 60", "60"),
        ("not 50, 60", "60"),
        ("60 not 50", "60"),
        ("60, sorry", "60"),
        ("whoops, 60", "60"),
        ("use ada@example.com instead", "ada@example.com"),
        ("nicht 50, sondern 60", "60"),
    ],
)
def test_what_may_be_a_correction_or_an_answer_is_uncertain(said: str, rest: str) -> None:
    found = read_correction(said)
    assert found is not None and not found.certain and found.rest == rest


@pytest.mark.parametrize(
    "said",
    lines(
        """
        I'd like to change my CRM to HubSpot|we want to replace Salesforce with HubSpot|instead of Salesforce we use
        HubSpot
        |my CRM should be cloud based|the price should be lower|that should be fine|that should be enough|not sure,
        maybe later
        |no, thanks|sorry, no|sorry, I don't know|sorry what?|can you call me at 5|earlier we used Excel, but now it's
        Sage
        |change the way we work|can you change my plan to pro|use it instead of Excel|not 100% sure
        """
    ),
)
def test_ordinary_answers_are_no_corrections(said: str) -> None:
    assert read_correction(said) is None


def test_corrections_reach_the_answer_they_are_about_and_recalculate_the_points() -> None:
    talk = Talk.of(GUIDE)
    talk.presses("Yes, please")
    for line in ("Rob", "ada@example.com", "yes", "80"):
        talk.says(line)
    assert {receipt.rule for receipt in talk.here.receipts} != set()
    talk.says("that should be Bob not Rob")
    assert talk.answers["first_name"] == "Bob"
    talk.says("no wait, my email is x@example.org")
    assert talk.answers["email"] == "x@example.org"
    before = talk.here.receipts
    talk.says("sorry I meant 20")
    assert talk.answers["team_size"] == 20
    assert talk.here.receipts != before


FAQ = {
    "demo-request": {
        "What does it cost": "how much does it costs?|wat does it cost|whats the pricing|price?|how much do i have to pay"
        "|what are your fees?|is it expensive?|wie viel kostet es|Preis?",
        "How long does the demo take": "how lnog does the demo taek|how much time does it take?|duration?|wie lang dauert es",
        "Who will be there": "can i bring a colleague|can i bring colegues",
    },
    "webinar": {
        "Will there be a recording": "do you record it?|is there a replay?|gibt es einen Mitschnitt?",
        "In which language is it": "which langauge|what language is it in?",
    },
    "discount": {
        "How long is the code valid": "when does the code expire?|is the code still valid next month?",
        "What does shipping cost": "whats the shiping cost|is delivery free?|do I pay for delivery?",
        "Can I return things": "what's your return policy?|can I get a refund?|kann ich das umtauschen?",
    },
    "crm-guide": {
        "Is there a free trial": "is there a fre trial?|kann ich das ausprobieren?|do you have a test version?"
    },
}
NOT_IN_THE_FAQ = """
    how long have you been in business?|how long is the contract?|is the data safe?|can I pay with paypal?
    |do you have a free lunch?|our costs are too high|too expensive|I have colleagues|it took long|50|Bob
    |we are looking for a cheap tool|what is a crm
"""


@pytest.mark.parametrize(
    ("name", "entry", "asked"),
    [(name, entry, one) for name, faq in FAQ.items() for entry, asked in faq.items() for one in lines(asked)],
)
def test_a_side_question_is_found_in_other_words_and_with_slips(name: str, entry: str, asked: str) -> None:
    found = find_answer(script_of((LIBRARY / f"{name}.yaml").read_text()), asked)
    assert found is not None and found.questions[0] == entry


@pytest.mark.parametrize("asked", lines(NOT_IN_THE_FAQ))
def test_what_the_faq_does_not_answer_is_not_answered_from_it(asked: str) -> None:
    assert find_answer(script_of((LIBRARY / "demo-request.yaml").read_text()), asked) is None


@pytest.mark.parametrize(
    "words", ["no ", "sorry ", "oh no ", "no wait ", "ah sorry ", "please ", "i mean ", "can you please "]
)
def test_a_message_of_nothing_but_openings_is_read_at_once(words: str) -> None:
    # With two ways to read a word, forty of them would take longer than anybody waits.
    assert read_wish(SCRIPT, plain_words(words * 5)) is None
    read_correction(words * 40)
    assert read_correction("I said it: " + words * 40) is None


@pytest.mark.parametrize("signs", ["- -", "-' '-", "– – –", "'", "- ' -", "?!", "…"])
def test_a_message_of_nothing_but_signs_is_no_wish_and_no_end(signs: str) -> None:
    talk = Talk.of(GUIDE)
    assert plain_words(signs) == ""
    assert talk.says(signs) != ""


def test_an_address_told_unasked_may_be_told_again() -> None:
    talk = Talk.of(GUIDE)
    talk.presses("Yes, please")
    talk.says("ada@example.com")
    talk.says("oops, ada@example.org")
    assert talk.answers["email"] == "ada@example.org"
