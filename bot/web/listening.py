"""Listening on an address, or saying in one sentence why that cannot be."""

import errno
import os
import socket


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
