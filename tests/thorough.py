"""How much is tried: enough for every day, or as much as there is time for.

``make test THOROUGH=1`` tries everything that is repeated by chance or in great number about three times as
often, which takes some minutes more. Examples are drawn anew in each run, so that many short runs find as much.
"""

import os

THOROUGH = os.environ.get("THOROUGH", "") not in ("", "0")


def times(thorough: int) -> int:
    """How often something is tried that a thorough run tries ``thorough`` times."""
    return thorough if THOROUGH else -(-thorough // 3)
