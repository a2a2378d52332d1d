"""The stand-in against other people's data: Telegram's own parsers, the schema of the Bot API, recorded updates.

``HANDRAISER_CORPORA`` names the folder; without it these tests are skipped.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup

from tests.telegram.bot_api import METHODS, TYPES
from tests.telegram.chats import Json
from tests.telegram.html_mode import read_html
from tests.telegram.markdown_mode import read_markdown_v2
from tests.telegram.people import Person
from tests.telegram.refusals import Malformed
from tests.telegram.server import Telegram
from tests.telegram.updates import KINDS

pytestmark = pytest.mark.skipif(
    "HANDRAISER_CORPORA" not in os.environ, reason="name other people's data in HANDRAISER_CORPORA"
)

NAMES = {
    "bold": "Bold", "italic": "Italic", "underline": "Underline", "strikethrough": "Strikethrough",
    "spoiler": "Spoiler", "code": "Code", "text_link": "TextUrl", "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote", "expandable_blockquote": "ExpandableBlockQuote", "date_time": "FormattedDate",
}  # fmt: skip
DATES = {"r": 1, "R": 1, "t": 2, "T": 4, "d": 8, "D": 16, "w": 32, "W": 32}


def corpus(name: str) -> Any:
    return json.loads((Path(os.environ["HANDRAISER_CORPORA"]) / "telegram" / f"{name}.json").read_text())


def as_td_writes(entity: Json) -> list[Any]:
    """An entity as Telegram's tests write it."""
    name = NAMES.get(entity["type"]) or ("PreCode" if "language" in entity else "Pre")
    written: list[Any] = [name, entity["offset"], entity["length"]]
    match entity:
        case {"url": url}:
            written.append(url)
        case {"language": language}:
            written.append(language)
        case {"custom_emoji_id": number}:
            written.append(f"td::CustomEmojiId(static_cast<td::int64>({number}))")
        case {"unix_time": unix}:
            bits = 0
            for one in entity.get("date_time_format", ""):
                bits |= DATES[one]
            written.append(f"td::FormattedDate{{{unix}, {bits}}}")
    return written


def unescaped(entity: list[Any]) -> list[Any]:
    """The arguments stand in the collection as C++ wrote them."""
    return [one.replace("\\\\", "\\") if isinstance(one, str) else one for one in entity]


def test_markup_is_taken_and_refused_as_telegram_does() -> None:
    for case in corpus("tdlib_parse_modes")["cases"]:
        read = read_html if case["mode"] == "HTML" else read_markdown_v2
        if "error" in case:
            with pytest.raises(Malformed) as caught:
                read(case["in"])
            assert caught.value.description == f"Bad Request: can't parse entities: {case['error']}", case
            continue
        result = read(case["in"])
        # Mentions by id are missing in the collection.
        written = [as_td_writes(one) for one in result.entities if one["type"] != "text_mention"]
        expected = [unescaped(one) for one in case["ents"]]
        assert (result.text, written) == (case["text"], expected), case


def test_parameters_are_those_of_the_schema() -> None:
    schema = corpus("bot_api_schema")
    for name, fields in METHODS.items():
        assert fields == schema["methods"][name]["params"], name
    for name, fields in TYPES.items():
        assert fields == schema["types"][name]["fields"], name
    assert set(KINDS) == set(schema["types"]["Update"]["fields"]) - {"update_id"}


