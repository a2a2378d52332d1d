"""Files: which kinds a script may name, which are taken, what is said of the others."""

from typing import Any

import pytest
from pydantic import ValidationError

from dialogs.file_types import ANY_KIND, fitting_ending, is_one_of, read_size, size_in_words
from dialogs.questions.base import Accepted, Rejected
from dialogs.questions.file import FileOptions, FileQuestion

QUESTION = FileQuestion()


def options(**given: Any) -> FileOptions:
    return FileOptions.model_validate(given)


def file(name: str, kind: str, size: int = 1000) -> dict[str, Any]:
    return {"id": "f1", "name": name, "type": kind, "size": size}


@pytest.mark.parametrize(
    ("types", "name", "kind", "is_taken"),
    [
        ("image", "photo.jpg", "image/jpeg", True),
        ("image", "drawing.svg", "image/svg+xml", False),
        ("image", "photo.jpg", "text/html", False),  # What it is called does not count.
        (".svg", "drawing.svg", "image/svg+xml", True),  # Somebody wants just that.
        (".dwg", "plan.dwg", "application/octet-stream", True),
        (".dwg", "PLAN.DWG", "image/vnd.dwg", True),
        (".dwg", "plan.dwg", "text/html", False),
        (".dwg", "plan.dwg.exe", "application/x-executable", False),
        (".dwg", "page.dwg", "image/svg+xml", False),
        (".png", "photo.png", "image/jpeg", False),
        (".csv", "sheet.csv", "text/plain", True),
        ("pdf", "brief", "application/pdf", True),  # Cameras and browsers do not always give an ending.
        ("document", "brief.docx", "application/zip", False),
        ("archive", "all.zip", "application/zip", True),
        (["image", "pdf"], "a.pdf", "application/pdf", True),
    ],
)
def test_the_content_decides_and_the_ending_only_where_the_content_allows_it(
    types: Any, name: str, kind: str, is_taken: bool
) -> None:
    outcome = QUESTION.check(file(name, kind), options(types=types), "en")
    assert isinstance(outcome, Accepted if is_taken else Rejected)


def test_no_family_holds_what_does_something_when_it_is_opened() -> None:
    for kind in ("text/html", "image/svg+xml", "application/x-executable", "text/x-script", "text/xml"):
        assert not is_one_of((*ANY_KIND, "pdf", "spreadsheet"), "a.jpg", kind)


def test_what_is_refused_is_told_what_would_be_right() -> None:
    small = options(types=["image", ".dwg"], largest="2 MB")
    refused = [
        QUESTION.check(file("a.pdf", "application/pdf"), small, "en"),
        QUESTION.check(file("a.png", "image/png", 2_500_000), small, "en"),
        QUESTION.check(file("a.png", "image/png", 0), small, "de"),
        QUESTION.check("f1", small, "en"),
        QUESTION.check({**file("a.png", "image/png"), "path": "/etc/passwd"}, small, "en"),
    ]
    assert [(one.code, one.reason) for one in refused if isinstance(one, Rejected)] == [
        ("wrong_type", "I can't take that kind of file here. These work: a picture, .dwg."),
        ("too_large", "That file is 2.5 MB; 2 MB is the most I can take."),
        ("empty", "Die Datei ist leer. Schicken Sie sie noch einmal?"),
        ("not_a_file", "Please send it as a file here (a picture, .dwg)."),
        ("not_a_file", "Please send it as a file here (a picture, .dwg)."),
    ]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"types": ["imge"]}, 'unknown kind of file "imge", did you mean "image"?'),
        ({"types": "dwg"}, 'unknown kind of file "dwg", or the ending ".dwg"'),
        ({"types": [".tar.gz"]}, "is no ending of a file name; write one such as .dwg"),
        ({"types": []}, "at least 1 item"),
        ({"largest": 10}, "such as 10 MB or 500 KB"),
        ({"largest": "10 apples"}, "such as 10 MB or 500 KB"),
        ({"largest": "0 MB"}, "such as 10 MB or 500 KB"),
    ],
)
def test_what_a_script_may_not_say(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as error:
        options(**given)
    assert message in str(error.value)


def test_sizes_are_read_and_shown_as_people_write_them() -> None:
    assert [read_size(one) for one in ("10 MB", "1.5mb", "500 KB", "1 GiB", "12 bytes")] == [
        10_000_000, 1_500_000, 500_000, 1_073_741_824, 12,
    ]  # fmt: skip
    assert [size_in_words(one) for one in (0, 999, 1000, 1_250_000, 10_000_000, 3 * 10**9)] == [
        "0 bytes", "999 bytes", "1 KB", "1.2 MB", "10 MB", "3 GB",
    ]  # fmt: skip


def test_a_screen_offers_a_chooser_for_the_kinds() -> None:
    asked = QUESTION.input(options(types=["image", "pdf", ".dwg"], largest="10 MB"), "en")
    assert (asked.kind, asked.maximum) == ("file", 10_000_000)
    assert asked.extra == {"accept": "image/*,.pdf,.dwg", "kinds": "a picture, a PDF, .dwg"}
    assert QUESTION.show(file("plan.pdf", "application/pdf", 1_250_000), options(), "en") == "plan.pdf (1.2 MB)"


@pytest.mark.parametrize(
    ("name", "content_type", "ending"),
    [
        ("photo.hta", "image/jpeg", ".jpg"),
        ("photo.JPG", "image/jpeg", ""),
        ("photo.jfif", "image/jpeg", ""),
        ("photo.jpg", "image/heic", ".heic"),
        ("setup.msi", "application/x-ole-storage", ".doc"),
        ("mail.msg", "application/x-ole-storage", ""),
        ("prices.xls", "application/x-ole-storage", ""),
        ("run.bat", "text/plain", ".txt"),
        ("prices.csv", "text/plain", ""),
        ("plans.jar", "application/zip", ".zip"),
        ("plan.docm", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
        ("song", "audio/ogg", ".ogg"),
        ("plan.dwg", "application/octet-stream", ""),
        ("own.step", "text/plain", ""),
    ],
)
def test_no_name_has_a_file_opened_as_what_it_is_not(name: str, content_type: str, ending: str) -> None:
    assert fitting_ending(name, content_type, (*ANY_KIND, ".dwg", ".step")) == ending
