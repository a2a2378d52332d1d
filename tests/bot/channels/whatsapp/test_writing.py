"""What is said is within WhatsApp's limits, whatever it is: held against what the strict stand-in takes."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.contract import AttachedFile, Shown
from bot.channels.rendering import render
from bot.channels.whatsapp import CAPABILITIES, invitation, judge, write
from bot.desk.contract import TryLater, Undeliverable
from tests.house import bot_says
from tests.whatsapp import interactive
from tests.whatsapp.sending import _BODIES
from tests.whatsapp.shapes import check
from tests.whatsapp.templates import Template
from tests.whatsapp.templates import read as read_template

TEXTS = st.text(max_size=60) | st.text(alphabet="ab \n👩‍👧", min_size=900, max_size=1200) | st.just("word " * 2000)


@given(
    TEXTS,
    st.lists(st.text(min_size=1, max_size=40), max_size=14, unique=True),
    st.sampled_from(["", "/a.png", "/a.gif"]),
)
def test_no_limit_is_broken(text: str, labels: list[str], picture: str) -> None:
    choices = [{"key": str(number), "label": label} for number, label in enumerate(labels)]
    message = bot_says(text, choices=choices, picture=picture or None)
    parts = render(message, CAPABILITIES, conversation=1, language="de", base_url="https://chat.example.com")
    for part in parts:
        for body in write(part, "de"):
            kind = body["type"]
            assert set(body) == {"type", kind}
            if kind == "interactive":
                interactive.read(body[kind])
            else:
                check(body[kind], _BODIES[kind], kind)


@pytest.mark.parametrize(
    ("person", "greeted"), [("Wanda M.", "Wanda"), ("", "👋"), ("  \n x\ty", "x"), ("a" * 99, "a" * 60)]
)
def test_an_invitation_fits_its_template(person: str, greeted: str) -> None:
    template = Template(name="t", language="en", body="Hello {{1}}!", buttons=("Continue",))
    text, buttons = read_template([template], invitation("t", "en", person)["template"])
    assert text == f"Hello {greeted}!"
    assert [one["id"] for one in buttons] == ["handraiser:continue"]


def test_the_list_opens_with_a_word_of_the_language() -> None:
    message = bot_says("?", choices=[{"key": str(one), "label": str(one)} for one in "abcdef"])
    (part,) = render(message, CAPABILITIES, conversation=1, language="fr", base_url="")
    assert write(part, "fr-CA")[0]["interactive"]["action"]["button"] == "Choisir"
    assert write(part, "ja")[0]["interactive"]["action"]["button"] == "Choose"


def test_the_name_of_a_file_keeps_its_ending() -> None:
    file = AttachedFile(name="x" * 300 + ".pdf", content_type="application/pdf", path=Path("x"))
    (body,) = write(Shown(file=file), "en", "123")
    check(body["document"], _BODIES["document"], "document")
    assert body["document"]["filename"].endswith(".pdf")


@pytest.mark.parametrize("code", [0, 10, 190, 200, 299])
def test_a_token_that_is_refused_says_where_a_new_one_comes_from(code: int) -> None:
    refusal = judge(401, {"error": {"code": code, "message": "Session has expired"}})
    assert isinstance(refusal, Undeliverable)
    assert str(refusal).startswith("WhatsApp refuses: Session has expired")
    assert "docs/whatsapp.md" in str(refusal)


@pytest.mark.parametrize("code", [131030, 131031, 131042, 132000, 132001, 132015])
def test_what_people_can_put_right_is_said(code: int) -> None:
    refusal = judge(400, {"error": {"code": code, "message": "no"}})
    assert isinstance(refusal, Undeliverable)
    assert "; " in str(refusal)


@pytest.mark.parametrize(
    ("status", "answer", "rest", "seconds"),
    [
        (400, {"error": {"code": 131056}}, None, 6.0),
        (429, None, 17.0, 17.0),
        (503, {"error": {"code": 131016}}, None, None),
        (400, {"error": {"code": 99, "is_transient": True}}, None, None),
        (200, None, None, None),
        (404, "<html>", None, None),
        (403, [], None, None),
    ],
)
def test_what_passes_is_tried_again(status: int, answer: Any, rest: float | None, seconds: float | None) -> None:
    refusal = judge(status, answer, rest)
    assert isinstance(refusal, TryLater)
    assert refusal.seconds == seconds
