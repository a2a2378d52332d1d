"""The one way out of the house, for HTTP and SMTP: where connections may lead, how long they take, what is told.

Nothing else of ours connects to an address that stands in a configuration, a script or a message.
"""

from bot.outbound.door import Answer, NotReached, Outbound, Resolve
from bot.outbound.guard import AddressGuard, AddressRefused
from bot.outbound.mail import MailRefused, MailServer

__all__ = [
    "AddressGuard",
    "AddressRefused",
    "Answer",
    "MailRefused",
    "MailServer",
    "NotReached",
    "Outbound",
    "Resolve",
]
