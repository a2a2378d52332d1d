"""Which parts of the widget come along with its talk, in one file.

A script that asks for a phone number needs the list of countries, and it is known beforehand: so the server says in its
welcome what to load, and the question need not wait for it. Packed together parts weigh a fifth less than apart.
"""

from collections.abc import Mapping

from dialogs.script import Script

ALONG = ("page", "phone", "upload")
"""Names of the parts that may come along, in the order in which an address names them."""
_NEEDED_BY: Mapping[str, str] = {"phone": "phone", "file": "upload"}
"""Parts by the type of question that shows them."""


def parts_for(script: Script, *, tells: bool) -> str:
    """What a visitor of this script needs beside the talk itself, as an address names it: ``.phone.upload``.

    ``tells`` is whether the visitor's page has told something.
    """
    needed = {_NEEDED_BY.get(field.type.name) for field in script.fields.values()}
    if tells:
        needed.add("page")
    return "".join(f".{name}" for name in ALONG if name in needed)


def names_in(address: str) -> tuple[str, ...] | None:
    """The parts that an address names; None where ``parts_for`` would not have named them so."""
    names = tuple(address.split(".")[1:])
    return names if names and names == tuple(name for name in ALONG if name in names) else None
