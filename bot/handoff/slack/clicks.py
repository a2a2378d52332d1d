"""What a pressed button means: an act at once, or a window in which to say more."""

import logging

from bot.desk.contract import Acted, DeskView
from bot.handoff.slack.acting import Acting
from bot.handoff.slack.buttons import Button
from bot.handoff.slack.home import REFRESH, SET_AVAILABILITY
from bot.handoff.slack.modals.base import Place, Window, read_place
from bot.handoff.slack.modals.details import details_modal, trace_modal
from bot.handoff.slack.modals.filling import FIELD, fill_modal, note_modal
from bot.handoff.slack.modals.giving import pass_on_modal, snooze_modal
from bot.handoff.slack.modals.judging import lost_modal, not_a_fit_modal, won_modal
from bot.handoff.slack.modals.replying import CANNED, booking_modal, canned_modal, reply_modal
from bot.handoff.slack.posting import Reference
from bot.handoff.slack.whispering import ERASED, PRESS_AGAIN
from bot.slack.kit import Block
from bot.slack.listening import BlockAction, SlackView
from bot.slack.refusals import SlackRefused
from dialogs.desk.acts import Claim, GiveBack, Join, Judge, Look, Release, RepAct, Verdict
from dialogs.desk.people import Availability

log = logging.getLogger(__name__)

_ACTS: dict[str, RepAct] = {
    Button.CLAIM: Claim(),
    Button.NOT_NOW: Release(),
    Button.RELEASE: Release(),
    Button.JOIN: Join(),
    Button.GIVE_BACK: GiveBack(),
    Button.ACCEPTED: Judge(verdict=Verdict.ACCEPTED),
    Button.QUALIFIED: Judge(verdict=Verdict.SALES_QUALIFIED),
    Button.NO_ANSWER: Judge(verdict=Verdict.NO_ANSWER),
}
"""Buttons that need no more words."""
_WRITES = frozenset({Button.REPLY, Button.CANNED, Button.BOOKING})
"""Somebody is about to write: the visitor sees that much."""
_LOOKS = frozenset({Button.DETAILS, Button.TRACE})


class Clicks:
    """Hears buttons and menus, in cards, offers, windows and the home tab."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def hear(self, event: BlockAction) -> None:
        """Deal with a press."""
        name, _, _ = event.action_id.partition(":")
        if name == SET_AVAILABILITY:
            await self._set_availability(event)
        elif name == REFRESH:
            await self._acting.publish_home(event)
        elif event.view is not None and event.view.type == "modal":
            await self._chosen(event, event.view)
        elif not event.value.isdecimal() or len(event.value) > 18:
            log.debug("a button that is none of the desk's: %s", event.action_id)
        elif name in _ACTS:
            await self._act(event, int(event.value), _ACTS[name])
        elif name in tuple(Button):
            await self._open(event, Button(name), int(event.value))

    async def _act(self, event: BlockAction, handoff: int, act: RepAct) -> None:
        acted = await self._acting.act(event, handoff, act)
        await self._after(event, acted)

    async def _after(self, event: BlockAction, acted: Acted) -> None:
        """Say what is to be said to the one who pressed, and put right what they pressed in."""
        if acted.view is None:
            await self._gone(event)
        elif acted.whispers:
            await self._acting.whispering.answer(event, "\n".join(acted.whispers))
            await self._rewrite(event, acted.view)
        if event.view is not None and event.view.type == "home":
            await self._acting.refresh_home(event)

    async def _gone(self, event: BlockAction) -> None:
        await self._acting.whispering.answer(event, ERASED)
        await self._rewrite(event, None)

    async def _rewrite(self, event: BlockAction, view: DeskView | None) -> None:
        """Put right the card or offer that was pressed in; a list, whose buttons carry a number, stays as it is."""
        if event.view is None and ":" not in event.action_id:
            await self._acting.rewrite(Reference(event.channel, event.message_ts), view, event.user)

    async def _open(self, event: BlockAction, button: Button, handoff: int) -> None:
        """Open a window. A press from before a restart opens none: Slack allows three seconds."""
        whispering = self._acting.whispering
        if event.late or not event.trigger_id:
            await whispering.answer(event, PRESS_AGAIN)
            return
        view = await self._acting.desk.view(handoff)
        if view is None:
            await self._gone(event)
            return
        place = Place(handoff=handoff, channel=event.channel, ts=event.message_ts, thread=event.thread_ts)
        if not await whispering.open(event.trigger_id, await self._window(event, button, view, place)):
            await whispering.answer(event, PRESS_AGAIN)
        elif button in _WRITES:
            await self._acting.desk.typing(handoff, await self._acting.who(event))
        if button in _LOOKS:
            await self._acting.act(event, handoff, Look())

    async def _window(self, event: BlockAction, button: Button, view: DeskView, place: Place) -> Block:
        desk = self._acting.desk
        match button:
            case Button.REPLY:
                return reply_modal(view, place)
            case Button.BOOKING:
                return booking_modal(view, place)
            case Button.CANNED:
                return canned_modal(view, place, await desk.canned_replies(view.handoff, await self._acting.who(event)))
            case Button.NOT_A_FIT:
                return not_a_fit_modal(view, place)
            case Button.WON:
                return won_modal(view, place)
            case Button.LOST:
                return lost_modal(view, place)
            case Button.SNOOZE:
                return snooze_modal(view, place, self._acting.clock(), await self._acting.colleagues.zone(event.user))
            case Button.PASS_ON:
                return pass_on_modal(view, place, await desk.colleagues())
            case Button.NOTE:
                return note_modal(view, place)
            case Button.FILL:
                return fill_modal(view, place, await desk.questions(view.handoff))
            case Button.TRACE:
                return trace_modal(view, place)
            case _:
                return details_modal(view, place)

    async def _chosen(self, event: BlockAction, window: SlackView) -> None:
        """Something was chosen in a window that shows more because of it."""
        place = read_place(window.private_metadata)
        if place is None or event.late:
            return
        view = await self._acting.desk.view(place.handoff)
        if view is None:
            return
        if window.callback_id == Window.FILL and event.block_id == FIELD:
            questions = await self._acting.desk.questions(place.handoff)
            await self._renew(window, fill_modal(view, place, questions, chosen=event.value))
        elif window.callback_id == Window.CANNED and event.block_id == CANNED and event.value.isdecimal():
            replies = await self._acting.desk.canned_replies(place.handoff, await self._acting.who(event))
            await self._renew(window, canned_modal(view, place, replies, chosen=int(event.value)))

    async def _renew(self, window: SlackView, view: Block) -> None:
        try:
            await self._acting.client.call("views.update", view_id=window.id, hash=window.hash or None, view=view)
        except SlackRefused as error:
            log.info("a window has changed meanwhile or is closed: %s", error)

    async def _set_availability(self, event: BlockAction) -> None:
        if event.value in tuple(Availability):
            await self._acting.desk.set_availability(await self._acting.who(event), Availability(event.value))
        await self._acting.publish_home(event)
