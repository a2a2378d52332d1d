"""What people do in Slack: write, click, fill in, react, open the app's home, type commands."""

import html
import re
import uuid
from typing import Any

from tests.slack import chat, payloads
from tests.slack.arguments import Refusal
from tests.slack.blocks import elements_of
from tests.slack.conversations import react, unreact
from tests.slack.core import Core, View
from tests.slack.delivering import Delivery, deliver, deliver_raw
from tests.slack.files import file_shown
from tests.slack.forms import chosen, filled, initial_values, keeps_state, refuse_as_slack_does
from tests.slack.response_urls import ResponseUrl, new_response_url, respond
from tests.slack.views import change, put_up_from_answer, take_down
from tests.slack.workspace import BOT_USER, Channel, Json, Message, Person

_LINK = re.compile(r"https?://[^\s<>|]+[^\s<>|.,;:!?)'\"]")
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(\.[\w-]+)+")


def as_slack_sends(core: Core, typed: str) -> str:
    """What Slack makes of what a person typed: escaped once, links and mentions as tokens."""
    text = html.escape(typed, quote=False)
    text = _LINK.sub(lambda found: f"<{found.group()}>", text)
    text = _ADDRESS.sub(lambda found: f"<mailto:{found.group()}|{found.group()}>", text)
    for one in core.workspace.people.values():
        text = re.sub(rf"(?<![\w<])@{re.escape(one.name)}\b(?!\.)", f"<@{one.id}>", text)
    return re.sub(r"(?<![\w<])@(channel|here|everyone)\b", r"<!\1>", text)


