"""What goes wrong on demand, in Slack's words; the rest stands in ``tests/stand_ins/faults.py``.

A fault strikes by method and by channel; ``chat`` of ``slack.fails`` is a channel's id.
"""

from typing import Any

from tests.stand_ins.faults import Refused


def refused(error: str, **more: Any) -> Refused:
    """A refusal as the Web API writes it, with status 200: ``refused("missing_scope", needed="files:read")``."""
    return Refused(200, {"ok": False, "error": error, **more})
