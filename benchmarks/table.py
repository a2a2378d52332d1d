"""What was measured, as a table for people and as figures for programs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.measuring import Figure

Figures = dict[str, float | None]
"""By name; None for what could not be measured here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One table."""

    title: str
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    note: str = ""

    def __str__(self) -> str:
        lines = [self.title, *_aligned([self.columns, *self.rows] if self.rows else [])]
        return "\n".join([*lines, f"  {self.note}"] if self.note else lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one room has found."""

    section: Section
    figures: Figures = field(default_factory=dict)


class Rates:
    """Gathers turns a second of ours and of a limit, by how many conversations there are at once."""

    def __init__(self, title: str, key: str, limit: str) -> None:
        self._title = title
        self._key = key
        self._limit = limit
        self._rows: list[Sequence[str]] = []
        self._figures: Figures = {}

    def add(self, at_once: int, ours: Figure, limit: Figure) -> None:
        """Take one pair."""
        ratio = ours.turns_per_second / limit.turns_per_second
        self._rows.append(
            (
                f"{at_once}", f"{ours.turns_per_second:,.0f}", f"{limit.turns_per_second:,.0f}", f"{ratio:.0%}",
                f"{ours.cpu_microseconds:,.0f}", f"{limit.cpu_microseconds:,.0f}",
                f"{ours.p50:,.2f}", f"{ours.p99:,.2f}",
            )
        )  # fmt: skip
        self._figures |= {
            f"{self._key}_turns_per_second_{at_once}": round(ours.turns_per_second, 1),
            f"{self._key}_limit_turns_per_second_{at_once}": round(limit.turns_per_second, 1),
            f"{self._key}_ratio_{at_once}": round(ratio, 4),
            f"{self._key}_cpu_microseconds_{at_once}": round(ours.cpu_microseconds, 1),
            f"{self._key}_limit_cpu_microseconds_{at_once}": round(limit.cpu_microseconds, 1),
            f"{self._key}_p99_milliseconds_{at_once}": round(ours.p99, 3),
        }

    def result(self, **more: float) -> Result:
        """Everything that was taken, and further figures."""
        columns = ("at once", "turns/s", "limit/s", "ratio", "CPU µs", "limit CPU µs", "p50 ms", "p99 ms")
        section = Section(title=self._title, columns=columns, rows=self._rows, note=f"limit: {self._limit}")
        return Result(section=section, figures={**self._figures, **more})


def not_measured(title: str, why: str, *names: str) -> Result:
    """Say plainly that something could not be measured here."""
    return Result(section=Section(title=title, note=f"not measured: {why}"), figures=dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure ought to be."""

    name: str
    least: float | None = None
    most: float | None = None

    def row(self, value: float) -> Sequence[str]:
        """The figure, what it ought to be, and whether it is."""
        wanted = f"at least {self.least:g}" if self.least is not None else f"at most {self.most:g}"
        met = (self.least is None or value >= self.least) and (self.most is None or value <= self.most)
        return self.name, f"{value:,.4g}", wanted, "met" if met else "MISSED"


TARGETS = (
    Target("engine_turns_per_second", least=30_000),
    Target("durable_sqlite_ratio_50", least=0.2),
    Target("durable_sqlite_ratio_500", least=0.2),
    Target("socket_ratio_50", least=0.5),
    Target("socket_ratio_500", least=0.5),
    Target("fsyncs_per_turn_1", most=1.1),
    Target("fsyncs_per_turn_50", most=0.1),
    Target("alert_p99_milliseconds", most=250),
    Target("kib_per_open_conversation", most=20),
    Target("returning_seconds", most=30),
    Target("widget_closed_kib", most=3),
    Target("widget_first_message_kib", most=12),
    Target("widget_all_parts_kib", most=25),
)


def targets(figures: Mapping[str, float | None]) -> Section:
    """How the figures stand to what they ought to be."""
    rows = [target.row(value) for target in TARGETS if (value := figures.get(target.name)) is not None]
    return Section(title="Targets", columns=("figure", "measured", "wanted", ""), rows=rows)


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """The first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  " + "  ".join(f"{cell:>{width}}" if number else f"{cell:<{width}}" for number, (cell, width) in cells)
        for cells in (list(enumerate(zip(row, widths, strict=True))) for row in rows)
    ]
