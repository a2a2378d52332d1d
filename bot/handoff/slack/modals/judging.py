"""Windows in which a colleague says what a lead is: not a fit, won, lost."""

from decimal import Decimal, InvalidOperation

from bot.desk.contract import DeskView
from bot.handoff.slack.modals.base import Mistakes, Place, Window, text_of
from bot.slack.kit import Block, ask, grouped, modal, option, select, typed
from bot.slack.listening import SlackView
from dialogs.desk.acts import Judge, Verdict
from dialogs.language.currencies import CODES

REASON, WORDS, AMOUNT, CURRENCY = "reason", "words", "amount", "currency"
_NOT_A_FIT = (
    "Too small", "Wrong region", "Wants something we do not have", "No budget", "Student, applicant or supplier",
    "Competitor", "Spam or nonsense",
)  # fmt: skip
_LOST = ("Price", "Bad timing", "Chose a competitor", "Stays with what they have", "Missing feature", "Went silent")
_COMMON = ("EUR", "USD", "GBP", "CHF", "CAD", "AUD", "JPY", "SEK", "NOK", "DKK", "PLN", "INR", "BRL", "MXN")
_WORDS_MOST = 500
_AMOUNT_MOST = Decimal("1e15")


def not_a_fit_modal(view: DeskView, place: Place) -> Block:
    """Why it is not a fit."""
    return _reason_modal(Window.NOT_A_FIT, "Not a fit", _NOT_A_FIT, place)


def lost_modal(view: DeskView, place: Place) -> Block:
    """Why it was lost."""
    return _reason_modal(Window.LOST, "Lost", _LOST, place)


def won_modal(view: DeskView, place: Place) -> Block:
    """What it is worth."""
    rest = sorted(CODES - set(_COMMON))
    groups = [
        ("Common", _COMMON),
        ("A to M", [one for one in rest if one < "N"]),
        ("N to Z", [one for one in rest if one >= "N"]),
    ]
    menu = grouped(
        "currency", ((label, [option(code, code) for code in codes]) for label, codes in groups), placeholder="Currency"
    )
    amount = typed("amount", kind="number_input", placeholder="12000")
    blocks = [
        ask(AMOUNT, "What it is worth", amount, optional=True, hint="Leave both empty if it is not to be said."),
        ask(CURRENCY, "Currency", menu, optional=True),
        _words("Anything to remember"),
    ]
    return modal(Window.WON, "Won", blocks, private=place.dump(), submit="Won")


def read_not_a_fit(window: SlackView) -> Judge | Mistakes:
    """The verdict with its reason; one is needed."""
    return _read_reason(window, Verdict.NOT_A_FIT)


def read_lost(window: SlackView) -> Judge | Mistakes:
    """The verdict with its reason; one is needed."""
    return _read_reason(window, Verdict.LOST)


def read_won(window: SlackView) -> Judge | Mistakes:
    """The verdict with what it is worth: an amount needs its currency, and a currency its amount."""
    given, currency = text_of(window, AMOUNT), text_of(window, CURRENCY)
    amount = None
    if given:
        amount = _read_amount(given)
        if amount is None:
            return Mistakes({AMOUNT: "That is no amount. Write digits, such as 12000 or 12000.50."})
        if not currency:
            return Mistakes({CURRENCY: "Which currency is it in?"})
        if currency not in CODES:
            return Mistakes({CURRENCY: "There is no such currency. Choose one of the list."})
    elif currency:
        return Mistakes({AMOUNT: f"How much {currency} is it worth? Empty the currency, too, if it is not to be said."})
    return Judge(
        verdict=Verdict.WON, reason=text_of(window, WORDS), amount=amount, currency=currency if amount else None
    )


def _reason_modal(window: Window, title: str, reasons: tuple[str, ...], place: Place) -> Block:
    menu = select("reason", [option(reason, reason) for reason in reasons], placeholder="Choose what is nearest")
    blocks = [ask(REASON, "Why?", menu, optional=True), _words("In your words")]
    return modal(window, title, blocks, private=place.dump(), submit="Close the lead")


def _words(label: str) -> Block:
    return ask(WORDS, label, typed("words", lines=True, most=_WORDS_MOST), optional=True)


def _read_reason(window: SlackView, verdict: Verdict) -> Judge | Mistakes:
    parts = [part for part in (text_of(window, REASON), text_of(window, WORDS)) if part]
    if not parts:
        return Mistakes({REASON: "Choose a reason, or write one below: it is what we learn from."})
    return Judge(verdict=verdict, reason=": ".join(parts))


def _read_amount(given: str) -> str | None:
    """A decimal number as text; None when it is none, below zero or beyond reason."""
    try:
        amount = Decimal(given)
    except InvalidOperation:
        return None
    if not amount.is_finite() or not 0 <= amount <= _AMOUNT_MOST:
        return None
    return f"{amount:f}"
