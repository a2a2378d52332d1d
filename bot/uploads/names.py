"""The name of a file that somebody sent, made fit to be shown and to be offered as a download's name."""

import re
import unicodedata

NAME_MOST = 120
"""Characters of a name; a longer one loses its middle, never its ending."""
_ENDING_MOST = 12
_UNFIT = re.compile(r'[<>:"|?*\\/]')
"""What some system does not take in a file's name, or a page could take for markup."""


def clean_name(given: str) -> str:
    """The name without folders, control and direction characters, of at most ``NAME_MOST`` characters."""
    name = re.split(r"[/\\]", given[:4000].rstrip("/\\"))[-1]
    name = unicodedata.normalize("NFC", name)
    # Cc controls, Cf invisible ones (directions among them), Cs halves of pairs, Co and Cn nobody's.
    name = "".join(
        " " if one.isspace() else one for one in name if unicodedata.category(one)[0] != "C" or one.isspace()
    )
    name = _UNFIT.sub("_", " ".join(name.split())).strip(". ")
    if len(name) > NAME_MOST:
        stem, dot, ending = name.rpartition(".")
        kept = f"{dot}{ending}" if dot and len(ending) <= _ENDING_MOST else ""
        name = (stem if kept else name)[: NAME_MOST - len(kept) - 1] + "…" + kept
    return name or "file"
