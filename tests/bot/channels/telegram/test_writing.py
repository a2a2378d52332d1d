"""What we do in a chat for what is to be shown: nothing that Telegram could refuse."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.contract import AttachedFile, Shown
from bot.channels.telegram.addresses import Address, read_address
from bot.channels.telegram.outgoing import (
    Change,
    Document,
    InlineKeyboard,
    NoKeyboard,
    Picture,
    ReplyKeyboard,
    TakeBack,
    Text,
)
from bot.channels.telegram.writing import plainly, sayable, taking_keyboard_away, without_picture, write
from tests.bot.channels.telegram.conftest import buttons, links, outgoing

ADA = Address(chat=4711)
GROUP = Address(chat=-100123, person=4711)


def labels(keyboard: object) -> list[list[str]]:
    assert isinstance(keyboard, InlineKeyboard)
    return [[one.label for one in row] for row in keyboard.rows]


def test_words_are_said_as_they_stand() -> None:
    text = "<b>&amp; *not* _bold_ [x](http://y)\n/start @ava"
    assert write(outgoing(4711, text), ADA) == Text(text=text)


def test_buttons_carry_their_keys() -> None:
    step = write(outgoing(4711, "When?", buttons=buttons("Now", "Later")), ADA)
    assert isinstance(step, Text) and isinstance(step.keyboard, InlineKeyboard)
    assert [one.data for row in step.keyboard.rows for one in row] == ["b:17:5:0", "b:17:5:1"]


def test_in_a_group_they_say_for_whom_they_are_within_64_bytes() -> None:
    step = write(outgoing(GROUP, "When?", buttons=buttons("Now")), GROUP)
    assert isinstance(step, Text) and isinstance(step.keyboard, InlineKeyboard)
    ((button,),) = step.keyboard.rows
    assert button.data == "b:17:5:0@4711"
    assert len(f"{'b' * 40}@{'9' * 19}") <= 64


def test_short_buttons_stand_side_by_side_in_order() -> None:
    step = write(outgoing(4711, "Rate us", buttons=buttons(*"1234567", "A very long label of a button", "Yes")), ADA)
    assert isinstance(step, Text)
    assert labels(step.keyboard) == [list("12345"), ["6", "7"], ["A very long label of a button"], ["Yes"]]


def test_links_stand_below_each_on_its_own() -> None:
    step = write(outgoing(4711, "See", buttons=buttons("Go on"), links=links("Prices", "Terms")), ADA)
    assert isinstance(step, Text)
    assert labels(step.keyboard) == [["Go on"], ["Prices"], ["Terms"]]


def test_the_phone_is_asked_for_by_telegrams_own_button() -> None:
    asked = outgoing(4711, "Your phone?", ask_contact="Share my number", buttons=buttons("Skip"))
    step = write(asked, ADA)
    assert isinstance(step, Text)
    assert step.keyboard == ReplyKeyboard(contact="Share my number", labels=("Skip",))
    in_group = write(asked, GROUP)
    assert isinstance(in_group, Text) and labels(in_group.keyboard) == [["Skip"]]


def test_a_place_is_asked_for_by_telegrams_own_button() -> None:
    asked = outgoing(4711, "Where are you?", ask_location="Share where I am")
    step = write(asked, ADA)
    assert isinstance(step, Text)
    assert step.keyboard == ReplyKeyboard(location="Share where I am")
    in_group = write(asked, GROUP)
    assert isinstance(in_group, Text) and in_group.keyboard is None


def test_the_keyboard_is_taken_away_by_the_next_words_without_buttons() -> None:
    assert taking_keyboard_away(Text(text="Thanks")) == Text(text="Thanks", keyboard=NoKeyboard())
    with_buttons = write(outgoing(4711, "When?", buttons=buttons("Now")), ADA)
    assert taking_keyboard_away(with_buttons) == with_buttons


def test_pictures_and_files_take_the_words_with_them(tmp_path: Path) -> None:
    url = "https://www.example.com/mia.png"
    picture = write(outgoing(4711, "Mia", picture=url, links=links("Prices")), ADA)
    assert isinstance(picture, Picture) and (picture.url, picture.caption) == (url, "Mia")
    assert without_picture(picture) == Text(text=f"Mia\n\n{url}", keyboard=picture.keyboard)
    file = AttachedFile(name="guide.pdf", content_type="application/pdf", path=tmp_path / "guide.pdf")
    assert write(outgoing(4711, "", file=file), ADA) == Document(name="guide.pdf", path=file.path)


def test_codes_can_be_copied_by_a_touch() -> None:
    step = write(outgoing(4711, "😀 Take SAVE-10 now", code="SAVE-10"), ADA)
    assert isinstance(step, Text) and step.code == (8, 7)
    missing = write(outgoing(4711, "Take it", code="SAVE-10"), ADA)
    assert isinstance(missing, Text) and missing.code is None


def test_words_are_changed_and_taken_back() -> None:
    assert write(outgoing(4711, "Tuesday", revises="15"), ADA) == Change(message=15, text="Tuesday")
    assert write(outgoing(4711, "", removes="15"), ADA) == TakeBack(message=15)
    with pytest.raises(ValueError, match="invalid literal"):
        write(outgoing(4711, "", removes="C1:2"), ADA)


@pytest.mark.parametrize("text", ["\u200b", "\u202e\u202c", " \n ", "\u3164", "\x07", ""])
def test_where_nothing_is_to_be_seen_a_sign_stands(text: str) -> None:
    assert sayable(text) == "…"


@pytest.mark.parametrize("text", ["a", "😀", "\u202ea", "…", "0"])
def test_what_can_be_seen_stays_as_it_is(text: str) -> None:
    assert sayable(text) == text


def test_plainly_addresses_are_written_and_choices_stay() -> None:
    shown = {"buttons": buttons("Go on"), "links": links("Prices"), "code": "SAVE"}
    step = plainly(write(outgoing(4711, "SAVE now", **shown), ADA))
    assert isinstance(step, Text) and step.code is None
    assert step.text == "SAVE now\n\nPrices: https://www.example.com/0"
    assert labels(step.keyboard) == [["Go on"]]
    only_links = plainly(write(outgoing(4711, "See", links=links("Prices")), ADA))
    assert isinstance(only_links, Text) and only_links.keyboard is None
    full = plainly(write(outgoing(4711, "😀" * 2040, links=links("Prices", "Terms")), ADA))
    assert isinstance(full, Text) and full.text == "😀" * 2040


@given(
    st.integers(-(10**18), 10**18).filter(bool), st.none() | st.integers(0, 10**18), st.none() | st.integers(1, 10**18)
)
def test_addresses_are_read_as_they_were_written(chat: int, thread: int | None, person: int | None) -> None:
    address = Address(chat=chat, thread=thread, person=person)
    assert read_address(str(address)) == address


@pytest.mark.parametrize("wrong", ["", "Ada", "1:2:3", "1.5.2", "١", "1 "])
def test_what_is_no_address_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="is no address of Telegram's"):
        read_address(wrong)


def test_nothing_shown_is_forgotten() -> None:
    """Every field of ``Shown`` is used, or is for channels that show names or describe pictures."""
    from dataclasses import fields

    used = {"text", "buttons", "links", "picture", "file", "ask_contact", "ask_location", "code"}
    assert {one.name for one in fields(Shown)} == used | {"speaker", "speaker_picture", "alt"}
