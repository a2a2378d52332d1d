"""Whatever is said, Slack takes it, nobody is called by it, and nothing of it gets lost."""

import contextlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.contract import Button, LinkButton, Shown
from bot.channels.rendering import render
from bot.channels.slack.addresses import Address, read_address, read_reference, reference_of
from bot.channels.slack.reading import read_value
from bot.channels.slack.writing import CAPABILITIES, write
from tests.bot.channels.slack.conftest import Together
from tests.house import bot_says
from tests.slack.blocks import MOST_CHARACTERS, characters_of
from tests.slack.rendering import pings_in, texts
from tests.slack.surfaces import message_problems

VERA = Address(user="U0VERAGAST0")
HOSTILE = (
    "<!channel> <!here|here> <@U0ANNABERG0> <!subteam^S1|@all>",
    "<https://evil.example|https://bank.example>",
    "*bold* _italic_ ~gone~ `code` ```pre``` > quote",
    "&lt;!channel&gt; &amp;amp;",
    "https://evil.example/?a=1&b=<script>",
    "\u202eevil\u2066 \x00\x07 \ud800 :tada:",
    "https://" + "a" * 3000 + ".example",
)


def written(shown: Shown) -> dict[str, Any]:
    """A message as it goes to Slack, through JSON."""
    notice, blocks = write(shown, VERA, "en")
    told: dict[str, Any] = json.loads(json.dumps({"text": notice, "blocks": blocks}))
    return told


def assert_taken(message: dict[str, Any]) -> None:
    """Slack takes it, and it calls nobody."""
    assert message_problems(message["blocks"]) == []
    assert characters_of(message["blocks"]) <= MOST_CHARACTERS
    assert message["text"].strip() and len(message["text"]) <= 4000
    assert [ping for text, mrkdwn in texts(message) if mrkdwn for ping in pings_in(text)] == []


_words = st.text(max_size=400) | st.sampled_from(HOSTILE)
_labels = st.text(min_size=1, max_size=120) | st.sampled_from(HOSTILE)


@given(
    text=_words, labels=st.lists(_labels, max_size=120), language=st.sampled_from(("en", "de", "xx")), data=st.data()
)
def test_any_message_is_taken(text: str, labels: list[str], language: str, data: st.DataObject) -> None:
    links = data.draw(
        st.lists(st.tuples(_labels, st.sampled_from(("https://a.example/x", "/d/1", "nonsense"))), max_size=4)
    )
    message = bot_says(
        text,
        choices=[{"key": f"k{number}", "label": label} for number, label in enumerate(labels)],
        links=[{"label": label, "url": url} for label, url in links],
    )
    parts = render(message, CAPABILITIES, conversation=1, language=language, base_url="https://chat.example.com")
    for part in parts:
        assert_taken(written(part))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_shown_and_do_nothing(text: str) -> None:
    assert_taken(written(Shown(text=text)))
    assert_taken(
        written(Shown(text=text, code=text[:20], picture=text, links=(LinkButton(label=text[:75], url=text),)))
    )


def test_a_picture_says_what_it_shows() -> None:
    address = "https://chat.example.com/pictures/a.png"
    assert written(Shown(text="Look", picture=address, alt="A chart"))["blocks"][0]["alt_text"] == "A chart"
    assert written(Shown(text="Look", picture=address))["blocks"][0]["alt_text"] == "Look"
    assert written(Shown(picture=address))["blocks"][0]["alt_text"] == "Picture"
    hidden = write(Shown(text="Look", picture=address, alt="A chart"), VERA, "en", picture=False)
    assert hidden.text == f"Look\n\nA chart: {address}"


def test_links_lead_where_they_say() -> None:
    text = "See https://example.com/a?b=1&c=2. And (http://example.org), <https://evil.example|bank>."
    (block,) = written(Shown(text=text))["blocks"]
    elements = block["elements"][0]["elements"]
    assert [one["url"] for one in elements if one["type"] == "link"] == [
        "https://example.com/a?b=1&c=2", "http://example.org", "https://evil.example",
    ]  # fmt: skip
    assert all("text" not in one for one in elements if one["type"] == "link")
    assert "".join(one.get("text", one.get("url", "")) for one in elements) == text


def test_a_code_can_be_copied() -> None:
    (block,) = written(Shown(text="Your code: SAVE-20. Enjoy!", code="SAVE-20"))["blocks"]
    assert block["elements"][0]["elements"][1] == {"type": "text", "text": "SAVE-20", "style": {"code": True}}


def test_what_a_button_carries_fits_and_comes_back() -> None:
    key = "b:999999999999:9999999999999:99"
    assert len(key) <= 40
    shown = Shown(text="?", buttons=tuple(Button(key=key, label=f"Label {n}") for n in range(9)))
    menu = written(shown)["blocks"][1]["elements"][0]
    assert menu["type"] == "static_select"
    assert {read_value(one["value"]) for one in menu["options"]} == {(key, VERA.user)}
    assert read_value("claim") == read_value("b:1:2@U1") == ("", "")


@pytest.mark.parametrize(
    "address",
    [
        VERA,
        Address(user="W0ENTERPRIS", channel="G0PRIVATE", thread="1503435956.000247"),
        Address(user="U1A", channel="C0COMMUNITY"),
    ],
)
def test_addresses_come_back_as_they_were_written(address: Address) -> None:
    assert read_address(str(address)) == address
    assert [address.is_direct, address.is_whisper].count(True) <= 1


@given(st.text(max_size=60))
def test_anything_else_is_no_address(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert str(read_address(text)) == text
    with contextlib.suppress(ValueError):
        assert reference_of(*read_reference(text)) == text


CORPORA = os.environ.get("HANDRAISER_CORPORA")


@pytest.mark.skipif(not CORPORA, reason="name the collection of texts in HANDRAISER_CORPORA")
def test_names_that_break_other_programs_are_taken() -> None:
    texts_found = [
        line
        for path in sorted((Path(CORPORA or "") / "strings").glob("*"))
        for line in path.read_text("utf-8", "replace").splitlines()
        if line.strip()
    ]
    assert len(texts_found) > 300
    for text in texts_found:
        message = bot_says(f"Thanks, {text}!", choices=[{"key": "a", "label": text}, {"key": "b", "label": "No"}])
        for part in render(message, CAPABILITIES, conversation=1, language="en", base_url="https://chat.example.com"):
            assert_taken(written(part))


async def test_the_stand_in_takes_it_too(together: Together) -> None:
    for number, text in enumerate(HOSTILE):
        message = bot_says(text, seq=number + 1, choices=[{"key": "a", "label": text}, {"key": "b", "label": "No"}])
        for part in render(message, CAPABILITIES, conversation=1, language="en", base_url="https://chat.example.com"):
            notice, blocks = write(part, VERA, "en")
            await together.client.call("chat.postMessage", channel=VERA.user, text=notice, blocks=blocks)
    assert together.slack.pings == [] and not any(link.differs for link in together.slack.links)
