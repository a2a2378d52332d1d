"""Finding e-mail addresses in what people type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.language.mail_addresses import find_addresses, valid_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ada@example.com", "ada@example.com"),
        ("  Ada@Example.COM ", "Ada@example.com"),
        ("INFO@example.com", "info@example.com"),
        ("ada@example.com, thanks", "ada@example.com"),
        ("it's ada@example.com.", "ada@example.com"),
        ("ada@example.com!", "ada@example.com"),
        ("mailto:ada@example.com?subject=hi", "ada@example.com"),
        ("<ada@example.com>", "ada@example.com"),
        ("(“ada@example.com”)", "ada@example.com"),
        ("write to mailto:ada@example.com?subject=x please", "ada@example.com"),
        ("Ada Lovelace <ada@example.com>", "ada@example.com"),
        ("E-Mail: ada@example.com", "ada@example.com"),
        ("reach me:ada@example.com", "ada@example.com"),
        ("Ada\nada@example.com", "ada@example.com"),
        ("my email is ada at example dot com", "ada@example.com"),
        ("name dot surname at company dot co dot uk", "name.surname@company.co.uk"),
        ("ada underscore l at example dot com", "ada_l@example.com"),
        ("ada [at] example [dot] com", "ada@example.com"),
        ("ada(at)example.com", "ada@example.com"),
        ("ada punkt lovelace at beispiel punkt de", "ada.lovelace@beispiel.de"),
        ("ada arroba ejemplo punto com", "ada@ejemplo.com"),
        ("ada arobase exemple point fr", "ada@exemple.fr"),
        ("my email is ada @ example.com", "ada@example.com"),
        ("contact: ada dot l @ example dot com", "ada.l@example.com"),
        ("ada＠example.com", "ada@example.com"),
        ("o'neil+news@mail.example.co.uk", "o'neil+news@mail.example.co.uk"),
        ("jürgen@müller.de", "jürgen@müller.de"),
        ("ada@xn--mller-kva.de", "ada@müller.de"),
        ("用户@例子.公司", "用户@例子.公司"),
        ('"ada lovelace"@example.org', '"ada lovelace"@example.org'),
        ("ada@example.com and ada@example.com", "ada@example.com"),
        ("a" * 64 + "@example.com", "a" * 64 + "@example.com"),
    ],
)
def test_an_address_is_found(text: str, address: str) -> None:
    assert find_addresses(text).addresses == (address,)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ada@example.com.", "ada@example.com"),
        ("(ada@example.com", "ada@example.com"),
        ("<ada@example.com !", "ada@example.com"),
        ("ada@example.com\n", "ada@example.com"),
        ("ada@example.com␍␊", "ada@example.com"),
        ("ada@@example.com", "ada@example.com"),
        ("ada@example,com", "ada@example.com"),
        ("ada@example..com", "ada@example.com"),
        ("ada@exa mple.com", "ada@example.com"),
        (".ada.@example.com", "ada@example.com"),
        ("ada@gmail", "ada@gmail.com"),
        ("ada@hotmailcom", "ada@hotmail.com"),
        ("ada at gmail", "ada@gmail.com"),
        ("ada.gmail.com", "ada@gmail.com"),
    ],
)
def test_a_near_miss_is_offered_and_not_taken(text: str, meant: str) -> None:
    found = find_addresses(text)
    assert found.addresses == ()
    assert found.nearly[0] == meant


NO_ADDRESSES = [
    *("", "@", "ada", "ada@", "@example.com", "a@localhost", "a@b.test", "ada@[127.0.0.1]", "ada@-example.com"),
    *("ada@example.c", "twitter @ada", "you can find us at example.com", "see @example.com for that"),
    *("I work at example.com", '"ada@example.com"@', "a" * 65 + "@example.com", "ada@" + "a" * 64 + ".com"),
    *("ada@example.com?x", "©@example.com", "␀@example.com", "((((((ada@example.com))))))", "a" * 300 + "@-"),
    *("@ " * 100, "at " * 100, "a at " * 100, "a@ " * 100),
]


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_is_no_address_is_not_taken_for_one(text: str) -> None:
    assert find_addresses(text).addresses == ()


def test_two_addresses_are_both_found() -> None:
    assert find_addresses("ada@example.com or bob@example.org").addresses == ("ada@example.com", "bob@example.org")
    assert find_addresses("a@example.com,b@example.org").addresses == ("a@example.com", "b@example.org")


def test_a_space_inside_an_address_offers_both_readings() -> None:
    assert find_addresses("ada lovelace@example.com").nearly == ("lovelace@example.com", "adalovelace@example.com")
    assert find_addresses("Ada al@example.com").addresses == ("al@example.com",)


def test_an_address_made_of_ordinary_words_is_doubted() -> None:
    assert find_addresses("we had lunch at example.com").unsure
    assert not find_addresses("my mail is ada at example.com").unsure


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    find_addresses(text)


@settings(deadline=None)
@given(st.text(alphabet='a@. <>()"\\,:;[]atdo\n\u202e-é', max_size=60))
def test_what_is_found_is_an_address_that_reads_back_to_itself(text: str) -> None:
    found = find_addresses(text)
    for address in (*found.addresses, *found.nearly):
        assert valid_address(address) == address
        assert find_addresses(address).addresses == (address,)


@settings(deadline=None)
@given(st.emails(), st.sampled_from(["{}", "my mail is {}, thanks", "Ada <{}>", "mailto:{}"]))
def test_what_follows_the_rules_is_found_in_a_sentence(address: str, sentence: str) -> None:
    whole = valid_address(address)
    if address.startswith("-"):  # In a sentence that is a dash before the address.
        return
    if whole is not None and address.isascii() and not set(address) & set("<>()\"'?=:;,|/!*_~{}`"):
        assert find_addresses(sentence.format(address)).addresses == (whole,)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ada\u200b@example.com", "ada@example.com"),
        ("ada@exa\u00admple.com", "ada@example.com"),
        ("ada@example.com😀", "ada@example.com"),
        ("o’brien@example.com", "o'brien@example.com"),
    ],
)
def test_what_a_keyboard_or_a_web_page_adds_is_offered_without(text: str, meant: str) -> None:
    found = find_addresses(text)
    assert (found.addresses, found.nearly) == ((), (meant,))


@pytest.mark.parametrize("text", ["ada [@] example [.] com", "ada -at- example -dot- com"])
def test_more_ways_to_hide_an_address_are_seen_through(text: str) -> None:
    assert find_addresses(text).addresses == ("ada@example.com",)
