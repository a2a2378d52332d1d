"""What a channel shows of a message: nothing lost, no limit broken, whatever anybody writes."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.choosing import chosen_by_number
from bot.channels.contract import KEY_CHARACTERS_MOST, AttachedFile, Capabilities, Shown, read_button_key
from bot.channels.rendering import correction, render
from bot.channels.splitting import clean, length, split
from bot.graphemes import units
from tests.bot.channels.capabilities import ALL, BARE, NAMING, NARROW, ROOMY

BASE = "https://chat.example.com"
GUIDE = AttachedFile(name="guide.pdf", content_type="application/pdf", path=Path("guide.pdf"))


def bot(text: str = "", **more: Any) -> dict[str, Any]:
    return {"seq": 4, "from": "bot", "at": "2027-01-05T10:00:00+00:00", "text": text, "persona": {"name": "Mia"}} | more


def choices(*labels: str) -> list[dict[str, str]]:
    return [{"key": f"k{number}", "label": label} for number, label in enumerate(labels)]


def shown(
    message: dict[str, Any], can: Capabilities, language: str = "en", file: AttachedFile | None = None
) -> tuple[Shown, ...]:
    return render(message, can, conversation=7, language=language, base_url=BASE, file=file)


def only(message: dict[str, Any], can: Capabilities, **more: Any) -> Shown:
    (part,) = shown(message, can, **more)
    return part


# Texts.


def test_a_short_text_is_one_part() -> None:
    assert shown(bot("Hello"), BARE) == (Shown(text="Hello"),)


def test_what_the_visitor_wrote_and_what_is_empty_is_not_shown() -> None:
    assert shown(bot("Hello") | {"from": "visitor"}, ROOMY) == ()
    assert shown(bot("  \n "), ROOMY) == ()


def test_a_long_text_is_cut_between_paragraphs_then_lines_then_words() -> None:
    assert split("One two.\n\nThree four five.", 20, utf16=False) == ["One two.", "Three four five."]
    assert split("Three four five\nsix", 16, utf16=False) == ["Three four five", "six"]
    assert split("Three four five", 12, utf16=False) == ["Three four", "five"]


def test_a_word_without_an_end_is_cut_between_characters_as_people_see_them() -> None:
    assert split("👍🏽" * 3, 9, utf16=True) == ["👍🏽👍🏽", "👍🏽"]


def test_emojis_count_twice_only_where_the_platform_counts_so() -> None:
    assert split("😀" * 10, 10, utf16=False) == ["😀" * 10]
    assert split("😀" * 10, 10, utf16=True) == ["😀" * 5] * 2


def test_buttons_stand_under_the_last_part_of_a_long_text() -> None:
    first, last = shown(bot("word " * 70, choices=choices("Yes", "No")), NARROW)
    assert (first.buttons, [one.label for one in last.buttons]) == ((), ["Yes", "No"])


# Choices.


def test_choices_are_buttons_with_keys_that_say_nothing() -> None:
    part = only(bot("Well?", choices=choices("Yes", "No")), ROOMY)
    assert [(one.key, one.label) for one in part.buttons] == [("b:7:4:0", "Yes"), ("b:7:4:1", "No")]
    assert read_button_key(part.buttons[1].key) == (7, 4, 1)


@pytest.mark.parametrize("key", ["", "b", "b:1:2", "b:1:2:3:4", "c:1:2:3", "b:-1:2:3", "b:¹:2:3", "b:1:2:" + "9" * 50])
def test_keys_of_others_are_none_of_ours(key: str) -> None:
    assert read_button_key(key) is None


def test_a_label_that_is_too_long_is_cut_and_written_out() -> None:
    part = only(bot("Well?", choices=choices("I have a question about prices", "No")), NARROW)
    assert [one.label for one in part.buttons] == ["I have a question a…", "No"]
    assert part.text == "Well?\n\n• I have a question about prices"


def test_labels_that_look_alike_when_cut_are_numbered() -> None:
    part = only(bot("Well?", choices=choices("The biggest plan of all: A", "The biggest plan of all: B")), NARROW)
    assert part.buttons == ()
    assert part.text == "Well?\n\n1. The biggest plan of all: A\n2. The biggest plan of all: B\n\nA number is enough."


def test_more_choices_than_buttons_are_numbered_and_the_number_is_understood() -> None:
    message = bot("Which?", choices=choices("Red", "Green", "Blue", "Grey"))
    assert only(message, NARROW).text == "Which?\n\n1. Red\n2. Green\n3. Blue\n4. Grey\n\nA number is enough."
    for said in ("2", " 2. ", "(2)", "#2"):
        chosen = chosen_by_number(message, said, NARROW, "en")
        assert chosen is not None
        assert chosen.key == "k1"
    for said in ("0", "5", "2 or 3", "two", "2 people", "", "²"):
        assert chosen_by_number(message, said, NARROW, "en") is None
    assert chosen_by_number(message, "2", ROOMY, "en") is None  # There it had buttons: the number may be an answer.


def test_numbers_are_not_numbered() -> None:
    message = bot("How many?", choices=choices("1", "2-10", "10-50", "> 50"))
    assert only(message, BARE).text == "How many?\n\n• 1\n• 2-10\n• 10-50\n• > 50"
    assert chosen_by_number(message, "2", BARE, "en") is None


def test_several_answers_are_a_list_everywhere_and_several_numbers_are_understood() -> None:
    message = bot("Which?", choices=choices("Red", "Green", "Blue"), input={"kind": "choices", "optional": True})
    text = "Which?\n\n1. Red\n2. Green\n3. Blue\n4. Skip\n\nYou can name several: 1, 3"
    assert only(message, ROOMY) == Shown(text=text)
    for said, keys in (("1, 3", "k0,k2"), ("3 and 1", "k0,k2"), ("2", "k1"), ("1 2 3", "k0,k1,k2"), ("4", "skip")):
        chosen = chosen_by_number(message, said, ROOMY, "en")
        assert chosen is not None
        assert chosen.key == keys
    for said in ("1, 9", "1, 4", "1 3 people"):
        assert chosen_by_number(message, said, ROOMY, "en") is None


def test_what_may_be_left_out_has_a_button_or_is_told() -> None:
    message = bot("Phone?", input={"kind": "text", "optional": True})
    assert [one.label for one in only(message, ROOMY, language="de").buttons] == ["Überspringen"]
    assert only(message, BARE).text == 'Phone?\n\nTo leave this out, write "skip".'
    full = bot("Which?", choices=choices("A", "B", "C"), input={"kind": "choice", "optional": True})
    part = only(full, NARROW)
    assert [one.label for one in part.buttons] == ["A", "B", "C"]
    assert part.text == 'Which?\n\nTo leave this out, write "skip".'


def test_a_rating_is_buttons_or_tells_its_ends() -> None:
    asked = {"kind": "rating", "minimum": 1, "maximum": 5, "extra": {"labels": ["poor", "great"]}}
    message = bot("How was it?", choices=choices("1", "2", "3", "4", "5"), input=asked)
    assert len(only(message, ROOMY).buttons) == 5
    assert only(message, ROOMY).text == "How was it?\n\n1 = poor, 5 = great"
    assert only(message, NARROW) == Shown(text="How was it?\n\n1 = poor, 5 = great")
    bare = bot("How was it?", input={"kind": "rating", "minimum": 0, "maximum": 100})
    assert only(bare, ROOMY).text == "How was it?\n\nFrom 0 to 100."


# Links, pictures, cards.


def test_links_are_buttons_or_written_out() -> None:
    message = bot("See", links=[{"label": "Prices", "url": "https://example.com/p"}])
    part = only(message, ROOMY)
    assert [(one.label, one.url) for one in part.links] == [("Prices", "https://example.com/p")]
    assert part.text == "See"
    assert only(message, NARROW) == Shown(text="See\n\nPrices: https://example.com/p")


@pytest.mark.parametrize("url", ["mailto:a@example.com", "tel:+4930123", "http://localhost:8080/x", "javascript:x"])
def test_addresses_that_no_platform_takes_for_a_button_are_written_out(url: str) -> None:
    part = only(bot("See", links=[{"label": "There", "url": url}]), ROOMY)
    assert (part.links, part.text) == ((), f"See\n\nThere: {url}")


def test_a_picture_has_its_text_below_where_that_fits() -> None:
    message = bot("Look", picture="/pictures/a.png")
    assert only(message, ROOMY) == Shown(text="Look", picture=f"{BASE}/pictures/a.png")
    assert shown(message | {"text": "word " * 20}, NARROW)[0] == Shown(picture=f"{BASE}/pictures/a.png")
    assert only(message, BARE).text == f"Look\n\n{BASE}/pictures/a.png"


def test_what_a_picture_shows_is_told_to_those_who_do_not_see_it_or_else_to_everybody() -> None:
    message = bot("Look", picture="/pictures/a.png", alt="A chart: half the work")
    picture = f"{BASE}/pictures/a.png"
    describing = replace(ROOMY, describes_pictures=True)
    assert only(message, describing) == Shown(text="Look", picture=picture, alt="A chart: half the work")
    assert only(message, ROOMY) == Shown(text="A chart: half the work\n\nLook", picture=picture)
    assert only(message, BARE).text == f"A chart: half the work\n\nLook\n\n{picture}"


def test_a_file_is_sent_itself_where_that_is_possible_else_its_link() -> None:
    card = {"kind": "file", "title": "The guide", "url": f"{BASE}/m/abc", "description": "12 pages"}
    message = bot("Here you are", card=card)
    assert only(message, ROOMY, file=GUIDE) == Shown(text="Here you are\n\nThe guide\n\n12 pages", file=GUIDE)
    part = only(message, ROOMY)
    assert [(one.label, one.url) for one in part.links] == [("Download", f"{BASE}/m/abc")]
    assert only(message, BARE, file=GUIDE).text.endswith(f"Download: {BASE}/m/abc")


def test_a_code_stands_in_the_text_and_can_be_copied() -> None:
    card = {"kind": "code", "title": "Ten off", "code": "SAVE-10", "url": f"{BASE}/m/abc"}
    part = only(bot("Ten off", card=card), ROOMY)
    assert (part.text, part.code, part.links[0].label) == ("Ten off\n\nSAVE-10", "SAVE-10", "Open")


def test_an_event_tells_when_and_where_and_brings_its_calendar_entry() -> None:
    card = {
        "kind": "event", "title": "CRM live",
        "starts": "2027-02-03T15:00:00+01:00", "ends": "2027-02-03T16:00:00+01:00",
        "place": "Online", "url": f"{BASE}/m/abc", "calendar_url": f"{BASE}/m/abc/calendar.ics",
    }  # fmt: skip
    part = only(bot("You are in", card=card), ROOMY)
    assert part.text == "You are in\n\nCRM live\n\n3 February 2027, 15:00 – 16:00 (UTC+01:00)\n\nOnline"
    assert [one.label for one in part.links] == ["Open", "Add to calendar"]
    written = "\n".join(one.text for one in shown(bot("You are in", card=card), BARE))
    assert f"Add to calendar: {BASE}/m/abc/calendar.ics" in written


# Who says it, and how to answer.


def test_the_name_of_a_person_of_ours_stands_before_their_words_where_it_cannot_be_shown() -> None:
    message = bot("Hello Ada") | {"from": "rep", "persona": {"name": "Anna Berg", "picture": "/pictures/anna.png"}}
    assert only(message, ROOMY).text == "Anna Berg: Hello Ada"
    part = only(message, NAMING)
    assert (part.text, part.speaker, part.speaker_picture) == ("Hello Ada", "Anna Berg", f"{BASE}/pictures/anna.png")


def test_a_phone_number_can_be_shared_where_the_platform_has_a_button_for_it() -> None:
    message = bot("Your number?", input={"kind": "tel"})
    assert only(message, ROOMY, language="es").ask_contact == "Compartir mi teléfono"
    assert only(message, NARROW).ask_contact == ""


def test_a_place_is_asked_for_by_the_platforms_own_button_where_there_is_one() -> None:
    message = bot("Where are you?", input={"kind": "text", "extra": {"place": True}})
    assert only(message, ROOMY, language="de").ask_location == "Meinen Standort teilen"
    assert only(message, NARROW).ask_location == ""
    assert only(bot("Who are you?", input={"kind": "text", "extra": {}}), ROOMY).ask_location == ""


def test_how_to_write_a_date_is_told_in_the_visitors_language() -> None:
    message = bot("Wann?", input={"kind": "date"})
    assert only(message, ROOMY, language="de").text.startswith("Wann?\n\nZum Beispiel: morgen")


def test_words_that_were_changed_are_said_anew_where_nothing_can_be_changed() -> None:
    changed = bot("Hello Ada") | {"from": "rep", "persona": {"name": "Anna"}, "revises": True}
    assert only(dict(correction(changed, "en")), BARE).text == "Anna: Correction: Hello Ada"


# Any message.

texts = st.text(st.characters(codec="utf-8"), max_size=900) | st.text("ab \n\u0301\u200d👩🇩🇪é\ud800\x00", max_size=900)
labels = st.text(max_size=90)
messages = st.builds(
    lambda text, named, kind, optional, links, picture, card, who: (
        bot(text)
        | {"from": who, "choices": choices(*named)}
        | ({"input": {"kind": kind, "optional": optional}} if kind else {})
        | {"links": [{"label": label, "url": url} for label, url in links]}
        | ({"picture": "/pictures/a.png"} if picture else {})
        | ({"card": card} if card else {})
    ),
    texts,
    st.lists(labels, max_size=12),
    st.sampled_from(["", "text", "choice", "choices", "rating", "tel", "date", "email"]),
    st.booleans(),
    st.lists(st.tuples(labels, st.sampled_from(["https://example.com/" + "x" * 300, "tel:+49301"])), max_size=4),
    st.booleans(),
    st.none()
    | st.fixed_dictionaries(
        {"kind": st.just("file"), "title": labels, "description": texts, "url": st.just(f"{BASE}/m/abc")}
    )
    | st.fixed_dictionaries({"kind": st.just("code"), "title": labels, "code": st.text(min_size=1, max_size=40)}),
    st.sampled_from(["bot", "rep"]),
)
FAMILY = "👩‍👩‍👧‍👦"


def squeezed(text: str) -> str:
    return "".join(clean(text).split())


@given(messages, st.sampled_from(ALL), st.sampled_from(["en", "de", "ar"]), st.sampled_from([None, GUIDE]))
@example(bot("e" + "\u0301" * 2000), BARE, "en", None)
@example(bot(FAMILY * 200), BARE, "en", None)
def test_nothing_is_lost_and_no_limit_is_broken(
    message: dict[str, Any], can: Capabilities, language: str, file: AttachedFile | None
) -> None:
    parts = shown(message, can, language, file)
    assert parts == shown(message, can, language, file)
    for part in parts:
        under_media = bool(part.picture or part.file)
        most = min(can.caption_characters, can.text_characters) if under_media else can.text_characters
        assert length(part.text, utf16=can.counts_utf16) <= most
        assert part.text.strip() or under_media
        assert not (part.picture and part.file)
        assert len(part.buttons) + len(part.links) <= can.buttons
        assert part.picture == "" or can.pictures
        assert part.file is None or can.files
        assert part.links == () or can.link_buttons
        assert len({one.key for one in part.buttons}) == len(part.buttons)
        for button in part.buttons:
            assert button.label.strip()
            assert len(button.key) <= KEY_CHARACTERS_MOST
        for label in [*(one.label for one in part.buttons), *(one.label for one in part.links)]:
            assert units(label) <= can.label_characters
            assert "\n" not in label
        part.text.encode()
    written = squeezed("".join(part.text for part in parts))
    buttons = [squeezed(one.label) for part in parts for one in part.buttons]
    links = {one.url for part in parts for one in part.links}
    card = message.get("card") or {}
    for text in (message["text"], card.get("title", ""), card.get("description", ""), card.get("code", "")):
        assert squeezed(text) in written
    if (message.get("input") or {}).get("kind") != "rating":
        for choice in message.get("choices", ()):
            assert squeezed(choice["label"]) in written or squeezed(choice["label"]) in buttons
    for link in message.get("links", ()):
        assert link["url"] in links or link["url"] in written
    if picture := message.get("picture"):
        assert BASE + picture in [part.picture for part in parts] or BASE + picture in written
    if card.get("url") and not (file and can.files):
        assert card["url"] in links or card["url"] in written


LISTS = replace(NARROW, buttons=10, label_characters=20, list_above=3, list_label_characters=24)


def test_rows_of_a_list_have_more_room_than_buttons() -> None:
    label = "x" * 24
    few = only(bot("Which?", choices=choices("A", "B", label)), LISTS)
    many = only(bot("Which?", choices=choices("A", "B", "C", label)), LISTS)
    assert [len(one.label) for one in (few.buttons[-1], many.buttons[-1])] == [20, 24]
    assert (label in few.text, label in many.text) == (True, False)
    # Labels that only a list tells apart are buttons of a list, and numbered where there are three.
    alike = [f"{'y' * 22}{number}" for number in range(4)]
    assert [one.label for one in only(bot("Which?", choices=choices(*alike)), LISTS).buttons] == alike
    assert "1. yyy" in only(bot("Which?", choices=choices(*alike[:3])), LISTS).text
