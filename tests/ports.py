"""Ports for servers that go down and come back where they were."""

import os
import random
import socket
from itertools import count

_FIRST, _EACH, _WORKERS = 12_000, 2_000, 10
"""All below 32768, from where systems give ports to whoever calls somebody, and none that browsers refuse to call."""
_turns = count(random.randrange(_EACH))


def kept_port() -> int:
    """A port that nobody else takes while its server is down.

    A port of the system's choice would be given to some caller meanwhile, now and then even to one that calls there
    and then talks to itself. Each worker of the suite has ports of its own.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _WORKERS
    while True:
        port = _FIRST + worker * _EACH + next(_turns) % _EACH
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
