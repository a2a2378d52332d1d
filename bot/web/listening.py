"""Listening on an address, or saying in one sentence why that cannot be; room for many connections."""

import errno
import os
import socket

_FILES_MOST = 65_536
"""Open files that are asked for: each visitor's connection is one."""


def make_room() -> int | None:
    """Ask the system for as many open files as this process may have; how many those are, None where nobody counts.

    Most systems begin with 1,024, which would be the end of the thousandth visitor.
    """
    try:
        import resource
    except ModuleNotFoundError:  # Windows.
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    most = _FILES_MOST if hard == unlimited else min(_FILES_MOST, hard)
    if soft == unlimited or soft >= most:
        return None if soft == unlimited else soft
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    except (OSError, ValueError):  # macOS has a limit behind the limit.
        return soft
    return most


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; raises ``OSError`` with a sentence for people."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(4096)
        listening.setblocking(False)
    except OSError as error:
        listening.close()
        raise _cannot_listen(host, port, error) from error
    return listening


def _cannot_listen(host: str, port: int, error: OSError) -> OSError:
    setting = "port" if error.errno in (errno.EADDRINUSE, errno.EACCES) else "host"
    return OSError(
        error.errno,
        f"cannot listen on {host}:{port}: {error.strerror}. "
        f"Choose another {setting} with [web] {setting} or HANDRAISER_WEB__{setting.upper()}.",
    )
