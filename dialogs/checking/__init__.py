"""The publish gate: what would go wrong with a script that can be read, found before a visitor finds it.

Errors are only what is certain; what may be meant so is a warning.
"""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from pydantic import BaseModel

from dialogs.checking.buttons import ChannelLimits, Limits, check_buttons, check_openings, check_sizes
from dialogs.checking.circles import check_circles
from dialogs.checking.contacts import check_contacts
from dialogs.checking.dates import check_dates
from dialogs.checking.languages import check_languages
from dialogs.checking.possibilities import check_conditions
from dialogs.checking.usage import check_usage
from dialogs.checking.ways import Ways
from dialogs.loading import LoadResult, Problem, load_script
from dialogs.loading.problems import Report, TooManyProblemsError, in_order
from dialogs.script import Script

__all__ = ["WEB_ONLY", "ChannelLimits", "Limits", "check_script", "load_and_check"]

WEB_ONLY: Mapping[str, Limits] = MappingProxyType({"web": ChannelLimits(buttons=24, label_characters=80)})
"""The limits of the channel that is always there."""


def check_script(
    script: Script, channels: Mapping[str, Limits] = WEB_ONLY, today: date | None = None
) -> tuple[Problem, ...]:
    """Everything that is wrong with a script as a whole, by place.

    ``channels`` are those it will be served on; without ``today`` nothing is said of what is over.
    """
    report = Report(script.path)
    ways = Ways(script)
    checks: tuple[Callable[[], None], ...] = (
        lambda: check_circles(script, ways, report),
        lambda: check_conditions(script, report),
        lambda: check_contacts(script, ways, report),
        lambda: check_buttons(script, channels, report),
        lambda: check_sizes(script, channels, report),
        lambda: check_openings(script, channels, report),
        lambda: check_languages(script, report),
        lambda: check_usage(script, report),
        lambda: check_dates(script, today, report),
    )
    try:
        for check in checks:
            check()
    except TooManyProblemsError:
        pass
    return report.problems


def load_and_check(
    text: str | bytes,
    path: str,
    magnet_kinds: Mapping[str, type[BaseModel]] | None = None,
    channels: Mapping[str, Limits] = WEB_ONLY,
    today: date | None = None,
) -> LoadResult:
    """Read a script and hold it to the gate: ``script`` is None unless it may go live."""
    loaded = load_script(text, path, magnet_kinds)
    if loaded.script is None:
        return loaded
    found = check_script(loaded.script, channels, today)
    problems = in_order([*loaded.problems, *found])
    refused = any(problem.severity == "error" for problem in found)
    return LoadResult(None if refused else loaded.script, problems)
