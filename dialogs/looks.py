"""How the chat looks, as far as a script says so: colours, corners, letters. Pure.

Contrast is measured as WCAG 2.2 does (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

LEGIBLE = 4.5
"""The contrast that text of ordinary size needs (WCAG 2.2, 1.4.3)."""
COLOURS = ("accent", "on_accent", "surface", "text")
_COLOUR = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", re.ASCII)
_NAMED: Mapping[str, str] = {
    "black": "#000000", "white": "#ffffff", "gray": "#808080", "grey": "#808080", "silver": "#c0c0c0",
    "maroon": "#800000", "red": "#ff0000", "purple": "#800080", "fuchsia": "#ff00ff", "green": "#008000",
    "lime": "#00ff00", "olive": "#808000", "yellow": "#ffff00", "navy": "#000080", "blue": "#0000ff",
    "teal": "#008080", "aqua": "#00ffff", "orange": "#ffa500",
}  # fmt: skip

COLOUR_NAMES = tuple(_NAMED)
"""Colours that may be named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a script says of its looks; None where it says nothing. Colours are ``#rrggbb``."""

    accent: str | None = None
    """Bubble, own messages, buttons."""
    on_accent: str | None = None
    """Text on it; without one, black or white, whichever can be read."""
    surface: str | None = None
    text: str | None = None
    radius: str | None = None
    """Of the panel's corners: ``12px``."""
    font: str | None = None
    """As in CSS."""

    def dump(self) -> dict[str, str]:
        """What is said, as JSON."""
        return {name: value for name, value in asdict(self).items() if value is not None}


PLAIN = Look()
"""A script that says nothing of its looks."""


def colour_of(text: str) -> str | None:
    """A colour as ``#rrggbb``; None for what is none."""
    if found := _COLOUR.fullmatch(text.strip()):
        digits = found[1].lower()
        return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
    return _NAMED.get(text.strip().lower())


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (``#rrggbb``), from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    linear: float = part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
    return linear
