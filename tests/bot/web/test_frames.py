"""WebSocket frames as RFC 6455 has them, and as nobody may send them."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.web.frames import BrokenProtocol, Frame, FrameReader, Kind, frame_of, goodbye_of
from tests.bot.web.raw_frames import client_frame

MOST = 1000


def read(data: bytes, most: int = MOST) -> list[Frame]:
    reader = FrameReader(most)
    reader.feed(data)
    frames = []
    while (frame := reader.next()) is not None:
        frames.append(frame)
    return frames


def test_the_examples_of_the_standard() -> None:
    """Section 5.7."""
    assert read(bytes.fromhex("818537fa213d7f9f4d5158")) == [Frame(Kind.TEXT, b"Hello")]
    assert frame_of(b"Hello") == bytes.fromhex("810548656c6c6f")
    assert read(bytes.fromhex("8a8537fa213d7f9f4d5158")) == [Frame(Kind.PONG, b"Hello")]
    assert frame_of(b"Hello", Kind.PING) == bytes.fromhex("890548656c6c6f")
    assert frame_of(bytes(256), Kind.BINARY) == bytes.fromhex("827e0100") + bytes(256)
    assert frame_of(bytes(65536), Kind.BINARY) == bytes.fromhex("827f0000000000010000") + bytes(65536)


@settings(max_examples=50)
@given(st.lists(st.binary(max_size=300), max_size=6), st.integers(1, 400), st.binary(min_size=4, max_size=4))
def test_however_the_bytes_are_cut_the_messages_are_the_same(payloads: list[bytes], cut: int, mask: bytes) -> None:
    data = b"".join(client_frame(payload, mask=mask) for payload in payloads)
    reader, frames = FrameReader(MOST), []
    for start in range(0, len(data), cut):
        reader.feed(data[start : start + cut])
        while (frame := reader.next()) is not None:
            frames.append(frame)
    assert frames == [Frame(Kind.TEXT, payload) for payload in payloads]
    assert reader.waiting == 0


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_are_messages_or_an_error_with_a_code(data: bytes) -> None:
    code, frames = 1002, []
    try:
        frames = read(data)
    except BrokenProtocol as error:
        code = error.code
    assert code in (1002, 1007, 1009)
    assert all(len(frame.payload) <= MOST for frame in frames)


def test_pieces_are_put_together_and_a_ping_may_come_between() -> None:
    data = client_frame(b"Hel", first=0x01) + client_frame(b"?", first=0x89) + client_frame(b"", first=0x00)
    assert read(data + client_frame(b"lo", first=0x80)) == [Frame(Kind.PING, b"?"), Frame(Kind.TEXT, b"Hello")]


def test_a_character_may_be_cut_between_two_pieces() -> None:
    euro = "€".encode()
    (frame,) = read(client_frame(euro[:1], first=0x01) + client_frame(euro[1:], first=0x80))
    assert frame.text == "€"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x81\x05Hello", 1002),  # Not masked.
        (client_frame(b"x", first=0xC1), 1002),  # An extension.
        (client_frame(b"x", first=0x83), 1002),  # A kind that is not.
        (client_frame(b"x", first=0x8B), 1002),
        (client_frame(b"x", first=0x09), 1002),  # A ping in pieces.
        (client_frame(bytes(126), first=0x89), 1002),  # A ping too long.
        (client_frame(b"x", first=0x80), 1002),  # The end of nothing.
        (client_frame(b"x", first=0x01) + client_frame(b"y", first=0x81), 1002),  # A message within another.
        (client_frame(b"x", first=0x88), 1002),  # Half a code.
        (client_frame(b"\x03\xed", first=0x88), 1002),  # 1005 is never sent.
        (client_frame(b"\x00\x01", first=0x88), 1002),
        (client_frame(b"\x03\xe8\xff", first=0x88), 1007),
        (client_frame(bytes(MOST + 1)), 1009),
        (client_frame(bytes(600), first=0x01) + client_frame(bytes(600), first=0x80), 1009),
        (b"\x81\xff" + b"\xff" * 8, 1009),  # Longer than anything; refused before it comes.
    ],
)
def test_what_no_client_may_send_has_a_code(data: bytes, code: int) -> None:
    with pytest.raises(BrokenProtocol) as broken:
        read(data)
    assert broken.value.code == code


def test_text_that_is_no_utf8_has_a_code() -> None:
    (frame,) = read(client_frame(b"\xff"))
    with pytest.raises(BrokenProtocol) as broken:
        _ = frame.text
    assert broken.value.code == 1007


def test_empty_pieces_without_end_weigh_nothing() -> None:
    reader = FrameReader(MOST)
    reader.feed(client_frame(b"x", first=0x01))
    for _ in range(1000):
        reader.feed(client_frame(b"", first=0x00))
        assert reader.next() is None
        assert reader.waiting == 0
    reader.feed(client_frame(b"y", first=0x80))
    assert reader.next() == Frame(Kind.TEXT, b"xy")


def test_a_large_message_is_unmasked_as_a_small_one() -> None:
    payload = os.urandom(65_000)
    assert read(client_frame(payload, mask=b"\x01\x02\x03\x04"), 65_536) == [Frame(Kind.TEXT, payload)]


def test_a_goodbye_has_a_code_and_a_short_reason() -> None:
    assert goodbye_of(1001, "going away") == b"\x88\x0c\x03\xe9going away"
    assert len(goodbye_of(1001, "x" * 500)) == 2 + 125
    assert Frame(Kind.CLOSE, b"").code == 1005
