"""The workspace: people, channels and what was written in them."""

import copy
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
"""One JSON object."""

Kind = Literal["channel", "group", "im"]
"""Public channel, private channel, direct message between one person and the app."""

TEAM_ID = "T0HANDRAISE"
APP_ID = "A0HANDRAISE"
BOT_ID = "B0HANDRAISE"
BOT_USER = "U0HANDRAISE"


@dataclass(eq=False, kw_only=True)
class Person:
    """A member of the workspace."""

    id: str
    name: str
    """The short name, as in ``@anna``."""
    real_name: str
    email: str | None = None
    tz: str = "Europe/Berlin"
    tz_offset: int = 3600
    locale: str = "en-US"
    presence: Literal["active", "away"] = "active"
    is_bot: bool = False
    deleted: bool = False
    picture: str = "https://avatars.example/anna.png"

    def shown(self, *, with_email: bool, with_locale: bool = False) -> Json:
        """The person as ``users.info`` gives them."""
        profile: Json = {
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "image_24": self.picture,
            "image_32": self.picture,
            "image_48": self.picture,
            "image_72": self.picture,
            "image_192": self.picture,
            "image_512": self.picture,
            "status_text": "",
            "status_emoji": "",
            "team": TEAM_ID,
        }
        if with_email and self.email is not None:
            profile["email"] = self.email
        locale = {"locale": self.locale} if with_locale else {}
        return locale | {
            "id": self.id,
            "team_id": TEAM_ID,
            "name": self.name,
            "real_name": self.real_name,
            "deleted": self.deleted,
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": self.tz_offset,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "updated": 1502138686,
            "profile": profile,
        }


@dataclass(eq=False, kw_only=True)
class Message:
    """One message, by a person or by the app."""

    channel: "Channel"
    ts: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    bot_id: str | None = None
    subtype: str | None = None
    username: str | None = None
    client_msg_id: str | None = None
    metadata: Json | None = None
    files: list[Json] = field(default_factory=list)
    edited: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    only_for: str | None = None
    """The person who alone sees an ephemeral message."""
    unfurls: bool = True
    broadcast: bool = False
    deleted: bool = False
    versions: list[Json] = field(default_factory=list)
    """What it was before each change, oldest first."""

    def __repr__(self) -> str:
        return f"<Message {self.channel.name} {self.ts} {self.text!r}>"

    @property
    def by_the_app(self) -> bool:
        """Whether the app under test wrote it."""
        return self.bot_id == BOT_ID

    @property
    def root_ts(self) -> str:
        """The ``ts`` of the thread it is in, its own where it began one."""
        return self.thread_ts or self.ts

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread below another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    def payload(self, *, with_metadata: bool = False) -> Json:
        """The message as histories and events carry it."""
        shown: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts, "team": TEAM_ID}
        if self.subtype == "bot_message":
            del shown["user"]  # Apps that speak under another name have none.
        if self.bot_id is not None and self.bot_id != BOT_ID:
            shown |= {
                "bot_id": self.bot_id,
                "app_id": "A0SOMEOTHER",
                "bot_profile": {"id": self.bot_id, "name": "Other"},
            }
        elif self.bot_id is not None:
            shown |= {"bot_id": self.bot_id, "app_id": APP_ID, "bot_profile": BOT_PROFILE}
        optional = {
            "subtype": self.subtype,
            "username": self.username,
            "client_msg_id": self.client_msg_id,
            "thread_ts": self.thread_ts,
            "edited": self.edited,
            "blocks": self.blocks,
            "attachments": self.attachments,
            "files": self.files,
            "metadata": self.metadata if with_metadata else None,
        }
        shown |= {key: copy.deepcopy(value) for key, value in optional.items() if value}
        if self.reactions:
            shown["reactions"] = [
                {"name": name, "users": list(users), "count": len(users)} for name, users in self.reactions.items()
            ]
        if self.is_reply:
            root = self.channel.message(self.root_ts)
            shown["parent_user_id"] = root.user if root is not None else "USLACKBOT"
        elif replies := self.channel.replies(self.ts):
            repliers = list(dict.fromkeys(one.user for one in replies))
            shown |= {
                "thread_ts": self.ts,
                "reply_count": len(replies),
                "reply_users": repliers,
                "reply_users_count": len(repliers),
                "latest_reply": replies[-1].ts,
                "is_locked": False,
                "subscribed": False,
            }
        return shown

    def keep_version(self) -> None:
        """Remember what it is now, before it changes."""
        self.versions.append(self.payload())


