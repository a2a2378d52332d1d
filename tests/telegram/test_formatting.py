"""Markup: what is taken, what is refused with which words, and what a reader sees."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.helpers import escape_markdown

from tests.telegram.entities import detected, message_text, read_text
from tests.telegram.html_mode import read_html
from tests.telegram.links import Wrong, checked
from tests.telegram.markdown_mode import read_markdown, read_markdown_v2
from tests.telegram.refusals import Malformed
from tests.telegram.text import Formatted, part, units


def shown(read: Formatted) -> list[tuple[str, str]]:
    return [(one["type"], part(read.text, one["offset"], one["length"])) for one in read.entities]


@pytest.mark.parametrize(
    ("source", "text", "formats"),
    [
        ("plain", "plain", []),
        ("<b>🦊 fox</b> &amp; <i>hen</i>", "🦊 fox & hen", [("bold", "🦊 fox"), ("italic", "hen")]),
        ("<b>a<u>b</u></b>", "ab", [("bold", "ab"), ("underline", "b")]),
        ("1 &lt 2 &copy; &#65;&#x42;", "1 < 2 &copy; AB", []),
        ('<a href="https://acme.example/?a=1&amp;b">site</a>', "site", [("text_link", "site")]),
        ("<a href=nowhere>site</a>", "site", []),
        ("<tg-spoiler>x</tg-spoiler><span class='tg-spoiler'>y</span>", "xy", [("spoiler", "x"), ("spoiler", "y")]),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", "q")]),
        ("<s>a</s><del>b</del><strike>c</strike>", "abc", [("strikethrough", one) for one in "abc"]),
        ("<B>loud</B>", "loud", [("bold", "loud")]),
    ],
)
def test_html_that_is_taken(source: str, text: str, formats: list[tuple[str, str]]) -> None:
    read = read_html(source)
    assert (read.text, shown(read)) == (text, formats)


def test_code_and_its_language() -> None:
    read = read_html('<pre><code class="language-python">x = 1</code></pre><code>y</code>')
    assert read.entities == [
        {"type": "pre", "offset": 0, "length": 5, "language": "python"},
        {"type": "code", "offset": 5, "length": 1},
    ]
    assert read_html("<pre>x</pre>").entities == [{"type": "pre", "offset": 0, "length": 1}]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("ä <", "Unclosed start tag at byte offset 3"),
        ("a <3 b", 'Unsupported start tag "3" at byte offset 2'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b ", "Unclosed end tag at byte offset 4"),
        ("<a href='x>y</a>", "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji emoji-id=x>y</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("<i x", 'Unclosed start tag "i" at byte offset 0'),
        ("<i x=", 'Unclosed start tag "i" at byte offset 0'),
        ("<i x=y", "Unclosed start tag at byte offset 0"),
        ("<tg-time>x</tg-time>", "Invalid date specified"),
        ("<i =x>y</i>", 'Empty attribute name in the tag "i" at byte offset 0'),
    ],
)
def test_html_that_is_refused(source: str, why: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {why}"


@pytest.mark.parametrize(
    ("source", "text", "formats"),
    [
        ("*bold* _it_ __un__", "bold it un", ["bold", "italic", "underline"]),
        ("~st~ ||sp||", "st sp", ["strikethrough", "spoiler"]),
        ("1\\. 2\\! \\_", "1. 2! _", []),
        ("`a_b*` ```py\nx = 1```", "a_b* x = 1", ["code", "pre"]),
        ("[site](https://acme.example/a\\)b)", "site", ["text_link"]),
        ("*_both_*", "both", ["bold", "italic"]),
        (">quoted\n>still\nnot", "quoted\nstill\nnot", ["blockquote"]),
        ("**>a\n>b||", "a\nb", ["expandable_blockquote"]),
        ("![👍](tg://emoji?id=5368324170671202286)", "👍", ["custom_emoji"]),
    ],
)  # fmt: skip
def test_markdown_that_is_taken(source: str, text: str, formats: list[str]) -> None:
    read = read_markdown_v2(source)
    assert (read.text, [one["type"] for one in read.entities]) == (text, formats)


@pytest.mark.parametrize("one", list("]()>#+-=|{}.!"))
def test_every_reserved_character_must_be_escaped(one: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_markdown_v2(f"a{one}")
    why = f"Character '{one}' is reserved and must be escaped with the preceding '\\'"
    assert caught.value.description == f"Bad Request: can't parse entities: {why}"
    assert read_markdown_v2(f"a\\{one}").text == f"a{one}"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("ä *b", "Can't find end of Bold entity at byte offset 3"),
        ("*b _c*", "Can't find end of Bold entity at byte offset 5"),
        ("`x", "Can't find end of Code entity at byte offset 0"),
        ("[x](y", "Can't find end of a URL at byte offset 4"),
        (">*b\nc*", "Can't find end of Bold entity at byte offset 1"),
        ("![x](https://acme.example)", "Invalid tg://emoji or tg://time URL specified"),
    ],
)
def test_markdown_that_is_refused(source: str, why: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_markdown_v2(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {why}"


def test_the_older_markdown() -> None:
    read = read_markdown("*b* _i_ `c` [site](acme.example) a\\_b")
    assert shown(read) == [("bold", "b"), ("italic", "i"), ("code", "c"), ("text_link", "site")]
    assert read.text == "b i c site a_b"
    with pytest.raises(Malformed, match="Can't find end of the entity starting at byte offset 3"):
        read_markdown("ä *b")


def test_what_telegram_finds_by_itself() -> None:
    text = "/start@ava_bot see https://acme.example/a, @anna #news me@acme.example +49 30 1234567 a/b"
    found = [(one["type"], part(text, one["offset"], one["length"])) for one in detected(text)]
    assert found == [
        ("bot_command", "/start@ava_bot"),
        ("url", "https://acme.example/a"),
        ("mention", "@anna"),
        ("hashtag", "#news"),
        ("email", "me@acme.example"),
        ("phone_number", "+49 30 1234567"),
    ]


def test_blanks_and_control_characters_go_and_entities_follow() -> None:
    read = message_text("\n <b>  hi\x01\r there </b> \n", "HTML", None)
    assert read["text"] == "hi  there"
    assert read["entities"] == [{"type": "bold", "offset": 0, "length": 9}]


def test_units_are_counted_as_telegram_does() -> None:
    assert [units(one) for one in ("a", "ä", "🦊", "👨‍👩‍👧")] == [1, 1, 2, 8]


def test_links() -> None:
    assert checked("ACME.example") == "http://acme.example/"
    assert checked("https://acme.example?a=b") == "https://acme.example/?a=b"
    assert checked("tg://resolve?domain=x") == "tg://resolve?domain=x"
    assert checked("localhost") == Wrong("Wrong HTTP URL")
    assert checked("ftp://acme.example") == Wrong("Unsupported URL protocol")
    assert isinstance(checked("javascript:alert(1)"), Wrong)
    assert isinstance(checked("a b.example"), Wrong)
    assert checked("tg://") == Wrong("Wrong tg URL")


def test_a_mode_of_another_name() -> None:
    assert read_text("<b>", "None", None).text == "<b>"
    with pytest.raises(Malformed):
        read_text("x", "rst", None)


@given(st.text())
def test_whatever_is_escaped_is_taken_and_shown_as_it_was(text: str) -> None:
    # The end of the text is what a C string ends with.
    text = text.replace("\0", "")
    assert read_html(html.escape(text)).text == text
    assert read_html(f"<b>{html.escape(text, quote=False)}</b>").text == text
    assert read_markdown_v2(escape_markdown(text, 2)).text == text
    assert read_markdown_v2(f"||{escape_markdown(text, 2)}||").text == text


@given(st.text(alphabet="<>&/ab=\"' \n*_~`|[]()>!\\#;x1"))
def test_whatever_is_not_is_taken_or_refused_and_never_more(text: str) -> None:
    for read in (read_html, read_markdown_v2, read_markdown):
        try:
            result = read(text)
        except Malformed:
            continue
        ends = [one["offset"] + one["length"] for one in result.entities]
        assert max(ends, default=0) <= units(result.text)
