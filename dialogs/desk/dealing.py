"""What the engine does about the sales desk: where a lead is routed, what people do with it, who may speak.

1. The first claim wins; a later one is told who has it.
2. While a person talks, the bot is silent; what the visitor writes is kept and passed on.
3. Every wait ends: an offer goes to the next person, then to everybody, is escalated, and at last the visitor is told.
"""

from dialogs.draft import Draft
from dialogs.events import HandoffRouted, RepDid, VisitorSaid

DESK_TIMER = "desk"
"""Name of the timer after which the present wait is over."""


def deal_with(draft: Draft, event: HandoffRouted | RepDid) -> None:
    """Do what routing decided, or what a person of ours did."""


def heard_by_person(draft: Draft, event: VisitorSaid) -> bool:
    """Leave what the visitor said to the person who talks with them; False when it is the bot's turn."""
    return False


def visitor_left(draft: Draft) -> None:
    """Note that the visitor has gone."""


def desk_wait_is_over(draft: Draft) -> None:
    """The present wait has run out."""
