"""What holds digits and is no quantity."""

import pytest

from dialogs.language.lookalikes import MASK, mask_lookalikes


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("+49 171 1234567", "phone"),
        ("(030) 123 45 67", "phone"),
        ("0171/1234567", "phone"),
        ("415-555-0199", "phone"),
        ("4155550199", "phone"),
        ("06 12 34 56 78", "phone"),
        ("24.12.2026", "date"),
        ("2026-12-24", "date"),
        ("24 december 2026", "date"),
        ("dec 24th", "date"),
        ("15:30", "time"),
        ("3 pm", "time"),
        ("24/7", "time"),
        ("10.0.0.1", "version"),
        ("v 2.1", "version"),
        ("ada1815@example.com", "email"),
        ("www.7seas.com", "website"),
    ],
)
def test_lookalikes_are_left_out(text: str, kind: str) -> None:
    masked = mask_lookalikes(f"so {text} it is", "en")
    assert masked.kinds == (kind,)
    assert masked.text == f"so {MASK * len(text)} it is"


@pytest.mark.parametrize(
    "text",
    [
        "500-1000",
        "1,234,567",
        "1.234.567.890",
        "612 345 678",
        "01.10",
        "2:30 hours",
        "10 may do",
        "5000000000",
        "$4155550199",
    ],
)
def test_quantities_stay(text: str) -> None:
    assert mask_lookalikes(text, "en") == (text, ())


def test_spaniards_write_phone_numbers_as_others_write_millions() -> None:
    assert mask_lookalikes("612 345 678", "es").kinds == ("phone",)


def test_code_holds_no_quantity() -> None:
    assert mask_lookalikes("<img src=x onerror=alert(1)>", "en") == ("", ("code",))
