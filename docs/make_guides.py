"""Makes the PDF files that the starter scripts give away: ``python docs/make_guides.py``.

Each text in ``docs/guides`` becomes a file of the same name in ``dialogs/library/files``. A line may begin with
``#`` (title), ``>`` (subtitle), ``##`` (chapter), ``-`` (list), ``[]`` (box to tick), ``___`` (line to fill in) or
``|`` (row of a table); ``---`` begins a new page; everything else is a paragraph. No dependency, and the same text
always gives the same bytes.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
GUIDES = HERE / "guides"
FILES = HERE.parent / "dialogs" / "library" / "files"

WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 62.0
"""A4, in points."""
ROOM = WIDTH - 2 * MARGIN
INK, SOFT, ACCENT, PAPER = "0.13 0.16 0.22", "0.42 0.46 0.53", "0.10 0.45 0.42", "0.93 0.96 0.95"
REGULAR, BOLD = "F1", "F2"

# Widths of the standard fonts' characters 32 to 126, in thousandths of the size (Adobe's font metrics).
_REGULAR = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 "
    "278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 "
    "667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 "
    "556 333 500 278 556 500 722 500 500 500 334 260 334 584"
)
_BOLD = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 "
    "333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 "
    "667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 "
    "611 389 556 333 611 556 778 556 556 500 389 280 389 584"
)
_WIDTHS = {
    font: dict(zip(map(chr, range(32, 127)), map(int, widths.split()), strict=True))
    for font, widths in ((REGULAR, _REGULAR), (BOLD, _BOLD))
}


def width_of(text: str, font: str, size: float) -> float:
    """How wide ``text`` is, in points; an accent takes no room."""
    plain = unicodedata.normalize("NFD", text.replace("ß", "b"))
    widths = _WIDTHS[font]
    return sum(widths.get(one, 556) for one in plain if not unicodedata.combining(one)) * size / 1000


def wrapped(text: str, font: str, size: float, room: float) -> Iterator[str]:
    """``text`` in lines of at most ``room`` points."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and width_of(longer, font, size) > room:
            yield line
            longer = word
        line = longer
    yield line