class Schema:
    """Checks values against the types of the schema."""

    def __init__(self, types: Json) -> None:
        self.types = types

    def wrong(self, value: Any, kind: str, where: str) -> list[str]:
        kind = kind.removeprefix("!")
        if "|" in kind:
            tried = [self.wrong(value, one, where) for one in kind.split("|")]
            return [] if [] in tried else min(tried, key=len)
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where} is no list"]
            return [one for part in value for one in self.wrong(part, kind.removeprefix("Array of "), f"{where}[]")]
        simple: dict[str, tuple[type, ...]] = {
            "Integer": (int,), "String": (str,), "Boolean": (bool,), "Float": (int, float),
        }  # fmt: skip
        if kind in simple:
            right = isinstance(value, simple[kind]) and (kind == "Boolean" or not isinstance(value, bool))
            return [] if right else [f"{where} is no {kind}: {value!r}"]
        if self.types[kind].get("subtypes"):
            return self.wrong(value, "|".join(self.types[kind]["subtypes"]), where)
        fields = self.types[kind]["fields"]
        found = [f"{where} has no field {name}" for name in value if name not in fields]
        found += [f"{where}.{name} is missing" for name, one in fields.items() if one[0] == "!" and name not in value]
        for name in set(value) & set(fields):
            found += self.wrong(value[name], fields[name], f"{where}.{name}")
        return found


async def test_answers_and_updates_are_of_their_types(
    telegram: Telegram, client: Bot, ada: Person, max_: Person
) -> None:
    schema = corpus("bot_api_schema")
    check = Schema(schema["types"])
    telegram.updates.allow(list(KINDS))
    await client.get_me()
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])
    sent = await client.send_message(ada.id, "<b>Sure?</b> https://acme.example", "HTML", reply_markup=markup)
    await client.edit_message_text("Really?", ada.id, sent.message_id, reply_markup=markup)
    await client.send_message(ada.id, "Which?", reply_markup=ReplyKeyboardMarkup([["a"]]))
    await client.send_document(ada.id, b"x", filename="x.txt")
    await client.send_photo(ada.id, b"x")
    await client.send_location(ada.id, 1, 2)
    await client.send_contact(ada.id, "+49301234567", "Anna")
    await client.send_chat_action(ada.id, "typing")
    await client.get_chat(ada.id)
    await client.set_my_commands([("start", "x")])
    await client.get_my_commands()
    await client.get_my_description()
    await client.get_webhook_info()
    await ada.presses(ada.sees[0], "Yes")
    await client.answer_callback_query(telegram.presses[0].id)
    await client.get_file((await ada.sends_file("x.txt")).content["document"]["file_id"])
    await client.delete_message(ada.id, sent.message_id)
    await ada.presses(telegram.presses[0].message, "Yes")
    await ada.starts("x")
    await ada.edits(await ada.says("a"), "b")
    await ada.shares_contact()
    await ada.shares_location()
    await ada.sends_photo(caption="x")
    await ada.reacts(ada.sees[0], "👍")
    await ada.blocks_the_bot()
    await ada.unblocks()
    group, channel = telegram.group("Buyers", ada, max_), telegram.channel("News", ada)
    await telegram.adds_the_bot(group, ada)
    await telegram.adds_the_bot(channel, ada)
    await ada.says("/start", group)
    await ada.edits(await ada.says("x", channel), "y")
    await telegram.upgrades(group, ada)
    await telegram.removes_the_bot(channel, ada)
    await client.get_updates(timeout=0)
    await client.delete_webhook()
    for update in telegram.updates.sent:
        assert check.wrong(update.body, "Update", "Update") == []
    for call in telegram.calls:
        kinds = "|".join(schema["methods"][call.method]["returns"])
        assert call.answer is not None and check.wrong(call.answer["result"], kinds, call.method) == []
    assert {one.kind for one in telegram.updates.sent} >= {"message", "callback_query", "my_chat_member"}


async def test_recorded_updates_can_be_sent(telegram: Telegram, client: Bot) -> None:
    bodies = [one["body"] for one in corpus("updates")["cases"] if isinstance(one["body"], dict)]
    for body in bodies:
        telegram.sends_update(body)
    telegram.sends_update({"message": corpus("messages")["cases"][0]["body"]})
    assert len({one.id for one in telegram.waiting}) == len(bodies) + 1
    assert [set(one.body) - {"update_id"} for one in telegram.waiting[:-1]] == [
        set(body) - {"update_id"} for body in bodies
    ]