BOT_PROFILE: Json = {
    "id": BOT_ID,
    "app_id": APP_ID,
    "name": "Handraiser",
    "deleted": False,
    "updated": 1502138686,
    "team_id": TEAM_ID,
    "icons": dict.fromkeys(("image_36", "image_48", "image_72"), "https://avatars.example/bot.png"),
}


@dataclass(eq=False, kw_only=True)
class Channel:
    """A channel, or the direct messages of one person with the app."""

    id: str
    name: str
    kind: Kind = "channel"
    members: set[str] = field(default_factory=set)
    is_archived: bool = False
    log: list[Message] = field(default_factory=list)
    """Every message ever, deleted and ephemeral ones too."""

    def __repr__(self) -> str:
        return f"<Channel {self.id} {self.name}>"

    @property
    def event_kind(self) -> str:
        """``channel_type`` in events."""
        return {"channel": "channel", "group": "group", "im": "im"}[self.kind]

    @property
    def lasting(self) -> Iterator[Message]:
        """What stands in it now: neither deleted nor ephemeral."""
        return (one for one in self.log if not one.deleted and one.only_for is None)

    def message(self, ts: str) -> Message | None:
        """The message with this ``ts``, where it still stands."""
        return next((one for one in self.lasting if one.ts == ts), None)

    def replies(self, ts: str) -> list[Message]:
        """What stands in the thread below that message."""
        return [one for one in self.lasting if one.thread_ts == ts and one.ts != ts]

    def shown(self) -> Json:
        """The channel as ``conversations.info`` gives it."""
        common: Json = {
            "id": self.id,
            "created": 1449252889,
            "is_archived": self.is_archived,
            "is_im": self.kind == "im",
            "is_org_shared": False,
        }
        if self.kind == "im":
            person = next(iter(self.members - {BOT_USER}))
            return common | {"user": person, "is_user_deleted": False, "priority": 0}
        return common | {
            "name": self.name,
            "name_normalized": self.name,
            "creator": "U0CREATOR00",
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "group",
            "is_private": self.kind == "group",
            "is_mpim": False,
            "is_general": False,
            "is_shared": False,
            "is_ext_shared": False,
            "is_pending_ext_shared": False,
            "is_member": BOT_USER in self.members,
            "num_members": len(self.members),
            "pending_shared": [],
            "previous_names": [],
            "unlinked": 0,
            "topic": {"value": "", "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
        }


class Workspace:
    """Everybody and everything in it."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self._numbers = itertools.count(1)
        self._last_ts = 0
        self.add_person("Handraiser", id=BOT_USER, is_bot=True)

    def number(self) -> int:
        """A number that was not used yet."""
        return next(self._numbers)

    def ts(self) -> str:
        """A timestamp as Slack identifies messages by: of now, later than all before."""
        self._last_ts = max(self._last_ts + 1, time.time_ns() // 1000)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def add_person(self, real_name: str, **fields: Any) -> Person:
        """A new member; the short name is the first name in small letters."""
        name = fields.pop("name", real_name.partition(" ")[0].lower())
        identity = fields.pop("id", f"U{self.number():09d}")
        person = Person(id=identity, name=name, real_name=real_name, **fields)
        self.people[person.id] = person
        return person

    def add_channel(self, name: str, *members: Person, private: bool = False, with_app: bool = True) -> Channel:
        """A new channel; the app is in it unless told otherwise."""
        kind: Kind = "group" if private else "channel"
        channel = Channel(id=f"C{self.number():09d}", name=name, kind=kind, members={one.id for one in members})
        if with_app:
            channel.members.add(BOT_USER)
        self.channels[channel.id] = channel
        return channel

    def direct(self, person: str) -> Channel:
        """The direct messages between this person and the app; opened where nobody did yet."""
        for channel in self.channels.values():
            if channel.kind == "im" and person in channel.members:
                return channel
        channel = Channel(id=f"D{self.number():09d}", name="", kind="im", members={person, BOT_USER})
        self.channels[channel.id] = channel
        return channel

    def named(self, reference: str) -> Channel | None:
        """The channel with this id or, for public ones, this name (with or without ``#``)."""
        if found := self.channels.get(reference):
            return found
        name = reference.removeprefix("#")
        return next((one for one in self.channels.values() if one.kind == "channel" and one.name == name), None)