@dataclass
class Paper:
    """The pages while they are filled from top to bottom."""

    title: str
    pages: list[list[str]] = field(default_factory=list)
    y: float = 0.0

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append([])
        self.y = HEIGHT - MARGIN
        number = len(self.pages)
        if number > 1:
            self.rectangle(0, HEIGHT - 14, WIDTH, 14, ACCENT)
        self.words(self.title, MARGIN, 40, REGULAR, 8.5, SOFT)
        self.words(str(number), WIDTH - MARGIN - width_of(str(number), REGULAR, 8.5), 40, REGULAR, 8.5, SOFT)

    def need(self, points: float) -> None:
        """Begin a new page unless there is this much room left."""
        if self.y - points < MARGIN - 6:
            self.turn()

    def words(self, text: str, x: float, y: float, font: str, size: float, colour: str) -> None:
        """Text at a place."""
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        self.pages[-1].append(f"BT {colour} rg /{font} {size:g} Tf {x:.1f} {y:.1f} Td ({escaped}) Tj ET")

    def rectangle(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle."""
        self.pages[-1].append(f"{colour} rg {x:.1f} {y:.1f} {width:.1f} {height:.1f} re f")

    def line(self, x: float, y: float, width: float) -> None:
        """A thin horizontal line."""
        self.rectangle(x, y, width, 0.6, SOFT)

    def paragraph(
        self, text: str, font: str = REGULAR, size: float = 10.5, *, colour: str = INK, left: float = 0
    ) -> None:
        """Text from here on, then a little space."""
        for line in wrapped(text, font, size, ROOM - left):
            self.need(size * 1.4)
            self.y -= size * 1.4
            self.words(line, MARGIN + left, self.y, font, size, colour)
        self.y -= 4


def draw(text: str) -> Paper:
    """The pages of a guide."""
    paper = Paper(title=text.partition("\n")[0].removeprefix("# "))
    paper.turn()
    for line in filter(None, map(str.strip, text.splitlines())):
        sign, _, rest = line.partition(" ")
        _DRAWERS.get(sign, _draw_paragraph)(paper, rest if sign in _DRAWERS else line)
    return paper


def _draw_paragraph(paper: Paper, text: str) -> None:
    paper.paragraph(text)


def _draw_title(paper: Paper, text: str) -> None:
    paper.rectangle(0, HEIGHT - 150, WIDTH, 150, ACCENT)
    paper.words(text, MARGIN, HEIGHT - 92, BOLD, 29, "1 1 1")
    paper.y = HEIGHT - 97


def _draw_subtitle(paper: Paper, text: str) -> None:
    paper.paragraph(text, size=11.5, colour="1 1 1")
    paper.y = HEIGHT - 168


def _draw_chapter(paper: Paper, text: str) -> None:
    paper.need(80)
    paper.y -= 9
    paper.paragraph(text, BOLD, 15, colour=ACCENT)


def _draw_entry(paper: Paper, text: str) -> None:
    paper.need(16)
    paper.rectangle(MARGIN + 4, paper.y - 12.6, 3.4, 3.4, ACCENT)
    paper.paragraph(text, left=18)


def _draw_box(paper: Paper, text: str) -> None:
    paper.need(24)
    paper.rectangle(MARGIN + 2, paper.y - 17, 11, 11, SOFT)
    paper.rectangle(MARGIN + 2.8, paper.y - 16.2, 9.4, 9.4, "1 1 1")
    paper.paragraph(text, left=24)
    paper.y -= 3


def _draw_blank(paper: Paper, text: str) -> None:
    paper.need(24)
    paper.y -= 20
    paper.words(text, MARGIN, paper.y + 3, REGULAR, 10, INK)
    left = max(ROOM * 0.6, width_of(text, REGULAR, 10) + 12)
    paper.line(MARGIN + left, paper.y, ROOM - left)
    paper.y -= 4


def _draw_row(paper: Paper, text: str) -> None:
    first, second = (cell.strip() for cell in text.strip(" |").split("|"))
    left = ROOM * 0.38
    lines = [list(wrapped(first, BOLD, 10, left - 16)), list(wrapped(second, REGULAR, 10, ROOM - left - 8))]
    height = 15 * max(map(len, lines)) + 8
    paper.need(height)
    paper.y -= height
    paper.rectangle(MARGIN, paper.y + 2, ROOM, height - 2, PAPER)
    for x, font, cell in ((8.0, BOLD, lines[0]), (left, REGULAR, lines[1])):
        for number, line in enumerate(cell):
            paper.words(line, MARGIN + x, paper.y + height - 17 - 15 * number, font, 10, INK)


def _draw_page(paper: Paper, _: str) -> None:
    paper.turn()


_DRAWERS = {
    "#": _draw_title,
    ">": _draw_subtitle,
    "##": _draw_chapter,
    "-": _draw_entry,
    "[]": _draw_box,
    "___": _draw_blank,
    "|": _draw_row,
    "---": _draw_page,
}


def write(paper: Paper, language: str) -> bytes:
    """The PDF file: objects, and where each of them begins (ISO 32000-1, chapter 7.5)."""
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(paper.pages)))
    fonts = [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for name in ("Helvetica", "Helvetica-Bold")
    ]
    title = paper.title.replace("(", "\\(").replace(")", "\\)")
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /Lang ({language}) /ViewerPreferences << /DisplayDocTitle true >> >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(paper.pages)} /MediaBox [0 0 {WIDTH:g} {HEIGHT:g}] "
        f"/Resources << /Font << /{REGULAR} 3 0 R /{BOLD} 4 0 R >> >> >>",
        *fonts,
        f"<< /Title ({title}) >>",
    ]
    for number, page in enumerate(paper.pages):
        content = "\n".join(page)
        objects.append(f"<< /Type /Page /Parent 2 0 R /Contents {7 + 2 * number} 0 R >>")
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
    body = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + (end + trailer).encode()


def made(source: Path) -> bytes:
    """The PDF file of one guide; its name ends in the language, where that is not English."""
    ending = source.stem.rpartition("-")[2]
    return write(draw(source.read_text(encoding="utf-8")), ending if len(ending) == 2 else "en")


def main() -> None:
    """Make them all."""
    for source in sorted(GUIDES.glob("*.txt")):
        (FILES / source.with_suffix(".pdf").name).write_bytes(made(source))


if __name__ == "__main__":
    main()
