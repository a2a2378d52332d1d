"""What a file is, by its content alone."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.uploads.names import NAME_MOST, clean_name
from bot.uploads.sniffing import HEAD_BYTES, TAIL_BYTES, sniff


def packed(*names: str, stored: bytes = b"x") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, stored)
    return file.getvalue()


OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"
OPEN_XML = "application/vnd.openxmlformats-officedocument"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\0", "image/png"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "video/mp4"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0", "video/quicktime"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
        (b"ID3\x04\0", "audio/mpeg"),
        (b"\xff\xfb\x90\x64\0", "audio/mpeg"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
        (packed("[Content_Types].xml", "word/document.xml"), f"{OPEN_XML}.wordprocessingml.document"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), f"{OPEN_XML}.spreadsheetml.sheet"),
        (packed("a.txt", "b.txt"), "application/zip"),
        (packed("mimetype", stored=OPEN_DOCUMENT.encode()), OPEN_DOCUMENT),
        (b"AC1027\0\0", "image/vnd.dwg"),
        (b"name,size\nAda,3\n", "text/plain"),
        ("\ufeffÜber uns: größer".encode(), "text/plain"),
        ("Müller".encode("latin-1"), "text/plain"),
        ("好".encode("utf-16"), "text/plain"),
        (b"  \n<!-- hello -->\n<HTML><body>", "text/html"),
        ("<script>alert(1)</script>".encode("utf-16"), "text/html"),
        (b"a note\n\n<script src=//evil.example></script>", "text/html"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'>", "image/svg+xml"),
        (b"<?xml version='1.0'?><order/>", "text/xml"),
        (b"MZ\x90\0", "application/x-executable"),
        (b"#!/bin/sh\nrm -rf /", "text/x-script"),
        (b"\0\1\2\3", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)  # fmt: skip
def test_everyday_files_are_known_by_their_content(content: bytes, found: str) -> None:
    assert sniff(content[:HEAD_BYTES], content[-TAIL_BYTES:]) == found


def test_a_character_that_is_cut_at_the_end_of_what_is_looked_at_does_not_make_text_binary() -> None:
    text = ("a" * (HEAD_BYTES - 1) + "好").encode()
    assert sniff(text[:HEAD_BYTES]) == "text/plain"


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.binary(max_size=50))
def test_any_bytes_have_a_type(head: bytes, tail: bytes) -> None:
    assert "/" in sniff(head, tail)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_name_becomes_one_that_can_be_shown_and_is_no_path(given: str) -> None:
    name = clean_name(given)
    assert 1 <= len(name) <= NAME_MOST
    assert not set(name) & set('/\\\0\r\n<>:"|?*\u202e\u2066')
    assert name not in (".", "..") and name == name.strip()
    assert clean_name(name) == name
