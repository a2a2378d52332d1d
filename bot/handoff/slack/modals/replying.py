"""Windows in which a colleague writes to the visitor: in their own words, in ready ones, or with a booking link."""

from collections.abc import Sequence

from bot.desk.contract import CannedReply, DeskView
from bot.handoff.slack.modals.base import Mistakes, Place, Window, short_title, text_of
from bot.slack.kit import Block, ask, context, modal, option, select, typed
from bot.slack.listening import SlackView
from bot.slack.mrkdwn import neutral
from bot.slack.rich import labelled, quote, rich
from dialogs.desk.acts import Speak
from dialogs.desk.standing import Phase

TEXT, CANNED = "text", "canned"
_LINES_MOST = 4
_EACH_MOST = 300
_SPEAKERS = {"bot": "bot", "visitor": "visitor", "rep": "colleague"}
_BOOKING = {
    "en": "You can choose a time for our call here: {url}",
    "de": "Hier können Sie einen Termin mit uns wählen: {url}",
    "es": "Aquí puede elegir una hora para hablar con nosotros: {url}",
    "fr": "Vous pouvez choisir ici un créneau pour échanger avec nous : {url}",
}


def reply_modal(view: DeskView, place: Place, initial: str = "") -> Block:
    """Write to the visitor; the end of the talk stands above."""
    return modal(
        Window.REPLY,
        short_title("Reply to", view.lead.name) if view.lead.name else "Reply",
        [*_talk(view), _words(TEXT, initial), _who_sees(view)],
        private=place.dump(),
        submit="Send",
    )


def booking_modal(view: DeskView, place: Place) -> Block:
    """The booking link in the visitor's language, to be sent as it is or in other words."""
    words = _BOOKING.get(view.lead.language[:2], _BOOKING["en"])
    return reply_modal(view, place, words.format(url=view.desk.plan.booking_url or ""))


def canned_modal(view: DeskView, place: Place, replies: Sequence[CannedReply], chosen: int | None = None) -> Block:
    """Choose ready words, change them where need be, send them. Choosing others replaces what stands there."""
    if not replies:
        nothing = context("There are no canned replies for this script. They stand in the team file under `canned`.")
        return modal(Window.CANNED, "Canned reply", [nothing], private=place.dump(), close="Close")
    menu = select(
        "choose",
        [option(reply.title, str(number)) for number, reply in enumerate(replies)],
        placeholder="Choose words",
        chosen=None if chosen is None else str(chosen),
    )
    blocks = [*_talk(view), ask(CANNED, "Canned reply", menu, optional=True, reports=True)]
    if chosen is not None and chosen < len(replies):
        blocks.append(_words(f"{TEXT}:{chosen}", replies[chosen].text))
    return modal(Window.CANNED, "Canned reply", [*blocks, _who_sees(view)], private=place.dump(), submit="Send")


def read_reply(window: SlackView) -> Speak | Mistakes:
    """The words to the visitor. They are known by the window's id, so that sending it twice says them once."""
    block = next((one for one in window.values if one.split(":")[0] == TEXT), None)
    if block is None:
        return Mistakes({CANNED: "Choose the words first; they can then be changed before they are sent."})
    text = text_of(window, block)
    if not text:
        return Mistakes({block: "Write something: nothing has been sent yet."})
    return Speak(text=text, reference=f"view:{window.id}")


def _words(block_id: str, initial: str) -> Block:
    return ask(block_id, "Your words", typed("words", lines=True, initial=initial, placeholder="Hello …"))


def _talk(view: DeskView) -> list[Block]:
    lines = view.lead.last_lines[-_LINES_MOST:]
    if not lines:
        return []
    said = ((_SPEAKERS.get(who, who), text) for who, text in lines)
    return [rich([quote(labelled(said, each=_EACH_MOST))])]


def _who_sees(view: DeskView) -> Block:
    desk = view.desk
    if desk.phase is Phase.TALKING:
        return context("The visitor reads it at once, from you by name and picture.")
    if desk.rep is not None:
        return context(
            f"With it you come into the chat and the bot falls silent. {neutral(desk.rep.name)} has this lead."
        )
    return context("With it the lead is yours, you come into the chat and the bot falls silent.")
