"""Addresses as QR codes (ISO/IEC 18004): for a page, for print, for a terminal."""

from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from segno import QRCode

MARGIN = 4
"""Modules of light around a code: what the standard wants."""
CORRECTIONS = ("L", "M", "Q", "H")
"""How much of a code may be dirty or torn: 7, 15, 25, 30 percent."""
FOR_PRINT, FOR_SCREENS = "Q", "M"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A code as one line drawing, which any page can show without fetching a picture."""

    size: int
    """Modules of each side, its margin included."""
    path: str
    """Path data of SVG: rows of dark modules, to be drawn as lines of width 1."""

    def dump(self) -> dict[str, Any]:
        """As JSON."""
        return {"size": self.size, "path": self.path}


def code_of(address: str) -> Drawing:
    """The code of an address, for a screen."""
    rows = list(_make(address, FOR_SCREENS).matrix_iter(border=MARGIN))
    parts = []
    for number, row in enumerate(rows):
        start = None
        for column, dark in enumerate((*row, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                parts.append(f"M{start} {number}.5h{column - start}")
                start = None
    return Drawing(len(rows), "".join(parts))


def terminal(address: str, *, correction: str = FOR_SCREENS, margin: int = MARGIN) -> str:
    """The code in block characters, for a dark or light terminal."""
    out = StringIO()
    _make(address, correction).terminal(out, border=margin, compact=True)
    return out.getvalue()


def save(address: str, path: Path, *, correction: str = FOR_PRINT, margin: int = MARGIN, pixels: int = 20) -> None:
    """Write the code into a file, SVG or PNG by its name; ``pixels`` a module. Raises ``OSError``."""
    kind = path.suffix.lower().removeprefix(".")
    body = BytesIO()
    _make(address, correction).save(body, kind=kind, border=margin, scale=1 if kind == "svg" else pixels)
    path.write_bytes(body.getvalue())


def _make(address: str, correction: str) -> "QRCode":
    import segno  # Late: a server whose visitors never ask for one need not load it.

    return segno.make(address, error=correction, micro=False, boost_error=True)
