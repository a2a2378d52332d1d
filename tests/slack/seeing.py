"""What people see in Slack: channels, threads, whispers, homes, modals; and whom all that calls."""

import re
from typing import Any

from tests.slack.core import Core, View
from tests.slack.rendering import Format, Link, Ping, emoji_in, formats_in, links_in, pings_in, read, texts
from tests.slack.workspace import BOT_ID, Channel, Json, Message, Person


class Seen(Core):
    """The eyes of the stand-in."""

    def messages(self, channel: Channel) -> list[Message]:
        """What stands in a channel, oldest first: no thread replies (but those broadcast), no whispers."""
        return [one for one in channel.lasting if not one.is_reply or one.broadcast]

    def thread(self, channel: Channel, ts: str) -> list[Message]:
        """The replies in a thread, oldest first."""
        return channel.replies(ts)

    def direct_messages(self, person: Person) -> list[Message]:
        """What stands between a person and the app."""
        return self.messages(self.workspace.direct(person.id))

    def ephemerals(self, person: Person) -> list[Message]:
        """What was shown to this person alone, oldest first."""
        return [
            one
            for channel in self.workspace.channels.values()
            for one in channel.log
            if one.only_for == person.id and not one.deleted
        ]

    def home(self, person: Person) -> View | None:
        """This person's home of the app, as last published."""
        return self.homes.get(person.id)

    def modals(self, person: Person) -> list[View]:
        """The modals that are open before this person, the topmost last."""
        return list(self.open_views.get(person.id, []))

    def shown(self, what: Message | View, reader: Person | None = None) -> str:
        """What a reader reads, one line for each part, buttons in brackets."""
        payload = what.payload() if isinstance(what, Message) else what.body
        offset = reader.tz_offset if reader is not None else 0
        return "\n".join(line for line in self._lines(payload, offset) if line)

    def _lines(self, payload: Json, offset: int) -> list[str]:
        blocks = payload.get("blocks", [])
        lines = [self._text(payload["title"], offset)] if isinstance(payload.get("title"), dict) else []
        if not blocks and payload.get("text"):
            lines.append(read(self.workspace, payload["text"], tz_offset=offset))
        for block in blocks:
            lines += self._block(block, offset)
        for attachment in payload.get("attachments", []):
            lines += [
                read(self.workspace, attachment[key]) for key in ("pretext", "title", "text") if key in attachment
            ]
            for block in attachment.get("blocks", []):
                lines += self._block(block, offset)
        return lines + [f"[{one['name']}]" for one in payload.get("files", [])]

    def _text(self, text: Any, offset: int) -> str:
        if not isinstance(text, dict):
            return ""
        return read(self.workspace, text.get("text", ""), mrkdwn=text.get("type") == "mrkdwn", tz_offset=offset)

    def _block(self, block: Json, offset: int) -> list[str]:
        match block["type"]:
            case "section":
                lines = [self._text(block.get("text"), offset)]
                lines += [self._text(one, offset) for one in block.get("fields", [])]
                return lines + ([self._element(block["accessory"], offset)] if "accessory" in block else [])
            case "header":
                return [self._text(block["text"], offset)]
            case "context":
                shown = [one.get("alt_text") or self._text(one, offset) for one in block["elements"]]
                return ["  ".join(shown)]
            case "actions":
                return [" ".join(self._element(one, offset) for one in block["elements"])]
            case "input":
                return [f"{self._text(block['label'], offset)}: {self._element(block['element'], offset)}"]
            case "divider":
                return ["---"]
            case "image":
                return [self._text(block.get("title"), offset) or block["alt_text"]]
            case "markdown":
                return [str(block["text"])]
            case _:
                return ["".join(self._rich(one) for one in block["elements"])]

    def _element(self, element: Json, offset: int) -> str:
        match element["type"]:
            case "button":
                return f"[{self._text(element['text'], offset)}]"
            case "image":
                return str(element["alt_text"])
            case "overflow" | "static_select" | "radio_buttons" | "checkboxes" | "multi_static_select":
                options = [self._text(one["text"], offset) for one in element.get("options", [])]
                options += [
                    self._text(one["text"], offset)
                    for group in element.get("option_groups", [])
                    for one in group["options"]
                ]
                return f"[{' | '.join(options)}]"
            case _:
                return f"[{element.get('initial_value') or self._text(element.get('placeholder'), offset)}]"

    def _rich(self, part: Json) -> str:
        match part["type"]:
            case "text":
                return str(part["text"])
            case "user" | "usergroup" | "broadcast" | "link":
                token = next(text for text, _ in texts({"blocks": [part]}))
                return read(self.workspace, token)
            case "emoji":
                return f":{part['name']}:"
            case "date":
                return str(part.get("fallback", ""))
            case _:
                return "".join(self._rich(one) for one in part.get("elements", []))

    def _by_the_app(self) -> list[tuple[Json, Message | View]]:
        """All the app ever showed, with what it was before each change."""
        found: list[tuple[Json, Message | View]] = []
        for channel in self.workspace.channels.values():
            for message in channel.log:
                if message.bot_id == BOT_ID or (message.versions and message.versions[0].get("bot_id") == BOT_ID):
                    found += [(one, message) for one in (*message.versions, message.payload())]
        return found + [(view.body, view) for view in self.views.values()]

    @property
    def pings(self) -> list[Ping]:
        """Everybody the app called, in whatever it posted, changed or whispered."""
        found = [
            ping
            for payload, _ in self._by_the_app()
            for text, mrkdwn in texts(payload)
            if mrkdwn
            for ping in pings_in(text)
        ]
        for call in self.calls:
            if call.arguments.get("link_names") or call.arguments.get("parse") == "full":
                text = str(call.arguments.get("text", ""))
                found += [one for one in pings_in(text, link_names=True) if not one.token.startswith("<")]
        return found

    @property
    def links(self) -> list[Link]:
        """Every link the app showed."""
        return [
            link
            for payload, _ in self._by_the_app()
            for text, mrkdwn in texts(payload)
            if mrkdwn
            for link in links_in(text)
        ]

    @property
    def unfurled(self) -> list[str]:
        """The addresses of which Slack showed previews, because the app did not switch them off."""
        return [
            link.url
            for payload, what in self._by_the_app()
            if isinstance(what, Message) and what.unfurls
            for text, mrkdwn in texts(payload)
            if mrkdwn
            for link in links_in(text)
            if re.match("https?://", link.url)
        ]

    @property
    def texts(self) -> list[str]:
        """Every text the app showed, as it was sent."""
        return [text for payload, _ in self._by_the_app() for text, _ in texts(payload)]

    def emoji(self, what: Message | View) -> list[str]:
        """The names in it that are shown as pictures."""
        payload = what.payload() if isinstance(what, Message) else what.body
        return [one for text, _ in texts(payload) for one in emoji_in(text)]

    def formats(self, what: Message | View) -> list[Format]:
        """What of it is shown in bold, italic, as code, as a quotation."""
        payload = what.payload() if isinstance(what, Message) else what.body
        return [one for text, mrkdwn in texts(payload) if mrkdwn for one in formats_in(text)]
