"""What goes wrong on demand, in Graph's words; the rest stands in ``tests/stand_ins/faults.py``.

Faults strike by what is called: ``messages`` (sending), ``read`` (marking as read), ``media`` (upload, address),
``download``, ``number``, ``templates``; ``chat`` of ``whatsapp.fails`` is a number.
"""

from tests.stand_ins.faults import Refused
from tests.whatsapp.refusals import Refusal


def refused(code: int, details: str = "") -> Refused:
    """An error as Graph writes it: ``refused(131056)``."""
    refusal = Refusal(code, details)
    return Refused(refusal.status, refusal.body())
