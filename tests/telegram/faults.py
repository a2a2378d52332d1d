"""What goes wrong on demand, in Telegram's words; the rest stands in ``tests/stand_ins/faults.py``.

A fault strikes by method and by chat; ``chat`` of ``telegram.fails`` is a ``chat_id``.
"""

from tests.stand_ins.faults import Refused
from tests.telegram.refusals import Refusal


def refused(code: int, description: str, **parameters: int) -> Refused:
    """A refusal as the Bot API writes it: ``refused(403, "bot was blocked by the user")``."""
    return Refused(code, Refusal(code, description, **parameters).body())
