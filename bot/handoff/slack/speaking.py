"""What people write in a lead's thread: what is for the visitor goes to them, all else stays private."""

from bot.desk.contract import Acted
from bot.handoff.slack.acting import Acting
from bot.handoff.slack.posting import Reference
from bot.handoff.slack.replies import Reply, read_reply
from bot.handoff.slack.whispering import ERASED
from bot.slack.listening import AppMention, MessageChanged, MessageDeleted, MessagePosted, SlackFile
from dialogs.desk.acts import Revise, Speak

SENT = "white_check_mark"
"""The sign on words that reached the visitor."""
_NOTHING = "There were no words for the visitor in it, so nothing was sent."


class Speaking:
    """Hears messages, their changes and their ends."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting
        self._bot: str | None = None

    async def hear(self, event: MessagePosted | AppMention) -> bool:
        """Say to the visitor what is for them. False when it stands in no lead's thread or is private."""
        reply = await self._read(event.text, event.files)
        if reply is None:
            return False
        handoff = await self._handoff(event.channel, event.thread_ts)
        if handoff is None:
            return False
        await self._say(event, handoff, reply)
        return True

    async def hear_change(self, event: MessageChanged) -> None:
        """Let the visitor's copy follow an edit. Words that are marked for them only now are sent now."""
        if event.text == event.text_before:
            return  # Slack added a preview.
        before, now = await self._read(event.text_before, ()), await self._read(event.text, event.files)
        was_private = bool(event.text_before) and before is None
        if was_private and now is None:
            return
        handoff = await self._handoff(event.channel, event.thread_ts)
        if handoff is None:
            return
        if was_private and now is not None:
            await self._say(event, handoff, now)
        elif now is not None and now.text:
            if before is None or now.text != before.text:
                await self._revise(event, handoff, now.text, is_sure=before is not None)
        else:
            await self._take_back(event, handoff, is_sure=before is not None)

    async def hear_end(self, event: MessageDeleted) -> None:
        """Take words back that were deleted."""
        before = await self._read(event.text_before, ())
        if event.text_before and before is None:
            return
        handoff = await self._handoff(event.channel, event.thread_ts)
        if handoff is not None:
            await self._revise(event, handoff, None, is_sure=before is not None)

    async def _say(self, event: MessagePosted | AppMention | MessageChanged, handoff: int, reply: Reply) -> None:
        if reply.withheld:
            names = ", ".join(reply.withheld)
            await self._tell(event, f"The visitor cannot open files from Slack ({names}). Paste a link to it instead.")
        if not reply.text:
            if not reply.withheld:
                await self._tell(event, _NOTHING)
            return
        reference = str(Reference(event.channel, event.ts))
        act = Speak(text=reply.text, reference=reference, in_thread=True)
        # A mention comes in twice, with ids of their own: the message itself tells that it is the same.
        acted = await self._acting.act(event, handoff, act, f"said {reference}")
        await self._whisper(event, acted)
        if acted.view is not None and (reference in acted.view.desk.said or not acted.whispers):
            await self._acting.whispering.react(event.channel, event.ts, SENT)

    async def _revise(
        self, event: MessageChanged | MessageDeleted, handoff: int, text: str | None, *, is_sure: bool
    ) -> None:
        act = Revise(reference=str(Reference(event.channel, event.ts)), text=text)
        acted = await self._acting.act(event, handoff, act)
        if is_sure:
            await self._whisper(event, acted)

    async def _take_back(self, event: MessageChanged, handoff: int, *, is_sure: bool) -> None:
        """The mark that it is for the visitor was taken away."""
        await self._revise(event, handoff, None, is_sure=is_sure)
        await self._acting.whispering.react(event.channel, event.ts, SENT, away=True)

    async def _read(self, text: str, files: tuple[SlackFile, ...]) -> Reply | None:
        bot = await self._bot_id() if text.lstrip().startswith("<@") else ""
        return read_reply(text, files, prefix=self._acting.client.settings.reply_prefix, bot=bot)

    async def _bot_id(self) -> str:
        if self._bot is None:
            self._bot = (await self._acting.client.identify()).user_id
        return self._bot

    async def _handoff(self, channel: str, thread: str) -> int | None:
        """The handoff whose card, or offer, a thread belongs to."""
        if not thread:
            return None
        return await self._acting.handoff_at(Reference(channel, thread))

    async def _whisper(self, event: MessagePosted | AppMention | MessageChanged | MessageDeleted, acted: Acted) -> None:
        if acted.view is None:
            await self._tell(event, ERASED)
        elif acted.whispers:
            await self._tell(event, "\n".join(acted.whispers))

    async def _tell(self, event: MessagePosted | AppMention | MessageChanged | MessageDeleted, text: str) -> None:
        await self._acting.whispering.tell(event.user, event.channel, text, event.thread_ts)