class People(Core):
    """The hands of the stand-in. What people do is awaited until the app has acknowledged it or failed to."""

    async def _tell(self, event: Json, channel: Channel) -> Delivery | None:
        if BOT_USER not in channel.members or payloads.subscription(event, channel) not in self.events:
            return None
        return await deliver(self, "events_api", payloads.event_callback(self, event))

    async def say(
        self,
        user: Person,
        channel: Channel,
        text: str,
        thread_ts: str | None = None,
        *,
        wire: bool = False,
        broadcast: bool = False,
        files: list[Json] | None = None,
    ) -> Message:
        """Write a message; mentions of the app come to it twice, as at Slack.

        ``text`` is what is typed (``@handraiser`` mentions); with ``wire`` it is already as Slack sends it.
        ``broadcast`` sends a thread's reply to the channel, too.
        """
        assert user.id in channel.members, f"{user.name} is not in {channel.name}"
        message = Message(
            channel=channel,
            ts=self.workspace.ts(),
            user=user.id,
            text=text if wire else as_slack_sends(self, text),
            thread_ts=thread_ts,
            client_msg_id=str(uuid.uuid4()),
            subtype="thread_broadcast" if broadcast else "file_share" if files else None,
            broadcast=broadcast,
            files=files or [],
        )
        message.blocks = [payloads.typed_block(self, message.text)] if message.text else []
        channel.log.append(message)
        self.news()
        event = payloads.message_event(message)
        await self._tell(event, channel)
        if f"<@{BOT_USER}>" in message.text and channel.kind != "im":
            mention = {key: value for key, value in event.items() if key not in {"channel_type", "subtype"}}
            await self._tell(mention | {"type": "app_mention"}, channel)
        return message

    async def mention(self, user: Person, channel: Channel, text: str, thread_ts: str | None = None) -> Message:
        """Write a message that begins with a mention of the app."""
        return await self.say(user, channel, f"@{self.workspace.people[BOT_USER].name} {text}", thread_ts)

    async def shares(
        self,
        user: Person,
        channel: Channel,
        name: str,
        text: str = "",
        thread_ts: str | None = None,
        *,
        content: bytes | None = None,
    ) -> Message:
        """Share a file of that name; with ``content`` it can be got from here."""
        identity = f"F{self.workspace.number():09d}"
        shared = file_shown(identity, name, name, 42706 if content is None else len(content), user.id)
        if content is not None:
            self.uploads[identity] = {"id": identity, "name": name, "size": len(content), "data": content}
            shared["url_private"] = f"{self.url}/files-pri/{identity}/{name}"
        return await self.say(user, channel, text, thread_ts, files=[shared])

    async def another_app_says(self, channel: Channel, text: str, thread_ts: str | None = None) -> Message:
        """A message by another bot."""
        message = Message(
            channel=channel,
            ts=self.workspace.ts(),
            user="U0SOMEOTHER",
            bot_id="B0SOMEOTHER",
            text=text,
            thread_ts=thread_ts,
        )
        channel.log.append(message)
        self.news()
        await self._tell(payloads.message_event(message), channel)
        return message

    async def edit(self, message: Message, text: str, *, wire: bool = False) -> Delivery | None:
        """Change one's own message."""
        before = message.payload()
        message.keep_version()
        message.text = text if wire else as_slack_sends(self, text)
        message.blocks = [payloads.typed_block(self, message.text)]
        message.edited = {"user": message.user, "ts": self.workspace.ts()}
        self.news()
        return await self._tell(payloads.changed_event(self, message, before), message.channel)

    async def unfurl(self, message: Message) -> Delivery | None:
        """Slack adds the preview of a link: the message has changed, though nobody edited it."""
        before = message.payload()
        message.attachments = [{"id": 1, "from_url": "https://example.com/", "title": "Example", "fallback": "Example"}]
        return await self._tell(payloads.changed_event(self, message, before), message.channel)

    async def delete(self, message: Message) -> Delivery | None:
        """Delete a message; a thread's root with replies becomes a tombstone."""
        before = len(self.deliveries)
        chat.take_away(self, message)
        await self.settled()
        return self.deliveries[before] if len(self.deliveries) > before else None

    async def react(self, user: Person, message: Message, name: str) -> Delivery | None:
        """Put a reaction under a message."""
        return await self._tell(react(self, message, user.id, name), message.channel)

    async def unreact(self, user: Person, message: Message, name: str) -> Delivery | None:
        """Take a reaction back."""
        return await self._tell(unreact(self, message, user.id, name), message.channel)

    async def click(
        self,
        user: Person,
        where: Message | View,
        action_id: str,
        value: Any = None,
        *,
        inputs: Json | None = None,
        version: int | None = None,
        to: str | None = None,
    ) -> Delivery:
        """Press a button, choose from a menu, pick a date: ``value`` is what is chosen.

        ``inputs`` is what else was filled in on the message before, by block id or action id.

        ``version`` clicks on what the message was before it changed (0: as it was posted): an old screen.
        ``to`` sends it to another request URL than the app's: another node.
        """
        if isinstance(where, View):
            assert where.is_open, f"{where} is closed"
            seen: Json = {"blocks": where.blocks}
        else:
            seen = where.payload() if version is None else where.versions[version]
        element, block_id = find_action(seen.get("blocks", []), action_id)
        action = self._action(element, block_id, value)
        if isinstance(where, View):
            if keeps_state(element):
                where.values.setdefault(block_id, {})[action_id] = chosen(element, value)
            return await deliver(self, "interactive", payloads.view_click(self, user, where, action), to=to)
        state = initial_values(seen["blocks"])
        for block, actions in filled(seen["blocks"], inputs or {}).items():
            state.setdefault(block, {}).update(actions)
        if keeps_state(element):
            state.setdefault(block_id, {})[action_id] = chosen(element, value)
        url = new_response_url(self, user.id, where.channel, where)
        payload = payloads.message_click(self, user, where, seen, action, state, url)
        return await deliver(self, "interactive", payload, to=to)

    def _action(self, element: Json, block_id: str, value: Any) -> Json:
        action: Json = {
            "type": element["type"],
            "action_id": element.get("action_id", f"x{self.workspace.number():x}"),
            "block_id": block_id,
            "action_ts": self.workspace.ts(),
        }
        if element["type"] == "button":
            return action | {key: element[key] for key in ("text", "value", "style", "url") if key in element}
        if element["type"] == "overflow":
            return action | {"selected_option": chosen({**element, "type": "static_select"}, value)["selected_option"]}
        return action | chosen(element, value)

    async def submit(self, user: Person, view: View, values: Json | None = None, *, to: str | None = None) -> Delivery:
        """Fill in a modal and send it off: ``values`` by block id or action id.

        Raises ``forms.NotSent`` where Slack itself finds it wrong. The modal then does what the app answers.
        """
        assert view.is_open, f"{view} is closed"
        for block_id, actions in filled(view.blocks, values or {}).items():
            view.values.setdefault(block_id, {}).update(actions)
        refuse_as_slack_does(view.blocks, view.values)
        delivery = await deliver(self, "interactive", payloads.submission(self, user, view), to=to)
        if delivery.accepted:
            try:
                self._obey(view, delivery.answer)
            except Refusal as refusal:
                self.violation(f"view_submission answered with a view that is refused: {refusal} {refusal.more}")
        return delivery

    def _obey(self, view: View, answer: Json) -> None:
        match answer.get("response_action"):
            case None:
                if view.is_open:
                    take_down(self, view)
            case "clear":
                take_down(self, view, all_of_them=True)
            case "update":
                change(self, view, answer["view"])
            case "push":
                put_up_from_answer(self, view, answer["view"])
            case "errors":
                inputs = {one["block_id"] for one in view.blocks if one["type"] == "input"}
                if wrong := sorted(set(answer["errors"]) - inputs):
                    self.violation(f"response_action errors names what is no input: {wrong}")
            case other:
                self.violation(f"unknown response_action {other!r}")

    async def close(self, user: Person, view: View, *, all_of_them: bool = False) -> Delivery | None:
        """Close a modal without sending it off; the app hears of it where it asked to."""
        take_down(self, view, all_of_them=all_of_them)
        if not view.body.get("notify_on_close"):
            return None
        return await deliver(self, "interactive", payloads.closing(self, user, view, all_of_them=all_of_them))

    async def options(self, user: Person, view: View, action_id: str, typed: str) -> list[str]:
        """Type into a menu whose options the app gives; what it offers."""
        element, block_id = find_action(view.blocks, action_id)
        delivery = await deliver(self, "interactive", payloads.typing(self, user, view, element, block_id, typed))
        return [one["text"]["text"] for one in delivery.answer.get("options", [])]

    async def open_home(self, user: Person, tab: str = "home") -> Delivery | None:
        """Open the app's home."""
        channel = self.workspace.direct(user.id)
        event: Json = {
            "type": "app_home_opened",
            "user": user.id,
            "channel": channel.id,
            "tab": tab,
            "event_ts": self.workspace.ts(),
        }
        if tab == "home" and user.id in self.homes:
            event["view"] = payloads.view_shown(self.homes[user.id])
        return await self._tell(event, channel)

    async def command(
        self, user: Person, name: str, text: str = "", channel: Channel | None = None, *, to: str | None = None
    ) -> Delivery:
        """Type a slash command; what the acknowledgement says is shown."""
        where = channel or self.workspace.direct(user.id)
        url = new_response_url(self, user.id, where)
        payload = payloads.command(self, user, where, name, text, url)
        delivery = await deliver(self, "slash_commands", payload, to=to)
        if delivery.accepted and (answer := delivery.answer):
            try:
                respond(self, ResponseUrl(user=user.id, channel=where, message=None, at=self.now()), answer)
            except Refusal as refusal:
                self.violation(f"{name} answered with what is refused: {refusal} {refusal.more}")
        return delivery

    async def sends_event(self, event: Json) -> Delivery:
        """Any event, as it is given."""
        return await deliver(self, "events_api", payloads.event_callback(self, event))

    async def sends(self, payload: Json, *, to: str | None = None) -> Delivery:
        """Any payload, as it is given, in the shape of its kind: events, interactions or commands."""
        if payload.get("type") in {"event_callback", "app_rate_limited", "url_verification"}:
            return await deliver(self, "events_api", payload, to=to)
        return await deliver(self, "slash_commands" if "command" in payload else "interactive", payload, to=to)

    async def redelivers(self, delivery: Delivery, *, to: str | None = None) -> Delivery:
        """The same once more, as after an acknowledgement that Slack did not get."""
        return await deliver(self, delivery.kind, delivery.payload, to=to)

    async def sends_raw(
        self, body: bytes, *, content_type: str = "application/json", to: str | None = None, **headers: str
    ) -> tuple[int, str]:
        """Any bytes to the request URL; the status and the body of the answer."""
        return await deliver_raw(self, body, content_type=content_type, to=to, **headers)

    async def verifies_the_url(self) -> bool:
        """Whether the request URL answers Slack's challenge."""
        challenge = uuid.uuid4().hex
        payload = {"token": payloads.VERIFICATION_TOKEN, "challenge": challenge, "type": "url_verification"}
        delivery = await deliver(self, "events_api", payload)
        return delivery.accepted and (challenge in {delivery.last.body.strip(), delivery.answer.get("challenge")})


def find_action(blocks: list[Json], action_id: str) -> tuple[Json, str]:
    """The element with this action id, and the id of its block."""
    there = []
    for block in blocks:
        for element, _ in elements_of(block):
            if element.get("action_id") == action_id:
                return element, block["block_id"]
            there.append(element.get("action_id"))
    raise AssertionError(f"nothing to click: {action_id!r}; there are {there}")
