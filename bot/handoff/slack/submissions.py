"""What a window says when it is sent: an act for the desk, or what is wrong, told at the very field."""

from bot.desk.contract import Acted
from bot.handoff.slack.acting import Acting
from bot.handoff.slack.modals.base import Mistakes, Place, Window, read_place
from bot.handoff.slack.modals.filling import read_fill, read_note
from bot.handoff.slack.modals.giving import ANYBODY, COLLEAGUE, read_pass_on, read_snooze
from bot.handoff.slack.modals.judging import read_lost, read_not_a_fit, read_won
from bot.handoff.slack.modals.replying import read_reply
from bot.handoff.slack.posting import Reference
from bot.handoff.slack.whispering import ERASED, notice
from bot.slack.listening import Ack, SlackView, ViewSubmission
from dialogs.desk.acts import PassOn, RepAct, Speak


class Submissions:
    """Hears windows that were sent."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def hear(self, event: ViewSubmission) -> Ack:
        """Deal with it; the window stays open when something is wrong, so that no words are lost."""
        place = read_place(event.view.private_metadata)
        if place is None or event.view.callback_id not in tuple(Window):
            return Ack()
        act = await self._read(event.view, place)
        if act is None:
            return Ack()
        if isinstance(act, Mistakes):
            return Ack(errors=act.errors)
        acted = await self._acting.act(event, place.handoff, act)
        if acted.view is None:
            await self._acting.rewrite(Reference(place.channel, place.ts), None, event.user)
            return Ack(update=notice(ERASED))
        return await self._answer(event, place, act, acted)

    async def _read(self, window: SlackView, place: Place) -> RepAct | Mistakes | None:
        match Window(window.callback_id):
            case Window.REPLY | Window.CANNED:
                return read_reply(window)
            case Window.NOT_A_FIT:
                return read_not_a_fit(window)
            case Window.WON:
                return read_won(window)
            case Window.LOST:
                return read_lost(window)
            case Window.SNOOZE:
                return read_snooze(window, self._acting.clock())
            case Window.PASS_ON:
                return await self._read_pass_on(window)
            case Window.NOTE:
                return read_note(window)
            case Window.FILL:
                return read_fill(window, await self._acting.desk.questions(place.handoff))
            case _:
                return None

    async def _read_pass_on(self, window: SlackView) -> PassOn | Mistakes:
        given = read_pass_on(window)
        if isinstance(given, Mistakes):
            return given
        key, user, context = given
        if user:
            if await self._acting.colleagues.is_bot(user):
                return Mistakes({ANYBODY: "That is an app. Choose a person."})
            return PassOn(to=await self._acting.colleagues.rep(user), context=context)
        colleague = await self._acting.colleagues.by_key(key)
        if colleague is None:
            return Mistakes({COLLEAGUE: "They are not in the team file any more. Choose somebody else."})
        return PassOn(to=colleague.rep, context=context)

    async def _answer(self, event: ViewSubmission, place: Place, act: RepAct, acted: Acted) -> Ack:
        """Close the window; what is to be said is said in it, or, where the act was done, beside it."""
        if not acted.whispers:
            return Ack()
        text = "\n".join(acted.whispers)
        done = isinstance(act, Speak) and acted.view is not None and act.reference in acted.view.desk.said
        if event.late or done or not event.view.inputs:
            await self._acting.whispering.tell(event.user, place.channel or event.user, text, place.thread)
            return Ack()
        block = next((one for one in reversed(event.view.inputs) if one in event.view.values), event.view.inputs[-1])
        return Ack(errors={block: text})
