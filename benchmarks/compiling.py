"""The lead dialog as our engine walks it."""

from benchmarks.lead_dialog import NAME, SCRIPT
from dialogs.loading import load_script
from dialogs.script import Script


def compiled() -> Script:
    """The lead dialog, compiled."""
    result = load_script(SCRIPT, f"{NAME}.yaml", {})
    if result.script is None:
        raise ValueError("\n".join(map(str, result.problems)))
    return result.script
